//! `flashpoint verify`: holds editions against their source, or against each other.

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde_json::{Value, json};

use super::args;
use super::checkers::{Checkers, Judged, MOST, Opinion};
use super::console::Console;
use super::figures::{count, grouped};
use super::project::Chosen;
use super::{Exit, Refusal, faces, options, refuse};
use crate::batch::{self, LineReport, is_source};
use crate::compose::House;
use crate::diagnostic::{Severity, guard};
use crate::editions::FORMATS;
use crate::pipeline;
use crate::project::Projects;
use crate::read::{self, Block, Contents, FileKind};
use crate::store::read_plain;
use crate::theme::Theme;
use crate::verify::{Difference, Expected, Held, Tally, Verdict, alone, hold, pages, same_text};

/// So many pieces are verified before what was found in them is shown: a large archive takes little memory.
const AT_ONCE: usize = 64;

pub(super) fn run(arguments: &args::Verify) -> Exit {
    let console = Console::new(arguments.messages);
    let (editions, sources): (Vec<PathBuf>, Vec<PathBuf>) = arguments
        .paths
        .iter()
        .cloned()
        .partition(|path| is_edition(path));
    let plan = match VerifyPlan::new(arguments, &sources, &console) {
        Ok(plan) => plan,
        Err(refusal) => return refuse(&console, &refusal),
    };
    let pool = match pipeline::pool(options::jobs(None)) {
        Ok(pool) => pool,
        Err(error) => return refuse(&console, &Refusal::because(error)),
    };
    let report = arguments
        .report
        .as_deref()
        .map(LineReport::open)
        .transpose();
    let report = match report {
        Ok(report) => report,
        Err(error) => return refuse(&console, &Refusal::because(error)),
    };
    let mut proof = Proof {
        console: &console,
        report,
        strict: arguments.strict,
        failed: false,
        pieces: 0,
        editions: 0,
        tally: Tally::default(),
        judged: Judged::default(),
    };
    if !sources.is_empty() {
        let found = match batch::find(&sources) {
            Ok(found) => found,
            Err(error) => return refuse(&console, &Refusal::because(error)),
        };
        for reason in &found.unreadable {
            console.error(format!("cannot read {reason}"));
            proof.failed = true;
        }
        for paths in found.sources.chunks(AT_ONCE) {
            let held = |path: &PathBuf| plan.piece(path);
            let pieces: Vec<Piece> = pool.install(|| paths.par_iter().map(held).collect());
            for (path, piece) in paths.iter().zip(pieces) {
                proof.piece(path, piece);
            }
        }
    }
    if !editions.is_empty() {
        proof.each_other(&editions, plan.checkers.as_ref());
    }
    if let Some(checkers) = &plan.checkers {
        console.summary(&checkers.told(&proof.judged));
    }
    proof.end()
}

/// Whether a path names an edition.
fn is_edition(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    let known = |extension: &str| FORMATS.iter().any(|format| format.extension == extension);
    !path.is_dir()
        && !is_source(path)
        && extension.is_some_and(|own| known(&own.to_ascii_lowercase()))
}

/// What became of a piece.
enum Piece {
    /// The source has errors.
    Refused(Box<pipeline::Build>),
    /// A fault of this program.
    Fault(String),
    /// Its editions, in the order of the formats; none where nothing stands in the output folder.
    Held(Vec<Edition>),
}

/// An edition that was held against its source.
struct Edition {
    path: PathBuf,
    format: &'static str,
    result: Result<Held, String>,
    /// What others say of it.
    opinions: Vec<Opinion>,
}

/// What was typed, understood.
struct VerifyPlan {
    projects: Projects,
    dist: PathBuf,
    /// `SOURCE_DATE_EPOCH`, by which editions may be dated.
    epoch: Option<u64>,
    /// The theme whose faces and words the pages of PDFs are held against.
    theme: Theme,
    /// The checkers of others, where they are asked.
    checkers: Option<Checkers>,
}

impl VerifyPlan {
    fn new(
        arguments: &args::Verify,
        sources: &[PathBuf],
        console: &Console,
    ) -> Result<Self, Refusal> {
        let dist = arguments.dist.clone();
        let checkers = arguments.strict.then(Checkers::installed);
        if sources.is_empty() {
            return Ok(Self {
                projects: Projects::none(),
                dist: dist.unwrap_or_default(),
                epoch: None,
                theme: Theme::classic(),
                checkers,
            });
        }
        let chosen = Chosen::new(&arguments.project, sources, console)?;
        let name = arguments.theme.clone().or_else(|| chosen.theme());
        let name = name.as_deref().unwrap_or("classic");
        let mut theme = options::theme(name, console, arguments.messages)?;
        faces::add(&mut theme, &arguments.faces, sources, console)?;
        let dist = dist.or_else(|| chosen.beside(|project| project.file.dist.as_ref()));
        Ok(Self {
            projects: chosen.projects,
            dist: dist.unwrap_or_else(|| PathBuf::from("dist/")),
            epoch: options::epoch()?,
            theme,
            checkers,
        })
    }

