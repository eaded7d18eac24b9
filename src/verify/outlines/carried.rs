//! The faces that a Word document or a publication carries: whether each is the one that it is said to be, and draws the letters of
//! the text as the theme's face of that name does.

use std::collections::{BTreeMap, BTreeSet};

use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};

use super::super::difference::{Difference, Kind};
use super::face::Outlines;
use super::{Drawing, Drawn, EmbeddedFont, FontProgram, Origin, hold};
use crate::fonts::FaceSet;
use crate::read::{Contents, FaceFile};

/// So much is told of the faces of a file.
const MOST: usize = 10;

/// Holds the faces that a file carries against what they are said to be, and their letters against the theme's.
pub(in super::super) fn carried(contents: &Contents, faces: &FaceSet, found: &mut Vec<Difference>) {
    let mut drawing = Drawing::default();
    let letters = letters(contents);
    let mut told = Vec::new();
    for file in &contents.drawing.faces {
        let mut say = |message: String| {
            told.push(Difference {
                kind: Kind::Soundness,
                place: file.place.clone(),
                message,
            });
        };
        let Ok(font) = FontRef::new(&file.bytes) else {
            say(format!("the face of `{}` cannot be read", file.family));
            continue;
        };
        let name = |id: StringId| -> String {
            let mut all = font.localized_strings(id);
            all.next()
                .map(|name| name.chars().collect())
                .unwrap_or_default()
        };
        let (family, own) = (name(StringId::FAMILY_NAME), name(StringId::POSTSCRIPT_NAME));
        if !family.starts_with(&file.family) || file.family.is_empty() {
            say(format!(
                "the face of `{}` is one of `{family}`",
                file.family
            ));
            continue;
        }
        if !is_of(file, &own) {
            say(format!(
                "the face of `{}` is `{own}`, which is of another weight or slant",
                file.family
            ));
        }
        let known = |name: &str| faces.ids().any(|id| faces[id].name == name);
        // Word knows regular and bold.
        let mut names = [own.clone(), own.replace("Bold", "Semibold")].into_iter();
        let Some(name) = names.find(|name| known(name)) else {
            continue;
        };
        let at = drawing.fonts.len();
        drawing
            .drawn
            .extend(drawn(&font, &file.bytes, at, &letters, &file.place));
        drawing.fonts.push(EmbeddedFont {
            name,
            program: FontProgram::TrueType(file.bytes.clone()),
        });
    }
    told.extend(hold(&drawing, faces, Origin::Own).differences);
    told.truncate(MOST);
    found.append(&mut told);
}

/// Whether a face is of the weight and the slant that it is said to be of; its name tells.
fn is_of(file: &FaceFile, name: &str) -> bool {
    let (_, style) = name.rsplit_once('-').unwrap_or(("", name));
    let is_italic = style.contains("Italic") || style.contains("Oblique");
    let is_bold = ["Bold", "bold", "Black", "Heavy"]
        .iter()
        .any(|own| style.contains(own));
    // What has no such name says nothing of itself.
    style == name || (is_italic == file.is_italic && is_bold == file.is_bold)
}

/// The letters that a text shows.
fn letters(contents: &Contents) -> BTreeSet<char> {
    let blocks = contents.blocks.iter().chain(&contents.notes);
    let texts = blocks
        .flat_map(|block| &block.spans)
        .map(|span| span.text.as_str());
    let letters = texts.flat_map(str::chars);
    letters
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .collect()
}

/// The letters that a face draws, each by the glyph that its table of characters names.
fn drawn(
    font: &FontRef<'_>,
    program: &[u8],
    at: usize,
    letters: &BTreeSet<char>,
    place: &str,
) -> Vec<Drawn> {
    let Some(outlines) = Outlines::of(program, 0) else {
        return Vec::new();
    };
    let characters: BTreeMap<u32, u32> = font
        .charmap()
        .mappings()
        .map(|(character, glyph)| (character, glyph.to_u32()))
        .collect();
    let known = letters
        .iter()
        .filter_map(|c| Some((*c, *characters.get(&u32::from(*c))?)));
    known
        .map(|(c, glyph)| Drawn {
            glyphs: vec![(at, glyph, outlines.advance(glyph).unwrap_or_default())],
            text: c.to_string(),
            place: place.to_owned(),
        })
        .collect()
}
