//! The notes of a piece as strips, each with its mark before its first line.

use crate::compose::{Kind, Note, NoteId};
use crate::theme::Row;

use super::flow::{BASELINE, Setting, Strip};
use super::geometry::Geometry;
use super::layout::{Owner, Placed};
use super::line_frame::Align;
use super::linebreak::Fill;
use super::setter::{Setter, at};

/// The strips of one note.
pub(super) fn strips(
    setter: &mut Setter<'_>,
    geometry: Geometry,
    id: NoteId,
    note: &Note,
) -> Vec<Strip> {
    let (left, measure) = (geometry.left, geometry.measure);
    let Row {
        leading,
        inset_start: indent,
        ..
    } = *setter.row_of(note.text);
    let words = Setting::new(Kind::Note, left + indent, measure - indent);
    let lines = setter.text(note.text, words);
    // Whatever alignment the note has, its label stands where lines start.
    let mark = Setting {
        align: Some(Align::Start),
        fill: Some(Fill::Ragged),
        ..Setting::new(Kind::Note, left, indent * 3.0)
    };
    let mut label = setter.literal(&note.mark, Owner::NoteLabel(id), mark);
    let lines = lines.into_iter();
    let mut strips: Vec<Strip> = lines
        .map(|line| Strip {
            start: None,
            ..setter.strip(Some(note.text), line, leading)
        })
        .collect();
    if let Some(first) = strips.first_mut() {
        let line = at(label.remove(0).line, leading * BASELINE);
        first.content.insert(0, Placed::Line(line));
    }
    strips
}
