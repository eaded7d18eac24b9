//! The words of a part, paragraph by paragraph, whatever is made of them: what the reading of it is held against.

use super::super::Changes;
use super::symbols::{self, Faces};
use crate::read::docx::styles::is_on;
use crate::read::dom::{Dom, Node, NodeId, ROOT, below};

/// Elements whose words are not those of the document: instructions, and what stands beside what is read.
const ASIDE: &[&str] = &[
    "instrText",
    "delInstrText",
    "fldData",
    "pPr",
    "rPr",
    "sectPr",
    "binData",
];

/// The words of each paragraph; those that a tracked change took away, and hidden ones, stand apart.
pub(super) fn of(dom: &Dom, changes: Changes) -> Vec<String> {
    of_node(dom, ROOT, changes)
}

/// The words of each paragraph below a node.
pub(super) fn of_node(dom: &Dom, from: NodeId, changes: Changes) -> Vec<String> {
    let gone = match changes {
        Changes::Accept => ["del", "moveFrom"],
        Changes::Reject => ["ins", "moveTo"],
    };
    let mut texts = vec![String::new()];
    // The text of a large first letter, which stands in a paragraph of its own before that of its word.
    let mut cap = None;
    // What is to come, with the text it belongs to.
    let mut waiting = vec![(from, 0, Faces::default())];
    while let Some((id, mut own, mut faces)) = waiting.pop() {
        let node = dom.node(id);
        match node.name.as_str() {
            name if ASIDE.contains(&name) => continue,
            "p" | "pt" => {
                own = cap.take().unwrap_or_else(|| {
                    texts.push(String::new());
                    texts.len() - 1
                });
                cap = is_drop_cap(dom, node).then_some(own);
            }
            // Readings stand above the words that they say.
            "rt" => {
                own = texts.len();
                texts.push(String::new());
            }
            name if gone.contains(&name) => {
                own = texts.len();
                texts.push(String::new());
            }
            "r" => {
                faces = Faces::of(dom, node);
                if stands_apart(dom, node) {
                    own = texts.len();
                    texts.push(String::new());
                }
            }
            "t" | "delText" => {
                texts[own].push_str(&faces.seen(&dom.words_of(node)).0);
                continue;
            }
            "sym" => texts[own].extend(symbols::sym(node).map(|(sign, _)| sign)),
            "tab" | "br" | "cr" | "footnoteReference" | "endnoteReference" => texts[own].push(' '),
            "noBreakHyphen" => texts[own].push('\u{2011}'),
            "v" if node.children.iter().any(|child| dom.node(*child).is_text()) => {
                texts[own].push_str(&dom.words_of(node));
                texts[own].push(' ');
                continue;
            }
            "AlternateContent" => {
                let named = |name: &str| {
                    node.children
                        .iter()
                        .find(|child| dom.node(**child).name == name)
                };
                let read = named("Choice").or_else(|| named("Fallback"));
                waiting.extend(read.map(|id| (*id, own, faces)));
                continue;
            }
            _ => {}
        }
        let below = node.children.iter().rev();
        waiting.extend(below.map(|child| (*child, own, faces)));
    }
    texts.retain(|text| !text.trim().is_empty());
    texts
}

/// Whether a paragraph is the large first letter of the next (ISO 29500-1, 17.3.1.11).
pub(super) fn is_drop_cap(dom: &Dom, paragraph: &Node) -> bool {
    let frame = below(dom, paragraph, &["pPr", "framePr"]);
    let kind = frame.and_then(|frame| frame.attribute("dropCap"));
    matches!(kind, Some("drop" | "margin"))
}

/// Whether a run is hidden, or the number of a note.
fn stands_apart(dom: &Dom, run: &Node) -> bool {
    let style = below(dom, run, &["rPr", "rStyle"])
        .and_then(|style| style.attribute("val"))
        .unwrap_or_default();
    let is_number = style.to_lowercase().ends_with("notereference");
    is_number || is_on(dom, run, "vanish") == Some(true)
}
