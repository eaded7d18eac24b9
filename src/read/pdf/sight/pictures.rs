//! Pictures on a page: where each stands, and what keeps it from being seen as it is.

use super::geometry::{Bounds, Matrix};
use super::{FAINT, Pattern, Sight};

/// Numbers of points are written with three decimals.
const SLACK: f64 = 0.05;
/// What covers less of a picture, in parts of its width and height, only touches it.
const TOUCHES: f64 = 0.02;

/// How a picture stands on its page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::read::pdf) struct PictureSight {
    matrix: Matrix,
    /// Left, bottom, right and top.
    pub(in crate::read::pdf) bounds: [f64; 4],
    /// How many areas and words were drawn before it ended.
    areas: usize,
    words: usize,
    is_cut: bool,
    is_changed: bool,
    /// Whether words are shown in it.
    has_words: bool,
    /// What keeps it from being seen as it is.
    pub(in crate::read::pdf) reason: Option<&'static str>,
}

impl PictureSight {
    /// Its width and height.
    pub(in crate::read::pdf) fn size(&self) -> (f64, f64) {
        let [left, bottom, right, top] = self.bounds;
        (right - left, top - bottom)
    }
}

impl Sight {
    /// A picture is drawn on the square of one unit.
    pub(in crate::read::pdf) fn picture(&self) -> PictureSight {
        let m = self.state.matrix;
        let corners = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)];
        let corners =
            corners.map(|(x, y)| [m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]]);
        let least = |axis: usize| corners.iter().map(|at| at[axis]).fold(f64::MAX, f64::min);
        let most = |axis: usize| corners.iter().map(|at| at[axis]).fold(f64::MIN, f64::max);
        let bounds = [least(0), least(1), most(0), most(1)];
        let is_within = |clip: Bounds| {
            (0..2).all(|axis| {
                clip.low[axis] - SLACK <= bounds[axis]
                    && bounds[axis + 2] <= clip.high[axis] + SLACK
            })
        };
        PictureSight {
            matrix: m,
            bounds,
            areas: self.areas.len(),
            words: self.shown.len(),
            is_cut: self.state.is_cut || self.state.clip.is_some_and(|clip| !is_within(clip)),
            is_changed: self.state.is_blended
                || self.state.opacity < 0.99
                || self.state.pattern == Pattern::Tiles,
            has_words: false,
            reason: None,
        }
    }

    /// A picture is drawn: what follows lies over it.
    pub(in crate::read::pdf) fn end_picture(&self, picture: &mut PictureSight) {
        picture.has_words = self.shown.len() > picture.words;
        (picture.areas, picture.words) = (self.areas.len(), self.shown.len());
    }

    /// Says of a picture what keeps it from being seen as it is, once all of its page is drawn.
    pub(in crate::read::pdf) fn judge(&self, picture: &mut PictureSight) {
        picture.reason = self.hidden(picture);
    }

    fn hidden(&self, picture: &PictureSight) -> Option<&'static str> {
        let [a, b, c, d, ..] = picture.matrix;
        let [left, bottom, right, top] = picture.bounds;
        let page = self.page;
        if b.abs() > SLACK || c.abs() > SLACK || a <= 0.0 || d <= 0.0 {
            return Some("is turned, mirrored or slanted");
        }
        if left < page.x0 - 1.0
            || bottom < page.y0 - 1.0
            || right > page.x1 + 1.0
            || top > page.y1 + 1.0
        {
            return Some("reaches out of its page");
        }
        if picture.has_words {
            return Some("holds words");
        }
        if picture.is_cut {
            return Some("is cut");
        }
        if picture.is_changed {
            return Some("is sheer or blended");
        }
        let covers = |bounds: Bounds| {
            let wide = bounds.high[0].min(right) - bounds.low[0].max(left);
            let high = bounds.high[1].min(top) - bounds.low[1].max(bottom);
            wide > a * TOUCHES && high > d * TOUCHES
        };
        let later = self.areas.iter().skip(picture.areas);
        let mut later = later.map(|area| area.bounds);
        if later.any(covers) {
            return Some("is covered");
        }
        let words = self.shown.iter().enumerate();
        let mut words = words.filter(|(index, shown)| {
            let end = shown.end.unwrap_or(shown.at[0]);
            let bounds = Bounds {
                low: [shown.at[0].min(end), shown.at[1]],
                high: [shown.at[0].max(end), shown.at[1] + shown.size * 0.4],
            };
            let wide = bounds.high[0].min(right) - bounds.low[0].max(left);
            let high = bounds.high[1].min(top) - bounds.low[1].max(bottom);
            let is_seen = !shown.is_hidden && shown.mode != 3 && shown.opacity > FAINT;
            *index >= picture.words && is_seen && wide > 1.0 && high > 1.0
        });
        words.next().map(|_| "has words over it")
    }
}
