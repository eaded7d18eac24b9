//! Styles: how each kind of text is set, from the theme's faces, colours and measures.

use crate::theme::{Family, Slant, Theme, Weight};

use super::linebreak::Fill;
use super::paragraph::TextStyle;
use super::voice::Features;

/// The kinds of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Body,
    Series,
    Title,
    Subtitle,
    Byline,
    Credit,
    Date,
    Heading(u8),
    /// The heading of a section of the end matter.
    EndHeading,
    Affiliation,
    Source,
    Pull,
    Caption,
    Cell,
    HeadCell,
    Note,
    EndMatter,
    Furniture,
}

/// A style and the distance of its baselines, in points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) text: TextStyle,
    pub(super) leading: f32,
    pub(super) fill: Fill,
}

/// The style of a kind of text.
pub(super) fn style(theme: &Theme, role: Role) -> Style {
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
    let (text, fill) = match role {
        Role::Body => (
            TextStyle {
                hyphenate: true,
                ..text
            },
            Fill::Justified,
        ),
        Role::Series => (
            TextStyle {
                features: Features::SMALL_CAPITALS | Features::OLD_STYLE,
                tracking: 60,
                colour: colours.accent,
                weight: Weight::Semibold,
                ..base(faces.headings, measures.heading_3.0, Features::default())
            },
            Fill::Ragged,
        ),
        Role::Title => (heading(measures.title.0), Fill::Balanced),
        Role::Subtitle => (
            TextStyle {
                weight: Weight::Regular,
                slant: Slant::Italic,
                ..heading(measures.subtitle.0)
            },
            Fill::Balanced,
        ),
        Role::Byline => (text, Fill::Ragged),
        Role::Credit | Role::Date | Role::Furniture => (
            TextStyle {
                colour: colours.quiet,
                ..apparatus
            },
            Fill::Ragged,
        ),
        Role::Affiliation => (
            TextStyle {
                colour: colours.quiet,
                ..apparatus
            },
            Fill::Balanced,
        ),
        Role::Heading(level) => {
            let size = match level {
                0..=2 => measures.heading_2,
                3 => measures.heading_3,
                _ => measures.heading_4,
            };
            (
                TextStyle {
                    // The lowest rank is told from running text by its slope, not by its size.
                    slant: if level > 3 {
                        Slant::Italic
                    } else {
                        Slant::Upright
                    },
                    ..heading(size.0)
                },
                Fill::Balanced,
            )
        }
        Role::EndHeading => (heading(measures.heading_3.0), Fill::Ragged),
        Role::Source => (
            TextStyle {
                colour: colours.quiet,
                ..small
            },
            Fill::Ragged,
        ),
        Role::Pull => (
            TextStyle {
                weight: Weight::Regular,
                slant: Slant::Italic,
                ..heading(measures.subtitle.0)
            },
            Fill::Balanced,
        ),
        Role::Caption | Role::Cell => (apparatus, Fill::Ragged),
        Role::HeadCell => (
            TextStyle {
                weight: Weight::Semibold,
                ..apparatus
            },
            Fill::Ragged,
        ),
        Role::Note | Role::EndMatter => (
            TextStyle {
                hyphenate: true,
                ..small
            },
            Fill::Justified,
        ),
    };
    Style {
        text,
        leading: leading(role, text.size, grid),
        fill,
    }
}

/// Running text stands on the grid; small text closer; headings on quarters of the grid that leave them room.
fn leading(role: Role, size: f32, grid: f32) -> f32 {
    match role {
        Role::Body | Role::Byline => grid,
        Role::Heading(_)
        | Role::EndHeading
        | Role::Title
        | Role::Subtitle
        | Role::Pull
        | Role::Series => {
            let quarter = grid / 4.0;
            (size * 1.14 / quarter).ceil() * quarter
        }
        _ => size * 1.32,
    }
}
