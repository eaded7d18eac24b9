//! The marks that a form makes: a drawing as pages show it (ISO 32000-1, 8.5, 8.7 and 8.10).

use std::borrow::Cow;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use hayro_syntax::page::Resources;

use super::budget::{Budget, OPERATION};
use super::pictures::Files;
use crate::drawing::{Mark, Shape, Step, bytes};

/// Layers stand in each other at most so deep.
const DEEPEST: usize = 8;
/// A drawing of more marks is none of ours.
const MOST: usize = 1 << 20;

type Matrix = [f32; 6];
const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// The marks of a form; none where it does something that no drawing of ours does.
pub(super) fn shapes(form: &Stream<'_>, budget: &Budget, files: &mut Files) -> Option<Vec<Shape>> {
    let mut pen = Pen {
        budget,
        files,
        shapes: Vec::new(),
        state: State::new(IDENTITY),
        saved: Vec::new(),
        outline: Vec::new(),
        clip: None,
    };
    pen.form(form, 0)?;
    Some(pen.shapes)
}

/// Whether all of a form is shown in a square of one unit, upside down: a drawing's heights are counted from above.
pub(super) fn stands(form: &Stream<'_>) -> bool {
    const SLACK: f64 = 1e-3;
    let numbers = |key: &str| -> Vec<f64> {
        let all = form.dict().get::<Array<'_>>(key);
        let all = all.iter().flat_map(|all| all.iter::<Number>());
        all.map(|number| number.as_f64()).collect()
    };
    let (bounds, matrix) = (numbers("BBox"), numbers("Matrix"));
    let [left, top, wide, high] = bounds[..] else {
        return false;
    };
    let [a, b, c, d, e, f] = matrix[..] else {
        return false;
    };
    let is = |one: f64, other: f64| (one - other).abs() <= SLACK;
    is(left, 0.0)
        && is(top, 0.0)
        && is(a * wide, 1.0)
        && is(d * high, -1.0)
        && [b, c, e, f - 1.0].iter().all(|own| is(*own, 0.0))
}

#[derive(Debug, Clone)]
struct State {
    matrix: Matrix,
    colour: [u8; 3],
    line: [u8; 3],
    opacity: u16,
    broad: f32,
    kinds: [u8; 2],
    sharp: f32,
    dashes: Vec<f32>,
}

impl State {
    fn new(matrix: Matrix) -> Self {
        Self {
            matrix,
            colour: [0; 3],
            line: [0; 3],
            opacity: 1000,
            broad: 1.0,
            kinds: [0; 2],
            sharp: 10.0,
            dashes: Vec::new(),
        }
    }
}

struct Pen<'b, 'f> {
    budget: &'b Budget,
    files: &'f mut Files,
    shapes: Vec<Shape>,
    state: State,
    saved: Vec<State>,
    outline: Vec<Step>,
    /// Whether the outline becomes what may be drawn in, and by which rule.
    clip: Option<bool>,
}

fn number(number: &Number) -> f32 {
    number.as_f64() as f32
}

fn numbers(dict: &Dict<'_>, key: &str) -> Vec<f32> {
    let all = dict.get::<Array<'_>>(key);
    let all = all.iter().flat_map(|all| all.iter::<Number>());
    all.map(|own| number(&own)).collect()
}

impl Pen<'_, '_> {
    fn form(&mut self, form: &Stream<'_>, depth: usize) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        let dict = form.dict();
        let known = [
            "Type",
            "Subtype",
            "BBox",
            "Matrix",
            "Resources",
            "Filter",
            "Length",
            "Group",
            "DecodeParms",
            "FormType",
        ];
        if dict.keys().any(|key| !known.contains(&key.as_str())) {
            return None;
        }
        let content = self.budget.decoded(form).map(Cow::into_owned)?;
        let own = dict.get::<Dict<'_>>("Resources").unwrap_or_default();
        let kinds = ["ExtGState", "Shading", "XObject", "ProcSet"];
        if own.keys().any(|key| !kinds.contains(&key.as_str())) {
            return None;
        }
        let resources = Resources::new(own);
        let outer = self.saved.len();
        let mut operations = TypedIter::new(&content);
        while let Some(operation) = operations.next() {
            if !self.budget.pay(OPERATION) || self.shapes.len() > MOST {
                return None;
            }
            self.follow(&operation, &resources, depth)?;
        }
        self.saved.truncate(outer);
        Some(())
    }

