//! The space of ideographs: stops give up the empty half of their square where two meet, and Latin words and figures stand off the
//! ideographs beside them (JLReq, 3.1 and 3.2; CLReq, 3.1.6 and 3.2.2).

use unicode_script::{Script, UnicodeScript};

use crate::fonts::FaceId;
use crate::theme::Em;

use super::glyph::GlyphKind;
use super::word::{FaceRun, SafeBreak, Word};

/// Between an ideograph and Latin words or figures, in em. Readers of PDF take a distance of more than a tenth for a space, which
/// nobody wrote: the glyph before it is as much wider, and there is no distance to them.
pub(crate) const BESIDE_LATIN: f32 = 0.25;

/// The same between two glyphs of which neither can be made wider: the widths of CFF outlines stand in the outlines.
const BESIDE_LATIN_UNMADE: f32 = 0.09;

/// What a stop takes off its square, or off that of the stop before it.
const HALF: f32 = 0.5;

/// Spaces the glyphs of a word that runs from left to right, and moves the places behind what changed. `can_widen` says of a face
/// whether its glyphs can be made wider.
pub(super) fn space(
    word: &mut Word,
    text: &str,
    places: &mut Vec<SafeBreak>,
    can_widen: impl Fn(FaceId) -> bool,
) {
    if !has_squares(text) {
        return;
    }
    let mut moves: Vec<(u32, f32)> = Vec::new();
    let mut part = 0;
    let mut at = 0usize;
    for index in 0..word.glyphs.len() {
        while word
            .parts
            .get(part)
            .is_some_and(|part| part.end as usize <= index)
        {
            part += 1;
        }
        let end = at + usize::from(word.glyphs[index].bytes);
        // The last glyph of its cluster stands before the next character.
        let next = word.glyphs.get(index + 1);
        if next.is_some_and(|next| next.bytes == 0) || word.glyphs[index].kind != GlyphKind::Text {
            at = end;
            continue;
        }
        let before = text.get(..end).and_then(|text| text.chars().next_back());
        let after = text.get(end..).and_then(|text| text.chars().next());
        if let (Some(before), Some(after), Some(part)) =
            (before, after, word.parts.get(part).copied())
        {
            let em = f32::from(part.units_per_em);
            let full = f32::from(word.glyphs[index].advance) > 0.9 * em;
            let more = between(before, after, full);
            let behind = part_of(word, index + 1).filter(|part| can_widen(part.face));
            let more = match (more, can_widen(part.face), behind) {
                (BESIDE_LATIN, false, Some(behind)) => {
                    lead(word, index + 1, f32::from(behind.units_per_em));
                    BESIDE_LATIN
                }
                (more, can_be, _) => {
                    let more = match more {
                        BESIDE_LATIN if !can_be => BESIDE_LATIN_UNMADE,
                        more => more,
                    };
                    word.glyphs[index].advance += (more * em).round() as i16;
                    more
                }
            };
            if more != 0.0 {
                word.width += Em(more);
                moves.push((end as u32, more));
            }
        }
        at = end;
    }
    // What ends at such a place has no space behind it where a line ends there: it is shaped anew.
    let (mut moved, mut next) = (0.0, moves.iter().peekable());
    places.retain_mut(|place| {
        let mut is_moved = false;
        while let Some((byte, more)) = next.next_if(|(byte, _)| *byte <= place.byte) {
            moved += more;
            is_moved = *byte == place.byte;
        }
        place.before += Em(moved);
        !is_moved
    });
}

/// The glyphs of one face that a glyph stands among.
fn part_of(word: &Word, index: usize) -> Option<FaceRun> {
    let part = word
        .parts
        .partition_point(|part| part.end as usize <= index);
    word.parts.get(part).copied()
}

/// Makes a glyph wider at its start by the space beside it.
fn lead(word: &mut Word, index: usize, em: f32) {
    let more = (BESIDE_LATIN * em).round() as i16;
    word.glyphs[index].advance += more;
    let own = word
        .offsets
        .binary_search_by_key(&(index as u32), |(of, ..)| *of);
    match own {
        Ok(own) => word.offsets[own].1 += more,
        Err(place) => word.offsets.insert(place, (index as u32, more, 0)),
    }
}

/// Whether any character of a text stands in a square.
pub(super) fn has_squares(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(is_wide)
}

