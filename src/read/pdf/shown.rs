//! What was drawn on a page: text, and areas that may cover it.

use super::geometry::Bounds;
use super::state::Colour;

/// A filled area, and how much text was shown before it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Area {
    pub(super) bounds: Bounds,
    /// None where it is not known.
    pub(super) colour: Option<Colour>,
    pub(super) after: usize,
}

/// Text that was shown.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) text: String,
    pub(super) at: [f64; 2],
    pub(super) colour: Colour,
    pub(super) mode: i64,
    /// The height of the letters on the page.
    pub(super) size: f64,
    pub(super) opacity: f64,
    pub(super) is_clipped: bool,
    pub(super) is_hidden: bool,
    /// Turned, mirrored, or pulled apart.
    pub(super) is_odd: bool,
    /// Where it ends, along its line.
    pub(super) end: f64,
    /// Something else is drawn upon it, or it ends beside the page.
    pub(super) is_crossed: bool,
}
