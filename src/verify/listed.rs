//! Names in contents, bookmarks and navigation: each is that of a heading, or of a part that has none.

use std::collections::BTreeSet;

use super::difference::{Difference, Kind, MOST, quoted};
use super::expected::Expected;
use crate::compose::{Role, canonical_line};
use crate::read::{Block, Contents, FileKind};

/// Every name in contents, bookmarks and navigation is that of a heading.
pub(super) fn hold(contents: &Contents, expected: &Expected, differences: &mut Vec<Difference>) {
    let headings = expected.blocks.iter();
    let headings = headings.filter(|block| matches!(block.role, Role::Heading(_)));
    let headings: Vec<&Block> = headings.collect();
    // Documents are called as the metadata call the piece: in review editions with the mark.
    let titles = [&expected.record.title, &expected.record.full_title];
    let titles = titles.into_iter().flat_map(|title| {
        let marked = expected.mark.as_ref();
        let marked = marked.map(|mark| format!("{mark} | {title}"));
        marked.into_iter().chain([title.clone()])
    });
    let written: BTreeSet<String> = headings
        .iter()
        .map(|block| block.plain())
        .chain(titles)
        .chain(expected.names.iter().cloned())
        .chain(expected.summary.iter().flatten().take(1).cloned())
        .map(|name| name.trim().to_owned())
        .collect();
    let known: BTreeSet<String> = written.iter().map(|name| canonical_line(name)).collect();
    for listed in &contents.listed {
        let name = canonical_line(&listed.text);
        let rest = name
            .strip_prefix(&expected.back)
            .or_else(|| name.strip_suffix(&expected.back));
        let is_back = rest.is_some_and(|mark| !mark.contains(char::is_alphabetic));
        // Their very characters, so that none turns letters round or parts words.
        let is_web = matches!(contents.kind, FileKind::Epub | FileKind::Html);
        let is_ours = is_web && contents.metadata.text_hash.is_some();
        if is_ours && known.contains(&name) && !written.contains(listed.text.trim()) {
            differences.push(Difference {
                kind: Kind::Heading,
                place: listed.place.clone(),
                message: format!("{} is written otherwise than in the source", quoted(&name)),
            });
        }
        if !known.contains(&name) && !is_back && differences.len() < MOST {
            differences.push(Difference {
                kind: Kind::Heading,
                place: listed.place.clone(),
                message: format!("{} is the name of no heading", quoted(&name)),
            });
        }
    }
}
