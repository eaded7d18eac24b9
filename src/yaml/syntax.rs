//! What is wrong with a file as YAML, in words for authors.

use crate::diagnostic::{ByteSpan, Code, Diagnostic};

/// Characters with which YAML lets no unquoted text begin.
pub(super) const INDICATORS: &[char] = &[
    '*', '&', '[', ']', '{', '}', '!', '|', '>', '%', '@', '`', '\'', '"', '?',
];

/// The diagnostic of what a parser said at a byte.
pub(super) fn diagnostic(info: &str, at: usize, text: &str) -> Diagnostic {
    let at = if info.contains("tab") {
        nearest_tab(text, at)
    } else {
        at
    };
    let line = line_around(text, at);
    let (message, hint) = words(info, &text[line.clone()], at - line.start);
    let width = text[at..].chars().next().map_or(0, char::len_utf8);
    let width = if text[at..].starts_with('\n') {
        0
    } else {
        width
    };
    let code = if info.contains("recursion limit") {
        Code::TooDeep
    } else {
        Code::Yaml
    };
    let diagnostic = Diagnostic::error(code, message).at(Some(at..at + width));
    match hint {
        Some(hint) => diagnostic.hint(hint),
        None => diagnostic,
    }
}

/// The tab that the parser means: it tells where the text before the tab begins.
pub(super) fn nearest_tab(text: &str, at: usize) -> usize {
    let after = text[at..].find('\t').map(|tab| at + tab);
    after.or_else(|| text[..at].rfind('\t')).unwrap_or(at)
}

/// The line that holds a byte.
pub(super) fn line_around(text: &str, at: usize) -> ByteSpan {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    start..end
}

/// Message and hint.
fn words(info: &str, line: &str, column: usize) -> (String, Option<String>) {
    let value = value_of(line);
    if info.contains("end of stream") || info.contains("indentation in quoted scalar") {
        let marks = value.matches(['"', '\'']).count();
        if marks == 1 && value.starts_with(['"', '\'']) {
            return (
                "a quoted text is not closed".to_owned(),
                Some(format!(
                    "close it with the same quotation mark; if the mark belongs to the text, quote all of it: {}",
                    quoted(value)
                )),
            );
        }
        return (
            "a quoted text is not closed".to_owned(),
            Some("it opens here; close it with the same quotation mark, or begin the following lines further in".to_owned()),
        );
    }
    if info.contains("recursion limit") {
        return (
            "values are nested too deep".to_owned(),
            Some("a file needs no more than a few levels".to_owned()),
        );
    }
    if info.contains("valid YAML whitespace") && line.contains(":\t") {
        return (
            "a tab stands behind a colon, where a space belongs".to_owned(),
            Some("put a space in its place; it may look the same".to_owned()),
        );
    }
    if let Some(item) = line.trim_start().strip_prefix("* ") {
        return (
            "a star begins no item".to_owned(),
            Some(format!("write a hyphen in its place: `- {item}`")),
        );
    }
    if let Some(first) = value.chars().next().filter(|c| INDICATORS.contains(c)) {
        return indicator(info, value, first);
    }
    if info.contains("mapping values are not allowed") || info.contains("placement of ':'") {
        return colon(line, column, value);
    }
    if info.contains("tab") {
        return (
            "a tab stands where YAML allows only spaces".to_owned(),
            Some("indent with spaces".to_owned()),
        );
    }
    if info.contains("block sequence entries are not allowed") {
        let text = value.strip_prefix("- ").map(str::trim_start);
        let key = line.trim_start().trim_start_matches("- ").split(':').next();
        let hint = match text.zip(key).filter(|(_, key)| is_key(key)) {
            Some((text, key)) => format!(
                "take the hyphen away: `{key}: {}`; if it is a list, put `- ` on a line of its own",
                shortened(text)
            ),
            None => "put `- ` on a line of its own, or quote the text if the hyphen belongs to it"
                .to_owned(),
        };
        return (
            "a list begins in the middle of a line".to_owned(),
            Some(hint),
        );
    }
    if info.contains("did not find expected key") || info.contains("expected '-'") {
        return (
            "this line does not fit the lines above it".to_owned(),
            Some(
                "items of one list and keys of one mapping begin in the same column; a text that goes on over lines begins each further in"
                    .to_owned(),
            ),
        );
    }
    if info.contains("simple key expect") {
        return (
            "a key without a colon".to_owned(),
            Some("write `key: value`".to_owned()),
        );
    }
    if info.contains("comment intercepting") {
        let (message, hint) = comment_in_text();
        return (message.to_owned(), Some(hint.to_owned()));
    }
    if info.contains("trailing content") {
        return (
            "more text follows a quoted text".to_owned(),
            Some("quote all of it: with single quotation marks around double ones, or with double ones around single ones".to_owned()),
        );
    }
    (format!("this is not YAML: {info}"), None)
}

