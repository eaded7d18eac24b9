//! Which stretches of a text Word shows as right-to-left runs: a run that says so holds no Latin words (ISO/IEC 29500-1,
//! 17.3.2.30).

use std::ops::Range;

use unicode_bidi::{BidiClass, bidi_class};

use crate::piece::Direction;

/// The stretches of a text, in order. What runs neither way, a space or a figure, goes with letters of one direction on both sides,
/// else with what is around the text.
pub(super) fn stretches(text: &str, around: Direction) -> Vec<(Range<usize>, Direction)> {
    if around == Direction::LeftToRight && text.chars().all(|c| c < '\u{590}') {
        return vec![(0..text.len(), around)];
    }
    let mut found: Vec<(Range<usize>, Direction)> = Vec::new();
    let mut push = |range: Range<usize>, direction: Direction| match found.last_mut() {
        _ if range.is_empty() => {}
        Some((last, own)) if *own == direction => last.end = range.end,
        _ => found.push((range, direction)),
    };
    let mut before = around;
    let mut behind = 0;
    for (at, c) in text.char_indices() {
        let direction = match bidi_class(c) {
            BidiClass::L => Direction::LeftToRight,
            BidiClass::R | BidiClass::AL => Direction::RightToLeft,
            _ => continue,
        };
        let between = match direction == before {
            true => direction,
            false => around,
        };
        let end = at + c.len_utf8();
        push(behind..at, between);
        push(at..end, direction);
        (before, behind) = (direction, end);
    }
    push(behind..text.len(), around);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_each_direction_have_stretches_of_their_own() {
        let shown = |text: &'static str, around| -> Vec<(&str, bool)> {
            let stretches = stretches(text, around).into_iter();
            let shown = stretches
                .map(|(range, direction)| (&text[range], direction == Direction::RightToLeft));
            shown.collect()
        };
        let (ltr, rtl) = (Direction::LeftToRight, Direction::RightToLeft);
        assert_eq!(
            shown("plain (words), 12", ltr),
            [("plain (words), 12", false)]
        );
        assert_eq!(
            shown("see سلام دنیا, 12", ltr),
            [("see ", false), ("سلام دنیا", true), (", 12", false)]
        );
        assert_eq!(
            shown("آج State Bank (2024) بند", rtl),
            [("آج ", true), ("State Bank", false), (" (2024) بند", true)]
        );
        assert_eq!(shown("12", rtl), [("12", true)]);
    }
}
