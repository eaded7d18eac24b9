//! What stands in the container of a publication beside its package, and what its old contents say of it (EPUB 3.3, 4.2 and 5.9;
//! OPF 2.0.1, 2.4.1).

use std::collections::BTreeSet;

use super::super::ReadError;
use super::super::dom::{Dom, ROOT};
use super::super::package::{Package, resolve};
use super::contents::Book;
use super::faults::Faults;
use crate::compose::canonical_line;

/// What stands in `META-INF` of an edition.
const KNOWN: &[&str] = &[
    "META-INF/",
    "META-INF/container.xml",
    "META-INF/com.apple.ibooks.display-options.xml",
];

/// Tells what no edition has beside its package.
pub(super) fn container(package: &mut Package<'_>, faults: &mut Faults) -> Result<(), ReadError> {
    let names: Vec<String> = package.names().map(str::to_owned).collect();
    let others = names.iter().filter(|name| name.starts_with("META-INF/"));
    for name in others.filter(|name| !KNOWN.contains(&name.as_str())) {
        faults.add(name, "no edition has such a part");
    }
    let container = super::word::dom(package, KNOWN[1])?;
    if container.all("rootfile").count() != 1 || container.all("link").next().is_some() {
        faults.add(KNOWN[1], "it names more than one package");
    }
    let options = super::word::dom(package, KNOWN[2])?;
    for node in options.all("option") {
        let name = node.attribute("name").unwrap_or_default();
        let value = options.words_of(node);
        if name != "specified-fonts" || value.trim() != "true" {
            faults.add(
                KNOWN[2],
                format!("its option `{name}` is `{}`", value.trim()),
            );
        }
    }
    Ok(())
}

/// Every document stands in the spine, every picture in a document or on the cover, and the navigation has all its lists.
pub(super) fn whole(opf: &Dom, root: &str, book: &Book<'_>, faults: &mut Faults) {
    let shown: BTreeSet<String> = book
        .documents
        .iter()
        .flat_map(|(name, dom)| dom.all("img").map(move |img| (name, img)))
        .filter_map(|(name, img)| resolve(name, img.attribute("src")?))
        .collect();
    for item in opf.all("item") {
        let Some(name) = item.attribute("href").and_then(|href| resolve(root, href)) else {
            continue;
        };
        let media = item.attribute("media-type").unwrap_or_default();
        let is_left = match media {
            "application/xhtml+xml" => !book.documents.contains_key(&name),
            media if media.starts_with("image/") => {
                !shown.contains(&name) && !item.says("properties", "cover-image")
            }
            _ => false,
        };
        if is_left {
            faults.add(
                root,
                format!("`{name}` is in the file, and nothing leads to it"),
            );
        }
    }
    let all = || book.documents.values();
    let navs = |meaning: &str| {
        let navs = all().flat_map(|dom| dom.all("nav"));
        navs.filter(|nav| nav.says("epub:type", meaning)).count()
    };
    let has_pages = all().any(|dom| {
        let mut nodes = dom.descendants(ROOT).map(|id| dom.node(id));
        nodes.any(|node| node.says("epub:type", "pagebreak"))
    });
    let lists = [
        ("toc", 1),
        ("landmarks", 1),
        ("page-list", usize::from(has_pages)),
    ];
    for (meaning, times) in lists {
        if navs(meaning) != times {
            faults.add(root, format!("its navigation has not {times} `{meaning}`"));
        }
    }
    let mut contents = all().flat_map(|dom| dom.all("nav"));
    if contents.any(|nav| nav.says("epub:type", "toc") && nav.attribute("hidden").is_some()) {
        faults.add(root, "its contents are hidden");
    }
    let language = words(opf, "language").into_iter().next();
    let own = opf
        .all("package")
        .find_map(|node| node.attribute("xml:lang"));
    if own.is_some_and(|own| Some(own) != language.as_deref()) {
        faults.add(root, "its package is in another language than its text");
    }
}

