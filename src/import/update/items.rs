//! New paragraphs in lists: items that go on with one, and paragraphs that go on with an item, however deep it stands.

use super::super::document::{self, Label, ListItem};
use super::super::draft::{Block, Item};
use super::super::into::line_start;
use super::super::source::{self, Last};
use super::unit::{Unit, What, item};
use super::{Desk, short};
use crate::diagnostic::{Edit, FieldPath};

impl Desk<'_> {
    /// Puts new paragraphs of lists in behind a unit of the source; whether they belong into lists there.
    pub(super) fn add_to_lists(&mut self, behind: usize, new: &[usize]) -> bool {
        let edited = self.edited;
        let of = |b: &usize| item(&edited.units[*b]);
        let Some(first) = new.first().and_then(of) else {
            return false;
        };
        let is_text = |b: &usize| {
            let unit = &edited.units[*b];
            !matches!(unit.what, What::Picture | What::Table)
                && of(b).is_some_and(|item| item.depth >= first.depth)
        };
        if !new.iter().all(is_text) {
            return false;
        }
        let origin = self.current.units[behind].origin.clone();
        if first.begins && self.belongs_below(new, first) {
            let next = self.current.units.get(behind + 1);
            let next = next.map(|next| next.origin.clone());
            if let Some(head) = next.and_then(|next| head_of(&next, first)) {
                return self.add_items_before(&head, new, first.depth);
            }
        }
        // A list in an item of one that stands above belongs to that item.
        let Some(depth) = lists(&origin).checked_sub(1) else {
            return false;
        };
        let depth = depth.min(first.depth);
        let begins = |b: &usize| of(b).is_some_and(|item| item.begins && item.depth == depth);
        let own = new.iter().position(begins).unwrap_or(new.len());
        let (own, others) = new.split_at(own);
        let Some(path) = item_at(&origin, depth) else {
            return false;
        };
        let is_in = (own.is_empty() || self.add_to_item(&path, behind, own, depth))
            && (others.is_empty() || self.add_items_behind(&path, behind, others, depth));
        if !is_in {
            let unit = &edited.units[new[0]];
            let message = format!(
                "“{}” is new in the edition; put it in by hand",
                short(&unit.line)
            );
            self.tell(&unit.place, message);
        }
        true
    }

    /// Whether new items belong to the list of what stands below them in the edition, and not to one above.
    fn belongs_below(&self, new: &[usize], first: &ListItem) -> bool {
        let units = &self.edited.units;
        let is_of = |unit: &Unit| {
            item(unit).is_some_and(|item| item.list == first.list && item.depth == first.depth)
        };
        let above = units[..new[0]].iter().rev();
        let mut above = above.take_while(|unit| item(unit).is_some());
        let goes_on = above.any(is_of);
        let last = new.last().copied().unwrap_or_default();
        !goes_on && units.get(last + 1).is_some_and(is_of)
    }

    /// New items before the first of a list.
    fn add_items_before(&mut self, head: &FieldPath, new: &[usize], depth: usize) -> bool {
        let Some(line) = self.line(head) else {
            return false;
        };
        let lines = self.entries(new, depth, line.column, head, Last::Closed);
        self.insert(line.start, &lines);
        true
    }

    /// New items behind the one that holds a unit of the source; whether they could be put in. What follows the unit in its item
    /// goes on with the last of the new ones.
    fn add_items_behind(
        &mut self,
        path: &FieldPath,
        behind: usize,
        new: &[usize],
        depth: usize,
    ) -> bool {
        let Some(line) = self.line(path) else {
            return false;
        };
        if !self.goes_on(path, behind) {
            let lines = self.entries(new, depth, line.column, path, Last::Closed);
            self.insert(line.end, &lines);
            return true;
        }
        let child = child_of(path, &self.current.units[behind].origin);
        let Some((_, index)) = child.filter(|(child, _)| !self.goes_on(child, behind)) else {
            return false;
        };
        // Its lines are those of the new item where they stand in as far.
        let next = self.line(&path.index(index + 1));
        let Some(next) = next.filter(|next| next.column == line.column + 2) else {
            return false;
        };
        let lines = self.entries(new, depth, line.column, path, Last::GoesOn);
        self.insert(next.start, &lines);
        true
    }

    /// New blocks of an item behind a unit of the source that stands in it; whether they could be put in.
    fn add_to_item(
        &mut self,
        path: &FieldPath,
        behind_unit: usize,
        new: &[usize],
        depth: usize,
    ) -> bool {
        let origin = self.current.units[behind_unit].origin.clone();
        if let Some((child, _)) = child_of(path, &origin) {
            let line = self
                .line(&child)
                .filter(|_| !self.goes_on(&child, behind_unit));
            let Some(line) = line else { return false };
            let blocks = self.blocks_of(new, depth);
            let lines = source::items(&self.items_of(&blocks, path), line.column);
            self.insert(line.end, &lines);
            return true;
        }
        // An item of one block becomes one of several.
        let place = self.loaded.source.places.get(path).cloned();
        let (Some(line), Some(place)) = (self.line(path), place) else {
            return false;
        };
        let text = self.loaded.source.text.clone();
        // What stands behind the hyphen, the sign of a text of several lines too.
        let hyphen = line.start + line.column;
        let behind = text[hyphen..].trim_start_matches('-');
        let start = text.len() - behind.trim_start_matches(' ').len();
        let is_beside = line_start(&text, place.span.start) == line.start
            || text[start..].starts_with(['>', '|']);
        let is_one = text[hyphen..start].trim() == "-" && is_beside;
        if self.goes_on(path, behind_unit) || !is_one {
            return false;
        }
        let blocks = self.blocks_of(new, depth);
        let column = line.column + 2;
        self.push(Edit::new(start..start, "- "));
        let mut at = line.start;
        while let Some(end) = text[at..line.end].find('\n') {
            at += end + 1;
            if at < line.end && !text[at..line.end].starts_with(['\n', '\r']) {
                self.push(Edit::new(at..at, "  "));
            }
        }
        let lines = source::items(&self.items_of(&blocks, path), column);
        self.insert(line.end, &lines);
        true
    }

    /// Whether anything of an item, or of a block in it, stands behind a unit of the source.
    fn goes_on(&self, path: &FieldPath, behind: usize) -> bool {
        let next = self.current.units.get(behind + 1);
        next.is_some_and(|next| is_within(&next.origin, path))
    }

    /// New items as lines of the source.
    fn entries(
        &mut self,
        new: &[usize],
        depth: usize,
        column: usize,
        origin: &FieldPath,
        last: Last,
    ) -> String {
        let blocks = self.items_in(new, depth, 0);
        let items = self.items_of(&blocks, origin);
        let lists = items.into_iter().map(|item| match item.block {
            Block::List { items, .. } => items,
            block => vec![vec![Item::from(block)]],
        });
        let entries: Vec<Vec<Item>> = lists.flatten().collect();
        source::entries(&entries, column, last)
    }

    /// New paragraphs as blocks of an item at a depth of lists: those of that depth are its own, what stands deeper lists in it.
    fn blocks_of(&mut self, new: &[usize], depth: usize) -> Vec<document::Block> {
        self.items_in(new, depth + 1, depth + 1)
    }

    /// Units as paragraphs of lists that are not so deep; those above that depth are in none.
    fn items_in(&mut self, new: &[usize], less: usize, least: usize) -> Vec<document::Block> {
        let edited = self.edited;
        let mut blocks = Vec::new();
        for b in new {
            let Some(document::Block::Paragraph(mut paragraph)) = self.block(&edited.units[*b])
            else {
                continue;
            };
            let item = paragraph.item.take().filter(|item| item.depth >= least);
            paragraph.item = item.map(|item| ListItem {
                depth: item.depth - less.min(item.depth),
                ..item
            });
            blocks.push(document::Block::Paragraph(paragraph));
        }
        blocks
    }
}

