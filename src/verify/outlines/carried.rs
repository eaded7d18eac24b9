//! The faces that an edition carries for those who read it: whether each is the one that it is said to be, and draws every letter as
//! the theme's face of that family, weight and slant does.
//!
//! Editions carry whole faces, or parts of them, under names of their own: what tells them apart is what they are said to be for.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use skrifa::raw::TableProvider;
use skrifa::raw::tables::compute_checksum;
use skrifa::raw::types::Tag;
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};

use super::super::difference::{Difference, Kind};
use super::face::{self, Drawn, Index, Outlines};
use super::is_plain;
use super::lacking::{PlainLetters, of_theme};
use super::substitutions::{self, Texts};
use crate::digest::Sha256;
use crate::fonts::{Face, FaceSet, Generic};
use crate::read::{Contents, FaceFile};

/// So much is told of the faces of a file.
const MOST: usize = 10;
/// So many faces are remembered that were found to draw what they should.
const MOST_KNOWN: usize = 4096;
/// What says which signs stand for letters that stand together, and where: a part of a face has it where the face has it.
const SHAPING: [Tag; 2] = [Tag::new(b"GSUB"), Tag::new(b"GPOS")];
/// Advances are whole units of the face.
const SLACK: f64 = 0.01;

/// Holds the faces that a file carries against what they are said to be, their letters against the theme's, and those of plain text
/// against them; gives why others were not compared.
pub(in super::super) fn carried(
    contents: &Contents,
    faces: &FaceSet,
    plain: &PlainLetters,
    found: &mut Vec<Difference>,
) -> Vec<String> {
    let mut not_made = Vec::new();
    let mut told = Vec::new();
    for file in &contents.drawing.faces {
        match judge(file, faces) {
            Judgement::Sound => {}
            Judgement::Unknown => not_made.push(format!(
                "the letters of {} were not compared: the theme has no face of `{}`",
                file.place, file.family
            )),
            Judgement::Other(all) => {
                told.extend(all.into_iter().map(|(kind, message)| Difference {
                    kind,
                    place: file.place.clone(),
                    message,
                }))
            }
        }
    }
    if told.is_empty() {
        plain.hold(&contents.drawing.faces, contents.kind, faces, &mut told);
    }
    told.truncate(MOST);
    found.append(&mut told);
    not_made
}

/// What became of a face.
enum Judgement {
    Sound,
    /// The theme has no such face.
    Unknown,
    /// What is other about it.
    Other(Vec<(Kind, String)>),
}

fn judge(file: &FaceFile, faces: &FaceSet) -> Judgement {
    let unsound = |message: String| Judgement::Other(vec![(Kind::Soundness, message)]);
    let Ok(font) = FontRef::new(&file.program.bytes) else {
        return unsound(format!("the face of `{}` cannot be read", file.family));
    };
    let name = |id: StringId| -> String {
        let mut all = font.localized_strings(id);
        all.next()
            .map(|name| name.chars().collect())
            .unwrap_or_default()
    };
    let (family, own) = (name(StringId::FAMILY_NAME), name(StringId::POSTSCRIPT_NAME));
    if !family.starts_with(&file.family) || file.family.is_empty() {
        return unsound(format!(
            "the face of `{}` is one of `{family}`",
            file.family
        ));
    }
    if !is_of(file, &own) {
        return unsound(format!(
            "the face of `{}` is `{own}`, which is of another weight or slant",
            file.family
        ));
    }
    let Some(id) = of_theme(file, faces) else {
        return Judgement::Unknown;
    };
    let (face, record) = (&faces[id], faces.record(id));
    let is_other =
        |instead: &&String| **instead != *record.installed && **instead != *record.instead;
    if let Some(instead) = file.instead.as_ref().filter(is_other) {
        return unsound(format!(
            "`{instead}` is said to do in the place of `{}`",
            file.family
        ));
    }
    if let Some(numbers) = &file.numbers
        && self::numbers(face, record.generic).is_some_and(|own| own != *numbers)
    {
        return unsound(format!("other numbers are said of `{}`", file.family));
    }
    let key = (file.program.hash, face::key(face));
    if known().contains(&key) {
        return Judgement::Sound;
    }
    let Some(pair) = Pair::of(&file.program.bytes, font, face) else {
        return unsound(format!("the face of `{}` cannot be read", file.family));
    };
    let mut told = pair.letters();
    if told.is_empty() {
        told = pair.substitutions();
    }
    if !told.is_empty() {
        return Judgement::Other(told.into_iter().map(|said| (Kind::Sight, said)).collect());
    }
    let is_whole = SHAPING.iter().all(|table| pair.has_as_its_face(*table)) && pair.is_as_high();
    if !is_summed(&pair.font) || !is_of_tables(&pair.font, face) || !is_whole {
        return unsound(format!("the face of `{}` is damaged", file.family));
    }
    let mut known = known();
    if known.len() >= MOST_KNOWN {
        known.clear();
    }
    known.insert(key);
    Judgement::Sound
}

