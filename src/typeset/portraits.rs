//! Portraits: beside the biography, whose lines keep clear of the picture to the last.

use crate::compose::{BlockId, Figure, TextId};
use crate::measure::picture;
use crate::theme::{Pt, Row};

use super::collector::{Collector, may_begin, strips};
use super::figures::joined;
use super::flow::Setting;
use super::layout::Placed;

/// How far a picture reaches above the small letters of the first line beside it, as a part of their leading.
const RISE: f32 = 0.2;

/// A portrait and the biography beside it.
pub(super) fn collect(
    collector: &mut Collector<'_>,
    block: BlockId,
    figure: &Figure,
    biography: TextId,
) {
    let geometry = collector.geometry;
    let image = &collector.setter.composition[figure.image];
    let (width, height) = picture(figure, image, geometry.frame).size(geometry.measure);
    let between = collector.setter.sheet.spaces.float;
    let kind = collector.setter.composition[biography].kind;
    let Row {
        leading, before, ..
    } = *collector.setter.row(kind);
    let x = geometry.left + width + between;
    let setting = Setting::new(kind, x, geometry.measure - width - between);
    let lines = collector.setter.text(biography, setting);
    let mut lines = strips(&collector.setter, biography, lines, leading);
    let rise = leading * RISE;
    // So many lines stand beside the picture, and go with it.
    let beside = ((height + rise) / leading).ceil().max(1.0) as usize;
    let count = lines.len();
    let rest = lines.split_off(beside.min(count));
    let mut first = joined(lines);
    first.content.insert(
        0,
        Placed::Image {
            block,
            x: geometry.left,
            y: rise,
            width,
            height,
        },
    );
    first.height = Pt(first.height.0.max((height + rise).0));
    first.gap = before;
    collector.push(first, true);
    for (index, line) in rest.into_iter().enumerate() {
        let begins = may_begin(beside + index, count);
        collector.push(line, begins);
    }
    collector.owe(between);
}
