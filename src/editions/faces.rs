//! The faces that travel with hypertext: those that the texts of a piece use, cut down to their characters.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use crate::compose::{Bullet, Composition, TextId};
use crate::fonts::web::{self, WebFaceError};
use crate::fonts::{Face, FaceId, FamilyRecord, Outlines, Use, woff};
use crate::theme::{Acronyms, Case, Sheet, Slant, Theme, Weight};

/// A face cut down to what a piece uses of it.
pub(crate) struct WebFace<'t> {
    face: &'t Face,
    family: &'t FamilyRecord,
    /// The font file (OpenType).
    pub(crate) data: Vec<u8>,
}

impl WebFace<'_> {
    /// The name of its file.
    pub(crate) fn file(&self) -> String {
        let extension = match self.face.outlines {
            Outlines::TrueType => "ttf",
            Outlines::Cff => "otf",
        };
        let stem = web::file_stem(self.family, self.face.weight, self.face.slant);
        format!("{stem}.{extension}")
    }

    /// Its media type (EPUB 3.3, 3.2).
    pub(crate) fn media_type(&self) -> &'static str {
        match self.face.outlines {
            Outlines::TrueType => "font/ttf",
            Outlines::Cff => "font/otf",
        }
    }

    /// The licence that goes along with it: its path, and its text.
    pub(crate) fn licence(&self) -> Option<(String, Arc<[u8]>)> {
        self.family.licence_file()
    }

    /// The face packed for the web (WOFF2).
    pub(crate) fn packed(&self) -> Result<Vec<u8>, WebFaceError> {
        woff::pack(self.face, &self.data)
    }

    /// The rule by which a style sheet finds it at an address (CSS Fonts 4, 4).
    pub(crate) fn rule(&self, address: &str) -> String {
        let mut rule = String::with_capacity(address.len() + 160);
        let _ = write!(
            rule,
            "@font-face {{\n  font-family: \"{}\";\n  font-weight: {};\n  font-style: {};\n  src: url(\"{address}\");\n}}\n",
            self.family.subset,
            self.face.weight.css(),
            self.face.slant.css(),
        );
        rule
    }
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

/// Cuts every face that the piece uses under a theme, of those that this use is allowed for.
///
/// # Errors
/// [`WebFaceError`] when a face is damaged.
pub(crate) fn faces<'t>(
    composition: &Composition,
    theme: &'t Theme,
    of: Use,
) -> Result<Vec<WebFace<'t>>, WebFaceError> {
    let mut faces = Vec::new();
    for (id, (characters, small_capitals)) in wanted(composition, theme) {
        let face = &theme.fonts[id];
        if !face.uses.allow(of) {
            continue;
        }
        let family = theme.fonts.record(id);
        let data = web::subset(face, family, characters.iter(), small_capitals)?;
        if let (Some(data), Some(family)) = (data, family) {
            faces.push(WebFace { face, family, data });
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
    // Marks of notes and labels of lists, breaks, and the contents.
    let running = theme
        .fonts
        .of(theme.faces.text, Weight::Regular, Slant::Upright);
    let (characters, _) = wanted.entry(running).or_default();
    characters.add("0123456789. *\u{2002}\u{2003}");
    for bullet in Bullet::BY_DEPTH {
        characters.add(&bullet.sign().to_string());
    }
    characters.add(&composition.digits.number(1_234_567_890));
    characters.add(&composition.words.introduction);
    characters.add(&composition.words.colophon);
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
        *small_capitals |= row.case != Case::AsWritten || row.acronyms == Acronyms::SmallCapitals;
        if kind.is_heading() {
            // Headings stand in the contents too, in the face of running text.
            let weight = Weight::Regular.of_words(span.strong);
            let slant = Slant::Upright.of_words(span.emphasis);
            let face = theme.fonts.of(theme.faces.text, weight, slant);
            wanted.entry(face).or_default().0.add(&span.text);
        }
    }
}
