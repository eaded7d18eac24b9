//! The output folder and its `.flashpoint/`: the record, the lock that guards it, and a folder for each run under way.
//!
//! A run writes its unfinished files into `.flashpoint/run-X/` and holds a lock on `run-X/alive` while it lives. The
//! system lets go of the lock however the run ends, so the next run knows which folders are dead and removes them, and
//! never touches those of a run that is still at work. A shard removes none: another machine may be at work, and not every
//! file system that machines share tells of each other's locks.
//!
//! While parts of the record stand there, whoever records anything writes a part too, so that their numbers say what is the
//! latest; [`OutputFolder::fold`] makes one record of them.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::BatchError;
use super::disk::Disk;
use super::entry::{FileStamp, RecordedPiece};
use super::part_line::{self, Attempt, PartHead};
use super::proofs::{self, Proof};
use super::record::{self, BatchRecord};
use super::record_line::{RecordLine, Wanted};
use super::sorter::Sorter;
use super::spans::Spans;
use super::state::{SOURCES, STATE, lock, part_names};
use crate::digest::Sha256;
use crate::store::{EntryKind, OpenFolder, unpredictable};

/// What the names of the folders of runs begin with.
const RUN: &str = "run-";

/// So much of a record is read and written at once, in bytes.
const BLOCK: usize = 4 << 20;

/// Where a run records.
#[derive(Debug)]
enum Journal {
    /// In the record itself.
    Record,
    /// In a part of its own.
    Part(String, Attempt),
}

/// What a run does in an output folder.
pub(super) enum Work<'a> {
    /// All sources, as ever; what it would write at the head of a part.
    All(&'a dyn Fn() -> PartHead),
    /// A shard, by the head of its part.
    Shard(PartHead),
    /// Joining parts.
    Merge,
}

/// An output folder with this run's place in it.
#[derive(Debug)]
pub(super) struct OutputFolder {
    root: OpenFolder,
    state: OpenFolder,
    unfinished: OpenFolder,
    /// The file that takes what is recorded: the record, or a part of this run's own.
    journal: Journal,
    /// Holds the lock that tells other runs that this one lives.
    _alive: File,
    /// Let go of last: what is held open cannot be removed on every system.
    _run: RunFolder,
}

/// The folder of a run's unfinished files, which goes with the run.
#[derive(Debug)]
struct RunFolder {
    state: OpenFolder,
    name: String,
}

impl Drop for RunFolder {
    fn drop(&mut self) {
        // What cannot be removed now, the next run removes.
        let _ = self.state.remove_with_files(&self.name);
    }
}

impl OutputFolder {
    /// Opens an output folder, made where it is missing, and removes what dead runs left in it.
    ///
    /// # Errors
    /// [`BatchError::Folder`] when it cannot be made or written to.
    pub(super) fn open(root: &Path, work: &Work<'_>) -> Result<Self, BatchError> {
        Self::try_open(root, work).map_err(|(path, error)| BatchError::Folder {
            path,
            reason: error.to_string(),
        })
    }

    fn try_open(path: &Path, work: &Work<'_>) -> Result<Self, (PathBuf, io::Error)> {
        let at = |path: PathBuf| move |error| (path, error);
        fs::create_dir_all(path).map_err(at(path.to_owned()))?;
        let root = OpenFolder::open(path).map_err(at(path.to_owned()))?;
        let inside = path.join(STATE);
        let state = root.create_subfolder(STATE).map_err(at(inside.clone()))?;
        // Held until the end of this function, so that no other run takes the new folder for a dead one.
        let _lock = lock(&state).map_err(at(inside.clone()))?;
        if !matches!(work, Work::Shard(_)) {
            sweep(&state).map_err(at(inside.clone()))?;
        }
        let journal = begin(&state, work).map_err(at(inside.clone()))?;
        let run = format!("{RUN}{}", unpredictable());
        let unfinished = state
            .create_new_subfolder(&run)
            .map_err(at(inside.clone()))?;
        let alive = unfinished.create(ALIVE).map_err(at(inside.clone()))?;
        alive.lock().map_err(at(inside.clone()))?;
        let again = root.subfolder(STATE).map_err(at(inside))?;
        Ok(Self {
            root,
            state,
            unfinished,
            journal,
            _alive: alive,
            _run: RunFolder {
                state: again,
                name: run,
            },
        })
    }

