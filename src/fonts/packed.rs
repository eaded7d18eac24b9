//! Faces packed into the program with Brotli, unpacked once a process, when something is set in them.

use std::io::Read;
use std::sync::{Arc, OnceLock};

use brotli_decompressor::Decompressor;

/// A packed font file.
pub(super) struct Packed {
    /// How long it is unpacked, in four bytes, the last significant first; then the file in Brotli's format (RFC 7932).
    packed: &'static [u8],
    whole: OnceLock<Arc<[u8]>>,
}

impl Packed {
    pub(super) const fn new(packed: &'static [u8]) -> Self {
        Self {
            packed,
            whole: OnceLock::new(),
        }
    }

    /// The font file.
    ///
    /// # Panics
    /// Never: a test unpacks every embedded face.
    pub(super) fn whole(&self) -> &Arc<[u8]> {
        self.whole
            .get_or_init(|| unpack(self.packed).expect("the embedded faces are whole"))
    }
}

fn unpack(packed: &[u8]) -> Option<Arc<[u8]>> {
    let (length, packed) = packed.split_first_chunk()?;
    let mut whole = vec![0; usize::try_from(u32::from_le_bytes(*length)).ok()?];
    // Its own buffer: the decoder reads from it, and the file is in memory as it is.
    let mut reader = Decompressor::new(packed, 1 << 16);
    reader.read_exact(&mut whole).ok()?;
    Some(whole.into())
}
