//! `flashpoint import`: documents of others to a source.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::args::{self, ChangesChoice};
use super::console::{Console, print};
use super::figures::{count, grouped};
use super::project::Chosen;
use super::{Exit, Refusal, refuse};
use crate::check::check;
use crate::diagnostic::Severity;
use crate::import::{
    self, Changes, Count, ImportError, Imported, Inherited, Input, Remark, RemarkKind, Wishes,
};
use crate::load::load_text;
use crate::piece::{Date, LanguageTag};
use crate::store::{open_plain, read_plain, replace};

/// The largest file that is read, in bytes.
const MOST: u64 = 512 << 20;

/// Where the schema stands in a project of ours.
const SCHEMA: &str = "docs/schema.json";

/// What the help of `flashpoint schema` calls the file that it makes.
const OWN_SCHEMA: &str = "flashpoint.schema.json";

pub(super) fn run(arguments: &args::Import) -> Exit {
    let console = Console::new(arguments.messages);
    match work(arguments, &console) {
        Ok(exit) => exit,
        Err(Ended::Refused(refusal)) => refuse(&console, &refusal),
        Err(Ended::Failed(message)) => {
            console.error(message);
            Exit::Failed
        }
    }
}

/// Why nothing was imported.
enum Ended {
    /// Wrong usage.
    Refused(Refusal),
    /// A file cannot be read, or not be written.
    Failed(String),
}

impl From<Refusal> for Ended {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<ImportError> for Ended {
    fn from(error: ImportError) -> Self {
        Self::Failed(error.to_string())
    }
}

fn work(arguments: &args::Import, console: &Console) -> Result<Exit, Ended> {
    let piece = arguments.into.as_ref().filter(|into| {
        into.extension()
            .is_some_and(|end| end == "yaml" || end == "yml")
    });
    let folder = match (&arguments.output, &arguments.into, piece) {
        (Some(file), ..) => file.parent().unwrap_or(Path::new("")).to_owned(),
        (None, Some(_), Some(piece)) => piece.parent().unwrap_or(Path::new("")).to_owned(),
        (None, Some(folder), None) => folder.clone(),
        (None, None, _) => PathBuf::from("source"),
    };
    let beside = folder.join("piece.yaml");
    let chosen = Chosen::new(&arguments.project, std::slice::from_ref(&beside), console)?;
    let inputs = arguments
        .files
        .iter()
        .map(|path| input(path))
        .collect::<Result<Vec<_>, Refusal>>()?;
    let mut wishes = wishes(arguments, &chosen, &folder)?;
    if let Some(piece) = piece {
        return into_piece(piece, &inputs, wishes, arguments, &chosen, console);
    }
    // The name of the pictures' folder is that of the piece, which its title gives.
    let mut imported = import::import(&inputs, &wishes)?;
    let slug = imported.slug.as_ref();
    let slug = slug.map_or_else(|| "piece".to_owned(), ToString::to_string);
    if !imported.media.is_empty() {
        wishes.media = media(arguments, &folder, &slug)?;
        imported = import::import(&inputs, &wishes)?;
    }
    let path = arguments
        .output
        .clone()
        .unwrap_or_else(|| folder.join(format!("{slug}.yaml")));
    if path == Path::new("-") {
        tell(&imported.remarks, console);
        summary(&imported.count, None, console);
        return Ok(print(&imported.source));
    }
    if path.exists() {
        return Err(Ended::Refused(Refusal::Reason {
            message: format!("{} stands there already", path.display()),
            hint: Some("name another file with -o; nothing was written over"),
        }));
    }
    pictures(&folder, &imported)?;
    make(&path, imported.source.as_bytes())?;
    tell(&imported.remarks, console);
    let errors = judge(&path, &imported.source, &chosen, console);
    summary(&imported.count, Some(&path), console);
    let denied = arguments.messages.deny_warnings && (!imported.remarks.is_empty() || errors > 0);
    Ok(if denied { Exit::Failed } else { Exit::Done })
}

/// Puts files into a piece as a statement.
fn into_piece(
    piece: &Path,
    inputs: &[Input],
    wishes: Wishes,
    arguments: &args::Import,
    chosen: &Chosen,
    console: &Console,
) -> Result<Exit, Ended> {
    let failed = |error: io::Error| Ended::Failed(format!("{}: {error}", piece.display()));
    let whole = open_plain(piece)
        .and_then(io::read_to_string)
        .map_err(failed)?;
    let text = whole.strip_prefix('\u{feff}').unwrap_or(&whole);
    let slug = piece
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let folder = piece.parent().unwrap_or(Path::new("")).to_owned();
    let wishes = Wishes {
        media: media(arguments, &folder, &slug)?,
        ..wishes
    };
    let added = import::add(piece, text, &chosen.projects, inputs, &wishes)?;
    pictures(&folder, &added.imported)?;
    let mark = &whole[..whole.len() - text.len()];
    replace(piece, format!("{mark}{}", added.text).as_bytes()).map_err(failed)?;
    tell(&added.imported.remarks, console);
    judge(piece, &added.text, chosen, console);
    console.summary(&format!(
        "the statement of {} is in {}",
        added.name,
        piece.display()
    ));
    summary(&added.imported.count, None, console);
    Ok(Exit::Done)
}

pub(super) fn input(path: &Path) -> Result<Input, Refusal> {
    let failed =
        |error: &dyn std::fmt::Display| Refusal::because(format!("{}: {error}", path.display()));
    let bytes = read_plain(path, MOST).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => failed(&"there is no such file"),
        _ => failed(&error),
    })?;
    let name = path.file_name().unwrap_or(path.as_os_str());
    Ok(Input {
        name: name.to_string_lossy().into_owned(),
        bytes,
    })
}

