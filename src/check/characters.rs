//! Characters that may stand in a text and are mostly a mistake.

use super::Report;
use crate::diagnostic::{ByteSpan, Code, Diagnostic, Edit, FieldPath};

/// Characters that are allowed and mostly a mistake: each kind is told once for a text, at its first place.
pub(super) fn characters(text: &str, path: &FieldPath, report: &mut Report<'_>) {
    if text.is_ascii() {
        return;
    }
    // Where letters run from right to left, these marks have work to do.
    let backward = text.chars().any(runs_backward);
    for kind in DOUBTFUL {
        if backward && (kind.holds)('\u{200f}', "\u{200f}", 0) {
            continue;
        }
        let found = text
            .char_indices()
            .filter(|(at, c)| (kind.holds)(*c, text, *at));
        let found: Vec<ByteSpan> = found.map(|(at, c)| at..at + c.len_utf8()).collect();
        let Some(first) = found.first() else {
            continue;
        };
        let more = match found.len() - 1 {
            0 => String::new(),
            more => format!(" (and {more} more in this text)"),
        };
        let c = text[first.clone()].chars().next().map_or(0, u32::from);
        let message = format!("U+{c:04X}, {}{more}", kind.message);
        let mut problem = Diagnostic::warning(kind.code, message).hint(kind.hint);
        if kind.code == Code::InvisibleCharacter && c == SOFT_HYPHEN {
            problem.fix = removals(text, &found, path, report);
        }
        report.say_within(path, text, first, problem);
    }
}

const SOFT_HYPHEN: u32 = 0xad;

/// The changes that take characters out of a text, where their places in the file are known.
fn removals(text: &str, parts: &[ByteSpan], path: &FieldPath, report: &Report<'_>) -> Vec<Edit> {
    let Some(place) = report.source.places.get(path) else {
        return Vec::new();
    };
    let places = place.parts(&report.source.text, text, parts).into_iter();
    let exact = places.zip(parts).filter(|(place, part)| {
        let written = report.source.text.get(place.clone()).unwrap_or_default();
        written == &text[(*part).clone()] || written.starts_with('\\')
    });
    exact.map(|(place, _)| Edit::new(place, "")).collect()
}

/// Letters that run from right to left (UAX 9, R and AL), and no marks.
fn runs_backward(c: char) -> bool {
    use unicode_bidi::BidiClass::{AL, R};
    c.is_alphabetic() && matches!(unicode_bidi::bidi_class(c), R | AL)
}

/// A kind of characters that are mostly a mistake.
struct Doubtful {
    /// Whether the character at a place of a text is one.
    holds: fn(char, &str, usize) -> bool,
    code: Code,
    /// What such a character is.
    message: &'static str,
    /// The way out.
    hint: &'static str,
}

const DOUBTFUL: &[Doubtful] = &[
    Doubtful {
        holds: |c, _, _| matches!(c, '\u{200f}' | '\u{61c}'),
        code: Code::BidiControl,
        message: "a mark of right-to-left text, in a text without any",
        hint: "take it out; it came with what was pasted",
    },
    Doubtful {
        holds: |c, _, _| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'),
        code: Code::BidiControl,
        message: "a control of direction, which can show words in another order than they have",
        hint: "mark words of another direction with their language: [text](lang:ur)",
    },
    Doubtful {
        holds: |c, _, _| c == '\u{fffd}',
        code: Code::ReplacementCharacter,
        message: "the mark of a character that was lost",
        hint: "put the character back that stood here",
    },
    Doubtful {
        holds: |c, _, _| c == '\u{ad}',
        code: Code::InvisibleCharacter,
        message: "a soft hyphen, which nobody sees and which parts the word for searching",
        hint: "take it out; where a word may be broken is said under `hyphenation`",
    },
    Doubtful {
        holds: |c, text, at| {
            matches!(c, '\u{200b}' | '\u{2060}') && !beside(text, at, is_written_without_spaces)
        },
        code: Code::InvisibleCharacter,
        message: "a character without a width, which nobody sees",
        hint: "take it out; it was most likely pasted along",
    },
    Doubtful {
        holds: |c, text, at| c == '\u{a0}' && beside(text, at, |c| c == ' '),
        code: Code::InvisibleCharacter,
        message: "a no-break space beside a space",
        hint: "leave one of the two",
    },
];

/// Whether a character of a kind stands right before or behind the one at a place.
fn beside(text: &str, at: usize, kind: fn(char) -> bool) -> bool {
    let before = text[..at].chars().next_back();
    let behind = text[at..].chars().nth(1);
    before.into_iter().chain(behind).any(kind)
}

/// Whether a letter is of a script in which words are not parted by spaces, so that a zero-width one may part them.
fn is_written_without_spaces(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{9fff}')
}
