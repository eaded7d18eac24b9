//! A large face packed in blocks: what shaping asks for, and the outlines of some hundred glyphs each, of which a text needs few.

use std::collections::BTreeSet;
use std::io::Read;
use std::ops::Range;

use brotli_decompressor::Decompressor;

/// A font file in blocks, as `fonts/cut.py` writes it: numbers of four bytes, the last significant first, and packed parts. The
/// numbers are how long the file is and how many parts it has; then of each part the glyph behind its last one, where it ends in the
/// file, and how long it is packed. The first part is all before the outlines, which stand last in the file; the others are their blocks.
pub(super) struct Blocks {
    length: usize,
    parts: Vec<Part>,
}

/// A part of the file.
struct Part {
    packed: &'static [u8],
    /// The glyph behind the last one whose outline it has.
    glyphs: usize,
    bytes: Range<usize>,
}

impl Blocks {
    /// Reads what stands before the parts; none where that is damaged.
    pub(super) fn read(packed: &'static [u8]) -> Option<Self> {
        let mut rest = packed;
        let mut number = || {
            let (number, behind) = rest.split_first_chunk()?;
            rest = behind;
            usize::try_from(u32::from_le_bytes(*number)).ok()
        };
        let (length, count) = (number()?, number()?);
        let rows: Option<Vec<_>> = (0..count)
            .map(|_| Some((number()?, number()?, number()?)))
            .collect();
        let mut start = 0;
        let parts = rows?.into_iter().map(|(glyphs, end, size)| {
            let (packed, behind) = rest.split_at_checked(size)?;
            rest = behind;
            Some(Part {
                packed,
                glyphs,
                bytes: std::mem::replace(&mut start, end)..end,
            })
        });
        let parts = parts.collect::<Option<_>>()?;
        Some(Self { length, parts })
    }

    /// The file without outlines but for those of the first block, its signs and kana, in whose place zeros stand: glyphs
    /// without a contour. The system gives such memory only where it is touched.
    pub(super) fn bare(&self) -> Option<Vec<u8>> {
        let mut file = vec![0; self.length];
        self.fill(&mut file, 0..2)?;
        Some(file)
    }

    /// The whole file.
    pub(super) fn whole(&self) -> Option<Vec<u8>> {
        let mut file = vec![0; self.length];
        self.fill(&mut file, 0..self.parts.len())?;
        Some(file)
    }

    /// A file with the outlines of these glyphs at least, made of one without.
    pub(super) fn with(&self, bare: &[u8], glyphs: impl Iterator<Item = u16>) -> Option<Vec<u8>> {
        let mut file = vec![0; self.length];
        let known = self.parts.get(1)?.bytes.end;
        file.get_mut(..known)?.copy_from_slice(bare.get(..known)?);
        let part_of = |glyph: u16| {
            let before = |part: &Part| part.glyphs <= usize::from(glyph);
            self.parts.partition_point(before)
        };
        let parts: BTreeSet<usize> = glyphs.map(part_of).filter(|part| *part > 1).collect();
        self.fill(&mut file, parts)?;
        Some(file)
    }

    fn fill(&self, file: &mut [u8], parts: impl IntoIterator<Item = usize>) -> Option<()> {
        for part in parts {
            let part = self.parts.get(part)?;
            unpack(part.packed, file.get_mut(part.bytes.clone())?)?;
        }
        Some(())
    }
}

/// Unpacks what fills a place; none where it is damaged.
pub(super) fn unpack(packed: &[u8], into: &mut [u8]) -> Option<()> {
    // Its own buffer: the decoder reads from it, and the file is in memory as it is.
    let mut reader = Decompressor::new(packed, 1 << 16);
    reader.read_exact(into).ok()
}
