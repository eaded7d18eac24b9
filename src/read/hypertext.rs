//! Hypertext, in HTML or XHTML, to blocks.

use crate::compose::{Head, Role, Shift};

use super::dom::{Dom, Node, NodeId};
use super::reading::{Block, Link, Look, Scribe};

/// Elements that are part of a line; all others begin a block.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// Elements whose contents nobody reads.
const SILENT: &[&str] = &[
    "head", "script", "style", "template", "nav", "noscript", "object", "svg", "math", "iframe",
    "audio", "video", "canvas", "button", "select", "textarea", "title",
];

/// What the documents of a file say.
#[derive(Debug, Default)]
pub(super) struct Hypertext {
    text: Scribe,
    notes: Scribe,
    /// How many were begun, for naming their places.
    blocks: usize,
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
}

enum Step {
    Enter(NodeId, Context),
    /// The block of an element ends.
    Close {
        is_note: bool,
    },
}

impl Hypertext {
    /// Reads a part of a document. `language` is the file's, `place` names the document.
    pub(super) fn read(&mut self, dom: &Dom, from: NodeId, language: Option<&str>, place: &str) {
        let mut waiting = vec![Step::Enter(from, Context::default())];
        while let Some(step) = waiting.pop() {
            match step {
                Step::Close { is_note } => self.scribe(is_note).close(),
                Step::Enter(id, context) => {
                    let node = dom.node(id);
                    if node.is_text() {
                        let place = self.place(place);
                        let scribe = self.scribe(context.is_note);
                        scribe.say(&node.text, &context.look, || place);
                    } else {
                        self.element(dom, node, context, language, place, &mut waiting);
                    }
                }
            }
        }
    }

    /// The blocks of the text, and those of notes.
    pub(super) fn finish(self) -> (Vec<Block>, Vec<Block>) {
        (self.text.finish(), self.notes.finish())
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
        dom: &Dom,
        node: &Node,
        mut context: Context,
        language: Option<&str>,
        place: &str,
        waiting: &mut Vec<Step>,
    ) {
        let name = node.name.as_str();
        if is_silent(node) {
            return;
        }
        match name {
            "br" => {
                return self
                    .scribe(context.is_note)
                    .say(" ", &context.look, String::new);
            }
            "img" => return self.image(node, &context, place),
            _ => {}
        }
        let own = node.attribute("lang").or(node.attribute("xml:lang"));
        if let Some(own) = own {
            context.look.language = (Some(own) != language).then(|| own.to_owned());
        }
        let is_inline = INLINE.contains(&name);
        if is_inline {
            inline(node, &mut context.look);
        }
        let mut close = None;
        if !is_inline && !context.is_note {
            let is_note = is_note(node);
            context.is_note = is_note;
            context.is_quote |= name == "blockquote";
            context.depth += usize::from(matches!(name, "ul" | "ol"));
            self.blocks += 1;
            let (place, depth) = (self.place(place), context.depth);
            let role = role(node, &context);
            let role = if is_note { Role::Note } else { role };
            self.scribe(is_note).open(role, depth, place);
            close = Some(Step::Close { is_note });
        } else if !is_inline {
            // The paragraphs of a note are one text.
            self.notes.say(" ", &context.look, String::new);
        }
        waiting.extend(close);
        let rows = match name {
            "table" => rows(dom, node),
            _ => Vec::new(),
        };
        let mut children = Vec::new();
        if rows.is_empty() {
            let all = node.children.iter();
            children.extend(all.map(|child| Step::Enter(*child, context.clone())));
        } else {
            self.table(dom, node, &context, &rows, &mut children);
        }
        waiting.extend(children.into_iter().rev());
    }

    /// A table: what stands beside its rows first, then its cells with their places.
    fn table(
        &mut self,
        dom: &Dom,
        node: &Node,
        context: &Context,
        rows: &[NodeId],
        children: &mut Vec<Step>,
    ) {
        let captions = node
            .children
            .iter()
            .filter(|child| dom.node(**child).name == "caption");
        children.extend(captions.map(|caption| Step::Enter(*caption, context.clone())));
        for (row, id) in rows.iter().enumerate() {
            let cells = dom.node(*id).children.iter();
            let cells = cells.filter(|cell| matches!(dom.node(**cell).name.as_str(), "td" | "th"));
            let mut column = 0;
            for cell in cells {
                let own = Context {
                    cell: (row, column),
                    ..context.clone()
                };
                children.push(Step::Enter(*cell, own));
                let span = dom
                    .node(*cell)
                    .attribute("colspan")
                    .and_then(|span| span.parse().ok());
                column += span.unwrap_or(1_usize).clamp(1, 1000);
            }
        }
    }

