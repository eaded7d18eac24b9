//! Figures: the image as large as the measure has it, its caption and credit under it.

use crate::compose::{BlockId, Figure, Kind, TextId};
use crate::measure::picture;
use crate::theme::Pt;

use super::collect::Collector;
use super::flow::{Float, Setting, Strip};
use super::layout::Placed;

/// The greatest height of the words that stay with it, as a fraction of the page's text.
const LONGEST_WORDS: f32 = 0.3;

pub(super) fn collect(collector: &mut Collector<'_>, block: BlockId, figure: &Figure) {
    let mut lines = Vec::new();
    for text in [figure.caption, figure.credit].into_iter().flatten() {
        let kind = if figure.caption == Some(text) {
            Kind::Caption
        } else {
            Kind::FigureCredit
        };
        lines.append(&mut lines_under(collector, text, kind));
    }
    let height: Pt = lines.iter().map(|line| line.height).sum();
    // So many words go on below the picture as text does, from page to page.
    let long = height > collector.geometry.depth * LONGEST_WORDS;
    let (words, below) = if long {
        (Strip::default(), lines)
    } else {
        (joined(lines), Vec::new())
    };
    let mut strips = vec![above(collector, block, figure, words)];
    strips.extend(below);
    if figure.portrait {
        for strip in strips {
            collector.push(strip, true);
        }
        collector.owe(collector.setter.sheet.spaces.float);
        collector.keep();
    } else {
        collector.push_float(Float {
            body: strips,
            ..Float::default()
        });
    }
}

fn lines_under(collector: &mut Collector<'_>, text: TextId, kind: Kind) -> Vec<Strip> {
    let setting = Setting::new(kind, collector.geometry.left, collector.geometry.measure);
    let leading = collector.setter.style(kind).leading;
    let lines = collector.setter.text(text, setting);
    lines
        .into_iter()
        .map(|line| collector.setter.strip(Some(text), line, leading))
        .collect()
}

/// One strip of several that stand below each other.
fn joined(lines: Vec<Strip>) -> Strip {
    let mut words = Strip::default();
    for strip in lines {
        words.start = words.start.or(strip.start);
        words.notes.extend(strip.notes);
        words.lines += strip.lines;
        let placed = strip.content.into_iter();
        words
            .content
            .extend(placed.map(|placed| super::pages::lowered(placed, words.height)));
        words.height += strip.height;
    }
    words
}

/// The image above its words.
fn above(collector: &Collector<'_>, block: BlockId, figure: &Figure, words: Strip) -> Strip {
    let image = &collector.setter.composition[figure.image];
    let geometry = collector.geometry;
    let between = if words.content.is_empty() {
        Pt(0.0)
    } else {
        collector.setter.sheet.spaces.under_image
    };
    let (width, height) = picture(figure, image, geometry.frame).size(geometry.measure);
    // Under a caption of many lines a picture gives way.
    let room = (geometry.depth - words.height - between).max(geometry.grid);
    let scale = (room / height).min(1.0);
    let (width, height) = (width * scale, height * scale);
    let mut content = vec![Placed::Image {
        block,
        x: geometry.left,
        y: Pt(0.0),
        width,
        height,
    }];
    let top = height + between;
    content.extend(
        words
            .content
            .into_iter()
            .map(|placed| super::pages::lowered(placed, top)),
    );
    Strip {
        gap: collector.setter.sheet.spaces.float,
        height: top + words.height,
        may_begin: true,
        lines: (height / geometry.grid) as u16 + words.lines,
        content,
        ..words
    }
}
