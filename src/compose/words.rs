//! The interface words in the languages that have them.

/// The words that editions add to the author's, in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The primary language subtag.
    pub language: &'static str,
    /// The label before the date, its punctuation included.
    pub date: &'static str,
    /// Between the series and its number.
    pub number: &'static str,
    /// The heading of the contents.
    pub contents: &'static str,
    /// The name of the introduction in the contents.
    pub introduction: &'static str,
    /// The heading of the footnotes.
    pub notes: &'static str,
    /// Before a page's number.
    pub page: &'static str,
    /// The name of the cover in the contents.
    pub cover: &'static str,
    /// The name of the title page in the contents.
    pub title_page: &'static str,
    /// The heading of the biographies.
    pub biographies: &'static str,
    /// The heading of the disclaimer.
    pub disclaimer: &'static str,
    /// The heading of the rights.
    pub rights: &'static str,
    /// The heading of the citation.
    pub citation: &'static str,
    /// The label of a link from a note back to the text.
    pub back: &'static str,
    /// The names of roles by MARC code, singular and plural.
    pub roles: &'static [(&'static str, &'static str, &'static str)],
}
