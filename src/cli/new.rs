//! `flashpoint new`: a piece to fill in, or a project with a first piece.

use std::fs;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::console::Console;
use super::import::write_new;
use super::{Exit, Refusal, args, refuse};
use crate::piece::{Date, LanguageTag, Slug};
use crate::project::Projects;

/// The files of a new project but its first piece, by their names in its folder.
const PROJECT: &[(&str, &str)] = &[
    ("flashpoint.yaml", include_str!("new/flashpoint.yaml")),
    ("house.yaml", include_str!("new/house.yaml")),
    (".gitignore", include_str!("new/gitignore")),
    (
        ".github/workflows/editions.yml",
        include_str!("new/editions.yml"),
    ),
];

pub(super) fn run(arguments: &args::New) -> Exit {
    let console = Console::new(args::Messages::default());
    let made = match arguments.project {
        true => project(arguments, &console),
        false => piece(arguments, Path::new(""), &console).map(|_| ()),
    };
    match made {
        Ok(()) => Exit::Done,
        Err(refusal) => refuse(&console, &refusal),
    }
}

/// Makes the folders and files of a project; what stands there already stays.
fn project(arguments: &args::New, console: &Console) -> Result<(), Refusal> {
    let folder = arguments.file.clone().unwrap_or_default();
    let file = folder.join(PROJECT[0].0);
    if file.exists() {
        return Err(stands(&file));
    }
    let answers = Answers::of(arguments, Some(&folder))?;
    fs::create_dir_all(folder.join("source")).map_err(|error| not_made(&folder, &error))?;
    for (name, text) in PROJECT {
        let path = folder.join(name);
        let text = text
            .replace("SERIES", &quoted(&answers.series))
            .replace("LANGUAGE", &answers.language);
        match write_new(&path, text.as_bytes()) {
            Ok(()) => console.summary(&format!("made {}", path.display())),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                console.summary(&format!(
                    "{} stands there already and stays as it is",
                    path.display()
                ));
            }
            Err(error) => return Err(not_made(&path, &error)),
        }
    }
    let path = folder
        .join("source")
        .join(format!("{}.yaml", answers.slug()));
    make_piece(&path, &answers, Shared::InProject, console)
}

/// Makes a piece; gives its path.
fn piece(arguments: &args::New, folder: &Path, console: &Console) -> Result<PathBuf, Refusal> {
    if let Some(file) = arguments.file.as_ref().filter(|file| file.exists()) {
        return Err(stands(file));
    }
    let answers = Answers::of(arguments, arguments.file.as_deref())?;
    let default = || {
        folder
            .join("source")
            .join(format!("{}.yaml", answers.slug()))
    };
    let path = arguments.file.clone().unwrap_or_else(default);
    let shared = match answers.has_project {
        true => Shared::InProject,
        false => Shared::InPiece,
    };
    make_piece(&path, &answers, shared, console)?;
    Ok(path)
}

/// Where series and language of a piece stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shared {
    InPiece,
    InProject,
}

