//! The EPUB edition.

use super::{EditionError, Options};
use crate::compose::Composition;
use crate::typeset::Layout;

/// Writes the EPUB edition.
///
/// # Errors
/// [`EditionError`] when a library beneath refuses.
pub fn write(_: &Composition, _: Option<&Layout>, _: &Options) -> Result<Vec<u8>, EditionError> {
    Err(EditionError::Writer {
        format: "epub",
        reason: "not written yet".to_owned(),
    })
}
