//! Drawings as vectors: an SVG drawing as a form that pages show as they show an image (ISO 32000-1, 8.10).
//!
//! What PDF has no vectors for (masks, effects, patterns, blended layers, transparency inside a gradient) is told by giving
//! nothing: the drawing is then shown as pixels.

use std::collections::BTreeMap;
use std::fmt::Write;

use printpdf::{DictItem, ExternalStream};
use usvg::tiny_skia_path::{Path as Outline, PathSegment};
use usvg::{
    BaseGradient, BlendMode, ClipPath, Color, Fill, FillRule, Group, Image, ImageKind, LineCap,
    LineJoin, Node, Paint, PaintOrder, Path, SpreadMethod, Stop, Stroke, Transform,
};

use super::finish::deflate;
use super::name;
use crate::drawing::Drawing;
use crate::piece::ImageFormat;

/// Makes an object of an image in a drawing: of the bytes of a PNG or JPEG.
pub(super) type Pixels<'a> = &'a dyn Fn(&[u8], ImageFormat) -> Option<ExternalStream>;

/// The form of a drawing that is shown in a square of one point; none where it cannot be drawn as vectors.
pub(super) fn form(drawing: &Drawing, pixels: Pixels<'_>) -> Option<ExternalStream> {
    let size = drawing.tree().size();
    let (width, height) = (size.width(), size.height());
    let mut pen = Pen::new(pixels);
    pen.group(drawing.tree().root())?;
    // A drawing's heights are counted from above.
    let matrix = [1.0 / width, 0.0, 0.0, -1.0 / height, 0.0, 1.0];
    pen.form([0.0, 0.0, width, height], matrix)
}

/// What is drawn, and what it needs.
struct Pen<'a> {
    pixels: Pixels<'a>,
    operators: String,
    shadings: Vec<DictItem>,
    /// The opacities in use, in thousandths.
    opacities: Vec<u16>,
    /// What is shown by name: layers and images.
    forms: Vec<ExternalStream>,
    /// Whether an image is among them, which may be transparent.
    has_images: bool,
}

impl<'a> Pen<'a> {
    fn new(pixels: Pixels<'a>) -> Self {
        Self {
            pixels,
            operators: String::new(),
            shadings: Vec::new(),
            opacities: Vec::new(),
            forms: Vec::new(),
            has_images: false,
        }
    }

    fn form(self, bounds: [f32; 4], matrix: [f32; 6]) -> Option<ExternalStream> {
        let mut resources = BTreeMap::new();
        let mut add = |kind: &str, prefix: &str, items: Vec<DictItem>| {
            if !items.is_empty() {
                let items = items.into_iter().enumerate();
                let map = items.map(|(index, item)| (format!("{prefix}{index}"), item));
                resources.insert(kind.to_owned(), DictItem::Dict { map: map.collect() });
            }
        };
        let states = self.opacities.iter().map(|opacity| {
            let opacity = DictItem::Real(f32::from(*opacity) / 1000.0);
            dictionary([("ca", opacity.clone()), ("CA", opacity)])
        });
        let states: Vec<_> = states.collect();
        let forms = self.forms.into_iter();
        let forms: Vec<_> = forms.map(|stream| DictItem::Stream { stream }).collect();
        let transparent = !states.is_empty() || self.has_images;
        add("ExtGState", "G", states);
        add("Shading", "S", self.shadings);
        add("XObject", "X", forms);
        let mut dict = BTreeMap::from([
            ("Type".to_owned(), name("XObject")),
            ("Subtype".to_owned(), name("Form")),
            ("BBox".to_owned(), numbers(&bounds)),
            ("Matrix".to_owned(), numbers(&matrix)),
            ("Resources".to_owned(), DictItem::Dict { map: resources }),
            ("Filter".to_owned(), name("FlateDecode")),
        ]);
        if transparent {
            let group = dictionary([
                ("Type", name("Group")),
                ("S", name("Transparency")),
                ("CS", name("DeviceRGB")),
                ("I", DictItem::Bool(true)),
            ]);
            dict.insert("Group".to_owned(), group);
        }
        Some(ExternalStream {
            dict,
            content: deflate(self.operators.as_bytes()).ok()?,
            compress: false,
        })
    }

