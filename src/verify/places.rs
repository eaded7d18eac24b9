//! Places: bookmarks, names, marks of notes, ways back and contents lead to where the things stand that they name.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::difference::{Difference, Kind, MOST, quoted};
use super::words::letters;
use crate::compose::{Composition, Reading, SectionRole, Target, Text, canonical_line};
use crate::read::{Block, Contents, Lead, Paper, Return, Role, Spot};

/// What leads where.
#[derive(Debug, Clone, Default)]
pub(super) struct Aims {
    /// Names, each with the index of the block to which it leads.
    pub(super) anchors: BTreeMap<String, usize>,
    /// The references to notes in the order of the text, and those in the notes in the order of these.
    pub(super) marks: Vec<Mark>,
    pub(super) note_marks: Vec<Mark>,
    /// Those of blocks that begin with what says nothing: it stands somewhere before the block to which they lead.
    vague: BTreeSet<String>,
    /// Of each note, its number, its name, and the names to which it leads back.
    pub(super) notes: Vec<NoteAims>,
    /// The headings that contents list.
    contents: Vec<String>,
    /// All headings as bookmarks name them, by their canonical lines: two may differ by spaces alone.
    titles: BTreeMap<String, BTreeSet<String>>,
    /// The names of all references to notes, in the text and in notes.
    references: BTreeSet<String>,
}

/// A reference to a note.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    pub(super) shown: String,
    /// The name of the note, and that of this reference.
    pub(super) note: String,
    pub(super) reference: String,
}

/// What leads to a note, and back from it.
#[derive(Debug, Clone)]
pub(super) struct NoteAims {
    shown: String,
    anchor: String,
    backs: Vec<String>,
    /// Its letters, and the signs in it that nobody sees.
    says: String,
    unseen: Vec<char>,
    /// The ways back with what they show, the one from its number first.
    pub(super) returns: Vec<Return>,
    /// Whether the text refers to it.
    pub(super) is_cited: bool,
}

impl Aims {
    /// Of a composition whose blocks have these names.
    pub(super) fn of(
        composition: &Composition,
        mut anchors: BTreeMap<String, usize>,
        mut vague: BTreeSet<String>,
    ) -> Self {
        for section in &composition.sections {
            let heading = section.heading.as_ref().map(|heading| &heading.anchor);
            let first = heading.or_else(|| section.blocks.first().map(|block| &block.anchor));
            let at = first.and_then(|first| anchors.get(first.as_str()));
            if let Some(at) = at.copied().filter(|_| section.role != SectionRole::Summary) {
                if first.is_some_and(|first| vague.contains(first.as_str())) {
                    vague.insert(section.anchor.to_string());
                }
                anchors.entry(section.anchor.to_string()).or_insert(at);
            }
        }
        let texts = composition.walk_authored().texts();
        let texts = texts.map(|text| &composition[text]);
        let texts = texts.filter(|text| text.reading == Reading::Text);
        let marks: Vec<Mark> = texts.flat_map(|text| marks(composition, text)).collect();
        let cited: BTreeSet<&str> = marks.iter().map(|mark| mark.note.as_str()).collect();
        let notes = composition.notes.iter().map(|note| {
            let anchor = note.anchor.to_string();
            let back = &composition.words.back;
            // Nothing leads back to what is no part of the text.
            let is_cited = cited.contains(anchor.as_str());
            let first = is_cited.then(|| Return {
                to: note.reference.to_string(),
                words: note.mark.clone(),
                label: Some(canonical_line(&[&note.mark, " ", back].concat())),
            });
            let spans = composition[note.text].spans.iter();
            let others = spans.filter_map(|span| match &span.target {
                Some(Target::Back { reference, number }) => Some(Return {
                    to: reference.to_string(),
                    words: span.text.clone(),
                    label: Some(canonical_line(&[back, " ", number].concat())),
                }),
                _ => None,
            });
            let returns: Vec<Return> = first.into_iter().chain(others).collect();
            let words = composition[note.text].plain();
            NoteAims {
                shown: note.mark.clone(),
                anchor,
                backs: returns.iter().map(|own| own.to.clone()).collect(),
                says: letters(&words),
                unseen: unseen(&words),
                returns,
                is_cited,
            }
        });
        let contents = composition.contents().into_iter();
        let contents = contents.map(|heading| composition[heading.text].plain());
        let mut titles: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for heading in composition.walk().headings() {
            let title = composition[heading.text].plain();
            titles
                .entry(canonical_line(&title))
                .or_default()
                .insert(title);
        }
        let notes = notes.collect();
        let in_notes = composition.notes.iter().map(|note| &composition[note.text]);
        let note_marks: Vec<Mark> = in_notes
            .flat_map(|text| self::marks(composition, text))
            .collect();
        let references = marks.iter().chain(&note_marks);
        let references = references.map(|mark| mark.reference.clone());
        Self {
            references: references.collect(),
            note_marks,
            notes,
            contents: contents.map(|line| letters(&line)).collect(),
            titles,
            anchors,
            vague,
            marks,
        }
    }

