//! Figures: the image as large as the measure has it, its caption and credit under it.

use crate::compose::{BlockId, Figure, Kind, TextId};
use crate::measure::{PictureSize, Side, picture};
use crate::theme::Pt;

use super::collector::Collector;
use super::flow::{Float, FloatingPicture, Setting, Strip};
use super::layout::Placed;
use super::line_frame::Align;
use super::linebreak::Fill;

/// The greatest height of the words that stay with it, as a fraction of the page's text.
const LONGEST_WORDS: f32 = 0.3;

pub(super) fn collect(collector: &mut Collector<'_>, block: BlockId, figure: &Figure) {
    let image = &collector.setter.composition[figure.image];
    let size = picture(figure, image, collector.geometry.frame);
    let mut lines = Vec::new();
    for text in [figure.caption, figure.credit].into_iter().flatten() {
        let kind = if figure.caption == Some(text) {
            Kind::Caption
        } else {
            Kind::FigureCredit
        };
        lines.append(&mut lines_under(collector, text, kind, size.side()));
    }
    let height: Pt = lines.iter().map(|line| line.height).sum();
    // So many words go on below the picture as text does, from page to page.
    let long = height > collector.geometry.depth * LONGEST_WORDS;
    let (words, below) = if long {
        (Strip::default(), lines)
    } else {
        (joined(lines), Vec::new())
    };
    let whole = below.is_empty();
    // Where its words start from the other side, the picture stands there.
    let words_of = figure.caption.or(figure.credit);
    let turned = words_of.is_some_and(|text| collector.setter.is_turned(text));
    let side = match (size.side(), turned) {
        (Side::Start, true) => Side::End,
        (Side::End, true) => Side::Start,
        (side, _) => side,
    };
    let (above, height) = above(collector, block, (size, side), words);
    let mut strips = vec![above];
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
            picture: whole.then_some(FloatingPicture { height, side }),
            ..Float::default()
        });
    }
}

fn lines_under(collector: &mut Collector<'_>, text: TextId, kind: Kind, side: Side) -> Vec<Strip> {
    let setting = Setting::new(kind, collector.geometry.left, collector.geometry.measure);
    let setting = match side {
        Side::Start | Side::End => setting,
        // Under a picture in the middle its words stand there too.
        Side::Centre => Setting {
            align: Some(Align::Centre),
            fill: Some(Fill::Balanced),
            ..setting
        },
    };
    let leading = collector.setter.row_of(text).leading;
    let lines = collector.setter.text(text, setting);
    lines
        .into_iter()
        .map(|line| collector.setter.strip(Some(text), line, leading))
        .collect()
}

/// One strip of several that stand below each other.
pub(super) fn joined(lines: Vec<Strip>) -> Strip {
    let mut words = Strip::default();
    for strip in lines {
        words.start = words.start.or(strip.start);
        words.notes.extend(strip.notes);
        words.lines += strip.lines;
        let placed = strip.content.into_iter();
        words
            .content
            .extend(placed.map(|placed| super::lowered::lowered(placed, words.height)));
        words.height += strip.height;
    }
    words
}

/// The image above its words, and its height.
fn above(
    collector: &Collector<'_>,
    block: BlockId,
    (size, side): (PictureSize, Side),
    words: Strip,
) -> (Strip, Pt) {
    let geometry = collector.geometry;
    let between = if words.content.is_empty() {
        Pt(0.0)
    } else {
        collector.setter.sheet.spaces.under_image
    };
    let (width, height) = size.size(geometry.measure);
    // Under a caption of many lines a picture gives way.
    let room = (geometry.depth - words.height - between).max(geometry.grid);
    let scale = (room / height).min(1.0);
    let (width, height) = (width * scale, height * scale);
    let x = match side {
        Side::Start => geometry.left,
        Side::Centre => geometry.left + (geometry.measure - width) * 0.5,
        Side::End => geometry.left + geometry.measure - width,
    };
    let mut content = vec![Placed::Image {
        block,
        x,
        y: Pt(0.0),
        width,
        height,
    }];
    let top = height + between;
    content.extend(
        words
            .content
            .into_iter()
            .map(|placed| super::lowered::lowered(placed, top)),
    );
    let strip = Strip {
        gap: collector.setter.sheet.spaces.float,
        height: top + words.height,
        may_begin: true,
        lines: (height / geometry.grid) as u16 + words.lines,
        content,
        ..words
    };
    (strip, height)
}

/// The strip of a figure whose picture is so much less high, and its words that much further up.
pub(super) fn smaller(mut strip: Strip, less: Pt, side: Side) -> Strip {
    for placed in &mut strip.content {
        match placed {
            Placed::Image {
                x, width, height, ..
            } => {
                let scale = ((*height - less) / *height).max(0.01);
                let narrower = *width * (1.0 - scale);
                match side {
                    Side::Start => {}
                    Side::Centre => *x += narrower * 0.5,
                    Side::End => *x += narrower,
                }
                *width -= narrower;
                *height = *height * scale;
            }
            Placed::Line(line) => line.baseline -= less,
            Placed::Rule { y, .. } => *y -= less,
        }
    }
    strip.height -= less;
    strip
}
