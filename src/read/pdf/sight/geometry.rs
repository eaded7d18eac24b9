//! Matrices and areas (ISO 32000-1, 8.3.3).

/// A matrix (ISO 32000-1, 8.3.3).
pub(in crate::read::pdf) type Matrix = [f64; 6];
pub(super) const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
/// A glyph's foot may stand so far outside of what is seen, in points.
pub(super) const SLACK: f64 = 2.0;

/// An upright rectangle.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    pub(super) low: [f64; 2],
    pub(super) high: [f64; 2],
}

impl Bounds {
    /// What of it is inside of others; nothing where they do not meet.
    pub(super) fn within(self, other: Self) -> Self {
        Self {
            low: [0, 1].map(|axis| self.low[axis].max(other.low[axis])),
            high: [0, 1].map(|axis| self.high[axis].min(other.high[axis])),
        }
    }

    /// Whether a pen stands in it, or just outside: a glyph's foot may touch the edge.
    pub(super) fn is_near(&self, at: [f64; 2]) -> bool {
        (0..2).all(|axis| self.low[axis] - SLACK <= at[axis] && at[axis] <= self.high[axis] + SLACK)
    }

    pub(super) fn holds(&self, at: [f64; 2]) -> bool {
        (0..2).all(|axis| self.low[axis] <= at[axis] && at[axis] <= self.high[axis])
    }
}

/// The matrix that does the one and then the other.
pub(super) fn product(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}
