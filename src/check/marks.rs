//! Rules over the marks of a text: what each names, and what looks like a mark and is none.

use std::ops::Range;

use super::Report;
use super::addresses::no_address;
use super::checked::NoteIndex;
use super::limits::Counted;
use crate::diagnostic::{Code, Diagnostic, FieldPath};
use crate::piece::{Address, Allowed, LanguageTag, Mark, MarkKind, Marked};

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    Text,
    Note,
}

/// What a mark names, read; nothing where that is refused.
pub(super) enum Named {
    Address(Option<Address>),
    Language(Option<LanguageTag>),
    Note(Option<NoteIndex>),
}

/// Judges a mark and reads what it names.
pub(super) fn one(
    mark: &Mark,
    source: &str,
    path: &FieldPath,
    within: Within,
    report: &mut Report<'_>,
) -> Option<Named> {
    let (named, problem) = match &mark.kind {
        // Whether it exists or not.
        MarkKind::Note(_) if within == Within::Note => {
            let problem = Diagnostic::error(Code::NoteInNote, "a note stands in a note")
                .hint("put its text into this note, or into the text");
            (Some(Named::Note(None)), Some(problem))
        }
        MarkKind::Note(name) => {
            report.counts_within(Counted::References, path, source, &mark.range);
            let index = report.note(name);
            report.referred.extend(index);
            let problem = note(name, index, mark.in_link, report);
            (Some(Named::Note(index)), problem)
        }
        MarkKind::Link { empty: true, .. } => (Some(Named::Address(None)), Some(empty_link())),
        MarkKind::Link { to, .. } => match Address::parse(to, Allowed::WebAndMail) {
            Ok(address) => (Some(Named::Address(Some(address))), None),
            Err(fault) => (Some(Named::Address(None)), Some(no_address(to, &fault))),
        },
        MarkKind::Foreign { language } => match LanguageTag::parse(language) {
            Ok(tag) => (Some(Named::Language(Some(tag))), None),
            Err(error) => {
                let problem = Diagnostic::error(Code::Language, error.to_string())
                    .hint("write a BCP 47 tag after `lang:`: [text](lang:ur)");
                (Some(Named::Language(None)), Some(problem))
            }
        },
        MarkKind::Image => {
            let message = "an image in a text is not read, and stays as it is";
            let problem = Diagnostic::warning(Code::ImageInText, message)
                .hint("use a `figure` block; if these characters are meant, write `!\\[`");
            (None, Some(problem))
        }
        MarkKind::Unread => {
            let message = "this looks like a mark, and stays as it is";
            let rule = "where the character is meant write `\\` before it";
            let hint = match whole_mark(source, &mark.range) {
                Some((_, whole)) if whole.starts_with(['^', '~']) && whole.contains(' ') => {
                    format!(
                        "raised and lowered text has no spaces (no-break ones may stand in it); {rule}"
                    )
                }
                Some((part, whole)) if is_read(source, part.clone(), &whole) => {
                    format!("write `{whole}`; {rule}")
                }
                Some((part, whole))
                    if whole.starts_with('~') && !follows_word(source, part.start) =>
                {
                    format!("lowered text stands behind what it belongs to, as in `H~2~`; {rule}")
                }
                Some(_) => format!("no mark is read in this place; {rule}"),
                None => format!("a mark stands at the edge of a word and has a partner; {rule}"),
            };
            let problem = Diagnostic::warning(Code::UnreadMark, message).hint(hint);
            (None, Some(problem))
        }
        MarkKind::TooDeep => {
            let message = "markup is nested too deep to be read, and stays as it is";
            let problem = Diagnostic::warning(Code::DeepMarkup, message)
                .hint("end some of the marks before others begin");
            (None, Some(problem))
        }
    };
    if let Some(problem) = problem {
        report.say_within(path, source, &mark.range, problem);
    }
    named
}

/// Whether a letter or a digit stands before a place of a text.
fn follows_word(source: &str, at: usize) -> bool {
    source[..at].ends_with(char::is_alphanumeric)
}

