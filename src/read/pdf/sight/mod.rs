//! What is seen of a page's text: nothing that is drawn invisibly, off the page, in the colour of what lies under it, or covered.
//!
//! Areas count by their bounds, and only those that are filled: enough to find words that are said and not seen, never to draw.

mod areas;
mod follow;
mod geometry;
mod overlaps;
mod paths;
mod pictures;
mod rooms;
mod stretches;

use std::cell::Cell;

use hayro_syntax::object::Rect;

use crate::read::Need;
use crate::read::contrast::luminance;
use areas::{Area, Bands};
use geometry::{Bounds, IDENTITY, Matrix, SLACK, product};
pub(super) use pictures::PictureSight;
pub(super) use rooms::Room;
use rooms::Rooms;
pub(super) use stretches::{Stretch, is_unseen};

/// Red, green and blue from 0 to 1.
type Colour = [f64; 3];
const WHITE: Colour = [1.0; 3];
/// Colours that differ by less in every part cannot be told apart.
const ALIKE: f64 = 0.03;
/// What is drawn more faintly than this is not seen, from 0 to 1.
const FAINT: f64 = 0.1;
/// Letters smaller than this, in points, are not seen.
const SMALL: f64 = 2.0;
/// What differs less from its ground is hardly read: the contrast of WCAG 2.2.
const CONTRAST: f64 = 1.25;
/// Letters stand at most so far apart besides, and are at most so much broader or narrower than they are, in parts of their size.
const APART: f64 = 0.3;
const BROAD: (f64, f64) = (0.97, 1.03);
/// States stand on each other at most so deep.
const DEEPEST: usize = 1024;
/// So many areas of a page are remembered.
const MOST: usize = 20_000;

/// What no edition of ours does, and others may.
const LINES: &str = "it is drawn as lines";
const PATTERN: &str = "it has a pattern, or a colour that is none of a device";
const BLENDED: &str = "what lies under it changes its colour";
const CUT: &str = "it is cut to a shape";
const SHEER: &str = "it is sheer";
const SPREAD: &str = "its letters are pulled apart or pressed together";
const PALE: &str = "it is hardly told from what lies under it";
const TURNED: &str = "it is slanted or turned";
const HEAD: &str = "a head or a foot is not seen";
const OVER: &str = "it is drawn over other words";
const GROUND: &str = "it stands on a picture or a pattern";

/// Whether a reason is one in our own editions alone.
pub(super) fn is_of_ours(reason: &str) -> bool {
    [
        LINES, PATTERN, BLENDED, CUT, SHEER, SPREAD, PALE, TURNED, HEAD, OVER, GROUND,
    ]
    .contains(&reason)
}

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
    /// The bounds of the path that is being made, its parts, and where its pen stands and began.
    path: Option<Bounds>,
    parts: Vec<Bounds>,
    pen: [f64; 2],
    start: [f64; 2],
    /// Whether it is more than one rectangle.
    is_shape: bool,
    /// Whether the path becomes what may be drawn on once it is ended.
    clips: bool,
    areas: Vec<Area>,
    shown: Vec<Shown>,
    /// What stands between the words of a line.
    rooms: Rooms,
    /// The contrast of the colours that were looked at last: nearly all text has one colour on one ground.
    contrast: Cell<Option<([Colour; 2], f64)>>,
}

#[derive(Debug, Clone, Copy)]
struct State {
    matrix: Matrix,
    colour: Colour,
    mode: i64,
    /// The colour of lines, and how broad they are.
    line: Colour,
    broad: f64,
    /// Whether areas and text have a pattern, or a colour that is given in another way than as that of a device.
    pattern: Pattern,
    /// Whether what lies under it changes what is drawn.
    is_blended: bool,
    /// Whether what may be drawn on is less than a rectangle.
    is_cut: bool,
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

/// Text that is shown.
pub(super) struct Showing<'a> {
    pub(super) text: &'a str,
    /// The widths of its glyphs in thousandths of the size and how many they are, where the font says so.
    pub(super) widths: Option<(f64, usize)>,
    /// The same of those that are seen, up to the white space at the end.
    pub(super) ink: Option<(f64, usize)>,
    /// The marked content that it belongs to.
    pub(super) mark: Option<i64>,
    /// Whether it is no part of the text.
    pub(super) is_artifact: bool,
    /// Whether it is a running head or foot.
    pub(super) is_head: bool,
    /// Whether it stands on a layer that is off.
    pub(super) is_hidden: bool,
    /// The index of its font.
    pub(super) font: usize,
}

/// How a colour is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pattern {
    /// As that of a device.
    None,
    /// In a space that is not looked at.
    Space,
    /// It is none but a pattern.
    Tiles,
}

