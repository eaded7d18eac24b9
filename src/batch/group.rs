//! Pieces that are built and staged, waiting to be promoted together.

use std::time::{Duration, Instant};

use super::promote::StagedEdition;
use crate::pipeline::{Build, Output};

/// So many pieces are put in place together at most.
const GROUP: usize = 32;
/// A group waits no longer than this for more pieces.
const WAIT: Duration = Duration::from_secs(1);

/// Pieces that are built and staged, waiting to be promoted together.
#[derive(Default)]
pub(super) struct Group<'a> {
    pieces: Vec<Pending<'a>>,
    since: Option<Instant>,
}

impl<'a> Group<'a> {
    /// Adds a piece; gives the group back once it is large or old enough.
    pub(super) fn push(&mut self, piece: Pending<'a>) -> Option<Vec<Pending<'a>>> {
        self.pieces.push(piece);
        let since = *self.since.get_or_insert_with(Instant::now);
        let is_ready = self.pieces.len() >= GROUP || since.elapsed() >= WAIT;
        is_ready.then(|| self.take())
    }

    /// Takes what waits.
    pub(super) fn take(&mut self) -> Vec<Pending<'a>> {
        self.since = None;
        std::mem::take(&mut self.pieces)
    }
}

/// A piece whose files are written aside.
pub(super) struct Pending<'a> {
    pub(super) number: usize,
    pub(super) build: Build,
    pub(super) staged: Vec<(Output, StagedEdition<'a>)>,
}
