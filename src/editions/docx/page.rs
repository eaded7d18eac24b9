//! The page: paper, margins, headers and footers.

use docx_rs::{
    Document, DocumentChild, Footer, Header, PageMargin, PageSize as DocxPageSize, Paragraph, Run,
};

use super::digits;
use super::ledger::Ledger;
use super::parts::{FIRST_FOOTER, FIRST_HEADER, FOOTER, HEADER};
use super::runs::{field, text_run};
use super::sheet::paragraph as styles;
use super::styles::twips;
use crate::compose::{Composition, HeadField};
use crate::editions::Options;
use crate::piece::Direction;
use crate::theme::{Furniture, Pt, Template, TemplatePart, Theme};

/// The margins above and below the text, where the theme gives none.
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
    let frame = options.frame();
    let (width, height) = (frame.width, frame.height);
    let margins = options.theme.page.margins;
    let start = twips(frame.start).max(0);
    let end = twips(width - frame.start - frame.measure).max(0);
    let (left, right) = match composition.record.direction {
        Direction::LeftToRight => (start, end),
        Direction::RightToLeft => (end, start),
    };
    let margin = PageMargin {
        top: twips(margins.top.unwrap_or(MARGIN)),
        bottom: twips(margins.bottom.unwrap_or(MARGIN)),
        left,
        right,
        header: twips(margins.top.map_or(EDGE, |top| top * 0.5)),
        footer: twips(margins.bottom.map_or(EDGE, |bottom| bottom * 0.5)),
        gutter: 0,
    };
    let size = DocxPageSize::new().size(twips(width).unsigned_abs(), twips(height).unsigned_abs());
    let page = &options.theme.page;
    let middle = page.has_middle();
    let header = |templates: &Furniture, ledger: &mut Ledger<'_>| {
        let paragraph = furniture(
            templates,
            (styles::HEADER, middle),
            (composition, &options.theme),
            ledger,
        );
        Header::new().add_paragraph(paragraph)
    };
    let footer = |templates: &Furniture, ledger: &mut Ledger<'_>| {
        let paragraph = furniture(
            templates,
            (foot_style(templates), middle),
            (composition, &options.theme),
            ledger,
        );
        Footer::new().add_paragraph(paragraph)
    };
    let mut document = Document::new()
        .page_size(size)
        .page_margin(margin)
        .header(header(&page.head, ledger), HEADER)
        .footer(footer(&page.foot, ledger), FOOTER)
        .first_footer(footer(&page.first_foot, ledger), FIRST_FOOTER)
        .title_pg();
    if !page.first_head.is_empty() {
        document = document.first_header(header(&page.first_head, ledger), FIRST_HEADER);
    }
    document.children = children;
    document
}

/// The theme's templates of a head or foot, filled: a paragraph with a tab between its parts.
fn furniture(
    templates: &Furniture,
    (style, middle): (&str, bool),
    (composition, theme): (&Composition, &Theme),
    ledger: &mut Ledger<'_>,
) -> Paragraph {
    let mut paragraph = empty(style, composition, ledger);
    let [start, centre, end] = templates.parts();
    // A foot of a middle alone is centred by its style.
    if style == styles::FOOTER {
        return filled(paragraph, centre, (composition, theme), ledger);
    }
    paragraph = filled(paragraph, start, (composition, theme), ledger);
    if middle {
        paragraph = paragraph.add_run(Run::new().add_tab());
        paragraph = filled(paragraph, centre, (composition, theme), ledger);
    }
    if !end.is_empty() {
        paragraph = paragraph.add_run(Run::new().add_tab());
        paragraph = filled(paragraph, end, (composition, theme), ledger);
    }
    paragraph
}

/// Adds the words of a template; Word counts the pages.
fn filled(
    mut paragraph: Paragraph,
    template: &Template,
    (composition, theme): (&Composition, &Theme),
    ledger: &mut Ledger<'_>,
) -> Paragraph {
    let direction = composition.record.direction;
    if !template.counts() {
        let words = template.filled(|field| theme.head(composition, field));
        let style = ledger.run("", None, direction);
        return match words.is_empty() {
            true => paragraph,
            false => paragraph.add_run(text_run(&style, &words)),
        };
    }
    let format = digits::of(composition.digits);
    let one = format.number(1);
    for part in template.parts() {
        let name = match part {
            TemplatePart::Field(HeadField::Page) => "PAGE",
            TemplatePart::Field(HeadField::Pages) => "NUMPAGES",
            TemplatePart::Field(other) => {
                let style = ledger.run("", None, direction);
                paragraph = paragraph.add_run(text_run(&style, &theme.head(composition, *other)));
                continue;
            }
            TemplatePart::Words(words) => {
                paragraph = paragraph.add_run(Run::new().add_text(words));
                continue;
            }
        };
        for run in field(&format.field(name), &one, String::new) {
            paragraph = paragraph.add_run(run);
        }
    }
    paragraph
}

/// The style of a foot: one with places for its parts where it has more than a middle.
fn foot_style(foot: &Furniture) -> &'static str {
    match foot.is_middle_alone() {
        true => styles::FOOTER,
        false => styles::HEADER,
    }
}

fn empty(style: &str, composition: &Composition, ledger: &mut Ledger<'_>) -> Paragraph {
    let direction = composition.record.direction;
    Paragraph::new().style(&ledger.paragraph(style, direction, direction))
}
