//! What mail programs, word processors and Markdown leave in texts that are pasted: bullets, numbers, signs of headings, numbers
//! of notes. Such text is printed as it stands, and told of with the way it is written here.

use std::ops::Range;

use super::Report;
use super::numbers::{self, number};
use crate::diagnostic::{Code, Diagnostic, Edit, FieldPath, ValueStyle};

/// Signs that stand before the items of lists.
const BULLETS: &[char] = &[
    '•', '·', '◦', '▪', '●', '‣', '⁃', '∙', '○', '■', '□', '\u{f0b7}', '－', '・', '*', '-', '+',
];

/// The names of blocks that a text may be meant for.
pub(super) const BLOCKS: &[&str] = &[
    "break",
    "heading",
    "subheading",
    "quote",
    "pull",
    "list",
    "numbered",
    "figure",
    "table",
    "query",
];

/// Judges the paragraph at `at`; `before` is the one above it.
pub(super) fn paragraph(text: &str, before: Option<&str>, at: &FieldPath, report: &mut Report<'_>) {
    cut_off(at, report);
    if is_ornament(text) {
        let message = "these signs are printed as they stand";
        let hint =
            "for a break between two thoughts write `- break:`; what else parts a mail, take out";
        let problem = Diagnostic::warning(Code::PastedMark, message).hint(hint);
        return told(text, 0..text.len(), at, problem, report);
    }
    if let Some((mark, rest)) = bullet(text) {
        let message = "this paragraph begins with a bullet, and is no item of a list";
        let hint = block("list", rest);
        return told(
            text,
            0..mark,
            at,
            Diagnostic::warning(Code::PastedMark, message).hint(hint),
            report,
        );
    }
    if let Some((mark, rest)) = number(text, before) {
        let message = "this paragraph begins with a number, and is no item of a list";
        let hint = block("numbered", rest);
        return told(
            text,
            0..mark,
            at,
            Diagnostic::warning(Code::PastedMark, message).hint(hint),
            report,
        );
    }
    if let Some((level, rest)) = heading(text) {
        let name = if level == 1 { "heading" } else { "subheading" };
        let message = format!(
            "this paragraph begins with `{}`, and is no heading",
            "#".repeat(level)
        );
        let hint = format!("for a heading write `- {name}: {}`", short(rest));
        return told(
            text,
            0..level,
            at,
            Diagnostic::warning(Code::PastedMark, message).hint(hint),
            report,
        );
    }
    if let Some((length, message, hint)) = quoted(text).or_else(|| row(text)) {
        let problem = Diagnostic::warning(Code::PastedMark, message).hint(hint);
        return told(text, 0..length, at, problem, report);
    }
    glued(text, at, report);
    unmarked(text, at, report);
}

/// The sign of a quotation of mails and Markdown, `> words`. Before a number it means more than that.
fn quoted(text: &str) -> Option<(usize, &'static str, String)> {
    let words = text.strip_prefix('>')?.trim_start_matches(['>', ' ']);
    let first = words.chars().next()?;
    let is_one = first.is_alphabetic() || matches!(first, '“' | '"' | '‘' | '«' | '„' | '*');
    is_one.then(|| {
        let message = "this paragraph begins with `>`, and is no quotation";
        (
            1,
            message,
            format!("for a quotation write `- quote: {}`", short(words)),
        )
    })
}

/// A row of a table of Markdown, `| a | b |`.
fn row(text: &str) -> Option<(usize, &'static str, String)> {
    let inside = text.strip_prefix('|')?.trim_end().strip_suffix('|')?;
    let is_row = inside.contains('|') && inside.contains(char::is_alphanumeric);
    is_row.then(|| {
        let message = "this paragraph is a row of a table, and is printed as it stands";
        (
            1,
            message,
            "write a `table` block, with `header` and `rows`".to_owned(),
        )
    })
}

/// Judges the text of an item, by its place in the list from 1: a bullet or a number that the list has itself.
pub(super) fn item(text: &str, number: usize, at: &FieldPath, report: &mut Report<'_>) {
    // Of lines that were read as one text each has its own.
    let source = report.source;
    let raw = (source.places.get(at)).and_then(|place| source.text.get(place.span.clone()));
    if raw.is_none_or(|raw| {
        raw.lines()
            .skip(1)
            .any(|line| bullet(line.trim()).is_some())
    }) {
        return;
    }
    let bullet = bullet(text).map(|found| (found, "bullet"));
    let found = bullet.or_else(|| Some((numbers::of_item(text, number)?, "number")));
    if let Some(((mark, rest), what)) = found {
        let message = format!("this {what} is printed behind that of the list");
        let hint = format!("take it out: `- {}`", short(rest));
        let problem = Diagnostic::warning(Code::PastedMark, message).hint(hint);
        told(text, 0..mark, at, problem, report);
    }
}

