//! What its errors say: a file that another program holds is waited for, and named.

use std::io::{self, ErrorKind};
use std::time::Duration;

/// System error codes (WinError.h).
const ERROR_TOO_MANY_OPEN_FILES: i32 = 4;
const ERROR_ACCESS_DENIED: i32 = 5;
pub(super) const ERROR_SHARING_VIOLATION: i32 = 32;
const ERROR_LOCK_VIOLATION: i32 = 33;

/// How long a run waits for others, its own threads among them, to close a file.
const PATIENCE_OF_MANY: Duration = Duration::from_secs(30);
/// How long it waits for a virus scanner or an indexer to let go of one; a person who has it open is not waited for.
const PATIENCE_OF_HELD: Duration = Duration::from_secs(3);
/// How long for what may be a file that goes, or a right that nobody has.
const PATIENCE_OF_DENIED: Duration = Duration::from_millis(500);

pub(in crate::platform) fn patience(error: &io::Error) -> Option<Duration> {
    match error.raw_os_error().or_else(|| held_code(error))? {
        ERROR_TOO_MANY_OPEN_FILES => Some(PATIENCE_OF_MANY),
        ERROR_SHARING_VIOLATION | ERROR_LOCK_VIOLATION => Some(PATIENCE_OF_HELD),
        ERROR_ACCESS_DENIED => Some(PATIENCE_OF_DENIED),
        _ => None,
    }
}

/// A file that another program holds.
#[derive(Debug, thiserror::Error)]
#[error("another program has it open; close it there, and run the same command again")]
struct Held(i32);

fn held_code(error: &io::Error) -> Option<i32> {
    let held = error.get_ref()?.downcast_ref::<Held>()?;
    Some(held.0)
}

/// The error that says in plain words that another program holds a file.
pub(super) fn named(error: io::Error) -> io::Error {
    match error.raw_os_error() {
        Some(code @ (ERROR_SHARING_VIOLATION | ERROR_LOCK_VIOLATION)) => {
            io::Error::new(ErrorKind::ResourceBusy, Held(code))
        }
        _ => error,
    }
}
