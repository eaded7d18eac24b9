//! How diagnostics look: text for people, with the line of the source, and JSON for programs.
//!
//! `annotate-snippets`, which draws the compiler's own messages, draws these; what it is given here is one line of the
//! source, and nothing that a terminal would obey.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde_json::json;

use super::{ByteSpan, Diagnostic, Severity, SourceText};

/// How wide the line of the source is shown, in columns.
const WIDTH: usize = 120;
/// How much of a long place is underlined, in bytes.
const UNDERLINED: usize = 90;
/// A line longer than this, in bytes, is not shown.
const LONGEST_LINE: usize = 64 << 10;

/// A diagnostic as text with its line end, with the colours of a terminal if asked for.
#[must_use]
pub fn text(source: &SourceText, diagnostic: &Diagnostic, colour: bool) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let path = harmless(&source.path.display().to_string());
    let message = harmless(&diagnostic.message);
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(message).id(diagnostic.code.name());
    let shown = diagnostic.span.as_ref().map(|span| line(source, span));
    let mut group = match &shown {
        Some(shown) if shown.text.len() <= LONGEST_LINE => title.element(
            Snippet::source(&shown.text)
                .line_start(shown.number)
                .path(&path)
                .annotation(AnnotationKind::Primary.span(shown.span.clone())),
        ),
        Some(shown) => title.element(
            Origin::path(&path)
                .line(shown.number)
                .char_column(shown.column),
        ),
        None => Group::with_title(title).element(Origin::path(&path)),
    };
    if let Some(hint) = &diagnostic.hint {
        let lines: Vec<String> = hint.lines().map(harmless).collect();
        group = group.element(Level::HELP.message(lines.join("\n")));
    }
    let mut text = renderer.term_width(WIDTH).render(&[group]);
    text.push('\n');
    text
}

/// A diagnostic as one line of JSON with its line end: `severity`, `code`, `message`, `file`, `line`, `column`, `end` and
/// `hint`; lines and columns count from 1, columns in characters.
#[must_use]
pub fn json(source: &SourceText, diagnostic: &Diagnostic) -> String {
    let place = |byte: usize| {
        let (line, column) = source.line_column(byte);
        json!({ "line": line, "column": column })
    };
    let start = diagnostic.span.as_ref().map(|span| place(span.start));
    let of = |key: &str| start.as_ref().map(|start| start[key].clone());
    let object = json!({
        "severity": diagnostic.severity,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "file": source.path.display().to_string(),
        "line": of("line"),
        "column": of("column"),
        "end": diagnostic.span.as_ref().map(|span| place(span.end)),
        "hint": diagnostic.hint,
    });
    format!("{object}\n")
}

/// A diagnostic as a command of GitHub's workflows with its line end, which shows it beside the line of a change.
#[must_use]
pub fn github(source: &SourceText, diagnostic: &Diagnostic) -> String {
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = format!("file={}", property(&source.path.display().to_string()));
    if let Some(span) = &diagnostic.span {
        let (line, column) = source.line_column(span.start);
        let (last, end) = source.line_column(span.end);
        properties += &format!(",line={line},endLine={last},col={column}");
        // Columns of several lines are not shown.
        if last == line {
            properties += &format!(",endColumn={end}");
        }
    }
    properties += &format!(",title={}", property(diagnostic.code.name()));
    let hint = diagnostic.hint.as_ref();
    let hint = hint.map(|hint| format!("\n{hint}")).unwrap_or_default();
    let message = data(&format!("{}{hint}", diagnostic.message));
    format!("::{level} {properties}::{message}\n")
}

/// Text of a workflow command, in which line ends and per cents are escaped.
#[must_use]
pub fn data(text: &str) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D");
    text.replace('\n', "%0A")
}

/// A property of a workflow command, in which commas and colons are escaped too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// A line of the source as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its text, without what a terminal would obey.
    pub text: String,
    /// Its number, from 1.
    pub number: usize,
    /// The column of the place, from 1, in characters.
    pub column: usize,
    /// What is underlined of it, in bytes of the text.
    pub span: ByteSpan,
}

