//! Faces for reflowable editions: subsets that keep their characters and their layout features.
//!
//! Not for PDF, whose subsets have neither `cmap` nor layout tables. A subset written out as a font file is a modified
//! version of the face, and "Source" is a reserved name under the OFL (clause 3): every subset bears a family name of our own.
//! `skera` is the subsetter: of those on the registry it alone keeps `cmap`, `GSUB`, `GPOS` and `OS/2` together.

use skera::{Plan, SubsetFlags};
use skrifa::raw::FontRef;
use skrifa::raw::collections::IntSet;
use skrifa::raw::types::{GlyphId, NameId, Tag};
use skrifa::{MetadataProvider, string::StringId};
use subsetter::GlyphRemapper;
use unicode_normalization::char::decompose_canonical;
use write_fonts::FontBuilder;

use super::subset::cut_down;
use super::{Face, FamilyRecord, Outlines, Slant, Weight};
use crate::diagnostic::guard;

/// The features kept besides those that every shaper applies: figures of each kind.
const FIGURES: &[&[u8; 4]] = &[b"onum", b"lnum", b"pnum", b"tnum"];

/// Small capitals for lower-case letters.
const SMALL_CAPITALS: [&[u8; 4]; 2] = [b"smcp", b"c2sc"];

/// The names that go over from the face: copyright, version, maker, designer, their pages, licence and its page.
const KEPT_NAMES: &[u16] = &[0, 5, 8, 9, 11, 12, 13, 14];

/// The scripts whose vowels are drawn in halves: from Devanagari to Burmese.
const INDIC: std::ops::Range<char> = '\u{900}'..'\u{10A0}';

/// The first character of the scripts that stand in squares.
const IDEOGRAPHS: u32 = 0x2E80;

/// Why a face could not be cut down.
#[derive(Debug, thiserror::Error)]
pub enum WebFaceError {
    /// The face cannot be read.
    #[error("the face {face} cannot be read: {reason}")]
    Read {
        /// The face.
        face: String,
        /// What the library said.
        reason: String,
    },
    /// The face cannot be packed for the web.
    #[error("the face {face} cannot be written as WOFF2: {reason}")]
    Woff {
        /// The face.
        face: String,
        /// What the library said.
        reason: String,
    },
    /// The subsetter refused.
    #[error("the face {face} cannot be cut down: {reason}")]
    Subset {
        /// The face.
        face: String,
        /// What the library said.
        reason: String,
    },
}

/// The name of a face's file, without an extension.
#[must_use]
pub fn file_stem(family: &FamilyRecord, weight: Weight, slant: Slant) -> String {
    let style = match (weight, slant) {
        (Weight::Regular, Slant::Upright) => "regular",
        (Weight::Regular, Slant::Italic) => "italic",
        (Weight::Semibold, Slant::Upright) => "semibold",
        (Weight::Semibold, Slant::Italic) => "semibold-italic",
    };
    format!("{}-{style}", family.file)
}

/// Cuts a face down to these characters: an OpenType font file with the layout features that concern them, hints left out.
///
/// None when the face of a family has no letter or digit of them: spaces and stops alone would only break into another script's
/// face. A fallback face is asked for nothing that it is not needed for.
///
/// # Errors
/// [`WebFaceError`] when the face is damaged.
pub fn subset(
    face: &Face,
    family: &FamilyRecord,
    characters: impl IntoIterator<Item = char>,
    small_capitals: bool,
) -> Result<Option<Vec<u8>>, WebFaceError> {
    let font = tables(face)?;
    let charmap = font.charmap();
    let known = characters.into_iter().filter(|c| charmap.map(*c).is_some());
    let mut worth = face.family.is_none();
    let known = known.inspect(|c| worth |= c.is_alphanumeric());
    let mut unicodes: IntSet<u32> = IntSet::empty();
    for c in known {
        unicodes.insert(u32::from(c));
        unicodes.extend(drawn_as(c).into_iter().map(u32::from));
    }
    // Another face may have been asked for the space of ideographs, and not be there for it.
    if unicodes.iter().any(|c| c >= IDEOGRAPHS) {
        unicodes.insert(u32::from('\u{3000}'));
    }
    if !worth || unicodes.is_empty() {
        return Ok(None);
    }
    let mut features: IntSet<Tag> = skera::DEFAULT_LAYOUT_FEATURES.iter().copied().collect();
    features.extend(FIGURES.iter().map(|tag| Tag::new(tag)));
    if small_capitals {
        features.extend(SMALL_CAPITALS.iter().map(|tag| Tag::new(tag)));
    }
    let (cut, outlines) = cut(face, &unicodes, &features)?;
    let cut = reread(face, &cut)?;
    let mut builder = FontBuilder::new();
    builder.add_raw(Tag::new(b"name"), names(&font, face, family));
    if let Some(outlines) = outlines {
        builder.add_raw(Tag::new(b"CFF "), outlines);
    }
    builder.copy_missing_tables(cut);
    Ok(Some(builder.build()))
}