    fn group(&mut self, group: &Group) -> Option<()> {
        let plain = group.filters().is_empty()
            && group.mask().is_none()
            && group.blend_mode() == BlendMode::Normal;
        if !plain {
            return None;
        }
        self.operators.push_str("q\n");
        self.transform(group.transform());
        if let Some(clip) = group.clip_path() {
            self.clip(clip)?;
        }
        let opacity = group.opacity().get();
        if opacity < 1.0 {
            let mut inner = Self::new(self.pixels);
            inner.children(group)?;
            let bounds = group.layer_bounding_box();
            let bounds = [bounds.left(), bounds.top(), bounds.right(), bounds.bottom()];
            let mut form = inner.form(bounds, [1.0, 0.0, 0.0, 1.0, 0.0, 0.0])?;
            let group = dictionary([
                ("Type", name("Group")),
                ("S", name("Transparency")),
                ("CS", name("DeviceRGB")),
                ("I", DictItem::Bool(true)),
            ]);
            form.dict.insert("Group".to_owned(), group);
            self.opacity(opacity);
            let _ = writeln!(self.operators, "/X{} Do", self.forms.len());
            self.forms.push(form);
        } else {
            self.children(group)?;
        }
        self.operators.push_str("Q\n");
        Some(())
    }

    fn children(&mut self, group: &Group) -> Option<()> {
        for node in group.children() {
            match node {
                Node::Group(group) => self.group(group)?,
                Node::Path(path) => self.path(path)?,
                Node::Image(image) => self.image(image)?,
                Node::Text(_) => return None,
            }
        }
        Some(())
    }

    /// An image fills a square of one unit, from below (ISO 32000-1, 8.9.5).
    fn image(&mut self, image: &Image) -> Option<()> {
        if !image.is_visible() {
            return Some(());
        }
        let (bytes, format) = match image.kind() {
            ImageKind::JPEG(bytes) => (bytes, ImageFormat::Jpeg),
            ImageKind::PNG(bytes) => (bytes, ImageFormat::Png),
            ImageKind::GIF(_) | ImageKind::WEBP(_) | ImageKind::SVG(_) => return None,
        };
        let object = (self.pixels)(bytes, format)?;
        let (width, height) = (image.size().width(), image.size().height());
        self.operators.push_str("q\n");
        self.numbers(&[width, 0.0, 0.0, -height, 0.0, height], "cm");
        let _ = writeln!(self.operators, "/X{} Do\nQ", self.forms.len());
        self.forms.push(object);
        self.has_images = true;
        Some(())
    }

    fn path(&mut self, path: &Path) -> Option<()> {
        if !path.is_visible() {
            return Some(());
        }
        let fill = |pen: &mut Self| match path.fill() {
            Some(fill) => pen.fill(path.data(), fill),
            None => Some(()),
        };
        let stroke = |pen: &mut Self| match path.stroke() {
            Some(stroke) => pen.stroke(path.data(), stroke),
            None => Some(()),
        };
        match path.paint_order() {
            PaintOrder::FillAndStroke => fill(self).and_then(|()| stroke(self)),
            PaintOrder::StrokeAndFill => stroke(self).and_then(|()| fill(self)),
        }
    }

    fn fill(&mut self, outline: &Outline, fill: &Fill) -> Option<()> {
        self.area(outline, fill.paint(), fill.opacity().get(), fill.rule())
    }

