//! Set lines to ink: the outlines of their glyphs, filled on the canvas.

use ab_glyph_rasterizer::point;
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::prelude::{LocationRef, Size};
use skrifa::{FontRef, GlyphId, MetadataProvider, OutlineGlyphCollection};

use super::canvas::{Canvas, Ink};
use super::glyphs;
use super::lines::Set;
use super::raster::Outline;
use crate::fonts::{FACES, FaceId};

/// The edge where lines begin.
#[derive(Debug, Clone, Copy)]
pub(super) enum Edge {
    /// The left edge, in pixels.
    Left(f32),
    /// The right edge, in pixels.
    Right(f32),
}

/// Puts lines on the canvas.
pub(super) struct Setter<'a> {
    canvas: &'a mut Canvas,
    edge: Edge,
    /// Pixels of the canvas for one of the design.
    scale: f32,
    outline: Outline,
    faces: Vec<Option<OutlineGlyphCollection<'static>>>,
}

impl<'a> Setter<'a> {
    /// A setter for lines that begin at an edge, on a canvas of another scale than the design's.
    pub(super) fn new(canvas: &'a mut Canvas, edge: Edge, scale: f32) -> Self {
        let faces = FACES.iter().map(|_| None).collect();
        Self {
            canvas,
            edge,
            scale,
            outline: Outline::default(),
            faces,
        }
    }

    /// Draws lines below `top` and gives the place where they end.
    pub(super) fn set(&mut self, set: &Set<'_>, top: f32, ink: Ink) -> f32 {
        let mut baseline = top + set.leading * 0.5 + set.size * 0.3;
        let (scale, size) = (self.scale, set.size * self.scale);
        for line in set.lines() {
            let x = match self.edge {
                Edge::Left(x) => x,
                Edge::Right(x) => x - line.width * set.size,
            };
            for glyph in &line.glyphs {
                self.outline.clear();
                self.outline.origin = point(
                    x * scale + glyph.x * size,
                    (baseline * scale).round() - glyph.y * size,
                );
                match glyph.id {
                    Some((face, id)) => self.glyph(face, id, size),
                    None => missing(&mut self.outline, size),
                }
                self.canvas.fill(&self.outline, ink);
            }
            baseline += set.leading;
        }
        top + set.height()
    }

    fn glyph(&mut self, face: FaceId, id: u32, size: f32) {
        let slot = &mut self.faces[usize::from(face.0)];
        if slot.is_none() {
            *slot = FontRef::new(face.face().data)
                .ok()
                .map(|font| font.outline_glyphs());
        }
        if let Some(glyph) = slot
            .as_ref()
            .and_then(|glyphs| glyphs.get(GlyphId::new(id)))
        {
            let settings = DrawSettings::unhinted(Size::new(size), LocationRef::default());
            // Our own faces are sound; a glyph that cannot be drawn stays blank, as a space does.
            let _ = glyph.draw(settings, &mut self.outline);
        }
    }
}

/// An empty box: the outer edge one way round, the inner one the other.
fn missing(outline: &mut Outline, size: f32) {
    let (width, height, stroke) = (glyphs::BOX * size, 0.66 * size, 0.05 * size);
    let outer = [(0.0, 0.0), (0.0, height), (width, height), (width, 0.0)];
    let (right, top) = (width - stroke, height - stroke);
    let inner = [
        (stroke, stroke),
        (right, stroke),
        (right, top),
        (stroke, top),
    ];
    for corners in [outer, inner] {
        outline.move_to(corners[0].0, corners[0].1);
        for (x, y) in &corners[1..] {
            outline.line_to(*x, *y);
        }
        outline.close();
    }
}