/// The name of a block in small letters before a text that begins as a sentence does, and no colon: `heading Trade and power`.
fn unmarked(text: &str, at: &FieldPath, report: &mut Report<'_>) {
    const NAMES: &[&str] = &["heading", "subheading", "quote", "pull", "query"];
    let Some((name, rest)) = text.split_once(' ') else {
        return;
    };
    let sign = rest.chars().next().filter(|c| "-–—=".contains(*c));
    let behind = sign.map_or(rest, |sign| rest[sign.len_utf8()..].trim_start());
    // With a sign behind it the name may have a capital, as any word before a dash.
    let is_name = match sign {
        Some(_) => NAMES[..2].contains(&&*name.to_lowercase()) || NAMES.contains(&name),
        None => NAMES.contains(&name) && rest.starts_with(char::is_uppercase),
    };
    let style = report.source.places.get(at).map(|place| place.style);
    if !is_name || behind.is_empty() || style.is_some_and(ValueStyle::is_quoted) {
        return;
    }
    let (name, rest) = (name.to_lowercase(), behind);
    let message = format!("this paragraph begins with `{name}`, and a colon is missing behind it");
    let hint = format!(
        "write `- {name}: {}`; if the text is meant so, put quotation marks around it",
        short(rest)
    );
    let problem = Diagnostic::warning(Code::PastedMark, message).hint(hint);
    told(text, 0..name.len(), at, problem, report);
}

/// A sentence that a comment cuts off in the middle: `He wrote # five pages`.
fn cut_off(at: &FieldPath, report: &mut Report<'_>) {
    let source = report.source;
    let Some(place) = source
        .places
        .get(at)
        .filter(|place| !place.style.is_quoted() && !source.is_unread(at))
    else {
        return;
    };
    let (before, behind) = source.text.split_at(place.span.end);
    let comment = behind.trim_start_matches([' ', '\t']);
    let words = comment.strip_prefix("# ").map(str::trim_start);
    let goes_on = words.is_some_and(|words| words.starts_with(char::is_lowercase));
    if !goes_on || !before.ends_with(|c: char| c.is_alphanumeric() || c == ',') {
        return;
    }
    let start = place.span.end + (behind.len() - comment.len());
    let comment = comment.lines().next().unwrap_or_default().trim_end();
    let message = "this is a comment, and is printed in no edition";
    let problem = Diagnostic::warning(Code::CommentAfterText, message)
        .hint("quote the text if this belongs to it; else put the comment on a line of its own");
    report
        .found
        .push(problem.at(Some(start..start + comment.len())));
}

/// A line of a text that begins with a hyphen as items do, and is none: it stands too far in, or below an item that is a text. In a
/// block of lines a line may begin with the sign of a heading or of a quotation too.
pub(super) fn lines(at: &FieldPath, report: &mut Report<'_>) {
    let source = report.source;
    let Some(place) = source.places.get(at).filter(|_| !source.is_unread(at)) else {
        return;
    };
    let raw = source.text.get(place.span.clone()).unwrap_or_default();
    let is_block = matches!(place.style, ValueStyle::Literal | ValueStyle::Folded);
    if !(is_block || place.style == ValueStyle::Plain) || !raw.contains('\n') {
        return;
    }
    let header = usize::from(is_block && raw.starts_with(['|', '>']));
    let first = raw.lines().nth(header).unwrap_or_default().trim();
    // Where the text begins with one, that was told.
    if is_block && line_sign(first, first, true).is_some() {
        return;
    }
    let mut start = place.span.start;
    let mut is_first = true;
    for (number, line) in raw.split_inclusive('\n').enumerate() {
        let content = line.trim_start();
        let at = start + (line.len() - content.len());
        start += line.len();
        // What begins a paragraph is told with it.
        let begins = std::mem::replace(&mut is_first, content.is_empty() || number < header);
        if begins {
            continue;
        }
        let Some((length, message, hint)) = line_sign(content, first, is_block) else {
            continue;
        };
        let problem = Diagnostic::warning(Code::PastedMark, message).hint(hint);
        let span = at..at + length;
        // The paragraphs of one block stand at one place.
        if report.found.last().and_then(|last| last.span.as_ref()) != Some(&span) {
            report.found.push(problem.at(Some(span)));
        }
        return;
    }
}

