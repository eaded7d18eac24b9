//! Composite glyphs: the glyphs of a cluster made one, which has the text of all of them (OpenType 1.9, glyf).
//!
//! A letter with its marks is a character or a few to a reader and several glyphs to a face. Shown one by one, with moves between
//! them, they are read as words of their own, and a text of fewer characters than glyphs cannot be shared out among them at all.

use skrifa::raw::tables::{glyf::Glyf, head::Head, hhea::Hhea, hmtx::Hmtx, loca::Loca, maxp::Maxp};
use skrifa::raw::types::{GlyphId, Tag};
use skrifa::raw::{FontRef, TableProvider, TopLevelTable};

use super::failed;
use crate::editions::EditionError;

/// The most glyphs that are made one.
pub(super) const MOST: usize = 32;

/// A glyph made of others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Composite {
    /// Its parts, in the order in which they are drawn.
    pub(super) components: Vec<Component>,
    /// Its advance in design units.
    pub(super) advance: u16,
}

impl Composite {
    /// A glyph that shows nothing and takes no room, for a text that is shown by the glyph before it. It has an outline, since
    /// PDFium passes over glyphs without one: a triangle of half a unit.
    pub(super) const CARRIER: Self = Self {
        components: Vec::new(),
        advance: 0,
    };
}

/// The outline of the carrier: number of contours, box, last point, instructions, flags, places (OpenType 1.9, glyf).
const CARRIER: [u8; 19] = [
    0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 2, 0, 0, 0x31, 0x33, 0x35, 1, 1,
];

/// A part of a composite glyph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Component {
    /// The glyph.
    pub(super) glyph: u16,
    /// How far it is moved, in design units.
    pub(super) x: i16,
    /// The same upwards.
    pub(super) y: i16,
    /// Whether it is so small that nobody sees it: all that it does is that the outline of the whole reaches up to it.
    pub(super) is_speck: bool,
}

/// Each component is moved by two numbers of two bytes, not by points; another one follows; and it is drawn in another size.
const WORDS_AND_MOVED: u16 = 0x0003;
const MORE: u16 = 0x0020;
const SCALED: u16 = 0x0008;
/// The size of a speck: the least that there is, as F2DOT14.
const SPECK: u16 = 1;

/// What a glyph takes of a rasteriser's room, and the box of its outline.
#[derive(Clone, Copy, Default)]
struct Outline {
    points: u16,
    contours: u16,
    depth: u16,
    bounds: Option<[i16; 4]>,
}

/// How many glyphs a font has.
pub(super) fn count(font: &[u8]) -> Result<u16, EditionError> {
    let font = FontRef::new(font).map_err(failed)?;
    Ok(font.maxp().map_err(failed)?.num_glyphs())
}

