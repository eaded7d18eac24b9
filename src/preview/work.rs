//! The work: what changes on disk becomes what readers see.
//!
//! One thread follows the pieces that somebody reads, at once and one after the other; another reads the pieces of the list, of
//! which there may be thousands.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use rayon::ThreadPool;

use super::desk::Desk;
use super::entry::{Entry, PieceId};
use super::house::{self, ReadHouse, Shared};
use super::list::{ListOrder, Lister};
use super::orders::Order;
use super::view::View;
use super::watch::{self, Watch};
use crate::batch;
use crate::digest::Sha256;
use crate::load::source_digest;

/// How long nothing must change before work begins: a save is several changes.
const QUIET: Duration = Duration::from_millis(4);
/// How long that is waited for.
const PATIENCE: Duration = Duration::from_millis(30);
/// How long a file may be empty or away while its editor writes it anew.
const WRITING: Duration = Duration::from_millis(60);

/// What is previewed.
#[derive(Debug, Clone)]
pub(super) enum Scope {
    /// A piece, whatever its file is called.
    Piece(PathBuf),
    /// All pieces of a folder.
    Folder(PathBuf),
}

impl Scope {
    /// The folder that is watched.
    fn folder(&self) -> &Path {
        match self {
            Self::Folder(folder) => folder,
            Self::Piece(file) => match file.parent() {
                Some(folder) if !folder.as_os_str().is_empty() => folder,
                _ => Path::new("."),
            },
        }
    }
}

/// Orders that are carried out together.
#[derive(Default)]
struct Batch {
    changed: BTreeSet<PathBuf>,
    shown: BTreeSet<PieceId>,
    rescan: bool,
}

impl Batch {
    fn add(&mut self, order: Order) {
        match order {
            Order::Changed(path) => {
                self.changed.insert(path);
            }
            Order::Rescan => self.rescan = true,
            Order::Show(id) => {
                self.shown.insert(id);
            }
        }
    }
}

/// Whoever follows the pieces.
pub(super) struct Worker {
    desk: Arc<Desk>,
    scope: Scope,
    read: ReadHouse,
    shared: Shared,
    watch: Watch,
    pool: Arc<ThreadPool>,
    list: Sender<ListOrder>,
}

impl Worker {
    /// Finds the pieces and begins to follow them.
    pub(super) fn start(
        desk: Arc<Desk>,
        scope: Scope,
        (read, shared): (ReadHouse, Shared),
        watch: Watch,
        pool: ThreadPool,
        orders: Receiver<Order>,
    ) -> std::io::Result<()> {
        let pool = Arc::new(pool);
        let (list, listed) = channel();
        let lister = Lister::new(Arc::clone(&desk), Arc::clone(&pool));
        thread::Builder::new()
            .name("list".to_owned())
            .spawn(move || lister.run(&listed))?;
        let mut worker = Self {
            desk,
            scope,
            read,
            shared,
            watch,
            pool,
            list,
        };
        worker.desk.change(|state, _| state.share(&worker.shared));
        worker.scan();
        worker.refresh_list(None);
        thread::Builder::new()
            .name("pieces".to_owned())
            .spawn(move || worker.run(&orders))?;
        Ok(())
    }

    fn run(mut self, orders: &Receiver<Order>) {
        while let Ok(order) = orders.recv() {
            let mut batch = Batch::default();
            batch.add(order);
            settle(&mut batch, orders);
            self.carry_out(batch);
        }
    }

    fn carry_out(&mut self, batch: Batch) {
        let house = &self.shared.house;
        let reread = batch.rescan
            || batch
                .changed
                .iter()
                .any(|path| house::concerns(house, path));
        if reread {
            self.shared.read(&self.read);
            self.desk.change(|state, _| state.share(&self.shared));
        }
        let (known, readers): (BTreeMap<PathBuf, PieceId>, BTreeSet<PieceId>) = {
            let state = self.desk.state();
            let known = state.entries.values();
            let known = known.map(|entry| (entry.real.clone(), entry.id.clone()));
            (known.collect(), state.readers.keys().cloned().collect())
        };
        let sources: BTreeSet<PieceId> = batch
            .changed
            .iter()
            .filter_map(|path| known.get(path).cloned())
            .collect();
        let others: Vec<&PathBuf> = batch
            .changed
            .iter()
            .filter(|path| !known.contains_key(*path))
            .collect();
        // What was put into a new folder before it was watched, nobody told of.
        let folders = others.iter().any(|path| path.is_dir());
        let pictures = folders || others.iter().any(|path| is_picture(path));
        let is_lost = |(path, id): (&PathBuf, &PieceId)| {
            sources.contains(id) && {
                wait_for(path);
                !path.exists()
            }
        };
        // Where a file went is found before anybody is told that it is gone.
        let first = folders || known.iter().any(is_lost);
        let mut due = match first {
            true => self.scan(),
            false => BTreeSet::new(),
        };
        for id in &readers {
            let asked = batch.shown.contains(id) && !self.desk.state().views.contains_key(id);
            if reread || pictures || asked || sources.contains(id) || due.remove(id) {
                self.show(id);
            }
        }
        let other = |path: &&PathBuf| batch::is_source(path) || !path.exists();
        if batch.rescan || (!first && others.iter().any(other)) {
            let changed = self.scan();
            changed.intersection(&readers).for_each(|id| self.show(id));
        }
        match reread || pictures {
            true => self.refresh_list(None),
            false if !sources.is_empty() => self.refresh_list(Some(sources)),
            false => {}
        }
    }