    /// Paints what an outline encloses.
    fn area(
        &mut self,
        outline: &Outline,
        paint: &Paint,
        opacity: f32,
        rule: FillRule,
    ) -> Option<()> {
        self.operators.push_str("q\n");
        self.opacity(opacity);
        let star = match rule {
            FillRule::NonZero => "",
            FillRule::EvenOdd => "*",
        };
        if let Paint::Color(colour) = paint {
            self.colour(*colour, "rg");
            self.outline(outline);
            let _ = writeln!(self.operators, "f{star}");
        } else {
            let (gradient, points) = match paint {
                Paint::LinearGradient(one) => (
                    one as &BaseGradient,
                    vec![one.x1(), one.y1(), one.x2(), one.y2()],
                ),
                Paint::RadialGradient(one) => {
                    let (from, to) = ([one.fx(), one.fy()], [one.cx(), one.cy()]);
                    let [r0, r1] = [one.fr().get(), one.r().get()];
                    (
                        one as &BaseGradient,
                        vec![from[0], from[1], r0, to[0], to[1], r1],
                    )
                }
                Paint::Pattern(_) | Paint::Color(_) => return None,
            };
            let shading = shading(gradient, &points)?;
            self.outline(outline);
            let _ = writeln!(self.operators, "W{star} n");
            self.transform(gradient.transform());
            let _ = writeln!(self.operators, "/S{} sh", self.shadings.len());
            self.shadings.push(shading);
        }
        self.operators.push_str("Q\n");
        Some(())
    }

    fn stroke(&mut self, outline: &Outline, stroke: &Stroke) -> Option<()> {
        let Paint::Color(colour) = stroke.paint() else {
            // The line as the area that it covers.
            let line = stroke.to_tiny_skia();
            let dashed = match &line.dash {
                Some(dash) => Some(outline.dash(dash, 1.0)?),
                None => None,
            };
            let area = dashed.as_ref().unwrap_or(outline).stroke(&line, 1.0)?;
            let opacity = stroke.opacity().get();
            return self.area(&area, stroke.paint(), opacity, FillRule::NonZero);
        };
        self.operators.push_str("q\n");
        self.opacity(stroke.opacity().get());
        self.colour(*colour, "RG");
        let cap = match stroke.linecap() {
            LineCap::Butt => 0,
            LineCap::Round => 1,
            LineCap::Square => 2,
        };
        let join = match stroke.linejoin() {
            LineJoin::Miter | LineJoin::MiterClip => 0,
            LineJoin::Round => 1,
            LineJoin::Bevel => 2,
        };
        self.numbers(&[stroke.width().get()], "w");
        let _ = writeln!(self.operators, "{cap} J {join} j");
        self.numbers(&[stroke.miterlimit().get()], "M");
        if let Some(dashes) = stroke.dasharray() {
            let dashes: Vec<_> = dashes.iter().map(|dash| number(*dash)).collect();
            let offset = number(stroke.dashoffset());
            let _ = writeln!(self.operators, "[{}] {offset} d", dashes.join(" "));
        }
        self.outline(outline);
        self.operators.push_str("S\nQ\n");
        Some(())
    }

    /// Draws only inside of a path. Of several the union would be needed, which PDF has no operator for.
    fn clip(&mut self, clip: &ClipPath) -> Option<()> {
        if let Some(outer) = clip.clip_path() {
            self.clip(outer)?;
        }
        match only_path(clip.root(), clip.transform())? {
            Some((path, transform)) => {
                let outline = path.data().clone().transform(transform)?;
                self.outline(&outline);
                let even = path
                    .fill()
                    .is_some_and(|fill| fill.rule() == FillRule::EvenOdd);
                self.operators
                    .push_str(if even { "W* n\n" } else { "W n\n" });
            }
            // What is clipped by nothing is not seen.
            None => self.operators.push_str("0 0 0 0 re\nW n\n"),
        }
        Some(())
    }

    fn outline(&mut self, outline: &Outline) {
        let mut pen = (0.0, 0.0);
        for segment in outline.segments() {
            match segment {
                PathSegment::MoveTo(to) => {
                    self.numbers(&[to.x, to.y], "m");
                    pen = (to.x, to.y);
                }
                PathSegment::LineTo(to) => {
                    self.numbers(&[to.x, to.y], "l");
                    pen = (to.x, to.y);
                }
                PathSegment::QuadTo(by, to) => {
                    // The same curve of the third degree.
                    let part = |from: f32, by: f32| from + (by - from) * 2.0 / 3.0;
                    let first = (part(pen.0, by.x), part(pen.1, by.y));
                    let second = (part(to.x, by.x), part(to.y, by.y));
                    self.numbers(&[first.0, first.1, second.0, second.1, to.x, to.y], "c");
                    pen = (to.x, to.y);
                }
                PathSegment::CubicTo(a, b, to) => {
                    self.numbers(&[a.x, a.y, b.x, b.y, to.x, to.y], "c");
                    pen = (to.x, to.y);
                }
                PathSegment::Close => self.operators.push_str("h\n"),
            }
        }
    }

