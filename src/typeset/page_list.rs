//! The page list: what an edition that flows anew tells of the paper edition's pages.

use crate::compose::TextId;

use super::layout::{Layout, PageStart};

/// The pages of the paper edition: their labels, and where in the text each begins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageList(Vec<ListedPage>);

/// A page of the paper edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedPage {
    /// Its number, from 1.
    pub number: usize,
    /// Its label.
    pub label: String,
    /// Where in the text it begins.
    pub start: PageStart,
}

impl PageList {
    /// The pages of a layout, those left out on which no text begins or goes on.
    #[must_use]
    pub fn of(layout: &Layout) -> Self {
        let pages = (1..).zip(&layout.pages).filter_map(|(number, page)| {
            Some(ListedPage {
                number,
                label: page.label.clone(),
                start: page.start?,
            })
        });
        let mut pages: Vec<_> = pages.collect();
        pages.sort_by_key(|page| (page.start.text, page.start.byte));
        Self(pages)
    }

    /// The pages that begin in a text, in order.
    #[must_use]
    pub fn within(&self, text: TextId) -> &[ListedPage] {
        let from = self.0.partition_point(|page| page.start.text < text);
        let to = self.0.partition_point(|page| page.start.text <= text);
        &self.0[from..to]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::Page;

    #[test]
    fn pages_are_found_by_the_text_in_which_they_begin() {
        let page = |label: &str, start: Option<(u32, usize)>| Page {
            label: label.to_owned(),
            start: start.map(|(text, byte)| PageStart {
                text: TextId(text),
                byte,
            }),
            ..Page::default()
        };
        let layout = Layout {
            pages: vec![
                page("i", Some((0, 0))),
                page("ii", Some((3, 7))),
                page("iii", None),
                page("iv", Some((3, 90))),
            ],
            ..Layout::default()
        };
        let list = PageList::of(&layout);
        let found = |text| {
            let pages = list.within(TextId(text)).iter();
            pages
                .map(|page| (page.number, page.label.as_str(), page.start.byte))
                .collect::<Vec<_>>()
        };
        assert_eq!(found(0), [(1, "i", 0)]);
        assert_eq!(found(1), []);
        assert_eq!(found(3), [(2, "ii", 7), (4, "iv", 90)]);
        assert_eq!(PageList::default().within(TextId(0)), []);
    }
}
