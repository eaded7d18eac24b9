//! What Markdown raises between carets: `2^nd^`, `Ada Lovelace^1,\*^`. CommonMark has no such mark, but many programs read it, and so
//! does a source.

use std::ops::Range;

use crate::compose::Shift;
use crate::read::{Look, Span};

/// What is raised has so many characters at most.
const LONGEST: usize = 16;

/// Where carets raise something, each with its carets. A power in a formula, `x^2 + y^2`, is none: between its carets are other signs.
fn pairs(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Option<usize> = None;
    for (at, _) in text.match_indices('^') {
        let inner = open.map(|open| &text[open + 1..at]);
        match (open, inner) {
            (Some(from), Some(inner)) if is_raised(inner) => {
                found.push(from..at + 1);
                open = None;
            }
            _ => open = Some(at),
        }
    }
    found
}

fn is_raised(inner: &str) -> bool {
    let is_sign =
        |c: char| c.is_alphanumeric() || matches!(c, ',' | '*' | '†' | '‡' | '§' | '¶' | '‖' | '#');
    !inner.is_empty() && inner.len() <= LONGEST && inner.chars().all(is_sign)
}

/// A text without the carets that raise something.
pub(super) fn without(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for pair in pairs(text) {
        out.push_str(&text[from..pair.start]);
        out.push_str(&text[pair.start + 1..pair.end - 1]);
        from = pair.end;
    }
    out.push_str(&text[from..]);
    out
}

/// Spans in which what stands between carets is raised.
pub(super) fn raised(spans: Vec<Span>) -> Vec<Span> {
    if !spans.iter().any(|span| span.text.contains('^')) {
        return spans;
    }
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if last.look == span.look => last.text.push_str(&span.text),
            _ => joined.push(span),
        }
    }
    let mut out = Vec::new();
    for span in joined {
        let mut from = 0;
        let mut push = |text: &str, look: Look| {
            if !text.is_empty() {
                out.push(Span {
                    text: text.to_owned(),
                    look,
                });
            }
        };
        for pair in pairs(&span.text) {
            push(&span.text[from..pair.start], span.look.clone());
            let look = Look {
                shift: Shift::Superscript,
                ..span.look.clone()
            };
            push(&span.text[pair.start + 1..pair.end - 1], look);
            from = pair.end;
        }
        push(&span.text[from..], span.look.clone());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_raise_what_stands_between_them_and_are_signs_elsewhere() {
        for (text, plain) in [
            ("the 2^nd^ of 10^6^", "the 2nd of 106"),
            ("Ada Lovelace^1,*^, Bo Chen^2^", "Ada Lovelace1,*, Bo Chen2"),
            ("x^2 + y^2", "x^2 + y^2"),
            ("a ^ b ^ c, ^^ and ^", "a ^ b ^ c, ^^ and ^"),
            ("^one^^two^", "onetwo"),
        ] {
            assert_eq!(without(text), plain);
            let span = Span {
                text: text.to_owned(),
                look: Look::default(),
            };
            let said: String = raised(vec![span])
                .iter()
                .map(|span| span.text.as_str())
                .collect();
            assert_eq!(said, plain);
        }
    }
}
