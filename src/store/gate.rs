//! The gate before a file is read: it is a plain file, or it is not opened; and where the system has no more open files to
//! give, it is asked again.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use crate::platform;

/// How long a run waits before it asks again.
const PAUSE: Duration = Duration::from_millis(5);

/// Opens a plain file for reading: a pipe or a device, which may never end, is an error.
///
/// # Errors
/// What the system gave.
pub(crate) fn open_plain(path: &Path) -> io::Result<File> {
    plain(patiently(|| platform::open(path))?)
}

/// The bytes of a plain file that has no more than so many.
///
/// # Errors
/// What the system gave, or [`ErrorKind::FileTooLarge`].
pub(crate) fn read_plain(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_plain(path)?.take(most + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > most {
        true => Err(io::Error::new(
            ErrorKind::FileTooLarge,
            format!("it is larger than {} MiB", most >> 20),
        )),
        false => Ok(bytes),
    }
}

/// The same file, if it is a plain one.
pub(super) fn plain(file: File) -> io::Result<File> {
    match file.metadata()?.is_file() {
        true => Ok(file),
        false => Err(io::Error::new(
            ErrorKind::InvalidInput,
            "it is not a plain file",
        )),
    }
}

/// Does something with a file; where too many are open, or another program holds this one for a moment, waits and tries again.
pub(crate) fn patiently<T>(act: impl Fn() -> io::Result<T>) -> io::Result<T> {
    let start = Instant::now();
    loop {
        let error = match act() {
            Ok(done) => return Ok(done),
            Err(error) => error,
        };
        let patience = platform::patience(&error);
        if patience.is_none_or(|patience| start.elapsed() > patience) {
            return Err(error);
        }
        thread::sleep(PAUSE);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[cfg(unix)]
    #[test]
    fn a_pipe_and_a_device_are_told_and_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success());
        for path in [pipe.as_path(), Path::new("/dev/zero"), folder.path()] {
            assert!(open_plain(path).is_err(), "{}", path.display());
        }
    }

    #[test]
    fn too_many_open_files_are_waited_for() {
        // EMFILE, and ERROR_TOO_MANY_OPEN_FILES.
        let too_many = if cfg!(windows) { 4 } else { 24 };
        let left = Cell::new(3);
        let open = || match left.replace(left.get() - 1) {
            0 => Ok("open"),
            _ => Err(io::Error::from_raw_os_error(too_many)),
        };
        assert_eq!(patiently(open).unwrap(), "open");
        assert!(patiently(|| Err::<(), _>(ErrorKind::NotFound.into())).is_err());
    }
}
