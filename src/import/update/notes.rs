//! Notes of the edition under their names in the source, and those that are new or gone.

use std::collections::BTreeSet;

use super::super::docx::lost_note;
use super::super::into::{line_end, line_start};
use super::super::source;
use super::Desk;
use super::merge::Step;
use super::unit::{Unit, What};
use crate::compose::{Composition, canonical_line};
use crate::diagnostic::{Edit, FieldPath};
use crate::load::edited;

impl Desk<'_> {
    /// Gives the notes of the edition their names in the source.
    /// `made_of` is what the edition was made of.
    pub(super) fn name_notes(&mut self, steps: &[Step], made_of: &Composition) {
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
        // A reference to a note that stood elsewhere, and is gone there.
        for note in &made_of.notes {
            let field = &made_of[note.text].origin;
            if let Some(name) = field.as_str().strip_prefix("notes.") {
                let lost = lost_note(note.reference.as_str());
                known.insert(lost, name.to_owned());
            }
        }
        self.notes = known;
    }

    /// Writes the notes that are new.
    pub(super) fn put_notes(&mut self) {
        let notes = self.new_notes.clone();
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

    /// Takes out the notes that are gone in the edition, but for those that the source refers to still: of two references a
    /// Word file shows the second as a field, and the note goes with the first.
    pub(super) fn remove_notes(&mut self) {
        let text = edited(&self.loaded.source.text, &self.edits);
        let is_needed = |path: &FieldPath| {
            let name = path.as_str().strip_prefix("notes.").unwrap_or_default();
            text.contains(&format!("[^{name}]"))
        };
        let gone = std::mem::take(&mut self.gone_notes);
        let (kept, gone): (BTreeSet<FieldPath>, BTreeSet<FieldPath>) =
            gone.into_iter().partition(is_needed);
        self.kept_notes = kept;
        let all = FieldPath::root().key("notes");
        let places = &self.loaded.source.places;
        let count = (places.keys()).filter(|path| path.parent().as_ref() == Some(&all));
        if !gone.is_empty() && self.new_notes.is_empty() && count.count() == gone.len() {
            return self.remove_items(&BTreeSet::from([all]), "");
        }
        for path in gone {
            self.remove_note(&path);
        }
    }

    /// Takes a note out.
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
}
