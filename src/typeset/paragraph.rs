//! A text as tokens and breaks: shaped words, spaces, and every place where a line may end.

use unicode_bidi::Level;

use crate::compose::{Shift, Span, Target, Text, acronyms};
use crate::piece::Direction;
use crate::shape::{
    Features, LanguageId, Leveled, Levels, Part, SHIFTED_SIZE, Tracking, Voice, VoiceId,
    direction_of, isolates,
};
use crate::theme::{Acronyms, Colour, Em, Family, Pt, Slant, Weight, look_of};

use super::breaks::{self, Opportunities};
use super::lexicon::Lexicon;
use super::tokens::{Paragraph, SpanStyle, Token, TokenKind};

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