/// What begins a line that goes on with the text above it: how long the sign is, what is told of it, and the way out.
fn line_sign(line: &str, first: &str, is_block: bool) -> Option<(usize, String, String)> {
    if let Some((level, rest)) = heading(line).filter(|_| is_block) {
        let name = if level == 1 { "heading" } else { "subheading" };
        let message = format!(
            "this `{}` begins no heading: the line goes on with the text above it",
            "#".repeat(level)
        );
        return Some((
            level,
            message,
            format!("for a heading write `- {name}: {}`", short(rest)),
        ));
    }
    if let Some((length, _, hint)) = quoted(line).filter(|_| is_block && line.starts_with("> ")) {
        let message = "this `>` begins no quotation: the line goes on with the text above it";
        return Some((length, message.to_owned(), hint));
    }
    let sign = line.chars().next()?;
    let is_sign =
        sign == '-' || (sign == '*' && is_block) || (!sign.is_ascii() && BULLETS.contains(&sign));
    let item = line[sign.len_utf8()..]
        .strip_prefix(char::is_whitespace)
        .filter(|_| is_sign)?;
    let (what, right) = match sign {
        '-' => ("hyphen", "put it into the column of the other hyphens"),
        '*' => (
            "asterisk",
            "write a hyphen, in the column of the other hyphens",
        ),
        _ => (
            "bullet",
            "write a hyphen, in the column of the other hyphens",
        ),
    };
    let message = format!("this {what} begins no item: the line goes on with the text above it");
    let hint = format!(
        "{right}; for a list inside an item write:\n- - {}\n  - list:\n      - {}",
        short(first),
        short(item.trim())
    );
    Some((sign.len_utf8(), message, hint))
}

/// Curly quotation marks around the whole of a name, which were meant for YAML's.
pub(super) fn quoted_name(text: &str, at: &FieldPath, report: &mut Report<'_>) {
    const OPEN: &[char] = &['“', '„', '‘', '‚', '«', '»', '”'];
    const CLOSE: &[char] = &['”', '“', '’', '‘', '»', '«'];
    let inside = text
        .strip_prefix(OPEN)
        .and_then(|text| text.strip_suffix(CLOSE));
    let Some(inside) = inside.filter(|text| !text.contains(OPEN) && !text.is_empty()) else {
        return;
    };
    let message = "these quotation marks are printed: those of YAML are straight";
    let problem =
        Diagnostic::warning(Code::PastedMark, message).hint(match inside.contains(": ") {
            true => format!("write \"{inside}\""),
            false => format!("write {inside}, or \"{inside}\""),
        });
    report.say(at, problem);
}

/// The numbers of notes in brackets, `[1]`, which are no notes.
pub(super) fn notes(text: &str, at: &FieldPath, report: &mut Report<'_>) {
    let mut found = text.match_indices('[').filter_map(|(start, _)| {
        let inside = &text[start + 1..];
        let length = inside.bytes().take_while(u8::is_ascii_digit).count();
        let (number, behind) = inside.split_at(length);
        let before = text[..start].chars().next_back()?;
        // A number apart from the word before it is one of a note where the sentence ends.
        let ends = behind
            .strip_prefix(']')
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', ',', ';', ':']));
        let is_note = (1..=3).contains(&length)
            && behind.starts_with(']')
            && !behind.starts_with("](")
            && (ends || !before.is_whitespace())
            && !matches!(before, '\\' | '(' | '[' | ']');
        is_note.then(|| (start..start + length + 2, number))
    });
    let Some((part, number)) = found.next() else {
        return;
    };
    let more = match found.count() {
        0 => String::new(),
        more => format!(" (and {more} more in this text)"),
    };
    let message = format!("`[{number}]` is printed as it stands, and is no note{more}");
    let hint = format!(
        "for a note write `[^{number}]`, and its text under `notes:`:\nnotes:\n  {number}: …"
    );
    told(
        text,
        part,
        at,
        Diagnostic::warning(Code::PastedNote, message).hint(hint),
        report,
    );
}

/// Whether a paragraph is a row of signs that other programs draw a line with, or part a mail from its signature.
fn is_ornament(text: &str) -> bool {
    const SIGNS: &[char] = &['-', '*', '_', '=', '~', '–', '—', '#', '•', '⁂'];
    let signs = text.chars().filter(|c| !c.is_whitespace());
    text == "⁂" || (signs.clone().count() > 1 && signs.clone().all(|c| SIGNS.contains(&c)))
}

/// A text without the marks of direction that it begins with.
fn without_direction(text: &str) -> &str {
    text.trim_start_matches(['\u{200e}', '\u{200f}', '\u{61c}'])
}