/// What is put between two characters, in em; less than nothing where the first is a stop as wide as an ideograph.
fn between(before: char, after: char, full: bool) -> f32 {
    let stop = |c| closes(c) || opens(c);
    match (is_ideograph(before), is_ideograph(after)) {
        (true, false) if is_latin(after) => BESIDE_LATIN,
        (false, true) if is_latin(before) => BESIDE_LATIN,
        _ if full && closes(before) && stop(after) => -HALF,
        _ if full && opens(before) && opens(after) => -HALF,
        _ => 0.0,
    }
}

/// Characters whose half at the end of the square is empty.
fn closes(c: char) -> bool {
    matches!(
        c,
        '、' | '。'
            | '，'
            | '．'
            | '」'
            | '』'
            | '）'
            | '】'
            | '》'
            | '〉'
            | '〕'
            | '］'
            | '｝'
            | '’'
            | '”'
    )
}

/// Characters whose half at the start of the square is empty.
fn opens(c: char) -> bool {
    matches!(
        c,
        '「' | '『' | '（' | '【' | '《' | '〈' | '〔' | '［' | '｛' | '‘' | '“'
    )
}

fn is_ideograph(c: char) -> bool {
    stands_in_squares(c.script())
}

/// Whether the characters of a script stand in squares: ideographs, kana and Bopomofo.
pub(super) fn stands_in_squares(script: Script) -> bool {
    matches!(
        script,
        Script::Han | Script::Hiragana | Script::Katakana | Script::Bopomofo
    )
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || (c.is_alphabetic()
            && matches!(c.script(), Script::Latin | Script::Greek | Script::Cyrillic))
}

/// Ideographs, kana, and the stops that go with them.
fn is_wide(c: char) -> bool {
    is_ideograph(c) || matches!(c, '\u{3001}'..='\u{303F}' | '\u{FF01}'..='\u{FF60}')
}

#[cfg(test)]
mod tests {
    use super::super::glyph::Glyph;
    use super::super::word::Spacing;
    use super::*;

    #[test]
    fn the_glyph_behind_is_wider_where_the_one_before_cannot_be() {
        let glyph = |bytes, advance| Glyph {
            id: 1,
            advance,
            bytes,
            kind: GlyphKind::Text,
        };
        let part = |face, units_per_em, end| FaceRun {
            face: FaceId(face),
            units_per_em,
            end,
            spacing: Spacing::Apart,
        };
        let spaced = |can_widen: &[u8]| {
            let mut word = Word {
                glyphs: vec![glyph(1, 500), glyph(3, 1000), glyph(1, 500)],
                parts: vec![part(0, 1000, 1), part(1, 1000, 2), part(0, 1000, 3)],
                width: Em(2.0),
                ..Word::default()
            };
            let mut places = Vec::new();
            space(&mut word, "k在2", &mut places, |face| {
                can_widen.contains(&(face.0 as u8))
            });
            let advances: Vec<i16> = word.glyphs.iter().map(|glyph| glyph.advance).collect();
            (advances, word.offsets, word.width.0)
        };
        assert_eq!(spaced(&[0, 1]), (vec![750, 1250, 500], vec![], 2.5));
        let (ideograph, latin) = (vec![(1, 250, 0)], vec![(2, 250, 0)]);
        assert_eq!(spaced(&[1]), (vec![500, 1500, 500], ideograph, 2.5));
        assert_eq!(spaced(&[0]), (vec![750, 1000, 750], latin, 2.5));
        let (advances, offsets, _) = spaced(&[]);
        assert_eq!((advances, offsets), (vec![590, 1090, 500], vec![]));
    }

    #[test]
    fn stops_that_meet_share_a_square_and_latin_words_stand_off() {
        for (before, after, more) in [
            ('在', '2', BESIDE_LATIN),
            ('k', 'の', BESIDE_LATIN),
            ('。', '」', -HALF),
            ('」', '「', -HALF),
            ('（', '「', -HALF),
            ('（', '在', 0.0),
            ('在', '（', 0.0),
            ('在', '。', 0.0),
            ('한', '2', 0.0),
            ('a', 'b', 0.0),
        ] {
            assert_eq!(between(before, after, true), more, "{before}{after}");
        }
        assert_eq!(between('”', '“', false), 0.0, "Latin ones have no square");
    }
}
