//! What stands between words that follow each other on a line, besides the spaces that are drawn.

/// Places that differ by less are one, in points: editions round.
const ROUNDED: f64 = 0.02;

/// The room before words.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(in crate::read::pdf) struct Room {
    /// How wide it is, in points, besides a space that is drawn.
    pub(in crate::read::pdf) wide: f64,
    /// How much of that is no distance between signs of one string: the pen was put elsewhere.
    pub(in crate::read::pdf) jump: f64,
    /// How many spaces are drawn before it.
    pub(in crate::read::pdf) spaces: usize,
}

/// Follows the pen along a line.
#[derive(Debug, Default)]
pub(super) struct Rooms {
    /// Where the pen stood behind the words that were shown last; nothing behind those of writings in which places of signs say nothing.
    pen: Option<[f64; 2]>,
    /// How far it went since then between signs of one string.
    slid: f64,
    /// What was met since words were seen.
    room: Option<Room>,
    /// How many spaces were drawn since words were seen.
    spaces: usize,
}

impl Rooms {
    /// The pen goes on between signs of one string.
    pub(super) fn slide(&mut self, by: f64) {
        self.slid += by;
    }

    /// Words are shown from one place to another; gives the room before them, where they go on with a line and are seen.
    pub(super) fn show(&mut self, text: &str, [from, to]: [[f64; 2]; 2]) -> Option<Room> {
        if !text.chars().all(stands_by_itself) {
            *self = Self::default();
            return None;
        }
        let slid = std::mem::take(&mut self.slid);
        let goes_on = self.pen.filter(|pen| (pen[1] - from[1]).abs() <= ROUNDED);
        self.pen = Some(to);
        if goes_on.is_none() {
            self.spaces = 0;
        }
        let is_seen = !text.chars().all(is_white);
        let spaces = self.spaces + text.chars().take_while(|c| is_white(*c)).count();
        self.spaces = match is_seen {
            true => text.chars().rev().take_while(|c| is_white(*c)).count(),
            false => spaces,
        };
        let Some(pen) = goes_on else {
            self.room = None;
            return None;
        };
        let wide = from[0] - pen[0];
        let before = self.room.unwrap_or_default();
        let room = Room {
            wide: before.wide + wide,
            jump: before.jump + wide - slid,
            spaces,
        };
        self.room = (!is_seen).then_some(room);
        is_seen.then_some(room)
    }
}

fn is_white(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}')
}

/// Signs of writings in which each stands for itself, and all of which run from left to right; no marks on others.
pub(super) fn stands_by_itself(c: char) -> bool {
    matches!(c, ' '..='\u{AC}' | '\u{AE}'..='\u{2FF}' | '\u{370}'..='\u{482}' | '\u{48A}'..='\u{52F}' | '\u{1E00}'..='\u{1FFF}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{203A}' | '\u{20A0}'..='\u{20CF}' | '\u{2122}' | '\u{2212}')
}