    fn follow(
        &mut self,
        operation: &TypedInstruction<'_, '_>,
        resources: &Resources<'_>,
        depth: usize,
    ) -> Option<()> {
        use TypedInstruction as Op;
        match operation {
            Op::SaveState(_) => self.saved.push(self.state.clone()),
            Op::RestoreState(_) => self.state = self.saved.pop()?,
            Op::Transform(m) => {
                let own = [&m.0, &m.1, &m.2, &m.3, &m.4, &m.5].map(number);
                self.state.matrix = product(own, self.state.matrix);
            }
            Op::NonStrokeColorDeviceRgb(rgb) => {
                self.state.colour = bytes([&rgb.0, &rgb.1, &rgb.2].map(number));
            }
            Op::NonStrokeColorDeviceGray(gray) => {
                self.state.colour = bytes([number(&gray.0); 3]);
            }
            Op::StrokeColorDeviceRgb(rgb) => {
                self.state.line = bytes([&rgb.0, &rgb.1, &rgb.2].map(number));
            }
            Op::StrokeColorDeviceGray(gray) => self.state.line = bytes([number(&gray.0); 3]),
            Op::LineWidth(broad) => self.state.broad = number(&broad.0),
            Op::LineCap(cap) => self.state.kinds[0] = kind(&cap.0),
            Op::LineJoin(join) => self.state.kinds[1] = kind(&join.0),
            Op::MiterLimit(sharp) => self.state.sharp = number(&sharp.0),
            Op::DashPattern(dashes) => {
                let own = dashes.0.iter::<Number>().map(|own| number(&own));
                self.state.dashes = own.chain([number(&dashes.1)]).collect();
                if self.state.dashes.len() == 1 {
                    self.state.dashes.clear();
                }
            }
            Op::SetGraphicsState(named) => {
                let state = resources.get_ext_g_state(named.0)?;
                if state
                    .keys()
                    .any(|key| !matches!(key.as_str(), "ca" | "CA" | "Type"))
                {
                    return None;
                }
                let opacity = ["ca", "CA"].map(|key| state.get::<Number>(key));
                let [fill, line] = opacity.map(|own| own.map(|own| own.as_f64()));
                if fill != line {
                    return None;
                }
                self.state.opacity = (fill? * 1000.0).round() as u16;
            }
            Op::MoveTo(to) => self.step(Step::Move([number(&to.0), number(&to.1)])),
            Op::LineTo(to) => self.step(Step::Line([number(&to.0), number(&to.1)])),
            Op::CubicTo(to) => {
                let all = [&to.0, &to.1, &to.2, &to.3, &to.4, &to.5].map(number);
                let [a, b, c, d, e, f] = all;
                self.step(Step::Curve([[a, b], [c, d], [e, f]]));
            }
            Op::ClosePath(_) => self.step(Step::Close),
            Op::RectPath(rect) => {
                let [x, y, wide, high] = [&rect.0, &rect.1, &rect.2, &rect.3].map(number);
                self.step(Step::Move([x, y]));
                for to in [[x + wide, y], [x + wide, y + high], [x, y + high]] {
                    self.step(Step::Line(to));
                }
                self.step(Step::Close);
            }
            Op::ClipNonZero(_) => self.clip = Some(false),
            Op::ClipEvenOdd(_) => self.clip = Some(true),
            Op::EndPath(_) => self.end(None, None, 1000),
            Op::FillPathNonZero(_) => self.fill(false),
            Op::FillPathEvenOdd(_) => self.fill(true),
            Op::StrokePath(_) => {
                let scale = self.scale();
                let mark = Mark::Line {
                    broad: self.state.broad * scale,
                    kinds: self.state.kinds,
                    sharp: self.state.sharp,
                    dashes: self.state.dashes.iter().map(|own| own * scale).collect(),
                };
                self.end(Some(mark), Some(self.state.line), self.state.opacity);
            }
            Op::Shading(named) => {
                let shading = resources.get_shading(named.0)?;
                let said = self.gradient(&shading)?;
                self.end(Some(Mark::Gradient(said)), None, self.state.opacity);
            }
            Op::XObject(named) => self.object(&resources.get_x_object(named.0)?, depth)?,
            _ => return None,
        }
        Some(())
    }

