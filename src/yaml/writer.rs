//! Texts as YAML that a person would write: plain where that can be, quoted where it must be, folded where it is long.
//!
//! Whatever is written here, [`super::read`] reads as the same text.

use super::scalar::{self, Plain};

/// No line is longer, unless a word of it is.
pub(crate) const WIDTH: usize = 110;

/// Words that other readers of YAML take for truth values.
const TRUTH: &[&str] = &["y", "n", "yes", "no", "on", "off"];

/// A YAML file under construction.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    out: String,
}

impl Writer {
    /// The file.
    pub(crate) fn finish(self) -> String {
        self.out
    }

    /// A whole line, as it stands.
    pub(crate) fn line(&mut self, indent: usize, line: &str) {
        self.out.push_str(&" ".repeat(indent));
        self.out.push_str(line);
        self.out.push('\n');
    }

    /// A remark, in lines that are not too long.
    pub(crate) fn comment(&mut self, indent: usize, remark: &str) {
        for line in wrapped(remark, WIDTH.saturating_sub(indent + 2).max(20)) {
            self.line(indent, &format!("# {line}"));
        }
    }

    /// A text behind what leads to it (`- `, `title: `, `- quote: `); what hangs under it stands at `below`.
    pub(crate) fn text(&mut self, indent: usize, lead: &str, text: &str, below: usize) {
        let short = inline(text, Context::Block);
        if indent + lead.chars().count() + short.chars().count() <= WIDTH || !can_fold(text) {
            return self.line(indent, &format!("{lead}{short}"));
        }
        self.line(indent, &format!("{lead}>-"));
        for line in wrapped(text, WIDTH.saturating_sub(below).max(20)) {
            self.line(below, &line);
        }
    }

    /// A list of short texts in one line, `[a, b]`, where it fits; whether it did.
    pub(crate) fn flow<'t>(
        &mut self,
        indent: usize,
        lead: &str,
        texts: impl IntoIterator<Item = &'t str>,
    ) -> bool {
        let texts: Vec<String> = texts
            .into_iter()
            .map(|text| inline(text, Context::Flow))
            .collect();
        let line = format!("{lead}[{}]", texts.join(", "));
        let fits = indent + line.chars().count() <= WIDTH;
        if fits {
            self.line(indent, &line);
        }
        fits
    }
}

/// What stands around a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Context {
    /// Indented lines.
    Block,
    /// Brackets.
    Flow,
}

/// A text in one line.
pub(crate) fn inline(text: &str, context: Context) -> String {
    if is_plain(text, context) {
        return text.to_owned();
    }
    let is_printed = |c: char| !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}');
    if text.contains(['"', '\\']) && !text.contains('\'') && text.chars().all(is_printed) {
        return format!("'{text}'");
    }
    double_quoted(text)
}

/// A text in double quotation marks.
pub(crate) fn double_quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                quoted.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Whether a text can stand without quotation marks (YAML 1.2.2, 7.3.3) and is read as a text.
pub(crate) fn is_plain(text: &str, context: Context) -> bool {
    let Some(first) = text.chars().next() else {
        return false;
    };
    let begins = match first {
        // What follows would decide, and readers do not agree how.
        '-' | '?' | ':' => false,
        ',' | '[' | ']' | '{' | '}' | '#' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%'
        | '@' | '`' => false,
        c => !c.is_whitespace(),
    };
    let flows = match context {
        Context::Block => true,
        // The reader that must agree stops at a colon before a question mark, in brackets alone.
        Context::Flow => !text.contains([',', '[', ']', '{', '}']) && !text.contains(":?"),
    };
    // Of spaces that are no space to YAML, a reader of texts might take off those at the ends.
    let ends = !text.ends_with(|c: char| c.is_whitespace() || c == ':');
    let is_harmless =
        |c: char| !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}');
    let is_word = TRUTH.iter().any(|word| text.eq_ignore_ascii_case(word));
    // `heading:Trade` would be told of as a heading without its space.
    let names_block = text.split_once(':').is_some_and(|(name, rest)| {
        name.bytes().all(|byte| byte.is_ascii_lowercase()) && !rest.starts_with(['/', ' '])
    });
    begins
        && flows
        && ends
        && !is_word
        && !names_block
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains(":\u{a0}")
        && !text.starts_with("---")
        && !text.starts_with("...")
        && text.chars().all(is_harmless)
        && scalar::kind(text) == Plain::Text
}

