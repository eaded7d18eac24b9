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
    Diagnostic::error(Code::ForeignFile, message)
        .hint("move it away, or let `--force` keep it aside and take its place")
}

/// A file in the place of an edition that was not as a run left it, and is kept aside.
pub(super) fn altered(path: &Path, kept: &Path, is_docx: bool, source: &Path) -> Diagnostic {
    let message = format!(
        "{} was not as a run of this program left it, edited or damaged since; it is kept as {}, and a new one stands in its place",
        path.display(),
        kept.display()
    );
    let hint = match is_docx {
        true => format!(
            "to take its words into the source, run `flashpoint update {} {}`; remove it when nobody needs it",
            shell_word(source),
            shell_word(kept)
        ),
        false => "what was changed in it, write into the source; remove it when nobody needs it"
            .to_owned(),
    };
    Diagnostic::warning(Code::EditionAltered, message).hint(hint)
}

/// The same where warnings are denied.
pub(super) fn altered_and_denied(path: &Path) -> Diagnostic {
    let message = format!(
        "{} is not as a run of this program left it, edited or damaged since; it stays, since warnings are denied",
        path.display()
    );
    Diagnostic::error(Code::EditionAltered, message)
        .hint("move it away, or run without `--deny-warnings`, which keeps it aside")
}

/// A path as a word of a command line that can be copied.
fn shell_word(path: &Path) -> String {
    let path = path.display().to_string();
    let plain = if cfg!(windows) {
        "-_./\\:@+"
    } else {
        "-_./:@,+"
    };
    let is_plain = |c: char| c.is_alphanumeric() || plain.contains(c);
    if path.chars().all(is_plain) {
        path
    } else if cfg!(windows) {
        format!("\"{path}\"")
    } else {
        format!("'{}'", path.replace('\'', "'\\''"))
    }
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
