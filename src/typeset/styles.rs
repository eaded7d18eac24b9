//! Styles: how each kind of text is set, from the theme's faces, colours and measures.

use crate::compose::Kind;
use crate::theme::{Family, Slant, Theme, Weight};

use super::linebreak::Fill;
use super::paragraph::TextStyle;
use super::voice::Features;

/// A style and the distance of its baselines, in points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) text: TextStyle,
    pub(super) leading: f32,
    pub(super) fill: Fill,
}

/// The style of a kind of text.
pub(super) fn style(theme: &Theme, kind: Kind) -> Style {
    let (faces, colours, measures) = (&theme.faces, &theme.colours, &theme.measures);
    let grid = measures.leading.0;
    let base = |family: Family, size: f32, features: Features| TextStyle {
        family,
        weight: Weight::Regular,
        slant: Slant::Upright,
        features,
        tracking: 0,
        size,
        colour: colours.text,
        links: colours.links,
        hyphenate: false,
    };
    let text = base(faces.text, measures.text.0, Features::OLD_STYLE);
    let small = base(faces.text, measures.small.0, Features::OLD_STYLE);
    let apparatus = base(faces.apparatus, measures.small.0, Features::LINING);
    let heading = |size: f32| TextStyle {
        weight: Weight::Semibold,
        colour: colours.headings,
        ..base(faces.headings, size, Features::LINING)
    };
    let (text, fill) = match kind {
        Kind::Paragraph | Kind::Quote | Kind::ListText => (
            TextStyle {
                hyphenate: true,
                ..text
            },
            Fill::Justified,
        ),
        Kind::Series => (
            TextStyle {
                features: Features::SMALL_CAPITALS | Features::OLD_STYLE,
                tracking: 60,
                colour: colours.accent,
                weight: Weight::Semibold,
                ..base(faces.headings, measures.heading_3.0, Features::default())
            },
            Fill::Ragged,
        ),
        Kind::Title => (heading(measures.title.0), Fill::Balanced),
        Kind::Subtitle => (
            TextStyle {
                weight: Weight::Regular,
                slant: Slant::Italic,
                ..heading(measures.subtitle.0)
            },
            Fill::Balanced,
        ),
        Kind::Byline => (text, Fill::Ragged),
        Kind::Credit | Kind::Date | Kind::FigureCredit | Kind::Furniture => (
            TextStyle {
                colour: colours.quiet,
                ..apparatus
            },
            Fill::Ragged,
        ),
        Kind::Affiliation => (
            TextStyle {
                colour: colours.quiet,
                ..apparatus
            },
            Fill::Balanced,
        ),
        Kind::Heading2 => (heading(measures.heading_2.0), Fill::Balanced),
        Kind::Heading3 => (heading(measures.heading_3.0), Fill::Balanced),
        Kind::Heading4 | Kind::EndSubheading => (
            TextStyle {
                // The lowest rank is told from running text by its slope, not by its size.
                slant: Slant::Italic,
                ..heading(measures.heading_4.0)
            },
            Fill::Balanced,
        ),
        Kind::EndHeading => (heading(measures.heading_3.0), Fill::Ragged),
        Kind::QuoteSource => (
            TextStyle {
                colour: colours.quiet,
                ..small
            },
            Fill::Ragged,
        ),
        Kind::Pull => (
            TextStyle {
                weight: Weight::Regular,
                slant: Slant::Italic,
                ..heading(measures.subtitle.0)
            },
            Fill::Balanced,
        ),
        Kind::Caption | Kind::Cell => (apparatus, Fill::Ragged),
        Kind::HeadCell => (
            TextStyle {
                weight: Weight::Semibold,
                ..apparatus
            },
            Fill::Ragged,
        ),
        Kind::Note | Kind::EndMatter => (
            TextStyle {
                hyphenate: true,
                ..small
            },
            Fill::Justified,
        ),
    };
    Style {
        text,
        leading: leading(kind, text.size, grid),
        fill,
    }
}

/// Running text stands on the grid; small text closer; headings on quarters of the grid that leave them room.
fn leading(kind: Kind, size: f32, grid: f32) -> f32 {
    match kind {
        Kind::Paragraph | Kind::Quote | Kind::ListText | Kind::Byline => grid,
        Kind::Heading2
        | Kind::Heading3
        | Kind::Heading4
        | Kind::EndSubheading
        | Kind::EndHeading
        | Kind::Title
        | Kind::Subtitle
        | Kind::Pull
        | Kind::Series => {
            let quarter = grid / 4.0;
            (size * 1.14 / quarter).ceil() * quarter
        }
        _ => size * 1.32,
    }
}
