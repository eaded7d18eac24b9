//! Collects the breaks of a paragraph with the sums by which lines are measured.

use unicode_segmentation::UnicodeSegmentation;

use crate::theme::{Em, Pt};

use super::hyphenate::parts_cluster;
use super::lexicon::{Cut, Lexicon};
pub(super) use super::opportunities::Opportunities;
use super::tokens::{Break, BreakKind, Paragraph, Token, TokenKind};

/// Sums up to a place in the text, in points; see [`Break`].
#[derive(Clone, Copy, Default)]
struct Sums {
    width: f64,
    spaces: f64,
    letters: f64,
}

/// Fills in the breaks. Where even a whole line cannot hold what stands between two, breaks between letters are added.
pub(super) fn collect(
    lexicon: &mut Lexicon,
    opportunities: &Opportunities,
    hyphenate: bool,
    measure: Pt,
    paragraph: &mut Paragraph,
) {
    let mut breaks = pass(lexicon, opportunities, hyphenate, &[], paragraph);
    let wide: Vec<(u32, u32)> = breaks
        .windows(2)
        .filter(|pair| pair[1].end - pair[0].next > f64::from(measure.0))
        .map(|pair| (pair[0].token, pair[1].token))
        .collect();
    if !wide.is_empty() {
        breaks = pass(lexicon, opportunities, hyphenate, &wide, paragraph);
    }
    thin(&mut breaks, f64::from(measure.0));
    paragraph.breaks = breaks;
}

/// Where more breaks than this stand in the width of a line, their number does not serve the lines any more: signs without
/// spaces, letters with a place behind each. The search asks of each how a line comes from all the others that it holds.
const DENSE: usize = 64;
/// The share of a line by which breaks stand apart there.
const APART: f64 = 1.0 / 48.0;

/// Leaves out breaks where they stand so densely that a line has many more than it needs.
fn thin(breaks: &mut Vec<Break>, measure: f64) {
    let across = |from: &Break, to: &Break| to.end - from.next;
    let is_dense = |window: &[Break]| across(&window[0], &window[DENSE]) < measure;
    if !breaks.windows(DENSE + 1).any(is_dense) {
        return;
    }
    let mut dense_to = None;
    // Those that are left stand before those that are still to be asked.
    let mut left = 0_usize;
    for index in 0..breaks.len() {
        if breaks.get(index..=index + DENSE).is_some_and(is_dense) {
            dense_to = Some(index + DENSE);
        }
        let kept = left.checked_sub(1).map(|kept| &breaks[kept]);
        let is_near = kept
            .zip(breaks.get(index + 1))
            .is_some_and(|(kept, next)| across(kept, next) <= measure * APART);
        if dense_to < Some(index) || !is_near {
            breaks[left] = breaks[index];
            left += 1;
        }
    }
    breaks.truncate(left);
}

