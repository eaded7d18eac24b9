//! Files in the places of editions that are not as a run left them: an edition that somebody opened and saved there, or one that
//! was damaged. Nobody can tell these apart, so each is kept aside before another takes its place.

use std::io;
use std::path::PathBuf;

use super::aside::{EverLeft, name_aside};
use super::entry::FileStamp;
use super::lock::lock;
use super::run::BatchRun;
use super::state::{KEPT, STATE};
use crate::digest::Sha256;
use crate::piece::Slug;
use crate::pipeline::Output;
use crate::store::{EntryKind, unpredictable};

/// A file in the place of an edition that no run left so.
#[derive(Debug, Clone, Copy)]
pub(super) struct AlteredFile {
    hash: Sha256,
    stamp: FileStamp,
}

impl BatchRun<'_> {
    /// What stands in the place of an edition with these bytes and is not as a run left it; a file without a byte holds nothing
    /// that could be lost.
    ///
    /// # Errors
    /// What the system gave for a file that cannot be read.
    pub(super) fn altered(
        &self,
        slug: &Slug,
        output: Output,
        new: Sha256,
    ) -> io::Result<Option<AlteredFile>> {
        let root = self.folder.root();
        let name = output.file_name(slug);
        if !matches!(root.kind(&name)?, Some(EntryKind::File(1..))) {
            return Ok(None);
        }
        let file = root.read(&name)?;
        let stamp = FileStamp::of(&file.metadata()?);
        let entry = self.record.of_slug(slug.as_str());
        let recorded = entry.and_then(|entry| entry.edition(output.name()));
        if !self.settings.recheck && recorded.is_some_and(|edition| edition.stamp == stamp) {
            return Ok(None);
        }
        let hash = Sha256::of_reader(file)?;
        if hash == new || recorded.is_some_and(|edition| edition.hash == hash) {
            return Ok(None);
        }
        let is_left = |left: &EverLeft| left.contains(slug.as_str(), output.name(), hash);
        let mut left = lock(&self.left);
        let mut is_ours = is_left(&left);
        if !is_ours {
            left.read_on(self.folder)?;
            is_ours = is_left(&left);
        }
        drop(left);
        Ok((!is_ours).then_some(AlteredFile { hash, stamp }))
    }

    /// Keeps a file aside: its bytes are on the medium under another name before this returns, and it still stands in its place.
    /// Gives the path that it is kept at.
    ///
    /// # Errors
    /// What the system gave, or that the file was written to meanwhile.
    pub(super) fn keep_aside(&self, name: &str, file: AlteredFile) -> io::Result<PathBuf> {
        let (disk, folder) = (self.settings.disk, self.folder);
        let (root, unfinished) = (folder.root(), folder.unfinished());
        let kept = folder.state().create_subfolder(KEPT)?;
        let path = |kept: &str| self.settings.dist.join(STATE).join(KEPT).join(kept);
        for number in 1.. {
            let new = name_aside(name, file.hash, number);
            if kept.kind(&new)?.is_some() {
                // Somebody may have gone on in what was kept.
                let standing = kept.read(&new).and_then(Sha256::of_reader);
                match standing.is_ok_and(|hash| hash == file.hash) {
                    true => return Ok(path(&new)),
                    false => continue,
                }
            }
            let copy = unpredictable();
            let copied = disk
                .copy(root, name, unfinished, &copy)
                .and_then(|()| disk.sync(unfinished, &copy).map(drop))
                .and_then(|()| match FileStamp::of(&root.read(name)?.metadata()?) {
                    stamp if stamp == file.stamp => Ok(()),
                    _ => Err(io::Error::other(
                        "it was written to while the run was going on",
                    )),
                })
                .and_then(|()| disk.rename(unfinished, &copy, &kept, &new));
            if let Err(error) = copied {
                // What cannot be removed now goes with the run's folder.
                let _ = unfinished.remove(&copy);
                return Err(error);
            }
            disk.sync_folder(&kept)?;
            return Ok(path(&new));
        }
        unreachable!("a folder holds fewer files than there are numbers")
    }
}
