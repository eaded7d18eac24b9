//! The blocks of metadata of one piece, each as a reader of its format finds it.

use std::collections::BTreeMap;

use lopdf::{Document, Object, decode_text_string};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::citations::{bibtex, csl, ris};
use crate::fields::{
    Block, array, attributes_of, by_role, elements, natural, split, text, text_of, texts, values,
};
use crate::program::Place;
use crate::support::{part, parts};

/// A piece with all that was made of it.
pub(crate) struct Editions {
    place: Place,
}

impl Editions {
    pub(crate) fn of(piece: &str) -> Self {
        let place = Place::new();
        place.write("source/piece.yaml", piece);
        place.write(
            "site.yaml",
            "base_url: https://example.org/\ntitle: Pieces\n",
        );
        place.run("export source -q -f all,html").expect(0);
        place
            .run("distribute source --site site.yaml --to public")
            .expect(0);
        Self { place }
    }

    /// The source by its contents.
    pub(crate) fn source(&self) -> String {
        let digest = Sha256::digest(self.place.read("source/piece.yaml"));
        let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("nih:sha-256;{digits}")
    }

    /// The identifier that the manifest knows the piece by.
    pub(crate) fn uuid(&self) -> String {
        let manifest: Value =
            serde_json::from_slice(&self.place.read("public/manifest.json")).unwrap();
        let uuid = &manifest["pieces"]["piece"]["publication"]["uuid"];
        format!("urn:uuid:{}", uuid.as_str().unwrap())
    }

    /// What the cover says, for those who do not see it.
    pub(crate) fn cover(&self) -> String {
        let page = self.text("public/pieces/piece.html");
        let metas = attributes_of(&page, "meta", "property", "content");
        values(&metas, "og:image:alt").concat()
    }

    fn text(&self, path: &str) -> String {
        String::from_utf8(self.place.read(path)).unwrap()
    }

    pub(crate) fn blocks(&self) -> Vec<Block> {
        let docx = parts(&self.place.read("dist/piece.docx"));
        let epub = parts(&self.place.read("dist/piece.epub"));
        let page = self.text("public/pieces/piece.html");
        let file = |name: &str| self.text(&format!("public/pieces/piece/piece.{name}"));
        vec![
            self.xmp(),
            self.info(),
            word(
                part(&docx, "docProps/core.xml"),
                part(&docx, "docProps/custom.xml"),
            ),
            opf(part(&epub, "OEBPS/content.opf")),
            ncx(part(&epub, "OEBPS/toc.ncx")),
            html(&self.text("dist/piece.html")),
            highwire(&page),
            json_ld(&page),
            atom("Atom", &self.text("public/feed.xml")),
            atom("OPDS", &self.text("public/opds/all.xml")),
            bibtex(&file("bib")),
            ris(&file("ris")),
            csl(&file("csl.json")),
        ]
    }

    fn xmp(&self) -> Block {
        let bytes = self.place.read("dist/piece.pdf");
        let find = |what: &[u8]| {
            bytes
                .windows(what.len())
                .position(|window| window == what)
                .unwrap()
        };
        let (start, end) = (
            find(b"<x:xmpmeta"),
            find(b"</x:xmpmeta>") + b"</x:xmpmeta>".len(),
        );
        let text = std::str::from_utf8(&bytes[start..end]).unwrap();
        let xml = roxmltree::Document::parse(text).unwrap();
        let list = |name: &str| -> Vec<String> {
            let items = elements(&xml, name).flat_map(|property| property.descendants());
            texts(items.filter(|item| item.has_tag_name("li") || item.tag_name().name() == "li"))
        };
        let one = |name: &str| elements(&xml, name).next().map(text_of);
        Block {
            name: "XMP",
            creators: list("creator"),
            contributors: Some(list("contributor")),
            identifiers: list("Identifier").into_iter().collect(),
            best: one("identifier"),
            topics: Some(list("subject").into_iter().collect()),
            publisher: list("publisher").pop(),
            rights: list("rights").pop(),
            license: one("WebStatement"),
            source: one("source"),
            ..Block::default()
        }
    }