fn pass(
    lexicon: &mut Lexicon,
    opportunities: &Opportunities,
    hyphenate: bool,
    wide: &[(u32, u32)],
    paragraph: &Paragraph,
) -> Vec<Break> {
    let mut breaks = Vec::with_capacity(paragraph.tokens.len() * 3 / 2 + 2);
    let mut at = Sums::default();
    // Where a line ends that ends before the next token: before the spaces.
    let mut end = Sums::default();
    let mut hang = Pt(0.0);
    let mut cuts: Vec<(Cut, BreakKind)> = Vec::new();
    let mut wide = wide.iter().peekable();
    for (index, token) in paragraph.tokens.iter().enumerate() {
        let size = paragraph.styles[token.span as usize].size;
        let TokenKind::Word(id) = token.kind else {
            at.width += f64::from(token.width.0);
            at.spaces += if token.kind == TokenKind::Space {
                f64::from(size.0)
            } else {
                0.0
            };
            continue;
        };
        while wide
            .peek()
            .is_some_and(|(_, last)| (*last as usize) < index)
        {
            wide.next();
        }
        let too_wide = wide
            .peek()
            .is_some_and(|(first, _)| *first as usize <= index);
        let kind = before(paragraph, opportunities, index, too_wide);
        let here = Break {
            kind: BreakKind::Edge,
            token: index as u32,
            cut: 0,
            end: end.width,
            next: at.width,
            spaces_end: end.spaces,
            spaces_next: at.spaces,
            letters_end: end.letters,
            letters_next: at.letters,
            hang_end: hang,
            hang_start: if paragraph.meets_edges(token.order.level) {
                lexicon.words.get(id).hang_start * size
            } else {
                Pt(0.0)
            },
        };
        match kind {
            _ if breaks.is_empty() => breaks.push(Break {
                next: 0.0,
                spaces_next: 0.0,
                letters_next: 0.0,
                token: 0,
                ..here
            }),
            Some(kind) => breaks.push(Break { kind, ..here }),
            None => {}
        }
        inner(
            lexicon,
            opportunities,
            hyphenate,
            too_wide,
            paragraph,
            token,
            &mut cuts,
        );
        let letters = lexicon.words.get(id).letters(paragraph.spread) as f64 * f64::from(size.0);
        let word = token.start as usize..(token.start + token.len) as usize;
        let word = paragraph.text.get(word).unwrap_or_default();
        let all = if cuts.is_empty() {
            0
        } else {
            word.chars().count()
        };
        // Narrow and wide characters get the same space, so it is shared by their number, not by their width.
        let (mut before, mut from) = (0, 0);
        for (cut, kind) in &cuts {
            let passed = word.get(from..cut.at as usize).unwrap_or_default();
            before += passed.chars().count();
            from = cut.at as usize;
            let head = letters * before as f64 / all.max(1) as f64;
            breaks.push(cut_break(paragraph, index, cut, *kind, at, head));
        }
        at.width += f64::from(token.width.0);
        at.letters += letters;
        end = at;
        hang = if paragraph.meets_edges(token.order.level) {
            lexicon.words.get(id).hang_end * size
        } else {
            Pt(0.0)
        };
    }
    if breaks.is_empty() {
        breaks.push(edge(0, Sums::default(), Pt(0.0)));
    }
    breaks.push(edge(paragraph.tokens.len(), end, hang));
    breaks
}

fn edge(token: usize, at: Sums, hang_end: Pt) -> Break {
    Break {
        kind: BreakKind::Edge,
        token: token as u32,
        cut: 0,
        end: at.width,
        next: at.width,
        spaces_end: at.spaces,
        spaces_next: at.spaces,
        letters_end: at.letters,
        letters_next: at.letters,
        hang_end,
        hang_start: Pt(0.0),
    }
}

/// What lets a line end before this word, if anything does.
fn before(
    paragraph: &Paragraph,
    opportunities: &Opportunities,
    index: usize,
    too_wide: bool,
) -> Option<BreakKind> {
    let previous = paragraph.tokens.get(index.checked_sub(1)?)?;
    let start = paragraph.tokens[index].start as usize;
    if opportunities.at(start) {
        return Some(match previous.kind {
            TokenKind::Word(_) => opportunity_kind(&paragraph.text, opportunities, start),
            _ => BreakKind::Space,
        });
    }
    too_wide.then_some(BreakKind::Emergency)
}

/// What an opportunity without a space is, by the character before it.
fn opportunity_kind(text: &str, opportunities: &Opportunities, at: usize) -> BreakKind {
    match text[..at].chars().next_back() {
        Some('/' | '@') => BreakKind::Bare,
        _ if opportunities.in_address(at) => BreakKind::Mark,
        Some('\u{AD}') => BreakKind::Hyphen,
        Some('-' | '\u{2010}') => BreakKind::OwnHyphen,
        Some('–' | '—') => BreakKind::Dash,
        _ => BreakKind::Bare,
    }
}

