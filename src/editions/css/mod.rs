//! The style sheets of editions in hypertext, made of the rows of the theme's sheet.
//!
//! All sizes are shares of the reader's own text size, and leading has no unit. What is no text (images, tables, navigation)
//! is framed by style sheets that stand here as they are.

mod frame;
mod rows;

pub(crate) use frame::{book, later, screen};

use crate::theme::Pt;

/// Where the text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Medium {
    /// In a book of a reading system, whose own sizes and colours hold. Some are old: no rule may need what they do not know.
    Book,
    /// In a browser.
    Screen,
}

/// A share as style sheets write it, with four decimals at most.
fn share(value: f32) -> String {
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A length in the size of type; nothing has no unit.
fn em(value: f32) -> String {
    match share(value).as_str() {
        "0" | "-0" => "0".to_owned(),
        value => format!("{value}em"),
    }
}

/// A length on paper.
fn points(length: Pt) -> String {
    share(length.0) + "pt"
}

#[cfg(test)]
mod tests {
    use super::{em, share};

    #[test]
    fn shares_have_no_more_decimals_than_they_need() {
        assert_eq!(share(15.0 / 11.0), "1.3636");
        assert_eq!(em(1.5), "1.5em");
        assert_eq!(em(-0.00001), "0");
        assert_eq!(em(2.0), "2em");
    }
}
