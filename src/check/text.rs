//! Rules over texts: what stands in them that cannot be printed, read or reached.

use std::ops::Range;

use super::identifiers::address_fault;
use super::{Report, root};
use crate::diagnostic::{Code, Diagnostic, FieldPath};
use crate::piece::{LanguageTag, Mark, MarkKind, Marked, Piece};

/// A text without markup.
pub(super) fn plain(text: &str, path: &FieldPath, report: &mut Report<'_>) {
    blank(text, path, report);
    characters(text, path, report);
    comment(path, report);
}

/// A text with markup.
pub(super) fn marked(text: &Marked, path: &FieldPath, report: &mut Report<'_>) {
    blank(text.source(), path, report);
    cell(text, path, report);
}

/// A text with markup that may be empty.
pub(super) fn cell(text: &Marked, path: &FieldPath, report: &mut Report<'_>) {
    let source = text.source();
    characters(source, path, report);
    comment(path, report);
    if !source.contains(['[', '*', '^', '~']) {
        return;
    }
    let marks = text.marks();
    for mark in &marks {
        if let MarkKind::Note(name) = &mark.kind {
            report.referred.insert(name.clone());
        }
        if !report.is_full() {
            one(mark, source, path, report);
        }
    }
    unread_links(source, &marks, path, report);
}

fn blank(text: &str, path: &FieldPath, report: &mut Report<'_>) {
    if text.trim().is_empty() {
        let problem = Diagnostic::error(Code::EmptyText, "this text is nothing but white space");
        report.say(path, problem.hint("write the text, or leave the key out"));
    }
}

/// Characters that are allowed and mostly a mistake.
fn characters(text: &str, path: &FieldPath, report: &mut Report<'_>) {
    if text.is_ascii() {
        return;
    }
    for (at, c) in text.char_indices() {
        let (code, message, hint) = match c {
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => (
                Code::BidiControl,
                "a control of direction, which can show words in another order than they have",
                "mark words of another direction with their language: [text](lang:ur)",
            ),
            '\u{fffd}' => (
                Code::ReplacementCharacter,
                "the mark of a character that was lost",
                "put the character back that stood here",
            ),
            _ => continue,
        };
        let message = format!("U+{:04X}, {message}", u32::from(c));
        let part = at..at + c.len_utf8();
        report.say_within(
            path,
            text,
            &part,
            Diagnostic::warning(code, message).hint(hint),
        );
    }
}

/// A comment behind an unquoted text: perhaps it was meant to be printed.
fn comment(path: &FieldPath, report: &mut Report<'_>) {
    let source = report.source;
    let Some(span) = source.places.get(path) else {
        return;
    };
    let raw = source.text.get(span.clone()).unwrap_or_default();
    let rest = source.text.get(span.end..).unwrap_or_default();
    let rest = rest.split('\n').next().unwrap_or_default();
    let text = rest.trim_start_matches([' ', '\t']);
    // What looks like a number of a thing, `#5`, and not like a remark, `# five`.
    let joined = text
        .strip_prefix('#')
        .is_some_and(|text| text.starts_with(char::is_alphanumeric));
    if raw.starts_with(['"', '\'']) || !joined {
        return;
    }
    let start = span.end + (rest.len() - text.len());
    let comment = start..start + text.trim_end().len();
    let message = "this is a comment, and is printed in no edition";
    let problem = Diagnostic::warning(Code::CommentAfterText, message)
        .hint("quote the text if this belongs to it; else put a space after the `#`");
    report.found.push(problem.at(Some(comment)));
}

fn one(mark: &Mark, source: &str, path: &FieldPath, report: &mut Report<'_>) {
    let problem = match &mark.kind {
        MarkKind::Note(name) => note(name, mark.in_link, report),
        MarkKind::Link { empty: true, .. } => Some(
            Diagnostic::error(Code::EmptyLink, "this link has no text to show")
                .hint("write its text between the brackets"),
        ),
        MarkKind::Link { to, .. } => address_fault(to, true).map(|fault| {
            let message = format!("`{to}` is not an address that can be linked to");
            Diagnostic::error(Code::Address, message).hint(fault)
        }),
        MarkKind::Foreign { language } => LanguageTag::parse(language).err().map(|error| {
            Diagnostic::error(Code::Language, error.to_string())
                .hint("write a BCP 47 tag after `lang:`: [text](lang:ur)")
        }),
        MarkKind::Image => Some(
            Diagnostic::warning(
                Code::ImageInText,
                "an image in a text is not read, and stays as it is",
            )
            .hint("use a `figure` block; if these characters are meant, write `!\\[`"),
        ),
        MarkKind::TooDeep => Some(
            Diagnostic::warning(
                Code::DeepMarkup,
                "markup is nested too deep to be read, and stays as it is",
            )
            .hint("end some of the marks before others begin"),
        ),
    };
    if let Some(problem) = problem {
        report.say_within(path, source, &mark.range, problem);
    }
}

fn note(name: &str, in_link: bool, report: &Report<'_>) -> Option<Diagnostic> {
    if in_link {
        let problem = Diagnostic::error(Code::NoteInLink, "a note stands in a link");
        return Some(problem.hint("put the note behind the link"));
    }
    if report.notes.contains(name) {
        return None;
    }
    let problem = Diagnostic::error(Code::UndefinedNote, format!("there is no note `{name}`"));
    let near = report
        .notes
        .iter()
        .min_by_key(|known| strsim::damerau_levenshtein(name, known))
        .filter(|known| strsim::damerau_levenshtein(name, known) <= 1 + known.len() / 4);
    Some(match near {
        Some(near) => problem.hint(format!("did you mean `[^{near}]`?")),
        None => problem.hint(format!(
            "add `{name}: …` under `notes:`; if these characters are text, write `\\[^{name}]`"
        )),
    })
}

/// What was written as a link and is not read as one: a space in the address, or a link around another.
fn unread_links(source: &str, marks: &[Mark], path: &FieldPath, report: &mut Report<'_>) {
    if source.contains("\\[") || source.contains("\\]") {
        return;
    }
    let mut marks = marks.iter().peekable();
    let mut covered = 0;
    for (at, found) in source.match_indices("](") {
        let part: Range<usize> = at..at + found.len();
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

/// The notes themselves, and whether each is referred to.
pub(super) fn notes(piece: &Piece, report: &mut Report<'_>) {
    let referred = report.referred.clone();
    for (name, text) in &piece.notes {
        let path = root().key("notes").key(name);
        marked_note(text, &path, report);
        if !referred.contains(name) {
            let problem = Diagnostic::warning(
                Code::UnusedNote,
                format!("no text refers to the note `{name}`"),
            );
            report.say(
                &path,
                problem.hint(format!("refer to it with `[^{name}]`, or take it out")),
            );
        }
    }
}

fn marked_note(text: &Marked, path: &FieldPath, report: &mut Report<'_>) {
    let before = report.found.len();
    marked(text, path, report);
    // A note in a note is said to be that, whether it exists or not.
    let is_other = |found: &Diagnostic| found.code != Code::UndefinedNote;
    let mut said = report.found.split_off(before);
    said.retain(is_other);
    report.found.extend(said);
    for mark in text.marks() {
        if matches!(mark.kind, MarkKind::Note(_)) {
            let problem = Diagnostic::error(Code::NoteInNote, "a note stands in a note")
                .hint("put its text into this note, or into the text");
            report.say_within(path, text.source(), &mark.range, problem);
        }
    }
}
