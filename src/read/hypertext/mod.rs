//! Hypertext, in HTML or XHTML, to blocks.

mod data;
mod elements;
mod headings;
mod images;
mod pulls;
mod tables;

pub(super) use data::bytes as held;
pub(super) use elements::links;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::compose::{Role, canonical_line, repeated};

use self::elements::{
    INLINE, dressed, inline, is_note, is_silent, items, role, rows, shown, turned,
};

use super::dom::{Dom, Node, NodeId};
use super::paper::{CoverMark, PullQuote, Reference, Return, SectionMark};
use super::reading::{Block, Link, Listed, Look, PageStart, Unseen};
use super::scribe::Scribe;
use super::sign::Sign;
use super::soundness::Fault;
use super::style_sheet::StyleSheet;
use super::visible::Visible;

/// What the documents of a file say.
#[derive(Debug, Default)]
pub(super) struct Hypertext {
    text: Scribe,
    notes: Scribe,
    /// How many were begun, for naming their places.
    blocks: usize,
    unseen: Vec<Unseen>,
    /// What is shown to the eye alone.
    decorations: Vec<Unseen>,
    /// The same with how many blocks stand before each: pull quotes.
    pulls: Vec<(usize, String, String)>,
    listed: Vec<Listed>,
    pages: Vec<PageStart>,
    /// What looks otherwise than it is, each once: where, and what.
    odd: BTreeSet<Fault>,
    sections: Vec<SectionMark>,
    cover: Option<CoverMark>,
    /// The references to notes, and the ways back from each note.
    references: Vec<Reference>,
    returns: Vec<Vec<Return>>,
    /// The sizes of headings by their levels, as multiples of the text around them: the least and the greatest.
    sizes: [Option<(f64, f64)>; 4],
}

/// What documents say.
pub(super) struct Said {
    pub(super) sections: Vec<SectionMark>,
    pub(super) cover: Option<CoverMark>,
    pub(super) references: Vec<Reference>,
    pub(super) returns: Vec<Vec<Return>>,
    pub(super) pulls: Vec<PullQuote>,
    pub(super) blocks: Vec<Block>,
    pub(super) notes: Vec<Block>,
    pub(super) unseen: Vec<Unseen>,
    pub(super) listed: Vec<Listed>,
    pub(super) pages: Vec<PageStart>,
    /// What looks otherwise than it is: where, and what.
    pub(super) odd: BTreeSet<Fault>,
}

/// A document and how it looks.
pub(super) struct Document<'a> {
    pub(super) dom: &'a Dom,
    pub(super) sheet: &'a StyleSheet,
    /// The language of the file.
    pub(super) language: Option<&'a str>,
    /// Its name; empty where the file is one document.
    pub(super) name: &'a str,
    /// The files of its pictures by their addresses; those that stand in it are not among them.
    pub(super) pictures: &'a HashMap<String, Arc<[u8]>>,
}

/// What holds while an element is open.
#[derive(Debug, Clone, Default)]
struct Context {
    look: Look,
    depth: usize,
    is_quote: bool,
    /// Row and column of the table that is open.
    cell: (usize, usize),
    is_note: bool,
    visible: Visible,
    /// The number of the item that comes next, and which it is of how many in its list.
    item: Option<(i64, (usize, usize))>,
}

enum Step {
    Enter(NodeId, Box<Context>),
    /// The block of an element ends.
    Close {
        is_note: bool,
    },
}

impl Hypertext {
    /// Reads a part of a document.
    pub(super) fn read(&mut self, document: &Document<'_>, from: NodeId) {
        let dom = document.dom;
        // What stands around it colours it too.
        let mut around: Vec<NodeId> =
            std::iter::successors(dom.parent(from), |id| dom.parent(*id)).collect();
        around.reverse();
        let mut context = Context::default();
        for id in around {
            context.visible = context.visible.inside(dom, id, document.sheet, 0).0;
        }
        let mut waiting = vec![Step::Enter(from, Box::new(context))];
        while let Some(step) = waiting.pop() {
            match step {
                Step::Close { is_note } => self.scribe(is_note).close(),
                Step::Enter(id, context) => {
                    let node = dom.node(id);
                    if node.is_text() {
                        self.text(&node.text, &context, document.name);
                    } else {
                        self.element(document, id, *context, &mut waiting);
                    }
                }
            }
        }
        self.odd_styles(document);
        if document.sheet.is_exhausted() {
            let name = document.name;
            self.unseen(name, "", "its style sheets are too much to be followed");
        }
    }

