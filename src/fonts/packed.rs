//! Faces packed into the program with Brotli (RFC 7932), unpacked once a process, when something is set in them.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use super::blocks::{Blocks, unpack};

/// A packed font file.
pub(super) struct Packed {
    packed: &'static [u8],
    form: Form,
    whole: OnceLock<Arc<Vec<u8>>>,
    blocks: OnceLock<Blocks>,
    bare: OnceLock<Arc<Vec<u8>>>,
}

/// How a file is packed.
enum Form {
    /// How long it is unpacked, in four bytes, the last significant first; then the file.
    Whole,
    /// In parts of which only those that are needed are unpacked.
    Blocks,
}

impl Packed {
    pub(super) const fn new(packed: &'static [u8]) -> Self {
        Self::of(packed, Form::Whole)
    }

    /// A file in blocks.
    #[cfg(feature = "cjk")]
    pub(super) const fn in_blocks(packed: &'static [u8]) -> Self {
        Self::of(packed, Form::Blocks)
    }

    const fn of(packed: &'static [u8], form: Form) -> Self {
        Self {
            packed,
            form,
            whole: OnceLock::new(),
            blocks: OnceLock::new(),
            bare: OnceLock::new(),
        }
    }

    /// The font file.
    ///
    /// # Panics
    /// Never: a test unpacks every embedded face.
    pub(super) fn whole(&self) -> &Arc<Vec<u8>> {
        self.whole.get_or_init(|| {
            let whole = match self.form {
                Form::Whole => unpack_counted(self.packed),
                Form::Blocks => self.blocks().whole(),
            };
            Arc::new(whole.expect(WHOLE))
        })
    }

    /// The font file for all but outlines, which it may lack.
    ///
    /// # Panics
    /// Never: a test unpacks every embedded face.
    pub(super) fn bare(&self) -> &Arc<Vec<u8>> {
        match self.form {
            Form::Whole => self.whole(),
            Form::Blocks => self
                .bare
                .get_or_init(|| Arc::new(self.blocks().bare().expect(WHOLE))),
        }
    }

    /// The font file with the outlines of these glyphs at least.
    ///
    /// # Panics
    /// Never: a test unpacks every embedded face.
    pub(super) fn with(&self, glyphs: impl Iterator<Item = u16>) -> Cow<'_, [u8]> {
        match (&self.form, self.whole.get()) {
            (Form::Blocks, None) => {
                Cow::Owned(self.blocks().with(self.bare(), glyphs).expect(WHOLE))
            }
            _ => Cow::Borrowed(self.whole()),
        }
    }

    fn blocks(&self) -> &Blocks {
        self.blocks
            .get_or_init(|| Blocks::read(self.packed).expect(WHOLE))
    }
}

/// Why unpacking cannot fail.
const WHOLE: &str = "the embedded faces are whole";

fn unpack_counted(packed: &[u8]) -> Option<Vec<u8>> {
    let (length, packed) = packed.split_first_chunk()?;
    let mut whole = vec![0; usize::try_from(u32::from_le_bytes(*length)).ok()?];
    unpack(packed, &mut whole)?;
    Some(whole)
}
