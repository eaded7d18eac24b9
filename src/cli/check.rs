//! `flashpoint check`: looks for problems, and with `--fix` sets right what is certain.

use std::path::{Path, PathBuf};
use std::time::Instant;

use rayon::prelude::*;
use serde_json::{Value, json};

use super::args;
use super::console::Console;
use super::figures::{count, grouped, time};
use super::{Exit, Refusal, fix, options, refuse};
use crate::batch::{self, FoundSources};
use crate::diagnostic::Severity;
use crate::pipeline::{self, Build, BuildRequest, PieceStatistics, Slugs, minutes};

/// So many pieces are looked at before what was found in them is shown: a large archive takes little memory.
const AT_ONCE: usize = 256;

pub(super) fn run(arguments: &args::Check) -> Exit {
    let start = Instant::now();
    let console = Console::new(arguments.messages);
    let writer_options = match options::writer_options(
        &arguments.appearance,
        &arguments.paths,
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
        epoch: None,
        deny_warnings: false,
    };
    let mut tally = Tally::default();
    walked(&found, &console, &mut tally);
    if arguments.fix {
        tally.errors += fix::all(&found.sources, &console);
    }
    for paths in found.sources.chunks(AT_ONCE) {
        let build = |path: &PathBuf| pipeline::build(path, None, request);
        let builds: Vec<Build> = pool.install(|| paths.par_iter().map(build).collect());
        for (path, build) in paths.iter().zip(builds) {
            tally.add(path, &build, &console);
            if let (true, Some(statistics)) = (arguments.stats, &build.statistics) {
                let path = path.display().to_string();
                console.answer(&lines(&path, statistics), || object(&path, statistics));
            }
        }
    }
    tally.report(&console, found.sources.len(), start);
    if tally.errors > 0 || (arguments.messages.deny_warnings && tally.warnings > 0) {
        Exit::Failed
    } else {
        Exit::Done
    }
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
}

impl Tally {
    fn add(&mut self, path: &Path, build: &Build, console: &Console) {
        for diagnostic in build.diagnostics() {
            match diagnostic.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
            }
            console.diagnostic(&build.source, diagnostic);
        }
        let Some(slug) = &build.slug else { return };
        if let Err(duplicate) = self.slugs.insert(slug, path) {
            self.errors += 1;
            console.error(duplicate);
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
