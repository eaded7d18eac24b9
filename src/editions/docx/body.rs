//! The body: title block, sections and blocks, in the composition's order.

use docx_rs::{
    BookmarkEnd, BookmarkStart, DocumentChild, LineSpacing, Paragraph, ParagraphChild,
    Table as DocxTable,
};

use super::ledger::{Ledger, Shown};
use super::parts::Relationships;
use super::sheet::{following, paragraph as styles, style_of};
use super::slots::Slots;
use super::styles::twips;
use crate::compose::{
    Anchor, Block, BlockKind, Composition, Content, Heading, ImageId, Kind, Section, SectionRole,
    TextId, portrait,
};
use crate::editions::Options;
use crate::measure::{self, Share};
use crate::theme::{Pt, Row, Sheet, Writing};

/// A body under construction, and what the other parts have to know of it.
pub(super) struct Body<'a> {
    pub(super) composition: &'a Composition,
    pub(super) options: &'a Options,
    pub(super) sheet: Sheet,
    /// How the piece's language is written.
    writing: Writing,
    pub(super) children: Vec<DocumentChild>,
    /// The faces of its runs.
    pub(super) slots: Slots<'a>,
    /// What the finishing pass adds.
    pub(super) ledger: Ledger<'a>,
    /// The relationships of the document.
    pub(super) links: Relationships,
    /// The relationships of the footnotes.
    pub(super) note_links: Relationships,
    /// The levels of the numbered lists, in order.
    pub(super) numbered: Vec<usize>,
    /// The bookmarks so far.
    bookmarks: usize,
    /// Bookmarks that start with the next paragraph.
    starting: Vec<(usize, Anchor)>,
    /// Bookmarks that are open, by the anchors of their blocks.
    open: Vec<(usize, Anchor)>,
    /// How many sections ended so far.
    pub(super) sections: usize,
    /// How many children there were when turned pages ended last.
    pub(super) turned_until: usize,
}

/// What stands above a block.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Above {
    Heading,
    Paragraph,
    Other,
}

/// The spaces above and below a paragraph that its neighbour changes.
#[derive(Clone, Copy, Default)]
struct Gaps {
    before: Option<Pt>,
    after: Option<Pt>,
}

impl Gaps {
    /// A paragraph with them.
    fn of(self, paragraph: Paragraph) -> Paragraph {
        if self.before.is_none() && self.after.is_none() {
            return paragraph;
        }
        let mut spacing = LineSpacing::new();
        if let Some(before) = self.before {
            spacing = spacing.before(twips(before).unsigned_abs());
        }
        if let Some(after) = self.after {
            spacing = spacing.after(twips(after).unsigned_abs());
        }
        paragraph.line_spacing(spacing)
    }
}

/// Builds the body.
pub(super) fn build<'a>(
    composition: &'a Composition,
    options: &'a Options,
    slots: Slots<'a>,
) -> Body<'a> {
    let mut body = Body {
        slots,
        composition,
        options,
        sheet: Sheet::of(&options.theme),
        writing: options.theme.writing(&composition.record.language),
        children: Vec::new(),
        ledger: Ledger::default(),
        links: Relationships::of_document(composition, &options.theme),
        note_links: Relationships::default(),
        numbered: Vec::new(),
        bookmarks: 0,
        starting: Vec::new(),
        open: Vec::new(),
        sections: 0,
        turned_until: 0,
    };
    body.title_block();
    let is_box = |section: &&Section| section.role == SectionRole::Summary;
    for section in composition.sections.iter().filter(is_box) {
        body.section(section);
        // The lower rule of the box, of which the upper one stands under the title block.
        let end = body.empty(styles::SUMMARY_END);
        body.push(end);
    }
    body.contents();
    for section in composition.sections.iter().filter(|one| !is_box(one)) {
        body.section(section);
    }
    body
}

