//! Rules over texts: what stands in them that cannot be printed, read or reached. Markup is read here, once.

use std::ops::Range;

use super::checked::{Inline, NoteIndex, Picture, Text};
use super::{Report, pasted, root};
use crate::diagnostic::{ByteSpan, Code, Diagnostic, Edit, FieldPath, Place};
use crate::piece::{
    self, Address, AddressError, Allowed, LanguageTag, Mark, MarkKind, Marked, Piece,
};

/// A text without markup.
pub(super) fn plain(text: &str, path: &FieldPath, report: &mut Report<'_>) {
    blank(text, path, report);
    characters(text, path, report);
    comment(path, report);
}

/// A text without markup that stands among others.
pub(super) fn literal(text: &str, path: &FieldPath, report: &mut Report<'_>) -> Text {
    plain(text, path, report);
    Text {
        inlines: in_language(vec![Inline::Text(text.to_owned())], report),
        origin: path.clone(),
    }
}

/// Elements in the language of what they stand in.
fn in_language(content: Vec<Inline>, report: &Report<'_>) -> Vec<Inline> {
    match &report.language {
        Some(language) if !content.is_empty() => vec![Inline::Foreign {
            language: language.clone(),
            content,
        }],
        _ => content,
    }
}

/// A text with markup.
pub(super) fn marked(text: &Marked, path: &FieldPath, report: &mut Report<'_>) -> Text {
    blank(text.source(), path, report);
    cell(text, path, report)
}

/// A text with markup that may be empty.
pub(super) fn cell(text: &Marked, path: &FieldPath, report: &mut Report<'_>) -> Text {
    read(text, path, Within::Text, report)
}

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    Text,
    Note,
}

fn read(text: &Marked, path: &FieldPath, within: Within, report: &mut Report<'_>) -> Text {
    let source = text.source();
    characters(source, path, report);
    comment(path, report);
    let (inlines, marks) = text.read();
    let mut names = Vec::with_capacity(marks.len());
    let mut unread = false;
    for mark in &marks {
        // One is enough to make an author look at all of the text.
        if mark.kind == MarkKind::Unread && std::mem::replace(&mut unread, true) {
            continue;
        }
        names.extend(one(mark, source, path, within, report));
    }
    unread_links(source, &marks, path, report);
    spaced_links(source, path, report);
    unread_notes(source, path, report);
    pasted::notes(source, path, report);
    pasted::elements(source, path, report);
    pasted::lines(path, report);
    let inlines = resolve(inlines, &mut names.into_iter());
    Text {
        inlines: in_language(inlines, report),
        origin: path.clone(),
    }
}

/// A picture under a key of its own.
pub(super) fn picture(
    picture: &piece::Picture,
    at: &FieldPath,
    report: &mut Report<'_>,
) -> Option<Picture> {
    image(&picture.alt, at, report)
}

/// The image that stands under `image`, with its words; none where it could not be loaded.
pub(super) fn image(alt: &str, at: &FieldPath, report: &mut Report<'_>) -> Option<Picture> {
    plain(alt, &at.key("alt"), report);
    let origin = at.key("image");
    Some(Picture {
        image: report.image(&origin)?,
        alt: alt.to_owned(),
        origin,
    })
}

/// What is wrong with an address.
pub(super) fn no_address(text: &str, fault: &AddressError) -> Diagnostic {
    let message = format!("`{text}` is not an address that can be linked to");
    let hint = match with_scheme(text) {
        Some(address) => format!("write its beginning too: {address}"),
        None => fault.to_string(),
    };
    Diagnostic::error(Code::Address, message).hint(hint)
}

/// An address whose `https://` or `mailto:` was left out.
fn with_scheme(text: &str) -> Option<String> {
    let text = text.trim();
    let host = text.split(['/', '?', '#']).next().unwrap_or_default();
    let (_, last) = host.rsplit_once('.')?;
    let is_host = last.len() >= 2 && last.chars().all(char::is_alphabetic) && !host.contains(':');
    let scheme = match (is_host, host.contains('@')) {
        (false, _) => return None,
        (true, true) => "mailto:",
        (true, false) => "https://",
    };
    let address = format!("{scheme}{text}");
    Address::parse(&address, Allowed::WebAndMail)
        .is_ok()
        .then_some(address)
}

/// What a mark names, read; nothing where that is refused.
enum Named {
    Address(Option<Address>),
    Language(Option<LanguageTag>),
    Note(Option<NoteIndex>),
}

/// Puts what the marks name into the elements that they made. Marks stand in the order of their elements.
fn resolve(inlines: Vec<piece::Inline>, names: &mut impl Iterator<Item = Named>) -> Vec<Inline> {
    let mut out = Vec::with_capacity(inlines.len());
    for inline in inlines {
        match inline {
            piece::Inline::Text(text) => out.push(Inline::Text(text)),
            piece::Inline::Emphasis(content) => {
                out.push(Inline::Emphasis(resolve(content, names)));
            }
            piece::Inline::Strong(content) => out.push(Inline::Strong(resolve(content, names))),
            piece::Inline::Superscript(content) => {
                out.push(Inline::Superscript(resolve(content, names)));
            }
            piece::Inline::Subscript(content) => {
                out.push(Inline::Subscript(resolve(content, names)));
            }
            piece::Inline::Link { content, .. } | piece::Inline::Foreign { content, .. } => {
                let name = names.next();
                let content = resolve(content, names);
                match name {
                    Some(Named::Address(Some(to))) => out.push(Inline::Link { to, content }),
                    Some(Named::Language(Some(language))) => {
                        out.push(Inline::Foreign { language, content });
                    }
                    // Refused, and no edition is made; the words stay.
                    _ => out.extend(content),
                }
            }
            piece::Inline::Note(_) => {
                if let Some(Named::Note(Some(note))) = names.next() {
                    out.push(Inline::Note(note));
                }
            }
        }
    }
    out
}

