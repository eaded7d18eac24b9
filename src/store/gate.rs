//! The gate before a file is read: it is a plain file, or it is not opened; and where the system has no more open files to
//! give, it is asked again.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::OFlags;
use rustix::io::Errno;

/// How long a run waits for others, its own threads among them, to close a file.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long it waits before it asks again.
const PAUSE: Duration = Duration::from_millis(5);

/// Opens a plain file for reading: a pipe or a device, which may never end, is an error.
///
/// # Errors
/// What the system gave.
pub(crate) fn open_plain(path: &Path) -> io::Result<File> {
    // Without NONBLOCK a pipe would be waited on before it can be asked what it is.
    let flags = i32::try_from(OFlags::NONBLOCK.bits()).unwrap_or_default();
    plain(patiently(|| {
        OpenOptions::new().read(true).custom_flags(flags).open(path)
    })?)
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

/// Opens something; where too many files are open, waits for one to be closed.
pub(crate) fn patiently<T, E: Into<io::Error>>(open: impl Fn() -> Result<T, E>) -> io::Result<T> {
    let start = Instant::now();
    loop {
        let error = match open() {
            Ok(opened) => return Ok(opened),
            Err(error) => error.into(),
        };
        let too_many = [Errno::MFILE, Errno::NFILE]
            .iter()
            .any(|errno| error.raw_os_error() == Some(errno.raw_os_error()));
        if !too_many || start.elapsed() > PATIENCE {
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

    #[test]
    fn a_pipe_and_a_device_are_told_and_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        rustix::fs::mknodat(
            rustix::fs::CWD,
            &pipe,
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::from_raw_mode(0o600),
            0,
        )
        .unwrap();
        for path in [pipe.as_path(), Path::new("/dev/zero"), folder.path()] {
            assert!(open_plain(path).is_err(), "{}", path.display());
        }
    }

    #[test]
    fn too_many_open_files_are_waited_for() {
        let left = Cell::new(3);
        let open = || match left.replace(left.get() - 1) {
            0 => Ok("open"),
            _ => Err(Errno::MFILE),
        };
        assert_eq!(patiently(open).unwrap(), "open");
        assert!(patiently(|| Err::<(), _>(Errno::NOENT)).is_err());
    }
}
