//! A piece as its readers see it: what it is now, and where it is broken the last pages that were whole.

use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde::Serialize;
use serde_json::{Value, json};

use super::draw::{self, DrawnPage};
use super::house::Shared;
use super::outlines::{Outlines, OutlinesOf};
use super::problems::{Place, Problem, named};
use crate::compose::Composition;
use crate::cover;
use crate::diagnostic::{FieldPath, SourceText};
use crate::digest::Sha256;
use crate::editions::Options;
use crate::piece::Image;
use crate::pipeline::{self, Build, PieceStatistics, SetPiece, minutes};

/// How a source stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Standing {
    /// What is shown is what it says.
    Whole,
    /// It cannot be shown: what is shown is what it said before.
    Broken,
    /// The file is gone.
    Gone,
}

/// A piece as its readers see it.
#[derive(Debug, Clone)]
pub(super) struct View {
    /// The clock's reading when it last changed.
    pub(super) version: u64,
    /// What is told of it, without the version and the outlines.
    told: String,
    /// How many outlines there must be to draw its pages.
    outlines: usize,
    pub(super) pages: Arc<Pages>,
    pub(super) text: Option<Arc<ShownText>>,
    /// The source as it is now, for the places of fields.
    source: SourceText,
    pub(super) problems: Vec<Problem>,
}

/// Pages, and what they need.
#[derive(Debug, Default)]
pub(super) struct Pages {
    width: f32,
    height: f32,
    pub(super) pages: Vec<DrawnPage>,
    pub(super) images: Vec<Image>,
}

/// The text that the other views show.
#[derive(Debug)]
pub(super) struct ShownText {
    pub(super) composition: Composition,
    pub(super) options: Options,
    /// The digest of what it was made of.
    pub(super) key: String,
    pub(super) phone: OnceLock<Arc<[u8]>>,
    pub(super) cover: OnceLock<Arc<(&'static str, Vec<u8>)>>,
}

impl View {
    /// Sets a piece, and keeps of what was shown before what cannot be shown anew.
    pub(super) fn set(
        path: &Path,
        shared: &Shared,
        outlines: &Mutex<Outlines>,
        before: Option<&Self>,
    ) -> Self {
        let house = &shared.house;
        let SetPiece {
            build,
            composition,
            layout,
        } = pipeline::set(path, &house.projects, &house.options);
        let own = build
            .diagnostics()
            .map(|found| Problem::new(&build.source, found));
        let problems: Vec<Problem> = shared.troubles.iter().cloned().chain(own).collect();
        let pages = match (&composition, &layout) {
            (Some(composition), Some(layout)) => {
                let mut outlines = outlines.lock().unwrap_or_else(PoisonError::into_inner);
                let mut outlines = OutlinesOf::new(&mut outlines, &house.options.theme.fonts);
                Arc::new(Pages {
                    width: layout.width.0,
                    height: layout.height.0,
                    pages: draw::pages(composition, layout, &mut outlines),
                    images: composition.images.clone(),
                })
            }
            _ => before
                .map(|view| Arc::clone(&view.pages))
                .unwrap_or_default(),
        };
        let standing = match layout {
            Some(_) => Standing::Whole,
            None => Standing::Broken,
        };
        let text = match composition {
            Some(composition) => Some(Arc::new(ShownText {
                composition,
                options: house.options.clone(),
                key: key(&build, shared.generation),
                phone: OnceLock::new(),
                cover: OnceLock::new(),
            })),
            None => before.and_then(|view| view.text.clone()),
        };
        let mut view = Self {
            version: 0,
            told: String::new(),
            outlines: 0,
            pages,
            text,
            source: build.source,
            problems,
        };
        view.told = view.tell(path, standing, build.statistics.as_ref());
        let outlines = outlines.lock().unwrap_or_else(PoisonError::into_inner);
        view.outlines = outlines.len();
        view
    }

    /// The view of a piece whose file is gone.
    pub(super) fn gone(path: &Path, before: Option<&Self>) -> Self {
        let mut view = Self {
            version: 0,
            told: String::new(),
            outlines: before.map_or(0, |view| view.outlines),
            pages: before
                .map(|view| Arc::clone(&view.pages))
                .unwrap_or_default(),
            text: before.and_then(|view| view.text.clone()),
            source: before.map(|view| view.source.clone()).unwrap_or_default(),
            problems: Vec::new(),
        };
        view.told = view.tell(path, Standing::Gone, None);
        view
    }

    /// Whether its readers are told the same of both.
    pub(super) fn tells_the_same(&self, other: &Self) -> bool {
        self.told == other.told
    }

    /// What readers are told of it.
    pub(super) fn event(&self) -> String {
        let (version, outlines) = (self.version, self.outlines);
        let rest = &self.told[1..];
        format!("{{\"version\":{version},\"outlines\":{outlines},{rest}")
    }

    /// The place of a field of what is shown, in the source as it is now.
    pub(super) fn place(&self, origin: &FieldPath) -> Place {
        let span = self.source.place(origin);
        Place::of(&self.source, span.map_or(0, |span| span.start))
    }

    fn tell(
        &self,
        path: &Path,
        standing: Standing,
        statistics: Option<&PieceStatistics>,
    ) -> String {
        let record = self.text.as_ref().map(|text| &text.composition.record);
        let pages = &self.pages;
        let told = json!({
            "standing": standing,
            "file": named(path),
            "title": record.map(|record| &record.full_title),
            "language": record.map(|record| record.language.as_str()),
            "direction": record.map(|record| record.direction),
            "width": pages.width,
            "height": pages.height,
            "pages": pages.pages.iter().map(|page| [&page.key, &page.label]).collect::<Vec<_>>(),
            "text": self.text.as_ref().map(|text| &text.key),
            "cover": self.text.as_ref().map(|text| text.cover_alt()),
            "problems": self.problems,
            "statistics": statistics.map(lengths),
        });
        told.to_string()
    }
}

impl ShownText {
    /// What the cover says to those who do not see it.
    fn cover_alt(&self) -> String {
        match &self.composition.cover {
            Some((_, alt)) => alt.clone(),
            None => cover::alt_text(&self.composition, &self.options.theme),
        }
    }
}

/// The digest of what a text is made of.
fn key(build: &Build, generation: u64) -> String {
    let digests = [build.source_hash, build.given].into_iter().flatten();
    let images = build.images.iter().map(|image| image.hash);
    let fields: Vec<String> = digests.chain(images).map(|hash| hash.to_string()).collect();
    let generation = generation.to_string();
    let fields = fields.iter().chain([&generation]).map(String::as_str);
    Sha256::of_fields(fields).prefix(20)
}

fn lengths(statistics: &PieceStatistics) -> Value {
    let parts = statistics.parts.iter().map(
        |part| json!({ "name": part.name, "words": part.words, "minutes": minutes(part.words) }),
    );
    json!({
        "words": statistics.words,
        "minutes": minutes(statistics.words),
        "pages": statistics.pages,
        "parts": parts.collect::<Vec<_>>(),
    })
}
