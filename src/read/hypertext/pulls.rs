//! Pull quotes that are shown to the eye alone: where they stand in the text.

use super::super::paper::PullQuote;
use super::super::reading::{Block, Unseen};
use super::Hypertext;

impl Hypertext {
    /// Takes down what is shown to the eye alone. Of numbers and signs nobody can say that the text lacks them.
    pub(super) fn pulled(&mut self, document: &str, shown: String, has_letters: bool) {
        let place = self.place(document);
        let before = self.text.page(String::new());
        self.pulls
            .push((before.blocks, shown.clone(), place.clone()));
        if has_letters {
            self.decorations.push(Unseen {
                place,
                text: shown,
                reason: "it is seen, and nobody says it".to_owned(),
            });
        }
    }
}

/// Pull quotes, each with how many blocks stand before it, its words and its place, behind the text that they stand behind.
pub(super) fn behind(pulls: Vec<(usize, String, String)>, blocks: &[Block]) -> Vec<PullQuote> {
    let line_before = |before: usize| {
        let before = blocks[..before.min(blocks.len())].iter().rev();
        // A pull quote that is read is a paragraph here, and no other stands behind it.
        let mut lines = before
            .filter(|block| block.style != "p.pull")
            .map(Block::line);
        lines.find(|line| !line.is_empty()).unwrap_or_default()
    };
    let pulls = pulls.into_iter();
    let pulls = pulls.map(|(before, words, place)| PullQuote {
        behind: line_before(before),
        words,
        place,
    });
    pulls.collect()
}
