//! Faces brought along: those named on the command line, and those of the machine where they are asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;

use super::Refusal;
use super::args::Faces;
use super::console::Console;
use crate::batch;
use crate::diagnostic::Severity;
use crate::fonts::{
    Claim, FaceSet, FontFile, MAX_BYTES, OwnFace, Purpose, Slant, Use, Weight, Withheld,
};
use crate::store::read_plain;
use crate::theme::Theme;

/// The most font files of a machine that are looked at.
const MOST_FILES: usize = 20_000;
/// The longest source that is looked through for its letters; a longer one is refused when it is loaded.
const LONGEST_SOURCE: u64 = 64 << 20;

/// Adds the faces that are asked for to those of a theme, for the pieces at these paths.
pub(super) fn add(
    theme: &mut Theme,
    asked: &Faces,
    paths: &[PathBuf],
    console: &Console,
) -> Result<(), Refusal> {
    for name in &asked.fonts {
        let own = named(name).map_err(|reason| {
            Refusal::because(format!("the face `{name}` cannot be used: {reason}"))
        })?;
        fallback(theme, own, console);
    }
    if asked.system_fonts {
        of_the_machine(theme, paths, console)?;
    }
    Ok(())
}

/// Adds a face, and tells which editions name it and do not carry it.
fn fallback(theme: &mut Theme, own: OwnFace, console: &Console) {
    let (uses, withheld) = own.uses(Claim::Nothing);
    let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for Withheld { from, reason } in withheld {
        reasons
            .entry(reason)
            .or_default()
            .push(Use::ALL[from as usize].0);
    }
    for (reason, editions) in reasons {
        let editions = editions.join(" and ");
        let note = format!(
            "{} is named in {editions} and not carried: {reason}",
            own.family
        );
        console.note(Severity::Warning, note);
    }
    Arc::make_mut(&mut theme.fonts).add_fallback(own, uses, None);
}

/// Opens a file by its name, or a face of a collection: `FILE#3`.
fn named(name: &str) -> Result<OwnFace, String> {
    let (path, index) = match name.rsplit_once('#') {
        Some((path, index)) if !Path::new(name).exists() => match index.parse() {
            Ok(index) => (path, Some(index)),
            Err(_) => (name, None),
        },
        _ => (name, None),
    };
    let bytes = read_plain(Path::new(path), MAX_BYTES).map_err(|error| error.to_string())?;
    let opened = FontFile::new(bytes).open(index, Purpose::Fallback);
    opened.map_err(|error| match &error {
        crate::fonts::FaceError::Collection { names } => {
            let shown = names.iter().enumerate().take(12);
            let shown: Vec<String> = shown
                .map(|(at, name)| format!("`{path}#{at}` is {name}"))
                .collect();
            format!("{error}; say which: {}", shown.join(", "))
        }
        error => format!("{error}; {}", error.hint()),
    })
}

/// A face of the machine, with the letters it has of those that are lacking.
struct Candidate {
    path: PathBuf,
    index: u32,
    letters: BTreeSet<char>,
    /// How far it is from a regular upright face; of light and medium ones only the names of their files tell them apart.
    distance: (bool, bool, bool),
}