/// Whether a text comes back whole from folded lines.
pub(crate) fn can_fold(text: &str) -> bool {
    let is_harmless = |c: char| !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}');
    !text.is_empty()
        && !text.starts_with(char::is_whitespace)
        && !text.ends_with(char::is_whitespace)
        && text.chars().all(is_harmless)
}

/// A text in lines of at most so many characters, broken at single spaces alone; a longer word has a line of its own.
pub(crate) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut length = 0;
    for part in breakable(text) {
        let own = part.chars().count();
        if !line.is_empty() && length + 1 + own > width {
            lines.push(std::mem::take(&mut line));
            length = 0;
        }
        if !line.is_empty() {
            line.push(' ');
            length += 1;
        }
        line.push_str(part);
        length += own;
    }
    lines.push(line);
    lines
}

/// The parts of a text between single spaces; several spaces stay in a part, and so does what begins with other white space.
fn breakable(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices(' ') {
        let before = text[from..at].chars().next_back();
        let after = text[at + 1..].chars().next();
        let is_word = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        if is_word(before) && is_word(after) {
            parts.push(&text[from..at]);
            from = at + 1;
        }
    }
    parts.push(&text[from..]);
    parts
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(text: &str) -> String {
        let mut writer = Writer::default();
        writer.text(0, "key: ", text, 2);
        writer.finish()
    }

    #[test]
    fn quotation_marks_stand_only_where_they_are_needed() {
        for (text, yaml) in [
            ("A plain text", "key: A plain text\n"),
            ("Time: now", "key: \"Time: now\"\n"),
            ("2025", "key: \"2025\"\n"),
            ("yes", "key: \"yes\"\n"),
            ("It’s “so”", "key: It’s “so”\n"),
            ("He said \"no\"", "key: He said \"no\"\n"),
            ("\"No\": he said", "key: '\"No\": he said'\n"),
            ("*Emphasis* first", "key: \"*Emphasis* first\"\n"),
            ("https://example.org/", "key: https://example.org/\n"),
            ("heading:Trade", "key: \"heading:Trade\"\n"),
            ("", "key: \"\"\n"),
        ] {
            assert_eq!(written(text), yaml);
        }
    }

    #[test]
    fn a_colon_before_a_question_mark_is_quoted_in_brackets() {
        let mut writer = Writer::default();
        assert!(writer.flow(0, "key: ", ["What:?", "b"]));
        assert_eq!(writer.finish(), "key: [\"What:?\", b]\n");
        assert_eq!(written("What:?"), "key: What:?\n");
    }

    #[test]
    fn long_texts_are_folded_at_single_spaces() {
        let text = "word ".repeat(40).trim_end().to_owned() + "  two spaces";
        let yaml = written(&text);
        assert!(yaml.starts_with("key: >-\n  word"), "{yaml}");
        assert!(yaml.lines().all(|line| line.chars().count() <= WIDTH));
        let read: serde_yaml::Value = serde_yaml::from_str(&yaml).unwrap();
        assert_eq!(read["key"], text.as_str());
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in "[a-z:#\\-*&!|>'\"%@`{}\\[\\], \u{a0}é?0-9.~\\\\\t]{0,200}") {
            let read: serde_yaml::Value = serde_yaml::from_str(&written(&text)).unwrap();
            prop_assert_eq!(read["key"].as_str(), Some(text.as_str()));
            let mut writer = Writer::default();
            if writer.flow(0, "key: ", [text.as_str(), "b"]) {
                let yaml = writer.finish();
                let read: serde_yaml::Value = serde_yaml::from_str(&yaml).unwrap();
                prop_assert_eq!(read["key"][0].as_str(), Some(text.as_str()), "{}", yaml);
            }
        }
    }
}
