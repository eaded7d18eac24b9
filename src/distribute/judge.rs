//! What becomes of each source and of each piece at the target: the one place where that is decided.
//!
//! Nothing is read or written here. A piece is one through all its addresses by its UUID; an address belongs to the piece that
//! had it first, for ever; and what cannot be put as it is now leaves what was published last as it stands.

use std::collections::{BTreeMap, BTreeSet};

use super::manifest::Manifest;
use crate::piece::{Instant, Life, Slug, SlugOrigin, Status, Withdrawal};

/// What a source says of itself.
#[derive(Debug, Clone)]
pub(super) struct Claim {
    /// Its path as the manifest keeps it.
    pub(super) source: Option<String>,
    /// The piece; none where the source is broken.
    pub(super) piece: Option<ClaimedPiece>,
}

/// A piece that a source claims to be.
#[derive(Debug, Clone)]
pub(super) struct ClaimedPiece {
    /// Its slug.
    pub(super) slug: Slug,
    /// What decides whether and where it is published.
    pub(super) life: Life,
    /// Whether it can be put now.
    pub(super) readiness: Readiness,
}

/// Whether a piece can be put now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Readiness {
    /// It can.
    Ready,
    /// It is a draft.
    Draft,
    /// Its hour has not come.
    Embargoed(Instant),
    /// There are no editions of what it says now.
    Unexported,
}

/// What becomes of a source's piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is put.
    Put,
    /// A notice takes the place of what was published.
    Withdraw(Withdrawal),
    /// What was published last stays as it is, if anything was.
    Keep,
}

/// Why a source's piece is not put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Obstacle {
    /// Another source of this run claims the same address.
    Rival {
        /// The address.
        slug: Slug,
        /// The other source, by its place in the run.
        other: usize,
    },
    /// The address is, or was, another piece's.
    Taken {
        /// The address.
        slug: Slug,
        /// The series in which the piece at the address was published, where it is this source's own.
        renamed_from: Option<String>,
    },
    /// The title gives another slug than the piece has.
    Retitled {
        /// The slug that it has.
        from: Slug,
    },
    /// The source cannot be read.
    Broken,
    /// It cannot be put now, and was published.
    Held(Readiness),
    /// It was never exported.
    Unexported,
}

/// What becomes of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Judgement {
    /// What becomes of its piece.
    pub(super) verdict: Verdict,
    /// The piece at the target that it is, by its slug there.
    pub(super) known: Option<String>,
    /// The slugs that it had before.
    pub(super) former: Vec<Slug>,
    /// Why it is not put.
    pub(super) obstacle: Option<Obstacle>,
}

/// Judges the sources of a run.
pub(super) fn judge(before: &Manifest, claims: &[Claim]) -> Vec<Judgement> {
    let known = Known::of(before);
    let mut claimed: BTreeMap<&Slug, Vec<usize>> = BTreeMap::new();
    for (index, claim) in claims.iter().enumerate() {
        let Some(piece) = &claim.piece else { continue };
        let slugs: BTreeSet<&Slug> = piece.addresses().collect();
        for slug in slugs {
            claimed.entry(slug).or_default().push(index);
        }
    }
    let judge = |(index, claim): (usize, &Claim)| {
        let Some(piece) = &claim.piece else {
            let held = known.of_source(claim.source.as_deref());
            return Judgement {
                verdict: Verdict::Keep,
                obstacle: held.map(|_| Obstacle::Broken),
                known: held.map(str::to_owned),
                former: Vec::new(),
            };
        };
        known.judge(claim, piece, index, &claimed)
    };
    claims.iter().enumerate().map(judge).collect()
}

impl ClaimedPiece {
    /// Every address that it has or had, its own first.
    fn addresses(&self) -> impl Iterator<Item = &Slug> {
        let aliases = self.life.aliases.iter().map(|alias| &alias.slug);
        std::iter::once(&self.slug).chain(aliases)
    }
}

/// The pieces at a target, by what they are found by.
struct Known<'a> {
    before: &'a Manifest,
    by_uuid: BTreeMap<String, &'a str>,
    by_source: BTreeMap<&'a str, &'a str>,
    /// The UUID of the piece that each address belongs to.
    owners: BTreeMap<&'a str, String>,
}

