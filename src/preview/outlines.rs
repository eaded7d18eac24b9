//! The outlines of glyphs as paths of SVG, each made once in a run and named by its number.
//!
//! They are shared by all pages of all pieces: a browser asks for those that it has not, and puts the paths of a line together
//! by itself. A `use` element for each letter would be drawn three times as slowly.

use std::collections::BTreeMap;
use std::fmt::Write;

use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};

use crate::digest::Sha256;
use crate::fonts::{Face, FaceId, FaceSet};

/// What tells a face from others, whatever theme brought it.
type FaceKey = (String, u32, Option<Sha256>);

/// All outlines so far.
#[derive(Debug, Default)]
pub(super) struct Outlines {
    faces: BTreeMap<FaceKey, u32>,
    numbers: BTreeMap<(u32, u16), u32>,
    paths: Vec<String>,
}

impl Outlines {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.paths.len()
    }

    /// The paths from a number on, each relative to where its glyph begins, in design units, y upwards.
    pub(super) fn since(&self, from: usize) -> &[String] {
        &self.paths[from.min(self.paths.len())..]
    }

    fn face(&mut self, face: &Face) -> u32 {
        let next = self.faces.len() as u32;
        let key = (face.name.to_string(), face.index(), face.digest);
        *self.faces.entry(key).or_insert(next)
    }
}

/// The outlines as a piece's pages ask for them.
pub(super) struct OutlinesOf<'a> {
    outlines: &'a mut Outlines,
    fonts: &'a FaceSet,
    faces: BTreeMap<FaceId, u32>,
}

impl<'a> OutlinesOf<'a> {
    pub(super) fn new(outlines: &'a mut Outlines, fonts: &'a FaceSet) -> Self {
        Self {
            outlines,
            fonts,
            faces: BTreeMap::new(),
        }
    }

    /// How many outlines there are.
    pub(super) fn len(&self) -> usize {
        self.outlines.len()
    }

    /// The number of a glyph's outline; none where nothing is drawn.
    pub(super) fn number(&mut self, face: FaceId, glyph: u16) -> Option<u32> {
        let known = self.faces.get(&face).copied();
        let number = known.unwrap_or_else(|| {
            let number = self.outlines.face(&self.fonts[face]);
            self.faces.insert(face, number);
            number
        });
        let outlines = &mut *self.outlines;
        let at = *outlines.numbers.entry((number, glyph)).or_insert_with(|| {
            outlines.paths.push(path(&self.fonts[face], glyph));
            outlines.paths.len() as u32 - 1
        });
        let drawn = outlines.paths.get(at as usize);
        drawn.is_some_and(|path| !path.is_empty()).then_some(at)
    }
}

/// The outline of a glyph; empty where the face draws none.
fn path(face: &Face, glyph: u16) -> String {
    let mut pen = PathPen::default();
    if let Ok(font) = face.outlines()
        && let Some(outline) = font.outline_glyphs().get(glyph.into())
    {
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        if outline.draw(settings, &mut pen).is_err() {
            pen.path.clear();
        }
    }
    pen.path
}

/// Writes path data (SVG 2, 9.3) in whole units and relative to the point before: the shortest form, and one that stands
/// wherever the line puts its glyph.
#[derive(Debug, Default)]
struct PathPen {
    path: String,
    start: (i32, i32),
    at: (i32, i32),
}

impl PathPen {
    fn put(&mut self, command: char, points: &[(f32, f32)]) {
        self.path.push(command);
        let mut last = self.at;
        for (index, (x, y)) in points.iter().enumerate() {
            let point = (x.round() as i32, y.round() as i32);
            for (part, value) in [point.0 - self.at.0, point.1 - self.at.1]
                .into_iter()
                .enumerate()
            {
                // A minus sign parts two numbers by itself.
                if value >= 0 && (index, part) != (0, 0) {
                    self.path.push(' ');
                }
                let _ = write!(self.path, "{value}");
            }
            last = point;
        }
        self.at = last;
    }
}

impl OutlinePen for PathPen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.put('m', &[(x, y)]);
        self.start = self.at;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.put('l', &[(x, y)]);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.put('q', &[(cx, cy), (x, y)]);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.put('c', &[(ax, ay), (bx, by), (x, y)]);
    }

    fn close(&mut self) {
        self.path.push('z');
        self.at = self.start;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_is_made_once_and_a_space_has_none() {
        let mut outlines = Outlines::default();
        let fonts = FaceSet::embedded();
        let face = FaceId(0);
        let glyph = |c: char| fonts[face].glyph(c).expect("a glyph");
        let mut of = OutlinesOf::new(&mut outlines, fonts);
        assert_eq!(of.number(face, glyph('l')), Some(0));
        assert_eq!(of.number(face, glyph(' ')), None);
        assert_eq!(of.number(face, glyph('l')), Some(0));
        assert_eq!(of.number(FaceId(1), glyph('l')), Some(2));
        assert_eq!((outlines.len(), outlines.since(2).len()), (3, 1));
        assert_eq!(outlines.since(9).len(), 0);
    }

    #[test]
    fn path_data_are_relative_and_short() {
        let mut pen = PathPen::default();
        pen.move_to(10.0, 20.0);
        pen.line_to(0.0, 20.0);
        pen.quad_to(-5.0, 25.4, 0.0, 30.0);
        pen.close();
        pen.move_to(11.0, 20.0);
        assert_eq!(pen.path, "m10 20l-10 0q-5 5 0 10zm1 0");
    }
}
