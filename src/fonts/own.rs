//! Faces of one's own: font files to faces, with every reason why one cannot be used.
//!
//! What editions may carry a face is decided here once: by the embedding permission that the file states (`fsType` of the
//! `OS/2` table; ISO/IEC 14496-22, 5.2.6), by the licence that it names, and by what the theme says the licence allows.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use skrifa::MetadataProvider;
use skrifa::raw::types::Tag;
use skrifa::raw::{FileRef, FontRef, ReadError, TableProvider};
use skrifa::string::StringId;

use super::face::{FaceBytes, FaceFile, parse};
use super::{Face, FamilyRecord, Generic, Outlines, Slant, Use, Uses, Weight};
use crate::digest::Sha256;

/// The largest file of a face: collections of Chinese faces have some 30 MiB.
pub const MAX_BYTES: u64 = 64 << 20;

/// Why a file gives no face.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FaceError {
    /// Another kind of file.
    #[error("this is no font file")]
    NotAFont,
    /// Packed for the web.
    #[error("this font file is packed for the web")]
    Packed,
    /// The file is damaged.
    #[error("the font file is damaged: {reason}")]
    Damaged {
        /// What is wrong.
        reason: String,
    },
    /// A collection, and nothing says which face of it.
    #[error("this collection holds {} faces", names.len())]
    Collection {
        /// The faces' names, in their order.
        names: Vec<String>,
    },
    /// Fewer faces than the index asks for.
    #[error("this file has no face {index}")]
    NoSuchIndex {
        /// What was asked for.
        index: u32,
        /// How many there are.
        count: u32,
    },
    /// A variable font.
    #[error("this is a variable font")]
    Variable {
        /// Its axes.
        axes: Vec<String>,
    },
    /// The permission forbids every embedding.
    #[error("the face's embedding permission (fsType {fs_type}) forbids that documents carry it")]
    Restricted {
        /// The value of the table.
        fs_type: u16,
    },
    /// The permission forbids what every edition does.
    #[error("the face's embedding permission (fsType {fs_type}) forbids {what}")]
    Forbidden {
        /// The value of the table.
        fs_type: u16,
        /// What is forbidden.
        what: &'static str,
    },
    /// A character without which no text is set is missing.
    #[error("the face has no {what}")]
    Without {
        /// What it lacks.
        what: &'static str,
    },
}

impl FaceError {
    /// The way out.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::NotAFont => {
                "give a TTF or OTF file, or a TTC collection with an index".to_owned()
            }
            Self::Packed => "give the TTF or OTF file that it was made from".to_owned(),
            Self::Damaged { .. } => "fetch the file anew from its maker".to_owned(),
            Self::Collection { names } => {
                let shown = names.iter().enumerate().take(12);
                let shown: Vec<String> =
                    shown.map(|(at, name)| format!("{at} is {name}")).collect();
                format!("say which: {{file: …, index: 0}}; {}", shown.join(", "))
            }
            Self::NoSuchIndex { count: 1, .. } => {
                "it holds one face: leave the index out".to_owned()
            }
            Self::NoSuchIndex { count, .. } => format!("an index from 0 to {}", count - 1),
            Self::Variable { axes } => format!(
                "give static instances, one file for each style (this one varies {}); the makers of most variable fonts offer them too",
                axes.join(", ")
            ),
            Self::Restricted { .. } | Self::Forbidden { .. } => {
                "ask the maker for a licence and files that allow it, or use another face"
                    .to_owned()
            }
            Self::Without { .. } => {
                "use it as a fallback face, beside one for running text".to_owned()
            }
        }
    }
}

/// What a face is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A style of a family, which sets any text.
    Style(Weight, Slant),
    /// Characters that other faces lack.
    Fallback,
}

/// A font file that was read, for the faces it holds.
#[derive(Clone)]
pub struct FontFile {
    bytes: Arc<[u8]>,
    digest: Sha256,
}

