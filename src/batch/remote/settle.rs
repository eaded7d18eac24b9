//! What only all windows, or all shards, together show: slugs that several pieces have.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::super::outcome::PieceOutcome;
use super::super::record_line::RecordLine;
use super::super::rivals;
use super::ledger::Contents;
use super::place::Place;
use super::put::Target;
use super::sources::{SourceItem, Sources};
use super::stored::StoredPiece;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::digest::Sha256;
use crate::piece::Slug;
use crate::pipeline;
use crate::project::Projects;
use crate::store::StoreError;

/// What becomes of the sources that share a slug, by the slug. A source that is gone, or has another slug by now, is none of them.
pub(super) fn rivals(
    place: &Place,
    sources: &Sources<'_>,
    projects: &Projects,
    claims: BTreeMap<String, BTreeSet<String>>,
) -> BTreeMap<String, Vec<PieceOutcome>> {
    let mut outcomes = BTreeMap::new();
    for (slug, keys) in claims {
        let Ok(slug) = Slug::parse(&slug) else {
            continue;
        };
        let mut keys: Vec<String> = keys.into_iter().collect();
        keys.sort_by(|a, b| Path::new(a).cmp(Path::new(b)));
        let items: Vec<SourceItem> = keys
            .into_iter()
            .map(|below| SourceItem {
                below,
                tag: String::new(),
            })
            .collect();
        let window = sources.fetch(&items, projects, &|_| false);
        let mut present = Vec::new();
        for (item, file) in window.items.iter().zip(&window.files) {
            if let Some((Some(now), opened)) = pipeline::open(file, projects)
                && now == slug
            {
                present.push((place.show(&item.below), opened));
            }
        }
        sources.let_go(&window);
        let [(first, _), (second, _), ..] = present.as_slice() else {
            continue;
        };
        let (first, second): (PathBuf, PathBuf) = (first.clone(), second.clone());
        let outcome = |(path, opened): (PathBuf, pipeline::Opened)| {
            let rival = if path == first { &second } else { &first };
            rivals::outcome_of(&path, Some(&slug), Some(opened), rival)
        };
        let both = present.into_iter().map(outcome).collect();
        outcomes.insert(slug.as_str().to_owned(), both);
    }
    outcomes
}

/// Removes the editions of slugs that several pieces have, as far as runs of ours put them; gives the lines that record it.
pub(super) fn remove(
    target: &Target<'_>,
    contents: &Contents,
    slugs: &BTreeSet<&str>,
) -> Result<Vec<u8>, StoreError> {
    if slugs.is_empty() {
        return Ok(Vec::new());
    }
    let mut names: BTreeMap<String, BTreeSet<Sha256>> = BTreeMap::new();
    let mut entries: BTreeMap<String, StoredPiece> = BTreeMap::new();
    target.ledger.each_line(contents, |line| {
        if let RecordLine::Stored(piece) = line
            && slugs.contains(piece.slug.as_str())
        {
            for edition in &piece.editions {
                names
                    .entry(edition.name.clone())
                    .or_default()
                    .insert(edition.sha256);
            }
            entries.insert(piece.key.clone(), *piece);
        }
    })?;
    let mut ours = Vec::new();
    for (name, hashes) in &names {
        let standing = target.store.read(name)?;
        let hash = standing.and_then(|reader| Sha256::of_reader(reader).ok());
        if hash.is_some_and(|hash| hashes.contains(&hash)) {
            ours.push(name.as_str());
        }
    }
    target.store.remove(&ours)?;
    let left = entries.into_values().map(|piece| StoredPiece {
        editions: Vec::new(),
        ..piece
    });
    Ok(left.flat_map(|piece| piece.to_line()).collect())
}

/// The warnings and notes of a line of a report, as they are told where the source is not at hand.
pub(super) fn told(line: &str) -> Vec<(Severity, String)> {
    let line: Value = serde_json::from_str(line).unwrap_or_default();
    let path = line["path"].as_str().unwrap_or_default();
    let of = |key: &str| line[key].as_array().cloned().unwrap_or_default();
    let warnings = of("warnings")
        .into_iter()
        .map(|told| (Severity::Warning, told));
    let notes = of("notes").into_iter().map(|told| (Severity::Note, told));
    let told = warnings.chain(notes).map(|(severity, warning)| {
        let place = match (warning["line"].as_u64(), warning["column"].as_u64()) {
            (Some(line), Some(column)) => format!("{path}:{line}:{column}"),
            _ => path.to_owned(),
        };
        let text = |key: &str| warning[key].as_str().unwrap_or_default().to_owned();
        let said = format!("{place}: {} [{}]", text("message"), text("code"));
        (severity, said)
    });
    told.collect()
}

/// A line of a report with a warning more.
pub(super) fn warned_line(line: &str, warning: &Diagnostic) -> String {
    let mut line: Value = serde_json::from_str(line).unwrap_or_default();
    if let Some(warnings) = line["warnings"].as_array_mut() {
        warnings.push(json!({
            "code": warning.code.name(), "message": warning.message, "line": null, "column": null, "hint": warning.hint,
        }));
    }
    line.to_string()
}

/// A line of a report of a piece one file of which was not put.
pub(super) fn failed_line(line: &str, code: Code, message: &str, name: &str) -> String {
    let mut line: Value = serde_json::from_str(line).unwrap_or_default();
    line["status"] = json!("failed");
    if let Some(errors) = line["errors"].as_array_mut() {
        let error = json!({
            "code": code.name(), "message": message, "line": null, "column": null, "hint": null,
        });
        errors.push(error);
    }
    if let Some(files) = line["files"].as_array_mut() {
        let ends = |file: &Value| {
            file["path"]
                .as_str()
                .is_some_and(|path| path.ends_with(&format!("/{name}")))
        };
        files.retain(|file| !ends(file));
    }
    line.to_string()
}
