//! Faces cut down to the glyphs that a file shows.

use subsetter::GlyphRemapper;

use super::Face;
use crate::diagnostic::guard;

/// A face with these glyphs alone, numbered in the order in which they were named.
///
/// # Errors
/// Why it cannot be cut down. Damage that no table shows before it is read makes the subsetter panic: that is one, too.
pub(crate) fn cut_down(face: &Face, glyphs: &GlyphRemapper) -> Result<Vec<u8>, String> {
    let data = face.drawn(glyphs.remapped_gids());
    let cut = guard("cutting down a face", || {
        subsetter::subset(&data, face.index(), glyphs)
    });
    let reason = match cut {
        Ok(Ok(cut)) => return Ok(cut),
        Ok(Err(error)) => error.to_string(),
        Err(_) => "the file is damaged".to_owned(),
    };
    Err(format!(
        "the face {} cannot be cut down: {reason}",
        face.name
    ))
}
