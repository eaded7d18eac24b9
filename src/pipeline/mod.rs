//! One piece, from its source file to the bytes of its editions: load, check, compose, lay out, write.

mod guard;
mod output;

pub(crate) use guard::guard;
pub use guard::install_hook;
pub use output::Output;

use output::Pages;

use std::path::Path;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::check::check;
use crate::compose::{self, Composition};
use crate::diagnostic::{Code, Diagnostic, Severity, SourceText};
use crate::editions::Options;
use crate::load::{ImageFile, Loaded, load};
use crate::piece::Slug;
use crate::typeset::{self, Layout, PageList};

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The files to make of each piece.
    pub outputs: &'a [Output],
    /// Whether to set the pages even where no output needs them, for what is noticed on the way.
    pub pages: bool,
    /// What every writer is told.
    pub options: &'a Options,
    /// `SOURCE_DATE_EPOCH`, where set.
    pub epoch: Option<u64>,
    /// Whether a warning fails the piece.
    pub deny_warnings: bool,
}

/// What became of a piece.
#[derive(Debug, Default)]
pub struct Made {
    /// The source's text, for showing diagnostics.
    pub source: SourceText,
    /// The SHA-256 of the source file as it was read.
    pub hash: String,
    /// The images as they were read.
    pub images: Vec<ImageFile>,
    /// The slug, where the source gives one.
    pub slug: Option<Slug>,
    /// What was found in the source and while composing.
    pub noticed: Vec<Diagnostic>,
    /// What was found while setting pages.
    pub noticed_on_pages: Vec<Diagnostic>,
    /// What went wrong with single editions.
    pub failures: Vec<Diagnostic>,
    /// The bytes of the editions that succeeded.
    pub editions: Vec<(Output, Vec<u8>)>,
    /// How long each stage took.
    pub times: Vec<(&'static str, Duration)>,
}

impl Made {
    /// Whether the piece, or one of its editions, failed.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics().any(|d| d.severity == Severity::Error)
    }

    /// Everything there is to say, in the order of the stages.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        let found = self.noticed.iter().chain(&self.noticed_on_pages);
        found.chain(&self.failures)
    }

    /// Runs a stage, takes its time and turns a fault of this program into a failure of the piece.
    fn stage<T>(&mut self, name: &'static str, doing: &str, work: impl FnOnce() -> T) -> Option<T> {
        let (result, time) = timed(|| guard(doing, work));
        self.times.push((name, time));
        result.map_err(|fault| self.failures.push(fault)).ok()
    }
}

/// A source as loaded, and how long that took.
#[derive(Debug)]
pub struct Opened {
    pub(crate) loaded: Box<Loaded>,
    time: Duration,
}

/// Loads a source and finds its slug, where it gives one: all that planning needs.
#[must_use]
pub(crate) fn open(path: &Path) -> Option<(Option<Slug>, Opened)> {
    let (loaded, time) = timed(|| guard("loading", || Box::new(load(path))));
    let loaded = loaded.ok()?;
    let slug = guard("naming", || loaded.piece.as_ref()?.slug().ok());
    Some((slug.ok().flatten(), Opened { loaded, time }))
}

/// Makes the editions of a piece. Nothing is written; nothing panics.
#[must_use]
pub fn make(path: &Path, opened: Option<Opened>, request: Request<'_>) -> Made {
    let (mut made, composition) = compose(path, opened, request.epoch, request.deny_warnings);
    if let Some(composition) = composition {
        make_composed(&mut made, &composition, request);
    }
    made
}

/// Makes the composition of a piece: none where what was found forbids going on. Nothing panics.
#[must_use]
pub(crate) fn compose(
    path: &Path,
    opened: Option<Opened>,
    epoch: Option<u64>,
    deny_warnings: bool,
) -> (Made, Option<Composition>) {
    let mut made = Made::default();
    made.source.path = path.to_owned();
    let loaded = match opened {
        Some(Opened { loaded, time }) => {
            made.times.push(("load", time));
            Some(loaded)
        }
        None => made.stage("load", "loading", || Box::new(load(path))),
    };
    let composition = loaded.and_then(|loaded| made.compose(*loaded, epoch, deny_warnings));
    (made, composition)
}

