//! Folders that are watched. Files are not: most editors save by putting a new file in the place of the old one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::Duration;

use ignore::WalkBuilder;
use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Config, Event, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use super::orders::Order;

/// The most folders that are watched below one.
const MOST_FOLDERS: usize = 4000;
/// How deep the folders below that of a single piece are watched: deep enough for its pictures.
const DEPTH_OF_FILE: usize = 3;
/// How often files are looked at where the system tells of no changes.
const INTERVAL: Duration = Duration::from_millis(300);

/// The folders that are watched.
pub(super) struct Watch {
    watcher: Box<dyn Watcher + Send>,
    folders: BTreeSet<PathBuf>,
    orders: Sender<Order>,
    polls: bool,
}

impl Watch {
    /// Watches nothing yet.
    ///
    /// # Errors
    /// What the system said.
    pub(super) fn new(orders: Sender<Order>) -> notify::Result<Self> {
        let polls = RecommendedWatcher::new(|_| {}, Config::default()).is_err();
        Ok(Self {
            watcher: watcher(&orders, polls)?,
            folders: BTreeSet::new(),
            orders,
            polls,
        })
    }

    /// Watches these folders and no others. Where the system's watches are used up, files are looked at again and again.
    pub(super) fn set(&mut self, folders: BTreeSet<PathBuf>) {
        for folder in self.folders.difference(&folders) {
            // One that is gone is watched no more.
            let _ = self.watcher.unwatch(folder);
        }
        let fresh: Vec<_> = folders.difference(&self.folders).cloned().collect();
        let mut used_up = false;
        for folder in &fresh {
            let watched = self.watcher.watch(folder, RecursiveMode::NonRecursive);
            used_up |=
                watched.is_err_and(|error| matches!(error.kind, notify::ErrorKind::MaxFilesWatch));
        }
        if used_up
            && !self.polls
            && let Ok(poller) = watcher(&self.orders, true)
        {
            self.polls = true;
            self.watcher = poller;
            for folder in &folders {
                let _ = self.watcher.watch(folder, RecursiveMode::NonRecursive);
            }
        }
        self.folders = folders;
    }
}

fn watcher(orders: &Sender<Order>, polls: bool) -> notify::Result<Box<dyn Watcher + Send>> {
    let orders = orders.clone();
    let tell = move |event: notify::Result<Event>| tell(&orders, event);
    let config = Config::default().with_poll_interval(INTERVAL);
    Ok(match polls {
        true => Box::new(PollWatcher::new(tell, config.with_compare_contents(true))?),
        false => Box::new(RecommendedWatcher::new(tell, config)?),
    })
}

/// Passes on what changed. When nobody works any more there is nobody to tell.
fn tell(orders: &Sender<Order>, event: notify::Result<Event>) {
    let Ok(event) = event else {
        let _ = orders.send(Order::Rescan);
        return;
    };
    if event.need_rescan() {
        let _ = orders.send(Order::Rescan);
    }
    let written = EventKind::Access(AccessKind::Close(AccessMode::Write));
    if event.kind.is_access() && event.kind != written {
        return;
    }
    for path in event.paths {
        let _ = orders.send(Order::Changed(path));
    }
}

/// A folder and those below it, as git walks them.
pub(super) fn folders_below(folder: &Path, of_file: bool) -> BTreeSet<PathBuf> {
    let walk = WalkBuilder::new(folder)
        .follow_links(false)
        .require_git(false)
        .git_global(false)
        .max_depth(of_file.then_some(DEPTH_OF_FILE))
        .filter_entry(|entry| entry.file_type().is_some_and(|kind| kind.is_dir()))
        .build();
    let folders = walk.filter_map(Result::ok).take(MOST_FOLDERS);
    folders.map(ignore::DirEntry::into_path).collect()
}
