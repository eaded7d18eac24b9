//! From a composition to the bytes of editions: lay out, write.

use std::time::Duration;

use rayon::prelude::*;

use super::output::Pages;
use super::pictures::fit;
use super::{Build, BuildRequest, Output, timed};
use crate::compose::Composition;
use crate::diagnostic::{Code, Diagnostic, Severity, SourceText, guard};
use crate::editions::Options;
use crate::typeset::{self, Layout, PageList};

type WrittenEditions = Vec<(Output, Option<Result<Vec<u8>, Diagnostic>>, Duration)>;

/// Writes what is asked for of a composition that was made of this source.
pub(crate) fn write(
    source: &SourceText,
    composition: &Composition,
    request: BuildRequest<'_>,
) -> Build {
    let mut build = Build {
        source: source.clone(),
        ..Build::default()
    };
    editions(&mut build, composition, request);
    build
}

/// Lays out and writes what is asked for: review editions as pieces of their own, since their pages say more.
pub(super) fn editions(build: &mut Build, composition: &Composition, request: BuildRequest<'_>) {
    let fitted = build.stage("pictures", "fitting the pictures", || {
        fit(composition, request.options)
    });
    let Some(fitted) = fitted else { return };
    let composition = &*fitted.composition;
    let findings = build.source.locate_all(fitted.findings);
    build.page_findings.extend(findings);
    let is_review = |output: &&Output| matches!(output, Output::Review(_));
    let reviews: Vec<Output> = request.outputs.iter().filter(is_review).copied().collect();
    if reviews.is_empty() {
        return each(build, composition, request);
    }
    let mut plain = request.outputs.to_vec();
    plain.retain(|output| !reviews.contains(output));
    if !plain.is_empty() {
        let outputs = &plain;
        each(build, composition, BuildRequest { outputs, ..request });
    }
    let review = composition.for_review();
    let options = request.options;
    let options = options.for_review(review.mark.as_deref().unwrap_or_default());
    let request = BuildRequest {
        outputs: &reviews,
        options: &options,
        ..request
    };
    let told = build.page_findings.len();
    each(build, &review, request);
    // Pages that say one line more are not told twice of all else.
    let again = build.page_findings.split_off(told);
    let again = again.into_iter();
    let new: Vec<_> = again
        .filter(|found| !build.page_findings.contains(found))
        .collect();
    build.page_findings.extend(new);
}

fn each(build: &mut Build, composition: &Composition, request: BuildRequest<'_>) {
    let (waiting, plain): (Vec<Output>, Vec<Output>) =
        (request.outputs.iter()).partition(|output| output.needs_pages());
    let size = Size::of(composition);
    // On a machine with idle cores a single piece is done sooner; in a batch every core has a piece of its own.
    let ((laid, waiting), plain) = size.both(
        || {
            if waiting.is_empty() && !request.pages {
                return (None, Vec::new());
            }
            let (laid, time) = timed(|| lay_out(&build.source, composition, request.options));
            let laid = laid.map(|layout| Pages {
                list: PageList::of(&layout),
                layout,
            });
            let pages = laid.as_ref().ok();
            let written = write_all(&waiting, composition, pages, (request.options, size));
            (Some((laid, time)), written)
        },
        || write_all(&plain, composition, None, (request.options, size)),
    );
    if let Some((laid, time)) = laid {
        build.times.push(("layout", time));
        match laid {
            Ok(pages) => {
                if let Some(statistics) = &mut build.statistics {
                    statistics.pages = Some(pages.layout.pages.len());
                }
                let findings = build.source.locate_all(pages.layout.findings);
                build.page_findings.extend(findings);
            }
            Err(failure) => build.without_pages(failure, request.outputs),
        }
    }
    let mut written: WrittenEditions = waiting.into_iter().chain(plain).collect();
    written.sort_by_key(|(output, ..)| request.outputs.iter().position(|o| o == output));
    for (output, result, time) in written {
        build.times.push((output.name(), time));
        match result {
            Some(Ok(bytes)) => build.editions.push((output, bytes)),
            Some(Err(failure)) => build.failures.push(failure),
            None => {}
        }
    }
    build.failures.dedup();
    if request.deny_warnings && build.is_refused(true) {
        build.editions.clear();
    }
}

/// Sets the pages.
pub(super) fn lay_out(
    source: &SourceText,
    composition: &Composition,
    options: &Options,
) -> Result<Layout, Diagnostic> {
    let laid = guard("setting the pages", || {
        typeset::layout(composition, &options.theme, options.page_size)
    })?;
    laid.map_err(|error| {
        Diagnostic::error(error.code(), error.to_string())
            .at(source.place(error.origin()))
            .hint(error.hint())
    })
}

fn write_all(
    outputs: &[Output],
    composition: &Composition,
    pages: Option<&Pages>,
    (options, size): (&Options, Size),
) -> WrittenEditions {
    let write = |output: &Output| {
        let doing = format!("writing the {} edition", output.name());
        let (result, time) = timed(|| {
            let written = guard(&doing, || output.write(composition, pages, options));
            written.unwrap_or_else(|fault| Some(Err(fault)))
        });
        (*output, result, time)
    };
    match size {
        Size::Usual => outputs.par_iter().map(write).collect(),
        Size::Huge => outputs.iter().map(write).collect(),
    }
}

/// How large a piece is, by what is held of it while an edition is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Size {
    Usual,
    /// So large that its editions are made one after the other: what one of them holds is given back before the next.
    Huge,
}

impl Size {
    /// The spans, and the bytes, from which a piece is huge.
    const SPANS: usize = 5_000;
    const BYTES: usize = 400_000;

    fn of(composition: &Composition) -> Self {
        let spans = || composition.texts.iter().flat_map(|text| &text.spans);
        let bytes = || spans().map(|span| span.text.len()).sum::<usize>();
        match spans().count() > Self::SPANS || bytes() > Self::BYTES {
            true => Self::Huge,
            false => Self::Usual,
        }
    }

    /// Does both, at once or the second before the first: what the first leaves is large.
    fn both<A: Send, B: Send>(
        self,
        first: impl FnOnce() -> A + Send,
        second: impl FnOnce() -> B + Send,
    ) -> (A, B) {
        match self {
            Self::Usual => rayon::join(first, second),
            Self::Huge => {
                let second = second();
                (first(), second)
            }
        }
    }
}

impl Build {
    /// Tells that the pages could not be set: an edition that is the pages fails, one that lists them lists none.
    fn without_pages(&mut self, failure: Diagnostic, outputs: &[Output]) {
        // Without outputs the pages are looked at for what an export of all editions would say.
        if failure.code == Code::Internal || outputs.is_empty() {
            return self.failures.push(failure);
        }
        let listing = (outputs.iter()).filter(|o| o.needs_pages() && !o.is_paged());
        for output in listing {
            let name = output.name();
            let message = if failure.code == Code::MissingCharacter {
                let reason = &failure.message;
                format!(
                    "{reason}: the {name} edition leaves them to its reader's faces, and lists no pages"
                )
            } else {
                format!("the {name} edition lists no pages: there is no paper edition")
            };
            self.page_findings.push(Diagnostic {
                severity: Severity::Warning,
                message,
                hint: None,
                ..failure.clone()
            });
        }
        if outputs.iter().any(|output| output.is_paged()) {
            self.failures.push(failure);
        }
    }
}
