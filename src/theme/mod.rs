//! Themes: the faces, colours and measures that every edition reads.

mod fields;
mod house_faces;
mod load;
mod read;
mod recipe;
mod sheet;
mod standard;
mod units;

use std::sync::Arc;

use crate::fonts::FaceSet;

pub use crate::fonts::{Family, Slant, Weight};
pub use load::{LoadedTheme, ThemeError};
pub use sheet::{Alignment, Case, FaceRole, Figures, Hyphens, Ink, Row, Sheet, Spaces, script_of};
pub use standard::PdfStandard;
pub use units::{Colour, Em, Pt};

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
    /// What concerns the DOCX edition alone.
    pub docx: Docx,
}

/// What a theme says of the DOCX edition alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Docx {
    /// Whether the file carries its faces; without them it names those that a machine may have.
    pub embed_faces: bool,
}

/// Which family is used for what.
#[derive(Debug, Clone, PartialEq)]
pub struct Faces {
    /// Running text.
    pub text: Family,
    /// Title and headings.
    pub headings: Family,
    /// Running head, folio, captions, tables.
    pub apparatus: Family,
}

/// The colours, each against `paper` (or `cover-paper`) with a contrast of 4.5:1 at least, rules excepted.
#[derive(Debug, Clone, PartialEq)]
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
}

/// Sizes and distances of type. Running text stands on a grid of `leading`; what is set off returns to it.
#[derive(Debug, Clone, PartialEq)]
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

/// The sizes of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum PageSize {
    /// ISO 216 A4, 210 mm by 297 mm.
    #[default]
    A4,
    /// US Letter, 8.5 in by 11 in.
    Letter,
}

impl PageSize {
    /// Width and height.
    #[must_use]
    pub fn dimensions(self) -> (Pt, Pt) {
        match self {
            Self::A4 => (Pt(595.276), Pt(841.89)),
            Self::Letter => (Pt(612.0), Pt(792.0)),
        }
    }
}

impl Theme {
    /// The theme used when none is named.
    ///
    /// # Panics
    /// Never: a test reads the shipped themes.
    #[must_use]
    pub fn classic() -> Self {
        Self::named("classic").expect("the classic theme is shipped")
    }
}
