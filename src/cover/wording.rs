//! The words of a cover, taken from the composition as they stand.

use crate::compose::{Composition, TextId};
use crate::piece::{Direction, LanguageTag};

/// The words of a cover.
#[derive(Debug, Clone)]
pub(super) struct Wording {
    /// The series with its number.
    pub(super) series: Vec<Phrase>,
    /// The title.
    pub(super) title: Vec<Phrase>,
    /// The subtitle.
    pub(super) subtitle: Option<Vec<Phrase>>,
    /// The authors' names, or the lines of those with other roles where there is no author.
    pub(super) names: Vec<String>,
    /// The authors' names joined as the language joins a list; else the lines of the others.
    pub(super) byline: Vec<String>,
    /// The date without its label.
    pub(super) date: String,
    /// The language of the piece.
    pub(super) language: LanguageTag,
    /// The direction of its script.
    pub(super) direction: Direction,
    /// What the ornament is drawn from.
    pub(super) seed: [u8; 16],
}

/// Words of one look.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    /// The words.
    pub(super) text: String,
    /// Emphasised.
    pub(super) emphasis: bool,
}

impl Wording {
    /// Takes the words of a cover.
    pub(super) fn of(composition: &Composition) -> Self {
        let block = &composition.title_block;
        let record = &composition.record;
        let line = |id: &TextId| composition[*id].plain();
        let credits = || block.credits.iter().map(line).collect();
        let (names, byline) = match &block.byline {
            Some(byline) => {
                let creators = record.creators().map(|creator| creator.name.clone());
                (creators.collect(), vec![line(byline)])
            }
            None => (credits(), credits()),
        };
        Self {
            series: phrases(composition, block.series),
            title: phrases(composition, block.title.text),
            subtitle: block.subtitle.map(|id| phrases(composition, id)),
            names,
            byline,
            date: composition.date_line(),
            language: record.language.clone(),
            direction: record.direction,
            seed: *record.uuid.as_bytes(),
        }
    }
}

fn phrases(composition: &Composition, id: TextId) -> Vec<Phrase> {
    let words = composition[id].words();
    words
        .map(|span| Phrase {
            text: span.text.clone(),
            emphasis: span.emphasis,
        })
        .collect()
}
