//! The faces that travel with the publication: those that its texts use, cut down to their characters.

use std::collections::{BTreeMap, BTreeSet};

use super::{EditionError, refused};
use crate::compose::{Composition, TextId};
use crate::editions::xhtml::texts::{self, TextRole};
use crate::fonts::{FaceId, web};
use crate::theme::Theme;

/// A face of the publication.
pub(super) struct WebFace {
    /// Its path in the publication.
    pub(super) path: String,
    /// The family's name for the style sheet.
    pub(super) family: &'static str,
    /// Semibold rather than regular.
    pub(super) strong: bool,
    /// Italic rather than upright.
    pub(super) emphasis: bool,
    /// The font file.
    pub(super) data: Vec<u8>,
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
        let data = web::subset(id, characters.iter(), small_capitals).map_err(refused)?;
        let face = id.face();
        if let (Some(data), Some(family)) = (data, face.family) {
            faces.push(WebFace {
                path: format!(
                    "fonts/{}.ttf",
                    web::file_stem(family, face.strong, face.emphasis)
                ),
                family: web::family_name(family),
                strong: face.strong,
                emphasis: face.emphasis,
                data,
            });
        }
    }
    Ok(faces)
}

fn wanted(composition: &Composition, theme: &Theme) -> Wanted {
    let mut wanted = Wanted::new();
    let mut see = |text: TextId, role: TextRole| want(&mut wanted, composition, theme, text, role);
    texts::of_title_block(&composition.title_block, &mut see);
    for section in &composition.sections {
        texts::of_section(section, &mut see);
    }
    for note in &composition.notes {
        see(note.text, TextRole::Running);
    }
    // The marks of notes and of numbered lists, and the contents.
    let running = FaceId::of(theme.faces.text, false, false);
    let (characters, _) = wanted.entry(running).or_default();
    characters.add("0123456789. ");
    characters.add(&composition.words.introduction);
    characters.add(&composition.words.title_page);
    let headings = FaceId::of(theme.faces.headings, true, false);
    let (characters, _) = wanted.entry(headings).or_default();
    characters.add(&composition.words.contents);
    wanted
}

fn want(
    wanted: &mut Wanted,
    composition: &Composition,
    theme: &Theme,
    text: TextId,
    role: TextRole,
) {
    let faces = &theme.faces;
    let (family, strong) = match role {
        TextRole::Series => (faces.headings, false),
        TextRole::Heading => (faces.headings, true),
        TextRole::Running | TextRole::Repeated => (faces.text, false),
        TextRole::Apparatus => (faces.apparatus, false),
        TextRole::ColumnHead => (faces.apparatus, true),
    };
    for span in &composition[text].spans {
        let face = FaceId::of(family, strong || span.strong, span.emphasis);
        let (characters, small_capitals) = wanted.entry(face).or_default();
        characters.add(&span.text);
        *small_capitals |= role == TextRole::Series;
        if role == TextRole::Heading {
            // Headings stand in the contents too, in the face of running text.
            let face = FaceId::of(faces.text, span.strong, span.emphasis);
            wanted.entry(face).or_default().0.add(&span.text);
        }
    }
}
