//! Proofs that were made: which editions were read back and held against their sources, and found to say the same.
//!
//! A proof is remembered beside the record of runs by one hash of everything it follows from: the edition's bytes, the source
//! with its images and what its project gives, and the program that held the one against the other. Whatever changes, the proof
//! is no longer found, and is made again. The file is a line of 64 digits for each proof; a torn line is no proof.

use std::collections::HashSet;
use std::io::{self, Read};
use std::path::Path;

use super::disk::{Disk, RealDisk};
use super::entry::{PROGRAM, RecordedEdition, RecordedPiece};
use super::record::BatchRecord;
use super::state::{lock, state};
use crate::digest::Sha256;
use crate::load::ImageFile;
use crate::pipeline::Build;
use crate::store::OpenFolder;

/// The name of the file; its number changes with what a proof is of.
pub(super) const FILE_NAME: &str = "proofs-1";

/// What an edition was held against.
#[derive(Debug, Clone, Copy)]
pub struct ProofBasis<'a> {
    /// The SHA-256 of the source file.
    source: Sha256,
    /// The hash of what its project gives.
    given: Sha256,
    /// The images.
    images: &'a [ImageFile],
}

impl<'a> ProofBasis<'a> {
    /// That of a build; none where the source could not be read.
    #[must_use]
    pub fn of_build(build: &'a Build) -> Option<Self> {
        Some(Self {
            source: build.source_hash?,
            given: build.given.unwrap_or_default(),
            images: &build.images,
        })
    }

    /// That of a recorded piece.
    #[must_use]
    pub fn of_entry(entry: &'a RecordedPiece) -> Self {
        Self {
            source: entry.source,
            given: entry.given.unwrap_or_default(),
            images: &entry.images,
        }
    }

    /// The proof that an edition of these bytes says what its source says.
    #[must_use]
    pub fn proof_of(self, edition: Sha256) -> Proof {
        let hashes = [edition, self.source, self.given].map(|hash| hash.to_string());
        let mut fields = vec![PROGRAM.to_owned()];
        fields.extend(hashes);
        for image in self.images {
            fields.extend([image.path.clone(), image.hash.to_string()]);
        }
        Proof(Sha256::of_fields(fields.iter().map(String::as_str)))
    }
}

/// A proof, by the hash of all that it follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Proof(Sha256);

impl Proof {
    /// The proof as a line of the file, line end included.
    pub(super) fn to_line(self) -> String {
        format!("{}\n", self.0)
    }
}

/// The proofs of an output folder.
#[derive(Debug, Default)]
pub struct Proofs(HashSet<Proof>);

impl Proofs {
    /// Reads the proofs of an output folder; none where they cannot be read.
    #[must_use]
    pub fn of_folder(dist: &Path) -> Self {
        state(dist).map_or_else(|_| Self::default(), |state| Self::read(&state))
    }

    /// Reads them where the record stands.
    pub(super) fn read(state: &OpenFolder) -> Self {
        let mut text = Vec::new();
        let read = state.read(FILE_NAME);
        let read = read.and_then(|mut file| file.read_to_end(&mut text));
        let lines = text.split(|byte| *byte == b'\n');
        let proofs = lines.filter_map(|line| Sha256::parse(str::from_utf8(line).ok()?));
        read.map_or_else(|_| Self::default(), |_| Self(proofs.map(Proof).collect()))
    }

    /// Whether a proof was made.
    #[must_use]
    pub fn has(&self, proof: Proof) -> bool {
        self.0.contains(&proof)
    }

    /// What is left of them once those are gone that are of no recorded edition; none where that would not make them much fewer.
    pub(super) fn tidied(&self, record: &BatchRecord) -> Option<Vec<Proof>> {
        let proof = |entry: &RecordedPiece, edition: &RecordedEdition| {
            ProofBasis::of_entry(entry).proof_of(edition.hash)
        };
        let proofs = record
            .entries()
            .flat_map(|entry| {
                entry
                    .editions
                    .iter()
                    .map(move |edition| proof(entry, edition))
            })
            .filter(|proof| self.has(*proof));
        // Looked for only where there may be many: each costs a hash.
        let most = record.entries().count() * 8 + 64;
        (self.0.len() > most).then(|| proofs.collect())
    }
}

/// Remembers proofs beside the record of an output folder.
///
/// # Errors
/// What the system gave: they are then made again when they are asked for.
pub fn remember(dist: &Path, proofs: &[Proof]) -> io::Result<()> {
    match proofs.is_empty() {
        true => Ok(()),
        false => add_proofs(&RealDisk, &state(dist)?, proofs),
    }
}

/// Adds proofs to those remembered where the record stands.
///
/// # Errors
/// What the system gave.
pub(super) fn add_proofs(disk: &dyn Disk, state: &OpenFolder, proofs: &[Proof]) -> io::Result<()> {
    let _lock = lock(state)?;
    disk.append(state, FILE_NAME, &lines(proofs))
}

/// Proofs as lines of the file.
pub(super) fn lines(proofs: &[Proof]) -> Vec<u8> {
    let lines = proofs.iter().flat_map(|proof| proof.to_line().into_bytes());
    lines.collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_proof_is_of_edition_source_project_and_images() {
        let image = |hash: &[u8]| ImageFile {
            path: "a.png".to_owned(),
            hash: Sha256::of(hash),
        };
        let (images, others) = ([image(b"1")], [image(b"2")]);
        let basis = ProofBasis {
            source: Sha256::of(b"s"),
            given: Sha256::of(b"g"),
            images: &images,
        };
        let edition = Sha256::of(b"e");
        let other = Sha256::of(b"o");
        let proofs = [
            basis.proof_of(edition),
            basis.proof_of(other),
            ProofBasis {
                source: other,
                ..basis
            }
            .proof_of(edition),
            ProofBasis {
                given: other,
                ..basis
            }
            .proof_of(edition),
            ProofBasis {
                images: &others,
                ..basis
            }
            .proof_of(edition),
        ];
        let different: HashSet<Proof> = proofs.into_iter().collect();
        assert_eq!(different.len(), proofs.len());
        assert_eq!(basis.proof_of(edition), proofs[0]);
    }

    #[test]
    fn proofs_are_read_back_and_torn_lines_are_none() {
        let dist = tempfile::tempdir().unwrap();
        std::fs::create_dir(dist.path().join(".flashpoint")).unwrap();
        let proof = |text: &[u8]| Proof(Sha256::of(text));
        remember(dist.path(), &[proof(b"1")]).unwrap();
        let file = dist.path().join(".flashpoint").join(FILE_NAME);
        let mut text = std::fs::read_to_string(&file).unwrap();
        text.push_str(&proof(b"2").to_line()[..40]);
        std::fs::write(&file, text).unwrap();
        remember(dist.path(), &[proof(b"3")]).unwrap();
        let proofs = Proofs::of_folder(dist.path());
        let has = [b"1", b"2", b"3"].map(|text| proofs.has(proof(text)));
        assert_eq!(has, [true, false, true]);
        assert!(!Proofs::of_folder(Path::new("/nowhere")).has(proof(b"1")));
    }
}
