//! A face: its bytes, metrics and characters, parsed once and only when first asked for.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

use harfrust::Font;
use harfrust::font::Blob;
use skrifa::instance::{LocationRef, Size};
use skrifa::raw::ReadError;
use skrifa::{FontRef, MetadataProvider};

use super::fallback::Fallback;
use super::packed::Packed;
use super::{Family, Slant, Uses, Weight};
use crate::digest::Sha256;

/// A face, embedded in the program or brought along by a theme.
pub struct Face {
    /// Its family; none for a fallback face.
    pub family: Option<Family>,
    /// Its PostScript name.
    pub name: Cow<'static, str>,
    /// How heavy it is.
    pub weight: Weight,
    /// How it slopes.
    pub slant: Slant,
    /// How its outlines are written.
    pub outlines: Outlines,
    /// What may carry it.
    pub uses: Uses,
    /// The digest of its file; none for a face that is part of the program.
    pub digest: Option<Sha256>,
    pub(super) file: FaceFile,
    pub(super) font: OnceLock<Font>,
    /// What is known of an embedded fallback face before it is unpacked.
    pub(super) fallback: Option<&'static Fallback>,
}

/// How outlines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outlines {
    /// Quadratic curves, in a `glyf` table.
    TrueType,
    /// Cubic curves, in a `CFF` table.
    Cff,
}

/// The file of a face.
#[derive(Clone)]
pub(super) struct FaceFile {
    pub(super) bytes: FaceBytes,
    /// Which face of the file, where it is a collection.
    pub(super) index: u32,
}

/// The bytes of a face's file.
#[derive(Clone)]
pub(super) enum FaceBytes {
    /// Part of the program.
    Embedded(&'static [u8]),
    /// Part of the program, packed.
    Packed(&'static Packed),
    /// Read from a file; faces of one file share them.
    Own(Arc<[u8]>),
}

impl FaceBytes {
    fn as_slice(&self) -> &[u8] {
        match self {
            Self::Embedded(bytes) => bytes,
            Self::Packed(packed) => packed.whole(),
            Self::Own(bytes) => bytes,
        }
    }
}

impl Face {
    /// The bytes of its font file (OpenType), which may be a collection: [`Face::index`] says which face of it.
    #[must_use]
    pub fn data(&self) -> &[u8] {
        self.file.bytes.as_slice()
    }

    /// Which face of its file it is: 0 unless the file is a collection.
    #[must_use]
    pub fn index(&self) -> u32 {
        self.file.index
    }

    /// The same face for these uses.
    #[must_use]
    pub fn used_for(self, uses: Uses) -> Self {
        Self { uses, ..self }
    }

    /// Its tables, of which that of the outlines may be empty: see [`Face::drawn`] and [`Face::outlines`].
    ///
    /// # Errors
    /// What the reader of fonts says; no face that was opened gives one.
    pub fn tables(&self) -> Result<FontRef<'_>, ReadError> {
        let bytes = match &self.file.bytes {
            FaceBytes::Packed(packed) => packed.bare(),
            bytes => bytes.as_slice(),
        };
        FontRef::from_index(bytes, self.file.index)
    }

    /// Its tables with every outline.
    ///
    /// # Errors
    /// See [`Face::tables`].
    pub fn outlines(&self) -> Result<FontRef<'_>, ReadError> {
        FontRef::from_index(self.data(), self.file.index)
    }

    /// The bytes of its font file with the outlines of these glyphs; of others there may be none.
    pub fn drawn(&self, glyphs: impl Iterator<Item = u16>) -> Cow<'_, [u8]> {
        match &self.file.bytes {
            FaceBytes::Packed(packed) => packed.with(glyphs),
            bytes => Cow::Borrowed(bytes.as_slice()),
        }
    }

    /// The parsed face, for shaping, metrics and characters.
    ///
    /// # Panics
    /// Never: embedded faces are parsed by a test, others before they become a [`Face`].
    #[must_use]
    pub fn font(&self) -> &Font {
        self.font.get_or_init(|| {
            let font = parse(&self.file);
            font.expect("a face is whole when it is made")
        })
    }

    /// The glyph of a character, if the face has one.
    #[must_use]
    pub fn glyph(&self, character: char) -> Option<u16> {
        let glyph = self.font().charmap().map_unicode(character)?;
        u16::try_from(glyph.to_u32()).ok().filter(|id| *id != 0)
    }

    /// The advance of a glyph in em, kerning left out.
    #[must_use]
    pub fn advance(&self, glyph: u16) -> f32 {
        let font = self.tables();
        let metrics = font.map(|font| font.glyph_metrics(Size::unscaled(), LocationRef::default()));
        let advance = metrics.ok().and_then(|m| m.advance_width(glyph.into()));
        advance.unwrap_or_default() / f32::from(self.units_per_em())
    }

    /// Design units to the em, for example 1000.
    #[must_use]
    pub fn units_per_em(&self) -> u16 {
        self.font().units_per_em()
    }

    /// What tells a face from others in a record of runs: the name of an embedded one, whose bytes are the program's, and the
    /// digest of others, with what they are used for.
    fn key(&self) -> (&str, u32, Option<Sha256>, Uses) {
        (&self.name, self.file.index, self.digest, self.uses)
    }
}

/// The font of a file, shared where the bytes are.
pub(super) fn parse(file: &FaceFile) -> Option<Font> {
    let blob = match &file.bytes {
        FaceBytes::Embedded(bytes) => Blob::from(*bytes),
        FaceBytes::Packed(packed) => {
            let shared: Arc<dyn AsRef<[u8]> + Send + Sync> = packed.bare().clone();
            Blob::from(shared)
        }
        FaceBytes::Own(bytes) => {
            let shared: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(Arc::clone(bytes));
            Blob::from(shared)
        }
    };
    Font::new(blob, file.index)
}

/// By content: faces of the same bytes in the same place are the same.
impl PartialEq for Face {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

/// Says what [`PartialEq`] compares, and no bytes.
impl fmt::Debug for Face {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.key().fmt(f)
    }
}
