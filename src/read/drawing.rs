//! What is drawn: the embedded fonts of a PDF, and which of their glyphs stand for which text.

use std::sync::Arc;

use super::memo::Memo;
use crate::digest::Sha256;

/// What the text of a file is drawn with; empty where a reader's own faces draw it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Drawing {
    /// The fonts in use.
    pub fonts: Vec<EmbeddedFont>,
    /// Glyphs that stand for a text, each combination once.
    pub drawn: Vec<Drawn>,
    /// The files of faces with which a reading system draws it.
    pub faces: Vec<FaceFile>,
}

/// A font as it is embedded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmbeddedFont {
    /// Its PostScript name, without the letters that tell a subset (ISO 32000-1, 9.6.4).
    pub name: String,
    /// These letters.
    pub tag: String,
    /// What the file says of its letters as a whole.
    pub described: Described,
    /// Its program.
    pub program: FontProgram,
}

/// What a file says of the letters of a font as a whole, in thousandths of the size (ISO 32000-1, tables 117 and 122).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Described {
    /// How high and how low they reach.
    pub ascent: Option<i64>,
    /// See [`Described::ascent`].
    pub descent: Option<i64>,
    /// The height of capitals.
    pub capitals: Option<i64>,
    /// How many degrees they lean to the left.
    pub angle: Option<i64>,
    /// How broad their stems are.
    pub stems: Option<i64>,
    /// What they are like.
    pub flags: Option<i64>,
    /// The box around all of them.
    pub bounds: Vec<i64>,
    /// The width of those that have none of their own.
    pub usual: Option<i64>,
}

/// The file of a face that a Word document or a publication carries.
#[derive(Clone, PartialEq, Eq)]
pub struct FaceFile {
    /// The name of its part.
    pub place: String,
    /// The family that it is said to belong to.
    pub family: String,
    /// Whether it is said to be for strong words, and for emphasised ones.
    pub is_bold: bool,
    /// See [`FaceFile::is_bold`].
    pub is_italic: bool,
    /// The family that is said to do in its place.
    pub instead: Option<String>,
    /// What is said of its numbers: those of PANOSE, serif or not, and which parts of Unicode and which code pages it covers.
    pub numbers: Option<[String; 3]>,
    /// The file; empty where it is not there.
    pub program: Arc<FaceProgram>,
}

impl std::fmt::Debug for FaceFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} bytes)", self.place, self.program.bytes.len())
    }
}

/// The file of a face, unpacked.
#[derive(Clone, PartialEq, Eq)]
pub struct FaceProgram {
    /// The hash of its bytes.
    pub hash: Sha256,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl FaceProgram {
    /// That of these bytes.
    pub(super) fn of(bytes: Vec<u8>) -> Arc<Self> {
        Arc::new(Self {
            hash: Sha256::of(&bytes),
            bytes,
        })
    }

    /// What is made of the packed bytes of a face, and of what else it depends on. Editions of one archive carry the same faces,
    /// which need unpacking once.
    ///
    /// # Errors
    /// Those of unpacking.
    pub(super) fn unpacked<E>(
        packed: &[&[u8]],
        unpack: impl FnOnce() -> Result<Vec<u8>, E>,
    ) -> Result<Arc<Self>, E> {
        if let Some(program) = UNPACKED.get(packed) {
            return Ok(program);
        }
        let program = Self::of(unpack()?);
        if program.bytes.len() <= MOST_KEPT {
            UNPACKED.keep(packed, &program);
        }
        Ok(program)
    }
}

/// A Word document carries up to twenty faces, a publication a few; some of them change from piece to piece.
static UNPACKED: Memo<FaceProgram> = Memo::new(64);
/// Longer ones are not kept, in bytes: memory stays flat whatever comes.
const MOST_KEPT: usize = 1 << 19;

/// The program of an embedded font.
#[derive(Clone, PartialEq, Eq)]
pub enum FontProgram {
    /// TrueType outlines.
    TrueType(Vec<u8>),
    /// CFF outlines without the tables around them, whose glyphs are found by number (ISO 32000-1, 9.9).
    Cff(Vec<u8>),
    /// Outlines of another kind, which are not looked at.
    Other,
    /// None is embedded, or it cannot be unpacked.
    Missing,
}

impl std::fmt::Debug for FontProgram {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TrueType(bytes) => write!(f, "TrueType({} bytes)", bytes.len()),
            Self::Cff(bytes) => write!(f, "Cff({} bytes)", bytes.len()),
            Self::Other => f.write_str("Other"),
            Self::Missing => f.write_str("Missing"),
        }
    }
}

/// Glyphs that together stand for a text: a letter, or one with its marks.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// The font of each glyph, as an index into [`Drawing::fonts`], its number in it, and the width that the file gives it, in
    /// thousandths of the size.
    pub glyphs: Vec<(usize, u32, f64)>,
    /// The text.
    pub text: String,
    /// Where they are first drawn.
    pub place: String,
}
