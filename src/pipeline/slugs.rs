//! Slugs of several sources: each may be used once, since it names the piece's files and its page.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::piece::Slug;

/// Two sources with one slug: their editions would replace each other.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("two pieces have the slug `{slug}`: {} and {}", first.display(), second.display())]
pub struct DuplicateSlug {
    /// The slug.
    pub slug: Slug,
    /// The source that has it first.
    pub first: PathBuf,
    /// The other one.
    pub second: PathBuf,
}

/// The slugs seen so far, each with its source.
#[derive(Debug, Default)]
pub(crate) struct Slugs(BTreeMap<Slug, PathBuf>);

impl Slugs {
    /// Takes the slug of a source.
    ///
    /// # Errors
    /// [`DuplicateSlug`] when an earlier source has it.
    pub(crate) fn insert(&mut self, slug: &Slug, source: &Path) -> Result<(), DuplicateSlug> {
        if let Some(first) = self.0.get(slug) {
            return Err(DuplicateSlug {
                slug: slug.clone(),
                first: first.clone(),
                second: source.to_owned(),
            });
        }
        self.0.insert(slug.clone(), source.to_owned());
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn every_source_but_the_first_of_a_slug_is_a_duplicate_of_that() {
        let [one, two] = ["one", "two"].map(|slug| Slug::parse(slug).unwrap());
        let sources = [(&one, "a"), (&two, "b"), (&one, "c"), (&one, "d")];
        let sources = sources.map(|(slug, path)| (slug, Path::new(path)));
        let mut slugs = Slugs::default();
        let said: Vec<_> = sources
            .into_iter()
            .filter_map(|(slug, path)| slugs.insert(slug, path).err())
            .map(|duplicate| duplicate.to_string())
            .collect();
        assert_eq!(
            said,
            [
                "two pieces have the slug `one`: a and c",
                "two pieces have the slug `one`: a and d"
            ]
        );
    }
}
