//! The steps of an editor as edits of the source's text: values that change, items that go, come and move, questions.

use std::collections::{HashMap, VecDeque};

use super::super::document::{Comment, Role};
use super::super::draft::Block;
use super::super::languages;
use super::super::links;
use super::super::queries::query;
use super::super::source;
use super::merge::Step;
use super::moves::Moved;
use super::places::block_of;
use super::unit::Seen;
use super::unit::{Unit, What};
use super::{Desk, short};
use crate::compose::canonical_line;
use crate::diagnostic::{Edit, ValueStyle};
use crate::read::{Link, Look, Span};

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
        let moved = self.moved(steps, &gone);
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

    /// What is gone here and new there was moved.
    fn moved(&self, steps: &[Step], gone: &[usize]) -> Moved {
        // What makes two units the same; who is gone first is found first.
        fn key(unit: &Unit) -> (&str, Option<Seen>, bool) {
            (&unit.line, unit.seen, unit.what == What::Note)
        }
        let mut left: HashMap<_, VecDeque<usize>> = HashMap::new();
        for a in gone {
            let own = left.entry(key(&self.current.units[*a])).or_default();
            own.push_back(*a);
        }
        let mut moved = Moved::new();
        for step in steps {
            let Step::Added(_, new) = step else { continue };
            for b in new {
                let own = left.get_mut(&key(&self.edited.units[*b]));
                if let Some(from) = own.and_then(VecDeque::pop_front) {
                    moved.insert(*b, from);
                }
            }
        }
        moved
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
        match old.what {
            What::Table => return self.change_table(old, new),
            What::Picture => return self.change_picture(a, b),
            _ => {}
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

    /// A paragraph that is a heading now, a heading that is none any more, or one of another level.
    fn became(&mut self, a: usize, b: usize) {
        let (current, edited) = (self.current, self.edited);
        let (old, new) = (&current.units[a], &edited.units[b]);
        if old.what != What::Heading && new.what != What::Heading {
            return;
        }
        let path = old.origin.as_str();
        let top = match path.starts_with("introduction") {
            true => 2,
            false => 3,
        };
        let before = match path {
            _ if path.ends_with(".heading") => "heading: ",
            _ if path.ends_with(".subheading") => "subheading: ",
            _ if block_of(&old.origin).as_ref() == Some(&old.origin) => "",
            _ => return,
        };
        let after = match new.paragraph.role {
            Role::Heading(level) if level > top => "subheading: ",
            Role::Heading(_) => "heading: ",
            // Where no heading stands before it, a subheading is a level higher.
            _ if new.what == What::Heading => return,
            _ => "",
        };
        // A lone subheading stands on the level of a heading.
        if before == after || (before == "subheading: " && after == "heading: ") {
            return;
        }
        // A name in the midst of a statement would be another person.
        let is_name = matches!(new.paragraph.role, Role::Heading(level) if level < top);
        match self.rename_block(old, before, after).filter(|_| !is_name) {
            Some(edit) => self.push(edit),
            None => {
                let what = match after {
                    "" => "no heading",
                    _ => "a heading",
                };
                let message = format!(
                    "“{}” is {what} in the edition; change that by hand",
                    short(&new.line)
                );
                self.tell(&new.place, message);
            }
        }
    }

    /// The edit that makes a block of one line another.
    fn rename_block(&self, old: &Unit, before: &str, after: &str) -> Option<Edit> {
        let source = &self.loaded.source;
        let place = source.places.get(&old.origin)?;
        let is_line = !matches!(place.style, ValueStyle::Literal | ValueStyle::Folded)
            && !source.text[place.span.clone()].contains('\n');
        let lead = &source.text[..place.span.start];
        let hyphen = lead.strip_suffix(before)?;
        let in_line = hyphen.ends_with("- ");
        // The space before it, so that the words themselves can change as well.
        (is_line && in_line)
            .then(|| Edit::new(hyphen.len() - 1..place.span.start, format!(" {after}")))
    }

    /// What readers remarked on a unit becomes questions behind its block.
    fn questions(&mut self, a: usize, b: usize) {
        let comments: Vec<Comment> = self.edited.units[b].comments.clone();
        if comments.is_empty() {
            return;
        }
        let origin = self.current.units[a].origin.clone();
        let place = self.edited.units[b].place.clone();
        for comment in comments {
            let text = query(&comment);
            if self.is_said(&text) {
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
