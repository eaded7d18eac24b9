//! Pull quotes: lines beside a bar, whole where they can be.

use crate::compose::{Kind, Reading, TextId};
use crate::theme::{Pt, Row};

use super::collector::{Collector, may_begin};
use super::flow::{BASELINE, Setting, Strip};
use super::layout::{Artifact, ArtifactKind, Owner, PageStart, Placed};
use super::setter::at;

/// The greatest height of a pull quote that stays whole, as a fraction of the page's text.
const LONGEST: f32 = 0.4;

/// A pull quote: an artifact where it is shown again for the eye.
pub(super) fn collect(collector: &mut Collector<'_>, id: TextId) {
    let Row {
        inset_start,
        inset_end,
        before,
        after,
        leading,
        ..
    } = *collector.setter.row_of(id);
    let composition = collector.setter.composition;
    let text = &composition[id];
    let owner = match text.reading {
        Reading::Text => Owner::Text(id),
        Reading::Decoration => Owner::Artifact,
    };
    let (left, measure) = (collector.geometry.left, collector.geometry.measure);
    let inset = inset_start + inset_end;
    // The bar stands where its lines start.
    let width = collector.setter.sheet.pull_bar;
    let (x, bar_x) = match collector.setter.is_turned(id) {
        false => (left + inset_start, left),
        true => (left + inset_end, left + measure - width),
    };
    let setting = Setting::new(Kind::Pull, x, measure - inset);
    let lines = collector.setter.spans(text, owner, setting);
    // A short one stays whole; a long one goes from page to page as text does.
    let count = lines.len();
    let long = leading * count as f32 > collector.geometry.depth * LONGEST;
    let each = if long { 1 } else { count.max(1) };
    let bar = collector.setter.theme.colours.accent;
    let mut lines = lines.into_iter();
    for first in (0..count).step_by(each) {
        let top = if first == 0 { leading * 0.1 } else { Pt(0.0) };
        let mut strip = Strip {
            gap: if first == 0 { before } else { Pt(0.0) },
            ..Strip::default()
        };
        for line in lines.by_ref().take(each) {
            let baseline = strip.height + leading * BASELINE;
            if text.reading == Reading::Text {
                let start = line.start.map(|byte| PageStart {
                    text: id,
                    byte: byte as usize,
                });
                strip.start = strip.start.or(start);
                strip
                    .notes
                    .extend(collector.setter.first_references(text, &line));
                strip.content.push(Placed::Line(at(line.line, baseline)));
            } else {
                let placed = Placed::Line(at(line.line, baseline));
                strip.artifacts.push(decoration(placed));
            }
            strip.height += leading;
            strip.lines += 1;
        }
        strip.artifacts.push(decoration(Placed::Rule {
            x: bar_x,
            y: top,
            width,
            height: strip.height - top,
            colour: bar,
        }));
        collector.push(strip, may_begin(first, count) || !long);
    }
    collector.owe(after);
}

/// What is there for the eye alone.
fn decoration(placed: Placed) -> Artifact {
    let kind = ArtifactKind::Decoration;
    Artifact { kind, placed }
}
