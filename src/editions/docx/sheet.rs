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
    pub(in super::super) const FIGURE: &str = "Figure";
    pub(in super::super) const CAPTION: &str = "Caption";
    pub(in super::super) const CREDIT: &str = "Credit";
    pub(in super::super) const TABLE_HEAD: &str = "TableHead";
    pub(in super::super) const TABLE_TEXT: &str = "TableText";
    pub(in super::super) const TABLE_END: &str = "TableEnd";
    pub(in super::super) const BREAK: &str = "Break";
    pub(in super::super) const NOTE: &str = "FootnoteText";
    pub(in super::super) const HEADER: &str = "Header";
    pub(in super::super) const FOOTER: &str = "Footer";
    pub(in super::super) const CONTENTS: &str = "TOCHeading";
    pub(in super::super) const HEADINGS: [&str; 3] = ["Heading2", "Heading3", "Heading4"];
    pub(in super::super) const CONTENTS_LINES: [&str; 3] = ["TOC2", "TOC3", "TOC4"];
    pub(in super::super) const BULLETS: [&str; 5] = [
        "ListBullet",
        "ListBullet2",
        "ListBullet3",
        "ListBullet4",
        "ListBullet5",
    ];
    pub(in super::super) const NUMBERS: [&str; 5] = [
        "ListNumber",
        "ListNumber2",
        "ListNumber3",
        "ListNumber4",
        "ListNumber5",
    ];
    pub(in super::super) const CONTINUED: [&str; 5] = [
        "ListContinue",
        "ListContinue2",
        "ListContinue3",
        "ListContinue4",
        "ListContinue5",
    ];
}

/// The style of a text of a kind that nothing of its kind stands above. A list's items have one for each depth, and the edges
/// of pages one each.
pub(super) fn style_of(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Series => paragraph::SERIES,
        Kind::Title => paragraph::TITLE,
        Kind::Subtitle => paragraph::SUBTITLE,
        Kind::Byline => paragraph::CONTRIBUTORS,
        Kind::Credit => paragraph::OTHERS,
        Kind::Date => paragraph::DATELINE,
        // Word's own headings make its contents, so those of the end matter are such too.
        Kind::Heading2 | Kind::EndHeading => paragraph::HEADINGS[0],
        Kind::Heading3 | Kind::EndSubheading => paragraph::HEADINGS[1],
        Kind::Heading4 => paragraph::HEADINGS[2],
        Kind::Affiliation => paragraph::AFFILIATION,
        Kind::Paragraph => paragraph::FIRST,
        Kind::Quote => paragraph::QUOTE,
        Kind::QuoteSource => paragraph::QUOTE_BY,
        Kind::Pull => paragraph::PULL,
        Kind::Caption => paragraph::CAPTION,
        Kind::FigureCredit => paragraph::CREDIT,
        Kind::HeadCell => paragraph::TABLE_HEAD,
        Kind::Cell => paragraph::TABLE_TEXT,
        Kind::Note => paragraph::NOTE,
        Kind::EndMatter => paragraph::END_MATTER,
        Kind::ListText | Kind::Furniture => return None,
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
    paragraph::FIGURE,
    paragraph::CREDIT,
    paragraph::TABLE_HEAD,
    paragraph::TABLE_TEXT,
    paragraph::TABLE_END,
    paragraph::BREAK,
    other::TABLE,
    other::PLAIN[3],
    other::LINKED[1],
    other::LINKED[2],
    other::LINKED[3],
];

/// The styles whose spaces stand around neighbours of their kind, not between them (`w:contextualSpacing`).
pub(super) const TOGETHER: &[&str] = &[
    paragraph::BULLETS[0],
    paragraph::NUMBERS[0],
    paragraph::CONTINUED[0],
];
