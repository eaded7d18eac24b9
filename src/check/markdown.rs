//! Marks of the kinds of Markdown that are not read here: struck, lit and underlined words, links by a name, links the wrong way
//! round, what a name of a link or a note stands for, links of wikis. They print as they stand, and are told of with the way it is
//! written here.

use std::ops::Range;

use super::Report;
use super::pasted::told;
use crate::diagnostic::{Code, Diagnostic, FieldPath};

/// Two signs around words, that they do not do what they do elsewhere, and what is written here, around the words again.
const DOUBLED: &[(&str, &str, &str)] = &[
    ("~~", "strikes nothing out", ""),
    ("==", "lights nothing up", "*"),
    ("++", "marks nothing as added", "*"),
    ("__", "makes nothing strong", "**"),
];

type Found = Option<(Range<usize>, Code, String, String)>;

/// Tells of the first mark of each kind in a text.
pub(super) fn check(text: &str, at: &FieldPath, report: &mut Report<'_>) {
    for find in [doubled, named_link, turned_link, definition] {
        if let Some((part, code, message, hint)) = find(text) {
            let problem = Diagnostic::warning(code, message).hint(hint);
            told(text, part, at, problem, report);
        }
    }
}

/// Words between doubled signs, `~~struck~~`.
fn doubled(text: &str) -> Found {
    let found = DOUBLED.iter().filter_map(|(sign, does, here)| {
        let (part, words) = enclosed(text, sign)?;
        let message = format!("`{sign}` around words is printed as it stands, and {does}");
        let words = short(words);
        let hint = match *here {
            "" => "take the signs out, and what is struck out too".to_owned(),
            here => format!("write `{here}{words}{here}`; if the signs are meant, leave them"),
        };
        Some((part, Code::PastedMark, message, hint))
    });
    found.min_by_key(|(part, ..)| part.start)
}

/// The first words that stand tight between two of a sign, which stands before and behind words alone.
fn enclosed<'t>(text: &'t str, sign: &str) -> Option<(Range<usize>, &'t str)> {
    let mut open: Option<usize> = None;
    for (at, _) in text.match_indices(sign) {
        let (before, behind) = (&text[..at], &text[at + sign.len()..]);
        let more = sign.chars().next();
        let runs_on = before.chars().next_back() == more || behind.chars().next() == more;
        let (before, behind) = (before.chars().next_back(), behind.chars().next());
        let closes = before.is_some_and(|c| !c.is_whitespace() && c != '\\')
            && behind.is_none_or(|c| !c.is_alphanumeric());
        if let Some(start) = open.filter(|_| closes && !runs_on) {
            let words = &text[start + sign.len()..at];
            if words.contains(char::is_alphabetic) {
                return Some((start..at + sign.len(), words));
            }
        }
        let opens = before.is_none_or(|c| !c.is_alphanumeric() && c != '\\')
            && behind.is_some_and(|c| c.is_alphanumeric() || matches!(c, '“' | '"' | '‘' | '*'));
        open = match opens && !runs_on {
            true => open.or(Some(at)),
            false => None,
        };
    }
    None
}

/// A link whose address stands elsewhere, `[words][name]`, or a link of a wiki, `[[page]]`.
fn named_link(text: &str) -> Found {
    let escaped = |at: usize| text[..at].ends_with('\\');
    let by_name = || {
        // The last bracket that opened, and whether it can begin a link.
        let mut opened: Option<usize> = None;
        let mut signs = text.match_indices(['[', ']']);
        signs.find_map(|(at, sign)| {
            if sign == "[" {
                let in_word = text[..at].ends_with(char::is_alphanumeric);
                opened = Some(at).filter(|at| !in_word && !escaped(*at));
                return None;
            }
            let start = opened.take()?;
            let behind = text[at..].strip_prefix("][")?;
            let end = behind
                .find([']', '['])
                .filter(|end| behind[*end..].starts_with(']'))?;
            let (words, name) = (&text[start + 1..at], &behind[..end]);
            let is_link = words.contains(char::is_alphabetic)
                && !words.starts_with('^')
                && !name.starts_with('^')
                && !behind[end + 1..].starts_with('(');
            is_link.then_some(start..at + 2 + end + 1)
        })
    };
    let of_wiki = || {
        let mut signs = text.match_indices("[[");
        signs.find_map(|(at, _)| {
            let inside = &text[at + 2..];
            let end = inside
                .find(['[', ']'])
                .filter(|end| inside[*end..].starts_with("]]"))?;
            let is_page = inside[..end].contains(char::is_alphabetic) && !escaped(at);
            is_page.then_some(at..at + 2 + end + 2)
        })
    };
    let part = by_name().or_else(of_wiki)?;
    let message = "this looks like a link, and is not read as one".to_owned();
    let hint = "write the address itself behind the words: [text](https://...); `\\[` makes the bracket text";
    Some((part, Code::UnreadLink, message, hint.to_owned()))
}

