//! The end of a window's way: its editions are put and recorded.

use std::collections::BTreeMap;
use std::fs;

use super::super::lock::lock;
use super::super::run_faults::{altered, altered_and_denied};
use super::put::{KnownEdition, NewEdition, PutFault};
use super::run::RemoteRun;
use super::settle;
use super::sources::FetchedWindow;
use super::stored::{StoredClaim, StoredEdition, StoredPiece};
use super::window::{BuiltPiece, BuiltWindow};
use crate::diagnostic::{Code, Severity};
use crate::editions::FORMATS;
use crate::store::StoreError;

impl RemoteRun<'_> {
    /// Puts the editions of a window and records them.
    pub(super) fn put(&self, window: &FetchedWindow, built: BuiltWindow) {
        let tags: BTreeMap<&str, &str> = window
            .items
            .iter()
            .map(|item| (item.below.as_str(), item.tag.as_str()))
            .collect();
        {
            let mut state = lock(&self.state);
            state.faults += built.faults;
            state.left += built.left;
            state.faces.extend(built.faces.iter().cloned());
        }
        let mut before = Vec::new();
        let mut editions: Vec<NewEdition> = Vec::new();
        let mut pieces = Vec::new();
        for mut piece in built.pieces {
            let slug = piece.slug.clone();
            before.extend(self.source_line(&piece.below, slug.as_deref()));
            let is_alone = slug.is_none_or(|slug| self.claim(&slug, &piece.below));
            if !is_alone {
                piece.files.clear();
            }
            let first = editions.len();
            let mut files = Vec::new();
            for file in std::mem::take(&mut piece.files) {
                let known = self.known(&piece, &file.name);
                if known.is_none() {
                    let claim = StoredClaim {
                        name: file.name.clone(),
                        sha256: file.sha256,
                    };
                    before.extend(claim.to_line());
                }
                files.push(StoredEdition {
                    format: file.format,
                    name: file.name.clone(),
                    bytes: file.bytes,
                    sha256: file.sha256,
                    tag: String::new(),
                });
                editions.push(NewEdition {
                    media_type: media_type(&files[files.len() - 1].format),
                    name: file.name,
                    path: file.path,
                    sha256: file.sha256,
                    known: known.map(|known| KnownEdition {
                        tag: known.tag.clone(),
                        sha256: known.sha256,
                    }),
                });
            }
            pieces.push((piece, first, files));
        }
        if let Err(error) = self.part.append(before) {
            self.fault(&format!(
                "what is about to be put could not be recorded: {error}"
            ));
        }
        let put = self.target.put(&editions);
        if !built.place.as_os_str().is_empty() {
            // What cannot be removed now goes with the whole tree.
            let _ = fs::remove_dir_all(&built.place);
        }
        let mut after = Vec::new();
        for (mut piece, first, mut files) in pieces {
            let results = &put[first..first + files.len()];
            let mut faults = Vec::new();
            let mut told = piece.line.clone();
            for (file, result) in files.iter_mut().zip(results) {
                match result {
                    Ok(put) => {
                        file.tag.clone_from(&put.tag);
                        if let Some(kept) = &put.kept {
                            told = self.tell_kept(&piece, &told, file, kept);
                        }
                    }
                    Err(fault) => faults.push((file.name.clone(), fault)),
                }
            }
            for (name, fault) in &faults {
                let (code, message) = self.tell_fault(&piece, name, fault);
                told = settle::failed_line(&told, code, &message, name);
                piece.is_made = false;
            }
            files.retain(|file| !file.tag.is_empty());
            self.line(&told);
            if piece.is_made && !files.is_empty() {
                let tag = tags.get(piece.below.as_str()).copied().unwrap_or_default();
                match self.stored(piece, tag, files) {
                    Ok(stored) => after.extend(stored.to_line()),
                    Err(error) => self.fault(&error.to_string()),
                }
            }
        }
        if !after.is_empty()
            && let Err(error) = self.part.append(after)
        {
            self.fault(&format!(
                "the record of this run could not be written, so the next run makes these pieces again: {error}"
            ));
        }
    }

    /// The edition of this name that the record knows of a source.
    fn known(&self, piece: &BuiltPiece, name: &str) -> Option<&StoredEdition> {
        let recorded = self.record.pieces.get(&piece.below)?;
        recorded
            .editions
            .iter()
            .find(|edition| edition.name == name)
    }

    /// Tells of a file that was kept aside; gives the line of a report with that.
    fn tell_kept(
        &self,
        piece: &BuiltPiece,
        line: &str,
        file: &StoredEdition,
        kept: &str,
    ) -> String {
        let path = |name: &str| self.settings.dist.show(name);
        let source = self.settings.source.show(&piece.below);
        let output = FORMATS
            .iter()
            .find(|row| [row.name, row.review].contains(&file.format.as_str()));
        let is_docx = output.is_some_and(|row| row.name == "docx");
        let mut warning = altered(&path(&file.name), &path(kept), is_docx, &source);
        if is_docx && self.settings.dist.is_bucket() {
            let hint = "fetch it, and take its words into the source with `flashpoint update`; remove it when nobody needs it";
            warning.hint = Some(hint.to_owned());
        }
        let (place, hint) = (
            source.display(),
            warning.hint.as_deref().unwrap_or_default(),
        );
        let note = format!("{place}: {} [{}]; {hint}", warning.message, warning.code);
        self.observer.note(Severity::Warning, &note);
        settle::warned_line(line, &warning)
    }

    fn tell_fault(&self, piece: &BuiltPiece, name: &str, fault: &PutFault) -> (Code, String) {
        let path = self.settings.dist.show(name);
        let (code, message) = match fault {
            PutFault::Foreign => (
                Code::ForeignFile,
                format!(
                    "at {} stands a file that this program did not put there, and it stays",
                    path.display()
                ),
            ),
            PutFault::Altered => (Code::EditionAltered, altered_and_denied(&path).message),
            PutFault::Failed(error) => (Code::Write, error.to_string()),
        };
        let source = self.settings.source.show(&piece.below);
        self.observer
            .note(Severity::Error, &format!("{}: {message}", source.display()));
        (code, message)
    }

    fn stored(
        &self,
        piece: BuiltPiece,
        tag: &str,
        mut editions: Vec<StoredEdition>,
    ) -> Result<StoredPiece, StoreError> {
        let mut images = BTreeMap::new();
        for image in piece.images {
            let tag = self.sources.image_tag(&piece.below, &image)?;
            images.insert(image, tag);
        }
        // Editions of formats that were not asked for are as they were, where the source is.
        let before = self.record.pieces.get(&piece.below);
        let before = before.filter(|before| before.tag == tag && before.version == *self.version);
        for edition in before.iter().flat_map(|before| &before.editions) {
            if editions.iter().all(|new| new.format != edition.format) {
                editions.push(edition.clone());
            }
        }
        editions.sort_by(|a, b| a.format.cmp(&b.format));
        Ok(StoredPiece {
            key: piece.below,
            tag: tag.to_owned(),
            images,
            version: self.version.clone(),
            slug: piece.slug.unwrap_or_default(),
            life: piece.life,
            editions,
            line: piece.line,
        })
    }
}

fn media_type(format: &str) -> &'static str {
    let row = FORMATS.iter().find(|row| row.name == format);
    row.map_or("image/png", |row| row.media_type)
}