/// What a table of fonts says of a face: its numbers of PANOSE, serif or not, and what it covers (ISO/IEC 29500-1, 17.8.3).
fn numbers(face: &Face, generic: Generic) -> Option<[String; 3]> {
    let font = face.tables().ok()?;
    let table = font.os2().ok()?;
    let hexadecimal =
        |bytes: &[u8]| -> String { bytes.iter().map(|byte| format!("{byte:02X}")).collect() };
    let covered = [
        table.ul_unicode_range_1(),
        table.ul_unicode_range_2(),
        table.ul_unicode_range_3(),
        table.ul_unicode_range_4(),
        table.ul_code_page_range_1().unwrap_or_default(),
        table.ul_code_page_range_2().unwrap_or_default(),
    ];
    let kind = match generic {
        Generic::Serif => "roman",
        Generic::Sans => "swiss",
    };
    Some([
        hexadecimal(table.panose_10()),
        kind.to_owned(),
        covered
            .map(|range| hexadecimal(&range.to_be_bytes()))
            .concat(),
    ])
}

/// Whether a face has no table that the theme's has not: what is cut out of a face is a part of it.
fn is_of_tables(font: &FontRef<'_>, face: &Face) -> bool {
    let Ok(whole) = face.tables() else {
        return true;
    };
    let known: BTreeSet<Tag> = whole
        .table_directory
        .table_records()
        .iter()
        .map(|own| own.tag())
        .collect();
    let mut own = font.table_directory.table_records().iter();
    own.all(|own| known.contains(&own.tag()))
}

/// Whether the tables of a face have the sums that it says of them (OpenType, "Table directory"); one that was packed for browsers says
/// none.
fn is_summed(font: &FontRef<'_>) -> bool {
    const HEAD: Tag = Tag::new(b"head");
    let records = font.table_directory.table_records();
    if records.iter().all(|own| own.checksum() == 0) {
        return true;
    }
    // The sum of all stands in the head, which counts without it.
    let mut summed = records.iter().filter(|own| own.tag() != HEAD);
    summed.all(|own| {
        let data = font.table_data(own.tag());
        data.is_some_and(|data| compute_checksum(data.as_bytes()) == own.checksum())
    })
}

/// The faces that draw what they should, by their bytes and the faces that they are.
fn known() -> std::sync::MutexGuard<'static, HashSet<(Sha256, face::Key)>> {
    static KNOWN: LazyLock<Mutex<HashSet<(Sha256, face::Key)>>> = LazyLock::new(Mutex::default);
    KNOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A face that a file carries beside the theme's.
struct Pair<'a> {
    font: FontRef<'a>,
    own: Outlines<'a>,
    face: &'a Face,
    of_face: Outlines<'a>,
    drawn_of_face: Arc<Drawn>,
}

impl<'a> Pair<'a> {
    fn of(bytes: &'a [u8], font: FontRef<'a>, face: &'a Face) -> Option<Self> {
        let own = Outlines::of(bytes, 0)?;
        let of_face = Outlines::of(face.data(), face.index())?;
        (own.units() == of_face.units()).then(|| Self {
            font,
            own,
            face,
            of_face,
            drawn_of_face: Drawn::of(face),
        })
    }

    /// Whether it has a table where the theme's face has it.
    fn has_as_its_face(&self, table: Tag) -> bool {
        let of_face = self.face.tables();
        let of_face = of_face.is_ok_and(|own| own.table_data(table).is_some());
        !of_face || self.font.table_data(table).is_some()
    }