    /// Words that stand beside the part that is read are seen, and nobody says them.
    pub(super) fn aside(&mut self, dom: &Dom, main: NodeId) {
        const UNSHOWN: &[&str] = &["head", "script", "style", "template", "title"];
        let mut waiting = vec![super::dom::ROOT];
        while let Some(id) = waiting.pop() {
            let node = dom.node(id);
            if id == main || UNSHOWN.contains(&node.name.as_str()) {
                continue;
            }
            if node.text.chars().any(char::is_alphabetic) {
                self.unseen(
                    "",
                    &node.text,
                    "it stands outside the text, and nobody says it",
                );
            }
            waiting.extend(node.children.iter().rev());
        }
    }

    fn text(&mut self, text: &str, context: &Context, document: &str) {
        let place = self.place(document);
        let scribe = self.scribe(context.is_note);
        scribe.say(text, &context.look, || place);
        if !text.trim().is_empty()
            && let Some(reason) = context.visible.reason(text)
        {
            self.unseen(document, text, reason);
        } else if !text.trim().is_empty() && context.visible.is_faint() {
            let place = self.place(document);
            let text = text.trim().chars().take(60).collect::<String>();
            self.odd.insert(Fault {
                place,
                message: format!("it is hardly seen: “{text}”"),
                unless: None,
            });
        }
    }

    fn unseen(&mut self, document: &str, text: &str, reason: &str) {
        let place = self.place(document);
        self.unseen.push(Unseen {
            place,
            text: text.trim().to_owned(),
            reason: reason.to_owned(),
        });
    }

    /// What the documents say.
    pub(super) fn finish(mut self) -> Said {
        self.compare_sizes();
        let (blocks, notes) = (self.text.finish(), self.notes.finish());
        let pulls = pulls::behind(self.pulls, &blocks);
        if !self.decorations.is_empty() {
            let shown: Vec<String> = self
                .decorations
                .iter()
                .map(|own| own.text.clone())
                .collect();
            let said: Vec<String> = blocks.iter().chain(&notes).map(Block::plain).collect();
            let repeated = repeated(&shown, &said);
            let others = self.decorations.into_iter().zip(repeated);
            let others = others.filter(|(_, is_repeated)| !is_repeated);
            self.unseen.extend(others.map(|(own, _)| own));
        }
        Said {
            sections: self.sections,
            cover: self.cover,
            references: self.references,
            returns: self.returns,
            pulls,
            blocks,
            notes,
            unseen: self.unseen,
            listed: self.listed,
            pages: self.pages,
            odd: self.odd,
        }
    }

    fn scribe(&mut self, is_note: bool) -> &mut Scribe {
        match is_note {
            true => &mut self.notes,
            false => &mut self.text,
        }
    }

    fn place(&self, document: &str) -> String {
        match document {
            "" => format!("block {}", self.blocks),
            document => format!("{document}, block {}", self.blocks),
        }
    }

