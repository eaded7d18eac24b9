//! Texts that YAML reads as something else: what begins with a sign of its own, holds a colon, or is not closed.

use super::lines::Beginning;
use super::structure::WITHOUT_COLON;
use super::{Fault, Salvager};
use crate::diagnostic::{ByteSpan, Code, Diagnostic, Edit};
use crate::yaml::syntax::{INDICATORS, comment_in_text, quoted};

/// What the parser says where the fault is the line's place among others, and not in it.
const OF_PLACE: &[&str] = &[
    "expected '-' indicator",
    "expected key",
    "<document",
    "simple key",
    "invalid indentation",
];

impl Salvager<'_> {
    /// A backslash before a character that it cannot stand before.
    pub(super) fn escape(&mut self, fault: &Fault, number: usize) -> bool {
        const WORDS: &[&str] = &["escape", "hexadecimal", "Unicode"];
        if !WORDS.iter().any(|word| fault.info.contains(word)) {
            return false;
        }
        let end = (fault.at + 1).min(self.text.len());
        let before = self.text.get(..end).unwrap_or_default();
        let mut found = before.rmatch_indices('\\').map(|(at, _)| at);
        let Some(at) = found.find(|at| !self.edits.begins_at(*at)) else {
            return false;
        };
        self.tell(number, fault.diagnostic.clone());
        self.blunt(at)
    }

    /// Quotation marks that are not closed, or that more text follows: they belong to the text.
    pub(super) fn quotation(&mut self, fault: &Fault, number: usize) -> bool {
        const WORDS: &[&str] = &[
            "trailing content",
            "end of stream",
            "in quoted",
            "document indicator",
        ];
        if !WORDS.iter().any(|word| fault.info.contains(word)) {
            return false;
        }
        if fault.info.contains("trailing content") && self.opened_above(fault, number) {
            return true;
        }
        let value = self.lines.start(number) + self.beginning(number).value;
        let is_quote = |at: &usize| self.text[*at..].starts_with(['"', '\'']);
        let Some(at) = [fault.at, value].into_iter().find(is_quote) else {
            return false;
        };
        self.tell(number, fault.diagnostic.clone());
        self.blunt(at)
    }

    /// A quotation mark that opens a text on a line above, and that one of a later text closes.
    fn opened_above(&mut self, fault: &Fault, number: usize) -> bool {
        const FURTHEST: usize = 50;
        let value = |line: usize| self.lines.start(line) + self.beginning(line).value;
        let opens = |line: &usize| {
            let at = value(*line);
            self.text[at..].starts_with(['"', '\'']) && !self.edits.begins_at(at)
        };
        let mut above = (number.saturating_sub(FURTHEST)..number).rev();
        let Some(first) = above.find(opens) else {
            return false;
        };
        let at = value(first);
        let (mark, twice) = match self.text[at..].starts_with('"') {
            true => ('"', "\\\""),
            false => ('\'', "''"),
        };
        let behind = self.text.get(at + 1..).unwrap_or_default();
        let Some(close) = closing(behind, mark).map(|close| at + 1 + close) else {
            return false;
        };
        // What follows the mark that closes it is the fault, and a line of its own holds that mark.
        let between = self.text.get(close + 1..fault.at);
        let line = self.lines.at(close);
        if line == first || between.is_none_or(|between| !between.trim().is_empty()) {
            return false;
        }
        let problem = Diagnostic::error(Code::Yaml, "a quoted text is not closed")
            .at(Some(at..at + 1))
            .hint(format!(
                "close it with `{mark}`: the mark on line {} ends it now; where that one belongs to the text, write `{twice}` for it",
                line + 1
            ));
        self.tell(first, problem);
        self.blunt(at)
    }

    /// A text that begins with a character of YAML's own.
    pub(super) fn indicator(&mut self, fault: &Fault, number: usize) -> bool {
        let line = self.beginning(number);
        let value = &self.lines.content(number)[line.value..];
        let is_link = value.starts_with('[') && value.contains("](");
        let is_out_of_place = OF_PLACE.iter().any(|said| fault.info.contains(said));
        if !value.starts_with(INDICATORS)
            || value.starts_with(['"', '\''])
            || (is_out_of_place && !is_link && !goes_on_behind_brackets(value))
        {
            return false;
        }
        let at = self.lines.start(number) + line.value;
        if !self.blunt(at) {
            return false;
        }
        let mut problem = fault.diagnostic.clone();
        if goes_on_behind_brackets(value) {
            let first = value.chars().next().unwrap_or_default();
            problem.message = format!("YAML cannot read what begins with `{first}`");
            problem.span = Some(at..at + first.len_utf8());
            problem.hint = Some(format!("if it is text, quote it: {}", quoted(value)));
        }
        if let Some(span) = self.whole_value(number, &line)
            && !value.starts_with(['[', '{'])
        {
            problem = problem.fix(quotation(span.clone(), &self.text[span]));
        }
        self.tell(number, problem);
        true
    }

    /// A colon in a text, or behind a key that stands where a text has not ended.
    pub(super) fn colon(&mut self, fault: &Fault, number: usize) -> bool {
        if !fault.info.contains("mapping values") && !fault.info.contains("placement of ':'") {
            return false;
        }
        let line = self.beginning(number);
        let start = self.lines.start(number);
        let content = self.lines.content(number);
        let key = line.key.clone().unwrap_or_default();
        // The keys of notes are names of the author's own.
        let is_key = self.knows(&content[key.clone()]) || self.is_in_notes(number);
        let at_key = line.key.is_some() && fault.at <= start + key.end;
        if at_key && is_key {
            let above = self.lines.above(number);
            return self.close(number)
                || above.is_some_and(|above| self.space(fault, above))
                || self.indent(fault, number);
        }
        // The key too, where it is none.
        let text = if is_key { line.value } else { key.start };
        let mut found = false;
        for (at, _) in content[text..].match_indices(':') {
            let behind = &content[text + at + 1..];
            if behind.is_empty() || behind.starts_with([' ', '\t']) {
                found |= self.blunt(start + text + at);
            }
        }
        if found {
            let whole = self.text_above(number, &line, is_key);
            let mut problem = self.unquoted(fault, content, is_key.then_some(key), text, start);
            let line = Beginning {
                value: text,
                ..line
            };
            if let Some(span) = self.whole_value(number, &line) {
                problem = problem.fix(quotation(span.clone(), &self.text[span]));
            }
            if let Some(whole) = whole {
                let whole = quoted(&whole);
                problem.hint = Some(format!("quote the text from its first line on: {whole}"));
            }
            self.tell(number, problem);
        }
        found
    }

    /// The text that a line goes on with, the line itself last; none for a line that begins something.
    fn text_above(&self, number: usize, line: &Beginning, is_key: bool) -> Option<String> {
        const FURTHEST: usize = 10;
        if is_key || !line.hyphens.is_empty() {
            return None;
        }
        let mut parts = vec![self.lines.content(number)];
        for above in (number.saturating_sub(FURTHEST)..number).rev() {
            let line = self.beginning(above);
            let content = self.lines.content(above);
            let key = line.key.clone().map(|key| &content[key]);
            let begins = !line.hyphens.is_empty() || key.is_some_and(|key| self.knows(key));
            let text = if begins {
                &content[line.value..]
            } else {
                content
            };
            if text.is_empty() || self.lines.is_blank(above) {
                return None;
            }
            parts.push(text);
            if begins {
                parts.reverse();
                return Some(parts.join(" "));
            }
        }
        None
    }

    /// Tells of a text with a colon in it, and how it is quoted.
    fn unquoted(
        &self,
        fault: &Fault,
        content: &str,
        key: Option<std::ops::Range<usize>>,
        text: usize,
        start: usize,
    ) -> Diagnostic {
        let before = match key {
            Some(key) => format!("{}: ", &content[key]),
            None if text > 0 => "- ".to_owned(),
            None => String::new(),
        };
        let at = match self.text[fault.at..].starts_with(':') {
            true => fault.at,
            false => start + text,
        };
        let message = "`: ` stands in a text without quotation marks";
        Diagnostic::error(Code::Yaml, message)
            .at(Some(at..at + 1))
            .hint(format!("quote it: {before}{}", quoted(&content[text..])))
    }

    /// A comment in the middle of a text.
    pub(super) fn comment(&mut self, fault: &Fault, number: usize) -> bool {
        if !fault.info.contains("comment") {
            return self.comment_between(fault, number);
        }
        let line = self.lines.at(fault.at);
        for above in (line.saturating_sub(2)..=line).rev() {
            let content = self.lines.content(above);
            let found = match content.starts_with('#') {
                true => Some(0),
                false => content.find(" #").map(|at| at + 1),
            };
            let Some(at) = found.map(|at| self.lines.start(above) + at) else {
                continue;
            };
            if !self.edits.begins_at(at) {
                let end = self.lines.start(above) + content.len();
                self.edits.replace(at..end, "");
                self.tell(number, fault.diagnostic.clone());
                return true;
            }
        }
        false
    }

    /// A line of comment between those of a text, behind which YAML does not go on with it.
    fn comment_between(&mut self, fault: &Fault, number: usize) -> bool {
        const FURTHEST: usize = 10;
        let of_place = ["expected key", "expected '-'", "simple key"];
        let line = self.beginning(number);
        if !of_place.iter().any(|said| fault.info.contains(said))
            || !line.hyphens.is_empty()
            || line.key.is_some()
        {
            return false;
        }
        let mut comment = None;
        for above in (number.saturating_sub(FURTHEST)..number).rev() {
            let content = self.lines.content(above);
            if content.starts_with('#') {
                comment = comment.or(Some(above));
                continue;
            }
            let line = self.beginning(above);
            let key = line.key.as_ref().map(|key| key.start);
            let Some(inside) = key.or(line.hyphens.last().copied()) else {
                continue;
            };
            let column = self.lines.column(above) + content[..inside].chars().count();
            let value = &content[line.value..];
            let is_plain = !value.is_empty() && !value.starts_with(['"', '\'', '|', '>', '[', '{']);
            let goes_on = is_plain && self.lines.column(number) > column;
            let comment = comment.filter(|_| goes_on);
            return comment.is_some_and(|comment| self.leave_out_comment(comment));
        }
        false
    }

    /// Leaves out a line of comment with the end of the line above it; not twice.
    fn leave_out_comment(&mut self, comment: usize) -> bool {
        let Some(above) = self.lines.above(comment) else {
            return false;
        };
        let start = self.lines.start(above) + self.lines.content(above).len();
        let at = self.lines.start(comment);
        if self.edits.begins_at(start) {
            return false;
        }
        let end = at + self.lines.content(comment).len();
        self.edits.replace(start..end, "");
        let (message, hint) = comment_in_text();
        let problem = Diagnostic::error(Code::Yaml, message).at(Some(at..at + 1));
        self.tell(comment, problem.hint(hint));
        true
    }
}

