//! Tables that were written in another way than as a head and rows: the rows that stand there, for the lines to write.

use serde_json::Value;

use super::{Judge, Slot};
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::hints::{self, Scope, Within};
use crate::yaml::recover::is_scalar;
use crate::yaml::schema::required;
use crate::yaml::tree::{Entry, Node, NodeKind};

/// Whether a schema is that of tables.
pub(super) fn is_table(schema: &Value) -> bool {
    required(schema).any(|key| key == "header") && required(schema).any(|key| key == "rows")
}

impl<'a> Judge<'a> {
    /// The rows that stand in the place of a table, each as it is written, the head first.
    pub(super) fn rows(&self, node: &Node<'_>) -> Option<Vec<String>> {
        let rows = match &node.kind {
            NodeKind::Sequence(items) => self
                .rows_of(items, |item| self.drawn(item))
                .or_else(|| self.rows_of(items, |item| self.row(item)))
                .or_else(|| self.records(items)),
            NodeKind::Mapping(entries) => self.pairs(entries).or_else(|| self.columns(entries)),
            _ => None,
        };
        rows.filter(|rows| rows.len() > 1)
    }

    fn rows_of(
        &self,
        items: &[Node<'_>],
        row: impl Fn(&Node<'_>) -> Option<String>,
    ) -> Option<Vec<String>> {
        items.iter().map(row).collect()
    }

    /// A row with bars or commas between its cells.
    fn drawn(&self, item: &Node<'_>) -> Option<String> {
        let text = self.written(item);
        let signs: &[char] = match text.contains('|') {
            true => &['|'],
            false => &[',', ';', '\t'],
        };
        let is_row = is_scalar(item) && text.contains(signs) && !text.contains('\n');
        is_row.then(|| hints::row(text.trim_matches('|').split(signs)))
    }

    /// A row in brackets or with hyphens, perhaps with a key before it.
    fn row(&self, item: &Node<'_>) -> Option<String> {
        match &item.kind {
            NodeKind::Sequence(cells) if !cells.is_empty() && cells.iter().all(is_scalar) => {
                Some(hints::row(cells.iter().map(|cell| self.written(cell))))
            }
            NodeKind::Mapping(entries) => match entries.as_slice() {
                [one] if !is_scalar(&one.value) => self.row(&one.value),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether a list is one of cells.
    pub(super) fn is_row(&self, list: &'a Value) -> bool {
        self.holds(list, "string") && !self.holds(list, "object") && !self.holds(list, "array")
    }

    /// The cells of a mapping that stands for a row.
    pub(super) fn cells(&self, item: &Node<'_>) -> Option<String> {
        let NodeKind::Mapping(entries) = &item.kind else {
            return None;
        };
        let is_row = entries.len() > 1 && entries.iter().all(|entry| is_scalar(&entry.value));
        is_row.then(|| hints::row(entries.iter().map(|entry| self.written(&entry.value))))
    }

    /// Rows with the names of their columns for keys.
    fn records(&self, items: &[Node<'_>]) -> Option<Vec<String>> {
        let NodeKind::Mapping(first) = &items.first()?.kind else {
            return None;
        };
        let mut rows = vec![hints::row(first.iter().map(|entry| entry.key.as_ref()))];
        for item in items {
            rows.push(self.cells(item)?);
        }
        Some(rows)
    }

    /// Rows of two cells, the first for a key.
    fn pairs(&self, entries: &[Entry<'_>]) -> Option<Vec<String>> {
        let pair = |entry: &Entry<'_>| {
            let cells = [entry.key.as_ref(), self.written(&entry.value)];
            is_scalar(&entry.value).then(|| hints::row(cells.into_iter()))
        };
        entries.iter().map(pair).collect()
    }

    /// Columns with their heads for keys.
    fn columns(&self, entries: &[Entry<'_>]) -> Option<Vec<String>> {
        let cells = |entry: &Entry<'_>| match &entry.value.kind {
            NodeKind::Sequence(cells) if cells.iter().all(is_scalar) => Some(
                cells
                    .iter()
                    .map(|cell| self.written(cell))
                    .collect::<Vec<_>>(),
            ),
            _ => None,
        };
        let columns: Vec<Vec<&str>> = entries.iter().map(cells).collect::<Option<_>>()?;
        let length = columns.first()?.len();
        if columns.iter().any(|column| column.len() != length) {
            return None;
        }
        let mut rows = vec![hints::row(entries.iter().map(|entry| entry.key.as_ref()))];
        rows.extend((0..length).map(|row| hints::row(columns.iter().map(|column| column[row]))));
        Some(rows)
    }

    /// Tells of a table whose cells were written as keys; whether it is one.
    pub(super) fn is_table_of_keys(
        &mut self,
        node: &Node<'_>,
        entries: &[Entry<'_>],
        schema: &'a Value,
        place: &Slot<'_>,
    ) -> bool {
        let Some(known) = schema["properties"]
            .as_object()
            .filter(|_| is_table(schema))
        else {
            return false;
        };
        let names: Vec<&str> = known.keys().map(String::as_str).collect();
        let is_meant = |entry: &Entry<'_>| {
            let names_of = || names.iter().copied();
            hints::meant(&entry.key, names_of(), Scope::Mapping).is_some()
                || hints::synonym(&entry.key, &names, Scope::Mapping).is_some()
        };
        if entries.iter().any(is_meant) {
            return false;
        }
        let Some(rows) = self.rows(node) else {
            return false;
        };
        let at = entries.first().map(|entry| entry.key_span.clone());
        let message = format!(
            "{} has a `header` and `rows`, and here stand other keys",
            self.name(place)
        );
        let hint = hints::mapping_of_rows(self.schema, schema, Within::Key(place.key), "", rows);
        let problem = Diagnostic::error(Code::UnknownKey, message).at(at);
        self.problems.push(problem.hint(hint));
        true
    }
}
