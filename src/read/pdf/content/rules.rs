//! Rules that are drawn on a page.

use super::Reader;
use crate::read::paper::DrawnRule;

/// So many rules are more than the pages of any edition have.
const MOST: usize = 20_000;

impl Reader<'_> {
    /// A rule is drawn: one that its theme has.
    pub(super) fn rule(&mut self) {
        let is_ground = self.open.last().is_some_and(|marked| marked.is_ground);
        if let Some(need) = self.sight.rule().filter(|_| !is_ground) {
            let what = "a rule is drawn on it, which its theme has not";
            self.strange.insert((what.to_owned(), Some(need)));
            let rule = self.sight.drawn_rule();
            if self.rules.len() < MOST {
                self.rules.extend(rule.map(|rule| DrawnRule {
                    page: self.number,
                    ..rule
                }));
            }
        }
    }
}
