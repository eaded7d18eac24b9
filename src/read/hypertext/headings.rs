//! Names of documents and sections, and the sizes of headings.

use std::sync::Arc;

use super::{Document, Hypertext, Node, NodeId};
use crate::read::{CoverMark, Fault, Listed, Need, SectionMark};

/// The level of a heading, by the name of its element.
fn level_of(name: &str) -> Option<u8> {
    let names = (1..).zip(["h1", "h2", "h3", "h4"]);
    let mut names = names.into_iter();
    names.find_map(|(level, own)| (own == name).then_some(level))
}

impl Hypertext {
    /// What its style sheets say that shows text otherwise.
    pub(super) fn odd_styles(&mut self, document: &Document<'_>) {
        let odd = document.sheet.odd().iter();
        self.odd.extend(odd.map(|(odd, unless)| Fault {
            place: "the styles".to_owned(),
            message: format!("its style says `{odd}`, which no edition's says"),
            unless: *unless,
        }));
    }

    /// An element does not look like what it is.
    pub(super) fn unlike(&mut self, place: String, name: &str, message: String) {
        self.odd.insert(Fault {
            place,
            message,
            unless: level_of(name).map(Need::PlainHeadings),
        });
    }

    /// Takes down how large the letters of a heading are, as a multiple of those around it.
    pub(super) fn measure(&mut self, node: &Node, ratio: f64) {
        let level = level_of(&node.name).filter(|_| node.attribute("class").is_none());
        if let Some(level) = level {
            let sizes = &mut self.sizes[usize::from(level) - 1];
            let (least, greatest) = sizes.unwrap_or((ratio, ratio));
            *sizes = Some((least.min(ratio), greatest.max(ratio)));
        }
    }

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
        let place = match document.name {
            "" => "the file",
            name => name,
        };
        self.listed.extend(names.map(|text| Listed {
            text,
            place: place.to_owned(),
        }));
    }

    /// A section that has a name.
    pub(super) fn section(&mut self, node: &Node, name: &str, document: &str) {
        if node.name == "section" {
            let said = |of: &str| node.attribute(of).map(str::to_owned);
            self.sections.push(SectionMark {
                name: name.to_owned(),
                meaning: said("epub:type"),
                role: said("role"),
                label: said("aria-label"),
                place: self.place(document),
            });
        }
    }

    /// The picture of a cover, which stands in what is passed over.
    pub(super) fn cover(&mut self, document: &Document<'_>, id: NodeId) {
        let inside = document.dom.descendants(id);
        let is_cover = |id: &usize| document.dom.node(*id).says("role", "doc-cover");
        let mut pictures = inside.filter(is_cover).map(|id| document.dom.node(id));
        let Some(picture) = pictures.next() else {
            return;
        };
        if self.cover.is_some() || pictures.next().is_some() {
            self.odd.insert(Fault {
                place: document.name.to_owned(),
                message: "its cover is shown more than once".to_owned(),
                unless: None,
            });
        }
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