    fn transform(&mut self, transform: Transform) {
        if !transform.is_identity() {
            let Transform {
                sx,
                ky,
                kx,
                sy,
                tx,
                ty,
            } = transform;
            self.numbers(&[sx, ky, kx, sy, tx, ty], "cm");
        }
    }

    fn colour(&mut self, colour: Color, operator: &str) {
        self.numbers(&parts(colour), operator);
    }

    fn opacity(&mut self, opacity: f32) {
        let opacity = (opacity * 1000.0).round() as u16;
        if opacity >= 1000 {
            return;
        }
        let known = self.opacities.iter().position(|other| *other == opacity);
        let index = known.unwrap_or_else(|| {
            self.opacities.push(opacity);
            self.opacities.len() - 1
        });
        let _ = writeln!(self.operators, "/G{index} gs");
    }

    fn numbers(&mut self, values: &[f32], operator: &str) {
        for value in values {
            self.operators.push_str(&number(*value));
            self.operators.push(' ');
        }
        self.operators.push_str(operator);
        self.operators.push('\n');
    }
}

/// The only path of a clip and how it lies; nothing inside where there is none, nothing at all where there are more.
fn only_path(group: &Group, transform: Transform) -> Option<Option<(&Path, Transform)>> {
    let mut found = None;
    for node in group.children() {
        let inner = match node {
            Node::Path(path) if path.is_visible() => Some((&**path, transform)),
            Node::Group(inner) if inner.clip_path().is_none() && inner.mask().is_none() => {
                only_path(inner, transform.pre_concat(inner.transform()))?
            }
            Node::Path(_) => None,
            _ => return None,
        };
        if inner.is_some() && found.is_some() {
            return None;
        }
        found = found.or(inner);
    }
    Some(found)
}

/// A gradient along a line or between two circles (ISO 32000-1, 8.7.4.5.3 and 8.7.4.5.4).
fn shading(gradient: &BaseGradient, points: &[f32]) -> Option<DictItem> {
    let opaque = |stop: &Stop| stop.opacity().get() >= 1.0;
    if gradient.spread_method() != SpreadMethod::Pad || !gradient.stops().iter().all(opaque) {
        return None;
    }
    let kind = if points.len() == 4 { 2 } else { 3 };
    let both = DictItem::Array(vec![DictItem::Bool(true); 2]);
    Some(dictionary([
        ("ShadingType", DictItem::Int(kind)),
        ("ColorSpace", name("DeviceRGB")),
        ("Coords", numbers(points)),
        ("Extend", both),
        ("Function", ramp(gradient.stops())?),
    ]))
}

/// The colours from the first stop to the last: a step between two, and all of them in a row (7.10.3 and 7.10.4).
fn ramp(stops: &[Stop]) -> Option<DictItem> {
    let (first, last) = (stops.first()?, stops.last()?);
    let mut steps = Vec::new();
    let mut ends = Vec::new();
    let mut step = |from: &Stop, to: &Stop, start: f32, end: f32| {
        if end > start {
            steps.push(dictionary([
                ("FunctionType", DictItem::Int(2)),
                ("Domain", numbers(&[0.0, 1.0])),
                ("C0", numbers(&parts(from.color()))),
                ("C1", numbers(&parts(to.color()))),
                ("N", DictItem::Int(1)),
            ]));
            ends.push(end);
        }
    };
    step(first, first, 0.0, first.offset().get());
    for pair in stops.windows(2) {
        let [from, to] = pair else { continue };
        step(from, to, from.offset().get(), to.offset().get());
    }
    step(last, last, last.offset().get(), 1.0);
    ends.pop()?;
    let encode = [0.0, 1.0].repeat(steps.len());
    Some(dictionary([
        ("FunctionType", DictItem::Int(3)),
        ("Domain", numbers(&[0.0, 1.0])),
        ("Functions", DictItem::Array(steps)),
        ("Bounds", numbers(&ends)),
        ("Encode", numbers(&encode)),
    ]))
}

