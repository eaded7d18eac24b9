//! Who speaks, and where: names and affiliations in the blocks of a document, by style or by shape.

use super::document::{Block, Paragraph, Role, Weight};
use super::shapes::{self, Likeness};
use super::typed::typed_number;

/// Where somebody's statement begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Start {
    /// The block with the name.
    pub(crate) at: usize,
    /// The name.
    pub(crate) name: String,
    /// The affiliation.
    pub(crate) affiliation: Option<String>,
    /// How many blocks name and affiliation take.
    pub(crate) length: usize,
    /// Why this was taken for a name; none where the document says so.
    pub(crate) why: Option<&'static str>,
    /// Whether the block with the name is a biography, in which the name stands.
    pub(crate) is_biography: bool,
}

/// How a candidate came to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// A line of two parts, `Amina Khan, Director of …`.
    OneLine,
    /// A name over an affiliation over text.
    TwoLines(Likeness),
    /// A name over text.
    Alone,
}

struct Candidate {
    start: Start,
    shape: Shape,
    weight: Weight,
    level: Option<u8>,
    has_by: bool,
    likeness: Likeness,
}

/// Finds where statements begin. `known` are names that the document gives elsewhere.
pub(crate) fn find(blocks: &[Block], known: &[String]) -> Vec<Start> {
    let candidates = candidates(blocks, known);
    let level = level_of_names(blocks, &candidates);
    // Headings of one level are names all or none, where most of them look so.
    if let Some(level) = level {
        let at_level = candidates
            .into_iter()
            .filter(|one| one.level == Some(level));
        return at_level.map(|one| one.start).collect();
    }
    let is_known = |one: &Candidate| one.start.why.is_none();
    if candidates.iter().any(is_known) {
        return candidates
            .into_iter()
            .filter(is_known)
            .map(|one| one.start)
            .collect();
    }
    let candidates: Vec<Candidate> = candidates
        .into_iter()
        .filter(|one| one.level.is_none())
        .collect();
    let firm = |one: &Candidate| {
        matches!(
            one.shape,
            Shape::OneLine | Shape::TwoLines(Likeness::Strong)
        ) || one.likeness == Likeness::Strong
    };
    let has_firm = candidates.iter().any(firm);
    let heavy = candidates
        .iter()
        .any(|one| firm(one) && one.weight == Weight::Heavy);
    let all_alone = !has_firm;
    candidates
        .into_iter()
        .filter(|one| match one.shape {
            Shape::OneLine | Shape::TwoLines(Likeness::Strong) => true,
            // Where names are bold, a bold name without an affiliation is one too.
            _ if one.weight == Weight::Heavy => heavy || all_alone,
            Shape::TwoLines(_) => true,
            Shape::Alone => all_alone || one.likeness == Likeness::Strong,
        })
        .map(|one| one.start)
        .collect()
}

/// The level of heading at which names stand: that at which most headings are names.
fn level_of_names(blocks: &[Block], candidates: &[Candidate]) -> Option<u8> {
    for level in 1..=6 {
        let headings = blocks
            .iter()
            .filter(|block| matches!(block, Block::Paragraph(p) if p.role == Role::Heading(level)));
        let names = candidates
            .iter()
            .filter(|one| one.level == Some(level))
            .count();
        let others = headings.count().saturating_sub(names);
        if names > 0 && names > others {
            return Some(level);
        }
    }
    None
}

/// All candidates. Where two lines of a form certainly name people, others of that form do too, whatever their words are.
fn candidates(blocks: &[Block], known: &[String]) -> Vec<Candidate> {
    let strict = pass(blocks, known, &[]);
    let mut forms: Vec<Form> = Vec::new();
    for (index, one) in strict.iter().enumerate() {
        let form = one.form();
        let is_again = strict[..index].iter().any(|other| other.form() == form);
        if is_again && one.is_firm() && !forms.contains(&form) {
            forms.push(form);
        }
    }
    match forms.is_empty() {
        true => strict,
        false => pass(blocks, known, &forms),
    }
}

/// The form of a line that names somebody: how many lines it takes, how it is set off, and whether it begins with `By`.
type Form = (bool, Weight, Option<u8>, bool);

impl Candidate {
    fn form(&self) -> Form {
        let is_one_line = self.shape == Shape::OneLine;
        (is_one_line, self.weight, self.level, self.has_by)
    }

    fn is_firm(&self) -> bool {
        matches!(
            self.shape,
            Shape::OneLine | Shape::TwoLines(Likeness::Strong)
        )
    }
}

fn pass(blocks: &[Block], known: &[String], forms: &[Form]) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < blocks.len() {
        match candidate(blocks, at, known, forms) {
            Some(candidate) => {
                at += candidate.start.length;
                found.push(candidate);
            }
            None => at += 1,
        }
    }
    found
}

fn paragraph(blocks: &[Block], at: usize) -> Option<&Paragraph> {
    match blocks.get(at)? {
        Block::Paragraph(paragraph) => Some(paragraph),
        Block::Table(_) => None,
    }
}

