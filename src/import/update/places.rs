//! Where items of sequences stand in the text of a source, in lines of their own or in brackets, and how they come and go.

use std::collections::BTreeSet;

use super::super::into::{line_end, line_start};
use super::Desk;
use super::unit::{Unit, What};
use crate::diagnostic::{Edit, FieldPath, ValueStyle};

/// Fields of the title block, under which the introduction stands.
const FRONT: &[&str] = &[
    "",
    "series",
    "title",
    "subtitle",
    "date",
    "date_text",
    "contributors",
];

/// An item of a sequence in the text of a source.
pub(super) struct Line {
    /// Where its line begins.
    pub(super) start: usize,
    /// Where the line after it begins.
    pub(super) end: usize,
    /// How far its hyphen stands in.
    pub(super) column: usize,
}

/// What goes with the last item of a list.
enum Emptied {
    /// The item that holds the list.
    Owner(FieldPath),
    /// The key, with its lines.
    Key,
    /// Nothing: what holds it needs one.
    Needed,
}

/// The number of an item in its sequence.
fn number(path: &FieldPath) -> Option<usize> {
    path.as_str().rsplit(['[', ']']).nth(1)?.parse().ok()
}

impl Desk<'_> {
    /// Puts whole lines in before a line.
    pub(super) fn insert(&mut self, at: usize, lines: &str) {
        let text = &self.loaded.source.text;
        let is_open = at == text.len() && !text.ends_with('\n');
        let lines = match is_open {
            true => format!("\n{}", lines.trim_end()),
            false => lines.to_owned(),
        };
        self.push(Edit::new(at..at, lines));
    }

    /// The lines of an item of a sequence.
    pub(super) fn line(&self, path: &FieldPath) -> Option<Line> {
        let source = &self.loaded.source;
        let text = &*source.text;
        let sequence = source.places.get(&path.parent()?)?;
        let own = source.places.get(path)?;
        if sequence.style != ValueStyle::Collection || !text[sequence.span.start..].starts_with('-')
        {
            return None;
        }
        let column = sequence.span.start - line_start(text, sequence.span.start);
        // The hyphen of the item stands on the line of its value, or above it.
        let mut start = line_start(text, own.span.start);
        let index = number(path)?;
        let floor = match index {
            0 => line_start(text, sequence.span.start),
            _ => {
                source
                    .places
                    .get(&path.parent()?.index(index - 1))?
                    .span
                    .end
            }
        };
        loop {
            let line = &text[start..];
            // Several hyphens may stand on one line.
            if line.get(column..).is_some_and(|rest| rest.starts_with('-'))
                && line[..column].trim_matches([' ', '-']).is_empty()
            {
                break;
            }
            if start == 0 || start < floor {
                return None;
            }
            start = line_start(text, start - 1);
        }
        if start < floor && index > 0 {
            return None;
        }
        let lead = &text[start..start + column];
        if !lead.trim().is_empty() {
            return None;
        }
        let end = line_end(text, own.span.end);
        let end = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
        Some(Line { start, end, column })
    }

    /// Where the value of an item in brackets ends.
    pub(super) fn in_brackets(&self, path: &FieldPath) -> Option<usize> {
        let source = &self.loaded.source;
        let sequence = source.places.get(&path.parent()?)?;
        let own = source.places.get(path)?;
        let is_flow = source.text[sequence.span.start..].starts_with('[');
        is_flow.then_some(own.span.end)
    }

    /// Takes items out of their sequences; those that are left are told.
    pub(super) fn remove_items(&mut self, paths: &BTreeSet<FieldPath>, place: &str) {
        for path in paths {
            match self.removal(path, paths) {
                Some(range) => self.edits.push(Edit::new(range, "")),
                None => self.tell(
                    place,
                    format!("`{path}` is gone in the edition; take it out by hand"),
                ),
            }
        }
    }

    /// The bytes of an item that goes with the others of a set.
    fn removal(
        &self,
        path: &FieldPath,
        paths: &BTreeSet<FieldPath>,
    ) -> Option<std::ops::Range<usize>> {
        let source = &self.loaded.source;
        let (list, index) = (path.parent()?, number(path));
        let span = |at: usize| {
            source
                .places
                .get(&list.index(at))
                .map(|place| place.span.clone())
        };
        let Some(index) = index.filter(|_| path.as_str().ends_with(']')) else {
            return self.removal_of_key(path);
        };
        let is_first = (0..index).all(|at| paths.contains(&list.index(at)));
        let sequence = source.places.get(&list)?;
        if source.text[sequence.span.start..].starts_with('[') {
            let own = span(index)?;
            return match is_first {
                true => Some(own.start..span(index + 1)?.start),
                false => Some(span(index - 1)?.end..own.end),
            };
        }
        // The hyphen of the first may stand behind that of the item around it; then the next takes its place.
        let first = sequence.span.start;
        let lead = &source.text[line_start(&source.text, first)..first];
        if is_first && !lead.trim().is_empty() {
            let hyphen = |at: usize| match at {
                0 => Some(first),
                at => self.hyphen(&list.index(at)),
            };
            return Some(hyphen(index)?..hyphen(index + 1)?);
        }
        let line = self.line(path)?;
        Some(line.start..line.end)
    }

    /// Where the hyphen of an item stands that begins its line.
    fn hyphen(&self, path: &FieldPath) -> Option<usize> {
        let line = self.line(path)?;
        Some(line.start + line.column)
    }

    /// The bytes of a key of a mapping with what stands under it; none for the first key of an item, whose hyphen stands on its line.
    fn removal_of_key(&self, path: &FieldPath) -> Option<std::ops::Range<usize>> {
        let source = &self.loaded.source;
        let text = &*source.text;
        let place = source.places.get(path)?;
        let key = format!("{}:", path.as_str().rsplit('.').next()?);
        let above = path.parent()?;
        let mapping = source
            .places
            .get(&above)
            .filter(|_| above != FieldPath::root());
        if mapping.is_some_and(|mapping| text[mapping.span.clone()].starts_with('{')) {
            let start = text[..place.span.start]
                .trim_end()
                .strip_suffix(&key)?
                .len();
            let lead = text[..start].trim_end();
            return match lead.strip_suffix(',') {
                Some(lead) => Some(lead.len()..place.span.end),
                None => {
                    let rest = text[place.span.end..].trim_start().strip_prefix(',')?;
                    Some(start..text.len() - rest.trim_start().len())
                }
            };
        }
        let floor = mapping.map_or(0, |mapping| line_start(text, mapping.span.start));
        let mut start = line_start(text, place.span.start);
        while !text[start..].trim_start_matches(' ').starts_with(&key) {
            if start <= floor {
                return None;
            }
            start = line_start(text, start - 1);
        }
        let end = line_end(text, place.span.end);
        let end = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
        Some(start..end)
    }

    /// Units that are gone. Blocks of which all is gone go as a whole, and so do lists of which every item is, and people of whom
    /// nothing is left.
    pub(super) fn remove_all(&mut self, gone: &[usize]) {
        let units = &self.current.units;
        let mut paths: BTreeSet<FieldPath> = self.departed(gone);
        paths.extend(self.carried.iter().cloned());
        let whole = paths.clone();
        let inside = |path: &FieldPath, set: &BTreeSet<FieldPath>| {
            let mut at = Some(path.clone());
            std::iter::from_fn(move || {
                let here = at.take()?;
                at = here.parent();
                Some(here)
            })
            .any(|path| set.contains(&path))
        };
        let blocks = gone.iter().filter(|a| !inside(&units[**a].origin, &whole));
        paths.extend(blocks.filter_map(|a| removed(&units[*a])));
        // An emptied list is no list; what holds it goes instead.
        while let Some((list, emptied)) = self.emptied(&paths) {
            paths.retain(|path| path.parent().as_ref() != Some(&list));
            match emptied {
                Emptied::Owner(owner) => drop(paths.insert(owner)),
                Emptied::Key => drop(paths.insert(list)),
                Emptied::Needed => {}
            }
        }
        let mut told = Vec::new();
        for a in gone {
            let unit = &units[*a];
            if inside(&unit.origin, &paths) {
                continue;
            }
            match unit.what {
                What::Note => self.gone_notes.push(unit.origin.clone()),
                _ if unit.origin.as_str().is_empty() || unit.origin.as_str() == "contributors" => {}
                _ => told.push(super::short(&unit.line)),
            }
        }
        let outer: BTreeSet<FieldPath> = paths
            .iter()
            .filter(|path| !path.parent().is_some_and(|above| inside(&above, &paths)))
            .cloned()
            .collect();
        self.remove_items(&outer, "");
        for line in told {
            self.tell("", format!("“{line}” is gone in the edition; take it out of the source by hand if that is meant"));
        }
    }

    /// People of whom nothing is left in the edition, where others are.
    fn departed(&self, gone: &[usize]) -> BTreeSet<FieldPath> {
        let units = &self.current.units;
        let list = FieldPath::root().key("contributors");
        let is_gone: BTreeSet<usize> = gone.iter().copied().collect();
        let mut all = BTreeSet::new();
        let mut left = 0;
        for index in 0.. {
            let person = list.index(index);
            let begins = format!("{person}.");
            let mut own = (0..units.len())
                .filter(|at| units[*at].origin.as_str().starts_with(&begins))
                .peekable();
            if own.peek().is_none() {
                break;
            }
            match own.all(|at| is_gone.contains(&at)) {
                true => drop(all.insert(person)),
                false => left += 1,
            }
        }
        match left {
            0 => BTreeSet::new(),
            _ => all,
        }
    }

    /// A list of which every item is to go, and what becomes of what holds it.
    fn emptied(&self, paths: &BTreeSet<FieldPath>) -> Option<(FieldPath, Emptied)> {
        let places = &self.loaded.source.places;
        paths.iter().find_map(|path| {
            if !path.as_str().ends_with(']') {
                return None;
            }
            let list = path.parent()?;
            let count = (0..)
                .take_while(|index| places.contains_key(&list.index(*index)))
                .count();
            if !(0..count).all(|index| paths.contains(&list.index(index))) {
                return None;
            }
            let name = list.as_str();
            let emptied = match name.rsplit('.').next().unwrap_or_default() {
                "introduction" => Emptied::Key,
                "list" | "numbered" => Emptied::Owner(list.parent()?),
                "text" => Emptied::Owner(list.parent()?.parent()?),
                "quote" | "pull" => Emptied::Owner(list.parent()?),
                _ if name.ends_with(']') => Emptied::Owner(list.clone()),
                _ => Emptied::Needed,
            };
            Some((list, emptied))
        })
    }

    /// Where new blocks go behind a field: the byte, and how far they stand in.
    pub(super) fn place_behind(&self, origin: &FieldPath) -> Option<(usize, usize)> {
        if let Some(block) = block_of(origin) {
            let line = self.line(&block)?;
            return Some((line.end, line.column));
        }
        // Behind a name or an affiliation: before the first block of the statement.
        let line = self.line(&first_behind(origin)?)?;
        Some((line.start, line.column))
    }

    /// Whether anything of the edition stands in the same statement behind a unit of the source.
    pub(super) fn ends_statement(&self, unit: usize) -> bool {
        let units: &[Unit] = &self.current.units;
        let own = person_of(&units[unit].origin);
        let behind = units.get(unit + 1).map(|next| person_of(&next.origin));
        own.is_some() && behind.flatten() != own
    }
}