    fn element(
        &mut self,
        document: &Document<'_>,
        id: NodeId,
        mut context: Context,
        waiting: &mut Vec<Step>,
    ) {
        let (dom, place) = (document.dom, document.name);
        let node = dom.node(id);
        let name = node.name.as_str();
        if is_silent(node) {
            return self.pass_over(document, id);
        }
        let item = context.item.take();
        let number = item.map_or(0, |(number, _)| number);
        let (visible, effects) = context.visible.inside(dom, id, document.sheet, number);
        context.visible = visible;
        // Sheets know what slants in the piece's own language.
        let is_own = context.look.language.is_none();
        if let Some(what) = effects.flattened.filter(|_| is_own) {
            let place = self.place(place);
            let words = dom.words(id);
            let words = words.trim().chars().take(60).collect::<String>();
            self.unlike(
                place,
                name,
                format!("{what} does not look like it: “{words}”"),
            );
        }
        self.measure(node, effects.ratio);
        for words in effects.generated {
            self.unseen(place, &words, "its style writes it, and nobody says it");
        }
        match name {
            "br" => {
                return self
                    .scribe(context.is_note)
                    .say(" ", &context.look, String::new);
            }
            "img" => return self.image(id, &context, document),
            _ => {}
        }
        let own = node.attribute("lang").or(node.attribute("xml:lang"));
        if let Some(own) = own {
            context.look.language = (Some(own) != document.language).then(|| own.to_owned());
        }
        let is_inline = INLINE.contains(&name);
        if is_inline {
            inline(node, &mut context.look);
            if let (true, Some(Link::Note(to))) = (name == "a", &context.look.link) {
                self.references.push(Reference {
                    name: node.attribute("id").unwrap_or_default().to_owned(),
                    to: to.clone(),
                    words: Some(dom.words(id)),
                    is_in_note: context.is_note,
                });
            }
        }
        let mut close = None;
        if !is_inline && !context.is_note {
            let is_note = is_note(node);
            context.is_note = is_note;
            context.is_quote |= name == "blockquote";
            context.depth += usize::from(matches!(name, "ul" | "ol"));
            self.blocks += 1;
            let (place, depth) = (self.place(place), context.depth);
            let role = role(node, context.cell, context.is_quote);
            let role = if is_note { Role::Note } else { role };
            if is_note {
                self.returns.push(Vec::new());
            }
            self.scribe(is_note).open(role, depth, place);
            self.scribe(is_note).dress(dressed(node));
            self.scribe(is_note).turn(turned(node));
            close = Some(Step::Close { is_note });
        } else if !is_inline {
            // The paragraphs of a note are one text.
            self.notes.say(" ", &context.look, String::new);
            self.notes.dress(dressed(node));
        }
        if let Some(name) = node.attribute("id") {
            self.scribe(context.is_note).name(name);
            self.section(node, name, place);
        }
        waiting.extend(close);
        self.signs(node, &context, effects.label, item.map(|(_, place)| place));
        let rows = match name {
            "table" => rows(dom, node),
            _ => Vec::new(),
        };
        let mut children = Vec::new();
        if rows.is_empty() {
            let mut items = items(dom, node).into_iter();
            children.extend(node.children.iter().map(|child| {
                let own = Context {
                    item: (dom.node(*child).name == "li")
                        .then(|| items.next())
                        .flatten(),
                    ..context.clone()
                };
                Step::Enter(*child, Box::new(own))
            }));
        } else {
            self.table(dom, node, &context, &rows, &mut children);
        }
        waiting.extend(children.into_iter().rev());
    }

    /// What stands before the words of an element.
    fn signs(
        &mut self,
        node: &Node,
        context: &Context,
        label: Option<String>,
        place: Option<(usize, usize)>,
    ) {
        let scribe = self.scribe(context.is_note);
        if let Some(text) = label {
            scribe.sign(Sign::Label { text, place });
        }
        if node.name == "hr" && context.visible.reason("*").is_none() {
            scribe.sign(Sign::Break);
        }
    }

    /// A way back from a note, or the number of one that leads back.
    fn returns(&mut self, dom: &Dom, id: NodeId) {
        let is_back =
            |node: &Node| node.says("epub:type", "backlink") || node.says("role", "doc-backlink");
        let node = dom.node(id);
        let inside = node.children.iter().filter(|_| node.says("class", "mark"));
        let all = std::iter::once(&id).chain(inside);
        let found = all.filter(|id| is_back(dom.node(**id))).map(|id| {
            let link = dom.node(*id);
            let address = link.attribute("href").unwrap_or_default();
            let to = address.split_once('#').map_or(address, |(_, to)| to);
            Return {
                to: to.to_owned(),
                words: dom.words(*id),
                label: link.attribute("aria-label").map(canonical_line),
            }
        });
        if let Some(of_note) = self.returns.last_mut() {
            of_note.extend(found);
        }
    }