    /// Whether a name is that of a reference to a note.
    pub(super) fn is_reference(&self, name: &str) -> bool {
        self.references.contains(name)
    }

    /// Whether a name is that of a note, counted from nothing, or of a reference in it.
    pub(super) fn is_note(&self, note: usize, name: &str) -> bool {
        let own = self.notes.get(note);
        own.is_some_and(|own| own.anchor == name) || self.references.contains(name)
    }

    /// Holds what leads elsewhere against this; `text` are the blocks that the source says, in its order.
    pub(super) fn hold(&self, contents: &Contents, text: &[Block], found: &mut Vec<Difference>) {
        let paper = &contents.paper;
        let mut own = Vec::new();
        self.bookmarks(contents, &mut own);
        // What a house puts above the text takes names and numbers that the composition gives to others.
        if contents.blocks.len() == text.len() {
            self.names(paper, text, &mut own);
        }
        self.marks(paper, &mut own);
        self.notes(contents, &mut own);
        self.contents(contents, &mut own);
        found.extend(own.into_iter().take(MOST));
    }

    /// Names lead to the blocks that they name.
    fn names(&self, paper: &Paper, text: &[Block], found: &mut Vec<Difference>) {
        for (name, at) in &self.anchors {
            let Some(spot) = text.get(*at).and_then(|block| block.spot) else {
                continue;
            };
            let aim = paper.destinations.get(name);
            // The cell that names a table may be empty, and what stands in the next one at its foot, or behind it.
            if self.vague.contains(name) && aim.is_some_and(|aim| aim.page <= spot.page) {
                continue;
            }
            misled(aim, spot, &format!("the name `{name}`"), found);
        }
    }

    /// Every reference shows the number of its note, leads to it, and is found by its own name.
    fn marks(&self, paper: &Paper, found: &mut Vec<Difference>) {
        if self.marks.len() != paper.marks.len() {
            return found.push(Difference {
                kind: Kind::Link,
                place: "the file".to_owned(),
                message: format!(
                    "it has {} links to notes, the source {}",
                    paper.marks.len(),
                    self.marks.len()
                ),
            });
        }
        let notes = self.notes.iter();
        let says: HashMap<&str, &NoteAims> =
            notes.map(|note| (note.anchor.as_str(), note)).collect();
        for (own, mark) in self.marks.iter().zip(&paper.marks) {
            let shown = letters(&mark.words);
            let mut say = |message: String| found.push(at(mark.spot, Kind::Link, message));
            if shown != letters(&own.shown) {
                say(format!(
                    "the mark of a note is {}, in the source {}",
                    quoted(&mark.words),
                    quoted(&own.shown)
                ));
            }
            if mark.to != own.note {
                say(format!(
                    "the mark {} leads to `{}` and not to its note",
                    quoted(&mark.words),
                    mark.to
                ));
            }
            if let Some((said, note)) = mark.said.as_ref().zip(says.get(own.note.as_str())) {
                let of_both = letters(said);
                let of_note = of_both.strip_prefix(&letters(&own.shown));
                let is_said = of_note.is_some_and(|of_note| match said.ends_with('…') {
                    true => note.says.starts_with(of_note),
                    false => note.says == of_note,
                });
                let is_said = is_said && note.unseen.starts_with(&unseen(said));
                if !is_said {
                    say(format!(
                        "the mark {} is described as {}, and its note says something else",
                        quoted(&mark.words),
                        quoted(said)
                    ));
                }
            }
            if let Some(spot) = mark.spot {
                let aim = paper.destinations.get(&own.reference);
                misled(aim, spot, &format!("the name `{}`", own.reference), found);
            }
        }
    }