/// The length of a bullet with which a text begins, and what follows it.
fn bullet(text: &str) -> Option<(usize, &str)> {
    let whole = text;
    let text = without_direction(text);
    let unseen = whole.len() - text.len();
    let first = text.chars().next().filter(|c| BULLETS.contains(c))?;
    let rest = &text[first.len_utf8()..];
    let is_apart = rest.starts_with(char::is_whitespace);
    // A letter may follow a bullet at once, but not a hyphen, star or plus.
    let is_bullet = is_apart || !first.is_ascii();
    let rest = rest.trim_start();
    (is_bullet && !rest.is_empty()).then_some((unseen + first.len_utf8(), rest))
}

/// How many `#` a text begins with, and what follows them.
fn heading(text: &str) -> Option<(usize, &str)> {
    let level = text.bytes().take_while(|byte| *byte == b'#').count();
    let rest = text[level..].strip_prefix(' ')?.trim();
    ((1..=6).contains(&level) && !rest.is_empty()).then_some((level, rest))
}

/// A hyphen or the name of a block without the space behind it: `-heading`, `heading:Trade`.
fn glued(text: &str, at: &FieldPath, report: &mut Report<'_>) {
    let named = text.split_once(':').filter(|(name, rest)| {
        BLOCKS.contains(name) && rest.starts_with(|c: char| !c.is_whitespace() && c != '/')
    });
    let (behind, what) = if let Some((name, _)) = named {
        (name.len() + 1, format!("the colon of `{name}`"))
    } else if let Some(rest) = text.strip_prefix('-')
        && rest.starts_with(char::is_alphabetic)
    {
        (1, "this hyphen".to_owned())
    } else {
        return;
    };
    let right = format!("{} {}", &text[..behind], &text[behind..]);
    let right = match right.strip_prefix("- ") {
        Some(name) if BLOCKS.contains(&name) => format!("{name}: …"),
        Some(rest) => rest.to_owned(),
        None => right,
    };
    // What looks the same further on was an item of its own.
    let mut others = right.match_indices(" -");
    let other = others.find(|(at, sign)| right[at + sign.len()..].starts_with(char::is_alphabetic));
    let (right, each) = match other {
        Some((at, _)) => (&right[..at], ", and so each on its own line"),
        None => (right.as_str(), ""),
    };
    let message = format!("a space is missing behind {what}, and all of this is text");
    let mut problem = Diagnostic::warning(Code::MissingSpace, message).hint(format!(
        "write `- {}`{each}; if the text is meant so, put quotation marks around it",
        short(right)
    ));
    let style = report.source.places.get(at).map(|place| place.style);
    if style.is_some_and(ValueStyle::is_quoted) {
        return;
    }
    let part = behind - 1..behind;
    let place = report.source.place_within(at, text, &part);
    if let (Some(place), true, Some(ValueStyle::Plain)) = (place, named.is_some(), style) {
        problem = problem.fix(Edit::new(place.end..place.end, " "));
    }
    told(text, part, at, problem, report);
}

pub(super) fn told(
    text: &str,
    part: Range<usize>,
    at: &FieldPath,
    problem: Diagnostic,
    report: &mut Report<'_>,
) {
    report.say_within(at, text, &part, problem);
}

/// The lines of a list with one item.
fn block(name: &str, item: &str) -> String {
    format!(
        "for a list write it so, all its items below each other:\n- {name}:\n    - {}",
        short(item)
    )
}

/// The first words of a text.
fn short(text: &str) -> String {
    const SHOWN: usize = 50;
    let shown: String = text.chars().take(SHOWN).collect();
    let dots = if shown.len() < text.len() { "…" } else { "" };
    format!("{}{dots}", shown.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hyphen_that_begins_no_item_is_found_whatever_space_follows() {
        for line in ["- four", "-\u{a0}four", "-\u{3000}four"] {
            assert!(line_sign(line, "one", false).is_some(), "{line}");
        }
        assert!(line_sign("-four", "one", false).is_none());
    }

    #[test]
    fn bullets_are_told_from_words() {
        assert_eq!(bullet("• Exports fell"), Some((3, "Exports fell")));
        assert_eq!(bullet("•Exports fell"), Some((3, "Exports fell")));
        assert_eq!(bullet("- Exports"), Some((1, "Exports")));
        for text in ["-5 degrees", "*word* first", "–", "•", "+1 for that"] {
            assert_eq!(bullet(text), None, "{text}");
        }
        assert_eq!(heading("## Trade"), Some((2, "Trade")));
        assert_eq!(heading("#trade"), None);
    }
}
