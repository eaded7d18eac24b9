//! `flashpoint check`: looks for problems, and with `--fix` sets right what is certain.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Instant;

use rayon::prelude::*;
use serde_json::{Value, json};

use super::args;
use super::console::Console;
use super::figures::{count, grouped, time};
use super::project::Chosen;
use super::{Exit, Refusal, fix, options, refuse};
use crate::batch::{self, FoundSources};
use crate::diagnostic::{Code, Diagnostic, FieldPath, Severity};
use crate::piece::Status;
use crate::pipeline::{
    self, Build, BuildRequest, DuplicateSlug, PieceStatistics, Proving, Slugs, minutes,
};

/// So many pieces are looked at before what was found in them is shown: a large archive takes little memory.
const AT_ONCE: usize = 256;

pub(super) fn run(arguments: &args::Check) -> Exit {
    let start = Instant::now();
    let console = Console::new(arguments.messages);
    let chosen = match Chosen::new(&arguments.project, &arguments.paths, &console) {
        Ok(chosen) => chosen,
        Err(refusal) => return refuse(&console, &refusal),
    };
    let writer_options = match options::writer_options(
        &arguments.appearance,
        &arguments.paths,
        &chosen,
        &console,
        arguments.messages,
    ) {
        Ok(writer_options) => writer_options,
        Err(refusal) => return refuse(&console, &refusal),
    };
    let found = match batch::find(&arguments.paths) {
        Ok(found) => found,
        Err(error) => return refuse(&console, &Refusal::because(error)),
    };
    let pool = match pipeline::pool(options::jobs(None)) {
        Ok(pool) => pool,
        Err(error) => return refuse(&console, &Refusal::because(error)),
    };
    let request = BuildRequest {
        outputs: &[],
        pages: true,
        options: &writer_options,
        projects: &chosen.projects,
        epoch: None,
        deny_warnings: false,
        proving: Proving::Unasked,
    };
    let now = options::now(arguments.clock);
    let mut tally = Tally::default();
    walked(&found, &console, &mut tally);
    if arguments.fix {
        tally.errors += fix::all(&found.sources, &chosen.projects, &console);
    }
    for paths in found.sources.chunks(AT_ONCE) {
        let build = |path: &PathBuf| pipeline::build(path, None, request);
        let builds: Vec<Build> = pool.install(|| paths.par_iter().map(build).collect());
        for (path, build) in paths.iter().zip(builds) {
            tally.add(path, &build, &console);
            if let Some(early) = dated_ahead(&build, now) {
                // Never denied: tomorrow it may not be there.
                console.diagnostic(&build.source, &early);
            }
            if let (true, Some(statistics)) = (arguments.stats, &build.statistics) {
                let path = path.display().to_string();
                console.answer(&lines(&path, statistics), || object(&path, statistics));
            }
        }
    }
    if arguments.stats {
        tally.report_people(&console);
    }
    tally.report(&console, found.sources.len(), start);
    if tally.errors > 0 || (arguments.messages.deny_warnings && tally.warnings > 0) {
        Exit::Failed
    } else {
        Exit::Done
    }
}

/// What is told of a piece that has a date in the future and no embargo.
fn dated_ahead(build: &Build, now: i64) -> Option<Diagnostic> {
    let date = build.date.filter(|_| build.life.embargo.is_none())?;
    let message = format!("the date, {date}, is in the future, and nothing keeps the piece back");
    let place = build.source.place(&FieldPath::root().key("date"));
    let early = Diagnostic::warning(Code::FutureDate, message)
        .hint("add `embargo:` with the instant, or set the date right")
        .at(place);
    (date.days() * 86_400 > now && build.life.status == Status::Ready).then_some(early)
}

/// How long a piece is, for people.
fn lines(path: &str, piece: &PieceStatistics) -> String {
    let length = |words: usize| format!("{} min", minutes(words));
    let pages = piece
        .pages
        .map(|pages| format!(", {}", count(pages, "page")));
    let mut lines = format!(
        "{path}: {}{}, {}\n",
        count(piece.words, "word"),
        pages.unwrap_or_default(),
        length(piece.words)
    );
    for part in &piece.parts {
        let name = part.name.as_deref().unwrap_or("(introduction)");
        let words = grouped(part.words);
        lines += &format!("  {words:>7}  {:>7}  {name}\n", length(part.words));
    }
    lines
}

/// How long a piece is, for programs.
fn object(path: &str, piece: &PieceStatistics) -> Value {
    let parts = piece.parts.iter().map(
        |part| json!({ "name": part.name, "words": part.words, "minutes": minutes(part.words) }),
    );
    json!({ "statistics": {
        "file": path,
        "words": piece.words,
        "pages": piece.pages,
        "minutes": minutes(piece.words),
        "parts": parts.collect::<Vec<_>>(),
    } })
}

fn walked(found: &FoundSources, console: &Console, tally: &mut Tally) {
    for link in &found.links {
        console.note(
            Severity::Warning,
            format!("{} is a symbolic link and is not followed", link.display()),
        );
    }
    for reason in &found.unreadable {
        console.error(format!("cannot read {reason}"));
        tally.errors += 1;
    }
}

/// What was found so far.
#[derive(Default)]
struct Tally {
    errors: usize,
    warnings: usize,
    slugs: Slugs,
    /// In how many pieces each person of a project is.
    people: BTreeMap<String, usize>,
}

impl Tally {
    fn add(&mut self, path: &Path, build: &Build, console: &Console) {
        for diagnostic in build.diagnostics() {
            match diagnostic.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Note => {}
            }
            console.diagnostic(&build.source, diagnostic);
        }
        if !build.own.is_empty() {
            console.summary(&format!(
                "{} says its own {}, not what the project says",
                path.display(),
                build.own.join(", ")
            ));
        }
        let people = build.inherits.people.iter().map(|used| &used.id);
        for id in people.collect::<BTreeSet<_>>() {
            *self.people.entry(id.clone()).or_default() += 1;
        }
        let Some(slug) = &build.slug else { return };
        if let Err(DuplicateSlug { first, .. }) = self.slugs.insert(slug, path) {
            self.errors += 1;
            let problem = batch::duplicate_slug(&build.source, slug.as_str(), &first);
            console.diagnostic(&build.source, &problem);
        }
    }

    /// Tells how many pieces a change of each person alters.
    fn report_people(&self, console: &Console) {
        for (id, pieces) in &self.people {
            let line = format!("person {id}: in {}\n", count(*pieces, "piece"));
            console.answer(
                &line,
                || json!({ "person": { "id": id, "pieces": pieces } }),
            );
        }
    }

    fn report(&self, console: &Console, pieces: usize, start: Instant) {
        console.summary(&format!(
            "{}, {}, {} in {}",
            count(pieces, "piece"),
            count(self.errors, "error"),
            count(self.warnings, "warning"),
            time(start.elapsed())
        ));
    }
}
