//! Backslashes in double quotation marks before what they cannot stand before (YAML 1.2.2, 5.7). Depending on where the text stands,
//! the parser says of one that it met another thing than it expected; so they are looked for before anything else is mended.

use super::{Fault, Salvager};
use crate::diagnostic::Diagnostic;
use crate::yaml::syntax::bad_escape;

/// What a backslash may stand before.
const ESCAPES: &str = "0abt\tnvfre \"/\\N_LP";

impl Salvager<'_> {
    /// Takes the meaning of the bad escapes on a line at a fault away; whether there are any.
    pub(super) fn mend_escapes(&mut self, fault: &Fault) -> bool {
        let near = self.lines.with_content(self.lines.at(fault.at));
        let next = self.lines.next(self.lines.at(fault.at));
        [near, next]
            .into_iter()
            .flatten()
            .any(|number| self.mend_escapes_of(fault, number))
    }

    fn mend_escapes_of(&mut self, fault: &Fault, number: usize) -> bool {
        let value = self.beginning(number).value;
        let start = self.lines.start(number) + value;
        let text = self.lines.content(number).get(value..);
        let bad = bad_escapes(text.unwrap_or_default()).into_iter();
        let bad = bad.map(|at| start + at);
        let bad: Vec<usize> = bad.filter(|at| !self.edits.begins_at(*at)).collect();
        let Some(first) = bad.first().copied() else {
            return false;
        };
        let (message, hint) = words(self.text.get(first..).unwrap_or_default());
        let problem = Diagnostic::error(fault.diagnostic.code, message).hint(hint);
        self.tell(number, problem.at(Some(first..first + 1)));
        bad.into_iter().for_each(|at| {
            self.blunt(at);
        });
        true
    }
}

/// What is told of the bad escape that a text begins with, and the way out: JSON writes some characters as two escapes.
fn words(text: &str) -> (&'static str, String) {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let Some(first @ 0xd800..=0xdfff) = unit(0) else {
        let (message, hint) = bad_escape();
        return (message, hint.to_owned());
    };
    let pair = unit(6).and_then(|second| char::decode_utf16([first, second]).next()?.ok());
    match pair {
        Some(c) => (
            "two escapes make no character in YAML, as they do in JSON",
            format!(
                "write the character itself, or `\\U{:08X}` in the place of both",
                u32::from(c)
            ),
        ),
        None => (
            "this escape is half a character of JSON's",
            "write the character itself".to_owned(),
        ),
    }
}

/// The bad escapes in the quoted texts of a value, in bytes of it.
fn bad_escapes(value: &str) -> Vec<usize> {
    let mut bad = Vec::new();
    if !value.starts_with(['"', '[', '{']) {
        return bad;
    }
    let mut quote: Option<char> = None;
    // What stood before, white space apart: in brackets a text begins behind a sign alone.
    let mut before = None;
    let mut characters = value.char_indices();
    while let Some((at, c)) = characters.next() {
        match (quote, c) {
            (Some('"'), '\\') => {
                // The line may end here, and the text go on.
                if characters.next().is_some() && !is_escape(&value[at + 1..]) {
                    bad.push(at);
                }
            }
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if matches!(before, None | Some(':' | ',' | '[' | '{')) => {
                quote = Some(c);
            }
            (None, '#') if value[..at].ends_with(' ') => break,
            (None, _) => {}
        }
        if quote.is_none() && !c.is_whitespace() {
            before = Some(c);
        }
    }
    bad
}

/// Whether a backslash may stand before a text.
fn is_escape(text: &str) -> bool {
    let digits = match text.chars().next() {
        Some('x') => 2,
        Some('u') => 4,
        Some('U') => 8,
        next => return next.is_some_and(|c| ESCAPES.contains(c)),
    };
    let digits = text.get(1..=digits);
    let digits = digits.filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
    let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
    code.and_then(char::from_u32).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_escapes_are_found_in_quoted_texts_alone() {
        for (value, at) in [
            (r#""See C:\path.""#, Some(7)),
            (r#""a \"b\" \\ \n \x41 \u00e9 \U0001F642 \N""#, None),
            (r#""half \ud83d\ude42""#, Some(6)),
            (r#""\U00110000""#, Some(1)),
            (r#""\u12""#, Some(1)),
            (r#""\x4""#, Some(1)),
            (r#"{text: "\q"}"#, Some(8)),
            (r#"{text: '\q', by: "a"}"#, None),
            (r#"[it's, "\q"]"#, Some(8)),
            (r#""whole" # \q "\q""#, None),
            (r"plain \q", None),
            (r#""goes on \"#, None),
        ] {
            assert_eq!(bad_escapes(value).first().copied(), at, "{value}");
        }
        assert_eq!(bad_escapes(r#""C:\path\\a\query""#), [3, 11]);
    }

    #[test]
    fn escapes_of_json_are_told_with_the_one_of_yaml() {
        let of = |text: &str| words(text).1;
        assert!(of(r"\ud83d\ude00 x").contains(r"`\U0001F600`"));
        assert_eq!(of(r"\ud83d x"), "write the character itself");
        assert_eq!(of(r"\ude00\ud83d"), "write the character itself");
        assert!(of(r"\path").contains(r"`\\`"));
    }
}
