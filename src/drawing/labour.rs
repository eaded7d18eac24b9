//! What it costs to show a drawing as pixels, told from what it is made of: areas that are painted, layers, effects, dashes.

use usvg::filter::{Filter, Kind};
use usvg::tiny_skia_path::{Path as Outline, PathSegment, Point};
use usvg::{
    ClipPath, Group, Mask, Node, NonZeroRect, Paint, Path, Pattern, Rect, Stroke, Transform, Tree,
};

use super::DrawingError;
use super::reach::{Reach, placed, scale};

/// How often the whole drawing may be painted over, all its parts together.
const MAX_COATS: f32 = 200.0;
/// How many layers may lie on each other: each takes memory of its own.
const MAX_LAYERS: usize = 12;
/// What they may hold together, in areas of the drawing: they are larger than it where something reaches out of it.
const MAX_HELD: f32 = 30.0;
/// How far layers reach out of the drawing, in its width and height; what is farther is left out of them.
const MARGIN: f32 = 2.0;
/// The most dashes of all lines together.
const MAX_DASHES: f32 = 500_000.0;
/// The longest side in pixels that effects are reckoned for.
const PIXELS: f32 = 2000.0;
/// How often the drawing could be painted over in the time that a line along a far curve takes.
const FAR_CURVE: f32 = 0.5;

struct Labour {
    canvas: NonZeroRect,
    reach: Reach,
    /// Pixels to a unit of the drawing, as effects are reckoned.
    scale: f32,
    coats: f32,
    dashes: f32,
}

/// What something is painted on.
#[derive(Clone, Copy)]
struct Ground {
    /// From the units of what is painted to those of the drawing.
    here: Transform,
    /// The place that has pixels.
    seen: Rect,
    /// The most that a layer on it may have.
    widest: Rect,
    /// How many layers lie under it, and what they hold, in areas of the drawing.
    layers: usize,
    held: f32,
}

/// Refuses a drawing that costs too much to show.
pub(super) fn bounded(tree: &Tree) -> Result<(), DrawingError> {
    let size = tree.size();
    let canvas = size.to_non_zero_rect(0.0, 0.0);
    let mut labour = Labour {
        canvas,
        reach: Reach::of(tree),
        scale: PIXELS / size.width().max(size.height()),
        coats: 0.0,
        dashes: 0.0,
    };
    let ground = Ground {
        here: Transform::identity(),
        seen: canvas.to_rect(),
        widest: grown(canvas.to_rect(), MARGIN),
        layers: 0,
        held: 0.0,
    };
    labour.group(tree.root(), ground)
}

impl Labour {
    /// Paints a place so many times, as far as it has pixels.
    fn paint(&mut self, area: Rect, ground: Ground, times: f32) -> Result<(), DrawingError> {
        self.coats += self.share(common(area, ground.seen)) * times;
        match self.coats <= MAX_COATS {
            true => Ok(()),
            // Not a number is too much as well.
            false => Err(DrawingError::TooMuch("paints the same places too often")),
        }
    }

    /// An area in areas of the drawing.
    fn share(&self, area: Rect) -> f32 {
        (area.width() / self.canvas.width()) * (area.height() / self.canvas.height())
    }

    /// Lays so many layers of a size on the ground.
    fn layer(&self, area: Rect, ground: Ground, times: usize) -> Result<Ground, DrawingError> {
        let seen = common(area, ground.widest);
        let ground = Ground {
            seen,
            layers: ground.layers + 1,
            held: ground.held + self.share(seen) * times as f32,
            ..ground
        };
        if ground.layers > MAX_LAYERS {
            return Err(DrawingError::TooMuch(
                "has more than 12 layers on each other",
            ));
        }
        match ground.held <= MAX_HELD {
            true => Ok(ground),
            false => Err(DrawingError::TooMuch(
                "has layers and effects of more than 30 times its own area",
            )),
        }
    }

    fn group(&mut self, group: &Group, outer: Ground) -> Result<(), DrawingError> {
        let here = placed(outer.here, group.transform())?;
        let mut ground = Ground { here, ..outer };
        let area = || self.reach.area(group.layer_bounding_box().to_rect(), here);
        if group.should_isolate() {
            let area = area()?;
            if !group.filters().is_empty() && here.has_skew() {
                // They work on what is not turned yet, and it takes more room so.
                ground.widest = grown(ground.widest, 0.5);
            }
            let steps = group
                .filters()
                .iter()
                .map(|filter| filter.primitives().len() + 2);
            ground = self.layer(area, ground, 1 + steps.sum::<usize>())?;
            self.paint(area, ground, 2.0)?;
        }
        if let Some(clip) = group.clip_path() {
            self.clip(clip, ground)?;
        }
        if let Some(mask) = group.mask() {
            self.mask(mask, ground)?;
        }
        for filter in group.filters() {
            self.filter(filter, ground)?;
        }
        for node in group.children() {
            match node {
                Node::Group(group) => self.group(group, ground)?,
                Node::Path(path) => self.path(path, ground)?,
                Node::Image(image) => {
                    let area = image.size().to_rect(0.0, 0.0);
                    let area = self.reach.area(area.unwrap_or(ground.seen), ground.here)?;
                    // Smoothed, each pixel is made of several.
                    self.paint(area, ground, 8.0)?;
                }
                // None comes through reading.
                Node::Text(_) => {}
            }
        }
        Ok(())
    }

