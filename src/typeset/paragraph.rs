//! A text as tokens and breaks: shaped words, spaces, and every place where a line may end.

use unicode_bidi::Level;

use crate::compose::{Shift, Span, Target, Text, acronyms};
use crate::piece::Direction;
use crate::shape::{
    Features, LanguageId, Leveled, Levels, Part, SHIFTED_SIZE, Spread, Tracking, Voice, VoiceId,
    WordId, direction_of, isolates,
};
use crate::theme::{Acronyms, Colour, Em, Family, Pt, Slant, Weight, look_of};

use super::breaks::{self, Opportunities};
use super::lexicon::{Joint, Lexicon};

/// How a text is set, before its spans have their say.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextStyle {
    pub(super) family: Family,
    pub(super) weight: Weight,
    pub(super) slant: Slant,
    pub(super) features: Features,
    pub(super) tracking: Tracking,
    pub(super) size: Pt,
    pub(super) colour: Colour,
    /// The colour of links.
    pub(super) links: Colour,
    /// Which capitals acronyms have.
    pub(super) acronyms: Acronyms,
    /// Whether words may be cut with a hyphen.
    pub(super) hyphenate: bool,
}

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

/// Makes a paragraph of a text. `measure` is the width of its lines, by which words are found too wide.
pub(super) fn prepare(
    lexicon: &mut Lexicon,
    opportunities: &mut Opportunities,
    text: &Text,
    style: &TextStyle,
    language: LanguageId,
    measure: Pt,
) -> Paragraph {
    let spans = text.spans.as_slice();
    let mut paragraph = Paragraph::default();
    paragraph
        .text
        .reserve_exact(spans.iter().map(|span| span.text.len()).sum());
    for span in spans {
        let own = span_style(lexicon, span, style, language, paragraph.text.len());
        paragraph.styles.push(own);
        paragraph.text.push_str(&span.text);
    }
    let alone = isolates(spans, text.direction);
    paragraph.levels = Levels::of(&paragraph.text, text.direction, &alone);
    let turn = paragraph.levels.as_ref().is_some_and(Levels::turn);
    if turn {
        for own in &mut paragraph.styles {
            own.backward = backward_voice(lexicon, own.voice);
        }
    }
    if !turn {
        paragraph.spread = lexicon.words.shaper.spread(language);
    }
    opportunities.find(&paragraph.text, text);
    tokenise(lexicon, opportunities, spans, &mut paragraph);
    breaks::collect(
        lexicon,
        opportunities,
        style.hyphenate,
        measure,
        &mut paragraph,
    );
    paragraph
}

fn span_style(
    lexicon: &mut Lexicon,
    span: &Span,
    style: &TextStyle,
    language: LanguageId,
    start: usize,
) -> SpanStyle {
    let language = match &span.language {
        Some(foreign) => lexicon.language(&foreign.tag),
        None => language,
    };
    let (weight, slant) = look_of(style.weight, style.slant, span);
    let voice = Voice {
        family: style.family,
        weight,
        slant,
        features: style.features,
        tracking: style.tracking,
        language,
        direction: Direction::LeftToRight,
    }
    .shifted(span.shift);
    let colour = match span.target {
        Some(Target::Url(_)) => style.links,
        _ => style.colour,
    };
    let id = lexicon.words.voice(voice);
    SpanStyle {
        voice: id,
        backward: id,
        lining: lexicon.words.voice(voice.lining()),
        acronym: (style.acronyms == Acronyms::SmallCapitals
            && voice.slant == Slant::Upright
            && span.shift == Shift::None)
            .then(|| lexicon.words.voice(voice.of_small_capitals())),
        size: style.size,
        colour,
        shift: span.shift,
        start: start as u32,
    }
}

/// The voice of a span's words that run from right to left: upright, since none of their scripts has a slant.
fn backward_voice(lexicon: &mut Lexicon<'_>, voice: VoiceId) -> VoiceId {
    let voice = lexicon.words.voice_of(voice);
    lexicon.words.voice(Voice {
        slant: Slant::Upright,
        direction: Direction::RightToLeft,
        ..voice
    })
}

/// Longer words are cut where a line may end, so that a text without spaces is not one word.
const LONGEST: usize = 160;

