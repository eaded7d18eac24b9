//! The title block on the first page.

use crate::compose::{Kind, TextId};
use crate::theme::Pt;

use super::collect::Collector;
use super::flow::{Setting, Strip};
use super::layout::Placed;

/// The thickness of rules in points.
pub(super) const HAIRLINE: f32 = 0.6;

pub(super) fn collect(collector: &mut Collector<'_>) {
    let block = &collector.setter.composition.title_block;
    line(collector, block.series, Kind::Series, 0.0);
    line(collector, block.title.text, Kind::Title, 0.6);
    if let Some(subtitle) = block.subtitle {
        line(collector, subtitle, Kind::Subtitle, 0.3);
    }
    if let Some(byline) = block.byline {
        line(collector, byline, Kind::Byline, 0.7);
    }
    for credit in &block.credits {
        line(collector, *credit, Kind::Credit, 0.1);
    }
    line(collector, block.date, Kind::Date, 0.25);
    rule(collector);
    collector.after(1.0);
}

fn line(collector: &mut Collector<'_>, text: TextId, kind: Kind, gap: f32) {
    let setting = Setting::new(kind, collector.geometry.left, collector.geometry.measure);
    collector.plain(text, setting, gap);
}

fn rule(collector: &mut Collector<'_>) {
    let rule = Placed::Rule {
        x: Pt(collector.geometry.left),
        y: Pt(0.0),
        width: Pt(collector.geometry.measure),
        height: Pt(HAIRLINE),
        colour: collector.setter.theme.colours.rules,
    };
    let strip = Strip {
        gap: 0.9 * collector.grid(),
        height: HAIRLINE,
        artifacts: vec![rule],
        ..Strip::default()
    };
    collector.push(strip, false);
}
