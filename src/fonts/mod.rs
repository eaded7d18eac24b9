//! Faces, embedded and brought along: their bytes, metrics and characters. No face of the machine is ever used.

mod blocks;
mod choice;
mod cover;
mod embedded;
mod face;
mod fallback;
mod fallbacks;
mod family;
mod forms;
pub mod likeness;
pub mod office;
mod own;
mod packed;
mod set;
mod subset;
mod uses;
pub mod web;
pub mod woff;

pub use choice::has_wide_stops;
pub use face::{Face, Outlines};
pub use family::{Family, FamilyRecord, Generic, STYLES, Slant, Weight};
pub use forms::{Han, Hand};
pub use own::{Claim, FaceError, FontFile, MAX_BYTES, OwnFace, Permission, Purpose, Withheld};
pub use set::{FaceId, FaceSet};
pub(crate) use subset::cut_down;
pub use uses::{Use, Uses};

/// The glyph drawn for a character that no face has: U+25A1 of Source Sans 3. Glyph 0 is never used.
///
/// A layout marks it [`crate::typeset::GlyphKind::Missing`]; its bytes are those of the true character.
pub const MISSING_BOX: (FaceId, u16) = (FaceId(4), 2219);
