//! The forms of both navigation documents in editions (EPUB 3.3, 7; OPF 2.0.1, 2.4.1): every list in its place, every entry in the order of
//! the text, and the old contents those of the new.

use std::collections::{BTreeMap, HashMap};

use super::super::dom::{Dom, Node, NodeId, ROOT};
use super::super::package::resolve;
use super::contents::{Book, Entry, entries, points};
use super::faults::Faults;
use crate::compose::canonical_line;

/// The lists of the navigation document, in its order, and what each says of itself besides.
const LISTS: &[(&str, &[(&str, &str)])] = &[
    (
        "toc",
        &[
            ("role", "doc-toc"),
            ("id", "toc"),
            ("aria-labelledby", "toc-title"),
        ],
    ),
    ("landmarks", &[("hidden", "")]),
    (
        "page-list",
        &[
            ("role", "doc-pagelist"),
            ("id", "page-list"),
            ("hidden", ""),
        ],
    ),
];
/// The landmarks of every edition.
const LANDMARKS: &[&str] = &["cover", "titlepage", "toc"];
/// What sections mean, and the landmark that leads to the first of them.
const OF_SECTIONS: &[(&str, &str)] = &[
    ("introduction", "introduction"),
    ("chapter", "bodymatter"),
    ("contributors", "contributors"),
];
/// What old contents say of themselves.
const OF_OLD: &[&str] = &[
    "dtb:uid",
    "dtb:depth",
    "dtb:totalPageCount",
    "dtb:maxPageNumber",
];

/// Where something stands: the place of its document in the order of reading, and its own in that.
type Place = (usize, usize);

/// The places of documents and of what is called by a name in them.
struct Places {
    documents: HashMap<String, usize>,
    ids: HashMap<(usize, String), usize>,
}

impl Places {
    /// Those of a book, in which the contents stand behind the title page.
    fn of(book: &Book<'_>, contents: &str) -> Self {
        let mut documents = HashMap::new();
        let mut ids = HashMap::new();
        for (at, name) in book.spine.iter().enumerate() {
            // There is room behind each for the contents.
            documents.insert(name.clone(), at * 2);
            let Some(dom) = book.documents.get(name) else {
                continue;
            };
            for (place, id) in dom.descendants(ROOT).enumerate() {
                if let Some(own) = dom.node(id).attribute("id") {
                    ids.insert((at * 2, own.to_owned()), place);
                }
            }
        }
        documents.insert(contents.to_owned(), 3);
        Self { documents, ids }
    }

    fn aim(&self, from: &str, address: &str) -> Option<Place> {
        let document = *self.documents.get(&resolve(from, address)?)?;
        let at = match address.split_once('#') {
            Some((_, id)) => self.ids.get(&(document, id.to_owned())).copied(),
            None => Some(0),
        };
        Some((document, at.unwrap_or(0)))
    }
}

/// Tells what navigation has otherwise than in any edition of ours.
pub(super) fn judge(opf: &Dom, book: &Book<'_>, faults: &mut Faults) {
    let new = book.documents.iter().find(|(_, dom)| {
        let mut navs = dom.all("nav");
        navs.any(|nav| nav.says("epub:type", "toc"))
    });
    let Some((name, dom)) = new else {
        return;
    };
    let places = Places::of(book, name);
    let navs: Vec<NodeId> = dom
        .descendants(ROOT)
        .filter(|id| dom.node(*id).name == "nav")
        .collect();
    let is_of = |nav: &NodeId, meaning: &str| dom.node(*nav).says("epub:type", meaning);
    lists(dom, &navs, name, faults);
    let mut in_contents = Vec::new();
    let mut paged = Vec::new();
    for nav in &navs {
        if is_of(nav, "toc") {
            in_contents = entries(dom, *nav);
            ordered(&places, name, &in_contents, faults);
            whole(book, name, &in_contents, faults);
        } else if is_of(nav, "landmarks") {
            landmarks(dom, *nav, name, (book, &places), faults);
        } else if is_of(nav, "page-list") {
            paged = entries(dom, *nav);
        }
    }
    if let Some((place, old)) = book.old {
        self::old(old, place, (&in_contents, &paged, name), &places, faults);
    } else if opf
        .all("spine")
        .any(|spine| spine.attribute("toc").is_some())
    {
        faults.add(name.as_str(), "there are no old contents");
    }
}

