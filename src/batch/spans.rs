//! What only all pieces of an archive together show of their life: series that are spelled in several ways, addresses that two
//! pieces claim, translations of pieces that are not there. All of it is told, and settled where the archive is published.
//!
//! Pieces are gone through twice, in any order, so that only what spans them is held.

use std::collections::{BTreeMap, BTreeSet};

use crate::piece::{Life, series_key};

/// What spans the pieces of an archive.
#[derive(Debug, Default)]
pub(super) struct Spans {
    /// The spellings of each series, with how many pieces have them and the first of these.
    series: BTreeMap<String, BTreeMap<String, (usize, String)>>,
    /// Earlier addresses, with the slugs of the pieces that had them.
    aliases: BTreeMap<String, BTreeSet<String>>,
    /// What pieces are translations of, with the first of each.
    originals: BTreeMap<String, String>,
    /// Addresses that are an earlier one of another piece, with that.
    taken: BTreeSet<(String, String)>,
}

impl Spans {
    /// Takes a piece in the first round.
    pub(super) fn take(&mut self, slug: &str, life: &Life) {
        if !life.series.is_empty() {
            let spellings = self.series.entry(series_key(&life.series)).or_default();
            let spelling = spellings.entry(life.series.clone());
            let (count, first) = spelling.or_insert_with(|| (0, slug.to_owned()));
            *count += 1;
            keep_first(first, slug);
        }
        for alias in &life.aliases {
            let pieces = self
                .aliases
                .entry(alias.slug.as_str().to_owned())
                .or_default();
            if alias.slug.as_str() != slug {
                pieces.insert(slug.to_owned());
            }
        }
        if let Some(of) = &life.translation_of {
            let of = of.as_str().to_owned();
            let first = self.originals.entry(of);
            keep_first(first.or_insert_with(|| slug.to_owned()), slug);
        }
    }

    /// Takes a piece in the second round.
    pub(super) fn hold(&mut self, slug: &str) {
        self.originals.remove(slug);
        for other in self.aliases.get(slug).into_iter().flatten() {
            self.taken.insert((slug.to_owned(), other.clone()));
        }
    }

    /// What is to be told, in order.
    pub(super) fn into_notes(mut self) -> Vec<String> {
        let mut notes = Vec::new();
        for (slug, other) in &self.taken {
            notes.push(format!(
                "`{slug}` is the address of a piece, and an earlier one of `{other}`: neither can be published"
            ));
        }
        for (alias, pieces) in &self.aliases {
            self.originals.remove(alias);
            let mut pieces = pieces.iter();
            if let (Some(first), Some(second)) = (pieces.next(), pieces.next()) {
                notes.push(format!(
                    "`{alias}` is an earlier address of both `{first}` and `{second}`: neither can be published"
                ));
            }
        }
        for (of, piece) in &self.originals {
            notes.push(format!(
                "`{piece}` says that it is a translation of `{of}`, and there is no such piece"
            ));
        }
        for spellings in self.series.values().filter(|spellings| spellings.len() > 1) {
            // The first of equals.
            let most = spellings.iter().rev().max_by_key(|(_, (count, _))| *count);
            let Some((usual, _)) = most else { continue };
            for (spelling, (_, piece)) in
                spellings.iter().filter(|(spelling, _)| *spelling != usual)
            {
                notes.push(format!(
                    "the series is spelled `{spelling}` in `{piece}`, and `{usual}` in most pieces; it is one series on the site"
                ));
            }
        }
        notes
    }
}

/// Keeps the first of two slugs.
fn keep_first(first: &mut String, slug: &str) {
    if slug < first.as_str() {
        slug.clone_into(first);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::piece::{Alias, Slug};

    #[test]
    fn what_spans_pieces_is_the_same_in_whatever_order_they_come() {
        let piece = |slug: &str, series: &str, aliases: &[&str], of: Option<&str>| {
            let alias = |slug: &&str| Alias {
                series: series.to_owned(),
                slug: Slug::parse(slug).unwrap(),
            };
            let life = Life {
                series: series.to_owned(),
                aliases: aliases.iter().map(alias).collect(),
                translation_of: of.map(|slug| Slug::parse(slug).unwrap()),
                ..Life::default()
            };
            (slug.to_owned(), life)
        };
        let mut pieces = vec![
            piece("a", "The Row", &["uno"], Some("nobody")),
            piece("b", "The Row", &["uno", "c"], None),
            piece("c", "the row", &[], Some("nobody")),
            piece("d", "the  row", &["d"], Some("uno")),
            piece("e", "the row", &["uno"], Some("a")),
            piece("f", "The Row", &["c"], None),
        ];
        let told = |pieces: &[(String, Life)]| {
            let mut spans = Spans::default();
            pieces
                .iter()
                .for_each(|(slug, life)| spans.take(slug, life));
            pieces.iter().for_each(|(slug, _)| spans.hold(slug));
            spans.into_notes()
        };
        let notes = told(&pieces);
        let parts = [
            "`c` is the address of a piece, and an earlier one of `b`",
            "`c` is the address of a piece, and an earlier one of `f`",
            "`c` is an earlier address of both `b` and `f`",
            "`uno` is an earlier address of both `a` and `b`",
            "`a` says that it is a translation of `nobody`",
            "spelled `the  row` in `d`, and `The Row`",
            "spelled `the row` in `c`, and `The Row`",
        ];
        assert_eq!(notes.len(), parts.len(), "{notes:#?}");
        for (note, part) in notes.iter().zip(parts) {
            assert!(note.contains(part), "{note}");
        }
        for _ in 0..pieces.len() {
            pieces.rotate_left(1);
            assert_eq!(told(&pieces), notes);
            pieces.reverse();
            assert_eq!(told(&pieces), notes);
        }
    }
}
