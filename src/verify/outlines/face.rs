//! Outlines of a face, for finding which of its glyphs a drawing is.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hasher};
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::raw::TableProvider;
use skrifa::raw::tables::glyf::Glyph;
use skrifa::raw::types::Tag;
use skrifa::{FontRef, GlyphId, MetadataProvider, OutlineGlyphCollection};

use super::substitutions::{self, Texts};
use crate::digest::Sha256;
use crate::fonts::Face;

/// A part that is drawn smaller than this is not seen, as a share of its size.
const SPECK: f32 = 0.001;

/// An outline, by the hash of what draws it; none where nothing is drawn.
pub(super) type Outline = Option<u64>;

/// Outlines of a font.
pub(super) struct Outlines<'a> {
    font: FontRef<'a>,
    glyphs: OutlineGlyphCollection<'a>,
}

impl<'a> Outlines<'a> {
    /// Those of a program; none for bytes that are no font.
    pub(super) fn of(program: &'a [u8], index: u32) -> Option<Self> {
        let font = FontRef::from_index(program, index).ok()?;
        let glyphs = font.outline_glyphs();
        Some(Self { font, glyphs })
    }

    /// The outline of a glyph; an error where there is no such glyph or it cannot be drawn.
    pub(super) fn outline(&self, glyph: u32) -> Result<Outline, ()> {
        let found = self.glyphs.get(GlyphId::new(glyph)).ok_or(())?;
        let mut pen = Hash64::default();
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        found.draw(settings, &mut pen).map_err(|_| ())?;
        Ok(pen.drawn.then(|| pen.hasher.finish()))
    }

    /// The glyphs that one is made of, but for those that are too small to be seen; none of one that has an outline of its own.
    pub(super) fn components(&self, glyph: u32) -> Vec<u32> {
        let found = || {
            let loca = self.font.loca(None).ok()?;
            let glyf = self.font.glyf().ok()?;
            match loca.get_glyf(GlyphId::new(glyph), &glyf).ok()?? {
                Glyph::Simple(_) => None,
                Glyph::Composite(whole) => {
                    let parts = whole.components();
                    let seen = parts.filter(|part| part.transform.xx.to_f32().abs() > SPECK);
                    Some(seen.map(|part| part.glyph.to_u32()).take(64).collect())
                }
            }
        };
        found().unwrap_or_default()
    }

    /// The box of a glyph is at most a unit wide and high: it carries a text and shows nothing.
    pub(super) fn is_carrier(&self, glyph: u32) -> bool {
        let metrics = self
            .font
            .glyph_metrics(Size::unscaled(), LocationRef::default());
        metrics.bounds(GlyphId::new(glyph)).is_some_and(|bounds| {
            bounds.x_max - bounds.x_min <= 1.0 && bounds.y_max - bounds.y_min <= 1.0
        })
    }

    /// Characters that are drawn alike, each with the first of them.
    fn alike(&self, texts: &Texts) -> Vec<(char, char)> {
        let mut by_outline: HashMap<u64, Vec<char>> = HashMap::new();
        for (glyph, own) in texts {
            if let Ok(Some(outline)) = self.outline((*glyph).into()) {
                let own = own.iter().flat_map(|text| text.chars());
                by_outline.entry(outline).or_default().extend(own);
            }
        }
        let groups = by_outline.into_values().filter(|group| group.len() > 1);
        let pairs = groups.flat_map(|mut group| {
            group.sort_unstable();
            let first = group[0];
            group.into_iter().map(move |c| (c, first))
        });
        pairs.collect()
    }

    /// How many units an em has.
    pub(super) fn units(&self) -> Option<u16> {
        self.font.head().ok().map(|head| head.units_per_em())
    }

    /// The advance of a glyph in thousandths of the em.
    pub(super) fn advance(&self, glyph: u32) -> Option<f64> {
        let metrics = self
            .font
            .glyph_metrics(Size::unscaled(), LocationRef::default());
        let units = self.font.head().ok()?.units_per_em();
        let advance = metrics.advance_width(GlyphId::new(glyph))?;
        Some(f64::from(advance) * 1000.0 / f64::from(units.max(1)))
    }
}

/// A face as it is told from others: its name, its place in its file, and the hash of that where it was brought along.
pub(super) type Key = (String, u32, Option<Sha256>);

pub(super) fn key(face: &Face) -> Key {
    (face.name.to_string(), face.index(), face.digest)
}

/// The outlines of a face's glyphs that were asked for, each found once in a run: every file has the same letters.
#[derive(Debug, Default)]
pub(super) struct Drawn(Mutex<HashMap<u32, Result<Outline, ()>>>);

