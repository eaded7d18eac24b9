//! Contents, bookmarks and navigation: each name is that of a heading, leads to it, and all stand in the order of the text.

use std::collections::{BTreeMap, BTreeSet};

use super::difference::{Difference, Kind, MOST, quoted};
use super::expected::Expected;
use crate::compose::{Role, canonical_line};
use crate::read::{Aim, Block, Contents, FileKind, List, Listed};

/// A heading may begin so far below the place that leads to it, in points.
const ROOM: f64 = 80.0;
/// And so far above it: its letters stand on a line.
const SLACK: f64 = 30.0;

/// Holds what a file lists against the headings of its source. `text` are the blocks that the file has.
pub(super) fn hold(
    contents: &Contents,
    expected: &Expected,
    text: &[Block],
    differences: &mut Vec<Difference>,
) {
    let headings: Vec<(u8, String)> = expected
        .blocks
        .iter()
        .filter_map(|block| match block.role {
            Role::Heading(level) => Some((level, block.line())),
            _ => None,
        })
        .collect();
    let summary: Vec<String> = expected.summary.iter().flatten().take(1).cloned().collect();
    let names: BTreeSet<String> = expected
        .names
        .iter()
        .map(|name| canonical_line(name))
        .chain(summary)
        .collect();
    let places = Places::of(text);
    let mut lists: BTreeMap<List, Vec<&Listed>> = BTreeMap::new();
    for listed in &contents.listed {
        let name = canonical_line(&listed.text);
        let is_heading = headings.iter().any(|(_, line)| *line == name);
        let said = match (is_heading, names.contains(&name)) {
            (false, true) => None,
            (false, false) if listed.list == List::Names && expected.labels.contains(&name) => None,
            (false, false) => Some(format!("{} is the name of no heading", quoted(&name))),
            (true, _) => {
                lists.entry(listed.list).or_default().push(listed);
                places.other(listed, &name)
            }
        };
        if let Some(message) = said
            && differences.len() < MOST
        {
            differences.push(Difference {
                kind: Kind::Heading,
                place: listed.place.clone(),
                message,
            });
        }
    }
    // Files that others saved may have shortened their contents.
    if contents.metadata.text_hash.is_none() {
        return;
    }
    let asked = match contents.kind {
        FileKind::Pdf => Some((List::Bookmarks, "bookmarks")),
        FileKind::Epub => Some((List::Navigation, "navigation")),
        FileKind::Docx | FileKind::Html => None,
    };
    let missing = asked.filter(|(list, _)| !lists.contains_key(list));
    if let Some((_, name)) = missing.filter(|_| contents.is_structured) {
        differences.push(Difference {
            kind: Kind::Heading,
            place: "the file".to_owned(),
            message: format!("it has no {name}"),
        });
    }
    for (list, all) in &lists {
        let is_partial = *list == List::Contents;
        if *list != List::Names {
            differences.extend(order(&headings, all, is_partial));
        }
    }
}

/// The first name of a list that stands out of the order of the headings, is left out, or stands in too many others.
fn order(headings: &[(u8, String)], listed: &[&Listed], is_partial: bool) -> Option<Difference> {
    let say = |place: &str, message: String| {
        Some(Difference {
            kind: Kind::Heading,
            place: place.to_owned(),
            message,
        })
    };
    let place = listed.first().map_or("the file", |first| &first.place);
    let mut rest = listed.iter();
    let mut next = rest.next();
    let mut open: Vec<(u8, usize)> = Vec::new();
    for (level, line) in headings {
        let Some(found) = next else {
            break;
        };
        if canonical_line(&found.text) != *line {
            // The title stands above contents, and those on paper leave out what is small.
            if *level == 1 || is_partial {
                continue;
            }
            return say(
                &found.place,
                format!(
                    "{} is listed where {} should be",
                    quoted(&found.text),
                    quoted(line)
                ),
            );
        }
        while open.last().is_some_and(|(above, _)| above >= level) {
            open.pop();
        }
        if let Some((_, depth)) = open.last()
            && found.depth != depth + 1
            && !is_partial
        {
            return say(
                &found.place,
                format!("{} is not listed under its heading", quoted(&found.text)),
            );
        }
        open.push((*level, found.depth));
        next = rest.next();
    }
    if let Some(found) = next {
        return say(
            &found.place,
            format!("{} is listed out of its order", quoted(&found.text)),
        );
    }
    let left = headings
        .iter()
        .filter(|(level, _)| *level > 1)
        .count()
        .saturating_sub(listed.len());
    match left {
        0 => None,
        _ if is_partial => None,
        _ => say(place, format!("{left} headings are not listed")),
    }
}

/// Where names lead: the blocks that begin there.
struct Places<'a> {
    text: &'a [Block],
    by_name: BTreeMap<&'a str, usize>,
}

impl<'a> Places<'a> {
    fn of(text: &'a [Block]) -> Self {
        let names = text.iter().enumerate().flat_map(|(index, block)| {
            let names = block.marks.anchors.iter();
            names.map(move |name| (name.as_str(), index))
        });
        Self {
            text,
            by_name: names.collect(),
        }
    }

    /// What is wrong with where a name of a heading leads.
    fn other(&self, listed: &Listed, name: &str) -> Option<String> {
        let elsewhere = || Some(format!("{} leads elsewhere", quoted(name)));
        match &listed.aim {
            Aim::Unknown => None,
            Aim::Elsewhere(to) => Some(format!("{} leads to `{to}`", quoted(name))),
            Aim::Name(place) => {
                let index = self.by_name.get(place.as_str())?;
                match self.text[*index].line() == name {
                    true => None,
                    false => elsewhere(),
                }
            }
            Aim::At(page, height) => {
                let is_there = |block: &&Block| {
                    matches!(block.role, Role::Heading(_))
                        && block
                            .marks
                            .at
                            .is_some_and(|at| is_near(at, (*page, *height)))
                };
                let mut known = self.text.iter().filter(|block| block.line() == name);
                let is_told = known.clone().any(|block| block.marks.at.is_some());
                match known.any(|block| is_there(&block)) || !is_told {
                    true => None,
                    false => elsewhere(),
                }
            }
        }
    }
}

/// Whether a place on a page shows a text at its top.
pub(super) fn is_near(at: (usize, f64), (page, height): (usize, Option<f64>)) -> bool {
    at.0 == page && height.is_none_or(|height| (-SLACK..=ROOM).contains(&(height - at.1)))
}
