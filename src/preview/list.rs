//! The list of pieces: each read so far that its heading and its words are known.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use rayon::ThreadPool;
use rayon::prelude::*;

use super::desk::Desk;
use super::entry::PieceId;
use super::house::House;

/// So many pieces are read before readers are told.
const AT_ONCE: usize = 16;

/// Which pieces to read, and with what.
pub(super) struct ListOrder {
    /// These; all where none are named.
    pub(super) ids: Option<BTreeSet<PieceId>>,
    pub(super) house: Arc<House>,
    pub(super) generation: u64,
}

impl ListOrder {
    /// This order and one that came later as one.
    fn and(self, later: Self) -> Self {
        let ids = match (self.ids, later.ids) {
            (Some(mut ids), Some(more)) => {
                ids.extend(more);
                Some(ids)
            }
            _ => None,
        };
        Self { ids, ..later }
    }
}

/// Whoever reads the pieces of the list.
pub(super) struct Lister {
    desk: Arc<Desk>,
    pool: Arc<ThreadPool>,
}

impl Lister {
    pub(super) fn new(desk: Arc<Desk>, pool: Arc<ThreadPool>) -> Self {
        Self { desk, pool }
    }

    /// Carries out orders until nobody gives any.
    pub(super) fn run(self, orders: &Receiver<ListOrder>) {
        while let Ok(first) = orders.recv() {
            let order = orders.try_iter().fold(first, ListOrder::and);
            self.carry_out(order);
        }
    }

    fn carry_out(&self, order: ListOrder) {
        let all = || self.desk.state().entries.keys().cloned().collect();
        let ids: BTreeSet<PieceId> = order.ids.unwrap_or_else(all);
        let ids: Vec<PieceId> = ids.into_iter().collect();
        for ids in ids.chunks(AT_ONCE) {
            let entries: Vec<_> = {
                let state = self.desk.state();
                let entries = ids.iter().filter_map(|id| state.entries.get(id));
                entries.cloned().collect()
            };
            let read = |mut entry: super::entry::Entry| {
                entry.read(&order.house.projects, order.generation);
                entry
            };
            let entries: Vec<_> = self
                .pool
                .install(|| entries.into_par_iter().map(read).collect());
            self.desk.change(|state, now| {
                for mut entry in entries {
                    // It may have gone, or to another file, while it was read.
                    if let Some(known) = state.entries.get_mut(&entry.id)
                        && known.real == entry.real
                    {
                        entry.version = now;
                        *known = entry;
                    }
                }
            });
        }
        self.desk.change(|state, _| state.all_listed());
    }
}
