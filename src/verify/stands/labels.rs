//! Labels: the signs and numbers before items and notes.

use super::{Grounds, SIZE, SLACK, Tell, points};
use crate::compose::Kind;
use crate::piece::Direction;
use crate::read::{Block, Need};
use crate::theme::Alignment;

/// Labels stand so near to their place, in points.
const BESIDE: f64 = 0.5;

impl Grounds<'_> {
    /// A label stands on the first line of what it labels, and before it. An item that begins with something else than a paragraph has
    /// its label on a line of its own, above whatever words come first.
    pub(super) fn label(&self, block: &Block, kind: Kind, is_beside: bool, tell: &mut Tell<'_>) {
        let (Some(label), Some(first)) = (&block.label, block.lines.first()) else {
            return;
        };
        let above = points(label.base - first.base);
        let is_right = match is_beside {
            true => above.abs() <= SLACK,
            false => above > SLACK,
        };
        if label.page == first.page && !is_right {
            return tell(block, first.page, "its label stands on another line");
        }
        // What it labels may be of any kind; it is the item's.
        let row = self.row(if is_beside { kind } else { Kind::ListText });
        let size = f64::from(row.size.0);
        if (points(label.size) / size - 1.0).abs() > SIZE {
            return tell(
                block,
                first.page,
                "its label is larger or smaller than its theme has it",
            );
        }
        let ink = row.ink.colour(&self.theme.colours).bytes();
        if !Need::is_one_colour(label.ink, ink) {
            return tell(
                block,
                first.page,
                "its label has another colour than its theme gives it",
            );
        }
        let is_back = self.stands.direction == Direction::RightToLeft;
        if kind != Kind::ListText || is_back || !is_beside {
            return;
        }
        let inset = f64::from(row.inset_start.0);
        let gap = inset * 0.35;
        // One that has no room in its indent goes on behind it, and lines that are not set from the start begin anywhere.
        let has_room = points(label.right - label.left) <= inset * 2.0 - gap;
        if !has_room || matches!(row.alignment, Alignment::Centre | Alignment::End) {
            return;
        }
        // Those of a list whose words run the other way stand at its other side.
        if self.has_others() && label.left > first.right {
            return;
        }
        let room = points(first.left - label.right);
        if first.is_plain && (room - gap).abs() > BESIDE {
            tell(
                block,
                first.page,
                "its label stands too far before it, or too near",
            );
        }
    }
}
