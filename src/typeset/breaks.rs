//! Collects the breaks of a paragraph with the sums by which lines are measured.

use unicode_segmentation::UnicodeSegmentation;

pub(super) use super::opportunities::Opportunities;
use super::paragraph::{Break, BreakKind, Paragraph, Token, TokenKind};
use super::shape::Shaper;

/// Sums up to a place in the text.
#[derive(Clone, Copy, Default)]
struct Sums {
    width: f64,
    spaces: f64,
}

/// Fills in the breaks. Where even a whole line cannot hold what stands between two, breaks between letters are added.
pub(super) fn collect(
    shaper: &mut Shaper,
    opportunities: &Opportunities,
    hyphenate: bool,
    measure: f32,
    paragraph: &mut Paragraph,
) {
    let mut breaks = pass(shaper, opportunities, hyphenate, &[], paragraph);
    let wide: Vec<(u32, u32)> = breaks
        .windows(2)
        .filter(|pair| pair[1].end - pair[0].next > f64::from(measure))
        .map(|pair| (pair[0].token, pair[1].token))
        .collect();
    if !wide.is_empty() {
        breaks = pass(shaper, opportunities, hyphenate, &wide, paragraph);
    }
    paragraph.breaks = breaks;
}

fn pass(
    shaper: &mut Shaper,
    opportunities: &Opportunities,
    hyphenate: bool,
    wide: &[(u32, u32)],
    paragraph: &Paragraph,
) -> Vec<Break> {
    let mut breaks = Vec::with_capacity(paragraph.tokens.len() * 3 / 2 + 2);
    let mut at = Sums::default();
    // Where a line ends that ends before the next token: before the spaces.
    let mut end = Sums::default();
    let mut hang = 0.0;
    let mut cuts: Vec<(u32, BreakKind)> = Vec::new();
    let mut wide = wide.iter().peekable();
    for (index, token) in paragraph.tokens.iter().enumerate() {
        let size = paragraph.looks[token.span as usize].size;
        let TokenKind::Word(id) = token.kind else {
            at.width += f64::from(token.width);
            at.spaces += if token.kind == TokenKind::Space {
                f64::from(size)
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
            hang_right: hang,
            hang_left: shaper.get(id).hang.0 * size,
        };
        match kind {
            _ if breaks.is_empty() => breaks.push(Break {
                next: 0.0,
                spaces_next: 0.0,
                token: 0,
                ..here
            }),
            Some(kind) => breaks.push(Break { kind, ..here }),
            None => {}
        }
        inner(
            shaper,
            opportunities,
            hyphenate,
            too_wide,
            paragraph,
            token,
            &mut cuts,
        );
        for (cut, kind) in &cuts {
            breaks.push(cut_break(shaper, paragraph, index, *cut, *kind, at));
        }
        at.width += f64::from(token.width);
        end = at;
        hang = shaper.get(id).hang.1 * size;
    }
    if breaks.is_empty() {
        breaks.push(edge(0, Sums::default(), 0.0));
    }
    breaks.push(edge(paragraph.tokens.len(), end, hang));
    breaks
}

fn edge(token: usize, at: Sums, hang_right: f32) -> Break {
    Break {
        kind: BreakKind::Edge,
        token: token as u32,
        cut: 0,
        end: at.width,
        next: at.width,
        spaces_end: at.spaces,
        spaces_next: at.spaces,
        hang_right,
        hang_left: 0.0,
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
            TokenKind::Word(_) => opportunity_kind(&paragraph.text, start),
            _ => BreakKind::Space,
        });
    }
    too_wide.then_some(BreakKind::Emergency)
}

/// What an opportunity without a space is, by the character before it.
fn opportunity_kind(text: &str, at: usize) -> BreakKind {
    match text[..at].chars().next_back() {
        Some('\u{AD}') => BreakKind::Hyphen,
        Some('-' | '\u{2010}' | '–' | '—') => BreakKind::Dash,
        _ => BreakKind::Bare,
    }
}

/// The places inside a word where a line may end, in order.
fn inner(
    shaper: &Shaper,
    opportunities: &Opportunities,
    hyphenate: bool,
    too_wide: bool,
    paragraph: &Paragraph,
    token: &Token,
    cuts: &mut Vec<(u32, BreakKind)>,
) {
    cuts.clear();
    let TokenKind::Word(id) = token.kind else {
        return;
    };
    let start = token.start as usize;
    let end = start + token.len as usize;
    let text = &paragraph.text;
    for at in opportunities.inside(start, end) {
        cuts.push((*at - token.start, opportunity_kind(text, *at as usize)));
    }
    let word = &text[start..end];
    if hyphenate {
        let poor = !cuts.is_empty() || word.starts_with(char::is_uppercase);
        let kind = if poor {
            BreakKind::PoorHyphen
        } else {
            BreakKind::Hyphen
        };
        cuts.extend(shaper.get(id).cuts.iter().map(|cut| (cut.at, kind)));
    }
    if too_wide {
        let graphemes = word.grapheme_indices(true).skip(1);
        cuts.extend(graphemes.map(|(at, _)| (at as u32, BreakKind::Emergency)));
    }
    // The author's own break, then a hyphen, then an emergency: the first of a place stays.
    cuts.sort_by_key(|(at, kind)| (*at, *kind == BreakKind::Emergency));
    cuts.dedup_by_key(|(at, _)| *at);
}

fn cut_break(
    shaper: &mut Shaper,
    paragraph: &Paragraph,
    index: usize,
    cut: u32,
    kind: BreakKind,
    at: Sums,
) -> Break {
    let token = &paragraph.tokens[index];
    let look = paragraph.looks[token.span as usize];
    let word = &paragraph.text[token.start as usize..(token.start + token.len) as usize];
    let known = match token.kind {
        TokenKind::Word(id) => shaper
            .get(id)
            .cuts
            .iter()
            .find(|known| known.at == cut && kind.inserts())
            .copied(),
        _ => None,
    };
    let (head, tail, hang_right, hang_left) = match known {
        Some(cut) => (cut.head, cut.tail, cut.hang, 0.0),
        None => {
            let (head, tail) = word.split_at(cut as usize);
            let head = if kind.inserts() {
                shaper.fragment(token.voice, &[head, "-"].concat())
            } else {
                shaper.fragment(token.voice, head)
            };
            let tail = shaper.fragment(token.voice, tail);
            let (head, tail) = (shaper.get(head), shaper.get(tail));
            (head.width, tail.width, head.hang.1, tail.hang.0)
        }
    };
    let full = f64::from(token.width);
    Break {
        kind,
        token: index as u32,
        cut,
        end: at.width + f64::from(head * look.size),
        next: at.width + full - f64::from(tail * look.size),
        spaces_end: at.spaces,
        spaces_next: at.spaces,
        hang_right: hang_right * look.size,
        hang_left: hang_left * look.size,
    }
}