    /// An element whose words are not read: what it shows to the eye must be said elsewhere.
    fn pass_over(&mut self, of: &Document<'_>, id: NodeId) {
        let (dom, document) = (of.dom, of.name);
        let node = dom.node(id);
        let means =
            |word: &str| node.says("epub:type", word) || node.says("role", &format!("doc-{word}"));
        if node.name == "section" || node.name == "img" {
            self.cover(of, id);
        }
        if means("pagebreak") {
            let label = node.attribute("aria-label").or(node.attribute("title"));
            let label = label.map_or_else(|| dom.words(id), str::to_owned);
            self.pages.push(self.text.page(label.trim().to_owned()));
            return;
        }
        if node.attribute("hidden").is_some() {
            return;
        }
        if node.name == "nav" {
            let place = self.place(document);
            let names = links(dom, id).map(|text| Listed {
                text,
                place: format!("{place}, navigation"),
            });
            return self.listed.extend(names);
        }
        self.returns(dom, id);
        let shown = shown(dom, id);
        let letters = shown.chars().filter(|c| c.is_alphabetic()).count();
        let is_sign = means("backlink") || node.says("class", "mark");
        let is_hidden = node.attribute("aria-hidden") == Some("true");
        let is_pull = letters > 0 || node.says("class", "pull-quote");
        if is_hidden && is_pull && !is_sign {
            self.pulled(document, shown, letters > 0);
        } else if letters > usize::from(is_sign) {
            self.unseen(document, &shown, "it is seen, and nobody says it");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::Head;

    fn said(body: &str) -> (Vec<(Role, String)>, Vec<String>) {
        let dom = Dom::of_html(body.as_bytes());
        let mut hypertext = Hypertext::default();
        let document = Document {
            dom: &dom,
            sheet: &StyleSheet::default(),
            language: Some("en"),
            name: "",
            pictures: &HashMap::new(),
        };
        hypertext.read(&document, super::super::dom::ROOT);
        let Said {
            blocks,
            notes,
            unseen,
            ..
        } = hypertext.finish();
        assert_eq!(unseen, []);
        let text = blocks
            .iter()
            .map(|block| (block.role, block.line()))
            .collect();
        (text, notes.iter().map(Block::line).collect())
    }

    #[test]
    fn every_word_that_is_read_stands_in_one_block() {
        let (text, notes) = said(
            "<h1>T<em>i</em>tle</h1>loose <b>words</b><ul><li>one<ul><li>two</li></ul>after</li></ul>\
             <p>mark<sup><a role=doc-noteref href='#n'>1</a></sup>.</p><p hidden>no</p><nav>no</nav>\
             <aside role=doc-footnote id=n><p><span class=mark>1</span> note <a role=doc-backlink href='#r'>2</a></p></aside>\
             <figure><img alt='A map' src=x><figcaption>Caption</figcaption></figure>\
             <table><caption>C</caption><thead><tr><th>h<th>i<tbody><tr><td colspan=2>a</table>",
        );
        let lines: Vec<&str> = text.iter().map(|(_, line)| line.as_str()).collect();
        let expected = [
            "Title",
            "loose words",
            "one",
            "two",
            "after",
            "mark.",
            "A map",
            "Caption",
            "C",
            "h",
            "i",
            "a",
        ];
        assert_eq!(lines, expected);
        assert_eq!(text[0].0, Role::Heading(1));
        assert_eq!(
            text[10].0,
            Role::Cell {
                head: Head::Column,
                row: 0,
                column: 1
            }
        );
        assert_eq!(
            text[11].0,
            Role::Cell {
                head: Head::None,
                row: 1,
                column: 0
            }
        );
        assert_eq!(notes, ["note"]);
    }
}
