//! A story of a document: the body or a note, block by block.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Changes;
use super::super::document::{
    Block, Comment, CommentState, ListItem, Paragraph, Picture, RESOLVED, Remark, Role, Weight,
};
use super::Related;
use super::fields::Field;
use super::numbering::{Counters, Numbering};
use super::roles;
use super::symbols::Faces;
use super::words;
use crate::read::docx::styles::Styles;
use crate::read::dom::{Dom, Node, NodeId, ROOT, below};
use crate::read::{Link, Look, Span};

/// Elements deeper in each other than this are read as words alone.
pub(super) const DEEPEST: usize = 120;

/// Gives the picture of a part, and whether editions can show it.
pub(super) type Pictures<'p> = &'p mut dyn FnMut(&str) -> Option<(usize, bool)>;

/// What is known while the blocks of a document are read.
pub(super) struct Story<'a> {
    pub(super) styles: &'a Styles,
    pub(super) numbering: &'a Numbering,
    comments: &'a BTreeMap<String, Comment>,
    name: &'a str,
    pub(super) changes: Changes,
    pub(super) remarks: Vec<Remark>,
    pub(super) counters: Counters,
    pub(super) lists: BTreeMap<String, u32>,
    paragraphs: usize,
    /// The fields that are open; they may go over several paragraphs.
    pub(super) fields: Vec<Field>,
    /// The bookmarks that are open, by their ids.
    pub(super) bookmarks: BTreeMap<String, String>,
    /// The names of all bookmarks of the body.
    marks: BTreeSet<String>,
    /// The note that the reference within a bookmark leads to.
    pub(super) noted: BTreeMap<String, String>,
    pub(super) order: Vec<String>,
    seen: BTreeSet<String>,
    /// The comments whose words are being read.
    pub(super) ranges: BTreeMap<String, String>,
    told: BTreeSet<String>,
    /// The list of the last paragraph.
    pub(super) last_list: Option<(String, ListItem)>,
    /// Words of tracked changes that do not hold.
    pub(super) changed: Vec<String>,
    /// Words that were hidden, or counted by the program.
    pub(super) dropped: Vec<(&'static str, String)>,
    /// In how many text boxes the reading is.
    pub(super) box_depth: usize,
    /// The faces of the open run.
    pub(super) faces: Faces,
}

/// A paragraph while its runs are read.
#[derive(Debug, Default)]
pub(super) struct Open {
    /// Whether it is the large first letter of what follows.
    pub(super) is_letter: bool,
    pub(super) paragraph: Paragraph,
    /// Blocks that stand behind it: text boxes.
    pub(super) behind: Vec<Block>,
    pub(super) is_bold: bool,
    pub(super) is_underlined: bool,
    pub(super) said: usize,
    pub(super) heavy: usize,
}

impl<'a> Story<'a> {
    pub(super) fn new(
        styles: &'a Styles,
        numbering: &'a Numbering,
        comments: &'a BTreeMap<String, Comment>,
        name: &'a str,
        changes: Changes,
    ) -> Self {
        Self {
            styles,
            numbering,
            comments,
            name,
            changes,
            remarks: Vec::new(),
            counters: Counters::default(),
            lists: BTreeMap::new(),
            paragraphs: 0,
            fields: Vec::new(),
            bookmarks: BTreeMap::new(),
            marks: BTreeSet::new(),
            noted: BTreeMap::new(),
            order: Vec::new(),
            seen: BTreeSet::new(),
            ranges: BTreeMap::new(),
            told: BTreeSet::new(),
            last_list: None,
            changed: Vec::new(),
            dropped: Vec::new(),
            box_depth: 0,
            faces: Faces::default(),
        }
    }

    /// Looks through a document for its bookmarks.
    pub(super) fn know_bookmarks(&mut self, dom: &Dom) {
        let all = dom.descendants(ROOT).map(|id| dom.node(id));
        let marks = all.filter(|node| node.name == "bookmarkStart");
        let names = marks.filter_map(|node| node.attribute("name"));
        self.marks.extend(names.map(str::to_owned));
    }

