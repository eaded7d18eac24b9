//! An embedded fallback face, and the texts that it suits.

use super::cover::Cover;
use super::packed::Packed;
use super::{Generic, Hand, Slant, Weight};

/// An embedded fallback face.
pub(super) struct Fallback {
    pub(super) name: &'static str,
    pub(super) weight: Weight,
    pub(super) slant: Slant,
    /// When it is asked before others that have a character too.
    pub(super) suits: Suits,
    pub(super) file: Packed,
    /// The characters it has.
    pub(super) cover: Cover,
}

/// The texts that a fallback face suits best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Suits {
    /// Any.
    All,
    /// Those set in faces of a kind.
    Beside(Generic),
    /// Those in languages written in a hand.
    Written(Hand),
    /// None that is long: it stands in for a face that is not there.
    Spare,
}