impl<'a> Body<'a> {
    fn title_block(&mut self) {
        let composition = self.composition;
        let block = &composition.title_block;
        if let Some(logo) = &block.logo {
            self.figure(&logo.figure);
        }
        for text in block.walk().texts() {
            let title = text == block.title.text;
            if title {
                self.start(&block.title.anchor);
            }
            match composition[text].kind {
                Kind::Title | Kind::Subtitle => self.title(text),
                _ => self.text(text),
            }
            if title {
                self.end(&block.title.anchor);
            }
        }
    }

    /// Adds a title, in as much of the measure as makes its lines even: Word fills them one after the other.
    fn title(&mut self, text: TextId) {
        let kind = self.composition[text].kind;
        let style = style_of(kind).unwrap_or(styles::FIRST);
        let (start, end) = (self.row(kind).inset_start, self.row(kind).inset_end);
        let measure = self.options.frame().measure - start - end;
        let part = measure::even(self.composition, &self.options.theme, text, measure);
        let paragraph = self.paragraph(style, text);
        self.push(match part {
            Share::WHOLE => paragraph,
            part => {
                let empty = measure - part.of(measure);
                paragraph.indent(Some(twips(start)), None, Some(twips(end + empty)), None)
            }
        });
    }

    fn section(&mut self, section: &'a Section) {
        self.start(&section.anchor);
        let mut above = Above::Other;
        if let Some(heading) = &section.heading {
            let gaps = Gaps {
                after: match section.affiliation {
                    // It stands nearer to the name than text would.
                    Some(_) => Some(Pt(0.0)),
                    None => self.before_heading(heading, section.blocks.first()),
                },
                ..Gaps::default()
            };
            self.spaced(heading.text, gaps);
            self.end(&section.anchor);
            above = Above::Heading;
        }
        if let Some(affiliation) = section.affiliation {
            self.text(affiliation);
            above = Above::Other;
        }
        let mut beside = None;
        for (index, block) in section.blocks.iter().enumerate() {
            self.start(&block.anchor);
            match &block.kind {
                BlockKind::Content(Content::Figure(figure))
                    if portrait(&section.blocks[index..]).is_some() =>
                {
                    beside = Some(self.portrait(figure));
                }
                BlockKind::Content(Content::Paragraph(text)) if beside.is_some() => {
                    self.beside_portrait(*text, beside.take().unwrap_or_default());
                }
                BlockKind::Heading(heading) => {
                    let gaps = Gaps {
                        before: (above == Above::Heading).then_some(Pt(0.0)),
                        after: self.before_heading(heading, section.blocks.get(index + 1)),
                    };
                    self.spaced(heading.text, gaps);
                }
                BlockKind::Content(Content::Paragraph(text)) if above == Above::Paragraph => {
                    self.next_text(*text);
                }
                BlockKind::Pull(text) => self.text(*text),
                BlockKind::Break => {
                    let empty = self.empty(styles::BREAK);
                    self.push(empty);
                }
                BlockKind::Content(content) => self.flow(content),
            }
            self.end(&block.anchor);
            above = match block.kind {
                BlockKind::Heading(_) => Above::Heading,
                BlockKind::Content(Content::Paragraph(_)) => Above::Paragraph,
                _ => Above::Other,
            };
        }
        // Without a heading the bookmark spans the section.
        self.end(&section.anchor);
    }

    /// The space between a heading and one right under it.
    fn before_heading(&self, heading: &Heading, below: Option<&Block>) -> Option<Pt> {
        let own = self.row(self.composition[heading.text].kind).after;
        let close = self.sheet.spaces.between_headings;
        let below = below.map(|block| &block.kind);
        matches!(below, Some(BlockKind::Heading(_))).then(|| Pt(own.0.max(close.0)))
    }

