//! What is seen of a page's text: nothing that is drawn invisibly, off the page, in the colour of what lies under it, or covered.
//!
//! Areas count by their bounds, and only those that are filled: enough to find words that are said and not seen, never to draw.

use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Number, Object, Rect};

/// A matrix (ISO 32000-1, 8.3.3).
pub(super) type Matrix = [f64; 6];
const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
/// Red, green and blue from 0 to 1.
type Colour = [f64; 3];
const WHITE: Colour = [1.0; 3];
/// Colours that differ by less in every part cannot be told apart.
const ALIKE: f64 = 0.03;
/// What is drawn more faintly than this is not seen, from 0 to 1.
const FAINT: f64 = 0.1;
/// Letters smaller than this, in points, are not seen.
const SMALL: f64 = 2.0;
/// A glyph's foot may stand so far outside of what is seen, in points.
const SLACK: f64 = 2.0;
/// States stand on each other at most so deep.
const DEEPEST: usize = 1024;
/// So many areas of a page are remembered.
const MOST: usize = 20_000;

/// Text that a page says and nobody sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unseen {
    pub(super) text: String,
    pub(super) reason: &'static str,
}

/// Follows the drawing of a page.
#[derive(Debug)]
pub(super) struct Sight {
    page: Rect,
    state: State,
    saved: Vec<State>,
    line: Matrix,
    text: Matrix,
    /// The bounds of the path that is being made.
    path: Option<Bounds>,
    /// Whether the path becomes what may be drawn on once it is ended.
    clips: bool,
    areas: Vec<Area>,
    shown: Vec<Shown>,
}

#[derive(Debug, Clone, Copy)]
struct State {
    matrix: Matrix,
    colour: Colour,
    mode: i64,
    /// The colour of lines.
    line: Colour,
    /// How far text stands above its line, and how far letters stand apart besides.
    rise: f64,
    spacing: f64,
    leading: f64,
    /// The size of text, and how wide it is of that, from 0 to 1.
    size: f64,
    width: f64,
    /// How much of what is drawn is seen, from 0 to 1.
    opacity: f64,
    /// What may be drawn on; all of the page where nothing says less.
    clip: Option<Bounds>,
}

/// What holds outside of a form.
pub(super) struct Outside {
    state: State,
    saved: usize,
}

#[derive(Debug, Clone, Copy)]
struct Bounds {
    low: [f64; 2],
    high: [f64; 2],
}

/// A filled area, and how much text was shown before it.
#[derive(Debug, Clone, Copy)]
struct Area {
    bounds: Bounds,
    /// None where it is not known.
    colour: Option<Colour>,
    after: usize,
}

#[derive(Debug)]
struct Shown {
    text: String,
    at: [f64; 2],
    colour: Colour,
    mode: i64,
    /// The height of the letters on the page.
    size: f64,
    opacity: f64,
    is_clipped: bool,
    is_hidden: bool,
    /// Turned, mirrored, or pulled apart.
    is_odd: bool,
}

impl Sight {
    /// Nothing is drawn yet on a page that is seen inside these bounds.
    pub(super) fn new(page: Rect) -> Self {
        let state = State {
            matrix: IDENTITY,
            colour: [0.0; 3],
            mode: 0,
            line: [0.0; 3],
            rise: 0.0,
            spacing: 0.0,
            leading: 0.0,
            size: 0.0,
            width: 1.0,
            opacity: 1.0,
            clip: None,
        };
        Self {
            page,
            state,
            saved: Vec::new(),
            line: IDENTITY,
            text: IDENTITY,
            path: None,
            clips: false,
            areas: Vec::new(),
            shown: Vec::new(),
        }
    }

