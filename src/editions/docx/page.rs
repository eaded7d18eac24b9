//! The page: paper, margins, headers and footers.

use docx_rs::{
    BuildXML, Document, DocumentChild, Footer, FooterReference, Header, HeaderReference,
    PageMargin, PageOrientationType, PageSize as DocxPageSize, Paragraph, Run, SectionProperty,
    Tab, TabValueType,
};

use super::digits;
use super::ledger::Ledger;
use super::parts::{FIRST_FOOTER, FIRST_HEADER, FOOTER, HEADER, TURNED_FOOTER, TURNED_HEADER};
use super::runs::{field, text_run};
use super::sheet::paragraph as styles;
use super::stretches::Flow;
use super::styles::twips;
use crate::compose::{Composition, HeadField};
use crate::editions::Options;
use crate::measure::{self, Orientation};
use crate::piece::Direction;
use crate::theme::{Furniture, Pt, Template, TemplatePart, Theme};

/// The margins above and below the text, where the theme gives none.
const MARGIN: Pt = Pt(72.0);

/// From the paper's edge to header and footer.
const EDGE: Pt = Pt(36.0);

/// The document: its children on its pages, the last of which lie as `last` says.
pub(super) fn document(
    children: Vec<DocumentChild>,
    (turns, last): (Turns, Orientation),
    composition: &Composition,
    options: &Options,
    ledger: &mut Ledger<'_>,
) -> Document {
    let (size, margin) = paper(composition, options, last);
    let page = &options.theme.page;
    let upright = options.frame().measure;
    let mut document = Document::new()
        .page_size(size)
        .page_margin(margin)
        .header(
            header(&page.head, upright, (composition, options), ledger),
            HEADER,
        )
        .footer(
            footer(&page.foot, upright, (composition, options), ledger),
            FOOTER,
        )
        .first_footer(
            footer(&page.first_foot, upright, (composition, options), ledger),
            FIRST_FOOTER,
        );
    if !page.first_head.is_empty() {
        document = document.first_header(
            header(&page.first_head, upright, (composition, options), ledger),
            FIRST_HEADER,
        );
    }
    // The first page of the file is that of its first section alone.
    document.section_property.title_pg = turns == Turns::Never;
    if last == Orientation::Turned {
        let section = &mut document.section_property;
        section.header_reference = Some(HeaderReference::new("default", TURNED_HEADER));
        section.footer_reference = Some(FooterReference::new("default", TURNED_FOOTER));
    }
    document.children = children;
    document
}

/// Whether pages of a file lie on their side.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Turns {
    Never,
    Sometimes,
}

/// Whether a section is the first of its file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum SectionPlace {
    First,
    Later,
}

/// What a section that ends inside the file says of its pages. It names headers and footers, which stand once in the file.
pub(super) fn section(
    composition: &Composition,
    options: &Options,
    page: Orientation,
    place: SectionPlace,
) -> SectionProperty {
    let (size, margin) = paper(composition, options, page);
    let mut section = SectionProperty::new().page_size(size).page_margin(margin);
    let (header, footer) = match page {
        Orientation::Upright => (HEADER, FOOTER),
        Orientation::Turned => (TURNED_HEADER, TURNED_FOOTER),
    };
    section.header_reference = Some(HeaderReference::new("default", header));
    section.footer_reference = Some(FooterReference::new("default", footer));
    if place == SectionPlace::First {
        let first = &options.theme.page.first_head;
        section.first_header_reference =
            (!first.is_empty()).then(|| HeaderReference::new("first", FIRST_HEADER));
        section.first_footer_reference = Some(FooterReference::new("first", FIRST_FOOTER));
        section = section.title_pg();
    }
    section
}

/// The header and the footer of pages that are turned.
pub(super) fn turned(
    composition: &Composition,
    options: &Options,
    ledger: &mut Ledger<'_>,
) -> (Vec<u8>, Vec<u8>) {
    let page = &options.theme.page;
    let measure = options.frame().turned().measure;
    let header = header(&page.head, measure, (composition, options), ledger);
    let footer = footer(&page.foot, measure, (composition, options), ledger);
    (header.build(), footer.build())
}

/// Paper and margins of pages that lie so.
fn paper(
    composition: &Composition,
    options: &Options,
    page: Orientation,
) -> (DocxPageSize, PageMargin) {
    let frame = match page {
        Orientation::Upright => options.frame(),
        Orientation::Turned => options.frame().turned(),
    };
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
    // A theme may have its paper lie on its side, and a page that is turned stands upright then.
    let lies = match page {
        Orientation::Upright => width > height,
        Orientation::Turned => width >= height,
    };
    let size = match lies {
        false => size,
        true => size.orient(PageOrientationType::Landscape),
    };
    (size, margin)
}

