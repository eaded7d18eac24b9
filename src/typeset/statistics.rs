//! Line statistics: how evenly the lines of running text are filled.

use std::fmt;

use crate::compose::Composition;

use super::layout::{GlyphKind, Layout, Line, Owner, Placed};

/// A justified line as set.
#[derive(Debug, Clone, PartialEq)]
pub struct LineFigures {
    /// The page, from 1.
    pub page: usize,
    /// Its words, a hyphen put in included.
    pub text: String,
    /// Its width in points, hanging punctuation left out.
    pub width: f32,
    /// The width of its spaces between words as set, in em; none where it has no space.
    pub space: Option<f32>,
    /// Its horizontal scaling.
    pub scale: f32,
    /// Whether it fills the measure, as all lines of a paragraph but the last do.
    pub full: bool,
    /// Whether it ends with a hyphen, put in or the author's.
    pub hyphen: bool,
    /// Where its spaces between words begin and end, in points from the page's left edge.
    pub gaps: Vec<[f32; 2]>,
    /// Whether it goes on where the line before it ended, on the same page.
    pub follows: bool,
}

/// The figures of the lines of a size of type.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Statistics {
    /// Every line in order.
    pub lines: Vec<LineFigures>,
}

impl Statistics {
    /// The figures of the lines set in this size with this measure; other lines are captions, notes and headings.
    #[must_use]
    pub fn of(composition: &Composition, layout: &Layout, size: f32) -> Self {
        let mut lines = Vec::new();
        let mut last = None;
        for (index, page) in layout.pages.iter().enumerate() {
            for placed in &page.content {
                let Placed::Line(line) = placed else { continue };
                let text = matches!(line.owner, Owner::Text(_));
                if text && line.runs.first().is_some_and(|run| run.size.0 == size) {
                    let follows = last == Some((index, line.owner));
                    last = Some((index, line.owner));
                    lines.push(LineFigures {
                        follows,
                        ..figures(composition, line, index + 1)
                    });
                }
            }
        }
        Self { lines }
    }

    /// The lines that fill the measure.
    pub fn full(&self) -> impl Iterator<Item = &LineFigures> {
        self.lines.iter().filter(|line| line.full)
    }

    /// How many full lines end with a hyphen.
    #[must_use]
    pub fn hyphens(&self) -> usize {
        self.full().filter(|line| line.hyphen).count()
    }

    /// The widest space of a full line, in em.
    #[must_use]
    pub fn widest_space(&self) -> f32 {
        self.full()
            .filter_map(|line| line.space)
            .fold(0.0, f32::max)
    }

    /// The mean of the spaces of full lines, and their standard deviation, in em.
    #[must_use]
    pub fn spread(&self) -> (f32, f32) {
        let spaces = || self.full().filter_map(|line| line.space);
        let count = spaces().count().max(1) as f32;
        let mean = spaces().sum::<f32>() / count;
        let squares: f32 = spaces().map(|space| (space - mean) * (space - mean)).sum();
        (mean, (squares / count).sqrt())
    }

    /// The most lines in a row that end with a hyphen: a ladder.
    #[must_use]
    pub fn ladder(&self) -> usize {
        let mut row = 0;
        let rows = self.lines.iter().map(|line| {
            row = if line.hyphen { row + 1 } else { 0 };
            row
        });
        rows.max().unwrap_or(0)
    }

    /// The most lines in a row through which spaces make one way down: a river. Each stands under the one above it by more than
    /// half of its width.
    #[must_use]
    pub fn river(&self) -> usize {
        let mut above: Vec<([f32; 2], usize)> = Vec::new();
        let mut longest = 0;
        for line in &self.lines {
            let before = std::mem::take(&mut above);
            for gap in &line.gaps {
                let length = before.iter().filter(|(upper, _)| {
                    let common = gap[1].min(upper[1]) - gap[0].max(upper[0]);
                    let width = (gap[1] - gap[0]).max(upper[1] - upper[0]);
                    line.follows && common > 0.5 * width
                });
                let length = 1 + length.map(|(_, length)| *length).max().unwrap_or(0);
                longest = longest.max(length);
                above.push((*gap, length));
            }
        }
        longest
    }