/// The line where a place begins, and what of the place is on it.
#[must_use]
pub fn line(source: &SourceText, span: &ByteSpan) -> Line {
    let text = &*source.text;
    let boundary = |at: usize| {
        let at = at.min(text.len());
        (0..=at)
            .rev()
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(0)
    };
    let (from, to) = (boundary(span.start), boundary(span.end.max(span.start)));
    let start = text[..from].rfind('\n').map_or(0, |end| end + 1);
    let end = text[from..].find('\n').map_or(text.len(), |end| from + end);
    let end = start + text[start..end].trim_end_matches('\r').len();
    let from = from.min(end);
    let to = boundary(to.min(from + UNDERLINED)).clamp(from, end);
    let (number, column) = source.line_column(from);
    let before = harmless(&text[start..from]);
    let marked = harmless(&text[from..to]);
    let span = before.len()..before.len() + marked.len();
    Line {
        text: before + &marked + &harmless(&text[to..end]),
        number,
        column,
        span,
    }
}

/// A text in which nothing is left that a terminal would obey or hide: a character takes the place of each.
fn harmless(text: &str) -> String {
    let show = |c: char| match c {
        '\t' => ' ',
        '\n' => ' ',
        '\0'..='\u{1f}' => char::from_u32(u32::from(c) + 0x2400).unwrap_or('�'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' | '\u{feff}' | '\u{200b}' | '\u{2028}' | '\u{2029}' => '�',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '�',
        c => c,
    };
    text.chars().map(show).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    fn source(text: &str) -> SourceText {
        SourceText {
            path: "source/a.yaml".into(),
            text: text.into(),
            ..SourceText::default()
        }
    }

    #[test]
    fn a_diagnostic_shows_its_line_and_a_way_out() {
        let source = source("series: A\ntitel: B\n");
        let diagnostic = Diagnostic::error(Code::UnknownKey, "there is no key `titel` here")
            .at(Some(10..15))
            .hint("did you mean `title`?");
        expect_test::expect![[r#"
            error[unknown-key]: there is no key `titel` here
             --> source/a.yaml:2:1
              |
            2 | titel: B
              | ^^^^^
              |
              = help: did you mean `title`?
        "#]]
        .assert_eq(&text(&source, &diagnostic, false));
        expect_test::expect![[r#"
            {"code":"unknown-key","column":1,"end":{"column":6,"line":2},"file":"source/a.yaml","hint":"did you mean `title`?","line":2,"message":"there is no key `titel` here","severity":"error"}
        "#]]
        .assert_eq(&json(&source, &diagnostic));
        expect_test::expect![[r#"
            ::error file=source/a.yaml,line=2,endLine=2,col=1,endColumn=6,title=unknown-key::there is no key `titel` here%0Adid you mean `title`?
        "#]]
        .assert_eq(&github(&source, &diagnostic));
    }

    #[test]
    fn a_long_line_is_cut_around_the_place_and_keeps_its_column() {
        let text_of = format!("- {}HERE{}", "wörter ".repeat(200), " mehr".repeat(400));
        let at = text_of.find("HERE").unwrap_or_default();
        let source = source(&text_of);
        let shown = text(
            &source,
            &Diagnostic::warning(Code::Yaml, "y").at(Some(at..at + 4)),
            false,
        );
        assert!(shown.contains("source/a.yaml:1:1403"), "{shown}");
        assert!(shown.contains("HERE") && shown.contains("^^^^"), "{shown}");
        assert!(shown.lines().all(|line| line.chars().count() < 140));
    }

    #[test]
    fn nothing_reaches_the_terminal_raw() {
        let source = source("a: \u{1b}[31m\u{202e}b\r\nc");
        let diagnostic = Diagnostic::error(Code::Yaml, "\u{1b}]0;title\u{7}")
            .at(Some(3..4))
            .hint("\u{9b}2J\nsecond");
        let shown = text(&source, &diagnostic, false);
        assert!(
            shown.chars().all(|c| c == '\n' || !c.is_control()),
            "{shown:?}"
        );
        assert!(!shown.contains('\u{202e}'));
    }

    #[test]
    fn a_place_over_lines_or_beyond_the_end_shows_its_first_line() {
        let source = source("a:\n  b: c\n  d: e\n");
        let shown = text(
            &source,
            &Diagnostic::error(Code::Yaml, "y").at(Some(5..16)),
            false,
        );
        assert!(
            shown.contains(":2:3") && shown.contains("b: c\n"),
            "{shown}"
        );
        let end = text(
            &source,
            &Diagnostic::error(Code::Yaml, "y").at(Some(99..120)),
            false,
        );
        assert!(end.contains(":4:1"), "{end}");
        let nowhere = text(&source, &Diagnostic::error(Code::Yaml, "y"), false);
        assert!(nowhere.contains("--> source/a.yaml\n"), "{nowhere}");
    }
}