fn header(
    templates: &Furniture,
    measure: Pt,
    (composition, options): (&Composition, &Options),
    ledger: &mut Ledger<'_>,
) -> Header {
    let middle = options.theme.page.has_middle();
    let style = (styles::HEADER, middle, measure);
    let of = (composition, &options.theme);
    let paragraph = furniture(templates, style, of, ledger);
    Header::new().add_paragraph(across(paragraph, measure, options))
}

fn footer(
    templates: &Furniture,
    measure: Pt,
    (composition, options): (&Composition, &Options),
    ledger: &mut Ledger<'_>,
) -> Footer {
    let middle = options.theme.page.has_middle();
    let style = foot_style(templates);
    let of = (composition, &options.theme);
    let mut paragraph = furniture(templates, (style, middle, measure), of, ledger);
    if style == styles::HEADER {
        paragraph = across(paragraph, measure, options);
    }
    Footer::new().add_paragraph(paragraph)
}

/// A paragraph whose tabs lead to the middle and the end of a measure that is not its style's.
fn across(paragraph: Paragraph, measure: Pt, options: &Options) -> Paragraph {
    let own = options.theme.measures.measure;
    if measure == options.frame().measure {
        return paragraph;
    }
    let place = |measure: Pt| twips(measure).unsigned_abs() as usize;
    let mut tabs = vec![
        (TabValueType::Clear, place(own)),
        (TabValueType::Right, place(measure)),
    ];
    if options.theme.page.has_middle() {
        tabs.push((TabValueType::Clear, place(own) / 2));
        tabs.push((TabValueType::Center, place(measure) / 2));
    }
    tabs.into_iter()
        .fold(paragraph, |paragraph, (kind, place)| {
            paragraph.add_tab(Tab::new().val(kind).pos(place))
        })
}

/// The theme's templates of a head or foot, filled: a paragraph with a tab between its parts.
fn furniture(
    templates: &Furniture,
    (style, middle, measure): (&str, bool, Pt),
    (composition, theme): (&Composition, &Theme),
    ledger: &mut Ledger<'_>,
) -> Paragraph {
    let mut paragraph = empty(style, composition, ledger);
    let [start, centre, end] = shown(templates, measure, (composition, theme));
    // A foot of a middle alone is centred by its style.
    if style == styles::FOOTER {
        return filled(paragraph, &centre, (composition, theme), ledger);
    }
    paragraph = filled(paragraph, &start, (composition, theme), ledger);
    if middle {
        paragraph = paragraph.add_run(Run::new().add_tab());
        paragraph = filled(paragraph, &centre, (composition, theme), ledger);
    }
    if !templates.end.is_empty() {
        paragraph = paragraph.add_run(Run::new().add_tab());
        paragraph = filled(paragraph, &end, (composition, theme), ledger);
    }
    paragraph
}

/// A part of a head or foot as it stands on every page.
enum Part<'a> {
    /// Words that have room.
    Words(String),
    /// Words with the number of the page, which Word counts.
    Counted(&'a Template),
}

/// The parts of a head or foot, as far as a measure has room for them. Where pages are counted, a piece of some hundred is
/// thought of.
fn shown<'a>(
    templates: &'a Furniture,
    measure: Pt,
    (composition, theme): (&Composition, &Theme),
) -> [Part<'a>; 3] {
    let words = templates.parts().map(|template| {
        template.filled(|field| match field {
            HeadField::Page | HeadField::Pages => composition.digits.number(100),
            field => theme.head(composition, field),
        })
    });
    let words = measure::fitted_by_advances(words, measure, composition, theme);
    let mut words = words.into_iter();
    templates.parts().map(|template| {
        let words = words.next().unwrap_or_default();
        match template.counts() {
            true => Part::Counted(template),
            false => Part::Words(words),
        }
    })
}

/// Adds a part; Word counts the pages.
fn filled(
    mut paragraph: Paragraph,
    part: &Part<'_>,
    (composition, theme): (&Composition, &Theme),
    ledger: &mut Ledger<'_>,
) -> Paragraph {
    let flow = Flow::of(&composition.record.language);
    let template = match part {
        Part::Counted(template) => *template,
        Part::Words(words) if words.is_empty() => return paragraph,
        Part::Words(words) => {
            let style = ledger.run("", None, flow);
            return paragraph.add_run(text_run(&style, words));
        }
    };
    let format = digits::of(composition.digits);
    let one = format.number(1);
    for part in template.parts() {
        let name = match part {
            TemplatePart::Field(HeadField::Page) => "PAGE",
            TemplatePart::Field(HeadField::Pages) => "NUMPAGES",
            TemplatePart::Field(other) => {
                let style = ledger.run("", None, flow);
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
