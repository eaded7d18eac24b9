//! Faults as they are taken down.

use std::collections::BTreeSet;

/// A rule that a file breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub place: String,
    /// What is wrong.
    pub message: String,
}

/// So many faults of a file are told.
const MOST: usize = 50;

/// Takes faults down.
#[derive(Debug, Default)]
pub(in crate::read) struct Faults(Vec<Fault>);

impl Faults {
    pub(in crate::read) fn add(&mut self, place: impl Into<String>, message: impl Into<String>) {
        if self.0.len() < MOST {
            self.0.push(Fault {
                place: place.into(),
                message: message.into(),
            });
        }
    }

    pub(in crate::read) fn finish(self) -> Vec<Fault> {
        self.0
    }

    /// Tells what stands twice among names that must differ.
    pub(super) fn unique<'a>(
        &mut self,
        place: &str,
        what: &str,
        names: impl Iterator<Item = &'a str>,
    ) {
        let mut seen = BTreeSet::new();
        for name in names {
            if !seen.insert(name) {
                self.add(place, format!("two {what} are called `{name}`"));
            }
        }
    }
}
