//! The faces in the file, as obfuscated fonts (ISO/IEC 29500-1, 17.8.1).
//!
//! They hold whole sets of characters, not those of one piece, so they are the same for most pieces: a process cuts and packs
//! them once.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use uuid::Uuid;

use crate::digest::Sha256;
use crate::editions::package::{self, Entry};
use crate::fonts::office::{self, Sets};
use crate::fonts::web::{WebFaceError, file_stem};
use crate::fonts::{Slant, Weight};
use crate::theme::{Family, Theme};

/// A family in the file.
#[derive(Debug)]
pub(super) struct EmbeddedFamily {
    /// Its faces.
    pub(super) files: Vec<FaceFile>,
    /// A package of the parts, to be copied from.
    pub(super) parts: Vec<u8>,
}

/// A face in the file.
#[derive(Debug)]
pub(super) struct FaceFile {
    /// The element of the font table that names it.
    pub(super) element: &'static str,
    /// Its relationship.
    pub(super) relationship: String,
    /// Its place, as seen from the font table.
    pub(super) target: String,
    /// Its key, as the table has it.
    pub(super) key: String,
}

/// The elements of the font table, in their order there, with the styles that they name (17.8.3.3 to 17.8.3.6).
const ELEMENTS: [(&str, Weight, Slant); 4] = [
    ("w:embedRegular", Weight::Regular, Slant::Upright),
    ("w:embedBold", Weight::Semibold, Slant::Upright),
    ("w:embedItalic", Weight::Regular, Slant::Italic),
    ("w:embedBoldItalic", Weight::Semibold, Slant::Italic),
];

/// Which styles of a family stand in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Styles {
    /// All four.
    All,
    /// Upright ones and the lighter slanted one.
    WithoutBoldItalic,
}

impl Styles {
    fn elements(self) -> &'static [(&'static str, Weight, Slant)] {
        match self {
            Self::All => &ELEMENTS,
            Self::WithoutBoldItalic => &ELEMENTS[..3],
        }
    }
}

/// What a family in the file is made of.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    name: String,
    /// Name and digest of each face.
    faces: Vec<(String, Option<String>)>,
    sets: Sets,
}

/// As many families as a process keeps at a time.
const KEPT: usize = 64;

/// What was made so far: the same for the same key, so nobody can tell who made it.
static MADE: LazyLock<Mutex<BTreeMap<Key, Arc<EmbeddedFamily>>>> = LazyLock::new(Mutex::default);

/// The names of the space in which keys are made.
const SPACE: Uuid = Uuid::from_u128(0x6f1d_2c0a_9c57_4b7e_8a4e_0d6c_37b5_91e2);

/// A family in the file, with these sets of characters.
///
/// # Errors
/// [`WebFaceError`] when a face is damaged.
pub(super) fn family(
    theme: &Theme,
    family: Family,
    styles: Styles,
    sets: Sets,
) -> Result<Arc<EmbeddedFamily>, WebFaceError> {
    let record = theme.fonts.family(family);
    let face = |weight, slant| &theme.fonts[theme.fonts.of(family, weight, slant)];
    let faces = styles.elements().iter();
    let faces: Vec<_> = faces
        .map(|(element, weight, slant)| (*element, face(*weight, *slant)))
        .collect();
    let key = Key {
        name: record.subset.to_string(),
        faces: faces
            .iter()
            .map(|(_, face)| {
                let digest = face.digest.map(|digest| digest.to_string());
                (face.name.to_string(), digest)
            })
            .collect(),
        sets,
    };
    let made = || MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = made().get(&key) {
        return Ok(Arc::clone(known));
    }
    let mut files = Vec::new();
    let mut entries = Vec::new();
    for (element, face) in faces {
        if let Some(bytes) = office::file(face, &record.subset, sets)? {
            let stem = file_stem(record, face.weight, face.slant);
            let (key, bytes) = obfuscated(bytes);
            files.push(FaceFile {
                element,
                relationship: format!("rIdFont-{stem}"),
                target: format!("fonts/{stem}.odttf"),
                key,
            });
            entries.push(Entry::deflated(format!("word/fonts/{stem}.odttf"), bytes));
        }
    }
    let parts = package::write(entries).map_err(|error| WebFaceError::Subset {
        face: record.subset.to_string(),
        reason: error.to_string(),
    })?;
    let family = Arc::new(EmbeddedFamily { files, parts });
    let mut made = made();
    if made.len() >= KEPT {
        made.clear();
    }
    made.insert(key, Arc::clone(&family));
    Ok(family)
}

/// A key made of a font file, and the file under it: the first 32 bytes are combined with the key's, last to first, twice.
fn obfuscated(mut bytes: Vec<u8>) -> (String, Vec<u8>) {
    let digest = Sha256::of(&bytes).to_string();
    let key = Uuid::new_v5(&SPACE, digest.as_bytes());
    let mask = key.as_bytes().iter().rev().cycle();
    for (byte, mask) in bytes.iter_mut().take(32).zip(mask) {
        *byte ^= mask;
    }
    let key = key.braced().to_string().to_uppercase();
    (key, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_comes_back_by_its_key() {
        let font: Vec<u8> = (0..=255).collect();
        let (key, hidden) = obfuscated(font.clone());
        assert_eq!(hidden[32..], font[32..]);
        assert_ne!(hidden[..32], font[..32]);
        // As the standard has it: the digits of the key from the last to the first.
        let digits: String = key.chars().filter(char::is_ascii_hexdigit).collect();
        assert_eq!((key.len(), digits.len()), (38, 32));
        let byte = |at: usize| u8::from_str_radix(&digits[30 - 2 * at..32 - 2 * at], 16);
        for at in 0..32 {
            assert_eq!(hidden[at] ^ byte(at % 16).unwrap_or_default(), font[at]);
        }
    }
}
