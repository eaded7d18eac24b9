//! Inline markup: emphasis, strong, links, notes, super- and subscript, and spans in another language.
//!
//! `pulldown-cmark` reads emphasis, strong and links, so that their rules are CommonMark's. Whatever else it would take
//! for markup is hidden from it behind commas of the same length, and texts are always cut out of the source itself:
//! nothing is lost or changed that is not markup of ours. Notes, super- and subscript are read here, since CommonMark
//! has none.
//!
//! - A backslash escapes one of `* ^ ~ [ ] \`; before any other character it is a backslash.
//! - Beside Chinese, Japanese and Korean letters an asterisk opens and closes without a space, whatever stands on its other side.
//! - `^` and `~` enclose text without white space, in which brackets and parentheses are closed; a run of two or more is text.
//! - No mark begins inside a bare address, inside a word or between digits; see [`atoms`].
//! - `[^name]` is a note; the name has no white space, bracket, circumflex or backslash.
//! - A link's address follows `](` and ends at `)`; it has no white space, and titles are not read.
//! - A link in a link is CommonMark's: the inner one is read, the outer one stays text. So with spans in another language.
//! - An image, `![alt](file)`, stays text from its first to its last character.
//! - Line ends, with the white space around them, are one space; at the ends of the text they are nothing.

mod atoms;
mod east_asian;
mod escapes;
mod hidden;
mod lines;

pub use lines::one_line;

use std::ops::Range;

use atoms::{Atom, AtomKind, Atoms, atoms};
use escapes::{run, unescape};
use hidden::{BEFORE, mask};
use lines::{join_lines, without_outer_line_ends};
use pulldown_cmark::{Event, Options, Parser, Tag};

/// One inline element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Plain text, never empty.
    Text(String),
    /// `*emphasis*`
    Emphasis(Vec<Inline>),
    /// `**strong**`
    Strong(Vec<Inline>),
    /// `^superscript^`
    Superscript(Vec<Inline>),
    /// `~subscript~`
    Subscript(Vec<Inline>),
    /// `[text](https://...)`
    Link {
        /// The address as written.
        to: String,
        /// The text of the link.
        content: Vec<Inline>,
    },
    /// `[text](lang:ur)`
    Foreign {
        /// The language tag as written.
        language: String,
        /// The text in that language.
        content: Vec<Inline>,
    },
    /// `[^name]`
    Note(String),
}

/// A mark that names something, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// What it is.
    pub kind: MarkKind,
    /// The whole mark, in bytes of the text as written.
    pub range: Range<usize>,
    /// Whether it stands inside a link.
    pub in_link: bool,
}

/// What a [`Mark`] is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkKind {
    /// A link; `empty` when it has no text to show.
    Link {
        /// The address as written.
        to: String,
        /// Nothing but white space between the brackets.
        empty: bool,
    },
    /// A span in another language.
    Foreign {
        /// The language tag as written.
        language: String,
    },
    /// A reference to a note of this name.
    Note(String),
    /// An image, which stays text.
    Image,
    /// What looks like a mark, or half of one, and stays text.
    Unread,
    /// Markup nested deeper than [`MAX_DEPTH`], which stays text.
    TooDeep,
}

/// How deep emphasis, strong, links and spans nest; deeper markup stays text, so that no input exhausts the stack.
pub(super) const MAX_DEPTH: usize = 16;

/// Reads the markup of a text.
pub(super) fn parse(source: &str) -> (Vec<Inline>, Vec<Mark>) {
    let core = without_outer_line_ends(source);
    let mut marks = Vec::new();
    let mut inlines = Reader::read(source, core, false, &mut marks);
    join_lines(&mut inlines);
    marks.sort_by_key(|mark| mark.range.start);
    (inlines, marks)
}

/// The bytes of a text's words in it, in order: all but markup and the marks of notes.
pub(super) fn words_at(source: &str) -> Vec<Range<usize>> {
    let core = without_outer_line_ends(source);
    let (mut marks, mut words) = (Vec::new(), Vec::new());
    Reader::read_with(source, core, false, &mut marks, &mut words);
    words
}

