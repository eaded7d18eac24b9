//! One tree for what XML and HTML parsers give: elements with attributes, and text.

mod hypertext;

use std::cell::OnceCell;

use super::ReadError;
use super::document_type::plain_type;

/// The namespace of EPUB's attributes (EPUB 3.3, 6.1.3.1.1).
const OPS: &str = "http://www.idpf.org/2007/ops";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// A node's place in its tree.
pub(crate) type NodeId = usize;

/// The document, which stands above all elements.
pub(crate) const ROOT: NodeId = 0;

/// A document as a tree; unless told otherwise, an empty one.
#[derive(Debug, Clone)]
pub(crate) struct Dom {
    nodes: Vec<Node>,
    /// The place of each node among the children of its parent, once somebody asks.
    places: OnceCell<Vec<usize>>,
}

impl Default for Dom {
    fn default() -> Self {
        let nodes = vec![Node::default()];
        Self {
            nodes,
            places: OnceCell::new(),
        }
    }
}

/// A node of a document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Node {
    /// The name without prefix; empty for text and for what is neither.
    pub(crate) name: String,
    /// Attributes by their names; those of EPUB and XML with the usual prefix.
    attributes: Vec<(String, String)>,
    /// The characters of text.
    pub(crate) text: String,
    pub(crate) children: Vec<NodeId>,
    parent: Option<NodeId>,
}

impl Node {
    /// The value of an attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Gives an attribute that it has another value, or takes it away.
    pub(super) fn alter(&mut self, name: &str, value: Option<&str>) {
        match value {
            Some(value) => {
                let own = self.attributes.iter_mut().find(|(own, _)| own == name);
                if let Some((_, own)) = own {
                    value.clone_into(own);
                }
            }
            None => self.attributes.retain(|(own, _)| own != name),
        }
    }

    /// All attributes with their values.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.attributes.iter();
        all.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether an attribute that holds words holds this one.
    pub(crate) fn says(&self, attribute: &str, word: &str) -> bool {
        let words = self.attribute(attribute).unwrap_or_default();
        words.split_ascii_whitespace().any(|own| own == word)
    }

    /// Whether it is text.
    pub(crate) fn is_text(&self) -> bool {
        self.name.is_empty() && !self.text.is_empty()
    }
}

impl Dom {
    /// The tree of a document in XML. Entities of its own are expanded within the parser's bounds; nothing outside is read.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] for what is not well-formed.
    pub(crate) fn of_xml(text: &str, part: &str) -> Result<Self, ReadError> {
        plain_type(text, part)?;
        let options = roxmltree::ParsingOptions {
            allow_dtd: true,
            ..roxmltree::ParsingOptions::default()
        };
        let document = roxmltree::Document::parse_with_options(text, options).map_err(|error| {
            ReadError::damaged(format!("`{part}` is no well-formed XML: {error}"))
        })?;
        let mut dom = Self::default();
        // Nodes come in document order, each after its parent.
        let mut ids = vec![ROOT];
        for node in document.descendants().skip(1) {
            let at = node.id().get_usize();
            if !(node.is_element() || node.is_text()) {
                continue;
            }
            let parent = node.parent();
            let parent = parent.and_then(|parent| ids.get(parent.id().get_usize()));
            let attributes = node.attributes().map(|attribute| {
                let name = attribute.name();
                let name = match attribute.namespace() {
                    Some(OPS) => ["epub:", name].concat(),
                    Some(XML) => ["xml:", name].concat(),
                    _ => name.to_owned(),
                };
                (name, attribute.value().to_owned())
            });
            let id = dom.add(
                Node {
                    name: node.tag_name().name().to_owned(),
                    attributes: attributes.collect(),
                    text: match node.is_text() {
                        true => node.text().unwrap_or_default().to_owned(),
                        false => String::new(),
                    },
                    ..Node::default()
                },
                parent.copied().unwrap_or(ROOT),
            );
            ids.resize(at, ROOT);
            ids.push(id);
        }
        Ok(dom)
    }

