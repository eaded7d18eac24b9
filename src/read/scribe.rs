//! Taking down: blocks of text as a reader comes to them.

use std::sync::Arc;

use super::paper::{DrawnLine, Nest, Spot};
use super::reading::{Block, Link, Look, PageStart, Picture, Span};
use super::sign::Sign;
use crate::compose::{Role, Shift, canonical_line};
use crate::piece::Direction;

/// Words of a block have hardly more colours than one.
const MOST_INKS: usize = 8;

/// Takes down blocks as a reader comes to them.
#[derive(Debug, Default)]
pub(super) struct Scribe {
    done: Vec<Block>,
    /// The open blocks; text belongs to the innermost.
    open: Vec<Block>,
    /// The signs that stand before the next words.
    signs: Vec<Sign>,
    /// The names that lead to the next words.
    names: Vec<String>,
}

impl Scribe {
    /// A block begins. What the one around it said so far is a block of its own.
    pub(super) fn open(&mut self, role: Role, depth: usize, place: String) {
        self.flush();
        self.open.push(Block {
            role,
            depth,
            spans: Vec::new(),
            place,
            signs: Vec::new(),
            spot: None,
            nest: None,
            picture: None,
            style: String::new(),
            size: 0,
            names: Vec::new(),
            turned: None,
            spacing: 0,
            inks: Vec::new(),
            link_inks: Vec::new(),
            lines: Vec::new(),
            label: None,
        });
    }

    /// The innermost block's words have this size in a PDF, and so much stands between their letters besides.
    pub(super) fn size(&mut self, size: i64, spacing: i64) {
        if let Some(block) = self.open.last_mut() {
            block.size = block.size.max(size);
            if spacing.abs() > block.spacing.abs() {
                block.spacing = spacing;
            }
        }
    }

    /// The innermost block's words have this colour in a PDF, some that lead to an address or others.
    pub(super) fn ink(&mut self, ink: [u8; 3], leads_outside: bool) {
        let Some(block) = self.open.last_mut() else {
            return;
        };
        let inks = match leads_outside {
            true => &mut block.link_inks,
            false => &mut block.inks,
        };
        if !inks.contains(&ink) && inks.len() < MOST_INKS {
            inks.push(ink);
        }
    }

    /// The innermost block looks as the file calls it so.
    pub(super) fn dress(&mut self, style: String) {
        if let Some(block) = self.open.last_mut() {
            block.style = style;
        }
    }

    /// The innermost block says that it runs in this direction.
    pub(super) fn turn(&mut self, direction: Option<Direction>) {
        if let Some(block) = self.open.last_mut() {
            block.turned = direction;
        }
    }

    /// A name leads to the words of the innermost block, or where it has none to the next.
    pub(super) fn name(&mut self, name: &str) {
        self.names.push(name.to_owned());
    }

    /// The innermost block's words stand for this picture.
    pub(super) fn show(&mut self, picture: Option<Picture>) {
        if let Some(block) = self.open.last_mut() {
            block.picture = picture.map(Arc::new);
        }
    }

    /// A sign stands before the next words.
    pub(super) fn sign(&mut self, sign: Sign) {
        self.flush();
        self.signs.push(sign);
    }

    /// Text of the innermost block; of none, it is lost to nobody: it becomes a paragraph.
    pub(super) fn say(&mut self, text: &str, look: &Look, place: impl FnOnce() -> String) {
        if text.is_empty() {
            return;
        }
        if self.open.is_empty() {
            if text.chars().all(char::is_whitespace) {
                return;
            }
            self.open(Role::Paragraph, 0, place());
            self.say(text, look, String::new);
            self.close();
            return;
        }
        if let Some(block) = self.open.last_mut() {
            match block.spans.last_mut() {
                Some(last) if last.look == *look => last.text.push_str(text),
                _ => block.spans.push(Span {
                    text: text.to_owned(),
                    look: look.clone(),
                }),
            }
            join_marks(&mut block.spans);
        }
    }

    /// What the innermost block says next stands here; where it begins counts.
    pub(super) fn stand(&mut self, spot: Spot) {
        let Some(block) = self.open.last_mut() else {
            return;
        };
        let first = block.spot.get_or_insert(spot);
        // The largest letters of the first line are the height that names lead to.
        let base = |spot: &Spot| spot.top - spot.size;
        let is_on_line = first.page == spot.page && (base(first) - base(&spot)).abs() <= 2;
        if is_on_line && spot.size > first.size {
            *first = spot;
        }
    }

    /// Words of the innermost block are drawn here.
    pub(super) fn draw(&mut self, line: DrawnLine) {
        let Some(block) = self.open.last_mut() else {
            return;
        };
        match block.lines.last_mut() {
            Some(last) if last.page == line.page && (last.base - line.base).abs() <= 5 => {
                if line.left < last.left {
                    last.is_plain = line.is_plain;
                }
                last.left = last.left.min(line.left);
                last.right = last.right.max(line.right);
                last.size = last.size.max(line.size);
            }
            _ => block.lines.push(line),
        }
    }

    /// A label is drawn before the words of the innermost block.
    pub(super) fn label(&mut self, label: Option<DrawnLine>) {
        if let Some(block) = self.open.last_mut()
            && block.lines.is_empty()
        {
            block.label = label;
        }
    }

    /// Whether it is not known yet among which elements the innermost block stands.
    pub(super) fn is_loose(&self) -> bool {
        self.open.last().is_some_and(|block| block.nest.is_none())
    }

    /// The innermost block stands here among the elements around it.
    pub(super) fn nest(&mut self, nest: Nest) {
        if let Some(block) = self.open.last_mut() {
            block.nest.get_or_insert(nest);
        }
    }

    /// The innermost block ends.
    pub(super) fn close(&mut self) {
        self.flush();
        self.open.pop();
    }

    /// A page begins here.
    pub(super) fn page(&self, label: String) -> PageStart {
        let open = self.open.last();
        let said = open.iter().flat_map(|block| &block.spans);
        let said = said.filter(|span| !matches!(span.look.link, Some(Link::Note(_))));
        let characters =
            said.map(|span| canonical_line(&span.text).replace(' ', "").chars().count());
        PageStart {
            label,
            blocks: self.done.len(),
            characters: characters.sum(),
        }
    }

    /// Whether a block is open.
    pub(super) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// The blocks.
    pub(super) fn finish(mut self) -> Vec<Block> {
        while self.is_open() {
            self.close();
        }
        // A sign before nothing is seen all the same.
        if let Some(last) = self.done.last_mut() {
            last.signs.append(&mut self.signs);
        }
        self.done
    }

    /// Ends the innermost block's words, where it has any.
    fn flush(&mut self) {
        if let Some(block) = self.open.last_mut() {
            let spans = std::mem::take(&mut block.spans);
            let said = |span: &Span| span.text.chars().any(|c| !c.is_whitespace());
            if spans.iter().any(said) {
                self.done.push(Block {
                    spans,
                    signs: std::mem::take(&mut self.signs),
                    names: std::mem::take(&mut self.names),
                    ..block.clone()
                });
            }
        }
    }
}
/// A raised comma between the marks of two notes keeps them apart, and is a part of them.
fn join_marks(spans: &mut [Span]) {
    let is_mark = |span: &Span| matches!(span.look.link, Some(Link::Note(_)));
    if let [.., before, comma, after] = spans
        && is_mark(before)
        && is_mark(after)
        && comma.look.link.is_none()
        && comma.look.shift == Shift::Superscript
        && matches!(comma.text.trim(), "," | "\u{60C}")
    {
        comma.look.link = Some(Link::Note(String::new()));
    }
}
