//! The notes of a piece as strips, each with its mark before its first line.

use crate::compose::{Kind, Note, NoteId};
use crate::theme::{Pt, Row};

use super::flow::{BASELINE, Setting, Strip};
use super::geometry::Geometry;
use super::layout::{Owner, Placed};
use super::line_frame::Align;
use super::linebreak::Fill;
use super::setter::{Setter, at};

/// A mark that is wider than its indent stands so far before the words, as a part of their size.
const BESIDE: f32 = 0.3;

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
        size,
        inset_start: indent,
        ..
    } = *setter.row_of(note.text);
    // Whatever alignment the note has, its label stands where lines start.
    let mark = Setting {
        align: Some(Align::Start),
        fill: Some(Fill::Ragged),
        ..Setting::new(Kind::Note, left, indent * 3.0)
    };
    let mut label = setter.literal(&note.mark, Owner::NoteLabel(id), mark);
    // A mark of many figures has no room in the indent: the first line begins behind it.
    let wide = label.first().map_or(Pt(0.0), |line| line.line.width);
    let further = match wide > indent {
        true => wide + size * BESIDE - indent,
        false => Pt(0.0),
    };
    let words = Setting {
        indent: further,
        ..Setting::new(Kind::Note, left + indent, measure - indent)
    };
    let lines = setter.text(note.text, words).into_iter();
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
