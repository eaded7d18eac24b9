//! Composing: the one place where attribution, headings, levels, anchors, dates and words are decided.

mod anchors;
mod arena;
mod attribution;
mod blocks;
mod composition;
mod localise;
mod properties;
mod record;
#[cfg(test)]
pub(crate) mod sample;
mod sections;
mod spans;
#[cfg(test)]
mod tests;
mod wording;
mod words;

pub use composition::{
    Anchor, Block, BlockId, BlockKind, Composition, Figure, Foreign, Heading, ImageId, Item,
    ItemId, Level, Note, NoteId, RunningHead, Section, SectionRole, Shift, Span, Table, Target,
    Text, TextId, TitleBlock,
};
pub use record::{Contributor, Moment, Record};
pub use words::{SiteWords, Words};

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, FieldPath, Finding};
use crate::piece::{Image, Piece};

use arena::Arena;
use wording::Wording;

/// What is composed.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The piece; [`crate::check`] found no error in it.
    pub piece: &'a Piece,
    /// Its images by the fields that name them.
    pub images: &'a BTreeMap<FieldPath, Image>,
    /// The SHA-256 of the source file in lower-case hexadecimal.
    pub hash: &'a str,
    /// `SOURCE_DATE_EPOCH`, where set.
    pub epoch: Option<u64>,
}

/// Why a piece cannot be composed; never met by a piece that passed [`crate::check`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ComposeError {
    /// A field whose value cannot be read.
    #[error("{field}: {reason}")]
    Field {
        /// The field.
        field: FieldPath,
        /// The reason against its value.
        reason: String,
    },
}

impl ComposeError {
    fn at(field: FieldPath, reason: impl ToString) -> Self {
        Self::Field {
            field,
            reason: reason.to_string(),
        }
    }
}

/// Decides what every edition of a piece prints.
///
/// # Errors
/// [`ComposeError`] when a field holds what [`crate::check`] would have refused.
pub fn compose(source: &Source<'_>) -> Result<Composition, ComposeError> {
    let piece = source.piece;
    let record = properties::record(source)?;
    let wording = Wording::of(&record.language);
    let findings = wording.language.iter();
    let findings = findings
        .map(|_| no_words(record.language.as_str()))
        .collect();

    let mut arena = Arena::new(source);
    let names = sections::anchors(&mut arena, piece);
    let title_block = attribution::title_block(&mut arena, piece, &record, &wording, &names)?;
    let sections = sections::sections(&mut arena, piece, &wording, &names)?;
    let cover = sections::cover(&mut arena, piece)?;
    let (texts, images, notes) = arena.finish()?;

    Ok(Composition {
        running_head: RunningHead {
            series: piece.series.clone(),
            title: piece
                .short_title
                .clone()
                .unwrap_or_else(|| record.title.clone()),
        },
        hyphenation: piece
            .hyphenation
            .iter()
            .map(|word| word.split('-').map(str::to_owned).collect())
            .collect(),
        record,
        words: wording.words,
        words_language: wording.language,
        title_block,
        sections,
        notes,
        images,
        cover,
        texts,
        findings,
    })
}

fn no_words(language: &str) -> Finding {
    let message = format!(
        "there are no interface words in `{language}`; the editions use the English ones, marked as English"
    );
    Finding {
        path: FieldPath::root().key("language"),
        diagnostic: Diagnostic::warning(Code::NoInterfaceWords, message),
    }
}