fn make_piece(
    path: &Path,
    answers: &Answers,
    shared: Shared,
    console: &Console,
) -> Result<(), Refusal> {
    match write_new(path, answers.piece(shared).as_bytes()) {
        Ok(()) => {
            let path = path.display();
            console.summary(&format!(
                "made {path}; write the statements, then: flashpoint check {path}"
            ));
            Ok(())
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(stands(path)),
        Err(error) => Err(not_made(path, &error)),
    }
}

fn stands(path: &Path) -> Refusal {
    Refusal::Reason {
        message: format!("{} stands there already", path.display()),
        hint: Some("name another file; nothing was written over"),
    }
}

fn not_made(path: &Path, error: &io::Error) -> Refusal {
    Refusal::because(format!("cannot make {}: {error}", path.display()))
}

/// What a piece begins with.
struct Answers {
    series: String,
    title: String,
    language: String,
    names: Vec<String>,
    date: Date,
    /// Whether a project gives series and language.
    has_project: bool,
}

impl Answers {
    /// What was typed on the command line, else asked for on a terminal, else what a project or a sample says.
    fn of(arguments: &args::New, place: Option<&Path>) -> Result<Self, Refusal> {
        let asks = !arguments.yes && io::stdin().is_terminal() && io::stderr().is_terminal();
        let projects = Projects::above(std::env::home_dir());
        let folder = place.and_then(Path::parent).unwrap_or(Path::new(""));
        let project = projects.of_source(folder).ok().flatten();
        let defaults = project.map(|project| project.file.defaults.clone());
        let default =
            |value: Option<&String>, sample: &str| value.map_or(sample, String::as_str).to_owned();
        let series = default(
            defaults.as_ref().and_then(|d| d.series.as_ref()),
            "Flash Point",
        );
        let language = default(defaults.as_ref().and_then(|d| d.language.as_ref()), "en-GB");
        let ask = |question: &str, given: Option<&String>, sample: String| match given {
            Some(given) => Ok(given.clone()),
            None if asks => answer(question, &sample),
            None => Ok(sample),
        };
        let has_project = arguments.series.is_none()
            && arguments.language.is_none()
            && defaults
                .as_ref()
                .is_some_and(|d| d.series.is_some() && d.language.is_some());
        let series = if has_project {
            Ok(series)
        } else {
            ask("Series", arguments.series.as_ref(), series)
        }?;
        let title = ask("Title", arguments.title.as_ref(), "Untitled".to_owned())?;
        let language = if has_project {
            Ok(language)
        } else {
            ask("Language", arguments.language.as_ref(), language)
        }?;
        if let Err(error) = LanguageTag::parse(&language) {
            return Err(Refusal::because(error));
        }
        let names = match arguments.names.is_empty() {
            false => arguments.names.clone(),
            true => {
                let names = ask(
                    "Contributors, with commas between",
                    None,
                    "Name of the contributor".to_owned(),
                )?;
                names
                    .split(',')
                    .map(|name| name.trim().to_owned())
                    .collect()
            }
        };
        Ok(Self {
            series,
            title,
            language,
            names: names.into_iter().filter(|name| !name.is_empty()).collect(),
            date: today(),
            has_project,
        })
    }

    fn slug(&self) -> String {
        Slug::derive(&self.title).map_or_else(|| "piece".to_owned(), |slug| slug.to_string())
    }

    /// The text of the piece.
    fn piece(&self, shared: Shared) -> String {
        let mut text = String::from(
            "# A piece to fill in. What a `#` stands before is a remark, or a field that may be left out.\n\
             # `flashpoint check` tells what is missing, `flashpoint explain` what a message means.\n",
        );
        let mut line = |written: String| {
            text.push_str(&written);
            text.push('\n');
        };
        if shared == Shared::InPiece {
            line(format!("series: {}", quoted(&self.series)));
        }
        line(format!("title: {}", quoted(&self.title)));
        line("# subtitle: \"…\"".to_owned());
        line(format!(
            "date: {}            # the day of publication",
            self.date
        ));
        if shared == Shared::InPiece {
            line(format!("language: {}", self.language));
        }
        if Slug::derive(&self.title).is_none() {
            line("slug: piece                 # the name of the files".to_owned());
        }
        line("# summary: One paragraph for catalogues, or a list of key points.".to_owned());
        line("# keywords: [trade, borders]".to_owned());
        line("contributors:".to_owned());
        for name in &self.names {
            line(format!("  - name: {}", quoted(name)));
            line("    # affiliation: \"…\"".to_owned());
            line("    statement:".to_owned());
            line(
                "      # A paragraph a line, each behind a hyphen; quote one that holds a colon:"
                    .to_owned(),
            );
            line("      # - \"The question is simple: will it hold?\"".to_owned());
            line("      # - heading: A heading".to_owned());
            line("      - query: The statement is to come.".to_owned());
        }
        text
    }
}

/// Asks on the terminal; an empty line takes what stands in brackets.
fn answer(question: &str, sample: &str) -> Result<String, Refusal> {
    let failed = |error: io::Error| Refusal::because(format!("cannot read the answer: {error}"));
    let mut out = io::stderr().lock();
    write!(out, "{question} [{sample}]: ")
        .and_then(|()| out.flush())
        .map_err(failed)?;
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(failed)?;
    let line = line.trim();
    Ok(if line.is_empty() { sample } else { line }.to_owned())
}

/// A text in double quotation marks, as YAML reads those of JSON.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The day that the clock shows, in UTC.
#[expect(
    clippy::disallowed_methods,
    reason = "a new piece is of today, and says so where its author sees it"
)]
fn today() -> Date {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    Date::from_unix(since.map_or(0, |since| since.as_secs()))
}