/// The characters that a shaper takes a character apart into before it looks for glyphs. A vowel of two halves has no other glyphs than
/// theirs: without one of them the whole word is a row of boxes.
fn drawn_as(c: char) -> Vec<char> {
    let mut parts = match c {
        // Thai and Lao AM, and Khmer vowels that begin before their letter.
        '\u{E33}' => vec!['\u{E4D}', '\u{E32}'],
        '\u{EB3}' => vec!['\u{ECD}', '\u{EB2}'],
        '\u{17BE}' | '\u{17BF}' | '\u{17C0}' | '\u{17C4}' | '\u{17C5}' => vec!['\u{17C1}'],
        _ => Vec::new(),
    };
    // Elsewhere a face that has a letter is not asked for its parts.
    if INDIC.contains(&c) {
        decompose_canonical(c, |part| parts.push(part));
    }
    parts
}

/// An embedded face of one script whole, under its family's name: an OpenType font file like those of [`subset`]. None for another
/// face, and for one that is mostly outlines: one that is mostly rules takes long to cut down, and loses little.
///
/// # Errors
/// [`WebFaceError`] when the face is damaged.
pub fn whole(face: &Face, family: &FamilyRecord) -> Result<Option<Vec<u8>>, WebFaceError> {
    if face.alphabet().is_none() {
        return Ok(None);
    }
    let font = tables(face)?;
    let rules = [b"GSUB", b"GPOS"].iter().map(|tag| {
        let table = font.table_data(Tag::new(tag));
        table.map_or(0, |table| table.len())
    });
    if rules.sum::<usize>() * 2 < face.data().len() {
        return Ok(None);
    }
    let mut builder = FontBuilder::new();
    builder.add_raw(Tag::new(b"name"), names(&font, face, family));
    builder.copy_missing_tables(font);
    Ok(Some(builder.build()))
}

/// The tables of a face.
pub(super) fn tables(face: &Face) -> Result<FontRef<'_>, WebFaceError> {
    face.tables().map_err(|error| WebFaceError::Read {
        face: face.name.to_string(),
        reason: error.to_string(),
    })
}

/// The tables of a face that was cut down.
pub(super) fn reread<'c>(face: &Face, cut: &'c [u8]) -> Result<FontRef<'c>, WebFaceError> {
    FontRef::new(cut).map_err(|error| WebFaceError::Subset {
        face: face.name.to_string(),
        reason: error.to_string(),
    })
}

/// Cuts every table but `CFF `, which comes beside them where the face has one; names are left out.
pub(super) fn cut(
    face: &Face,
    unicodes: &IntSet<u32>,
    features: &IntSet<Tag>,
) -> Result<(Vec<u8>, Option<Vec<u8>>), WebFaceError> {
    let font = tables(face)?;
    let refused = |reason: String| WebFaceError::Subset {
        face: face.name.to_string(),
        reason,
    };
    // Damage that no table shows before its glyphs are read makes the subsetter panic.
    let cut = guard("cutting down a face", || {
        let plan = plan(&font, unicodes, features);
        let glyphs = plan.old_to_new_glyph_mapping();
        let glyphs = glyphs.filter_map(|(old, _)| u16::try_from(old.to_u32()).ok());
        let drawn = face.drawn(glyphs);
        // It was read before, without some outlines.
        let drawn = FontRef::from_index(&drawn, face.index());
        let cut = skera::subset_font(drawn.as_ref().unwrap_or(&font), &plan);
        cut.map(|cut| (plan, cut))
    });
    let cut = cut.map_err(|_| refused("it is damaged".to_owned()))?;
    let (plan, cut) = cut.map_err(|error| refused(error.to_string()))?;
    let outlines = match face.outlines {
        Outlines::TrueType => None,
        Outlines::Cff => Some(outlines(face, &plan)?),
    };
    Ok((cut, outlines))
}