fn parts(colour: Color) -> [f32; 3] {
    [colour.red, colour.green, colour.blue].map(|part| f32::from(part) / 255.0)
}

fn dictionary<const N: usize>(entries: [(&str, DictItem); N]) -> DictItem {
    let entries = entries.into_iter();
    let map = entries
        .map(|(key, value)| (key.to_owned(), value))
        .collect();
    DictItem::Dict { map }
}

fn numbers(values: &[f32]) -> DictItem {
    DictItem::Array(values.iter().map(|value| DictItem::Real(*value)).collect())
}

/// A number with as many decimals as its size asks for, and never with an exponent.
fn number(value: f32) -> String {
    let digits = match value.abs() {
        size if size >= 1000.0 => 1,
        size if size >= 10.0 => 3,
        size if size >= 0.1 => 5,
        _ => 8,
    };
    let text = format!("{value:.digits$}");
    let text = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.'),
        false => &text,
    };
    match text {
        "-0" | "" => "0".to_owned(),
        text => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(content: &str) -> Option<ExternalStream> {
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'>{content}</svg>"
        );
        form(
            &Drawing::again(svg.as_bytes()).expect("a drawing"),
            &|_, _| None,
        )
    }

    fn operators(content: &str) -> String {
        let stream = drawn(content).expect("vectors");
        let mut text = String::new();
        let mut decoder = flate2::read::ZlibDecoder::new(&*stream.content);
        std::io::Read::read_to_string(&mut decoder, &mut text).expect("deflated");
        text
    }

    #[test]
    fn an_area_and_a_line_are_drawn_in_their_colours() {
        let drawn = operators(
            "<rect width='10' height='5' fill='#ff0000' stroke='#0000ff' stroke-width='2' stroke-dasharray='3 1'/>",
        );
        for part in [
            "1 0 0 rg\n0 0 m\n10 0 l\n10 5 l\n0 5 l\nh\nf\n",
            "0 0 1 RG\n2 w\n0 J 0 j\n4 M\n[3 1] 0 d\n",
        ] {
            assert!(drawn.contains(part), "{drawn}");
        }
    }

    #[test]
    fn opacity_gradients_and_clips_are_vectors_too() {
        let gradient = "<linearGradient id='g'><stop offset='.2' stop-color='red'/><stop offset='1' stop-color='blue'/></linearGradient>";
        let drawn = operators(&format!(
            "{gradient}<clipPath id='c'><circle cx='5' cy='5' r='4'/></clipPath>
            <g opacity='.5' clip-path='url(#c)'><rect width='9' height='9' fill='url(#g)'/><rect width='3' height='3'/></g>"
        ));
        assert!(
            drawn.contains("W n\n") && drawn.contains("/G0 gs\n/X0 Do\n"),
            "{drawn}"
        );
    }

    #[test]
    fn what_has_no_vectors_in_pdf_is_left_to_pixels() {
        let filter = "<filter id='f'><feGaussianBlur stdDeviation='2'/></filter><rect width='9' height='9' filter='url(#f)'/>";
        let mask = "<mask id='m'><rect width='4' height='4' fill='white'/></mask><rect width='9' height='9' mask='url(#m)'/>";
        let pattern = "<pattern id='p' width='2' height='2' patternUnits='userSpaceOnUse'><rect width='1' height='1'/></pattern><rect width='9' height='9' fill='url(#p)'/>";
        for content in [filter, mask, pattern] {
            assert!(drawn(content).is_none(), "{content}");
        }
    }

    #[test]
    fn numbers_are_as_fine_as_they_are_small() {
        let written = [1234.567, 12.3456, 0.123_456_7, 0.000_001_23, -0.0, 100.0].map(number);
        assert_eq!(
            written,
            ["1234.6", "12.346", "0.12346", "0.00000123", "0", "100"]
        );
    }
}