/// The lists stand in their order, and say what they are.
fn lists(dom: &Dom, navs: &[NodeId], place: &str, faults: &mut Faults) {
    let title = dom.all("title").next();
    let title = title.map(|title| canonical_line(&dom.words_of(title)));
    let heading = dom.first("h2").map(|id| canonical_line(&dom.words(id)));
    if title != heading {
        faults.add(place, "its heading is not its title");
    }
    let mut last = None;
    for nav in navs {
        let node = dom.node(*nav);
        let meaning = node.attribute("epub:type").unwrap_or_default();
        let at = LISTS.iter().position(|(own, _)| *own == meaning);
        if at.is_none() || at <= last {
            faults.add(place, format!("the list `{meaning}` stands elsewhere"));
        }
        last = at;
        let said = at
            .and_then(|at| LISTS.get(at))
            .map_or(&[][..], |(_, said)| said);
        for (attribute, value) in said {
            if node.attribute(attribute) != Some(value) {
                faults.add(place, format!("the list `{meaning}` has no `{attribute}`"));
            }
        }
    }
}

/// Every entry leads behind the one before.
fn ordered(places: &Places, place: &str, entries: &[Entry], faults: &mut Faults) {
    let mut last = None;
    for entry in entries {
        let own = places.aim(place, &entry.address);
        if own.is_none() || own <= last {
            let text = canonical_line(&entry.text);
            let what = format!("`{text}` of the contents stands elsewhere than in the text");
            faults.add(place, what);
        }
        last = own.or(last);
    }
}

/// Contents lead to every document of text but the cover, and what stands in no contents.
fn whole(book: &Book<'_>, place: &str, entries: &[Entry], faults: &mut Faults) {
    const UNLISTED: &[&str] = &["cover", "colophon"];
    let led: Vec<Option<String>> = entries
        .iter()
        .map(|entry| resolve(place, &entry.address))
        .collect();
    for name in &book.spine {
        let section = book
            .documents
            .get(name)
            .and_then(|dom| dom.all("section").next());
        let meaning = section.and_then(|own| own.attribute("epub:type"));
        let is_listed = meaning.is_none_or(|own| !UNLISTED.contains(&own));
        if is_listed && !led.iter().flatten().any(|to| to == name) {
            faults.add(place, format!("its contents do not lead to `{name}`"));
        }
    }
}

