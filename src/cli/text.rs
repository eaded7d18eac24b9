//! `flashpoint text`: the canonical text of a source or of an edition.

use std::path::Path;

use super::args::Messages;
use super::console::{Console, print};
use super::verify::contents;
use super::{Exit, Refusal, refuse};
use crate::batch::is_source;
use crate::compose::House;
use crate::pipeline;
use crate::project::Projects;

pub(super) fn run(path: &Path, messages: Messages) -> Exit {
    let console = Console::new(messages);
    if is_source(path) {
        let projects = Projects::above(std::env::home_dir());
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