/// The CFF table of a subset. `skera` cuts every table but this one; `subsetter` cuts this one well, and numbers glyphs in the
/// order in which they are named to it.
fn outlines(face: &Face, plan: &Plan) -> Result<Vec<u8>, WebFaceError> {
    let failed = |reason: String| WebFaceError::Subset {
        face: face.name.to_string(),
        reason,
    };
    let mut glyphs: Vec<_> = plan.old_to_new_glyph_mapping().collect();
    glyphs.sort_unstable_by_key(|(_, new)| *new);
    let mut remapper = GlyphRemapper::new();
    for (old, new) in glyphs {
        let old = u16::try_from(old.to_u32()).map_err(|error| failed(error.to_string()))?;
        if u32::from(remapper.remap(old)) != new.to_u32() {
            return Err(failed("its glyphs have another order".to_owned()));
        }
    }
    let cut = cut_down(face, &remapper).map_err(failed)?;
    let cut = FontRef::new(&cut).map_err(|error| failed(error.to_string()))?;
    let table = cut.table_data(Tag::new(b"CFF "));
    let table = table.ok_or_else(|| failed("it has no outlines left".to_owned()))?;
    Ok(table.as_bytes().to_vec())
}

fn plan(font: &FontRef<'_>, unicodes: &IntSet<u32>, features: &IntSet<Tag>) -> Plan {
    let mut scripts = IntSet::<Tag>::empty();
    scripts.invert();
    Plan::new(
        &IntSet::<GlyphId>::empty(),
        unicodes,
        font,
        // A browser shows glyph 0 where no face of the reader's has a character either: a box, not nothing.
        SubsetFlags::SUBSET_FLAGS_NO_HINTING | SubsetFlags::SUBSET_FLAGS_NOTDEF_OUTLINE,
        &skera::DEFAULT_DROP_TABLES.iter().copied().collect(),
        &scripts,
        features,
        &IntSet::<NameId>::empty(),
        &IntSet::<u16>::empty(),
    )
}

/// The `name` table (ISO/IEC 14496-22, 5.2.7): the family renamed, copyright and licence kept.
fn names(font: &FontRef<'_>, face: &Face, family: &FamilyRecord) -> Vec<u8> {
    let family = &family.subset;
    let style = match (face.weight, face.slant) {
        (Weight::Regular, Slant::Upright) => "Regular",
        (Weight::Regular, Slant::Italic) => "Italic",
        (Weight::Semibold, Slant::Upright) => "Semibold",
        (Weight::Semibold, Slant::Italic) => "Semibold Italic",
    };
    let mut records = kept_names(font);
    let postscript: String = format!("{family}-{style}").replace(' ', "");
    // Programs that know four styles only group the semibold faces as a family of their own.
    let (legacy_family, legacy_style) = match (face.weight, face.slant) {
        (Weight::Semibold, Slant::Italic) => (format!("{family} Semibold"), "Italic"),
        (Weight::Semibold, Slant::Upright) => (format!("{family} Semibold"), "Regular"),
        (Weight::Regular, _) => (family.to_string(), style),
    };
    records.push((1, legacy_family));
    records.push((2, legacy_style.to_owned()));
    records.push((3, format!("{postscript};subset")));
    records.push((4, format!("{family} {style}")));
    records.push((6, postscript));
    records.push((16, family.to_string()));
    records.push((17, style.to_owned()));
    records.sort_unstable_by_key(|record| record.0);
    name_table(&records)
}

