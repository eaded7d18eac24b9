//! Themes: the faces, colours and measures that every edition reads.

mod check;
mod emphasis;
mod extra_css;
mod fields;
mod furniture;
mod house_faces;
mod load;
mod logo;
mod measure;
mod paper;
mod read;
mod recipe;
mod row;
mod rows;
mod sheet;
mod standard;
mod table;
mod units;
mod value;
mod writing;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::compose::{Composition, HeadField, House, Kind, Logo};
use crate::fonts::FaceSet;

pub use crate::fonts::{Family, Slant, Weight};
pub use emphasis::look_of;
pub use furniture::{Furniture, Template, TemplatePart};
pub use load::{LoadedTheme, ThemeError};
pub use paper::PageSize;
pub use read::schema;
pub use row::{Acronyms, Alignment, Case, FaceRole, Figures, Hyphens, Ink, Row};
pub use rows::RowChange;
pub use sheet::{Sheet, Spaces};
pub use standard::PdfStandard;
pub use units::{Colour, Em, Pt};
pub use writing::{Writing, script_of};

/// A theme.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// Which family is used for what.
    pub faces: Faces,
    /// The faces that its families are made of, and those for characters which they lack.
    pub fonts: Arc<FaceSet>,
    /// The colours.
    pub colours: Colours,
    /// The sizes and distances of type.
    pub measures: Measures,
    /// Which standards the PDF edition keeps.
    pub pdf_standard: PdfStandard,
    /// The pages of the PDF edition.
    pub page: PageStyle,
    /// How running text is set.
    pub paragraphs: Paragraphs,
    /// What single kinds of text have besides.
    pub texts: BTreeMap<Kind, RowChange>,
    /// Distances and rules that the theme gives.
    pub distances: Distances,
    /// A style sheet behind that of pages in a browser, or nothing.
    pub extra_css: String,
    /// Who publishes pieces that do not say it, or nothing.
    pub publisher: String,
    /// The house's logo.
    pub logo: Option<Logo>,
    /// The logo as it stands on drawn covers, where it does.
    pub cover_logo: Option<Logo>,
    /// What stands on the first page besides the author's words.
    pub front: FrontPage,
    /// What concerns the EPUB edition alone.
    pub epub: Epub,
    /// What concerns the DOCX edition alone.
    pub docx: Docx,
}

/// What stands before the text besides the author's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FrontPage {
    /// Whether the publisher is named above the title.
    pub publisher: bool,
    /// Whether the summary stands in a box under the title block.
    pub summary: bool,
    /// Whether the PDF begins with the cover.
    pub cover: bool,
    /// Whether contents with page numbers stand under the title block of the PDF.
    pub contents: bool,
}

/// What a theme says of the EPUB edition alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Epub {
    /// Whether a drawn cover is a JPEG, for readers and shops that show no other.
    pub jpeg_cover: bool,
}

/// What a theme says of the DOCX edition alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Docx {
    /// Whether the file carries its faces; without them it names those that a machine may have.
    pub embed_faces: bool,
}

/// Which family is used for what.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Faces {
    /// Running text.
    pub text: Family,
    /// Title and headings.
    pub headings: Family,
    /// Running head, folio, captions, tables.
    pub apparatus: Family,
}

/// The colours, each against `paper` (or `cover-paper`) with a contrast of 4.5:1 at least, rules excepted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Colours {
    /// The paper, for contrast; nothing paints it.
    pub paper: Colour,
    /// Running text.
    pub text: Colour,
    /// Title and headings.
    pub headings: Colour,
    /// The series line.
    pub accent: Colour,
    /// Affiliations, date, running head, folio, credits.
    pub quiet: Colour,
    /// Links.
    pub links: Colour,
    /// Rules; decoration, so free of the contrast rule.
    pub rules: Colour,
    /// The cover's ground.
    pub cover_paper: Colour,
    /// The cover's title and names.
    pub cover_text: Colour,
    /// The cover's series line.
    pub cover_accent: Colour,
    /// Those of dark pages.
    pub dark: Dark,
}

/// Sizes and distances of type. Running text stands on a grid of `leading`; what is set off returns to it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Measures {
    /// The measure: the width of the text block.
    pub measure: Pt,
    /// The size of running text.
    pub text: Pt,
    /// The distance of its baselines.
    pub leading: Pt,
    /// The first-line indent of a paragraph that follows another.
    pub indent: Pt,
    /// The size of the title.
    pub title: Pt,
    /// The size of the subtitle.
    pub subtitle: Pt,
    /// The size of contributors' names (level 2).
    pub heading_2: Pt,
    /// The size of headings of level 3.
    pub heading_3: Pt,
    /// The size of headings of level 4.
    pub heading_4: Pt,
    /// The size of affiliations, captions, cells, notes, running head and folio.
    pub small: Pt,
}