/// Whether the block at a place is what stands under a name: text, a list, a table.
pub(super) fn is_content(blocks: &[Block], at: usize) -> bool {
    match blocks.get(at) {
        None => false,
        Some(Block::Table(_)) => true,
        Some(Block::Paragraph(p)) => {
            p.item.is_some()
                || !p.pictures.is_empty()
                || matches!(p.role, Role::Quote | Role::Pull)
                || shapes::is_prose(&p.plain())
                || (matches!(p.role, Role::Text) && p.plain().split_whitespace().count() > 14)
        }
    }
}

fn candidate(blocks: &[Block], at: usize, known: &[String], forms: &[Form]) -> Option<Candidate> {
    let here = paragraph(blocks, at)?;
    let level = match here.role {
        Role::Heading(level) => Some(level),
        Role::Text | Role::Byline => None,
        _ => return None,
    };
    // A bold item of a list over text is a name that was numbered.
    let is_numbered = here.weight == Weight::Heavy
        && paragraph(blocks, at + 1).is_some_and(|below| below.item.is_none());
    if (here.item.is_some() && !is_numbered) || !here.pictures.is_empty() {
        return None;
    }
    let text = here.plain();
    let text = text.trim();
    let text = &text[typed_number(text)..];
    let by = text
        .strip_prefix("By ")
        .filter(|_| here.role != Role::Byline);
    let line = by.unwrap_or(text).trim_end_matches(':').trim_end();
    let is_known = known
        .iter()
        .any(|name| crate::compose::canonical_line(name) == crate::compose::canonical_line(text));
    let likeness = if is_known {
        Likeness::Strong
    } else {
        shapes::names(line)
    };
    // Two who speak together look like a heading with two things in it.
    let are_two = !is_known && likeness > shapes::name(line);
    let has_form =
        |is_one_line: bool| forms.contains(&(is_one_line, here.weight, level, by.is_some()));
    let candidate = |shape, name: &str, affiliation: Option<String>, length, why| Candidate {
        start: Start {
            at,
            name: name.trim_end_matches(':').trim().to_owned(),
            affiliation,
            length,
            why,
            is_biography: false,
        },
        shape,
        weight: here.weight,
        level,
        has_by: by.is_some(),
        likeness,
    };
    let least = match has_form(true) && !is_known {
        true => Likeness::Possible,
        false => Likeness::Strong,
    };
    let is_over_text = is_content(blocks, at + 1)
        || (paragraph(blocks, at + 1).is_some_and(|p| p.role == Role::Question)
            && is_content(blocks, at + 2))
        || (level.is_some() && paragraph(blocks, at + 1).is_some_and(is_lower(level)));
    if let Some((name, affiliation)) =
        shapes::name_and(line, least).filter(|_| is_over_text && here.item.is_none())
    {
        let what = Some(line[affiliation].to_owned());
        return Some(candidate(
            Shape::OneLine,
            &line[name],
            what,
            1,
            Some("a line with a name and what the person is"),
        ));
    }
    if likeness == Likeness::None || here.role == Role::Byline {
        return None;
    }
    let below = paragraph(blocks, at + 1);
    if let Some(below) = below {
        let words = below.plain();
        let is_free = !is_known && below.item.is_none() && below.pictures.is_empty();
        let like = match below.role {
            Role::Affiliation => Likeness::Strong,
            Role::Text if is_free => shapes::affiliation(&words),
            // Who has no style for affiliations takes one that is at hand.
            Role::Subtitle if is_free && level.is_some() => shapes::affiliation(&words),
            _ => Likeness::None,
        };
        let third = second_line(blocks, at + 2, below.weight).filter(|_| like > Likeness::None);
        let under = third.is_some()
            || is_content(blocks, at + 2)
            || matches!(below.role, Role::Affiliation)
            || (level.is_some()
                && like > Likeness::None
                && paragraph(blocks, at + 2).is_some_and(is_lower(level)))
            || (like == Likeness::Strong
                && paragraph(blocks, at + 2)
                    .is_some_and(|p| p.role != Role::Text || shapes::is_line(&p.plain())));
        // Two names over each other are a list of names.
        let another_name = below.role == Role::Text
            && shapes::name(&words) > Likeness::None
            && like < Likeness::Strong
            && !(has_form(false) && (below.weight < here.weight || by.is_some()));
        if like > Likeness::None && under && !another_name && below.weight <= here.weight {
            let why = match (is_known, below.role) {
                (true, _) | (_, Role::Affiliation) => None,
                _ => Some("a short line over a short line over text"),
            };
            let (what, length) = match third {
                Some(third) => (
                    format!("{}, {third}", words.trim().trim_end_matches(',')),
                    3,
                ),
                None => (words.trim().to_owned(), 2),
            };
            return Some(candidate(
                Shape::TwoLines(like),
                line,
                Some(what),
                length,
                why,
            ));
        }
    }
    if here.item.is_some() {
        return None;
    }
    let stands_over_text = is_content(blocks, at + 1) || level.is_some() || is_known;
    if are_two && !has_form(false) {
        return None;
    }
    let why = match is_known {
        true => None,
        false if level.is_some() => Some("a heading that looks like a name"),
        false if here.weight == Weight::Heavy => {
            Some("a bold line over text that looks like a name")
        }
        false => Some("a short line over text that looks like a name"),
    };
    stands_over_text.then(|| candidate(Shape::Alone, line, None, 1, why))
}

