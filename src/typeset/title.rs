//! The title block on the first page.

use crate::compose::Kind;
use crate::theme::Pt;

use super::collect::Collector;
use super::flow::Strip;
use super::layout::{Artifact, ArtifactKind, Placed};

pub(super) fn collect(collector: &mut Collector<'_>) {
    let composition = collector.setter.composition;
    for text in composition.title_block.walk().texts() {
        let kind = composition[text].kind;
        let setting = collector.across(kind);
        collector.plain(text, setting);
    }
    rule(collector);
    collector.owe(collector.setter.row(Kind::Date).after);
}

fn rule(collector: &mut Collector<'_>) {
    let height = collector.setter.sheet.title_rule;
    let placed = Placed::Rule {
        x: collector.geometry.left,
        y: Pt(0.0),
        width: collector.geometry.measure,
        height,
        colour: collector.setter.theme.colours.rules,
    };
    let strip = Strip {
        gap: collector.setter.sheet.spaces.above_rule,
        height,
        artifacts: vec![Artifact {
            kind: ArtifactKind::Rule,
            placed,
        }],
        ..Strip::default()
    };
    collector.push(strip, false);
}