impl Made {
    /// Checks and composes what was loaded.
    fn compose(
        &mut self,
        loaded: Loaded,
        epoch: Option<u64>,
        deny_warnings: bool,
    ) -> Option<Composition> {
        let checked = self.stage("check", "checking", || check(&loaded));
        let checked = checked.unwrap_or_default();
        self.slug = loaded.piece.as_ref().and_then(|piece| piece.slug().ok());
        self.source = loaded.source;
        self.images = loaded.files;
        self.hash = loaded.hash;
        self.noticed = loaded.diagnostics;
        self.noticed.extend(checked.diagnostics);
        // Whoever found it: an editor goes through a file from its top.
        let place = |found: &Diagnostic| found.span.as_ref().map(|span| span.start);
        self.noticed.sort_by_key(place);
        let piece = checked.piece.filter(|_| !self.is_refused(deny_warnings))?;
        let compose = || compose::compose(&piece, epoch);
        let mut composition = self.stage("compose", "composing", compose)?;
        let findings = std::mem::take(&mut composition.findings);
        let located = findings.into_iter().map(|f| self.source.locate(f));
        let located: Vec<_> = located.collect();
        self.noticed.extend(located);
        (!self.is_refused(deny_warnings)).then_some(composition)
    }

    /// Tells that the pages could not be set: an edition that is the pages fails, one that lists them lists none.
    fn without_pages(&mut self, failure: Diagnostic, outputs: &[Output]) {
        if failure.code != Code::Pages {
            return self.failures.push(failure);
        }
        let warning = |of: &Diagnostic| Diagnostic {
            severity: Severity::Warning,
            ..of.clone()
        };
        if outputs.is_empty() {
            return self.noticed_on_pages.push(warning(&failure));
        }
        let listing = (outputs.iter()).filter(|o| o.looks_at_pages() && !o.is_paged());
        for output in listing {
            let name = output.name();
            self.noticed_on_pages.push(Diagnostic {
                message: format!("the {name} edition lists no pages: there is no paper edition"),
                hint: None,
                ..warning(&failure)
            });
        }
        if outputs.iter().any(|output| output.is_paged()) {
            self.failures.push(failure);
        }
    }

    /// Whether what was found so far forbids going on.
    fn is_refused(&self, deny_warnings: bool) -> bool {
        self.has_errors() || (deny_warnings && self.diagnostics().next().is_some())
    }
}

/// Writes what is asked for of a composition that was made of this source.
pub(crate) fn write(source: &SourceText, composition: &Composition, request: Request<'_>) -> Made {
    let mut made = Made {
        source: source.clone(),
        ..Made::default()
    };
    make_composed(&mut made, composition, request);
    made
}

type Written = Vec<(Output, Option<Result<Vec<u8>, Diagnostic>>, Duration)>;

fn make_composed(made: &mut Made, composition: &Composition, request: Request<'_>) {
    let (waiting, plain): (Vec<Output>, Vec<Output>) =
        (request.outputs.iter()).partition(|output| output.looks_at_pages());
    // On a machine with idle cores a single piece is done sooner; in a batch every core has a piece of its own.
    let ((laid, waiting), plain) = rayon::join(
        || {
            if waiting.is_empty() && !request.pages {
                return (None, Vec::new());
            }
            let (laid, time) = timed(|| lay_out(&made.source, composition, request.options));
            let laid = laid.map(|layout| Pages {
                list: PageList::of(&layout),
                layout,
            });
            let pages = laid.as_ref().ok();
            let written = write_all(&waiting, composition, pages, request.options);
            (Some((laid, time)), written)
        },
        || write_all(&plain, composition, None, request.options),
    );
    if let Some((laid, time)) = laid {
        made.times.push(("layout", time));
        match laid {
            Ok(pages) => {
                let findings = pages.layout.findings.into_iter();
                made.noticed_on_pages = findings.map(|f| made.source.locate(f)).collect();
            }
            Err(failure) => made.without_pages(failure, request.outputs),
        }
    }
    let mut written: Written = waiting.into_iter().chain(plain).collect();
    written.sort_by_key(|(output, ..)| request.outputs.iter().position(|o| o == output));
    for (output, result, time) in written {
        made.times.push((output.name(), time));
        match result {
            Some(Ok(bytes)) => made.editions.push((output, bytes)),
            Some(Err(failure)) => made.failures.push(failure),
            None => {}
        }
    }
    made.failures.dedup();
    if request.deny_warnings && made.is_refused(true) {
        made.editions.clear();
    }
}

fn lay_out(
    source: &SourceText,
    composition: &Composition,
    options: &Options,
) -> Result<Layout, Diagnostic> {
    let laid = guard("setting the pages", || {
        typeset::layout(composition, &options.theme, options.page_size)
    })?;
    laid.map_err(|error| {
        Diagnostic::error(Code::Pages, error.to_string())
            .at(source.place(error.origin()))
            .hint("its other editions can be made: `--format docx,epub`")
    })
}

fn write_all(
    outputs: &[Output],
    composition: &Composition,
    pages: Option<&Pages>,
    options: &Options,
) -> Written {
    let write = |output: &Output| {
        let doing = format!("making the {} edition", output.name());
        let (result, time) = timed(|| {
            let written = guard(&doing, || output.write(composition, pages, options));
            written.unwrap_or_else(|fault| Some(Err(fault)))
        });
        (*output, result, time)
    };
    outputs.par_iter().map(write).collect()
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}
