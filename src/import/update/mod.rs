//! Words back: an edition in Word that somebody edited, into its source.
//!
//! What the edition said when it was made (its composition) and what it says now are sequences of units, aligned by their words. Only
//! words that changed are changed in the text of the source: everything else stays byte for byte.

mod additions;
mod align;
mod apply;
mod columns;
mod gallery;
mod items;
mod merge;
mod moves;
mod notes;
mod people;
mod pictures;
mod places;
mod scalar;
mod tables;
mod unit;
mod units;
mod values;
mod words;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::document::{Document, RESOLVED, Remark};
use super::{Changes, ImportError, Input, marks};
use crate::check::check;
use crate::compose::{Composition, canonical_line, compose};
use crate::diagnostic::{Edit, FieldPath, Severity};
use crate::load::{Loaded, Pending, edited, load_text_with, texts};
use crate::piece::LanguageTag;
use crate::project::Projects;
use crate::read::Span;

use align::{Pair, align};
use gallery::Gallery;
use unit::{Body, Unit};

/// An edited edition, and the source that it goes into.
pub(crate) struct Request<'a> {
    /// Where the source stands.
    pub(crate) path: &'a Path,
    /// Its text.
    pub(crate) text: &'a str,
    pub(crate) projects: &'a Projects,
    /// The edited DOCX.
    pub(crate) docx: &'a Input,
    /// What becomes of tracked changes.
    pub(crate) changes: Changes,
}

/// A source as it is to be.
#[derive(Debug)]
pub(crate) struct Updated {
    /// The text of the source.
    pub(crate) text: String,
    /// What was said before, and what is now.
    pub(crate) before: Composition,
    pub(crate) after: Composition,
    /// What could not be taken over, and what is to be known.
    pub(crate) remarks: Vec<Remark>,
    /// Both sides of what was changed here and there.
    pub(crate) conflicts: Vec<String>,
    /// Questions that are new in the source.
    pub(crate) questions: Vec<String>,
    /// Pictures that are to be written, by their paths from the folder of the source.
    pub(crate) pictures: Pending,
}

/// Which source an edition says it was made of.
pub(crate) struct Claim {
    /// Its hash.
    pub(crate) source: Option<crate::digest::Sha256>,
    /// The slug of the piece; none where the edition does not say.
    pub(crate) slug: Option<String>,
}

/// What an edition says of itself.
///
/// # Errors
/// [`ImportError`] for a file that cannot be read.
pub(crate) fn claim(docx: &Input) -> Result<Claim, ImportError> {
    let document = read(docx, Changes::Accept)?;
    let fields = &document.properties.fields;
    let slug = fields
        .iter()
        .find(|(key, _)| key == "slug")
        .map(|(_, slug)| slug.clone());
    Ok(Claim {
        source: document.properties.source,
        slug,
    })
}

fn read(docx: &Input, changes: Changes) -> Result<Document, ImportError> {
    let fail = |reason: String| ImportError {
        name: docx.name.clone(),
        reason,
    };
    if let Some(what) = super::docx::compound(&docx.bytes) {
        return Err(fail(what.to_owned()));
    }
    super::docx::read(&docx.bytes, &docx.name, changes).map_err(|error| fail(error.to_string()))
}

/// The part of the words of a source that an edited edition still has, in percent.
///
/// # Errors
/// [`ImportError`] where one of the two cannot be read.
pub(crate) fn likeness(request: &Request<'_>) -> Result<usize, ImportError> {
    let (_, composition) = composed(request, request.text)?;
    let mut gallery = Gallery::default();
    let document = read(request.docx, request.changes)?;
    let words = |units: &[Unit]| -> Vec<String> {
        units
            .iter()
            .flat_map(|unit| unit.line.split(' ').map(str::to_owned).collect::<Vec<_>>())
            .collect()
    };
    let (ours, theirs) = (
        words(&units::of_composition(&composition, &mut gallery).units),
        words(&units::of_document(&document, &mut gallery).units),
    );
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for word in &theirs {
        *left.entry(word).or_insert(0) += 1;
    }
    let mut same = 0;
    for word in &ours {
        if let Some(count) = left.get_mut(word.as_str()).filter(|count| **count > 0) {
            *count -= 1;
            same += 1;
        }
    }
    Ok(same * 100 / ours.len().max(1))
}

