//! What stands in editions: elements and attributes. Whatever else stands in one, somebody put there, and it may show other than is
//! said. The tables are data: `word.txt` and `hypertext.txt`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::super::dom::{Dom, Node, ROOT};
use super::faults::Faults;

/// The elements of a kind of part: each in its parent, or in none, with its attributes.
type Elements = BTreeMap<&'static str, BTreeMap<&'static str, Attributes>>;
/// Attributes with the values that they have; any where there are none.
type Attributes = BTreeMap<&'static str, BTreeSet<&'static str>>;

/// The tables of a file's kind, by the kinds of parts.
type Tables = BTreeMap<&'static str, Elements>;

/// What names an element's parent where that does not matter.
const ANY: &str = "*";
/// Under this stand the attributes that none lacks of an element.
const NEEDED: &str = "!";

/// Tells what stands in a part of a Word document that stands in none of an edition (`text`, `settings`, `numbering`, `styles`).
pub(in crate::read) fn word(part: &Dom, table: &str, place: &str, faults: &mut Faults) {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    let tables = TABLES.get_or_init(|| tables(include_str!("word.txt"), Parents::Named));
    let Some(elements) = tables.get(table) else {
        return;
    };
    judge(part, place, faults, |node, parent| {
        elements.get(parent.unwrap_or("-"))?.get(node)
    });
}

/// Tells what stands in a document of hypertext that stands in none of an edition.
pub(in crate::read) fn hypertext(document: &Dom, place: &str, faults: &mut Faults) {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    let tables = TABLES.get_or_init(|| tables(include_str!("hypertext.txt"), Parents::Unnamed));
    let Some(elements) = tables.get("text").and_then(|elements| elements.get(ANY)) else {
        return;
    };
    let shared = elements.get(ANY);
    let mut seen = BTreeSet::new();
    for id in document.descendants(ROOT) {
        let node = document.node(id);
        if node.name.is_empty() {
            continue;
        }
        let Some(own) = elements.get(node.name.as_str()) else {
            if seen.insert(node.name.clone()) {
                faults.add(
                    place,
                    format!("there is an element `{}`, which no edition has", node.name),
                );
            }
            continue;
        };
        // The name of the namespace is an attribute to parsers of HTML.
        for (name, value) in node.attributes().filter(|(name, _)| *name != "xmlns") {
            let known = own.get(name).or_else(|| shared?.get(name));
            tell(node, (name, value), known, (place, &mut seen), faults);
        }
    }
}

fn judge<'t>(
    part: &Dom,
    place: &str,
    faults: &mut Faults,
    table: impl Fn(&str, Option<&str>) -> Option<&'t Attributes>,
) {
    let mut seen = BTreeSet::new();
    for id in part.descendants(ROOT) {
        let node = part.node(id);
        if node.name.is_empty() {
            continue;
        }
        let parent = part.parent(id).map(|parent| part.node(parent));
        let parent = parent
            .map(|parent| parent.name.as_str())
            .filter(|name| !name.is_empty());
        let Some(own) = table(&node.name, parent) else {
            if seen.insert(node.name.clone()) {
                faults.add(
                    place,
                    format!(
                        "there is an element `{}`, which no edition has there",
                        node.name
                    ),
                );
            }
            continue;
        };
        for name in own.get(NEEDED).into_iter().flatten() {
            if node.attribute(name).is_none() && seen.insert(format!("{}@{name}", node.name)) {
                faults.add(place, format!("`{}` does not say its `{name}`", node.name));
            }
        }
        for (name, value) in node.attributes() {
            tell(
                node,
                (name, value),
                own.get(name),
                (place, &mut seen),
                faults,
            );
        }
    }
}

/// Tells an attribute that is not known, or has a value that is not; each once in a part.
fn tell(
    node: &Node,
    (name, value): (&str, &str),
    known: Option<&BTreeSet<&'static str>>,
    (place, seen): (&str, &mut BTreeSet<String>),
    faults: &mut Faults,
) {
    if known.is_some_and(|values| values.is_empty() || values.contains(value)) {
        return;
    }
    let told = format!("`{}` has `{name}=\"{}\"`", node.name, shortened(value));
    if seen.insert(told.clone()) {
        faults.add(place, format!("{told}, which no edition has"));
    }
}

fn shortened(value: &str) -> String {
    const SHOWN: usize = 60;
    match value.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}

/// Whether the lines of a table begin with the parent of their element.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Parents {
    Named,
    Unnamed,
}

/// Reads the tables of a file of them.
fn tables(text: &'static str, parents: Parents) -> Tables {
    let mut tables = Tables::new();
    let mut table = "";
    for line in text.lines().map(str::trim) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix('[') {
            table = name.trim_end_matches(']');
            continue;
        }
        let mut words = line.split(' ');
        let parent = match parents {
            Parents::Named => words.next().unwrap_or_default(),
            Parents::Unnamed => ANY,
        };
        let element = words.next().unwrap_or_default();
        let elements = tables.entry(table).or_default();
        let own = elements
            .entry(parent)
            .or_default()
            .entry(element)
            .or_default();
        for word in words {
            let is_needed = word.starts_with(NEEDED);
            let (name, values) = match word.trim_start_matches(NEEDED).split_once('=') {
                Some((name, values)) => (name, values.split('|').collect()),
                None => (word.trim_start_matches(NEEDED), BTreeSet::new()),
            };
            own.insert(name, values);
            if is_needed {
                own.entry(NEEDED).or_default().insert(name);
            }
        }
    }
    tables
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn what_no_edition_has_is_told_once() {
        let part = "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t xml:space='preserve'>a</w:t></w:r></w:p>\
            <w:p><w:pPr><w:jc w:val='distribute'/><w:framePr/></w:pPr><w:r w:rsidR='1'/><w:r w:rsidR='1'/></w:p></w:body></w:document>";
        let part = Dom::of_xml(part, "document.xml").unwrap();
        let mut faults = Faults::default();
        word(&part, "text", "the text", &mut faults);
        let told: Vec<String> = faults.finish().into_iter().map(|own| own.message).collect();
        assert_eq!(
            told,
            [
                "`jc` has `val=\"distribute\"`, which no edition has",
                "there is an element `framePr`, which no edition has there",
                "`r` has `rsidR=\"1\"`, which no edition has",
            ]
        );
        let document =
            Dom::of_html(b"<html><body><p class=date>a <u>b</u></p><ul compact><li>c</ul>");
        let mut faults = Faults::default();
        hypertext(&document, "", &mut faults);
        assert_eq!(faults.finish().len(), 2);
    }
}