impl Drawn {
    /// Those of a face.
    pub(super) fn of(face: &Face) -> Arc<Self> {
        static KNOWN: LazyLock<Mutex<HashMap<Key, Arc<Drawn>>>> = LazyLock::new(Mutex::default);
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.entry(key(face)).or_default())
    }

    /// The outline of a glyph, in these outlines of the face.
    pub(super) fn outline(&self, of: &Outlines<'_>, glyph: u32) -> Result<Outline, ()> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *known.entry(glyph).or_insert_with(|| of.outline(glyph))
    }
}

/// Hashes what is drawn.
#[derive(Default)]
struct Hash64 {
    hasher: DefaultHasher,
    drawn: bool,
}

impl Hash64 {
    /// Takes an operation with up to six places, all at once: that is twice as fast as one by one.
    fn take(&mut self, operation: u8, places: &[f32]) {
        self.drawn = true;
        let mut said = [0; 1 + 6 * size_of::<f32>()];
        said[0] = operation;
        let (all, _) = said[1..].as_chunks_mut();
        for (said, place) in all.iter_mut().zip(places) {
            // Minus nothing is nothing.
            *said = (place + 0.0).to_le_bytes();
        }
        self.hasher.write(&said[..=size_of_val(places)]);
    }
}

impl OutlinePen for Hash64 {
    fn move_to(&mut self, x: f32, y: f32) {
        self.take(0, &[x, y]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.take(1, &[x, y]);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.take(2, &[cx, cy, x, y]);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.take(3, &[ax, ay, bx, by, x, y]);
    }

    fn close(&mut self) {
        self.take(4, &[]);
    }
}

/// What the glyphs of a face are, found once in a run.
#[derive(Debug)]
pub(super) struct Index {
    /// The glyphs of each outline, and of none.
    glyphs: HashMap<Outline, Vec<u16>>,
    /// The texts that each may stand for.
    texts: Texts,
    /// Characters that the face draws alike, each with the first of them.
    alike: HashMap<char, char>,
}

impl Index {
    /// That of a face, made when it is first asked for.
    pub(super) fn of(face: &Face) -> Arc<Self> {
        type Known = HashMap<Key, Arc<OnceLock<Arc<Index>>>>;
        static KNOWN: LazyLock<Mutex<Known>> = LazyLock::new(Mutex::default);
        let cell = {
            let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(known.entry(key(face)).or_default())
        };
        Arc::clone(cell.get_or_init(|| Arc::new(Self::made(face))))
    }

    fn made(face: &Face) -> Self {
        let mut texts = Texts::new();
        let mut glyphs: HashMap<Outline, Vec<u16>> = HashMap::new();
        let mut alike = HashMap::new();
        if let Some(outlines) = Outlines::of(face.data(), face.index()) {
            for (character, glyph) in outlines.font.charmap().mappings() {
                if let (Some(c), Ok(glyph)) =
                    (char::from_u32(character), u16::try_from(glyph.to_u32()))
                {
                    texts.entry(glyph).or_default().push(c.to_string());
                }
            }
            for (c, first) in outlines.alike(&texts) {
                alike.insert(c, first);
            }
            let table = outlines.font.data_for_tag(Tag::new(b"GSUB"));
            if let Some(table) = table {
                substitutions::follow(table.as_bytes(), &mut texts);
            }
            let count = outlines.font.maxp().map_or(0, |maxp| maxp.num_glyphs());
            for glyph in 0..count {
                if let Ok(outline) = outlines.outline(glyph.into()) {
                    glyphs.entry(outline).or_default().push(glyph);
                }
            }
        }
        Self {
            glyphs,
            texts,
            alike,
        }
    }

    /// The first of the characters that the face draws like this one.
    pub(super) fn first_alike(&self, c: char) -> char {
        self.alike.get(&c).copied().unwrap_or(c)
    }

    /// The glyphs that are drawn with an outline, or with none.
    pub(super) fn glyphs(&self, outline: Outline) -> &[u16] {
        self.glyphs.get(&outline).map_or(&[], Vec::as_slice)
    }

    /// Whether the face may draw nothing for a character.
    pub(super) fn hides(&self, c: char) -> bool {
        let mut said = [0; 4];
        let said: &str = c.encode_utf8(&mut said);
        let mut texts = self
            .glyphs(None)
            .iter()
            .filter_map(|glyph| self.texts.get(glyph));
        texts.any(|texts| texts.iter().any(|text| text == said))
    }

    /// The texts that an outline may stand for; none where the face has no such outline. Nothing is known of a glyph without
    /// any text.
    pub(super) fn texts(&self, outline: u64) -> Option<Vec<&str>> {
        let glyphs = self.glyphs.get(&Some(outline))?;
        let texts = glyphs.iter().filter_map(|glyph| self.texts.get(glyph));
        Some(texts.flatten().map(String::as_str).collect())
    }
}
