//! Lists: the label of each item in the indent before its first line.

use crate::compose::{Content, Item, ItemId, Kind};
use crate::theme::Pt;

use super::collector::{Collector, TextColumn};
use super::flow::{BASELINE, Setting, Strip};
use super::layout::{Owner, Placed};
use super::line_frame::Align;
use super::linebreak::Fill;
use super::setter::at;

pub(super) fn collect(collector: &mut Collector<'_>, items: &[Item], outer: TextColumn) {
    let indent = indent(collector);
    let composition = collector.setter.composition;
    let turned = composition.list_column(items) != composition.record.direction;
    let column = outer.within(indent, Pt(0.0), turned);
    collector.owe(Pt(0.0));
    let between = collector.setter.row(Kind::ListText).between;
    for (index, item) in items.iter().enumerate() {
        if index > 0 && between > Pt(0.0) {
            collector.owe(between);
        }
        let mut waiting = Some((item.id, item.label.as_str()));
        for block in &item.blocks {
            collector.follows = false;
            if let Content::Paragraph(text) = &block.kind {
                collector.paragraph(*text, column, waiting.take());
                continue;
            }
            alone(collector, waiting.take(), column, turned);
            match &block.kind {
                Content::List { items, .. } => collect(collector, items, column),
                content => collector.content(block.id, content, column),
            }
        }
        alone(collector, waiting, column, turned);
    }
    collector.owe(Pt(0.0));
}

/// The label of a list's item, in the indent of its column.
pub(super) fn label(
    collector: &mut Collector<'_>,
    item: ItemId,
    label: &str,
    column: TextColumn,
    turned: bool,
    leading: Pt,
) -> Placed {
    let width = indent(collector);
    let gap = width * 0.35;
    // It ends before the text begins.
    let (x, align) = match turned {
        false => (column.x - width * 2.0, Align::End),
        true => (column.x + column.measure + gap, Align::Start),
    };
    let setting = Setting {
        align: Some(align),
        fill: Some(Fill::Ragged),
        ..Setting::new(Kind::ListText, x, width * 2.0 - gap)
    };
    let owner = Owner::Label(item);
    let mut lines = collector.setter.literal(label, owner, setting);
    let line = lines.remove(0).line;
    Placed::Line(at(line, leading * BASELINE))
}

/// An item that begins with no paragraph has its label on a line of its own.
fn alone(
    collector: &mut Collector<'_>,
    waiting: Option<(ItemId, &str)>,
    column: TextColumn,
    turned: bool,
) {
    let Some((item, words)) = waiting else {
        return;
    };
    let leading = collector.setter.style(Kind::ListText).leading;
    let line = label(collector, item, words, column, turned, leading);
    let strip = Strip {
        height: leading,
        lines: 1,
        content: vec![line],
        ..Strip::default()
    };
    collector.push(strip, true);
    collector.bound = collector.bound.max(1);
}

fn indent(collector: &Collector<'_>) -> Pt {
    collector.setter.row(Kind::ListText).inset_start
}