/// Where a file is mostly text as it came, its lines are told of once.
pub(super) fn tell_once(problems: &mut Vec<Diagnostic>) {
    const MOST: usize = 3;
    let is_text = |problem: &Diagnostic| {
        let message = problem.message.as_str();
        message == WITHOUT_COLON || message == "a key without a colon"
    };
    if problems.iter().filter(|problem| is_text(problem)).count() <= MOST {
        return;
    }
    let mut is_first = true;
    problems.retain_mut(|problem| {
        if !is_text(problem) {
            return true;
        }
        if is_first {
            problem.message = "here and below stand texts that belong to no key".to_owned();
            problem.hint = Some(
                "a contributor begins with `- name: …`, and each paragraph with `- ` below its `statement:`; \
                 `flashpoint import` makes a piece of a mail as it came, saved as .txt"
                    .to_owned(),
            );
        }
        std::mem::take(&mut is_first)
    });
}

/// Where a text in quotation marks ends, by what stands behind the first one.
fn closing(text: &str, mark: char) -> Option<usize> {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let is_twice = |next: &(usize, char)| mark == '\'' && next.1 == mark;
        match c {
            '\\' if mark == '"' => {
                chars.next();
            }
            c if c != mark => {}
            _ if chars.next_if(is_twice).is_some() => {}
            _ => return Some(at),
        }
    }
    None
}

/// Whether text stands behind the bracket that closes the one with which a value begins.
fn goes_on_behind_brackets(value: &str) -> bool {
    let close = match value.chars().next() {
        Some('[') => ']',
        Some('{') => '}',
        _ => return false,
    };
    let behind = value
        .split_once(close)
        .map(|(_, behind)| behind.trim_start());
    behind.is_some_and(|behind| behind.starts_with(char::is_alphanumeric))
}

/// The change that puts quotation marks around a text.
fn quotation(span: ByteSpan, text: &str) -> Edit {
    let quoted = match text.contains(['"', '\\']) {
        true => format!("'{}'", text.replace('\'', "''")),
        false => format!("\"{text}\""),
    };
    Edit::new(span, quoted)
}
