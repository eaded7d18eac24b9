//! Lines in which signs stand: names with signs behind them, and what signs before texts say of those.

use std::ops::Range;

use super::super::about;
use super::super::contacts::is_contact;
use super::super::document::{Label, Paragraph, Role};
use super::super::parting::whole;
use super::super::shapes::{self, Likeness};
use super::signs::{Kind, Stretch, stretches};

/// A line with names, or one of what signs say, has so many bytes at most.
pub(super) const LONGEST: usize = 2000;

/// What stands between names.
const BETWEEN: [&str; 12] = [
    ",", ";", "|", "·", "•", "&", " and ", " und ", " et ", " y ", "\n", "،",
];

/// Somebody, with the signs behind the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) name: String,
    pub(super) signs: Vec<String>,
}

/// A line of names of which one at least has signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Names {
    pub(super) people: Vec<Person>,
    /// Where signs stand.
    pub(super) ranges: Vec<Range<usize>>,
}

/// The names of a line; none where it has something else in it, or no sign.
pub(super) fn names(paragraph: &Paragraph) -> Option<Names> {
    let is_open = matches!(
        paragraph.role,
        Role::Text | Role::Byline | Role::Heading(_) | Role::Subtitle | Role::Affiliation
    );
    let text = whole(paragraph);
    if !is_open || text.len() > LONGEST || !paragraph.pictures.is_empty() {
        return None;
    }
    let mut found = Names {
        people: Vec::new(),
        ranges: Vec::new(),
    };
    let mut is_behind = false;
    for stretch in stretches(paragraph) {
        match stretch {
            Stretch::Signs { signs, range, .. } => {
                let last = found.people.last_mut().filter(|_| !is_behind)?;
                last.signs = signs;
                found.ranges.push(range);
                is_behind = true;
            }
            Stretch::Words(range) => {
                let words = &text[range];
                let begins = words.trim_start_matches([' ', '\u{a0}', '\t']);
                let is_apart = words.trim().is_empty()
                    || BETWEEN
                        .iter()
                        .any(|mark| begins.starts_with(mark.trim_start()));
                if is_behind && !is_apart {
                    return None;
                }
                is_behind = words.trim().is_empty() && is_behind;
                add(words, &mut found.people)?;
            }
        }
    }
    let has_sign = found.people.iter().any(|person| !person.signs.is_empty());
    has_sign.then_some(found)
}

/// Adds the names of a text; none where something in it is no name.
fn add(words: &str, people: &mut Vec<Person>) -> Option<()> {
    let mut rest = words;
    while !rest.is_empty() {
        let next = BETWEEN
            .iter()
            .filter_map(|mark| Some((rest.find(mark)?, mark.len())))
            .min();
        let (at, length) = next.unwrap_or((rest.len(), 0));
        let part = rest[..at].trim();
        rest = &rest[at + length..];
        let part = ["and ", "und ", "et ", "By ", "by "]
            .iter()
            .find_map(|lead| part.strip_prefix(lead))
            .unwrap_or(part);
        let name = part.trim_start_matches(['—', '–', ' ']).trim();
        if matches!(name, "" | "and" | "und" | "et" | "y") {
            continue;
        }
        // Degrees behind a comma belong to the name before it.
        if let Some(last) = people.last_mut().filter(|last| last.signs.is_empty())
            && shapes::name(name) == Likeness::None
        {
            let titled = format!("{}, {name}", last.name);
            if shapes::name(&titled) == Likeness::None {
                return None;
            }
            last.name = titled;
            continue;
        }
        if shapes::name(name) == Likeness::None {
            return None;
        }
        people.push(Person {
            name: name.to_owned(),
            signs: Vec::new(),
        });
    }
    Some(())
}

/// What a sign says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) signs: Vec<String>,
    pub(super) kind: Kind,
    /// Where the sign stands; nothing where a list labels the text.
    pub(super) sign: Range<usize>,
    /// Where the text stands.
    pub(super) text: Range<usize>,
    pub(super) says: Says,
}

/// What a text behind a sign is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Says {
    /// How somebody is reached, who answers letters, that all wrote the same.
    Aside,
    /// Perhaps what somebody is.
    Perhaps,
    /// What somebody is.
    Affiliation,
    /// Who somebody is.
    Life,
}

/// Beginnings of texts that say something else of authors than what they are, in small letters.
const ASIDES: [&str; 12] = [
    "correspond",
    "these authors",
    "equal",
    "the authors contributed",
    "both authors",
    "e-mail",
    "email",
    "contact",
    "to whom",
    "deceased",
    "the views",
    "lead author",
];

fn says(text: &str) -> Option<Says> {
    let lower = text.to_lowercase();
    if is_contact(text) || ASIDES.iter().any(|aside| lower.starts_with(aside)) {
        return Some(Says::Aside);
    }
    if about::biography(text).is_some() {
        return Some(Says::Life);
    }
    match shapes::affiliation(text.trim_end_matches('.')) {
        Likeness::Strong => Some(Says::Affiliation),
        Likeness::Possible => Some(Says::Perhaps),
        Likeness::None => None,
    }
}

/// What a list labels an item with: `nth` more than it says.
fn label(paragraph: &Paragraph, nth: u64) -> Option<String> {
    let item = paragraph
        .item
        .as_ref()
        .filter(|item| item.begins && item.depth == 0)?;
    Some(match item.label {
        Label::Number(first) => first.saturating_add(nth).to_string(),
        Label::Bullet => "*".to_owned(),
    })
}

