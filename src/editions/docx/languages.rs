//! Languages as Word is told them.

use super::slots::Slot;
use super::stretches::Flow;
use crate::piece::LanguageTag;

/// Whose language it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// The piece's: it holds for text of any script.
    Piece,
    /// A run's, which flows so.
    Run(Flow),
}

/// The attributes of `w:lang` for a language (ISO/IEC 29500-1, 17.3.2.20): one is read for Latin text, one for East Asian
/// text and one for complex scripts.
pub(super) fn attributes(language: &LanguageTag, of: Of) -> Vec<(&'static str, &str)> {
    let tag = language.as_str();
    match (of, Slot::of_language(language)) {
        (Of::Piece, Slot::Complex) => vec![("w:val", tag), ("w:bidi", tag)],
        (Of::Run(Flow::Complex | Flow::RightToLeft), _) => vec![("w:bidi", tag)],
        (_, Slot::EastAsian) => vec![("w:val", tag), ("w:eastAsia", tag)],
        (_, Slot::Latin | Slot::Complex) => vec![("w:val", tag)],
    }
}
