//! What a later run asks of files that were read before: their digests, through the same gates as the first reading.

use std::io::Read;
use std::path::Path;

use super::{MAX_BYTES, image};
use crate::digest::Sha256;
use crate::store::open_plain;

/// The digest of a source as it stands now; none where it cannot be read, or is no plain file of a source's size.
#[must_use]
pub fn source_digest(path: &Path) -> Option<Sha256> {
    let file = open_plain(path).ok()?;
    let is_readable = file.metadata().ok()?.len() <= MAX_BYTES;
    let digest = Sha256::of_reader(file.take(MAX_BYTES + 1)).ok()?;
    is_readable.then_some(digest)
}

/// The digest of an image that a source names, as it stands now; none where loading would refuse it.
#[must_use]
pub fn image_digest(source: &Path, image: &str) -> Option<Sha256> {
    let bytes = image::bytes(image::folder_of(source), image).ok()?;
    Some(Sha256::of(&bytes))
}
