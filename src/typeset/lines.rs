//! Lines: the glyphs between two breaks, in the order in which they are seen. How they are spread is for `line_builder`.

use unicode_script::{Script, UnicodeScript};

use crate::compose::{Span, Target};
use crate::piece::Direction;
use crate::shape::{Leveled, direction_of, visual_order};

use super::layout::{Line, Owner};
use super::lexicon::{Joint, Lexicon};
use super::line_builder::{Builder, LinePart};
use super::line_frame::LineFrame;
use super::tokens::{Break, Paragraph, TokenKind};

/// A line with what pages need to know of it.
#[derive(Debug)]
pub(super) struct SetLine {
    /// The line, its baseline still 0.
    pub(super) line: Line,
    /// The byte of the text at which its first whole word begins; its end, where no other line comes to that.
    pub(super) start: Option<u32>,
    /// The spans of note references that begin on it.
    pub(super) references: Vec<u32>,
    /// The dots of emphasis on it, each a line on the same baseline.
    pub(super) dots: Vec<Line>,
}

/// Whether words that begin so stand without spaces: lines end between them, and not in them.
fn is_unspaced(text: &str) -> bool {
    use Script::{Khmer, Lao, Myanmar, Thai};
    let first = text.chars().next();
    first.is_some_and(|first| matches!(first.script(), Khmer | Lao | Myanmar | Thai))
}

/// Sets the glyphs between two breaks. `last` lines are not spread.
pub(super) fn assemble(
    lexicon: &mut Lexicon<'_>,
    paragraph: &Paragraph,
    spans: &[Span],
    (from, to): (&Break, &Break),
    frame: LineFrame,
    (first, last): (bool, bool),
    owner: Owner,
) -> SetLine {
    let whole_to = to.token as usize;
    let first_token = paragraph.tokens.get(from.token as usize);
    let mut start = first_token
        .map(|token| token.start + from.cut)
        .filter(|start| from.cut == 0 || is_unspaced(&paragraph.text[*start as usize..]));
    let mut references = Vec::new();
    let mut space_seen = false;
    let last_word = (from.token as usize..whole_to)
        .rev()
        .find(|index| matches!(paragraph.tokens[*index].kind, TokenKind::Word(_)));
    let mut parts = Vec::with_capacity(whole_to + 1 - from.token as usize);
    for index in from.token as usize..paragraph.tokens.len() {
        if index > whole_to || (index == whole_to && to.cut == 0) {
            break;
        }
        let token = paragraph.tokens[index];
        let TokenKind::Word(id) = token.kind else {
            let trailing = to.cut == 0 && last_word.is_none_or(|word| index > word);
            parts.push(LinePart::Space { index, trailing });
            space_seen = true;
            continue;
        };
        if space_seen && start.is_none() {
            start = Some(token.start);
        }
        let span_start = paragraph.styles[token.span as usize].start;
        if token.start == span_start
            && matches!(spans[token.span as usize].target, Some(Target::Note { .. }))
        {
            references.push(token.span);
        }
        let head = if index == whole_to { to.cut } else { token.len };
        let skip = if index == from.token as usize {
            from.cut
        } else {
            0
        };
        let mut joint = Joint::Bare;
        let mut word = id;
        if skip != 0 || head != token.len {
            let text =
                &paragraph.text[(token.start + skip) as usize..(token.start + head) as usize];
            if index == whole_to {
                joint = to.kind.joint();
            }
            word = lexicon.part(token.voice, text, joint);
        }
        let end = head;
        parts.push(LinePart::Word {
            index,
            word,
            skip,
            end,
            joint,
        });
    }
    let mut builder = Builder::new(paragraph, owner);
    match &paragraph.levels {
        None => parts
            .iter()
            .for_each(|part| builder.add(&lexicon.words, part, Direction::LeftToRight)),
        Some(levels) => {
            let mut parts_order: Vec<Leveled> =
                parts.iter().map(|part| part.order(paragraph)).collect();
            let order = visual_order(levels.base(), &mut parts_order);
            for index in order {
                let direction = direction_of(parts_order[index].level);
                builder.add(&lexicon.words, &parts[index], direction);
            }
        }
    }
    let line = builder.finish(from, to, frame, first, last);
    // Where a text ends in a word that fills the line, the page begins behind that.
    if start.is_none() && whole_to >= paragraph.tokens.len() {
        start = u32::try_from(paragraph.text.len()).ok();
    }
    SetLine {
        line,
        start,
        references,
        dots: Vec::new(),
    }
}
