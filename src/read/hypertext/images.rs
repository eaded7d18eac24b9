//! Pictures: the file of each, how large it is shown, and the words that stand for it.

use std::sync::Arc;

use super::elements::share;
use super::{Context, Document, Hypertext, NodeId, data};
use crate::compose::Role;
use crate::read::{Look, Picture};

impl Hypertext {
    /// A picture is a block of its alternative text.
    pub(super) fn image(&mut self, id: NodeId, context: &Context, document: &Document<'_>) {
        let node = document.dom.node(id);
        let side = |name: &str| node.attribute(name)?.trim().parse::<f64>().ok();
        let address = node.attribute("src").unwrap_or_default();
        let bytes = match address.strip_prefix("data:") {
            Some(data) => data::bytes(data).map(Arc::from),
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
}
