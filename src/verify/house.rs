//! What a house puts to a piece where its theme asks for it: known by where it stands, since no source says it.

use super::expected::Expected;
use crate::read::{Block, Role};

/// How many blocks may stand above the series: the mark of a draft, the cover of a PDF, a logo and the publisher's line.
const ABOVE: usize = 4;

/// The text without what a house puts to it: cover, logo and publisher's line above the series, the summary under the title block.
pub(super) fn without(mut text: Vec<Block>, expected: &Expected) -> Vec<Block> {
    if let Some(first) = expected.blocks.first() {
        let line = first.line();
        let above = text.iter().take(ABOVE + 1);
        let above = above
            .take_while(|block| block.role == Role::Alternative || block.line() != line)
            .count();
        let is_house = |block: &Block| matches!(block.role, Role::Alternative | Role::Paragraph);
        if above <= ABOVE && above < text.len() && text[..above].iter().all(is_house) {
            text.drain(..above);
        }
    }
    let place_of = |summary: &[String], blocks: &[Block]| {
        let is_summary = |some: &[Block]| {
            let mut lines = some.iter().zip(summary);
            lines.all(|(block, line)| block.line() == *line)
        };
        blocks.windows(summary.len()).position(is_summary)
    };
    if let Some(summary) = &expected.summary
        && let Some(at) = place_of(summary, &text)
        && place_of(summary, &expected.blocks).is_none()
    {
        text.drain(at..at + summary.len());
    }
    text
}
