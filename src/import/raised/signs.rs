//! The signs that stand behind names and before what they refer to: raised numbers and letters, numbers in brackets, asterisks and daggers.

use std::ops::Range;

use super::super::document::Paragraph;
use super::super::parting::whole;
use crate::compose::Shift;

/// How a sign is set off from the words beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A number that is only typed before or behind words, as one that lost its look is.
    Plain,
    /// In brackets.
    Bracket,
    /// An asterisk, a dagger.
    Sign,
    /// Raised.
    Raised,
}

/// A stretch of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stretch {
    /// Words.
    Words(Range<usize>),
    /// Signs that stand at one place, with the bytes that they take.
    Signs {
        signs: Vec<String>,
        kind: Kind,
        range: Range<usize>,
    },
}

/// Signs of their own beside numbers and letters.
const SIGNS: [char; 10] = ['*', '∗', '†', '‡', '§', '¶', '‖', '#', '⁎', '★'];

/// A character of a line.
struct Char {
    at: usize,
    c: char,
    is_raised: bool,
}

impl Char {
    fn end(&self) -> usize {
        self.at + self.c.len_utf8()
    }
}

/// The number or letter that a raised character of Unicode is.
fn lowered(c: char) -> Option<char> {
    Some(match c {
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁰' | '⁴'..='⁹' => char::from_digit(u32::from(c) - u32::from('⁰'), 10)?,
        'ᵃ' => 'a',
        'ᵇ' => 'b',
        'ᶜ' => 'c',
        'ᵈ' => 'd',
        'ᵉ' => 'e',
        'ᶠ' => 'f',
        'ᵍ' => 'g',
        'ʰ' => 'h',
        _ => return None,
    })
}

fn chars(paragraph: &Paragraph) -> Vec<Char> {
    let mut out = Vec::new();
    let mut from = 0;
    for span in &paragraph.spans {
        let is_raised = span.look.shift == Shift::Superscript;
        out.extend(span.text.char_indices().map(|(at, c)| Char {
            at: from + at,
            c,
            is_raised,
        }));
        from += span.text.len();
    }
    out
}

/// The stretches of a paragraph. A number is a sign where it is raised, in brackets, begins the line, or stands at the end of a word.
pub(super) fn stretches(paragraph: &Paragraph) -> Vec<Stretch> {
    let chars = chars(paragraph);
    let mut out: Vec<Stretch> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let Some((sign, end)) = sign_at(&chars, at) else {
            let range = chars[at].at..chars[at].end();
            match out.last_mut() {
                Some(Stretch::Words(last)) => last.end = range.end,
                _ => out.push(Stretch::Words(range)),
            }
            at += 1;
            continue;
        };
        at = end;
        join(&mut out, sign);
        // `1,2` and `¹,*`: a comma without a space between two signs.
        let goes_on = chars.get(at).is_some_and(|c| c.c == ',');
        if goes_on && let Some((next, end)) = sign_at(&chars, at + 1) {
            if let (Some(Stretch::Signs { range, .. }), Stretch::Signs { range: own, .. }) =
                (out.last_mut(), &next)
            {
                range.end = own.start;
            }
            join(&mut out, next);
            at = end;
        }
    }
    out
}

/// Adds signs; those that stand directly behind others are of the same place.
fn join(out: &mut Vec<Stretch>, sign: Stretch) {
    match (out.last_mut(), sign) {
        (
            Some(Stretch::Signs { signs, kind, range }),
            Stretch::Signs {
                signs: own,
                kind: other,
                range: behind,
            },
        ) if range.end == behind.start => {
            signs.extend(own);
            *kind = (*kind).max(other);
            range.end = behind.end;
        }
        (_, sign) => out.push(sign),
    }
}

