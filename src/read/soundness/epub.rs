//! What EPUB publications break of their rules (EPUB 3.3).

use std::collections::{BTreeMap, BTreeSet};

use super::super::dom::{Dom, Node, ROOT};
use super::super::package::{Package, resolve};
use super::faults::Faults;

/// The media types of parts, by the ends of their names.
const TYPES: &[(&str, &[&str])] = &[
    ("xhtml", &["application/xhtml+xml"]),
    ("css", &["text/css"]),
    ("png", &["image/png"]),
    ("jpg", &["image/jpeg"]),
    ("jpeg", &["image/jpeg"]),
    ("svg", &["image/svg+xml"]),
    ("webp", &["image/webp"]),
    ("ncx", &["application/x-dtbncx+xml"]),
    (
        "ttf",
        &[
            "font/ttf",
            "application/font-sfnt",
            "application/vnd.ms-opentype",
        ],
    ),
    (
        "otf",
        &[
            "font/otf",
            "application/font-sfnt",
            "application/vnd.ms-opentype",
        ],
    ),
    ("woff", &["font/woff", "application/font-woff"]),
    ("woff2", &["font/woff2"]),
];

/// What an EPUB's package breaks (EPUB 3.3, 4.2 and 5). `documents` are the content documents by their names.
pub(in crate::read) fn epub(
    package: &mut Package<'_>,
    opf: &Dom,
    root: &str,
    documents: &BTreeMap<String, Dom>,
    faults: &mut Faults,
) {
    if !package.begins_with("mimetype", b"application/epub+zip") {
        faults.add(
            "mimetype",
            "it is not the first part, stored, and `application/epub+zip`",
        );
    }
    for name in package.doubled() {
        faults.add(name, "two parts have this name");
    }
    let items: Vec<&Node> = opf.all("item").collect();
    let ids = opf
        .descendants(ROOT)
        .filter_map(|id| opf.node(id).attribute("id"));
    faults.unique(root, "elements", ids);
    let mut listed = BTreeSet::from([root.to_owned(), "mimetype".to_owned()]);
    for item in &items {
        let href = item.attribute("href").unwrap_or_default();
        let Some(name) = resolve(root, href) else {
            continue;
        };
        if !package.has(&name) {
            faults.add(
                root,
                format!("its manifest lists `{href}`, which is not there"),
            );
        }
        let end = name.rsplit_once('.').map_or("", |(_, end)| end);
        let known = TYPES.iter().find(|(own, _)| *own == end);
        let own = item.attribute("media-type").unwrap_or_default();
        if known.is_some_and(|(_, types)| !types.contains(&own)) {
            faults.add(root, format!("`{href}` has the media type `{own}`"));
        }
        if !listed.insert(name) {
            faults.add(root, format!("its manifest lists `{href}` twice"));
        }
    }
    for name in package.names() {
        if !listed.contains(name) && !name.starts_with("META-INF/") && !name.ends_with('/') {
            faults.add(name, "the manifest does not list it");
        }
    }
    let known: BTreeSet<&str> = items
        .iter()
        .filter_map(|item| item.attribute("id"))
        .collect();
    for itemref in opf.all("itemref") {
        let id = itemref.attribute("idref").unwrap_or_default();
        if !known.contains(id) {
            faults.add(
                root,
                format!("its spine names `{id}`, which the manifest has not"),
            );
        }
    }
    if items
        .iter()
        .filter(|item| item.says("properties", "nav"))
        .count()
        != 1
    {
        faults.add(root, "it has not one navigation document");
    }
    let identifier = opf
        .all("package")
        .find_map(|node| node.attribute("unique-identifier"));
    let has_identifier = opf
        .all("identifier")
        .any(|node| node.attribute("id") == identifier && identifier.is_some());
    if !has_identifier {
        faults.add(root, "it has no identifier of its own");
    }
    let modified = opf
        .all("meta")
        .filter(|node| node.attribute("property") == Some("dcterms:modified"));
    if modified.count() != 1 {
        faults.add(root, "it does not say once when it was changed last");
    }
    links(package, documents, faults);
}

/// Links and ids of content documents: every id once, every address within leads somewhere.
fn links(package: &Package<'_>, documents: &BTreeMap<String, Dom>, faults: &mut Faults) {
    let ids: BTreeMap<&str, BTreeMap<&str, &Node>> = documents
        .iter()
        .map(|(name, dom)| {
            let nodes = dom.descendants(ROOT).map(|id| dom.node(id));
            let ids = nodes.filter_map(|node| Some((node.attribute("id")?, node)));
            (name.as_str(), ids.collect())
        })
        .collect();
    for (name, dom) in documents {
        let all = dom
            .descendants(ROOT)
            .filter_map(|id| dom.node(id).attribute("id"));
        faults.unique(name, "elements", all);
        let pages: BTreeSet<usize> = dom
            .descendants(ROOT)
            .filter(|id| {
                let node = dom.node(*id);
                node.name == "nav" && node.says("epub:type", "page-list")
            })
            .flat_map(|nav| dom.descendants(nav))
            .collect();
        for id in dom.descendants(ROOT) {
            let node = dom.node(id);
            let address = ["href", "src", "xlink:href"]
                .iter()
                .find_map(|attribute| node.attribute(attribute));
            let Some(address) = address else {
                continue;
            };
            if url::Url::parse(address).is_ok() || address.starts_with("//") {
                continue;
            }
            let (file, fragment) = address.split_once('#').unwrap_or((address, ""));
            let to = match file {
                "" => Some(name.clone()),
                file => resolve(name, file),
            };
            let Some(to) = to.filter(|to| package.has(to)) else {
                faults.add(name, format!("`{address}` leads nowhere"));
                continue;
            };
            let Some(of) = ids.get(to.as_str()).filter(|_| !fragment.is_empty()) else {
                continue;
            };
            match of.get(fragment) {
                None => faults.add(name, format!("`{address}` leads nowhere")),
                Some(target) if pages.contains(&id) => {
                    let label = target.attribute("aria-label").or(target.attribute("title"));
                    if !target.says("role", "doc-pagebreak")
                        && !target.says("epub:type", "pagebreak")
                    {
                        faults.add(name, format!("`{address}` of the page list is no page"));
                    } else if label.is_some_and(|label| label.trim() != dom.words(id).trim()) {
                        let words = dom.words(id);
                        faults.add(
                            name,
                            format!("page `{words}` of the page list leads to another page"),
                        );
                    }
                }
                Some(_) => {}
            }
        }
    }
}
