//! What holds the document together: compression, trees of names and pages, the identifier.

use std::cell::RefCell;
use std::collections::BTreeMap;

use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};

use super::{failed, strings};
use crate::digest::Sha256;
use crate::editions::EditionError;

/// How many entries a node of a tree holds.
const NODE: usize = 64;

/// How many pages a node of the page tree holds.
const PAGES: usize = 32;

thread_local! {
    /// Begun anew for each stream. It takes 300 KB, and most streams are small: clearing that for each would take longer.
    static DEFLATER: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(6), true));
}

/// Deflates bytes at level 6: lopdf's own compression knows only the slowest level, for a gain below one in a hundred.
pub(super) fn deflate(bytes: &[u8]) -> Result<Vec<u8>, EditionError> {
    DEFLATER.with_borrow_mut(|deflater| {
        deflater.reset();
        let mut deflated = Vec::with_capacity(bytes.len() / 3 + 64);
        let mut rest = bytes;
        loop {
            let before = deflater.total_in();
            let status = deflater
                .compress_vec(rest, &mut deflated, FlushCompress::Finish)
                .map_err(failed)?;
            if status == Status::StreamEnd {
                return Ok(deflated);
            }
            rest = &rest[(deflater.total_in() - before) as usize..];
            deflated.reserve(deflated.capacity());
        }
    })
}

/// A stream of these bytes, deflated.
pub(super) fn deflated(mut dictionary: Dictionary, bytes: &[u8]) -> Result<Stream, EditionError> {
    dictionary.set("Filter", "FlateDecode");
    Ok(Stream::new(dictionary, deflate(bytes)?).with_compression(false))
}

/// An array of lengths, to a thousandth of a point.
pub(super) fn numbers(lengths: &[f32]) -> Object {
    let numbers = lengths.iter().map(|length| Object::Real(rounded(*length)));
    Object::Array(numbers.collect())
}

/// A length to a thousandth of a point: what is finer than that only takes room.
pub(super) fn rounded(length: f32) -> f32 {
    ((f64::from(length) * 1000.0).round() / 1000.0) as f32
}

/// A tree from numbers, 0 upwards, to values (ISO 32000-1, 7.9.7).
pub(super) fn number_tree(document: &mut Document, values: Vec<Object>) -> Object {
    let entries = values.into_iter().enumerate();
    let entries = entries.map(|(index, value)| (Object::Integer(index as i64), value));
    tree(document, "Nums", entries)
}

/// A tree from names of ASCII to values (ISO 32000-1, 7.9.6).
pub(super) fn name_tree(document: &mut Document, names: BTreeMap<&str, Object>) -> Object {
    let entries = names.into_iter();
    let entries = entries.map(|(name, value)| (strings::ascii(name), value));
    tree(document, "Names", entries)
}

fn tree(
    document: &mut Document,
    kind: &str,
    entries: impl ExactSizeIterator<Item = (Object, Object)>,
) -> Object {
    if entries.len() <= NODE {
        let flat = entries.flat_map(|(key, value)| [key, value]);
        return dictionary! { kind => flat.collect::<Vec<_>>() }.into();
    }
    let mut level = Vec::new();
    let mut entries = entries.peekable();
    while entries.peek().is_some() {
        let node: Vec<_> = entries.by_ref().take(NODE).collect();
        let limit = |entry: Option<&(Object, Object)>| entry.map(|(key, _)| key.clone());
        let limits = limit(node.first()).zip(limit(node.last()));
        let flat: Vec<Object> = node.into_iter().flat_map(|(k, v)| [k, v]).collect();
        level.extend(limits.map(|limits| (limits, dictionary! { kind => flat })));
    }
    loop {
        let nodes = level.into_iter().map(|((first, last), mut node)| {
            node.set("Limits", vec![first.clone(), last.clone()]);
            (first, last, document.add_object(node))
        });
        let nodes: Vec<_> = nodes.collect();
        if nodes.len() <= NODE {
            let kids = nodes.into_iter().map(|(_, _, id)| id.into());
            return dictionary! { "Kids" => kids.collect::<Vec<Object>>() }.into();
        }
        level = nodes
            .chunks(NODE)
            .map(|nodes| {
                let limits = (nodes[0].0.clone(), nodes[nodes.len() - 1].1.clone());
                let kids: Vec<Object> = nodes.iter().map(|(_, _, id)| (*id).into()).collect();
                (limits, dictionary! { "Kids" => kids })
            })
            .collect();
    }
}

/// Groups the pages under nodes of a balanced tree (ISO 32000-1, 7.7.3), for readers that want one page of many, and
/// gives its root.
pub(super) fn page_tree(document: &mut Document, pages: &[ObjectId]) -> ObjectId {
    let mut level: Vec<(ObjectId, i64)> = pages.iter().map(|id| (*id, 1)).collect();
    loop {
        let mut above = Vec::new();
        for kids in level.chunks(PAGES) {
            let node = document.new_object_id();
            let count = kids.iter().map(|(_, count)| count).sum();
            for (kid, _) in kids {
                if let Ok(kid) = document.get_object_mut(*kid).and_then(Object::as_dict_mut) {
                    kid.set("Parent", node);
                }
            }
            let ids: Vec<Object> = kids.iter().map(|(id, _)| (*id).into()).collect();
            document.set_object(
                node,
                dictionary! { "Type" => "Pages", "Kids" => ids, "Count" => count },
            );
            above.push((node, count));
        }
        if let [(root, _)] = above[..] {
            return root;
        }
        level = above;
    }
}

/// Says that colours are those of sRGB (ISO 19005-2, 6.2.3).
pub(super) fn output_intent(document: &mut Document) -> Result<Object, EditionError> {
    // 612 bytes: the curve as a function, not a table. Made once with the `moxcms` crate.
    let profile = include_bytes!("srgb.icc");
    let profile = deflated(dictionary! { "N" => 3 }, profile)?;
    let profile = document.add_object(profile);
    let name = "sRGB IEC61966-2.1";
    Ok(dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => strings::ascii(name),
        "RegistryName" => strings::ascii("http://www.color.org"),
        "Info" => strings::ascii(name),
        "DestOutputProfile" => profile,
    }
    .into())
}

/// The identifier of the file (ISO 32000-1, 14.4): the piece's own, then one of these contents.
pub(super) fn identifier(piece: [u8; 16], contents: &Sha256) -> Object {
    let part = |bytes: &[u8]| Object::String(bytes.to_vec(), StringFormat::Hexadecimal);
    Object::Array(vec![part(&piece), part(&contents.as_bytes()[..16])])
}
