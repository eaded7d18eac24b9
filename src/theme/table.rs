//! The fields of a theme that stand alone, and the colours that must stand out from each other.

use super::fields::{Field, Refused, SWITCH, Slot};
use super::furniture::{Furniture, Template};
use super::{Acronyms, Colour, Colours, Dark, PageSize, PdfStandard, Pt, Separation, Theme};

type F = Field<Theme>;

const fn colour(path: &'static str, about: &'static str, set: fn(&mut Theme, Colour)) -> F {
    Field {
        path,
        about,
        slot: Slot::Colour(set),
    }
}

const fn length(
    path: &'static str,
    about: &'static str,
    least: f32,
    most: f32,
    set: fn(&mut Theme, Pt),
) -> F {
    Field {
        path,
        about,
        slot: Slot::Length { set, least, most },
    }
}

const fn choice(
    path: &'static str,
    about: &'static str,
    names: &'static [&'static str],
    set: fn(&mut Theme, usize),
) -> F {
    Field {
        path,
        about,
        slot: Slot::Choice { set, names },
    }
}

type Read = fn(&mut Theme, &str) -> Result<(), Refused>;

const fn special(path: &'static str, about: &'static str, form: &'static str, read: Read) -> F {
    Field {
        path,
        about,
        slot: Slot::Special { read, form },
    }
}

const fn template(path: &'static str, about: &'static str, read: Read) -> F {
    special(path, about, "words with {fields}", read)
}

fn words(
    furniture: &mut Furniture,
    part: fn(&mut Furniture) -> &mut Template,
    text: &str,
) -> Result<(), Refused> {
    *part(furniture) = Template::parse(text)?;
    Ok(())
}