/// A face that was opened, with what its file says of itself.
#[derive(Debug)]
pub struct OwnFace {
    /// The face; it may be carried wherever its file lets it.
    pub face: Face,
    /// The family's name.
    pub family: String,
    /// Serif or not, by the face's PANOSE numbers.
    pub generic: Generic,
    /// The embedding permission.
    pub permission: Permission,
    /// Whether the file says that it is under the SIL Open Font License.
    pub open: bool,
}

/// The embedding permission of a face that may be embedded at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// Any document may carry it, and be edited.
    Editable,
    /// Documents that are looked at and printed may carry it.
    Print,
}

impl FontFile {
    /// A file's bytes.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Self {
        Self {
            digest: Sha256::of(&bytes),
            bytes: bytes.into(),
        }
    }

    /// Opens a face of the file; the index is needed where it is a collection.
    ///
    /// # Errors
    /// [`FaceError`] with the reason.
    pub fn open(&self, index: Option<u32>, purpose: Purpose) -> Result<OwnFace, FaceError> {
        let index = self.index(index)?;
        let font = FontRef::from_index(&self.bytes, index).map_err(damaged)?;
        let axes = font.axes();
        if !axes.is_empty() {
            let axes = axes.iter().map(|axis| axis.tag().to_string());
            return Err(FaceError::Variable {
                axes: axes.collect(),
            });
        }
        let outlines = outlines(&font)?;
        whole(&font)?;
        let permission = permission(&font)?;
        let (weight, slant) = match purpose {
            Purpose::Style(weight, slant) => (weight, slant),
            Purpose::Fallback => style(&font),
        };
        let file = FaceFile {
            bytes: FaceBytes::Own(Arc::clone(&self.bytes)),
            index,
        };
        let parsed = parse(&file).ok_or_else(|| damaged(ReadError::InvalidSfnt(0)))?;
        let face = Face {
            family: None,
            name: Cow::Owned(postscript_name(&font)),
            weight,
            slant,
            outlines,
            uses: Uses::ALL,
            digest: Some(self.digest),
            file,
            font: OnceLock::from(parsed),
            fallback: None,
        };
        if matches!(purpose, Purpose::Style(..)) {
            for (character, what) in [(' ', "space"), ('-', "hyphen"), ('n', "Latin letters")] {
                if face.glyph(character).is_none() {
                    return Err(FaceError::Without { what });
                }
            }
        }
        Ok(OwnFace {
            face,
            family: family_name(&font),
            generic: generic(&font),
            permission,
            open: is_open(&font),
        })
    }

    fn index(&self, index: Option<u32>) -> Result<u32, FaceError> {
        if self.bytes.starts_with(b"wOFF") || self.bytes.starts_with(b"wOF2") {
            return Err(FaceError::Packed);
        }
        let count = match FileRef::new(&self.bytes) {
            Err(_) => return Err(FaceError::NotAFont),
            Ok(FileRef::Font(_)) => 1,
            Ok(FileRef::Collection(collection)) => collection.len(),
        };
        match index {
            Some(index) if index < count => Ok(index),
            Some(index) => Err(FaceError::NoSuchIndex { index, count }),
            None if count == 1 => Ok(0),
            None => Err(FaceError::Collection {
                names: (0..count).map(|index| self.name(index)).collect(),
            }),
        }
    }

    /// The full name of a face, for messages.
    fn name(&self, index: u32) -> String {
        let font = FontRef::from_index(&self.bytes, index).ok();
        let name = font.and_then(|font| string(&font, StringId::FULL_NAME));
        name.unwrap_or_else(|| "without a name".to_owned())
    }
}

/// What a theme says of a licence, or nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// The uses it allows.
    Allows(Uses),
    /// Nothing: the file is asked.
    Nothing,
}

/// Why an edition names a face and does not carry it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Withheld {
    /// The edition.
    pub from: Use,
    /// The reason.
    pub reason: &'static str,
}