    /// Whether the note of a bookmark is gone, bookmark and all. Only our editions are known to set the bookmark around it.
    pub(super) fn is_lost(&self, bookmark: &str) -> bool {
        self.styles.is_ours() && !self.marks.contains(bookmark)
    }

    /// A reference to a note that is gone with its first reference.
    pub(super) fn refer_to_lost(&mut self, bookmark: &str, open: &mut Open) {
        let look = Look {
            link: Some(Link::Note(super::lost_note(bookmark))),
            ..Look::default()
        };
        open.paragraph.spans.push(Span {
            text: "*".to_owned(),
            look,
        });
    }

    /// Where the last paragraph stands, for people.
    pub(super) fn place(&self) -> String {
        format!("{}, paragraph {}", self.name, self.paragraphs)
    }

    /// Tells something, once a document where that is enough.
    pub(super) fn tell(&mut self, message: &str, words: impl Into<String>) {
        let place = self.place();
        self.remarks.push(Remark::lost(place, message, words));
    }

    /// The notes referred to since the last time.
    pub(super) fn take_order(&mut self) -> Vec<String> {
        std::mem::take(&mut self.order)
    }

    /// What was told, with what is told once for the whole document.
    pub(super) fn finish(mut self) -> Vec<Remark> {
        if !self.changed.is_empty() {
            let message = match self.changes {
                Changes::Accept => {
                    "tracked changes are taken as accepted; these words were deleted"
                }
                Changes::Reject => {
                    "tracked changes are taken as rejected; these words were inserted"
                }
            };
            self.remarks
                .push(Remark::lost(self.name, message, self.changed.join(" ")));
        }
        let mut by_reason: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
        for (reason, words) in self.dropped {
            by_reason.entry(reason).or_default().push(words);
        }
        for (reason, words) in by_reason {
            self.remarks
                .push(Remark::lost(self.name, reason, words.join(" ")));
        }
        self.remarks
    }

    /// Comments of which no place was found.
    pub(super) fn leftover_comments(&mut self, remarks: &mut Vec<Remark>) {
        for (id, comment) in self.comments {
            if !self.told.contains(id) {
                let words = format!("{}: {}", comment.author, comment.text);
                remarks.push(Remark::lost(
                    self.name,
                    "a comment of which the place is lost",
                    words,
                ));
            }
        }
    }

    /// A reference to a note.
    pub(super) fn refer(&mut self, key: String, open: &mut Open) {
        for bookmark in self.bookmarks.values() {
            self.noted
                .entry(bookmark.clone())
                .or_insert_with(|| key.clone());
        }
        if self.seen.insert(key.clone()) {
            self.order.push(key.clone());
        }
        let look = Look {
            link: Some(Link::Note(key)),
            ..Look::default()
        };
        open.paragraph.spans.push(Span {
            text: "*".to_owned(),
            look,
        });
    }

    /// A comment ends, or is referred to.
    pub(super) fn remark(&mut self, id: &str, open: &mut Open) {
        if !self.told.insert(id.to_owned()) {
            return;
        }
        if let Some(comment) = self.comments.get(id) {
            let about = self.ranges.remove(id).unwrap_or_default();
            if comment.state == CommentState::Resolved {
                let words = format!("{}: {}", comment.author, comment.text);
                return self.tell(RESOLVED, words);
            }
            open.paragraph.comments.push(Comment {
                about,
                ..comment.clone()
            });
        }
    }