/// Every field that a shipped theme gives.
pub(super) const FIELDS: &[F] = &[
    Field {
        path: "name",
        about: "The theme's name, which word processors show.",
        slot: Slot::Words(|theme, name| theme.name = name),
    },
    colour(
        "colours.paper",
        "The paper of pages in a browser, against which all text stands.",
        |t, c| t.colours.paper = c,
    ),
    colour("colours.text", "Running text.", |t, c| t.colours.text = c),
    colour("colours.headings", "Title and headings.", |t, c| {
        t.colours.headings = c
    }),
    colour(
        "colours.accent",
        "The series line and the bar of pull quotes.",
        |t, c| t.colours.accent = c,
    ),
    colour(
        "colours.quiet",
        "What stands back: affiliations, date, running heads, credits.",
        |t, c| t.colours.quiet = c,
    ),
    colour("colours.links", "Links.", |t, c| t.colours.links = c),
    colour("colours.rules", "Rules.", |t, c| t.colours.rules = c),
    colour("colours.cover-paper", "The ground of covers.", |t, c| {
        t.colours.cover_paper = c
    }),
    colour(
        "colours.cover-text",
        "Title and names on covers.",
        |t, c| t.colours.cover_text = c,
    ),
    colour(
        "colours.cover-accent",
        "The series line on covers.",
        |t, c| t.colours.cover_accent = c,
    ),
    colour(
        "colours.dark.paper",
        "The paper where a reader asks for dark pages.",
        |t, c| t.colours.dark.paper = c,
    ),
    colour("colours.dark.text", "Running text on it.", |t, c| {
        t.colours.dark.text = c
    }),
    colour(
        "colours.dark.headings",
        "Title and headings on it.",
        |t, c| t.colours.dark.headings = c,
    ),
    colour(
        "colours.dark.accent",
        "The series line on it; where a theme leaves it out, its `cover-accent`.",
        |t, c| t.colours.dark.accent = c,
    ),
    colour("colours.dark.quiet", "What stands back on it.", |t, c| {
        t.colours.dark.quiet = c
    }),
    colour("colours.dark.links", "Links on it.", |t, c| {
        t.colours.dark.links = c
    }),
    colour("colours.dark.rules", "Rules on it.", |t, c| {
        t.colours.dark.rules = c
    }),
    length(
        "measures.text",
        "The size of running text.",
        7.0,
        24.0,
        |t, l| t.measures.text = l,
    ),
    length(
        "measures.leading",
        "The distance of its lines.",
        8.0,
        40.0,
        |t, l| t.measures.leading = l,
    ),
    length(
        "measures.indent",
        "How far a paragraph's first line stands in where another stands above. Without an indent, a space parts them.",
        0.0,
        60.0,
        |t, l| t.measures.indent = l,
    ),
    length(
        "measures.title",
        "The size of the title.",
        10.0,
        60.0,
        |t, l| t.measures.title = l,
    ),
    length(
        "measures.subtitle",
        "The size of subtitle and pull quotes.",
        8.0,
        40.0,
        |t, l| t.measures.subtitle = l,
    ),
    length(
        "measures.heading-2",
        "The size of contributors' names.",
        8.0,
        40.0,
        |t, l| t.measures.heading_2 = l,
    ),
    length(
        "measures.heading-3",
        "The size of headings, and of the series line.",
        7.0,
        36.0,
        |t, l| t.measures.heading_3 = l,
    ),
    length(
        "measures.heading-4",
        "The size of subheadings.",
        7.0,
        32.0,
        |t, l| t.measures.heading_4 = l,
    ),
    length(
        "measures.small",
        "The size of affiliations, captions, cells, notes, running heads.",
        6.0,
        16.0,
        |t, l| t.measures.small = l,
    ),
    special(
        "page.size",
        "The paper of the PDF edition, and of the DOCX; `--page-size` wins over it.",
        "A4, A5, B5, Letter, or width x height",
        |t, text| {
            t.page.size = PageSize::parse(text)?;
            Ok(())
        },
    ),
    template(
        "page.head.start",
        "The running head, where lines start.",
        |t, text| words(&mut t.page.head, |f| &mut f.start, text),
    ),
    template(
        "page.head.centre",
        "The running head, in the middle.",
        |t, text| words(&mut t.page.head, |f| &mut f.centre, text),
    ),
    template(
        "page.head.end",
        "The running head, where lines end.",
        |t, text| words(&mut t.page.head, |f| &mut f.end, text),
    ),
    template(
        "page.foot.start",
        "The foot of pages, where lines start.",
        |t, text| words(&mut t.page.foot, |f| &mut f.start, text),
    ),
    template(
        "page.foot.centre",
        "The foot of pages, in the middle.",
        |t, text| words(&mut t.page.foot, |f| &mut f.centre, text),
    ),
    template(
        "page.foot.end",
        "The foot of pages, where lines end.",
        |t, text| words(&mut t.page.foot, |f| &mut f.end, text),
    ),
    template(
        "page.first.head.start",
        "The head of the first page, where lines start.",
        |t, text| words(&mut t.page.first_head, |f| &mut f.start, text),
    ),
    template(
        "page.first.head.centre",
        "The head of the first page, in the middle.",
        |t, text| words(&mut t.page.first_head, |f| &mut f.centre, text),
    ),
    template(
        "page.first.head.end",
        "The head of the first page, where lines end.",
        |t, text| words(&mut t.page.first_head, |f| &mut f.end, text),
    ),
    template(
        "page.first.foot.start",
        "The foot of the first page, where lines start.",
        |t, text| words(&mut t.page.first_foot, |f| &mut f.start, text),
    ),
    template(
        "page.first.foot.centre",
        "The foot of the first page, in the middle.",
        |t, text| words(&mut t.page.first_foot, |f| &mut f.centre, text),
    ),
    template(
        "page.first.foot.end",
        "The foot of the first page, where lines end.",
        |t, text| words(&mut t.page.first_foot, |f| &mut f.end, text),
    ),
    choice(
        "paragraphs.alignment",
        "Whether running text ends at the edge or ragged.",
        &["justified", "ragged"],
        |t, i| t.paragraphs.justified = i == 0,
    ),
    choice(
        "paragraphs.hyphenation",
        "Whether words are cut at the ends of lines.",
        SWITCH,
        |t, i| t.paragraphs.hyphenation = i == 0,
    ),
    choice(
        "paragraphs.figures",
        "Figures in running text.",
        &["old-style", "lining"],
        |t, i| t.paragraphs.old_style = i == 0,
    ),
    choice(
        "paragraphs.small-capitals",
        "Whether the series line and other texts may be in small capitals.",
        SWITCH,
        |t, i| t.paragraphs.small_capitals = i == 0,
    ),
    choice(
        "pdf.standard",
        "Which standards the PDF edition keeps: PDF/UA-1 with PDF/A-2a, or PDF/UA-2 with PDF/A-4; `--pdf-standard` wins over it.",
        &["ua-1", "ua-2"],
        |t, i| t.pdf_standard = PdfStandard::ALL[i.min(1)],
    ),
    choice(
        "docx.embed_faces",
        "Whether the DOCX edition carries its faces; without them it names those that a machine may have.",
        SWITCH,
        |t, i| t.docx.embed_faces = i == 0,
    ),
];

