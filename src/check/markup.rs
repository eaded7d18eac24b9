//! Signs of other kinds of markup in texts: elements and characters of HTML, addresses in angle brackets, low lines for emphasis. They
//! are printed as they stand, and told of with the way it is written here.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Report;
use super::characters_of_html::CHARACTERS;
use super::pasted::told;
use crate::diagnostic::{Code, Diagnostic, FieldPath};

/// Elements of HTML, and how what they are for is written here.
const ELEMENTS: &[(&str, &str)] = &[
    ("b", "write `**strong**`"),
    ("strong", "write `**strong**`"),
    ("i", "write `*emphasis*`"),
    ("em", "write `*emphasis*`"),
    ("cite", "write `*emphasis*`"),
    ("u", "write `*emphasis*`"),
    ("ins", "write `*emphasis*`"),
    ("mark", "write `*emphasis*`"),
    ("sup", "write `^raised^`"),
    ("sub", "write `~lowered~`"),
    ("a", "write `[words](https://...)`"),
    ("p", "write each paragraph as an item of its own"),
    ("div", "write each paragraph as an item of its own"),
    ("blockquote", "write a `quote` block"),
    ("q", "write quotation marks"),
    ("ul", "write a `list` block"),
    ("ol", "write a `numbered` block"),
    ("li", "write a `list` block"),
    ("table", "write a `table` block"),
    ("h1", "write a `heading` block"),
    ("h2", "write a `heading` block"),
    ("h3", "write a `heading` block"),
    ("h4", "write a `subheading` block"),
    ("span", PLAIN),
    ("font", PLAIN),
    ("center", PLAIN),
    ("small", PLAIN),
    ("code", PLAIN),
    ("pre", PLAIN),
    ("tt", PLAIN),
    ("kbd", PLAIN),
    ("abbr", PLAIN),
    ("s", STRUCK),
    ("del", STRUCK),
    ("strike", STRUCK),
];

/// Elements that have no end.
const EMPTY_ELEMENTS: &[(&str, &str)] = &[
    (
        "br",
        "write each paragraph as an item of its own, or take it out",
    ),
    ("hr", "write a `break` block"),
    ("img", "write a `figure` block"),
    ("wbr", PLAIN),
];

const PLAIN: &str = "write the words without it";
const STRUCK: &str = "take it out, and what is struck out too";

/// Tells of the first sign of each kind in a text.
pub(super) fn check(text: &str, at: &FieldPath, report: &mut Report<'_>) {
    for find in [element, character, address, low_line, backticks] {
        if let Some((part, message, hint)) = find(text) {
            let problem = Diagnostic::warning(Code::PastedMark, message).hint(hint);
            told(text, part, at, problem, report);
        }
    }
}

/// The same in a text without markup: its characters alone have another way to be written.
pub(super) fn check_plain(text: &str, at: &FieldPath, report: &mut Report<'_>) {
    if let Some((part, message, hint)) = character(text) {
        let problem = Diagnostic::warning(Code::PastedMark, message).hint(hint);
        told(text, part, at, problem, report);
    }
}

type Found = Option<(Range<usize>, String, String)>;

/// Elements and comments of HTML, `<b>…</b>`, which are printed as they stand.
fn element(text: &str) -> Found {
    let mut ends = Ends::default();
    let mut signs = text.match_indices('<');
    let (part, instead) = signs.find_map(|(start, _)| {
        let inside = &text[start + 1..];
        if inside.starts_with("!--") {
            return Some((start..start + 4, "queries to editors are `query` blocks"));
        }
        let length = inside.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let named = |(name, _): &&(&str, &str)| name.eq_ignore_ascii_case(&inside[..length]);
        let is_end = |c: char| matches!(c, '>' | '<');
        let behind = &inside[length..];
        // What stands between the name and the end is attributes of it.
        let end = behind
            .find(is_end)
            .filter(|end| behind[*end..].starts_with('>'))?;
        let attributes = behind[..end].trim_end_matches('/');
        if !(attributes.is_empty() || attributes.starts_with(char::is_whitespace)) {
            return None;
        }
        let part = start..start + 1 + length + end + 1;
        if let Some((_, instead)) = EMPTY_ELEMENTS.iter().find(named) {
            return Some((part, *instead));
        }
        let (name, instead) = ELEMENTS.iter().find(named)?;
        (ends.last(text, name) > Some(start)).then_some((part, *instead))
    })?;
    let open: String = text[part.clone()].chars().take(LONGEST_SHOWN).collect();
    let message = format!("`{open}` is printed as it stands: HTML is not read");
    let hint = format!("{instead}; if the characters are meant, leave them");
    Some((part, message, hint))
}

