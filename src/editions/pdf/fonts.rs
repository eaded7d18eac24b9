//! Faces: which code stands for which glyph and text, and the subsets that are embedded. What is shown is for `content`.
//!
//! A code is given to each pair of glyph and text on its first use, so that a glyph which stands for several texts (a small
//! capital, an old-style figure, a hyphen put in at a line's end) is read rightly each time. `CIDToGIDMap` leads from codes
//! to glyphs (ISO 32000-1, 9.7.4.2), `ToUnicode` from codes to text (9.10.3).

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use printpdf::{
    Codepoint, FontId, FontMetrics, FontType, Op, ParsedFont, PdfFont, PdfFontHandle,
    PdfFontMetricsStub, Pt, TextItem,
};
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::{GlyphMetrics, Metrics};
use skrifa::raw::TableProvider;
use skrifa::{GlyphId, MetadataProvider};
use subsetter::GlyphRemapper;

use super::cff::{self, CodedGlyph};
use super::codes::{next_code, readable};
use super::composites::{self, Component, Composite};
use super::{failed, finish};
use crate::digest::Sha256;
use crate::editions::EditionError;
use crate::fonts::{Face, FaceId, FaceSet, Outlines, cut_down};

/// How many texts of a glyph are looked through one by one. Hardly a glyph has more, but for the box of missing characters.
const FEW: usize = 8;
/// The most composite glyphs of a face: there must be glyph ids and codes left for its own.
const MOST_COMPOSITES: usize = 20_000;

/// The faces of the document with the codes given so far.
pub(super) struct Fonts<'f> {
    set: &'f FaceSet,
    /// By face id.
    faces: Vec<Option<UsedFace<'f>>>,
}

/// A face in use.
pub(super) struct UsedFace<'f> {
    face: &'f Face,
    /// Its name among the resources of the pages.
    resource: String,
    metrics: Metrics,
    advances: GlyphMetrics<'f>,
    weight: u16,
    /// Glyphs made of others. Their ids stand behind those of the face's own.
    composites: BTreeMap<Composite, u32>,
    /// By glyph id, one more than the index of the first code given to it.
    first: Vec<u32>,
    codes: Vec<Code>,
    program: OnceCell<Vec<u8>>,
    /// By glyph and text, the index of each code.
    indices: HashMap<u32, HashMap<Box<str>, u32>>,
}

/// What a code stands for.
struct Code {
    code: u16,
    glyph: u32,
    text: Box<str>,
    width: u16,
    /// One more than the index of the next code of the same glyph.
    next: u32,
}

/// A code and its width in thousandths of the size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Coded {
    pub(super) code: u16,
    pub(super) width: u16,
}

impl Code {
    fn coded(&self) -> Coded {
        Coded {
            code: self.code,
            width: self.width,
        }
    }
}

impl<'f> Fonts<'f> {
    /// None of a set's faces in use yet.
    pub(super) fn new(set: &'f FaceSet) -> Self {
        Self {
            set,
            faces: Vec::new(),
        }
    }

    /// The face with this id, for giving codes.
    pub(super) fn face(&mut self, id: FaceId) -> Result<&mut UsedFace<'f>, EditionError> {
        let index = usize::from(id.0);
        if self.faces.len() <= index {
            self.faces.resize_with(index + 1, || None);
        }
        let slot = &mut self.faces[index];
        if slot.is_none() {
            *slot = Some(UsedFace::open(id, &self.set[id])?);
        }
        slot.as_mut()
            .ok_or_else(|| failed("a face could not be opened"))
    }

    fn used(&self) -> impl Iterator<Item = &UsedFace<'f>> {
        self.faces
            .iter()
            .flatten()
            .filter(|face| !face.codes.is_empty())
    }

    /// Hands the subsets to printpdf: the fonts by their ids, and operations that show every code once, by which printpdf
    /// knows the widths and texts to write. They belong on a page that is thrown away.
    pub(super) fn register(
        &self,
        fonts: &mut BTreeMap<FontId, PdfFont>,
    ) -> Result<Vec<Op>, EditionError> {
        let mut ops = vec![Op::StartTextSection];
        for face in self.used() {
            let id = FontId(face.resource.clone());
            fonts.insert(id.clone(), PdfFont::new(face.parsed()?));
            ops.push(Op::SetFont {
                font: PdfFontHandle::External(id),
                size: Pt(1.0),
            });
            let glyphs = face.codes.iter();
            let glyphs =
                glyphs.map(|code| Codepoint::with_cid(code.code, 0.0, readable(&code.text)));
            ops.push(Op::ShowText {
                items: vec![TextItem::GlyphIds(glyphs.collect())],
            });
        }
        ops.push(Op::EndTextSection);
        Ok(ops)
    }

    /// Completes the fonts that printpdf wrote: the way from codes to glyphs, the height of capitals, compression.
    pub(super) fn complete(
        &self,
        document: &mut Document,
        fonts: &Dictionary,
    ) -> Result<(), EditionError> {
        for face in self.used() {
            let font = fonts
                .get(face.resource.as_bytes())
                .and_then(Object::as_reference);
            face.complete(document, font.map_err(failed)?)?;
        }
        Ok(())
    }
}