    pub(crate) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id]
    }

    /// All nodes, to be changed.
    pub(super) fn nodes_mut(&mut self) -> impl Iterator<Item = &mut Node> {
        self.nodes.iter_mut()
    }

    /// All elements of a name, in document order.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.descendants(ROOT)
            .map(|id| self.node(id))
            .filter(move |node| node.name == name)
    }

    /// The first element of a name.
    pub(crate) fn first(&self, name: &str) -> Option<NodeId> {
        self.descendants(ROOT)
            .find(|id| self.node(*id).name == name)
    }

    /// A node and all below it, in document order.
    pub(crate) fn descendants(&self, from: NodeId) -> impl Iterator<Item = NodeId> {
        let mut waiting = vec![from];
        std::iter::from_fn(move || {
            let id = waiting.pop()?;
            waiting.extend(self.node(id).children.iter().rev());
            Some(id)
        })
    }

    /// The node that a node stands in.
    pub(super) fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.nodes[id].parent
    }

    /// The elements before one in the same parent, the nearest first.
    pub(super) fn siblings_before(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let siblings = self.siblings(id);
        let at = self.place(id).min(siblings.len());
        self.elements(siblings[..at].iter().rev())
    }

    /// The elements behind one in the same parent.
    pub(super) fn siblings_after(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let siblings = self.siblings(id);
        let from = (self.place(id) + 1).min(siblings.len());
        self.elements(siblings[from..].iter())
    }

    fn siblings(&self, id: NodeId) -> &[NodeId] {
        let parent = self.nodes[id].parent;
        parent.map_or(&[], |parent| &self.nodes[parent].children)
    }

    fn place(&self, id: NodeId) -> usize {
        let places = self.places.get_or_init(|| {
            let mut places = vec![0; self.nodes.len()];
            for node in &self.nodes {
                for (place, child) in node.children.iter().enumerate() {
                    places[*child] = place;
                }
            }
            places
        });
        places[id]
    }

    fn elements<'a>(
        &'a self,
        ids: impl Iterator<Item = &'a NodeId>,
    ) -> impl Iterator<Item = NodeId> {
        ids.copied().filter(|id| !self.nodes[*id].name.is_empty())
    }

    /// Whether an element of this name is a node, or stands in it.
    pub(crate) fn holds(&self, from: NodeId, name: &str) -> bool {
        self.descendants(from).any(|id| self.node(id).name == name)
    }

    /// The words of an element's own text.
    pub(crate) fn words_of(&self, node: &Node) -> String {
        node.children
            .iter()
            .map(|child| self.node(*child).text.as_str())
            .collect()
    }

    /// The words of a node and all below it.
    pub(crate) fn words(&self, from: NodeId) -> String {
        self.descendants(from)
            .map(|id| self.node(id).text.as_str())
            .collect()
    }

    /// The same without the marks of notes, which are part of no name, and without the raised comma between two of them.
    pub(crate) fn unmarked(&self, from: NodeId) -> String {
        let mut words = String::new();
        let mut waiting = vec![from];
        while let Some(id) = waiting.pop() {
            let node = self.node(id);
            let is_mark = node.says("epub:type", "noteref") || node.says("role", "doc-noteref");
            let is_between = node.name == "sup" && matches!(&*self.words(id), "," | "،");
            if !is_mark && !is_between {
                words.push_str(&node.text);
                waiting.extend(node.children.iter().rev());
            }
        }
        words
    }

    fn add(&mut self, node: Node, parent: NodeId) -> NodeId {
        let id = self.nodes.len();
        self.nodes.push(Node {
            parent: Some(parent),
            ..node
        });
        self.nodes[parent].children.push(id);
        id
    }
}

/// The first element down a path of names.
pub(crate) fn below<'a>(dom: &'a Dom, from: &'a Node, path: &[&str]) -> Option<&'a Node> {
    path.iter().try_fold(from, |node, name| {
        let children = node.children.iter();
        children
            .map(|child: &NodeId| dom.node(*child))
            .find(|child| child.name == **name)
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn xml_and_html_give_the_same_tree() {
        let body = "<p class=\"a b\">one <em>two</em> &amp; three</p>";
        let xml = format!("<html><head/><body>{body}</body></html>");
        let xml = Dom::of_xml(&xml, "x").unwrap();
        let html = Dom::of_html(body.as_bytes());
        for dom in [&xml, &html] {
            let paragraph = dom.first("p").unwrap();
            assert_eq!(dom.words(paragraph), "one two & three");
            assert!(dom.node(paragraph).says("class", "b"));
            assert_eq!(dom.all("em").count(), 1);
        }
    }

    #[test]
    fn bombs_of_entities_are_refused() {
        let mut bomb = "<!DOCTYPE a [<!ENTITY e0 \"aaaaaaaaaa\">".to_owned();
        for level in 1..10 {
            let inner = format!("&e{};", level - 1).repeat(10);
            bomb.push_str(&format!("<!ENTITY e{level} \"{inner}\">"));
        }
        bomb.push_str("]><a>&e9;</a>");
        assert!(Dom::of_xml(&bomb, "x").is_err());
        let outside = "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a>&e;</a>";
        assert!(Dom::of_xml(outside, "x").is_err());
    }

    #[test]
    fn misnested_markup_is_read_as_browsers_read_it() {
        let dom = Dom::of_html(b"<table><tr><td>a</td>lost</tr></table><b><p>x</b>y</p>");
        let body = dom.first("body").unwrap();
        assert_eq!(dom.words(body), "lostaxy");
    }
}
