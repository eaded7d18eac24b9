//! Running heads and feet: where they stand, and how large and in which colour their words are; and the colours of what is there for
//! the eye alone.

use super::{Grounds, HANGING, SLACK, points};
use crate::compose::Kind;
use crate::piece::Direction;
use crate::read::{Beside, BesideKind, Need};

/// Sizes that differ by less are one, as a part of the size.
const SIZE: f64 = 0.006;
/// Parts of heads and feet stand so near to their place, in points.
const ASIDE: f64 = 0.5;

impl Grounds<'_> {
    /// What is wrong with heads and feet, and the page of each.
    pub(super) fn furniture(&self) -> Vec<(usize, &'static str)> {
        if self.is_square() {
            return Vec::new();
        }
        let all = self.paper.beside.iter();
        let all = all.filter(|own| matches!(own.kind, BesideKind::Head | BesideKind::Foot));
        let wrong = all.filter_map(|own| Some((own.page, self.is_off(own)?)));
        let ornaments = self.paper.beside.iter();
        let ornaments = ornaments.filter(|own| own.kind == BesideKind::Decoration);
        let strange = ornaments
            .clone()
            .filter(|own| !own.inks.iter().all(|ink| self.is_of_words(*ink)));
        let what = "what is there for the eye alone has a colour that its theme gives no words";
        let sized = ornaments.filter(|own| !self.is_sized(own));
        let other = "a pull quote is larger or smaller than its theme has it";
        let strange = strange.map(|own| (own.page, what));
        let sized = sized.map(|own| (own.page, other));
        wrong.chain(strange).chain(sized).collect()
    }

    /// Whether words that are there for the eye alone have the size of pull quotes, be hyphens and the stars of breaks among them. Those
    /// of covers are as large as there is room, and those of other letters have sizes of their own.
    fn is_sized(&self, own: &Beside) -> bool {
        let has_words = own.words.chars().filter(|c| c.is_alphabetic()).count() > 1;
        let is_latin = own
            .words
            .chars()
            .all(|c| c < '\u{250}' || !c.is_alphabetic());
        let is_cover = self.theme.front.cover && own.page == 1;
        let size = f64::from(self.row(Kind::Pull).size.0);
        let mut sizes = own.sizes.iter().map(|own| points(*own) / size);
        !has_words || !is_latin || is_cover || sizes.any(|share| (share - 1.0).abs() <= SIZE)
    }

    /// Whether a theme gives words this colour.
    fn is_of_words(&self, ink: [u8; 3]) -> bool {
        let colours = &self.theme.colours;
        let of_kinds = Kind::ALL
            .iter()
            .map(|kind| self.row(*kind).ink.colour(colours));
        let mut all = of_kinds.chain([colours.links]);
        all.any(|own| Need::is_one_colour(own.bytes(), ink))
    }

    fn is_off(&self, own: &Beside) -> Option<&'static str> {
        let frame = match self.is_upright(own.page) {
            true => self.frame,
            false => {
                let turned = self.frame.turned();
                let depth = self.frame.grid * (turned.depth / self.frame.grid).floor();
                crate::measure::Frame { depth, ..turned }
            }
        };
        // The middle of the space below counts from where text could end, whatever its grid is.
        let whole = match self.is_upright(own.page) {
            true => self.whole,
            false => self.whole.turned(),
        };
        let below = whole.height - whole.top - whole.depth;
        let line = match own.kind {
            BesideKind::Head => (whole.top * 0.62).0.round(),
            _ => (whole.top + whole.depth + below * 0.46).0.round(),
        };
        let base = f64::from(whole.height.0 - line);
        if own
            .lines
            .iter()
            .any(|own| (points(*own) - base).abs() > SLACK)
        {
            return Some("its head or foot stands elsewhere than its theme has it");
        }
        let row = self.row(Kind::Furniture);
        let size = f64::from(row.size.0);
        if own
            .sizes
            .iter()
            .any(|own| (points(*own) / size - 1.0).abs() > SIZE)
        {
            return Some("its head or foot is larger or smaller than its theme has it");
        }
        let ink = row.ink.colour(&self.theme.colours).bytes();
        if !own.inks.iter().all(|own| Need::is_one_colour(*own, ink)) {
            return Some("its head or foot has another colour than its theme gives it");
        }
        // Words that run back say nothing of where their parts stand.
        let mut directions = own.words.chars().filter_map(Direction::of);
        let has_back = directions.any(|own| own == Direction::RightToLeft);
        if !self.is_back() && !has_back && !own.runs_forward {
            return Some("parts of its head or foot changed places");
        }
        let start = f64::from(frame.start.0);
        let left = match self.is_back() {
            false => start,
            true => f64::from(frame.width.0 - frame.measure.0) - start,
        };
        let right = left + f64::from(frame.measure.0);
        let is_exact = !self.is_back() && !has_back;
        // Where letters are set apart, the room behind the last one may count or not.
        let slack = match is_exact {
            true => ASIDE + f64::from(row.tracking.0).abs() * size,
            false => size * HANGING,
        };
        let is = |one: f64, other: f64| (one - other).abs() <= slack;
        let is_in_place = |[from, to]: [f64; 2]| {
            is(from, left) || is(to, right) || is((from + to) / 2.0, (left + right) / 2.0)
        };
        let is_right = match is_exact {
            true => own.parts.iter().all(|part| is_in_place(part.map(points))),
            false => is_in_place(own.across.map(points)),
        };
        (!is_right).then_some("its head or foot begins and ends elsewhere than its theme has it")
    }
}
