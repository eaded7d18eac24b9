//! The faces that travel with the publication: those that its texts use, cut down to their characters.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{EditionError, refused};
use crate::compose::{Composition, TextId};
use crate::fonts::{FaceId, Outlines, Use, web};
use crate::theme::{Case, Sheet, Slant, Theme, Weight};

/// A face of the publication.
pub(super) struct WebFace {
    /// Its path in the publication.
    pub(super) path: String,
    /// The family's name for the style sheet.
    pub(super) family: String,
    /// How heavy it is.
    pub(super) weight: Weight,
    /// How it slopes.
    pub(super) slant: Slant,
    /// The font file.
    pub(super) data: Vec<u8>,
    /// Its media type (EPUB 3.3, 3.2).
    pub(super) media_type: &'static str,
    /// The licence that goes along with it: its path, and its text.
    pub(super) licence: Option<(String, Arc<[u8]>)>,
}

/// Characters met in one face. Most are ASCII, and a book has millions.
#[derive(Debug, Default)]
struct Characters {
    ascii: u128,
    others: BTreeSet<char>,
    last: Option<char>,
}

impl Characters {
    fn add(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_ascii() {
                self.ascii |= 1 << u32::from(c);
            } else if self.last != Some(c) {
                self.others.insert(c);
                self.last = Some(c);
            }
        }
    }

    fn iter(&self) -> impl Iterator<Item = char> {
        let ascii = (0..128_u8).filter(|code| self.ascii & (1 << code) != 0);
        ascii.map(char::from).chain(self.others.iter().copied())
    }
}

/// What a face is wanted for.
type Wanted = BTreeMap<FaceId, (Characters, bool)>;

/// Cuts every face that the piece uses under a theme.
pub(super) fn faces(
    composition: &Composition,
    theme: &Theme,
) -> Result<Vec<WebFace>, EditionError> {
    let mut faces = Vec::new();
    for (id, (characters, small_capitals)) in wanted(composition, theme) {
        let face = &theme.fonts[id];
        if !face.uses.allow(Use::Epub) {
            continue;
        }
        let family = theme.fonts.record(id);
        let data = web::subset(face, family, characters.iter(), small_capitals).map_err(refused)?;
        let (extension, media_type) = match face.outlines {
            Outlines::TrueType => ("ttf", "font/ttf"),
            Outlines::Cff => ("otf", "font/otf"),
        };
        if let (Some(data), Some(family)) = (data, family) {
            faces.push(WebFace {
                path: format!(
                    "fonts/{}.{extension}",
                    web::file_stem(family, face.weight, face.slant)
                ),
                media_type,
                licence: family.licence_file(),
                family: family.subset.to_string(),
                weight: face.weight,
                slant: face.slant,
                data,
            });
        }
    }
    Ok(faces)
}

fn wanted(composition: &Composition, theme: &Theme) -> Wanted {
    let mut wanted = Wanted::new();
    let sheet = Sheet::of(theme);
    let notes = composition.notes.iter().map(|note| note.text);
    for text in composition.walk().texts().chain(notes) {
        want(&mut wanted, composition, theme, &sheet, text);
    }
    // The marks of notes and of numbered lists, and the contents.
    let running = theme
        .fonts
        .of(theme.faces.text, Weight::Regular, Slant::Upright);
    let (characters, _) = wanted.entry(running).or_default();
    characters.add("0123456789. ");
    characters.add(&composition.digits.number(1_234_567_890));
    characters.add(&composition.words.introduction);
    characters.add(&composition.words.title_page);
    let headings = theme
        .fonts
        .of(theme.faces.headings, Weight::Semibold, Slant::Upright);
    let (characters, _) = wanted.entry(headings).or_default();
    characters.add(&composition.words.contents);
    wanted
}

fn want(
    wanted: &mut Wanted,
    composition: &Composition,
    theme: &Theme,
    sheet: &Sheet,
    text: TextId,
) {
    let kind = composition[text].kind;
    let row = sheet[kind];
    let family = row.face.family(&theme.faces);
    for span in &composition[text].spans {
        let slant = row.slant.of_words(span.emphasis);
        let face = theme
            .fonts
            .of(family, row.weight.of_words(span.strong), slant);
        let (characters, small_capitals) = wanted.entry(face).or_default();
        characters.add(&span.text);
        *small_capitals |= row.case == Case::SmallCapitals;
        if kind.is_heading() {
            // Headings stand in the contents too, in the face of running text.
            let weight = Weight::Regular.of_words(span.strong);
            let slant = Slant::Upright.of_words(span.emphasis);
            let face = theme.fonts.of(theme.faces.text, weight, slant);
            wanted.entry(face).or_default().0.add(&span.text);
        }
    }
}
