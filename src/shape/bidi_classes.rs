//! The bidirectional classes of characters (Unicode Standard Annex 9, 3.2), those of the scripts that turn a line in a table: the
//! library looks each up in a list of a thousand stretches, for every rule anew.

use std::sync::OnceLock;

use unicode_bidi::data_source::BidiMatchedOpeningBracket;
use unicode_bidi::{BidiClass, BidiDataSource, HardcodedBidiData};

/// Behind the last character in the table: Latin, Greek, Cyrillic, Hebrew, Arabic and what stands between them.
const END: usize = 0x780;

/// The classes of the library by way of the table.
pub(super) struct Classes;

impl BidiDataSource for Classes {
    fn bidi_class(&self, c: char) -> BidiClass {
        bidi_class(c)
    }

    fn bidi_matched_opening_bracket(&self, c: char) -> Option<BidiMatchedOpeningBracket> {
        // None of them stands among the characters of the table but these.
        if (c as usize) < END && !matches!(c, '(' | ')' | '[' | ']' | '{' | '}') {
            return None;
        }
        HardcodedBidiData.bidi_matched_opening_bracket(c)
    }
}

/// The class of a character.
pub(super) fn bidi_class(c: char) -> BidiClass {
    static TABLE: OnceLock<[BidiClass; END]> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        std::array::from_fn(|code| {
            let c = u32::try_from(code).ok().and_then(char::from_u32);
            unicode_bidi::bidi_class(c.unwrap_or_default())
        })
    });
    match table.get(c as usize) {
        Some(class) => *class,
        None => unicode_bidi::bidi_class(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_what_the_library_says() {
        for c in ('\0'..=char::MAX).take(0x1_2000) {
            assert_eq!(bidi_class(c), unicode_bidi::bidi_class(c), "{c:?}");
            let [own, other] = [
                Classes.bidi_matched_opening_bracket(c),
                HardcodedBidiData.bidi_matched_opening_bracket(c),
            ]
            .map(|bracket| bracket.map(|bracket| (bracket.opening, bracket.is_open)));
            assert_eq!(own, other, "{c:?}");
        }
    }
}
