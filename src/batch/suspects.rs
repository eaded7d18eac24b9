//! Slugs that may be those of several sources: found by hashes, so that an archive of millions needs little memory for it.

use std::collections::BTreeSet;

use super::part_line::PartSource;
use crate::digest::Sha256;

/// The hashes of slugs and of the paths that have them: sixteen bytes a source.
#[derive(Debug, Default)]
pub(super) struct Slugs {
    found: Vec<(u64, u64)>,
}

/// The slugs that several sources have, by their hashes. Two slugs of one hash may be among them.
#[derive(Debug, Default)]
pub(super) struct Suspects(BTreeSet<u64>);

impl Slugs {
    pub(super) fn add(&mut self, source: &PartSource) {
        if let Some(slug) = &source.slug {
            self.found.push((hash(slug), hash(&source.path)));
        }
    }

    /// How many different sources there are.
    pub(super) fn count(&mut self) -> usize {
        self.found.sort_unstable();
        self.found.dedup();
        self.found.len()
    }

    pub(super) fn suspects(mut self) -> Suspects {
        self.count();
        let pairs = self.found.windows(2);
        let twice = pairs.filter(|pair| pair[0].0 == pair[1].0);
        Suspects(twice.map(|pair| pair[0].0).collect())
    }
}

impl Suspects {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a source may share its slug.
    pub(super) fn contain(&self, source: &PartSource) -> bool {
        let slug = source.slug.as_ref();
        slug.is_some_and(|slug| self.0.contains(&hash(slug)))
    }
}

fn hash(text: &str) -> u64 {
    let digest = Sha256::of(text.as_bytes());
    let (first, _) = digest.as_bytes().split_at(8);
    u64::from_be_bytes(first.try_into().expect("eight bytes were split off"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_of_two_sources_is_found_and_one_source_in_two_attempts_is_none() {
        let source = |path: &str, slug: Option<&str>| PartSource {
            path: path.to_owned(),
            place: None,
            slug: slug.map(str::to_owned),
        };
        let sources = [
            source("a", Some("one")),
            source("a", Some("one")),
            source("b", Some("two")),
            source("c", Some("two")),
            source("d", None),
            source("e", None),
        ];
        let mut slugs = Slugs::default();
        sources.iter().for_each(|source| slugs.add(source));
        let suspects = slugs.suspects();
        let found = sources.iter().filter(|source| suspects.contain(source));
        assert_eq!(
            found.map(|source| source.path.as_str()).collect::<Vec<_>>(),
            ["b", "c"]
        );
    }
}
