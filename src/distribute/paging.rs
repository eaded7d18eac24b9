//! Long lists in pages: the newest stand in front, all others on pages that are counted from the oldest.
//!
//! So a new piece changes the front and the page behind it, and no other of thousands.

/// Where a page of a list stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListPlace {
    /// In front: the newest.
    Front,
    /// Behind it: the page of this number, the oldest being the first.
    Archive(usize),
}

impl ListPlace {
    /// The name of its file, without an extension: `between` stands before the number.
    pub(super) fn name(self, list: &str, between: &str) -> String {
        match self {
            Self::Front => list.to_owned(),
            Self::Archive(number) => format!("{list}{between}{number}"),
        }
    }
}

/// A page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ListPage<'a, T> {
    /// Where it stands.
    pub(super) place: ListPlace,
    /// What stands on it, the newest first.
    pub(super) items: &'a [T],
    /// The page of what is newer.
    pub(super) newer: Option<ListPlace>,
    /// The page of what is older.
    pub(super) older: Option<ListPlace>,
}

/// The pages of a list that stands newest first, so many on each at most; a list of nothing has a front.
pub(super) fn paged<T>(items: &[T], length: usize) -> impl Iterator<Item = ListPage<'_, T>> {
    let (front, rest) = items.split_at(items.len().min(length));
    let last = rest.len().div_ceil(length);
    let front = ListPage {
        place: ListPlace::Front,
        items: front,
        newer: None,
        older: (last > 0).then_some(ListPlace::Archive(last)),
    };
    let archive = rest.rchunks(length).enumerate().map(move |(index, items)| {
        let number = index + 1;
        ListPage {
            place: ListPlace::Archive(number),
            items,
            newer: Some(match number == last {
                true => ListPlace::Front,
                false => ListPlace::Archive(number + 1),
            }),
            older: (number > 1).then(|| ListPlace::Archive(number - 1)),
        }
    });
    std::iter::once(front).chain(archive.rev())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn every_item_stands_on_one_page_and_pages_lead_to_each_other() {
        for count in 0..60 {
            let items: Vec<usize> = (0..count).rev().collect();
            let pages: Vec<_> = paged(&items, 5).collect();
            let all: Vec<usize> = pages.iter().flat_map(|page| page.items).copied().collect();
            assert_eq!(all, items);
            assert!(pages.iter().all(|page| page.items.len() <= 5));
            assert_eq!((pages[0].place, pages[0].newer), (ListPlace::Front, None));
            assert_eq!(pages.last().unwrap().older, None);
            for pair in pages.windows(2) {
                assert_eq!(pair[0].older, Some(pair[1].place));
                assert_eq!(pair[1].newer, Some(pair[0].place));
            }
        }
    }

    #[test]
    fn a_new_piece_changes_the_front_and_the_page_behind_it_alone() {
        for count in 11..60 {
            let before: Vec<usize> = (0..count).rev().collect();
            let after: Vec<usize> = (0..=count).rev().collect();
            let before: Vec<_> = paged(&before, 5).collect();
            let after: Vec<_> = paged(&after, 5).collect();
            let changed = after.iter().filter(|page| !before.contains(page)).count();
            // Where a page is begun, the one that was the last before learns of it.
            assert!(changed <= 3, "{count}: {changed}");
        }
    }
}
