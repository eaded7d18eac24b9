//! Faces packed for the web (W3C, WOFF File Format 2.0), as far as editions pack them: every table as it is, none rebuilt.

use std::io::Read;

use brotli_decompressor::Decompressor;

/// A face is at most so long when it is unpacked.
const MOST: usize = 64 << 20;
/// A face has at most so many tables.
const MOST_TABLES: u16 = 64;
/// The parts of the header (4): the file's kind begins at 4, its number of tables at 12, how long the packed part is at 20.
const HEADER: usize = 48;
/// The tables that are known by a number (4.1), as far as the faces of editions have them.
const TAGS: &[&[u8; 4]] = &[
    b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"name", b"OS/2", b"post", b"cvt ", b"fpgm",
    b"glyf", b"loca", b"prep", b"CFF ", b"VORG", b"EBDT", b"EBLC", b"gasp", b"hdmx", b"kern",
    b"LTSH", b"PCLT", b"VDMX", b"vhea", b"vmtx", b"BASE", b"GDEF", b"GPOS", b"GSUB",
];
/// The number of tables that are named.
const NAMED: u8 = 0x3F;
/// How a table is packed that stands as it is: outlines say so by another number than all others (5).
const OUTLINES_AS_THEY_ARE: u8 = 3;

/// The tables of a face packed for the web as a font file; none for another file, and for one that is packed in another way than
/// those of editions, or is damaged.
pub(super) fn unpacked(file: &[u8]) -> Option<Vec<u8>> {
    if !file.starts_with(b"wOF2") {
        return None;
    }
    let count = u16::from_be_bytes(*file.get(12..)?.first_chunk()?);
    let packed = u32::from_be_bytes(*file.get(20..)?.first_chunk()?);
    if count > MOST_TABLES {
        return None;
    }
    let mut rest = file.get(HEADER..)?;
    let mut tables: Vec<([u8; 4], usize)> = Vec::new();
    for _ in 0..count {
        tables.push(entry(&mut rest)?);
    }
    let whole: usize = tables.iter().map(|(_, length)| *length).sum();
    if whole > MOST {
        return None;
    }
    let packed = rest.get(..usize::try_from(packed).ok()?)?;
    let mut data = Vec::with_capacity(whole);
    let mut reader = Decompressor::new(packed, 4096).take(u64::try_from(whole).ok()? + 1);
    reader.read_to_end(&mut data).ok()?;
    if data.len() != whole {
        return None;
    }
    font(file.get(4..8)?, &tables, &data)
}

/// An entry of the directory: a table and its length (4.1).
fn entry(rest: &mut &[u8]) -> Option<([u8; 4], usize)> {
    let (flags, behind) = rest.split_first()?;
    *rest = behind;
    let tag = match flags & NAMED {
        NAMED => {
            let (tag, behind) = rest.split_first_chunk::<4>()?;
            *rest = behind;
            *tag
        }
        known => **TAGS.get(usize::from(known))?,
    };
    let as_it_is = match &tag {
        b"glyf" | b"loca" => OUTLINES_AS_THEY_ARE,
        _ => 0,
    };
    if flags >> 6 != as_it_is {
        return None;
    }
    Some((tag, number(rest)?))
}

/// A number of seven bits in each byte, the first the greatest (4.1, UIntBase128).
fn number(rest: &mut &[u8]) -> Option<usize> {
    let mut number = 0_usize;
    for _ in 0..5 {
        let (byte, behind) = rest.split_first()?;
        *rest = behind;
        number = number << 7 | usize::from(byte & 0x7F);
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

/// A font file of tables that follow each other in `data` (OpenType 1.9, Organization of an OpenType Font). Sums are left out.
fn font(kind: &[u8], tables: &[([u8; 4], usize)], data: &[u8]) -> Option<Vec<u8>> {
    let count = u16::try_from(tables.len()).ok()?;
    let mut start = 0;
    let mut places: Vec<([u8; 4], usize, usize)> = Vec::with_capacity(tables.len());
    for (tag, length) in tables {
        places.push((*tag, start, *length));
        start += length;
    }
    // Readers look for a table where its name would stand.
    places.sort_unstable();
    let head = 12 + 16 * places.len();
    let mut file = Vec::with_capacity(head + data.len());
    file.extend(kind);
    file.extend(count.to_be_bytes());
    file.extend([0; 6]);
    for (tag, start, length) in places {
        file.extend(tag);
        file.extend([0; 4]);
        file.extend(u32::try_from(head + start).ok()?.to_be_bytes());
        file.extend(u32::try_from(length).ok()?.to_be_bytes());
    }
    file.extend(data);
    Some(file)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use skrifa::{FontRef, MetadataProvider, Tag};

    use super::*;
    use crate::fonts::{FaceId, FaceSet, woff};

    #[test]
    fn what_was_packed_for_the_web_is_read_as_it_was() {
        let face = &FaceSet::embedded()[FaceId(0)];
        let packed = woff::pack(face, face.data()).unwrap();
        let font = unpacked(&packed).unwrap();
        let (font, own) = (FontRef::new(&font).unwrap(), face.tables().unwrap());
        for tag in [b"glyf", b"loca", b"cmap", b"hmtx", b"GSUB"] {
            let table =
                |of: &FontRef<'_>| of.table_data(Tag::new(tag)).unwrap().as_bytes().to_vec();
            assert_eq!(table(&font), table(&own));
        }
        assert_eq!(font.charmap().map('a'), own.charmap().map('a'));
        assert_eq!(unpacked(&packed[..packed.len() / 2]), None);
        assert_eq!(unpacked(b"wOF2"), None);
    }
}