    /// Whether it says of its height what the theme's face says, and who may carry it (OpenType 1.9, hhea and OS/2).
    fn is_as_high(&self) -> bool {
        let said = |font: &FontRef<'_>| {
            let (hhea, os2) = (font.hhea().ok()?, font.os2().ok()?);
            let lines =
                [hhea.ascender(), hhea.descender(), hhea.line_gap()].map(|own| own.to_i16());
            let typographic = [
                os2.s_typo_ascender(),
                os2.s_typo_descender(),
                os2.s_typo_line_gap(),
            ];
            let clipped = [os2.us_win_ascent(), os2.us_win_descent(), os2.fs_type()];
            Some((lines, typographic, clipped))
        };
        let of_face = self.face.tables().ok();
        of_face.is_some_and(|of_face| said(&of_face) == said(&self.font))
    }

    /// What it draws otherwise than the theme's face, letter by letter.
    fn letters(&self) -> Vec<String> {
        let mut told = Vec::new();
        for (code, glyph) in self.font.charmap().mappings() {
            let Some(c) = char::from_u32(code) else {
                continue;
            };
            let glyph = glyph.to_u32();
            let Some(nominal) = self.face.glyph(c) else {
                told.push(format!(
                    "it draws “{c}”, which the theme's face does not have"
                ));
                continue;
            };
            let outline = self.own.outline(glyph);
            let of_face = self.drawn_of_face.outline(&self.of_face, nominal.into());
            if outline != of_face {
                told.push(format!(
                    "what is seen is not what is said: “{c}” is drawn with another outline than that of {}",
                    self.face.name
                ));
                continue;
            }
            let widths = self
                .own
                .advance(glyph)
                .zip(self.of_face.advance(nominal.into()));
            if widths.is_none_or(|(own, of_face)| (own - of_face).abs() > SLACK) {
                told.push(format!(
                    "“{c}” has another width than in {}",
                    self.face.name
                ));
            }
            if told.len() >= MOST {
                break;
            }
        }
        told
    }

    /// What it puts in the places of letters that the theme's face would not put there. Of outlines of another kind than TrueType
    /// the letters alone are held: to know them all takes long.
    fn substitutions(&self) -> Vec<String> {
        let table = self.font.table_data(Tag::new(b"GSUB"));
        let Some(table) = table.filter(|_| self.font.table_data(Tag::new(b"glyf")).is_some())
        else {
            return Vec::new();
        };
        let mut texts = Texts::new();
        let mut nominal: BTreeMap<u16, BTreeSet<String>> = BTreeMap::new();
        for (code, glyph) in self.font.charmap().mappings() {
            if let (Some(c), Ok(glyph)) = (char::from_u32(code), u16::try_from(glyph.to_u32())) {
                texts.entry(glyph).or_default().push(c.to_string());
                nominal.entry(glyph).or_default().insert(c.to_string());
            }
        }
        substitutions::follow(table.as_bytes(), &mut texts);
        let mut index = None;
        let mut told = Vec::new();
        for (glyph, all) in texts {
            let named = nominal.get(&glyph);
            let is_new =
                |text: &&String| is_word(text) && named.is_none_or(|named| !named.contains(*text));
            let mut new = all.iter().filter(is_new).peekable();
            if new.peek().is_none() || told.len() >= MOST {
                continue;
            }
            let index = index.get_or_insert_with(|| Index::of(self.face));
            // What shows nothing, and what is put together of others, stands for anything.
            let Ok(Some(outline)) = self.own.outline(glyph.into()) else {
                continue;
            };
            let known = index.texts(outline).unwrap_or_default();
            if known.len() >= substitutions::MOST {
                continue;
            }
            told.extend(
                new.find(|text| !known.contains(&text.as_str()))
                    .map(|text| {
                        let seen = known.first().copied().unwrap_or("another sign");
                        format!("what is seen is not what is said: for “{text}” it draws “{seen}”")
                    }),
            );
        }
        told
    }
}

/// Whether a text is of letters that each have a sign of their own: of others it is not known which of many signs shows them.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() && is_plain(c))
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
