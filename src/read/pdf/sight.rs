//! What is seen of a page's text: nothing that is drawn invisibly, off the page, in the colour of what lies under it, or covered.
//!
//! Areas count by their bounds, and only those that are filled: enough to find words that are said and not seen, never to draw.

use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Rect};

use super::crossing::{Stretch, crossed};
use super::geometry::{Bounds, IDENTITY, Matrix, SLACK, product};
use super::shown::{Area, Shown};
use super::state::{Colour, State};

const WHITE: Colour = [1.0; 3];
/// Colours that differ by less in every part cannot be told apart.
const ALIKE: f64 = 0.03;
/// What is drawn more faintly than this is not seen, from 0 to 1.
const FAINT: f64 = 0.1;
/// Letters smaller than this, in points, are not seen.
const SMALL: f64 = 2.0;
/// States stand on each other at most so deep.
const DEEPEST: usize = 1024;
/// Letters that are pulled back by more, in thousandths of the size, stand upon each other.
const TIGHT: f64 = 250.0;
/// So many of them make words that are not to be read.
const LETTERS: usize = 4;
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
    /// How far the pen was pulled back since the last letters, in thousandths of the size.
    pulled: f64,
    /// The letter before the pen.
    last: Option<char>,
    /// How often letters were pulled upon each other.
    pulls: usize,
    /// Pictures, each with how many areas were drawn with it and before.
    images: Vec<(Bounds, usize)>,
}

/// What holds outside of a form.
pub(super) struct Outside {
    state: State,
    saved: usize,
}

