//! Soundness: rules of its format that a file breaks, as far as reading meets them.

mod epub;
mod faults;
mod word;

pub(super) use self::epub::epub;
pub use self::faults::Fault;
pub(super) use self::faults::Faults;
pub(super) use self::word::docx;