    /// Sets a piece anew for its readers.
    fn show(&self, id: &PieceId) {
        let path = {
            let state = self.desk.state();
            state.entries.get(id).map(|entry| entry.path.clone())
        };
        let Some(path) = path else { return };
        wait_for(&path);
        let view = {
            let before = self.desk.state().views.get(id).cloned();
            match path.exists() {
                true => {
                    let (shared, outlines) = (&self.shared, &self.desk.outlines);
                    let set = || View::set(&path, shared, outlines, before.as_ref());
                    self.pool.install(set)
                }
                false => View::gone(&path, before.as_ref()),
            }
        };
        self.desk.change(|state, now| state.show(id, view, now));
    }

    /// Finds the pieces: those that are new, gone, or in another file. Gives those that changed.
    fn scan(&mut self) -> BTreeSet<PieceId> {
        let found = self.find();
        let mut folders = watch::folders_below(
            &real(self.scope.folder()),
            matches!(self.scope, Scope::Piece(_)),
        );
        let files = self.shared.house.files.iter().chain(found.values());
        folders.extend(files.filter_map(|file| real(file).parent().map(Path::to_owned)));
        self.watch.set(folders);
        let (changed, fresh) = self.desk.change(|state, now| {
            let here: BTreeSet<&PathBuf> = found.keys().collect();
            let gone: Vec<PieceId> = (state.entries.values())
                .filter(|entry| !here.contains(&entry.real))
                .map(|entry| entry.id.clone())
                .collect();
            let known: BTreeSet<PathBuf> = state
                .entries
                .values()
                .map(|entry| entry.real.clone())
                .collect();
            let mut fresh: BTreeMap<&PathBuf, &PathBuf> = found
                .iter()
                .filter(|(real, _)| !known.contains(*real))
                .collect();
            let mut changed = BTreeSet::new();
            let mut unread = BTreeSet::new();
            for id in gone {
                let Some(entry) = state.entries.get_mut(&id) else {
                    continue;
                };
                let same = |path: &Path| entry.hash.is_some() && source_digest(path) == entry.hash;
                let place = fresh.iter().find(|(_, path)| same(path));
                if let Some((real, path)) = place.map(|(real, path)| (*real, *path)) {
                    fresh.remove(real);
                    entry.moved(path.clone(), real.clone());
                    entry.version = now;
                } else if !state.is_read(&id) {
                    state.entries.remove(&id);
                }
                changed.insert(id);
            }
            for (real, path) in fresh {
                let mut entry = Entry::new(path.clone(), real.clone());
                entry.version = now;
                unread.insert(entry.id.clone());
                changed.insert(entry.id.clone());
                state.entries.insert(entry.id.clone(), entry);
            }
            (changed, unread)
        });
        if !fresh.is_empty() {
            self.refresh_list(Some(fresh));
        }
        changed
    }

    /// The files of the pieces, by their paths without links.
    fn find(&self) -> BTreeMap<PathBuf, PathBuf> {
        match &self.scope {
            Scope::Folder(folder) => {
                let found = batch::find(std::slice::from_ref(folder)).unwrap_or_default();
                let sources = found.sources.into_iter();
                sources.map(|source| (real(&source), source)).collect()
            }
            Scope::Piece(file) => {
                let now = self
                    .desk
                    .state()
                    .entries
                    .values()
                    .next()
                    .map(|entry| entry.path.clone());
                if let Some(file) = [Some(file.clone()), now]
                    .into_iter()
                    .flatten()
                    .find(|file| file.exists())
                {
                    return BTreeMap::from([(real(&file), file)]);
                }
                // Renamed, if it stands beside under another name.
                let beside = self.scope.folder().read_dir().into_iter().flatten();
                let beside = beside.filter_map(Result::ok);
                let files = beside.map(|entry| entry.file_name());
                let files = files.map(|name| file.with_file_name(name));
                let sources = files.filter(|path| batch::is_source(path) && path.is_file());
                let wanted: BTreeSet<Sha256> = {
                    let state = self.desk.state();
                    state
                        .entries
                        .values()
                        .filter_map(|entry| entry.hash)
                        .collect()
                };
                let same = sources
                    .filter(|path| source_digest(path).is_some_and(|hash| wanted.contains(&hash)));
                let mut same: Vec<PathBuf> = same.collect();
                same.sort();
                same.truncate(1);
                same.into_iter().map(|path| (real(&path), path)).collect()
            }
        }
    }

    /// Has the pieces of the list read anew: these, or all.
    fn refresh_list(&self, ids: Option<BTreeSet<PieceId>>) {
        let order = ListOrder {
            ids,
            house: Arc::clone(&self.shared.house),
            generation: self.shared.generation,
        };
        // The lister ends with the program alone.
        let _ = self.list.send(order);
    }
}

/// Waits until what is being saved is saved.
fn settle(batch: &mut Batch, orders: &Receiver<Order>) {
    let until = Instant::now() + PATIENCE;
    while !batch.changed.is_empty() {
        let left = until.saturating_duration_since(Instant::now());
        match orders.recv_timeout(QUIET.min(left)) {
            Ok(order) => batch.add(order),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return,
        }
        if left.is_zero() {
            return;
        }
    }
}

/// Waits a little for a file that is empty or away.
fn wait_for(path: &Path) {
    let until = Instant::now() + WRITING;
    while path.metadata().map_or(0, |metadata| metadata.len()) == 0 && Instant::now() < until {
        thread::sleep(QUIET);
    }
}

fn is_picture(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default();
    let known = ["gif", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp"];
    known
        .iter()
        .any(|known| extension.eq_ignore_ascii_case(known))
}

/// A path without links, as changes are told of; that of a file that is gone by its folder.
fn real(path: &Path) -> PathBuf {
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    match (folder.canonicalize(), path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}
