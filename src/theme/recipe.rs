//! How each row of the style sheet follows from a theme's measures: the table of looks.

use super::row::{Acronyms, Alignment, Case, FaceRole, Figures, Hyphens, Ink, Row};
use super::{Em, Measures, Pt, Separation, Slant, Weight};
use crate::compose::Kind;

/// A row before the theme's measures are known. Spaces are in lines of running text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Recipe {
    face: FaceRole,
    weight: Weight,
    slant: Slant,
    case: Case,
    tracking: Em,
    figures: Figures,
    size: fn(&Measures) -> Pt,
    leading: Leading,
    before: f32,
    after: f32,
    alignment: Alignment,
    ink: Ink,
    inset: Inset,
    indent: Indent,
    hyphens: Hyphens,
}

/// The distance of baselines.
#[derive(Debug, Clone, Copy)]
enum Leading {
    /// That of running text.
    Grid,
    /// Whole quarters of it that leave the type room.
    Quarters,
    /// Close, for small text.
    Close,
}

/// How far lines stand in.
#[derive(Debug, Clone, Copy)]
enum Inset {
    None,
    /// At both edges: somewhat more than the first line of a paragraph.
    Both,
    /// At the start, by so much of the size: room for a label.
    Label(Em),
}

/// Whether the first line stands in where its like stands above.
#[derive(Debug, Clone, Copy)]
enum Indent {
    None,
    Following,
}

/// Running text.
const TEXT: Recipe = Recipe {
    face: FaceRole::Text,
    weight: Weight::Regular,
    slant: Slant::Upright,
    case: Case::AsWritten,
    tracking: Em(0.0),
    figures: Figures::OldStyle,
    size: |measures| measures.text,
    leading: Leading::Grid,
    before: 0.0,
    after: 0.0,
    alignment: Alignment::Justified,
    ink: Ink::Text,
    inset: Inset::None,
    indent: Indent::Following,
    hyphens: Hyphens::Cut,
};

/// Running text set small.
const SMALL: Recipe = Recipe {
    size: |measures| measures.small,
    leading: Leading::Close,
    ..TEXT
};

/// Whatever stands beside the author's words.
const APPARATUS: Recipe = Recipe {
    face: FaceRole::Apparatus,
    figures: Figures::Lining,
    alignment: Alignment::Start,
    indent: Indent::None,
    hyphens: Hyphens::Whole,
    ..SMALL
};

const HEADING: Recipe = Recipe {
    face: FaceRole::Headings,
    weight: Weight::Semibold,
    figures: Figures::Lining,
    leading: Leading::Quarters,
    after: 0.25,
    alignment: Alignment::Balanced,
    ink: Ink::Headings,
    indent: Indent::None,
    hyphens: Hyphens::Whole,
    ..TEXT
};

/// The lowest rank is told from running text by its slope, not by its size.
const LOWEST_HEADING: Recipe = Recipe {
    slant: Slant::Italic,
    size: |measures| measures.heading_4,
    before: 0.75,
    ..HEADING
};

