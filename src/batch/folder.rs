//! The output folder and its `.flashpoint/`: the record, the lock that guards it, and a folder for each run under way.
//!
//! A run writes its unfinished files into `.flashpoint/run-N/` and holds a lock on `run-N/alive` while it lives. The
//! system lets go of the lock however the run ends, so the next run knows which folders are dead and removes them, and
//! never touches those of a run that is still at work.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock};

use super::RunError;
use super::disk::Disk;
use super::record::{self, Entry, Record};

/// An output folder with this run's place in it.
#[derive(Debug)]
pub(super) struct Folder {
    root: PathBuf,
    state: PathBuf,
    run: PathBuf,
    /// Holds the lock that tells other runs that this one lives.
    _alive: File,
}

impl Folder {
    /// Opens an output folder, made where it is missing, and removes what dead runs left in it.
    ///
    /// # Errors
    /// [`RunError::Folder`] when it cannot be made or written to.
    pub(super) fn open(root: &Path) -> Result<Self, RunError> {
        Self::try_open(root).map_err(|(path, error)| RunError::Folder {
            path,
            reason: error.to_string(),
        })
    }

    fn try_open(root: &Path) -> Result<Self, (PathBuf, io::Error)> {
        let state = root.join(".flashpoint");
        let at = |path: &Path| {
            let path = path.to_owned();
            move |error| (path, error)
        };
        fs::create_dir_all(root).map_err(at(root))?;
        fs::create_dir_all(&state).map_err(at(&state))?;
        // Held until the end of this function, so that no other run takes the new folder for a dead one.
        let _lock = lock(&state).map_err(at(&state))?;
        sweep(&state).map_err(at(&state))?;
        let run = make_run(&state).map_err(at(&state))?;
        let alive = File::create_new(run.join("alive")).map_err(at(&run))?;
        flock(&alive, FlockOperation::LockExclusive)
            .map_err(|error| (run.clone(), error.into()))?;
        Ok(Self {
            root: root.to_owned(),
            state,
            run,
            _alive: alive,
        })
    }

    /// The folder itself.
    #[must_use]
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Where this run's unfinished files stand.
    #[must_use]
    pub(super) fn unfinished(&self) -> &Path {
        &self.run
    }

    /// Reads the record.
    #[must_use]
    pub(super) fn record(&self) -> Record {
        Record::read(&self.journal())
    }

    /// Adds entries to the record.
    ///
    /// # Errors
    /// What the system gave.
    pub(super) fn append(&self, disk: &dyn Disk, entries: &[Entry]) -> io::Result<()> {
        let lines: Vec<u8> = entries.iter().flat_map(Entry::to_line).collect();
        let _lock = lock(&self.state)?;
        disk.append(&self.journal(), &lines)
    }

    /// Writes the record anew where much of it counts no more.
    ///
    /// # Errors
    /// What the system gave; the record is then as it was.
    pub(super) fn tidy(&self, disk: &dyn Disk) -> io::Result<()> {
        let _lock = lock(&self.state)?;
        // Read again under the lock: another run may have added to it.
        let record = self.record();
        if !record.is_wasteful() {
            return Ok(());
        }
        let fresh = self.run.join(record::FILE_NAME);
        let file = disk.write_new(&fresh, &record.to_journal())?;
        disk.sync(&file)?;
        disk.rename(&fresh, &self.journal())
    }

    fn journal(&self) -> PathBuf {
        self.state.join(record::FILE_NAME)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed now, the next run removes.
        let _ = fs::remove_dir_all(&self.run);
    }
}

/// Waits for the lock that guards record and run folders; it is let go when the file is dropped.
fn lock(state: &Path) -> io::Result<File> {
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(state.join("lock"))?;
    flock(&file, FlockOperation::LockExclusive)?;
    Ok(file)
}

/// Removes the folders of runs that live no more.
fn sweep(state: &Path) -> io::Result<()> {
    for run in run_folders(state)? {
        let alive = match File::open(run.join("alive")) {
            Ok(alive) => flock(&alive, FlockOperation::NonBlockingLockExclusive).is_err(),
            Err(_) => false,
        };
        if !alive {
            fs::remove_dir_all(&run)?;
        }
    }
    Ok(())
}

fn run_folders(state: &Path) -> io::Result<Vec<PathBuf>> {
    let mut runs = Vec::new();
    for entry in fs::read_dir(state)? {
        let entry = entry?;
        let name = entry.file_name();
        if name.to_string_lossy().starts_with("run-") && entry.file_type()?.is_dir() {
            runs.push(entry.path());
        }
    }
    Ok(runs)
}

/// Makes a folder of the first free number; called under the lock.
fn make_run(state: &Path) -> io::Result<PathBuf> {
    let mut number = 1_u64;
    loop {
        let run = state.join(format!("run-{number}"));
        match fs::create_dir(&run) {
            Ok(()) => return Ok(run),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn what_a_dead_run_left_is_removed_and_a_live_run_is_left_alone() {
        let root = tempfile::tempdir().unwrap();
        let live = Folder::open(root.path()).unwrap();
        fs::write(live.unfinished().join("a.pdf"), "half").unwrap();
        let dead = root.path().join(".flashpoint/run-9");
        fs::create_dir(&dead).unwrap();
        fs::write(dead.join("alive"), "").unwrap();
        fs::write(dead.join("b.pdf"), "half").unwrap();
        let next = Folder::open(root.path()).unwrap();
        assert!(!dead.exists());
        assert!(live.unfinished().join("a.pdf").exists());
        assert_ne!(next.unfinished(), live.unfinished());
        drop((live, next));
        let left = run_folders(&root.path().join(".flashpoint")).unwrap();
        assert!(left.is_empty(), "{left:?}");
    }

    #[test]
    fn a_plain_file_in_the_folders_place_is_told() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("dist");
        fs::write(&file, "x").unwrap();
        for path in [file.clone(), file.join("deeper")] {
            assert!(matches!(
                Folder::open(&path),
                Err(RunError::Folder { path: told, .. }) if told == path
            ));
        }
    }
}
