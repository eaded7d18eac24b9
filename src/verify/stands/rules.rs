//! Where rules stand: across the text or a part of it, under the title block, above notes, and around the rows of tables.

use std::collections::BTreeSet;

use super::{BASELINE, Grounds, SLACK, Tell, Text, is_cell, points};
use crate::compose::Kind;
use crate::read::{BesideKind, Block, DrawnRule};

/// The rule above notes is so wide, as a part of the measure, and stands so far above them in lines of the grid.
const NOTES: (f64, f64) = (0.2, 0.4);

/// A rule in points.
#[derive(Debug, Clone, Copy)]
struct Ruled {
    page: usize,
    low: [f64; 2],
    high: [f64; 2],
}

impl Ruled {
    fn of(rule: &DrawnRule) -> Self {
        let points = |of: [i64; 2]| of.map(|at| at as f64 / 1000.0);
        Self {
            page: rule.page,
            low: points(rule.low),
            high: points(rule.high),
        }
    }

    fn wide(&self) -> f64 {
        self.high[0] - self.low[0]
    }

    fn thick(&self) -> f64 {
        self.high[1] - self.low[1]
    }
}

/// Whether rules are as thick as each other.
fn is_thick(one: f64, other: f64) -> bool {
    other > 0.0 && (one - other).abs() <= 0.03
}

fn is_one(one: f64, other: f64) -> bool {
    (one - other).abs() <= SLACK
}

