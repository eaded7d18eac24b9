//! Where an item is meant to begin whose indent is no white space of YAML's: in the column of the items beside it.
//!
//! How wide a tab is nobody can know. One column too far in, YAML makes one text of the item and of the one above it, and two
//! thoughts become one.

use std::ops::Range;

use super::lines::Beginning;
use crate::yaml::wide_colons;

/// The key that contributors begin with.
const CONTRIBUTOR: &str = "name";

/// Where a line is meant to begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meant {
    Surely(usize),
    Perhaps(usize),
}

/// A column in which an item or a key may begin.
#[derive(Debug)]
struct Open<'t> {
    column: usize,
    is_item: bool,
    /// The key behind an item's hyphen.
    key: &'t str,
}

/// The columns that are open while lines are passed from the first on.
#[derive(Debug, Default)]
pub(super) struct OpenItems<'t> {
    /// Each further in than those before it.
    open: Vec<Open<'t>>,
    /// The least column for the items of a list that the line above begins.
    list: Option<usize>,
    /// From where to where the last item was moved; what belongs to it goes along.
    moved: Option<(usize, usize)>,
}

impl<'t> OpenItems<'t> {
    /// Where a line is meant to begin that stands in a column by its look.
    pub(super) fn meant(&mut self, column: usize, line: &Beginning, content: &'t str) -> Meant {
        if let Some((from, to)) = self.moved.filter(|(from, _)| column > *from) {
            return Meant::Surely(column + to - from);
        }
        self.moved = None;
        if line.hyphens.is_empty() {
            return Meant::Surely(column);
        }
        let meant = self.item(column, key_of_item(line, content));
        if let Meant::Surely(to) = meant
            && to != column
        {
            self.moved = Some((column, to));
        }
        meant
    }

    /// The column of an item.
    fn item(&self, column: usize, key: &str) -> Meant {
        let begins_list = self.list.is_some_and(|least| column >= least);
        let items = || self.open.iter().filter(|open| open.is_item);
        if begins_list || items().any(|item| item.column == column) {
            return Meant::Surely(column);
        }
        let has_siblings = !key.is_empty() && items().any(|item| item.key == key);
        // A contributor is no text, nor stands one among contributors.
        let may_be_beside = |item: &&Open<'_>| match has_siblings {
            true => item.key == key,
            false => item.key != CONTRIBUTOR,
        };
        let columns = || items().filter(may_be_beside).map(|item| item.column);
        match columns().min_by_key(|own| (own.abs_diff(column), *own)) {
            None => Meant::Perhaps(column),
            Some(only) if columns().nth(1).is_none() => Meant::Surely(only),
            Some(nearest) => Meant::Perhaps(nearest),
        }
    }

    /// Whether an item may begin in a column.
    pub(super) fn has_room(&self, column: usize) -> bool {
        let mut items = self.open.iter().filter(|open| open.is_item);
        self.list.is_some_and(|least| column >= least) || items.any(|item| item.column == column)
    }

    /// Passes a line that is indented with spaces.
    pub(super) fn pass_where_it_stands(
        &mut self,
        column: usize,
        line: &Beginning,
        content: &'t str,
    ) {
        self.moved = self.moved.filter(|(from, _)| column > *from);
        self.pass(column, line, content);
    }

    /// Passes a line that begins in a column.
    pub(super) fn pass(&mut self, column: usize, line: &Beginning, content: &'t str) {
        self.list = None;
        let last = line.hyphens.last();
        let key = key(line, content);
        if last.is_none() && key.is_none() {
            return;
        }
        let inside = |byte: usize| column + content[..byte].chars().count();
        while self.open.pop_if(|open| open.column >= column).is_some() {}
        for hyphen in &line.hyphens {
            let of_item = match Some(hyphen) == last {
                true => key_of_item(line, content),
                false => "",
            };
            self.open.push(Open {
                column: inside(*hyphen),
                is_item: true,
                key: of_item,
            });
        }
        if let Some(key) = &key {
            self.open.push(Open {
                column: inside(key.start),
                is_item: false,
                key: "",
            });
        }
        let value = content.get(line.value..).unwrap_or_default();
        let is_alone = value.is_empty() || value.starts_with('#');
        if is_alone || content.ends_with(wide_colons::COLON) {
            let key = key.map(|key| inside(key.start));
            self.list = key.or_else(|| last.map(|hyphen| inside(*hyphen) + 1));
        }
    }
}

/// The key of a line, which may end in the colon of other keyboards.
fn key(line: &Beginning, content: &str) -> Option<Range<usize>> {
    let key = line.key.clone();
    key.or_else(|| wide_colons::key(content))
}

/// The key behind the hyphens of a line.
fn key_of_item<'t>(line: &Beginning, content: &'t str) -> &'t str {
    let key = key(line, content).and_then(|key| content.get(key));
    key.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::lines::Lines;
    use super::*;

    /// Where the last line is meant to begin, which stands in a column by its look.
    fn meant(above: &str, last: &str, column: usize) -> Meant {
        let text = format!("{above}{last}");
        let lines = Lines::of(&text);
        let mut open = OpenItems::default();
        let number = lines.len() - 1;
        for above in 0..number {
            let line = lines.beginning(above, |_| false);
            open.pass(lines.column(above), &line, lines.content(above));
        }
        let line = lines.beginning(number, |_| false);
        open.meant(column, &line, lines.content(number))
    }

    #[test]
    fn an_item_begins_in_the_column_of_those_beside_it() {
        let piece = "contributors:\n  - name: A\n    statement:\n      - one\n";
        assert_eq!(meant(piece, "- four", 8), Meant::Surely(6));
        assert_eq!(meant(piece, "- four", 6), Meant::Surely(6));
        assert_eq!(meant(piece, "- four", 4), Meant::Surely(6));
        assert_eq!(meant(piece, "- name: B", 8), Meant::Surely(2));
        assert_eq!(meant(piece, "goes on", 8), Meant::Surely(8));
        let nested = format!("{piece}      - list:\n          - a\n");
        assert_eq!(meant(&nested, "- b", 8), Meant::Perhaps(6));
        let table = format!("{piece}      - table:\n          rows:\n            - a, b\n");
        assert_eq!(meant(&table, "- five", 8), Meant::Perhaps(6));
        assert_eq!(meant("title: x\n", "- b", 8), Meant::Perhaps(8));
    }

    #[test]
    fn a_list_begins_wherever_its_key_leaves_room() {
        let key = "contributors:\n  - name: A\n    statement:\n";
        assert_eq!(meant(key, "- one", 8), Meant::Surely(8));
        assert_eq!(meant(key, "- one", 4), Meant::Surely(4));
        assert_eq!(meant("a:\n  -\n", "- b", 8), Meant::Surely(8));
        assert_eq!(
            meant("contributors：\n", "- name：李伟", 2),
            Meant::Surely(2)
        );
    }

    #[test]
    fn what_belongs_to_an_item_goes_along() {
        let text = "- name: A\n- name: B\n  statement:\n";
        let lines = Lines::of(text);
        let mut open = OpenItems::default();
        let mut columns = Vec::new();
        for (number, column) in [(0, 0), (1, 8), (2, 10)] {
            let line = lines.beginning(number, |_| false);
            let content = lines.content(number);
            let (Meant::Surely(meant) | Meant::Perhaps(meant)) = open.meant(column, &line, content);
            open.pass(meant, &line, content);
            columns.push(meant);
        }
        assert_eq!(columns, [0, 0, 2]);
    }
}
