//! Sorting what does not fit in memory: values by their keys, in runs that fit, which are joined as they are read.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, btree_map};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};

use crate::store::OpenFolder;

/// So much is held at once, in bytes.
const MEMORY: usize = 32 << 20;

/// What a value costs besides its bytes.
const OVERHEAD: usize = 96;

/// Values on their way to being sorted.
pub(super) struct Sorter<'a> {
    folder: &'a OpenFolder,
    name: &'static str,
    memory: usize,
    held: BTreeMap<Vec<u8>, Vec<u8>>,
    size: usize,
    runs: Vec<String>,
}

impl<'a> Sorter<'a> {
    /// One that puts its runs into a folder, under a name that no other there has; they are removed with the folder.
    pub(super) fn new(folder: &'a OpenFolder, name: &'static str) -> Self {
        Self {
            folder,
            name,
            memory: MEMORY,
            held: BTreeMap::new(),
            size: 0,
            runs: Vec::new(),
        }
    }

    /// Takes a value in place of the one of its key.
    ///
    /// # Errors
    /// What the system gave.
    pub(super) fn insert(&mut self, key: Vec<u8>, value: Vec<u8>) -> io::Result<()> {
        self.size += key.len() + value.len() + OVERHEAD;
        if let Some(old) = self.held.insert(key, value) {
            self.size -= old.len();
        }
        match self.size > self.memory {
            true => self.spill(),
            false => Ok(()),
        }
    }

    fn spill(&mut self) -> io::Result<()> {
        let name = format!("{}-{}", self.name, self.runs.len());
        let mut file = BufWriter::new(self.folder.create(&name)?);
        for (key, value) in std::mem::take(&mut self.held) {
            write(&mut file, &key)?;
            write(&mut file, &value)?;
        }
        file.flush()?;
        self.runs.push(name);
        self.size = 0;
        Ok(())
    }

    /// The values in the order of their keys.
    ///
    /// # Errors
    /// What the system gave.
    pub(super) fn sorted(self) -> io::Result<Sorted> {
        let open = |name: &String| Ok(Run::File(BufReader::new(self.folder.read(name)?)));
        let mut runs: Vec<Run> = self.runs.iter().map(open).collect::<io::Result<_>>()?;
        runs.push(Run::Held(self.held.into_iter()));
        let mut sorted = Sorted {
            heads: BinaryHeap::new(),
            runs,
        };
        for run in 0..sorted.runs.len() {
            sorted.advance(run)?;
        }
        Ok(sorted)
    }
}

/// The first that is left of a run: its key, the run, its value.
type Head = (Vec<u8>, usize, Vec<u8>);

/// Sorted values, by their keys.
pub(super) struct Sorted {
    /// Later runs hold later values.
    runs: Vec<Run>,
    heads: BinaryHeap<Reverse<Head>>,
}

enum Run {
    Held(btree_map::IntoIter<Vec<u8>, Vec<u8>>),
    File(BufReader<File>),
}

impl Sorted {
    fn advance(&mut self, run: usize) -> io::Result<()> {
        let next = match &mut self.runs[run] {
            Run::Held(values) => values.next(),
            Run::File(file) => match read(file)? {
                Some(key) => Some((key, read(file)?.ok_or(io::ErrorKind::UnexpectedEof)?)),
                None => None,
            },
        };
        if let Some((key, value)) = next {
            self.heads.push(Reverse((key, run, value)));
        }
        Ok(())
    }

    fn pop(&mut self) -> io::Result<Option<Vec<u8>>> {
        let Some(Reverse((key, run, mut value))) = self.heads.pop() else {
            return Ok(None);
        };
        self.advance(run)?;
        while self
            .heads
            .peek()
            .is_some_and(|Reverse((next, ..))| *next == key)
        {
            if let Some(Reverse((_, run, newer))) = self.heads.pop() {
                value = newer;
                self.advance(run)?;
            }
        }
        Ok(Some(value))
    }
}

impl Iterator for Sorted {
    type Item = io::Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.pop().transpose()
    }
}

/// Writes bytes with their length.
pub(super) fn write(file: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    file.write_all(&(bytes.len() as u64).to_be_bytes())?;
    file.write_all(bytes)
}

/// Reads bytes as they were written; none at the end.
pub(super) fn read(file: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 8];
    match file.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let length = u64::from_be_bytes(length);
    let mut bytes = Vec::new();
    match file.take(length).read_to_end(&mut bytes)? as u64 == length {
        true => Ok(Some(bytes)),
        false => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn the_last_value_of_each_key_comes_in_the_order_of_the_keys_however_little_fits() {
        let mut expected = BTreeMap::new();
        let values: Vec<(String, String)> = (0..3000_u32)
            .map(|n| {
                (
                    format!("key-{}", n.wrapping_mul(2_654_435_761) % 700),
                    n.to_string(),
                )
            })
            .collect();
        for (key, value) in &values {
            expected.insert(key.clone(), value.clone());
        }
        for memory in [0, 2_000, 50_000, MEMORY] {
            let place = tempfile::tempdir().unwrap();
            let folder = OpenFolder::open(place.path()).unwrap();
            let mut sorter = Sorter {
                memory: memory.max(OVERHEAD * 40),
                ..Sorter::new(&folder, "values")
            };
            for (key, value) in &values {
                sorter
                    .insert(key.clone().into(), value.clone().into())
                    .unwrap();
            }
            let sorted = sorter
                .sorted()
                .unwrap()
                .map(|value| String::from_utf8(value.unwrap()).unwrap());
            assert!(sorted.eq(expected.values().cloned()), "{memory}");
        }
    }
}