impl<'f> UsedFace<'f> {
    fn open(id: FaceId, face: &'f Face) -> Result<Self, EditionError> {
        let font = face.tables().map_err(failed)?;
        let at = LocationRef::default();
        let metrics = font.metrics(Size::unscaled(), at);
        let count = usize::try_from(metrics.glyph_count).map_err(failed)?;
        Ok(Self {
            face,
            // Not `F1` to `F14`: printpdf takes those for the fonts that every reader has.
            resource: format!("T{}", id.0),
            advances: font.glyph_metrics(Size::unscaled(), at),
            weight: font.os2().map_or(400, |os2| os2.us_weight_class()),
            metrics,
            composites: BTreeMap::new(),
            first: vec![0; count],
            codes: Vec::new(),
            program: OnceCell::new(),
            indices: HashMap::new(),
        })
    }

    /// Its name among the resources of the pages.
    pub(super) fn resource(&self) -> &str {
        &self.resource
    }

    /// Thousandths of the size per design unit.
    pub(super) fn scale(&self) -> f64 {
        1000.0 / f64::from(self.metrics.units_per_em.max(1))
    }

    /// How far a glyph moves the pen by itself, in design units; `None` when the face has no such glyph.
    pub(super) fn advance(&self, glyph: u16) -> Option<f32> {
        self.advances.advance_width(GlyphId::from(glyph))
    }

    /// How far the outline of a glyph reaches down and up, in design units; `None` when it shows nothing.
    pub(super) fn reach(&self, glyph: u16) -> Option<[f32; 2]> {
        let bounds = self.advances.bounds(GlyphId::from(glyph))?;
        (bounds.y_max > bounds.y_min).then_some([bounds.y_min, bounds.y_max])
    }

    /// The code for a glyph that stands for a text; `None` when the face has no such glyph or no code is left.
    pub(super) fn code(&mut self, glyph: u16, text: &str) -> Option<Coded> {
        let advance = self.advance(glyph)?;
        self.given(glyph.into(), advance, text)
    }

    /// The code for glyphs made one that stand for a text; `None` when there are too many of them, or where outlines are CFF,
    /// which have no composites.
    pub(super) fn cluster(&mut self, composite: Composite, text: &str) -> Option<Coded> {
        if self.face.outlines == Outlines::Cff {
            return None;
        }
        let advance = f32::from(composite.advance);
        let known = self.composites.get(&composite).copied();
        let glyph = match known {
            Some(glyph) => glyph,
            None if self.composites.len() >= MOST_COMPOSITES => return None,
            None => {
                let glyph = u32::try_from(self.first.len()).ok()?;
                self.first.push(0);
                self.composites.insert(composite, glyph);
                glyph
            }
        };
        self.given(glyph, advance, text)
    }

    fn given(&mut self, glyph: u32, advance: f32, text: &str) -> Option<Coded> {
        let mut next = *self.first.get(glyph as usize)?;
        let mut looked = 0;
        while next != 0 {
            if looked == FEW {
                let texts = self.indices.get(&glyph);
                match texts.and_then(|texts| texts.get(text)) {
                    Some(index) => return Some(self.codes[*index as usize].coded()),
                    None => break,
                }
            }
            let code = &self.codes[next as usize - 1];
            if *code.text == *text {
                return Some(code.coded());
            }
            next = code.next;
            looked += 1;
        }
        let code = next_code(self.codes.last().map_or(0, |last| last.code))?;
        let width = (f64::from(advance) * self.scale())
            .round()
            .clamp(0.0, 65_535.0) as u16;
        let first = &mut self.first[glyph as usize];
        let index = u32::try_from(self.codes.len()).ok()?;
        let texts = self.indices.entry(glyph).or_default();
        texts.insert(text.into(), index);
        self.codes.push(Code {
            code,
            glyph,
            text: text.into(),
            width,
            next: *first,
        });
        *first = index + 1;
        Some(Coded { code, width })
    }