/// A text and its composition.
///
/// # Errors
/// The first of its errors, where it is no piece.
fn judged(
    request: &Request<'_>,
    text: &str,
    pending: &Pending,
) -> Result<(Loaded, Composition), String> {
    let loaded = load_text_with(request.path, text, request.projects, pending);
    let checked = check(&loaded);
    if let Some(piece) = checked.piece {
        let composition = compose(&piece, None);
        return Ok((loaded, composition));
    }
    let mut told = loaded.diagnostics.iter().chain(&checked.diagnostics);
    let error = told.find(|one| one.severity == Severity::Error);
    Err(error.map_or_else(
        || "it is no piece".to_owned(),
        |error| error.message.clone(),
    ))
}

fn composed(request: &Request<'_>, text: &str) -> Result<(Loaded, Composition), ImportError> {
    judged(request, text, &Pending::new()).map_err(|_| ImportError {
        name: request.path.display().to_string(),
        reason: "the source has errors; `flashpoint check` tells them".to_owned(),
    })
}

/// Takes the edits of an edition over into the text of its source. `ancestor` is the text that the edition was made of, where that
/// is another.
///
/// # Errors
/// [`ImportError`] where something cannot be read, or what would be written were no piece.
pub(crate) fn update(
    request: &Request<'_>,
    ancestor: Option<&str>,
) -> Result<Updated, ImportError> {
    let document = read(request.docx, request.changes)?;
    let (loaded, before) = composed(request, request.text)?;
    let mut gallery = Gallery::default();
    let mut current = units::of_composition(&before, &mut gallery);
    let older = match ancestor {
        Some(text) => Some(composed(request, text)?.1),
        None => None,
    };
    let mut base = older
        .as_ref()
        .map(|older| units::of_composition(older, &mut gallery));
    let mut edited_body = units::of_document(&document, &mut gallery);
    gallery.join(&current, &edited_body);
    gallery.settle(&mut current);
    gallery.settle(&mut edited_body);
    if let Some(base) = &mut base {
        gallery.settle(base);
    }
    let mut desk = Desk {
        request,
        loaded: &loaded,
        values: texts(request.text),
        said: OnceCell::new(),
        current: &current,
        edited: &edited_body,
        document: &document,
        edits: Vec::new(),
        remarks: Vec::new(),
        conflicts: Vec::new(),
        notes: BTreeMap::new(),
        new_notes: Vec::new(),
        gone_notes: Vec::new(),
        kept_notes: BTreeSet::new(),
        questions: Vec::new(),
        pending: Pending::new(),
        paths: BTreeMap::new(),
        kept_pictures: BTreeSet::new(),
        carried: BTreeSet::new(),
        language: Some(before.record.language.clone()),
    };
    let merged = desk.merged(base.as_ref());
    desk.name_notes(&merged, older.as_ref().unwrap_or(&before));
    desk.apply(&merged);
    desk.remove_notes();
    let (mut remarks, conflicts, questions) = (desk.remarks, desk.conflicts, desk.questions);
    let (pictures, kept_notes) = (desk.pending, desk.kept_notes);
    let text = edited(request.text, &desk.edits);
    let (_, after) = judged(request, &text, &pictures).map_err(|first| ImportError {
        name: request.docx.name.clone(),
        reason: format!(
            "the edits cannot be taken over: the source would have errors with them, {first}"
        ),
    })?;
    let resolved = document.remarks.iter();
    remarks.extend(resolved.filter(|told| told.message == RESOLVED).cloned());
    if base.is_none() {
        let mut now = units::of_composition(&after, &mut gallery);
        gallery.settle(&mut now);
        remarks.extend(left_over(&now, &edited_body, &kept_notes));
    }
    Ok(Updated {
        text,
        before,
        after,
        remarks,
        conflicts,
        questions,
        pictures,
    })
}

