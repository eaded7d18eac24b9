//! What the glyphs of a cluster are read as, part by part.

use unicode_normalization::char::is_combining_mark;

use crate::piece::Direction;

/// What a cluster is read as, part by part: its letters and its marks. From right to left each character is read by itself, since
/// poppler, PDFium and Firefox's viewer turn round what they read of one glyph.
pub(super) fn parts(text: &str, direction: Direction) -> impl Iterator<Item = &str> {
    let (first, behind) = match direction {
        Direction::LeftToRight => letters_and_marks(text),
        Direction::RightToLeft => text.split_at(text.chars().next().map_or(0, char::len_utf8)),
    };
    let mut rest = behind;
    let further = std::iter::from_fn(move || {
        let length = match direction {
            Direction::LeftToRight => rest.len(),
            Direction::RightToLeft => rest.chars().next()?.len_utf8(),
        };
        let (part, others) = rest.split_at(length);
        rest = others;
        (!part.is_empty()).then_some(part)
    });
    std::iter::once(first).chain(further)
}

/// The text of a cluster up to its first mark, and what follows. Firefox's viewer takes what has a mark in it for a mark alone,
/// without a width, so that a gap is left where the letter was; shown behind its letter, without a width, it is what it is taken for.
fn letters_and_marks(text: &str) -> (&str, &str) {
    let mut characters = text.char_indices().skip(1);
    match characters.find(|(_, c)| is_combining_mark(*c)) {
        Some((at, _)) => text.split_at(at),
        None => (text, ""),
    }
}

/// Shares a text out between glyphs, a character each and the rest to the last; one of fewer characters cannot be.
pub(super) fn share(text: &str, glyphs: usize) -> Option<Vec<&str>> {
    let mut starts = text.char_indices().map(|(at, _)| at);
    let starts: Vec<usize> = starts.by_ref().take(glyphs).collect();
    let ends = starts.iter().copied().skip(1).chain([text.len()]);
    let texts = starts
        .iter()
        .zip(ends)
        .map(|(start, end)| &text[*start..end]);
    (starts.len() == glyphs).then(|| texts.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_right_to_left_each_character_is_read_by_itself() {
        let of = |text, direction| parts(text, direction).collect::<Vec<_>>();
        assert_eq!(of("שָּׁ", Direction::RightToLeft).concat(), "שָּׁ");
        assert_eq!(of("لا", Direction::RightToLeft), ["ل", "ا"]);
        assert_eq!(of("", Direction::RightToLeft), [""]);
        assert_eq!(
            of("q\u{303}\u{301}", Direction::LeftToRight),
            ["q", "\u{303}\u{301}"]
        );
        assert_eq!(of("\u{303}", Direction::LeftToRight), ["\u{303}"]);
        assert_eq!(of("", Direction::LeftToRight), [""]);
    }

    #[test]
    fn marks_are_read_behind_the_letters_that_they_stand_on() {
        assert_eq!(letters_and_marks("q\u{303}"), ("q", "\u{303}"));
        assert_eq!(letters_and_marks("शां"), ("श", "ां"));
        assert_eq!(letters_and_marks("ffi"), ("ffi", ""));
        assert_eq!(letters_and_marks("\u{303}"), ("\u{303}", ""));
        assert_eq!(letters_and_marks(""), ("", ""));
    }

    #[test]
    fn a_text_is_shared_out_where_it_has_a_character_for_each_glyph() {
        assert_eq!(
            share("q\u{323}\u{301}", 2),
            Some(vec!["q", "\u{323}\u{301}"])
        );
        assert_eq!(share("é", 1), Some(vec!["é"]));
        assert_eq!(share("é", 2), None);
    }
}
