//! `flashpoint text`: the canonical text of a source or of an edition.

use std::path::Path;

use super::args::{Messages, ProjectChoice};
use super::console::{Console, print};
use super::project::projects;
use super::verify::contents;
use super::{Exit, Refusal, refuse};
use crate::batch::is_source;
use crate::compose::House;
use crate::pipeline;

pub(super) fn run(path: &Path, choice: &ProjectChoice, messages: Messages) -> Exit {
    let console = Console::new(messages);
    if is_source(path) {
        let projects = match projects(choice) {
            Ok(projects) => projects,
            Err(refusal) => return refuse(&console, &refusal),
        };
        let (build, composition) = pipeline::compose(
            path,
            None,
            &projects,
            None,
            messages.deny_warnings,
            &House::default(),
        );
        for diagnostic in build.diagnostics() {
            console.diagnostic(&build.source, diagnostic);
        }
        return match composition {
            Some(composition) => print(composition.canonical_text().as_str()),
            None => Exit::Failed,
        };
    }
    match contents(path) {
        Ok(contents) => print(contents.canonical_text().as_str()),
        Err(reason) => {
            let reason = format!("{}: {reason}", path.display());
            refuse(&console, &Refusal::because(reason))
        }
    }
}
