//! The model of a piece: what the author wrote, field for field, and the small types whose validity it rests on.
//!
//! No input or output happens here. [`crate::load`] fills a [`Piece`] from YAML, [`crate::check`] judges it,
//! [`crate::compose`] decides what the editions print.

mod address;
mod block;
mod character;
mod citation;
mod column;
mod date;
mod identifiers;
mod image;
mod inline;
mod instant;
mod language;
mod life;
mod marked;
mod role;
mod slug;
mod summary;

pub use address::{Address, AddressError, Allowed};
pub use block::{Block, Column, Figure, Item, ItemBlock, List, OneOrMore, Pull, Quote, Table};
pub(crate) use character::{is_ignorable, is_private};
pub use citation::{CITATION_FIELDS, unknown_citation_field};
pub use column::{ColumnAlign, ColumnStyle};
pub use date::{Date, DateError};
pub use identifiers::{Conformance, Doi, IdentifierError, Isbn, Orcid, Ror};
pub use image::{Image, ImageFormat};
pub use inline::{Inline, Mark, MarkKind, one_line};
pub use instant::{Instant, InstantError};
pub use language::{Direction, LanguageError, LanguageTag};
pub use life::{Alias, Life, SlugOrigin, Status, Withdrawal, series_key};
pub use marked::Marked;
pub use role::{Role, RoleError};
pub(crate) use slug::ascii_words;
pub use slug::{Slug, SlugError};
pub use summary::Summary;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

/// One piece of the series, as its source file states it (source format, version 1).
//
// Scalars are kept as they were written; `Date`, `LanguageTag` and `Slug` parse them where a phase needs their meaning.
// The documentation of the fields is also what editors show of the schema.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Piece {
    /// The name of the series, for example `Flash Point`.
    #[schemars(length(min = 1))]
    pub series: String,
    /// The number of this piece in the series.
    pub number: Option<u32>,
    /// The title, with inline markup. Quote it when it holds `: `.
    pub title: Marked,
    /// The subtitle, with inline markup.
    pub subtitle: Option<Marked>,
    /// A short form of the title for running heads.
    #[schemars(length(min = 1))]
    pub short_title: Option<String>,
    /// The date of publication as `YYYY-MM-DD`.
    #[schemars(regex(pattern = r"^\d{4}-\d{2}-\d{2}$"))]
    pub date: String,
    /// The date as it shall be printed; without it the date is written in the piece's language.
    #[schemars(length(min = 1))]
    pub date_text: Option<String>,
    /// The date of the last change as `YYYY-MM-DD`.
    #[schemars(regex(pattern = r"^\d{4}-\d{2}-\d{2}$"))]
    pub updated: Option<String>,
    /// The language as a BCP 47 tag, for example `en-GB`.
    #[schemars(length(min = 1))]
    pub language: String,
    /// The name of the files made, without extension; without it the title gives it.
    #[schemars(length(min = 1))]
    pub slug: Option<String>,
    /// Whether the piece is published: `draft`, `ready` (the default) or `withdrawn`.
    #[schemars(regex(pattern = r"^(draft|ready|withdrawn)$"))]
    pub status: Option<String>,
    /// When and why the piece was withdrawn.
    pub withdrawn: Option<Withdrawn>,
    /// The instant before which the piece is not published, with its offset, for example `2025-11-04T09:00+05:00`.
    #[schemars(regex(pattern = r"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}"))]
    pub embargo: Option<String>,
    /// Earlier slugs, the oldest first; `Series as it was written/slug` where the series changed too.
    #[serde(default)]
    #[schemars(inner(length(min = 1)))]
    pub aliases: Vec<String>,
    /// The slug of the piece that this one is a translation of.
    #[schemars(length(min = 1))]
    pub translation_of: Option<String>,
    /// What was corrected after publication, the oldest first.
    #[serde(default)]
    pub corrections: Vec<Correction>,
    /// An identifier of the publisher's own.
    #[schemars(length(min = 1))]
    pub identifier: Option<String>,
    /// The ISBN-13 of the EPUB edition.
    #[schemars(length(min = 1))]
    pub isbn: Option<String>,
    /// The DOI, starting with `10.`.
    #[schemars(regex(pattern = r"^10\.\d{4,9}/\S+$"))]
    pub doi: Option<String>,
    /// The address at which the piece is published.
    #[schemars(length(min = 1))]
    pub url: Option<String>,
    /// The publisher's name.
    #[schemars(length(min = 1))]
    pub publisher: Option<String>,
    /// The statement of rights, with inline markup, for example `© 2025 The Institute`.
    pub rights: Option<Marked>,
    /// The licence's address, for example `https://creativecommons.org/licenses/by/4.0/`.
    #[schemars(length(min = 1))]
    pub license: Option<String>,
    /// A summary for catalogues: one paragraph, or a list of key points.
    pub summary: Option<Summary>,
    /// Keywords for search.
    #[serde(default)]
    #[schemars(inner(length(min = 1)))]
    pub keywords: Vec<String>,
    /// Subject headings for catalogues.
    #[serde(default)]
    #[schemars(inner(length(min = 1)))]
    pub subjects: Vec<String>,
    /// How the piece should be cited, with inline markup.
    pub citation: Option<Marked>,
    /// A cover image that replaces the drawn one.
    pub cover: Option<Picture>,
    /// A disclaimer printed at the end, with inline markup.
    pub disclaimer: Option<Marked>,
    /// The accessibility claim of the EPUB edition.
    pub accessibility: Option<Accessibility>,
    /// Words with their permitted breaks, for example `Khy-ber`.
    #[serde(default)]
    #[schemars(inner(length(min = 1)))]
    pub hyphenation: Vec<String>,
    /// Blocks before the first statement.
    #[serde(default)]
    pub introduction: Vec<Block>,
    /// The contributors, in the order in which they are named and printed.
    #[schemars(length(min = 1))]
    pub contributors: Vec<Contributor>,
    /// The footnotes by the names that `[^name]` uses.
    #[serde(default)]
    pub notes: BTreeMap<String, Marked>,
}

