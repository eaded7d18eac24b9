//! The logo of a house: its file, read once and as pictures of pieces are, and what it says.

use std::path::Path;

use super::Theme;
use super::house_faces::beside;
use super::value::{Value, Values};
use crate::compose::Logo;
use crate::diagnostic::{Code, Diagnostic, SourceText};
use crate::load::read_image;
use crate::piece::Image;

/// The largest file.
const MAX_BYTES: u64 = 4 << 20;
/// How much of the measure a logo fills, in percent, where nothing is said.
const WIDTH: u8 = 25;

const FILE: &str = "logo.file";
const ALT: &str = "logo.alt";
const SHARE: &str = "logo.width";
const COVER: &str = "logo.cover";

/// The keys, and what each is for.
pub(super) const KEYS: [(&str, &str); 4] = [
    (
        FILE,
        "The house's logo on the first page and in the head of the site: a PNG, JPEG, WebP or SVG file beside the theme.",
    ),
    (ALT, "What the logo says, for those who do not see it."),
    (
        SHARE,
        "How much of the text's width the logo fills, from 5% to 100%; a quarter where it is left out.",
    ),
    (
        COVER,
        "The logo on drawn covers: a file of its own or the same, seen on their ground. Without it they have none.",
    ),
];

/// Reads the logo, where the file names one.
pub(super) fn read(
    theme: &mut Theme,
    values: &Values,
    source: &SourceText,
    problems: &mut Vec<Diagnostic>,
) {
    let Some(file) = values.get(FILE) else {
        // A word about a logo that there is not.
        let stray = [ALT, SHARE, COVER].iter().find_map(|key| values.get(*key));
        problems.extend(stray.map(|value| {
            refused(value, "there is no `file` of the logo")
                .hint("name the file of the logo: `file: logo.svg`")
        }));
        return;
    };
    let folder = source.path.parent().unwrap_or(Path::new(""));
    let image = picture(folder, file);
    let cover = values.get(COVER).map(|file| picture(folder, file));
    let alt = values.get(ALT).filter(|alt| !alt.text.trim().is_empty());
    if alt.is_none() {
        problems.push(
            refused(file, "the logo has no words for those who do not see it")
                .hint("add `alt:` with what the logo says, the house's name for example"),
        );
    }
    let width = values.get(SHARE).map_or(Ok(WIDTH), width);
    match (image, cover.transpose(), width) {
        (Ok(image), Ok(cover), Ok(width)) => {
            [theme.logo, theme.cover_logo] = [Some(image), cover].map(|image| {
                Some(Logo {
                    image: image?,
                    alt: alt?.text.trim().to_owned(),
                    width,
                })
            });
        }
        (image, cover, width) => {
            let faults = image.err().into_iter().chain(cover.err());
            problems.extend(faults.chain(width.err()));
        }
    }
}

/// A picture beside the theme.
fn picture(folder: &Path, file: &Value) -> Result<Image, Diagnostic> {
    let bytes = beside(folder, file, MAX_BYTES, "a logo")?;
    read_image(&bytes).map_err(|problem| Diagnostic {
        span: Some(file.span.clone()),
        message: format!("`{}`: {}", file.text, problem.message),
        ..problem
    })
}

fn width(value: &Value) -> Result<u8, Diagnostic> {
    let percent = value.text.strip_suffix('%');
    let percent = percent.and_then(|percent| percent.parse().ok());
    percent
        .filter(|percent| (5..=100).contains(percent))
        .ok_or_else(|| {
            let message = format!("`{}` is not a width of a logo", value.text);
            refused(value, &message)
                .hint("a part of the text's width, from 5% to 100%, for example 25%")
        })
}

fn refused(value: &Value, message: &str) -> Diagnostic {
    Diagnostic::error(Code::ThemeValue, message).at(Some(value.span.clone()))
}
