//! Faces for word processors: TrueType files of whole sets of characters, so that a document that carries them can be edited on.
//!
//! A word processor knows four styles of a family and links them by its name, so the semibold face is its bold one. What is written
//! out is a modified version of the face and bears a name of our own, as in [`super::web`].

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use skrifa::MetadataProvider;
use skrifa::raw::collections::IntSet;
use skrifa::raw::types::Tag;
use write_fonts::FontBuilder;

use super::web::{self, WebFaceError};
use super::{Face, Slant, Weight};

/// What word processors apply unasked: pairs, ligatures, letters of a language, marks on letters.
const FEATURES: &[&[u8; 4]] = &[b"ccmp", b"kern", b"liga", b"locl", b"mark", b"mkmk"];

/// Characters that a document has all of, or none.
type Ranges = &'static [RangeInclusive<u32>];

/// Basic Latin, Latin-1, Latin Extended-A, spaces, punctuation, and the signs of prices, numbers and lists: in every document.
const LATIN: Ranges = &[
    0x20..=0x7E,
    0xA0..=0x17F,
    0x2000..=0x2044,
    0x20AC..=0x20AC,
    0x2116..=0x2116,
    0x2122..=0x2122,
    0x2212..=0x2212,
    0x25AA..=0x25AA,
    0x25E6..=0x25E6,
];

/// The sets that a document has where its piece has a character of them.
const MORE: [Ranges; 4] = [
    // The rest of Latin.
    &[
        0x180..=0x36F,
        0x1D00..=0x1DFF,
        0x1E00..=0x1EFF,
        0x2C60..=0x2C7F,
        0xA700..=0xA7FF,
        0xAB30..=0xAB6F,
    ],
    // Greek.
    &[0x370..=0x3FF, 0x1F00..=0x1FFF],
    // Cyrillic.
    &[
        0x400..=0x52F,
        0x1C80..=0x1C8F,
        0x2DE0..=0x2DFF,
        0xA640..=0xA69F,
    ],
    // Signs.
    &[
        0x2045..=0x20AB,
        0x20AD..=0x2115,
        0x2117..=0x2121,
        0x2123..=0x2211,
        0x2213..=0x25A9,
        0x25AB..=0x25E5,
        0x25E7..=0x2BFF,
    ],
];

/// Which sets of characters the faces of a document have besides Latin letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Sets(u8);

impl Sets {
    /// Adds those that a text needs.
    pub fn add(&mut self, text: &str) {
        if text.is_ascii() {
            return;
        }
        for c in text.chars().filter(|c| u32::from(*c) > 0x17F) {
            let sets = MORE.iter().enumerate();
            let of =
                sets.filter(|(_, ranges)| ranges.iter().any(|range| range.contains(&u32::from(c))));
            self.0 |= of.fold(0, |sets, (index, _)| sets | 1 << index);
        }
    }

    /// The characters of a text that are in none of the sets: letters joined in one, rare signs, other scripts.
    pub fn others(text: &str) -> impl Iterator<Item = char> {
        let text = if text.is_ascii() { "" } else { text };
        let ranges = || std::iter::once(&LATIN).chain(&MORE).copied().flatten();
        text.chars()
            .filter(move |c| !ranges().any(|range| range.contains(&u32::from(*c))))
    }

    fn characters(self) -> impl Iterator<Item = char> {
        let more = MORE.into_iter().enumerate();
        let more = more.filter(move |(index, _)| self.0 & 1 << index != 0);
        let ranges = std::iter::once(LATIN).chain(more.map(|(_, ranges)| ranges));
        ranges
            .flatten()
            .cloned()
            .flatten()
            .filter_map(char::from_u32)
    }
}

/// The characters of a face in a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holds {
    /// Whole sets of Latin, Greek and Cyrillic letters and of signs, and these that are in none.
    Sets(Sets, BTreeSet<char>),
    /// All that a face of one script has.
    Alphabet,
    /// These alone: of a face with many thousands, or for the few words of a script in a document of another.
    These(BTreeSet<char>),
}