    fn piece(&self, path: &Path) -> Piece {
        let held = guard("verifying", || {
            let (build, composition) = pipeline::compose(
                path,
                None,
                &self.projects,
                self.epoch,
                false,
                &House::default(),
            );
            let Some(composition) = composition else {
                return Piece::Refused(Box::new(build));
            };
            let expected = Expected::in_theme(&composition, &self.theme);
            let slug = composition.record.slug.as_str();
            let mut paper: Option<Contents> = None;
            let mut held = |contents: Contents| {
                let mut held = hold(&contents, &expected);
                match &paper {
                    Some(paper) => held.differences.extend(pages(paper, &contents)),
                    None if contents.kind == FileKind::Pdf => paper = Some(contents),
                    None => {}
                }
                held
            };
            let editions = FORMATS.iter().filter_map(|format| {
                let path = self.dist.join(format!("{slug}.{}", format.extension));
                let read = match path.try_exists() {
                    Ok(false) => return None,
                    Ok(true) => contents(&path),
                    Err(error) => Err(error.to_string()),
                };
                let asked = self.checkers.as_ref().zip(read.as_ref().ok());
                let opinions = asked.map(|(checkers, read)| checkers.ask(&path, read));
                Some(Edition {
                    opinions: opinions.unwrap_or_default(),
                    path,
                    format: format.name,
                    result: read.map(&mut held),
                })
            });
            Piece::Held(editions.collect())
        });
        held.unwrap_or_else(|fault| Piece::Fault(fault.message))
    }
}

/// Reads an edition, whatever stands there.
pub(super) fn contents(path: &Path) -> Result<Contents, String> {
    let bytes = read_plain(path, MOST).map_err(|error| format!("cannot be read: {error}"))?;
    let read = guard("reading", || read::read(&bytes)).map_err(|fault| fault.message)?;
    read.map_err(|error| error.to_string())
}

/// What was found so far.
struct Proof<'a> {
    console: &'a Console,
    report: Option<LineReport>,
    strict: bool,
    failed: bool,
    pieces: usize,
    editions: usize,
    tally: Tally,
    /// What the checkers of others say.
    judged: Judged,
}

