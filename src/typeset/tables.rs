//! Tables: columns as wide as the measure has them, rows kept whole, heads that can be repeated.

use crate::compose::{Kind, Table, TextId};
use crate::diagnostic::FieldPath;
use crate::measure::{self, Columns, Orientation};
use crate::theme::Pt;

use super::TypesetError;
use super::collector::Collector;
use super::flow::{self, BASELINE, Float, Strip};
use super::geometry::Geometry;
use super::layout::{Artifact, ArtifactKind, Owner, Placed};
use super::line_frame::Align;
use super::lines::SetLine;
use super::setter::at;

/// A column's place.
#[derive(Clone, Copy)]
struct PlacedColumn {
    x: Pt,
    width: Pt,
    align: Align,
}

/// A table that is being set, and where it stands.
struct Setting<'a> {
    /// The frame of the pages that it stands on.
    geometry: Geometry,
    shared: Columns,
    columns: Vec<PlacedColumn>,
    table: &'a Table,
}

/// Which row is set, and for whom.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Head,
    /// The head once more, for the eye alone.
    Again,
    Body(usize),
}

pub(super) fn collect(collector: &mut Collector<'_>, table: &Table) {
    let setting = Setting::of(collector, table);
    if let Some(lack) = setting.shared.lack {
        let composition = collector.setter.composition;
        let origin = |cell: Option<TextId>| {
            let cell = cell.map(|cell| composition[cell].origin.clone());
            cell.unwrap_or_else(FieldPath::root)
        };
        let error = match lack.narrow {
            Some(narrow) => TypesetError::ColumnTooNarrow {
                column: narrow.column + 1,
                given: narrow.given,
                needed: narrow.needed,
                origin: origin(narrow.longest),
            },
            None => TypesetError::TableTooWide {
                columns: table.width(),
                needed: lack.needed.0.ceil() as u32,
                room: lack.room.0.floor() as u32,
                origin: origin(lack.widest),
            },
        };
        collector.setter.refuse(error);
    }
    let sheet = &collector.setter.sheet;
    let (outer, inner) = (sheet.table_rule, sheet.head_rule);
    let (gap, cell) = (sheet.spaces.float, sheet.spaces.cell);
    let mut float = Float {
        page: setting.shared.page,
        ..Float::default()
    };
    if let Some(caption) = table.caption {
        float.lead = setting.caption(collector, caption);
    }
    let rows = table.header.len();
    // A rule that is thicker than the space around the words has room of its own.
    let room = |rule: Pt| (rule - cell).max(Pt(0.0));
    let (above, under) = (room(outer), room(inner));
    for (index, row) in table.header.iter().enumerate() {
        let is_first = index == 0;
        let is_last = index + 1 == rows;
        let with_room = |mut strips: Vec<Strip>| {
            if let Some(first) = strips.first_mut().filter(|_| is_first && above > Pt(0.0)) {
                *first = with_room_above(std::mem::take(first), above);
            }
            if let Some(last) = strips.last_mut().filter(|_| is_last) {
                last.height += under;
            }
            strips
        };
        let mut strips = with_room(setting.row(collector, row, Place::Head));
        let repeated = with_room(setting.row(collector, row, Place::Again));
        let drop: Pt = float.head.iter().map(|strip| strip.height).sum();
        let mut below = drop;
        for strip in repeated {
            let lines = strip.artifacts.into_iter();
            let lines = lines.map(|line| again(super::lowered::lower(line, below)));
            float.repeated.extend(lines);
            below += strip.height;
        }
        if index == 0
            && let Some(first) = strips.first_mut()
        {
            first
                .artifacts
                .push(setting.rule(collector, Pt(0.0), outer));
            let over = setting.rule(collector, Pt(0.0), outer);
            float.repeated.push(again(over));
        }
        if index + 1 == rows
            && let Some(last) = strips.last_mut()
        {
            let under = setting.rule(collector, last.height - inner, inner);
            last.artifacts.push(under);
            let under = setting.rule(collector, below - inner, inner);
            float.repeated.push(again(under));
        }
        float.head.append(&mut strips);
    }
    for (index, row) in table.rows.iter().enumerate() {
        let strips = setting.row(collector, row, Place::Body(index));
        float.body.extend(strips);
    }
    if let Some(last) = float.body.last_mut() {
        let under = setting.rule(collector, last.height, outer);
        last.artifacts.push(under);
        last.height += outer;
    }
    if let Some(first) = float.lead.first_mut().or(float.head.first_mut()) {
        first.gap = gap;
    }
    collector.push_float(float);
}

/// The same as a part of a head that is shown again.
fn again(artifact: Artifact) -> Artifact {
    Artifact {
        kind: ArtifactKind::Repeated,
        ..artifact
    }
}

/// A strip with room above what stands in it.
fn with_room_above(strip: Strip, room: Pt) -> Strip {
    let content = strip.content.into_iter();
    let artifacts = strip.artifacts.into_iter();
    Strip {
        height: strip.height + room,
        content: content
            .map(|placed| super::lowered::lowered(placed, room))
            .collect(),
        artifacts: artifacts
            .map(|artifact| super::lowered::lower(artifact, room))
            .collect(),
        ..strip
    }
}

