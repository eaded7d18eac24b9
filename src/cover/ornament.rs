//! The ornament: quarter discs on a grid of squares, laid by the piece's identifier, with one full disc in the accent.
//!
//! Pieces of one series look like kin and no two look the same.

use super::canvas::{Canvas, Disc, Ink};

/// Where the ornament stands, in whole pixels.
pub(super) struct Plot {
    /// Its left edge.
    pub(super) x: u32,
    /// Its upper edge.
    pub(super) y: u32,
    /// The side of a square.
    pub(super) side: u32,
    /// How many squares stand beside each other.
    pub(super) columns: u32,
    /// How many squares stand above each other.
    pub(super) rows: u32,
}

impl Plot {
    /// The same place in a picture of which so many pixels became one. Squares stay whole pixels.
    pub(super) fn reduced(self, reduction: u32) -> Self {
        Self {
            x: self.x / reduction,
            y: self.y / reduction,
            side: self.side / reduction,
            ..self
        }
    }
}

/// Draws the ornament.
pub(super) fn draw(canvas: &mut Canvas, plot: &Plot, seed: [u8; 16], tint: Ink, accent: Ink) {
    let count = plot.columns * plot.rows;
    if count == 0 {
        return;
    }
    let accented = u32::from(seed[0]) % count;
    let bytes = seed[1..].iter().cycle();
    for (square, byte) in (0..count).zip(bytes) {
        let x = plot.x + square % plot.columns * plot.side;
        let y = plot.y + square / plot.columns * plot.side;
        if square == accented {
            let half = plot.side as f32 / 2.0;
            let centre = (x as f32 + half, y as f32 + half);
            canvas.disc(&disc(x, y, plot.side, centre, half, 0.0), accent);
        } else if let Some(quarter) = quarter(x, y, plot.side, *byte) {
            canvas.disc(&quarter, tint);
        }
    }
}

/// A quarter of a disc or of a ring around one of the square's corners; one square in eight stays empty.
fn quarter(x: u32, y: u32, side: u32, byte: u8) -> Option<Disc> {
    let hole = match byte >> 2 & 7 {
        0 => return None,
        1 | 2 => side as f32 / 2.0,
        _ => 0.0,
    };
    let centre = match byte & 3 {
        0 => (x, y),
        1 => (x + side, y),
        2 => (x + side, y + side),
        _ => (x, y + side),
    };
    Some(disc(
        x,
        y,
        side,
        (centre.0 as f32, centre.1 as f32),
        side as f32,
        hole,
    ))
}

/// What of a disc shows in a square.
fn disc(x: u32, y: u32, side: u32, centre: (f32, f32), outer: f32, inner: f32) -> Disc {
    let (x, y, side) = (x as usize, y as usize, side as usize);
    Disc {
        centre,
        outer,
        inner,
        columns: x..x + side,
        rows: y..y + side,
    }
}
