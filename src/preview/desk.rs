//! What is known of the pieces, shared between those who read and those who work.
//!
//! A clock counts the changes. Whoever reads remembers its reading and asks for what changed since; so a slow reader misses what
//! lies between and nothing that holds.

use std::collections::BTreeMap;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::json;
use tokio::sync::watch;

use super::door::Door;
use super::editor::Editor;
use super::entry::{Entry, PieceId};
use super::gate::Gate;
use super::house::{House, Shared};
use super::orders::Order;
use super::outlines::Outlines;
use super::problems::{Place, Problem};
use super::view::View;

/// What readers and workers share.
pub(super) struct Desk {
    state: Mutex<State>,
    pub(super) outlines: Mutex<Outlines>,
    clock: watch::Sender<u64>,
    orders: Mutex<Sender<Order>>,
    pub(super) door: Door,
    pub(super) gate: Gate,
    pub(super) editor: Option<Editor>,
    /// The piece that was asked for; none where a folder was.
    pub(super) only: Option<PieceId>,
}

/// What is known at a moment.
#[derive(Default)]
pub(super) struct State {
    clock: u64,
    pub(super) entries: BTreeMap<PieceId, Entry>,
    pub(super) views: BTreeMap<PieceId, View>,
    /// How many read each piece.
    pub(super) readers: BTreeMap<PieceId, usize>,
    /// What pieces share.
    pub(super) house: Option<Arc<House>>,
    /// What is wrong with what pieces share.
    troubles: Vec<Problem>,
    /// Whether all pieces that were found are listed.
    listed: bool,
}

impl Desk {
    pub(super) fn new(
        (door, gate): (Door, Gate),
        editor: Option<Editor>,
        only: Option<PieceId>,
        orders: Sender<Order>,
    ) -> Self {
        Self {
            state: Mutex::default(),
            outlines: Mutex::default(),
            clock: watch::Sender::new(0),
            orders: Mutex::new(orders),
            door,
            gate,
            editor,
            only,
        }
    }

    /// What is known now.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes what is known, and lets readers look.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut State, u64) -> T) -> T {
        let mut state = self.state();
        state.clock += 1;
        let now = state.clock;
        let result = change(&mut state, now);
        drop(state);
        self.clock.send_replace(now);
        result
    }

    /// A clock that tells of changes.
    pub(super) fn clock(&self) -> watch::Receiver<u64> {
        self.clock.subscribe()
    }

    /// Asks the workers for something; after their end nobody needs it.
    pub(super) fn order(&self, order: Order) {
        let orders = self.orders.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = orders.send(order);
    }

    /// The id as which a piece is known.
    pub(super) fn find(&self, written: &str) -> Option<PieceId> {
        let state = self.state();
        state.entries.keys().find(|id| id.is(written)).cloned()
    }

    /// Counts a reader of a piece until it goes.
    pub(super) fn reader(self: &Arc<Self>, id: PieceId) -> Reader {
        *self.state().readers.entry(id.clone()).or_default() += 1;
        self.order(Order::Show(id.clone()));
        Reader {
            desk: Arc::clone(self),
            id,
        }
    }
}

/// Somebody who reads a piece: its view is kept up to date for them.
pub(super) struct Reader {
    desk: Arc<Desk>,
    pub(super) id: PieceId,
}

impl Drop for Reader {
    fn drop(&mut self) {
        let mut state = self.desk.state();
        if let Some(count) = state.readers.get_mut(&self.id) {
            *count -= 1;
            if *count == 0 {
                state.readers.remove(&self.id);
                // What nobody sees is not followed, and would be old when somebody comes back.
                state.views.remove(&self.id);
            }
        }
    }
}

impl State {
    /// Whether a piece has readers.
    pub(super) fn is_read(&self, id: &PieceId) -> bool {
        self.readers.contains_key(id)
    }

    /// Puts a view in the place of the one before; one that tells the same is no change.
    pub(super) fn show(&mut self, id: &PieceId, mut view: View, now: u64) {
        if !self.is_read(id) {
            return;
        }
        let before = self.views.get(id);
        view.version = match before {
            Some(before) if before.tells_the_same(&view) => before.version,
            _ => now,
        };
        self.views.insert(id.clone(), view);
    }

    /// Takes what pieces share, and what is wrong with it.
    pub(super) fn share(&mut self, shared: &Shared) {
        self.house = Some(Arc::clone(&shared.house));
        self.troubles.clone_from(&shared.troubles);
    }

    pub(super) fn all_listed(&mut self) {
        self.listed = true;
    }

    /// What changed in the list since a reading of the clock.
    pub(super) fn list_since(&self, seen: u64) -> Option<(u64, String)> {
        let now = self.clock;
        if now == seen && seen != 0 {
            return None;
        }
        let changed = self
            .entries
            .values()
            .filter(|entry| entry.version > seen || seen == 0);
        let told = json!({
            "entries": changed.collect::<Vec<_>>(),
            "order": self.entries.keys().map(PieceId::as_str).collect::<Vec<_>>(),
            "troubles": self.troubles,
            "listed": self.listed,
        });
        Some((now, told.to_string()))
    }

    /// What a piece's readers are told, where it changed since a version of it.
    pub(super) fn view_since(&self, id: &PieceId, seen: u64) -> Option<(u64, String)> {
        let view = self.views.get(id)?;
        (view.version > seen).then(|| (view.version, view.event()))
    }

    /// The pieces that have all these words.
    pub(super) fn search(&self, words: &str) -> Vec<&str> {
        let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
        let found = self.entries.values().filter(|entry| entry.has(&words));
        found.map(|entry| entry.id.as_str()).collect()
    }

    /// The place of a block or a finding of a view, which must be that of this version.
    pub(super) fn place(&self, id: &PieceId, version: u64, block: &str) -> Option<Place> {
        let view = self.views.get(id).filter(|view| view.version == version)?;
        let (kind, rest) = block.split_at_checked(1)?;
        match kind {
            // An area of a page: `p`, the page's index, a full stop, the area's.
            "p" => {
                let (page, area) = rest.split_once('.')?;
                let page = view.pages.pages.get(page.parse::<usize>().ok()?)?;
                let origin = page.origins.get(area.parse::<usize>().ok()?)?;
                Some(view.place(origin))
            }
            // A text of the composition.
            "t" => {
                let texts = &view.text.as_ref()?.composition.texts;
                let text = texts.get(rest.parse::<usize>().ok()?)?;
                Some(view.place(&text.origin))
            }
            "f" => {
                let problem = view.problems.get(rest.parse::<usize>().ok()?)?;
                Some(problem.place().clone())
            }
            _ => None,
        }
    }
}