/// What holds outside of a form.
pub(super) struct Outside {
    state: State,
    saved: usize,
}

#[derive(Debug)]
struct Shown {
    text: String,
    at: [f64; 2],
    colour: Colour,
    mode: i64,
    /// The size of the letters on the page, and how high that is: lines may be a little narrower than they are.
    size: f64,
    high: f64,
    opacity: f64,
    is_clipped: bool,
    is_hidden: bool,
    /// Whether it is no part of the text, and whether it is a running head or foot then.
    is_artifact: bool,
    is_head: bool,
    /// The marked content that it belongs to.
    mark: Option<i64>,
    /// How far to the right the pen went, where the widths are known.
    end: Option<f64>,
    /// How far it is raised.
    rise: f64,
    /// What stands between its letters besides, as a share of the size.
    spacing: f64,
    /// The index of its font.
    font: usize,
    /// What stands before it on its line.
    room: Option<Room>,
    /// Why nobody can say how it looks.
    is_strange: Option<&'static str>,
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
            broad: 1.0,
            pattern: Pattern::None,
            is_blended: false,
            is_cut: false,
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
            parts: Vec::new(),
            pen: [0.0; 2],
            start: [0.0; 2],
            is_shape: false,
            clips: false,
            areas: Vec::new(),
            shown: Vec::new(),
            rooms: Rooms::default(),
            contrast: Cell::new(None),
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

    /// Text is shown at the pen, which moves behind it.
    pub(super) fn show(&mut self, showing: &Showing<'_>) {
        let state = self.state;
        let place = product(self.text, state.matrix);
        let by = |(widths, count): (f64, usize)| {
            (widths / 1000.0 * state.size + count as f64 * state.spacing) * state.width
        };
        // Behind the last letter stands nothing.
        let inked = showing
            .ink
            .map(|(widths, count)| (widths, count.saturating_sub(1)));
        let inked = inked.map_or(0.0, by);
        let end = product([1.0, 0.0, 0.0, 1.0, inked, 0.0], place)[4] + state.rise * place[2];
        self.forward(showing.widths.map_or(0.0, by));
        let behind = product(self.text, state.matrix);
        let pens = [place, behind].map(|pen| [pen[4], pen[5]]);
        let room = self.rooms.show(showing.text, pens);
        if showing.text.trim().is_empty() {
            return;
        }
        let rise = state.rise * place[3];
        let at = [place[4] + state.rise * place[2], place[5] + rise];
        let is_spread = state.spacing.abs() > state.size.abs().max(1.0) * 2.0;
        let is_turned = place[0] <= 0.0 || place[3] <= 0.0 || place[1].abs() > place[0].abs();
        let shrunk = state.size.abs() * state.width.abs().min(1.0);
        let scale = (place[0] * place[3] - place[1] * place[2]).abs().sqrt();
        self.shown.push(Shown {
            text: showing.text.to_owned(),
            at,
            end: showing.widths.map(|_| end),
            rise,
            spacing: state.spacing / state.size.abs().max(0.1),
            mark: showing.mark,
            font: showing.font,
            room,
            is_artifact: showing.is_artifact,
            is_head: showing.is_head,
            colour: match state.mode {
                1 => state.line,
                _ => state.colour,
            },
            is_odd: is_spread || is_turned,
            is_strange: self.strange(),
            mode: state.mode,
            size: shrunk * scale,
            high: state.size.abs() * place[3].abs(),
            opacity: state.opacity,
            is_clipped: state.clip.is_some_and(|clip| {
                !clip.is_near(at) || showing.widths.is_some() && !clip.is_near([end, at[1]])
            }),
            is_hidden: showing.is_hidden,
        });
    }

    /// The line on which text is shown, and the height of the page, in hundredths of a point.
    pub(super) fn line_in_hundredths(&self) -> i64 {
        hundredths(product(self.text, self.state.matrix)[5])
    }

    /// Where the words that were shown last begin and end, how high they are, and their colour.
    pub(super) fn last(&self) -> Option<([i64; 2], i64, [u8; 3])> {
        let shown = self.shown.last()?;
        let end = shown.end.unwrap_or(shown.at[0]);
        let across = [shown.at[0].min(end), shown.at[0].max(end)];
        Some((
            across.map(hundredths),
            hundredths(shown.high),
            Need::bytes(shown.colour),
        ))
    }

    /// Whether text is shown and not painted (ISO 32000-1, 9.3.6).
    pub(super) fn is_unpainted(&self) -> bool {
        self.state.mode == 3
    }

    pub(super) fn height(&self) -> i64 {
        hundredths(self.page.y1)
    }

