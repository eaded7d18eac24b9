//! What a block of metadata says, and how its fields are read.

use std::collections::BTreeSet;

use roxmltree::Node;
use serde_json::Value;

/// What a block says; empty or nothing where its format has no place for it.
#[derive(Debug, Default)]
pub(crate) struct Block {
    pub(crate) name: &'static str,
    pub(crate) creators: Vec<String>,
    pub(crate) contributors: Option<Vec<String>>,
    /// The roles of the contributors, as relator codes.
    pub(crate) roles: Vec<String>,
    /// All identifiers of a list that holds every kind.
    pub(crate) identifiers: BTreeSet<String>,
    /// The identifier of a field that holds one of any kind.
    pub(crate) best: Option<String>,
    pub(crate) doi: Option<String>,
    pub(crate) isbn: Option<String>,
    pub(crate) orcids: BTreeSet<String>,
    pub(crate) ror: Option<String>,
    pub(crate) topics: Option<BTreeSet<String>>,
    pub(crate) publisher: Option<String>,
    pub(crate) rights: Option<String>,
    pub(crate) license: Option<String>,
    pub(crate) source: Option<String>,
}

/// Contributors by the names of their roles: the relator codes, and the people.
pub(crate) fn by_role(
    named: &[(&str, &str)],
    all: impl Fn(&str) -> Vec<String>,
) -> (Vec<String>, Vec<String>) {
    let mut found = (Vec::new(), Vec::new());
    for (code, name) in named {
        for person in all(name) {
            found.0.push((*code).to_owned());
            found.1.push(person);
        }
    }
    found
}

pub(crate) fn split(list: &str) -> Vec<String> {
    let parts = list.split("; ").filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

pub(crate) fn values(pairs: &[(String, String)], name: &str) -> Vec<String> {
    let pairs = pairs.iter().filter(|(known, _)| known == name);
    pairs.map(|(_, value)| value.clone()).collect()
}

pub(crate) fn elements<'a>(
    xml: &'a roxmltree::Document<'a>,
    name: &'a str,
) -> impl Iterator<Item = Node<'a, 'a>> {
    let nodes = xml.descendants();
    nodes.filter(move |node| node.is_element() && node.tag_name().name() == name)
}

pub(crate) fn texts<'a>(nodes: impl Iterator<Item = Node<'a, 'a>>) -> Vec<String> {
    nodes.map(text_of).collect()
}

pub(crate) fn text_of(node: Node<'_, '_>) -> String {
    let texts = node.descendants().filter(Node::is_text);
    texts
        .filter_map(|text| text.text())
        .collect::<String>()
        .trim()
        .to_owned()
}

pub(crate) fn array(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Two attributes of each element of a page in HTML, whose empty elements no reader of XML takes.
pub(crate) fn attributes_of(
    page: &str,
    element: &str,
    first: &str,
    second: &str,
) -> Vec<(String, String)> {
    let begin = format!("<{element} ");
    let tags = page.split(&begin).skip(1);
    let tags = tags
        .filter_map(|rest| rest.split_once('>'))
        .map(|(tag, _)| tag);
    let value = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!("{name}=\""))?;
        let raw = rest.split_once('"')?.0;
        Some(quick_xml::escape::unescape(raw).unwrap().into_owned())
    };
    tags.filter_map(|tag| Some((value(tag, first)?, value(tag, second)?)))
        .collect()
}

/// A name as it is spoken, of one whose family name may stand before a comma; a whole name has nothing behind it.
pub(crate) fn natural(name: &str) -> String {
    match name.split_once(", ") {
        Some((family, given)) => format!("{given} {family}"),
        None => name.trim_end_matches(',').to_owned(),
    }
}
