//! The steps of an editor as edits of the source's text: values that change, items that go, come and move, questions.

use super::super::body::{Bodies, query};
use super::super::document::{self, Comment, Role};
use super::super::draft::{Block, Item};
use super::super::into::{line_end, line_start};
use super::super::languages;
use super::super::links;
use super::super::source;
use super::units::{Unit, What, item};
use super::words::{Wanted, rewritten};
use super::{Desk, Step, scalar, short};
use crate::compose::canonical_line;
use crate::diagnostic::{Edit, FieldPath, ValueStyle};
use crate::piece::{Marked, one_line};
use crate::read::{Link, Look, Span};
use crate::yaml::writer::{Context, inline};

/// Fields that are plain texts: no mark is read in them.
const PLAIN: &[&str] = &[
    "name",
    "affiliation",
    "credit",
    "alt",
    "series",
    "date_text",
    "publisher",
    "summary",
];

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
struct Line {
    /// Where its line begins.
    start: usize,
    /// Where the line after it begins.
    end: usize,
    /// How far its hyphen stands in.
    column: usize,
}

impl Desk<'_> {
    /// Gives the notes of the edition their names in the source.
    pub(super) fn name_notes(&mut self, steps: &[Step]) {
        let current: Vec<&Unit> = self
            .current
            .units
            .iter()
            .filter(|unit| unit.what == What::Note)
            .collect();
        let of_edition: Vec<String> = self
            .document
            .notes
            .iter()
            .map(|note| note.name.clone())
            .collect();
        let name = |unit: &Unit| {
            unit.origin
                .as_str()
                .strip_prefix("notes.")
                .map(str::to_owned)
        };
        let edited: Vec<usize> = (0..self.edited.units.len())
            .filter(|at| self.edited.units[*at].what == What::Note)
            .collect();
        let key = |b: usize| {
            let said = edited.iter().position(|at| *at == b)?;
            // Notes without words are no units; those before this one are counted.
            let mut with_words =
                self.document.notes.iter().enumerate().filter(|(_, note)| {
                    note.paragraphs.iter().any(|p| !p.plain().trim().is_empty())
                });
            with_words.nth(said).map(|(at, _)| of_edition[at].clone())
        };
        let mut known = std::collections::BTreeMap::new();
        for step in steps {
            if let Step::Same(a, b) | Step::Changed(a, b, _) = step {
                let (unit, other) = (&self.current.units[*a], key(*b));
                if let (What::Note, Some(other), Some(name)) = (unit.what, other, name(unit)) {
                    known.insert(other, name);
                }
            }
        }
        let mut taken: std::collections::BTreeSet<String> =
            current.iter().filter_map(|unit| name(unit)).collect();
        taken.extend(
            self.values
                .keys()
                .filter_map(|path| path.as_str().strip_prefix("notes.").map(str::to_owned)),
        );
        let mut next = 1;
        for note in &self.document.notes {
            if known.contains_key(&note.name) {
                continue;
            }
            // An earlier run may have taken it over.
            let words = canonical_line(&super::super::body::words(&note.paragraphs));
            let same = current.iter().find(|unit| {
                unit.line == words && !known.values().any(|own| Some(own) == name(unit).as_ref())
            });
            if let Some(own) = same.and_then(|unit| name(unit)) {
                known.insert(note.name.clone(), own);
                continue;
            }
            while taken.contains(&next.to_string()) {
                next += 1;
            }
            taken.insert(next.to_string());
            known.insert(note.name.clone(), next.to_string());
            let mut spans = Vec::new();
            for paragraph in &note.paragraphs {
                spans.extend(paragraph.spans.iter().cloned());
            }
            let text = super::super::marks::marked(&spans).text;
            if !text.is_empty() {
                self.new_notes.push((next.to_string(), text));
            }
        }
        self.notes = known;
    }

    /// Turns all steps into edits.
    pub(super) fn apply(&mut self, steps: &[Step]) {
        let edited = self.edited;
        for unit in &edited.units {
            for address in links::unlinked(&mut unit.spans.clone()) {
                let message = format!(
                    "`{address}` is not an address that can be linked to; its words are text"
                );
                self.tell(&unit.place, message);
            }
        }
        let gone: Vec<usize> = steps
            .iter()
            .filter_map(|step| match step {
                Step::Gone(a) => Some(*a),
                _ => None,
            })
            .collect();
        // What is gone here and new there was moved.
        let mut moved = std::collections::BTreeMap::new();
        for step in steps {
            let Step::Added(_, new) = step else { continue };
            for b in new {
                let line = &self.edited.units[*b].line;
                let from = gone.iter().find(|a| {
                    self.current.units[**a].line == *line
                        && !moved.values().any(|taken| taken == *a)
                });
                if let Some(from) = from {
                    moved.insert(*b, *from);
                }
            }
        }
        for step in steps {
            match step {
                Step::Changed(a, b, words) => {
                    self.change(*a, *b, words.as_deref());
                    self.became(*a, *b);
                    self.questions(*a, *b);
                }
                Step::Same(a, b) => {
                    self.became(*a, *b);
                    self.questions(*a, *b);
                }
                Step::Gone(_) => {}
                Step::Added(behind, new) => self.add(*behind, new, &moved),
            }
        }
        self.remove_all(&gone);
        let notes = std::mem::take(&mut self.new_notes);
        if !notes.is_empty() {
            let text = &self.loaded.source.text;
            let place = self
                .loaded
                .source
                .places
                .get(&FieldPath::root().key("notes"));
            let edit = match place {
                Some(place)
                    if !text[place.span.clone()].starts_with(['{', '~'])
                        && !place.span.is_empty() =>
                {
                    let column = place.span.start - line_start(text, place.span.start);
                    let end = line_end(text, place.span.end);
                    Edit::new(
                        end..end,
                        format!("\n{}", source::notes(&notes, column).trim_end()),
                    )
                }
                _ => {
                    let end = text.trim_end().len();
                    Edit::new(
                        end..end,
                        format!("\nnotes:\n{}", source::notes(&notes, 2).trim_end()),
                    )
                }
            };
            self.push(edit);
        }
    }

    /// Keeps an edit, with the line ends that the source has.
    fn push(&mut self, mut edit: Edit) {
        if self.request.text.contains("\r\n") && !edit.text.contains("\r\n") {
            edit.text = edit.text.replace('\n', "\r\n");
        }
        self.edits.push(edit);
    }

    /// The spans of the edition with the notes' names in the source.
    fn named(&self, spans: &[Span]) -> Vec<Span> {
        let mut spans = spans.to_vec();
        // A note that says nothing is none.
        spans.retain_mut(|span| {
            let Some(Link::Note(name)) = &mut span.look.link else {
                return true;
            };
            let own = self.notes.get(name);
            own.map(|own| own.clone_into(name)).is_some()
        });
        links::unlinked(&mut spans);
        languages::settle(&mut spans, self.language.as_ref());
        spans
    }

    /// A unit says something else.
    fn change(&mut self, a: usize, b: usize, words: Option<&str>) {
        let (current, edited) = (self.current, self.edited);
        let (old, new) = (&current.units[a], &edited.units[b]);
        if old.what == What::Table {
            return self.change_table(old, new);
        }
        match words {
            None => self.change_text(old, new),
            Some(words) => {
                let merged = Unit {
                    line: canonical_line(words),
                    spans: vec![Span {
                        text: words.to_owned(),
                        look: Look::default(),
                    }],
                    ..new.clone()
                };
                // Whose looks are whose cannot be told in words that two people changed: those of the source stay.
                let old = Unit {
                    has_looks: false,
                    ..old.clone()
                };
                self.change_text(&old, &merged);
            }
        }
    }

    fn change_text(&mut self, old: &Unit, new: &Unit) {
        // The line of names is made of the names.
        if matches!(old.origin.as_str(), "" | "contributors") {
            return;
        }
        if matches!(old.origin.as_str(), "date" | "date_text") {
            if !self.date(new) {
                self.tell(
                    &new.place,
                    format!(
                        "the date line says “{}”; put the day into `date` by hand",
                        short(&new.line)
                    ),
                );
            }
            return;
        }
        let Some(value) = self.values.get(&old.origin).cloned() else {
            return self.change_given(old, new);
        };
        let key = old.origin.as_str().rsplit('.').next().unwrap_or_default();
        let is_plain = PLAIN.contains(&key);
        let said = match is_plain {
            true => canonical_line(&value),
            false => canonical_line(&Marked::new(value.as_str()).plain()),
        };
        // What editions add around a value is no part of it.
        let Some(at) = old.line.find(&said).filter(|_| !said.is_empty()) else {
            return self.tell(
                &new.place,
                format!(
                    "“{}” is made of several fields; change it by hand to “{}”",
                    short(&old.line),
                    short(&new.line)
                ),
            );
        };
        let (lead, tail) = (&old.line[..at], &old.line[at + said.len()..]);
        let rest = new
            .line
            .strip_prefix(lead)
            .and_then(|rest| rest.strip_suffix(tail));
        let Some(rest) = rest.filter(|rest| !rest.is_empty()) else {
            return self.tell(
                &new.place,
                format!(
                    "what editions add around “{}” was changed, and stays as it is",
                    short(&said)
                ),
            );
        };
        let wished = if is_plain {
            let found = super::words::changes(&value, rest);
            super::words::changed(&value, &found)
        } else {
            let mut spans = self.named(&new.spans);
            if !lead.is_empty() {
                super::super::lists::cut(&mut spans, lead_length(&new.spans, lead));
            }
            if !tail.is_empty() {
                let plain = document::plain(&spans);
                let keep = plain
                    .trim_end()
                    .len()
                    .saturating_sub(tail.trim_start().len());
                spans = vec![Span {
                    text: plain.get(..keep).unwrap_or(&plain).trim_end().to_owned(),
                    look: Look::default(),
                }];
            }
            let has_looks = old.has_looks && lead.is_empty() && tail.is_empty();
            rewritten(
                &value,
                &Wanted {
                    spans: &trimmed(spans),
                    has_looks,
                },
            )
        };
        let Some(place) = self.loaded.source.places.get(&old.origin).cloned() else {
            return self.change_given(old, new);
        };
        if let Some(edit) = scalar::edit(&self.loaded.source.text, &place, &value, &wished) {
            self.push(edit);
        }
    }

    /// The date line: where it says a day that can be read, the day is the piece's.
    fn date(&mut self, new: &Unit) -> bool {
        let Some(date) = super::super::shapes::date(&new.line, self.language.as_ref()) else {
            return false;
        };
        let [day] = date.days.as_slice() else {
            return false;
        };
        let root = FieldPath::root();
        for (key, said) in [
            ("date", day.to_string()),
            ("date_text", date.written.clone()),
        ] {
            let path = root.key(key);
            let (Some(value), Some(place)) =
                (self.values.get(&path), self.loaded.source.places.get(&path))
            else {
                continue;
            };
            if let Some(edit) = scalar::edit(&self.loaded.source.text, place, value, &said) {
                self.edits.push(edit);
            }
        }
        true
    }

    /// A value that the project gives: it is written into this piece, and the line for the project is offered.
    fn change_given(&mut self, old: &Unit, new: &Unit) {
        let path = old.origin.as_str();
        let key = path.rsplit('.').next().unwrap_or_default().to_owned();
        let person = old
            .origin
            .parent()
            .map(|contributor| contributor.key("person"));
        let person = person.and_then(|person| {
            Some((
                self.values.get(&person)?.clone(),
                self.loaded.source.places.get(&person)?.span.clone(),
            ))
        });
        let (Some((id, span)), "name" | "affiliation") = (person, key.as_str()) else {
            return self.tell(
                &new.place,
                format!(
                    "“{}” comes from the project and is not changed here: “{}”",
                    short(&old.line),
                    short(&new.line)
                ),
            );
        };
        let text = &self.loaded.source.text;
        let line = line_start(text, span.start);
        let column = text[line..span.start].rfind("person").unwrap_or(4);
        let end = line_end(text, span.end);
        let value = inline(&new.line, Context::Block);
        let line = format!("\n{}{key}: {value}", " ".repeat(column));
        self.tell(&new.place, format!("the {key} of `{id}` is another in this piece alone; for all pieces write into the project's file: people: {id}: {key}: {value}"));
        self.push(Edit::new(end..end, line));
    }

    /// Cells and rows of a table.
    fn change_table(&mut self, old: &Unit, new: &Unit) {
        let widths = |table: &Unit| table.rows.first().map_or(0, Vec::len);
        if widths(old) != widths(new) {
            return self.tell(
                &new.place,
                "columns of a table came or went; change them by hand",
            );
        }
        let rows = |table: &Unit| -> Vec<Unit> {
            let row = |cells: &Vec<Unit>| {
                let words: Vec<&str> = cells.iter().map(|cell| cell.line.as_str()).collect();
                Unit {
                    line: words.join(" "),
                    origin: cells
                        .first()
                        .and_then(|cell| cell.origin.parent())
                        .unwrap_or_default(),
                    ..Unit::default()
                }
            };
            table.rows.iter().map(row).collect()
        };
        let (olds, news) = (rows(old), rows(new));
        let mut last: Option<usize> = None;
        for pair in super::align(&olds, &news) {
            match pair {
                super::Pair::Both(a, b) => {
                    last = Some(a);
                    for (x, y) in old.rows[a].iter().zip(&new.rows[b]) {
                        if x.differs(y) {
                            self.change_text(x, y);
                        }
                    }
                }
                super::Pair::Old(a) => match olds[a].origin.as_str().contains(".rows[") {
                    true => self.remove_item(&olds[a].origin, &new.place),
                    false => self.tell(
                        &new.place,
                        "a row of a table's head is gone; take it out by hand",
                    ),
                },
                super::Pair::New(b) => {
                    let behind = last
                        .map(|a| olds[a].origin.clone())
                        .filter(|path| path.as_str().contains(".rows["));
                    let at = behind.clone().or_else(|| {
                        olds.iter()
                            .map(|row| row.origin.clone())
                            .find(|path| path.as_str().contains(".rows["))
                    });
                    let Some(line) = at.as_ref().and_then(|path| self.line(path)) else {
                        self.tell(&new.place, "a row of a table is new; put it in by hand");
                        continue;
                    };
                    let cells: Vec<String> = new.rows[b]
                        .iter()
                        .map(|cell| {
                            inline(
                                &super::super::marks::marked(&self.named(&cell.spans)).text,
                                Context::Flow,
                            )
                        })
                        .collect();
                    let row = format!("{}- [{}]\n", " ".repeat(line.column), cells.join(", "));
                    let at = if behind.is_some() {
                        line.end
                    } else {
                        line.start
                    };
                    self.insert(at, &row);
                }
            }
        }
    }

    /// Puts whole lines in before a line.
    fn insert(&mut self, at: usize, lines: &str) {
        let text = &self.loaded.source.text;
        let is_open = at == text.len() && !text.ends_with('\n');
        let lines = match is_open {
            true => format!("\n{}", lines.trim_end()),
            false => lines.to_owned(),
        };
        self.push(Edit::new(at..at, lines));
    }

    /// The lines of an item of a sequence.
    fn line(&self, path: &FieldPath) -> Option<Line> {
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
        let index = path
            .as_str()
            .rsplit(['[', ']'])
            .nth(1)?
            .parse::<usize>()
            .ok()?;
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

    /// Takes an item out of its sequence.
    fn remove_item(&mut self, path: &FieldPath, place: &str) {
        match self.line(path) {
            Some(line) => self.edits.push(Edit::new(line.start..line.end, "")),
            None => self.tell(
                place,
                format!("`{path}` is gone in the edition; take it out by hand"),
            ),
        }
    }

    /// A paragraph that is a heading now, or no heading any more.
    fn became(&mut self, a: usize, b: usize) {
        let (old, new) = (&self.current.units[a], &self.edited.units[b]);
        let is_heading = |unit: &Unit| unit.what == What::Heading;
        if is_heading(old) != is_heading(new) {
            let what = if is_heading(new) {
                "a heading"
            } else {
                "no heading"
            };
            let message = format!(
                "“{}” is {what} in the edition; change that by hand",
                short(&new.line)
            );
            self.tell(&new.place.clone(), message);
        }
    }

    /// Units that are gone. Blocks of which all is gone go as a whole, and so do lists of which every item is.
    fn remove_all(&mut self, gone: &[usize]) {
        let units = &self.current.units;
        let mut paths: std::collections::BTreeSet<FieldPath> =
            gone.iter().filter_map(|a| removed(&units[*a])).collect();
        // An emptied list is no list; what holds it goes instead.
        while let Some((list, owner)) = self.emptied(&paths) {
            paths.retain(|path| path.parent().as_ref() != Some(&list));
            paths.insert(owner);
        }
        let within = |path: &FieldPath| {
            let mut at = Some(path.clone());
            std::iter::from_fn(move || {
                let here = at.take()?;
                at = here.parent();
                Some(here)
            })
            .any(|path| paths.contains(&path))
        };
        let mut told = Vec::new();
        for a in gone {
            let unit = &units[*a];
            if within(&unit.origin) {
                continue;
            }
            match unit.what {
                What::Note => told.push((unit.origin.clone(), None)),
                _ if FRONT.contains(&unit.origin.as_str()) && unit.origin.as_str().is_empty() => {}
                _ => told.push((unit.origin.clone(), Some(short(&unit.line)))),
            }
        }
        let is_inner = |path: &FieldPath| path.parent().is_some_and(|above| within(&above));
        for path in paths.iter().filter(|path| !is_inner(path)) {
            self.remove_item(path, "");
        }
        for (path, line) in told {
            match line {
                None => self.remove_note(&path),
                Some(line) => self.tell("", format!("“{line}” is gone in the edition; take it out of the source by hand if that is meant")),
            }
        }
    }

    /// A list of which every item is to go, and what holds it.
    fn emptied(
        &self,
        paths: &std::collections::BTreeSet<FieldPath>,
    ) -> Option<(FieldPath, FieldPath)> {
        paths.iter().find_map(|path| {
            let list = path.parent()?;
            let is_list = [".list", ".numbered"]
                .iter()
                .any(|end| list.as_str().ends_with(end));
            let places = &self.loaded.source.places;
            let count = (0..)
                .take_while(|index| places.contains_key(&list.index(*index)))
                .count();
            let all = (0..count).all(|index| paths.contains(&list.index(index)));
            let owner = list.parent().filter(|_| is_list && all)?;
            Some((list, owner))
        })
    }

    fn remove_note(&mut self, path: &FieldPath) {
        let text = &self.loaded.source.text;
        let Some(place) = self.loaded.source.places.get(path) else {
            return;
        };
        let name = path.as_str().strip_prefix("notes.").unwrap_or_default();
        let key = format!("{name}:");
        let mut start = line_start(text, place.span.start);
        while !text[start..]
            .trim_start()
            .trim_start_matches(['"', '\''])
            .starts_with(&key)
            && start > 0
        {
            start = line_start(text, start - 1);
        }
        let end = line_end(text, place.span.end);
        let end = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
        self.edits.push(Edit::new(start..end, ""));
    }

    /// New units behind one of the source.
    fn add(
        &mut self,
        behind: Option<usize>,
        new: &[usize],
        moved: &std::collections::BTreeMap<usize, usize>,
    ) {
        let edited = self.edited;
        let texts: Vec<usize> = new
            .iter()
            .copied()
            .filter(|b| edited.units[*b].what != What::Note)
            .collect();
        let Some(first) = texts.first() else { return };
        let place = edited.units[*first].place.clone();
        // The nearest unit above that stands in a sequence of blocks.
        let anchor = behind.and_then(|a| {
            (0..=a)
                .rev()
                .find(|a| self.current.units[*a].what != What::Note)
        });
        let origin = anchor
            .map(|a| self.current.units[a].origin.clone())
            .unwrap_or_default();
        // Items that go on with a list above.
        if let (Some(list), true) = (
            list_of(&origin),
            texts.iter().all(|b| item(&edited.units[*b]).is_some()),
        ) {
            let depth = origin.as_str().matches(".list[").count()
                + origin.as_str().matches(".numbered[").count();
            let same = texts.iter().all(|b| {
                item(&edited.units[*b]).is_some_and(|item| item.depth + 1 == depth && item.begins)
            });
            if let Some(line) = self.line(&list).filter(|_| same) {
                let items: Vec<Item> = texts
                    .iter()
                    .map(|b| {
                        Block::Paragraph(
                            super::super::marks::marked(&self.named(&edited.units[*b].spans)).text,
                        )
                        .into()
                    })
                    .collect();
                self.insert(line.end, &source::items(&items, line.column));
                return;
            }
        }
        let (at, column) = match self.place_behind(&origin) {
            Some(found) => found,
            None => {
                return self.tell(
                    &place,
                    format!(
                        "“{}” is new in the edition; put it in by hand",
                        short(&edited.units[*first].line)
                    ),
                );
            }
        };
        let mut blocks: Vec<document::Block> = Vec::new();
        let mut lines = String::new();
        for b in &texts {
            let unit = &edited.units[*b];
            if let Some(line) = moved
                .get(b)
                .and_then(|a| self.line(&self.current.units[*a].origin))
            {
                lines += &self.written(&blocks, &origin, column);
                blocks.clear();
                lines += &reindented(
                    &self.request.text[line.start..line.end],
                    line.column,
                    column,
                );
                continue;
            }
            match unit.what {
                What::Alternative => self.tell(
                    &unit.place,
                    "a new picture is not taken over; put it in by hand",
                ),
                What::Table => {
                    if let Some(table) = self.table_of(unit) {
                        blocks.push(table);
                    }
                }
                _ => {
                    let mut paragraph = unit.paragraph.clone();
                    paragraph.pictures.clear();
                    blocks.push(document::Block::Paragraph(paragraph));
                }
            }
        }
        lines += &self.written(&blocks, &origin, column);
        if !lines.is_empty() {
            self.insert(at, &lines);
        }
    }

    /// The document's table that a unit was made of.
    fn table_of(&self, unit: &Unit) -> Option<document::Block> {
        let tables = self.document.blocks.iter().filter(
            |block| matches!(block, document::Block::Table(table) if table.place == unit.place),
        );
        tables.into_iter().next().cloned()
    }

    /// Blocks of the document as lines of the source.
    fn written(&mut self, blocks: &[document::Block], origin: &FieldPath, column: usize) -> String {
        if blocks.is_empty() {
            return String::new();
        }
        let top = if origin.as_str().starts_with("introduction") {
            2
        } else {
            3
        };
        let none = |_: usize, _: usize| None::<String>;
        let names = self.notes.clone();
        let note = |name: &str| names.get(name).cloned();
        let language = self.language.clone();
        let mut remarks = Vec::new();
        let mut bodies = Bodies {
            media: &none,
            remarks: &mut remarks,
            guesses: false,
            document: 0,
            note: &note,
            language: language.as_ref(),
        };
        let mut blocks = blocks.to_vec();
        for block in &mut blocks {
            if let document::Block::Paragraph(paragraph) = block
                && matches!(
                    paragraph.role,
                    Role::Affiliation | Role::Byline | Role::Date | Role::Series | Role::Subtitle
                )
            {
                paragraph.role = Role::Text;
            }
        }
        let items = bodies.items(&blocks, top);
        self.remarks.append(&mut remarks);
        source::items(&items, column)
    }

    /// Where new blocks go behind a field: the byte, and how far they stand in.
    fn place_behind(&self, origin: &FieldPath) -> Option<(usize, usize)> {
        if let Some(block) = block_of(origin) {
            let line = self.line(&block)?;
            return Some((line.end, line.column));
        }
        // Behind a name or an affiliation: before the first block of the statement.
        let path = origin.as_str();
        let contributor = path
            .strip_prefix("contributors[")
            .and_then(|rest| rest.split_once(']'));
        let first = match contributor {
            Some((index, ".name" | ".affiliation")) => {
                let index = index.parse().ok()?;
                FieldPath::root()
                    .key("contributors")
                    .index(index)
                    .key("statement")
                    .index(0)
            }
            Some(_) => return None,
            None if FRONT.contains(&path) => FieldPath::root().key("introduction").index(0),
            None => return None,
        };
        let line = self.line(&first)?;
        Some((line.start, line.column))
    }

    /// What readers remarked on a unit becomes questions behind its block.
    fn questions(&mut self, a: usize, b: usize) {
        let comments: Vec<Comment> = self.edited.units[b].comments.clone();
        if comments.is_empty() {
            return;
        }
        let origin = self.current.units[a].origin.clone();
        let place = self.edited.units[b].place.clone();
        let known: std::collections::BTreeSet<String> = self
            .values
            .values()
            .map(|text| canonical_line(text))
            .collect();
        for comment in comments {
            let text = query(&comment);
            if known.contains(&canonical_line(&text)) {
                continue;
            }
            match self.place_behind(&origin) {
                Some((at, column)) => {
                    let items = source::items(&[Block::Query(text.clone()).into()], column);
                    self.insert(at, &items);
                    self.questions.push(text);
                }
                None => self.tell(
                    &place,
                    format!("a comment has no place in the source: {text}"),
                ),
            }
        }
    }
}

