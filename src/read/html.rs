//! HTML documents: the main part where there is one, else all of the body.

use super::ReadError;
use super::dom::{Dom, ROOT};
use super::hypertext::Hypertext;
use super::reading::{Contents, FileKind, Metadata};
use crate::digest::Sha256;

/// A document is at most so long.
const MOST: usize = 512 << 20;

pub(super) fn read(bytes: &[u8]) -> Result<Contents, ReadError> {
    if bytes.len() > MOST {
        return Err(ReadError::damaged("it is longer than any edition"));
    }
    let dom = Dom::of_html(bytes);
    let metadata = metadata(&dom);
    let from = dom.first("main").or(dom.first("body")).unwrap_or(ROOT);
    let mut hypertext = Hypertext::default();
    hypertext.read(&dom, from, metadata.language.as_deref(), "");
    let (blocks, notes) = hypertext.finish();
    Ok(Contents {
        kind: FileKind::Html,
        blocks,
        notes,
        metadata,
        is_structured: true,
        unseen: Vec::new(),
    })
}

fn metadata(dom: &Dom) -> Metadata {
    let all = |name: &'static str| {
        let found = dom
            .all("meta")
            .filter(move |meta| meta.attribute("name") == Some(name));
        found
            .filter_map(|meta| meta.attribute("content"))
            .map(str::to_owned)
    };
    let language = dom.all("html").find_map(|html| html.attribute("lang"));
    let hash = |value: String| Sha256::parse(value.rsplit(';').next().unwrap_or_default());
    Metadata {
        title: dom
            .first("title")
            .map(|title| dom.words(title).trim().to_owned()),
        creators: all("author").collect(),
        language: language.map(str::to_owned),
        text_hash: all("dcterms.hasFormat").next().and_then(hash),
        source_hash: all("dcterms.source").next().and_then(hash),
    }
}