/// How running text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paragraphs {
    /// Whether its lines end at the edge.
    pub justified: bool,
    /// Whether words are cut at the ends of lines.
    pub hyphenation: bool,
    /// Whether its figures have ascenders and descenders.
    pub old_style: bool,
    /// Whether any text is in small capitals.
    pub small_capitals: bool,
    /// Which capitals acronyms of three letters or more have in running text.
    pub acronyms: Acronyms,
    /// What parts its paragraphs besides an indent.
    pub separation: Separation,
}

/// Distances of what is not text alone, and thicknesses of rules: those that a theme gives; others follow from its leading.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Distances {
    /// See [`Spaces::float`].
    pub float: Option<Pt>,
    /// See [`Spaces::under_image`].
    pub under_image: Option<Pt>,
    /// See [`Spaces::thought_break`].
    pub thought_break: Option<Pt>,
    /// See [`Spaces::above_rule`].
    pub above_rule: Option<Pt>,
    /// See [`Spaces::between_headings`].
    pub between_headings: Option<Pt>,
    /// See [`Spaces::cell`].
    pub cell: Option<Pt>,
    /// See [`Spaces::gutter`].
    pub gutter: Option<Pt>,
    /// See [`Sheet::title_rule`].
    pub title_rule: Option<Pt>,
    /// See [`Sheet::pull_bar`].
    pub pull_bar: Option<Pt>,
    /// See [`Sheet::table_rule`].
    pub table_rule: Option<Pt>,
    /// See [`Sheet::head_rule`].
    pub head_rule: Option<Pt>,
}

/// What parts paragraphs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Separation {
    /// The indent of their first lines; half a line where there is no indent.
    Indent,
    /// A space.
    Space(Pt),
}

impl Paragraphs {
    /// Changes a row of the sheet as this says.
    fn apply(&self, kind: Kind, row: &mut Row) {
        if !self.justified && row.alignment == Alignment::Justified {
            row.alignment = Alignment::Start;
        }
        if !self.hyphenation {
            row.hyphens = Hyphens::Whole;
        }
        if !self.old_style {
            row.figures = Figures::Lining;
        }
        if !self.small_capitals {
            row.case = Case::AsWritten;
        } else if kind.is_running_text() {
            row.acronyms = self.acronyms;
        }
    }
}

/// The paper of the PDF edition, and what stands on it besides the text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PageStyle {
    /// The size of paper.
    pub size: PageSize,
    /// The margins that the theme gives.
    pub margins: Margins,
    /// The running head.
    pub head: Furniture,
    /// The foot.
    pub foot: Furniture,
    /// The head of the first page.
    pub first_head: Furniture,
    /// The foot of the first page.
    pub first_foot: Furniture,
}

impl PageStyle {
    /// Whether some head, or some foot with more than a middle, has words in the middle: all of these have the same places then.
    #[must_use]
    pub fn has_middle(&self) -> bool {
        let heads = [&self.head, &self.first_head].into_iter();
        let feet = [&self.foot, &self.first_foot].into_iter();
        let feet = feet.filter(|foot| !foot.is_middle_alone());
        heads
            .chain(feet)
            .any(|furniture| !furniture.centre.is_empty())
    }
}

/// The margins of pages: those that a theme gives; others follow from paper and measure.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Margins {
    /// Above the text.
    pub top: Option<Pt>,
    /// Below it.
    pub bottom: Option<Pt>,
    /// Where lines start.
    pub start: Option<Pt>,
    /// Where lines end.
    pub end: Option<Pt>,
}

/// The colours of pages in a browser where its reader asks for dark ones, each against their paper.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Dark {
    /// The paper.
    pub paper: Colour,
    /// Running text.
    pub text: Colour,
    /// Title and headings.
    pub headings: Colour,
    /// The series line.
    pub accent: Colour,
    /// What stands back.
    pub quiet: Colour,
    /// Links.
    pub links: Colour,
    /// Rules.
    pub rules: Colour,
}

impl Theme {
    /// What the house puts to its pieces.
    #[must_use]
    pub fn house(&self) -> House<'_> {
        House {
            logo: self.logo.as_ref(),
            publisher_line: self.front.publisher,
            publisher: &self.publisher,
            summary: self.front.summary,
        }
    }

    /// What a field of a running head says of a piece under this theme.
    #[must_use]
    pub fn head(&self, composition: &Composition, field: HeadField) -> String {
        // A tab would lead to another part of the head.
        let words = composition.head(field).replace('\t', " ");
        match field {
            HeadField::Publisher if words.is_empty() => self.publisher.clone(),
            _ => words,
        }
    }

    /// The theme used when none is named.
    ///
    /// # Panics
    /// Never: a test reads the shipped themes.
    #[must_use]
    pub fn classic() -> Self {
        Self::named("classic").expect("the classic theme is shipped")
    }
}

/// The keys that a theme's file may have at its top.
pub(crate) fn keys() -> impl Iterator<Item = &'static str> {
    let known = read::schema()["properties"].as_object();
    let keys = known.into_iter().flat_map(|known| known.keys());
    keys.map(String::as_str)
}