/// Whether a mark would be read that stood in the place of a part of a text.
fn is_read(source: &str, part: Range<usize>, mark: &str) -> bool {
    let text = format!("{}{mark}{}", &source[..part.start], &source[part.end..]);
    let whole = part.start..part.start + mark.len();
    let (_, marks) = Marked::new(&text).read();
    let mut unread = marks.iter().filter(|mark| mark.kind == MarkKind::Unread);
    unread.all(|mark| !whole.contains(&mark.range.start))
}

/// The words behind half a mark, with the mark at both ends, and the part of the text that they are meant for; of asterisks none
/// in the middle of a word.
fn whole_mark(source: &str, mark: &Range<usize>) -> Option<(Range<usize>, String)> {
    const LONGEST: usize = 60;
    let sign = source[mark.start..].chars().next()?;
    let is_inside = follows_word(source, mark.start);
    let run = |text: &str| text.chars().take_while(|c| *c == sign).count();
    let opening = run(&source[mark.start..]);
    let behind = &source[mark.start + opening * sign.len_utf8()..];
    if is_inside && sign == '*' || !behind.starts_with(char::is_alphanumeric) {
        return None;
    }
    let (words, closing) = match behind.find(sign) {
        Some(end) if !is_inside && !behind[..end].ends_with(' ') => {
            (&behind[..end], run(&behind[end..]))
        }
        _ => {
            let end = behind.find(|c: char| !c.is_alphanumeric());
            let (words, rest) = behind.split_at(end.unwrap_or(behind.len()));
            (words, run(rest))
        }
    };
    let end = mark.start + (opening + closing) * sign.len_utf8() + words.len();
    // A backslash before the second one makes a character of it.
    let words = words.trim_end_matches('\\');
    let sign = sign.to_string().repeat(opening.max(closing));
    (words.len() <= LONGEST).then(|| (mark.start..end, format!("{sign}{words}{sign}")))
}

fn empty_link() -> Diagnostic {
    Diagnostic::error(Code::EmptyLink, "this link has no text to show")
        .hint("write its text between the brackets")
}

fn note(
    name: &str,
    index: Option<NoteIndex>,
    in_link: bool,
    report: &mut Report<'_>,
) -> Option<Diagnostic> {
    if in_link {
        let problem = Diagnostic::error(Code::NoteInLink, "a note stands in a link");
        return Some(problem.hint("put the note behind the link"));
    }
    if index.is_some() {
        return None;
    }
    let problem = Diagnostic::error(Code::UndefinedNote, format!("there is no note `{name}`"));
    Some(match report.nearest_note(name) {
        Some(near) => problem.hint(format!("did you mean `[^{near}]`?")),
        None => problem.hint(format!(
            "add `{name}: …` under `notes:`; if these characters are text, write `\\[^{name}]`"
        )),
    })
}

/// The places at which text in brackets ends and what is sought follows, but where a backslash made the brackets text.
fn after_brackets<'t>(source: &'t str, sought: &'t str) -> impl Iterator<Item = usize> + 't {
    let escaped = |at: usize| {
        let backslashes = source[..at].bytes().rev();
        backslashes.take_while(|byte| *byte == b'\\').count() % 2 == 1
    };
    let mut is_text = false;
    source
        .match_indices(['[', ']'])
        .filter_map(move |(at, sign)| {
            let is_escaped = escaped(at);
            if sign == "[" {
                is_text = is_escaped;
                return None;
            }
            let ends = !is_text && !is_escaped && source[at..].starts_with(sought);
            is_text = false;
            ends.then_some(at)
        })
}