/// What goes from the source with a unit: an item of a sequence, or none where an editor must decide.
fn removed(unit: &Unit) -> Option<FieldPath> {
    let path = unit.origin.as_str();
    let is_in_blocks = path.contains(".statement[") || path.starts_with("introduction[");
    if !is_in_blocks {
        return None;
    }
    if path.ends_with(']') {
        return Some(unit.origin.clone());
    }
    let of_block = [
        ".heading",
        ".subheading",
        ".quote",
        ".quote.text",
        ".pull",
        ".table",
        ".figure.alt",
    ];
    let end = of_block.iter().find(|end| path.ends_with(**end))?;
    let mut at = unit.origin.clone();
    for _ in 0..end.matches('.').count() {
        at = at.parent()?;
    }
    Some(at)
}

/// How many bytes of spans a lead takes, whose white space may be of another kind.
fn lead_length(spans: &[Span], lead: &str) -> usize {
    let plain = document::plain(spans);
    let letters = lead.chars().filter(|c| !c.is_whitespace()).count();
    let mut seen = 0;
    for (at, c) in plain.char_indices() {
        if seen == letters && !c.is_whitespace() {
            return at;
        }
        seen += usize::from(!c.is_whitespace());
    }
    plain.len()
}

/// Spans without white space at both ends, which is none of a text.
fn trimmed(mut spans: Vec<Span>) -> Vec<Span> {
    for span in &mut spans {
        if span.text.contains(['\n', '\r']) {
            span.text = one_line(&span.text).into_owned();
        }
        // Ties are no-break spaces in Word alone.
        span.text = span.text.replace('\u{a0}', " ");
    }
    if let Some(first) = spans.first_mut() {
        first.text = first.text.trim_start().to_owned();
    }
    if let Some(last) = spans.iter_mut().rev().find(|span| !document::is_note(span)) {
        last.text = last.text.trim_end().to_owned();
    }
    spans.retain(|span| !span.text.is_empty());
    spans
}

/// The block of a statement or an introduction that a field belongs to.
fn block_of(path: &FieldPath) -> Option<FieldPath> {
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

/// The item of a list that a field is.
fn list_of(path: &FieldPath) -> Option<FieldPath> {
    let parent = path.parent()?;
    let in_list = parent.as_str().ends_with(".list") || parent.as_str().ends_with(".numbered");
    in_list.then(|| path.clone())
}

/// Lines of an item at another column.
fn reindented(lines: &str, from: usize, to: usize) -> String {
    if from == to {
        return lines.to_owned();
    }
    let shifted = lines.lines().map(|line| {
        let kept = line
            .strip_prefix(&" ".repeat(from))
            .unwrap_or(line.trim_start());
        format!("{}{kept}\n", " ".repeat(to))
    });
    shifted.collect()
}
