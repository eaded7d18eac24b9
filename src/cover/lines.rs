//! Breaking a text into balanced lines and finding the largest size that fits.

use std::ops::Range;

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;
use unicode_segmentation::UnicodeSegmentation;

use crate::measure::sense;
use crate::piece::Direction;
use crate::shape::{GlyphKind, LineRun, Shaper, Styled};

/// A text measured for breaking: its width at every place where a line may end.
pub(super) struct Measured {
    styled: Styled,
    /// Parts between break opportunities.
    parts: Vec<Segment>,
    /// The same, broken wherever a reader sees a new character, for words wider than the column.
    letters: Vec<Segment>,
    legible: bool,
    /// The least distance of its baselines, in ems.
    leading: f32,
    /// The language by whose sense its lines are parted; none where their lengths alone decide.
    language: Option<String>,
}

#[derive(Debug, Clone)]
struct Segment {
    range: Range<usize>,
    /// Its width in ems, trailing spaces included.
    full: f32,
    /// Its width in ems without them.
    bare: f32,
}

/// Lines set at a size.
pub(super) struct Set<'a> {
    text: &'a Measured,
    /// The size in pixels.
    pub(super) size: f32,
    /// The distance of baselines in pixels.
    pub(super) leading: f32,
    /// The bytes of each line, without the space at its end.
    lines: Vec<Range<usize>>,
    /// What sense and evenness have against them; nothing where their lengths alone decide.
    pub(super) cost: f64,
}

impl Set<'_> {
    /// The bytes of each line, without the space at its end.
    pub(super) fn lines(&self) -> &[Range<usize>] {
        &self.lines
    }

    /// Shapes a line: its runs in visual order.
    pub(super) fn shape(&self, line: &Range<usize>, shaper: &mut Shaper<'_>) -> Vec<LineRun> {
        self.text.styled.shape(shaper, line.clone())
    }

    /// The characters of the lines.
    #[cfg(test)]
    pub(super) fn text_lines(&self) -> Vec<&str> {
        let text = self.text.styled.text();
        self.lines.iter().map(|line| &text[line.clone()]).collect()
    }

    /// The height from the first line's ascenders to the last line's descenders, in pixels.
    pub(super) fn height(&self) -> f32 {
        self.leading * self.lines.len() as f32
    }
}

impl Measured {
    /// Measures a text.
    pub(super) fn new(styled: Styled, shaper: &mut Shaper<'_>) -> Self {
        let line = styled.shape(shaper, 0..styled.text().len());
        let clusters = clusters(&line);
        let glyphs = line.iter().flat_map(|run| &run.word.glyphs);
        let missing = glyphs
            .clone()
            .filter(|glyph| glyph.kind == GlyphKind::Missing);
        let legible = missing.count() * 2 <= glyphs.count();
        let segmenter = LineSegmenter::new_dictionary(LineBreakOptions::default());
        let breaks: Vec<usize> = segmenter.segment_str(styled.text()).collect();
        let letters: Vec<usize> = styled
            .text()
            .grapheme_indices(true)
            .map(|(at, _)| at)
            .chain([styled.text().len()])
            .collect();
        let parts = cut(styled.text(), &clusters, &breaks);
        let letters = cut(styled.text(), &clusters, &letters);
        Self {
            styled,
            parts,
            letters,
            legible,
            leading: 0.0,
            language: None,
        }
    }

    /// The same, whose lines are parted by the sense that its words have in a language.
    pub(super) fn by_sense(self, language: &str) -> Self {
        Self {
            language: Some(language.to_owned()),
            ..self
        }
    }

    /// The same, whose baselines are at least so far apart, in ems.
    pub(super) fn with_leading(self, leading: f32) -> Self {
        Self { leading, ..self }
    }

    /// Whether the faces have most of its characters.
    pub(super) fn is_legible(&self) -> bool {
        self.legible
    }

    /// Sets the text at a size in a column; none when a word is wider than the column.
    pub(super) fn set(&self, size: f32, leading: f32, column: f32) -> Option<Set<'_>> {
        let limit = column / size;
        let widest = self.parts.iter().map(|part| part.bare).fold(0.0, f32::max);
        (widest <= limit).then(|| self.set_parts(&self.parts, size, leading, limit))
    }

    /// Sets the text at a size in a column, breaking words where nothing else helps.
    pub(super) fn set_anyhow(&self, size: f32, leading: f32, column: f32) -> Set<'_> {
        self.set(size, leading, column)
            .unwrap_or_else(|| self.set_parts(&self.letters, size, leading, column / size))
    }

    fn set_parts(&self, parts: &[Segment], size: f32, leading: f32, limit: f32) -> Set<'_> {
        let language = self.language.as_deref();
        let lines = language.and_then(|language| self.parted(parts, limit, language));
        let even = || break_at(parts, balanced_limit(parts, limit));
        let (cost, lines) = lines.unwrap_or_else(|| (0.0, even()));
        let lines = lines.into_iter().map(|line| {
            let text = self.styled.text().get(line.clone()).unwrap_or_default();
            line.start..line.start + text.trim_end().len()
        });
        Set {
            text: self,
            size,
            leading: size * leading.max(self.leading),
            lines: lines.collect(),
            cost,
        }
    }
}

