//! Languages as Word is told them.

use crate::piece::{Direction, LanguageTag};

/// Whose language it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// The piece's: it holds for text of any script.
    Piece,
    /// A run's.
    Run,
}

/// The attributes of `w:lang` for a language (ISO/IEC 29500-1, 17.3.2.20): one is read for Latin text, one for East Asian
/// text and one for text that runs from right to left.
pub(super) fn attributes(language: &LanguageTag, of: Of) -> Vec<(&'static str, &str)> {
    let tag = language.as_str();
    match (language.direction(), language.script().as_str(), of) {
        (Direction::RightToLeft, _, Of::Piece) => vec![("w:val", tag), ("w:bidi", tag)],
        (Direction::RightToLeft, _, Of::Run) => vec![("w:bidi", tag)],
        (_, "Hans" | "Hant" | "Jpan" | "Kore" | "Bopo", _) => {
            vec![("w:val", tag), ("w:eastAsia", tag)]
        }
        _ => vec![("w:val", tag)],
    }
}
