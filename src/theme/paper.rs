//! Sizes of paper.

use super::Pt;
use super::fields::Refused;
use crate::diagnostic::nearest;

/// The size of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum PageSize {
    /// ISO 216 A4, 210 mm by 297 mm.
    #[default]
    A4,
    /// ISO 216 A5, 148 mm by 210 mm.
    A5,
    /// ISO 216 B5, 176 mm by 250 mm.
    B5,
    /// US Letter, 8.5 in by 11 in.
    Letter,
    /// Any other, in thousandths of a point.
    Own {
        /// Its width.
        width: u32,
        /// Its height.
        height: u32,
    },
}

/// The least and the greatest side of paper.
const SIDES: std::ops::RangeInclusive<f32> = 200.0..=2400.0;

impl PageSize {
    /// The sizes that have names.
    pub const NAMED: [(&'static str, Self); 4] = [
        ("A4", Self::A4),
        ("A5", Self::A5),
        ("B5", Self::B5),
        ("Letter", Self::Letter),
    ];

    /// Width and height.
    #[must_use]
    pub fn dimensions(self) -> (Pt, Pt) {
        match self {
            Self::A4 => (Pt(595.276), Pt(841.89)),
            Self::A5 => (Pt(419.528), Pt(595.276)),
            Self::B5 => (Pt(498.898), Pt(708.661)),
            Self::Letter => (Pt(612.0), Pt(792.0)),
            Self::Own { width, height } => (Pt(width as f32 / 1000.0), Pt(height as f32 / 1000.0)),
        }
    }

    /// Reads a name, or two lengths with `x` between them.
    pub(super) fn parse(text: &str) -> Result<Self, Refused> {
        let same = |(name, _): &&(&str, Self)| name.eq_ignore_ascii_case(text);
        if let Some((_, size)) = Self::NAMED.iter().find(same) {
            return Ok(*size);
        }
        let sides = text.split_once('x');
        let sides = sides.and_then(|(width, height)| {
            Some((Pt::parse(width.trim())?, Pt::parse(height.trim())?))
        });
        let Some((width, height)) = sides else {
            let names = Self::NAMED.map(|(name, _)| name);
            let hint = match nearest(text, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("{}, or two lengths: \"170mm x 240mm\"", names.join(", ")),
            };
            return Err(Refused::value(
                format!("`{text}` is no size of paper"),
                hint,
            ));
        };
        if !SIDES.contains(&width.0) || !SIDES.contains(&height.0) {
            let (least, most) = (SIDES.start(), SIDES.end());
            return Err(Refused {
                code: crate::diagnostic::Code::ThemeRange,
                message: format!("paper of {text} is out of range"),
                hint: format!("each side from {least}pt to {most}pt"),
            });
        }
        let thousandths = |length: Pt| (length.0 * 1000.0).round() as u32;
        Ok(Self::Own {
            width: thousandths(width),
            height: thousandths(height),
        })
    }
}
