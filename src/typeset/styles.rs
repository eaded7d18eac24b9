//! Styles: the rows of the theme's sheet as the setter takes them.

use crate::shape::{Features, Tracking};
use crate::theme::{Alignment, Case, Figures, Hyphens, Pt, Row, Theme};

use super::line_frame::Align;
use super::linebreak::Fill;
use super::paragraph::TextStyle;

/// A style, the distance of its baselines, and where its lines stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) text: TextStyle,
    pub(super) leading: Pt,
    pub(super) fill: Fill,
    pub(super) align: Align,
}

impl Style {
    /// The style of a row.
    pub(super) fn of(row: &Row, theme: &Theme) -> Self {
        let (fill, align) = match row.alignment {
            Alignment::Justified => (Fill::Justified, Align::Start),
            Alignment::Start => (Fill::Ragged, Align::Start),
            Alignment::Balanced => (Fill::Balanced, Align::Start),
            Alignment::Centre => (Fill::Balanced, Align::Centre),
            Alignment::End => (Fill::Ragged, Align::End),
        };
        let figures = match row.figures {
            Figures::OldStyle => Features::OLD_STYLE,
            Figures::Lining => Features::LINING,
        };
        let features = match row.case {
            Case::AsWritten => figures,
            Case::SmallCapitals => Features::SMALL_CAPITALS | figures,
            Case::AllSmallCapitals => {
                Features::SMALL_CAPITALS | Features::SMALL_FROM_CAPITALS | figures
            }
        };
        Self {
            text: TextStyle {
                family: row.face.family(&theme.faces),
                weight: row.weight,
                slant: row.slant,
                features,
                tracking: Tracking::of(row.tracking),
                size: row.size,
                colour: row.ink.colour(&theme.colours),
                links: theme.colours.links,
                acronyms: row.acronyms,
                hyphenate: row.hyphens == Hyphens::Cut,
            },
            leading: row.leading,
            fill,
            align,
        }
    }
}
