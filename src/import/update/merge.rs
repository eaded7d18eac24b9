//! What an editor did, as steps that lead from the source to the edition; merged, where the source changed meanwhile.

use std::collections::{BTreeMap, BTreeSet};

use super::align::{Pair, align};
use super::unit::{Body, Unit, What};
use super::{Desk, short, words};

/// One thing that an editor did, in terms of the source as it is.
pub(super) enum Step {
    /// A text says something else: the unit of the source, that of the edition, and the words where they were merged.
    Changed(usize, usize, Option<String>),
    /// A unit of the source is gone.
    Gone(usize),
    /// Units of the edition are new behind a unit of the source; at the beginning behind none.
    Added(Option<usize>, Vec<usize>),
    /// A unit that both have: its comments.
    Same(usize, usize),
}

impl Desk<'_> {
    /// The steps that lead from the source as it is to the edition; where the edition was made of another, those that its editor
    /// made.
    pub(super) fn merged(&mut self, base: Option<&Body>) -> Vec<Step> {
        let Some(base) = base else {
            return steps(
                &align(&self.current.units, &self.edited.units),
                &self.current.units,
                &self.edited.units,
            );
        };
        let mut of_source: BTreeMap<usize, usize> = BTreeMap::new();
        for pair in align(&base.units, &self.current.units) {
            if let Pair::Both(a, c) = pair {
                of_source.insert(a, c);
            }
        }
        // What is new in the source since then; what an earlier run took over is among it.
        let taken: BTreeSet<usize> = of_source.values().copied().collect();
        let current = self.current;
        let fresh = (0..current.units.len()).filter(|at| !taken.contains(at));
        let fresh: BTreeSet<&str> = fresh.map(|at| current.units[at].line.as_str()).collect();
        let edited = self.edited;
        let is_known = |b: &usize| fresh.contains(edited.units[*b].line.as_str());
        let own = steps(
            &align(&base.units, &self.edited.units),
            &base.units,
            &self.edited.units,
        );
        let mut merged = Vec::new();
        for step in own {
            match step {
                Step::Same(a, b) => merged.extend(of_source.get(&a).map(|c| Step::Same(*c, b))),
                Step::Changed(a, b, _) => match of_source.get(&a) {
                    None if is_known(&b) => {}
                    None => {
                        let message = format!(
                            "“{}” was changed in the edition, and is gone in the source: “{}”",
                            base.units[a].line, self.edited.units[b].line
                        );
                        self.conflicts.push(message);
                    }
                    Some(c) => {
                        let seen = |unit: &Unit| unit.seen;
                        let (first, own, other) = (
                            seen(&base.units[a]),
                            seen(&self.current.units[*c]),
                            seen(&self.edited.units[b]),
                        );
                        if first != own && first == other {
                            self.kept_pictures.insert(b);
                        } else if first != own && own != other {
                            self.conflicts.push(format!(
                                "the picture “{}” is another one in the source, and a third in the edition",
                                base.units[a].line
                            ));
                        }
                        let (old, ours, theirs) = (
                            &base.units[a].line,
                            &self.current.units[*c].line,
                            &self.edited.units[b].line,
                        );
                        if old == ours {
                            merged.push(Step::Changed(*c, b, None));
                        } else if base.units[a].what == What::Picture {
                            if old == theirs || (ours == theirs && own != other) {
                                merged.push(Step::Changed(*c, b, None));
                            } else if ours != theirs {
                                self.conflicts.push(format!("the source says “{ours}”, the edition “{theirs}”; both were “{old}”"));
                            }
                        } else if old == theirs && base.units[a].what != What::Table {
                            // Emphasis and links alone: in words that are others now they have no place.
                            let message = format!(
                                "emphasis, links or notes of “{}” changed in the edition, and its words in the source; do it by hand",
                                short(ours)
                            );
                            let place = self.edited.units[b].place.clone();
                            self.tell(&place, message);
                        } else if ours != theirs {
                            let is_table = base.units[a].what == What::Table;
                            match words::merge(old, ours, theirs).filter(|_| !is_table) {
                                Some(words) => merged.push(Step::Changed(*c, b, Some(words))),
                                None => self.conflicts.push(format!("the source says “{ours}”, the edition “{theirs}”; both were “{old}”")),
                            }
                        }
                    }
                },
                Step::Gone(a) => {
                    if let Some(c) = of_source.get(&a) {
                        match base.units[a].line == self.current.units[*c].line {
                            true => merged.push(Step::Gone(*c)),
                            false => self.conflicts.push(format!(
                                "“{}” was changed in the source, and is gone in the edition",
                                self.current.units[*c].line
                            )),
                        }
                    }
                }
                Step::Added(behind, mut units) => {
                    units.retain(|b| !is_known(b));
                    if units.is_empty() {
                        continue;
                    }
                    let behind =
                        behind.and_then(|a| (0..=a).rev().find_map(|a| of_source.get(&a)).copied());
                    merged.push(Step::Added(behind, units));
                }
            }
        }
        merged
    }
}

/// Pairs as steps; new units that stand behind each other are one.
fn steps(pairs: &[Pair], old: &[Unit], new: &[Unit]) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut last = None;
    for pair in pairs {
        match pair {
            Pair::Both(a, b) => {
                last = Some(*a);
                steps.push(match old[*a].differs(&new[*b]) {
                    true => Step::Changed(*a, *b, None),
                    false => Step::Same(*a, *b),
                });
            }
            Pair::Old(a) => steps.push(Step::Gone(*a)),
            Pair::New(b) => match steps
                .iter_mut()
                .rev()
                .find(|step| !matches!(step, Step::Gone(_)))
            {
                Some(Step::Added(behind, units)) if *behind == last => units.push(*b),
                _ => steps.push(Step::Added(last, vec![*b])),
            },
        }
    }
    steps
}
