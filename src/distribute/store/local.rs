//! A folder of this machine.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use super::{Headers, Store, StoreError};

/// A folder. Files are written beside their place and renamed, so that no reader ever sees half a file.
pub(super) struct Folder {
    root: PathBuf,
}

impl Folder {
    pub(super) fn new(root: PathBuf) -> Self {
        Self { root }
    }

    fn error(&self, doing: &str, path: &str, error: &std::io::Error) -> StoreError {
        StoreError::new(
            format!("cannot {doing} {}", self.root.join(path).display()),
            error,
        )
    }
}

impl Store for Folder {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        match fs::read(self.root.join(path)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.error("read", path, &error)),
        }
    }

    fn put(&self, path: &str, bytes: Vec<u8>, _: &Headers<'_>) -> Result<(), StoreError> {
        let place = self.root.join(path);
        let folder = place.parent().unwrap_or(&self.root);
        let put = || {
            fs::create_dir_all(folder)?;
            let mut file = tempfile::Builder::new()
                .prefix(".flashpoint-")
                .tempfile_in(folder)?;
            file.write_all(&bytes)?;
            readable_by_all(file.as_file())?;
            file.persist(&place).map_err(|failed| failed.error)?;
            Ok(())
        };
        put().map_err(|error| self.error("write", path, &error))
    }

    fn remove(&self, path: &str) -> Result<(), StoreError> {
        match fs::remove_file(self.root.join(path)) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(self.error("remove", path, &error)),
        }
        // Folders that the file leaves empty go with it; one with anything else in it stays.
        let above = self.root.join(path);
        for folder in above
            .ancestors()
            .skip(1)
            .take_while(|folder| **folder != self.root)
        {
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
        Ok(())
    }

    fn is_empty(&self) -> Result<bool, StoreError> {
        match fs::read_dir(&self.root) {
            Ok(mut entries) => Ok(entries.next().is_none()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(true),
            Err(error) => Err(self.error("list", "", &error)),
        }
    }

    fn width(&self) -> usize {
        2
    }
}

/// Temporary files are private; a web server has to read these.
fn readable_by_all(file: &fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}
