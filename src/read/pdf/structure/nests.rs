//! Where blocks stand among the elements around them.

use super::super::super::paper::{ListLabels, Nest};
use super::roles::{Around, Part, part};

/// Follows the elements that are open.
#[derive(Debug, Default)]
pub(super) struct Nests {
    /// Whether a section in a section is a figure with its caption, as in PDF 2.0: what PDF 1.7 has a group for.
    has_groups: bool,
    /// The elements that are open, each with its role and a number of its own; lines of text have none.
    open: Vec<Option<(String, u64)>>,
    /// Which way the lines of each of them run, where it says so.
    turned: Vec<Option<String>>,
    next: u64,
    /// The numbers of the elements around the last block of the text.
    last: Vec<u64>,
    lists: Vec<ListLabels>,
    /// The lists that are open.
    listed: Vec<usize>,
}

impl Nests {
    /// Those of a tree of PDF 2.0, or of PDF 1.7.
    pub(super) fn of(is_2: bool) -> Self {
        Self {
            has_groups: is_2,
            ..Self::default()
        }
    }

    /// An element of a standard role begins.
    pub(super) fn open(
        &mut self,
        standard: &str,
        list: Option<ListLabels>,
        turned: Option<String>,
    ) {
        self.turned.push(turned);
        let is_line = matches!(part(standard, Around::default()), Part::Inline);
        self.next += 1;
        let is_group = self.has_groups && standard == "Sect" && self.is_in(&["Sect"]);
        let role = if is_group { "Div" } else { standard };
        self.open
            .push((!is_line).then(|| (role.to_owned(), self.next)));
        if let Some(list) = list {
            self.listed.push(self.lists.len());
            self.lists.push(list);
        }
    }

    /// The innermost element ends.
    pub(super) fn close(&mut self) {
        self.turned.pop();
        if let Some(Some((role, _))) = self.open.pop()
            && role == "L"
        {
            self.listed.pop();
        }
    }

    /// An item of the innermost list has this label.
    pub(super) fn label(&mut self, label: String) {
        if let Some(list) = self.listed.last().and_then(|at| self.lists.get_mut(*at)) {
            list.labels.push(label);
        }
    }

    /// Where a block stands that begins here.
    pub(super) fn nest(&mut self, is_note: bool) -> Nest {
        let open = self.open.iter().flatten();
        let numbers: Vec<u64> = open.clone().map(|(_, number)| *number).collect();
        let shared = numbers.iter().zip(&self.last);
        let shared = shared.take_while(|(own, last)| own == last).count();
        let path = open.map(|(role, _)| role.clone()).collect();
        if !is_note {
            self.last = numbers;
        }
        // That of the document is the way of the file.
        let turned = self.turned.iter().skip(1).rev().flatten().next();
        Nest {
            path,
            shared,
            turned: turned.cloned(),
        }
    }

    /// Whether an element stands in an entry of contents.
    pub(super) fn is_entry(&self) -> bool {
        let roles: Vec<&str> = self
            .open
            .iter()
            .flatten()
            .map(|(role, _)| role.as_str())
            .collect();
        matches!(roles[..], [.., "TOC", "TOCI"] | [.., "TOC", "TOCI", "P"])
    }

    /// Whether what is open stands in a section, and in no note of it.
    pub(super) fn is_in_section(&self) -> bool {
        self.is_in(&["Sect"]) && !self.is_in(&["Note", "FENote"])
    }

    fn is_in(&self, wanted: &[&str]) -> bool {
        let mut roles = self.open.iter().flatten();
        roles.any(|(role, _)| wanted.contains(&role.as_str()))
    }

    pub(super) fn into_lists(self) -> Vec<ListLabels> {
        self.lists
    }
}
