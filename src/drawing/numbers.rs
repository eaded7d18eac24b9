//! The numbers that a drawing is written in, bounded before anything is made of them: beyond some size lines and arcs are
//! split into pieces without end, pixels cannot be counted, and PDF has no number for them (ISO 19005-2, 6.1.13).
//!
//! What comes of them by transforms is for [`super::labour`].

use svgtypes::{PathParser, PathSegment};
use usvg::roxmltree::{Document, Node};

use super::DrawingError;
use super::lexer::{Lexer, Number, Unit};
use super::references::is_svg;

/// The largest number, on either side of nought.
pub(super) const LARGEST: f64 = 1_000_000.0;
/// The largest of a transform: those of gradients are large where their circles are small, and harm nothing as long as PDF
/// has a number for them.
pub(super) const LARGEST_OF_TRANSFORMS: f64 = 1_000_000_000.0;

/// The narrowest pattern, mask or effect: beside its place a narrower one has no width at all, and `usvg` counts on one.
const NARROWEST: f64 = 0.001;

/// The letters of a drawing that says no size of them, and its sides, where it says none of these (as `usvg` has them).
const LETTER: f64 = 12.0;
const SIDE: f64 = 100.0;

/// Where a number stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    element: &'a str,
    name: &'a str,
    /// What shares inside are shares of, unless it is the drawing itself.
    is_frame: bool,
}

/// The largest of the numbers of one kind, and where it stands.
type Largest<'a> = Option<(f64, Place<'a>)>;

struct Numbers<'a> {
    /// The longest side that shares can be of.
    side: f64,
    /// The largest letters.
    letter: f64,
    /// Whether letters are larger than those around them.
    letters_grow: bool,
    percent: Largest<'a>,
    letters: Largest<'a>,
}

/// Refuses a drawing with numbers that nobody draws in.
pub(super) fn bounded(document: &Document<'_>) -> Result<(), DrawingError> {
    let mut numbers = Numbers {
        side: SIDE,
        letter: LETTER,
        letters_grow: false,
        percent: None,
        letters: None,
    };
    let root = document.root_element();
    for node in document.descendants().filter(|node| is_svg(*node)) {
        numbers.element(node, node == root)?;
    }
    numbers.relative()
}

/// Whether an attribute says where something is, how large, or how far.
fn is_measure(name: &str) -> bool {
    matches!(
        name,
        "x" | "y"
            | "z"
            | "x1"
            | "x2"
            | "y1"
            | "y2"
            | "cx"
            | "cy"
            | "r"
            | "rx"
            | "ry"
            | "fx"
            | "fy"
            | "fr"
            | "dx"
            | "dy"
            | "width"
            | "height"
            | "refX"
            | "refY"
            | "markerWidth"
            | "markerHeight"
            | "points"
            | "viewBox"
            | "orient"
            | "transform"
            | "gradientTransform"
            | "patternTransform"
            | "transform-origin"
            | "stroke-width"
            | "stroke-dasharray"
            | "stroke-dashoffset"
            | "stroke-miterlimit"
            | "font-size"
            | "font"
            | "filter"
            | "stdDeviation"
            | "radius"
            | "scale"
            | "surfaceScale"
            | "baseFrequency"
            | "numOctaves"
            | "order"
            | "targetX"
            | "targetY"
            | "kernelMatrix"
            | "kernelUnitLength"
            | "divisor"
            | "bias"
            | "k1"
            | "k2"
            | "k3"
            | "k4"
            | "values"
            | "tableValues"
            | "slope"
            | "intercept"
            | "amplitude"
            | "exponent"
            | "diffuseConstant"
            | "specularConstant"
            | "specularExponent"
            | "azimuth"
            | "elevation"
            | "pointsAtX"
            | "pointsAtY"
            | "pointsAtZ"
            | "limitingConeAngle"
    )
}

/// Whether a declaration may say so. What else is in it does not matter: comments may stand anywhere.
fn is_measured(declaration: &str) -> bool {
    let names = ["stroke", "transform", "filter", "font"];
    names.iter().any(|name| declaration.contains(name))
}

