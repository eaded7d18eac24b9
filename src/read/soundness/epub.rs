//! What EPUB publications break of their rules (EPUB 3.3).

use std::collections::{BTreeMap, BTreeSet};

use super::super::ReadError;
use super::super::dom::{Dom, Node, ROOT};
use super::super::package::{Package, resolve};
use super::container;
use super::contents::Book;
use super::faults::Faults;
use super::{navigation, opf};

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

/// What an EPUB's package breaks (EPUB 3.3, 4.2 and 5).
pub(in crate::read) fn epub(
    package: &mut Package<'_>,
    opf: &Dom,
    root: &str,
    book: &Book<'_>,
    faults: &mut Faults,
) -> Result<(), ReadError> {
    if !package.begins_with("mimetype", b"application/epub+zip") {
        faults.add(
            "mimetype",
            "it is not the first part, stored, and `application/epub+zip`",
        );
    }
    for what in package.doubtful() {
        faults.add("the package", what);
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
    links(package, book.documents, faults);
    book.judge(faults);
    publication(opf, root, book, faults);
    container::whole(opf, root, book, faults);
    container::old(opf, book, faults);
    if book.is_ours {
        navigation::judge(opf, book, faults);
        opf::judge(package, opf, root, faults)?;
    }
    container::container(package, faults)
}

/// What of a package document shows the publication otherwise: parts in another's place, documents out of the order of reading,
/// a direction that is not that of its pages, titles and names in another order.
fn publication(opf: &Dom, root: &str, book: &Book<'_>, faults: &mut Faults) {
    for (element, known) in ELEMENTS {
        for node in opf.all(element) {
            for (name, value) in node.attributes() {
                let own = known.iter().find(|(own, _)| *own == name);
                if own.is_none_or(|(_, values)| !values.is_empty() && !values.contains(&value)) {
                    faults.add(root, format!("`{element}` has `{name}=\"{value}\"`"));
                }
            }
        }
    }
    let places = ["package", "metadata", "manifest", "spine"];
    for id in opf.descendants(ROOT) {
        let node = opf.node(id);
        let parent = opf.parent(id).map(|id| opf.node(id).name.as_str());
        if parent == Some("package") && !places.contains(&node.name.as_str()) && !node.is_text() {
            faults.add(root, format!("there is an element `{}`", node.name));
        }
    }
    let items: BTreeMap<&str, &Node> = opf
        .all("item")
        .filter_map(|item| Some((item.attribute("id")?, item)))
        .collect();
    for node in opf.all("itemref") {
        let item = node.attribute("idref").and_then(|id| items.get(id));
        let is_contents = item.is_some_and(|item| item.says("properties", "nav"));
        if node.attribute("linear") == Some("no") && !is_contents {
            faults.add(root, "a document stands outside of the order of reading");
        }
    }
    let runs = |name: &str, attribute: &str| {
        let found = opf.all(name).find_map(|node| node.attribute(attribute));
        found.unwrap_or("ltr").to_owned()
    };
    let pages = runs("spine", "page-progression-direction");
    let own = book
        .spine
        .iter()
        .filter_map(|name| book.documents.get(name));
    let own = own.filter_map(|dom| dom.all("html").next());
    let mut own = own.map(|html| html.attribute("dir").unwrap_or("ltr"));
    if pages != runs("package", "dir") || own.any(|own| own != pages) {
        faults.add(root, "its pages run against its text");
    }
    let cover = opf.all("meta").find_map(|node| {
        let is_cover = node.attribute("name") == Some("cover");
        is_cover.then(|| node.attribute("content")).flatten()
    });
    if let Some(cover) = cover
        && !items
            .get(cover)
            .is_some_and(|item| item.says("properties", "cover-image"))
    {
        faults.add(root, "it names another picture as its cover");
    }
    order(opf, root, faults);
}

/// Titles and people are numbered in their order, and the first title is the main one.
fn order(opf: &Dom, root: &str, faults: &mut Faults) {
    let mut places: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for name in ["title", "creator"] {
        let named = opf.all(name).filter_map(|node| node.attribute("id"));
        places.extend((1..).zip(named).map(|(at, id)| (id, (at, name))));
    }
    // The number of the one before, by the kind of element.
    let mut last: BTreeMap<&str, (usize, u64)> = BTreeMap::new();
    for id in opf.descendants(ROOT) {
        let node = opf.node(id);
        let of = node
            .attribute("refines")
            .map(|to| to.trim_start_matches('#'));
        let Some((at, name)) = of.and_then(|of| places.get(of)) else {
            continue;
        };
        let value = opf.words(id).trim().to_owned();
        let is_right = match node.attribute("property") {
            Some("display-seq") => {
                let number = value.parse().unwrap_or(0);
                let before = last.insert(name, (*at, number));
                before.is_none_or(|(place, before)| (place < *at) == (before < number))
            }
            Some("title-type") => value == if *at == 1 { "main" } else { "subtitle" },
            _ => true,
        };
        if !is_right {
            let property = node.attribute("property").unwrap_or_default();
            faults.add(
                root,
                format!("the {name} {at} has the `{property}` {value}"),
            );
        }
    }
}

/// Attributes with the values that they have; any where there are none.
type Attributes = &'static [(&'static str, &'static [&'static str])];

/// What elements of a package document say of themselves.
const ELEMENTS: &[(&str, Attributes)] = &[
    (
        "item",
        &[
            ("id", &[]),
            ("href", &[]),
            ("media-type", &[]),
            ("properties", &["nav", "cover-image"]),
        ],
    ),
    ("itemref", &[("idref", &[]), ("linear", &["no", "yes"])]),
    (
        "spine",
        &[
            ("toc", &[]),
            ("page-progression-direction", &["ltr", "rtl"]),
        ],
    ),
    (
        "package",
        &[
            ("version", &["3.0"]),
            ("unique-identifier", &[]),
            ("xml:lang", &[]),
            ("dir", &["ltr", "rtl"]),
        ],
    ),
];

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
