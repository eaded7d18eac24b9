//! What a drawing is made of, as marks that follow each other: for holding one against what another file draws.

use std::sync::Arc;

/// A mark, in units of the drawing from its upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// What is done with the outline.
    pub mark: Mark,
    /// The colour, in red, green and blue up to 255; none where it has no one colour.
    pub colour: Option<[u8; 3]>,
    /// How much of it is seen, in thousandths.
    pub opacity: u16,
    /// The steps of the outline.
    pub outline: Vec<Step>,
}

/// What is done with an outline.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// It is filled; the second rule counts how often it is crossed.
    Fill {
        /// See there.
        even: bool,
    },
    /// It is drawn as a line: so broad, with these ends and corners, the sharpest of them, and dashes and where they begin.
    Line {
        /// Its breadth.
        broad: f32,
        /// Its ends and corners (ISO 32000-1, tables 54 and 55).
        kinds: [u8; 2],
        /// The greatest length of a corner.
        sharp: f32,
        /// The dashes, and behind them where they begin.
        dashes: Vec<f32>,
    },
    /// What follows is seen inside of it.
    Clip {
        /// See [`Mark::Fill`].
        even: bool,
    },
    /// A gradient: its way in the drawing, its own places, and its colours with where they end.
    Gradient(Vec<f32>),
    /// What follows is a layer.
    Layer,
    /// A picture of pixels, by its file.
    Pixels(Arc<[u8]>),
}

/// A step of an outline: to a place, straight or by two others, or back to where it began.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    /// The outline begins here.
    Move([f32; 2]),
    /// It goes straight here.
    Line([f32; 2]),
    /// It bends.
    Curve([[f32; 2]; 3]),
    /// It goes back.
    Close,
}

/// Parts of colours, up to 1, as bytes.
#[must_use]
pub fn bytes(parts: [f32; 3]) -> [u8; 3] {
    parts.map(|part| (part.clamp(0.0, 1.0) * 255.0).round() as u8)
}
