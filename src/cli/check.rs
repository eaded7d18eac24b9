//! `flashpoint check`: looks for problems and writes nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use rayon::prelude::*;

use super::args;
use super::console::Console;
use super::figures::{count, time};
use super::{Exit, Refusal, look, refuse};
use crate::batch::{self, Found};
use crate::diagnostic::Severity;
use crate::piece::Slug;
use crate::pipeline::{self, Made, Request};

/// So many pieces are looked at before what was found in them is shown: a large archive takes little memory.
const AT_ONCE: usize = 256;

pub(super) fn run(arguments: &args::Check) -> Exit {
    let start = Instant::now();
    let console = Console::new(arguments.messages);
    let options = match look::options(&arguments.look) {
        Ok(options) => options,
        Err(refusal) => return refuse(&console, &refusal),
    };
    let found = match batch::find(&arguments.paths) {
        Ok(found) => found,
        Err(error) => return refuse(&console, &Refusal::because(error)),
    };
    let request = Request {
        outputs: &[],
        pages: true,
        options: &options,
        epoch: None,
        deny_warnings: false,
    };
    let mut tally = Tally::default();
    walked(&found, &console, &mut tally);
    for paths in found.sources.chunks(AT_ONCE) {
        let looked: Vec<Made> = paths
            .par_iter()
            .map(|path| pipeline::make(path, None, request))
            .collect();
        for (path, made) in paths.iter().zip(looked) {
            tally.add(path, made, &console);
        }
    }
    tally.tell(&console, found.sources.len(), start);
    if tally.errors > 0 || (arguments.messages.deny_warnings && tally.warnings > 0) {
        Exit::Failed
    } else {
        Exit::Done
    }
}

fn walked(found: &Found, console: &Console, tally: &mut Tally) {
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
    slugs: BTreeMap<Slug, PathBuf>,
}

impl Tally {
    fn add(&mut self, path: &Path, made: Made, console: &Console) {
        for diagnostic in made.diagnostics() {
            match diagnostic.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
            }
            console.diagnostic(&made.source, diagnostic);
        }
        let Some(slug) = made.slug else { return };
        if let Some(first) = self.slugs.get(&slug) {
            self.errors += 1;
            let (first, second) = (first.display(), path.display());
            console.error(format!(
                "two pieces have the slug `{slug}`: {first} and {second}"
            ));
        } else {
            self.slugs.insert(slug, path.to_owned());
        }
    }

    fn tell(&self, console: &Console, pieces: usize, start: Instant) {
        console.summary(&format!(
            "{}, {}, {} in {}",
            count(pieces, "piece"),
            count(self.errors, "error"),
            count(self.warnings, "warning"),
            time(start.elapsed())
        ));
    }
}