    /// Follows an operation.
    pub(super) fn follow(&mut self, operation: &TypedInstruction<'_, '_>) {
        use TypedInstruction as Op;
        let number = |number: &Number| number.as_f64();
        match operation {
            Op::SaveState(_) if self.saved.len() < DEEPEST => self.saved.push(self.state),
            Op::RestoreState(_) => self.state = self.saved.pop().unwrap_or(self.state),
            Op::Transform(m) => {
                let own = [&m.0, &m.1, &m.2, &m.3, &m.4, &m.5].map(number);
                self.state.matrix = product(own, self.state.matrix);
            }
            Op::NonStrokeColorDeviceGray(gray) => self.state.colour = [number(&gray.0); 3],
            Op::NonStrokeColorDeviceRgb(rgb) => {
                self.state.colour = [&rgb.0, &rgb.1, &rgb.2].map(number);
            }
            Op::NonStrokeColorCmyk(ink) => {
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
            Op::NextLineUsingLeading(_) | Op::NextLineAndShowText(_) => {
                self.next_line(0.0, -self.state.leading);
            }
            Op::MoveTo(to) => self.reach(number(&to.0), number(&to.1)),
            Op::LineTo(to) => self.reach(number(&to.0), number(&to.1)),
            Op::CubicTo(to) => self.reach(number(&to.4), number(&to.5)),
            Op::RectPath(rect) => {
                let [x, y, width, height] = [&rect.0, &rect.1, &rect.2, &rect.3].map(number);
                self.reach(x, y);
                self.reach(x + width, y + height);
            }
            Op::FillPathNonZero(_)
            | Op::FillPathNonZeroCompatibility(_)
            | Op::FillPathEvenOdd(_)
            | Op::FillAndStrokeNonZero(_)
            | Op::FillAndStrokeEvenOdd(_)
            | Op::CloseFillAndStrokeNonZero(_)
            | Op::CloseFillAndStrokeEvenOdd(_) => self.fill(),
            Op::EndPath(_) | Op::StrokePath(_) | Op::CloseAndStrokePath(_) => {
                self.clip();
                self.path = None;
            }
            _ => {}
        }
    }

    /// Enters a form with its matrix and its box, outside of which nothing of it is seen (ISO 32000-1, 8.10.1).
    pub(super) fn enter(&mut self, matrix: Option<Matrix>, bounds: Option<[f64; 4]>) -> Outside {
        let outside = Outside {
            state: self.state,
            saved: self.saved.len(),
        };
        self.state.matrix = product(matrix.unwrap_or(IDENTITY), self.state.matrix);
        if let Some([x0, y0, x1, y1]) = bounds {
            let path = self.path.take();
            for (x, y) in [(x0, y0), (x1, y0), (x0, y1), (x1, y1)] {
                self.reach(x, y);
            }
            let own = std::mem::replace(&mut self.path, path);
            self.state.clip = match (own, self.state.clip) {
                (Some(own), Some(outer)) => Some(own.within(outer)),
                (own, outer) => own.or(outer),
            };
        }
        outside
    }

    /// Leaves a form.
    pub(super) fn leave(&mut self, outside: Outside) {
        self.state = outside.state;
        self.saved.truncate(outside.saved);
    }

    /// Text is shown at the pen; `is_hidden` where it stands on a layer that is off.
    pub(super) fn show(&mut self, text: &str, is_hidden: bool) {
        if text.trim().is_empty() {
            return;
        }
        let state = self.state;
        let place = product(self.text, state.matrix);
        let at = [
            place[4] + state.rise * place[2],
            place[5] + state.rise * place[3],
        ];
        let is_spread = state.spacing.abs() > state.size.abs().max(1.0) * 2.0;
        let is_turned = place[0] <= 0.0 || place[3] <= 0.0 || place[1].abs() > place[0].abs();
        let shrunk = state.size.abs() * state.width.abs().min(1.0);
        let scale = (place[0] * place[3] - place[1] * place[2]).abs().sqrt();
        self.shown.push(Shown {
            text: text.to_owned(),
            at,
            colour: match state.mode {
                1 => state.line,
                _ => state.colour,
            },
            is_odd: is_spread || is_turned,
            mode: state.mode,
            size: shrunk * scale,
            opacity: state.opacity,
            is_clipped: state.clip.is_some_and(|clip| !clip.is_near(at)),
            is_hidden,
        });
    }

    /// What was said and is not seen.
    pub(super) fn unseen(self) -> Vec<Unseen> {
        let reasons = self.shown.iter().enumerate();
        let reasons = reasons.map(|(index, shown)| self.reason(index, shown));
        let reasons: Vec<Option<&'static str>> = reasons.collect();
        let unseen = self.shown.into_iter().zip(reasons);
        let unseen = unseen.filter_map(|(shown, reason)| {
            let text = shown.text;
            reason.map(|reason| Unseen { text, reason })
        });
        unseen.collect()
    }

    fn reason(&self, index: usize, shown: &Shown) -> Option<&'static str> {
        let [x, y] = shown.at;
        let page = self.page;
        let inside = |at: f64, low: f64, high: f64| (low - SLACK..=high + SLACK).contains(&at);
        if shown.is_hidden {
            return Some("it stands on a layer that is off");
        }
        if matches!(shown.mode, 3 | 7) {
            return Some("it is drawn invisibly");
        }
        if !inside(x, page.x0, page.x1) || !inside(y, page.y0, page.y1) {
            return Some("it stands outside the page");
        }
        if shown.opacity < FAINT {
            return Some("it is drawn too faintly to be seen");
        }
        if shown.size < SMALL {
            return Some("it is too small to be seen");
        }
        if shown.is_odd {
            return Some("it is turned around or pulled apart");
        }
        if shown.is_clipped {
            return Some("it is cut away");
        }
        let over = |area: &&Area| area.bounds.holds(shown.at);
        if self
            .areas
            .iter()
            .filter(over)
            .any(|area| area.after > index)
        {
            return Some("something covers it");
        }
        let ground = self
            .areas
            .iter()
            .rfind(over)
            .map_or(Some(WHITE), |area| area.colour)?;
        let parts = ground.iter().zip(&shown.colour);
        let alike = parts.fold(true, |alike, (a, b)| alike && (a - b).abs() < ALIKE);
        alike.then_some("it has the colour of what lies under it")
    }

