//! The words of a cover, taken from the composition as they stand.

use crate::compose::{Composition, Shift, Span, Stress, Text, TextId};
use crate::piece::{Direction, LanguageTag};

/// The words of a cover.
#[derive(Debug, Clone)]
pub(super) struct Wording {
    /// The series with its number.
    pub(super) series: Phrase,
    /// The title.
    pub(super) title: Phrase,
    /// The subtitle.
    pub(super) subtitle: Option<Phrase>,
    /// The authors' names, or the lines of those with other roles where there is no author.
    pub(super) names: Vec<Phrase>,
    /// The authors' names joined as the language joins a list; else the lines of the others.
    pub(super) byline: Vec<Phrase>,
    /// The date without its label.
    pub(super) date: Phrase,
    /// The language of the piece.
    pub(super) language: LanguageTag,
    /// The direction of its script.
    pub(super) direction: Direction,
    /// What the ornament is drawn from.
    pub(super) seed: [u8; 16],
}

/// Words that stand together, read in one direction.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    /// The words by their looks and languages.
    pub(super) spans: Vec<Span>,
    /// The direction in which they are read.
    pub(super) direction: Direction,
}

impl Phrase {
    /// A text without the marks of its notes.
    fn of(text: &Text) -> Self {
        Self {
            spans: text
                .spans
                .iter()
                .filter(|span| !span.is_mark())
                .cloned()
                .collect(),
            direction: text.direction,
        }
    }

    /// The words alone.
    pub(super) fn words(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    /// Plain words.
    pub(super) fn plain(words: &str, direction: Direction) -> Self {
        let span = Span {
            text: words.to_owned(),
            emphasis: false,
            stress: Stress::default(),
            strong: false,
            shift: Shift::None,
            language: None,
            target: None,
        };
        Self {
            spans: vec![span],
            direction,
        }
    }
}

impl Wording {
    /// Takes the words of a cover.
    pub(super) fn of(composition: &Composition) -> Self {
        let block = &composition.title_block;
        let record = &composition.record;
        let line = |id: &TextId| Phrase::of(&composition[*id]);
        let name = |name: &str| {
            let direction = Direction::of_letters(name);
            Phrase::plain(name, direction.unwrap_or(record.direction))
        };
        let credits = || block.credits.iter().map(line).collect();
        let (names, byline) = match &block.byline {
            Some(byline) => {
                let creators = record.creators().map(|creator| name(&creator.name));
                (creators.collect(), vec![line(byline)])
            }
            None => (credits(), credits()),
        };
        Self {
            series: line(&block.series),
            title: line(&block.title.text),
            subtitle: block.subtitle.as_ref().map(line),
            names,
            byline,
            date: Phrase::plain(&composition.date_line(), record.direction),
            language: record.language.clone(),
            direction: record.direction,
            seed: *record.uuid.as_bytes(),
        }
    }
}
