//! What stands elsewhere in the edition: the lines of its block go with it, with all that Word does not show.

use std::collections::{BTreeMap, BTreeSet};

use super::Desk;
use super::places::{block_of, person_of};
use crate::diagnostic::FieldPath;

/// Units of the edition with those of the source that they were.
pub(super) type Moved = BTreeMap<usize, usize>;

impl Desk<'_> {
    /// The lines of a block that stands elsewhere now, at another column, and how many of the new units it is; none where a part of
    /// it is not there, or says something else.
    pub(super) fn moved_block(
        &mut self,
        new: &[usize],
        moved: &Moved,
        column: usize,
    ) -> Option<(String, usize)> {
        let first = *moved.get(new.first()?)?;
        let origin = &self.current.units[first].origin;
        let paths = block_of(origin).into_iter().chain([origin.clone()]);
        let found: Vec<FieldPath> = paths.collect();
        found.iter().find_map(|path| {
            let own: Vec<usize> = self.inside(path).collect();
            let taken = new.get(..own.len())?;
            self.are_same(&own, taken, moved).then_some(())?;
            let lines = self.lines_at(path, column)?;
            self.carried.insert(path.clone());
            Some((lines, own.len()))
        })
    }

    /// The lines of a person whose whole statement stands elsewhere now.
    pub(super) fn moved_person(
        &mut self,
        name: usize,
        statement: &[usize],
        moved: &Moved,
        column: usize,
    ) -> Option<String> {
        let first = *moved.get(&name)?;
        let person = person_of(&self.current.units[first].origin)?;
        // What stands at the end of editions is where it was.
        let is_head = |at: &usize| {
            let path = self.current.units[*at].origin.as_str();
            !path.contains("].bio") && !path.contains("].portrait")
        };
        let own: Vec<usize> = self.inside(&person).filter(is_head).collect();
        let new: Vec<usize> = [name]
            .into_iter()
            .chain(statement.iter().copied())
            .collect();
        if own.len() != new.len() || !self.are_same(&own, &new, moved) {
            return None;
        }
        let lines = self.lines_at(&person, column)?;
        self.carried.insert(person);
        Some(lines)
    }

    /// The units of the source that stand in a field.
    fn inside(&self, path: &FieldPath) -> impl Iterator<Item = usize> {
        let units = &self.current.units;
        let path = path.as_str();
        (0..units.len()).filter(move |at| {
            let rest = units[*at].origin.as_str().strip_prefix(path);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        })
    }

    /// Whether units of the edition are those of the source, all in their order, and nothing of them changed.
    fn are_same(&self, own: &[usize], new: &[usize], moved: &Moved) -> bool {
        let all: BTreeSet<usize> = own.iter().copied().collect();
        all.len() == own.len()
            && own.iter().zip(new).all(|(a, b)| {
                moved.get(b) == Some(a) && !self.current.units[*a].differs(&self.edited.units[*b])
            })
    }

    /// The lines of an item as they stand, so far in.
    fn lines_at(&self, path: &FieldPath, column: usize) -> Option<String> {
        let line = self.line(path)?;
        let lines = &self.request.text[line.start..line.end];
        let lines = match lines.ends_with('\n') {
            true => lines.to_owned(),
            false => format!("{lines}\n"),
        };
        Some(reindented(&lines, line.column, column))
    }
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
