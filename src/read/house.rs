//! What a house puts around a text where its theme asks for it: cover, logo and publisher's line above the series, a summary under the
//! title block. None of it is part of the text whose hash an edition names (`docs/canonical-text.md`), and a file says of no block that
//! it is such; so the hash itself tells which blocks are.

use super::reading::{Block, Contents};
use crate::compose::{CanonicalText, Role};
use crate::digest::Sha256;

/// How many blocks may stand above the series: the cover of a PDF, a logo, the publisher's line, the mark of a draft.
pub(crate) const ABOVE: usize = 4;
/// How many blocks a summary has at most: its heading, and its paragraph or its points.
const SUMMARY: usize = 40;

/// The blocks of a file, parted.
#[derive(Debug, Default)]
pub struct Parted<'a> {
    /// The text.
    pub text: Vec<&'a Block>,
    /// What its house puts around it.
    pub house: Vec<&'a Block>,
    notes: &'a [Block],
    /// Whether the text is the one whose hash the file names.
    pub is_named: bool,
}

impl Parted<'_> {
    /// The text, in the form of which the hash is taken.
    #[must_use]
    pub fn canonical_text(&self) -> CanonicalText {
        canonical(&self.text, self.notes)
    }
}

impl Contents {
    /// The text, and what stands around it; all of it is the text where the file names no hash, or that of another text.
    #[must_use]
    pub fn parted(&self) -> Parted<'_> {
        let all: Vec<&Block> = self.text().collect();
        let named = self.metadata.text_hash;
        let found = named.and_then(|hash| self.house_of(&all, hash));
        let Some(Around { above, summary }) = found else {
            return Parted {
                text: all,
                notes: &self.notes,
                ..Parted::default()
            };
        };
        let mut parted = Parted {
            notes: &self.notes,
            is_named: true,
            ..Parted::default()
        };
        for (at, block) in all.into_iter().enumerate() {
            match at < above || summary.contains(&at) {
                true => parted.house.push(block),
                false => parted.text.push(block),
            }
        }
        parted
    }

    /// What the file says, in the form of which the hash is taken.
    #[must_use]
    pub fn canonical_text(&self) -> CanonicalText {
        self.parted().canonical_text()
    }

    /// What has to be left out of a text so that its hash is this.
    fn house_of(&self, all: &[&Block], hash: Sha256) -> Option<Around> {
        let is_it = |around: &Around| {
            let text = all.iter().enumerate();
            let text = text.filter(|(at, _)| *at >= around.above && !around.summary.contains(at));
            let text: Vec<&Block> = text.map(|(_, block)| *block).collect();
            canonical(&text, &self.notes).hash() == hash
        };
        let title = all.iter().position(|block| block.role == Role::Heading(1));
        // The series stands right above the title.
        let above = title.map_or(0, |title| title.saturating_sub(1));
        let above = if above <= ABOVE { above } else { 0 };
        let plain = (0..=above).map(|above| Around {
            above,
            summary: 0..0,
        });
        let is_heading = |block: &&Block| matches!(block.role, Role::Heading(_));
        let heading = title.and_then(|title| {
            let below = all.get(title + 1..)?.iter().position(is_heading)?;
            Some(title + 1 + below)
        });
        let ends = heading.into_iter().flat_map(|from| {
            let most = all.len().min(from + SUMMARY);
            (from + 2..=most).map(move |to| Around {
                above,
                summary: from..to,
            })
        });
        plain.chain(ends).find(is_it)
    }
}

/// How much stands around a text.
struct Around {
    /// How many blocks stand above the series.
    above: usize,
    /// The blocks of the summary.
    summary: std::ops::Range<usize>,
}

fn canonical(text: &[&Block], notes: &[Block]) -> CanonicalText {
    let lines = |blocks: &mut dyn Iterator<Item = &Block>| -> Vec<String> {
        blocks.map(Block::line).collect()
    };
    let text = lines(&mut text.iter().copied());
    let notes = lines(&mut notes.iter());
    CanonicalText::of_lines(
        text.iter().map(String::as_str),
        notes.iter().map(String::as_str),
    )
}