/// The names of a face that its subsets keep.
pub(super) fn kept_names(font: &FontRef<'_>) -> Vec<(u16, String)> {
    let kept = KEPT_NAMES.iter().filter_map(|id| {
        let mut strings = font.localized_strings(StringId::new(*id));
        strings.next().map(|string| (*id, string.to_string()))
    });
    kept.collect()
}

/// Windows, Unicode BMP, English (United States): the records in ascending order of id.
pub(super) fn name_table(records: &[(u16, String)]) -> Vec<u8> {
    let mut storage: Vec<u8> = Vec::new();
    let mut table: Vec<u8> = Vec::new();
    let count = u16::try_from(records.len()).unwrap_or(u16::MAX);
    for word in [0, count, 6 + 12 * count] {
        table.extend(word.to_be_bytes());
    }
    for (id, text) in records {
        let encoded: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let length = u16::try_from(encoded.len()).unwrap_or(0);
        let offset = u16::try_from(storage.len()).unwrap_or(0);
        for word in [3, 1, 0x0409, *id, length, offset] {
            table.extend(word.to_be_bytes());
        }
        storage.extend(&encoded[..usize::from(length)]);
    }
    table.extend(storage);
    table
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::collections::BTreeSet;

    use skrifa::raw::TableProvider;

    use super::*;
    use crate::fonts::{FaceSet, Family};

    fn sample() -> BTreeSet<char> {
        "Flash Point: 2025 fi – “Khan’s” é".chars().collect()
    }

    fn cut(characters: impl IntoIterator<Item = char>, small_capitals: bool) -> Option<Vec<u8>> {
        let set = FaceSet::embedded();
        let id = set.of(Family::SOURCE_SERIF, Weight::Regular, Slant::Upright);
        subset(&set[id], set.record(id), characters, small_capitals).unwrap()
    }

    #[test]
    fn a_subset_keeps_what_shapers_take_characters_apart_into() {
        let set = FaceSet::embedded();
        for (word, script, parts) in [
            ("ทำ", "Thai", "\u{E4D}\u{E32}"),
            ("ນ້ຳ", "Lao", "\u{ECD}\u{EB2}"),
            ("যৌথ", "Bengali", "\u{9C7}\u{9D7}"),
        ] {
            let id = set.ids().find(|id| set[*id].name.contains(script)).unwrap();
            let data = subset(&set[id], set.record(id), word.chars(), false);
            let data = data.unwrap().unwrap();
            let charmap = FontRef::new(&data).unwrap().charmap();
            assert!(parts.chars().all(|c| charmap.map(c).is_some()), "{word}");
        }
    }

    #[test]
    fn a_subset_keeps_its_characters_and_features_and_loses_the_reserved_name() {
        let data = cut(sample(), true).unwrap();
        let font = FontRef::new(&data).unwrap();
        for c in sample() {
            assert!(font.charmap().map(c).is_some(), "{c}");
        }
        assert!(font.charmap().map('Q').is_none());
        let gsub = font.gsub().unwrap();
        let features = gsub.feature_list().unwrap();
        let tags: BTreeSet<String> = features
            .feature_records()
            .iter()
            .map(|record| record.feature_tag().to_string())
            .collect();
        for tag in ["smcp", "c2sc", "onum", "lnum", "liga"] {
            assert!(tags.contains(tag), "{tag} in {tags:?}");
        }
        assert!(font.gpos().is_ok() && font.os2().is_ok());
        for id in [1, 3, 4, 6, 16] {
            let names = font.localized_strings(StringId::new(id));
            for name in names {
                assert!(!name.to_string().contains("Source"), "{name}");
            }
        }
        let licence = font.localized_strings(StringId::new(13)).next().unwrap();
        assert!(licence.to_string().contains("SIL Open Font License"));
    }

    #[test]
    fn characters_that_the_face_lacks_give_no_font() {
        assert!(cut("漢字".chars(), false).is_none());
    }

    #[test]
    fn the_same_characters_give_the_same_bytes() {
        let one = cut(sample(), true);
        let two = cut(sample(), true);
        assert_eq!(one, two);
    }
}