    /// The paragraphs of a note.
    pub(super) fn note(
        &mut self,
        dom: &Dom,
        at: NodeId,
        links: &Related,
        pictures: Pictures<'_>,
    ) -> Vec<Paragraph> {
        let blocks = self.blocks(dom, at, links, pictures);
        let mut paragraphs = Vec::new();
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => paragraphs.push(paragraph),
                Block::Table(table) => {
                    self.tell("a table in a note is one paragraph here", "");
                    paragraphs.extend(table.rows.into_iter().flat_map(|row| row.cells).flatten());
                }
            }
        }
        for paragraph in &mut paragraphs {
            for picture in std::mem::take(&mut paragraph.pictures) {
                self.tell("a picture in a note is left out", picture.alt);
            }
        }
        paragraphs
    }

    /// The blocks below a node.
    pub(super) fn blocks(
        &mut self,
        dom: &Dom,
        from: NodeId,
        links: &Related,
        pictures: Pictures<'_>,
    ) -> Vec<Block> {
        self.blocks_at(dom, from, links, pictures, 0)
    }

    /// The same, so deep in the document.
    pub(super) fn blocks_at(
        &mut self,
        dom: &Dom,
        from: NodeId,
        links: &Related,
        pictures: Pictures<'_>,
        depth: usize,
    ) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut waiting: Option<Open> = None;
        self.add_blocks(dom, from, links, pictures, &mut blocks, &mut waiting, depth);
        if let Some(open) = waiting {
            self.put(open, &mut blocks);
        }
        blocks
    }

    #[expect(clippy::too_many_arguments, reason = "the state of one walk")]
    fn add_blocks(
        &mut self,
        dom: &Dom,
        from: NodeId,
        links: &Related,
        pictures: Pictures<'_>,
        blocks: &mut Vec<Block>,
        waiting: &mut Option<Open>,
        depth: usize,
    ) {
        for child in &dom.node(from).children {
            let node = dom.node(*child);
            match node.name.as_str() {
                "p" => {
                    let joins = self.joins_next(dom, node);
                    let mut open = waiting.take().unwrap_or_default();
                    // The mark that stays says what a paragraph is, where nothing is left of the one before.
                    let is_new = !open.is_letter && open.paragraph.is_empty();
                    self.paragraph(dom, *child, links, pictures, &mut open, is_new, depth);
                    open.is_letter = words::is_drop_cap(dom, node);
                    match joins {
                        true => *waiting = Some(open),
                        false => self.put(open, blocks),
                    }
                }
                "tbl" => {
                    if let Some(open) = waiting.take() {
                        self.put(open, blocks);
                    }
                    self.last_list = None;
                    let table = self.table(dom, *child, links, pictures, depth);
                    blocks.push(Block::Table(table));
                }
                "sdt" if is_contents(dom, node) => self.drop_contents(dom, *child),
                "AlternateContent" => {
                    let choice = node
                        .children
                        .iter()
                        .find(|id| dom.node(**id).name == "Choice")
                        .or(node.children.first());
                    if let Some(choice) = choice.filter(|_| depth < DEEPEST) {
                        self.add_blocks(dom, *choice, links, pictures, blocks, waiting, depth + 1);
                    }
                }
                "sdt" | "sdtContent" | "customXml" | "smartTag" | "ins" | "moveTo" | "del"
                | "moveFrom"
                    if depth < DEEPEST =>
                {
                    self.add_blocks(dom, *child, links, pictures, blocks, waiting, depth + 1);
                }
                "oMathPara" | "oMath" => {
                    let words = words::of_node(dom, *child, self.changes).join(" ");
                    self.tell("an equation is plain text here", "");
                    let paragraph = Paragraph {
                        spans: vec![Span {
                            text: words,
                            look: Look::default(),
                        }],
                        place: self.place(),
                        ..Paragraph::default()
                    };
                    blocks.push(Block::Paragraph(paragraph));
                }
                "bookmarkStart" | "bookmarkEnd" => self.bookmark(node),
                _ => {}
            }
        }
    }

    /// Puts a finished paragraph among the blocks, and behind it what stood in it.
    fn put(&mut self, mut open: Open, blocks: &mut Vec<Block>) {
        let is_heavy = open.said > 0 && open.heavy == open.said;
        if is_heavy && open.paragraph.role == Role::Text {
            open.paragraph.weight = Weight::Heavy;
        }
        let behind = std::mem::take(&mut open.behind);
        blocks.push(Block::Paragraph(open.paragraph));
        blocks.extend(behind);
    }

    pub(super) fn bookmark(&mut self, node: &Node) {
        let Some(id) = node.attribute("id") else {
            return;
        };
        match node.attribute("name") {
            Some(name) if node.name == "bookmarkStart" => {
                drop(self.bookmarks.insert(id.to_owned(), name.to_owned()))
            }
            _ => drop(self.bookmarks.remove(id)),
        }
    }

    /// Whether the mark of a paragraph is deleted, or not inserted yet, or it is a large first letter: then the next one goes on
    /// with it.
    fn joins_next(&self, dom: &Dom, node: &Node) -> bool {
        let mark = match self.changes {
            Changes::Accept => "del",
            Changes::Reject => "ins",
        };
        below(dom, node, &["pPr", "rPr", mark]).is_some() || words::is_drop_cap(dom, node)
    }

    #[expect(clippy::too_many_arguments, reason = "the state of one walk")]
    fn paragraph(
        &mut self,
        dom: &Dom,
        id: NodeId,
        links: &Related,
        pictures: Pictures<'_>,
        open: &mut Open,
        is_new: bool,
        depth: usize,
    ) {
        self.paragraphs += 1;
        let node = dom.node(id);
        let style = below(dom, node, &["pPr", "pStyle"])
            .and_then(|style| style.attribute("val"))
            .unwrap_or_default();
        let name = self
            .styles
            .get(style)
            .map_or("", |style| style.name.as_str())
            .to_owned();
        if roles::is_contents(&name) {
            return self.drop_contents(dom, id);
        }
        if is_new {
            open.paragraph.place = self.place();
            let role = self.role(dom, node, style);
            open.paragraph.role = role;
            let is_heading = matches!(role, Role::Heading(_) | Role::Title);
            open.paragraph.item = match is_heading {
                true => None,
                false => self.item(dom, node, style, &name),
            };
            open.is_bold = self.styles.is_bold(style);
        }
        // Two paragraphs that are one now stay two words.
        let ends = open
            .paragraph
            .spans
            .last()
            .is_none_or(|span| span.text.ends_with(char::is_whitespace));
        if !is_new && !ends && !open.is_letter {
            open.paragraph.spans.push(Span {
                text: " ".to_owned(),
                look: Look::default(),
            });
        }
        self.inline(dom, id, links, pictures, &Look::default(), open, depth + 1);
    }

    /// Adds a picture to a paragraph.
    pub(super) fn picture(
        &mut self,
        target: Option<&str>,
        alt: String,
        open: &mut Open,
        pictures: Pictures<'_>,
    ) {
        let found = target.and_then(&mut *pictures);
        match (found, target) {
            (None, Some(target)) => self.tell(
                &format!("the picture `{target}` is missing, or too large"),
                "",
            ),
            (None, None) => self.tell(
                "a picture stands outside of the document, and is left out",
                "",
            ),
            (Some((_, false)), Some(target)) => {
                self.tell(&format!("the picture `{target}` is in a format that editions cannot show; save it as PNG"), "");
            }
            _ => {}
        }
        open.paragraph.pictures.push(Picture {
            media: found.map(|(index, _)| index),
            path: None,
            alt,
        });
    }
}

/// Whether a content control holds the table of contents (17.5.2.12).
fn is_contents(dom: &Dom, node: &Node) -> bool {
    let gallery = below(dom, node, &["sdtPr", "docPartObj", "docPartGallery"]);
    gallery.is_some_and(|gallery| gallery.attribute("val") == Some("Table of Contents"))
}
