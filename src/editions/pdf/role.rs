//! Structure types: what the roles of elements are called, and what their attributes say, under each standard.

use crate::compose::Labels;
use crate::theme::PdfStandard;

/// The roles in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Document,
    Section,
    Group,
    Heading(u8),
    Paragraph,
    Quote,
    List(Labels),
    Item,
    Label,
    ItemBody,
    Figure,
    Caption,
    Table,
    TableHead,
    TableBody,
    Row,
    ColumnHead,
    RowHead,
    Cell,
    Note,
    Reference,
    Contents,
    ContentsItem,
    Link,
    Strong,
    Emphasis,
    Span,
}

/// The types of ours that PDF 1.7 does not know, and what they are there (ISO 32000-1, 14.7.3). In PDF 2.0 it is for readers that
/// know no namespaces; types in a namespace are not mapped by it (ISO 32000-2, 14.7.3).
pub(super) const ROLE_MAP: [(&str, &str); 3] =
    [("Em", "Span"), ("Strong", "Span"), ("FENote", "Note")];

/// The namespace of the types that PDF 2.0 knows (ISO 32000-2, 14.8.6.1).
pub(super) const NAMESPACE: &str = "http://iso.org/pdf2/ssn";

impl Role {
    /// The structure type.
    pub(super) fn name(self, standard: PdfStandard) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::Section => "Sect",
            Self::Group => match standard {
                PdfStandard::Ua1 => "Div",
                // Validators look through a `Div`: a caption in it would be neither the first nor the last of what is around it
                // (ISO/TS 32005, 5; ISO 14289-2, 8.2.5.27).
                PdfStandard::Ua2 => "Sect",
            },
            Self::Heading(1) => "H1",
            Self::Heading(2) => "H2",
            Self::Heading(3) => "H3",
            Self::Heading(_) => "H4",
            Self::Paragraph => "P",
            Self::Quote => "BlockQuote",
            Self::List(_) => "L",
            Self::Item => "LI",
            Self::Label => "Lbl",
            Self::ItemBody => "LBody",
            Self::Figure => "Figure",
            Self::Caption => "Caption",
            Self::Table => "Table",
            Self::TableHead => "THead",
            Self::TableBody => "TBody",
            Self::Row => "TR",
            Self::ColumnHead | Self::RowHead => "TH",
            Self::Cell => "TD",
            Self::Note => match standard {
                PdfStandard::Ua1 => "Note",
                // ISO 14289-2, 8.2.5.14.
                PdfStandard::Ua2 => "FENote",
            },
            Self::Reference => "Reference",
            Self::Contents => "TOC",
            Self::ContentsItem => "TOCI",
            Self::Link => "Link",
            Self::Strong => "Strong",
            Self::Emphasis => "Em",
            Self::Span => "Span",
        }
    }

    /// Whether the type is named in the namespace of PDF 2.0; else it is one of PDF 1.7's, whose namespace needs no name.
    pub(super) fn is_of_pdf_2(self) -> bool {
        !matches!(
            self,
            Self::Quote | Self::Caption | Self::Reference | Self::Contents | Self::ContentsItem
        )
    }
}