/// The font with these glyphs behind its own; their components are its own glyphs.
pub(super) fn append(font: Vec<u8>, composites: &[Composite]) -> Result<Vec<u8>, EditionError> {
    if composites.is_empty() {
        return Ok(font);
    }
    let tables = FontRef::new(&font).map_err(failed)?;
    let glyphs = tables.maxp().map_err(failed)?.num_glyphs();
    let loca = tables.loca(None).map_err(failed)?;
    let glyf = tables.glyf().map_err(failed)?;
    let metrics = tables.hmtx().map_err(failed)?;

    let mut outlines = tables
        .data_for_tag(Glyf::TAG)
        .ok_or_else(|| failed("no outlines"))?
        .as_bytes()
        .to_vec();
    let mut places: Vec<u32> = (0..=usize::from(glyphs))
        .map(|index| loca.get_raw(index).unwrap_or_default())
        .collect();
    let last = places.last().copied().unwrap_or_default();
    outlines.truncate(last as usize);
    while !outlines.len().is_multiple_of(4) {
        outlines.push(0);
    }
    // What is put behind belongs to the last glyph that has an outline, and an empty one behind it stays empty.
    let padded = u32::try_from(outlines.len()).map_err(failed)?;
    let ends = places.iter_mut().rev();
    ends.take_while(|place| **place == last)
        .for_each(|place| *place = padded);
    // Every glyph with an advance of its own, since those behind the last one share it.
    let mut advances = Vec::new();
    for glyph in 0..glyphs {
        let advance = metrics.advance(glyph.into()).unwrap_or_default();
        let bearing = metrics.side_bearing(glyph.into()).unwrap_or_default();
        advances.extend(advance.to_be_bytes());
        advances.extend(bearing.to_be_bytes());
    }
    let mut most = Outline::default();
    let mut components = 0;
    for composite in composites {
        if composite.components.is_empty() {
            outlines.extend(CARRIER);
            end(&mut outlines, &mut places)?;
            advances.extend([0; 4]);
            continue;
        }
        let mut whole = Outline::default();
        for component in &composite.components {
            whole.add(&loca, &glyf, component);
        }
        let [left, bottom, right, top] = whole.bounds.unwrap_or_default();
        outlines.extend((-1_i16).to_be_bytes());
        for side in [left, bottom, right, top] {
            outlines.extend(side.to_be_bytes());
        }
        for (index, component) in composite.components.iter().enumerate() {
            let last = index + 1 == composite.components.len();
            let more = if last { 0 } else { MORE };
            let scaled = if component.is_speck { SCALED } else { 0 };
            let flags = WORDS_AND_MOVED | more | scaled;
            outlines.extend(flags.to_be_bytes());
            outlines.extend(component.glyph.to_be_bytes());
            outlines.extend(component.x.to_be_bytes());
            outlines.extend(component.y.to_be_bytes());
            if component.is_speck {
                outlines.extend(SPECK.to_be_bytes());
            }
        }
        end(&mut outlines, &mut places)?;
        advances.extend(composite.advance.to_be_bytes());
        advances.extend(left.to_be_bytes());
        most.points = most.points.max(whole.points);
        most.contours = most.contours.max(whole.contours);
        most.depth = most.depth.max(whole.depth);
        components = components.max(composite.components.len() as u16);
    }
    let total = glyphs
        .checked_add(u16::try_from(composites.len()).map_err(failed)?)
        .ok_or_else(|| failed("too many glyphs"))?;
    let places: Vec<u8> = places.into_iter().flat_map(u32::to_be_bytes).collect();

    let table = |tag: Tag| {
        tables
            .data_for_tag(tag)
            .map(|data| data.as_bytes().to_vec())
    };
    let mut head = table(Head::TAG).ok_or_else(|| failed("no head"))?;
    // Places of four bytes; the sum is put in last.
    put(&mut head, 50, 1)?;
    let mut hhea = table(Hhea::TAG).ok_or_else(|| failed("no hhea"))?;
    put(&mut hhea, 34, total)?;
    let mut maxp = table(Maxp::TAG).ok_or_else(|| failed("no maxp"))?;
    put(&mut maxp, 4, total)?;
    for (at, value) in [
        (10, most.points),
        (12, most.contours),
        (28, components),
        (30, most.depth),
    ] {
        let known = maxp
            .get(at..at + 2)
            .map_or(0, |own| u16::from_be_bytes([own[0], own[1]]));
        put(&mut maxp, at, known.max(value))?;
    }
    let mut written: Vec<(Tag, Vec<u8>)> = Vec::new();
    for record in tables.table_directory().table_records() {
        let tag = record.tag();
        let data = match tag {
            Head::TAG => std::mem::take(&mut head),
            Hhea::TAG => std::mem::take(&mut hhea),
            Maxp::TAG => std::mem::take(&mut maxp),
            Glyf::TAG => std::mem::take(&mut outlines),
            Loca::TAG => places.clone(),
            Hmtx::TAG => std::mem::take(&mut advances),
            other => table(other).unwrap_or_default(),
        };
        written.push((tag, data));
    }
    Ok(assembled(written))
}

/// Ends an outline, and notes where it does.
fn end(outlines: &mut Vec<u8>, places: &mut Vec<u32>) -> Result<(), EditionError> {
    while !outlines.len().is_multiple_of(4) {
        outlines.push(0);
    }
    places.push(u32::try_from(outlines.len()).map_err(failed)?);
    Ok(())
}