    /// The glyphs made of others, in the order of their ids, of the glyphs of a subset.
    fn made(&self, remapper: &GlyphRemapper) -> Vec<Composite> {
        let mut made: Vec<_> = self.composites.iter().collect();
        made.sort_by_key(|(_, glyph)| **glyph);
        let made = made.into_iter().map(|(composite, _)| {
            let components = composite.components.iter().map(|component| Component {
                glyph: remapper.get(component.glyph).unwrap_or(0),
                ..*component
            });
            Composite {
                components: components.collect(),
                advance: composite.advance,
            }
        });
        made.collect()
    }

    /// The font that printpdf embeds: the subset, with the widths by code and all metrics in thousandths.
    fn parsed(&self) -> Result<ParsedFont, EditionError> {
        let bytes = self.program()?;
        let thousandths = |units: f32| (f64::from(units) * self.scale()).round() as i16;
        let bounds = self.metrics.bounds.unwrap_or_default();
        let angle = f64::from(self.metrics.italic_angle).to_radians();
        Ok(ParsedFont {
            font_name: Some(self.base_font(bytes)),
            original_bytes: match self.face.outlines {
                Outlines::TrueType => bytes.clone(),
                // printpdf would give codes of its own to a font of this kind: it is put in afterwards.
                Outlines::Cff => vec![0],
            },
            font_index: 0,
            codepoint_to_glyph: Default::default(),
            glyph_widths: self
                .codes
                .iter()
                .map(|code| (code.code, code.width))
                .collect(),
            units_per_em: 1000,
            font_metrics: FontMetrics {
                ascent: thousandths(self.metrics.ascent),
                descent: thousandths(self.metrics.descent),
            },
            font_type: FontType::TrueType,
            pdf_font_metrics: PdfFontMetricsStub {
                units_per_em: 1000,
                x_min: thousandths(bounds.x_min),
                y_min: thousandths(bounds.y_min),
                x_max: thousandths(bounds.x_max),
                y_max: thousandths(bounds.y_max),
                caret_slope_rise: 1000,
                caret_slope_run: (-angle.tan() * 1000.0).round() as i16,
                us_weight_class: self.weight,
            },
        })
    }

    /// The name that tells this subset from others.
    fn base_font(&self, program: &[u8]) -> String {
        format!("{}+{}", tag(program), self.face.name)
    }

    /// The program that is embedded, made once.
    fn program(&self) -> Result<&Vec<u8>, EditionError> {
        if let Some(made) = self.program.get() {
            return Ok(made);
        }
        let remapper = self.remapper();
        let subset = cut_down(self.face, &remapper).map_err(failed)?;
        let program = match self.face.outlines {
            Outlines::TrueType => composites::append(subset, &self.made(&remapper))?,
            Outlines::Cff => cff::table(&subset)?,
        };
        Ok(self.program.get_or_init(|| program))
    }

    fn remapper(&self) -> GlyphRemapper {
        let mut remapper = GlyphRemapper::new();
        for code in &self.codes {
            if let Some(glyph) = self.own(code.glyph) {
                remapper.remap(glyph);
            }
        }
        for composite in self.composites.keys() {
            for component in &composite.components {
                remapper.remap(component.glyph);
            }
        }
        remapper
    }

    /// A glyph of the face's own.
    fn own(&self, glyph: u32) -> Option<u16> {
        let own = self.first.len() - self.composites.len();
        let glyph = u16::try_from(glyph).ok()?;
        (usize::from(glyph) < own).then_some(glyph)
    }

