//! Which pictures are the same: editions carry smaller copies, and other programs save them again.

use std::collections::{BTreeMap, BTreeSet};

use super::super::document::Media;
use super::unit::{Body, Seen};
use crate::digest::Sha256;
use crate::load::{APART, apart, read_image};
use crate::piece::Image;

/// The pictures of a source and of its edition.
#[derive(Debug, Default)]
pub(super) struct Gallery {
    known: BTreeMap<Sha256, Seen>,
    images: Vec<Option<Image>>,
    /// Pictures of the source that look like another of it.
    doubles: BTreeMap<Seen, Seen>,
}

/// No more pictures of a source are looked at for one of its edition.
const MOST: usize = 64;

impl Gallery {
    /// The picture of a source.
    pub(super) fn of_source(&mut self, image: &Image) -> Seen {
        let hash = Sha256::of(&image.bytes);
        if let Some(known) = self.known.get(&hash) {
            return *known;
        }
        self.add(hash, Some(image.clone()))
    }

    /// The picture of an edition: one of the source where it looks like that.
    pub(super) fn of_edition(&mut self, media: Option<&Media>) -> Seen {
        let Some(media) = media else {
            return self.add(Sha256::of(b""), None);
        };
        let hash = Sha256::of(&media.bytes);
        if let Some(known) = self.known.get(&hash) {
            return *known;
        }
        let image = read_image(&media.bytes).ok();
        let alike: Vec<(u32, usize)> = image
            .iter()
            .flat_map(|image| {
                let others = self.images.iter().enumerate().take(MOST);
                others.filter_map(|(at, other)| Some((apart(image, other.as_ref()?)?, at)))
            })
            .filter(|(apart, _)| *apart <= APART)
            .collect();
        // Which of several it is cannot be told: they are one, the first of them.
        let Some(first) = alike.iter().map(|(_, at)| self.first(Seen(*at))).min() else {
            return self.add(hash, image);
        };
        for (_, at) in alike {
            let own = self.first(Seen(at));
            if own != first {
                self.doubles.insert(own, first);
            }
        }
        self.known.insert(hash, first);
        first
    }

    /// Makes pictures of a source that its edition has nowhere one with those there that look alike: programs keep a picture once that
    /// stands in two files.
    pub(super) fn join(&mut self, source: &Body, edition: &Body) {
        let seen = |body: &Body| -> BTreeSet<Seen> {
            let all = body.units.iter().filter_map(|unit| unit.seen);
            all.map(|seen| self.first(seen)).collect()
        };
        let (ours, theirs) = (seen(source), seen(edition));
        for missing in ours.difference(&theirs).take(MOST) {
            let image = |seen: &Seen| self.images.get(seen.0).and_then(Option::as_ref);
            let twins: Vec<Seen> = (ours.intersection(&theirs).take(MOST))
                .filter(|other| {
                    let both = image(missing).zip(image(other));
                    both.and_then(|(a, b)| apart(a, b))
                        .is_some_and(|apart| apart <= APART)
                })
                .copied()
                .collect();
            for twin in twins {
                let (a, b) = (self.first(*missing), self.first(twin));
                if a != b {
                    self.doubles.insert(a.max(b), a.min(b));
                }
            }
        }
    }

    /// The first of the pictures that one cannot be told from; each leads to an earlier one.
    fn first(&self, mut seen: Seen) -> Seen {
        while let Some(earlier) = self.doubles.get(&seen) {
            seen = *earlier;
        }
        seen
    }

    /// Makes those pictures of a body one that cannot be told apart.
    pub(super) fn settle(&self, body: &mut Body) {
        for seen in body.units.iter_mut().filter_map(|unit| unit.seen.as_mut()) {
            *seen = self.first(*seen);
        }
    }

    fn add(&mut self, hash: Sha256, image: Option<Image>) -> Seen {
        let seen = Seen(self.images.len());
        self.images.push(image);
        *self.known.entry(hash).or_insert(seen)
    }
}
