//! Putting editions: each whole or not at all, and none in the place of what no run of ours put there. What stands in the place of
//! an edition of ours and is not as it was put is kept aside first.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::PathBuf;
use std::sync::OnceLock;

use super::super::aside::name_aside;
use super::super::record_line::RecordLine;
use super::super::state::{KEPT, STATE};
use super::in_parallel;
use super::ledger::{Contents, Ledger};
use crate::digest::Sha256;
use crate::store::{Guard, Headers, Store, StoreError, Version, unpredictable};

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
    /// The edition of that name from the same source, where the record knows one.
    pub(super) known: Option<KnownEdition>,
}

/// An edition as it was put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KnownEdition {
    /// Its tag, as the store gave it.
    pub(super) tag: String,
    /// The SHA-256 of its bytes.
    pub(super) sha256: Sha256,
}

/// An edition that was put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PutEdition {
    /// The tag that the store gives it.
    pub(super) tag: String,
    /// Where that is kept which stood in its place and was not as a run put it.
    pub(super) kept: Option<String>,
}

impl PutEdition {
    fn tagged(version: &Version) -> Self {
        Self {
            tag: version.text().to_owned(),
            kept: None,
        }
    }
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
    /// An edition of ours stands there that somebody altered, and warnings are denied.
    Altered,
    /// The store did not take it.
    Failed(StoreError),
}

impl From<StoreError> for PutFault {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

/// Where editions go.
pub(super) struct Target<'a> {
    pub(super) store: &'a dyn Store,
    pub(super) ledger: &'a Ledger<'a>,
    pub(super) contents: &'a Contents,
    /// Replace what stands there, whoever put it.
    pub(super) force: bool,
    /// Replace nothing that would have to be kept aside.
    pub(super) deny_warnings: bool,
    /// All that was ever recorded, read once something stands in the way.
    pub(super) known: OnceLock<Known>,
}

/// The editions that runs put, and those that they were about to put when they last told.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Their names.
    names: BTreeSet<u64>,
    /// Names and bytes.
    contents: BTreeSet<(u64, Sha256)>,
}

/// What stands in the place of an edition.
enum Standing {
    /// Nothing, or what a run of ours put there.
    Ours(Option<Version>),
    /// The very bytes that are to be put.
    Same(Version),
    /// Something that has to be kept aside before it is replaced.
    Altered(Version, Vec<u8>, Sha256),
}