/// The item of `contributors` that a field belongs to.
pub(super) fn person_of(path: &FieldPath) -> Option<FieldPath> {
    let rest = path.as_str().strip_prefix("contributors[")?;
    let index = rest.split_once(']')?.0.parse().ok()?;
    Some(FieldPath::root().key("contributors").index(index))
}

/// The first block behind a field of the title block or of somebody.
pub(super) fn first_behind(origin: &FieldPath) -> Option<FieldPath> {
    let path = origin.as_str();
    if let Some(person) = person_of(origin) {
        let is_head = path.ends_with("].name") || path.ends_with("].affiliation");
        return is_head.then(|| person.key("statement").index(0));
    }
    FRONT
        .contains(&path)
        .then(|| FieldPath::root().key("introduction").index(0))
}

/// What a unit is the whole of, by the end of its field, and how many keys above the field that is.
const WHOLES: &[(&str, usize)] = &[
    (".heading", 1),
    (".subheading", 1),
    (".quote", 1),
    (".quote.text", 2),
    (".pull", 1),
    (".table", 1),
    (".figure.alt", 2),
    (".figure.caption", 0),
    (".figure.credit", 0),
    (".table.caption", 0),
    (".quote.by", 0),
    (".portrait.alt", 1),
    ("].affiliation", 0),
];

/// What goes from the source with a unit: an item of a sequence or a key, or none where an editor must decide.
fn removed(unit: &Unit) -> Option<FieldPath> {
    let path = unit.origin.as_str();
    let is_in_blocks = path.contains(".statement[") || path.starts_with("introduction[");
    if is_in_blocks && path.ends_with(']') {
        return Some(unit.origin.clone());
    }
    let (_, above) = WHOLES.iter().find(|(end, _)| path.ends_with(end))?;
    let mut at = unit.origin.clone();
    for _ in 0..*above {
        at = at.parent()?;
    }
    Some(at)
}

/// The block of a statement or an introduction that a field belongs to.
pub(super) fn block_of(path: &FieldPath) -> Option<FieldPath> {
    let mut at = Some(path.clone());
    while let Some(path) = at {
        let parent = path.parent()?;
        let is_list = parent.as_str().ends_with(".statement") || parent.as_str() == "introduction";
        if is_list && path.as_str().ends_with(']') {
            return Some(path);
        }
        at = Some(parent);
    }
    None
}
