//! The labels of pages (ISO 32000-1, 12.4.2).

use hayro_syntax::object::{self, Dict, Name, Number, Object};

use super::strings;
use super::trees;

/// The labels of so many pages.
pub(super) fn labels(catalogue: &Dict<'_>, pages: usize) -> Vec<String> {
    let tree = catalogue.get::<Dict<'_>>("PageLabels");
    let mut ranges: Vec<(usize, Object<'_>)> = tree
        .iter()
        .flat_map(trees::numbers)
        .filter_map(|(from, range)| Some((usize::try_from(from).ok()?, range)))
        .collect();
    ranges.sort_by_key(|(from, _)| *from);
    let mut ranges = ranges.into_iter().peekable();
    let mut open = Range::plain();
    let labels = (0..pages).map(|page| {
        if let Some((from, range)) = ranges.next_if(|(from, _)| *from <= page) {
            open = Range::of(from, range);
        }
        open.label(page)
    });
    labels.collect()
}

/// Pages that are counted on from each other.
struct Range {
    from: usize,
    prefix: String,
    style: Option<String>,
    first: usize,
}

impl Range {
    /// Pages of which nothing is said.
    fn plain() -> Self {
        Self {
            from: 0,
            prefix: String::new(),
            style: Some("D".to_owned()),
            first: 1,
        }
    }

    fn of(from: usize, range: Object<'_>) -> Self {
        let Object::Dict(range) = range else {
            return Self::plain();
        };
        let first = range.get::<Number>("St").map(|first| first.as_i64());
        let prefix = range.get::<object::String<'_>>("P");
        Self {
            from,
            prefix: prefix.map_or_else(String::new, |prefix| strings::text(&prefix)),
            style: range
                .get::<Name<'_>>("S")
                .map(|style| style.as_str().to_owned()),
            first: first.map_or(1, |first| usize::try_from(first).unwrap_or(0)),
        }
    }

    fn label(&self, page: usize) -> String {
        let number = page.saturating_sub(self.from).saturating_add(self.first);
        match self.style.as_deref() {
            None => self.prefix.clone(),
            Some("D") => format!("{}{number}", self.prefix),
            // No edition counts in letters or in Roman numbers; the style is told by its name.
            Some(style) => format!("{}{number} ({style})", self.prefix),
        }
    }
}
