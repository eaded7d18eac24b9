//! The marks of a drawing, in the order in which they are made.

use std::sync::Arc;

use usvg::tiny_skia_path::{Path as Outline, PathSegment, Point};
use usvg::{
    BaseGradient, BlendMode, ClipPath, FillRule, Group, Image, ImageKind, Node, Paint, PaintOrder,
    Path, SpreadMethod, Stop, Stroke, Transform,
};

use super::Drawing;
use super::paths::{cap_and_join, covered, only_path, ways};
use super::shapes::{Mark, Shape, Step};

impl Drawing {
    /// Its marks; none where it has something that is no outline in one colour or along a gradient.
    #[must_use]
    pub fn shapes(&self) -> Option<Vec<Shape>> {
        let mut marks = Marks(Vec::new());
        marks.group(self.tree().root(), Transform::identity())?;
        Some(marks.0)
    }
}

struct Marks(Vec<Shape>);

impl Marks {
    fn group(&mut self, group: &Group, outer: Transform) -> Option<()> {
        let is_plain = group.filters().is_empty()
            && group.mask().is_none()
            && group.blend_mode() == BlendMode::Normal;
        if !is_plain {
            return None;
        }
        let here = outer.pre_concat(group.transform());
        if let Some(clip) = group.clip_path() {
            self.clip(clip, here)?;
        }
        let opacity = thousandths(group.opacity().get());
        if opacity < 1000 || group.opacity().get() < 1.0 {
            self.0.push(Shape {
                mark: Mark::Layer,
                colour: None,
                opacity,
                outline: Vec::new(),
            });
        }
        for node in group.children() {
            match node {
                Node::Group(inner) => self.group(inner, here)?,
                Node::Path(path) => self.path(path, here)?,
                Node::Image(image) => self.image(image, here)?,
                Node::Text(_) => return None,
            }
        }
        Some(())
    }

    fn image(&mut self, image: &Image, here: Transform) -> Option<()> {
        if !image.is_visible() {
            return Some(());
        }
        let (ImageKind::JPEG(file) | ImageKind::PNG(file)) = image.kind() else {
            return None;
        };
        let (wide, high) = (image.size().width(), image.size().height());
        let corners = [(0.0, 0.0), (wide, 0.0), (0.0, high)];
        let outline = corners.map(|(x, y)| Step::Move(placed(Point::from_xy(x, y), here)));
        self.0.push(Shape {
            mark: Mark::Pixels(Arc::from(file.as_slice())),
            colour: None,
            opacity: 1000,
            outline: outline.to_vec(),
        });
        Some(())
    }

    fn path(&mut self, path: &Path, here: Transform) -> Option<()> {
        if !path.is_visible() {
            return Some(());
        }
        let fill = |own: &mut Self| {
            path.fill().map_or(Some(()), |fill| {
                let opacity = fill.opacity().get();
                own.area(path.data(), fill.paint(), opacity, fill.rule(), here)
            })
        };
        let stroke = |own: &mut Self| {
            path.stroke()
                .map_or(Some(()), |stroke| own.line(path.data(), stroke, here))
        };
        match path.paint_order() {
            PaintOrder::FillAndStroke => fill(self).and_then(|()| stroke(self)),
            PaintOrder::StrokeAndFill => stroke(self).and_then(|()| fill(self)),
        }
    }

    fn area(
        &mut self,
        outline: &Outline,
        paint: &Paint,
        opacity: f32,
        rule: FillRule,
        here: Transform,
    ) -> Option<()> {
        let even = rule == FillRule::EvenOdd;
        let opacity = thousandths(opacity);
        let (gradient, places): (&BaseGradient, Vec<f32>) = match paint {
            Paint::Color(colour) => {
                self.0.push(Shape {
                    mark: Mark::Fill { even },
                    colour: Some([colour.red, colour.green, colour.blue]),
                    opacity,
                    outline: steps(outline, here),
                });
                return Some(());
            }
            Paint::LinearGradient(own) => (own, vec![own.x1(), own.y1(), own.x2(), own.y2()]),
            Paint::RadialGradient(own) => {
                let (from, to) = (own.fr().get(), own.r().get());
                (own, vec![own.fx(), own.fy(), from, own.cx(), own.cy(), to])
            }
            Paint::Pattern(_) => return None,
        };
        let is_opaque = |stop: &Stop| stop.opacity().get() >= 1.0;
        let stops = gradient.stops();
        if gradient.spread_method() != SpreadMethod::Pad || !stops.iter().all(is_opaque) {
            return None;
        }
        let way = here.pre_concat(gradient.transform());
        let mut said = vec![way.sx, way.ky, way.kx, way.sy, way.tx, way.ty];
        said.extend(places);
        said.extend(ramp(stops)?);
        self.0.push(Shape {
            mark: Mark::Clip { even },
            colour: None,
            opacity: 1000,
            outline: steps(outline, here),
        });
        self.0.push(Shape {
            mark: Mark::Gradient(said),
            colour: None,
            opacity,
            outline: Vec::new(),
        });
        Some(())
    }

