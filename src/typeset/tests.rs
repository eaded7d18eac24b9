//! Tests of whole layouts.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;

use super::*;
use crate::compose::{Source, TextId, compose};
use crate::piece::Piece;

/// The composition of a piece in YAML.
pub(super) fn composition(yaml: &str) -> Composition {
    let piece: Piece = serde_yaml::from_str(yaml).unwrap();
    compose(&Source {
        piece: &piece,
        images: &BTreeMap::new(),
        hash: "",
        epoch: None,
    })
    .unwrap()
}

/// The real piece.
pub(super) fn real() -> Composition {
    composition(include_str!("../../source/flash-point.yaml"))
}

pub(super) fn lines(layout: &Layout) -> impl Iterator<Item = &Line> {
    let placed = layout.pages.iter().flat_map(|page| &page.content);
    placed.filter_map(|placed| match placed {
        Placed::Line(line) => Some(line),
        _ => None,
    })
}

/// The bytes of every text that the layout's glyphs stand for, each byte once and in order; panics on a gap.
pub(super) fn assert_read_back(composition: &Composition, layout: &Layout, skipped: &[TextId]) {
    let mut read: Vec<Vec<usize>> = composition
        .texts
        .iter()
        .map(|text| vec![0; text.spans.len()])
        .collect();
    for line in lines(layout) {
        let Owner::Text(id) = line.owner else {
            continue;
        };
        for run in &line.runs {
            let at = &mut read[id.0 as usize][run.span as usize];
            assert_eq!(
                *at, run.start as usize,
                "{:?} span {} in {}",
                id, run.span, composition[id].origin
            );
            *at += run
                .glyphs
                .iter()
                .map(|glyph| usize::from(glyph.bytes))
                .sum::<usize>();
        }
    }
    for (index, text) in composition.texts.iter().enumerate() {
        if skipped.contains(&TextId(index as u32)) {
            continue;
        }
        for (span, read) in text.spans.iter().zip(&read[index]) {
            assert_eq!(span.text.len(), *read, "{}: {:?}", text.origin, span.text);
        }
    }
}

/// No line leaves the paper, and no justified line its measure.
pub(super) fn assert_inside(layout: &Layout) {
    for page in &layout.pages {
        for placed in page.content.iter().chain(&page.artifacts) {
            let Placed::Line(line) = placed else { continue };
            let width = advance(line);
            assert!(
                line.x.0 >= 0.0 && line.x.0 + width <= layout.width.0,
                "{line:?}"
            );
            assert!(
                line.baseline.0 > 0.0 && line.baseline.0 < layout.height.0,
                "{line:?}"
            );
        }
    }
}

/// The width of a line's glyphs, spaces at its end left out.
pub(super) fn advance(line: &Line) -> f32 {
    let glyphs = line.runs.iter().flat_map(|run| {
        let unit = run.size.0 / f32::from(run.face.units_per_em());
        run.glyphs.iter().map(move |glyph| (glyph, unit))
    });
    let (mut width, mut seen) = (0.0, 0.0);
    for (glyph, unit) in glyphs {
        width += f32::from(glyph.advance) * unit;
        if glyph.kind == GlyphKind::Space {
            width += line.word_space.0;
        } else {
            seen = width;
        }
    }
    seen * line.scale
}

#[test]
fn the_real_piece_is_set_whole() {
    let composition = real();
    let layout = layout(&composition, &Theme::classic(), PageSize::A4).unwrap();
    assert_read_back(&composition, &layout, &[]);
    assert_inside(&layout);
    assert!(layout.findings.is_empty(), "{:?}", layout.findings);
    assert_eq!(layout.pages.len(), 4);
}

#[test]
fn lines_of_the_real_piece_are_evenly_filled() {
    let composition = real();
    let layout = layout(&composition, &Theme::classic(), PageSize::A4).unwrap();
    let statistics = Statistics::of(&composition, &layout, 11.0);
    let full = statistics.full().count();
    expect_test::expect_file!["../../tests/goldens/lines.txt"].assert_eq(&statistics.to_string());
    assert!(full > 100);
    assert!(statistics.hyphens() <= 16);
    assert!(statistics.widest_space() <= 0.5);
    assert_eq!(statistics.looser_than(0.5), 0);
}
