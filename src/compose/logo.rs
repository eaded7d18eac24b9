//! The logo of a house, and where a piece shows it.

use std::fmt;

use super::block::Figure;
use super::ids::{Anchor, BlockId};
use crate::digest::Sha256;
use crate::piece::Image;

/// The logo of a house.
#[derive(Clone, PartialEq)]
pub struct Logo {
    /// The image.
    pub image: Image,
    /// What it says, for those who do not see it.
    pub alt: String,
    /// How much of the measure it fills, in percent.
    pub width: u8,
}

/// Without the image's bytes, which their hash stands for.
impl fmt::Debug for Logo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Logo")
            .field("image", &Sha256::of(&self.image.bytes))
            .field("alt", &self.alt)
            .field("width", &self.width)
            .finish()
    }
}

/// A logo as a piece shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedLogo {
    /// The block that shows it.
    pub block: BlockId,
    /// Its anchor.
    pub anchor: Anchor,
    /// The picture.
    pub figure: Figure,
}
