//! A spool: bytes that wait outside of memory until they are put, in one file without a name.
//!
//! A file for each would cost a creation and a removal, which on a large site take longer than everything else; and the
//! system frees a nameless file however the run ends.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::platform;

/// A spool; any number of threads may add to it and read from it.
#[derive(Debug, Clone)]
pub(super) struct Spool {
    file: Arc<File>,
    end: Arc<AtomicU64>,
}

/// Bytes in a spool.
#[derive(Debug, Clone)]
pub(super) struct Spooled {
    file: Arc<File>,
    start: u64,
    length: usize,
}

impl Spool {
    /// An empty spool on the file system of a folder.
    ///
    /// # Errors
    /// What the system gave.
    pub(super) fn new(folder: &Path) -> io::Result<Self> {
        Ok(Self {
            file: Arc::new(tempfile::tempfile_in(folder)?),
            end: Arc::default(),
        })
    }

    /// Adds bytes.
    ///
    /// # Errors
    /// What the system gave, such as a full disk.
    pub(super) fn add(&self, bytes: &[u8]) -> io::Result<Spooled> {
        let start = self.end.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        platform::write_at(&self.file, bytes, start)?;
        Ok(Spooled {
            file: Arc::clone(&self.file),
            start,
            length: bytes.len(),
        })
    }
}

impl Spooled {
    /// Reads the bytes again.
    ///
    /// # Errors
    /// What the system gave.
    pub(super) fn bytes(&self) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; self.length];
        platform::read_at(&self.file, &mut bytes, self.start)?;
        Ok(bytes)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn what_several_threads_add_comes_back_whole() {
        let folder = tempfile::tempdir().unwrap();
        let spool = Spool::new(folder.path()).unwrap();
        let add = |from: u8| (0..50).map(move |n| vec![from + n; usize::from(n) * 7]);
        let spooled: Vec<(Vec<u8>, Spooled)> = std::thread::scope(|scope| {
            let workers = [0, 100].map(|from| {
                let spool = &spool;
                scope.spawn(move || {
                    add(from)
                        .map(|bytes| (bytes.clone(), spool.add(&bytes).unwrap()))
                        .collect::<Vec<_>>()
                })
            });
            workers
                .into_iter()
                .flat_map(|worker| worker.join().unwrap())
                .collect()
        });
        for (bytes, spooled) in spooled {
            assert_eq!(spooled.bytes().unwrap(), bytes);
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
