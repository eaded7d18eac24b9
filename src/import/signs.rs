//! Texts as single characters with their looks, by which two texts are held against each other.

use crate::compose::Shift;
use crate::piece::{Inline, Marked};
use crate::read::{Link, Look, Span};

/// A character with its look, or the mark of a note.
pub(super) type Sign = (char, Look);

/// The characters of spans with their looks.
pub(super) fn wanted(spans: &[Span]) -> Vec<Sign> {
    let mut signs = Vec::new();
    for span in spans {
        match &span.look.link {
            Some(Link::Note(_)) => signs.push(('\0', span.look.clone())),
            _ => signs.extend(span.text.chars().map(|c| (c, seen(c, &span.look)))),
        }
    }
    signs
}

/// The look of a character as far as it is seen: white space has none.
fn seen(c: char, look: &Look) -> Look {
    match c.is_whitespace() {
        true => Look::default(),
        false => look.clone(),
    }
}

/// The characters of a text with marks, with their looks.
pub(super) fn signs(text: &str) -> Vec<Sign> {
    let mut signs = Vec::new();
    flatten(&Marked::new(text).read().0, &Look::default(), &mut signs);
    signs
}

pub(super) fn flatten(inlines: &[Inline], look: &Look, signs: &mut Vec<Sign>) {
    for inline in inlines {
        let mut inner = look.clone();
        let content = match inline {
            Inline::Text(text) => {
                signs.extend(text.chars().map(|c| (c, seen(c, look))));
                continue;
            }
            Inline::Note(name) => {
                let link = Some(Link::Note(name.clone()));
                signs.push((
                    '\0',
                    Look {
                        link,
                        ..Look::default()
                    },
                ));
                continue;
            }
            Inline::Emphasis(content) => {
                inner.emphasis = true;
                content
            }
            Inline::Strong(content) => {
                inner.strong = true;
                content
            }
            Inline::Superscript(content) => {
                inner.shift = Shift::Superscript;
                content
            }
            Inline::Subscript(content) => {
                inner.shift = Shift::Subscript;
                content
            }
            Inline::Link { to, content } => {
                inner.link = Some(Link::Outside(to.clone()));
                content
            }
            Inline::Foreign { language, content } => {
                inner.language = Some(language.clone());
                content
            }
        };
        flatten(content, &inner, signs);
    }
}
