//! How a run is shown: strings of codes with the distances that kerning and justification ask for.

use std::ops::Range;

use printpdf::{Op, TextMatrix, TextRenderingMode};

use super::canvas::{Canvas, ContentMark};
use super::failed;
use super::finish::rounded;
use super::fonts::UsedFace;
use super::glyphs::{Piece, pieces};
use super::parts::{parts, share};
use super::showing::Strings;
use super::tree::Tree;
use crate::editions::EditionError;
use crate::piece::Direction;
use crate::theme::Pt;
use crate::typeset::{ArtifactKind, Glyph, GlyphKind, Line, Run};

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
pub(super) struct Pen {
    /// Where the layout has it.
    pub(super) wanted: f64,
    /// Where a reader has it, widths and distances being whole thousandths; nowhere before the first glyph of a text object.
    pub(super) drawn: Option<f64>,
    /// Where the last glyph that is no space ended.
    pub(super) ink: f64,
    /// That glyph, where it was a hyphen of the author's.
    pub(super) hyphen: Option<u16>,
}

impl Pen {
    /// A glyph of this width was shown, with so much space behind it.
    fn pass(&mut self, width: f64, behind: Pt) {
        let drawn = self.drawn.unwrap_or(self.wanted);
        self.drawn = Some(drawn + width + f64::from(behind.0));
    }
}

/// Shows a run.
pub(super) struct RunWriter<'w, 'a, 'f> {
    pub(super) canvas: &'w mut Canvas,
    pub(super) tree: &'w mut Tree<'a>,
    pub(super) face: &'w mut UsedFace<'f>,
    pub(super) line: &'w Line,
    pub(super) run: &'w Run,
    pub(super) mark: ContentMark,
    /// The baseline from the page's lower edge.
    pub(super) up: f32,
    /// Where each glyph of a run from right to left begins, as the pen counts.
    pub(super) starts: Vec<f64>,
    pub(super) pen: &'w mut Pen,
    /// The strings and distances that are being written.
    pub(super) strings: Strings,
}

/// Space behind letters of more than this part of their size is not in force when a string begins with a distance: Firefox's viewer
/// counts it once more there, and takes both for a space inside a word.
const WIDE: f32 = 0.02;

/// How far before a glyph from right to left the pen stands for each character that is read behind it, in thousandths of the size:
/// as little as can be.
const BEFORE: f64 = 1.0;
/// By how much smaller the size is in which such characters are shown.
const OTHER_SIZE: Pt = Pt(0.01);