fn tokenise(
    lexicon: &mut Lexicon,
    opportunities: &Opportunities,
    spans: &[Span],
    paragraph: &mut Paragraph,
) {
    let text = std::mem::take(&mut paragraph.text);
    paragraph.tokens.reserve(text.len() / 3 + 2);
    let mut capitals = false;
    for (index, span) in spans.iter().enumerate() {
        let first = paragraph.styles[index].start as usize;
        let mut at = first;
        let end = first + span.text.len();
        // Looked for once a word, however many pieces it has.
        let mut word_end = at;
        while at < end {
            if word_end <= at {
                let rest = &text[at..end];
                word_end = at + rest.find(is_space).unwrap_or(rest.len());
            }
            if word_end == at {
                let length = text[at..].chars().next().map_or(1, char::len_utf8);
                space(lexicon, paragraph, index, at, length);
                at += length;
                continue;
            }
            let (order, until) = order_at(paragraph, at, Part::Words);
            let own = paragraph.styles[index];
            let (small, until) = match own.acronym {
                Some(voice) => part_of_word(&text[..end], at, word_end.min(until), voice),
                None => (None, until),
            };
            let length = opportunities.limit(at, word_end.min(until), LONGEST, &text) - at;
            let word = &text[at..at + length];
            // Beside small capitals figures are as they are beside small letters.
            let lining = own.acronym.is_none() && figures_are_lining(word, capitals);
            capitals = is_capitals(word);
            let voice = match (direction_of(order.level), small) {
                (Direction::RightToLeft, _) => own.backward,
                (Direction::LeftToRight, Some(small)) => small,
                (Direction::LeftToRight, None) if lining => own.lining,
                (Direction::LeftToRight, None) => own.voice,
            };
            let id = lexicon.word(voice, word);
            let shaped = lexicon.words.get(id);
            for missing in &shaped.missing {
                let rest = word.get(*missing as usize..).unwrap_or_default();
                paragraph.missing.extend(rest.chars().next());
            }
            paragraph.tokens.push(Token {
                kind: TokenKind::Word(id),
                start: at as u32,
                len: length as u32,
                span: index as u32,
                voice,
                width: shaped.width * own.size,
                order,
            });
            at += length;
        }
    }
    paragraph.text = text;
}

/// Of a word up to a byte, the part that begins here and is an acronym throughout, or no part of one: its voice where it is one,
/// and its end.
fn part_of_word(text: &str, at: usize, end: usize, small: VoiceId) -> (Option<VoiceId>, usize) {
    // An acronym is one by what stands around it, so the whole word is read.
    let start = text[..at].rfind(is_space).map_or(0, |space| {
        space + text[space..].chars().next().map_or(1, char::len_utf8)
    });
    let word = text.get(start..end).unwrap_or_default();
    for acronym in acronyms(word) {
        let (from, to) = (start + acronym.start, start + acronym.end);
        if at < from {
            return (None, from);
        }
        if at < to {
            return (Some(small), to);
        }
    }
    (None, end)
}

fn space(lexicon: &Lexicon, paragraph: &mut Paragraph, span: usize, at: usize, length: usize) {
    let own = paragraph.styles[span];
    let (order, _) = order_at(paragraph, at, Part::Blank);
    let width = lexicon.words.space(own.voice).width;
    let size = if own.shift == Shift::None {
        own.size
    } else {
        own.size * SHIFTED_SIZE
    };
    let (kind, width) = match paragraph.tokens.last() {
        Some(Token {
            kind: TokenKind::Word(id),
            span: before,
            order: beside,
            ..
        }) => {
            let kern = if *before == span as u32 && beside.level == order.level {
                lexicon.words.get(*id).before_space
            } else {
                Em(0.0)
            };
            (TokenKind::Space, (width + kern) * size)
        }
        Some(_) => (TokenKind::Void, Pt(0.0)),
        None => (TokenKind::Space, width * size),
    };
    paragraph.tokens.push(Token {
        kind,
        start: at as u32,
        len: length as u32,
        span: span as u32,
        voice: own.voice,
        width,
        order,
    });
}

/// How what begins at a byte takes part in the order of its line, and the byte up to which it goes on so.
fn order_at(paragraph: &Paragraph, byte: usize, part: Part) -> (Leveled, usize) {
    match &paragraph.levels {
        Some(levels) => levels.at(byte),
        None => {
            let plain = Leveled::at(Level::ltr());
            (Leveled { part, ..plain }, usize::MAX)
        }
    }
}

/// Spaces that stretch. Others, such as the thin space, are glyphs of a word.
fn is_space(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t'
            | '\n'
            | '\r'
            | '\u{B}'
            | '\u{C}'
            | '\u{85}'
            | '\u{A0}'
            | '\u{2028}'
            | '\u{2029}'
    )
}

/// Figures stand as high as the capitals beside them: in the word (`COVID-19`) or before it (`ISO 9001`).
fn figures_are_lining(word: &str, after_capitals: bool) -> bool {
    let bytes = word.as_bytes();
    if !bytes.iter().any(u8::is_ascii_digit) {
        return false;
    }
    let upper = bytes.iter().any(u8::is_ascii_uppercase);
    let lower = bytes.iter().any(u8::is_ascii_lowercase);
    !lower && (upper || after_capitals)
}

/// Two capitals or more and no small letter.
fn is_capitals(word: &str) -> bool {
    let capitals = word.bytes().filter(u8::is_ascii_uppercase).count();
    capitals > 1
        && word.ends_with(|c: char| c.is_ascii_alphanumeric())
        && !word.bytes().any(|b| b.is_ascii_lowercase())
}