/// The signs that begin at a character, and the character behind them.
fn sign_at(chars: &[Char], at: usize) -> Option<(Stretch, usize)> {
    let first = chars.get(at)?;
    let is_raised = |one: &Char| one.is_raised || lowered(one.c).is_some();
    let run = |of: &dyn Fn(&Char) -> bool| at + chars[at..].iter().take_while(|c| of(c)).count();
    let all = |end: usize| -> String {
        let signs = chars[at..end].iter();
        signs.map(|one| lowered(one.c).unwrap_or(one.c)).collect()
    };
    let found = |text: &str, kind: Kind, end: usize| {
        let signs = apart(text);
        let sign = Stretch::Signs {
            signs,
            kind,
            range: first.at..chars[end - 1].end(),
        };
        (sign, end)
    };
    // What goes on with other raised letters, as the end of `2nd` does, is none by itself.
    let goes_on = at
        .checked_sub(1)
        .is_some_and(|before| is_raised(&chars[before]) && !chars[before].c.is_whitespace());
    if is_raised(first) && !first.c.is_whitespace() && !goes_on {
        let end = run(&is_raised);
        let text = all(end);
        let is_one = !apart(&text).is_empty() && apart(&text).iter().all(|sign| is_sign(sign));
        return is_one.then(|| found(&text, Kind::Raised, end));
    }
    if SIGNS.contains(&first.c) {
        let end = run(&|one| one.c == first.c);
        return Some(found(&all(end), Kind::Sign, end));
    }
    if let '[' | '(' = first.c {
        let close = if first.c == '[' { ']' } else { ')' };
        let end = run(&|one| one.c != close && one.at < first.at + 12);
        let inner = &all(end)[1..];
        let closes = chars.get(end).is_some_and(|one| one.c == close);
        let signs = apart(inner);
        let is_one = !signs.is_empty()
            && signs.iter().all(|sign| is_sign(sign))
            && inner
                .chars()
                .all(|c| !c.is_alphabetic() || inner.chars().count() == 1);
        return (closes && is_one).then(|| found(inner, Kind::Bracket, end + 1));
    }
    if first.c.is_ascii_digit() {
        let before = at.checked_sub(1).map(|before| &chars[before]);
        let begins = at == 0 || before.is_some_and(|one| one.c == '\n');
        // `Jr.1` and `1,2`, but not `2.5`.
        let second = at.checked_sub(2).map(|second| chars[second].c);
        let is_further = second.is_some_and(|second| match before.map(|one| one.c) {
            Some('.') => second.is_alphabetic(),
            Some(',') => second.is_ascii_digit() || SIGNS.contains(&second),
            _ => false,
        });
        let is_behind =
            is_further || before.is_some_and(|one| one.c.is_alphabetic() || SIGNS.contains(&one.c));
        let end = run(&|one| one.c.is_ascii_digit() && !one.is_raised);
        let next = chars.get(end).map(|one| one.c);
        let is_short = end - at <= 2;
        // `2.5 million` begins no line of a list.
        let is_decimal =
            next == Some('.') && chars.get(end + 1).is_some_and(|one| one.c.is_ascii_digit());
        if begins && is_short && !is_decimal {
            let dot = usize::from(matches!(next, Some('.' | ')')));
            return Some(found(&all(end), Kind::Plain, end + dot));
        }
        // `Tufts, 2ISSI`: where several are pasted into one line.
        let is_pasted =
            before.is_some_and(|one| one.c.is_whitespace()) && next.is_some_and(char::is_uppercase);
        if is_pasted && is_short {
            return Some(found(&all(end), Kind::Plain, end));
        }
        let is_inside = next.is_some_and(char::is_alphanumeric);
        return (is_behind && is_short && !is_inside).then(|| found(&all(end), Kind::Plain, end));
    }
    None
}

/// Several signs at one place, one by one: at commas and spaces, and where numbers, letters and signs meet.
fn apart(text: &str) -> Vec<String> {
    let class = |c: char| match c {
        _ if c.is_numeric() => 0,
        _ if c.is_alphabetic() => 1,
        // Two asterisks are one sign, an asterisk and a dagger are two.
        _ => u32::from(c) + 2,
    };
    let parts = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '.'));
    let mut out: Vec<String> = Vec::new();
    for part in parts {
        let mut last = None;
        for c in part.chars() {
            match out.last_mut() {
                Some(sign) if last == Some(class(c)) => sign.push(c),
                _ => out.push(c.to_string()),
            }
            last = Some(class(c));
        }
    }
    out
}

/// Whether a text is one sign: a short number, a small letter or two, or the same sign again.
fn is_sign(text: &str) -> bool {
    let count = text.chars().count();
    let all = |of: fn(char) -> bool| text.chars().all(of);
    (all(|c| c.is_ascii_digit()) && count <= 2)
        || (all(|c| c.is_ascii_lowercase()) && count == 1)
        || (all(|c| SIGNS.contains(&c)) && count <= 4)
}

/// The words of a text that signs are attached to: what a count of words finds there.
pub(super) fn attached(paragraph: &Paragraph, ranges: &[Range<usize>]) -> String {
    let text = whole(paragraph);
    let mut words: Vec<&str> = Vec::new();
    let mut until = 0;
    for range in ranges {
        if range.start < until {
            continue;
        }
        let from = text[..range.start]
            .rfind(char::is_whitespace)
            .map_or(0, |at| at + 1);
        let end = text[range.end..]
            .find(char::is_whitespace)
            .map_or(text.len(), |at| range.end + at);
        words.extend(text.get(from.max(until)..end));
        until = end;
    }
    words.join(" ")
}

