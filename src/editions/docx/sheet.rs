//! The names of the style sheet: which style is used for what, and which ones are ours rather than Word's.

use crate::compose::Kind;

/// Ids of paragraph styles.
pub(super) mod paragraph {
    pub(in super::super) const SERIES: &str = "Series";
    pub(in super::super) const TITLE: &str = "Title";
    pub(in super::super) const SUBTITLE: &str = "Subtitle";
    pub(in super::super) const CONTRIBUTORS: &str = "Contributors";
    pub(in super::super) const DATELINE: &str = "Dateline";
    pub(in super::super) const AFFILIATION: &str = "Affiliation";
    pub(in super::super) const BODY: &str = "BodyText";
    /// The paragraph after anything else than a paragraph: not indented.
    pub(in super::super) const FIRST: &str = "FirstParagraph";
    pub(in super::super) const OTHERS: &str = "OtherContributors";
    pub(in super::super) const END_MATTER: &str = "EndMatter";
    pub(in super::super) const END_MATTER_NEXT: &str = "EndMatterContinued";
    pub(in super::super) const QUOTE: &str = "Quote";
    pub(in super::super) const QUOTE_NEXT: &str = "QuoteContinued";
    pub(in super::super) const QUOTE_BY: &str = "QuoteAttribution";
    pub(in super::super) const PULL: &str = "IntenseQuote";
    /// What holds a portrait, beside which the next paragraph stands.
    pub(in super::super) const PORTRAIT: &str = "Portrait";
    /// An image with words under it.
    pub(in super::super) const FIGURE: &str = "Figure";
    /// An image alone.
    pub(in super::super) const PICTURE: &str = "Picture";
    /// A caption with a credit under it.
    pub(in super::super) const CAPTION: &str = "Caption";
    pub(in super::super) const FIGURE_CAPTION: &str = "FigureCaption";
    pub(in super::super) const TABLE_CAPTION: &str = "TableCaption";
    pub(in super::super) const CREDIT: &str = "Credit";
    pub(in super::super) const TABLE_HEAD: &str = "TableHead";
    pub(in super::super) const TABLE_HEAD_NUMBER: &str = "TableHeadNumber";
    pub(in super::super) const TABLE_ROW_HEAD: &str = "TableRowHead";
    pub(in super::super) const TABLE_TEXT: &str = "TableText";
    pub(in super::super) const TABLE_NUMBER: &str = "TableNumber";
    /// What keeps a table without a caption from what stands above it.
    pub(in super::super) const TABLE_START: &str = "TableStart";
    pub(in super::super) const TABLE_END: &str = "TableEnd";
    pub(in super::super) const BREAK: &str = "Break";
    pub(in super::super) const NOTE: &str = "FootnoteText";
    pub(in super::super) const HEADER: &str = "Header";
    pub(in super::super) const FOOTER: &str = "Footer";
    pub(in super::super) const CONTENTS: &str = "TOCHeading";
    /// The rule under the box with the summary.
    pub(in super::super) const SUMMARY_END: &str = "SummaryEnd";
    /// What keeps the contents from the text.
    pub(in super::super) const CONTENTS_END: &str = "ContentsEnd";
    pub(in super::super) const HEADINGS: [&str; 3] = ["Heading2", "Heading3", "Heading4"];
    /// Word's own headings make its contents, where those of the end matter do not stand.
    pub(in super::super) const END_HEADINGS: [&str; 2] = ["EndHeading2", "EndHeading3"];
    pub(in super::super) const CONTENTS_LINES: [&str; 3] = ["TOC2", "TOC3", "TOC4"];
    /// Every paragraph of a list, whatever its depth: Word leaves out spaces between paragraphs of one style alone.
    pub(in super::super) const LIST: &str = "ListParagraph";
}