    fn image(&mut self, node: &Node, context: &Context, place: &str) {
        let words = node.attribute("alt").unwrap_or_default();
        self.blocks += 1;
        let place = self.place(place);
        let scribe = self.scribe(context.is_note);
        scribe.open(Role::Alternative, context.depth, place);
        scribe.say(words, &Look::default(), String::new);
        scribe.close();
    }
}

/// Whether nobody reads an element: hidden things, navigation, page breaks, ways back from notes, numbers before notes.
fn is_silent(node: &Node) -> bool {
    let means =
        |word: &str| node.says("epub:type", word) || node.says("role", &format!("doc-{word}"));
    SILENT.contains(&node.name.as_str())
        || node.attribute("hidden").is_some()
        || node.attribute("aria-hidden") == Some("true")
        || means("pagebreak")
        || means("backlink")
        // A cover's image repeats the title page.
        || means("cover")
        || node.says("class", "mark") && node.name == "span"
}

fn is_note(node: &Node) -> bool {
    let words = ["footnote", "endnote", "rearnote"];
    words
        .iter()
        .any(|word| node.says("epub:type", word) || node.says("role", &format!("doc-{word}")))
}

fn role(node: &Node, context: &Context) -> Role {
    let (row, column) = context.cell;
    match node.name.as_str() {
        "h1" => Role::Heading(1),
        "h2" => Role::Heading(2),
        "h3" => Role::Heading(3),
        "h4" => Role::Heading(4),
        "h5" => Role::Heading(5),
        "h6" => Role::Heading(6),
        "td" => Role::Cell {
            head: Head::None,
            row,
            column,
        },
        "th" => Role::Cell {
            head: match node.attribute("scope") {
                Some("row" | "rowgroup") => Head::Row,
                // Unsaid, what stands in the first row heads its column (HTML, 4.9.12.2).
                None if row > 0 => Head::Row,
                _ => Head::Column,
            },
            row,
            column,
        },
        _ if context.is_quote => Role::Quote,
        _ => Role::Paragraph,
    }
}

/// What an element of a line says of its text.
fn inline(node: &Node, look: &mut Look) {
    match node.name.as_str() {
        "em" | "i" => look.emphasis = true,
        "strong" | "b" => look.strong = true,
        "sup" => look.shift = Shift::Superscript,
        "sub" => look.shift = Shift::Subscript,
        "a" => {
            if let Some(address) = node.attribute("href") {
                look.link = Some(link(node, address));
            }
        }
        _ => {}
    }
}

fn link(node: &Node, address: &str) -> Link {
    let fragment = address.split_once('#').map(|(_, fragment)| fragment);
    let is_reference = node.says("epub:type", "noteref") || node.says("role", "doc-noteref");
    let inside = fragment.unwrap_or(address).to_owned();
    match is_reference {
        true => Link::Note(inside),
        // A scheme leads outside (RFC 3986, 3.1); what is relative stays in the file.
        false if url::Url::parse(address).is_ok() || address.starts_with("//") => {
            Link::Outside(address.to_owned())
        }
        false => Link::Inside(inside),
    }
}

/// The rows of a table, its groups opened; rows of tables inside it are theirs.
fn rows(dom: &Dom, table: &Node) -> Vec<NodeId> {
    let mut found = Vec::new();
    for child in &table.children {
        match dom.node(*child).name.as_str() {
            "tr" => found.push(*child),
            "thead" | "tbody" | "tfoot" => {
                let rows = dom.node(*child).children.iter();
                found.extend(rows.filter(|row| dom.node(**row).name == "tr"));
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(body: &str) -> (Vec<(Role, String)>, Vec<String>) {
        let dom = Dom::of_html(body.as_bytes());
        let mut hypertext = Hypertext::default();
        hypertext.read(&dom, super::super::dom::ROOT, Some("en"), "");
        let (text, notes) = hypertext.finish();
        let text = text
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
             <aside role=doc-footnote id=n><p><span class=mark>1</span> note <a role=doc-backlink href='#r'>back</a></p></aside>\
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
