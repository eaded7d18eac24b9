//! The style sheets of editions in hypertext, made of the rows of the theme's sheet.
//!
//! All sizes are shares of the reader's own text size, and leading has no unit. What is no text (images, tables, navigation)
//! is framed by style sheets that stand here as they are.

mod frame;
mod languages;
mod rows;

pub(crate) use frame::{book, later, screen};
pub(crate) use languages::own as of_page;

use std::collections::BTreeSet;

use unicode_script::Script;

use crate::fonts::FaceId;
use crate::piece::LanguageTag;
use crate::theme::{Pt, Theme, Writing};

/// What a style sheet needs to know of the texts that it is for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Texts {
    /// The language that they are in; none for a sheet of many pieces, whose pages say it for themselves.
    pub(crate) language: Option<LanguageTag>,
    /// The other languages that stand in them.
    pub(crate) others: BTreeSet<LanguageTag>,
    /// The fallback faces that they need.
    pub(crate) stand_ins: BTreeSet<FaceId>,
    /// What is shown until a page has its faces.
    pub(crate) meanwhile: Meanwhile,
}

/// What a browser shows until the faces of a page have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Meanwhile {
    /// Faces of the machine as they are: the page has its own with it.
    #[default]
    Any,
    /// Those that are sized to take the room of its own ([`crate::fonts::likeness`]).
    Alike,
}

impl Texts {
    /// Those of a whole site, which may need any face.
    pub(crate) fn of_site(theme: &Theme) -> Self {
        Self {
            stand_ins: theme.fonts.fallbacks().iter().copied().collect(),
            meanwhile: Meanwhile::Alike,
            ..Self::default()
        }
    }

    /// How they are written.
    fn writing(&self, theme: &Theme) -> Writing {
        match &self.language {
            Some(language) => theme.writing(language),
            None => Script::Common.into(),
        }
    }
}

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
