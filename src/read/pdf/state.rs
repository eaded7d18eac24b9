//! The state of graphics, as far as it decides what is seen (ISO 32000-1, 8.4).

use super::geometry::{Bounds, IDENTITY, Matrix};

/// Red, green and blue from 0 to 1.
pub(super) type Colour = [f64; 3];

/// What holds for what is drawn next.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    pub(super) matrix: Matrix,
    pub(super) colour: Colour,
    pub(super) mode: i64,
    /// The colour of lines.
    pub(super) line: Colour,
    /// How far text stands above its line, and how far letters stand apart besides.
    pub(super) rise: f64,
    pub(super) spacing: f64,
    pub(super) leading: f64,
    /// The size of text, and how wide it is of that, from 0 to 1.
    pub(super) size: f64,
    pub(super) width: f64,
    /// How much of what is drawn is seen, from 0 to 1.
    pub(super) opacity: f64,
    /// What may be drawn on; all of the page where nothing says less.
    pub(super) clip: Option<Bounds>,
    /// Whether what is drawn is mixed with what lies under it.
    pub(super) is_blended: bool,
}

impl State {
    /// That of an empty page.
    pub(super) fn new() -> Self {
        Self {
            matrix: IDENTITY,
            colour: [0.0; 3],
            mode: 0,
            line: [0.0; 3],
            rise: 0.0,
            spacing: 0.0,
            leading: 0.0,
            size: 0.0,
            width: 1.0,
            opacity: 1.0,
            clip: None,
            is_blended: false,
        }
    }
}