    fn path(&mut self, path: &Path, ground: Ground) -> Result<(), DrawingError> {
        let area = self
            .reach
            .outline(path.stroke_bounding_box(), ground.here)?;
        if let Some(fill) = path.fill() {
            self.paint(area, ground, 1.0)?;
            self.paint_server(fill.paint(), ground)?;
        }
        if let Some(stroke) = path.stroke() {
            self.paint(area, ground, 1.0)?;
            let far = self.reach.far_curves(path.data(), ground.here);
            if far > 0 {
                self.paint(ground.seen, ground, far as f32 * FAR_CURVE)?;
            }
            self.paint_server(stroke.paint(), ground)?;
            self.dash(path.data(), stroke)?;
        }
        Ok(())
    }

    fn clip(&mut self, clip: &ClipPath, ground: Ground) -> Result<(), DrawingError> {
        let ground = self.layer(ground.seen, ground, 1)?;
        self.paint(ground.seen, ground, 2.0)?;
        if let Some(clip) = clip.clip_path() {
            self.clip(clip, ground)?;
        }
        let here = placed(ground.here, clip.transform())?;
        self.group(clip.root(), Ground { here, ..ground })
    }

    fn mask(&mut self, mask: &Mask, ground: Ground) -> Result<(), DrawingError> {
        let ground = self.layer(ground.seen, ground, 1)?;
        self.reach.area(mask.rect().to_rect(), ground.here)?;
        self.paint(ground.seen, ground, 3.0)?;
        if let Some(mask) = mask.mask() {
            self.mask(mask, ground)?;
        }
        self.group(mask.root(), ground)
    }

    fn paint_server(&mut self, paint: &Paint, ground: Ground) -> Result<(), DrawingError> {
        match paint {
            Paint::Color(_) => Ok(()),
            Paint::LinearGradient(own) => placed(ground.here, own.transform()).map(|_| ()),
            Paint::RadialGradient(own) => placed(ground.here, own.transform()).map(|_| ()),
            Paint::Pattern(pattern) => self.pattern(pattern, ground),
        }
    }

    fn pattern(&mut self, pattern: &Pattern, ground: Ground) -> Result<(), DrawingError> {
        // A tile is as large as it says, however little of it is seen.
        let (wide, high) = placed(ground.here, pattern.transform())?.get_scale();
        let here = Transform::from_scale(wide, high);
        let tile = pattern.rect();
        let tile = Rect::from_xywh(0.0, 0.0, tile.width() * wide, tile.height() * high);
        let canvas = self.canvas;
        let is_small = |tile: &Rect| {
            tile.width() <= 4.0 * canvas.width() && tile.height() <= 4.0 * canvas.height()
        };
        let tile = tile
            .filter(is_small)
            .ok_or(DrawingError::TooMuch("has a pattern larger than itself"))?;
        let ground = Ground {
            here,
            widest: grown(tile, MARGIN),
            ..ground
        };
        let ground = self.layer(tile, ground, 1)?;
        self.paint(tile, ground, 1.0)?;
        self.group(pattern.root(), ground)
    }

    fn filter(&mut self, filter: &Filter, ground: Ground) -> Result<(), DrawingError> {
        self.reach.effect(filter, ground.here)?;
        for primitive in filter.primitives() {
            let times = self.effect(primitive.kind(), ground)?;
            self.paint(ground.seen, ground, times)?;
        }
        Ok(())
    }

    /// How many times an effect goes over each pixel.
    fn effect(&mut self, kind: &Kind, ground: Ground) -> Result<f32, DrawingError> {
        Ok(match kind {
            Kind::ConvolveMatrix(matrix) => {
                let matrix = matrix.matrix();
                (matrix.columns() as f32 * matrix.rows() as f32).max(1.0)
            }
            Kind::Morphology(morphology) => {
                let scale = self.scale * scale(ground.here);
                let side = |radius: f32| 2.0 * radius * scale + 1.0;
                side(morphology.radius_x().get()) * side(morphology.radius_y().get())
            }
            Kind::Turbulence(turbulence) => 10.0 * (turbulence.num_octaves() as f32 + 1.0),
            Kind::Image(image) => {
                self.group(image.root(), self.layer(ground.seen, ground, 1)?)?;
                4.0
            }
            Kind::DropShadow(_) => 40.0,
            Kind::GaussianBlur(_) => 20.0,
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

/// The part of an area that is in another; nothing of it where they do not touch.
fn common(area: Rect, other: Rect) -> Rect {
    let across = |place: f32| place.clamp(other.left(), other.right());
    let down = |place: f32| place.clamp(other.top(), other.bottom());
    let common = Rect::from_ltrb(
        across(area.left()),
        down(area.top()),
        across(area.right()),
        down(area.bottom()),
    );
    common.unwrap_or(other)
}

/// An area with a margin around it, in its own width and height.
fn grown(area: Rect, margin: f32) -> Rect {
    let (wide, high) = (area.width() * margin, area.height() * margin);
    area.outset(wide, high).unwrap_or(area)
}
