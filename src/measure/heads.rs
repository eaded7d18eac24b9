//! Running heads and feet: how much of their words has room, by one rule for pages and for Word.

use unicode_segmentation::UnicodeSegmentation;

use super::ruler::Ruler;
use crate::compose::{Composition, Kind};
use crate::theme::{Pt, Sheet, Theme};

/// No head has room for more characters than this.
const LONGEST: usize = 400;
/// Where not even one word has room, as many of its letters are tried.
const LETTERS: usize = 60;

/// The least distance of the parts of a head.
const APART: Pt = Pt(12.0);

/// The parts of a head, from where lines start to where they end, as far as a measure has room for them: what stands in the middle
/// has its room first. `natural` says how wide words are.
pub fn fitted(
    [start, centre, end]: [String; 3],
    measure: Pt,
    natural: &mut dyn FnMut(&str) -> Pt,
) -> [String; 3] {
    let centre = shortened(&centre, measure, natural);
    let taken = natural(&centre);
    let (start, end) = if taken > Pt(0.0) {
        let side = (measure - taken) * 0.5 - APART;
        (
            shortened(&start, side, natural),
            shortened(&end, side, natural),
        )
    } else if start.is_empty() || end.is_empty() {
        (
            shortened(&start, measure, natural),
            shortened(&end, measure, natural),
        )
    } else {
        let start = shortened(&start, (measure - APART) * 0.5, natural);
        let room = measure - APART - natural(&start);
        let end = shortened(&end, room, natural);
        (start, end)
    };
    [start, centre, end]
}

/// The words, or as many whole ones as there is room for and an ellipsis.
fn shortened(words: &str, room: Pt, natural: &mut dyn FnMut(&str) -> Pt) -> String {
    if words.is_empty() {
        return String::new();
    }
    let most = words.char_indices().nth(LONGEST).map(|(at, _)| at);
    let start = most.and_then(|at| words.get(..at)).unwrap_or(words);
    if most.is_none() && natural(words) <= room {
        return words.to_owned();
    }
    let cut = |end: usize| {
        let kept = start.get(..end).unwrap_or_default();
        format!("{}…", without_stops(kept))
    };
    // More words are wider, so the place is found by halving. An ellipsis behind nothing says nothing.
    let letter = start.find(char::is_alphanumeric).unwrap_or(start.len());
    let ends = start.match_indices(' ').map(|(at, _)| at);
    let ends: Vec<usize> = ends.filter(|end| *end > letter).collect();
    let fitting = ends.partition_point(|end| natural(&cut(*end)) <= room);
    if let Some(end) = fitting.checked_sub(1).and_then(|index| ends.get(index)) {
        return cut(*end);
    }
    // One word wider than the head: as many letters as there is room for.
    let letters: Vec<&str> = words.graphemes(true).take(LETTERS).collect();
    for count in (1..letters.len()).rev() {
        let cut = format!("{}…", letters[..count].concat());
        if natural(&cut) <= room {
            return cut;
        }
    }
    String::new()
}

/// Words without what stands behind the last letter. Marks on a letter are part of it.
fn without_stops(words: &str) -> &str {
    let mut graphemes = words.grapheme_indices(true).rev();
    let last = graphemes.find(|(_, letter)| letter.chars().any(char::is_alphanumeric));
    let end = last.map_or(0, |(at, letter)| at + letter.len());
    words.get(..end).unwrap_or_default()
}

/// The same for whoever shapes no words: by the advances of their faces, as Word sets them.
#[must_use]
pub fn fitted_by_advances(
    parts: [String; 3],
    measure: Pt,
    composition: &Composition,
    theme: &Theme,
) -> [String; 3] {
    let language = &composition.record.language;
    let row = *Sheet::of(theme).row(Kind::Furniture, theme.writing(language));
    let mut ruler = Ruler::new(theme, language);
    fitted(parts, measure, &mut |words| ruler.width(words, &row))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A face whose every letter is five points wide.
    fn plain(words: &str) -> Pt {
        Pt(words.chars().count() as f32 * 5.0)
    }

    fn shown(parts: [&str; 3], measure: f32) -> [String; 3] {
        fitted(parts.map(str::to_owned), Pt(measure), &mut plain)
    }

    #[test]
    fn a_head_keeps_as_many_words_as_there_is_room_for() {
        let long = "words of a title that goes on, ".repeat(2_000);
        for room in [300.0, 100.0, 35.0] {
            let shown = shortened(&long, Pt(room), &mut plain);
            assert!(plain(&shown).0 <= room, "{shown}");
            let kept = shown.trim_end_matches('…');
            assert!(long.starts_with(kept) && shown.ends_with('…'), "{shown}");
            let more = long.get(..kept.len() + 8).map(|more| format!("{more}…"));
            assert!(more.is_some_and(|more| plain(&more).0 > room));
        }
        assert_eq!(shortened("short", Pt(300.0), &mut plain), "short");
        let word = shortened(&"wide".repeat(5_000), Pt(150.0), &mut plain);
        assert!(word.len() > 20 && word.ends_with('…'), "{word}");
    }

    #[test]
    fn a_head_that_is_cut_keeps_the_marks_of_its_last_letter() {
        let words = "cafe\u{301}, and more words than there is room for";
        assert_eq!(shortened(words, Pt(50.0), &mut plain), "cafe\u{301}…");
        let word = shortened(&"e\u{301}".repeat(50), Pt(50.0), &mut plain);
        assert_eq!(word, format!("{}…", "e\u{301}".repeat(4)));
    }

    #[test]
    fn a_head_that_is_cut_says_more_than_an_ellipsis() {
        let words = "、 wordswithoutanend of a head";
        assert_eq!(shortened(words, Pt(35.0), &mut plain), "、 word…");
        assert_eq!(shortened(words, Pt(5.0), &mut plain), "");
    }

    #[test]
    fn what_stands_in_the_middle_has_its_room_first_and_parts_stay_apart() {
        assert_eq!(shown(["a", "", "b"], 100.0), ["a", "", "b"]);
        let [start, centre, end] = shown(["a long start", "middle", "the end of it"], 120.0);
        assert_eq!(centre, "middle");
        assert!(
            plain(&start).0 <= 33.0 && plain(&end).0 <= 33.0,
            "{start}, {end}"
        );
        let [start, _, end] = shown(["Series", "", "A title of very many words"], 120.0);
        assert_eq!(start, "Series");
        assert!(plain(&start).0 + 12.0 + plain(&end).0 <= 120.0, "{end}");
    }
}