/// A link with its brackets the wrong way round, `(words)[https://example.org/]`.
fn turned_link(text: &str) -> Found {
    let mut signs = text.match_indices(")[");
    let (at, _) = signs.find(|(at, sign)| {
        let address = &text[at + sign.len()..];
        let begins = |beginning: &&str| address.starts_with(*beginning);
        ["http://", "https://", "mailto:", "www."]
            .iter()
            .any(begins)
    })?;
    let message = "this looks like a link, and is not read as one".to_owned();
    let hint = "the brackets stand the other way round: [text](https://...)".to_owned();
    Some((at..at + 2, Code::UnreadLink, message, hint))
}

/// What a name of a link or of a note stands for, `[name]: https://example.org/`, `[^name]: words`.
fn definition(text: &str) -> Found {
    let inside = text.trim_start().strip_prefix('[')?;
    let end = inside
        .find([']', '['])
        .filter(|end| inside[*end..].starts_with("]:"))?;
    let name = &inside[..end];
    let start = text.len() - text.trim_start().len();
    let part = start..start + 1 + end + 2;
    let behind = inside[end + 2..].trim_start();
    if let Some(name) = name.strip_prefix('^').filter(|name| !name.is_empty()) {
        let message = "this looks like the text of a note, and is a paragraph".to_owned();
        let name = short(&name.split_whitespace().collect::<Vec<_>>().join("-"));
        let hint = format!("the texts of notes stand under `notes:`:\nnotes:\n  {name}: …");
        return Some((part, Code::UnreadNote, message, hint));
    }
    let is_address = ["http://", "https://", "mailto:", "www.", "<http"]
        .iter()
        .any(|beginning| behind.starts_with(beginning));
    is_address.then(|| {
        let message = "this looks like the address of a link, and is a paragraph".to_owned();
        let hint = "write the address where the link is: [text](https://...)".to_owned();
        (part, Code::UnreadLink, message, hint)
    })
}

/// The first of words, as many as a hint shows.
fn short(words: &str) -> String {
    const SHOWN: usize = 50;
    let shown: String = words.chars().take(SHOWN).collect();
    let dots = if shown.len() < words.len() { "…" } else { "" };
    format!("{shown}{dots}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(found: Found, text: &str) -> Option<&str> {
        found.map(|(part, ..)| &text[part])
    }

    #[test]
    fn doubled_signs_are_told_from_others() {
        for (text, mark) in [
            ("It was ~~never~~ done.", "~~never~~"),
            ("It was ==very good== so.", "==very good=="),
            ("(__very__)", "__very__"),
            ("==a==, __b__", "==a=="),
            ("a ++new++ line", "++new++"),
            ("יום __טוב__ היום", "__טוב__"),
        ] {
            assert_eq!(part(doubled(text), text), Some(mark), "{text}");
        }
        for text in [
            "C++ and D++",
            "a == b == c",
            "____ and ____",
            "x ~~ y ~~ z",
            "a__b__c",
            "\\~~a~~",
            "=====Title=====",
            "i++ and ++i",
            "~~12~~",
        ] {
            assert_eq!(part(doubled(text), text), None, "{text}");
        }
    }

    #[test]
    fn links_by_a_name_are_told_from_brackets() {
        for (text, mark) in [
            ("See [the report][b] there.", "[the report][b]"),
            ("See [the report][] there.", "[the report][]"),
            ("See [[Trade policy]] there.", "[[Trade policy]]"),
        ] {
            assert_eq!(part(named_link(text), text), Some(mark), "{text}");
        }
        for text in [
            "x[i][j]",
            "[1][2]",
            "[sic] and [so]",
            "\\[a][b]",
            "[a][^b]",
            "[^a][b]",
            "[[1]]",
            "[[a] b]",
            "[a][b](https://e.org)",
        ] {
            assert_eq!(part(named_link(text), text), None, "{text}");
        }
        let turned = "See (the report)[https://e.org/] there";
        assert_eq!(part(turned_link(turned), turned), Some(")["));
        assert_eq!(part(turned_link("(a)[b]"), "(a)[b]"), None);
        for text in ["[a]: https://e.org/", "[^1]: The source."] {
            assert!(definition(text).is_some(), "{text}");
        }
        for text in ["[Laughter]: she said", "[a] b", "[1]: so", "[[a]]: b"] {
            assert!(definition(text).is_none(), "{text}");
        }
    }
}
