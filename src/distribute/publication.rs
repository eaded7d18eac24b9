//! Publications: what catalogues, feeds and front pages say of a piece, and the files that belong to it.
//!
//! The manifest keeps them, so that a piece that has not changed is not composed again.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::line::Line;
use crate::compose::{Composition, Record, and_others};
use crate::piece::LanguageTag;

/// So many authors are named in a list.
const AUTHORS: usize = 3;

/// A piece as catalogues know it. Every path is relative to the site, of ASCII letters, digits, `-`, `.` and `/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Publication {
    /// What the piece says of itself.
    #[serde(flatten)]
    pub(super) record: Record,
    /// The series, with the piece's number where it has one, as the piece prints it.
    pub(super) series_line: Line,
    /// The lines that name who made the piece, as the piece prints them.
    pub(super) byline: Vec<Line>,
    /// The date as the piece prints it, without its label.
    pub(super) date_line: Line,
    /// The path of the page.
    pub(super) page: String,
    /// The editions that are shipped.
    pub(super) downloads: Vec<Download>,
    /// The cover.
    pub(super) cover: SitePicture,
    /// The cover, small: for lists.
    pub(super) thumbnail: SitePicture,
    /// The share image.
    pub(super) share: SitePicture,
    /// The sheet of the page's own faces, where it needs any besides those of the theme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) face_sheet: Option<String>,
    /// The faces that the page shares with others.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) shared_faces: BTreeSet<String>,
}

/// An edition that is shipped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Download {
    /// The name of its format.
    pub(super) format: String,
    /// Its path.
    pub(super) path: String,
    /// Its media type.
    pub(super) media_type: String,
    /// Its size in bytes.
    pub(super) size: u64,
}

/// An image of a piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SitePicture {
    /// Its path.
    pub(super) path: String,
    /// Its media type.
    pub(super) media_type: String,
    /// What it says, for those who do not see it.
    pub(super) alt: String,
    /// Its width in pixels.
    pub(super) width: u32,
    /// Its height in pixels.
    pub(super) height: u32,
}

impl Publication {
    /// What a composition says, with the files that were made of it.
    pub(super) fn of(
        composition: &Composition,
        downloads: Vec<Download>,
        cover: SitePicture,
        thumbnail: SitePicture,
        share: SitePicture,
    ) -> Self {
        let block = &composition.title_block;
        let lines = block.byline.iter().chain(&block.credits);
        Self {
            series_line: Line::of(composition[block.series].words()),
            byline: lines.map(|id| Line::of(composition[*id].words())).collect(),
            date_line: Line::of(&composition.date_spans()),
            page: page_path(composition.record.slug.as_str()),
            record: composition.record.clone(),
            downloads,
            cover,
            thumbnail,
            share,
            face_sheet: None,
            shared_faces: BTreeSet::new(),
        }
    }
}

impl Publication {
    /// What lists show of it, in its language.
    pub(super) fn listed(&self) -> impl Iterator<Item = (&LanguageTag, Cow<'_, str>)> {
        let record = &self.record;
        let lines = [&self.series_line, &self.date_line].into_iter();
        let lines = lines.chain(&self.byline).map(Line::plain);
        let said = [&record.full_title, &record.series].into_iter();
        let said = said.chain(&record.summary).map(String::as_str);
        let names = record.people.iter().map(|person| person.name.as_str());
        let said = said.chain(names).chain(record.topics());
        let lines = lines.chain(said.map(Cow::Borrowed));
        lines.map(|line| (&record.language, line))
    }
}

impl Publication {
    /// The lines that name who made it, as lists show them: of many authors the first are named.
    pub(super) fn short_byline(&self) -> Vec<Line> {
        let record = &self.record;
        let names: Vec<&str> = record.creators().map(|one| one.name.as_str()).collect();
        match names.get(..AUTHORS).filter(|_| names.len() > AUTHORS) {
            Some(first) => vec![Line::of(&and_others(first, &record.language))],
            None => self.byline.clone(),
        }
    }
}

/// The path of a piece's page.
pub(super) fn page_path(slug: &str) -> String {
    format!("pieces/{slug}.html")
}

/// The path of a file that belongs to a piece.
pub(super) fn file_path(slug: &str, name: &str) -> String {
    format!("pieces/{slug}/{name}")
}
