//! Names of documents and sections, and the sizes of headings.

use std::sync::Arc;

use super::{Document, Hypertext, NodeId};
use crate::read::{CoverMark, Fault, Listed, Need};

impl Hypertext {
    /// The name of a document, and those of its sections that have no heading: they are names of the text's parts.
    pub(in crate::read) fn titled(&mut self, document: &Document<'_>) {
        let dom = document.dom;
        let titles = dom.all("title").map(|title| dom.words_of(title));
        let sections = dom.all("section");
        let labels = sections.filter_map(|section| section.attribute("aria-label"));
        // Ways back from notes are called by words of the text's language.
        let links = dom.all("a").filter(|a| a.says("role", "doc-backlink"));
        let backs = links.filter_map(|link| link.attribute("aria-label"));
        let labels = labels.chain(backs);
        let names = titles.chain(labels.map(str::to_owned));
        self.listed.extend(names.map(|text| Listed {
            text,
            place: document.name.to_owned(),
        }));
    }

    /// The picture of a cover, which stands in what is passed over.
    pub(super) fn cover(&mut self, document: &Document<'_>, id: NodeId) {
        let mut inside = document.dom.descendants(id);
        let is_cover = |id: &usize| document.dom.node(*id).says("role", "doc-cover");
        let Some(picture) = inside.find(is_cover).map(|id| document.dom.node(id)) else {
            return;
        };
        let address = picture.attribute("src").unwrap_or_default();
        let file = document.pictures.get(address).cloned();
        self.cover = Some(CoverMark {
            bytes: file.unwrap_or_else(|| Arc::from([])),
            words: picture.attribute("alt").unwrap_or_default().to_owned(),
            place: document.name.to_owned(),
        });
    }

    /// Headings are larger than those below them; those of the first levels are larger than the text.
    pub(super) fn compare_sizes(&mut self) {
        let levels = (1..).zip(self.sizes);
        let sizes: Vec<(u8, (f64, f64))> = levels
            .filter_map(|(level, sizes)| Some((level, sizes?)))
            .collect();
        let mut tell = |message: String, unless: Need| {
            self.odd.insert(Fault {
                place: "the styles".to_owned(),
                message,
                unless: Some(unless),
            })
        };
        for pair in sizes.windows(2) {
            let ((above, (least, _)), (under, (_, greatest))) = (pair[0], pair[1]);
            if least < greatest - 0.02 {
                let told =
                    format!("headings of level {above} are smaller than those of level {under}");
                tell(told, Need::HeadingsUnder { above, under });
            }
        }
        for (level, (least, _)) in sizes {
            let usual = if level < 3 { 1.01 } else { 0.9 };
            if least < usual {
                let told = format!("headings of level {level} are no larger than the text");
                tell(told, Need::HeadingsAsText(level));
            }
        }
    }
}