/// Takes stretches out of a paragraph; the white space before them goes with them.
pub(super) fn cut(paragraph: &mut Paragraph, ranges: &[Range<usize>]) {
    let text = whole(paragraph);
    let wide = ranges
        .iter()
        .map(|range| text[..range.start].trim_end().len()..range.end);
    let mut ranges = wide.peekable();
    let mut from = 0;
    // Everything before this is written or cut.
    let mut at = 0;
    for span in &mut paragraph.spans {
        let end = from + span.text.len();
        let mut kept = String::new();
        at = at.max(from);
        while let Some(range) = ranges.next_if(|range| range.start < end) {
            kept.push_str(text.get(at..range.start).unwrap_or_default());
            at = at.max(range.end);
        }
        kept.push_str(text.get(at..end).unwrap_or_default());
        span.text = kept;
        from = end;
    }
    paragraph.spans.retain(|span| !span.text.is_empty());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Look, Span};

    fn shown(text: &str) -> String {
        let paragraph = raised(text);
        let plain = whole(&paragraph);
        let shown = stretches(&paragraph).into_iter();
        let shown = shown.map(|stretch| match stretch {
            Stretch::Words(range) => plain[range].to_owned(),
            Stretch::Signs { signs, .. } => format!("<{}>", signs.join("|")),
        });
        shown.collect()
    }

    /// A paragraph in which what stands between carets is raised.
    fn raised(text: &str) -> Paragraph {
        let spans = text.split('^').enumerate().map(|(index, part)| Span {
            text: part.to_owned(),
            look: Look {
                shift: match index % 2 {
                    0 => Shift::None,
                    _ => Shift::Superscript,
                },
                ..Look::default()
            },
        });
        Paragraph {
            spans: spans.filter(|span| !span.text.is_empty()).collect(),
            ..Paragraph::default()
        }
    }

    #[test]
    fn signs_are_told_from_words() {
        for (text, found) in [
            ("Ada Lovelace¹, Bo Chen²*", "Ada Lovelace<1>, Bo Chen<2|*>"),
            (
                "Ada Lovelace^1,3^ and Bo Chen^a*†^",
                "Ada Lovelace<1|3> and Bo Chen<a|*|†>",
            ),
            (
                "Ada Lovelace[1], Bo Chen (2,3)",
                "Ada Lovelace<1>, Bo Chen <2|3>",
            ),
            (
                "Ada Lovelace1,2, Bo Chen**",
                "Ada Lovelace<1|2>, Bo Chen<**>",
            ),
            ("Ada Lovelace¹,², Bo", "Ada Lovelace<1|2>, Bo"),
            ("1. Institute of 3 houses", "<1> Institute of 3 houses"),
            ("1Institute", "<1>Institute"),
            ("†Tufts, Room 12", "<†>Tufts, Room 12"),
            ("the 2^nd^ of (2025) [see it]", "the 2nd of (2025) [see it]"),
            ("2.5 million in 2025", "2.5 million in 2025"),
            ("1Tufts, 2ISSI in 2 rooms", "<1>Tufts, <2>ISSI in 2 rooms"),
        ] {
            assert_eq!(shown(text), found, "{text}");
        }
    }

    #[test]
    fn stretches_are_cut_with_the_space_before_them() {
        let mut paragraph = raised("Ada Lovelace ^1^, Bo Chen^2^*");
        let ranges: Vec<Range<usize>> = stretches(&paragraph)
            .into_iter()
            .filter_map(|stretch| match stretch {
                Stretch::Signs { range, .. } => Some(range),
                Stretch::Words(_) => None,
            })
            .collect();
        assert_eq!(attached(&paragraph, &ranges), "1, Chen2*");
        cut(&mut paragraph, &ranges);
        assert_eq!(whole(&paragraph), "Ada Lovelace, Bo Chen");
    }

    proptest::proptest! {
        #[test]
        fn stretches_are_the_whole_text(text in "[ab1-3,*† ()\\[\\]^¹².\\n]{0,24}") {
            let paragraph = raised(&text);
            let mut at = 0;
            for stretch in stretches(&paragraph) {
                let (Stretch::Words(range) | Stretch::Signs { range, .. }) = stretch;
                proptest::prop_assert_eq!(range.start, at);
                at = range.end;
            }
            proptest::prop_assert_eq!(at, whole(&paragraph).len());
        }
    }
}
