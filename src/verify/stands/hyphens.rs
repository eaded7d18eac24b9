//! Where the hyphens stand that part words: one behind a line, and nowhere else.

use std::collections::{BTreeMap, BTreeSet};

use super::{Grounds, Tell, Text};
use crate::read::{Block, DrawnLine};

/// So near stands a hyphen to the letters before it, as a part of their size.
const NEAR: f64 = 0.3;
/// So far may it stand above or below them, which may be raised.
const RAISED: f64 = 0.5;
/// A page has at most so many lines.
const MOST_LINES: usize = 2_000;

impl Grounds<'_> {
    /// Holds the hyphens of a piece all of whose words run one way: where they run both, a line may end inside itself.
    pub(super) fn hyphens(&self, (text, _): Text<'_>, notes: &[Block], tell: &mut Tell<'_>) {
        let Some(first) = text.first() else { return };
        if self.is_back() || self.has_others() || self.paper.hyphens.is_empty() {
            return;
        }
        let lines = text.iter().chain(notes).flat_map(|block| &block.lines);
        let mut pages: BTreeMap<usize, Vec<&DrawnLine>> = BTreeMap::new();
        for line in lines {
            pages.entry(line.page).or_default().push(line);
        }
        if pages.values().any(|lines| lines.len() > MOST_LINES) {
            return;
        }
        let mut seen = BTreeSet::new();
        for hyphen in self
            .paper
            .hyphens
            .iter()
            .filter(|own| self.is_upright(own.page))
        {
            let mut lines = pages.get(&hyphen.page).into_iter().flatten();
            let ends_line = lines.any(|line| {
                let within =
                    |apart: i64, share: f64| apart.abs() as f64 <= share * line.size as f64;
                within(line.base - hyphen.base, RAISED) && within(line.right - hyphen.left, NEAR)
            });
            let is_new = seen.insert((hyphen.page, hyphen.base, hyphen.left));
            if !(is_new && ends_line) {
                return tell(
                    first,
                    hyphen.page,
                    "a hyphen stands elsewhere than behind a line",
                );
            }
        }
    }
}