/// Old contents say of the publication what its package says.
pub(super) fn old(opf: &Dom, book: &Book<'_>, faults: &mut Faults) {
    let Some((place, dom)) = book.old else {
        return;
    };
    let text = |names: [&str; 1]| -> Vec<String> { words(dom, names[0]) };
    let unique = opf
        .all("package")
        .find_map(|node| node.attribute("unique-identifier"));
    let identifier = opf
        .descendants(ROOT)
        .find(|id| opf.node(*id).name == "identifier" && opf.node(*id).attribute("id") == unique);
    let identifier = identifier.map(|id| opf.words(id).trim().to_owned());
    let meta = |name: &str| {
        let mut metas = dom
            .all("meta")
            .filter(|meta| meta.attribute("name") == Some(name));
        metas.next().and_then(|meta| meta.attribute("content"))
    };
    if meta("dtb:uid") != identifier.as_deref() {
        faults.add(place, "it has another identifier than the publication");
    }
    let count = dom.all("pageTarget").count();
    if count > 0 && meta("dtb:totalPageCount").is_some_and(|own| own != count.to_string()) {
        faults.add(
            place,
            format!("it says another number of pages than {count}"),
        );
    }
    let titles = words(opf, "title");
    let whole = text(["docTitle"]).join(" ");
    let is_title = titles
        .first()
        .is_some_and(|title| whole.starts_with(title.as_str()))
        && titles.iter().all(|title| whole.contains(title.as_str()));
    if !is_title {
        faults.add(place, format!("its title is “{whole}”"));
    }
    if text(["docAuthor"]) != words(opf, "creator") {
        faults.add(place, "its authors are not those of the publication");
    }
    let language = dom.all("ncx").find_map(|node| node.attribute("xml:lang"));
    if language.is_some() && language != words(opf, "language").first().map(String::as_str) {
        faults.add(place, "it is in another language than the publication");
    }
    // The list of pages of the new contents is held against the pages.
    let new: Vec<(String, String)> = book
        .documents
        .iter()
        .flat_map(|(name, dom)| {
            let ids = dom.descendants(ROOT);
            let navs = ids.filter(|id| dom.node(*id).says("epub:type", "page-list"));
            let links = navs.flat_map(|nav| dom.descendants(nav));
            let links = links.filter(|id| dom.node(*id).name == "a");
            links.filter_map(move |id| aim(name, dom.node(id).attribute("href")?, &dom.words(id)))
        })
        .collect();
    let old: Vec<(String, String)> = dom
        .descendants(ROOT)
        .filter(|id| dom.node(*id).name == "pageTarget")
        .filter_map(|id| {
            let target = dom.node(id);
            let content = target.children.iter().map(|id| dom.node(*id));
            let src = content
                .filter(|node| node.name == "content")
                .find_map(|node| node.attribute("src"));
            aim(place, src?, &dom.words(id))
        })
        .collect();
    if new != old {
        faults.add(place, "its list of pages is not that of the contents");
    }
    let mut orders: Vec<usize> = dom
        .descendants(ROOT)
        .filter_map(|id| dom.node(id).attribute("playOrder")?.parse().ok())
        .collect();
    let count = orders.len();
    orders.sort_unstable();
    orders.dedup();
    if orders.len() != count {
        faults.add(place, "two of its entries have one place in the order");
    }
}

/// Where an entry leads, and what it says.
fn aim(place: &str, address: &str, words: &str) -> Option<(String, String)> {
    let (_, fragment) = address.split_once('#').unwrap_or((address, ""));
    let to = resolve(place, address)?;
    Some((format!("{to}#{fragment}"), canonical_line(words)))
}

/// The words of all elements of a name.
fn words(dom: &Dom, name: &str) -> Vec<String> {
    let ids = dom
        .descendants(ROOT)
        .filter(|id| dom.node(*id).name == name);
    ids.map(|id| canonical_line(&dom.words(id))).collect()
}