/// What is told of a comment between the lines of a text, and the way out.
pub(super) fn comment_in_text() -> (&'static str, &'static str) {
    (
        "a comment stands in the middle of a text",
        "put it above the text; if `#` belongs to the text, quote all of it",
    )
}

/// What is said of a backslash before what it cannot stand before, and the way out.
pub(super) fn bad_escape() -> (&'static str, &'static str) {
    (
        "a backslash before a character that it cannot stand before",
        "inside double quotation marks a backslash is written `\\\\`",
    )
}

/// A text that begins with a character of YAML's own.
fn indicator(info: &str, value: &str, first: char) -> (String, Option<String>) {
    let in_quotes = matches!(first, '\'' | '"');
    if in_quotes && info.contains("trailing content") {
        // Marks around the whole are not the text's own, nor is the first one where the last is missing: those of the text come
        // in pairs, and where the second ends what the first begins, both are.
        let opened = value.strip_prefix(first);
        let is_odd = first == '"' && value.matches(first).count() % 2 == 1;
        let inside = opened.and_then(|rest| match is_odd {
            true => Some(rest),
            false => rest
                .strip_suffix(first)
                .filter(|_| !ends_first(rest, first)),
        });
        let hint = format!("quote all of it: {}", quoted(inside.unwrap_or(value)));
        return ("more text follows a quoted text".to_owned(), Some(hint));
    }
    let is_escape = ["escape", "hexadecimal", "Unicode"];
    if in_quotes && is_escape.iter().any(|word| info.contains(word)) {
        let (message, hint) = bad_escape();
        return (message.to_owned(), Some(hint.to_owned()));
    }
    if in_quotes {
        return (format!("this is not YAML: {info}"), None);
    }
    let message = format!("YAML cannot read what begins with `{first}`");
    let bullet = value.strip_prefix("* ").map(str::trim);
    if let Some(quote) = value.strip_prefix("> ").map(str::trim) {
        let hint = format!(
            "for a quotation write `- quote: {}`; if the sign belongs to the text, quote it: {}",
            shortened(quote),
            quoted(value)
        );
        return (message, Some(hint));
    }
    let hint = match bullet.filter(|item| !item.is_empty() && !item.starts_with('*')) {
        Some(item) => format!(
            "if it is a bullet, take the star away, or write a list, all its items below each other:\n- list:\n    - {}",
            shortened(item)
        ),
        None => format!("if it is text, quote it: {}", quoted(value)),
    };
    (message, Some(hint))
}

/// The first words of a text.
pub(super) fn shortened(text: &str) -> String {
    let shown: String = text.chars().take(60).collect();
    let dots = if shown.len() < text.len() { "…" } else { "" };
    format!("{shown}{dots}")
}

/// `: ` inside an unquoted text.
fn colon(line: &str, column: usize, value: &str) -> (String, Option<String>) {
    let inside = line
        .get(..column)
        .is_some_and(|before| before.contains(": "))
        || value.contains(": ");
    if inside {
        let key = line.trim_start().split(": ").next().unwrap_or_default();
        let key = key.trim_start_matches("- ");
        return (
            "`: ` stands in a text without quotation marks".to_owned(),
            Some(format!("quote it: {key}: {}", quoted(value))),
        );
    }
    (
        "a key stands where the text above it has not ended".to_owned(),
        Some(
            "does the line above lack a space after its colon, or is this line indented too far?"
                .to_owned(),
        ),
    )
}

/// Whether the next of these marks in a text ends a quotation: it stands behind a word, and none goes on behind it.
fn ends_first(rest: &str, mark: char) -> bool {
    let Some((before, behind)) = rest.split_once(mark) else {
        return false;
    };
    let is_behind = before.ends_with(|c: char| !c.is_whitespace());
    is_behind && behind.starts_with(|c: char| !c.is_alphanumeric())
}

/// A text in quotation marks, shortened when it is long: in single ones where it holds double ones alone.
pub(super) fn quoted(text: &str) -> String {
    let text = text.trim_end();
    let shown: String = text.chars().take(60).collect();
    let dots = if shown.len() < text.len() { "…" } else { "" };
    if shown.contains('"') && !shown.contains('\'') {
        return format!("'{shown}{dots}'");
    }
    let escaped = shown.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}{dots}\"")
}

/// The value that a line states: what follows its hyphens and its first key.
fn value_of(line: &str) -> &str {
    let mut rest = line.trim_start();
    while let Some(item) = rest.strip_prefix("- ") {
        rest = item.trim_start();
    }
    match rest.find(": ") {
        Some(at) if is_key(&rest[..at]) => rest[at + 2..].trim_start(),
        _ => rest,
    }
}

/// Whether a text looks like a key of the source format: a word in lower case, but perhaps for its first letter.
fn is_key(text: &str) -> bool {
    let rest = text.strip_prefix(|c: char| c.is_ascii_alphabetic());
    rest.is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'))
}
