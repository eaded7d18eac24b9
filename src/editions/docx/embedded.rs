//! The faces in the file, as obfuscated fonts (ISO/IEC 29500-1, 17.8.1).
//!
//! Most hold whole sets of characters, not those of one piece, so they are the same for most pieces: a process cuts and packs
//! them once.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use uuid::Uuid;

use crate::digest::Sha256;
use crate::editions::package::{self, Entry};
use crate::fonts::office::{self, Holds};
use crate::fonts::web::{WebFaceError, file_stem};
use crate::fonts::{Face, FamilyRecord, Slant, Weight};

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

/// A face with the element of the font table that names it.
pub(super) type StyledFace<'t> = (&'static str, &'t Face);

/// Faces, each with its element, in the order of these.
pub(super) fn styled<'t>(faces: impl IntoIterator<Item = &'t Face>) -> Vec<StyledFace<'t>> {
    let mut by_element: Vec<StyledFace<'t>> = Vec::new();
    for face in faces {
        let look = (face.weight, face.slant);
        let element = ELEMENTS
            .iter()
            .find(|(_, weight, slant)| (*weight, *slant) == look);
        let known = |element: &str| by_element.iter().any(|(known, _)| *known == element);
        // Of two faces of one style the first is the family's.
        let element = element
            .map(|(element, ..)| *element)
            .filter(|element| !known(element));
        by_element.extend(element.map(|element| (element, face)));
    }
    let place = |element| ELEMENTS.iter().position(|(known, ..)| *known == element);
    by_element.sort_by_key(|(element, _)| place(*element));
    by_element
}

/// What a family in the file is made of.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    name: String,
    /// Name and digest of each face.
    faces: Vec<(String, Option<String>)>,
    holds: Holds,
}

/// As many families as a process keeps at a time.
const KEPT: usize = 64;

/// What was made so far: the same for the same key, so nobody can tell who made it.
static MADE: LazyLock<Mutex<BTreeMap<Key, Arc<EmbeddedFamily>>>> = LazyLock::new(Mutex::default);

/// The names of the space in which keys are made.
const SPACE: Uuid = Uuid::from_u128(0x6f1d_2c0a_9c57_4b7e_8a4e_0d6c_37b5_91e2);

/// A family in the file: its faces, with these characters.
///
/// # Errors
/// [`WebFaceError`] when a face is damaged.
pub(super) fn family(
    record: &FamilyRecord,
    faces: &[StyledFace<'_>],
    holds: Holds,
) -> Result<Arc<EmbeddedFamily>, WebFaceError> {
    let key = Key {
        name: record.subset.to_string(),
        faces: faces
            .iter()
            .map(|(_, face)| {
                let digest = face.digest.map(|digest| digest.to_string());
                (face.name.to_string(), digest)
            })
            .collect(),
        holds,
    };
    let made = || MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = made().get(&key) {
        return Ok(Arc::clone(known));
    }
    let mut files = Vec::new();
    let mut entries = Vec::new();
    for &(element, face) in faces {
        if let Some(bytes) = office::file(face, &record.subset, &key.holds)? {
            let stem = file_stem(record, face.weight, face.slant);
            let (key, bytes) = obfuscated(bytes);
            files.push(FaceFile {
                element,
                relationship: format!("rIdFont-{stem}"),
                target: format!("fonts/{stem}.odttf"),
                key,
            });
            entries.push(Entry::face(format!("word/fonts/{stem}.odttf"), bytes));
        }
    }
    let parts = package::write(entries).map_err(|error| WebFaceError::Subset {
        face: record.subset.to_string(),
        reason: error.to_string(),
    })?;
    let family = Arc::new(EmbeddedFamily { files, parts });
    // What is cut for one piece no other asks for.
    if key.holds.is_shared() {
        let mut made = made();
        if made.len() >= KEPT {
            made.clear();
        }
        made.insert(key, Arc::clone(&family));
    }
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