impl Sight {
    /// Nothing is drawn yet on a page that is seen inside these bounds.
    pub(super) fn new(page: Rect) -> Self {
        Self {
            page,
            state: State::new(),
            saved: Vec::new(),
            line: IDENTITY,
            text: IDENTITY,
            path: None,
            clips: false,
            areas: Vec::new(),
            shown: Vec::new(),
            pulled: 0.0,
            last: None,
            pulls: 0,
            images: Vec::new(),
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
            Op::InlineImage(_) => {
                self.image();
            }
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

    /// The pen is pulled back along the line, in thousandths of the size.
    pub(super) fn pull(&mut self, back: f64) {
        self.pulled += back;
        let by = -back / 1000.0 * self.state.size * self.state.width;
        self.text = product([1.0, 0.0, 0.0, 1.0, by, 0.0], self.text);
    }

    /// The pen goes on behind a text of this width, in thousandths of the size, and so many characters; gives the place before it.
    fn advance(&mut self, (width, characters): (f64, usize)) -> (Matrix, f64) {
        let state = self.state;
        let before = product(self.text, state.matrix);
        let by = (width / 1000.0 * state.size + state.spacing * characters as f64) * state.width;
        self.text = product([1.0, 0.0, 0.0, 1.0, by, 0.0], self.text);
        (before, product(self.text, state.matrix)[4])
    }

    /// Text is shown beside the text: why it is not seen, where it is not.
    pub(super) fn beside(&mut self, text: &str, advance: (f64, usize)) -> Option<&'static str> {
        let state = self.state;
        let (place, _) = self.advance(advance);
        if !text.chars().any(char::is_alphanumeric) {
            return None;
        }
        let scale = (place[0] * place[3] - place[1] * place[2]).abs().sqrt();
        let is_white = state.colour.iter().all(|part| (part - 1.0).abs() < ALIKE);
        match () {
            () if matches!(state.mode, 3 | 7) => Some("it is drawn invisibly"),
            () if state.opacity < FAINT => Some("it is drawn too faintly to be seen"),
            () if is_white && self.areas.is_empty() => {
                Some("it has the colour of what lies under it")
            }
            () if state.size.abs() * scale < SMALL => Some("it is too small to be seen"),
            () => None,
        }
    }

    /// Text is shown at the pen; `is_hidden` where it stands on a layer that is off. Gives where it is drawn: from its line up.
    pub(super) fn show(
        &mut self,
        text: &str,
        is_hidden: bool,
        advance: (f64, usize),
    ) -> Option<Bounds> {
        let state = self.state;
        let (place, end) = self.advance(advance);
        if text.trim().is_empty() {
            return None;
        }
        let at = [
            place[4] + state.rise * place[2],
            place[5] + state.rise * place[3],
        ];
        let size = state.size.abs().max(1.0);
        let pulled = std::mem::take(&mut self.pulled);
        let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if is_letter(self.last) && is_letter(text.chars().next()) {
            self.pulls += usize::from(pulled > TIGHT) + LETTERS * usize::from(pulled > 4.0 * TIGHT);
        }
        self.last = text.chars().last();
        let is_spread = state.spacing > size * 2.0
            || state.spacing < -size * 0.15
            || !(0.6..=1.8).contains(&state.width)
            || self.pulls >= LETTERS;
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
            is_odd: is_spread || is_turned || state.is_blended,
            end,
            is_crossed: false,
            mode: state.mode,
            size: shrunk * scale,
            opacity: state.opacity,
            is_clipped: state.clip.is_some_and(|clip| !clip.is_near(at)),
            is_hidden,
        });
        let size = shrunk * scale;
        Some(Bounds {
            low: [at[0].min(end), at[1]],
            high: [at[0].max(end), at[1] + size * 0.7],
        })
    }

    /// Finds letters that are drawn upon others of their line.
    fn cross(&mut self) {
        let stretches: Vec<Stretch> = self
            .shown
            .iter()
            .map(|shown| Stretch {
                letters: shown.text.chars().filter(|c| c.is_alphanumeric()).count(),
                at: shown.at,
                end: shown.end,
                size: shown.size,
            })
            .collect();
        for index in crossed(&stretches) {
            self.shown[index].is_crossed = true;
        }
    }

    /// What was said and is not seen.
    pub(super) fn unseen(mut self) -> Vec<Unseen> {
        self.cross();
        let reasons = self.shown.iter().enumerate();
        let reasons = reasons.map(|(index, shown)| self.reason(index, shown));
        let reasons: Vec<Option<&'static str>> = reasons.collect();
        let covered = self.images.iter().filter(|(place, count)| {
            let middle = [0, 1].map(|axis| (place.low[axis] + place.high[axis]) / 2.0);
            let over = self.areas.get(*count..).unwrap_or_default();
            over.iter().any(|area| area.bounds.holds(middle))
        });
        let covered = covered.map(|_| Unseen {
            text: "a picture".to_owned(),
            reason: "something covers it",
        });
        let covered: Vec<Unseen> = covered.collect();
        let unseen = self.shown.into_iter().zip(reasons);
        let unseen = unseen.filter_map(|(shown, reason)| {
            let text = shown.text;
            reason.map(|reason| Unseen { text, reason })
        });
        unseen.chain(covered).collect()
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
            return Some("it is turned around, pulled apart or mixed with what lies under it");
        }
        if shown.end > page.x1 + SLACK * 4.0 {
            return Some("it goes on outside the page");
        }
        if shown.is_crossed {
            return Some("other words are drawn upon it");
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
        let blend = match state.get::<Array<'_>>("BM") {
            Some(all) => all.iter::<Name<'_>>().next(),
            None => state.get::<Name<'_>>("BM"),
        };
        if let Some(blend) = blend {
            self.state.is_blended = !matches!(blend.as_str(), "Normal" | "Compatible");
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

    /// An image is drawn: on the square of one unit. Gives where that is, where it is seen at all.
    pub(super) fn image(&mut self) -> Option<Bounds> {
        let whole = self.path.take();
        for (x, y) in [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)] {
            self.reach(x, y);
        }
        let place = self.path.filter(|_| self.state.opacity > FAINT);
        self.area(None);
        if self.images.len() < MOST {
            let count = self.areas.len();
            self.images.extend(place.map(|place| (place, count)));
        }
        self.path = whole;
        let m = self.state.matrix;
        // Turned or mirrored, it is another picture.
        place.filter(|_| m[0] > 0.0 && m[3] > 0.0 && m[1].abs() < m[0] && m[2].abs() < m[3])
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