/// The words of a text: markup and the marks of notes left out.
pub(super) fn plain(inlines: &[Inline]) -> String {
    let mut words = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(text) => words.push_str(text),
            Inline::Note(_) => {}
            Inline::Emphasis(content)
            | Inline::Strong(content)
            | Inline::Superscript(content)
            | Inline::Subscript(content)
            | Inline::Link { content, .. }
            | Inline::Foreign { content, .. } => words.push_str(&plain(content)),
        }
    }
    words
}

/// An element that is open while events arrive.
struct Open {
    start: usize,
    /// The first byte after the text of the element so far.
    content_end: usize,
    link: bool,
    children: Vec<Inline>,
}

struct Reader<'a> {
    source: &'a str,
    /// What of the source is read; an atom's content is a part.
    part: Range<usize>,
    /// In order.
    atoms: Vec<Atom>,
    in_link: bool,
    stack: Vec<Open>,
    marks: &'a mut Vec<Mark>,
    /// The bytes of the words so far.
    words_at: &'a mut Vec<Range<usize>>,
}

impl<'a> Reader<'a> {
    fn read(
        source: &'a str,
        part: Range<usize>,
        in_link: bool,
        marks: &'a mut Vec<Mark>,
    ) -> Vec<Inline> {
        Reader::read_with(source, part, in_link, marks, &mut Vec::new())
    }

    fn read_with(
        source: &'a str,
        part: Range<usize>,
        in_link: bool,
        marks: &'a mut Vec<Mark>,
        words_at: &'a mut Vec<Range<usize>>,
    ) -> Vec<Inline> {
        let Atoms { atoms, unread } = atoms(source, &part);
        let masked = mask(source, &part, &atoms);
        let mut reader = Reader {
            source,
            part,
            atoms,
            in_link,
            stack: Vec::new(),
            marks,
            words_at,
        };
        for range in unread {
            reader.mark(MarkKind::Unread, range);
        }
        reader.open(0, false);
        // Depth of markup inside something that stays text.
        let mut skipped = 0_usize;
        for (event, range) in Parser::new_ext(&masked, Options::empty()).into_offset_iter() {
            let range = reader.in_source(&range);
            match event {
                Event::Start(Tag::Paragraph) => {}
                Event::Start(_) if skipped > 0 => skipped += 1,
                Event::End(_) if skipped > 0 => skipped -= 1,
                _ if skipped > 0 => {}
                Event::Start(Tag::Image { .. }) => {
                    skipped = 1;
                    reader.verbatim(MarkKind::Image, range);
                }
                Event::Start(_) if reader.stack.len() > MAX_DEPTH => {
                    skipped = 1;
                    reader.verbatim(MarkKind::TooDeep, range);
                }
                Event::Start(tag) => {
                    let marks = if matches!(tag, Tag::Strong) { 2 } else { 1 };
                    let link = matches!(&tag, Tag::Link { dest_url, .. } if !dest_url.starts_with("lang:"));
                    reader.open(range.start + marks, link);
                }
                Event::End(end) => reader.close(end, range),
                _ => reader.text(range),
            }
        }
        reader.stack.pop().map_or_else(Vec::new, |top| top.children)
    }

    /// A range of the masked text in the source.
    fn in_source(&self, masked: &Range<usize>) -> Range<usize> {
        let place = |at: usize| {
            let at = at.saturating_sub(BEFORE.len()) + self.part.start;
            at.min(self.part.end)
        };
        place(masked.start)..place(masked.end)
    }

    fn open(&mut self, content: usize, link: bool) {
        let start = content;
        self.stack.push(Open {
            start,
            content_end: start,
            link,
            children: Vec::new(),
        });
    }

    fn close(&mut self, end: pulldown_cmark::TagEnd, range: Range<usize>) {
        use pulldown_cmark::TagEnd;
        if self.stack.len() < 2 {
            return;
        }
        let Some(done) = self.stack.pop() else {
            return;
        };
        let inline = match end {
            TagEnd::Emphasis => Inline::Emphasis(done.children),
            TagEnd::Strong => Inline::Strong(done.children),
            _ => self.link(done, &range),
        };
        self.push(inline, range.end);
    }

