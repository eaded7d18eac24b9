//! Evenness: how much of the measure a title leaves empty, for whoever fills its lines one after the other, so that they end where
//! sense ends them, are of about one length, and none is left with a word alone.

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;

use super::phrases::{Ends, ends, is_ideographic, leaning};
use super::ruler::Ruler;
use super::{Share, sense};
use crate::compose::{Composition, TextId};
use crate::theme::{Alignment, Pt, Sheet, Theme};

/// Titles of more parts gain nothing.
const PARTS: usize = 160;
/// How far off the widths of other programs may be, in parts of the measure: they have faces, kerning and rounding of their own.
const OFF: f32 = 0.012;
/// So many widths are tried.
const WIDTHS: u16 = 120;
/// What a line costs that ends inside a word: more than any unevenness that is to be had in its place.
const INSIDE: f64 = 2.0;

/// And one that may.
const PERHAPS: f64 = 0.5;

/// From so much on, one line more is tried.
const POOR: f64 = 1.0;

/// A part of a title in which no line ends.
#[derive(Debug, Clone, Copy)]
struct Part {
    /// Its width in measures.
    width: f32,
    /// That of the space behind it.
    space: f32,
    /// What speaks against a line's end behind it.
    cost: f64,
}

/// The part of the measure in which a title has no more lines than in all of it, and those that sense and evenness ask for; all of
/// it where it has one line, or does not begin where lines start.
#[must_use]
pub fn even(composition: &Composition, theme: &Theme, text: TextId, measure: Pt) -> Share {
    let sheet = Sheet::of(theme);
    let writing = theme.writing(&composition.record.language);
    let text = &composition[text];
    let row = sheet.row(text.kind, writing);
    if !matches!(row.alignment, Alignment::Start | Alignment::Balanced) {
        return Share::WHOLE;
    }
    let words: String = text.spans.iter().map(|span| span.text.as_str()).collect();
    let language = text
        .language
        .as_ref()
        .map_or(&composition.record.language, |own| &own.tag);
    let is_tied = |end: usize| {
        let before = end.checked_sub(1).map(|at| at as u32);
        before.is_some_and(|at| text.ties.binary_search(&at).is_ok())
    };
    let mut ruler = Ruler::new(theme, &composition.record.language);
    let mut width = |words: &str| ruler.width(words, row).0 / measure.0.max(1.0);
    let em = row.size.0 / measure.0.max(1.0);
    let parts = parts(&words, language.primary(), &is_tied, em, &mut width);
    parts.map_or(Share::WHOLE, |parts| Share::within(best(&parts)))
}

/// The parts of a title; none where they are too many. Between ideographs and letters of other scripts programs put a quarter em.
fn parts(
    words: &str,
    language: &str,
    is_tied: &dyn Fn(usize) -> bool,
    em: f32,
    width: &mut dyn FnMut(&str) -> f32,
) -> Option<Vec<Part>> {
    let segmenter = LineSegmenter::new_dictionary(LineBreakOptions::default());
    let places = segmenter.segment_str(words).filter(|at| *at > 0);
    // Lines of Korean end between words alone.
    let is_end = |at: &usize| {
        let before = &words[..*at];
        *at == words.len()
            || (!is_tied(*at) && (language != "ko" || before.ends_with(char::is_whitespace)))
    };
    let places: Vec<usize> = places.filter(is_end).take(PARTS + 1).collect();
    if places.len() > PARTS {
        return None;
    }
    let between = match words.chars().any(is_ideographic) {
        true => ends(words),
        false => Ends::default(),
    };
    let held = leaning(words, language, &[]);
    let mut from = 0;
    let part = |at: usize| {
        let part = &words[std::mem::replace(&mut from, at)..at];
        let bare = part.trim_end();
        let (before, after) = words.split_at(at);
        let last = before.chars().next_back();
        let meet = |one: Option<char>, other: Option<char>| {
            one.is_some_and(is_ideographic) && other.is_some_and(|c| c.is_ascii_alphanumeric())
        };
        let next = after.chars().next();
        let gap = if meet(last, next) || meet(next, last) {
            em / 4.0
        } else {
            0.0
        };
        let is_between = last.is_some_and(is_ideographic) && next.is_some_and(is_ideographic);
        let has = |places: &[usize]| places.binary_search(&at).is_ok();
        let is_held = held.binary_search(&(bare_end(words, at) as u32)).is_ok();
        Part {
            width: width(bare),
            space: width(&part[bare.len()..]) + gap,
            cost: match is_between {
                true if has(&between.perhaps) => PERHAPS,
                true if !has(&between.sure) => INSIDE,
                _ if is_held => sense::LEANING,
                _ => sense::cost(before, after, language),
            },
        }
    };
    Some(places.into_iter().map(part).collect())
}

/// Where the words before a place end, the white space behind them left out.
fn bare_end(words: &str, at: usize) -> usize {
    words[..at].trim_end().len()
}

/// The width in which lines end best, up to 1: in no more of them than in 1, or in one more where each of those would cut a word.
fn best(parts: &[Part]) -> f32 {
    let count = lines(parts, 1.0).0;
    let widest = parts.iter().map(|part| part.width).fold(0.0, f32::max);
    if count < 2 || widest >= 1.0 {
        return 1.0;
    }
    match best_of(parts, count, widest) {
        Some((cost, room)) if cost < POOR => room,
        first => {
            let more = best_of(parts, count + 1, widest).filter(|(cost, _)| *cost < POOR);
            more.or(first).map_or(1.0, |(_, room)| room)
        }
    }
}

