//! How a line is shown: strings of codes with the distances that kerning and justification ask for.

use std::ops::Range;

use printpdf::{DictItem, Op, TextMatrix, TextRenderingMode};
use unicode_normalization::char::is_combining_mark;

use super::canvas::{Canvas, ContentMark};
use super::composites::{Component, MOST};
use super::content::Writer;
use super::failed;
use super::finish::rounded;
use super::fonts::UsedFace;
use super::glyphs::{Piece, pieces};
use super::links::Area;
use super::places::Destination;
use super::role::Role;
use super::tree::{Slot, Tree};
use crate::compose::{Shift, Target};
use crate::editions::EditionError;
use crate::piece::Direction;
use crate::theme::Pt;
use crate::typeset::{ArtifactKind, Glyph, GlyphKind, Line, Owner, Run};

/// How far a link's area reaches above and below the baseline, in parts of the size.
const REACH: (f32, f32) = (0.8, 0.25);

/// How far glyphs that are raised or lowered by themselves stand off the line, in parts of the size.
const SHIFTED: (f32, f32) = (0.34, -0.14);

/// What a hyphen put in at the end of a line is read as, being an artifact: a plain hyphen.
///
/// ISO 32000-1, 14.8.2.2.3 asks for a soft hyphen inside the word's own content. Firefox's viewer drops that character before
/// it looks for hyphens at the ends of lines, so it finds no word that was broken; a plain hyphen in the word's content would
/// stand in the structure's text, and be read aloud there. As an artifact (14.8.2.2.1 names what layout alone puts on a page)
/// it is no part of the structure's text, which has the word whole, and viewers that join lines by their hyphens join these.
const HYPHEN: &str = "-";

/// What stands behind an author's hyphen at the end of a line, as an artifact: a space without a width. Poppler and PDFium drop
/// a hyphen that is the last character of a line, and join what it parted; they keep this one. Firefox's viewer sees through it.
/// Since PDFium passes over glyphs without an outline, the hyphen's own stands for it, unpainted.
const GUARD: &str = "\u{200B}";

