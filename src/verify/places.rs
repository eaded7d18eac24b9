//! Places on pages that have names, and what pages are called.

use super::difference::{Difference, Kind, quoted};
use super::expected::Expected;
use super::listed::is_near;
use crate::compose::Role;
use crate::read::{Block, Contents};

/// Holds the named places of a file against the headings and notes that they are of, and the names of its pages against their numbers.
pub(super) fn hold(
    contents: &Contents,
    expected: &Expected,
    text: &[Block],
    differences: &mut Vec<Difference>,
) {
    let mut say = |kind: Kind, place: &str, message: String| {
        differences.push(Difference {
            kind,
            place: place.to_owned(),
            message,
        });
    };
    if let Some(count) = contents.page_count {
        let labels = contents.page_labels.as_deref().unwrap_or_default();
        let digits = expected.digits;
        let wrong = (0..count).find(|index| {
            let label = labels.get(*index);
            label.is_none_or(|label| {
                *label != digits.number(index + 1) && *label != (index + 1).to_string()
            })
        });
        if let Some(index) = wrong {
            let label = labels.get(index).map_or("nothing", String::as_str);
            say(
                Kind::Pages,
                &format!("page {}", index + 1),
                format!("it is called {}", quoted(label)),
            );
        }
    }
    if text.len() != expected.blocks.len() || contents.notes.len() != expected.notes.len() {
        return;
    }
    let of_text = expected.blocks.iter().zip(text);
    let of_notes = expected.notes.iter().zip(&contents.notes);
    let is_meant = |(own, _): &(&Block, &Block)| matches!(own.role, Role::Heading(_) | Role::Note);
    for (own, other) in of_text.chain(of_notes).filter(is_meant) {
        let Some(at) = other.marks.at else {
            continue;
        };
        for anchor in &own.marks.anchors {
            let place = contents.places.iter().find(|(name, ..)| name == anchor);
            let is_there = place.is_some_and(|(_, page, height)| is_near(at, (*page, *height)));
            // A name of what stood before it and says nothing leads to where that stood.
            if !is_there && own.marks.anchors.last() == Some(anchor) {
                let message = format!("`{anchor}` does not lead to {}", quoted(&other.line()));
                say(Kind::Link, &other.place, message);
            }
        }
    }
}