/// The width in which parts fill so many lines best, the middle of those that end them so, and what speaks against them.
fn best_of(parts: &[Part], count: usize, widest: f32) -> Option<(f64, f32)> {
    let cost = |room: f32| match lines(parts, room) {
        (lines, cost) if lines == count => cost,
        _ => f64::MAX,
    };
    let mut found: Option<(f64, f32, f32)> = None;
    let mut is_open = false;
    for step in 0..=WIDTHS {
        let room = widest + (1.0 - widest) * f32::from(step) / f32::from(WIDTHS);
        let near = [room - OFF, room, (room + OFF).min(1.0)];
        let own = near.into_iter().map(cost).fold(f64::MIN, f64::max);
        match &mut found {
            Some((best, _, to)) if own.total_cmp(best).is_eq() && is_open => *to = room,
            Some((best, ..)) if own >= *best => is_open = false,
            _ if own < f64::MAX => {
                found = Some((own, room, room));
                is_open = true;
            }
            _ => {}
        }
    }
    found.map(|(cost, from, to)| (cost, f32::midpoint(from, to)))
}

/// How many lines parts fill, one after the other, and what speaks against them.
fn lines(parts: &[Part], room: f32) -> (usize, f64) {
    let mut widths: Vec<f32> = Vec::new();
    let (mut cost, mut space) = (0.0, 0.0);
    let mut before = 0.0;
    for part in parts {
        match widths.last_mut() {
            Some(line) if *line + space + part.width <= room => *line += space + part.width,
            last => {
                if last.is_some() {
                    cost += before;
                }
                widths.push(part.width);
            }
        }
        (space, before) = (part.space, part.cost);
    }
    let mean = f64::from(widths.iter().sum::<f32>()) / widths.len().max(1) as f64;
    let last = widths.len().saturating_sub(1);
    let uneven = widths.iter().enumerate();
    let uneven = uneven.map(|(index, wide)| sense::uneven(f64::from(*wide), mean, index == last));
    (widths.len(), cost + uneven.sum::<f64>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::sample::composed;
    use crate::measure::Frame;
    use crate::theme::PageSize;

    /// The part that a title of a piece in English has.
    fn of(title: &str, theme: &Theme) -> f32 {
        let title = serde_json::to_string(title).expect("JSON");
        let composition = composed(&format!(
            "{{series: S, title: {title}, date: 2025-11-04, language: en, contributors: [{{name: N, statement: [a]}}]}}"
        ));
        let measure = Frame::new(theme, PageSize::A4).measure;
        let text = composition.title_block.title.text;
        even(&composition, theme, text, measure).ratio()
    }

    #[test]
    fn no_line_of_a_title_is_left_with_a_word_alone() {
        let theme = Theme::classic();
        let long = "Istanbul on Standby: Will the Taliban Control their Militants?";
        let part = of(long, &theme);
        assert!((0.7..0.95).contains(&part), "{part}");
        assert_eq!(of("A short one", &theme), 1.0);
        assert_eq!(of(&"word ".repeat(500), &theme), 1.0);
    }

    #[test]
    fn lines_end_between_words_and_by_sense_whatever_is_a_little_off() {
        let part = |width: f32, cost: f64| Part {
            width,
            space: 0.02,
            cost,
        };
        // A line may end behind the second part or the third; behind the third a word goes on.
        let parts = [
            part(0.3, 0.0),
            part(0.3, 0.0),
            part(0.2, INSIDE),
            part(0.3, 0.0),
        ];
        let room = best(&parts);
        for off in [-OFF, 0.0, OFF] {
            assert!(lines(&parts, room + off).1 < INSIDE / 2.0, "{room}");
        }
        assert_eq!(lines(&parts, 1.0).0, 2);
        assert_eq!(best(&[part(0.3, 0.0), part(0.3, 0.0)]), 1.0);
        // Words that fill a line have no narrower width.
        assert_eq!(best(&[part(1.0, 0.0), part(1.0, 0.0)]), 1.0);
    }

    #[test]
    fn titles_without_spaces_have_a_part_in_which_no_word_is_cut() {
        let (title, language) = (
            "伊斯坦布尔会谈之后：塔利班能否控制边境地区的武装分子及其盟友",
            "zh",
        );
        let quoted = serde_json::to_string(title).expect("JSON");
        let composition = composed(&format!(
            "{{series: S, title: {quoted}, slug: s, date: 2025-11-04, language: {language}, contributors: [{{name: N, statement: [a]}}]}}"
        ));
        let text = &composition[composition.title_block.title.text];
        let words = text.plain();
        for em in (30..=60).map(|thousandths| thousandths as f32 / 1000.0) {
            let mut width = |words: &str| words.trim().chars().count() as f32 * em;
            let parts = parts(&words, language, &|_| false, em, &mut width).expect("parts");
            let room = best(&parts);
            assert!((0.5..=1.0).contains(&room), "{em}: {room}");
            assert!(lines(&parts, room).1 < INSIDE * 0.75, "{em}: {room}");
        }
    }
}
