//! Areas that are drawn: what they lie under and over.

use super::geometry::Bounds;
use super::{Colour, Shown};

/// The page is looked at in so many bands.
const BANDS: usize = 64;

/// A filled area, and how much text was shown before it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Area {
    pub(super) bounds: Bounds,
    /// None where it is not known.
    pub(super) colour: Option<Colour>,
    pub(super) after: usize,
}

/// The areas of a page by their heights.
pub(super) struct Bands<'a> {
    areas: &'a [Area],
    low: f64,
    height: f64,
    bands: Vec<Vec<usize>>,
}

impl<'a> Bands<'a> {
    pub(super) fn of(areas: &'a [Area], low: f64, high: f64) -> Self {
        let mut own = Self {
            areas,
            low,
            height: ((high - low) / BANDS as f64).max(1.0),
            bands: vec![Vec::new(); BANDS],
        };
        for (index, area) in areas.iter().enumerate() {
            let [from, to] = [area.bounds.low[1], area.bounds.high[1]].map(|y| own.band(y));
            if from <= to {
                for band in &mut own.bands[from..=to] {
                    band.push(index);
                }
            }
        }
        own
    }

    fn band(&self, y: f64) -> usize {
        let band = ((y - self.low) / self.height).floor();
        (band.clamp(0.0, (BANDS - 1) as f64)) as usize
    }

    /// The areas at a height, in the order in which they are drawn.
    fn at(&self, y: f64) -> impl DoubleEndedIterator<Item = &'a Area> {
        self.bands[self.band(y)]
            .iter()
            .map(|index| &self.areas[*index])
    }

    /// Whether something lies over words that were shown as this one in their order.
    pub(super) fn cover(&self, index: usize, shown: &Shown) -> bool {
        let core = core(shown);
        let wide = (core.high[0] - core.low[0]).max(0.1);
        // A thin line through words strikes them out.
        let least = (wide * 0.5).min(shown.size * 0.7);
        self.at((core.low[1] + core.high[1]) / 2.0)
            .filter(|area| area.after > index)
            .any(|area| {
                let both = area.bounds.within(core);
                both.high[0] - both.low[0] >= least && both.high[1] > both.low[1]
            })
    }

    /// The area that lies under words.
    pub(super) fn ground(&self, index: usize, shown: &Shown) -> Option<&'a Area> {
        let core = core(shown);
        let middle = [0, 1].map(|axis| (core.low[axis] + core.high[axis]) / 2.0);
        let mut under = self.at(middle[1]).rev();
        under.find(|area| area.after <= index && area.bounds.holds(middle))
    }
}

/// Where the small letters of words stand; where no width is known, at the first of them.
fn core(shown: &Shown) -> Bounds {
    let [x, y] = shown.at;
    let end = shown.end.unwrap_or(x + shown.size * 0.1);
    Bounds {
        low: [x.min(end), y + shown.size * 0.08],
        high: [x.max(end), y + shown.size * 0.42],
    }
}
