//! Faults as they are taken down.

use std::collections::BTreeSet;

use super::super::need::Need;

/// A rule that a file breaks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Where.
    pub place: String,
    /// What is wrong.
    pub message: String,
    /// What its theme has where nothing is wrong; none where no theme can ask for it.
    pub unless: Option<Need>,
}

/// So many faults of a file are told.
const MOST: usize = 50;

/// Takes faults down.
#[derive(Debug, Default)]
pub(in crate::read) struct Faults(Vec<Fault>);

impl Faults {
    pub(in crate::read) fn add(&mut self, place: impl Into<String>, message: impl Into<String>) {
        self.add_unless(place, message, None);
    }

    /// Adds what is no fault where a theme has what it needs.
    pub(in crate::read) fn add_unless(
        &mut self,
        place: impl Into<String>,
        message: impl Into<String>,
        unless: Option<Need>,
    ) {
        // A theme may ask for much: that leaves room for what none asks for.
        let alike = self
            .0
            .iter()
            .filter(|own| own.unless.is_some() == unless.is_some());
        if alike.count() < MOST {
            self.0.push(Fault {
                place: place.into(),
                message: message.into(),
                unless,
            });
        }
    }

    /// Adds some that were taken down elsewhere.
    pub(in crate::read) fn extend(&mut self, faults: impl IntoIterator<Item = Fault>) {
        for fault in faults {
            self.add_unless(fault.place, fault.message, fault.unless);
        }
    }

    /// What was taken down.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter()
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
