//! How the metadata of our PDFs are said: each property as the kind of value that it has, once, in no language (ISO 16684-1, 6.3 and 8).

use super::super::dom::{Dom, ROOT};
use super::super::soundness::Faults;

/// The properties of several values, and what holds these.
const HELD: &[(&str, &str)] = &[
    ("title", "Alt"),
    ("description", "Alt"),
    ("rights", "Alt"),
    ("creator", "Seq"),
    ("date", "Seq"),
    ("contributor", "Bag"),
    ("subject", "Bag"),
    ("publisher", "Bag"),
    ("language", "Bag"),
    ("relation", "Bag"),
    ("Identifier", "Bag"),
];
/// What the schema of PDF/UA says of its one property (ISO 19005-2, 6.6.2.3).
const SCHEMA: &[(&str, &[&str])] = &[
    ("valueType", &["Integer"]),
    ("category", &["internal"]),
    ("schema", &["PDF/UA identification schema"]),
    ("namespaceURI", &["http://www.aiim.org/pdfua/ns/id/"]),
    ("prefix", &["pdfuaid"]),
];
const PLACE: &str = "the metadata";

/// Judges the metadata of a file of ours; programs that save one again may put statements of their own there, and in no language either.
pub(super) fn judge(xmp: &Dom, is_saved_again: bool, faults: &mut Faults) {
    for id in xmp.descendants(ROOT) {
        let node = xmp.node(id);
        let language = node
            .attribute("lang")
            .or(node.attribute("xml:lang"))
            .unwrap_or("x-default");
        if language != "x-default" {
            let words: String = xmp.words(id).trim().chars().take(60).collect();
            faults.add(
                PLACE,
                format!("“{words}” is said to be in the language `{language}`"),
            );
        }
        if node.name == "Description" {
            for child in &node.children {
                let own = xmp.node(*child);
                let Some((name, holds)) = HELD.iter().find(|(name, _)| *name == own.name) else {
                    continue;
                };
                let mut kinds = own.children.iter().map(|id| xmp.node(*id));
                let kinds = kinds.find(|kind| !kind.is_text() && !kind.name.is_empty());
                if kinds.is_some_and(|kind| kind.name != *holds) && !is_saved_again {
                    faults.add(
                        PLACE,
                        format!("`{name}` is said as a list of another kind than in editions"),
                    );
                }
            }
        }
        if let Some((name, values)) = SCHEMA.iter().find(|(name, _)| *name == node.name) {
            let words = xmp.words(id);
            if !values.contains(&words.trim()) && !is_saved_again {
                faults.add(PLACE, format!("`{name}` of a schema is “{}”", words.trim()));
            }
        }
    }
}
