//! What leads to notes and back from them: references, fields that refer to them, and links that look like their marks.

use super::super::super::dom::{Dom, Node, below};
use super::super::super::paper::Return;
use super::super::super::reading::{Link, Look};
use super::super::references::{Found, To};
use super::{Body, Context, words};

impl Body<'_> {
    /// A reference to a note.
    pub(super) fn reference(&mut self, node: &Node, context: &Context) {
        let Some(id) = node.attribute("id") else {
            return;
        };
        let key = (id.to_owned(), node.name.starts_with("end"));
        if self.seen.insert(key.clone()) {
            self.order.push(key);
        }
        self.references.push(Found {
            name: self.bookmark.clone(),
            to: To::Note(id.to_owned()),
            is_in_note: context.is_note,
        });
        let look = Look {
            link: Some(Link::Note(id.to_owned())),
            ..context.look.clone()
        };
        // Word counts the mark itself.
        self.scribe(context.is_note).say("*", &look, String::new);
    }

    /// A field that refers to a note: what it shows stands between its instruction and its end.
    pub(super) fn field(&mut self, node: &Node, context: &Context) {
        match node.attribute("fldCharType") {
            Some("separate") => {
                if let Some((_, shown)) = &mut self.field {
                    *shown = Some(String::new());
                }
            }
            Some("end") => {
                if let Some((instruction, shown)) = self.field.take() {
                    self.references.push(Found {
                        name: self.bookmark.clone(),
                        to: To::Field(instruction, shown.unwrap_or_default()),
                        is_in_note: context.is_note,
                    });
                }
            }
            _ => {}
        }
    }

    /// A link in a note that looks like its mark is a way back.
    pub(super) fn returns(&mut self, dom: &Dom, link: &Node, context: &Context) {
        let mut runs = link.children.iter().map(|id| dom.node(*id));
        let run = runs.find(|child| child.name == "r");
        let style = run.and_then(|run| below(dom, run, &["rPr", "rStyle"]));
        let style = style.and_then(|style| style.attribute("val"));
        let is_back = style.is_some_and(|style| self.styles.is_note_mark(style));
        if let (true, Some(to), Some(all)) = (
            context.is_note && is_back,
            link.attribute("anchor"),
            self.returns.last_mut(),
        ) {
            all.push(Return {
                to: to.to_owned(),
                words: words(dom, link),
                label: None,
            });
        }
    }
}
