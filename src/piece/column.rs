//! What an author says of a table's column.

/// A column as its author wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ColumnStyle {
    /// How its words stand, where that is said.
    pub align: Option<ColumnAlign>,
    /// How much of the table's width it takes, in percent, where that is said.
    pub width: Option<u8>,
}

/// How the words of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnAlign {
    /// Where lines start.
    Start,
    /// In the middle.
    Centre,
    /// Where lines end.
    End,
    /// Figures under their decimal points.
    Decimal,
}

impl ColumnAlign {
    /// Every way by its name in a source.
    pub const NAMED: [(&'static str, Self); 4] = [
        ("start", Self::Start),
        ("centre", Self::Centre),
        ("end", Self::End),
        ("decimal", Self::Decimal),
    ];

    /// The way of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let mut named = Self::NAMED.into_iter();
        named.find(|(own, _)| *own == name).map(|(_, align)| align)
    }
}
