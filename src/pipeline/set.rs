//! A piece set on pages and not written: all that a preview needs.

use std::path::Path;

use super::write::lay_out;
use super::{Build, PieceStatistics, compose, fit};
use crate::compose::Composition;
use crate::editions::Options;
use crate::project::Projects;
use crate::typeset::Layout;

/// A piece as far as it can be set.
#[derive(Debug)]
pub(crate) struct SetPiece {
    /// What was found, and how long the piece is.
    pub(crate) build: Build,
    /// The composition; none where an error was found in the source.
    pub(crate) composition: Option<Composition>,
    /// Its pages; none where they cannot be set.
    pub(crate) layout: Option<Layout>,
}

/// Sets a piece on pages. Nothing panics.
#[must_use]
pub(crate) fn set(path: &Path, projects: &Projects, options: &Options) -> SetPiece {
    let (mut build, composition) =
        compose(path, None, projects, None, false, &options.theme.house());
    let composition = composition.and_then(|composition| {
        let fitted = build.stage("pictures", "fitting the pictures", || {
            let fitted = fit(&composition, options);
            (fitted.composition.into_owned(), fitted.findings)
        });
        let (composition, findings) = fitted?;
        let findings = build.source.locate_all(findings);
        build.page_findings.extend(findings);
        Some(composition)
    });
    let mut layout = None;
    if let Some(composition) = &composition {
        let mut statistics = PieceStatistics::of(composition);
        match lay_out(&build.source, composition, options) {
            Ok(mut laid) => {
                statistics.pages = Some(laid.pages.len());
                let findings = build.source.locate_all(std::mem::take(&mut laid.findings));
                build.page_findings.extend(findings);
                layout = Some(laid);
            }
            Err(failure) => build.failures.push(failure),
        }
        build.statistics = Some(statistics);
    }
    SetPiece {
        build,
        composition,
        layout,
    }
}
