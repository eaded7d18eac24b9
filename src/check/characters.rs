//! Characters that may stand in a text and are mostly a mistake.

use unicode_normalization::char::is_combining_mark;

use super::Report;
use crate::diagnostic::{ByteSpan, Code, Diagnostic, Edit, FieldPath};

/// Characters that are allowed and mostly a mistake: each kind is told once for a text, at its first place.
pub(super) fn characters(text: &str, path: &FieldPath, report: &mut Report<'_>) {
    if text.is_ascii() {
        return;
    }
    if let Some(letter) = overloaded(text) {
        let message =
            format!("a letter has more than {MOST_MARKS} marks, which no page has room for");
        let problem = Diagnostic::error(Code::TooManyValues, message)
            .hint("leave the marks that the letter is written with");
        report.say_within(path, text, &letter, problem);
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

/// So many marks follow each other on a letter at most (Stream-Safe Text Format, UAX 15, 13).
const MOST_MARKS: usize = 30;

/// The first letter with more marks than that.
fn overloaded(text: &str) -> Option<ByteSpan> {
    let (mut letter, mut marks) = (0..0, 0);
    for (at, c) in text.char_indices() {
        if is_combining_mark(c) {
            marks += 1;
            if marks > MOST_MARKS {
                return Some(letter);
            }
        } else {
            (letter, marks) = (at..at + c.len_utf8(), 0);
        }
    }
    None
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
    // No ASCII does, and nearly all characters of many texts are that.
    !c.is_ascii() && c.is_alphabetic() && matches!(unicode_bidi::bidi_class(c), R | AL)
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
        holds: |c, _, _| matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}'),
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
        holds: |c, _, _| matches!(c, '\u{2028}' | '\u{2029}'),
        code: Code::InvisibleCharacter,
        message: "a separator of lines or paragraphs, which is printed as a space",
        hint: "put a blank line there where a paragraph ends, else a space",
    },
    Doubtful {
        holds: |c, text, at| {
            matches!(c, '\u{200b}' | '\u{2060}') && !beside(text, at, is_written_without_spaces)
                || is_nothing_to_see(c, text, at)
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

/// More tags than this never follow a flag: the code of a region and what ends it (UTS 51, annex C).
const LONGEST_TAG: usize = 8;

/// Whether nobody sees a character where it stands, and nobody there has a use for it: among these are the letters without a shape
/// (tags) in which whole sentences can hide.
fn is_nothing_to_see(c: char, text: &str, at: usize) -> bool {
    match c {
        '\u{17b4}' | '\u{17b5}' | '\u{2061}'..='\u{2065}' | '\u{206a}'..='\u{206f}' => true,
        '\u{1d173}'..='\u{1d17a}' => true,
        // In flags of regions, tags follow the flag (UTS 51, ED-14a).
        '\u{e0000}'..='\u{e007f}' => {
            let before = text[..at].chars().rev().take(LONGEST_TAG);
            let first = before.skip_while(|c| matches!(c, '\u{e0020}'..='\u{e007f}'));
            first.take(1).all(|c| c != '\u{1f3f4}')
        }
        // These have their uses beside letters of other scripts.
        '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200d}' | '\u{3164}' | '\u{ffa0}' => {
            !beside(text, at, |c| !c.is_ascii())
        }
        _ => false,
    }
}

/// Whether a letter is of a script in which words are not parted by spaces, so that a zero-width one may part them.
fn is_written_without_spaces(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{9fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The characters of a text that nobody sees and nobody needs.
    fn hidden(text: &str) -> usize {
        let places = text.char_indices();
        places
            .filter(|(at, c)| is_nothing_to_see(*c, text, *at))
            .count()
    }

    #[test]
    fn a_letter_has_as_many_marks_as_letters_have() {
        let marked = |count: usize| format!("ab{}c", "\u{301}".repeat(count));
        assert_eq!(overloaded(&marked(30)), None);
        assert_eq!(overloaded(&marked(31)), Some(1..2));
        assert_eq!(overloaded(&"e\u{301}".repeat(100)), None);
    }

    #[test]
    fn characters_that_nobody_sees_are_found_and_those_of_use_are_not() {
        assert_eq!(hidden("a\u{e0041}\u{e0042}b"), 2);
        assert_eq!(hidden("a\u{3164}b\u{2062}c\u{200d}d\u{34f}"), 4);
        assert_eq!(hidden(&"\u{e0041}".repeat(20)), 20);
        let england = "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}";
        for text in [
            england,
            "👩\u{200d}🚀",
            "ᄀ\u{1160}ᆨ",
            "क्\u{200d}ष",
            "Ă\u{34f}\u{323}",
        ] {
            assert_eq!(hidden(text), 0, "{text}");
        }
    }
}
