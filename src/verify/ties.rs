//! Spaces at which words hold together: formats write them in ways of their own.

use crate::compose::{Kind, Shift, Target, Text};

/// What stands for a space at which words hold together: a space in an element that does not wrap, or one without a break.
pub(super) const TIE: char = '\u{FDD2}';

/// The same in lines of names: whoever copies one from Word wants it as it is spelled.
pub(super) const TIE_OF_NAMES: char = '\u{FDD3}';

/// The characters of a text without the marks of notes, with a sign for each space at which words hold together.
pub(super) fn written(text: &Text) -> String {
    let mut written = String::new();
    let mut ties = text.ties.iter().map(|tie| *tie as usize).peekable();
    let is_name = matches!(text.kind, Kind::Byline | Kind::Credit);
    let mut from = 0;
    for span in &text.spans {
        let is_mark = matches!(span.target, Some(Target::Note { .. } | Target::Back { .. }))
            || span.target.is_none() && span.shift == Shift::Mark && !span.text.trim().is_empty();
        for (at, c) in span.text.char_indices() {
            // In a number a tie may stand behind a sign of several bytes.
            while ties.next_if(|tie| *tie < from + at).is_some() {}
            let is_tie = ties.peek() == Some(&(from + at));
            match (is_mark, is_tie && c == ' ') {
                (true, _) => {}
                (false, true) => written.push(if is_name { TIE_OF_NAMES } else { TIE }),
                (false, false) => written.push(c),
            }
        }
        from += span.text.len();
    }
    written
}
