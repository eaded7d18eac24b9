//! People who are new in an edition.

use super::super::document::Role;
use super::super::draft::{Contributor, Value};
use super::super::source;
use super::moves::Moved;
use super::unit::What;
use super::{Desk, short};
use crate::diagnostic::FieldPath;

impl Desk<'_> {
    /// People who are new behind those of the source.
    pub(super) fn add_people(
        &mut self,
        behind: Option<usize>,
        person: &FieldPath,
        new: &[usize],
        moved: &Moved,
    ) {
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
            if let Some(whole) = self.moved_person(*first, own, moved, line.column) {
                lines += &whole;
                continue;
            }
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
                blocks.extend(self.block(unit));
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
}
