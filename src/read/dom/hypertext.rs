//! The tree of a document in HTML: what the parser finds becomes nodes (HTML, 13.2).

use std::borrow::Cow;
use std::cell::{Ref, RefCell};

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, LocalName, Namespace, ParseOpts, QualName, parse_document};

use super::{Dom, Node, NodeId, ROOT};

impl Dom {
    /// The tree of a document in HTML, as browsers build it (HTML, 13.2).
    pub(crate) fn of_html(bytes: &[u8]) -> Self {
        let sink = Sink(RefCell::default());
        parse_document(sink, ParseOpts::default())
            .from_utf8()
            .one(bytes)
    }

    fn detach(&mut self, id: NodeId) {
        if let Some(parent) = self.nodes[id].parent.take() {
            self.nodes[parent].children.retain(|child| *child != id);
        }
    }

    /// Puts a node, or text, into a place among the children of a parent; text joins that before it.
    fn insert(&mut self, parent: NodeId, at: usize, child: NodeOrText<NodeId>) {
        match child {
            NodeOrText::AppendNode(id) => {
                self.detach(id);
                self.nodes[id].parent = Some(parent);
                let at = at.min(self.nodes[parent].children.len());
                self.nodes[parent].children.insert(at, id);
            }
            NodeOrText::AppendText(text) => {
                let before = at.checked_sub(1).map(|at| self.nodes[parent].children[at]);
                match before.filter(|before| self.nodes[*before].is_text()) {
                    Some(before) => self.nodes[before].text.push_str(&text),
                    None => {
                        let id = self.nodes.len();
                        let text = text.to_string();
                        self.nodes.push(Node {
                            text,
                            parent: Some(parent),
                            ..Node::default()
                        });
                        self.nodes[parent].children.insert(at, id);
                    }
                }
            }
        }
    }
}

/// Takes what the HTML parser finds.
struct Sink(RefCell<Dom>);

/// The name of an element, as the parser asks for it.
#[derive(Debug)]
struct Name {
    namespace: Namespace,
    local: LocalName,
}

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.namespace
    }

    fn local_name(&self) -> &LocalName {
        &self.local
    }
}

impl Sink {
    fn dom(&self) -> Ref<'_, Dom> {
        self.0.borrow()
    }

    fn new_node(&self, node: Node) -> NodeId {
        let mut dom = self.0.borrow_mut();
        dom.nodes.push(node);
        dom.nodes.len() - 1
    }
}

/// The namespaces of foreign content, as a node's `xmlns` says them.
const NAMESPACE: &str = "xmlns";

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Dom;
    type ElemName<'a> = Name;

    fn finish(self) -> Dom {
        self.0.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        ROOT
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Name {
        let dom = self.dom();
        let node = dom.node(*target);
        Name {
            namespace: Namespace::from(node.attribute(NAMESPACE).unwrap_or_default()),
            local: LocalName::from(node.name.as_str()),
        }
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        _: ElementFlags,
    ) -> NodeId {
        let own = [(NAMESPACE.to_owned(), name.ns.to_string())];
        let attributes = attributes.into_iter();
        let attributes = attributes.map(|attribute| {
            (
                attribute.name.local.to_string(),
                attribute.value.to_string(),
            )
        });
        self.new_node(Node {
            name: name.local.to_string(),
            attributes: own.into_iter().chain(attributes).collect(),
            ..Node::default()
        })
    }

    fn create_comment(&self, _: StrTendril) -> NodeId {
        self.new_node(Node::default())
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> NodeId {
        self.new_node(Node::default())
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        let mut dom = self.0.borrow_mut();
        let end = dom.node(*parent).children.len();
        dom.insert(*parent, end, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeId,
        previous: &NodeId,
        child: NodeOrText<NodeId>,
    ) {
        match self.dom().node(*element).parent {
            Some(_) => {}
            None => return self.append(previous, child),
        }
        self.append_before_sibling(element, child);
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    /// The contents of a template are its children here: nothing of it is read.
    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        *target
    }

    fn same_node(&self, a: &NodeId, b: &NodeId) -> bool {
        a == b
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        let mut dom = self.0.borrow_mut();
        if let NodeOrText::AppendNode(id) = &child {
            dom.detach(*id);
        }
        let Some(parent) = dom.node(*sibling).parent else {
            return;
        };
        let children = &dom.node(parent).children;
        let at = children.iter().position(|child| child == sibling);
        let at = at.unwrap_or(children.len());
        dom.insert(parent, at, child);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        let mut dom = self.0.borrow_mut();
        for attribute in attributes {
            let name = attribute.name.local.to_string();
            if dom.node(*target).attribute(&name).is_none() {
                dom.nodes[*target]
                    .attributes
                    .push((name, attribute.value.to_string()));
            }
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.0.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        let mut dom = self.0.borrow_mut();
        let children = std::mem::take(&mut dom.nodes[*node].children);
        for child in &children {
            dom.nodes[*child].parent = Some(*new_parent);
        }
        dom.nodes[*new_parent].children.extend(children);
    }
}
