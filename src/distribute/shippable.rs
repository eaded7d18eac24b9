//! Editions as they stand in the output folder: which of them may be shipped, and what is wrong with the others.

use std::fs;
use std::path::{Path, PathBuf};

use crate::batch::{FileStamp, RecordedEdition, RecordedPiece};
use crate::diagnostic::{Code, Diagnostic};
use crate::digest::Sha256;
use crate::editions::{FORMATS, Format};
use crate::piece::Slug;
use crate::pipeline::Output;
use crate::store::open_plain;

/// An edition that may be shipped.
pub(super) struct ShippableEdition {
    /// Its format.
    pub(super) format: &'static Format,
    /// The SHA-256 of its bytes.
    pub(super) sha256: Sha256,
    /// Its size in bytes.
    pub(super) size: u64,
    /// Where it stands.
    pub(super) file: PathBuf,
}

/// The command that makes the editions that a site ships: formats that nobody has unasked are named.
pub(super) fn export(formats: Option<&[String]>) -> String {
    let formats = formats.unwrap_or_default();
    let is_standard = |name: &String| Format::named(name).is_some_and(|format| format.standard);
    match formats.iter().all(is_standard) {
        true => "`flashpoint export`".to_owned(),
        false => format!("`flashpoint export --format {}`", formats.join(",")),
    }
}

/// An output folder, and how closely it is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct EditionFolder<'a> {
    /// The folder.
    pub(super) dist: &'a Path,
    /// Whether editions are read, rather than their stamps trusted.
    pub(super) recheck: bool,
    /// The formats that the site ships; none for the standard ones, and others that stand there.
    pub(super) formats: Option<&'a [String]>,
    /// Which of a piece's editions are shipped.
    pub(super) copies: Copies,
}

/// Which of a piece's editions are shipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Copies {
    /// Those for readers.
    Clean,
    /// Those that say that the piece is not published yet.
    Review,
}

impl Copies {
    fn output(self, format: &'static Format) -> Output {
        match self {
            Self::Clean => Output::Edition(format),
            Self::Review => Output::Review(format),
        }
    }
}

/// What editions must have been made of to be shipped.
#[derive(Debug, Clone, Copy)]
pub(super) struct Made {
    /// The SHA-256 of the source.
    pub(super) source: Sha256,
    /// The hash of all in it that is printed.
    pub(super) essence: Option<Sha256>,
}

impl Made {
    /// Whether an edition was made of this.
    fn is_of(self, entry: &RecordedPiece, edition: &RecordedEdition) -> bool {
        match (edition.essence, self.essence) {
            (Some(printed), Some(essence)) => printed == essence,
            _ => entry.source == self.source,
        }
    }
}

impl EditionFolder<'_> {
    /// The editions that may be shipped; the others are told.
    pub(super) fn shippable(
        self,
        slug: &Slug,
        entry: Option<&RecordedPiece>,
        made: Made,
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<ShippableEdition> {
        let mut editions = Vec::new();
        let is_asked = |format: &&Format| match self.formats {
            Some(formats) => formats.iter().any(|name| name == format.name),
            None => true,
        };
        for format in FORMATS.iter().filter(is_asked) {
            match self.edition(slug, format, entry, made) {
                Ok(edition) => editions.extend(edition),
                Err(problem) => {
                    problems.push(problem.hint(format!("run {} first", export(self.formats))));
                }
            }
        }
        editions
    }

    fn edition(
        self,
        slug: &Slug,
        format: &'static Format,
        entry: Option<&RecordedPiece>,
        made: Made,
    ) -> Result<Option<ShippableEdition>, Diagnostic> {
        let output = self.copies.output(format);
        let path = self.dist.join(output.file_name(slug));
        let name = path.display();
        let recorded = entry.and_then(|entry| {
            let edition = entry.edition(output.name());
            edition.filter(|edition| made.is_of(entry, edition))
        });
        let standard = self.formats.is_some() || format.standard;
        let metadata = fs::symlink_metadata(&path)
            .ok()
            .filter(fs::Metadata::is_file);
        let (Some(recorded), Some(metadata)) = (recorded, &metadata) else {
            return match (metadata, standard) {
                (Some(_), _) => Err(Diagnostic::error(
                    Code::EditionOutdated,
                    format!(
                        "{name} was made from another version of this source and is not shipped"
                    ),
                )),
                (None, true) => Err(Diagnostic::warning(
                    Code::EditionMissing,
                    format!("{name} is missing and is not shipped"),
                )),
                (None, false) => Ok(None),
            };
        };
        let is_whole = (!self.recheck && FileStamp::of(metadata) == recorded.stamp)
            || open_plain(&path).and_then(Sha256::of_reader).ok() == Some(recorded.hash);
        if !is_whole {
            let problem = format!("{name} was altered after it was made and is not shipped");
            return Err(Diagnostic::error(Code::EditionAltered, problem));
        }
        Ok(Some(ShippableEdition {
            format,
            sha256: recorded.hash,
            size: metadata.len(),
            file: path,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_names_formats_that_nobody_has_unasked() {
        let of = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            export(Some(&names))
        };
        assert_eq!(export(None), "`flashpoint export`");
        assert_eq!(of(&["pdf", "epub"]), "`flashpoint export`");
        assert_eq!(of(&["html"]), "`flashpoint export --format html`");
        assert_eq!(
            of(&["pdf", "html"]),
            "`flashpoint export --format pdf,html`"
        );
    }
}