impl OwnFace {
    /// What editions say of it as the fallback face of this number. A part of a face that is written out as a file is a modified
    /// version of it, and bears no name that its maker may have reserved.
    pub(super) fn fallback_record(
        &self,
        number: usize,
        uses: Uses,
        licence: Option<Arc<[u8]>>,
    ) -> FamilyRecord {
        let generic = self.generic;
        FamilyRecord {
            installed: self.family.clone().into(),
            subset: format!("Flashpoint Fallback {number}").into(),
            file: format!("fallback-{number}").into(),
            generic,
            instead: match generic {
                Generic::Serif => "Times New Roman",
                Generic::Sans => "Arial",
            },
            stack: format!("\"{}\", {}", self.family, generic.css()).into(),
            uses,
            licence,
        }
    }

    /// What may carry the face, and what may not for a reason that nobody asked for.
    ///
    /// A claim allows; the permission that the file states, and what an edition's readers can show, forbid all the same.
    #[must_use]
    pub fn uses(&self, claim: Claim) -> (Uses, Vec<Withheld>) {
        let mut withheld = Vec::new();
        let allowed = Use::ALL.into_iter().map(|(_, of)| of).filter(|of| {
            let claimed = match claim {
                Claim::Allows(uses) => uses.allow(*of),
                Claim::Nothing => true,
            };
            let reason = self.reason_against(*of, claim);
            let against = reason.filter(|_| claimed);
            withheld.extend(against.map(|reason| Withheld { from: *of, reason }));
            claimed && reason.is_none()
        });
        (allowed.collect(), withheld)
    }

    fn reason_against(&self, of: Use, claim: Claim) -> Option<&'static str> {
        let nobody_says = !self.open && claim == Claim::Nothing;
        match of {
            Use::Pdf | Use::Cover => None,
            Use::Docx if self.permission == Permission::Print => {
                Some("its embedding permission allows to look and print, and not to edit")
            }
            Use::Docx if self.face.outlines == Outlines::Cff => {
                Some("word processors show embedded TrueType outlines alone, and these are CFF")
            }
            Use::Docx => None,
            Use::Epub | Use::Web => nobody_says
                .then_some("nothing says that its licence allows files for everybody to fetch"),
        }
    }
}

/// The style that a face says it has.
fn style(font: &FontRef<'_>) -> (Weight, Slant) {
    let attributes = font.attributes();
    let weight = if attributes.weight.value() >= 550.0 {
        Weight::Semibold
    } else {
        Weight::Regular
    };
    let slant = match attributes.style {
        skrifa::attribute::Style::Normal => Slant::Upright,
        _ => Slant::Italic,
    };
    (weight, slant)
}

fn damaged(error: ReadError) -> FaceError {
    FaceError::Damaged {
        reason: error.to_string(),
    }
}

fn outlines(font: &FontRef<'_>) -> Result<Outlines, FaceError> {
    let has = |tag: &[u8; 4]| font.table_data(Tag::new(tag)).is_some();
    match (has(b"glyf") && has(b"loca"), has(b"CFF ")) {
        (true, _) => Ok(Outlines::TrueType),
        (false, true) => Ok(Outlines::Cff),
        (false, false) => Err(FaceError::Damaged {
            reason: "it has neither TrueType nor CFF outlines".to_owned(),
        }),
    }
}

/// Reads every table that any edition needs, and draws the glyphs of the commonest characters.
fn whole(font: &FontRef<'_>) -> Result<(), FaceError> {
    let head = font.head().map_err(damaged)?;
    font.hhea().map_err(damaged)?;
    font.hmtx().map_err(damaged)?;
    font.maxp().map_err(damaged)?;
    font.cmap().map_err(damaged)?;
    font.post().map_err(damaged)?;
    font.os2().map_err(damaged)?;
    let broken = |reason: String| FaceError::Damaged { reason };
    let names = font.name().map_err(damaged)?;
    let names = (names.name_record(), names.string_data());
    let mut own = names.0.iter().filter(|name| name.is_unicode());
    if own.any(|name| name.string(names.1).is_err()) {
        return Err(broken("it has names outside of their table".to_owned()));
    }
    if !(16..=16_384).contains(&head.units_per_em()) {
        let units = head.units_per_em();
        return Err(broken(format!("{units} units to the em")));
    }
    let charmap = font.charmap();
    if !charmap.has_map() {
        return Err(broken("its characters are not those of Unicode".to_owned()));
    }
    let glyphs = font.outline_glyphs();
    for (character, glyph) in charmap.mappings().take(1000) {
        let drawn = glyphs.get(glyph).is_some_and(|glyph| {
            let settings = skrifa::outline::DrawSettings::unhinted(
                skrifa::prelude::Size::unscaled(),
                skrifa::prelude::LocationRef::default(),
            );
            glyph
                .draw(settings, &mut skrifa::outline::pen::NullPen)
                .is_ok()
        });
        if !drawn {
            return Err(broken(format!(
                "the glyph of U+{character:04X} cannot be drawn"
            )));
        }
    }
    Ok(())
}