    fn line(&mut self, outline: &Outline, stroke: &Stroke, here: Transform) -> Option<()> {
        let Paint::Color(colour) = stroke.paint() else {
            let area = covered(outline, stroke)?;
            let opacity = stroke.opacity().get();
            return self.area(&area, stroke.paint(), opacity, FillRule::NonZero, here);
        };
        let scale = (here.sx * here.sy - here.kx * here.ky).abs().sqrt();
        let dashes = stroke.dasharray().unwrap_or_default().iter().copied();
        let begin = stroke.dasharray().map(|_| stroke.dashoffset());
        self.0.push(Shape {
            mark: Mark::Line {
                broad: stroke.width().get() * scale,
                kinds: cap_and_join(stroke),
                sharp: stroke.miterlimit().get(),
                dashes: dashes.chain(begin).map(|part| part * scale).collect(),
            },
            colour: Some([colour.red, colour.green, colour.blue]),
            opacity: thousandths(stroke.opacity().get()),
            outline: steps(outline, here),
        });
        Some(())
    }

    fn clip(&mut self, clip: &ClipPath, here: Transform) -> Option<()> {
        if let Some(outer) = clip.clip_path() {
            self.clip(outer, here)?;
        }
        let (even, outline) = match only_path(clip.root(), clip.transform())? {
            Some((path, transform)) => {
                let outline = path.data().clone().transform(transform)?;
                let rule = path.fill().map(usvg::Fill::rule);
                (rule == Some(FillRule::EvenOdd), steps(&outline, here))
            }
            None => {
                let corner = placed(Point::zero(), here);
                let lines = [Step::Line(corner); 3];
                let outline = [Step::Move(corner)].into_iter().chain(lines);
                (false, outline.chain([Step::Close]).collect())
            }
        };
        self.0.push(Shape {
            mark: Mark::Clip { even },
            colour: None,
            opacity: 1000,
            outline,
        });
        Some(())
    }
}

/// The colours of a gradient: from one to the next, and where each way ends.
fn ramp(stops: &[Stop]) -> Option<Vec<f32>> {
    let mut said = Vec::new();
    let mut ends = Vec::new();
    for (from, to, end) in ways(stops) {
        let colours = [from.color(), to.color()];
        let parts = colours
            .iter()
            .flat_map(|own| [own.red, own.green, own.blue]);
        said.extend(parts.map(|part| f32::from(part) / 255.0));
        ends.push(end);
    }
    ends.pop()?;
    said.extend(ends);
    Some(said)
}

fn thousandths(opacity: f32) -> u16 {
    (opacity * 1000.0).round() as u16
}

fn placed(point: Point, by: Transform) -> [f32; 2] {
    [
        by.sx * point.x + by.kx * point.y + by.tx,
        by.ky * point.x + by.sy * point.y + by.ty,
    ]
}

/// The steps of an outline that lies so.
fn steps(outline: &Outline, by: Transform) -> Vec<Step> {
    let mut pen = Point::zero();
    let steps = outline.segments().map(|segment| match segment {
        PathSegment::MoveTo(to) => {
            pen = to;
            Step::Move(placed(to, by))
        }
        PathSegment::LineTo(to) => {
            pen = to;
            Step::Line(placed(to, by))
        }
        PathSegment::QuadTo(over, to) => {
            let part = |from: f32, over: f32| from + (over - from) * 2.0 / 3.0;
            let first = Point::from_xy(part(pen.x, over.x), part(pen.y, over.y));
            let second = Point::from_xy(part(to.x, over.x), part(to.y, over.y));
            pen = to;
            Step::Curve([first, second, to].map(|point| placed(point, by)))
        }
        PathSegment::CubicTo(first, second, to) => {
            pen = to;
            Step::Curve([first, second, to].map(|point| placed(point, by)))
        }
        PathSegment::Close => Step::Close,
    });
    steps.collect()
}