    /// Why nobody can say how text looks that is drawn now.
    fn strange(&self) -> Option<&'static str> {
        match self.state {
            State {
                mode: 1 | 2 | 4 | 5 | 6,
                ..
            } => Some(LINES),
            State {
                pattern: Pattern::Space | Pattern::Tiles,
                ..
            } => Some(PATTERN),
            State {
                is_blended: true, ..
            } => Some(BLENDED),
            State { is_cut: true, .. } => Some(CUT),
            State { opacity, .. } if opacity < 0.99 => Some(SHEER),
            State { spacing, size, .. } if spacing.abs() > size.abs() * APART => Some(SPREAD),
            _ => {
                let place = product(self.text, self.state.matrix);
                let is_turned = place[1].abs() > place[0].abs() * 0.03
                    || place[2].abs() > place[3].abs() * 0.03;
                if is_turned {
                    return Some(TURNED);
                }
                let broad = self.state.width * place[0] / place[3];
                let is_odd = broad.is_finite() && !(BROAD.0..=BROAD.1).contains(&broad);
                is_odd.then_some(SPREAD)
            }
        }
    }

    /// The pen goes back, in thousandths of the size (ISO 32000-1, 9.4.3).
    pub(super) fn back(&mut self, by: f64) {
        let before = product(self.text, self.state.matrix)[4];
        self.forward(-by / 1000.0 * self.state.size * self.state.width);
        let behind = product(self.text, self.state.matrix)[4];
        self.rooms.slide(behind - before);
    }

    fn forward(&mut self, by: f64) {
        self.text = product([1.0, 0.0, 0.0, 1.0, by, 0.0], self.text);
    }

    /// Where the words of marked content stand.
    pub(super) fn stretches(&self) -> Vec<(i64, Stretch)> {
        stretches::gathered(&self.shown)
    }

    /// What was said and is not seen.
    pub(super) fn unseen(self) -> Vec<Unseen> {
        let bands = Bands::of(&self.areas, self.page.y0, self.page.y1);
        let reasons = self.shown.iter().enumerate();
        let reasons = reasons.map(|(index, shown)| match shown.is_artifact {
            true if !shown.is_head => {
                let reason = self.reason(index, shown, &bands);
                reason.filter(|reason| *reason == TURNED)
            }
            true => self.reason(index, shown, &bands).map(|_| HEAD),
            false => self.reason(index, shown, &bands),
        });
        let mut reasons: Vec<Option<&'static str>> = reasons.collect();
        for index in overlaps::overlapping(&self.shown) {
            reasons[index] = reasons[index].or(Some(OVER));
        }
        let mut unseen: Vec<Unseen> = Vec::new();
        let mut before = None;
        for (shown, reason) in self.shown.into_iter().zip(reasons) {
            // What goes on is told together.
            match (reason, unseen.last_mut()) {
                (Some(reason), Some(last)) if before == Some(reason) => {
                    last.text.push_str(&shown.text);
                }
                (Some(reason), _) => unseen.push(Unseen {
                    text: shown.text,
                    reason,
                }),
                (None, _) => {}
            }
            before = reason;
        }
        unseen
    }

    fn reason(&self, index: usize, shown: &Shown, bands: &Bands<'_>) -> Option<&'static str> {
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
        if !inside(shown.end.unwrap_or(x), page.x0, page.x1) {
            return Some("it reaches out of the page");
        }
        if shown.is_clipped {
            return Some("it is cut away");
        }
        if bands.cover(index, shown) {
            return Some("something covers it");
        }
        let ground = bands.ground(index, shown);
        let Some(ground) = ground.map_or(Some(WHITE), |area| area.colour) else {
            return Some(GROUND);
        };
        let parts = ground.iter().zip(&shown.colour);
        let alike = parts.fold(true, |alike, (a, b)| alike && (a - b).abs() < ALIKE);
        match alike {
            true => Some("it has the colour of what lies under it"),
            false if self.contrast(ground, shown.colour) < CONTRAST => Some(PALE),
            false => shown.is_strange,
        }
    }
}

impl Sight {
    fn contrast(&self, one: Colour, other: Colour) -> f64 {
        match self.contrast.get() {
            Some((colours, known)) if colours == [one, other] => known,
            _ => {
                let own = contrast(one, other);
                self.contrast.set(Some(([one, other], own)));
                own
            }
        }
    }
}

/// The contrast of two colours (WCAG 2.2, contrast ratio).
fn contrast(one: Colour, other: Colour) -> f64 {
    let light = |colour: Colour| luminance(colour.map(|part| part.clamp(0.0, 1.0)));
    crate::read::contrast::contrast(light(one), light(other))
}

fn hundredths(points: f64) -> i64 {
    (points.clamp(-1e9, 1e9) * 100.0).round() as i64
}