/// The style of a text of a kind that nothing of its kind stands above. The edges of pages have one each.
pub(super) fn style_of(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Series => paragraph::SERIES,
        Kind::Title => paragraph::TITLE,
        Kind::Subtitle => paragraph::SUBTITLE,
        Kind::Byline => paragraph::CONTRIBUTORS,
        Kind::Credit => paragraph::OTHERS,
        Kind::Date => paragraph::DATELINE,
        Kind::Heading2 => paragraph::HEADINGS[0],
        Kind::Heading3 => paragraph::HEADINGS[1],
        Kind::Heading4 => paragraph::HEADINGS[2],
        Kind::EndHeading => paragraph::END_HEADINGS[0],
        Kind::EndSubheading => paragraph::END_HEADINGS[1],
        Kind::Affiliation => paragraph::AFFILIATION,
        Kind::Paragraph => paragraph::FIRST,
        Kind::Quote => paragraph::QUOTE,
        Kind::QuoteSource => paragraph::QUOTE_BY,
        Kind::Pull => paragraph::PULL,
        Kind::Caption => paragraph::CAPTION,
        Kind::FigureCredit => paragraph::CREDIT,
        Kind::HeadCell => paragraph::TABLE_HEAD,
        Kind::RowHead => paragraph::TABLE_ROW_HEAD,
        Kind::Cell => paragraph::TABLE_TEXT,
        Kind::Note => paragraph::NOTE,
        Kind::EndMatter => paragraph::END_MATTER,
        Kind::ListText => paragraph::LIST,
        Kind::Furniture => return None,
    })
}

/// The style of a text that follows its like; its first line may stand in.
pub(super) fn following(kind: Kind) -> &'static str {
    match kind {
        Kind::Paragraph => paragraph::BODY,
        Kind::Quote => paragraph::QUOTE_NEXT,
        Kind::EndMatter => paragraph::END_MATTER_NEXT,
        other => style_of(other).unwrap_or(paragraph::FIRST),
    }
}

/// Ids of character and table styles.
pub(super) mod other {
    use crate::compose::Stress;

    pub(in super::super) const NOTE_REFERENCE: &str = "FootnoteReference";
    pub(in super::super) const TABLE: &str = "PieceTable";
    /// By emphasis and strength: none, emphasis, strong, both.
    pub(in super::super) const PLAIN: [&str; 4] = ["", "Emphasis", "Strong", "StrongEmphasis"];
    /// The same within a link.
    pub(in super::super) const LINKED: [&str; 4] = [
        "Hyperlink",
        "HyperlinkEmphasis",
        "HyperlinkStrong",
        "HyperlinkStrongEmphasis",
    ];
    /// Each way to show emphasis that is no slant, with what it adds to the ids of styles for emphasised words, and to their names.
    pub(in super::super) const STRESSED: [(Stress, &str, &str); 2] = [
        (Stress::Weight, "Heavy", " Heavy"),
        (Stress::Dots, "Dotted", " Dotted"),
    ];
}

/// Whether a style shows emphasis by other means than a slant; Word knows none of them.
pub(super) fn is_stressed(id: &str) -> bool {
    let mut suffixes = other::STRESSED.iter().map(|(_, suffix, _)| suffix);
    id.contains("Emphasis") && suffixes.any(|suffix| id.ends_with(suffix))
}

/// Whether a style shows emphasis by dots.
pub(super) fn is_dotted(id: &str) -> bool {
    id.contains("Emphasis") && id.ends_with("Dotted")
}

/// The styles that hold where none is named (`w:default`).
pub(super) const DEFAULTS: [&str; 4] = ["Normal", "DefaultParagraphFont", "TableNormal", "NoList"];

/// The styles that Word does not know (`w:customStyle`).
pub(super) const OWN: &[&str] = &[
    paragraph::SERIES,
    paragraph::CONTRIBUTORS,
    paragraph::DATELINE,
    paragraph::AFFILIATION,
    paragraph::FIRST,
    paragraph::QUOTE_BY,
    paragraph::QUOTE_NEXT,
    paragraph::OTHERS,
    paragraph::END_MATTER,
    paragraph::END_MATTER_NEXT,
    paragraph::END_HEADINGS[0],
    paragraph::END_HEADINGS[1],
    paragraph::PORTRAIT,
    paragraph::FIGURE,
    paragraph::PICTURE,
    paragraph::FIGURE_CAPTION,
    paragraph::TABLE_CAPTION,
    paragraph::CREDIT,
    paragraph::TABLE_HEAD,
    paragraph::TABLE_HEAD_NUMBER,
    paragraph::TABLE_ROW_HEAD,
    paragraph::TABLE_TEXT,
    paragraph::TABLE_NUMBER,
    paragraph::TABLE_START,
    paragraph::TABLE_END,
    paragraph::SUMMARY_END,
    paragraph::CONTENTS_END,
    paragraph::BREAK,
    other::TABLE,
    other::PLAIN[3],
    other::LINKED[1],
    other::LINKED[2],
    other::LINKED[3],
];

/// The styles whose spaces stand around neighbours of their kind, not between them (`w:contextualSpacing`).
pub(super) const TOGETHER: &[&str] = &[paragraph::LIST];