/// The pen on a line, in points from the line's start before the line is scaled.
#[derive(Debug, Default)]
struct Pen {
    /// Where the layout has it.
    wanted: f64,
    /// Where a reader has it, widths and distances being whole thousandths; nowhere before the first glyph of a text object.
    drawn: Option<f64>,
    /// Where the last glyph that is no space ended.
    ink: f64,
    /// That glyph, where it was a hyphen of the author's.
    hyphen: Option<u16>,
}

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
                string: Vec::new(),
                strings: Vec::new(),
            };
            writer.run(text)?;
            if let (Some(_), Some(hyphen)) = (slot, writer.pen.hyphen)
                && index + 1 == count
            {
                writer.guard(hyphen)?;
            }
            self.boxed |= hides_letters(run, text);
            let end = match run.direction {
                Direction::LeftToRight => pen.ink,
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
        if self.tree.element(slot.element).role != Role::Link {
            return;
        }
        let [left, right] = across.map(|x| line.x.0 + (x * f64::from(line.scale)) as f32);
        let baseline = self.up(line.baseline) + run.rise.0;
        let top = baseline + run.size.0 * REACH.0;
        let bounds = [left, baseline - run.size.0 * REACH.1, right, top];
        self.areas.add(Area {
            element: slot.element,
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

/// How far a glyph of a run moves the pen before the line is scaled, in points.
fn advance(line: &Line, run: &Run, glyph: &Glyph) -> f64 {
    let unit = f64::from(run.size.0) / f64::from(run.units_per_em);
    let space = match glyph.kind {
        GlyphKind::Space => f64::from(line.word_space.0),
        _ if glyph.advance > 0 => f64::from(run.letter_space.0),
        _ => 0.0,
    };
    f64::from(glyph.advance) * unit + space
}

/// Shows a run.
struct RunWriter<'w, 'a, 'f> {
    canvas: &'w mut Canvas,
    tree: &'w mut Tree<'a>,
    face: &'w mut UsedFace<'f>,
    line: &'w Line,
    run: &'w Run,
    mark: ContentMark,
    /// The baseline from the page's lower edge.
    up: f32,
    /// Where each glyph of a run from right to left begins, as the pen counts.
    starts: Vec<f64>,
    pen: &'w mut Pen,
    /// The string that is being made.
    string: Vec<u8>,
    /// The strings and distances before it.
    strings: Vec<DictItem>,
}

impl RunWriter<'_, '_, '_> {
    fn run(&mut self, text: &str) -> Result<(), EditionError> {
        let mut result = Ok(());
        pieces(self.run, text, |piece| {
            if result.is_ok() {
                result = self.piece(piece);
            }
        });
        self.show();
        result
    }

    fn piece(&mut self, piece: Piece<'_>) -> Result<(), EditionError> {
        match piece {
            // A rise would part what is read together.
            Piece::Glyph { index, text } if self.offset(index).1 != 0 => {
                self.step_back(index);
                self.cluster(index..index + 1, text)
            }
            Piece::Glyph { index, text } => {
                self.step_back(index);
                self.begin();
                self.glyph(index, text)
            }
            Piece::Cluster { glyphs, text } => {
                self.step_back(glyphs.start);
                self.cluster(glyphs, text)
            }
            Piece::Hyphen { index } => {
                self.show();
                self.step_back(index);
                let artifact = match self.mark {
                    ContentMark::Tagged(_) => ContentMark::Artifact(ArtifactKind::Decoration),
                    artifact @ ContentMark::Artifact(_) => artifact,
                };
                self.canvas.enter(self.tree, artifact);
                self.prepare();
                self.glyph(index, HYPHEN)?;
                self.show();
                Ok(())
            }
        }
    }

    /// Begins a string where none is being made.
    fn begin(&mut self) {
        if self.string.is_empty() && self.strings.is_empty() {
            self.canvas.enter(self.tree, self.mark);
            self.prepare();
        }
    }

    /// Shows the glyphs of a cluster as one; so many that none can be made of them are shown one by one, under their text.
    fn cluster(&mut self, glyphs: Range<usize>, text: &str) -> Result<(), EditionError> {
        if let Some(components) = self.components(glyphs.clone())
            && let Some(coded) = self.face.cluster(components, text)
        {
            self.begin();
            self.move_to(self.pen.wanted);
            self.string.extend(coded.code.to_be_bytes());
            let drawn = self.pen.drawn.unwrap_or(self.pen.wanted);
            let behind = f64::from(self.letter_space().0);
            self.pen.drawn = Some(drawn + f64::from(coded.width) * self.thousandth() + behind);
            let glyphs = self.run.glyphs[glyphs].iter();
            let advances = glyphs.map(|glyph| advance(self.line, self.run, glyph));
            self.pen.wanted += advances.sum::<f64>();
            self.pen.ink = self.pen.wanted;
            self.pen.hyphen = None;
            return Ok(());
        }
        self.show();
        self.canvas.enter_replaced(self.tree, self.mark, text);
        self.prepare();
        for index in glyphs {
            self.glyph(index, "")?;
        }
        self.show();
        self.canvas.close();
        Ok(())
    }

    /// The glyphs of a cluster as the parts of one, where they are few.
    fn components(&self, glyphs: Range<usize>) -> Option<Vec<Component>> {
        if glyphs.len() > MOST {
            return None;
        }
        let mut at = 0;
        let components = glyphs.map(|index| {
            let glyph = self.run.glyphs[index];
            let (x, y) = self.offset(index);
            let component = Component {
                glyph: glyph.id,
                x: i16::try_from(at + i32::from(x)).ok()?,
                y,
            };
            at += i32::from(glyph.advance);
            Some(component)
        });
        components.collect()
    }

    /// How far a glyph is set off its place, in design units to the right and upwards.
    fn offset(&self, index: usize) -> (i16, i16) {
        // They ascend: a flood of marks has one each, all on one line.
        let offsets = &self.run.offsets;
        let offset = offsets.binary_search_by_key(&(index as u32), |(of, ..)| *of);
        offset.map_or((0, 0), |at| (offsets[at].1, offsets[at].2))
    }

    /// A thousandth of the size in points.
    fn thousandth(&self) -> f64 {
        f64::from(self.run.size.0) / 1000.0
    }

    /// Moves what a reader has the pen at, in whole thousandths.
    fn move_to(&mut self, wanted: f64) {
        let drawn = self.pen.drawn.unwrap_or(wanted);
        let distance = ((wanted - drawn) / self.thousandth()).round();
        if distance.abs() >= 1.0 {
            self.end_string();
            self.strings.push(DictItem::Int(-distance as i64));
        }
        let steps = if distance.is_finite() { distance } else { 0.0 };
        self.pen.drawn = Some(drawn + steps * self.thousandth());
    }

    /// In a run from right to left, makes the pen stand where a glyph begins that follows those on its right.
    fn step_back(&mut self, glyph: usize) {
        if let Some(start) = self.starts.get(glyph) {
            self.pen.wanted = *start;
        }
    }

    /// Keeps the hyphen that the line ends with.
    fn guard(&mut self, hyphen: u16) -> Result<(), EditionError> {
        self.canvas
            .enter(self.tree, ContentMark::Artifact(ArtifactKind::Decoration));
        self.prepare();
        let paint = |mode| Op::SetTextRenderingMode { mode };
        self.canvas.ops.push(paint(TextRenderingMode::Invisible));
        self.code(hyphen, GUARD)?;
        self.show();
        self.canvas.ops.push(paint(TextRenderingMode::Fill));
        Ok(())
    }

    /// Adds a glyph to the string that is being made; gives its width in thousandths of the size.
    fn code(&mut self, glyph: u16, text: &str) -> Result<f64, EditionError> {
        let coded = self.face.code(glyph, text);
        let coded = coded.ok_or_else(|| failed(format!("no code for glyph {glyph}")))?;
        self.string.extend(coded.code.to_be_bytes());
        Ok(f64::from(coded.width))
    }

    /// Makes the text object ready for this run, and the pen stand where the layout has it.
    fn prepare(&mut self) {
        let begun = self.canvas.begin_text();
        self.canvas.font(self.face.resource(), self.run.size);
        self.canvas.colour(self.run.colour);
        self.canvas.rise(self.run.rise);
        self.canvas.letter_space(self.letter_space());
        if begun || self.pen.drawn.is_none() {
            let scale = f64::from(self.line.scale);
            let x = self.line.x.0 + (self.pen.wanted * scale) as f32;
            let matrix = [self.line.scale, 0.0, 0.0, 1.0, x, self.up];
            self.canvas.ops.push(Op::SetTextMatrix {
                matrix: TextMatrix::Raw(matrix.map(rounded)),
            });
            self.pen.drawn = Some(self.pen.wanted);
        }
    }

    /// The space behind each glyph as it is written.
    fn letter_space(&self) -> Pt {
        Pt(rounded(self.run.letter_space.0))
    }

    fn glyph(&mut self, index: usize, text: &str) -> Result<(), EditionError> {
        let glyph = self.run.glyphs[index];
        // In design units to points.
        let unit = self.face.scale() * self.thousandth();
        let (right, up) = self.offset(index);
        if up != 0 {
            self.show();
            let raised = (f64::from(up) * unit) as f32;
            self.canvas.rise(self.run.rise + Pt(raised));
        }
        self.move_to(self.pen.wanted + f64::from(right) * unit);
        let width = self.code(glyph.id, text)?;
        let drawn = self.pen.drawn.unwrap_or(self.pen.wanted);
        let behind = f64::from(self.letter_space().0);
        self.pen.drawn = Some(drawn + width * self.thousandth() + behind);
        self.pen.wanted += f64::from(glyph.advance) * unit;
        if glyph.kind == GlyphKind::Space {
            self.pen.wanted += f64::from(self.line.word_space.0);
        } else {
            if glyph.advance > 0 {
                self.pen.wanted += f64::from(self.run.letter_space.0);
            }
            self.pen.ink = self.pen.wanted;
            let own = glyph.kind == GlyphKind::Text && text.ends_with('-');
            self.pen.hyphen = own.then_some(glyph.id);
        }
        if up != 0 {
            self.show();
            self.canvas.rise(self.run.rise);
        }
        Ok(())
    }

    fn end_string(&mut self) {
        if !self.string.is_empty() {
            let data = std::mem::take(&mut self.string);
            self.strings.push(DictItem::String {
                data,
                literal: true,
            });
        }
    }

    /// Shows what was gathered.
    fn show(&mut self) {
        self.end_string();
        if !self.strings.is_empty() {
            let strings = std::mem::take(&mut self.strings);
            // printpdf's own operation would write every glyph as a string of its own.
            self.canvas.ops.push(Op::Unknown {
                key: "TJ".to_owned(),
                value: vec![DictItem::Array(strings)],
            });
        }
    }
}
