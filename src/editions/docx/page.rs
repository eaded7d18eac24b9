//! The page: paper, margins, header and footer. The first page has the footer alone.

use docx_rs::{
    Document, DocumentChild, Footer, Header, PageMargin, PageSize as DocxPageSize, Paragraph, Run,
};

use super::digits;
use super::ledger::Ledger;
use super::parts::{FIRST_FOOTER, FOOTER, HEADER};
use super::runs::{field, text_run};
use super::sheet::paragraph as styles;
use super::styles::twips;
use crate::compose::Composition;
use crate::editions::Options;
use crate::theme::Pt;

/// The margins above and below the text.
const MARGIN: Pt = Pt(72.0);

/// From the paper's edge to header and footer.
const EDGE: Pt = Pt(36.0);

/// The document: its children on its pages.
pub(super) fn document(
    children: Vec<DocumentChild>,
    composition: &Composition,
    options: &Options,
    ledger: &mut Ledger<'_>,
) -> Document {
    let (width, height) = options.page_size.dimensions();
    let side = twips((width - options.theme.measures.measure) * 0.5).max(0);
    let margin = PageMargin {
        top: twips(MARGIN),
        bottom: twips(MARGIN),
        left: side,
        right: side,
        header: twips(EDGE),
        footer: twips(EDGE),
        gutter: 0,
    };
    let size = DocxPageSize::new().size(twips(width).unsigned_abs(), twips(height).unsigned_abs());
    let mut document = Document::new()
        .page_size(size)
        .page_margin(margin)
        .header(header(composition, ledger), HEADER)
        .footer(footer(composition, ledger), FOOTER)
        .first_footer(footer(composition, ledger), FIRST_FOOTER)
        .title_pg();
    document.children = children;
    document
}

/// The running head: the series at the start, the short title at the end.
fn header(composition: &Composition, ledger: &mut Ledger<'_>) -> Header {
    let head = &composition.running_head;
    let paragraph = empty(styles::HEADER, composition, ledger);
    let mut run = |text: &str| {
        let style = ledger.run("", None, composition.record.direction);
        text_run(&style, text)
    };
    let paragraph = paragraph
        .add_run(run(&head.series))
        .add_run(Run::new().add_tab())
        .add_run(run(&head.title));
    Header::new().add_paragraph(paragraph)
}

/// The folio: the page's number of so many.
fn footer(composition: &Composition, ledger: &mut Ledger<'_>) -> Footer {
    let format = digits::of(composition.digits);
    let one = format.number(1);
    let page = field(&format.field("PAGE"), &one, String::new);
    let pages = field(&format.field("NUMPAGES"), &one, String::new);
    let mut paragraph = empty(styles::FOOTER, composition, ledger);
    for run in page {
        paragraph = paragraph.add_run(run);
    }
    paragraph = paragraph.add_run(Run::new().add_text(" / "));
    for run in pages {
        paragraph = paragraph.add_run(run);
    }
    Footer::new().add_paragraph(paragraph)
}

fn empty(style: &str, composition: &Composition, ledger: &mut Ledger<'_>) -> Paragraph {
    let direction = composition.record.direction;
    Paragraph::new().style(&ledger.paragraph(style, direction, direction))
}
