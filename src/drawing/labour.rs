//! What it costs to show a drawing as pixels, told from what it is made of: areas that are painted, layers, effects, dashes.

use usvg::filter::Kind;
use usvg::tiny_skia_path::{Path as Outline, PathSegment, Point};
use usvg::{ClipPath, Group, Mask, Node, NonZeroRect, Paint, Rect, Stroke, Tree};

use super::DrawingError;

/// How often the whole drawing may be painted over, all its parts together.
const MAX_COATS: f32 = 200.0;
/// How many layers may lie on each other: each takes memory of its own.
const MAX_LAYERS: usize = 12;
/// The most dashes of all lines together.
const MAX_DASHES: f32 = 500_000.0;
/// The longest side in pixels that effects are reckoned for.
const PIXELS: f32 = 2000.0;

struct Labour {
    canvas: NonZeroRect,
    /// Pixels to a unit of the drawing, as effects are reckoned.
    scale: f32,
    coats: f32,
    dashes: f32,
}

/// Refuses a drawing that costs too much to show.
pub(super) fn bounded(tree: &Tree) -> Result<(), DrawingError> {
    let size = tree.size();
    let mut labour = Labour {
        canvas: size.to_non_zero_rect(0.0, 0.0),
        scale: PIXELS / size.width().max(size.height()),
        coats: 0.0,
        dashes: 0.0,
    };
    labour.group(tree.root(), 0)
}

impl Labour {
    /// Paints a share of the drawing so many times.
    fn paint(&mut self, area: Rect, times: f32) -> Result<(), DrawingError> {
        let side = |from: f32, to: f32, edge: f32| (to.min(edge) - from.max(0.0)).max(0.0);
        let (width, height) = (self.canvas.width(), self.canvas.height());
        let wide = side(area.left(), area.right(), width) / width;
        let high = side(area.top(), area.bottom(), height) / height;
        self.coats += wide * high * times;
        match self.coats <= MAX_COATS {
            true => Ok(()),
            // Not a number is too much as well.
            false => Err(DrawingError::TooMuch("paints the same places too often")),
        }
    }

    fn group(&mut self, group: &Group, layers: usize) -> Result<(), DrawingError> {
        let mut layers = layers;
        if group.should_isolate() {
            layers += 1;
            if layers > MAX_LAYERS {
                return Err(DrawingError::TooMuch(
                    "has more than 12 layers on each other",
                ));
            }
            self.paint(group.abs_layer_bounding_box().to_rect(), 2.0)?;
        }
        if let Some(clip) = group.clip_path() {
            self.clip(clip, group, layers + 1)?;
        }
        if let Some(mask) = group.mask() {
            self.mask(mask, group, layers + 1)?;
        }
        for filter in group.filters() {
            for primitive in filter.primitives() {
                let times = self.effect(primitive.kind(), layers)?;
                self.paint(group.abs_layer_bounding_box().to_rect(), times)?;
            }
        }
        for node in group.children() {
            match node {
                Node::Group(group) => self.group(group, layers)?,
                Node::Path(path) => {
                    let area = path.abs_stroke_bounding_box();
                    if let Some(fill) = path.fill() {
                        self.paint(area, 1.0)?;
                        self.paint_server(fill.paint(), layers)?;
                    }
                    if let Some(stroke) = path.stroke() {
                        self.paint(area, 1.0)?;
                        self.paint_server(stroke.paint(), layers)?;
                        self.dash(path.data(), stroke)?;
                    }
                }
                // Smoothed, each pixel is made of several.
                Node::Image(image) => self.paint(image.abs_bounding_box(), 8.0)?,
                // None comes through reading.
                Node::Text(_) => {}
            }
        }
        Ok(())
    }

    fn clip(&mut self, clip: &ClipPath, group: &Group, layers: usize) -> Result<(), DrawingError> {
        if layers > MAX_LAYERS {
            return Err(DrawingError::TooMuch(
                "has more than 12 layers on each other",
            ));
        }
        self.paint(group.abs_layer_bounding_box().to_rect(), 2.0)?;
        if let Some(clip) = clip.clip_path() {
            self.clip(clip, group, layers + 1)?;
        }
        self.group(clip.root(), layers)
    }

    fn mask(&mut self, mask: &Mask, group: &Group, layers: usize) -> Result<(), DrawingError> {
        if layers > MAX_LAYERS {
            return Err(DrawingError::TooMuch(
                "has more than 12 layers on each other",
            ));
        }
        self.paint(group.abs_layer_bounding_box().to_rect(), 3.0)?;
        if let Some(mask) = mask.mask() {
            self.mask(mask, group, layers + 1)?;
        }
        self.group(mask.root(), layers)
    }

    fn paint_server(&mut self, paint: &Paint, layers: usize) -> Result<(), DrawingError> {
        let Paint::Pattern(pattern) = paint else {
            return Ok(());
        };
        // A tile is as large as it says, however little of it is seen.
        let (tile, canvas) = (pattern.rect(), self.canvas);
        let scale = pattern.transform().get_scale().0.abs().max(1.0);
        let tiles =
            (tile.width() * scale / canvas.width()).max(tile.height() * scale / canvas.height());
        if tiles.is_nan() || tiles > 4.0 {
            return Err(DrawingError::TooMuch("has a pattern larger than itself"));
        }
        self.paint(canvas.to_rect(), tiles * tiles)?;
        self.group(pattern.root(), layers + 1)
    }

    /// How many times an effect goes over each pixel.
    fn effect(&mut self, kind: &Kind, layers: usize) -> Result<f32, DrawingError> {
        Ok(match kind {
            Kind::ConvolveMatrix(matrix) => {
                let matrix = matrix.matrix();
                (matrix.columns() as f32 * matrix.rows() as f32).max(1.0)
            }
            Kind::Morphology(morphology) => {
                let side = |radius: f32| 2.0 * radius * self.scale + 1.0;
                side(morphology.radius_x().get()) * side(morphology.radius_y().get())
            }
            Kind::Turbulence(turbulence) => 10.0 * (turbulence.num_octaves() as f32 + 1.0),
            Kind::Image(image) => {
                self.group(image.root(), layers + 1)?;
                4.0
            }
            Kind::GaussianBlur(_) | Kind::DropShadow(_) => 20.0,
            Kind::DiffuseLighting(_) | Kind::SpecularLighting(_) => 20.0,
            _ => 8.0,
        })
    }

    /// A dash is a line of its own.
    fn dash(&mut self, outline: &Outline, stroke: &Stroke) -> Result<(), DrawingError> {
        let Some(dashes) = stroke.dasharray() else {
            return Ok(());
        };
        let period = dashes.iter().sum::<f32>();
        self.dashes += length(outline) / period * dashes.len() as f32;
        match self.dashes <= MAX_DASHES {
            true => Ok(()),
            false => Err(DrawingError::TooMuch("has more than 500,000 dashes")),
        }
    }
}

/// How long an outline is at most.
fn length(outline: &Outline) -> f32 {
    let (mut pen, mut start, mut length) = (Point::zero(), Point::zero(), 0.0);
    for segment in outline.segments() {
        let mut to = |point: Point| {
            length += pen.distance(point);
            pen = point;
        };
        match segment {
            PathSegment::MoveTo(point) => (pen, start) = (point, point),
            PathSegment::LineTo(point) => to(point),
            PathSegment::QuadTo(a, b) => [a, b].into_iter().for_each(to),
            PathSegment::CubicTo(a, b, c) => [a, b, c].into_iter().for_each(to),
            PathSegment::Close => to(start),
        }
    }
    length
}
