//! Checking: rules over a loaded piece, and how diagnostics look.

use crate::load::Loaded;
use crate::piece::diagnostic::Diagnostic;

/// Judges a loaded piece: everything that its shape alone does not decide, in the order of the source.
#[must_use]
pub fn check(_: &Loaded) -> Vec<Diagnostic> {
    Vec::new()
}