/// In how many lists a field stands.
fn lists(path: &FieldPath) -> usize {
    path.as_str().matches(".list[").count() + path.as_str().matches(".numbered[").count()
}

/// Whether a field is an item of a list.
fn is_item(path: &FieldPath) -> bool {
    path.parent().is_some_and(|parent| {
        parent.as_str().ends_with(".list") || parent.as_str().ends_with(".numbered")
    })
}

/// The item around a field, or itself, that stands in so many lists around its own.
fn item_at(path: &FieldPath, depth: usize) -> Option<FieldPath> {
    let mut at = Some(path.clone());
    while let Some(path) = at {
        if is_item(&path) && lists(&path) == depth + 1 {
            return Some(path);
        }
        at = path.parent();
    }
    None
}

/// The first item of a list of a kind and a depth, with which a field begins.
fn head_of(path: &FieldPath, item: &ListItem) -> Option<FieldPath> {
    let head = item_at(path, item.depth)?;
    let key = match item.label {
        Label::Bullet => ".list[0]",
        Label::Number(_) => ".numbered[0]",
    };
    let rest = path.as_str().strip_prefix(head.as_str())?;
    let begins = rest.is_empty() || rest.starts_with("[0]");
    (head.as_str().ends_with(key) && begins).then_some(head)
}

/// Whether a field is another, or stands in it.
fn is_within(path: &FieldPath, other: &FieldPath) -> bool {
    let rest = path.as_str().strip_prefix(other.as_str());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['[', '.']))
}

/// The block of an item that holds a field, and its number; none of an item that is one block.
fn child_of(path: &FieldPath, origin: &FieldPath) -> Option<(FieldPath, usize)> {
    let rest = origin.as_str().strip_prefix(path.as_str())?;
    let index = rest.strip_prefix('[')?.split(']').next()?;
    let index = index.parse().ok()?;
    Some((path.index(index), index))
}
