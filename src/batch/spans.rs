//! What only all pieces of an archive together show of their life: series that are spelled in several ways, addresses that two
//! pieces claim, translations of pieces that are not there. All of it is told, and settled where the archive is published.
//!
//! Pieces are gone through twice, so that only what spans them is held.

use std::collections::BTreeMap;

use super::entry::RecordedPiece;
use crate::piece::series_key;

/// What spans the pieces of an archive.
#[derive(Debug, Default)]
pub(super) struct Spans {
    /// The spellings of each series, with how many pieces have them and one of these.
    series: BTreeMap<String, BTreeMap<String, (usize, String)>>,
    /// Earlier addresses, with the slugs of the pieces that had them.
    aliases: BTreeMap<String, Vec<String>>,
    /// What pieces are translations of, with one of each.
    originals: BTreeMap<String, String>,
    /// What was found.
    notes: Vec<String>,
}

impl Spans {
    /// Takes a piece in the first round.
    pub(super) fn take(&mut self, piece: &RecordedPiece) {
        let life = &piece.life;
        if !life.series.is_empty() {
            let spellings = self.series.entry(series_key(&life.series)).or_default();
            let spelling = spellings.entry(life.series.clone());
            spelling.or_insert_with(|| (0, piece.slug.clone())).0 += 1;
        }
        for alias in &life.aliases {
            let pieces = self
                .aliases
                .entry(alias.slug.as_str().to_owned())
                .or_default();
            if alias.slug.as_str() != piece.slug && pieces.last() != Some(&piece.slug) {
                pieces.push(piece.slug.clone());
            }
        }
        if let Some(of) = &life.translation_of {
            let of = of.as_str().to_owned();
            self.originals
                .entry(of)
                .or_insert_with(|| piece.slug.clone());
        }
    }

    /// Takes a piece in the second round.
    pub(super) fn hold(&mut self, slug: &str) {
        self.originals.remove(slug);
        for other in self.aliases.get(slug).into_iter().flatten() {
            self.notes.push(format!(
                "`{slug}` is the address of a piece, and an earlier one of `{other}`: neither can be published"
            ));
        }
    }

    /// What is to be told, in order.
    pub(super) fn into_notes(mut self) -> Vec<String> {
        for (alias, pieces) in &self.aliases {
            self.originals.remove(alias);
            if let [first, second, ..] = pieces.as_slice() {
                self.notes.push(format!(
                    "`{alias}` is an earlier address of both `{first}` and `{second}`: neither can be published"
                ));
            }
        }
        for (of, piece) in &self.originals {
            self.notes.push(format!(
                "`{piece}` says that it is a translation of `{of}`, and there is no such piece"
            ));
        }
        let mut notes = self.notes;
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
