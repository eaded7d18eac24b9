//! What a house puts to a piece where its theme asks for it: known by where it stands, since no source says it.

use super::expected::Expected;
use crate::read::{ABOVE, Block, Role};

/// The text without what a house puts to it: cover, logo and publisher's line above the series, the summary under the title block.
pub(super) fn without(mut text: Vec<Block>, expected: &Expected) -> Vec<Block> {
    if let Some(first) = expected.blocks.first() {
        let above = above(first, &text, expected);
        // What looks like the series is one, unless it is the mark of a draft.
        let is_mark = |block: &Block| expected.mark.as_deref() == Some(block.line().as_str());
        let is_series = |block: &Block| matches!(block.style.as_str(), "Series" | "p.series");
        let is_house = |block: &Block| {
            matches!(block.role, Role::Alternative | Role::Paragraph)
                && (!is_series(block) || is_mark(block))
        };
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

/// How many blocks stand above the first of the source. What a house puts there may say the same, as a series does that is called
/// like its publisher: the first is the one behind which the text goes on as the source does.
fn above(first: &Block, text: &[Block], expected: &Expected) -> usize {
    let line = first.line();
    let goes_on = |at: usize| {
        let both = text[at..].iter().zip(&expected.blocks).take(ABOVE + 2);
        both.take_while(|(block, own)| block.line() == own.line())
            .count()
    };
    let is_first = |at: &usize| {
        let block = &text[*at];
        block.role != Role::Alternative && block.line() == line
    };
    let places = (0..text.len().min(ABOVE + 1)).filter(is_first);
    // Of places that are equally good the first.
    let best = places.rev().max_by_key(|at| goes_on(*at));
    best.unwrap_or(text.len().min(ABOVE + 1))
}
