//! What stands before the words of blocks: labels of lists and breaks, held against those of the source.

use super::difference::{Difference, Kind, quoted};
use crate::read::{Block, Contents, FileKind, Sign};

/// The blocks that count. What stands before one that does not, stands before the next that does.
pub(super) fn text(contents: &Contents) -> Vec<Block> {
    let mut counting = contents.text().peekable();
    let mut waiting = Vec::new();
    let mut names = Vec::new();
    let mut text = Vec::new();
    for block in &contents.blocks {
        waiting.extend(block.signs.iter().cloned());
        names.extend(block.names.iter().cloned());
        if counting
            .next_if(|counts| std::ptr::eq(*counts, block))
            .is_some()
        {
            text.push(Block {
                signs: std::mem::take(&mut waiting),
                names: std::mem::take(&mut names),
                ..block.clone()
            });
        }
    }
    text
}

/// Holds what stands before a block against what stands there in the source.
pub(super) fn hold(
    expected: &Block,
    found: &Block,
    kind: FileKind,
    differences: &mut Vec<Difference>,
) {
    if kind == FileKind::Pdf {
        return;
    }
    let are_alike = expected.signs.len() == found.signs.len()
        && expected
            .signs
            .iter()
            .zip(&found.signs)
            .all(|(own, other)| is_alike(own, other, kind));
    if are_alike {
        return;
    }
    differences.push(Difference {
        kind: Kind::List,
        place: found.place.clone(),
        message: format!(
            "{} stands before it, in the source {}: {}",
            shown(&found.signs),
            shown(&expected.signs),
            quoted(&found.line())
        ),
    });
}

fn is_alike(own: &Sign, other: &Sign, kind: FileKind) -> bool {
    match (own, other) {
        (Sign::Break, Sign::Break) => true,
        (
            Sign::Label { text, place },
            Sign::Label {
                text: shown,
                place: stands,
            },
        ) => {
            let is_same_place = match (place, stands) {
                (Some(place), Some(stands)) => place == stands,
                _ => true,
            };
            // Style sheets have a stop of their own for Chinese numbers, and Word has formats for few digits but European ones.
            let stopped = shown.replace('\u{3001}', ".");
            let is_nearest = kind == FileKind::Docx && is_nearest(text, *place, shown);
            is_same_place && (*text == stopped || is_nearest)
        }
        _ => false,
    }
}

/// Whether a label is shown in European digits, and Word has no format for those of the source. Numbers count from one.
fn is_nearest(label: &str, place: Option<(usize, usize)>, shown: &str) -> bool {
    let has_format = |c: char| matches!(c, '\u{0966}'..='\u{096F}' | '\u{0E50}'..='\u{0E59}');
    let number = label.strip_suffix('.');
    let number = number.filter(|number| !number.contains(has_format));
    number.is_some() && place.is_some_and(|(at, _)| shown == format!("{at}."))
}

fn shown(signs: &[Sign]) -> String {
    let shown = signs.iter().map(|sign| match sign {
        Sign::Label {
            text,
            place: Some((at, of)),
        } => format!("the label “{text}” ({at} of {of})"),
        Sign::Label { text, place: None } => format!("the label “{text}”"),
        Sign::Break => "a break".to_owned(),
    });
    let shown: Vec<String> = shown.collect();
    match shown.is_empty() {
        true => "nothing".to_owned(),
        false => shown.join(" and "),
    }
}
