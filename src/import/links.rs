//! Links: which addresses a piece can hold.

use crate::piece::{Address, Allowed};
use crate::read::{Link, Span};

/// Takes off links that no piece can hold, to files and places of other programs; gives where they led.
pub(crate) fn unlinked(spans: &mut [Span]) -> Vec<String> {
    let mut dropped: Vec<String> = Vec::new();
    for span in spans {
        let Some(Link::Outside(to)) = &span.look.link else {
            continue;
        };
        // As it is written.
        let written = to.replace([' ', '\n'], "%20");
        if Address::parse(&written, Allowed::WebAndMail).is_err() {
            if dropped.last() != Some(to) && !span.text.trim().is_empty() {
                dropped.push(to.clone());
            }
            span.look.link = None;
        }
    }
    dropped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Look;

    #[test]
    fn links_to_files_are_text_and_told_once() {
        let span = |text: &str, to: &str| Span {
            text: text.to_owned(),
            look: Look {
                link: Some(Link::Outside(to.to_owned())),
                ..Look::default()
            },
        };
        let mut spans = [
            span("a", "picture.jpg"),
            span("b", "picture.jpg"),
            span("c", "https://example.org/a b"),
            span("d", "mailto:a@example.org"),
        ];
        assert_eq!(unlinked(&mut spans), ["picture.jpg"]);
        let linked = spans.iter().filter(|span| span.look.link.is_some());
        assert_eq!(linked.count(), 2);
    }
}
