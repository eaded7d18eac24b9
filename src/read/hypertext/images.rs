//! Pictures: the file of each, how large it is shown, and the words that stand for it.

use std::sync::Arc;

use super::elements::share;
use super::{Context, Document, Hypertext, NodeId, data};
use crate::compose::Role;
use crate::read::{Fault, Look, Picture, media};

impl Hypertext {
    /// A picture is a block of its alternative text.
    pub(super) fn image(&mut self, id: NodeId, context: &Context, document: &Document<'_>) {
        let node = document.dom.node(id);
        let side = |name: &str| node.attribute(name)?.trim().parse::<f64>().ok();
        let address = node.attribute("src").unwrap_or_default();
        let bytes: Option<Arc<[u8]>> = match address.strip_prefix("data:") {
            Some(data) => {
                let bytes = data::bytes(data).unwrap_or_default();
                let kind = data.split(';').next().unwrap_or_default();
                if !bytes.is_empty() && !media::is_of(kind, &bytes) {
                    self.mistyped(kind, document);
                }
                Some(bytes.into())
            }
            // What names nothing shows nothing.
            None if shows_nothing(address) => Some(Arc::from([])),
            None => document.pictures.get(address).cloned(),
        };
        let picture = bytes.map(|bytes| Picture {
            drawn: None,
            bytes,
            vectors: None,
            shown: side("width").zip(side("height")),
            share: share(document.dom, id),
        });
        let place = document.name;
        let words = node.attribute("alt").unwrap_or_default();
        self.blocks += 1;
        let place = self.place(place);
        let scribe = self.scribe(context.is_note);
        scribe.open(Role::Alternative, context.depth, place);
        scribe.show(picture);
        scribe.say(words, &Look::default(), String::new);
        scribe.close();
    }

    fn mistyped(&mut self, kind: &str, document: &Document<'_>) {
        self.odd.insert(Fault {
            place: self.place(document.name),
            message: format!("its picture is said to be `{kind}`, and is not"),
            unless: None,
        });
    }
}

/// Whether an address leads to no file.
fn shows_nothing(address: &str) -> bool {
    let address = address.trim();
    address.is_empty() || address.starts_with('#') || address.starts_with("about:")
}
