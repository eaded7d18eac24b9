//! Shaping: text to runs of glyphs in any direction, with the faces that have its characters; for pages and covers alike.
//!
//! It knows the embedded faces and nothing of lines or pages: where a line ends, and how it is spread, others decide.

mod bidi;
mod bidi_classes;
#[cfg(test)]
mod bidi_conformance;
mod engine;
#[cfg(test)]
mod faces_tests;
mod glyph;
mod hang;
mod ideographs;
mod isolates;
mod itemise;
mod language;
mod line;
mod stand_ins;
#[cfg(test)]
mod tests;
mod voice;
mod word;
mod words;

pub(crate) use bidi::{Leveled, Levels, Part, direction_of, visual_order};
pub(crate) use engine::{SHIFTED_SIZE, Shaper};
pub use glyph::{Glyph, GlyphKind};
pub(crate) use hang::{hang_end, hang_start};
pub(crate) use ideographs::BESIDE_LATIN;
pub(crate) use isolates::isolates;
pub(crate) use language::LanguageId;
pub(crate) use line::{LineRun, Styled};
pub(crate) use stand_ins::StandIns;
pub(crate) use voice::{Features, Tracking, Voice};
pub(crate) use word::{SafeBreak, Spread, Word};
pub(crate) use words::{ShapedWords, VoiceId, WordId};
