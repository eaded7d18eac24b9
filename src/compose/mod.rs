//! Composing: the one place where attribution, headings, levels, anchors, dates and words are decided.

mod composition;
mod metadata;
mod words;

pub use composition::{
    Anchor, Block, BlockId, BlockKind, Composition, Figure, Foreign, Heading, ImageId, Item,
    ItemId, Level, Note, NoteId, RunningHead, Section, SectionRole, Shift, Span, Table, Target,
    Text, TextId, TitleBlock,
};
pub use metadata::{Contributor, Metadata, Moment};
pub use words::Words;

use std::collections::BTreeMap;

use crate::piece::diagnostic::FieldPath;
use crate::piece::{Image, Piece};

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
