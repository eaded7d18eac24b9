//! `flashpoint text`: the canonical text of a source or of an edition.

use std::path::Path;

use super::args::Messages;
use super::console::{Console, print};
use super::{Exit, Refusal, refuse};
use crate::compose::CanonicalText;
use crate::pipeline;
use crate::project::Projects;
use crate::read;

pub(super) fn run(path: &Path, messages: Messages) -> Exit {
    let console = Console::new(messages);
    if is_source(path) {
        let projects = Projects::above(std::env::home_dir());
        let (build, composition) =
            pipeline::compose(path, None, &projects, None, messages.deny_warnings);
        for diagnostic in build.diagnostics() {
            console.diagnostic(&build.source, diagnostic);
        }
        return match composition {
            Some(composition) => print(composition.canonical_text().as_str()),
            None => Exit::Failed,
        };
    }
    match edition(path) {
        Ok(text) => print(text.as_str()),
        Err(reason) => refuse(&console, &Refusal::because(reason)),
    }
}

/// Whether a path names a source: all else is read as an edition.
pub(super) fn is_source(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension
        .is_some_and(|extension| ["yaml", "yml"].contains(&extension.to_ascii_lowercase().as_str()))
}

fn edition(path: &Path) -> Result<CanonicalText, String> {
    let bytes = super::verify::bytes(path)?;
    let contents = read::read(&bytes).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(contents.canonical_text())
}