impl Measured {
    /// As few lines as there must be, parted as titles of pages are.
    fn parted(
        &self,
        parts: &[Segment],
        limit: f32,
        language: &str,
    ) -> Option<(f64, Vec<Range<usize>>)> {
        let count = break_at(parts, limit).len();
        let mut ends = vec![0.0];
        for part in parts {
            ends.push(ends[ends.len() - 1] + f64::from(part.full));
        }
        let width = |from: usize, to: usize| {
            let last = parts.get(to - 1).map_or(0.0, |part| f64::from(part.bare));
            ends[to - 1] - ends[from] + last
        };
        let cost = |to: usize| match parts.get(to) {
            Some(next) => {
                let (before, after) = self.styled.text().split_at_checked(next.range.start)?;
                Some(sense::cost(before, after, language))
            }
            None => Some(0.0),
        };
        let limit = f64::from(limit) + 1e-4;
        let (cost, lines) = sense::parted(parts.len(), count, limit, width, cost)?;
        let mut from = 0;
        let lines = lines.into_iter().map(|to| {
            let line = parts[from].range.start..parts[to - 1].range.end;
            from = to;
            line
        });
        Some((cost, lines.collect()))
    }
}

/// The byte and the width in em of every glyph, ascending.
fn clusters(line: &[LineRun]) -> Vec<(usize, f32)> {
    let mut found = Vec::new();
    for run in line {
        let from = found.len();
        let mut first = 0;
        for part in &run.word.parts {
            let em = f32::from(part.units_per_em);
            let end = part.end as usize;
            let glyphs = run.word.glyphs.iter().take(end).skip(first);
            found.extend(
                glyphs.map(|glyph| (usize::from(glyph.bytes), f32::from(glyph.advance) / em)),
            );
            first = end;
        }
        // Lengths become places; a glyph without one stands with its cluster's first.
        let mut at = run.range.start;
        let backward = run.direction == Direction::RightToLeft;
        let mut place = |(bytes, _): &mut (usize, f32)| {
            let start = at;
            at += std::mem::replace(bytes, start);
        };
        if backward {
            found[from..].reverse();
        }
        found[from..].iter_mut().for_each(&mut place);
    }
    found.sort_by_key(|(byte, _)| *byte);
    found
}

fn cut(text: &str, clusters: &[(usize, f32)], breaks: &[usize]) -> Vec<Segment> {
    let width = |range: Range<usize>| -> f32 {
        let from = clusters.partition_point(|(byte, _)| *byte < range.start);
        let to = clusters.partition_point(|(byte, _)| *byte < range.end);
        clusters[from..to].iter().map(|(_, width)| width).sum()
    };
    let ranges = breaks.windows(2).map(|pair| pair[0]..pair[1]);
    ranges
        .map(|range| {
            let part = text.get(range.clone()).unwrap_or_default();
            let bare = range.start + part.trim_end().len();
            Segment {
                full: width(range.clone()),
                bare: width(range.start..bare),
                range,
            }
        })
        .collect()
}

/// Texts of more lines than these gain nothing by lines of one length.
const BALANCED: usize = 40;

/// The narrowest column, in ems, that needs no more lines than the given one: its lines are the most even.
fn balanced_limit(parts: &[Segment], limit: f32) -> f32 {
    let count = break_at(parts, limit).len();
    if count > BALANCED {
        return limit;
    }
    let widest = parts.iter().map(|part| part.bare).fold(0.0, f32::max);
    let (mut low, mut high) = (widest.max(limit * 0.3).min(limit), limit);
    for _ in 0..10 {
        let middle = (low + high) / 2.0;
        if break_at(parts, middle).len() <= count {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

/// Fills lines one after another.
fn break_at(parts: &[Segment], limit: f32) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut used = 0.0;
    for part in parts {
        match lines.last_mut() {
            Some(line) if used + part.bare <= limit + 1e-4 => {
                line.end = part.range.end;
                used += part.full;
            }
            _ => {
                lines.push(part.range.clone());
                used = part.full;
            }
        }
    }
    lines
}
