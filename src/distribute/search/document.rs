//! What can be found: a piece, a contributor, a topic; its terms, each where it weighs most, and what a result shows.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use crate::distribute::fold;
use crate::distribute::line::Line;
use crate::distribute::page_text::{Token, attribute, decoded, level, tokens};
use crate::distribute::pages::halves_of;
use crate::distribute::publication::Publication;
use crate::distribute::shelves::ShelfKind;

/// Where a term stands, the weightiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// In the title, or the name itself.
    Title,
    /// In the name of somebody who made it.
    Name,
    /// In a heading, the summary, the series or a topic.
    Heading,
    /// In the text, more than once or twice.
    Often,
    /// In the text.
    Text,
}

impl Place {
    /// Every place, in order.
    pub(super) const ALL: [Self; 5] = [
        Self::Title,
        Self::Name,
        Self::Heading,
        Self::Often,
        Self::Text,
    ];
}

/// So often a term stands in a text that the text is about it.
const OFTEN: u32 = 4;
/// An excerpt ends behind so many characters.
const EXCERPT: usize = 240;

/// What can be found.
pub(super) struct Document {
    /// The year of a piece; none of a name.
    pub(super) year: u16,
    /// What a result shows.
    pub(super) record: Json,
    /// How many terms its title has, or its name: who asks for all of them means it.
    pub(super) length: usize,
    terms: BTreeMap<String, (Place, u32)>,
}

impl Document {
    /// A piece with its page, where that can be read.
    pub(super) fn of_piece(piece: &Publication, page: Option<&str>) -> Self {
        let record = &piece.record;
        let mut document = Self {
            year: record.date.year(),
            record: Json::Null,
            length: length(&record.title),
            terms: BTreeMap::new(),
        };
        document.add(&record.full_title, Place::Title);
        for person in &record.people {
            document.add(&person.name, Place::Name);
        }
        let summary = record.summary.as_deref();
        let said = [Some(record.series.as_str()), summary];
        for text in said.into_iter().flatten().chain(record.topics()) {
            document.add(text, Place::Heading);
        }
        let [title, text] = page.and_then(halves_of).unwrap_or_default();
        let mut excerpt = String::new();
        document.markup(&title, None);
        document.markup(&text, Some(&mut excerpt));
        let excerpt = shortened(summary.unwrap_or(&excerpt));
        document.record = json!([
            piece.page,
            record.full_title,
            Line::joined(&piece.short_byline()),
            piece.date_line.plain(),
            excerpt,
            record.language,
            record.direction,
            piece.series_line.plain(),
        ]);
        document
    }

    /// A contributor or a topic.
    pub(super) fn of_name(kind: ShelfKind, name: &str, slug: &str) -> Self {
        let mut document = Self {
            year: 0,
            record: json!([format!("{}{slug}.html", kind.folder()), name]),
            length: length(name),
            terms: BTreeMap::new(),
        };
        document.add(name, Place::Title);
        document
    }

    /// Its terms, each where it weighs most.
    pub(super) fn terms(&self) -> impl Iterator<Item = (&str, Place)> {
        self.terms.iter().map(|(term, (place, times))| {
            let is_often = *place == Place::Text && *times >= OFTEN;
            (term.as_str(), if is_often { Place::Often } else { *place })
        })
    }

    fn add(&mut self, text: &str, place: Place) {
        fold::terms(text, |term| match self.terms.get_mut(term) {
            Some((known, times)) => {
                *known = place.min(*known);
                *times += 1;
            }
            None => drop(self.terms.insert(term.to_owned(), (place, 1))),
        });
    }