impl<'a> Known<'a> {
    fn of(before: &'a Manifest) -> Self {
        let mut known = Self {
            before,
            by_uuid: BTreeMap::new(),
            by_source: BTreeMap::new(),
            owners: BTreeMap::new(),
        };
        for (slug, entry) in &before.pieces {
            let uuid = entry.publication.0.record.uuid.to_string();
            let former = entry.former.iter().map(Slug::as_str);
            for slug in former.chain([slug.as_str()]) {
                known.owners.insert(slug, uuid.clone());
            }
            if let Some(source) = &entry.source {
                known.by_source.insert(source, slug);
            }
            known.by_uuid.insert(uuid, slug);
        }
        for (slug, retired) in &before.retired {
            let former = retired.former.iter().map(Slug::as_str);
            for slug in former.chain([slug.as_str()]) {
                known.owners.insert(slug, retired.uuid.clone());
            }
        }
        known
    }

    fn of_source(&self, source: Option<&str>) -> Option<&'a str> {
        self.by_source.get(source?).copied()
    }

    fn judge(
        &self,
        claim: &Claim,
        piece: &ClaimedPiece,
        index: usize,
        claimed: &BTreeMap<&Slug, Vec<usize>>,
    ) -> Judgement {
        let uuid = piece.life.uuid(&piece.slug).to_string();
        let of_uuid = self.by_uuid.get(&uuid).copied();
        let of_source = self.of_source(claim.source.as_deref());
        let kept = |known: Option<&str>, obstacle| Judgement {
            verdict: Verdict::Keep,
            known: known.map(str::to_owned),
            former: Vec::new(),
            obstacle,
        };
        let rival = piece.addresses().find_map(|slug| {
            let mut others = claimed.get(slug)?.iter();
            let other = *others.find(|other| **other != index)?;
            let slug = slug.clone();
            Some(Obstacle::Rival { slug, other })
        });
        let taken = || {
            let mut addresses = piece.addresses();
            let slug = addresses.find(|slug| {
                let owner = self.owners.get(slug.as_str());
                owner.is_some_and(|owner| *owner != uuid)
            })?;
            let entry = self.before.pieces.get(slug.as_str());
            let entry = entry.filter(|_| of_source == Some(slug.as_str()));
            Some(Obstacle::Taken {
                slug: slug.clone(),
                renamed_from: entry
                    .map(|entry| entry.publication.0.record.series.clone())
                    .filter(|series| *series != piece.life.series),
            })
        };
        let retitled = || {
            let from = of_source.filter(|_| of_uuid.is_none())?;
            let from = Slug::parse(from).ok()?;
            let is_moved = piece.life.slug == SlugOrigin::Title
                && from != piece.slug
                && !claimed.contains_key(&from);
            is_moved.then_some(Obstacle::Retitled { from })
        };
        if let Some(obstacle) = rival.or_else(taken).or_else(retitled) {
            return kept(of_uuid.or(of_source), Some(obstacle));
        }
        let mut former: Vec<Slug> = Vec::new();
        let aliases = piece.life.aliases.iter().map(|alias| alias.slug.clone());
        let entry = of_uuid.and_then(|slug| self.before.pieces.get(slug));
        let before = entry.map_or(&[][..], |entry| &entry.former).iter().cloned();
        let retired = self.before.retired.iter();
        let retired = retired.filter(|(_, retired)| retired.uuid == uuid);
        let retired: Vec<Slug> = retired
            .flat_map(|(slug, retired)| Slug::parse(slug).into_iter().chain(retired.former.clone()))
            .collect();
        let moved = of_uuid.and_then(|slug| Slug::parse(slug).ok());
        for slug in aliases.chain(before).chain(retired).chain(moved) {
            if slug != piece.slug && !former.contains(&slug) {
                former.push(slug);
            }
        }
        let judged = |verdict| Judgement {
            verdict,
            known: of_uuid.map(str::to_owned),
            former,
            obstacle: None,
        };
        match (&piece.life.status, piece.readiness, of_uuid) {
            (Status::Withdrawn(withdrawal), _, Some(_)) => {
                judged(Verdict::Withdraw(withdrawal.clone()))
            }
            (Status::Withdrawn(_), _, None) => kept(None, None),
            (_, Readiness::Ready, _) => judged(Verdict::Put),
            (_, held, Some(known)) => kept(Some(known), Some(Obstacle::Held(held))),
            (_, Readiness::Unexported, None) => kept(None, Some(Obstacle::Unexported)),
            (_, Readiness::Draft | Readiness::Embargoed(_), None) => kept(None, None),
        }
    }
}