/// Whether a paragraph is a heading below those of a level.
fn is_lower(level: Option<u8>) -> impl Fn(&Paragraph) -> bool {
    move |paragraph| matches!(paragraph.role, Role::Heading(own) if level.is_some_and(|level| own > level))
}

/// The second line of an affiliation, over text: an institution, or where that is.
fn second_line(blocks: &[Block], at: usize, above: Weight) -> Option<String> {
    let here = paragraph(blocks, at)?;
    let plain = here.plain();
    let line = plain.trim();
    let is_plain = here.role == Role::Text
        && here.item.is_none()
        && here.pictures.is_empty()
        && here.weight <= above
        && shapes::is_line(line)
        && !shapes::is_prose(line)
        && is_content(blocks, at + 1);
    let is_one = is_plain
        && (shapes::is_place(line)
            || (shapes::affiliation(line) == Likeness::Strong && !line.contains([':', '?'])));
    is_one.then(|| line.to_owned())
}

impl PartialOrd for Weight {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some((*self as u8).cmp(&(*other as u8)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(lines: &[&str]) -> Vec<Block> {
        let block = |line: &&str| {
            let (role, line) = match line.strip_prefix("# ") {
                Some(rest) => (Role::Heading(1), rest),
                None => (Role::Text, *line),
            };
            let (weight, line) = match line.strip_prefix("**") {
                Some(rest) => (Weight::Heavy, rest),
                None => (Weight::Plain, line),
            };
            Block::Paragraph(Paragraph {
                role,
                weight,
                ..Paragraph::of(line)
            })
        };
        lines.iter().map(block).collect()
    }

    const TEXT: &str = "This is running text that is long enough to be no line of its own, and it ends as a sentence does.";

    fn names(lines: &[&str]) -> Vec<String> {
        let found = find(&blocks(lines), &[]).into_iter();
        found
            .map(|start| match start.affiliation {
                Some(affiliation) => format!("{} / {affiliation}", start.name),
                None => start.name,
            })
            .collect()
    }

    #[test]
    fn people_are_found_by_the_shapes_that_editors_know() {
        assert_eq!(
            names(&[
                "Flash Point",
                "A Title",
                "Amina Khan",
                "Director of the Centre",
                TEXT,
                "Trade Talks",
                TEXT,
                "Fahd Humayun",
                "Asst. Professor, Tufts",
                TEXT
            ]),
            [
                "Amina Khan / Director of the Centre",
                "Fahd Humayun / Asst. Professor, Tufts"
            ]
        );
        assert_eq!(
            names(&[
                "**Amina Khan, Director of the Centre",
                TEXT,
                "**Fahd Humayun (Tufts University)",
                TEXT
            ]),
            [
                "Amina Khan / Director of the Centre",
                "Fahd Humayun / Tufts University"
            ]
        );
        assert_eq!(
            names(&["**Amina Khan", TEXT, "**Fahd Humayun", TEXT]),
            ["Amina Khan", "Fahd Humayun"]
        );
        assert_eq!(
            names(&[
                "# Amina Khan",
                "Director of the Centre",
                TEXT,
                "# Fahd Humayun",
                TEXT
            ]),
            ["Amina Khan / Director of the Centre", "Fahd Humayun"]
        );
        assert_eq!(
            names(&[
                "**1. Amina Khan:",
                "Director",
                "Centre for Afghanistan, ISSI",
                TEXT,
                "**2. Saleem Shahid:",
                "Bureau Chief",
                "Dawn, Quetta",
                TEXT
            ]),
            [
                "Amina Khan / Director, Centre for Afghanistan, ISSI",
                "Saleem Shahid / Bureau Chief, Dawn, Quetta"
            ]
        );
        assert_eq!(
            names(&[
                "**Amina Khan (Director, ISSI)",
                TEXT,
                "**Fahd Humayun (Tufts University)",
                TEXT,
                "**Saleem Shahid (Dawn, Quetta)",
                TEXT
            ]),
            [
                "Amina Khan / Director, ISSI",
                "Fahd Humayun / Tufts University",
                "Saleem Shahid / Dawn, Quetta"
            ]
        );
        assert_eq!(names(&[TEXT, TEXT]), Vec::<String>::new());
        assert_eq!(
            names(&["The Border", TEXT, "What next?", TEXT]),
            Vec::<String>::new()
        );
    }
}
