//! What an output folder keeps aside, and what its record tells of every run: the two sides of asking whether a file is ours.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use super::output_folder::OutputFolder;
use super::record;
use super::record_line::{RecordLine, Wanted};
use super::state::KEPT;
use crate::digest::Sha256;
use crate::store::EntryKind;

/// Every edition that the record tells of, those that count no more among them, by the hashes of slug, format and bytes.
#[derive(Debug, Default)]
pub(super) struct EverLeft {
    keys: BTreeSet<[u8; 16]>,
    /// Which file the record and each of its parts was, and how far it was read.
    read: BTreeMap<String, (u64, u64)>,
}

impl EverLeft {
    /// Reads on in the record and its parts, from where it ended: other runs that go on beside this one write there, what they put
    /// and what they are about to. Only once something stands in a place that no line tells of.
    ///
    /// A record that was written anew meanwhile is read from its beginning.
    ///
    /// # Errors
    /// What the system gave.
    pub(super) fn read_on(&mut self, folder: &OutputFolder) -> io::Result<()> {
        let parts = folder.part_names()?;
        for name in std::iter::once(record::FILE_NAME).chain(parts.iter().map(String::as_str)) {
            let before = self.read.get(name).copied();
            let keys = &mut self.keys;
            let end = folder.each_line_behind(name, before, Wanted::All, |line| {
                if let RecordLine::Piece(entry) = line {
                    let editions = entry.editions.iter();
                    let editions = editions.map(|one| key(&entry.slug, &one.format, one.hash));
                    keys.extend(editions);
                    let claims = entry.claims.iter();
                    keys.extend(claims.map(|one| key(&entry.slug, &one.format, one.hash)));
                }
                Ok(())
            })?;
            self.read.insert(name.to_owned(), end);
        }
        Ok(())
    }

    /// Whether an edition of these bytes was ever put, or about to be.
    pub(super) fn contains(&self, slug: &str, format: &str, hash: Sha256) -> bool {
        self.keys.contains(&key(slug, format, hash))
    }
}

fn key(slug: &str, format: &str, hash: Sha256) -> [u8; 16] {
    let digest = Sha256::of_fields([slug, format, &hash.to_string()]);
    let (first, _) = digest.as_bytes().split_at(16);
    first.try_into().expect("sixteen bytes were split off")
}

/// The name that a file is kept under: its own with the beginning of its hash, and a number where another has that name.
pub(super) fn name_aside(name: &str, hash: Sha256, number: usize) -> String {
    let (stem, ending) = name.split_once('.').unwrap_or((name, ""));
    let hash = &hash.to_string()[..8];
    let number = match number {
        1 => String::new(),
        number => format!("-{number}"),
    };
    format!("{stem}-{hash}{number}.{ending}")
}

/// How many files an output folder keeps that stood in the places of editions, and how many bytes they have.
///
/// # Errors
/// What the system gave.
pub(super) fn kept_aside(folder: &OutputFolder) -> io::Result<(usize, u64)> {
    let state = folder.state();
    if state.kind(KEPT)? != Some(EntryKind::Folder) {
        return Ok((0, 0));
    }
    let kept = state.subfolder(KEPT)?;
    let (mut files, mut bytes) = (0, 0);
    for name in kept.names()? {
        if let Some(EntryKind::File(size)) = kept.kind(Path::new(&name))? {
            files += 1;
            bytes += size;
        }
    }
    Ok((files, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_aside_keep_the_endings_of_files() {
        let hash = Sha256::of(b"x");
        let short = &hash.to_string()[..8];
        assert_eq!(name_aside("a-b.docx", hash, 1), format!("a-b-{short}.docx"));
        assert_eq!(
            name_aside("a.review.docx", hash, 3),
            format!("a-{short}-3.review.docx")
        );
    }
}