/// How much of an element is shown.
const LONGEST_SHOWN: usize = 40;

/// Where elements end for the last time in a text, each looked for once.
#[derive(Default)]
struct Ends(BTreeMap<&'static str, Option<usize>>);

impl Ends {
    fn last(&mut self, text: &str, name: &'static str) -> Option<usize> {
        *self.0.entry(name).or_insert_with(|| {
            let mut ends = text.rmatch_indices("</");
            let is_its = |(at, _): &(usize, &str)| {
                let behind = &text[at + 2..];
                let own = behind.get(..name.len());
                own.is_some_and(|own| own.eq_ignore_ascii_case(name))
                    && behind[name.len()..].starts_with('>')
            };
            ends.find(is_its).map(|(at, _)| at)
        })
    }
}

/// Characters by their names in HTML, `&amp;`, with the place of each.
fn characters(text: &str) -> impl Iterator<Item = (Range<usize>, char)> {
    let signs = text.match_indices('&');
    signs.filter_map(|(start, _)| {
        let inside = &text[start + 1..];
        let mut near = inside.char_indices().take(10);
        let (end, _) = near.find(|(_, c)| *c == ';').filter(|(end, _)| *end > 1)?;
        let name = &inside[..end];
        let number = name.strip_prefix('#');
        let number = number.and_then(|digits| match digits.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None => digits.parse().ok(),
        });
        let of_number = number.and_then(char::from_u32);
        let known = CHARACTERS.iter().find(|(known, _)| *known == name);
        let character = of_number.or_else(|| known.map(|(_, character)| *character))?;
        Some((start..start + end + 2, character))
    })
}

fn character(text: &str) -> Found {
    let mut found = characters(text);
    let (part, character) = found.next()?;
    let more = match found.count() {
        0 => String::new(),
        more => format!(" (and {more} more in this text)"),
    };
    let message = format!(
        "`{}` is printed as it stands: HTML is not read{more}",
        &text[part.clone()]
    );
    let is_unseen = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}')
    };
    let hint = match is_unseen(character) {
        false => format!("write `{character}` itself"),
        true => "write the character itself, or a space".to_owned(),
    };
    Some((part, message, hint))
}

/// Addresses in angle brackets, `<https://example.org>`.
fn address(text: &str) -> Found {
    const BEGINNINGS: &[&str] = &["http://", "https://", "mailto:", "www."];
    let mut signs = text.match_indices('<');
    let (part, address) = signs.find_map(|(start, _)| {
        let inside = &text[start + 1..];
        let end = inside
            .find(['>', ' ', '<'])
            .filter(|end| inside[*end..].starts_with('>'))?;
        let address = &inside[..end];
        let is_mail = address
            .split_once('@')
            .is_some_and(|(user, host)| !user.is_empty() && host.contains('.'));
        let is_one = is_mail
            || BEGINNINGS
                .iter()
                .any(|beginning| address.starts_with(beginning));
        is_one.then(|| (start..start + end + 2, address))
    })?;
    let message = "the brackets around this address are printed, and it is no link".to_owned();
    let target = match (address.contains(':'), address.contains('@')) {
        (true, _) => address.to_owned(),
        (false, true) => format!("mailto:{address}"),
        (false, false) => format!("https://{address}"),
    };
    let hint = format!("write `[words]({target})`, or the address without the brackets");
    Some((part, message, hint))
}