/// Looks for the letters of the pieces that no face of the theme has, and adds the faces of the machine that have most of
/// them. Each is told.
fn of_the_machine(theme: &mut Theme, paths: &[PathBuf], console: &Console) -> Result<(), Refusal> {
    let mut lacking = letters(paths, &theme.fonts)?;
    if lacking.is_empty() {
        return Ok(());
    }
    let mut candidates = candidates(&lacking);
    loop {
        for candidate in &mut candidates {
            candidate.letters.retain(|c| lacking.contains(c));
        }
        // The most letters; of the same number the plainest, then the first by its path.
        let best = candidates.iter().filter(|face| !face.letters.is_empty());
        let best = best.min_by_key(|face| {
            (
                usize::MAX - face.letters.len(),
                face.distance,
                &face.path,
                face.index,
            )
        });
        let Some(best) = best else { return Ok(()) };
        lacking.retain(|c| !best.letters.contains(c));
        let opened = read_plain(&best.path, MAX_BYTES).ok().map(FontFile::new);
        let opened = opened.and_then(|file| file.open(Some(best.index), Purpose::Fallback).ok());
        if let Some(own) = opened {
            let (name, path) = (own.face.name.clone(), best.path.display());
            let count = best.letters.len();
            console.note(
                Severity::Warning,
                format!(
                    "{name} of this machine ({path}) sets {count} letters that no other face has"
                ),
            );
            fallback(theme, own, console);
        }
    }
}

/// The letters, marks and digits of the sources that no face has but the spare one.
fn letters(paths: &[PathBuf], faces: &FaceSet) -> Result<BTreeSet<char>, Refusal> {
    let found = batch::find(paths).map_err(Refusal::because)?;
    let mut letters = BTreeSet::new();
    for path in &found.sources {
        // What cannot be read is told when it is loaded.
        if let Ok(text) = read_plain(path, LONGEST_SOURCE) {
            letters.extend(
                String::from_utf8_lossy(&text)
                    .chars()
                    .filter(|c| !c.is_ascii()),
            );
        }
    }
    letters.retain(|c| c.is_alphanumeric() && !faces.has_besides_spare(*c));
    Ok(letters)
}

fn candidates(lacking: &BTreeSet<char>) -> Vec<Candidate> {
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in folders().into_iter().filter(|folder| folder.is_dir()) {
        let walk = WalkBuilder::new(folder).standard_filters(false).build();
        let paths = walk.filter_map(Result::ok).map(ignore::DirEntry::into_path);
        let named = paths.filter(|path| {
            let extension = path.extension().and_then(|extension| extension.to_str());
            extension.is_some_and(|extension| {
                ["ttf", "otf", "ttc", "otc"]
                    .iter()
                    .any(|known| extension.eq_ignore_ascii_case(known))
            })
        });
        files.extend(named.take(MOST_FILES));
    }
    files.sort();
    files.dedup();
    files.truncate(MOST_FILES);
    files
        .into_iter()
        .filter_map(|path| candidate(path, lacking))
        .collect()
}

/// A face of a file: of a collection the first, whose languages tell its forms apart.
fn candidate(path: PathBuf, lacking: &BTreeSet<char>) -> Option<Candidate> {
    let file = FontFile::new(read_plain(&path, MAX_BYTES).ok()?);
    let index = 0;
    let own = file.open(Some(index), Purpose::Fallback).ok()?;
    let letters: BTreeSet<char> = lacking
        .iter()
        .copied()
        .filter(|c| own.face.has(*c))
        .collect();
    let regular = path
        .file_stem()
        .is_some_and(|name| name.to_string_lossy().ends_with("Regular"));
    let distance = (
        own.face.weight != Weight::Regular,
        own.face.slant != Slant::Upright,
        !regular,
    );
    (!letters.is_empty()).then_some(Candidate {
        path,
        index,
        letters,
        distance,
    })
}

/// Where machines keep their faces.
fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = [
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        "/System/Library/Fonts",
        "/Library/Fonts",
        r"C:\Windows\Fonts",
    ]
    .map(PathBuf::from)
    .to_vec();
    let own = |variable: &str, below: &str| {
        std::env::var_os(variable).map(|folder| Path::new(&folder).join(below))
    };
    folders.extend(own("XDG_DATA_HOME", "fonts"));
    folders.extend(own("HOME", ".local/share/fonts"));
    folders.extend(own("HOME", ".fonts"));
    folders.extend(own("HOME", "Library/Fonts"));
    folders
        .iter()
        .filter_map(|folder| fs::canonicalize(folder).ok())
        .collect()
}
