//! Paths: what is filled, stroked and cut out (ISO 32000-1, 8.5).

use hayro_syntax::object::Rect;

use super::super::super::need::Need;
use super::super::super::paper::DrawnRule;
use super::areas::Area;
use super::geometry::{Bounds, product};
use super::{Colour, FAINT, MOST, Pattern, Sight};

impl Sight {
    /// An image is drawn: on the square of one unit.
    pub(in crate::read::pdf) fn image(&mut self) {
        let whole = self.path.take();
        for (x, y) in [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)] {
            self.reach(x, y);
        }
        self.area(None);
        self.path = whole;
    }

    /// Something stands over the page.
    pub(in crate::read::pdf) fn cover(&mut self, place: Rect) {
        self.path = Some(Bounds {
            low: [place.x0, place.y0],
            high: [place.x1, place.y1],
        });
        self.area(None);
    }

    /// All that may be drawn on is drawn over.
    pub(super) fn cover_all(&mut self) {
        let page = self.page;
        let all = Bounds {
            low: [page.x0, page.y0],
            high: [page.x1, page.y1],
        };
        self.path = Some(self.state.clip.unwrap_or(all));
        self.area(None);
    }

    /// A straight part of a path, or the ends of a curve.
    pub(super) fn line_to(&mut self, x: f64, y: f64) {
        /// Paths of more parts are no lines through words.
        const MOST_PARTS: usize = 1024;
        let from = std::mem::replace(&mut self.pen, [x, y]);
        self.pen = self.reach(x, y);
        self.is_shape = true;
        if self.parts.len() < MOST_PARTS {
            let to = self.pen;
            self.parts.push(Bounds {
                low: [0, 1].map(|axis| from[axis].min(to[axis])),
                high: [0, 1].map(|axis| from[axis].max(to[axis])),
            });
        }
    }

    /// The path goes back to where it began.
    pub(super) fn close(&mut self) {
        let (from, to) = (self.pen, self.start);
        self.parts.push(Bounds {
            low: [0, 1].map(|axis| from[axis].min(to[axis])),
            high: [0, 1].map(|axis| from[axis].max(to[axis])),
        });
        self.pen = to;
    }

    /// The parts of the path are drawn as lines.
    pub(super) fn stroke(&mut self) {
        let matrix = self.state.matrix;
        let scale = (matrix[0] * matrix[3] - matrix[1] * matrix[2]).abs().sqrt();
        // The thinnest line that there is still strikes out.
        let half = (self.state.broad * scale / 2.0).max(0.1);
        for part in &self.parts {
            let bounds = Bounds {
                low: part.low.map(|at| at - half),
                high: part.high.map(|at| at + half),
            };
            let bounds = self.state.clip.map_or(bounds, |clip| clip.within(bounds));
            if self.areas.len() < MOST && self.state.opacity > FAINT {
                self.areas.push(Area {
                    bounds,
                    colour: Some(self.state.line),
                    after: self.shown.len(),
                });
            }
        }
    }

    /// The path ends, drawn or not.
    pub(super) fn end(&mut self) {
        self.clip();
        self.path = None;
        self.forget();
    }

    pub(super) fn forget(&mut self) {
        self.parts.clear();
        self.is_shape = false;
    }

    pub(super) fn clip(&mut self) {
        if std::mem::take(&mut self.clips)
            && let Some(path) = self.path
        {
            self.state.is_cut |= self.is_shape;
            self.state.clip = Some(match self.state.clip {
                None => path,
                Some(clip) => clip.within(path),
            });
        }
    }

    pub(super) fn reach(&mut self, x: f64, y: f64) -> [f64; 2] {
        let at = product([1.0, 0.0, 0.0, 1.0, x, y], self.state.matrix);
        let at = [at[4], at[5]];
        let bounds = self.path.get_or_insert(Bounds { low: at, high: at });
        let [x, y] = at;
        bounds.low = [bounds.low[0].min(x), bounds.low[1].min(y)];
        bounds.high = [bounds.high[0].max(x), bounds.high[1].max(y)];
        at
    }

    /// The path as a rule, where there is one.
    pub(in crate::read::pdf) fn drawn_rule(&self) -> Option<DrawnRule> {
        let path = self.path?;
        let of = |bound: f64| Need::thousandths(bound);
        Some(DrawnRule {
            page: 0,
            low: path.low.map(of),
            high: path.high.map(of),
            colour: Need::bytes(self.state.colour),
        })
    }

    /// What a theme needs that has the path for a rule.
    pub(in crate::read::pdf) fn rule(&self) -> Option<Need> {
        let path = self.path?;
        let thick = [0, 1].map(|axis| path.high[axis] - path.low[axis]);
        Some(Need::Drawn {
            thick: Need::thousandths(thick[0].min(thick[1])),
            colour: Need::bytes(self.state.colour),
        })
    }

    pub(super) fn fill(&mut self) {
        self.clip();
        let is_known = self.state.pattern != Pattern::Tiles;
        self.area(is_known.then_some(self.state.colour));
        self.forget();
    }

    /// An area of a colour is drawn, or of one that is not known.
    pub(super) fn area(&mut self, colour: Option<Colour>) {
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