/// What the signs of a line say; none where it does not begin with a sign, or says something else.
pub(super) fn entries(paragraph: &Paragraph, nth: u64) -> Option<Vec<Entry>> {
    let is_open = matches!(
        paragraph.role,
        Role::Text | Role::Affiliation | Role::Subtitle | Role::Byline
    );
    let text = whole(paragraph);
    if !is_open || text.len() > LONGEST || !paragraph.pictures.is_empty() {
        return None;
    }
    let mut out: Vec<Entry> = Vec::new();
    let own = label(paragraph, nth);
    if let Some(sign) = &own {
        out.push(Entry {
            signs: vec![sign.clone()],
            kind: Kind::Plain,
            sign: 0..0,
            text: 0..0,
            says: Says::Aside,
        });
    }
    for stretch in stretches(paragraph) {
        let until = match stretch {
            Stretch::Signs { signs, kind, range } => {
                let before = text[..range.start].trim_end_matches([' ', '\u{a0}', '\t']);
                let begins = before.is_empty() || before.ends_with('\n');
                let is_new = |sign: &String| !out.iter().any(|one| one.signs.contains(sign));
                let is_next = out.last().is_some_and(|last| last.kind == kind)
                    && signs.iter().all(is_new)
                    && before.ends_with([';', ',', '.', '\n', '،'])
                    && own.is_none();
                if out.is_empty() && !begins {
                    return None;
                }
                if (begins && own.is_none()) || is_next {
                    out.push(Entry {
                        signs,
                        kind,
                        sign: range.clone(),
                        text: range.end..range.end,
                        says: Says::Aside,
                    });
                }
                range.end
            }
            Stretch::Words(range) => range.end,
        };
        if let Some(last) = out.last_mut() {
            last.text.end = until;
        } else if !text[..until].trim().is_empty() {
            return None;
        }
    }
    let starts: Vec<usize> = out.iter().skip(1).map(|one| one.sign.start).collect();
    for (index, one) in out.iter_mut().enumerate() {
        let end = starts.get(index).copied().unwrap_or(text.len());
        let whole = &text[one.text.start..end];
        let lead = whole.len()
            - whole
                .trim_start_matches([' ', '\u{a0}', '\t', ':', '–', '-'])
                .len();
        let said = whole[lead..].trim_end_matches([' ', '\u{a0}', '\t', '\n', ';', ',', '،']);
        one.text = one.text.start + lead..one.text.start + lead + said.len();
        one.says = says(said).filter(|_| !said.is_empty())?;
    }
    (!out.is_empty()).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(line: &str) -> Option<String> {
        let found = names(&Paragraph::of(line))?.people.into_iter();
        let found = found.map(|one| format!("{}={}", one.name, one.signs.join("")));
        Some(found.collect::<Vec<_>>().join("/"))
    }

    #[test]
    fn lines_of_names_with_signs_are_told_from_others() {
        for (line, found) in [
            ("Ada Lovelace¹, Bo Chen²*", "Ada Lovelace=1/Bo Chen=2*"),
            ("By Ada Lovelace¹ and Bo Chen", "Ada Lovelace=1/Bo Chen="),
            (
                "Ada Lovelace, PhD¹, Bo Chen², and Cy Dunn³",
                "Ada Lovelace, PhD=1/Bo Chen=2/Cy Dunn=3",
            ),
            ("Dr. Ada Lovelace †", "Dr. Ada Lovelace=†"),
            ("Ada Lovelace [1]; Bo Chen [2]", "Ada Lovelace=1/Bo Chen=2"),
        ] {
            assert_eq!(people(line).as_deref(), Some(found), "{line}");
        }
        for line in [
            "Ada Lovelace, Bo Chen",
            "Room 12, Floor 3",
            "Ada Lovelace¹ said so",
            "The border is closed*",
            "¹ Institute of Strategic Studies",
            "",
        ] {
            assert_eq!(people(line), None, "{line}");
        }
    }

    fn said(line: &str) -> Option<String> {
        let paragraph = Paragraph::of(line);
        let found = entries(&paragraph, 0)?.into_iter();
        let found = found.map(|one| format!("{}={}", one.signs.join(""), &line[one.text]));
        Some(found.collect::<Vec<_>>().join("/"))
    }

    #[test]
    fn what_signs_say_is_read_line_by_line_and_one_behind_another() {
        for (line, found) in [
            (
                "¹ Institute of Strategic Studies",
                "1=Institute of Strategic Studies",
            ),
            ("1. Tufts University", "1=Tufts University"),
            (
                "[2] Tufts University, Room 12",
                "2=Tufts University, Room 12",
            ),
            (
                "¹Tufts University; ²ISSI, Islamabad",
                "1=Tufts University/2=ISSI, Islamabad",
            ),
            ("* Corresponding author", "*=Corresponding author"),
            ("¹ Tufts University\n² ISSI", "1=Tufts University/2=ISSI"),
            (
                "1Tufts University, 2ISSI, Room 12",
                "1=Tufts University/2=ISSI, Room 12",
            ),
        ] {
            assert_eq!(said(line).as_deref(), Some(found), "{line}");
        }
        for line in [
            "Tufts University¹",
            "1",
            "¹",
            "It is so. ¹ Tufts University",
        ] {
            assert_eq!(said(line), None, "{line}");
        }
    }
}