    /// Adds the text of a page; its first paragraphs are the excerpt.
    fn markup(&mut self, markup: &str, mut excerpt: Option<&mut String>) {
        // What stands in one block is read whole, so that marks inside a word part it not.
        let (mut block, mut place, mut is_plain) = (String::new(), Place::Text, false);
        let (mut hidden, mut is_mark) = (0_usize, false);
        for token in tokens(markup) {
            match token {
                Token::Text(text) => {
                    if hidden == 0 && !is_mark {
                        block += &decoded(text);
                    }
                }
                Token::Open(name, attributes) if !is_inline(name) => {
                    self.end(&mut block, place, is_plain, excerpt.as_deref_mut());
                    place = level(name).map_or(Place::Text, |_| Place::Heading);
                    is_plain = name == "p" && attributes.is_empty();
                    let is_repeated = attribute(attributes, "aria-hidden") == Some("true");
                    hidden += usize::from(name == "aside" && (is_repeated || hidden > 0));
                }
                Token::Close(name) if !is_inline(name) => {
                    self.end(&mut block, place, is_plain, excerpt.as_deref_mut());
                    (place, is_plain) = (Place::Text, false);
                    hidden -= usize::from(name == "aside" && hidden > 0);
                }
                // The mark of a note is no word.
                Token::Open("a", attributes) => {
                    is_mark = attribute(attributes, "role") == Some("doc-noteref");
                }
                Token::Close("a") => is_mark = false,
                Token::Open("br", _) => block.push(' '),
                Token::Open(..) | Token::Close(_) => {}
            }
        }
        self.end(&mut block, place, is_plain, excerpt);
    }

    fn end(
        &mut self,
        block: &mut String,
        place: Place,
        is_plain: bool,
        excerpt: Option<&mut String>,
    ) {
        self.add(block, place);
        if let Some(excerpt) = excerpt.filter(|text| is_plain && text.len() < EXCERPT) {
            excerpt.push(' ');
            excerpt.push_str(block);
        }
        block.clear();
    }
}

/// How many different terms a text has.
fn length(text: &str) -> usize {
    let mut terms = BTreeSet::new();
    fold::terms(text, |term| {
        if !terms.contains(term) {
            terms.insert(term.to_owned());
        }
    });
    terms.len()
}

/// Elements that stand inside a line of text.
fn is_inline(name: &str) -> bool {
    const INLINE: &[&str] = &[
        "a", "abbr", "b", "bdi", "bdo", "br", "em", "i", "q", "small", "span", "strong", "sub",
        "sup", "time", "wbr",
    ];
    INLINE.binary_search(&name).is_ok()
}

/// The beginning of a text, to the end of a word.
fn shortened(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    let Some((end, _)) = text.char_indices().nth(EXCERPT) else {
        return text;
    };
    let shown = &text[..end];
    let whole = shown.rfind(' ').filter(|at| *at > end / 2);
    let shown = shown[..whole.unwrap_or(end)].trim_end_matches([',', ';', ':', ' ', '–', '—', '.']);
    format!("{shown}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_by_its_blocks() {
        let mut document = Document::of_name(ShelfKind::Topic, "Name", "name");
        let mut excerpt = String::new();
        document.markup(
            "<section><h2 id=\"a\">Head</h2><p class=\"affiliation\">Aside</p><p>Un<em>bro</em>ken word<sup><a role=\"doc-noteref\" href=\"#n\">1</a></sup>, \
             word &amp; word, word.</p><aside class=\"pull-quote\" aria-hidden=\"true\"><p>Pulled</p></aside><p>Second.</p></section>",
            Some(&mut excerpt),
        );
        let terms: Vec<(&str, Place)> = document.terms().collect();
        for term in [
            ("head", Place::Heading),
            ("unbroken", Place::Text),
            ("word", Place::Often),
            ("aside", Place::Text),
            ("name", Place::Title),
        ] {
            assert!(terms.contains(&term), "{term:?} of {terms:?}");
        }
        assert!(terms.iter().all(|(term, _)| *term != "pulled"));
        assert_eq!(
            shortened(&excerpt),
            "Unbroken word, word & word, word. Second."
        );
    }

    #[test]
    fn a_name_is_as_long_as_it_has_terms_that_differ() {
        for (name, expected) in [
            ("Water", 1),
            ("Water, water and Éau", 3),
            ("喀布尔", 2),
            ("…", 0),
        ] {
            let document = Document::of_name(ShelfKind::Topic, name, "name");
            assert_eq!(document.length, expected, "{name}");
        }
    }

    #[test]
    fn an_excerpt_ends_with_a_word() {
        let text = "word ".repeat(100);
        let shown = shortened(&text);
        assert!(shown.ends_with("word…") && shown.chars().count() <= EXCERPT + 1);
        assert_eq!(shortened(&"長".repeat(1000)).chars().count(), EXCERPT + 1);
    }
}