impl Holds {
    fn characters(&self, face: &Face) -> Vec<char> {
        match self {
            Self::Sets(sets, others) => sets.characters().chain(others.iter().copied()).collect(),
            Self::Alphabet => {
                let runs = face.alphabet().unwrap_or_default().iter();
                let characters = runs.flat_map(|(first, last)| *first..=*last);
                characters.filter_map(char::from_u32).collect()
            }
            // A space and figures are set in the face of the words around them.
            Self::These(these) => (' '..='~').chain(these.iter().copied()).collect(),
        }
    }

    fn features(&self) -> IntSet<Tag> {
        match self {
            Self::Sets(_, others) if others.is_empty() => {
                FEATURES.iter().map(|tag| Tag::new(tag)).collect()
            }
            Self::Sets(..) | Self::Alphabet | Self::These(_) => {
                skera::DEFAULT_LAYOUT_FEATURES.iter().copied().collect()
            }
        }
    }

    /// Whether many pieces may ask for it.
    pub fn is_shared(&self) -> bool {
        match self {
            Self::Sets(_, others) => others.is_empty(),
            Self::Alphabet => true,
            Self::These(_) => false,
        }
    }
}

/// A font file of what a face has of these characters, under a family's name; none where it has no letter or digit of them.
///
/// # Errors
/// [`WebFaceError`] when the face is damaged.
pub fn file(face: &Face, family: &str, holds: &Holds) -> Result<Option<Vec<u8>>, WebFaceError> {
    let font = web::tables(face)?;
    let charmap = font.charmap();
    let mut known = holds.characters(face);
    known.retain(|c| charmap.map(*c).is_some());
    if !known.iter().any(|c| c.is_alphanumeric()) {
        return Ok(None);
    }
    let unicodes: IntSet<u32> = known.into_iter().map(u32::from).collect();
    let made;
    let cut = match holds {
        // The program's faces of one script were cut to it already.
        Holds::Alphabet => font.clone(),
        Holds::Sets(..) | Holds::These(_) => {
            (made, _) = web::cut(face, &unicodes, &holds.features())?;
            web::reread(face, &made)?
        }
    };
    let style = Style::of(face);
    let mut names = web::kept_names(&font);
    let postscript = format!("{family}-{}", style.name).replace(' ', "");
    for (id, name) in [
        (1, family.to_owned()),
        (2, style.name.to_owned()),
        (3, format!("{postscript};document")),
        (4, format!("{family} {}", style.name)),
        (6, postscript),
    ] {
        names.push((id, name));
    }
    names.sort_unstable_by_key(|(id, _)| *id);
    let mut builder = FontBuilder::new();
    builder.add_raw(Tag::new(b"name"), web::name_table(&names));
    for (tag, table) in [
        (b"OS/2", style.os2(table(&cut, b"OS/2"))),
        (b"head", style.head(table(&cut, b"head"))),
    ] {
        if let Some(table) = table {
            builder.add_raw(Tag::new(tag), table);
        }
    }
    builder.copy_missing_tables(cut);
    Ok(Some(builder.build()))
}

fn table(font: &skrifa::FontRef<'_>, tag: &[u8; 4]) -> Option<Vec<u8>> {
    let data = font.table_data(Tag::new(tag))?;
    Some(data.as_bytes().to_vec())
}

/// One of the four styles of a family.
struct Style {
    name: &'static str,
    bold: bool,
    italic: bool,
}

impl Style {
    fn of(face: &Face) -> Self {
        let (bold, italic) = (face.weight == Weight::Semibold, face.slant == Slant::Italic);
        let name = match (bold, italic) {
            (false, false) => "Regular",
            (false, true) => "Italic",
            (true, false) => "Bold",
            (true, true) => "Bold Italic",
        };
        Self { name, bold, italic }
    }