impl<'a> Numbers<'a> {
    fn element(&mut self, node: Node<'a, '_>, is_root: bool) -> Result<(), DrawingError> {
        let element = node.tag_name().name();
        let place = |name| Place {
            element,
            name,
            is_frame: matches!(element, "svg" | "symbol" | "use") && !is_root,
        };
        if element == "style" {
            for text in node.children().filter_map(|child| child.text()) {
                self.declarations(text, place("style"))?;
            }
            return Ok(());
        }
        for attribute in node.attributes() {
            let place = place(attribute.name());
            match place.name {
                "style" => self.declarations(attribute.value(), place)?,
                "d" => outline(attribute.value(), place)?,
                name if is_measure(name) => self.measures(attribute.value(), place)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn declarations(&mut self, text: &'a str, place: Place<'a>) -> Result<(), DrawingError> {
        let parts = text.split(['{', '}', ';']);
        for part in parts.filter(|part| is_measured(part)) {
            let name = match part.contains("font") {
                true => "font-size",
                false => place.name,
            };
            self.measures(part, Place { name, ..place })?;
        }
        Ok(())
    }

    fn measures(&mut self, text: &'a str, place: Place<'a>) -> Result<(), DrawingError> {
        let is_side = matches!(place.name, "width" | "height" | "viewBox")
            && matches!(place.element, "svg" | "symbol" | "use");
        let is_letter = matches!(place.name, "font-size" | "font");
        let is_region = matches!(place.name, "width" | "height")
            && matches!(place.element, "pattern" | "mask" | "filter");
        self.letters_grow |= is_letter && text.contains("large");
        let mut lexer = Lexer::new(text);
        while let Some(Number { value, unit }) = lexer.next_measure() {
            let size = value.abs();
            if is_region && size > 0.0 && size < NARROWEST {
                return Err(DrawingError::TooMuch(
                    "has a pattern, mask or effect that is narrower than 0.001",
                ));
            }
            match unit {
                Unit::Pixels(pixels) => {
                    within(size * pixels, place)?;
                    if is_side {
                        self.side = self.side.max(size * pixels);
                    }
                    if is_letter {
                        self.letter = self.letter.max(size * pixels);
                    }
                }
                Unit::Percent | Unit::Letters if is_letter => {
                    within(size, place)?;
                    let whole = if unit == Unit::Percent { 100.0 } else { 1.0 };
                    self.letters_grow |= size > whole;
                }
                Unit::Percent => {
                    // A share of a share of a share: nothing else bounds what comes of it.
                    if is_side && place.is_frame && size > 100.0 {
                        return Err(DrawingError::TooMuch(
                            "has a frame inside that is larger than the one around it",
                        ));
                    }
                    if is_side {
                        self.side = self.side.max(size / 100.0 * SIDE);
                    }
                    larger(&mut self.percent, size, place);
                }
                Unit::Letters => {
                    larger(&mut self.letters, size, place);
                    if is_side {
                        self.side = self.side.max(size * self.letter);
                    }
                }
            }
        }
        Ok(())
    }

    /// Bounds what is measured by something else, now that the largest of that is known.
    fn relative(&self) -> Result<(), DrawingError> {
        let mut side = self.side;
        if let Some((size, place)) = self.letters {
            if self.letters_grow {
                return Err(DrawingError::TooMuch(
                    "is measured in letters (`em`) that are larger than those around them",
                ));
            }
            within(size * self.letter, place)?;
            side = side.max(size * self.letter);
        }
        match self.percent {
            Some((size, place)) => within(size / 100.0 * side, place),
            None => Ok(()),
        }
    }
}

fn larger<'a>(largest: &mut Largest<'a>, size: f64, place: Place<'a>) {
    if largest.is_none_or(|(before, _)| size > before) {
        *largest = Some((size, place));
    }
}

fn within(size: f64, place: Place<'_>) -> Result<(), DrawingError> {
    let (largest, limit) = match place.name {
        "transform" | "gradientTransform" | "patternTransform" => {
            (LARGEST_OF_TRANSFORMS, "1,000,000,000")
        }
        _ => (LARGEST, "1,000,000"),
    };
    match size <= largest {
        true => Ok(()),
        false => Err(DrawingError::LargeNumber {
            limit,
            number: match size < 1e15 {
                true => size.to_string(),
                false => format!("{size:e}"),
            },
            attribute: place.name.to_owned(),
            element: place.element.to_owned(),
        }),
    }
}

/// Follows an outline: its steps may each be small, and lead far (SVG 2, 9.3).
fn outline(data: &str, place: Place<'_>) -> Result<(), DrawingError> {
    use PathSegment::*;

    let (mut pen, mut start) = ([0.0; 2], [0.0; 2]);
    // Nobody reads on behind what is wrong.
    for step in PathParser::from(data).map_while(Result::ok) {
        // All places of a curve count from where it begins.
        let base = if step.is_abs() { [0.0; 2] } else { pen };
        let at = |x: f64, y: f64| [base[0] + x, base[1] + y];
        // Up to two that a curve only turns to, and the end.
        let places = match step {
            MoveTo { x, y, .. } | LineTo { x, y, .. } | SmoothQuadratic { x, y, .. } => {
                [at(x, y); 3]
            }
            HorizontalLineTo { x, .. } => [[base[0] + x, pen[1]]; 3],
            VerticalLineTo { y, .. } => [[pen[0], base[1] + y]; 3],
            CurveTo {
                x1,
                y1,
                x2,
                y2,
                x,
                y,
                ..
            } => [at(x1, y1), at(x2, y2), at(x, y)],
            SmoothCurveTo {
                x2: x1,
                y2: y1,
                x,
                y,
                ..
            }
            | Quadratic { x1, y1, x, y, .. } => [at(x1, y1), at(x, y), at(x, y)],
            EllipticalArc {
                rx,
                ry,
                x_axis_rotation: turn,
                x,
                y,
                ..
            } => {
                let end = at(x, y);
                for said in [rx, ry, turn, radius([rx, ry], turn, pen, end)] {
                    within(said.abs(), place)?;
                }
                [end; 3]
            }
            ClosePath { .. } => [start; 3],
        };
        for side in places.as_flattened() {
            within(side.abs(), place)?;
        }
        pen = places[2];
        if matches!(step, MoveTo { .. }) {
            start = pen;
        }
    }
    Ok(())
}

/// The larger radius of an arc, after both have grown until it reaches from one end to the other (SVG 2, B.2.5).
fn radius(radii: [f64; 2], turn: f64, from: [f64; 2], to: [f64; 2]) -> f64 {
    let [rx, ry] = radii.map(f64::abs);
    // Such an arc is a line.
    if rx <= 1e-5 || ry <= 1e-5 {
        return 0.0;
    }
    let half = [(from[0] - to[0]) / 2.0, (from[1] - to[1]) / 2.0];
    let (sine, cosine) = turn.to_radians().sin_cos();
    let along = (cosine * half[0] + sine * half[1]) / rx;
    let across = (cosine * half[1] - sine * half[0]) / ry;
    rx.max(ry) * along.hypot(across).max(1.0)
}
