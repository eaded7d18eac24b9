//! Putting editions: each whole or not at all, and none in the place of what no run of ours put there.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use super::super::record_line::RecordLine;
use super::in_parallel;
use super::ledger::{Contents, Ledger};
use crate::digest::Sha256;
use crate::store::{Guard, Headers, Store, StoreError, unpredictable};

/// An edition to be put.
#[derive(Debug)]
pub(super) struct NewEdition {
    /// The name of its file.
    pub(super) name: String,
    /// Its media type.
    pub(super) media_type: &'static str,
    /// The file that holds its bytes; a window of them would take too much memory.
    pub(super) path: PathBuf,
    /// The SHA-256 of its bytes.
    pub(super) sha256: Sha256,
    /// Whether the record knows an edition of that name from the same source.
    pub(super) is_known: bool,
}

impl NewEdition {
    fn read(&self) -> Result<Vec<u8>, PutFault> {
        fs::read(&self.path).map_err(|error| {
            PutFault::Failed(StoreError::Failed {
                what: format!("cannot read what was made of {}", self.name),
                reason: error.to_string(),
            })
        })
    }
}

/// Why an edition was not put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PutFault {
    /// Something stands there that no run of ours put.
    Foreign,
    /// The store did not take it.
    Failed(StoreError),
}

/// Where editions go.
pub(super) struct Target<'a> {
    pub(super) store: &'a dyn Store,
    pub(super) ledger: &'a Ledger<'a>,
    pub(super) contents: &'a Contents,
    /// Replace what stands there, whoever put it.
    pub(super) force: bool,
    /// All that was ever recorded, read once something stands in the way.
    pub(super) known: OnceLock<Known>,
}

/// The editions that runs put, and those that they were about to put when they last told.
#[derive(Debug, Default)]
pub(super) struct Known {
    editions: BTreeSet<u64>,
    claims: BTreeSet<(u64, Sha256)>,
}

impl Target<'_> {
    /// Puts editions; each succeeds, with the tag that the store gives it, or fails for itself.
    pub(super) fn put(&self, editions: &[NewEdition]) -> Vec<Result<String, PutFault>> {
        match self.store.guard() {
            Guard::Conditions => in_parallel(editions, |edition| self.put_one(edition)),
            Guard::Lock => self.put_files(editions),
        }
    }

    fn put_one(&self, edition: &NewEdition) -> Result<String, PutFault> {
        let headers = headers(edition);
        let overwrite = || {
            let put = self
                .store
                .put_version(&edition.name, edition.read()?, &headers);
            let version = put.map_err(PutFault::Failed)?;
            Ok(version.text().to_owned())
        };
        if edition.is_known || self.force {
            return overwrite();
        }
        let put = self
            .store
            .put_if(&edition.name, edition.read()?, &headers, None);
        match put {
            Ok(Some(version)) => return Ok(version.text().to_owned()),
            Ok(None) => {}
            // A put with a condition that was cut off is not tried again by itself, since it may have been carried out.
            Err(StoreError::Failed { .. }) => {
                let standing = self.store.version(&edition.name);
                match standing.map_err(PutFault::Failed)? {
                    None => return overwrite(),
                    Some(version) if self.holds(edition)? => return Ok(version.text().to_owned()),
                    Some(_) => {}
                }
            }
            Err(error) => return Err(PutFault::Failed(error)),
        }
        match self.is_ours(&edition.name)? {
            true => overwrite(),
            false => Err(PutFault::Foreign),
        }
    }

    /// Whether the bytes of an edition stand in its place.
    fn holds(&self, edition: &NewEdition) -> Result<bool, PutFault> {
        let standing = self.store.read(&edition.name).map_err(PutFault::Failed)?;
        let hash = standing.and_then(|reader| Sha256::of_reader(reader).ok());
        Ok(hash == Some(edition.sha256))
    }

    /// Into a folder: all are on the medium before the first takes its place, with one wait for all.
    fn put_files(&self, editions: &[NewEdition]) -> Vec<Result<String, PutFault>> {
        let stage = |edition: &NewEdition| {
            let tag = edition.sha256.to_string();
            if !edition.is_known && !self.force {
                let standing = self
                    .store
                    .version(&edition.name)
                    .map_err(PutFault::Failed)?;
                let is_same = |standing: &crate::store::Version| standing.text() == tag;
                if standing.is_some_and(|standing| !is_same(&standing))
                    && !self.is_ours(&edition.name)?
                {
                    return Err(PutFault::Foreign);
                }
            }
            let staged = unpredictable();
            let put = self
                .store
                .stage(&staged, edition.read()?, &headers(edition));
            put.map_err(PutFault::Failed)?;
            Ok((staged, tag))
        };
        let staged: Vec<_> = editions.iter().map(stage).collect();
        let synced = self.store.sync();
        let promote = |(edition, staged): (&NewEdition, Result<(String, String), PutFault>)| {
            let (staged, tag) = staged?;
            synced.clone().map_err(PutFault::Failed)?;
            let put = self.store.promote(&staged, &edition.name);
            put.map_err(PutFault::Failed)?;
            Ok(tag)
        };
        editions.iter().zip(staged).map(promote).collect()
    }

    /// Whether a run put what stands at this name: a piece that moved is in another shard than before, and a run that died had
    /// told what it was about to put.
    fn is_ours(&self, name: &str) -> Result<bool, PutFault> {
        let known = match self.known.get() {
            Some(known) => known,
            None => {
                let mut known = Known::default();
                let read = self.ledger.each_line(self.contents, |line| match line {
                    RecordLine::Stored(piece) => {
                        let names = piece.editions.iter().map(|edition| hash(&edition.name));
                        known.editions.extend(names);
                    }
                    RecordLine::Claim(claim) => {
                        known.claims.insert((hash(&claim.name), claim.sha256));
                    }
                    _ => {}
                });
                read.map_err(PutFault::Failed)?;
                self.known.get_or_init(|| known)
            }
        };
        let name_hash = hash(name);
        if known.editions.contains(&name_hash) {
            return Ok(true);
        }
        let standing = self.store.read(name).map_err(PutFault::Failed)?;
        let standing = standing.and_then(|reader| Sha256::of_reader(reader).ok());
        Ok(standing.is_none_or(|hash| known.claims.contains(&(name_hash, hash))))
    }
}

fn headers(edition: &NewEdition) -> Headers<'static> {
    Headers {
        media_type: edition.media_type,
        disposition: None,
        cache: "no-cache",
    }
}

/// Names are many and long; eight bytes tell them apart.
fn hash(name: &str) -> u64 {
    let digest = Sha256::of(name.as_bytes());
    let (first, _) = digest.as_bytes().split_at(8);
    u64::from_be_bytes(first.try_into().expect("eight bytes were split off"))
}