    /// The folder itself.
    #[must_use]
    pub(super) fn root(&self) -> &OpenFolder {
        &self.root
    }

    /// The folder of the record.
    #[must_use]
    pub(super) fn state(&self) -> &OpenFolder {
        &self.state
    }

    /// Where this run's unfinished files stand.
    #[must_use]
    pub(super) fn unfinished(&self) -> &OpenFolder {
        &self.unfinished
    }

    /// The number of this attempt, where the run writes a part.
    #[must_use]
    pub(super) fn attempt(&self) -> Option<Attempt> {
        match self.journal {
            Journal::Record => None,
            Journal::Part(_, attempt) => Some(attempt),
        }
    }

    /// Keeps a source that a Word edition was made of, for the day when it comes back edited. A source that cannot be kept is
    /// missed by `update` alone, which says so.
    pub(super) fn keep_source(&self, hash: Sha256, text: &str) {
        let name = hash.to_string();
        let keep = || -> io::Result<()> {
            let folder = self.state.create_subfolder(SOURCES)?;
            if folder.kind(&name)?.is_some() {
                return Ok(());
            }
            self.unfinished.create(&name)?.write_all(text.as_bytes())?;
            self.unfinished.rename(&name, &folder, &name)
        };
        let _ = keep();
    }

    /// Adds entries to the record.
    ///
    /// # Errors
    /// What the system gave.
    pub(super) fn append(&self, disk: &dyn Disk, entries: &[RecordedPiece]) -> io::Result<()> {
        let lines: Vec<u8> = entries.iter().flat_map(RecordedPiece::to_line).collect();
        self.append_lines(disk, &lines)
    }

    /// Adds lines to the record, or to this run's part of it.
    ///
    /// # Errors
    /// What the system gave.
    pub(super) fn append_lines(&self, disk: &dyn Disk, lines: &[u8]) -> io::Result<()> {
        match &self.journal {
            Journal::Record => {
                let _lock = lock(&self.state)?;
                disk.append(&self.state, record::FILE_NAME, lines)
            }
            // Nobody else writes there.
            Journal::Part(name, _) => disk.append(&self.state, name, lines),
        }
    }

    /// Adds proofs to those remembered.
    ///
    /// # Errors
    /// What the system gave.
    pub(super) fn append_proofs(&self, disk: &dyn Disk, proofs: &[Proof]) -> io::Result<()> {
        match proofs.is_empty() {
            true => Ok(()),
            false => proofs::add_proofs(disk, &self.state, proofs),
        }
    }

    /// Whether this run records in the record itself, and no other is at work; what dead runs left is removed.
    ///
    /// # Errors
    /// What the system gave.
    pub(super) fn is_alone(&self) -> io::Result<bool> {
        sweep(&self.state)?;
        let is_whole =
            matches!(self.journal, Journal::Record) && part_names(&self.state)?.is_empty();
        Ok(is_whole && run_folders(&self.state)?.len() == 1)
    }

    /// Adds what stands in the record itself, its parts left out.
    pub(super) fn add_record_to(&self, record: &mut BatchRecord) {
        record.add_file(&self.state, record::FILE_NAME);
    }

    /// Puts a file of the state in the place of the one before.
    ///
    /// # Errors
    /// What the system gave; the file is then as it was.
    pub(super) fn replace(&self, disk: &dyn Disk, name: &str, bytes: &[u8]) -> io::Result<()> {
        disk.write_new(&self.unfinished, name, bytes)?;
        disk.sync(&self.unfinished, name)?;
        disk.rename(&self.unfinished, name, &self.state, name)
    }