    /// The link or the span in another language that ends here.
    fn link(&mut self, done: Open, range: &Range<usize>) -> Inline {
        // After the content come `](`, the address, and `)` as the last byte.
        let address = self
            .source
            .get(done.content_end + 2..range.end.saturating_sub(1))
            .map(|address| unescape(address.trim()))
            .unwrap_or_default();
        let empty = self.source[done.start..done.content_end].trim().is_empty();
        let content = done.children;
        let (kind, inline) = match address.strip_prefix("lang:") {
            Some(language) => {
                let language = language.to_owned();
                let kind = MarkKind::Foreign {
                    language: language.clone(),
                };
                (kind, Inline::Foreign { language, content })
            }
            None => {
                let to = address;
                let kind = MarkKind::Link {
                    to: to.clone(),
                    empty,
                };
                (kind, Inline::Link { to, content })
            }
        };
        self.mark(kind, range.clone());
        inline
    }

    fn mark(&mut self, kind: MarkKind, range: Range<usize>) {
        let in_link = self.within_link();
        self.marks.push(Mark {
            kind,
            range,
            in_link,
        });
    }

    fn within_link(&self) -> bool {
        self.in_link || self.stack.iter().any(|open| open.link)
    }

    fn push(&mut self, inline: Inline, end: usize) {
        if let Some(top) = self.stack.last_mut() {
            top.children.push(inline);
            top.content_end = end;
        }
    }

    /// Something that looks like markup and stays text.
    fn verbatim(&mut self, kind: MarkKind, range: Range<usize>) {
        self.mark(kind, range.clone());
        self.literal(range);
    }

    fn literal(&mut self, range: Range<usize>) {
        let text = &self.source[range.clone()];
        let Some(top) = self.stack.last_mut().filter(|_| !text.is_empty()) else {
            return;
        };
        top.content_end = range.end;
        self.words_at.push(range);
        match top.children.last_mut() {
            Some(Inline::Text(before)) => before.push_str(text),
            _ => top.children.push(Inline::Text(text.to_owned())),
        }
    }

    /// Text, in which the hidden atoms appear again.
    fn text(&mut self, range: Range<usize>) {
        let mut at = range.start;
        let first = self.atoms.partition_point(|atom| atom.range.start < at);
        for index in first..self.atoms.len() {
            let Atom { range: atom, kind } = &self.atoms[index];
            if atom.end > range.end {
                break;
            }
            let (atom, kind) = (atom.clone(), *kind);
            self.words(at..atom.start);
            at = atom.end;
            self.atom(kind, atom);
        }
        self.words(at..range.end);
    }

    /// Text, in which asterisks that could open or close something are told.
    fn words(&mut self, range: Range<usize>) {
        let bytes = &self.source.as_bytes()[..self.part.end];
        let mut at = range.start;
        let mut unread = Vec::new();
        while let Some(found) = bytes[at..range.end].iter().position(|b| *b == b'*') {
            let start = at + found;
            at = start + run(&bytes[..range.end], start);
            let backslashes = bytes[self.part.start..start].iter().rev();
            let escaped = backslashes.take_while(|b| **b == b'\\').count() % 2 == 1;
            let before = self.source[self.part.start..start].chars().next_back();
            let after = self.source[at..self.part.end].chars().next();
            let spaced = |c: Option<char>| c.is_none_or(char::is_whitespace);
            if !(escaped || spaced(before) && spaced(after)) {
                unread.push(start..at);
            }
        }
        for range in unread {
            self.mark(MarkKind::Unread, range);
        }
        self.literal(range);
    }

    fn atom(&mut self, kind: AtomKind, range: Range<usize>) {
        let content = range.start + 1..range.end - 1;
        let inline = match kind {
            AtomKind::Note => {
                let name = self.source[range.start + 2..range.end - 1].to_owned();
                self.mark(MarkKind::Note(name.clone()), range.clone());
                Inline::Note(name)
            }
            AtomKind::Literal => return self.literal(range),
            AtomKind::Superscript => Inline::Superscript(self.nested(content)),
            AtomKind::Subscript => Inline::Subscript(self.nested(content)),
        };
        self.push(inline, range.end);
    }

    /// The content of super- or subscript. It holds no mark of the kind it stands in, so this goes two calls deep at most.
    fn nested(&mut self, content: Range<usize>) -> Vec<Inline> {
        let in_link = self.within_link();
        Reader::read_with(self.source, content, in_link, self.marks, self.words_at)
    }
}

#[cfg(test)]
mod tests;