    fn info(&self) -> Block {
        let document = Document::load_mem(&self.place.read("dist/piece.pdf")).unwrap();
        let information = document.trailer.get(b"Info").unwrap();
        let information = document
            .dereference(information)
            .unwrap()
            .1
            .as_dict()
            .unwrap();
        let text = |key: &str| {
            let value: &Object = information.get(key.as_bytes()).unwrap();
            decode_text_string(value).unwrap()
        };
        Block {
            name: "the information dictionary",
            creators: split(&text("Author")),
            topics: Some(split(&text("Keywords")).into_iter().collect()),
            ..Block::default()
        }
    }
}

fn word(core: &str, custom: &str) -> Block {
    let xml = roxmltree::Document::parse(core).unwrap();
    let one = |name: &str| elements(&xml, name).next().map(text_of);
    let properties = roxmltree::Document::parse(custom).unwrap();
    let properties: BTreeMap<&str, String> = elements(&properties, "property")
        .map(|property| (property.attribute("name").unwrap(), text_of(property)))
        .collect();
    let custom = |name: &str| properties.get(name).cloned();
    // `Name (what)`, several with semicolons between.
    let pairs = |name: &str| -> Vec<(String, String)> {
        let pairs = split(&custom(name).unwrap_or_default()).into_iter();
        pairs
            .map(|pair| {
                let (name, of) = pair.strip_suffix(')').unwrap().rsplit_once(" (").unwrap();
                (name.to_owned(), of.to_owned())
            })
            .collect()
    };
    let contributors = pairs("Contributors");
    let topics = [one("subject"), one("keywords")].into_iter().flatten();
    Block {
        name: "DOCX",
        creators: split(&one("creator").unwrap()),
        roles: contributors.iter().map(|(_, role)| role.clone()).collect(),
        contributors: Some(contributors.into_iter().map(|(name, _)| name).collect()),
        best: one("identifier"),
        doi: custom("DOI"),
        isbn: custom("ISBN"),
        orcids: pairs("ORCID").into_iter().map(|(_, orcid)| orcid).collect(),
        ror: pairs("ROR").pop().map(|(_, ror)| ror),
        topics: Some(topics.flat_map(|list| split(&list)).collect()),
        publisher: custom("Publisher"),
        rights: custom("Rights"),
        license: custom("License"),
        source: custom("Source"),
        ..Block::default()
    }
}

fn opf(package: &str) -> Block {
    let xml = roxmltree::Document::parse(package).unwrap();
    let one = |name: &str| elements(&xml, name).next().map(text_of);
    let refined = |id: &str, property: &str| {
        let refines = format!("#{id}");
        let mut metas = elements(&xml, "meta");
        let meta = metas.find(|meta| {
            meta.attribute("refines") == Some(&refines)
                && meta.attribute("property") == Some(property)
        });
        meta.map(text_of)
    };
    let roles = elements(&xml, "contributor");
    let roles = roles.filter_map(|person| refined(person.attribute("id").unwrap(), "role"));
    let people = elements(&xml, "creator").chain(elements(&xml, "contributor"));
    let orcids =
        people.filter_map(|person| refined(person.attribute("id").unwrap(), "schema:identifier"));
    let mut links = elements(&xml, "link");
    let license = links.find(|link| link.attribute("rel") == Some("dcterms:license"));
    Block {
        name: "OPF",
        creators: texts(elements(&xml, "creator")),
        contributors: Some(texts(elements(&xml, "contributor"))),
        roles: roles.collect(),
        identifiers: texts(elements(&xml, "identifier")).into_iter().collect(),
        orcids: orcids.collect(),
        ror: refined("affiliation-1", "schema:identifier"),
        topics: Some(texts(elements(&xml, "subject")).into_iter().collect()),
        publisher: one("publisher"),
        rights: one("rights"),
        license: license.map(|link| link.attribute("href").unwrap().to_owned()),
        source: one("source"),
        ..Block::default()
    }
}

fn ncx(contents: &str) -> Block {
    let options = roxmltree::ParsingOptions {
        allow_dtd: true,
        ..Default::default()
    };
    let xml = roxmltree::Document::parse_with_options(contents, options).unwrap();
    Block {
        name: "NCX",
        creators: texts(elements(&xml, "docAuthor")),
        ..Block::default()
    }
}