    /// The names of the parts, in the order of their attempts.
    ///
    /// # Errors
    /// What the system gave.
    pub(super) fn part_names(&self) -> io::Result<Vec<String>> {
        part_names(&self.state)
    }

    /// Calls a function with the lines of a part, or of the record, that can be read, one after the other.
    ///
    /// # Errors
    /// What the system or the function gave.
    pub(super) fn each_line(
        &self,
        name: &str,
        wanted: Wanted,
        each: impl FnMut(RecordLine) -> io::Result<()>,
    ) -> io::Result<()> {
        self.each_line_behind(name, None, wanted, each).map(drop)
    }

    /// The same with the lines behind those that were read of a file, or with all where another file has its name now; gives which
    /// file it is, and where its last whole line ends.
    ///
    /// # Errors
    /// What the system or the function gave.
    pub(super) fn each_line_behind(
        &self,
        name: &str,
        before: Option<(u64, u64)>,
        wanted: Wanted,
        mut each: impl FnMut(RecordLine) -> io::Result<()>,
    ) -> io::Result<(u64, u64)> {
        let mut file = match self.state.read(name) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((0, 0)),
            file => file?,
        };
        let stamp = FileStamp::of(&file.metadata()?);
        let mut at = match before {
            Some((inode, end)) if inode == stamp.inode && end <= stamp.size => end,
            _ => 0,
        };
        file.seek(SeekFrom::Start(at))?;
        let mut lines = BufReader::with_capacity(BLOCK, file);
        let mut line = Vec::new();
        while lines.read_until(b'\n', &mut line)? > 0 {
            let whole = line.strip_suffix(b"\n");
            if let Some(read) = RecordLine::parse_wanted(whole.unwrap_or(&line), wanted) {
                each(read)?;
            }
            if whole.is_some() {
                at += u64::try_from(line.len()).unwrap_or(u64::MAX);
            }
            line.clear();
        }
        Ok((stamp.inode, at))
    }

    /// What spans the pieces of the record, in words.
    ///
    /// # Errors
    /// What the system gave.
    pub(super) fn spans(&self) -> io::Result<Vec<String>> {
        let mut spans = Spans::default();
        let each = |line, take: &mut dyn FnMut(Box<RecordedPiece>)| {
            if let RecordLine::Piece(entry) = line {
                take(entry);
            }
            Ok(())
        };
        self.each_line(record::FILE_NAME, Wanted::All, |line| {
            each(line, &mut |entry| spans.take(&entry.slug, &entry.life))
        })?;
        self.each_line(record::FILE_NAME, Wanted::All, |line| {
            each(line, &mut |entry| spans.hold(&entry.slug))
        })?;
        Ok(spans.into_notes())
    }

    /// Makes one record of the record and these parts, and removes the parts. Memory does not grow with them.
    ///
    /// # Errors
    /// What the system gave; record and parts are then as they were, or some parts are left that say what the record says.
    pub(super) fn fold(&self, disk: &dyn Disk, parts: &[String]) -> io::Result<()> {
        let _lock = lock(&self.state)?;
        let mut entries = Sorter::new(&self.unfinished, "entries");
        let record = record::FILE_NAME;
        for name in std::iter::once(record).chain(parts.iter().map(String::as_str)) {
            self.each_line(name, Wanted::All, |line| match line {
                RecordLine::Piece(entry) => {
                    let line = match entry.leaves_nothing() {
                        true => Vec::new(),
                        false => entry.to_line(),
                    };
                    entries.insert(entry.slug.into_bytes(), line)
                }
                _ => Ok(()),
            })?;
        }
        disk.write_new(&self.unfinished, record, &[])?;
        let mut block = Vec::new();
        for line in entries.sorted()? {
            block.extend(line?);
            if block.len() > BLOCK {
                disk.append(&self.unfinished, record, &block)?;
                block.clear();
            }
        }
        disk.append(&self.unfinished, record, &block)?;
        disk.sync(&self.unfinished, record)?;
        disk.rename(&self.unfinished, record, &self.state, record)?;
        disk.sync_folder(&self.state)?;
        parts.iter().try_for_each(|part| self.state.remove(part))
    }

    /// Adds entries as a part of this run's own, which counts after all that stand there.
    ///
    /// # Errors
    /// What the system gave.
    pub(super) fn add_part(
        &self,
        disk: &dyn Disk,
        entries: &[RecordedPiece],
    ) -> io::Result<String> {
        let _lock = lock(&self.state)?;
        let name = part_line::name(next_attempt(&self.state)?, &own_name());
        let lines: Vec<u8> = entries.iter().flat_map(RecordedPiece::to_line).collect();
        disk.append(&self.state, &name, &lines)?;
        Ok(name)
    }
}