/// The places inside a word where a line may end, in order.
fn inner(
    lexicon: &mut Lexicon,
    opportunities: &Opportunities,
    hyphenate: bool,
    too_wide: bool,
    paragraph: &Paragraph,
    token: &Token,
    cuts: &mut Vec<(Cut, BreakKind)>,
) {
    cuts.clear();
    let TokenKind::Word(id) = token.kind else {
        return;
    };
    let start = token.start as usize;
    let end = start + token.len as usize;
    let text = &paragraph.text;
    let word = text.get(start..end).unwrap_or_default();
    let mut places: Vec<(usize, BreakKind)> = Vec::new();
    for at in opportunities.inside(start, end) {
        let at = *at as usize;
        places.push((at - start, opportunity_kind(text, opportunities, at)));
    }
    let poor = !places.is_empty() || word.starts_with(char::is_uppercase);
    if too_wide {
        let graphemes = word.grapheme_indices(true).skip(1);
        let graphemes = graphemes.filter(|(at, _)| !parts_cluster(word, *at));
        places.extend(graphemes.map(|(at, _)| (at, BreakKind::Emergency)));
    }
    if !places.is_empty() {
        // The author's own break, then an emergency: the first of a place stays.
        places.sort_by_key(|(at, kind)| (*at, *kind == BreakKind::Emergency));
        places.dedup_by_key(|(at, _)| *at);
        let joints = places.iter().map(|(at, kind)| (*at, kind.joint()));
        let found = lexicon.cut(token.voice, word, joints);
        let found = found.into_iter().zip(&places);
        cuts.extend(found.filter_map(|(cut, (_, kind))| Some((cut?, *kind))));
    }
    if hyphenate && !opportunities.in_address(start) {
        let kind = if poor {
            BreakKind::PoorHyphen
        } else {
            BreakKind::Hyphen
        };
        let known = lexicon.cuts(id).iter();
        cuts.extend(known.map(|cut| (*cut, kind)));
        // A hyphen's place is the author's own before it is a hyphen's, and a hyphen's before it is an emergency's.
        cuts.sort_by_key(|(cut, kind)| (cut.at, *kind == BreakKind::Emergency));
        cuts.dedup_by_key(|(cut, _)| cut.at);
    }
}

/// A break inside a word: so much of what its letters may be spread by stands before the cut.
fn cut_break(
    paragraph: &Paragraph,
    index: usize,
    cut: &Cut,
    kind: BreakKind,
    at: Sums,
    before: f64,
) -> Break {
    let token = &paragraph.tokens[index];
    let size = paragraph.styles[token.span as usize].size;
    let full = f64::from(token.width.0);
    let hangs = |by: Em| {
        if paragraph.meets_edges(token.order.level) {
            by * size
        } else {
            Pt(0.0)
        }
    };
    let (head, tail) = ((cut.head * size).0, (cut.tail * size).0);
    Break {
        kind,
        token: index as u32,
        cut: cut.at,
        end: at.width + f64::from(head),
        next: at.width + full - f64::from(tail),
        spaces_end: at.spaces,
        spaces_next: at.spaces,
        letters_end: at.letters + before,
        letters_next: at.letters + before,
        hang_end: hangs(cut.hang_end),
        hang_start: hangs(cut.hang_start),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where breaks stand that are left of those at these places, in a line of 96 points.
    fn thinned(places: impl Iterator<Item = u32>) -> Vec<u32> {
        let at = |place: u32| Sums {
            width: f64::from(place),
            ..Sums::default()
        };
        let mut breaks: Vec<Break> = places.map(|place| edge(0, at(place), Pt(0.0))).collect();
        thin(&mut breaks, 96.0);
        breaks.iter().map(|own| own.end as u32).collect()
    }

    #[test]
    fn a_line_has_no_more_breaks_than_serve_it() {
        let dense = thinned(0..=999);
        let ends = [0, 2, 4].map(|at| dense.get(at).copied());
        assert_eq!(ends, [Some(0), Some(4), Some(8)]);
        assert_eq!(dense.last(), Some(&999));
        assert!(thinned((0..50_000).map(|_| 7)).len() < 5);
    }

    #[test]
    fn breaks_that_serve_a_line_stay() {
        let sparse = || (0..=500).map(|place| place * 2);
        assert_eq!(thinned(sparse()), sparse().collect::<Vec<_>>());
        // A word as wide as the line is left the break before it.
        let behind = thinned((0..=101).chain([197]));
        assert_eq!(behind[behind.len() - 2..], [101, 197]);
    }
}
