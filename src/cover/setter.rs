//! Set lines to ink: the outlines of their glyphs, filled on the canvas.

use ab_glyph_rasterizer::{Point, point};
use skrifa::outline::DrawSettings;
use skrifa::prelude::{LocationRef, Size};
use skrifa::{GlyphId, MetadataProvider, OutlineGlyphCollection};

use super::canvas::{Canvas, Ink};
use super::lines::Set;
use super::raster::Outline;
use crate::fonts::{FaceId, FaceSet};
use crate::shape::{LineRun, Shaper};

/// The edge where lines begin.
#[derive(Debug, Clone, Copy)]
pub(super) enum Edge {
    /// The left edge, in pixels.
    Left(f32),
    /// The right edge, in pixels.
    Right(f32),
}

/// Puts lines on the canvas.
pub(super) struct Setter<'a, 'f> {
    canvas: &'a mut Canvas,
    shaper: &'a mut Shaper<'f>,
    edge: Edge,
    /// Pixels of the canvas for one of the design.
    scale: f32,
    outline: Outline,
    faces: &'f FaceSet,
    /// By face.
    outlines: Vec<Option<OutlineGlyphCollection<'f>>>,
}

impl<'a, 'f> Setter<'a, 'f> {
    /// A setter for lines that begin at an edge, on a canvas of another scale than the design's.
    pub(super) fn new(
        canvas: &'a mut Canvas,
        shaper: &'a mut Shaper<'f>,
        edge: Edge,
        scale: f32,
    ) -> Self {
        let faces = shaper.faces();
        Self {
            canvas,
            shaper,
            edge,
            scale,
            outline: Outline::default(),
            faces,
            outlines: faces.ids().map(|_| None).collect(),
        }
    }

    /// Draws lines below `top` and gives the place where they end.
    pub(super) fn set(&mut self, set: &Set<'_>, top: f32, ink: Ink) -> f32 {
        let mut baseline = top + set.leading * 0.5 + set.size * 0.3;
        let (scale, size) = (self.scale, set.size * self.scale);
        for line in set.lines() {
            if (baseline - set.size) * scale > self.canvas.height as f32 {
                // A text that no size makes fit goes on below the picture.
                break;
            }
            let line = set.shape(line, self.shaper);
            let x = match self.edge {
                Edge::Left(x) => x,
                Edge::Right(x) => {
                    let width: f32 = line.iter().map(|run| run.word.width.0).sum();
                    x - width * set.size
                }
            };
            let origin = point(x * scale, (baseline * scale).round());
            self.line(&line, origin, size, ink);
            baseline += set.leading;
        }
        top + set.height()
    }

    /// Draws the glyphs of a line; `size` is in pixels of the canvas.
    fn line(&mut self, line: &[LineRun], origin: Point, size: f32, ink: Ink) {
        // Plain numbers, in em from the line's left end.
        let mut pen = 0.0;
        for word in line.iter().map(|run| &run.word) {
            let mut offsets = word.offsets.iter().peekable();
            let mut first = 0;
            for part in &word.parts {
                let em = f32::from(part.units_per_em);
                let end = part.end as usize;
                for (index, glyph) in word.glyphs.iter().enumerate().take(end).skip(first) {
                    let offset = offsets.next_if(|(at, ..)| *at as usize == index);
                    let (x, y) = offset.map_or((0, 0), |(_, x, y)| (*x, *y));
                    let (x, y) = (pen + f32::from(x) / em, f32::from(y) / em);
                    self.outline.clear();
                    self.outline.origin = point(origin.x + x * size, origin.y - y * size);
                    self.glyph(part.face, u32::from(glyph.id), size);
                    self.canvas.fill(&self.outline, ink);
                    pen += f32::from(glyph.advance) / em;
                }
                first = end;
            }
        }
    }

    fn glyph(&mut self, face: FaceId, id: u32, size: f32) {
        let faces = self.faces;
        let slot = &mut self.outlines[usize::from(face.0)];
        if slot.is_none() {
            *slot = faces[face]
                .outlines()
                .ok()
                .map(|font| font.outline_glyphs());
        }
        if let Some(glyph) = slot
            .as_ref()
            .and_then(|glyphs| glyphs.get(GlyphId::new(id)))
        {
            let settings = DrawSettings::unhinted(Size::new(size), LocationRef::default());
            // A glyph that cannot be drawn stays blank, as a space does.
            let _ = glyph.draw(settings, &mut self.outline);
        }
    }
}