impl Piece {
    /// The name of the piece's files: the slug written, else the one that the title gives.
    ///
    /// # Errors
    /// [`SlugError`] when the written one is none, or the title gives none.
    pub fn slug(&self) -> Result<Slug, SlugError> {
        match &self.slug {
            Some(written) => Slug::parse(written),
            None => Slug::derive(&self.title.plain()).ok_or(SlugError::NoneFromTitle),
        }
    }
}

/// When and why a piece was withdrawn.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdrawn {
    /// The day as `YYYY-MM-DD`.
    #[schemars(regex(pattern = r"^\d{4}-\d{2}-\d{2}$"))]
    pub date: String,
    /// The reason, as it stands in the piece's place.
    #[schemars(length(min = 1))]
    pub reason: String,
}

/// What was corrected.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The day as `YYYY-MM-DD`.
    #[schemars(regex(pattern = r"^\d{4}-\d{2}-\d{2}$"))]
    pub date: String,
    /// What was wrong and what is right, with inline markup.
    pub text: Marked,
}

/// One contributor and their answer.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contributor {
    /// The id of a person of the project, whose name, affiliation and identifiers stand where they are left out here.
    #[schemars(length(min = 1))]
    pub person: Option<String>,
    /// The name as it is printed.
    #[schemars(length(min = 1))]
    pub name: String,
    /// The name as catalogues sort it, for example `Khan, Amina`.
    #[schemars(length(min = 1))]
    pub sort_name: Option<String>,
    /// The affiliation, printed under the name.
    #[schemars(length(min = 1))]
    pub affiliation: Option<String>,
    /// The MARC relator code of the contributor's role.
    #[serde(default = "author")]
    #[schemars(regex(pattern = r"^[a-z]{3}$"))]
    pub role: String,
    /// The ORCID, for example `0000-0002-1825-0097`.
    #[schemars(regex(pattern = r"^(https://orcid\.org/)?\d{4}-\d{4}-\d{4}-\d{3}[\dX]$"))]
    pub orcid: Option<String>,
    /// The ROR identifier of the affiliation.
    #[schemars(length(min = 1))]
    pub ror: Option<String>,
    /// The contributor's page.
    #[schemars(length(min = 1))]
    pub url: Option<String>,
    /// A short biography, with inline markup, printed at the end.
    pub bio: Option<Marked>,
    /// A portrait.
    pub portrait: Option<Picture>,
    /// The language of the name, where that is not the piece's.
    #[schemars(length(min = 1))]
    pub name_language: Option<String>,
    /// The language of the statement, where that is not the piece's.
    #[schemars(length(min = 1))]
    pub language: Option<String>,
    /// The statement: the contributor's answer.
    #[schemars(length(min = 1))]
    pub statement: Vec<Block>,
}

fn author() -> String {
    Role::AUTHOR.code().to_owned()
}

/// An image with the words that stand in for it.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Picture {
    /// The path of a PNG, JPEG, WebP or SVG file, relative to the source file and below its folder.
    #[schemars(length(min = 1))]
    pub image: String,
    /// What the image says, for those who do not see it.
    #[schemars(length(min = 1))]
    pub alt: String,
}

/// The accessibility claim that the EPUB edition repeats; only the publisher can make it.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Accessibility {
    /// The specification, for example `EPUB Accessibility 1.1 - WCAG 2.2 Level AA`.
    #[schemars(length(min = 1))]
    pub conforms_to: String,
    /// Who certified it.
    #[schemars(length(min = 1))]
    pub certified_by: String,
}
