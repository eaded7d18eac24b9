//! The pen of a drawing: the operators that are written, and the form that is made of them with all it needs.

use std::collections::BTreeMap;
use std::fmt::Write;

use printpdf::{DictItem, ExternalStream};
use usvg::tiny_skia_path::{Path as Outline, PathSegment};
use usvg::{Color, Transform};

use super::super::finish::deflate;
use super::super::name;
use super::values::{dictionary, number, numbers, parts};
use crate::piece::ImageFormat;

/// Makes an object of an image in a drawing: of the bytes of a PNG or JPEG.
pub(super) type Pixels<'a> = &'a dyn Fn(&[u8], ImageFormat) -> Option<ExternalStream>;

/// What is drawn, and what it needs.
pub(super) struct Pen<'a> {
    pub(super) pixels: Pixels<'a>,
    pub(super) operators: String,
    pub(super) shadings: Vec<DictItem>,
    /// The opacities in use, in thousandths.
    pub(super) opacities: Vec<u16>,
    /// What is shown by name: layers and images.
    pub(super) forms: Vec<ExternalStream>,
    /// Whether an image is among them, which may be transparent.
    pub(super) has_images: bool,
}

impl<'a> Pen<'a> {
    pub(super) fn new(pixels: Pixels<'a>) -> Self {
        Self {
            pixels,
            operators: String::new(),
            shadings: Vec::new(),
            opacities: Vec::new(),
            forms: Vec::new(),
            has_images: false,
        }
    }

    pub(super) fn form(self, bounds: [f32; 4], matrix: [f32; 6]) -> Option<ExternalStream> {
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

    pub(super) fn outline(&mut self, outline: &Outline) {
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

    pub(super) fn transform(&mut self, transform: Transform) {
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

    pub(super) fn colour(&mut self, colour: Color, operator: &str) {
        self.numbers(&parts(colour), operator);
    }

    pub(super) fn opacity(&mut self, opacity: f32) {
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

    pub(super) fn numbers(&mut self, values: &[f32], operator: &str) {
        for value in values {
            self.operators.push_str(&number(*value));
            self.operators.push(' ');
        }
        self.operators.push_str(operator);
        self.operators.push('\n');
    }
}