/// Fields that no shipped theme needs to give.
pub(super) const OPTIONAL: &[F] = &[
    Field {
        path: "publisher",
        about: "Who publishes pieces that do not say it, for heads and feet.",
        slot: Slot::Words(|theme, publisher| theme.publisher = publisher),
    },
    choice(
        "front.publisher",
        "Whether a line above the title names the publisher: the piece's own, else the theme's `publisher`.",
        SWITCH,
        |t, i| t.front.publisher = i == 0,
    ),
    choice(
        "front.summary",
        "Whether the piece's `summary`, a paragraph or a list of key points, stands in a box under the title block.",
        SWITCH,
        |t, i| t.front.summary = i == 0,
    ),
    choice(
        "front.cover",
        "Whether the PDF edition begins with the cover, as a page of its own.",
        SWITCH,
        |t, i| t.front.cover = i == 0,
    ),
    choice(
        "front.contents",
        "Whether contents with page numbers stand under the title block of the PDF edition.",
        SWITCH,
        |t, i| t.front.contents = i == 0,
    ),
    choice(
        "epub.cover",
        "What the drawn cover of the EPUB edition is; some shops and old readers show no PNG.",
        &["png", "jpeg"],
        |t, i| t.epub.jpeg_cover = i == 1,
    ),
    length(
        "page.margin-top",
        "From the paper's upper edge to the text.",
        18.0,
        400.0,
        |t, l| t.page.margins.top = Some(l),
    ),
    length(
        "page.margin-bottom",
        "From the text to the paper's lower edge.",
        18.0,
        400.0,
        |t, l| t.page.margins.bottom = Some(l),
    ),
    length(
        "page.margin-start",
        "From the paper's edge to where lines start; the text stands in the middle of the paper without it.",
        18.0,
        400.0,
        |t, l| t.page.margins.start = Some(l),
    ),
    length(
        "page.margin-end",
        "From where lines end to the paper's edge; with `margin-start` it says how wide the text is.",
        18.0,
        400.0,
        |t, l| t.page.margins.end = Some(l),
    ),
    length(
        "paragraphs.space",
        "The space between paragraphs; half a line where they have no indent.",
        0.0,
        60.0,
        |t, l| t.paragraphs.separation = Separation::Space(l),
    ),
    choice(
        "paragraphs.acronyms",
        "Acronyms of three letters or more in running text: in small capitals where the face has them, but for italics and Word.",
        &["capitals", "small-capitals"],
        |t, i| t.paragraphs.acronyms = [Acronyms::Capitals, Acronyms::SmallCapitals][i.min(1)],
    ),
    length(
        "spaces.figure",
        "Above and below a figure or a table.",
        0.0,
        120.0,
        |t, l| t.distances.float = Some(l),
    ),
    length(
        "spaces.under-image",
        "Between an image and its caption.",
        0.0,
        60.0,
        |t, l| t.distances.under_image = Some(l),
    ),
    length(
        "spaces.break",
        "Above and below a break between two thoughts.",
        0.0,
        120.0,
        |t, l| t.distances.thought_break = Some(l),
    ),
    length(
        "spaces.above-rule",
        "Between the date and the rule under the title block.",
        0.0,
        120.0,
        |t, l| t.distances.above_rule = Some(l),
    ),
    length(
        "spaces.between-headings",
        "Above a heading that stands right under another.",
        0.0,
        60.0,
        |t, l| t.distances.between_headings = Some(l),
    ),
    length(
        "spaces.cell",
        "Above and below the words of a table's cell.",
        0.0,
        24.0,
        |t, l| t.distances.cell = Some(l),
    ),
    length(
        "spaces.gutter",
        "Between the words of a table's columns.",
        0.0,
        60.0,
        |t, l| t.distances.gutter = Some(l),
    ),
    length(
        "rules.title",
        "The rule under the title block.",
        0.0,
        12.0,
        |t, l| t.distances.title_rule = Some(l),
    ),
    length(
        "rules.pull",
        "The bar at the start of a pull quote.",
        0.0,
        24.0,
        |t, l| t.distances.pull_bar = Some(l),
    ),
    length(
        "rules.table",
        "The rules above and below a table.",
        0.2,
        12.0,
        |t, l| t.distances.table_rule = Some(l),
    ),
    length(
        "rules.table-head",
        "The rule under a table's head.",
        0.2,
        12.0,
        |t, l| t.distances.head_rule = Some(l),
    ),
];

type Pick = fn(&Colours) -> Colour;

/// The least contrast of text with its ground (WCAG 2.2, 1.4.3).
pub(super) const LEAST_CONTRAST: f64 = 4.5;

/// A colour of text and its ground, each with its path.
type Pair = ((&'static str, Pick), (&'static str, Pick));

const PAPER: (&str, Pick) = ("colours.paper", |c| c.paper);
const COVER: (&str, Pick) = ("colours.cover-paper", |c| c.cover_paper);
const DARK: (&str, Pick) = ("colours.dark.paper", |c| c.dark.paper);

/// Colours of text, and their grounds.
pub(super) const CONTRASTS: &[Pair] = &[
    (("colours.text", |c| c.text), PAPER),
    (("colours.headings", |c| c.headings), PAPER),
    (("colours.accent", |c| c.accent), PAPER),
    (("colours.quiet", |c| c.quiet), PAPER),
    (("colours.links", |c| c.links), PAPER),
    (("colours.cover-text", |c| c.cover_text), COVER),
    (("colours.cover-accent", |c| c.cover_accent), COVER),
    (("colours.dark.text", |c| c.dark.text), DARK),
    (("colours.dark.headings", |c| c.dark.headings), DARK),
    (("colours.dark.accent", |c| c.dark.accent), DARK),
    (("colours.dark.quiet", |c| c.dark.quiet), DARK),
    (("colours.dark.links", |c| c.dark.links), DARK),
];

/// Whether the accent of dark pages is one that can be read on them.
pub(super) fn is_seen(accent: Colour, dark: &Dark) -> bool {
    accent.contrast(dark.paper) >= LEAST_CONTRAST
}
