//! Kinds of text: whether each block looks as its kind does, by what the file calls its look.

use super::difference::{Difference, Kind as Of, MOST, quoted};
use super::expected::Expected;
use crate::compose::Kind;
use crate::read::{Block, FileKind};

/// Classes of cells, which follow from what stands in their columns.
const OF_CELLS: &[&str] = &["number", "figures", "ended", "centred"];

/// Holds blocks against the kinds that they are in the source, as long as their words are the same.
pub(super) fn hold(
    (expected, kinds): (&[Block], &[Option<Kind>]),
    found: &[Block],
    file: FileKind,
    differences: &mut Vec<Difference>,
) {
    for ((own, kind), other) in expected.iter().zip(kinds).zip(found) {
        if differences.len() >= MOST || own.line() != other.line() {
            return;
        }
        let Some(kind) = kind else {
            continue;
        };
        if !is_of(*kind, &other.style, file) {
            let line = quoted(&other.line());
            let message = match other.style.as_str() {
                "" => format!("it has no style, and looks otherwise than in an edition: {line}"),
                style => format!("it looks as `{style}`, otherwise than in an edition: {line}"),
            };
            differences.push(Difference {
                kind: Of::Block,
                place: other.place.clone(),
                message,
            });
        }
    }
}

/// Holds blocks of a Word document against the styles that follow from what stands around them in the source.
pub(super) fn follow(expected: &Expected, found: &[Block], differences: &mut Vec<Difference>) {
    let blocks = expected.blocks.iter().zip(&expected.follows).zip(found);
    for ((own, style), other) in blocks {
        if differences.len() >= MOST || own.line() != other.line() {
            return;
        }
        if let Some(style) = style.filter(|style| *style != other.style) {
            let (has, line) = (&other.style, quoted(&other.line()));
            differences.push(Difference {
                kind: Of::Block,
                place: other.place.clone(),
                message: format!("it has the style `{has}` where it should have `{style}`: {line}"),
            });
        }
    }
}

/// Whether a file that calls a look so shows a text of this kind.
fn is_of(kind: Kind, style: &str, file: FileKind) -> bool {
    match file {
        FileKind::Docx => of_word(kind).contains(&style),
        FileKind::Epub | FileKind::Html => {
            let own = of_hypertext(kind);
            let mut parts = style.split('.');
            let element = parts.next().unwrap_or_default();
            let classes: Vec<&str> = parts.filter(|class| !OF_CELLS.contains(class)).collect();
            let is_cell = matches!(element, "td" | "th");
            let has_others = classes.len() + 1 < style.split('.').count();
            let name = std::iter::once(element).chain(classes);
            let name = name.collect::<Vec<_>>().join(".");
            own.contains(&name.as_str()) && (is_cell || !has_others)
        }
        FileKind::Pdf => true,
    }
}

/// The styles that a kind has in a Word document: where it stands alone, and where it follows its like.
fn of_word(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Series => &["Series"],
        Kind::Title => &["Title"],
        Kind::Subtitle => &["Subtitle"],
        Kind::Byline => &["Contributors"],
        Kind::Credit => &["OtherContributors"],
        Kind::Date => &["Dateline"],
        Kind::Heading2 => &["Heading2"],
        Kind::Heading3 => &["Heading3"],
        Kind::Heading4 => &["Heading4"],
        Kind::EndHeading => &["EndHeading2"],
        Kind::EndSubheading => &["EndHeading3"],
        Kind::Affiliation => &["Affiliation"],
        Kind::Paragraph => &["FirstParagraph", "BodyText"],
        Kind::Quote => &["Quote", "QuoteContinued"],
        Kind::QuoteSource => &["QuoteAttribution"],
        Kind::Pull => &["IntenseQuote"],
        Kind::ListText => &["ListParagraph"],
        Kind::Caption => &["Caption", "FigureCaption", "TableCaption"],
        Kind::FigureCredit => &["Credit"],
        Kind::HeadCell => &["TableHead", "TableHeadNumber"],
        Kind::RowHead => &["TableRowHead"],
        Kind::Cell => &["TableText", "TableNumber"],
        Kind::Note => &["FootnoteText"],
        Kind::EndMatter => &["EndMatter", "EndMatterContinued"],
        Kind::Furniture => &[],
    }
}

/// The elements that a kind fills in hypertext, with their classes.
fn of_hypertext(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Series => &["p.series"],
        Kind::Title => &["h1"],
        Kind::Subtitle => &["p.subtitle"],
        Kind::Byline => &["p.byline"],
        Kind::Credit => &["p.credit"],
        Kind::Date => &["p.date"],
        Kind::Heading2 => &["h2"],
        Kind::Heading3 => &["h3"],
        Kind::Heading4 => &["h4"],
        Kind::EndHeading => &["h2.end"],
        Kind::EndSubheading => &["h3.end"],
        Kind::Affiliation => &["p.affiliation"],
        Kind::Paragraph => &["p"],
        Kind::Quote => &["p.quote"],
        Kind::QuoteSource => &["figcaption.source"],
        Kind::Pull => &["p.pull"],
        Kind::ListText => &["li", "p.item"],
        Kind::Caption => &["caption", "p.caption"],
        Kind::FigureCredit => &["p.image-credit"],
        Kind::HeadCell => &["th"],
        Kind::RowHead => &["th.row-head"],
        Kind::Cell => &["td"],
        Kind::Note => &["p.note"],
        Kind::EndMatter => &["p.end-matter"],
        Kind::Furniture => &[],
    }
}