impl RunWriter<'_, '_, '_> {
    /// Shows the run, whose glyphs stand for a text.
    pub(super) fn run(&mut self, text: &str) -> Result<(), EditionError> {
        let mut result = Ok(());
        pieces(self.run, text, |piece| {
            if result.is_ok() {
                result = self.piece(piece);
            }
            // PDFium sorts operations from left to right, and not what is in them.
            if self.is_backward() {
                self.show();
            }
        });
        self.show();
        result
    }

    fn piece(&mut self, piece: Piece<'_>) -> Result<(), EditionError> {
        match piece {
            // A rise would part what is read together, and a mark is read by itself.
            Piece::Glyph { index, text }
                if self.offset(index).1 != 0
                    || parts(text, self.run.direction).nth(1).is_some()
                    || self.is_widened(index)
                    || self.is_off_line(index..index + 1) =>
            {
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
        if self.strings.is_empty() {
            self.canvas.enter(self.tree, self.mark);
            self.prepare();
        }
    }

    /// Shows the glyphs of a cluster as one. Where none can be made of them each has a character, or all are under their text.
    fn cluster(&mut self, glyphs: Range<usize>, text: &str) -> Result<(), EditionError> {
        if let Some(codes) = self.made_one(glyphs.clone(), text) {
            self.begin();
            self.move_to(self.pen.wanted);
            let start = self.pen.drawn.unwrap_or(self.pen.wanted);
            for (nth, coded) in codes.into_iter().enumerate() {
                if nth > 0 && self.is_backward() {
                    self.stand_before(start, nth);
                }
                self.strings.code(coded.code);
                self.pen.pass(
                    f64::from(coded.width) * self.thousandth(),
                    self.letter_space(),
                );
            }
            let glyphs = self.run.glyphs[glyphs].iter();
            let advances = glyphs.map(|glyph| advance(self.line, self.run, glyph));
            self.pen.wanted += advances.sum::<f64>();
            self.pen.ink = self.pen.wanted;
            self.pen.hyphen = None;
            return Ok(());
        }
        let shared = self.run.direction == Direction::LeftToRight;
        if let Some(texts) = share(text, glyphs.len()).filter(|_| shared) {
            self.begin();
            let mut glyphs = glyphs.zip(texts);
            return glyphs.try_for_each(|(index, text)| self.glyph(index, text));
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

    /// Whether the run goes from right to left.
    pub(super) fn is_backward(&self) -> bool {
        self.run.direction == Direction::RightToLeft
    }

    /// Makes the pen stand left of the beginning of a glyph from right to left, for the character that is so many behind its first:
    /// poppler and PDFium sort a line from left to right, and find it in its place there. It is shown, where nobody sees anything of
    /// it, in another size: Firefox's viewer joins a mark to what stands in the same size, and turns both round.
    fn stand_before(&mut self, start: f64, nth: usize) {
        self.move_to(start - nth as f64 * BEFORE * self.thousandth());
        self.show();
        let size = self.run.size - OTHER_SIZE;
        self.canvas.font(self.face.resource(), size);
    }

    /// How far a glyph is set off its place, in design units to the right and upwards.
    pub(super) fn offset(&self, index: usize) -> (i16, i16) {
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
            self.strings.back(-distance as i64);
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
    pub(super) fn guard(&mut self, hyphen: u16) -> Result<(), EditionError> {
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
        self.strings.code(coded.code);
        Ok(f64::from(coded.width))
    }

    /// Makes the text object ready for this run, and the pen stand where the layout has it.
    fn prepare(&mut self) {
        let begun = self.canvas.begin_text();
        self.canvas.font(self.face.resource(), self.run.size);
        self.canvas.colour(self.run.colour);
        self.canvas.rise(self.run.rise);
        let starts_anew = begun || self.pen.drawn.is_none();
        if !starts_anew && self.letter_space() > self.run.size * WIDE {
            self.canvas.letter_space(Pt(0.0));
            self.move_to(self.pen.wanted);
            self.show();
        }
        self.canvas.letter_space(self.letter_space());
        if starts_anew {
            self.start_line();
        }
    }

    /// Puts the pen where the run begins, from the paper's corner.
    fn start_line(&mut self) {
        let scale = f64::from(self.line.scale);
        let x = self.line.x.0 + (self.pen.wanted * scale) as f32;
        let matrix = [self.line.scale, 0.0, 0.0, 1.0, x, self.up];
        self.canvas.ops.push(Op::SetTextMatrix {
            matrix: TextMatrix::Raw(matrix.map(rounded)),
        });
        self.pen.drawn = Some(self.pen.wanted);
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
        let start = self.pen.wanted + f64::from(right) * unit;
        self.move_to(start);
        let width = self.code(glyph.id, text)? * self.thousandth();
        self.pen.pass(width, self.letter_space());
        self.pen.wanted += f64::from(glyph.advance) * unit;
        if glyph.kind == GlyphKind::Space {
            self.pen.wanted += f64::from(self.line.word_space.0);
        } else {
            if glyph.advance > 0 {
                self.pen.wanted += f64::from(self.run.letter_space.0);
                self.pen.ink = start + width;
            }
            let own = glyph.kind == GlyphKind::Text && text.ends_with('-');
            self.pen.hyphen = own.then_some(glyph.id);
        }
        if up != 0 {
            self.show();
            self.canvas.rise(self.run.rise);
        }
        Ok(())
    }

    /// Shows what was gathered.
    fn show(&mut self) {
        if let Some(key) = std::mem::take(&mut self.strings).shown() {
            // printpdf's own operation would write every glyph as a string of its own. And it copies operands thrice: an array
            // that is text already is copied once, as the operator's name.
            let value = Vec::new();
            self.canvas.ops.push(Op::Unknown { key, value });
        }
    }
}

/// How far a glyph of a run moves the pen before the line is scaled, in points.
pub(super) fn advance(line: &Line, run: &Run, glyph: &Glyph) -> f64 {
    let unit = f64::from(run.size.0) / f64::from(run.units_per_em);
    let space = match glyph.kind {
        GlyphKind::Space => f64::from(line.word_space.0),
        _ if glyph.advance > 0 => f64::from(run.letter_space.0),
        _ => 0.0,
    };
    f64::from(glyph.advance) * unit + space
}
