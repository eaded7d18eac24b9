//! Rules over texts: what stands in them that cannot be printed, read or reached. Markup is read here, once.

use super::characters::characters;
use super::checked::{Inline, NoteIndex, Picture, Text};
use super::limits::Counted;
use super::marks::{Named, Within, one, spaced_links, unread_links, unread_notes};
use super::{Report, markdown, markup, pasted, root};
use crate::diagnostic::{Code, Diagnostic, FieldPath, Place};
use crate::piece::{self, MarkKind, Marked, Piece, is_ignorable};

/// A text without markup.
pub(super) fn plain(text: &str, path: &FieldPath, report: &mut Report<'_>) {
    blank(text, path, report);
    characters(text, path, report);
    markup::check_plain(text, path, report);
    stray_mark(text, path, report);
    comment(path, report);
}

/// What would be a mark elsewhere, and is printed as it stands where no marks are read.
fn stray_mark(text: &str, path: &FieldPath, report: &mut Report<'_>) {
    let mut end = 0;
    let words = Marked::new(text).words_at();
    let behind = text.len()..text.len();
    let found = words.iter().chain([&behind]).find_map(|words| {
        let between = std::mem::replace(&mut end, words.end)..words.start;
        let signs = text.get(between.clone())?;
        (!signs.trim().is_empty()).then_some((between, signs))
    });
    if let Some((part, signs)) = found {
        let message = format!("no marks are read here, and `{signs}` stays as it is");
        let problem = Diagnostic::warning(Code::UnreadMark, message).hint("write the words alone");
        report.say_within(path, text, &part, problem);
    }
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
    let whole = 0..text.source().len();
    report.counts_within(Counted::Texts, path, text.source(), &whole);
    read(text, path, Within::Text, report)
}

/// A title or a heading: contents list its words, and what leads to a note is none.
pub(super) fn headline(text: &Marked, path: &FieldPath, report: &mut Report<'_>) -> Text {
    let read = marked(text, path, report);
    let is_blank = text.source().trim().is_empty();
    if !is_blank && !read.inlines.is_empty() && read.plain().trim().is_empty() {
        let message = "there are no words here but the mark of a note";
        let problem = Diagnostic::error(Code::EmptyText, message);
        report.say(path, problem.hint("write the words that it stands behind"));
    }
    read
}

/// A cell of a table, which may be empty.
pub(super) fn cell(text: &Marked, path: &FieldPath, report: &mut Report<'_>) -> Text {
    unseen(text.source(), path, report);
    report.counts(Counted::Cells, 1, path);
    read(text, path, Within::Text, report)
}

fn read(text: &Marked, path: &FieldPath, within: Within, report: &mut Report<'_>) -> Text {
    let source = text.source();
    characters(source, path, report);
    comment(path, report);
    // What is refused is not read.
    if !report.measure_text(source, path) {
        return Text {
            inlines: Vec::new(),
            origin: path.clone(),
        };
    }
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
    markup::check(source, path, report);
    markdown::check(source, path, report);
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
    report.measure_alternative(alt, &at.key("alt"));
    let origin = at.key("image");
    Some(Picture {
        image: report.image(&origin)?,
        alt: alt.to_owned(),
        origin,
    })
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
    } else {
        unseen(text, path, report);
    }
}

/// A text that nobody sees is one that nobody can prove.
fn unseen(text: &str, path: &FieldPath, report: &mut Report<'_>) {
    let is_seen = |c: char| !c.is_whitespace() && !is_ignorable(c);
    if !text.contains(is_seen) && text.contains(is_ignorable) {
        let message = "this text is nothing but characters that nobody sees";
        let problem = Diagnostic::error(Code::EmptyText, message);
        report.say(path, problem.hint("write the text, or take them out"));
    }
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

/// The notes themselves, and whether each is referred to.
pub(super) fn notes(piece: &Piece, report: &mut Report<'_>) -> Vec<Text> {
    let mut notes = Vec::with_capacity(piece.notes.len());
    for (index, (name, text)) in (0..).map(NoteIndex).zip(&piece.notes) {
        let path = root().key("notes").key(name);
        blank(text.source(), &path, report);
        report.counts(Counted::Texts, 1, &path);
        notes.push(read(text, &path, Within::Note, report));
        if !report.referred.contains(&index) {
            let problem = Diagnostic::warning(
                Code::UnusedNote,
                format!("no text refers to the note `{name}`"),
            );
            report.say(&path, problem.hint(unused(name)));
        }
    }
    notes
}

/// The way out for a note that no text refers to.
fn unused(name: &str) -> String {
    let reference = format!("[^{name}]");
    let marks = Marked::new(&reference).read().1;
    if matches!(marks.as_slice(), [mark] if mark.kind == MarkKind::Note(name.to_owned())) {
        return format!("refer to it with `{reference}`, or take it out");
    }
    let is_between = |c: char| c.is_whitespace() || matches!(c, '[' | ']' | '^' | '\\');
    let words: Vec<&str> = name
        .split(is_between)
        .filter(|word| !word.is_empty())
        .collect();
    let own = match words.is_empty() {
        true => "one".to_owned(),
        false => words.join("-"),
    };
    format!(
        "the name of a note has no spaces, brackets, `^` or `\\`: write `{own}:` here, and `[^{own}]` where it belongs"
    )
}

#[cfg(test)]
mod tests {
    use super::unused;

    #[test]
    fn a_note_whose_name_cannot_be_referred_to_is_told_another_name() {
        assert_eq!(unused("a.b"), "refer to it with `[^a.b]`, or take it out");
        for (name, own) in [
            ("first source", "first-source"),
            ("a]b", "a-b"),
            (" ", "one"),
        ] {
            let hint = unused(name);
            assert!(
                hint.contains(&format!("write `{own}:` here, and `[^{own}]`")),
                "{hint}"
            );
        }
    }
}