/// What was written as a link and is not read as one: a space in the address, or a link around another.
pub(super) fn unread_links(
    source: &str,
    marks: &[Mark],
    path: &FieldPath,
    report: &mut Report<'_>,
) {
    let mut marks = marks.iter().peekable();
    let mut covered = 0;
    for at in after_brackets(source, "](") {
        let part: Range<usize> = at..at + 2;
        while let Some(mark) = marks.next_if(|mark| mark.range.start <= at) {
            covered = covered.max(mark.range.end);
        }
        if part.end <= covered {
            continue;
        }
        let message = "this looks like the end of a link, and is not read as one";
        let problem = Diagnostic::warning(Code::UnreadLink, message).hint(
            "an address has no spaces, a link stands in no other, and `\\[` before it makes it text",
        );
        // One is enough to make an author look at all of the text.
        return report.say_within(path, source, &part, problem);
    }
}

/// A link with a space between its text and its address.
pub(super) fn spaced_links(source: &str, path: &FieldPath, report: &mut Report<'_>) {
    const SPACED: &str = "] (";
    let mut ends = after_brackets(source, SPACED);
    let found = ends.find(|at| {
        let address = &source[at + SPACED.len()..];
        ["http://", "https://", "mailto:", "lang:"]
            .iter()
            .any(|beginning| address.starts_with(beginning))
    });
    if let Some(at) = found {
        let message = "this looks like a link, and is not read as one";
        let problem = Diagnostic::warning(Code::UnreadLink, message)
            .hint("nothing stands between `]` and `(`: [text](https://...)");
        report.say_within(path, source, &(at..at + SPACED.len()), problem);
    }
}

/// A note whose name has a space in it, has no end or no letters, which prints as it stands.
pub(super) fn unread_notes(source: &str, path: &FieldPath, report: &mut Report<'_>) {
    let found = source.match_indices("[^").find_map(|(at, found)| {
        if source[..at].ends_with('\\') {
            return None;
        }
        let behind = &source[at + found.len()..];
        let name = &behind[..behind.find(['[', ']']).unwrap_or(behind.len())];
        let is_closed = behind[name.len()..].starts_with(']');
        let words: Vec<&str> = name.split_whitespace().collect();
        let part = |length: usize| at..at + found.len() + length;
        let whole = part(name.len() + 1);
        match words.as_slice() {
            [] if is_closed => {
                let hint = "name the note, as `[^one]`, and put its text under `notes`";
                Some((whole, hint.to_owned()))
            }
            [] => None,
            _ if is_closed && name.contains(char::is_whitespace) => {
                let name = words.join("-");
                let hint = format!(
                    "the name of a note has no spaces: write `[^{name}]` here and `{name}:` under `notes`"
                );
                Some((whole, hint))
            }
            [first, ..] if !is_closed && name.starts_with(first) => {
                let own = first.trim_end_matches(|c: char| c.is_ascii_punctuation());
                let hint = format!("a bracket ends the name of a note: `[^{own}]`");
                (!own.is_empty()).then(|| (part(own.len()), hint))
            }
            _ => None,
        }
    });
    if let Some((part, hint)) = found {
        let message = "this looks like a note, and is not read as one";
        let problem = Diagnostic::warning(Code::UnreadNote, message).hint(hint);
        report.say_within(path, source, &part, problem);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is proposed for the first half of a mark in a text, where it would be read.
    fn proposed(source: &str) -> Option<String> {
        let (_, marks) = Marked::new(source).read();
        let mut marks = marks.iter();
        let mark = marks.find(|mark| mark.kind == MarkKind::Unread)?;
        let (part, whole) = whole_mark(source, &mark.range)?;
        is_read(source, part, &whole).then_some(whole)
    }

    #[test]
    fn nothing_is_proposed_that_is_not_read_either() {
        for text in ["~approx~ 5", "~2~H", "a~b~@example.org"] {
            assert_eq!(proposed(text), None, "{text}");
        }
        for (text, whole) in [
            (r"*emph\*", "*emph*"),
            ("and *half.", "*half*"),
            ("x^2 here", "^2^"),
            ("H~2 here", "~2~"),
            ("So **bold* here", "**bold**"),
        ] {
            assert_eq!(proposed(text).as_deref(), Some(whole), "{text}");
        }
    }
}
