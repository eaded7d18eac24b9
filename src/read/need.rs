//! What a theme must have for a look to be none that somebody put there: sizes, spaces and weights that no shipped theme has.
//!
//! A reader knows no theme. It says what it met, and whoever knows the theme of the edition judges it.

/// What a theme must have. Lengths are in thousandths of a point, and shares in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Type of this size.
    Size(i64),
    /// Type of this size, as a share of running text.
    SizeShare(i64),
    /// A space, or an inset.
    Space(i64),
    /// The same, as a share of the size of its text.
    SpaceShare(i64),
    /// Insets of a line together, in a measure that is wider.
    Inset(i64),
    /// A rule of this thickness.
    Rule(i64),
    /// The same, as a share of running text.
    RuleShare(i64),
    /// A rule of this thickness and of this colour, in red, green and blue up to 255. Every edition has some.
    Drawn {
        /// How thick it is.
        thick: i64,
        /// Its colour.
        colour: [u8; 3],
    },
    /// So much between letters.
    Tracking(i64),
    /// The same, as a share of the size of its text.
    TrackingShare(i64),
    /// Lines so far apart, as a share of the size of their text.
    LeadingShare(i64),
    /// A measure so wide, as a share of running text.
    MeasureShare(i64),
    /// Headings of one level that are smaller than those of a level below it.
    HeadingsUnder {
        /// The level of the smaller ones; the title has the first.
        above: u8,
        /// That of the larger ones.
        under: u8,
    },
    /// Headings of a level that are hardly larger than the text, or smaller.
    HeadingsAsText(u8),
    /// Headings of a level that are neither heavier nor slanted, and hardly larger than the text.
    PlainHeadings(u8),
    /// Text that is as heavy as what is strong in it.
    StrongAsText,
}

impl Need {
    /// Whether two colours are one: what is drawn is rounded.
    #[must_use]
    pub fn is_one_colour(a: [u8; 3], b: [u8; 3]) -> bool {
        a.iter().zip(b).all(|(a, b)| a.abs_diff(b) <= 1)
    }

    /// A colour in the bytes that needs are told in.
    #[must_use]
    pub fn bytes(colour: [f64; 3]) -> [u8; 3] {
        colour.map(|part| (part.clamp(0.0, 1.0) * 255.0).round() as u8)
    }

    /// A length or a share in the thousandths that needs are told in.
    #[must_use]
    pub fn thousandths(value: f64) -> i64 {
        // No file has a length beyond this.
        const MOST: f64 = 1e12;
        (value.clamp(-MOST, MOST) * 1000.0).round() as i64
    }
}