/// How a kind of text is set.
pub(super) fn recipe(kind: Kind) -> Recipe {
    match kind {
        Kind::Series => Recipe {
            case: Case::SmallCapitals,
            tracking: Em(0.06),
            figures: Figures::OldStyle,
            size: |measures| measures.heading_3,
            after: 0.0,
            alignment: Alignment::Start,
            ink: Ink::Accent,
            ..HEADING
        },
        Kind::Title => Recipe {
            size: |measures| measures.title,
            before: 0.6,
            after: 0.0,
            ..HEADING
        },
        Kind::Subtitle => Recipe {
            weight: Weight::Regular,
            slant: Slant::Italic,
            size: |measures| measures.subtitle,
            before: 0.3,
            after: 0.0,
            ..HEADING
        },
        Kind::Byline => Recipe {
            before: 0.7,
            alignment: Alignment::Start,
            indent: Indent::None,
            hyphens: Hyphens::Whole,
            ..TEXT
        },
        Kind::Credit => Recipe {
            before: 0.1,
            ink: Ink::Quiet,
            ..APPARATUS
        },
        Kind::Date => Recipe {
            before: 0.25,
            after: 1.0,
            ink: Ink::Quiet,
            ..APPARATUS
        },
        Kind::Heading2 => Recipe {
            size: |measures| measures.heading_2,
            before: 1.5,
            ..HEADING
        },
        Kind::Heading3 => Recipe {
            size: |measures| measures.heading_3,
            before: 0.75,
            ..HEADING
        },
        Kind::Heading4 | Kind::EndSubheading => LOWEST_HEADING,
        Kind::EndHeading => Recipe {
            size: |measures| measures.heading_3,
            before: 1.25,
            alignment: Alignment::Start,
            ..HEADING
        },
        Kind::Affiliation => Recipe {
            before: 0.1,
            after: 0.3,
            alignment: Alignment::Balanced,
            ink: Ink::Quiet,
            ..APPARATUS
        },
        Kind::Paragraph => TEXT,
        Kind::Quote => Recipe {
            before: 0.5,
            after: 0.5,
            inset: Inset::Both,
            ..TEXT
        },
        Kind::QuoteSource => Recipe {
            before: 0.1,
            after: 0.5,
            alignment: Alignment::End,
            ink: Ink::Quiet,
            inset: Inset::Both,
            indent: Indent::None,
            hyphens: Hyphens::Whole,
            ..SMALL
        },
        Kind::Pull => Recipe {
            weight: Weight::Regular,
            slant: Slant::Italic,
            size: |measures| measures.subtitle,
            before: 0.75,
            after: 0.75,
            inset: Inset::Both,
            ..HEADING
        },
        Kind::ListText => Recipe {
            before: 0.5,
            after: 0.5,
            inset: Inset::Label(Em(1.6)),
            indent: Indent::None,
            ..TEXT
        },
        Kind::FigureCredit => Recipe {
            ink: Ink::Quiet,
            ..APPARATUS
        },
        Kind::Caption | Kind::Cell => APPARATUS,
        Kind::HeadCell | Kind::RowHead => Recipe {
            weight: Weight::Semibold,
            ..APPARATUS
        },
        Kind::Note => Recipe {
            inset: Inset::Label(Em(1.4)),
            indent: Indent::None,
            ..SMALL
        },
        Kind::EndMatter => Recipe {
            before: 0.25,
            indent: Indent::None,
            ..SMALL
        },
        Kind::Furniture => Recipe {
            ink: Ink::Quiet,
            ..APPARATUS
        },
    }
}

impl Recipe {
    /// The row under a theme's measures, in another size where one is given.
    pub(super) fn row(&self, measures: &Measures, size: Option<Pt>, parted: Separation) -> Row {
        let size = size.unwrap_or_else(|| (self.size)(measures));
        let line = measures.leading;
        let leading = self.leading.of(size, line);
        let between = match (self.indent, parted) {
            (Indent::None, _) => Pt(0.0),
            (Indent::Following, Separation::Space(space)) => space,
            (Indent::Following, Separation::Indent) if measures.indent == Pt(0.0) => leading * 0.5,
            (Indent::Following, Separation::Indent) => Pt(0.0),
        };
        let (inset_start, inset_end) = match self.inset {
            Inset::None => (Pt(0.0), Pt(0.0)),
            Inset::Both => (set_off(measures), set_off(measures)),
            Inset::Label(room) => (room * size, Pt(0.0)),
        };
        Row {
            face: self.face,
            weight: self.weight,
            slant: self.slant,
            case: self.case,
            acronyms: Acronyms::Capitals,
            tracking: self.tracking,
            figures: self.figures,
            size,
            leading,
            before: line * self.before,
            after: line * self.after,
            between,
            alignment: self.alignment,
            ink: self.ink,
            inset_start,
            inset_end,
            indent: match self.indent {
                Indent::None => Pt(0.0),
                Indent::Following => measures.indent,
            },
            hyphens: self.hyphens,
        }
    }
}

/// How far lines stand in that are set off: somewhat more than the first line of a paragraph, or than a line where that does not.
fn set_off(measures: &Measures) -> Pt {
    let step = if measures.indent == Pt(0.0) {
        measures.leading
    } else {
        measures.indent
    };
    step * 1.2
}

impl Leading {
    fn of(self, size: Pt, line: Pt) -> Pt {
        match self {
            Self::Grid => line,
            Self::Quarters => {
                let quarter = line.0 / 4.0;
                Pt((size.0 * 1.14 / quarter).ceil() * quarter)
            }
            Self::Close => size * 1.32,
        }
    }
}
