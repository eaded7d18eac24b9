//! Words that are drawn over other words: nobody reads either of them.

use super::{Shown, is_unseen};

/// Lines are looked at in bands of this height, in points, which overlap by half.
const BAND: f64 = 12.0;
/// Words on lines that are nearer than this to each other, in parts of their size, hide each other.
const NEAR: f64 = 0.5;
/// How much of words may lie on others, in parts of their size: letters reach under each other.
const KERNED: f64 = 0.5;
/// What nobody sees may be drawn as a space behind its word, over which the next one stands: so much room it has at most, in parts of
/// the size.
const SPACE: f64 = 0.45;
/// So many words are kept in mind that others may lie on.
const MOST: usize = 8;

/// What is looked at of words.
#[derive(Debug, Clone, Copy)]
struct Span {
    left: f64,
    right: f64,
    base: f64,
    size: f64,
    index: usize,
    /// The band that is looked at.
    band: f64,
}

/// The places of words among those shown that others lie on, or that lie on others.
pub(super) fn overlapping(shown: &[Shown]) -> Vec<usize> {
    let spans = shown.iter().enumerate();
    let spans: Vec<Span> = spans.filter_map(|(index, own)| span(index, own)).collect();
    let mut found = Vec::new();
    for offset in [0.0, BAND / 2.0] {
        let mut sorted = spans.clone();
        for span in &mut sorted {
            span.band = ((span.base + offset) / BAND).floor();
        }
        // Down the page, as it is mostly drawn: then little is left to sort.
        sorted.sort_by(|a, b| {
            let by_band = b.band.total_cmp(&a.band);
            by_band.then(a.left.total_cmp(&b.left))
        });
        for line in sorted.chunk_by(|a, b| a.band == b.band) {
            sweep(line, &mut found);
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn span(index: usize, shown: &Shown) -> Option<Span> {
    let end = shown.end?;
    // Signs of other scripts are built of parts that lie on each other.
    let is_plain = shown.text.bytes().any(|byte| byte.is_ascii_alphanumeric());
    let is_seen = !shown.is_hidden && !matches!(shown.mode, 3 | 7) && shown.opacity > 0.0;
    let behind = shown.text.chars().rev().take_while(|c| is_unseen(*c));
    // Spaces at the end are none of its ink already.
    let unseen = behind.filter(|c| *c != ' ').count() as f64 * SPACE * shown.size;
    let (left, right) = (shown.at[0].min(end), shown.at[0].max(end));
    (is_plain && is_seen).then_some(Span {
        left,
        right: (right - unseen).max(left),
        base: shown.at[1],
        size: shown.size,
        index,
        band: 0.0,
    })
}

/// Words of one band, from the left.
fn sweep(line: &[Span], found: &mut Vec<usize>) {
    let mut open: Vec<Span> = Vec::new();
    for own in line {
        open.retain(|other| other.right > own.left);
        for other in &open {
            let size = own.size.min(other.size);
            let shared = own.right.min(other.right) - own.left;
            let least = (own.right - own.left).min(other.right - other.left);
            let is_over = shared > size * KERNED || (shared > least * 0.8 && shared > size * 0.25);
            if is_over && (own.base - other.base).abs() < size * NEAR {
                found.push(own.index.max(other.index));
            }
        }
        if open.len() < MOST {
            open.push(*own);
        }
    }
}

#[cfg(test)]
mod tests {
    use hayro_syntax::object::Rect;

    use super::super::{Showing, Sight};
    use super::overlapping;

    /// Whether a letter hides others that were shown before it, one sign of which is under it.
    fn hides(before: &str) -> bool {
        let mut sight = Sight::new(Rect::new(0.0, 0.0, 100.0, 100.0));
        sight.state.size = 10.0;
        for text in [before, "i"] {
            let count = text.chars().count();
            let widths = Some((count as f64 * 320.0, count));
            sight.show(&Showing {
                text,
                widths,
                ink: widths,
                mark: None,
                is_artifact: false,
                is_head: false,
                is_hidden: false,
                font: 0,
            });
            sight.back(320.0);
        }
        !overlapping(&sight.shown).is_empty()
    }

    #[test]
    fn a_letter_may_stand_over_what_nobody_sees() {
        assert!(hides("nn"));
        assert!(!hides("n\u{AD}"));
    }
}
