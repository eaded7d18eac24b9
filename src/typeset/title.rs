//! The title block on the first page.

use crate::compose::{Kind, PlacedLogo};
use crate::measure::picture;
use crate::theme::Pt;

use super::collector::Collector;
use super::flow::Strip;
use super::layout::{Artifact, ArtifactKind, Placed};

pub(super) fn collect(collector: &mut Collector<'_>) {
    let composition = collector.setter.composition;
    if let Some(logo) = &composition.title_block.logo {
        self::logo(collector, logo);
    }
    for text in composition.title_block.walk().texts() {
        let kind = composition[text].kind;
        let setting = collector.across(kind);
        collector.plain(text, setting);
    }
    rule(collector);
    collector.owe(collector.setter.row(Kind::Date).after);
}

/// The logo, as large as its part of the measure.
fn logo(collector: &mut Collector<'_>, logo: &PlacedLogo) {
    let image = &collector.setter.composition[logo.figure.image];
    let geometry = collector.geometry;
    let size = picture(&logo.figure, image, geometry.frame);
    let (width, height) = size.size(geometry.measure);
    let strip = Strip {
        height,
        may_begin: true,
        lines: (height / geometry.grid) as u16,
        content: vec![Placed::Image {
            block: logo.block,
            x: geometry.left,
            y: Pt(0.0),
            width,
            height,
        }],
        ..Strip::default()
    };
    collector.push(strip, true);
    collector.owe(geometry.grid);
}

pub(super) fn rule(collector: &mut Collector<'_>) {
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
