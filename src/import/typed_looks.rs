//! Looks that were typed into plain text: asterisks and low lines around words, rows of signs under headings and between parts.

use crate::read::{Look, Span};

/// What is told of words between asterisks.
pub(super) const GUESS: &str = "signs around words, taken for emphasis";

/// What a row of signs is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Row {
    /// It underlines a heading of this level.
    Underline(u8),
    /// It parts what stands above from what stands below.
    Rule,
}

/// The row of signs that a line is, below another line.
pub(super) fn row(line: &str, above: &str) -> Option<Row> {
    let line = line.trim();
    let first = line.chars().next()?;
    let signs = line.chars().filter(|c| !c.is_whitespace());
    let count = signs.clone().count();
    let is_row = matches!(
        first,
        '=' | '-' | '_' | '*' | '~' | '—' | '–' | '•' | '·' | '#'
    );
    if !is_row || count < 2 || signs.clone().any(|c| c != first) {
        return None;
    }
    let is_under = !above.trim().is_empty() && count > 2 && super::shapes::is_line(above);
    Some(match first {
        '=' if is_under => Row::Underline(1),
        '-' if is_under => Row::Underline(2),
        _ => Row::Rule,
    })
}

/// A text with the looks that signs around words mean, and whether there are any. Signs around the whole of it are strength.
pub(super) fn spans(text: &str) -> (Vec<Span>, bool) {
    let whole = |sign: &str| {
        let inner = text.strip_prefix(sign)?.strip_suffix(sign)?;
        let is_one = !inner.is_empty() && !inner.contains(sign) && inner.trim() == inner;
        is_one.then_some(inner)
    };
    for (sign, look) in [
        ("**", strong()),
        ("*", strong()),
        ("__", strong()),
        ("_", emphasis()),
    ] {
        if let Some(inner) = whole(sign) {
            return (vec![span(inner, look)], true);
        }
    }
    let mut out = Vec::new();
    let mut rest = text;
    let mut plain = String::new();
    while let Some(at) = rest.find(['*', '_']) {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        let sign = if from.starts_with("**") { 2 } else { 1 };
        let opens = plain.chars().next_back().is_none_or(|c| {
            c.is_whitespace() || matches!(c, '(' | '[' | '“' | '‘' | '"' | '«' | '—' | '–')
        });
        match closed(from, sign).filter(|_| opens) {
            Some(inner) => {
                if !plain.is_empty() {
                    out.push(span(&plain, Look::default()));
                    plain.clear();
                }
                out.push(span(inner, if sign == 2 { strong() } else { emphasis() }));
                rest = &from[inner.len() + 2 * sign..];
                // What follows a closing sign directly opens nothing.
                let next = rest.chars().next().map_or(0, char::len_utf8);
                plain.push_str(&rest[..next]);
                rest = &rest[next..];
            }
            None => {
                plain.push_str(&from[..sign]);
                rest = &from[sign..];
            }
        }
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        out.push(span(&plain, Look::default()));
    }
    let is_typed = out.iter().any(|span| span.look != Look::default());
    (out, is_typed)
}

/// What stands between a sign of so many characters and its like.
fn closed(from: &str, sign: usize) -> Option<&str> {
    let (open, rest) = from.split_at(sign);
    let end = rest.find(open)?;
    let (inner, behind) = (&rest[..end], &rest[end + sign..]);
    let is_tight = inner.chars().next().is_some_and(char::is_alphanumeric)
        && inner
            .chars()
            .next_back()
            .is_some_and(|c| !c.is_whitespace())
        && !inner.contains(['*', '_'])
        && inner.chars().count() <= 120;
    let ends = behind
        .chars()
        .next()
        .is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '*' | '_'));
    (is_tight && ends).then_some(inner)
}

fn span(text: &str, look: Look) -> Span {
    Span {
        text: text.to_owned(),
        look,
    }
}

fn strong() -> Look {
    Look {
        strong: true,
        ..Look::default()
    }
}

fn emphasis() -> Look {
    Look {
        emphasis: true,
        ..Look::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_around_words_are_looks_and_others_stay() {
        let of = |text: &str| -> String {
            let (spans, _) = spans(text);
            let shown =
                spans
                    .into_iter()
                    .map(|span| match (span.look.strong, span.look.emphasis) {
                        (true, _) => format!("<b>{}</b>", span.text),
                        (_, true) => format!("<i>{}</i>", span.text),
                        _ => span.text,
                    });
            shown.collect()
        };
        for (text, shown) in [
            ("*Amina Khan*", "<b>Amina Khan</b>"),
            ("_Director, ISSI_", "<i>Director, ISSI</i>"),
            (
                "a *very* old word, and **another**.",
                "a <i>very</i> old word, and <b>another</b>.",
            ),
            (
                "2*3*4 and a_b_c, * a note, 5 * 6 *7",
                "2*3*4 and a_b_c, * a note, 5 * 6 *7",
            ),
            ("*", "*"),
            ("**", "**"),
            ("*é*_", "*é*_"),
        ] {
            assert_eq!(of(text), shown, "{text}");
        }
    }

    #[test]
    fn rows_of_signs_underline_or_part() {
        assert_eq!(row("=====", "A title"), Some(Row::Underline(1)));
        assert_eq!(row("-----", "A heading"), Some(Row::Underline(2)));
        assert_eq!(row("--", "Fahd"), Some(Row::Rule));
        assert_eq!(row("* * *", ""), Some(Row::Rule));
        for line in ["", "-", "- an item", "a", "-=-"] {
            assert_eq!(row(line, ""), None, "{line}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_word_is_lost(text in "[a-c*_ é.(]{0,24}") {
            let (spans, _) = spans(&text);
            let said: String = spans.iter().map(|span| span.text.as_str()).collect();
            let letters = |text: &str| -> String { text.chars().filter(|c| !matches!(c, '*' | '_')).collect() };
            proptest::prop_assert_eq!(letters(&said), letters(&text));
        }
    }
}
