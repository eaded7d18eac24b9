//! What running heads and feet may say of a piece.

use super::Composition;

/// A field of a running head or foot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadField {
    /// The series.
    Series,
    /// The number within the series.
    Number,
    /// The title.
    Title,
    /// The short title, else the title.
    ShortTitle,
    /// The authors' names, as under the title.
    Names,
    /// The date, as under the title.
    Date,
    /// Who publishes the piece.
    Publisher,
    /// The number of the page.
    Page,
    /// How many pages there are.
    Pages,
}

impl HeadField {
    /// Every field by the name that theme files give it.
    pub const ALL: [(&'static str, Self); 9] = [
        ("series", Self::Series),
        ("number", Self::Number),
        ("title", Self::Title),
        ("short-title", Self::ShortTitle),
        ("names", Self::Names),
        ("date", Self::Date),
        ("publisher", Self::Publisher),
        ("page", Self::Page),
        ("pages", Self::Pages),
    ];

    /// The field of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(known, _)| *known == name);
        found.map(|(_, field)| *field)
    }
}

impl Composition {
    /// What a field of a running head says, empty where the piece has nothing of the kind. Pages are counted by who sets them.
    #[must_use]
    pub fn head(&self, field: HeadField) -> String {
        let record = &self.record;
        match field {
            HeadField::Series => self.running_head.series.clone(),
            HeadField::Number => record
                .number
                .map(|number| self.digits.number(number as usize))
                .unwrap_or_default(),
            HeadField::Title => record.title.clone(),
            HeadField::ShortTitle => self.running_head.title.clone(),
            HeadField::Names => self
                .title_block
                .byline
                .map(|byline| self[byline].plain())
                .unwrap_or_default(),
            HeadField::Date => self[self.title_block.date].plain(),
            HeadField::Publisher => record.publisher.clone().unwrap_or_default(),
            HeadField::Page | HeadField::Pages => String::new(),
        }
    }
}