fn blank(text: &str, path: &FieldPath, report: &mut Report<'_>) {
    if text.trim().is_empty() {
        let problem = Diagnostic::error(Code::EmptyText, "this text is nothing but white space");
        report.say(path, problem.hint("write the text, or leave the key out"));
    }
}

/// Characters that are allowed and mostly a mistake: each kind is told once for a text, at its first place.
fn characters(text: &str, path: &FieldPath, report: &mut Report<'_>) {
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

/// A comment behind an unquoted text: perhaps it was meant to be printed.
fn comment(path: &FieldPath, report: &mut Report<'_>) {
    let source = report.source;
    let Some(Place { span, style }) = source.places.get(path) else {
        return;
    };
    let rest = source.text.get(span.end..).unwrap_or_default();
    let text = rest.trim_start_matches([' ', '\t']);
    // What looks like a number of a thing, `#5`, and not like a remark, `# five`. The line's end is looked for only behind such a
    // sign: many texts stand on one line.
    let joined = text
        .strip_prefix('#')
        .is_some_and(|text| text.starts_with(char::is_alphanumeric));
    if style.is_quoted() || !joined {
        return;
    }
    let start = span.end + (rest.len() - text.len());
    let text = text.lines().next().unwrap_or_default();
    let comment = start..start + text.trim_end().len();
    let message = "this is a comment, and is printed in no edition";
    let problem = Diagnostic::warning(Code::CommentAfterText, message)
        .hint("quote the text if this belongs to it; else put a space after the `#`");
    report.found.push(problem.at(Some(comment)));
}

/// Judges a mark and reads what it names.
fn one(
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
            report.referred.insert(name.clone());
            let problem = note(name, mark.in_link, report);
            let index = report.notes.get(name.as_str()).copied();
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
                Some(whole) => format!("write `{whole}`; {rule}"),
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

/// The words behind half a mark, with the mark at both ends; none in the middle of a word.
fn whole_mark(source: &str, mark: &Range<usize>) -> Option<String> {
    const LONGEST: usize = 60;
    let sign = source[mark.start..].chars().next()?;
    let begins = !source[..mark.start].ends_with(char::is_alphanumeric);
    let run = |text: &str| text.chars().take_while(|c| *c == sign).count();
    let opening = run(&source[mark.start..]);
    let behind = &source[mark.start + opening * sign.len_utf8()..];
    if !begins || !behind.starts_with(char::is_alphanumeric) {
        return None;
    }
    let (words, closing) = match behind.find(sign) {
        Some(end) if !behind[..end].ends_with(' ') => (&behind[..end], run(&behind[end..])),
        _ => {
            let end = behind.find(|c: char| !c.is_alphanumeric());
            (&behind[..end.unwrap_or(behind.len())], 0)
        }
    };
    let sign = sign.to_string().repeat(opening.max(closing));
    (words.len() <= LONGEST).then(|| format!("{sign}{words}{sign}"))
}

fn empty_link() -> Diagnostic {
    Diagnostic::error(Code::EmptyLink, "this link has no text to show")
        .hint("write its text between the brackets")
}

fn note(name: &str, in_link: bool, report: &mut Report<'_>) -> Option<Diagnostic> {
    if in_link {
        let problem = Diagnostic::error(Code::NoteInLink, "a note stands in a link");
        return Some(problem.hint("put the note behind the link"));
    }
    if report.notes.contains_key(name) {
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

/// A link with a space between its text and its address.
fn spaced_links(source: &str, path: &FieldPath, report: &mut Report<'_>) {
    if source.contains("\\[") || source.contains("\\]") {
        return;
    }
    let found = source.match_indices("] (").find(|(at, found)| {
        let address = &source[at + found.len()..];
        ["http://", "https://", "mailto:", "lang:"]
            .iter()
            .any(|beginning| address.starts_with(beginning))
    });
    if let Some((at, found)) = found {
        let message = "this looks like a link, and is not read as one";
        let problem = Diagnostic::warning(Code::UnreadLink, message)
            .hint("nothing stands between `]` and `(`: [text](https://...)");
        report.say_within(path, source, &(at..at + found.len()), problem);
    }
}

/// A note whose name has a space in it, which prints as it stands.
fn unread_notes(source: &str, path: &FieldPath, report: &mut Report<'_>) {
    let found = source.match_indices("[^").find_map(|(at, found)| {
        let name = &source[at + found.len()..];
        let name = &name[..name.find(['[', ']'])?];
        let closed = source[at + found.len() + name.len()..].starts_with(']');
        let words: Vec<&str> = name.split_whitespace().collect();
        let escaped = source[..at].ends_with('\\');
        (closed && words.len() > 1 && !escaped)
            .then(|| (at..at + found.len() + name.len() + 1, words))
    });
    if let Some((part, words)) = found {
        let message = "this looks like a note, and is not read as one";
        let problem = Diagnostic::warning(Code::UnreadNote, message).hint(format!(
            "the name of a note has no spaces: write `[^{0}]` here and `{0}:` under `notes`",
            words.join("-")
        ));
        report.say_within(path, source, &part, problem);
    }
}

/// The notes themselves, and whether each is referred to.
pub(super) fn notes(piece: &Piece, report: &mut Report<'_>) -> Vec<Text> {
    let mut notes = Vec::with_capacity(piece.notes.len());
    for (name, text) in &piece.notes {
        let path = root().key("notes").key(name);
        blank(text.source(), &path, report);
        notes.push(read(text, &path, Within::Note, report));
        if !report.referred.contains(name) {
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
    notes
}
