//! Figures: the image scaled to fit, its caption and credit under it.

use crate::compose::{BlockId, Figure, Kind, TextId};
use crate::theme::Pt;

use super::collect::Collector;
use super::flow::{BASELINE, Float, Setting, Strip};
use super::layout::Placed;
use super::setter::at;

/// Points to a pixel where the image is not scaled: 120 pixels to the inch.
const PIXEL: f32 = 0.6;
/// The greatest width of a portrait, as a fraction of the measure.
const PORTRAIT: f32 = 0.27;
/// The greatest height of an image, as a fraction of the page's text.
const TALLEST: f32 = 0.62;

pub(super) fn collect(collector: &mut Collector<'_>, block: BlockId, figure: &Figure) {
    let mut words = Strip::default();
    for text in [figure.caption, figure.credit].into_iter().flatten() {
        let kind = if figure.caption == Some(text) {
            Kind::Caption
        } else {
            Kind::FigureCredit
        };
        lines_under(collector, text, kind, &mut words);
    }
    let strip = picture(collector, block, figure, words);
    if figure.portrait {
        collector.push(strip, true);
        collector.owe(collector.setter.sheet.spaces.float);
        collector.keep();
    } else {
        collector.push_float(Float {
            body: vec![strip],
            ..Float::default()
        });
    }
}

fn lines_under(collector: &mut Collector<'_>, text: TextId, kind: Kind, words: &mut Strip) {
    let setting = Setting::new(kind, collector.geometry.left, collector.geometry.measure);
    let leading = collector.setter.style(kind).leading;
    for line in collector.setter.text(text, setting) {
        let strip = collector.setter.strip(Some(text), line, leading);
        words.start = words.start.or(strip.start);
        words.notes.extend(strip.notes);
        words.lines += 1;
        for placed in strip.content {
            if let Placed::Line(line) = placed {
                words
                    .content
                    .push(Placed::Line(at(line, words.height + leading * BASELINE)));
            }
        }
        words.height += leading;
    }
}

/// The image above its words.
fn picture(collector: &Collector<'_>, block: BlockId, figure: &Figure, words: Strip) -> Strip {
    let image = &collector.setter.composition[figure.image];
    let geometry = collector.geometry;
    let between = if words.content.is_empty() {
        0.0
    } else {
        collector.setter.sheet.spaces.under_image.0
    };
    let widest = if figure.portrait {
        geometry.measure * PORTRAIT
    } else {
        geometry.measure
    };
    let tallest = (geometry.depth * TALLEST)
        .min(geometry.depth - words.height - between)
        .max(geometry.grid);
    let (pixels_wide, pixels_high) = (image.width as f32, image.height as f32);
    let scale = (widest / pixels_wide).min(tallest / pixels_high).min(PIXEL);
    let (width, height) = (pixels_wide * scale, pixels_high * scale);
    let mut content = vec![Placed::Image {
        block,
        x: Pt(geometry.left),
        y: Pt(0.0),
        width: Pt(width),
        height: Pt(height),
    }];
    let top = height + between;
    content.extend(
        words
            .content
            .into_iter()
            .map(|placed| super::pages::lowered(placed, top)),
    );
    Strip {
        gap: collector.setter.sheet.spaces.float.0,
        height: top + words.height,
        may_begin: true,
        lines: (height / geometry.grid) as u16 + words.lines,
        content,
        ..words
    }
}
