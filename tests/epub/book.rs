//! A reader of publications: files, manifest, spine, and what is wrong with them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use roxmltree::{Document, Node, ParsingOptions};
use zip::ZipArchive;

const OPS: &str = "http://www.idpf.org/2007/ops";

/// A publication as read.
pub(crate) struct Book {
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    /// Paths in the order of the spine.
    pub(crate) spine: Vec<String>,
    /// Path to media type.
    manifest: BTreeMap<String, String>,
}

pub(crate) fn parse(text: &str) -> Document<'_> {
    let options = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(text, options).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

impl Book {
    pub(crate) fn read(bytes: &[u8]) -> Self {
        assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip");
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut files = BTreeMap::new();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).unwrap();
            assert_eq!(
                file.last_modified(),
                Some(zip::DateTime::default()),
                "{}",
                file.name()
            );
            let mut contents = Vec::new();
            file.read_to_end(&mut contents).unwrap();
            let name = file.name().to_owned();
            assert!(files.insert(name, contents).is_none());
        }
        let mut book = Self {
            files,
            spine: Vec::new(),
            manifest: BTreeMap::new(),
        };
        book.read_package();
        book
    }

    fn read_package(&mut self) {
        let container = self.text("META-INF/container.xml").to_owned();
        assert!(container.contains("full-path=\"OEBPS/content.opf\""));
        let text = self.text("OEBPS/content.opf").to_owned();
        let package = parse(&text);
        let mut ids = BTreeMap::new();
        for item in named(&package, "item") {
            let path = format!("OEBPS/{}", item.attribute("href").unwrap());
            assert!(
                self.files.contains_key(&path),
                "{path} is in the manifest alone"
            );
            let media_type = item.attribute("media-type").unwrap().to_owned();
            assert!(self.manifest.insert(path.clone(), media_type).is_none());
            assert!(
                ids.insert(item.attribute("id").unwrap().to_owned(), path)
                    .is_none()
            );
        }
        let spine = named(&package, "itemref");
        self.spine = spine
            .map(|item| ids[item.attribute("idref").unwrap()].clone())
            .collect();
    }

    pub(crate) fn text(&self, path: &str) -> &str {
        std::str::from_utf8(&self.files[path]).unwrap()
    }

    /// The content documents.
    pub(crate) fn documents(&self) -> impl Iterator<Item = (&str, &str)> {
        let of_type = |wanted| {
            self.manifest
                .iter()
                .filter(move |(_, media_type)| *media_type == wanted)
        };
        of_type("application/xhtml+xml").map(|(path, _)| (path.as_str(), self.text(path)))
    }

    /// Holds the publication to everything that needs no knowledge of its piece.
    pub(crate) fn must_be_sound(&self) {
        self.manifest_is_complete();
        let mut ids = BTreeMap::new();
        let mut links = Vec::new();
        let parts = self.manifest.keys().map(String::as_str);
        for path in parts.chain(["OEBPS/content.opf", "META-INF/container.xml"]) {
            if [".xhtml", ".opf", ".ncx", ".xml"]
                .iter()
                .any(|end| path.ends_with(end))
            {
                let document = parse(self.text(path));
                ids.insert(path, unique_ids(path, &document));
                links.extend(links_of(&document).map(|link| (path, link)));
            }
        }
        for (from, link) in &links {
            self.link_resolves(from, link, &ids);
        }
        for (path, text) in self.documents() {
            document_is_sound(path, &parse(text));
        }
    }

    fn manifest_is_complete(&self) {
        let known = |path: &str| {
            path == "mimetype"
                || path.starts_with("META-INF/")
                || path == "OEBPS/content.opf"
                || self.manifest.contains_key(path)
        };
        for path in self.files.keys() {
            assert!(known(path), "{path} is not in the manifest");
        }
        let spine: BTreeSet<_> = self.spine.iter().collect();
        for (path, _) in self.documents() {
            assert!(
                spine.contains(&path.to_owned()),
                "{path} is not in the spine"
            );
        }
        let sheet = self.text("OEBPS/stylesheet.css");
        for (at, _) in sheet.match_indices("url(\"") {
            let rest = &sheet[at + 5..];
            let path = format!("OEBPS/{}", &rest[..rest.find('"').unwrap()]);
            assert!(self.manifest.contains_key(&path), "{path}");
        }
    }

    fn link_resolves(&self, from: &str, link: &str, ids: &BTreeMap<&str, BTreeSet<String>>) {
        if link.starts_with("https://")
            || link.starts_with("http://")
            || link.starts_with("mailto:")
        {
            return;
        }
        let (file, fragment) = link.split_once('#').unwrap_or((link, ""));
        let path = if file.is_empty() {
            from.to_owned()
        } else {
            format!("OEBPS/{file}")
        };
        assert!(
            self.files.contains_key(&path),
            "{from}: {link} leads nowhere"
        );
        if !fragment.is_empty() {
            let known = ids.get(path.as_str());
            assert!(
                known.is_some_and(|known| known.contains(fragment)),
                "{from}: {link}"
            );
        }
    }
}

