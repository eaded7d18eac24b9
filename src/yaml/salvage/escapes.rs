//! Backslashes in double quotation marks before what they cannot stand before (YAML 1.2.2, 5.7). Depending on where the text stands,
//! the parser says of one that it met another thing than it expected; so they are looked for before anything else is mended.

use super::{Fault, Salvager};
use crate::diagnostic::Diagnostic;
use crate::yaml::syntax::bad_escape;

/// What a backslash may stand before.
const ESCAPES: &str = "0abt\tnvfre \"/\\N_LP";

impl Salvager<'_> {
    /// Takes the meaning of the first bad escape on a line at a fault away; whether there is one.
    pub(super) fn mend_escapes(&mut self, fault: &Fault) -> bool {
        let number = self.lines.at(fault.at);
        let near = self.lines.with_content(number);
        let near = near.into_iter().chain(self.lines.next(number));
        for number in near.collect::<Vec<_>>() {
            let value = self.beginning(number).value;
            let start = self.lines.start(number) + value;
            let Some(text) = self.lines.content(number).get(value..) else {
                continue;
            };
            let bad = bad_escapes(text).map(|at| start + at);
            let Some(at) = bad.into_iter().find(|at| !self.edits.begins_at(*at)) else {
                continue;
            };
            let (message, hint) = bad_escape();
            let problem = Diagnostic::error(fault.diagnostic.code, message).hint(hint);
            self.tell(number, problem.at(Some(at..at + 1)));
            return self.blunt(at);
        }
        false
    }
}

/// The first bad escape in the quoted texts of a value, in bytes of it.
fn bad_escapes(value: &str) -> Option<usize> {
    if !value.starts_with(['"', '[', '{']) {
        return None;
    }
    let mut quote: Option<char> = None;
    // What stood before, white space apart: in brackets a text begins behind a sign alone.
    let mut before = None;
    let mut characters = value.char_indices();
    while let Some((at, c)) = characters.next() {
        match (quote, c) {
            (Some('"'), '\\') => {
                let rest = &value[at + 1..];
                // The line may end here, and the text go on.
                let next = rest.chars().next()?;
                if !is_escape(rest) {
                    return Some(at);
                }
                characters.by_ref().take(1).for_each(drop);
                before = Some(next);
            }
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if matches!(before, None | Some(':' | ',' | '[' | '{')) => {
                quote = Some(c);
            }
            (None, '#') if value[..at].ends_with(' ') => return None,
            (None, _) => {}
        }
        if quote.is_none() && !c.is_whitespace() {
            before = Some(c);
        }
    }
    None
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
    use super::bad_escapes;

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
            assert_eq!(bad_escapes(value), at, "{value}");
        }
    }
}