    /// Says the style in the `OS/2` table (ISO/IEC 14496-22, 5.2.6): weight class, and the bits of `fsSelection`.
    fn os2(&self, table: Option<Vec<u8>>) -> Option<Vec<u8>> {
        let mut table = table?;
        let weight: u16 = if self.bold { 700 } else { 400 };
        table.get_mut(4..6)?.copy_from_slice(&weight.to_be_bytes());
        let selection = table.get_mut(62..64)?;
        let others = u16::from_be_bytes([selection[0], selection[1]]) & !0b110_0001;
        let regular = !self.bold && !self.italic;
        let own = u16::from(self.italic) | u16::from(self.bold) << 5 | u16::from(regular) << 6;
        selection.copy_from_slice(&(others | own).to_be_bytes());
        Some(table)
    }

    /// Says the style in the `head` table (5.2.2).
    fn head(&self, table: Option<Vec<u8>>) -> Option<Vec<u8>> {
        let mut table = table?;
        let style = table.get_mut(44..46)?;
        let own = u16::from(self.bold) | u16::from(self.italic) << 1;
        style.copy_from_slice(&own.to_be_bytes());
        Some(table)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use skrifa::FontRef;
    use skrifa::raw::TableProvider;
    use skrifa::string::StringId;

    use super::*;
    use crate::fonts::{FaceSet, Family};

    fn made(weight: Weight, slant: Slant, text: &str) -> Vec<u8> {
        let set = FaceSet::embedded();
        let face = &set[set.of(Family::SOURCE_SERIF, weight, slant)];
        let mut sets = Sets::default();
        sets.add(text);
        let holds = Holds::Sets(sets, Sets::others(text).collect());
        file(face, "Flashpoint Serif", &holds).unwrap().unwrap()
    }

    #[test]
    fn a_document_can_be_edited_on_in_the_scripts_that_it_has() {
        let latin = made(Weight::Regular, Slant::Upright, "Words – “alone”.");
        let latin = FontRef::new(&latin).unwrap();
        for c in "QqŹżŒ€”…•†".chars() {
            assert!(latin.charmap().map(c).is_some(), "{c}");
        }
        assert!(latin.charmap().map('Ж').is_none());
        let more = made(Weight::Regular, Slant::Upright, "Ж");
        let more = FontRef::new(&more).unwrap();
        assert!(more.charmap().map('ю').is_some() && more.charmap().map('q').is_some());
        assert!(more.charmap().map('α').is_none());
        let joined = made(Weight::Regular, Slant::Upright, "ﬁne");
        let joined = FontRef::new(&joined).unwrap();
        assert!(joined.charmap().map('ﬁ').is_some() && joined.charmap().map('q').is_some());
    }

    #[test]
    fn the_four_styles_are_those_of_one_family() {
        for (weight, slant, name, class, selection, style) in [
            (Weight::Regular, Slant::Upright, "Regular", 400, 0x40, 0),
            (Weight::Regular, Slant::Italic, "Italic", 400, 1, 2),
            (Weight::Semibold, Slant::Upright, "Bold", 700, 0x20, 1),
            (Weight::Semibold, Slant::Italic, "Bold Italic", 700, 0x21, 3),
        ] {
            let data = made(weight, slant, "");
            let font = FontRef::new(&data).unwrap();
            let said = |id: u16| {
                let mut strings = font.localized_strings(StringId::new(id));
                strings.next().map(|string| string.to_string())
            };
            assert_eq!(said(1).as_deref(), Some("Flashpoint Serif"));
            assert_eq!(said(2).as_deref(), Some(name));
            assert!(said(13).unwrap().contains("SIL Open Font License"));
            let os2 = font.os2().unwrap();
            assert_eq!(os2.us_weight_class(), class);
            assert_eq!(os2.fs_selection().bits() & 0x61, selection);
            assert_eq!(font.head().unwrap().mac_style().bits(), style);
            assert!(font.glyf().is_ok() && font.gpos().is_ok());
        }
    }
}
