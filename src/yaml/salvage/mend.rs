//! What is done about each kind of fault. The first mend that fits is made; a line that none fits is left out.

use super::lines::Beginning;
use super::{Fault, Salvager, is_hopeless, stand_ins};
use crate::diagnostic::{ByteSpan, Code, Diagnostic, Edit};
use crate::piece::one_line;
use crate::yaml::syntax::{INDICATORS, nearest_tab, quoted, shortened};

/// What the parser says where the fault is the line's place among others, and not in it.
const OF_PLACE: &[&str] = &[
    "expected '-' indicator",
    "expected key",
    "<document",
    "simple key",
    "invalid indentation",
];

impl Salvager<'_> {
    /// Mends a fault; whether the text was changed.
    pub(super) fn mend(&mut self, fault: &Fault) -> bool {
        if is_hopeless(fault) {
            self.problems.push(fault.diagnostic.clone());
            return false;
        }
        if fault.diagnostic.code == Code::SecondDocument {
            self.edits.replace(fault.at..self.text.len(), "");
            self.problems.push(fault.diagnostic.clone());
            return true;
        }
        if !std::mem::replace(&mut self.are_spaces_mended, true) && self.mend_indents() {
            return true;
        }
        let Some(number) = self.line_of(fault) else {
            self.problems.push(fault.diagnostic.clone());
            return false;
        };
        // In the order in which they are tried.
        let mends: [fn(&mut Self, &Fault, usize) -> bool; 11] = [
            Self::bare_key,
            Self::escape,
            Self::quotation,
            Self::indicator,
            Self::flow,
            Self::colon,
            Self::space,
            Self::tab,
            Self::comment,
            Self::indent,
            Self::leave_out,
        ];
        mends.iter().any(|mend| mend(self, fault, number))
    }

    /// The line at which to mend: the parser notices a key without a colon only behind it.
    fn line_of(&self, fault: &Fault) -> Option<usize> {
        let number = self.lines.at(fault.at);
        let is_behind = fault.at <= self.lines.start(number) || self.lines.is_blank(number);
        if fault.info.contains("simple key") && is_behind {
            return self.lines.with_content(number.checked_sub(1)?);
        }
        self.lines.with_content(number)
    }

    fn beginning(&self, number: usize) -> Beginning {
        self.lines.beginning(number, |at| self.edits.begins_at(at))
    }

    /// Takes a character's meaning away; not twice.
    fn blunt(&mut self, at: usize) -> bool {
        let c = self.text[at..].chars().next();
        let Some((c, mark)) = c.and_then(|c| Some((c, stand_ins::stand_in(c)?))) else {
            return false;
        };
        if self.edits.begins_at(at) {
            return false;
        }
        self.edits.replace(at..at + c.len_utf8(), mark);
        true
    }

    /// A key that stands alone on its line, without the colon: what belongs to it begins on the next.
    fn bare_key(&mut self, _: &Fault, number: usize) -> bool {
        let above = number.checked_sub(1);
        let above = above.and_then(|above| self.lines.with_content(above));
        [Some(number), above].into_iter().flatten().any(|number| {
            let content = self.lines.content(number);
            let line = self.beginning(number);
            let key = &content[line.value..];
            let is_word = key
                .bytes()
                .all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
            let Some(next) = self
                .lines
                .next(number)
                .filter(|_| is_word && line.key.is_none())
            else {
                return false;
            };
            let below = self.beginning(next);
            let begins = !below.hyphens.is_empty() || self.known_key(next).is_some();
            let column = self.lines.column(number) + line.value;
            let is_inside = self.lines.column(next) > column
                || (self.lines.column(next) == column && !below.hyphens.is_empty());
            let end = self.lines.start(number) + content.len();
            if !self.knows(key) || !begins || !is_inside || self.edits.begins_at(end) {
                return false;
            }
            self.edits.replace(end..end, ":");
            let problem =
                Diagnostic::error(Code::Yaml, format!("the colon behind `{key}` is missing"))
                    .at(Some(end - key.len()..end))
                    .hint(format!("write `{key}:`"));
            self.tell(number, problem);
            true
        })
    }

    /// A backslash before a character that it cannot stand before.
    fn escape(&mut self, fault: &Fault, number: usize) -> bool {
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
    fn quotation(&mut self, fault: &Fault, number: usize) -> bool {
        const WORDS: &[&str] = &[
            "trailing content",
            "end of stream",
            "in quoted",
            "document indicator",
        ];
        if !WORDS.iter().any(|word| fault.info.contains(word)) {
            return false;
        }
        let value = self.lines.start(number) + self.beginning(number).value;
        let is_quote = |at: &usize| self.text[*at..].starts_with(['"', '\'']);
        let Some(at) = [fault.at, value].into_iter().find(is_quote) else {
            return false;
        };
        self.tell(number, fault.diagnostic.clone());
        self.blunt(at)
    }

    /// A text that begins with a character of YAML's own.
    fn indicator(&mut self, fault: &Fault, number: usize) -> bool {
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

    /// A list or a mapping in brackets that is not closed.
    fn flow(&mut self, fault: &Fault, number: usize) -> bool {
        const FURTHEST: usize = 50;
        if !fault.info.contains("flow") && !fault.info.contains("bracket") {
            return false;
        }
        if self.close(number) {
            return true;
        }
        for above in (number.saturating_sub(FURTHEST)..=number).rev() {
            let at = self.lines.start(above) + self.beginning(above).value;
            if self.text[at..].starts_with(['[', '{']) && self.blunt(at) {
                let close = if self.text[at..].starts_with('[') {
                    ']'
                } else {
                    '}'
                };
                let message = "what begins with this bracket is not closed, or cannot be read";
                let problem = Diagnostic::error(Code::Yaml, message)
                    .at(Some(at..at + 1))
                    .hint(format!("close it with `{close}`, and part what is in it with `, `; if the bracket belongs to a text, quote all of it"));
                self.tell(above, problem);
                return true;
            }
        }
        false
    }

    /// A bracket that is left open before a line that begins something else, or at the end; whether it was closed.
    fn close(&mut self, number: usize) -> bool {
        const FURTHEST: usize = 10;
        let value = |line: usize| self.lines.start(line) + self.beginning(line).value;
        let opens = |line: usize| self.text[value(line)..].starts_with(['[', '{']);
        let last = match self.known_key(number).is_some() && !opens(number) {
            true => number
                .checked_sub(1)
                .and_then(|above| self.lines.with_content(above)),
            false => Some(number),
        };
        let Some(last) = last else {
            return false;
        };
        let mut above = (last.saturating_sub(FURTHEST)..=last).rev();
        let Some((first, key)) = above.find_map(|line| Some((line, self.known_key(line)?))) else {
            return false;
        };
        let begins = value(first);
        let end = self.lines.start(last) + self.lines.content(last).len();
        let close = match self.text[begins..].chars().next() {
            Some('[') => ']',
            Some('{') => '}',
            _ => return false,
        };
        let is_told = self.edits.begins_at(begins) || self.edits.begins_at(end);
        if is_told || self.text[begins..end].contains(close) {
            return false;
        }
        let whole = one_line(&self.text[begins..end]);
        let right = format!("{key}: {}{close}", shortened(whole.trim_end_matches(',')));
        self.edits.replace(end..end, close);
        let problem = Diagnostic::error(Code::Yaml, "this bracket is not closed")
            .at(Some(begins..begins + 1))
            .hint(format!("close it with `{close}`: `{right}`"));
        self.tell(first, problem);
        true
    }

    /// The key of the schema with which a line begins.
    fn known_key(&self, number: usize) -> Option<&str> {
        if self.lines.is_blank(number) {
            return None;
        }
        let key = &self.lines.content(number)[self.beginning(number).key?];
        self.knows(key).then_some(key)
    }

    /// A colon in a text, or behind a key that stands where a text has not ended.
    fn colon(&mut self, fault: &Fault, number: usize) -> bool {
        if !fault.info.contains("mapping values") && !fault.info.contains("placement of ':'") {
            return false;
        }
        let line = self.beginning(number);
        let start = self.lines.start(number);
        let content = self.lines.content(number);
        let key = line.key.clone().unwrap_or_default();
        let is_key = self.knows(&content[key.clone()]);
        let at_key = line.key.is_some() && fault.at <= start + key.end;
        if at_key && is_key {
            let above = number.checked_sub(1);
            let above = above.and_then(|above| self.lines.with_content(above));
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

    /// A hyphen of an item, or the colon of a key, without the space behind it.
    fn space(&mut self, _: &Fault, number: usize) -> bool {
        let content = self.lines.content(number);
        let line = self.beginning(number);
        let start = self.lines.start(number);
        let rest = &content[line.value..];
        let open = self.lines.open_above(number, |at| self.edits.begins_at(at));
        let column = self.lines.column(number);
        let is_hyphen = line.hyphens.is_empty()
            && content.starts_with('-')
            && content[1..].starts_with(|c: char| !c.is_whitespace() && c != '-')
            && open.hyphens.contains(&column);
        let (behind, what) = if is_hyphen {
            (1, "the hyphen of an item")
        } else if let Some((key, value)) = rest.split_once(':')
            && line.key.is_none()
            && self.knows(key)
            && !value.starts_with("//")
        {
            (line.value + key.len() + 1, "the colon of a key")
        } else {
            return false;
        };
        let at = start + behind;
        if self.edits.begins_at(at) {
            return false;
        }
        self.edits.replace(at..at, " ");
        let right = format!("{} {}", &content[..behind], &content[behind..]);
        let problem = Diagnostic::error(
            Code::MissingSpace,
            format!("a space is missing behind {what}"),
        )
        .at(Some(at - 1..at))
        .hint(format!("write `{}`", shortened(&right)))
        .fix(Edit::new(at..at, " "));
        self.tell(number, problem);
        true
    }

    /// A tab between words of YAML's.
    fn tab(&mut self, fault: &Fault, number: usize) -> bool {
        if !fault.info.contains("tab") {
            return false;
        }
        let at = nearest_tab(self.text, fault.at);
        if !self.text[at..].starts_with('\t') || self.edits.begins_at(at) {
            return false;
        }
        self.edits.replace(at..at + 1, " ");
        let space = Edit::new(at..at + 1, " ");
        self.tell(number, fault.diagnostic.clone().fix(space));
        true
    }

    /// A comment in the middle of a text.
    fn comment(&mut self, fault: &Fault, number: usize) -> bool {
        if !fault.info.contains("comment") {
            return false;
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

    /// A line in a column of its own.
    fn indent(&mut self, fault: &Fault, number: usize) -> bool {
        let line = self.beginning(number);
        let column = self.lines.column(number);
        let open = self.lines.open_above(number, |at| self.edits.begins_at(at));
        let content = self.lines.content(number);
        let key = line.key.clone().map(|key| &content[key]);
        let columns = if line.hyphens.is_empty() {
            open.keys
        } else {
            open.hyphens
        };
        let is_structure = !line.hyphens.is_empty() || key.is_some_and(|key| self.knows(key));
        let meant = if is_structure {
            let nearest = columns
                .into_iter()
                .min_by_key(|open| (open.abs_diff(column), *open));
            nearest.filter(|nearest| *nearest != column)
        } else {
            // A text that goes on: further in than what it goes on from.
            let above = number.checked_sub(1);
            let above = above.and_then(|above| self.lines.with_content(above));
            let further =
                above.map(|above| self.lines.column(above) + self.beginning(above).value.max(2));
            further.filter(|further| *further > column)
        };
        let Some(meant) = meant else {
            return false;
        };
        self.lines.shift(number, meant);
        let start = self.lines.start(number);
        let width = content.chars().next().map_or(0, char::len_utf8);
        let mut problem = fault.diagnostic.clone().at(Some(start..start + width));
        if is_structure {
            problem.message = "this line does not fit the lines above it".to_owned();
            let what = if line.hyphens.is_empty() {
                "a key"
            } else {
                "an item"
            };
            problem.hint = Some(format!(
                "{what} begins in the column of those beside it: here column {}, and this one stands in column {}",
                meant + 1,
                column + 1
            ));
        } else {
            let message = "this text stands in the column of a key, and has no colon";
            problem.message = message.to_owned();
            problem.hint = Some(self.without_colon(number, content));
            self.move_text_below(number, column, meant);
        }
        self.tell(number, problem);
        true
    }

    /// The way out for a text in the column of a key.
    fn without_colon(&self, number: usize, content: &str) -> String {
        let equals = content.split_once('=');
        let equals = equals.map(|(key, value)| (key.trim(), value.trim()));
        if let Some((key, value)) = equals.filter(|(key, _)| self.knows(key)) {
            return format!("write `{key}: {}`", shortened(value));
        }
        let above = number.checked_sub(1);
        let above = above.and_then(|above| self.lines.with_content(above));
        let sign = above.map(|above| &self.lines.content(above)[self.beginning(above).value..]);
        if let Some(sign @ ("|" | ">" | "|-" | ">-" | "|+" | ">+")) = sign {
            return format!(
                "begin the lines behind `{sign}` further in than the line that it ends"
            );
        }
        let word = content.split_once(char::is_whitespace);
        match word.filter(|(key, _)| self.knows(key) && key.chars().all(char::is_lowercase)) {
            Some((key, value)) => format!(
                "if `{key}` is a key, write `{key}: {}`; if the text goes on from the line above, indent it further",
                shortened(value.trim_start())
            ),
            None => {
                "indent it further if it goes on from the line above; a key is written `key: value`"
                    .to_owned()
            }
        }
    }

    /// Moves the lines of text that stand below one in the same column.
    fn move_text_below(&mut self, number: usize, column: usize, meant: usize) {
        let mut below = self.lines.next(number);
        while let Some(next) = below {
            let line = self.beginning(next);
            let is_text = line.hyphens.is_empty() && line.key.is_none();
            if !is_text || self.lines.column(next) != column {
                break;
            }
            self.lines.set_column(next, meant);
            below = self.lines.next(next);
        }
    }

    /// Leaves a line out that nothing helps, with what belongs to it.
    fn leave_out(&mut self, fault: &Fault, number: usize) -> bool {
        self.tell(number, fault.diagnostic.clone());
        if self.lines.is_blank(number) {
            return false;
        }
        self.lines.drop_with_block(number);
        true
    }

    /// The bytes of a line's value, where it is all on the line.
    fn whole_value(&self, number: usize, line: &Beginning) -> Option<ByteSpan> {
        let content = self.lines.content(number);
        let value = &content[line.value..];
        let key = line.key.as_ref().map(|key| &content[key.clone()]);
        // A line that begins nothing may go on from the one above it.
        if line.hyphens.is_empty() && !key.is_some_and(|key| self.knows(key)) {
            return None;
        }
        let inside = match (&line.key, line.hyphens.last()) {
            (Some(key), _) if key.start < line.value => key.start,
            (_, Some(hyphen)) => *hyphen,
            _ => 0,
        };
        let column = self.lines.column(number) + content[..inside].chars().count();
        let next = self.lines.next(number);
        let goes_on = next.is_some_and(|next| self.lines.column(next) > column);
        let start = self.lines.start(number) + line.value;
        let is_whole = !goes_on && !value.is_empty() && !value.contains(" #");
        is_whole.then(|| start..start + value.len())
    }
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
