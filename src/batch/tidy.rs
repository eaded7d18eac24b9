//! The record written anew, without what counts no more.

use std::collections::BTreeMap;
use std::io;

use super::disk::Disk;
use super::entry::{FileStamp, RecordedClaim};
use super::gone::file_names;
use super::output_folder::OutputFolder;
use super::proofs::{self, Proofs};
use super::record::{self, BatchRecord};
use super::record_line::{RecordLine, Wanted};
use super::state::lock;

/// Writes the record and the proofs anew where much of them counts no more. Where parts stand beside the record, that is left
/// to joining them; and where other runs are at work, to the last of them, since what they said that they are about to put counts until they
/// end.
///
/// # Errors
/// What the system gave; the files are then as they were.
pub(super) fn tidy(folder: &OutputFolder, disk: &dyn Disk) -> io::Result<()> {
    let _lock = lock(folder.state())?;
    if !folder.is_alone()? {
        return Ok(());
    }
    // Read again under the lock: another run may have added to it.
    let mut record = BatchRecord::default();
    folder.add_record_to(&mut record);
    if record.is_wasteful() {
        let mut journal = record.to_journal();
        journal.extend(left_by_others(folder, &record)?);
        folder.replace(disk, record::FILE_NAME, &journal)?;
    }
    match Proofs::read(folder.state()).tidied(&record) {
        Some(proofs) => folder.replace(disk, proofs::FILE_NAME, &proofs::lines(&proofs)),
        None => Ok(()),
    }
}

/// Lines that claim the editions that stand where the record tells of others: of two runs at once one may have put its own last, and
/// the other recorded last.
///
/// # Errors
/// What the system gave for the record.
fn left_by_others(folder: &OutputFolder, record: &BatchRecord) -> io::Result<Vec<u8>> {
    let mut standing: BTreeMap<(String, String), FileStamp> = BTreeMap::new();
    for entry in record.entries() {
        for (at, name) in file_names(entry) {
            let edition = &entry.editions[at];
            // What cannot be read is nothing that a run left.
            let metadata = folder.root().read(&name).and_then(|file| file.metadata());
            let stamp = metadata.ok().map(|metadata| FileStamp::of(&metadata));
            if let Some(stamp) = stamp.filter(|stamp| *stamp != edition.stamp) {
                standing.insert((entry.slug.clone(), edition.format.clone()), stamp);
            }
        }
    }
    let mut lines = Vec::new();
    if standing.is_empty() {
        return Ok(lines);
    }
    folder.each_line(record::FILE_NAME, Wanted::All, |line| {
        let RecordLine::Piece(entry) = line else {
            return Ok(());
        };
        let editions = entry.editions.iter();
        let left = editions.filter(|edition| {
            let place = (entry.slug.clone(), edition.format.clone());
            standing.get(&place) == Some(&edition.stamp)
        });
        let claims = left.map(|edition| RecordedClaim {
            format: edition.format.clone(),
            hash: edition.hash,
        });
        let claims: Vec<RecordedClaim> = claims.collect();
        if let (false, Some(counts)) = (claims.is_empty(), record.of_slug(&entry.slug)) {
            let mut counts = counts.clone();
            counts.claims = claims;
            lines.extend(counts.to_line());
        }
        Ok(())
    })?;
    Ok(lines)
}
