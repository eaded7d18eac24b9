//! Evenness: how much of the measure a title leaves empty, for whoever fills its lines one after the other, so that they are of about
//! one length and none is left with a word alone.

use super::Share;
use super::ruler::Ruler;
use crate::compose::{Composition, TextId};
use crate::theme::{Alignment, Pt, Sheet, Theme};

/// Titles of more words gain nothing.
const WORDS: usize = 120;
/// What is added to the narrowest width, in parts of the measure: other programs have faces, kerning and rounding of their own.
const ROOM: f32 = 0.02;

/// The part of the measure in which a title has no more lines than in all of it, and the most even ones; all of it where it has one
/// line, or does not begin where lines start.
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
    let mut ruler = Ruler::new(theme, &composition.record.language);
    let mut width = |words: &str| ruler.width(words, row).0 / measure.0.max(1.0);
    // What no line is broken in, and the space before it.
    let is_end = |at: usize| text.ties.binary_search(&(at as u32)).is_err();
    let ends = words.match_indices(' ').map(|(at, _)| at);
    let ends = ends.filter(|at| is_end(*at)).chain([words.len()]);
    let mut from = 0;
    let parts = ends.map(|end| words.get(std::mem::replace(&mut from, end + 1)..end));
    let parts: Vec<f32> = parts
        .take(WORDS + 1)
        .map(|part| width(part.unwrap_or_default()))
        .collect();
    if parts.len() > WORDS {
        return Share::WHOLE;
    }
    let space = width(" ");
    Share::within((narrowest(&parts, space) + ROOM).min(1.0))
}

/// The narrowest width, up to 1, in which parts fill no more lines than in 1.
fn narrowest(parts: &[f32], space: f32) -> f32 {
    let count = lines(parts, space, 1.0);
    let widest = parts.iter().copied().fold(0.0, f32::max);
    if count < 2 || widest >= 1.0 {
        return 1.0;
    }
    let (mut low, mut high) = (widest, 1.0);
    for _ in 0..12 {
        let middle = (low + high) / 2.0;
        match lines(parts, space, middle) <= count {
            true => high = middle,
            false => low = middle,
        }
    }
    high
}

/// How many lines parts fill, one after the other.
fn lines(parts: &[f32], space: f32, room: f32) -> usize {
    let (mut count, mut used) = (0, f32::MAX);
    for part in parts {
        used += space + part;
        if used > room {
            count += 1;
            used = *part;
        }
    }
    count
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
    fn the_narrowest_width_has_no_line_more() {
        let parts = [0.4, 0.3, 0.5, 0.1];
        let narrow = narrowest(&parts, 0.02);
        assert_eq!(lines(&parts, 0.02, 1.0), 2);
        assert_eq!(lines(&parts, 0.02, narrow), 2);
        assert!((narrow - 0.72).abs() < 0.001, "{narrow}");
        assert_eq!(narrowest(&[0.3, 0.3], 0.02), 1.0);
    }
}