impl Grounds<'_> {
    /// Holds the rules of all pages.
    pub(super) fn rules(&self, (text, kinds): Text<'_>, notes: &[Block], tell: &mut Tell<'_>) {
        let Some(first) = text.first().filter(|_| !self.is_square()) else {
            return;
        };
        for rule in self.paper.rules.iter().map(Ruled::of) {
            if !self.is_across(&rule) {
                tell(
                    first,
                    rule.page,
                    "a rule is wider, shorter or elsewhere than its theme has it",
                );
            }
        }
        self.beside_pulls((text, kinds), tell);
        self.under_title((text, kinds), tell);
        self.above_notes(notes, tell);
        self.around_rows((text, kinds), tell);
    }

    /// Whether a rule is as wide as the text and stands at its edge, or is one above notes, or a bar.
    fn is_across(&self, rule: &Ruled) -> bool {
        let frame = match self.is_upright(rule.page) {
            true => self.frame,
            false => self.frame.turned(),
        };
        let measure = f64::from(frame.measure.0);
        let start = f64::from(frame.start.0);
        let left = match self.is_back() {
            false => start,
            true => f64::from(frame.width.0) - start - measure,
        };
        let right = left + measure;
        let (is_left, is_right) = (is_one(rule.low[0], left), is_one(rule.high[0], right));
        let is_bar = self.is_bar(rule) && (is_left || is_right);
        let is_notes = is_one(rule.wide(), measure * NOTES.0)
            && if self.is_back() { is_right } else { is_left };
        is_left && is_right || is_notes || is_bar
    }

    /// Whether a rule is as wide as the bar beside a pull quote.
    fn is_bar(&self, rule: &Ruled) -> bool {
        let bar = f64::from(self.sheet.pull_bar.0);
        bar > 0.0 && is_one(rule.wide(), bar)
    }

    /// Bars stand beside pull quotes: those of the text, or those that are there for the eye alone.
    fn beside_pulls(&self, (text, kinds): Text<'_>, tell: &mut Tell<'_>) {
        let Some(first) = text.first() else { return };
        let pulls = text.iter().zip(kinds);
        let pulls = pulls.filter(|(_, kind)| **kind == Some(Kind::Pull));
        let lines = pulls.flat_map(|(block, _)| &block.lines);
        let lines: Vec<(usize, f64)> = lines.map(|line| (line.page, points(line.base))).collect();
        for rule in self.paper.rules.iter().map(Ruled::of) {
            if !self.is_bar(&rule) || rule.thick() <= rule.wide() || !self.is_upright(rule.page) {
                continue;
            }
            let mut read = lines.iter();
            let mut seen = self.paper.beside.iter();
            let has_line = read.any(|(page, base)| {
                *page == rule.page && (rule.low[1]..=rule.high[1]).contains(base)
            }) || seen.any(|own| {
                let [low, high] = own.lines.map(points);
                own.page == rule.page
                    && own.kind == BesideKind::Decoration
                    && low <= rule.high[1]
                    && high >= rule.low[1]
            });
            if !has_line {
                return tell(first, rule.page, "a bar stands beside no pull quote");
            }
        }
    }

    /// The rule under the title block stands where it ends.
    fn under_title(&self, (text, kinds): Text<'_>, tell: &mut Tell<'_>) {
        let thick = f64::from(self.sheet.title_rule.0);
        let at = kinds.iter().rposition(|kind| *kind == Some(Kind::Date));
        let Some(block) = at.filter(|_| thick > 0.0).and_then(|at| text.get(at)) else {
            return;
        };
        let Some(line) = block.lines.last() else {
            return;
        };
        let row = self.row(Kind::Date);
        let gap = row.after.0.max(self.sheet.spaces.above_rule.0);
        let leading = self.leading(Kind::Date);
        let high = points(line.base) - leading * (1.0 - BASELINE) - f64::from(gap);
        let mut rules = self.paper.rules.iter().map(Ruled::of);
        let is_there = rules.any(|rule| {
            rule.page == line.page && is_one(rule.high[1], high) && is_thick(rule.thick(), thick)
        });
        if !is_there {
            tell(
                block,
                line.page,
                "the rule under its title block stands elsewhere",
            );
        }
    }

    /// The rule above notes stands as far above them as on every page.
    fn above_notes(&self, notes: &[Block], tell: &mut Tell<'_>) {
        let measure = f64::from(self.frame.measure.0) * NOTES.0;
        let lines = || {
            notes
                .iter()
                .flat_map(|note| note.lines.iter().map(move |line| (note, line)))
        };
        for rule in self.paper.rules.iter().map(Ruled::of) {
            if !is_one(rule.wide(), measure) || !self.is_upright(rule.page) {
                continue;
            }
            let first = lines().find(|(_, line)| line.page == rule.page);
            let Some((note, line)) = first else { continue };
            let leading = self.leading(Kind::Note);
            let high =
                points(line.base) + leading * BASELINE + f64::from(self.frame.grid.0) * NOTES.1;
            let is_own = note.spans.iter().all(|span| span.look.language.is_none());
            if is_own && !is_one(rule.high[1], high) {
                tell(note, rule.page, "the rule above the notes stands elsewhere");
            }
        }
        if self.sheet.title_rule.0 <= 0.0 {
            return;
        }
        let ruled = self.paper.rules.iter().map(Ruled::of);
        let ruled: BTreeSet<usize> = ruled
            .filter(|rule| is_one(rule.wide(), measure))
            .map(|rule| rule.page)
            .collect();
        let bare =
            lines().find(|(_, line)| self.is_upright(line.page) && !ruled.contains(&line.page));
        if let Some((note, line)) = bare {
            tell(note, line.page, "no rule stands above the notes");
        }
    }

    /// The rules of tables stand just above and below rows.
    fn around_rows(&self, (text, kinds): Text<'_>, tell: &mut Tell<'_>) {
        let pad = f64::from(self.sheet.spaces.cell.0);
        let (outer, inner) = (
            f64::from(self.sheet.table_rule.0),
            f64::from(self.sheet.head_rule.0),
        );
        let room = |rule: f64| (rule - pad).max(0.0);
        let cells = text
            .iter()
            .zip(kinds)
            .enumerate()
            .filter_map(|(index, (block, kind))| {
                let kind = kind.filter(|kind| is_cell(*kind))?;
                Some((index, block, kind))
            });
        let cells: Vec<(usize, &Block, Kind)> = cells.collect();
        let Some((_, first, _)) = cells.first() else {
            return;
        };
        // Cells that are empty, or of other languages, have lines of their own.
        if !cells
            .iter()
            .all(|(index, ..)| self.stands.is_own.get(*index) == Some(&true))
            || self.stands.has_gaps
        {
            return;
        }
        // Figures have the size of the letters beside them.
        let size = |block: &Block| match block.size {
            0 if block.line().is_ascii() => Some(points(block.lines.first()?.size)),
            0 => None,
            size => Some(size as f64 / 1000.0),
        };
        let mut places: Vec<(usize, f64, bool)> = Vec::new();
        for (_, block, kind) in &cells {
            let Some(size) = size(block) else { return };
            let leading = self.leading(*kind) * size / f64::from(self.row(*kind).size.0);
            for line in &block.lines {
                let base = points(line.base);
                places.push((
                    line.page,
                    base + leading * BASELINE + pad + room(outer),
                    true,
                ));
                places.push((line.page, base - leading * (1.0 - BASELINE) - pad, true));
                places.push((
                    line.page,
                    base - leading * (1.0 - BASELINE) - pad - room(inner),
                    false,
                ));
            }
        }
        let measure = f64::from(self.frame.measure.0);
        let title = f64::from(self.sheet.title_rule.0);
        for rule in self.paper.rules.iter().map(Ruled::of) {
            let thick = rule.thick();
            let is_other = is_thick(thick, title) || !is_one(rule.wide(), measure);
            if is_other
                || !(is_thick(thick, outer) || is_thick(thick, inner))
                || !self.is_upright(rule.page)
            {
                continue;
            }
            // Heads that are shown again are no cells.
            let mut all = places.iter().filter(|(page, ..)| *page == rule.page);
            let repeats = self
                .paper
                .beside
                .iter()
                .any(|own| own.page == rule.page && own.kind == BesideKind::Repeated);
            let is_right = repeats
                || all.any(|(_, height, is_high)| {
                    let own = if *is_high { rule.high[1] } else { rule.low[1] };
                    (own - height).abs() <= SLACK * 2.0
                });
            if !is_right {
                tell(
                    first,
                    rule.page,
                    "a rule of a table stands elsewhere than at its rows",
                );
            }
        }
    }
}
