//! Outlines to coverage: lines and curves in pixels, filled by exact area.

use ab_glyph_rasterizer::{Point, Rasterizer, point};
use skrifa::outline::OutlinePen;

/// A closed outline in pixels, y downwards.
#[derive(Debug, Default)]
pub(super) struct Outline {
    curves: Vec<Curve>,
    start: Point,
    at: Point,
    /// Where glyph outlines, y upwards, are put.
    pub(super) origin: Point,
}

#[derive(Debug, Clone, Copy)]
enum Curve {
    Line(Point, Point),
    Quadratic(Point, Point, Point),
    Cubic(Point, Point, Point, Point),
}

/// The part of the picture that an outline may touch: whole pixels, right and lower end excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) left: usize,
    pub(super) top: usize,
    pub(super) right: usize,
    pub(super) bottom: usize,
}

impl Outline {
    /// Forgets the curves and keeps their memory.
    pub(super) fn clear(&mut self) {
        self.curves.clear();
    }

    /// The pixels that the outline touches within a picture of this size.
    pub(super) fn area(&self, width: usize, height: usize) -> Option<Area> {
        let mut low = point(f32::INFINITY, f32::INFINITY);
        let mut high = point(f32::NEG_INFINITY, f32::NEG_INFINITY);
        for at in self.curves.iter().flat_map(|curve| curve.points()) {
            low = point(low.x.min(at.x), low.y.min(at.y));
            high = point(high.x.max(at.x), high.y.max(at.y));
        }
        // The casts hold fast at 0, for infinities too.
        let area = Area {
            left: (low.x.floor() as usize).min(width),
            top: (low.y.floor() as usize).min(height),
            right: (high.x.ceil().max(0.0) as usize).min(width),
            bottom: (high.y.ceil().max(0.0) as usize).min(height),
        };
        (area.left < area.right && area.top < area.bottom).then_some(area)
    }

    /// Adds the outline to a rasterizer that covers the area and a pixel to its right, where what lies beyond is gathered.
    pub(super) fn draw(&self, area: Area, raster: &mut Rasterizer) {
        let width = (area.right - area.left) as f32;
        let shift = |at: Point| {
            point(
                (at.x - area.left as f32).clamp(0.0, width),
                at.y - area.top as f32,
            )
        };
        for curve in &self.curves {
            match *curve {
                Curve::Line(a, b) => raster.draw_line(shift(a), shift(b)),
                Curve::Quadratic(a, b, c) => raster.draw_quad(shift(a), shift(b), shift(c)),
                Curve::Cubic(a, b, c, d) => {
                    raster.draw_cubic(shift(a), shift(b), shift(c), shift(d))
                }
            }
        }
    }

    fn place(&self, x: f32, y: f32) -> Point {
        point(self.origin.x + x, self.origin.y - y)
    }
}

impl Curve {
    fn points(&self) -> impl Iterator<Item = Point> + use<> {
        let points = match *self {
            Self::Line(a, b) => [a, b, b, b],
            Self::Quadratic(a, b, c) => [a, b, c, c],
            Self::Cubic(a, b, c, d) => [a, b, c, d],
        };
        points.into_iter()
    }
}

/// Takes coordinates relative to [`Outline::origin`], y upwards, as fonts have them.
impl OutlinePen for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.at = self.place(x, y);
        self.start = self.at;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.place(x, y);
        self.curves.push(Curve::Line(self.at, to));
        self.at = to;
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let to = self.place(x, y);
        self.curves
            .push(Curve::Quadratic(self.at, self.place(cx, cy), to));
        self.at = to;
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let to = self.place(x, y);
        self.curves.push(Curve::Cubic(
            self.at,
            self.place(ax, ay),
            self.place(bx, by),
            to,
        ));
        self.at = to;
    }

    fn close(&mut self) {
        self.curves.push(Curve::Line(self.at, self.start));
        self.at = self.start;
    }
}