    /// Takes in what an extended state of graphics says (ISO 32000-1, 8.4.5).
    pub(super) fn extend(&mut self, state: &Dict<'_>) {
        if let Some(opacity) = state.get::<Number>("ca") {
            self.state.opacity = opacity.as_f64();
        }
        if let Some(font) = state.get::<Array<'_>>("Font") {
            let size = font.iter::<Object<'_>>().nth(1);
            if let Some(Object::Number(size)) = size {
                self.state.size = size.as_f64();
            }
        }
        match state.get::<Object<'_>>("SMask") {
            Some(Object::Dict(_)) => self.state.opacity = 0.0,
            Some(Object::Name(_)) if self.state.opacity == 0.0 => self.state.opacity = 1.0,
            _ => {}
        }
    }

    /// An image is drawn: on the square of one unit.
    pub(super) fn image(&mut self) {
        let whole = self.path.take();
        for (x, y) in [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)] {
            self.reach(x, y);
        }
        self.area(None);
        self.path = whole;
    }

    /// Something stands over the page.
    pub(super) fn cover(&mut self, place: Rect) {
        self.path = Some(Bounds {
            low: [place.x0, place.y0],
            high: [place.x1, place.y1],
        });
        self.area(None);
    }

    /// All that may be drawn on is drawn over.
    fn cover_all(&mut self) {
        let page = self.page;
        let all = Bounds {
            low: [page.x0, page.y0],
            high: [page.x1, page.y1],
        };
        self.path = Some(self.state.clip.unwrap_or(all));
        self.area(None);
    }

    fn clip(&mut self) {
        if std::mem::take(&mut self.clips)
            && let Some(path) = self.path
        {
            self.state.clip = Some(match self.state.clip {
                None => path,
                Some(clip) => clip.within(path),
            });
        }
    }

    fn parts(&mut self, parts: &[Number]) {
        let parts: Vec<f64> = parts.iter().map(|part| part.as_f64()).collect();
        match parts[..] {
            [gray] => self.state.colour = [gray; 3],
            [red, green, blue] => self.state.colour = [red, green, blue],
            _ => {}
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = product([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }

    fn reach(&mut self, x: f64, y: f64) {
        let at = product([1.0, 0.0, 0.0, 1.0, x, y], self.state.matrix);
        let at = [at[4], at[5]];
        let bounds = self.path.get_or_insert(Bounds { low: at, high: at });
        let [x, y] = at;
        bounds.low = [bounds.low[0].min(x), bounds.low[1].min(y)];
        bounds.high = [bounds.high[0].max(x), bounds.high[1].max(y)];
    }

    fn fill(&mut self) {
        self.clip();
        self.area(Some(self.state.colour));
    }

    /// An area of a colour is drawn, or of one that is not known.
    fn area(&mut self, colour: Option<Colour>) {
        // What is clipped away or hardly seen covers nothing.
        let bounds = self.path.take().map(|path| match self.state.clip {
            Some(clip) => clip.within(path),
            None => path,
        });
        if let Some(bounds) = bounds.filter(|_| self.state.opacity > FAINT)
            && self.areas.len() < MOST
        {
            let bounds = self.state.clip.map_or(bounds, |clip| bounds.within(clip));
            self.areas.push(Area {
                bounds,
                colour,
                after: self.shown.len(),
            });
        }
    }
}

impl Bounds {
    /// What of it is inside of others; nothing where they do not meet.
    fn within(self, other: Self) -> Self {
        Self {
            low: [0, 1].map(|axis| self.low[axis].max(other.low[axis])),
            high: [0, 1].map(|axis| self.high[axis].min(other.high[axis])),
        }
    }

    /// Whether a pen stands in it, or just outside: a glyph's foot may touch the edge.
    fn is_near(&self, at: [f64; 2]) -> bool {
        (0..2).all(|axis| self.low[axis] - SLACK <= at[axis] && at[axis] <= self.high[axis] + SLACK)
    }

    fn holds(&self, at: [f64; 2]) -> bool {
        (0..2).all(|axis| self.low[axis] <= at[axis] && at[axis] <= self.high[axis])
    }
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
