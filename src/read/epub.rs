//! EPUB publications: the documents of the spine in their order (EPUB 3.3, 5.7).

use super::ReadError;
use super::dom::{Dom, ROOT};
use super::hypertext::Hypertext;
use super::package::{Package, resolve};
use super::reading::{Contents, FileKind, Metadata, hash_of};

pub(super) fn read(mut package: Package<'_>) -> Result<Contents, ReadError> {
    if package.has("META-INF/encryption.xml") && is_locked(&mut package)? {
        return Err(ReadError::Encrypted);
    }
    let missing = |what: &str| ReadError::damaged(format!("it has no {what}"));
    let container = "META-INF/container.xml";
    let text = package
        .text(container)?
        .ok_or_else(|| missing("container"))?;
    let dom = Dom::of_xml(&text, container)?;
    let root = dom
        .all("rootfile")
        .find_map(|file| file.attribute("full-path"));
    let root = root.ok_or_else(|| missing("package document"))?.to_owned();
    let text = package
        .text(&root)?
        .ok_or_else(|| missing("package document"))?;
    let opf = Dom::of_xml(&text, &root)?;
    let metadata = metadata(&opf);
    let mut hypertext = Hypertext::default();
    for address in spine(&opf) {
        let Some(name) = resolve(&root, &address) else {
            return Err(ReadError::damaged(format!(
                "its spine leads out of it: {address}"
            )));
        };
        let text = package.text(&name)?;
        let text =
            text.ok_or_else(|| missing(&format!("document `{name}`, which its spine names")))?;
        let document = Dom::of_xml(&text, &name)?;
        let body = document.first("body").unwrap_or(ROOT);
        hypertext.read(&document, body, metadata.language.as_deref(), &name);
    }
    let (blocks, notes) = hypertext.finish();
    Ok(Contents {
        kind: FileKind::Epub,
        blocks,
        notes,
        metadata,
        is_structured: true,
        unseen: Vec::new(),
    })
}

/// Whether anything but faces is encrypted: those are often garbled (EPUB 3.3, 4.4).
fn is_locked(package: &mut Package<'_>) -> Result<bool, ReadError> {
    let name = "META-INF/encryption.xml";
    let text = package.text(name)?.unwrap_or_default();
    let dom = Dom::of_xml(&text, name)?;
    let mut locked = dom
        .all("CipherReference")
        .filter_map(|reference| reference.attribute("URI"));
    Ok(locked.any(|address| {
        [".xhtml", ".html", ".htm", ".opf", ".xml"]
            .iter()
            .any(|end| address.ends_with(end))
    }))
}

/// The documents of the spine, the navigation document left out.
fn spine(opf: &Dom) -> Vec<String> {
    let items = opf
        .all("item")
        .filter(|item| !item.says("properties", "nav"));
    let items: std::collections::HashMap<&str, &str> = items
        .filter_map(|item| Some((item.attribute("id")?, item.attribute("href")?)))
        .collect();
    let spine = opf
        .all("itemref")
        .filter_map(|item| item.attribute("idref"));
    spine
        .filter_map(|id| items.get(id))
        .map(|href| (*href).to_owned())
        .collect()
}

fn metadata(opf: &Dom) -> Metadata {
    let all = |name: &str| -> Vec<String> {
        let ids = opf
            .descendants(ROOT)
            .filter(|id| opf.node(*id).name == name);
        ids.map(|id| opf.words(id).trim().to_owned()).collect()
    };
    let property = |name: &str| {
        let mut found = opf.descendants(ROOT).filter(|id| {
            let node = opf.node(*id);
            node.name == "meta" && node.attribute("property") == Some(name)
        });
        found.next().map(|id| opf.words(id).trim().to_owned())
    };
    Metadata {
        title: all("title").into_iter().next(),
        creators: all("creator"),
        language: all("language").into_iter().next(),
        text_hash: property("dcterms:hasFormat").and_then(hash_of),
        source_hash: all("source").into_iter().find_map(hash_of),
    }
}