impl Outline {
    /// Takes a component in.
    fn add(&mut self, loca: &Loca<'_>, glyf: &Glyf<'_>, component: &Component) {
        let own = outline(loca, glyf, component.glyph.into(), 0);
        self.points = self.points.saturating_add(own.points);
        self.contours = self.contours.saturating_add(own.contours);
        self.depth = self.depth.max(own.depth + 1);
        let Some([left, bottom, right, top]) = own.bounds else {
            return;
        };
        let (x, y) = (component.x, component.y);
        let moved = match component.is_speck {
            true => [x, y, x, y],
            false => [
                left.saturating_add(x),
                bottom.saturating_add(y),
                right.saturating_add(x),
                top.saturating_add(y),
            ],
        };
        self.bounds = Some(match self.bounds {
            None => moved,
            Some(known) => [
                known[0].min(moved[0]),
                known[1].min(moved[1]),
                known[2].max(moved[2]),
                known[3].max(moved[3]),
            ],
        });
    }
}

/// The outline of a glyph inside so many composites.
fn outline(loca: &Loca<'_>, glyf: &Glyf<'_>, glyph: GlyphId, depth: u16) -> Outline {
    use skrifa::raw::tables::glyf::Glyph;
    let Ok(Some(found)) = loca.get_glyf(glyph, glyf) else {
        return Outline::default();
    };
    let bounds = Some([found.x_min(), found.y_min(), found.x_max(), found.y_max()]);
    match found {
        Glyph::Simple(simple) => Outline {
            points: simple.num_points() as u16,
            contours: simple.number_of_contours().max(0) as u16,
            depth: 0,
            bounds,
        },
        Glyph::Composite(composite) => {
            let mut whole = Outline::default();
            // Faces nest composites twice at most; ours do not go round in circles.
            if depth < 6 {
                for component in composite.components() {
                    let own = outline(loca, glyf, component.glyph, depth + 1);
                    whole.points = whole.points.saturating_add(own.points);
                    whole.contours = whole.contours.saturating_add(own.contours);
                    whole.depth = whole.depth.max(own.depth + 1);
                }
            }
            Outline { bounds, ..whole }
        }
    }
}

/// Puts a number into a table.
fn put(table: &mut [u8], at: usize, value: u16) -> Result<(), EditionError> {
    let place = table.get_mut(at..at + 2);
    let place = place.ok_or_else(|| failed("a table of a font is too short"))?;
    place.copy_from_slice(&value.to_be_bytes());
    Ok(())
}

/// A font file of tables (OpenType 1.9, Organization of an OpenType font).
fn assembled(tables: Vec<(Tag, Vec<u8>)>) -> Vec<u8> {
    let count = tables.len() as u16;
    let power = count.max(1).ilog2() as u16;
    let range = 16 << power;
    let mut out = Vec::new();
    out.extend(0x0001_0000_u32.to_be_bytes());
    for value in [count, range, power, count * 16 - range] {
        out.extend(value.to_be_bytes());
    }
    let mut at = 12 + 16 * tables.len();
    let mut body = Vec::new();
    let mut adjustment = None;
    for (tag, mut data) in tables {
        if tag == Head::TAG && data.len() >= 12 {
            data[8..12].fill(0);
            adjustment = Some(at + 8);
        }
        out.extend(tag.to_be_bytes());
        out.extend(sum(&data).to_be_bytes());
        out.extend((at as u32).to_be_bytes());
        out.extend((data.len() as u32).to_be_bytes());
        data.resize(data.len().next_multiple_of(4), 0);
        at += data.len();
        body.append(&mut data);
    }
    out.append(&mut body);
    let whole = 0xB1B0_AFBA_u32.wrapping_sub(sum(&out));
    if let Some(place) = adjustment.and_then(|at| out.get_mut(at..at + 4)) {
        place.copy_from_slice(&whole.to_be_bytes());
    }
    out
}