    /// What can stand in a section and in the item of a list.
    pub(super) fn flow(&mut self, content: &'a Content) {
        match content {
            Content::Paragraph(text) => self.text(*text),
            Content::Quote { paragraphs, by } => {
                let last = paragraphs.len().saturating_sub(1);
                for (index, text) in paragraphs.iter().enumerate() {
                    let kind = self.composition[*text].kind;
                    let style = match index {
                        0 => style_of(kind).unwrap_or(styles::FIRST),
                        _ => following(kind),
                    };
                    let ends = index == last && by.is_none();
                    let gaps = Gaps {
                        after: (!ends).then_some(Pt(0.0)),
                        ..Gaps::default()
                    };
                    let paragraph = self.paragraph(style, *text);
                    self.push(gaps.of(paragraph));
                }
                if let Some(by) = by {
                    self.text(*by);
                }
            }
            Content::List { labels, items } => self.list(*labels, items, 0),
            Content::Figure(figure) => self.figure(figure),
            Content::Table(table) => self.table(table),
        }
    }

    /// Adds a paragraph of a text, in the style of its kind.
    pub(super) fn text(&mut self, text: TextId) {
        self.spaced(text, Gaps::default());
    }

    /// Adds a paragraph of a text, in the style of its kind but for these gaps.
    fn spaced(&mut self, text: TextId, gaps: Gaps) {
        let style = style_of(self.composition[text].kind);
        let paragraph = self.paragraph(style.unwrap_or(styles::FIRST), text);
        self.push(gaps.of(paragraph));
    }

    /// The row of a kind of text.
    pub(super) fn row(&self, kind: Kind) -> &Row {
        self.sheet.row(kind, self.writing)
    }

    /// Adds a paragraph of a text that follows its like.
    fn next_text(&mut self, text: TextId) {
        let style = following(self.composition[text].kind);
        let paragraph = self.paragraph(style, text);
        self.push(paragraph);
    }

    /// Adds a paragraph; bookmarks that wait start in it.
    pub(super) fn push(&mut self, mut paragraph: Paragraph) {
        let starting = self.starting.drain(..).map(|(id, anchor)| {
            ParagraphChild::BookmarkStart(BookmarkStart::new(id, anchor.to_string()))
        });
        paragraph.children.splice(0..0, starting);
        self.children
            .push(DocumentChild::Paragraph(Box::new(paragraph)));
    }

    /// Adds a table; bookmarks that wait start before it.
    pub(super) fn push_table(&mut self, table: DocxTable) {
        for (id, anchor) in self.starting.drain(..) {
            let start = BookmarkStart::new(id, anchor.to_string());
            self.children.push(DocumentChild::BookmarkStart(start));
        }
        self.children.push(DocumentChild::Table(Box::new(table)));
    }

    /// The number of a new bookmark.
    pub(super) fn bookmark(&mut self) -> usize {
        self.bookmarks += 1;
        self.bookmarks
    }

    /// Lets a bookmark start with the next paragraph. A section's and its heading's are one.
    pub(super) fn start(&mut self, anchor: &Anchor) {
        let id = self.bookmark();
        self.starting.push((id, anchor.clone()));
        self.open.push((id, anchor.clone()));
    }

    /// Ends the innermost bookmark of an anchor after the last paragraph.
    pub(super) fn end(&mut self, anchor: &Anchor) {
        let Some(index) = self.open.iter().rposition(|(_, open)| open == anchor) else {
            return;
        };
        let (id, _) = self.open.remove(index);
        // A block of nothing: there is nowhere to set it.
        if let Some(waiting) = self.starting.iter().position(|(start, _)| *start == id) {
            self.starting.remove(waiting);
            return;
        }
        match self.children.last_mut() {
            Some(DocumentChild::Paragraph(paragraph)) => paragraph
                .children
                .push(ParagraphChild::BookmarkEnd(BookmarkEnd::new(id))),
            _ => self
                .children
                .push(DocumentChild::BookmarkEnd(BookmarkEnd::new(id))),
        }
    }

    /// The relationships of an image.
    pub(super) fn image(&mut self, image: ImageId) -> Shown {
        self.links.image(image, &self.composition[image])
    }
}
