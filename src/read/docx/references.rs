//! References to notes, and the ways back from these: footnotes (ISO/IEC 29500-1, 17.11.14), and fields that show the number of one once
//! more (17.16.5.39).

use std::collections::HashMap;

use super::super::dom::Dom;
use super::super::paper::Reference;
use super::parts::notes;

/// What a field of an edition says behind the name of the first reference: that its number looks like one, and leads there.
const SWITCHES: [&str; 2] = ["\\f", "\\h"];

/// A reference as it stands in the file.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// The bookmark before it.
    pub(super) name: String,
    /// Where it leads.
    pub(super) to: To,
    /// Whether it stands in a note.
    pub(super) is_in_note: bool,
}

/// Where a reference leads.
#[derive(Debug, Clone)]
pub(super) enum To {
    /// To the note of this id.
    Note(String),
    /// To the note of another reference, by a field with this instruction that shows this.
    Field(String, String),
}

/// References with the names of the notes to which they lead.
pub(super) fn resolved(found: Vec<Found>, footnotes: Option<&Dom>) -> Vec<Reference> {
    let named: HashMap<&str, &str> = footnotes
        .map(|dom| {
            let all = notes(dom).into_iter();
            let names = all.filter_map(|(id, at)| {
                let mut inside = dom.descendants(at).map(|id| dom.node(id));
                let mark = inside.find(|node| node.name == "bookmarkStart")?;
                Some((id, mark.attribute("name")?))
            });
            names.collect()
        })
        .unwrap_or_default();
    let first: HashMap<String, String> = found
        .iter()
        .filter_map(|own| match &own.to {
            To::Note(id) => Some((own.name.clone(), (*named.get(id.as_str())?).to_owned())),
            To::Field(..) => None,
        })
        .collect();
    let resolved = found.into_iter().map(|own| {
        let (to, words) = match own.to {
            To::Note(id) => (named.get(id.as_str()).map(|to| (*to).to_owned()), None),
            To::Field(instruction, shown) => {
                let words: Vec<&str> = instruction.split_whitespace().collect();
                let to = match words.as_slice() {
                    ["NOTEREF", name, switches @ ..] if *switches == SWITCHES => first.get(*name),
                    _ => None,
                };
                (Some(to.cloned().unwrap_or(instruction)), Some(shown))
            }
        };
        Reference {
            name: own.name,
            to: to.unwrap_or_default(),
            words,
            is_in_note: own.is_in_note,
        }
    });
    resolved.collect()
}
