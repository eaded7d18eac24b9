//! The layout: the pages of the paper edition as data.
//!
//! It knows nothing of PDF. All lengths are in points from the page's top left corner, y downwards. Everything in
//! `content` stands in reading order and belongs to the composition; what stands in
//! `artifacts` does not, and says what it is.

use crate::compose::{BlockId, ItemId, NoteId, TextId};
use crate::diagnostic::Finding;
use crate::fonts::FaceId;
use crate::piece::Direction;
pub use crate::shape::{Glyph, GlyphKind};
use crate::theme::{Colour, Pt};

/// The pages of a piece.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// The paper's width.
    pub width: Pt,
    /// The paper's height.
    pub height: Pt,
    /// The pages, at least one.
    pub pages: Vec<Page>,
    /// What was noticed while setting: missing characters, words wider than the measure.
    pub findings: Vec<Finding>,
}

/// One page.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Its width: the paper's, or its height where the page is turned on its side.
    pub width: Pt,
    /// Its height.
    pub height: Pt,
    /// Its label as the folio shows it, for example `3`.
    pub label: String,
    /// What belongs to the text, in reading order; a footnote stands after the page's text.
    pub content: Vec<Placed>,
    /// Running head, folio, rules, pull quotes, repeated table heads.
    pub artifacts: Vec<Artifact>,
    /// Where in the text the page begins, if any text that is no footnote begins or goes on here.
    pub start: Option<PageStart>,
}

/// Where a page begins: always before a word, never inside one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageStart {
    /// The text.
    pub text: TextId,
    /// Bytes into the concatenation of the text's spans, note marks included.
    pub byte: usize,
}

/// Something with a place on a page.
#[derive(Debug, Clone)]
pub enum Placed {
    /// A line of text.
    Line(Line),
    /// A filled rectangle.
    Rule {
        /// Its left edge.
        x: Pt,
        /// Its upper edge.
        y: Pt,
        /// Its width.
        width: Pt,
        /// Its height.
        height: Pt,
        /// Its colour.
        colour: Colour,
    },
    /// A figure's image.
    Image {
        /// The block of the figure.
        block: BlockId,
        /// Its left edge.
        x: Pt,
        /// Its upper edge.
        y: Pt,
        /// Its width.
        width: Pt,
        /// Its height.
        height: Pt,
    },
}

/// Something on a page that is no part of the text.
#[derive(Debug, Clone)]
pub struct Artifact {
    /// What it is.
    pub kind: ArtifactKind,
    /// What is shown, and where.
    pub placed: Placed,
}

/// What an artifact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArtifactKind {
    /// The running head.
    Header,
    /// The folio.
    Footer,
    /// The head of a table once more.
    Repeated,
    /// A rule.
    Rule,
    /// A pull quote, the sign of a break: for the eye alone.
    Decoration,
    /// The ground of a page, under all else.
    Ground,
}

/// What a line's glyphs stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// A part of this text; the runs name its spans.
    Text(TextId),
    /// The label of a list's item, a bullet or a number: not in the composition.
    Label(ItemId),
    /// The number before a footnote: not in the composition.
    NoteLabel(NoteId),
    /// The contents, which repeat headings and say their pages: not in the composition.
    Contents(ContentsPart),
    /// Decoration or repetition.
    Artifact,
}

/// A part of the contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContentsPart {
    /// Their heading.
    Title,
    /// The words of an entry, by its number from 0.
    Entry(u32),
    /// The page of an entry.
    Page(u32),
}

/// A line of text, already justified and broken.
#[derive(Debug, Clone)]
pub struct Line {
    /// What it belongs to.
    pub owner: Owner,
    /// The left edge of its first glyph's origin.
    pub x: Pt,
    /// Its baseline.
    pub baseline: Pt,
    /// Its width as set, hanging punctuation and a space at its end not counted.
    pub width: Pt,
    /// Added to the advance of every glyph of kind [`GlyphKind::Space`].
    pub word_space: Pt,
    /// Horizontal scaling of the whole line, 0.98 to 1.02: of advances and of `word_space` alike, as `Tz` of a PDF scales
    /// them (ISO 32000-1, 9.3.4). `width` is what comes out.
    pub scale: f32,
    /// Its runs in visual order.
    pub runs: Vec<Run>,
}

impl Line {
    /// The width of its glyphs as they stand on the page, hanging punctuation counted, a space at its right end not.
    #[must_use]
    pub fn extent(&self) -> Pt {
        let (mut width, mut inked) = (0.0, 0.0);
        for run in &self.runs {
            let unit = run.size.0 / f32::from(run.units_per_em);
            for glyph in &run.glyphs {
                width += f32::from(glyph.advance) * unit;
                if glyph.kind == GlyphKind::Space {
                    width += self.word_space.0;
                } else if glyph.advance != 0 {
                    inked = width;
                    if glyph.advance > 0 {
                        width += run.letter_space.0;
                    }
                }
            }
        }
        Pt(inked * self.scale)
    }
}

/// Glyphs of one face, size, colour and span.
#[derive(Debug, Clone)]
pub struct Run {
    /// The face, one of the theme's.
    pub face: FaceId,
    /// The design units to its em.
    pub units_per_em: u16,
    /// Its size.
    pub size: Pt,
    /// Its colour.
    pub colour: Colour,
    /// How far the baseline is raised.
    pub rise: Pt,
    /// Added after every letter, at most 0.01 of the size either way: after every glyph with an advance that is no
    /// [`GlyphKind::Space`]. None in scripts whose letters join.
    pub letter_space: Pt,
    /// The index of the span in the owner's text; 0 for labels and artifacts.
    pub span: u32,
    /// Where in the span's text the run begins, in bytes; its glyphs' lengths follow on from there in logical order. For labels and
    /// artifacts it orders the runs of a line alone.
    pub start: u32,
    /// For labels and artifacts the text shown; else empty, since the span has it.
    pub literal: String,
    /// The direction in which the glyphs were shaped.
    pub direction: Direction,
    /// The glyphs in visual order.
    pub glyphs: Vec<Glyph>,
    /// Glyphs set off their place, marks above all: index into `glyphs`, then x and y in design units of the face.
    pub offsets: Vec<(u32, i16, i16)>,
}