/// The permission, where it allows what every edition does: to carry a part of the outlines.
fn permission(font: &FontRef<'_>) -> Result<Permission, FaceError> {
    let fs_type = font.os2().map_err(damaged)?.fs_type();
    if fs_type & 0x100 != 0 {
        let what = "subsets, and every edition carries only the glyphs that it shows";
        return Err(FaceError::Forbidden { fs_type, what });
    }
    if fs_type & 0x200 != 0 {
        let what = "its outlines in documents";
        return Err(FaceError::Forbidden { fs_type, what });
    }
    // Where a file sets several of these bits, the most generous counts.
    match fs_type & 0xF {
        bits if bits & 8 != 0 || bits == 0 => Ok(Permission::Editable),
        bits if bits & 4 != 0 => Ok(Permission::Print),
        bits if bits & 2 != 0 => Err(FaceError::Restricted { fs_type }),
        _ => Ok(Permission::Editable),
    }
}

fn string(font: &FontRef<'_>, id: StringId) -> Option<String> {
    let strings = font.localized_strings(id);
    let english = strings.english_or_first()?.to_string();
    Some(english).filter(|text| !text.trim().is_empty())
}

/// A name for font dictionaries: at most 63 printable ASCII characters without delimiters (ISO/IEC 14496-22, name ID 6).
fn postscript_name(font: &FontRef<'_>) -> String {
    let name = string(font, StringId::POSTSCRIPT_NAME).unwrap_or_else(|| family_name(font));
    let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let name: String = name.chars().filter(plain).take(63).collect();
    if name.is_empty() {
        "Own".to_owned()
    } else {
        name
    }
}

fn family_name(font: &FontRef<'_>) -> String {
    let typographic = string(font, StringId::TYPOGRAPHIC_FAMILY_NAME);
    let name = typographic.or_else(|| string(font, StringId::FAMILY_NAME));
    // It stands in quotation marks in style sheets.
    let sound = |c: &char| !c.is_control() && !matches!(c, '"' | '\\' | '<' | '>' | '&' | ';');
    let name = name.unwrap_or_default();
    let name: String = name.chars().filter(sound).take(60).collect();
    if name.trim().is_empty() {
        "a face without a name".to_owned()
    } else {
        name
    }
}

/// By PANOSE's serif style, where the face is one for Latin text and says it; a face that does not is taken for one with serifs.
fn generic(font: &FontRef<'_>) -> Generic {
    let os2 = font.os2().ok();
    let panose = os2.as_ref().map(|os2| os2.panose_10());
    match panose {
        Some([2, 11..=15, ..]) => Generic::Sans,
        Some([2, 2..=10, ..]) => Generic::Serif,
        _ => match os2.map(|os2| os2.s_family_class() >> 8) {
            Some(8) => Generic::Sans,
            _ => Generic::Serif,
        },
    }
}

/// Whether licence or its page, as the file has them, are those of the OFL.
fn is_open(font: &FontRef<'_>) -> bool {
    let says = |id, words: &[&str]| {
        string(font, id).is_some_and(|text| words.iter().any(|word| text.contains(word)))
    };
    says(
        StringId::LICENSE_DESCRIPTION,
        &["SIL Open Font License", "SIL OPEN FONT LICENSE"],
    ) || says(
        StringId::LICENSE_URL,
        &["scripts.sil.org/OFL", "openfontlicense.org"],
    )
}
