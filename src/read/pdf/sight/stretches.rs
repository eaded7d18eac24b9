//! Where words stand on a page: stretches of one line that are shown beside each other with one look.

use unicode_normalization::char::is_combining_mark;

use super::rooms::stands_by_itself;
use super::{Room, Shown, hundredths};
use crate::read::{DrawnLine, Need};

/// Words beside each other on a line, in points from the page's lower left corner.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::read::pdf) struct Stretch {
    pub(in crate::read::pdf) left: f64,
    pub(in crate::read::pdf) right: f64,
    /// The line that the letters stand on.
    pub(in crate::read::pdf) base: f64,
    /// How far they are raised above it.
    pub(in crate::read::pdf) rise: f64,
    /// The height of their size.
    pub(in crate::read::pdf) size: f64,
    /// The index of their font.
    pub(in crate::read::pdf) font: usize,
    /// Their colour.
    pub(in crate::read::pdf) colour: [f64; 3],
    /// What stands between its letters besides, as a share of the size.
    pub(in crate::read::pdf) spacing: f64,
    /// What stands before them on their line.
    pub(in crate::read::pdf) room: Option<Room>,
    /// The least and the most that stands between words of them besides the spaces that are drawn, in points.
    pub(in crate::read::pdf) between: Option<[f64; 2]>,
    /// Whether all of their signs stand one behind the other, from left to right.
    pub(in crate::read::pdf) is_simple: bool,
    /// Whether a Latin letter is among them.
    pub(in crate::read::pdf) has_latin: bool,
    /// Whether anything that is seen is.
    pub(in crate::read::pdf) is_seen: bool,
    /// Whether a Latin letter or a digit stands at their left end.
    pub(in crate::read::pdf) is_plain: bool,
}

impl Stretch {
    /// The line that they stand on, of a page of this number.
    pub(in crate::read::pdf) fn line(&self, page: usize) -> DrawnLine {
        DrawnLine {
            page,
            base: hundredths(self.base),
            left: hundredths(self.left),
            right: hundredths(self.right),
            size: hundredths(self.size),
            ink: Need::bytes(self.colour),
            is_plain: self.is_plain,
        }
    }
}

/// What goes on so near to it, in parts of the size, goes on with a stretch.
const BESIDE: f64 = 0.4;

/// Whether nobody sees a character: white space, and what shapes or parts others (Default_Ignorable_Code_Point, those met in text).
pub(in crate::read::pdf) fn is_unseen(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0100}'..='\u{E01EF}')
}

/// Whether Latin letters are among some. One that marks stand on may need another face than those without.
fn has_latin(text: &str) -> bool {
    let next = text.chars().skip(1).map(Some).chain([None]);
    let mut both = text.chars().zip(next);
    both.any(|(c, next)| c.is_ascii_alphabetic() && !next.is_some_and(is_combining_mark))
}

/// Gathers what is shown into stretches, each with the marked content that it belongs to.
pub(super) fn gathered(shown: &[Shown]) -> Vec<(i64, Stretch)> {
    let mut all: Vec<(i64, Stretch)> = Vec::new();
    for shown in shown {
        let (Some(mark), Some(end)) = (shown.mark, shown.end) else {
            continue;
        };
        let (left, right) = (shown.at[0].min(end), shown.at[0].max(end));
        let base = shown.at[1] - shown.rise;
        let has_latin = has_latin(&shown.text);
        let is_seen = !shown.text.chars().all(is_unseen);
        let is_simple = shown.text.chars().all(stands_by_itself);
        let has_spaces = shown.text.trim().contains(' ');
        if let Some((of, last)) = all.last_mut() {
            let room = shown.size * BESIDE;
            let is_alike = *of == mark
                && last.font == shown.font
                && (last.base - base).abs() < 0.01
                && (last.rise - shown.rise).abs() < 0.01
                && (last.size - shown.high).abs() < 0.01
                && last.colour == shown.colour;
            if is_alike && left <= last.right + room && right >= last.left - room {
                last.left = last.left.min(left);
                last.right = last.right.max(right);
                last.has_latin |= has_latin;
                last.is_seen |= is_seen;
                last.is_simple &= is_simple;
                let room = shown.room.filter(|room| room.spaces == 1);
                let room = room.map(|room| room.wide).into_iter();
                for wide in room.chain(has_spaces.then_some(0.0)) {
                    last.between = Some(match last.between {
                        Some([least, most]) => [least.min(wide), most.max(wide)],
                        None => [wide; 2],
                    });
                }
                if shown.spacing.abs() > last.spacing.abs() {
                    last.spacing = shown.spacing;
                }
                continue;
            }
        }
        all.push((
            mark,
            Stretch {
                left,
                right,
                base,
                rise: shown.rise,
                size: shown.high,
                font: shown.font,
                colour: shown.colour,
                spacing: shown.spacing,
                room: shown.room,
                between: has_spaces.then_some([0.0; 2]),
                is_simple,
                has_latin,
                is_seen,
                is_plain: shown.text.starts_with(|c: char| c.is_ascii_alphanumeric()),
            },
        ));
    }
    all
}
