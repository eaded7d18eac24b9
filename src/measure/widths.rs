//! Widths: how the columns of a table share the room that there is.

use super::Share;
use super::ruler::Extent;
use crate::compose::TextId;

/// A column whose words have no room in the width that the author gives it, or leaves it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NarrowColumn {
    /// Its index.
    pub column: usize,
    /// The part of the table that it has, in percent.
    pub given: u32,
    /// The part that its longest word needs, in percent.
    pub needed: u32,
    /// The cell with that word.
    pub longest: Option<TextId>,
}

/// What a column asks for, without the space beside it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Need {
    /// The width of its longest unbreakable part.
    pub(super) least: f32,
    /// Its width where no cell has a second line.
    pub(super) most: f32,
    /// The part of the measure that the author gives it.
    pub(super) given: Option<f32>,
    /// The cell with the longest unbreakable part.
    pub(super) longest: Option<TextId>,
}

impl Need {
    /// Makes room for a cell.
    pub(super) fn take(&mut self, cell: Extent, text: TextId) {
        if cell.least > self.least || self.longest.is_none() {
            self.longest = Some(text);
        }
        self.least = self.least.max(cell.least);
        self.most = self.most.max(cell.most);
    }
}

/// Whether the longest parts of all columns have room, with so much space between them, in type of so much of its size.
pub(super) fn fits(needs: &[Need], room: f32, gutter: f32, scale: f32) -> bool {
    let last = needs.len().saturating_sub(1);
    let mut left = room;
    let mut open = 0.0;
    for (column, need) in needs.iter().enumerate() {
        let beside = if column == last { 0.0 } else { gutter };
        let wanted = need.least * scale + beside;
        match need.given {
            Some(given) if wanted > given * room + 0.01 => return false,
            Some(given) => left -= given * room,
            None => open += wanted,
        }
    }
    open <= left + 0.01
}

/// The column that the author's widths leave too little room, where there are any and one is.
pub(super) fn narrow(needs: &[Need], room: f32, gutter: f32, scale: f32) -> Option<NarrowColumn> {
    let last = needs.len().saturating_sub(1);
    let part = |width: f32| width / room * 100.0;
    let found = |column: usize, need: &Need, given: f32| {
        let beside = if column == last { 0.0 } else { gutter };
        let needed = part(need.least * scale + beside);
        (needed > given + 0.01).then(|| NarrowColumn {
            column,
            given: given.max(0.0).floor() as u32,
            needed: needed.ceil() as u32,
            longest: need.longest,
        })
    };
    let mut given = needs.iter().enumerate();
    let narrow = given.find_map(|(column, need)| {
        // The parts are whole, and no matter of rounding.
        let given = (need.given? * 100.0).round();
        found(column, need, given)
    });
    narrow.or_else(|| {
        let open = needs.iter().filter(|need| need.given.is_none()).count();
        if open == 0 || open == needs.len() {
            return None;
        }
        let given: f32 = needs.iter().filter_map(|need| need.given).sum();
        let left = (1.0 - given) * 100.0 / open as f32;
        let open = needs.iter().enumerate();
        let open = open.filter(|(_, need)| need.given.is_none());
        let (column, widest) = open.max_by(|(_, a), (_, b)| a.least.total_cmp(&b.least))?;
        found(column, widest, left.round())
    })
}

/// Shares the room among columns.
pub(super) fn widths(needs: &[Need], room: f32, gutter: f32, scale: f32) -> Vec<f32> {
    let last = needs.len().saturating_sub(1);
    let extents = needs.iter().enumerate().map(|(column, need)| {
        let beside = if column == last { 0.0 } else { gutter };
        Extent {
            least: need.least * scale + beside,
            most: need.most * scale + beside,
        }
    });
    let extents: Vec<Extent> = extents.collect();
    let given: f32 = needs.iter().filter_map(|need| need.given).sum();
    let open = needs.iter().zip(&extents);
    let open: Vec<Extent> = open
        .filter(|(need, _)| need.given.is_none())
        .map(|(_, extent)| *extent)
        .collect();
    let mut open = shared(&open, room * (1.0 - given).max(0.0)).into_iter();
    let widths = needs.iter().map(|need| match need.given {
        Some(given) => given * room,
        None => open.next().unwrap_or(0.0),
    });
    widths.collect()
}

/// Shares the room among columns of which the author says nothing.
fn shared(columns: &[Extent], room: f32) -> Vec<f32> {
    let least: f32 = columns.iter().map(|column| column.least).sum();
    let most: f32 = columns.iter().map(|column| column.most).sum();
    if least >= room {
        // Not even the longest words fit: every column gives up the same part, but none vanishes.
        let floor = room / columns.len().max(1) as f32 / 4.0;
        let held = columns
            .iter()
            .map(|column| (column.least * room / least.max(0.01)).max(floor));
        return held.collect();
    }
    if most <= room {
        // What is left goes to each by what it holds: words that are many stand no closer than those that are few.
        let part = room / most.max(0.01);
        return columns.iter().map(|column| column.most * part).collect();
    }
    // Columns that ask for little get it; the others share what is left.
    let asked = |column: &usize| columns[*column].most - columns[*column].least;
    let mut order: Vec<usize> = (0..columns.len()).collect();
    order.sort_by(|a, b| asked(a).total_cmp(&asked(b)));
    let mut widths: Vec<f32> = columns.iter().map(|column| column.least).collect();
    let mut spare = room - least;
    for (done, column) in order.iter().enumerate() {
        let fair = spare / (order.len() - done) as f32;
        let given = asked(column).min(fair);
        widths[*column] += given;
        spare -= given;
    }
    widths
}

/// Widths as shares that are the whole measure together: rounded where columns meet, so that no error adds up.
pub(super) fn shares(widths: &[f32]) -> Vec<Share> {
    let whole: f32 = widths.iter().sum();
    let (mut end, mut before) = (0.0, 0);
    let last = widths.len().saturating_sub(1);
    let shares = widths.iter().enumerate().map(|(column, width)| {
        end += width;
        let meets = match column == last {
            true => Share::WHOLE.0,
            false => (end / whole * f32::from(Share::WHOLE.0)).round() as u16,
        };
        // A table of thousands of columns has less than a part for each.
        let share = Share(meets.saturating_sub(before).max(1));
        before = meets;
        share
    });
    shares.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spare_room_is_shared_by_what_columns_hold() {
        let extent = |most: f32| Extent {
            least: most / 2.0,
            most,
        };
        let widths = shared(&[extent(40.0), extent(120.0), extent(40.0)], 400.0);
        assert_eq!(widths, [80.0, 240.0, 80.0]);
        assert_eq!(shared(&[extent(0.0)], 400.0), [0.0]);
    }
}