/// What the edition still says otherwise than the new source, where nobody changed the source meanwhile.
fn left_over(now: &Body, edited: &Body, kept_notes: &BTreeSet<FieldPath>) -> Vec<Remark> {
    let pairs = align(&now.units, &edited.units);
    let mut remarks = Vec::new();
    for pair in &pairs {
        match pair {
            Pair::Both(a, b)
                if now.units[*a].line != edited.units[*b].line
                    && is_own(&now.units[*a])
                    && !edited.units[*b].line.is_empty() =>
            {
                let (a, b) = (&now.units[*a], &edited.units[*b]);
                let message = format!(
                    "not taken over, do it by hand: “{}” is in the edition “{}”",
                    short(&a.line),
                    short(&b.line)
                );
                remarks.push(Remark::lost(&b.place, message, ""));
            }
            Pair::Old(a)
                if is_own(&now.units[*a]) && !kept_notes.contains(&now.units[*a].origin) =>
            {
                let message = format!(
                    "not taken over, do it by hand: “{}” is gone in the edition",
                    short(&now.units[*a].line)
                );
                remarks.push(Remark::lost("", message, ""));
            }
            Pair::New(b) if !edited.units[*b].line.is_empty() => {
                let unit = &edited.units[*b];
                let message = format!(
                    "not taken over, do it by hand: “{}” is new in the edition",
                    short(&unit.line)
                );
                remarks.push(Remark::lost(&unit.place, message, ""));
            }
            _ => {}
        }
    }
    remarks
}

/// Whether a unit is a text of the source, and not made by editions.
fn is_own(unit: &Unit) -> bool {
    !matches!(unit.origin.as_str(), "" | "contributors")
}

fn short(line: &str) -> String {
    super::body::short(line)
}

/// The work on one source.
pub(super) struct Desk<'a> {
    request: &'a Request<'a>,
    loaded: &'a Loaded,
    values: BTreeMap<FieldPath, String>,
    /// What the values say, each in one line; made when it is asked for.
    said: OnceCell<BTreeSet<String>>,
    current: &'a Body,
    edited: &'a Body,
    document: &'a Document,
    edits: Vec<Edit>,
    remarks: Vec<Remark>,
    conflicts: Vec<String>,
    /// The names of notes in the source by their names in the edition.
    notes: BTreeMap<String, String>,
    new_notes: Vec<(String, String)>,
    /// Notes that are gone in the edition.
    gone_notes: Vec<FieldPath>,
    /// Those of them that the source refers to still.
    kept_notes: BTreeSet<FieldPath>,
    questions: Vec<String>,
    /// Pictures that are new beside the source.
    pending: Pending,
    /// The paths of the edition's pictures beside the source, as far as they are needed.
    paths: BTreeMap<usize, String>,
    /// Units of the edition whose picture is that of the older source, in the place of which the source has another meanwhile.
    kept_pictures: BTreeSet<usize>,
    /// Fields whose lines went to another place as they are.
    carried: BTreeSet<FieldPath>,
    /// The language of the piece.
    language: Option<LanguageTag>,
}

impl Desk<'_> {
    fn tell(&mut self, place: &str, message: impl Into<String>) {
        self.remarks.push(Remark::lost(place, message, ""));
    }

    /// Whether a value of the source says this already, as a question of an earlier run.
    fn is_said(&self, text: &str) -> bool {
        let said = self.said.get_or_init(|| {
            let values = self.values.values();
            values.map(|text| canonical_line(text)).collect()
        });
        said.contains(&canonical_line(text))
    }

    /// Spans of the edition as a text with marks.
    fn marked(&self, spans: &[Span]) -> String {
        marks::marked(&values::trimmed(self.named(spans))).text
    }
}