    /// Every note shows its number and leads back to its references.
    fn notes(&self, contents: &Contents, found: &mut Vec<Difference>) {
        let paper = &contents.paper;
        for (index, (own, note)) in self.notes.iter().zip(&paper.notes).enumerate() {
            let spot = contents.notes.get(index).and_then(|block| block.spot);
            let mut say = |message: String| found.push(at(spot, Kind::Link, message));
            if letters(&note.label) != letters(&own.shown) {
                say(format!(
                    "the number of a note is {}, in the source {}",
                    quoted(&note.label),
                    quoted(&own.shown)
                ));
            }
            if note.id != own.anchor {
                say(format!(
                    "note {} has the identifier `{}` and not `{}`",
                    own.shown, note.id, own.anchor
                ));
            }
            if note.backs != own.backs {
                say(format!(
                    "note {} leads back to `{}` and not to `{}`",
                    own.shown,
                    note.backs.join("`, `"),
                    own.backs.join("`, `")
                ));
            }
            for (back, said) in own.returns.iter().zip(&note.said) {
                let label = letters(back.label.as_deref().unwrap_or_default());
                let described = letters(said);
                // That from its number is called by it already.
                let words = described.strip_suffix(&label);
                let is_own = |words: &str| words.is_empty() || words == letters(&back.words);
                if !words.is_some_and(is_own) {
                    say(format!(
                        "a way back from note {} is described as {}",
                        own.shown,
                        quoted(said)
                    ));
                }
            }
            if let Some(spot) = spot {
                let aim = paper.destinations.get(&own.anchor);
                misled(aim, spot, &format!("the name `{}`", own.anchor), found);
            }
        }
    }

    /// Every heading has a bookmark, under the one of the heading above it, that leads to it.
    fn bookmarks(&self, contents: &Contents, found: &mut Vec<Difference>) {
        let say = |title: &str, message: &str| Difference {
            kind: Kind::Heading,
            place: "the bookmarks".to_owned(),
            message: format!("{} {message}", quoted(title)),
        };
        let mut bookmarks = contents.paper.bookmarks.iter();
        let mut open: Vec<u8> = Vec::new();
        for heading in headings(&contents.blocks) {
            let Role::Heading(level) = heading.role else {
                continue;
            };
            while open.pop_if(|above| *above >= level).is_some() {}
            let depth = open.len();
            open.push(level);
            let line = heading.line();
            let Some(bookmark) = bookmarks.next() else {
                return found.push(say(&line, "has no bookmark"));
            };
            if unseen(&bookmark.title) != unseen(&heading.plain()) {
                found.push(say(&bookmark.title, "has signs that nobody sees"));
            }
            if canonical_line(&bookmark.title) != line {
                return found.push(say(
                    &bookmark.title,
                    &format!("stands where the heading {} is next", quoted(&line)),
                ));
            }
            // A heading of the house has none in the source.
            let titles = self.titles.get(&line);
            if titles.is_some_and(|titles| !titles.contains(&bookmark.title)) {
                found.push(say(&bookmark.title, "has other spaces than the source"));
            }
            if bookmark.depth != depth {
                found.push(say(
                    &line,
                    &format!(
                        "stands under {} others, its heading under {depth}",
                        bookmark.depth
                    ),
                ));
            }
            match (bookmark.leads, heading.spot) {
                (_, None) => {}
                (Some(leads), Some(spot)) if leads.is_just_at(&spot) => {}
                (Some(leads), Some(spot)) if leads.page != spot.page => found.push(say(
                    &line,
                    &format!(
                        "leads to page {}, its heading stands on page {}",
                        leads.page, spot.page
                    ),
                )),
                (Some(_), Some(_)) => {
                    found.push(say(&line, "leads to another height than its heading has"))
                }
                (None, Some(_)) => found.push(say(&line, "leads nowhere")),
            }
        }
        if let Some(more) = bookmarks.next() {
            found.push(say(
                &more.title,
                "is one bookmark more than there are headings",
            ));
        }
    }

