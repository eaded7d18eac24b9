//! PDF files (ISO 32000): by their structure tree where they have one, else page by page as their text is drawn.

mod content;
mod font;
mod sight;
mod strings;
mod structure;

use std::collections::HashSet;

use hayro_syntax::object::{Array, Dict, ObjectIdentifier, Stream};
use hayro_syntax::{LoadPdfError, Pdf};

use super::ReadError;
use super::dom::{Dom, NodeId};
use super::reading::{Block, Contents, FileKind, Look, Metadata, Scribe, Unseen, hash_of};
use crate::compose::Role;
use content::{Pages, Unsaid};

pub(super) fn read(bytes: &[u8]) -> Result<Contents, ReadError> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => ReadError::Encrypted,
        LoadPdfError::Invalid => ReadError::damaged("it is no whole PDF"),
    })?;
    let catalogue: Dict<'_> = pdf
        .xref()
        .get(pdf.xref().root_id())
        .ok_or_else(|| ReadError::damaged("it has no catalogue"))?;
    let metadata = metadata(&catalogue);
    let pages = Pages::read(&pdf, &layers_off(&catalogue));
    let tree = catalogue.get::<Dict<'_>>("StructTreeRoot");
    let (blocks, notes, unsaid) = match &tree {
        Some(tree) => structure::read(&pdf, tree, &pages, metadata.language.as_deref()),
        None => Default::default(),
    };
    // A tree without any text is that of an empty file, or of one that is not tagged in truth.
    let is_structured = !blocks.is_empty();
    let blocks = match is_structured {
        true => blocks,
        false => untagged(&pages),
    };
    Ok(Contents {
        kind: FileKind::Pdf,
        blocks,
        notes,
        metadata,
        is_structured,
        unseen: unseen(&pages, unsaid, is_structured),
    })
}

/// What is said and not seen; of a tagged file what is seen and not said, too.
fn unseen(pages: &Pages, unsaid: Vec<Unsaid>, is_structured: bool) -> Vec<Unseen> {
    let of_pages = pages.unseen.iter().cloned();
    let of_pages = of_pages.filter(|(.., reason)| is_structured || *reason != content::UNMARKED);
    let all = of_pages.chain(unsaid).map(|(page, text, reason)| Unseen {
        place: format!("page {page}"),
        text,
        reason: reason.to_owned(),
    });
    all.collect()
}

/// The layers that are off when the file is opened (ISO 32000-1, 8.11.4.3).
fn layers_off(catalogue: &Dict<'_>) -> HashSet<ObjectIdentifier> {
    let properties = catalogue.get::<Dict<'_>>("OCProperties");
    let default = properties.and_then(|properties| properties.get::<Dict<'_>>("D"));
    let off = default.and_then(|default| default.get::<Array<'_>>("OFF"));
    let off = off.iter().flat_map(|off| off.raw_iter());
    off.filter_map(|layer| layer.as_obj_ref().map(ObjectIdentifier::from))
        .collect()
}

/// The text of each page, as one block.
fn untagged(pages: &Pages) -> Vec<Block> {
    let mut scribe = Scribe::default();
    for (index, text) in pages.loose.iter().enumerate() {
        scribe.open(Role::Paragraph, 0, format!("page {}", index + 1));
        scribe.say(text, &Look::default(), String::new);
        scribe.close();
    }
    scribe.finish()
}

fn metadata(catalogue: &Dict<'_>) -> Metadata {
    let xmp = catalogue.get::<Stream<'_>>("Metadata");
    let xmp = xmp.and_then(|stream| stream.decoded().ok().map(std::borrow::Cow::into_owned));
    let xmp = xmp.and_then(|bytes| String::from_utf8(bytes).ok());
    let dom = xmp.and_then(|text| Dom::of_xml(text.trim_start_matches('\u{FEFF}'), "XMP").ok());
    let dom = dom.unwrap_or_default();
    let items = |name: &str| -> Vec<String> {
        let Some(property) = dom.first(name) else {
            return Vec::new();
        };
        let ids = dom.descendants(property);
        let items: Vec<NodeId> = ids.filter(|id| dom.node(*id).name == "li").collect();
        match items.is_empty() {
            true => vec![dom.words(property).trim().to_owned()],
            false => items
                .into_iter()
                .map(|id| dom.words(id).trim().to_owned())
                .collect(),
        }
    };
    let language = catalogue.get("Lang").map(|text| strings::text(&text));
    Metadata {
        title: items("title").into_iter().next(),
        creators: items("creator"),
        language: language.or_else(|| items("language").into_iter().next()),
        text_hash: items("relation").into_iter().find_map(hash_of),
        source_hash: items("source").into_iter().find_map(hash_of),
    }
}
