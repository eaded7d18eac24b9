//! The colophon: small, together, and at the foot of the last page where that has room for it.

use crate::compose::{BlockKind, Content, Kind, Section};
use crate::theme::Pt;

use super::collector::Collector;
use super::flow::{Flow, Strip};
use super::layout::{Artifact, ArtifactKind, Placed};
use super::paginate::{Depth, end};
use super::plan::{Plan, StripId};

/// What is taller than this part of a page goes from page to page as text does.
const TALLEST: f32 = 0.5;

pub(super) fn collect(collector: &mut Collector<'_>, section: &Section) {
    let geometry = collector.geometry;
    let mut strips = vec![rule(collector)];
    for block in &section.blocks {
        let BlockKind::Content(Content::Paragraph(text)) = block.kind else {
            continue;
        };
        let row = *collector.setter.row_of(text);
        let setting = collector.across(Kind::EndMatter);
        let lines = collector.setter.text(text, setting);
        for (index, line) in lines.into_iter().enumerate() {
            let strip = collector.setter.strip(Some(text), line, row.leading);
            let gap = if index == 0 { row.before } else { Pt(0.0) };
            strips.push(Strip { gap, ..strip });
        }
    }
    let height: Pt = strips.iter().map(|strip| strip.gap + strip.height).sum();
    let together = height <= geometry.depth * TALLEST;
    collector.bound = 0;
    collector.flow.colophon = strips.len();
    for (index, strip) in strips.into_iter().enumerate() {
        collector.push(strip, index == 0 || (!together && index > 2));
    }
}

/// The rule above it, under which nothing of the text stands.
fn rule(collector: &Collector<'_>) -> Strip {
    let height = collector.setter.sheet.title_rule;
    let placed = Placed::Rule {
        x: collector.geometry.left,
        y: Pt(0.0),
        width: collector.geometry.measure,
        height,
        colour: collector.setter.theme.colours.rules,
    };
    Strip {
        gap: collector.grid() * 1.5,
        height,
        clears: true,
        artifacts: vec![Artifact {
            kind: ArtifactKind::Rule,
            placed,
        }],
        ..Strip::default()
    }
}

/// Puts the colophon at the foot of the last page, where all of it stands there below something else.
pub(super) fn to_foot(flow: &Flow, depth: Depth, last: &mut Plan) {
    if flow.colophon == 0 {
        return;
    }
    let first = flow.elements.len() - flow.colophon;
    let start = last
        .parts
        .iter()
        .position(|(part, _)| *part == StripId::Strip(first));
    let Some(start) = start.filter(|start| *start > 0) else {
        return;
    };
    let slack = (depth.depth - last.foot - end(flow, last)).max(Pt(0.0));
    for (_, y) in &mut last.parts[start..] {
        *y += slack;
    }
}
