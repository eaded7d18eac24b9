//! Interface words as spans: patterns filled in, and English marked as English where a language has no words of its own.

use crate::piece::LanguageTag;

use super::localise::begun_list;
use super::span::push;
use super::{Foreign, Span, Words};

/// The interface words of a piece.
#[derive(Debug, Clone)]
pub(super) struct Wording {
    pub(super) words: &'static Words,
    /// Their language, where it is not the piece's.
    pub(super) language: Option<Foreign>,
}

impl Wording {
    /// The words in a language; the English ones where it has none.
    pub(super) fn of(language: &LanguageTag) -> Self {
        match Words::of(language) {
            Some(words) => Self {
                words,
                language: None,
            },
            None => Self {
                words: Words::english(),
                language: Some(Foreign::english()),
            },
        }
    }

    /// Words as a span.
    pub(super) fn span(&self, words: &str) -> Span {
        Span::words(words, self.language.as_ref())
    }

    /// Fills a pattern. Each key is replaced once, in one pass, so that a value is never taken for a pattern.
    pub(super) fn fill<const N: usize>(
        &self,
        pattern: &str,
        values: [(&str, Vec<Span>); N],
    ) -> Vec<Span> {
        let mut out = Vec::new();
        let mut rest = pattern;
        let mut values = values.map(Some);
        while let Some((at, index)) = next(rest, &values) {
            let (key, spans) = values[index].take().unwrap_or_default();
            self.label(&rest[..at], &mut out);
            spans.into_iter().for_each(|span| push(&mut out, span));
            rest = &rest[at + key.len()..];
        }
        self.label(rest, &mut out);
        out
    }

    /// Words and the space that parts them from what follows. That space is the piece's: in a line of the other direction it would
    /// stand at the wrong end of words that are not.
    pub(super) fn label(&self, words: &str, out: &mut Vec<Span>) {
        let (own, space) = match self.language {
            Some(_) => words.split_at(words.trim_end().len()),
            None => (words, ""),
        };
        if !own.is_empty() {
            push(out, self.span(own));
        }
        if !space.is_empty() {
            push(out, Span::plain(space));
        }
    }
}

/// The place of the first key that is not yet replaced, and its index.
fn next(pattern: &str, values: &[Option<(&str, Vec<Span>)>]) -> Option<(usize, usize)> {
    let places = values.iter().enumerate().filter_map(|(index, value)| {
        let (key, _) = value.as_ref()?;
        Some((pattern.find(key)?, index))
    });
    places.min()
}

/// The first names of many, and that there are others: in a language's own words, else in English, marked as that.
#[must_use]
pub fn and_others(names: &[&str], language: &LanguageTag) -> Vec<Span> {
    let wording = Wording::of(language);
    let names = Span::plain(begun_list(names, language));
    wording.fill(&wording.words.site.and_others, [("{names}", vec![names])])
}

/// What parts small things on one line.
pub(super) const BESIDE: &str = " · ";
