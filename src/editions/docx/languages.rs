//! Languages as Word is told them.

use super::slots::Slot;
use crate::piece::LanguageTag;

/// Whose language it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// The piece's: it holds for text of any script.
    Piece,
    /// A run's.
    Run,
}

/// The attributes of `w:lang` for a language (ISO/IEC 29500-1, 17.3.2.20): one is read for Latin text, one for East Asian
/// text and one for complex scripts.
pub(super) fn attributes(language: &LanguageTag, of: Of) -> Vec<(&'static str, &str)> {
    let tag = language.as_str();
    match (Slot::of_language(language), of) {
        (Slot::Complex, Of::Piece) => vec![("w:val", tag), ("w:bidi", tag)],
        (Slot::Complex, Of::Run) => vec![("w:bidi", tag)],
        (Slot::EastAsian, _) => vec![("w:val", tag), ("w:eastAsia", tag)],
        (Slot::Latin, _) => vec![("w:val", tag)],
    }
}