    /// Contents list the headings with the pages on which they stand, and lead there.
    fn contents(&self, contents: &Contents, found: &mut Vec<Difference>) {
        let paper = &contents.paper;
        if paper.contents.is_empty() {
            return;
        }
        let say = |entry: &Lead, message: &str| {
            let message = format!(
                "the entry {} of the contents {message}",
                quoted(&entry.words)
            );
            at(entry.spot, Kind::Heading, message)
        };
        if paper.contents.len() != self.contents.len() {
            let message = format!(
                "the contents have {} entries where the source has {} headings to list",
                paper.contents.len(),
                self.contents.len()
            );
            let first = paper.contents.first().and_then(|entry| entry.spot);
            return found.push(at(first, Kind::Heading, message));
        }
        let mut headings = headings(&contents.blocks);
        for (entry, own) in paper.contents.iter().zip(&self.contents) {
            let shown = letters(&entry.words);
            let Some(label) = shown.strip_prefix(own.as_str()) else {
                found.push(say(entry, "is not that of the heading in the source"));
                continue;
            };
            let Some(heading) = headings.find(|heading| letters(&heading.line()) == *own) else {
                return;
            };
            let Some(spot) = heading.spot else { continue };
            let page = paper.labels.get(spot.page - 1).map(|label| letters(label));
            if page.as_deref() != Some(label) {
                found.push(say(entry, "names another page than that of its heading"));
            }
            if !paper
                .destinations
                .get(&entry.to)
                .is_some_and(|to| to.is_at(&spot))
            {
                found.push(say(entry, "leads elsewhere than to its heading"));
            }
        }
    }
}

/// The signs of a text that nobody sees, and that turn letters round or part words.
pub(super) fn unseen(text: &str) -> Vec<char> {
    let is_unseen = |c: &char| matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(is_unseen).collect()
}

fn headings(blocks: &[Block]) -> impl Iterator<Item = &Block> {
    let headings = blocks.iter();
    headings.filter(|block| matches!(block.role, Role::Heading(_)))
}

/// Tells where a name leads elsewhere than to where its thing stands.
fn misled(aim: Option<&Spot>, spot: Spot, what: &str, found: &mut Vec<Difference>) {
    let message = match aim {
        Some(aim) if aim.is_just_at(&spot) => return,
        Some(aim) if aim.page != spot.page => {
            format!("{what} leads to page {} and not here", aim.page)
        }
        Some(_) => format!("{what} leads to another height of the page"),
        None => format!("{what} is not there"),
    };
    found.push(at(Some(spot), Kind::Link, message));
}

fn at(spot: Option<Spot>, kind: Kind, message: String) -> Difference {
    Difference {
        kind,
        place: spot.map_or_else(
            || "the file".to_owned(),
            |spot| format!("page {}", spot.page),
        ),
        message,
    }
}

/// A name without the number that tells it from others of the same words.
pub(super) fn stem(name: &str) -> &str {
    match name.rsplit_once('_') {
        Some((stem, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => stem,
        _ => name,
    }
}

/// The references to notes in a text.
fn marks<'a>(composition: &'a Composition, text: &'a Text) -> impl Iterator<Item = Mark> {
    text.spans.iter().filter_map(|span| match &span.target {
        Some(Target::Note { note, reference }) => Some(Mark {
            shown: span.text.clone(),
            note: composition.notes[note.0 as usize].anchor.to_string(),
            reference: reference.to_string(),
        }),
        _ => None,
    })
}
