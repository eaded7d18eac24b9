//! Marks: how what `docx-rs` has no words for travels through its model to [`super::finish`].
//!
//! A style id may carry, each after a `!`, a language and a direction: `Emphasis!ur!rtl`. No style id of ours holds a `!`.
//! A symbol that is never written otherwise stands in for the number that opens a footnote.

use docx_rs::{Run, Sym};

use crate::compose::Foreign;
use crate::piece::{Direction, LanguageTag};

/// The element that stands in for `w:footnoteRef`.
pub(super) const NOTE_NUMBER: &[u8] = b"w:sym";

/// A run that shows the number of the footnote it stands in.
pub(super) fn note_number(style: &str) -> Run {
    Run::new().style(style).add_sym(Sym::new("", ""))
}

/// A character style with the language of a foreign span, or with the direction of the piece.
pub(super) fn run(style: &str, foreign: Option<&Foreign>, piece: Direction) -> String {
    let direction = foreign.map_or(piece, |foreign| foreign.direction);
    let language = foreign.map_or("", |foreign| foreign.tag.as_str());
    join(style, language, direction == Direction::RightToLeft)
}

/// A paragraph style with a direction, where that has to be said.
pub(super) fn paragraph(style: &str, direction: Direction, piece: Direction) -> String {
    match (direction, piece) {
        (Direction::RightToLeft, _) => [style, "!rtl"].concat(),
        (Direction::LeftToRight, Direction::RightToLeft) => [style, "!ltr"].concat(),
        (Direction::LeftToRight, Direction::LeftToRight) => style.to_owned(),
    }
}

fn join(style: &str, language: &str, right_to_left: bool) -> String {
    match (language, right_to_left) {
        ("", false) => style.to_owned(),
        (language, false) => [style, "!", language].concat(),
        (language, true) => [style, "!", language, "!rtl"].concat(),
    }
}

/// A style id with its marks taken off.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Marked<'a> {
    pub(super) style: &'a str,
    pub(super) language: &'a str,
    /// `rtl`, `ltr` or nothing.
    pub(super) direction: &'a str,
}

/// Takes the marks off a style id.
pub(super) fn split(carried: &str) -> Marked<'_> {
    let mut steps = carried.split('!');
    let mut marked = Marked {
        style: steps.next().unwrap_or_default(),
        language: "",
        direction: "",
    };
    for step in steps {
        match step {
            "rtl" | "ltr" => marked.direction = step,
            language => marked.language = language,
        }
    }
    marked
}

/// The attributes of `w:lang` for a language (ISO/IEC 29500-1, 17.3.2.20): one is read for Latin text, one for East Asian
/// text and one for text that runs from right to left.
pub(super) fn language_attributes(tag: &str, piece: bool) -> Vec<(&'static str, &str)> {
    let Ok(language) = LanguageTag::parse(tag) else {
        return Vec::new();
    };
    match (language.direction(), language.script().as_str()) {
        (Direction::RightToLeft, _) if piece => vec![("w:val", tag), ("w:bidi", tag)],
        (Direction::RightToLeft, _) => vec![("w:bidi", tag)],
        (_, "Hans" | "Hant" | "Jpan" | "Kore" | "Bopo") => {
            vec![("w:val", tag), ("w:eastAsia", tag)]
        }
        _ => vec![("w:val", tag)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_off_as_they_were_put_on() {
        let foreign = |tag: &str, direction| Foreign {
            tag: LanguageTag::parse(tag).expect("a tag"),
            direction,
        };
        let (ltr, rtl) = (Direction::LeftToRight, Direction::RightToLeft);
        for (carried, style, language, direction) in [
            (run("Strong", None, ltr), "Strong", "", ""),
            (run("", Some(&foreign("ur", rtl)), ltr), "", "ur", "rtl"),
            (run("", None, rtl), "", "", "rtl"),
            (
                run("Emphasis", Some(&foreign("fr", ltr)), rtl),
                "Emphasis",
                "fr",
                "",
            ),
            (paragraph("Quote", ltr, rtl), "Quote", "", "ltr"),
            (paragraph("Quote", rtl, ltr), "Quote", "", "rtl"),
        ] {
            let marked = Marked {
                style,
                language,
                direction,
            };
            assert_eq!(split(&carried), marked, "{carried}");
        }
    }
}