    fn complete(&self, document: &mut Document, font: ObjectId) -> Result<(), EditionError> {
        let type0 = document.get_dictionary(font).map_err(failed)?;
        let unicode = type0.get(b"ToUnicode").and_then(Object::as_reference);
        let unicode = unicode.map_err(failed)?;
        let way = match self.face.outlines {
            Outlines::TrueType => self.map(document)?,
            Outlines::Cff => self.encoding(document)?,
        };
        let program = match self.face.outlines {
            Outlines::TrueType => None,
            Outlines::Cff => Some(document.add_object(cff::program(self.program()?)?)),
        };
        let type0 = document.get_dictionary_mut(font).map_err(failed)?;
        if program.is_some() {
            type0.set("Encoding", way.clone());
        }
        let descendant = type0
            .get_mut(b"DescendantFonts")
            .and_then(Object::as_array_mut);
        let descendant = descendant
            .map_err(failed)?
            .first_mut()
            .ok_or_else(|| failed("no descendant"))?;
        let descendant = descendant.as_dict_mut().map_err(failed)?;
        if program.is_some() {
            descendant.set("Subtype", "CIDFontType0");
            descendant.set("W", cff::widths(&self.coded()?));
        } else {
            descendant.set("CIDToGIDMap", way);
        }
        let descriptor = descendant
            .get(b"FontDescriptor")
            .and_then(Object::as_reference);
        let descriptor = document.get_dictionary_mut(descriptor.map_err(failed)?);
        let descriptor = descriptor.map_err(failed)?;
        if let Some(capitals) = self.metrics.cap_height {
            let height = (f64::from(capitals) * self.scale()).round() as i64;
            descriptor.set("CapHeight", height);
        }
        let placeholder = descriptor
            .get(b"FontFile2")
            .and_then(Object::as_reference)
            .map_err(failed)?;
        match program {
            Some(program) => {
                descriptor.remove(b"FontFile2");
                descriptor.set("FontFile3", program);
                document.objects.remove(&placeholder);
            }
            None => deflate_in_place(document, placeholder)?,
        }
        deflate_in_place(document, unicode)
    }

    /// The codes with the glyphs of the subset, ascending.
    fn coded(&self) -> Result<Vec<CodedGlyph>, EditionError> {
        let remapper = self.remapper();
        let own = self.first.len() - self.composites.len();
        // The subset has more glyphs than it was asked for where those are composites of the face's own.
        let behind = match self.face.outlines {
            Outlines::TrueType => usize::from(composites::count(self.program()?)?),
            Outlines::Cff => 0,
        };
        let behind = behind.saturating_sub(self.composites.len());
        let coded = self.codes.iter().map(|code| CodedGlyph {
            code: code.code,
            glyph: match self.own(code.glyph) {
                Some(glyph) => remapper.get(glyph).unwrap_or(0),
                None => (code.glyph as usize - own + behind) as u16,
            },
            width: code.width,
        });
        Ok(coded.collect())
    }

    /// The way from codes to glyphs where the outlines are TrueType (ISO 32000-1, 9.7.4.2).
    fn map(&self, document: &mut Document) -> Result<Object, EditionError> {
        let last = self.codes.last().map_or(0, |code| usize::from(code.code));
        let mut map = vec![0; 2 * (last + 1)];
        for CodedGlyph { code, glyph, .. } in self.coded()? {
            let at = 2 * usize::from(code);
            map[at..at + 2].copy_from_slice(&glyph.to_be_bytes());
        }
        let map = finish::deflated(Dictionary::new(), &map)?;
        Ok(Object::Reference(document.add_object(map)))
    }

    /// The same where they are CFF.
    fn encoding(&self, document: &mut Document) -> Result<Object, EditionError> {
        let name = self.base_font(self.program()?);
        cff::encoding(document, &name, &self.coded()?)
    }
}

fn deflate_in_place(document: &mut Document, id: ObjectId) -> Result<(), EditionError> {
    let stream = document
        .get_object_mut(id)
        .and_then(Object::as_stream_mut)
        .map_err(failed)?;
    let taken = std::mem::replace(stream, Stream::new(Dictionary::new(), Vec::new()));
    *stream = finish::deflated(taken.dict, &taken.content)?;
    Ok(())
}

/// Six capital letters that tell this subset from others of its face (ISO 32000-1, 9.6.4).
fn tag(subset: &[u8]) -> String {
    let digest = Sha256::of(subset);
    let letters = digest.as_bytes().iter().take(6);
    letters.map(|byte| char::from(b'A' + byte % 26)).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_glyph_with_two_texts_has_two_codes() {
        let mut fonts = Fonts::new(FaceSet::embedded());
        let face = fonts.face(FaceId(0)).unwrap();
        let first = face.code(20, "-").unwrap();
        let second = face.code(20, "\u{AD}").unwrap();
        assert_ne!(first.code, second.code);
        assert_eq!(first.width, second.width);
        assert_eq!(face.code(20, "-"), Some(first));
        assert_eq!(face.code(60_000, "a"), None);
    }
}