/// Where a run records; its part is begun, where it writes one.
fn begin(state: &OpenFolder, work: &Work<'_>) -> io::Result<Journal> {
    let head = match work {
        Work::Shard(head) => head.clone(),
        Work::All(head) if !part_names(state)?.is_empty() => head(),
        Work::All(_) | Work::Merge => return Ok(Journal::Record),
    };
    let attempt = next_attempt(state)?;
    let name = part_line::name(attempt, &own_name());
    state.create(&name)?.write_all(&head.to_line())?;
    Ok(Journal::Part(name, attempt))
}

fn own_name() -> String {
    unpredictable()[..16].to_owned()
}

/// A number above that of every attempt so far.
fn next_attempt(state: &OpenFolder) -> io::Result<Attempt> {
    let names = part_names(state)?;
    let highest = names
        .iter()
        .filter_map(|name| part_line::attempt(name))
        .max();
    Ok(highest.unwrap_or_default() + 1)
}

/// The name of the file that a live run holds locked.
const ALIVE: &str = "alive";

/// Removes the folders of runs that live no more.
fn sweep(state: &OpenFolder) -> io::Result<()> {
    for run in run_folders(state)? {
        let alive = match state.subfolder(&run).and_then(|run| run.read(ALIVE)) {
            Ok(alive) => alive.try_lock().is_err(),
            Err(_) => false,
        };
        if !alive {
            state.remove_with_files(&run)?;
        }
    }
    Ok(())
}

/// The names of the folders of runs; a link by such a name is none.
fn run_folders(state: &OpenFolder) -> io::Result<Vec<String>> {
    let names = state.names()?.into_iter();
    let names = names.filter_map(|name| name.into_string().ok());
    let mut runs = Vec::new();
    for name in names.filter(|name| name.starts_with(RUN)) {
        if state.kind(&name)? == Some(EntryKind::Folder) {
            runs.push(name);
        }
    }
    Ok(runs)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn what_a_dead_run_left_is_removed_and_a_live_run_is_left_alone() {
        let root = tempfile::tempdir().unwrap();
        let live = OutputFolder::open(root.path(), &Work::Merge).unwrap();
        fs::write(live.unfinished().path().join("a.pdf"), "half").unwrap();
        let dead = root.path().join(".flashpoint/run-9");
        fs::create_dir(&dead).unwrap();
        fs::write(dead.join("alive"), "").unwrap();
        fs::write(dead.join("b.pdf"), "half").unwrap();
        let next = OutputFolder::open(root.path(), &Work::Merge).unwrap();
        assert!(!dead.exists());
        assert!(live.unfinished().path().join("a.pdf").exists());
        assert_ne!(next.unfinished().path(), live.unfinished().path());
        drop((live, next));
        let state = OpenFolder::open(&root.path().join(".flashpoint")).unwrap();
        let left = run_folders(&state).unwrap();
        assert!(left.is_empty(), "{left:?}");
    }

    #[test]
    fn a_plain_file_in_the_folders_place_is_told() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("dist");
        fs::write(&file, "x").unwrap();
        for path in [file.clone(), file.join("deeper")] {
            assert!(matches!(
                OutputFolder::open(&path, &Work::Merge),
                Err(BatchError::Folder { path: told, .. }) if told == path
            ));
        }
    }
}
