//! How far a drawing reaches, told from what it is made of: places that are too far outside of it cannot be counted in pixels, and
//! what leads there is not precise.

use usvg::filter::{Filter, Kind};
use usvg::tiny_skia_path::{Path as Outline, PathSegment, Point};
use usvg::{Rect, Transform, Tree};

use super::DrawingError;
use super::numbers::LARGEST_OF_TRANSFORMS;

/// How far outside of itself a drawing may reach, in its own longer side.
const MAX_REACH: f32 = 1000.0;
/// How far a curve reaches that is drawn as a line without losing its precision, in the same.
const NEAR: f32 = 250.0;

/// The bounds of a drawing.
#[derive(Clone, Copy)]
pub(super) struct Reach {
    side: f32,
}

impl Reach {
    pub(super) fn of(tree: &Tree) -> Self {
        let size = tree.size();
        Self {
            side: size.width().max(size.height()),
        }
    }

    /// Where an area lies that is so placed, if it lies near enough.
    pub(super) fn area(self, area: Rect, by: Transform) -> Result<Rect, DrawingError> {
        let placed = area.transform(by).ok_or(FAR)?;
        let corners = [placed.left(), placed.top(), placed.right(), placed.bottom()];
        match corners.iter().all(|place| self.is_within(*place)) {
            true => Ok(placed),
            false => Err(FAR),
        }
    }

    /// Where an outline lies; before it is placed it must lie near enough too, since it is cut into pieces there.
    pub(super) fn outline(self, area: Rect, by: Transform) -> Result<Rect, DrawingError> {
        let (wide, high) = (by.sx.hypot(by.ky), by.kx.hypot(by.sy));
        let before = [
            area.left() * wide,
            area.top() * high,
            area.right() * wide,
            area.bottom() * high,
        ];
        match before.iter().all(|place| self.is_within(*place)) {
            true => self.area(area, by),
            false => Err(FAR),
        }
    }

    fn is_within(self, place: f32) -> bool {
        place.abs() <= MAX_REACH * self.side
    }

    /// How many curves of an outline lead so far that a line along them is split into very many pieces.
    pub(super) fn far_curves(self, outline: &Outline, by: Transform) -> usize {
        let bound = NEAR * self.side / scale(by);
        let is_far = |point: &Point| point.x.abs() > bound || point.y.abs() > bound;
        let is_far = |segment: &PathSegment| match segment {
            PathSegment::QuadTo(a, b) => [a, b].into_iter().any(is_far),
            PathSegment::CubicTo(a, b, c) => [a, b, c].into_iter().any(is_far),
            _ => false,
        };
        let bounds = outline.bounds();
        let corners = [bounds.left(), bounds.top(), bounds.right(), bounds.bottom()];
        match corners.iter().any(|place| place.abs() > bound) {
            true => outline.segments().filter(is_far).count(),
            false => 0,
        }
    }

    /// Bounds what an effect works on, and how far it moves that.
    pub(super) fn effect(self, filter: &Filter, by: Transform) -> Result<(), DrawingError> {
        self.area(filter.rect().to_rect(), by)?;
        for primitive in filter.primitives() {
            self.area(primitive.rect().to_rect(), by)?;
            let lengths = match primitive.kind() {
                Kind::Offset(offset) => [offset.dx(), offset.dy(), 0.0, 0.0],
                Kind::DropShadow(shadow) => {
                    let blur = [shadow.std_dev_x(), shadow.std_dev_y()].map(|length| length.get());
                    [shadow.dx(), shadow.dy(), blur[0], blur[1]]
                }
                Kind::GaussianBlur(blur) => {
                    [blur.std_dev_x().get(), blur.std_dev_y().get(), 0.0, 0.0]
                }
                Kind::DisplacementMap(map) => [map.scale(), 0.0, 0.0, 0.0],
                _ => [0.0; 4],
            };
            let bound = MAX_REACH * self.side / scale(by);
            if !lengths.iter().all(|length| length.abs() <= bound) {
                return Err(FAR);
            }
        }
        Ok(())
    }
}

const FAR: DrawingError =
    DrawingError::TooMuch("reaches more than a thousand times its own size outside of itself");

/// The transform inside of another, if its numbers are such as a file can hold.
pub(super) fn placed(outer: Transform, inner: Transform) -> Result<Transform, DrawingError> {
    let both = outer.pre_concat(inner);
    let is_bounded = |by: Transform| {
        let numbers = [by.sx, by.ky, by.kx, by.sy, by.tx, by.ty];
        numbers
            .iter()
            .all(|number| f64::from(number.abs()) <= LARGEST_OF_TRANSFORMS)
    };
    match is_bounded(inner) && both.is_finite() {
        true => Ok(both),
        false => Err(DrawingError::TooMuch(
            "is scaled or moved by more than 1,000,000,000",
        )),
    }
}

/// How much larger things become, the larger of both ways.
pub(super) fn scale(by: Transform) -> f32 {
    let (wide, high) = by.get_scale();
    wide.max(high)
}