/// The sum of a table's numbers of four bytes.
fn sum(data: &[u8]) -> u32 {
    let words = data.chunks(4).map(|chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        u32::from_be_bytes(word)
    });
    words.fold(0, u32::wrapping_add)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use skrifa::prelude::{LocationRef, Size};
    use skrifa::{GlyphId, MetadataProvider};

    use super::*;
    use crate::fonts::{FaceId, FaceSet};

    #[test]
    fn a_composite_glyph_has_the_outlines_of_its_parts_where_they_were_moved() {
        let face = &FaceSet::embedded()[FaceId(0)];
        let (e, acute) = (face.glyph('e').unwrap(), face.glyph('´').unwrap());
        let mut remapper = subsetter::GlyphRemapper::new();
        let (e, acute) = (remapper.remap(e), remapper.remap(acute));
        let font = subsetter::subset(face.data(), 0, &remapper).unwrap();
        let before = count(&font).unwrap();
        let component = |glyph, x, y| Component {
            glyph,
            x,
            y,
            is_speck: false,
        };
        let speck = Component {
            is_speck: true,
            ..component(acute, 0, -20)
        };
        let composites = [
            Composite {
                components: vec![component(e, 0, 0), component(acute, 40, 200)],
                advance: 700,
            },
            Composite {
                components: vec![component(acute, -3000, 0)],
                advance: 0,
            },
            Composite::CARRIER,
            Composite {
                components: vec![component(acute, 0, 0), speck],
                advance: 300,
            },
        ];
        let font = append(font, &composites).unwrap();
        assert_eq!(count(&font).unwrap(), before + 4);
        assert_eq!(sum(&font), 0xB1B0_AFBA);
        let read = skrifa::FontRef::new(&font).unwrap();
        let metrics = read.glyph_metrics(Size::unscaled(), LocationRef::default());
        let bounds = |glyph: u16| metrics.bounds(GlyphId::from(glyph)).unwrap();
        let (of_e, of_acute) = (bounds(e), bounds(acute));
        let whole = bounds(before);
        assert_eq!(whole.x_max, of_e.x_max.max(of_acute.x_max + 40.0));
        assert_eq!(whole.y_max, of_acute.y_max + 200.0);
        assert_eq!(bounds(before + 1).x_min, of_acute.x_min - 3000.0);
        assert_eq!(metrics.advance_width(GlyphId::from(before)), Some(700.0));
        assert_eq!(metrics.advance_width(GlyphId::from(before + 1)), Some(0.0));
        // The carrier has an outline that nobody sees.
        let carrier = bounds(before + 2);
        assert_eq!((carrier.x_max, carrier.y_max), (1.0, 1.0));
        assert_eq!(metrics.advance_width(GlyphId::from(before + 2)), Some(0.0));
        // A speck makes the outline reach below the line, and adds no more to it.
        let reaching = bounds(before + 3);
        assert_eq!((reaching.y_max, reaching.y_min), (of_acute.y_max, -20.0));
    }

    #[test]
    fn a_space_behind_the_last_letter_of_a_font_stays_empty() {
        let faces = FaceSet::embedded();
        let mut moved = 0;
        for face in faces.ids().map(|id| &faces[id]) {
            let (Some(space), Some(letter)) = (face.glyph(' '), face.glyph('(')) else {
                continue;
            };
            let mut remapper = subsetter::GlyphRemapper::new();
            let (letter, space) = (remapper.remap(letter), remapper.remap(space));
            let font = subsetter::subset(face.data(), 0, &remapper).unwrap();
            let end = |font: &[u8], glyph: u16| {
                let tables = skrifa::FontRef::new(font).unwrap();
                tables.loca(None).unwrap().get_raw(usize::from(glyph) + 1)
            };
            let before = end(&font, space);
            let font = append(font, &[Composite::CARRIER]).unwrap();
            assert_eq!(end(&font, letter), end(&font, space), "{}", face.name);
            moved += usize::from(end(&font, space) != before);
        }
        assert!(moved > 0, "the outlines of no face were padded");
    }
}