impl Proof<'_> {
    fn piece(&mut self, source: &Path, piece: Piece) {
        self.pieces += 1;
        match piece {
            Piece::Refused(build) => {
                for diagnostic in build.diagnostics() {
                    self.console.diagnostic(&build.source, diagnostic);
                }
                self.failed = true;
                self.line(&json!({"source": source, "verdict": "refused"}));
            }
            Piece::Fault(message) => {
                self.console
                    .error(format!("{}: {message}", source.display()));
                self.failed = true;
                self.line(&json!({"source": source, "verdict": "refused"}));
            }
            Piece::Held(editions) if editions.is_empty() => {
                self.console.error(format!(
                    "{}: there is no edition of it to verify",
                    source.display()
                ));
                self.failed = true;
                self.line(&json!({"source": source, "verdict": "missing"}));
            }
            Piece::Held(editions) => {
                let said: Vec<String> = editions
                    .into_iter()
                    .map(|held| self.edition(source, held))
                    .collect();
                self.console
                    .summary(&format!("{}: {}", source.display(), said.join(", ")));
            }
        }
    }

    /// Tells of an edition; gives the few words that stand for it in the line of its piece.
    fn edition(&mut self, source: &Path, held: Edition) -> String {
        self.editions += 1;
        let path = held.path.display().to_string();
        let checkers = self.judged.tell(self.console, &path, held.opinions);
        match held.result {
            Err(reason) => {
                self.failed = true;
                self.console.error(format!("{path}: {reason}"));
                self.line(&json!({"source": source, "edition": path, "verdict": "unreadable", "reason": reason}));
                format!("{} unreadable", held.format)
            }
            Ok(Held {
                tally,
                differences,
                not_made,
            }) => {
                let verdict = Verdict::of(&differences);
                self.failed |=
                    verdict == Verdict::Text || (self.strict && verdict == Verdict::Structure);
                self.differences(&path, verdict, &differences);
                self.tally = sum(self.tally, tally);
                for reason in &not_made {
                    self.console
                        .note(Severity::Warning, format!("{path}: {reason}"));
                }
                self.line(&json!({
                    "source": source,
                    "edition": path,
                    "verdict": name(verdict),
                    "compared": compared(tally),
                    "differences": differences.iter().map(ToString::to_string).collect::<Vec<_>>(),
                    "not_compared": not_made,
                    "checkers": checkers,
                }));
                format!("{} {}", held.format, name(verdict))
            }
        }
    }

    fn differences(&self, path: &str, verdict: Verdict, differences: &[Difference]) {
        let severity = match verdict {
            Verdict::Text => Severity::Error,
            _ if self.strict => Severity::Error,
            _ => Severity::Warning,
        };
        for difference in differences {
            self.console.note(severity, format!("{path}: {difference}"));
        }
    }

    /// Holds editions against the first of them.
    fn each_other(&mut self, paths: &[PathBuf], checkers: Option<&Checkers>) {
        let mut first: Option<(String, Contents)> = None;
        for path in paths {
            self.editions += 1;
            let shown = path.display().to_string();
            let contents = match contents(path) {
                Ok(contents) => contents,
                Err(reason) => {
                    self.failed = true;
                    self.console.error(format!("{shown}: {reason}"));
                    self.line(
                        &json!({"edition": shown, "verdict": "unreadable", "reason": reason}),
                    );
                    continue;
                }
            };
            let opinions = checkers.map(|checkers| checkers.ask(path, &contents));
            let opinions = opinions.unwrap_or_default();
            let opinions = self.judged.tell(self.console, &shown, opinions);
            let parted = contents.parted();
            let hash = parted.canonical_text().hash();
            let words_of = |blocks: &[&Block]| -> usize {
                let words = blocks.iter().map(|block| block.line().split(' ').count());
                words.sum()
            };
            let words = words_of(&parted.text);
            let claimed = match contents.metadata.text_hash {
                None => "names no hash".to_owned(),
                // What no hash vouches for is told, so that nobody takes it for the text.
                Some(_) if parted.is_named && !parted.house.is_empty() => format!(
                    "names its hash, beside {} of its house",
                    count(words_of(&parted.house), "word")
                ),
                Some(_) if parted.is_named => "names its hash".to_owned(),
                Some(_) => {
                    self.failed = true;
                    self.console
                        .error(format!("{shown}: it names the hash of another text"));
                    "names another hash".to_owned()
                }
            };
            // Words that nobody sees are none that it says.
            let mut own = alone(&contents);
            own.retain(|one| {
                self.strict || Verdict::of(std::slice::from_ref(one)) == Verdict::Text
            });
            let is_seen = Verdict::of(&own) != Verdict::Text;
            self.failed |= !own.is_empty();
            for difference in &own {
                self.console.error(format!("{shown}: {difference}"));
            }
            let line = |verdict: &str, differences: &[Difference]| {
                let told = own.iter().chain(differences).map(ToString::to_string);
                let told: Vec<String> = told.collect();
                let verdict = if is_seen { verdict } else { "text" };
                json!({"edition": shown, "verdict": verdict, "text": hash.to_string(), "differences": told, "checkers": opinions})
            };
            match &first {
                None => {
                    self.console.summary(&format!(
                        "{shown}: {}, {claimed}, {hash}",
                        count(words, "word")
                    ));
                    self.line(&line("first", &[]));
                    first = Some((shown, contents));
                }
                Some((name, other)) => {
                    let differences = same_text(other, &contents);
                    let same = differences.is_empty();
                    self.failed |= !same;
                    let verdict = if same {
                        "the same text"
                    } else {
                        "another text"
                    };
                    self.console.summary(&format!(
                        "{shown}: {}, {claimed}, {verdict} as {name}",
                        count(words, "word")
                    ));
                    for difference in &differences {
                        self.console.error(format!("{shown}: {difference}"));
                    }
                    self.line(&line(if same { "equal" } else { "text" }, &differences));
                }
            }
        }
    }

    fn line(&mut self, line: &Value) {
        if let Some(report) = &mut self.report
            && let Err(error) = report.line(line)
        {
            self.console
                .error(format!("cannot write the report: {error}"));
            self.failed = true;
            self.report = None;
        }
    }

    fn end(mut self) -> Exit {
        self.line(&json!({
            "summary": "verify",
            "pieces": self.pieces,
            "editions": self.editions,
            "compared": compared(self.tally),
        }));
        if let Some(report) = self.report.take()
            && let Err(error) = report.close()
        {
            self.console
                .error(format!("cannot write the report: {error}"));
            self.failed = true;
        }
        let tally = self.tally;
        if tally != Tally::default() {
            self.console.summary(&format!(
                "{} of {}: {} words, {} headings, {} notes, {} links, {} cells, {} pictures, {} outlines compared",
                count(self.editions, "edition"),
                count(self.pieces, "piece"),
                grouped(tally.words),
                grouped(tally.headings),
                grouped(tally.notes),
                grouped(tally.links),
                grouped(tally.cells),
                grouped(tally.images),
                grouped(tally.outlines),
            ));
        }
        match self.failed || self.judged.failed {
            true => Exit::Failed,
            false => Exit::Done,
        }
    }
}

fn name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Equal => "equal",
        Verdict::Structure => "structure",
        Verdict::Text => "text",
    }
}

fn compared(tally: Tally) -> Value {
    json!({
        "words": tally.words,
        "headings": tally.headings,
        "notes": tally.notes,
        "links": tally.links,
        "cells": tally.cells,
        "images": tally.images,
        "creators": tally.creators,
        "outlines": tally.outlines,
    })
}

fn sum(a: Tally, b: Tally) -> Tally {
    Tally {
        words: a.words + b.words,
        headings: a.headings + b.headings,
        notes: a.notes + b.notes,
        links: a.links + b.links,
        cells: a.cells + b.cells,
        images: a.images + b.images,
        creators: a.creators + b.creators,
        outlines: a.outlines + b.outlines,
    }
}
