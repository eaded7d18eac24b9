//! A paragraph as tokens and breaks, before its lines are chosen.

use unicode_bidi::Level;

use crate::compose::Shift;
use crate::shape::{Leveled, Levels, Spread, VoiceId, WordId};
use crate::theme::{Colour, Pt};

use super::lexicon::Joint;

/// How a span's glyphs look.
#[derive(Debug, Clone, Copy)]
pub(super) struct SpanStyle {
    /// The voice; the same with lining figures; and that of words that run from right to left.
    pub(super) voice: VoiceId,
    pub(super) lining: VoiceId,
    pub(super) backward: VoiceId,
    /// That of acronyms, where they have small capitals.
    pub(super) acronym: Option<VoiceId>,
    pub(super) size: Pt,
    pub(super) colour: Colour,
    pub(super) shift: Shift,
    /// Its first byte in the text.
    pub(super) start: u32,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Glyphs without a space.
    Word(WordId),
    /// A space; the first of several, which alone has a width.
    Space,
    /// A further space.
    Void,
}

/// A word or a space of one span.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    /// Its bytes in the text.
    pub(super) start: u32,
    pub(super) len: u32,
    /// Its span.
    pub(super) span: u32,
    /// Its voice.
    pub(super) voice: VoiceId,
    pub(super) width: Pt,
    /// How it takes part in the order of its line (UAX 9).
    pub(super) order: Leveled,
}

/// What ends a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BreakKind {
    /// The text's start or end.
    Edge,
    /// A space.
    Space,
    /// A hyphen put in; the second has a reason against it, such as a compound or a name.
    Hyphen,
    PoorHyphen,
    /// A hyphen of the author's. Readers that join lines lose it: `Pakistan-` and `Afghanistan` become one word.
    OwnHyphen,
    /// A dash of the author's.
    Dash,
    /// Another opportunity, without a mark.
    Bare,
    /// Before a mark of an address.
    Mark,
    /// Between any two letters, since the word is wider than the line.
    Emergency,
}

impl BreakKind {
    /// Whether the line's end shows a hyphen.
    pub(super) fn hyphenated(self) -> bool {
        matches!(
            self,
            Self::Hyphen | Self::PoorHyphen | Self::OwnHyphen | Self::Dash
        )
    }

    /// What is put in at the line's end.
    pub(super) fn joint(self) -> Joint {
        match self {
            Self::Hyphen | Self::PoorHyphen => Joint::Hyphen,
            _ => Joint::Bare,
        }
    }
}

/// A place where a line may end, with sums from the text's start: a line's measure is a difference of two. The sums are plain
/// numbers of double precision, since a paragraph may be as long as a book.
#[derive(Debug, Clone, Copy)]
pub(super) struct Break {
    pub(super) kind: BreakKind,
    /// The token that begins the next line, and the byte in it.
    pub(super) token: u32,
    pub(super) cut: u32,
    /// The sum of widths to the line's end, and to the start of the next line, in points.
    pub(super) end: f64,
    pub(super) next: f64,
    /// The same of the stretchable spaces, in points of their type size.
    pub(super) spaces_end: f64,
    pub(super) spaces_next: f64,
    /// The same of letters that may be spaced, each counted by its size.
    pub(super) letters_end: f64,
    pub(super) letters_next: f64,
    /// How far the line's end hangs, and the start of the next line.
    pub(super) hang_end: Pt,
    pub(super) hang_start: Pt,
}

/// A text ready to be broken into lines.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub(super) text: String,
    pub(super) styles: Vec<SpanStyle>,
    pub(super) tokens: Vec<Token>,
    /// The first is the text's start, the last its end.
    pub(super) breaks: Vec<Break>,
    /// Characters that no face has, in order of their place.
    pub(super) missing: Vec<char>,
    /// What its lines give beside their spaces: nothing in scripts whose letters join.
    pub(super) spread: Spread,
    /// The levels of its words; none where all of them run from left to right.
    pub(super) levels: Option<Levels>,
}

impl Paragraph {
    /// The level on which it stands as a whole.
    pub(super) fn base(&self) -> Level {
        self.levels.as_ref().map_or(Level::ltr(), Levels::base)
    }

    /// Whether what has this level stands at the edges of lines, where it comes first or last.
    pub(super) fn meets_edges(&self, level: Level) -> bool {
        level == self.base()
    }
}
