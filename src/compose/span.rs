//! Spans: stretches of text with one look, one language and one target.

use unicode_script::{Script, UnicodeScript};

use super::ids::{Anchor, NoteId};
use crate::piece::{Address, Direction, LanguageTag};

/// A stretch of text with one look, one language and one target.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    /// The characters; for a note reference its mark.
    pub text: String,
    /// Emphasised.
    pub emphasis: bool,
    /// How emphasis is shown in its script.
    pub stress: Stress,
    /// Strong.
    pub strong: bool,
    /// Raised or lowered.
    pub shift: Shift,
    /// Its language, where that is not the piece's.
    pub language: Option<Foreign>,
    /// Where it leads.
    pub target: Option<Target>,
}

impl Span {
    /// Whether it is the mark of a note, or parts two marks: no word of the text.
    #[must_use]
    pub fn is_mark(&self) -> bool {
        self.shift == Shift::Mark
    }

    /// Whether another span looks the same and leads to the same place.
    fn is_like(&self, other: &Self) -> bool {
        self.emphasis == other.emphasis
            && self.stress == other.stress
            && self.strong == other.strong
            && self.shift == other.shift
            && self.language == other.language
            && self.target == other.target
    }
}

/// Adds a span, to the one before it where both look alike.
pub(super) fn push(out: &mut Vec<Span>, span: Span) {
    match out.last_mut() {
        Some(last) if last.is_like(&span) => last.text.push_str(&span.text),
        _ => {
            // Most texts have a single span; a first push would make room for four.
            out.reserve_exact(usize::from(out.is_empty()));
            out.push(span);
        }
    }
}

/// How words are shown to be emphasised: not every script has a slant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stress {
    /// By a slant: Latin, Greek and Cyrillic.
    #[default]
    Slant,
    /// By weight: scripts whose faces have no slant.
    Weight,
    /// By a dot at each character: ideographs, kana and Hangul.
    Dots,
}

impl Stress {
    /// That of the script of a letter; none of what belongs to no script.
    #[must_use]
    pub fn of(letter: char) -> Option<Self> {
        use Script::{
            Bopomofo, Common, Cyrillic, Greek, Han, Hangul, Hiragana, Inherited, Katakana, Latin,
        };
        match letter.script() {
            Common | Inherited => None,
            Latin | Greek | Cyrillic => Some(Self::Slant),
            Han | Hiragana | Katakana | Bopomofo | Hangul => Some(Self::Dots),
            _ => Some(Self::Weight),
        }
    }
}

/// The language of a span that is not in the piece's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreign {
    /// The language.
    pub tag: LanguageTag,
    /// Its direction.
    pub direction: Direction,
}

impl Foreign {
    /// English, in a piece that is not.
    ///
    /// # Panics
    /// Never: `en` is a language tag.
    #[must_use]
    pub fn english() -> Self {
        Self {
            tag: LanguageTag::parse("en").expect("`en` is a language tag"),
            direction: Direction::LeftToRight,
        }
    }

    /// A language that is not the piece's.
    pub(super) fn of(tag: &LanguageTag) -> Self {
        Self {
            tag: tag.clone(),
            direction: tag.direction(),
        }
    }
}

/// Raised or lowered text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shift {
    /// On the baseline.
    #[default]
    None,
    /// Superscript.
    Superscript,
    /// Subscript.
    Subscript,
    /// Raised, and no word of the text: the mark of a note, a way back from one, and what parts two marks.
    Mark,
}

/// Where a span leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An address outside.
    Url(Address),
    /// A place in the piece.
    Anchor(Anchor),
    /// A footnote. Each reference has an anchor of its own, so that the note can lead back.
    Note {
        /// The note.
        note: NoteId,
        /// The anchor of this reference.
        reference: Anchor,
    },
    /// From a footnote back to a reference that is not its first.
    Back {
        /// The anchor of the reference.
        reference: Anchor,
        /// The number of the reference among those to the note, in the piece's digits.
        number: String,
    },
}
