//! The measure: how much of it pictures, portraits and the columns of tables take, decided once for every edition.
//!
//! A share is a part of the measure. What that is in points, twips or percent is for whoever shows it; nobody decides it again.

mod columns;
mod decimals;
mod evenness;
mod form;
mod frame;
mod heads;
mod phrases;
mod pictures;
mod ruler;
pub(crate) mod sense;
mod widths;

pub use columns::{Column, Columns, Lack, Orientation, columns};
pub use evenness::even;
pub use form::{Holds, Side};
pub use frame::Frame;
pub use heads::{fitted, fitted_by_advances};
pub use phrases::{held, word_ends};
pub use pictures::{PictureSize, picture};
pub use widths::NarrowColumn;

use std::fmt;

use crate::compose::{Composition, TextId};
use crate::theme::{Pt, Sheet, Theme};
use ruler::Ruler;

/// About how many lines a text fills in a width, rather one too few than one too many: for whoever breaks no lines.
#[must_use]
pub fn lines(composition: &Composition, theme: &Theme, text: TextId, width: Pt) -> usize {
    let sheet = Sheet::of(theme);
    let writing = theme.writing(&composition.record.language);
    let text = &composition[text];
    let mut ruler = Ruler::new(theme, &composition.record.language);
    let most = ruler.extent(text, sheet.row(text.kind, writing)).most;
    ((most / width.0.max(1.0)).floor() as usize).max(1)
}

/// A part of the measure, in ten-thousandths: as fine as two decimals of a percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(u16);

impl Share {
    /// As many as the whole measure has.
    const PARTS: u16 = 10_000;

    /// The whole measure.
    pub const WHOLE: Self = Self(Self::PARTS);

    /// The share nearest to a ratio that is not greater than it; at least the smallest one.
    fn within(ratio: f32) -> Self {
        let parts = (ratio * f32::from(Self::PARTS) + 0.001).floor();
        Self(parts.clamp(1.0, f32::from(Self::PARTS)) as u16)
    }

    /// The share as a ratio, above 0 and up to 1.
    #[must_use]
    pub fn ratio(self) -> f32 {
        f32::from(self.0) / f32::from(Self::PARTS)
    }

    /// The share of a measure.
    #[must_use]
    pub fn of(self, measure: Pt) -> Pt {
        measure * self.ratio()
    }
}

/// In percent, as style sheets write it: `27%`, `38.36%`.
impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0 / 100)?;
        match (self.0 % 100 / 10, self.0 % 10) {
            (0, 0) => {}
            (tens, 0) => write!(f, ".{tens}")?,
            (tens, ones) => write!(f, ".{tens}{ones}")?,
        }
        f.write_str("%")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_written_in_percent() {
        let written = [0.27, 0.3836, 0.385, 1.0, 0.0001, 0.0, 2.0]
            .map(|ratio| Share::within(ratio).to_string());
        let expected = ["27%", "38.36%", "38.5%", "100%", "0.01%", "0.01%", "100%"];
        assert_eq!(written, expected);
        assert_eq!(Share::within(0.5).of(Pt(391.0)), Pt(195.5));
    }
}
