//! What stops an edition besides its source, as diagnostics.

use std::io;
use std::path::Path;

use super::promote::WriteError;
use crate::diagnostic::{Code, Diagnostic};

/// A source that was written to while it was read.
pub(super) fn changed_meanwhile() -> Diagnostic {
    Diagnostic::error(Code::Changed, "the file changed while the run was going on")
        .hint("run the command again")
}

/// A file of others where an edition should stand.
pub(super) fn foreign(path: &Path) -> Diagnostic {
    let message = format!(
        "at {} stands a file that this program did not put there, and it stays",
        path.display()
    );
    Diagnostic::error(Code::ForeignFile, message).hint("move it away, or let `--force` replace it")
}

/// The end of a piece with a warning that is denied.
pub(super) fn denied() -> Diagnostic {
    Diagnostic::error(
        Code::Denied,
        "no edition is made, since warnings are denied",
    )
}

/// An edition that could not be written.
pub(super) fn not_written(error: &WriteError) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code::Write, error.to_string());
    match error.source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            diagnostic
                .hint("make room and run the command again; what stood there before is as it was")
        }
        io::ErrorKind::PermissionDenied => diagnostic.hint(
            "look whether another program has the file open, and who may write there; then run the command again",
        ),
        _ => diagnostic,
    }
}
