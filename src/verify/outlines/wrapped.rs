//! CFF outlines as a PDF has them, without tables around them, as a font that can be read (OpenType 1.9, `head`, `hhea`, `hmtx`, `maxp`).

use std::borrow::Cow;

use skrifa::raw::TableProvider;
use skrifa::{FontRef, raw::types::Tag};

use crate::fonts::{Face, FaceId};
use crate::read::FontProgram;

/// The program of a font as one that can be read; outlines alone have as many units as the face that they are named after. None where
/// there are none of a kind that is read.
pub(super) fn program<'a>(
    program: &'a FontProgram,
    named: Option<(FaceId, &Face)>,
) -> Option<Cow<'a, [u8]>> {
    match program {
        FontProgram::TrueType(program) => Some(Cow::Borrowed(program)),
        FontProgram::Cff(outlines) => {
            let (_, face) = named?;
            let font = FontRef::from_index(face.data(), face.index()).ok()?;
            let units = font.head().ok()?.units_per_em();
            let glyphs = font.maxp().ok()?.num_glyphs();
            wrapped(outlines, units, glyphs).map(Cow::Owned)
        }
        FontProgram::Other | FontProgram::Missing => None,
    }
}

/// Outlines with the tables that say how large they are, for so many glyphs at most.
fn wrapped(outlines: &[u8], units: u16, glyphs: u16) -> Option<Vec<u8>> {
    let mut head = vec![0; 54];
    head[..4].copy_from_slice(&[0, 1, 0, 0]);
    head[12..16].copy_from_slice(&0x5F0F_3CF5_u32.to_be_bytes());
    head[18..20].copy_from_slice(&units.to_be_bytes());
    let mut hhea = vec![0; 36];
    hhea[..4].copy_from_slice(&[0, 1, 0, 0]);
    hhea[34..36].copy_from_slice(&1_u16.to_be_bytes());
    let mut maxp = vec![0, 0, 0x50, 0];
    maxp.extend(glyphs.to_be_bytes());
    // One width, which nobody asks for, and the side bearings of all glyphs.
    let hmtx = vec![0; 4 + 2 * usize::from(glyphs.saturating_sub(1))];
    let tables: [(Tag, &[u8]); 5] = [
        (Tag::new(b"CFF "), outlines),
        (Tag::new(b"head"), &head),
        (Tag::new(b"hhea"), &hhea),
        (Tag::new(b"hmtx"), &hmtx),
        (Tag::new(b"maxp"), &maxp),
    ];
    let mut file = b"OTTO".to_vec();
    file.extend([0, 5, 0, 64, 0, 2, 0, 16]);
    let mut at = u32::try_from(file.len() + tables.len() * 16).ok()?;
    for (tag, table) in tables {
        let length = u32::try_from(table.len()).ok()?;
        file.extend(tag.to_be_bytes());
        file.extend([0; 4]);
        file.extend(at.to_be_bytes());
        file.extend(length.to_be_bytes());
        at = at.checked_add(length.checked_next_multiple_of(4)?)?;
    }
    for (_, table) in tables {
        file.extend_from_slice(table);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    Some(file)
}
