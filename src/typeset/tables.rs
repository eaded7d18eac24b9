//! Tables: columns as wide as the measure has them, rows kept whole, heads that can be repeated.

use crate::compose::{Kind, Table, TextId};
use crate::measure;
use crate::theme::Pt;

use super::collect::Collector;
use super::flow::{BASELINE, Float, Setting, Strip};
use super::layout::{Artifact, ArtifactKind, Owner, Placed};
use super::lines::{Align, SetLine};
use super::setter::at;

/// A column's place.
#[derive(Clone, Copy)]
struct PlacedColumn {
    x: Pt,
    width: Pt,
    align: Align,
}

pub(super) fn collect(collector: &mut Collector<'_>, table: &Table) {
    let columns = columns(collector, table);
    let sheet = &collector.setter.sheet;
    let (outer, inner, gap) = (sheet.table_rule, sheet.head_rule, sheet.spaces.float);
    let mut float = Float::default();
    if let Some(caption) = table.caption {
        float.lead = caption_strips(collector, caption);
    }
    let rows = table.header.len();
    for (index, row) in table.header.iter().enumerate() {
        let mut strips = self::row(collector, row, &columns, false);
        let repeated = self::row(collector, row, &columns, true);
        let drop: Pt = float.head.iter().map(|strip| strip.height).sum();
        let mut below = drop;
        for strip in repeated {
            let lines = strip.artifacts.into_iter();
            let lines = lines.map(|line| again(super::pages::lower(line, below)));
            float.repeated.extend(lines);
            below += strip.height;
        }
        if index == 0
            && let Some(first) = strips.first_mut()
        {
            first.artifacts.push(rule(collector, Pt(0.0), outer));
            float.repeated.push(again(rule(collector, Pt(0.0), outer)));
        }
        if index + 1 == rows
            && let Some(last) = strips.last_mut()
        {
            last.artifacts
                .push(rule(collector, last.height - inner, inner));
            let under = rule(collector, below - inner, inner);
            float.repeated.push(again(under));
        }
        float.head.append(&mut strips);
    }
    for row in &table.rows {
        let strips = self::row(collector, row, &columns, false);
        float.body.extend(strips);
    }
    if let Some(last) = float.body.last_mut() {
        last.artifacts.push(rule(collector, last.height, outer));
        last.height += outer;
    }
    if let Some(first) = float.lead.first_mut().or(float.head.first_mut()) {
        first.gap = gap;
    }
    collector.push_float(float);
}

fn caption_strips(collector: &mut Collector<'_>, caption: TextId) -> Vec<Strip> {
    let setting = Setting::new(
        Kind::Caption,
        collector.geometry.left,
        collector.geometry.measure,
    );
    let leading = collector.setter.style(Kind::Caption).leading;
    let lines = collector.setter.text(caption, setting);
    let strips = lines
        .into_iter()
        .map(|line| collector.setter.strip(Some(caption), line, leading));
    let mut strips: Vec<Strip> = strips.collect();
    if let Some(last) = strips.last_mut() {
        last.height += collector.setter.sheet.spaces.cell;
    }
    strips
}

fn rule(collector: &Collector<'_>, y: Pt, height: Pt) -> Artifact {
    let placed = Placed::Rule {
        x: collector.geometry.left,
        y,
        width: collector.geometry.measure,
        height,
        colour: collector.setter.theme.colours.quiet,
    };
    Artifact {
        kind: ArtifactKind::Rule,
        placed,
    }
}

/// The same as a part of a head that is shown again.
fn again(artifact: Artifact) -> Artifact {
    Artifact {
        kind: ArtifactKind::Repeated,
        ..artifact
    }
}

/// The places of the columns. The last needs no space between itself and another.
fn columns(collector: &Collector<'_>, table: &Table) -> Vec<PlacedColumn> {
    let (setter, geometry) = (&collector.setter, collector.geometry);
    let shared = measure::columns(setter.composition, setter.theme, geometry.frame, table);
    let last = shared.columns.len() - 1;
    let gutter = setter.sheet.spaces.gutter;
    let mut x = geometry.left;
    let columns = shared.columns.into_iter().enumerate();
    columns
        .map(|(index, column)| {
            let share = column.share.of(geometry.measure);
            let between = if index == last { Pt(0.0) } else { gutter };
            let align = match column.align {
                measure::Side::Start => Align::Start,
                measure::Side::End => Align::End,
            };
            let column = PlacedColumn {
                x,
                width: (share - between).max(Pt(1.0)),
                align,
            };
            x += share;
            column
        })
        .collect()
}

/// A row as one strip; as several where it is taller than a page.
fn row(
    collector: &mut Collector<'_>,
    cells: &[TextId],
    columns: &[PlacedColumn],
    artifact: bool,
) -> Vec<Strip> {
    let kind_of = |collector: &Collector<'_>, cell: TextId| collector.setter.composition[cell].kind;
    // The baselines of a row's cells are the same.
    let leadings = cells.iter().map(|cell| {
        let kind = kind_of(collector, *cell);
        collector.setter.style(kind).leading
    });
    let leading = leadings.fold(Pt(0.0), Pt::max);
    let padding = collector.setter.sheet.spaces.cell;
    let mut set: Vec<(TextId, Vec<Option<SetLine>>)> = Vec::with_capacity(cells.len());
    for (cell, column) in cells.iter().zip(columns) {
        let setting = Setting {
            align: Some(column.align),
            ..Setting::new(kind_of(collector, *cell), column.x, column.width)
        };
        let lines = if artifact {
            let text = &collector.setter.composition[*cell];
            collector.setter.spans(text, Owner::Artifact, setting)
        } else {
            collector.setter.text(*cell, setting)
        };
        set.push((*cell, lines.into_iter().map(Some).collect()));
    }
    let tallest = set
        .iter()
        .map(|(_, lines)| lines.len())
        .max()
        .unwrap_or(0)
        .max(1);
    let per_page = ((collector.geometry.depth * 0.8 - padding * 2.0) / leading)
        .floor()
        .max(1.0) as usize;
    // The words of a head stand on its rule.
    let last = cells.last().map(|cell| kind_of(collector, *cell));
    if cells.len() > 1 && last == Some(Kind::HeadCell) {
        for (_, lines) in &mut set {
            let above = tallest - lines.len();
            lines.splice(0..0, std::iter::repeat_with(|| None).take(above));
        }
    }
    let mut strips = Vec::new();
    let mut from = 0;
    while from < tallest {
        let to = (from + per_page).min(tallest);
        let mut strip = Strip {
            height: leading * (to - from) as f32 + padding * 2.0,
            may_begin: true,
            lines: (to - from) as u16,
            ..Strip::default()
        };
        for (cell, lines) in &mut set {
            for (index, line) in lines.iter_mut().enumerate().take(to).skip(from) {
                let Some(line) = line.take() else { continue };
                let one = collector
                    .setter
                    .strip((!artifact).then_some(*cell), line, leading);
                let drop = padding + leading * (index - from) as f32;
                strip.start = strip.start.or(one.start);
                strip.notes.extend(one.notes);
                for placed in one.content {
                    strip.content.push(lower(placed, drop, leading));
                }
                for artifact in one.artifacts {
                    let placed = lower(artifact.placed, drop, leading);
                    strip.artifacts.push(Artifact { placed, ..artifact });
                }
            }
        }
        strips.push(strip);
        from = to;
    }
    strips
}

fn lower(placed: Placed, drop: Pt, leading: Pt) -> Placed {
    match placed {
        Placed::Line(line) => Placed::Line(at(line, drop + leading * BASELINE)),
        other => other,
    }
}