    fn scale(&self) -> f32 {
        let m = self.state.matrix;
        (m[0] * m[3] - m[1] * m[2]).abs().sqrt()
    }

    fn placed(&self, [x, y]: [f32; 2]) -> [f32; 2] {
        let m = self.state.matrix;
        [m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]]
    }

    fn step(&mut self, step: Step) {
        let step = match step {
            Step::Move(to) => Step::Move(self.placed(to)),
            Step::Line(to) => Step::Line(self.placed(to)),
            Step::Curve(all) => Step::Curve(all.map(|to| self.placed(to))),
            Step::Close => Step::Close,
        };
        self.outline.push(step);
    }

    fn fill(&mut self, even: bool) {
        let (colour, opacity) = (self.state.colour, self.state.opacity);
        self.end(Some(Mark::Fill { even }), Some(colour), opacity);
    }

    /// The outline ends: it is drawn, or what follows is drawn in it, or nothing.
    fn end(&mut self, mark: Option<Mark>, colour: Option<[u8; 3]>, opacity: u16) {
        let outline = std::mem::take(&mut self.outline);
        let clip = self.clip.take().map(|even| Mark::Clip { even });
        let (mark, colour, opacity) = match clip {
            Some(clip) => (Some(clip), None, 1000),
            None => (mark, colour, opacity),
        };
        self.shapes.extend(mark.map(|mark| Shape {
            mark,
            colour,
            opacity,
            outline,
        }));
    }

    /// What a gradient says: its way, its places, its colours and where they end.
    fn gradient(&self, shading: &Object<'_>) -> Option<Vec<f32>> {
        let shading = match shading {
            Object::Dict(dict) => dict.clone(),
            Object::Stream(stream) => stream.dict().clone(),
            _ => return None,
        };
        let places = numbers(&shading, "Coords");
        let kind = shading.get::<Number>("ShadingType")?.as_i64();
        let extends = shading.get::<Array<'_>>("Extend")?;
        let is_plain = kind == if places.len() == 4 { 2 } else { 3 }
            && extends.iter::<bool>().eq([true, true])
            && shading.get::<Name<'_>>("ColorSpace")?.as_str() == "DeviceRGB";
        if !is_plain {
            return None;
        }
        let ramp = shading.get::<Dict<'_>>("Function")?;
        let mut said = self.state.matrix.to_vec();
        said.extend(places);
        let steps = ramp.get::<Array<'_>>("Functions")?;
        for step in steps.iter::<Dict<'_>>() {
            if step.get::<Number>("N")?.as_i64() != 1 {
                return None;
            }
            said.extend(numbers(&step, "C0"));
            said.extend(numbers(&step, "C1"));
        }
        said.extend(numbers(&ramp, "Bounds"));
        let count = steps.iter::<Dict<'_>>().count();
        let is_whole = numbers(&ramp, "Encode") == [0.0, 1.0].repeat(count);
        is_whole.then_some(said)
    }

    fn object(&mut self, object: &Stream<'_>, depth: usize) -> Option<()> {
        let kind = object.dict().get::<Name<'_>>("Subtype")?;
        if kind.as_str() == "Form" {
            let matrix = numbers(object.dict(), "Matrix");
            if !matrix.is_empty() && matrix != IDENTITY {
                return None;
            }
            self.shapes.push(Shape {
                mark: Mark::Layer,
                colour: None,
                opacity: self.state.opacity,
                outline: Vec::new(),
            });
            let outer = self.state.clone();
            self.state = State::new(outer.matrix);
            self.form(object, depth + 1)?;
            self.state = outer;
            return Some(());
        }
        // An image fills a square of one unit, from below.
        let corners = [[0.0, 1.0], [1.0, 1.0], [0.0, 0.0]];
        let outline = corners.map(|corner| Step::Move(self.placed(corner)));
        self.shapes.push(Shape {
            mark: Mark::Pixels(self.files.file(object, self.budget)),
            colour: None,
            opacity: self.state.opacity,
            outline: outline.to_vec(),
        });
        Some(())
    }
}

fn kind(number: &Number) -> u8 {
    u8::try_from(number.as_i64()).unwrap_or(u8::MAX)
}

/// The matrix that does the one and then the other.
fn product(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}