impl Target<'_> {
    /// Puts editions; each succeeds or fails for itself.
    pub(super) fn put(&self, editions: &[NewEdition]) -> Vec<Result<PutEdition, PutFault>> {
        match self.store.guard() {
            Guard::Conditions => in_parallel(editions, |edition| self.put_one(edition)),
            Guard::Lock => self.put_files(editions),
        }
    }

    /// Into a bucket: on the condition that nothing stands there, or the edition that the record knows. That costs no request more,
    /// and nobody's change can come between.
    fn put_one(&self, edition: &NewEdition) -> Result<PutEdition, PutFault> {
        let headers = headers(edition);
        let expected = edition.known.as_ref();
        let expected = expected.map(|known| Version::of_tag(&known.tag));
        let put = |expected: Option<&Version>| {
            let bytes = edition.read()?;
            let put = self.store.put_if(&edition.name, bytes, &headers, expected);
            put.map_err(PutFault::Failed)
        };
        match put(expected.as_ref()) {
            Ok(Some(version)) => return Ok(PutEdition::tagged(&version)),
            // A put with a condition that was cut off is not tried again by itself, since it may have been carried out.
            Ok(None) | Err(PutFault::Failed(StoreError::Failed { .. })) => {}
            Err(fault) => return Err(fault),
        }
        let (standing, kept) = match self.standing(edition)? {
            Standing::Same(version) => return Ok(PutEdition::tagged(&version)),
            Standing::Ours(version) => (version, None),
            Standing::Altered(version, bytes, hash) => {
                let kept = self.keep_aside(edition, bytes, hash)?;
                (Some(version), Some(kept))
            }
        };
        let version = match standing.map_or(Ok(None), |standing| put(Some(&standing))) {
            Ok(Some(version)) => version,
            Ok(None) if kept.is_some() => {
                return Err(PutFault::Failed(StoreError::Failed {
                    what: format!("cannot put {}", edition.name),
                    reason: "somebody else is writing it; run the command again".to_owned(),
                }));
            }
            // Nothing of others stands there, or it is kept; and a put without a condition is tried again.
            Ok(None) | Err(PutFault::Failed(StoreError::Failed { .. })) => {
                let bytes = edition.read()?;
                self.store.put_version(&edition.name, bytes, &headers)?
            }
            Err(fault) => return Err(fault),
        };
        Ok(PutEdition {
            tag: version.text().to_owned(),
            kept,
        })
    }

    /// What stands in the place of an edition; a file of others is a fault, unless it may be replaced.
    fn standing(&self, edition: &NewEdition) -> Result<Standing, PutFault> {
        let Some((mut reader, version)) = self.store.read_version(&edition.name)? else {
            return Ok(Standing::Ours(None));
        };
        let mut bytes = Vec::new();
        reader
            .read_to_end(&mut bytes)
            .map_err(|error| StoreError::Failed {
                what: format!("cannot read {}", edition.name),
                reason: error.to_string(),
            })?;
        let hash = Sha256::of(&bytes);
        if hash == edition.sha256 {
            return Ok(Standing::Same(version));
        }
        let known = edition.known.as_ref();
        if bytes.is_empty() || known.is_some_and(|known| known.sha256 == hash) {
            return Ok(Standing::Ours(Some(version)));
        }
        let ever = self.known()?;
        let name = short(&edition.name);
        if ever.contents.contains(&(name, hash)) {
            return Ok(Standing::Ours(Some(version)));
        }
        if known.is_none() && !ever.names.contains(&name) && !self.force {
            return Err(PutFault::Foreign);
        }
        match self.deny_warnings {
            true => Err(PutFault::Altered),
            false => Ok(Standing::Altered(version, bytes, hash)),
        }
    }

    /// Puts bytes aside, under a name that only they have; gives it.
    fn keep_aside(
        &self,
        edition: &NewEdition,
        bytes: Vec<u8>,
        hash: Sha256,
    ) -> Result<String, PutFault> {
        let headers = headers(edition);
        for number in 1.. {
            let kept = format!("{STATE}/{KEPT}/{}", name_aside(&edition.name, hash, number));
            // Somebody may have gone on in what was kept.
            match self.store.read(&kept)? {
                Some(standing) => {
                    if Sha256::of_reader(standing).is_ok_and(|standing| standing == hash) {
                        return Ok(kept);
                    }
                }
                None => {
                    self.store.put(&kept, bytes, &headers)?;
                    return Ok(kept);
                }
            }
        }
        unreachable!("a store holds fewer files than there are numbers")
    }

    /// Into a folder: all are on the medium before the first takes its place, with one wait for all.
    fn put_files(&self, editions: &[NewEdition]) -> Vec<Result<PutEdition, PutFault>> {
        let stage = |edition: &NewEdition| {
            let kept = match self.standing(edition)? {
                Standing::Altered(_, bytes, hash) => Some(self.keep_aside(edition, bytes, hash)?),
                Standing::Ours(_) | Standing::Same(_) => None,
            };
            let staged = unpredictable();
            self.store
                .stage(&staged, edition.read()?, &headers(edition))?;
            let tag = edition.sha256.to_string();
            Ok((staged, PutEdition { tag, kept }))
        };
        let staged: Vec<_> = editions.iter().map(stage).collect();
        let synced = self.store.sync();
        let promote = |(edition, staged): (&NewEdition, Result<(String, PutEdition), PutFault>)| {
            let (staged, put) = staged?;
            synced.clone()?;
            self.store.promote(&staged, &edition.name)?;
            Ok(put)
        };
        editions.iter().zip(staged).map(promote).collect()
    }

    /// All that runs ever put: a piece that moved is in another shard than before, and a run that died had told what it was about
    /// to put.
    fn known(&self) -> Result<&Known, PutFault> {
        if let Some(known) = self.known.get() {
            return Ok(known);
        }
        let mut known = Known::default();
        self.ledger.each_line(self.contents, |line| match line {
            RecordLine::Stored(piece) => {
                for edition in &piece.editions {
                    let name = short(&edition.name);
                    known.names.insert(name);
                    known.contents.insert((name, edition.sha256));
                }
            }
            RecordLine::Claim(claim) => {
                known.contents.insert((short(&claim.name), claim.sha256));
            }
            _ => {}
        })?;
        Ok(self.known.get_or_init(|| known))
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
fn short(name: &str) -> u64 {
    let digest = Sha256::of(name.as_bytes());
    let (first, _) = digest.as_bytes().split_at(8);
    u64::from_be_bytes(first.try_into().expect("eight bytes were split off"))
}
