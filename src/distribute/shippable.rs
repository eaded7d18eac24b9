//! Editions as they stand in the output folder: which of them may be shipped, and what is wrong with the others.

use std::fs;
use std::path::{Path, PathBuf};

use crate::batch::{FileStamp, RecordedPiece};
use crate::diagnostic::{Code, Diagnostic};
use crate::digest::Sha256;
use crate::editions::{FORMATS, Format};
use crate::piece::Slug;
use crate::store::open_plain;

/// An edition that may be shipped.
pub(super) struct ShippableEdition {
    /// Its format.
    pub(super) format: &'static Format,
    /// The SHA-256 of its bytes.
    pub(super) sha256: Sha256,
    /// Its size in bytes.
    pub(super) size: u64,
    /// Where it stands.
    pub(super) file: PathBuf,
}

/// An output folder, and how closely it is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct EditionFolder<'a> {
    /// The folder.
    pub(super) dist: &'a Path,
    /// Whether editions are read, rather than their stamps trusted.
    pub(super) recheck: bool,
}

impl EditionFolder<'_> {
    /// The editions that may be shipped; the others are told.
    pub(super) fn shippable(
        self,
        slug: &Slug,
        entry: Option<&RecordedPiece>,
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<ShippableEdition> {
        let mut editions = Vec::new();
        for format in FORMATS {
            match self.edition(slug, format, entry) {
                Ok(edition) => editions.extend(edition),
                Err(problem) => problems.push(problem.hint("run `flashpoint export` first")),
            }
        }
        editions
    }

    fn edition(
        self,
        slug: &Slug,
        format: &'static Format,
        entry: Option<&RecordedPiece>,
    ) -> Result<Option<ShippableEdition>, Diagnostic> {
        let path = self.dist.join(format!("{slug}.{}", format.extension));
        let name = path.display();
        let recorded = entry.and_then(|entry| entry.edition(format.name));
        let metadata = fs::symlink_metadata(&path)
            .ok()
            .filter(fs::Metadata::is_file);
        let (Some(recorded), Some(metadata)) = (recorded, &metadata) else {
            return match (metadata, format.standard) {
                (Some(_), _) => Err(Diagnostic::error(
                    Code::EditionOutdated,
                    format!(
                        "{name} was made from another version of this source and is not shipped"
                    ),
                )),
                (None, true) => Err(Diagnostic::warning(
                    Code::EditionMissing,
                    format!("{name} is missing and is not shipped"),
                )),
                (None, false) => Ok(None),
            };
        };
        let is_whole = (!self.recheck && FileStamp::of(metadata) == recorded.stamp)
            || open_plain(&path).and_then(Sha256::of_reader).ok() == Some(recorded.hash);
        if !is_whole {
            let problem = format!("{name} was altered after it was made and is not shipped");
            return Err(Diagnostic::error(Code::EditionAltered, problem));
        }
        Ok(Some(ShippableEdition {
            format,
            sha256: recorded.hash,
            size: metadata.len(),
            file: path,
        }))
    }
}
