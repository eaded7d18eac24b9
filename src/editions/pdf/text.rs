//! How a line is shown: its runs in reading order, and what is learnt of links and shifts. How a run is shown is for `run`.

use unicode_normalization::char::is_combining_mark;

use super::canvas::{Canvas, ContentMark};
use super::content::Writer;
use super::links::Area;
use super::places::Destination;
use super::role::Role;
use super::run::{Pen, RunWriter, advance};
use super::showing::Strings;
use super::tree::Slot;
use crate::compose::{Shift, Target};
use crate::editions::EditionError;
use crate::piece::Direction;
use crate::theme::Pt;
use crate::typeset::{ArtifactKind, Glyph, GlyphKind, Line, Owner, Run};

/// How far a link's area reaches above and below the baseline, in parts of the size.
const REACH: (f32, f32) = (0.8, 0.25);

/// How far glyphs that are raised or lowered by themselves stand off the line, in parts of the size.
const SHIFTED: (f32, f32) = (0.34, -0.14);

impl<'a> Writer<'a> {
    /// Shows a line, as an artifact or where its spans belong.
    pub(super) fn line(
        &mut self,
        canvas: &mut Canvas,
        line: &Line,
        artifact: Option<ArtifactKind>,
    ) -> Result<(), EditionError> {
        let mut pen = Pen::default();
        let runs = reading_order(line);
        let count = runs.len();
        for (index, (run, place)) in runs.iter().enumerate() {
            let run = *run;
            let slot = match artifact {
                Some(_) => None,
                None => self.tree.find(line.owner, run.span),
            };
            let artifact = ContentMark::Artifact(artifact.unwrap_or(ArtifactKind::Decoration));
            if let Some(start) = *place
                && start != pen.wanted
            {
                // Out of the row from left to right.
                pen.drawn = None;
                pen.wanted = start;
            }
            let start = pen.wanted;
            let text = self.text_of(line.owner, run);
            let mut writer = RunWriter {
                mark: slot.map_or(artifact, ContentMark::Tagged),
                up: self.up(line.baseline),
                starts: starts(line, run, start),
                face: self.fonts.face(run.face)?,
                tree: &mut self.tree,
                canvas: &mut *canvas,
                line,
                run,
                pen: &mut pen,
                strings: Strings::default(),
            };
            writer.run(text)?;
            if let (Some(_), Some(hyphen)) = (slot, writer.pen.hyphen)
                && index + 1 == count
            {
                writer.guard(hyphen)?;
            }
            self.boxed |= hides_letters(run, text);
            let end = match run.direction {
                // Nothing is drawn of a run of white space behind words that run the other way.
                Direction::LeftToRight => pen.ink.max(start),
                Direction::RightToLeft => start + width(line, run),
            };
            if let Some(slot) = slot {
                self.shift(run, slot);
                self.link(canvas.page, line, run, slot, [start, end]);
            }
        }
        Ok(())
    }

    /// What the glyphs of a run stand for.
    fn text_of<'r>(&self, owner: Owner, run: &'r Run) -> &'r str
    where
        'a: 'r,
    {
        let composition: &'a _ = self.composition;
        match owner {
            Owner::Text(text) if run.literal.is_empty() => {
                let span = composition[text].spans.get(run.span as usize);
                let rest = span.and_then(|span| span.text.get(run.start as usize..));
                rest.unwrap_or("")
            }
            _ => &run.literal,
        }
    }

    /// Remembers how far an element is raised or lowered: by the line, or by glyphs that are made so.
    fn shift(&mut self, run: &Run, slot: Slot) {
        let (shift, distance) = &mut self.tree.element_mut(slot.element).shift;
        let rise = match (*shift, run.rise) {
            (Shift::None, _) => return,
            (Shift::Superscript | Shift::Mark, Pt(0.0)) => run.size * SHIFTED.0,
            (Shift::Subscript, Pt(0.0)) => run.size * SHIFTED.1,
            (_, rise) => rise,
        };
        distance.get_or_insert(rise.0);
    }

    /// Remembers the area of a link, and where a reference to a note stands.
    fn link(&mut self, page: usize, line: &Line, run: &Run, slot: Slot, across: [f64; 2]) {
        let Some(element) = self.tree.around(slot.element, Role::Link) else {
            return;
        };
        let [left, right] = across.map(|x| line.x.0 + (x * f64::from(line.scale)) as f32);
        let baseline = self.up(line.baseline) + run.rise.0;
        let top = baseline + run.size.0 * REACH.0;
        let bounds = [left, baseline - run.size.0 * REACH.1, right, top];
        self.areas.add(Area {
            element,
            page,
            bounds,
        });
        if let Owner::Text(text) = line.owner
            && let Some(span) = self.composition[text].spans.get(run.span as usize)
            && let Some(Target::Note { .. }) = span.target
        {
            self.places.span(text, run.span, Destination { page, top });
        }
    }
}

/// Whether a box stands for a letter, a mark or a digit of the run: what nobody can read.
fn hides_letters(run: &Run, text: &str) -> bool {
    let read = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    let boxes = run
        .glyphs
        .iter()
        .any(|glyph| glyph.kind == GlyphKind::Missing);
    if !boxes {
        return false;
    }
    let mut at = 0;
    let mut glyphs: Vec<&Glyph> = run.glyphs.iter().collect();
    if run.direction == Direction::RightToLeft {
        glyphs.reverse();
    }
    glyphs.into_iter().any(|glyph| {
        let start = at;
        at += usize::from(glyph.bytes);
        let shown = text.get(start..at).unwrap_or_default();
        glyph.kind == GlyphKind::Missing && shown.chars().any(read)
    })
}

/// The runs of a line in the order in which they are read, as content and its characters stand (ISO 32000-1, 14.8.2.3), each with the place where it begins, from the line's start before the
/// line is scaled; without one where they stand in that order from the left.
fn reading_order(line: &Line) -> Vec<(&Run, Option<f64>)> {
    let backward = |run: &Run| run.direction == Direction::RightToLeft;
    let key = |run: &Run| (run.span, run.start);
    let ordered = line.runs.is_sorted_by_key(key);
    if ordered && !line.runs.iter().any(backward) {
        return line.runs.iter().map(|run| (run, None)).collect();
    }
    let mut at = 0.0;
    let placed = line.runs.iter().map(|run| {
        let start = at;
        at += width(line, run);
        (run, Some(start))
    });
    let mut runs: Vec<_> = placed.collect();
    runs.sort_by_key(|(run, _)| key(run));
    runs
}

/// The width of a run before the line is scaled, in points.
fn width(line: &Line, run: &Run) -> f64 {
    run.glyphs
        .iter()
        .map(|glyph| advance(line, run, glyph))
        .sum()
}

/// Where each glyph of a run that begins at a place begins itself; nothing for a run in the order of its glyphs.
fn starts(line: &Line, run: &Run, start: f64) -> Vec<f64> {
    if run.direction == Direction::LeftToRight {
        return Vec::new();
    }
    let mut at = start;
    let starts = run.glyphs.iter().map(|glyph| {
        let start = at;
        at += advance(line, run, glyph);
        start
    });
    starts.collect()
}