/// What was asked for, and what the project gives where nothing was.
fn wishes(arguments: &args::Import, chosen: &Chosen, folder: &Path) -> Result<Wishes, Ended> {
    let defaults = chosen
        .project
        .as_ref()
        .map(|project| &project.file.defaults);
    let parse = |tag: &String| LanguageTag::parse(tag).map_err(Refusal::because);
    let language = match &arguments.language {
        Some(tag) => Some(parse(tag)?),
        None => defaults
            .and_then(|defaults| defaults.language.as_ref())
            .map(parse)
            .transpose()?,
    };
    if let Some(date) = &arguments.date {
        Date::parse(date).map_err(Refusal::because)?;
    }
    let series = defaults.and_then(|defaults| defaults.series.clone());
    Ok(Wishes {
        title: arguments.title.clone(),
        series: arguments.series.clone().or_else(|| series.clone()),
        date: arguments.date.clone(),
        inherits: Inherited {
            series: arguments.series.is_none() && series.is_some(),
            language: arguments.language.is_none()
                && defaults.is_some_and(|defaults| defaults.language.is_some()),
        },
        language,
        changes: match arguments.changes {
            ChangesChoice::Accept => Changes::Accept,
            ChangesChoice::Reject => Changes::Reject,
        },
        media: "media/".to_owned(),
        schema: Some(schema(folder)),
        contributor: arguments.contributor.clone(),
        ..Wishes::default()
    })
}

/// The path from a folder to the schema: that of the project around it, else where [`OWN_SCHEMA`] would stand beside the source.
fn schema(folder: &Path) -> String {
    let folder = match folder.as_os_str().is_empty() {
        true => PathBuf::from("."),
        false => folder.to_owned(),
    };
    let mut up = String::new();
    let whole = folder.canonicalize().unwrap_or_default();
    for above in whole.ancestors().take(4) {
        for name in [OWN_SCHEMA, SCHEMA] {
            if above.join(name).is_file() {
                return format!("{up}{name}");
            }
        }
        up.push_str("../");
    }
    OWN_SCHEMA.to_owned()
}

/// The folder of pictures as the source names it.
fn media(arguments: &args::Import, folder: &Path, slug: &str) -> Result<String, Refusal> {
    let Some(asked) = &arguments.media else {
        return Ok(format!("media/{slug}/"));
    };
    let below = asked
        .strip_prefix(folder)
        .ok()
        .or_else(|| asked.is_relative().then_some(asked.as_path()));
    let parts = below.map(|below| {
        below
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect::<Vec<_>>()
    });
    match parts.filter(|parts| !parts.iter().any(|part| part == "..")) {
        Some(parts) => Ok(parts.iter().map(|part| format!("{part}/")).collect()),
        None => Err(Refusal::Reason {
            message: format!("{} is not below the folder of the piece", asked.display()),
            hint: Some("a piece names its pictures by their paths from its own folder"),
        }),
    }
}

/// Writes the pictures; what stands there already stays, and is an error where it is another picture.
fn pictures(folder: &Path, imported: &Imported) -> Result<(), Ended> {
    for (path, bytes) in &imported.media {
        let path = folder.join(path);
        match read_plain(&path, bytes.len() as u64) {
            Ok(there) if there == *bytes => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => make(&path, bytes)?,
            _ => {
                return Err(Ended::Failed(format!(
                    "another picture stands at {}; name another folder with --media",
                    path.display()
                )));
            }
        }
    }
    Ok(())
}

/// Writes a file that must be new, its folders included. A file that cannot be written to its end is not left there: it would stand
/// in the way of the next attempt.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        fs::create_dir_all(folder)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes).inspect_err(|_| {
        // What cannot be removed either is what the error is about.
        let _ = fs::remove_file(path);
    })
}

/// The same, or why it failed.
fn make(path: &Path, bytes: &[u8]) -> Result<(), Ended> {
    let failed = |error| Ended::Failed(format!("cannot write {}: {error}", path.display()));
    write_new(path, bytes).map_err(failed)
}

/// Tells what was guessed and what is left out.
pub(super) fn tell(remarks: &[Remark], console: &Console) {
    for remark in remarks {
        let place = match remark.place.as_str() {
            "" => String::new(),
            place => format!("{place}: "),
        };
        let words = match remark.words.trim() {
            "" => String::new(),
            words => format!(": “{words}”"),
        };
        let kind = match remark.kind {
            RemarkKind::Guess => "check: ",
            RemarkKind::Lost => "",
        };
        console.note(
            Severity::Warning,
            format!("{kind}{place}{}{words}", remark.message),
        );
    }
}

/// Tells what the check of the new source finds; gives how many errors that were.
fn judge(path: &Path, text: &str, chosen: &Chosen, console: &Console) -> usize {
    let loaded = load_text(path, text, &chosen.projects);
    let mut found = loaded.diagnostics.clone();
    found.extend(check(&loaded).diagnostics);
    found
        .iter()
        .for_each(|one| console.diagnostic(&loaded.source, one));
    found
        .iter()
        .filter(|one| one.severity == Severity::Error)
        .count()
}

fn summary(words: &Count, path: Option<&Path>, console: &Console) {
    let line = format!(
        "{} read: {} in the source, {} told above",
        count(words.found, "word"),
        grouped(words.written),
        grouped(words.told)
    );
    let made = path
        .map(|path| format!("made {}; ", path.display()))
        .unwrap_or_default();
    console.summary(&format!("{made}{line}"));
}
