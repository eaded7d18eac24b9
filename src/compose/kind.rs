//! The kinds of text: what each text of a piece is. Given once, when the text is composed.
//!
//! How a kind looks is for [`crate::theme`]; which element or style it becomes, for each writer, in one exhaustive match.

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The series above the title.
    Series,
    /// The title, the heading of level 1.
    Title,
    /// The subtitle.
    Subtitle,
    /// The authors' names under the title.
    Byline,
    /// The names of those with another role.
    Credit,
    /// The date with its label.
    Date,
    /// A contributor's name, or a heading in the introduction: level 2.
    Heading2,
    /// A heading of level 3.
    Heading3,
    /// A heading of level 4.
    Heading4,
    /// The heading of a section of the end matter: level 2, set small.
    EndHeading,
    /// A heading inside a section of the end matter: level 3, set small.
    EndSubheading,
    /// The affiliation under a contributor's name.
    Affiliation,
    /// A paragraph of running text.
    Paragraph,
    /// A paragraph of a quotation.
    Quote,
    /// Who said it.
    QuoteSource,
    /// A pull quote, which repeats running text for the eye.
    Pull,
    /// A paragraph in a list's item.
    ListText,
    /// The caption of a figure or a table.
    Caption,
    /// Who made a figure.
    FigureCredit,
    /// A cell that heads a table's column.
    HeadCell,
    /// A cell that heads a table's row.
    RowHead,
    /// Any other cell.
    Cell,
    /// A footnote.
    Note,
    /// A paragraph of the end matter.
    EndMatter,
    /// Running head and folio: words of the edition, of which no composition has a text.
    Furniture,
}

impl Kind {
    /// Every kind, in the order of the title block, the text, and what follows it.
    pub const ALL: [Self; 25] = [
        Self::Series,
        Self::Title,
        Self::Subtitle,
        Self::Byline,
        Self::Credit,
        Self::Date,
        Self::Heading2,
        Self::Heading3,
        Self::Heading4,
        Self::EndHeading,
        Self::EndSubheading,
        Self::Affiliation,
        Self::Paragraph,
        Self::Quote,
        Self::QuoteSource,
        Self::Pull,
        Self::ListText,
        Self::Caption,
        Self::FigureCredit,
        Self::HeadCell,
        Self::RowHead,
        Self::Cell,
        Self::Note,
        Self::EndMatter,
        Self::Furniture,
    ];

    /// The kind of a heading among the blocks of introduction and statements.
    pub(super) fn of_level(level: u8) -> Self {
        match level {
            0 | 1 => Self::Title,
            2 => Self::Heading2,
            3 => Self::Heading3,
            _ => Self::Heading4,
        }
    }

    /// Whether it is what is read from line to line: paragraphs, wherever they stand.
    #[must_use]
    pub fn is_running_text(self) -> bool {
        matches!(
            self,
            Self::Paragraph | Self::Quote | Self::ListText | Self::Note | Self::EndMatter
        )
    }

    /// Whether it is a heading, the title included.
    #[must_use]
    pub fn is_heading(self) -> bool {
        match self {
            Self::Title
            | Self::Heading2
            | Self::Heading3
            | Self::Heading4
            | Self::EndHeading
            | Self::EndSubheading => true,
            Self::Series
            | Self::Subtitle
            | Self::Byline
            | Self::Credit
            | Self::Date
            | Self::Affiliation
            | Self::Paragraph
            | Self::Quote
            | Self::QuoteSource
            | Self::Pull
            | Self::ListText
            | Self::Caption
            | Self::FigureCredit
            | Self::HeadCell
            | Self::RowHead
            | Self::Cell
            | Self::Note
            | Self::EndMatter
            | Self::Furniture => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn every_kind_stands_in_the_list_at_its_place() {
        for (index, kind) in Kind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, index, "{kind:?}");
        }
    }
}