fn html(page: &str) -> Block {
    let metas = attributes_of(page, "meta", "name", "content");
    let links = attributes_of(page, "link", "rel", "href");
    let all = |name: &str| values(&metas, name);
    let keywords = all("keywords").pop().unwrap_or_default();
    Block {
        name: "HTML",
        creators: all("author"),
        contributors: Some(all("dcterms.contributor")),
        identifiers: all("dcterms.identifier").into_iter().collect(),
        orcids: values(&links, "author").into_iter().collect(),
        topics: Some(keywords.split(", ").map(str::to_owned).collect()),
        publisher: all("dcterms.publisher").pop(),
        rights: all("dcterms.rights").pop(),
        license: values(&links, "license").pop(),
        source: all("dcterms.source").pop(),
        ..Block::default()
    }
}

fn highwire(page: &str) -> Block {
    let metas = attributes_of(page, "meta", "name", "content");
    let all = |name: &str| values(&metas, name);
    let named = [("edt", "citation_editor"), ("trl", "citation_translator")];
    let names = |name: &str| all(name).iter().map(|name| natural(name)).collect();
    let (roles, contributors) = by_role(&named, names);
    Block {
        name: "Highwire",
        creators: names("citation_author"),
        contributors: Some(contributors),
        roles,
        doi: all("citation_doi").pop(),
        isbn: all("citation_isbn").pop(),
        orcids: all("citation_author_orcid").into_iter().collect(),
        topics: Some(
            split(&all("citation_keywords").concat())
                .into_iter()
                .collect(),
        ),
        publisher: all("citation_publisher").pop(),
        ..Block::default()
    }
}

fn json_ld(page: &str) -> Block {
    let (_, rest) = page
        .split_once("<script type=\"application/ld+json\">")
        .unwrap();
    let article: Value = serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap();
    let people = |name: &str| array(&article[name]);
    let names = |name: &str| {
        people(name)
            .iter()
            .map(|person| text(&person["name"]))
            .collect()
    };
    let (roles, contributors) = by_role(&[("edt", "editor"), ("trl", "translator")], names);
    let everybody = ["author", "editor", "translator"].map(people).concat();
    let orcids = everybody
        .iter()
        .filter_map(|person| person["sameAs"].as_str());
    Block {
        name: "JSON-LD",
        creators: names("author"),
        contributors: Some(contributors),
        roles,
        best: article["sameAs"].as_str().map(str::to_owned),
        isbn: article["identifier"]["value"].as_str().map(str::to_owned),
        orcids: orcids.map(str::to_owned).collect(),
        ror: article["author"][0]["affiliation"]["sameAs"]
            .as_str()
            .map(str::to_owned),
        topics: Some(array(&article["keywords"]).iter().map(text).collect()),
        publisher: article["publisher"]["name"].as_str().map(str::to_owned),
        rights: article["copyrightNotice"].as_str().map(str::to_owned),
        license: article["license"].as_str().map(str::to_owned),
        ..Block::default()
    }
}

fn atom(name: &'static str, feed: &str) -> Block {
    let xml = roxmltree::Document::parse(feed).unwrap();
    let entry = elements(&xml, "entry").next().unwrap();
    let of = |name: &'static str| {
        entry
            .children()
            .filter(move |node| node.tag_name().name() == name)
    };
    let people = |name: &'static str| {
        let names = of(name).flat_map(|person| person.children());
        texts(names.filter(|node| node.tag_name().name() == "name"))
    };
    let uris = of("author")
        .chain(of("contributor"))
        .flat_map(|person| person.children());
    let uris = uris.filter(|node| node.tag_name().name() == "uri");
    let terms = of("category").map(|category| category.attribute("term").unwrap().to_owned());
    Block {
        name,
        creators: people("author"),
        contributors: Some(people("contributor")),
        identifiers: texts(of("identifier")).into_iter().collect(),
        orcids: texts(uris).into_iter().collect(),
        topics: Some(terms.collect()),
        publisher: texts(of("publisher")).pop(),
        rights: texts(of("rights")).pop(),
        ..Block::default()
    }
}
