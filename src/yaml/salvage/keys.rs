//! Keys as they are written elsewhere: with another sign than a colon behind them, or several on one line.

use super::Salvager;
use crate::diagnostic::{Code, Diagnostic, Edit};
use crate::yaml::hints;
use crate::yaml::key_signs::{self, Signed};
use crate::yaml::syntax::shortened;

/// Signs that part keys which stand on one line.
const PARTING: &[char] = &[';', '；', '؛', '|', '،', ','];

/// So many keys on a line are told apart.
const MOST_KEYS: usize = 12;

impl Salvager<'_> {
    /// Puts YAML's colon behind all keys that have another sign there; whether any has.
    pub(super) fn mend_key_signs(&mut self) -> bool {
        let mut found = false;
        let mut block: Option<usize> = None;
        for number in 0..self.lines.len() {
            if self.is_in_text(number, &mut block) || self.lines.is_blank(number) {
                continue;
            }
            let Some((at, signed)) = self.signed_key(number) else {
                continue;
            };
            found = true;
            let content = self.lines.content(number);
            let start = self.lines.start(number);
            let (key, sign) = (
                &content[at..][signed.key.clone()],
                &content[at..][signed.sign.clone()],
            );
            let value = content[at + signed.sign.end..].trim();
            let sign_at = start + at + signed.sign.start;
            let sign_end = start + at + signed.sign.end;
            let colon = match value.is_empty() || content[at + signed.sign.end..].starts_with(' ') {
                true => ":",
                false => ": ",
            };
            self.edits.replace(sign_at..sign_end, colon);
            let written = format!("{key}: {value}");
            let shown = match sign {
                "\t" => "a tab",
                sign => &format!("`{sign}`"),
            };
            let problem = Diagnostic::error(
                Code::Yaml,
                format!("{shown} ends no key: YAML knows `:` only"),
            )
            .at(Some(sign_at..sign_end))
            .hint(format!("write `{}`", shortened(written.trim_end())))
            .fix(Edit::new(start + at + signed.key.end..sign_end, colon));
            self.problems.push(problem);
        }
        found
    }

    /// Puts a space in the place of tabs behind the colons of keys; whether any stood there.
    pub(super) fn mend_tabs_behind_colons(&mut self) -> bool {
        let mut found = false;
        let mut block: Option<usize> = None;
        for number in 0..self.lines.len() {
            if self.is_in_text(number, &mut block) || self.lines.is_blank(number) {
                continue;
            }
            let content = self.lines.content(number);
            let line = self.beginning(number);
            let Some(key) = line.key.filter(|key| self.knows(&content[key.clone()])) else {
                continue;
            };
            let Some(white) = content
                .get(key.end + 1..line.value)
                .filter(|white| white.contains('\t'))
            else {
                continue;
            };
            found = true;
            let start = self.lines.start(number) + key.end + 1;
            let span = start..start + white.len();
            self.edits.replace(span.clone(), " ");
            let written = format!("{}: {}", &content[key], &content[line.value..]);
            let problem = Diagnostic::error(
                Code::Yaml,
                "a tab stands behind a colon, where a space belongs",
            )
            .at(Some(span.clone()))
            .hint(format!(
                "write `{}`; a space may look the same",
                shortened(&written)
            ))
            .fix(Edit::new(span, " "));
            self.problems.push(problem);
        }
        found
    }

    /// The key with another sign behind it that a line begins with, where a key may stand, and where that begins.
    fn signed_key(&self, number: usize) -> Option<(usize, Signed)> {
        let content = self.lines.content(number);
        let line = self.beginning(number);
        if line
            .key
            .as_ref()
            .is_some_and(|key| self.knows(&content[key.clone()]))
        {
            return None;
        }
        let hyphens = line.hyphens.last().map_or(0, |last| {
            let rest = &content[last + 1..];
            last + 1 + (rest.len() - rest.trim_start().len())
        });
        let at = hyphens + numbered(&content[hyphens..]);
        let is_key = |word: &str| self.knows(word) || hints::is_word_for_key(word);
        let signed = key_signs::signed(&content[at..], is_key)?;
        let column = self.lines.column(number) + content[..at].chars().count();
        let is_sure = self.knows(&content[at..][signed.key.clone()]);
        let is_name = content[at..][signed.key.clone()].eq_ignore_ascii_case("name");
        let stands = match at {
            // Among other keys, or at the edge of the page.
            0 => {
                let open = self.lines.open_above(number, |at| self.edits.begins_at(at));
                (column == 0 && is_sure)
                    || open.keys.contains(&column)
                    || self.is_key_at(number, column)
            }
            _ => is_name || self.is_key_at(number, column),
        };
        stands.then_some((at, signed))
    }

    /// Whether the line below begins with a key in a column.
    fn is_key_at(&self, number: usize, column: usize) -> bool {
        let Some(next) = self.lines.next(number) else {
            return false;
        };
        let content = self.lines.content(next);
        let line = self.beginning(next);
        let is_key = line.key.is_some_and(|key| self.knows(&content[key]))
            || key_signs::signed(content, |word| self.knows(word)).is_some();
        self.lines.column(next) == column && line.hyphens.is_empty() && is_key
    }

    /// Whether a line stands in a text behind `|` or `>`, which is the author's.
    pub(super) fn is_in_text(&self, number: usize, block: &mut Option<usize>) -> bool {
        let content = self.lines.content(number);
        let column = self.lines.column(number);
        if content.is_empty() || block.is_some_and(|least| column > least) {
            return true;
        }
        let value = self.lines.beginning(number, |_| false).value;
        *block = content[value..].starts_with(['|', '>']).then_some(column);
        false
    }

    /// Puts keys that stand on one line, `title: A; date: B`, on lines of their own; whether any do.
    pub(super) fn mend_keys_on_one_line(&mut self) -> bool {
        let mut found = false;
        let mut block: Option<usize> = None;
        for number in 0..self.lines.len() {
            if self.is_in_text(number, &mut block) || self.lines.is_blank(number) {
                continue;
            }
            found |= self.keys_on_line(number);
        }
        found
    }

    fn keys_on_line(&mut self, number: usize) -> bool {
        let content = self.lines.content(number);
        let line = self.beginning(number);
        let Some(first) = line
            .key
            .clone()
            .filter(|key| self.knows(&content[key.clone()]))
        else {
            return false;
        };
        let start = self.lines.start(number);
        let column = self.lines.column(number) + content[..first.start].chars().count();
        let opens =
            |at: usize| content[at..].starts_with(['"', '\'', '[', '{', '|', '>', '&', '*']);
        let mut written = vec![content[first.clone()].to_owned()];
        let mut parts = Vec::new();
        let mut value = line.value;
        while parts.len() < MOST_KEYS && !opens(value) {
            let Some((sign, key, behind)) = self.next_key(&content[first.clone()], content, value)
            else {
                break;
            };
            if let Some(last) = written.last_mut() {
                *last = format!("{last}: {}", content[value..sign].trim());
            }
            written.push(content[key.clone()].to_owned());
            parts.push((sign, key));
            value = behind;
        }
        let Some((_, second)) = parts.first().cloned() else {
            return false;
        };
        if let Some(last) = written.last_mut() {
            *last = format!("{last}: {}", content[value..].trim());
        }
        for (sign, key) in parts {
            let indent = " ".repeat(column);
            self.edits
                .replace(start + sign..start + key.start, format!("\n{indent}"));
        }
        let lines: Vec<&str> = written.iter().map(|line| line.trim_end()).collect();
        let problem = Diagnostic::error(Code::Yaml, "this key stands on the line of another")
            .at(Some(start + second.start..start + second.end))
            .hint(format!(
                "if this is text, quote all of it; else write each key on a line of its own:\n{}",
                lines.join("\n")
            ));
        self.problems.push(problem);
        true
    }

    /// The next key in a value that belongs beside the first: where the sign before it stands, the key, and where its value begins.
    fn next_key(
        &self,
        first: &str,
        content: &str,
        value: usize,
    ) -> Option<(usize, std::ops::Range<usize>, usize)> {
        let signs = content[value..].match_indices(PARTING);
        let mut signs = signs.map(|(at, sign)| (value + at, sign.len()));
        signs.find_map(|(at, width)| {
            let behind = &content[at + width..];
            let from = at + width + (behind.len() - behind.trim_start().len());
            let (key, rest) = content[from..].split_once(':')?;
            let is_key = !key.contains(PARTING) && self.stand_together(first, key.trim_end());
            let is_parted = rest.is_empty() || rest.starts_with([' ', '\t']);
            let key = from..from + key.trim_end().len();
            let behind = content.len() - rest.trim_start().len();
            (is_key && is_parted).then_some((at, key, behind))
        })
    }

    /// Whether two keys are of one mapping, which has room for several.
    fn stand_together(&self, one: &str, other: &str) -> bool {
        let folded = |key: &str| key.to_lowercase().replace(['-', ' '], "_");
        let (one, other) = (folded(one), folded(other));
        let has = |names: &[&str], key: &str| {
            names.contains(&key) || hints::synonym(key, names, hints::Scope::Mapping).is_some()
        };
        one != other
            && (self.mappings.iter())
                .any(|names| names.contains(&one.as_str()) && has(names, &other))
    }
}

/// The length of a number of an item with which a text begins, `1. `.
fn numbered(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text[digits..].strip_prefix(['.', ')']) {
        Some(rest) if (1..=3).contains(&digits) && rest.starts_with(' ') => {
            text.len() - rest.trim_start().len()
        }
        _ => 0,
    }
}