/// Landmarks are all there, in the order of the text, and lead to where what they name begins.
fn landmarks(
    dom: &Dom,
    nav: NodeId,
    place: &str,
    (book, places): (&Book<'_>, &Places),
    faults: &mut Faults,
) {
    // The first section of each meaning: its document, its name, and whether it is the first there.
    let mut first: BTreeMap<&str, (&str, Option<&str>)> = BTreeMap::new();
    for name in &book.spine {
        let Some(dom) = book.documents.get(name) else {
            continue;
        };
        for (at, section) in dom.all("section").enumerate() {
            let meaning = section.attribute("epub:type").unwrap_or_default();
            let landmark = OF_SECTIONS.iter().find(|(own, _)| *own == meaning);
            if let Some((_, landmark)) = landmark {
                let id = section.attribute("id").filter(|_| at > 0);
                first.entry(landmark).or_insert((name, id));
            }
        }
    }
    let links: Vec<&Node> = dom
        .descendants(nav)
        .map(|id| dom.node(id))
        .filter(|node| node.name == "a")
        .collect();
    let mut last = None;
    let mut met = Vec::new();
    for link in links {
        let meaning = link.attribute("epub:type").unwrap_or_default();
        let address = link.attribute("href").unwrap_or_default();
        met.push(meaning);
        let to = resolve(place, address);
        let fragment = address.split_once('#').map(|(_, own)| own);
        let is_right = match (meaning, first.get(meaning)) {
            ("toc", _) => to.as_deref() == Some(place) && fragment == Some("toc"),
            ("cover" | "titlepage", _) => fragment.is_none(),
            (_, Some((document, id))) => to.as_deref() == Some(document) && fragment == *id,
            (_, None) => false,
        };
        let own = places.aim(place, address);
        if !is_right || own.is_none() || own <= last {
            faults.add(place, format!("the landmark `{meaning}` leads elsewhere"));
        }
        last = own.or(last);
    }
    let needed = LANDMARKS.iter().chain(first.keys());
    for missing in needed.filter(|own| !met.contains(own)) {
        faults.add(place, format!("there is no landmark `{missing}`"));
    }
}

/// Old contents have the entries of the new, numbered with the pages in the order of the text.
fn old(
    old: &Dom,
    place: &str,
    (contents, pages, from): (&[Entry], &[Entry], &str),
    places: &Places,
    faults: &mut Faults,
) {
    let told = |own: &Entry, from: &str| {
        let fragment = own.address.split_once('#').map(|(_, own)| own.to_owned());
        (
            own.depth,
            canonical_line(&own.text),
            resolve(from, &own.address),
            fragment,
        )
    };
    let points = points(old);
    let new: Vec<_> = contents.iter().map(|own| told(own, from)).collect();
    if points.iter().map(|own| told(own, place)).ne(new) {
        faults.add(place, "its contents are not those of the new ones");
    }
    let meta = |name: &str| -> Vec<&str> {
        let all = old
            .all("meta")
            .filter(|own| own.attribute("name") == Some(name));
        all.filter_map(|own| own.attribute("content")).collect()
    };
    let depth = points.iter().map(|own| own.depth).max().unwrap_or(0);
    let numbers = pages
        .iter()
        .filter_map(|page| page.text.trim().parse::<u32>().ok());
    let should = [
        ("dtb:depth", depth.to_string()),
        ("dtb:totalPageCount", pages.len().to_string()),
        ("dtb:maxPageNumber", numbers.max().unwrap_or(0).to_string()),
    ];
    for (name, value) in should {
        if meta(name) != [value.as_str()] {
            faults.add(place, format!("its `{name}` is not {value}"));
        }
    }
    let mut all = old.all("meta").filter_map(|own| own.attribute("name"));
    if let Some(other) = all.find(|own| !OF_OLD.contains(own)) {
        faults.add(place, format!("it says `{other}` of itself"));
    }
    forms(old, place, faults);
    if old
        .all("ncx")
        .any(|own| own.attribute("xml:lang").is_none())
    {
        faults.add(place, "it does not say its language");
    }
    numbered(old, place, places, faults);
}

/// The elements of old contents, and what they say of themselves.
const OF_ELEMENTS: &[(&str, &[&str])] = &[
    ("ncx", &["xmlns", "version", "xml:lang"]),
    ("head", &[]),
    ("meta", &["name", "content"]),
    ("docTitle", &[]),
    ("docAuthor", &[]),
    ("text", &[]),
    ("navMap", &[]),
    ("navPoint", &["playOrder", "id"]),
    ("navLabel", &["xml:lang"]),
    ("content", &["src"]),
    ("pageList", &[]),
    ("pageTarget", &["id", "type", "value", "playOrder"]),
];

/// Old contents have no other elements and attributes, and each entry one name and one place.
fn forms(old: &Dom, place: &str, faults: &mut Faults) {
    for id in old.descendants(ROOT) {
        let node = old.node(id);
        if node.is_text() || node.name.is_empty() {
            continue;
        }
        let name = node.name.as_str();
        let known = OF_ELEMENTS.iter().find(|(own, _)| *own == name);
        let Some((_, known)) = known else {
            faults.add(place, format!("there is an element `{name}`"));
            continue;
        };
        if let Some((other, _)) = node.attributes().find(|(own, _)| !known.contains(own)) {
            faults.add(place, format!("`{name}` has a `{other}`"));
        }
        let count = |of: &str| {
            let children = node.children.iter().map(|id| old.node(*id));
            children.filter(|own| own.name == of).count()
        };
        let is_entry = matches!(name, "navPoint" | "pageTarget");
        if is_entry && (count("content"), count("navLabel")) != (1, 1) {
            faults.add(place, "an entry has not one name and one place");
        }
    }
}

/// The points of old contents and their pages are numbered in the order of the text, and have names that count them.
fn numbered(old: &Dom, place: &str, places: &Places, faults: &mut Faults) {
    let mut all: Vec<(Option<Place>, usize, Option<usize>)> = Vec::new();
    let mut counts = [0_usize; 2];
    for id in old.descendants(ROOT) {
        let node = old.node(id);
        let (kind, name) = match node.name.as_str() {
            "navPoint" => (0, "navPoint"),
            "pageTarget" => (1, "page-target"),
            _ => continue,
        };
        counts[kind] += 1;
        if node.attribute("id") != Some(format!("{name}-{}", counts[kind]).as_str()) {
            faults.add(place, "its entries have other names than those of editions");
        }
        let children = node.children.iter().map(|id| old.node(*id));
        let content = children.into_iter().find(|own| own.name == "content");
        let address = content.and_then(|own| own.attribute("src"));
        let aim = address.and_then(|address| places.aim(place, address));
        let order = node.attribute("playOrder").and_then(|own| own.parse().ok());
        // A page that begins a document begins with it.
        all.push((aim, kind, order));
        if kind == 1 {
            let words = canonical_line(&old.words(id));
            let is_number = words.bytes().all(|byte| byte.is_ascii_digit());
            let should = if is_number {
                ("normal", Some(words.as_str()))
            } else {
                ("special", None)
            };
            let own = (
                node.attribute("type").unwrap_or_default(),
                node.attribute("value"),
            );
            if own != should {
                faults.add(place, "a page is called otherwise than its number");
            }
        }
    }
    all.sort_by_key(|(aim, kind, _)| (*aim, *kind));
    let is_numbered = (1..)
        .zip(&all)
        .all(|(number, (.., order))| *order == Some(number));
    if !is_numbered {
        faults.add(
            place,
            "its entries are numbered in another order than that of the text",
        );
    }
}
