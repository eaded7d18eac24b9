//! The DOCX edition.

use super::{EditionError, Options};
use crate::compose::Composition;
use crate::typeset::Layout;

/// Writes the DOCX edition.
///
/// # Errors
/// [`EditionError`] when a library beneath refuses.
pub fn write(_: &Composition, _: Option<&Layout>, _: &Options) -> Result<Vec<u8>, EditionError> {
    Err(EditionError::Writer {
        format: "docx",
        reason: "not written yet".to_owned(),
    })
}
