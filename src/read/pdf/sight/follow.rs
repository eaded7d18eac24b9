//! What the operations of a page do to what is drawn after them (ISO 32000-1, annex A).

use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Name, Number, Object};

use super::geometry::{IDENTITY, product};
use super::{DEEPEST, Pattern, Sight};

impl Sight {
    /// Follows an operation.
    pub(in crate::read::pdf) fn follow(&mut self, operation: &TypedInstruction<'_, '_>) {
        use TypedInstruction as Op;
        let number = |number: &Number| number.as_f64();
        match operation {
            Op::SaveState(_) if self.saved.len() < DEEPEST => self.saved.push(self.state),
            Op::RestoreState(_) => self.state = self.saved.pop().unwrap_or(self.state),
            Op::Transform(m) => {
                let own = [&m.0, &m.1, &m.2, &m.3, &m.4, &m.5].map(number);
                self.state.matrix = product(own, self.state.matrix);
            }
            Op::NonStrokeColorDeviceGray(gray) => {
                self.state.pattern = Pattern::None;
                self.state.colour = [number(&gray.0); 3];
            }
            Op::NonStrokeColorDeviceRgb(rgb) => {
                self.state.pattern = Pattern::None;
                self.state.colour = [&rgb.0, &rgb.1, &rgb.2].map(number);
            }
            Op::ColorSpaceNonStroke(space) => {
                self.state.pattern = match space.0.as_str() {
                    "DeviceGray" | "DeviceRGB" | "DeviceCMYK" => Pattern::None,
                    "Pattern" => Pattern::Tiles,
                    _ => Pattern::Space,
                };
                self.state.colour = [0.0; 3];
            }
            Op::NonStrokeColorNamed(named) => {
                self.parts(&named.0);
                if named.1.is_some() {
                    self.state.pattern = Pattern::Tiles;
                }
            }
            Op::LineWidth(broad) => self.state.broad = number(&broad.0),
            Op::NonStrokeColorCmyk(ink) => {
                self.state.pattern = Pattern::None;
                let black = number(&ink.3);
                let part = |ink: &Number| (1.0 - number(ink)) * (1.0 - black);
                self.state.colour = [&ink.0, &ink.1, &ink.2].map(part);
            }
            Op::NonStrokeColor(parts) => self.parts(&parts.0),
            Op::TextFont(font) => self.state.size = number(&font.1),
            Op::HorizontalScaling(width) => self.state.width = number(&width.0) / 100.0,
            Op::ClipNonZero(_) | Op::ClipEvenOdd(_) => self.clips = true,
            Op::Shading(_) => self.cover_all(),
            Op::InlineImage(_) => self.image(),
            Op::TextRenderingMode(mode) => self.state.mode = mode.0.as_i64(),
            Op::TextRise(rise) => self.state.rise = number(&rise.0),
            Op::CharacterSpacing(by) => self.state.spacing = number(&by.0),
            Op::StrokeColorDeviceGray(gray) => self.state.line = [number(&gray.0); 3],
            Op::StrokeColorDeviceRgb(rgb) => {
                self.state.line = [&rgb.0, &rgb.1, &rgb.2].map(number);
            }
            Op::TextLeading(leading) => self.state.leading = number(&leading.0),
            Op::BeginText(_) => (self.line, self.text) = (IDENTITY, IDENTITY),
            Op::SetTextMatrix(m) => {
                self.line = [&m.0, &m.1, &m.2, &m.3, &m.4, &m.5].map(number);
                self.text = self.line;
            }
            Op::NextLine(by) => self.next_line(number(&by.0), number(&by.1)),
            Op::NextLineAndSetLeading(by) => {
                self.state.leading = -number(&by.1);
                self.next_line(number(&by.0), number(&by.1));
            }
            Op::NextLineUsingLeading(_)
            | Op::NextLineAndShowText(_)
            | Op::ShowTextWithParameters(_) => {
                self.next_line(0.0, -self.state.leading);
            }
            Op::MoveTo(to) => {
                self.pen = self.reach(number(&to.0), number(&to.1));
                self.start = self.pen;
            }
            Op::LineTo(to) => self.line_to(number(&to.0), number(&to.1)),
            Op::CubicTo(to) => {
                self.reach(number(&to.0), number(&to.1));
                self.reach(number(&to.2), number(&to.3));
                self.line_to(number(&to.4), number(&to.5));
            }
            Op::ClosePath(_) => self.close(),
            Op::RectPath(rect) => {
                let [x, y, width, height] = [&rect.0, &rect.1, &rect.2, &rect.3].map(number);
                let is_alone = self.path.is_none();
                self.pen = self.reach(x, y);
                self.start = self.pen;
                for (x, y) in [(x + width, y), (x + width, y + height), (x, y + height)] {
                    self.line_to(x, y);
                }
                self.close();
                self.is_shape = !is_alone;
            }
            Op::CloseFillAndStrokeNonZero(_) | Op::CloseFillAndStrokeEvenOdd(_) => {
                self.close();
                self.stroke();
                self.fill();
            }
            Op::FillAndStrokeNonZero(_) | Op::FillAndStrokeEvenOdd(_) => {
                self.stroke();
                self.fill();
            }
            Op::FillPathNonZero(_)
            | Op::FillPathNonZeroCompatibility(_)
            | Op::FillPathEvenOdd(_) => self.fill(),
            Op::EndPath(_) => self.end(),
            Op::StrokePath(_) => {
                self.stroke();
                self.end();
            }
            Op::CloseAndStrokePath(_) => {
                self.close();
                self.stroke();
                self.end();
            }
            _ => {}
        }
    }

    /// Takes in what an extended state of graphics says (ISO 32000-1, 8.4.5).
    pub(in crate::read::pdf) fn extend(&mut self, state: &Dict<'_>) {
        if let Some(opacity) = state.get::<Number>("ca") {
            self.state.opacity = opacity.as_f64();
        }
        if let Some(font) = state.get::<Array<'_>>("Font") {
            let size = font.iter::<Object<'_>>().nth(1);
            if let Some(Object::Number(size)) = size {
                self.state.size = size.as_f64();
            }
        }
        let mode = state.get::<Object<'_>>("BM");
        if let Some(mode) = mode {
            let normal = |name: &Name<'_>| matches!(name.as_str(), "Normal" | "Compatible");
            self.state.is_blended = !matches!(mode, Object::Name(name) if normal(&name));
        }
        match state.get::<Object<'_>>("SMask") {
            Some(Object::Dict(_)) => self.state.opacity = 0.0,
            Some(Object::Name(_)) if self.state.opacity == 0.0 => self.state.opacity = 1.0,
            _ => {}
        }
    }

    pub(super) fn parts(&mut self, parts: &[Number]) {
        let parts: Vec<f64> = parts.iter().map(|part| part.as_f64()).collect();
        match parts[..] {
            [gray] => self.state.colour = [gray; 3],
            [red, green, blue] => self.state.colour = [red, green, blue],
            _ => {}
        }
    }

    pub(super) fn next_line(&mut self, x: f64, y: f64) {
        self.line = product([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }
}
