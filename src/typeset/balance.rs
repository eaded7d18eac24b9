//! Titles and the like: as few lines as there must be, parted by sense first and then of about one length.

use super::first_fit::first_fit;
use super::tokens::{Break, BreakKind, Paragraph};
use crate::measure::sense;

/// Texts of more lines than these gain nothing by lines of one length.
const BALANCED: usize = 40;
/// What a hyphen of the author's at a line's end costs.
const HYPHEN: f64 = 0.3;

/// The breaks that end the lines of a text in a language.
pub(super) fn balanced(paragraph: &Paragraph, measure: f64, language: &str) -> Vec<u32> {
    let breaks = &paragraph.breaks;
    let full = first_fit(breaks, measure);
    let width = |from: usize, to: usize| breaks[to].end - breaks[from].next;
    let cost = |to: usize| cost(paragraph, &breaks[to], language);
    let last = breaks.len().saturating_sub(1);
    if let Some((_, lines)) = sense::parted(last, full.len(), measure, width, cost) {
        return lines.into_iter().map(|line| line as u32).collect();
    }
    if full.len() > BALANCED {
        return full;
    }
    let (mut low, mut high) = (measure / full.len().max(1) as f64 / 2.0, measure);
    for _ in 0..16 {
        let middle = (low + high) / 2.0;
        let lines = first_fit(breaks, middle);
        let fits = lines.len() == full.len() && widest(breaks, &lines) <= middle;
        if fits { high = middle } else { low = middle }
    }
    first_fit(breaks, high)
}

fn widest(breaks: &[Break], lines: &[u32]) -> f64 {
    let mut from = 0;
    let mut widest: f64 = 0.0;
    for to in lines {
        widest = widest.max(breaks[*to as usize].end - breaks[from].next);
        from = *to as usize;
    }
    widest
}

/// What speaks against a line's end at a break; none where no line may end without need.
fn cost(paragraph: &Paragraph, place: &Break, language: &str) -> Option<f64> {
    let token = paragraph.tokens.get(place.token as usize);
    match place.kind {
        BreakKind::Edge => Some(0.0),
        BreakKind::Space | BreakKind::Dash | BreakKind::Bare | BreakKind::Mark => {
            let at = (token?.start + place.cut) as usize;
            let (before, after) = paragraph.text.split_at_checked(at)?;
            Some(sense::cost(before, after, language))
        }
        BreakKind::OwnHyphen => Some(HYPHEN),
        BreakKind::Hyphen | BreakKind::PoorHyphen | BreakKind::Emergency => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::super::layout;
    use super::super::layout::Owner;
    use super::super::tests::lines;
    use crate::compose::sample::composed;
    use crate::theme::{PageSize, Theme};

    /// The lines of a title.
    fn set(title: &str) -> Vec<String> {
        let title = serde_json::to_string(title).unwrap();
        let composition = composed(&format!(
            "{{series: S, title: {title}, date: 2025-11-04, language: en-GB, contributors: [{{name: N, statement: [a]}}]}}"
        ));
        let layout = layout(&composition, &Theme::classic(), PageSize::A4).unwrap();
        let title = composition.title_block.title.text;
        let own = lines(&layout).filter(|line| line.owner == Owner::Text(title));
        let shown = own.map(|line| {
            let words = line.runs.iter().map(|run| {
                let span = &composition[title].spans[run.span as usize].text;
                let bytes: usize = run
                    .glyphs
                    .iter()
                    .map(|glyph| usize::from(glyph.bytes))
                    .sum();
                &span[run.start as usize..run.start as usize + bytes]
            });
            words.collect::<String>().trim_end().to_owned()
        });
        shown.collect()
    }

    #[test]
    fn titles_are_parted_by_sense() {
        for (title, expected) in [
            (
                "Istanbul on Standby: Will the Taliban Control their Militants?",
                &[
                    "Istanbul on Standby:",
                    "Will the Taliban",
                    "Control their Militants?",
                ][..],
            ),
            (
                "The Border Closes and the Price Doubles",
                &["The Border Closes", "and the Price Doubles"],
            ),
            (
                "Who Pays? A View from Quetta",
                &["Who Pays?", "A View from Quetta"],
            ),
            ("A short one", &["A short one"]),
        ] {
            assert_eq!(set(title), expected);
        }
    }
}