fn unique_ids(path: &str, document: &Document<'_>) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for id in document
        .descendants()
        .filter_map(|node| node.attribute("id"))
    {
        assert!(ids.insert(id.to_owned()), "{path}: two of id {id}");
    }
    for name in ["aria-labelledby", "refines"] {
        let named = document
            .descendants()
            .filter_map(|node| node.attribute(name));
        for id in named {
            assert!(
                ids.contains(id.trim_start_matches('#')),
                "{path}: {name} {id}"
            );
        }
    }
    ids
}

fn links_of<'d>(document: &'d Document<'_>) -> impl Iterator<Item = String> + 'd {
    let package = document.root_element().tag_name().name() == "container";
    let nodes = document.descendants().filter(move |_| !package);
    nodes.flat_map(|node| {
        let named = ["href", "src"];
        named
            .iter()
            .filter_map(move |name| node.attribute(*name).map(str::to_owned))
            .collect::<Vec<_>>()
    })
}

fn document_is_sound(path: &str, document: &Document<'_>) {
    let root = document.root_element();
    assert!(root.attribute("lang").is_some(), "{path}");
    let title = named(document, "title").next().unwrap();
    assert!(!words(title).is_empty(), "{path} has no title");
    for node in document.descendants().filter(Node::is_element) {
        let name = node.tag_name().name();
        if name == "img" {
            assert!(
                node.attribute("alt").is_some_and(|alt| !alt.is_empty()),
                "{path}"
            );
        }
        if name == "th" {
            assert!(node.attribute("scope").is_some(), "{path}");
        }
        if name == "a" {
            let inner = node
                .descendants()
                .skip(1)
                .filter(|inner| inner.tag_name().name() == "a");
            assert_eq!(inner.count(), 0, "{path}: a link in a link");
            let hidden = node
                .ancestors()
                .any(|outer| outer.attribute("aria-hidden").is_some());
            assert!(!hidden, "{path}: a hidden link");
        }
    }
}

/// The elements of a name, in order.
pub(crate) fn named<'d, 'i>(
    document: &'d Document<'i>,
    name: &'static str,
) -> impl Iterator<Item = Node<'d, 'i>> {
    let nodes = document.descendants();
    nodes.filter(move |node| node.tag_name().name() == name)
}

/// The elements of an `epub:type`, in order.
pub(crate) fn typed<'d, 'i>(
    document: &'d Document<'i>,
    epub_type: &'static str,
) -> impl Iterator<Item = Node<'d, 'i>> {
    let nodes = document.descendants();
    nodes.filter(move |node| node.attribute((OPS, "type")) == Some(epub_type))
}

/// All text inside a node.
pub(crate) fn words(node: Node<'_, '_>) -> String {
    let texts = node.descendants().filter(Node::is_text);
    texts.filter_map(|text| text.text()).collect()
}
