//! Which text each code of a font stands for: asked of every glyph of every page, so it is looked up in a list where one is no
//! longer than what the file says of the font.

use std::collections::HashMap;

/// The list has at most so many places for each code that is known.
const ROOM: usize = 16;
/// Nothing is known of a code.
const NONE: u32 = u32::MAX;

/// Texts by code and by how many bytes a code has.
#[derive(Debug, Clone, Default)]
pub(super) struct Characters {
    texts: Vec<String>,
    places: HashMap<(u32, usize), u32>,
    /// The places of codes of two bytes, once all are known; empty where they are too far apart.
    pairs: Vec<u32>,
}

impl Characters {
    /// How many codes are known.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// A code stands for a text; what was said of it before holds no longer.
    pub(super) fn insert(&mut self, code: u32, width: usize, text: String) {
        self.pairs.clear();
        if let Some(place) = self.places.get(&(code, width)) {
            self.texts[*place as usize] = text;
        } else if let Ok(place) = u32::try_from(self.texts.len()) {
            self.places.insert((code, width), place);
            self.texts.push(text);
        }
    }

    /// All is known that is said of the codes.
    pub(super) fn settle(&mut self) {
        let pairs = || {
            let all = self.places.iter();
            all.filter(|((_, width), _)| *width == 2)
        };
        let most = pairs().map(|((code, _), _)| *code as usize).max();
        let Some(most) = most.filter(|most| *most < pairs().count() * ROOM) else {
            return;
        };
        let mut list = vec![NONE; most + 1];
        for ((code, _), place) in pairs() {
            list[*code as usize] = *place;
        }
        self.pairs = list;
    }

    /// The text of a code of so many bytes.
    pub(super) fn get(&self, code: u32, width: usize) -> Option<&str> {
        let place = match width {
            2 if !self.pairs.is_empty() => self.pairs.get(code as usize),
            _ => self.places.get(&(code, width)),
        };
        let text = self.texts.get(*place? as usize);
        text.map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_tables_say_the_same() {
        for far in [40, 50_000] {
            let mut characters = Characters::default();
            for (code, width, text) in [
                (3, 2, "old"),
                (3, 1, "one"),
                (3, 2, "new"),
                (7, 2, "seven"),
                (far, 2, "far"),
            ] {
                characters.insert(code, width, text.to_owned());
            }
            characters.settle();
            assert_eq!(characters.pairs.is_empty(), far > 40);
            let said = |code, width| characters.get(code, width);
            assert_eq!(characters.len(), 4);
            assert_eq!(said(3, 2), Some("new"));
            assert_eq!(said(3, 1), Some("one"));
            assert_eq!(said(7, 2), Some("seven"));
            assert_eq!(said(far, 2), Some("far"));
            assert_eq!(said(4, 2), None);
            assert_eq!(said(7, 1), None);
            assert_eq!(said(60_000, 2), None);
        }
    }
}