    /// The figures of all full lines in one line of text; lengths are in thousandths of an em.
    #[must_use]
    pub fn summary(&self) -> String {
        let (mean, deviation) = self.spread();
        let thousandths = |em: f32| (em * 1000.0).round();
        format!(
            "{} full lines, {} hyphens, ladder {}, space {} ± {}, widest {}, river {}",
            self.full().count(),
            self.hyphens(),
            self.ladder(),
            thousandths(mean),
            thousandths(deviation),
            thousandths(self.widest_space()),
            self.river()
        )
    }

    /// How many full lines have spaces wider than this, in em.
    #[must_use]
    pub fn looser_than(&self, space: f32) -> usize {
        self.full()
            .filter(|line| line.space.is_some_and(|own| own > space))
            .count()
    }
}

/// One line of text a line set: page, width in points, space in thousandths of an em, scaling in hundredths, the words.
impl fmt::Display for Statistics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.lines {
            let space = line
                .space
                .map_or_else(|| "-".to_owned(), |space| format!("{:.0}", space * 1000.0));
            let mark = if line.full { ' ' } else { '.' };
            writeln!(
                f,
                "{} {:>5.1} {space:>4} {:>5.1} {mark} {}",
                line.page,
                line.width,
                line.scale * 100.0,
                line.text
            )?;
        }
        writeln!(f, "{}", self.summary())
    }
}

fn figures(composition: &Composition, line: &Line, page: usize) -> LineFigures {
    let mut text = String::new();
    let mut space = None;
    let mut gaps = Vec::new();
    let mut pen = line.x.0;
    let glyphs = line
        .runs
        .iter()
        .flat_map(|run| run.glyphs.iter().map(move |glyph| (run, glyph)));
    let last = glyphs
        .clone()
        .filter(|(_, glyph)| glyph.kind != GlyphKind::Space)
        .count();
    let mut seen = 0;
    for (run, glyph) in glyphs {
        seen += usize::from(glyph.kind != GlyphKind::Space);
        let natural = f32::from(glyph.advance) / f32::from(run.units_per_em);
        let start = pen;
        if glyph.kind == GlyphKind::Space {
            let set = (natural + line.word_space.0 / run.size.0) * line.scale;
            pen += set * run.size.0;
            // The second of two spaces has no width of its own.
            if seen < last && glyph.advance > 0 {
                space = Some(space.map_or(set, |other: f32| other.max(set)));
                gaps.push([start, pen]);
            }
        } else if glyph.advance != 0 {
            pen += (natural * run.size.0 + run.letter_space.0) * line.scale;
        }
    }
    if let Owner::Text(id) = line.owner {
        let mut runs: Vec<_> = line.runs.iter().collect();
        runs.sort_by_key(|run| (run.span, run.start));
        for run in runs {
            let span = &composition[id].spans[run.span as usize].text;
            let bytes: usize = run
                .glyphs
                .iter()
                .map(|glyph| usize::from(glyph.bytes))
                .sum();
            text.push_str(&span[run.start as usize..run.start as usize + bytes]);
        }
    }
    let inserted = line
        .runs
        .last()
        .and_then(|run| run.glyphs.last())
        .is_some_and(|glyph| glyph.kind == GlyphKind::Hyphen);
    let text = if inserted {
        format!("{text}-")
    } else {
        text.trim_end().to_owned()
    };
    LineFigures {
        page,
        width: line.width.0,
        space,
        scale: line.scale,
        full: line.word_space.0 != 0.0 || line.scale != 1.0,
        hyphen: text.ends_with(['-', '\u{2010}']),
        text,
        gaps,
        follows: false,
    }
}