impl<'a> Setting<'a> {
    fn of(collector: &Collector<'_>, table: &'a Table) -> Self {
        let (setter, upright) = (&collector.setter, collector.geometry);
        let shared = measure::columns(setter.composition, setter.theme, upright.frame, table);
        let geometry = match shared.page {
            Orientation::Upright => upright,
            Orientation::Turned => upright.turned(),
        };
        let first = table.header.iter().flatten().next();
        let turned = first.is_some_and(|cell| setter.is_turned(*cell));
        let columns = places(&shared, geometry, turned);
        Self {
            geometry,
            shared,
            columns,
            table,
        }
    }

    fn caption(&self, collector: &mut Collector<'_>, caption: TextId) -> Vec<Strip> {
        let (left, measure) = (self.geometry.left, self.geometry.measure);
        let setting = flow::Setting::new(Kind::Caption, left, measure);
        let leading = collector.setter.row_of(caption).leading;
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

    fn rule(&self, collector: &Collector<'_>, y: Pt, height: Pt) -> Artifact {
        let placed = Placed::Rule {
            x: self.geometry.left,
            y,
            width: self.geometry.measure,
            height,
            colour: collector.setter.theme.colours.quiet,
        };
        Artifact {
            kind: ArtifactKind::Rule,
            placed,
        }
    }

    /// How the words of a cell of a kind stand in a column.
    fn cell(
        &self,
        collector: &Collector<'_>,
        kind: Kind,
        place: Place,
        column: usize,
    ) -> flow::Setting {
        let PlacedColumn { x, width, align } = self.columns[column];
        let scale = self.shared.scale;
        let inset = match place {
            Place::Body(row) => {
                let size = collector.setter.style(kind).text.size * scale;
                self.shared.inset(row, column) * size
            }
            Place::Head | Place::Again => Pt(0.0),
        };
        let x = match align {
            Align::Start => x + inset,
            Align::Centre | Align::End => x,
        };
        flow::Setting {
            align: Some(align),
            scale,
            ..flow::Setting::new(kind, x, (width - inset).max(Pt(1.0)))
        }
    }

    /// A row as one strip; as several where it is taller than a page.
    fn row(&self, collector: &mut Collector<'_>, cells: &[TextId], place: Place) -> Vec<Strip> {
        let kind_of =
            |collector: &Collector<'_>, cell: TextId| collector.setter.composition[cell].kind;
        // The baselines of a row's cells are the same.
        let leadings = cells
            .iter()
            .map(|cell| collector.setter.row_of(*cell).leading);
        let leading = leadings.fold(Pt(0.0), Pt::max) * self.shared.scale;
        let padding = collector.setter.sheet.spaces.cell;
        let mut set: Vec<(TextId, Vec<Option<SetLine>>)> = Vec::with_capacity(cells.len());
        for (column, cell) in cells.iter().enumerate().take(self.columns.len()) {
            let kind = kind_of(collector, *cell);
            let setting = self.cell(collector, kind, place, column);
            let lines = if place == Place::Again {
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
        let per_page = ((self.geometry.depth * 0.8 - padding * 2.0) / leading)
            .floor()
            .max(1.0) as usize;
        // The words of a head stand on its rule.
        if self.table.width() > 1 && !matches!(place, Place::Body(_)) {
            for (_, lines) in &mut set {
                let above = tallest - lines.len();
                lines.splice(0..0, std::iter::repeat_with(|| None).take(above));
            }
        }
        let mut strips = Vec::new();
        let mut from = 0;
        while from < tallest {
            let to = (from + per_page).min(tallest);
            // A row that is cut is one row: nothing but its lines stands where it goes on.
            let above = if from == 0 { padding } else { Pt(0.0) };
            let below = if to == tallest { padding } else { Pt(0.0) };
            let mut strip = Strip {
                height: leading * (to - from) as f32 + above + below,
                may_begin: true,
                lines: (to - from) as u16,
                ..Strip::default()
            };
            for (cell, lines) in &mut set {
                for (index, line) in lines.iter_mut().enumerate().take(to).skip(from) {
                    let Some(line) = line.take() else { continue };
                    let owner = (place != Place::Again).then_some(*cell);
                    let one = collector.setter.strip(owner, line, leading);
                    let drop = above + leading * (index - from) as f32;
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
}

/// The places of the columns. The last needs no space between itself and another.
fn places(shared: &Columns, geometry: Geometry, turned: bool) -> Vec<PlacedColumn> {
    let last = shared.columns.len() - 1;
    let mut from = geometry.left;
    let columns = shared.columns.iter().enumerate();
    columns
        .map(|(index, column)| {
            let share = column.share.of(geometry.measure);
            let between = if index == last {
                Pt(0.0)
            } else {
                shared.gutter
            };
            let align = match column.align {
                measure::Side::Start => Align::Start,
                measure::Side::Centre => Align::Centre,
                measure::Side::End => Align::End,
            };
            let width = (share - between).max(Pt(1.0));
            // The columns of a table of the other direction follow each other from the other side.
            let x = match turned {
                false => from,
                true => geometry.left + geometry.left + geometry.measure - from - width,
            };
            from += share;
            PlacedColumn { x, width, align }
        })
        .collect()
}

fn lower(placed: Placed, drop: Pt, leading: Pt) -> Placed {
    match placed {
        Placed::Line(line) => Placed::Line(at(line, drop + leading * BASELINE)),
        other => other,
    }
}
