//! The steps of an editor as edits of the source's text: values that change, items that go, come and move, questions.

use super::super::body::{Bodies, query};
use super::super::document::{self, Comment, Role};
use super::super::draft::{Block, Contributor, Item, Value};
use super::super::into::{line_end, line_start};
use super::super::languages;
use super::super::links;
use super::super::source;
use super::places::{block_of, first_behind, person_of};
use super::units::{Unit, What, item};
use super::words::{Wanted, rewritten};
use super::{Desk, Step, scalar, short};
use crate::compose::canonical_line;
use crate::diagnostic::{Edit, FieldPath};
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

impl Desk<'_> {
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
        self.put_notes();
    }

    /// Keeps an edit, with the line ends that the source has.
    pub(super) fn push(&mut self, mut edit: Edit) {
        if self.request.text.contains("\r\n") && !edit.text.contains("\r\n") {
            edit.text = edit.text.replace('\n', "\r\n");
        }
        self.edits.push(edit);
    }

    /// The spans of the edition with the notes' names in the source.
    pub(super) fn named(&self, spans: &[Span]) -> Vec<Span> {
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

    pub(super) fn change_text(&mut self, old: &Unit, new: &Unit) {
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

    /// New units behind one of the source.
    fn add(
        &mut self,
        behind: Option<usize>,
        new: &[usize],
        moved: &std::collections::BTreeMap<usize, usize>,
    ) {
        let edited = self.edited;
        let mut texts: Vec<usize> = new
            .iter()
            .copied()
            .filter(|b| edited.units[*b].what != What::Note)
            .collect();
        let is_name = |b: &usize| {
            edited.units[*b].paragraph.role == Role::Heading(2) && self.document.properties.is_ours
        };
        let person = behind.and_then(|a| person_of(&self.current.units[a].origin));
        if let (Some(at), Some(person)) = (texts.iter().position(is_name), person) {
            let people = texts.split_off(at);
            self.add_people(behind, &person, &people);
        }
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
            let list = outer_item(
                &list,
                item(&edited.units[texts[0]]).map_or(0, |item| item.depth),
            );
            let same = same || (list.is_some() && begin_alike(&edited.units, &texts));
            let list = list.unwrap_or_default();
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
            None if self.add_in_brackets(&origin, &texts) => return,
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

    /// New paragraphs in a sequence that is written in brackets; whether that could be.
    fn add_in_brackets(&mut self, origin: &FieldPath, new: &[usize]) -> bool {
        let edited = self.edited;
        let is_plain = |b: &usize| {
            let unit = &edited.units[*b];
            unit.what == What::Text && unit.paragraph.role == Role::Text
        };
        let (path, is_before) = match (block_of(origin), first_behind(origin)) {
            (Some(block), _) => (block, false),
            (None, Some(first)) => (first, true),
            (None, None) => return false,
        };
        let Some(end) = self.in_brackets(&path).filter(|_| new.iter().all(is_plain)) else {
            return false;
        };
        let texts: Vec<String> = new
            .iter()
            .map(|b| {
                let spans = trimmed(self.named(&edited.units[*b].spans));
                inline(&super::super::marks::marked(&spans).text, Context::Flow)
            })
            .collect();
        let start = self
            .loaded
            .source
            .places
            .get(&path)
            .map_or(end, |place| place.span.start);
        self.push(match is_before {
            true => Edit::new(start..start, format!("{}, ", texts.join(", "))),
            false => Edit::new(end..end, format!(", {}", texts.join(", "))),
        });
        true
    }

    /// People who are new behind those of the source.
    fn add_people(&mut self, behind: Option<usize>, person: &FieldPath, new: &[usize]) {
        let edited = self.edited;
        let place = edited.units[new[0]].place.clone();
        let name = short(&edited.units[new[0]].line);
        let line = self
            .line(person)
            .filter(|_| behind.is_some_and(|a| self.ends_statement(a)));
        let Some(line) = line else {
            let message = format!(
                "“{name}” is new in the edition, in the midst of a statement; put it in by hand"
            );
            return self.tell(&place, message);
        };
        let starts = |b: &&usize| edited.units[**b].paragraph.role == Role::Heading(2);
        let mut lines = String::new();
        let mut rest = new;
        while let Some((first, behind)) = rest.split_first() {
            let end = behind
                .iter()
                .position(|b| starts(&b))
                .unwrap_or(behind.len());
            let (own, others) = behind.split_at(end);
            rest = others;
            let mut one = Contributor {
                name: Value::sure(&*edited.units[*first].line),
                ..Contributor::default()
            };
            let own = match own.split_first() {
                Some((what, own)) if edited.units[*what].what == What::Affiliation => {
                    one.fields
                        .insert("affiliation", edited.units[*what].line.clone());
                    own
                }
                _ => own,
            };
            let mut blocks = Vec::new();
            for b in own {
                let unit = &edited.units[*b];
                match unit.what {
                    What::Alternative => self.tell(
                        &unit.place,
                        "a new picture is not taken over; put it in by hand",
                    ),
                    What::Table => blocks.extend(self.table_of(unit)),
                    _ => {
                        let mut paragraph = unit.paragraph.clone();
                        paragraph.pictures.clear();
                        blocks.push(document::Block::Paragraph(paragraph));
                    }
                }
            }
            one.statement = self.items_of(&blocks, person);
            if one.statement.is_empty() {
                let message = format!(
                    "“{}” is new in the edition, without a statement; put it in by hand",
                    edited.units[*first].line
                );
                self.tell(&place, message);
                continue;
            }
            lines += &source::one(&one, line.column);
        }
        if !lines.is_empty() {
            self.insert(line.end, &lines);
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
        match blocks.is_empty() {
            true => String::new(),
            false => source::items(&self.items_of(blocks, origin), column),
        }
    }

    /// Blocks of the document as those of the source.
    fn items_of(&mut self, blocks: &[document::Block], origin: &FieldPath) -> Vec<Item> {
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
        items
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

/// The item of a list that a field is.
fn list_of(path: &FieldPath) -> Option<FieldPath> {
    let parent = path.parent()?;
    let in_list = parent.as_str().ends_with(".list") || parent.as_str().ends_with(".numbered");
    in_list.then(|| path.clone())
}

/// The item around a field, or itself, that stands so deep in lists.
fn outer_item(path: &FieldPath, depth: usize) -> Option<FieldPath> {
    let mut at = Some(path.clone());
    while let Some(path) = at {
        let own =
            path.as_str().matches(".list[").count() + path.as_str().matches(".numbered[").count();
        if list_of(&path).is_some() && own == depth + 1 {
            return Some(path);
        }
        at = path.parent();
    }
    None
}

/// Whether units begin items of one depth.
fn begin_alike(units: &[Unit], new: &[usize]) -> bool {
    let depth = |b: &usize| {
        item(&units[*b])
            .filter(|item| item.begins)
            .map(|item| item.depth)
    };
    let first = new.first().and_then(depth);
    first.is_some() && new.iter().all(|b| depth(b) == first)
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