/// Low lines around words, `_emphasis_`.
fn low_line(text: &str) -> Found {
    let opens = |at: usize| {
        text[..at]
            .chars()
            .next_back()
            .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '“' | '"' | '‘'))
    };
    let mut signs = text.match_indices('_');
    let (part, words) = signs.find_map(|(start, _)| {
        let inside = &text[start + 1..];
        let end = inside.find('_').filter(|_| opens(start))?;
        let words = &inside[..end];
        let is_tight = words.starts_with(char::is_alphanumeric)
            && words.ends_with(|c: char| !c.is_whitespace());
        let behind = inside[end + 1..].chars().next();
        let closes = behind.is_none_or(|c| !c.is_alphanumeric() && c != '_');
        (is_tight && closes).then(|| (start..start + end + 2, words))
    })?;
    let message = "low lines around words are printed as they stand".to_owned();
    let hint = format!("for emphasis write `*{words}*`");
    Some((part, message, hint))
}

/// Backticks around words, which mean code elsewhere.
fn backticks(text: &str) -> Found {
    let start = text.find('`')?;
    let count = text[start..]
        .bytes()
        .take_while(|byte| *byte == b'`')
        .count();
    let sign = &text[start..start + count];
    let inside = &text[start + count..];
    let end = inside.find(sign)?;
    let words = inside[..end].trim();
    // One alone stands for a letter, or for an apostrophe.
    let opens = !text[..start].ends_with(char::is_alphanumeric);
    let closes = !inside[end + count..].starts_with(char::is_alphanumeric);
    let is_tight = count > 1 || !inside[..end].ends_with(char::is_whitespace);
    (opens && closes && is_tight && !words.is_empty()).then(|| {
        let message = "backticks are printed as they stand, and mean code nowhere".to_owned();
        let hint =
            format!("write `{words}` without them, or `*{words}*` for emphasis").replace("``", "`");
        (start..start + 2 * count + end, message, hint)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_other_markup_are_told_from_words() {
        let part = |found: Found, text: &str| found.map(|(part, _, _)| text[part].to_owned());
        for (text, sign) in [
            ("see <https://example.org/a>.", "<https://example.org/a>"),
            ("write to <khan@example.org>", "<khan@example.org>"),
        ] {
            assert_eq!(part(address(text), text).as_deref(), Some(sign));
        }
        for text in ["a < b and c > d", "<b>", "< https://e.org >"] {
            assert_eq!(part(address(text), text), None, "{text}");
        }
        assert_eq!(
            part(character("a &amp; b"), "a &amp; b").as_deref(),
            Some("&amp;")
        );
        assert_eq!(
            part(character("it&#8217;s"), "it&#8217;s").as_deref(),
            Some("&#8217;")
        );
        for text in ["R&D; and more", "a & b;", "&unknown;", "&"] {
            assert_eq!(part(character(text), text), None, "{text}");
        }
        assert_eq!(
            part(low_line("a _very old_ word"), "a _very old_ word").as_deref(),
            Some("_very old_")
        );
        for (text, sign) in [
            ("it is <b>bold</b>", "<b>"),
            ("it is <B>bold</B>", "<B>"),
            ("a <span class='x'>b</span>", "<span class='x'>"),
            (
                "a <a href=\"https://e.org\">b</a>",
                "<a href=\"https://e.org\">",
            ),
            ("a<br>b", "<br>"),
            ("a<br />b", "<br />"),
            ("a <!-- b --> c", "<!--"),
        ] {
            assert_eq!(part(element(text), text).as_deref(), Some(sign), "{text}");
        }
        for text in [
            "<b>",
            "a <b and c> d",
            "<br",
            "<i>a</b>",
            "x<p && q>p",
            "<bold>a</bold>",
        ] {
            assert_eq!(part(element(text), text), None, "{text}");
        }
        for (text, sign) in [
            ("the `budget` of it", "`budget`"),
            ("```a b```", "```a b```"),
            ("(`x`)", "`x`"),
        ] {
            assert_eq!(part(backticks(text), text).as_deref(), Some(sign));
        }
        for text in [
            "the Qur`an and the Shi`a",
            "`Abd and `Ali",
            "`",
            "``",
            "don`t",
        ] {
            assert_eq!(part(backticks(text), text), None, "{text}");
        }
        assert_eq!(
            part(character("a&middot;b"), "a&middot;b").as_deref(),
            Some("&middot;")
        );
        for text in ["snake_case_name", "__", "_ a _", "a_b and c_d"] {
            assert_eq!(part(low_line(text), text), None, "{text}");
        }
    }
}
