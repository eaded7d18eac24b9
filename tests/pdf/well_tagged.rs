//! The edition that keeps PDF/UA-2 (ISO 14289-2), PDF/A-4 (ISO 19005-4) and Well-Tagged PDF (WTPDF 1.0) at once, clause by
//! clause. No validator of these standards is in the registries that tests may use; each clause is read back here through
//! `hayro-syntax`. What all editions share, fonts and content above all, is held by the validator of PDF/A-2 and by `faces`.

use std::collections::{BTreeMap, BTreeSet};

use flashpoint::editions::{Options, pdf};
use flashpoint::theme::{PageSize, PdfStandard, Theme};
use flashpoint::typeset::layout;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, ObjectIdentifier, Stream};

use crate::edition::{from_file, from_yaml, sources};
use crate::reader::{read, shown};
use crate::types::{CONTAINMENT, NAMESPACE, OF_1_7, OF_2_0};

/// A structure element.
struct Element<'a> {
    dict: Dict<'a>,
    role: String,
    parent: Option<usize>,
    /// Types of the kids in order, `#` for content and annotations.
    kids: Vec<String>,
}

/// A file as the rules look at it.
struct File<'a> {
    pdf: &'a Pdf,
    catalog: Dict<'a>,
    elements: Vec<Element<'a>>,
    /// The elements by their objects.
    by_object: BTreeMap<ObjectIdentifier, usize>,
    packet: String,
    /// Clauses that the file does not keep.
    broken: BTreeSet<String>,
}

fn role(dict: &Dict<'_>) -> Option<String> {
    dict.get::<Name<'_>>("S")
        .map(|name| name.as_str().to_owned())
}

/// `H1` to `H6` are one row of the table.
fn row(role: &str) -> &str {
    match role.as_bytes() {
        [b'H', b'1'..=b'6'] => "Hn",
        _ => role,
    }
}

impl<'a> File<'a> {
    fn new(pdf: &'a Pdf) -> Self {
        let catalog: Dict<'_> = pdf.xref().get(pdf.xref().root_id()).unwrap();
        let packet: Stream<'_> = catalog.get("Metadata").unwrap();
        let packet = String::from_utf8(packet.decoded().unwrap().into_owned()).unwrap();
        let mut file = Self {
            pdf,
            elements: Vec::new(),
            by_object: BTreeMap::new(),
            packet,
            broken: BTreeSet::new(),
            catalog: catalog.clone(),
        };
        let root: Dict<'_> = catalog.get("StructTreeRoot").unwrap();
        let document: Dict<'_> = root.get("K").unwrap();
        let id = ObjectIdentifier::from(root.get_ref("K").unwrap());
        file.element(document, id, None);
        file
    }

    fn element(&mut self, dict: Dict<'a>, id: ObjectIdentifier, parent: Option<usize>) {
        let index = self.elements.len();
        self.by_object.insert(id, index);
        self.elements.push(Element {
            role: role(&dict).unwrap(),
            dict: dict.clone(),
            parent,
            kids: Vec::new(),
        });
        let kids: Vec<_> = match dict.get::<Object<'_>>("K") {
            Some(Object::Array(kids)) => {
                let objects = kids.iter::<Object<'_>>();
                objects
                    .zip(kids.raw_iter().map(|kid| kid.as_obj_ref()))
                    .collect()
            }
            Some(kid) => vec![(kid, dict.get_ref("K"))],
            None => Vec::new(),
        };
        for (kid, reference) in kids {
            let Object::Dict(kid) = kid else {
                self.elements[index].kids.push("#".to_owned());
                continue;
            };
            match role(&kid) {
                Some(role) => {
                    self.elements[index].kids.push(role);
                    let id = ObjectIdentifier::from(reference.expect("an element of its own"));
                    self.element(kid, id, Some(index));
                }
                None => self.elements[index].kids.push("#".to_owned()),
            }
        }
    }

    fn hold(&mut self, clause: &str, kept: bool) {
        if !kept {
            self.broken.insert(clause.to_owned());
        }
    }

    fn says(&self, property: &str, value: &str) -> bool {
        self.packet
            .contains(&format!("<{property}>{value}</{property}>"))
    }

    /// ISO 19005-4.
    fn archive(&mut self, bytes: &[u8]) {
        let header =
            bytes.starts_with(b"%PDF-2.0\n%") && bytes[10..14].iter().all(|byte| *byte > 127);
        self.hold("19005-4, 6.1.2", header);
        let trailer = bytes
            .windows(6)
            .rposition(|window| window == b"/Size ")
            .unwrap();
        let around = &bytes[trailer.saturating_sub(400)..(trailer + 400).min(bytes.len())];
        let named = |key: &[u8]| around.windows(key.len()).any(|window| window == key);
        self.hold(
            "19005-4, 6.1.3",
            named(b"/ID[") && !named(b"/Info ") && !named(b"/Encrypt"),
        );
        self.hold("19005-4, 6.1.12", !self.catalog.contains_key("Version"));
        let intents: Array<'_> = self.catalog.get("OutputIntents").unwrap();
        let intent = intents.iter::<Dict<'_>>().next().unwrap();
        self.hold("19005-4, 6.2.3", intent.contains_key("DestOutputProfile"));
        let part = self.says("pdfaid:part", "4") && self.says("pdfaid:rev", "2020");
        self.hold(
            "19005-4, 6.7.3",
            part && !self.packet.contains("pdfaid:conformance"),
        );
        self.hold(
            "19005-4, 6.7.2.1",
            !self.packet.contains(" bytes=") && !self.packet.contains(" encoding="),
        );
        for annotation in self.annotations() {
            let link = annotation.get::<Name<'_>>("Subtype").unwrap().as_str() == "Link";
            self.hold("19005-4, 6.3.1", link);
            let flags = annotation.get::<Number>("F").map(|flags| flags.as_i64());
            self.hold("19005-4, 6.3.2", flags == Some(4));
            let action: Option<Dict<'_>> = annotation.get("A");
            let plain = action.is_none_or(|action| role(&action).as_deref() == Some("URI"));
            self.hold("19005-4, 6.6.1", plain);
        }
    }

    fn annotations(&self) -> Vec<Dict<'a>> {
        let pages = self.pdf.pages();
        let lists = pages
            .iter()
            .filter_map(|page| page.raw().get::<Array<'_>>("Annots"));
        // The pages live as long as the file; their dictionaries are read anew to say so.
        let ids = lists.flat_map(|list| {
            let ids = list.raw_iter().filter_map(|item| item.as_obj_ref());
            ids.map(ObjectIdentifier::from).collect::<Vec<_>>()
        });
        ids.map(|id| self.pdf.xref().get(id).unwrap()).collect()
    }

    /// ISO 14289-2, and WTPDF 1.0 where that says the same.
    fn accessible(&mut self) {
        let identified = self.says("pdfuaid:part", "2") && self.says("pdfuaid:rev", "2024");
        self.hold("14289-2, 5", identified);
        let marked: Dict<'_> = self.catalog.get("MarkInfo").unwrap();
        self.hold("14289-2, 6.2", marked.get::<bool>("Marked") == Some(true));
        let language = self.catalog.get::<Object<'_>>("Lang").map(shown);
        self.hold(
            "14289-2, 8.4.4",
            language.is_some_and(|language| !language.is_empty()),
        );
        self.hold(
            "14289-2, 8.11.1",
            self.packet.contains("<dc:title><rdf:Alt><rdf:li"),
        );
        let preferences: Dict<'_> = self.catalog.get("ViewerPreferences").unwrap();
        self.hold(
            "14289-2, 8.11.2",
            preferences.get::<bool>("DisplayDocTitle") == Some(true),
        );
        let tabs = self.pdf.pages().iter().all(|page| {
            page.raw()
                .get::<Name<'_>>("Tabs")
                .is_some_and(|tabs| tabs.as_str() == "S")
        });
        self.hold("14289-2, 8.9.3.3", tabs);
        for annotation in self.annotations() {
            let described = annotation.get::<Object<'_>>("Contents").map(shown);
            self.hold(
                "14289-2, 8.9.2",
                described.is_some_and(|words| !words.trim().is_empty()),
            );
        }
        self.tree();
        self.notes();
        self.tables();
        self.destinations();
    }

    fn tree(&mut self) {
        let root: Dict<'_> = self.catalog.get("StructTreeRoot").unwrap();
        self.hold("14289-2, 8.2.4", root.contains_key("Namespaces"));
        for index in 0..self.elements.len() {
            let element = &self.elements[index];
            let (dict, role) = (element.dict.clone(), element.role.clone());
            let kids = element.kids.clone();
            let namespace: Option<Dict<'_>> = dict.get("NS");
            let namespace = namespace.map(|space| shown(space.get::<Object<'_>>("NS").unwrap()));
            let known = match namespace.as_deref() {
                Some(NAMESPACE) => OF_2_0.contains(&role.as_str()),
                Some(_) => false,
                None => OF_1_7.contains(&role.as_str()),
            };
            self.hold("14289-2, 8.2.4", known);
            self.hold("14289-2, 8.2.1", dict.contains_key("P"));
            if element_is_first(index) {
                self.hold(
                    "14289-2, 8.2.5.2",
                    role == "Document" && namespace.as_deref() == Some(NAMESPACE),
                );
            }
            self.hold("14289-2, 8.2.5.12", role != "H");
            let caption = kids.iter().position(|kid| kid == "Caption");
            self.hold(
                "14289-2, 8.2.5.27",
                caption.is_none_or(|at| at == 0 || at + 1 == kids.len()),
            );
            if role == "TOCI" {
                self.hold("14289-2, 8.2.5.8", dict.contains_key("Ref"));
            }
            if role == "Figure" {
                self.hold("14289-2, 8.2.5.28.2", dict.contains_key("Alt"));
            }
            let attributes: Option<Dict<'_>> = dict.get("A");
            let attribute = |key: &str| {
                let name = attributes.as_ref()?.get::<Name<'_>>(key)?;
                Some(name.as_str().to_owned())
            };
            if role == "L" {
                self.hold(
                    "14289-2, 8.2.5.25",
                    attribute("ListNumbering").is_some_and(|kind| kind != "None"),
                );
            }
            if attributes
                .as_ref()
                .is_some_and(|attributes| attributes.contains_key("BaselineShift"))
            {
                self.hold("32000-2, 14.8.5.4", attribute("TextPosition").is_some());
            }
            let allowed = CONTAINMENT.iter().find(|(holder, _)| *holder == row(&role));
            let (_, allowed) = allowed.unwrap_or_else(|| panic!("{role} has no row"));
            for kid in &kids {
                let kept = allowed.contains(&row(kid));
                self.hold(&format!("WTPDF 1.0, 8.2.3: {kid} in {role}"), kept);
            }
        }
    }

    fn notes(&mut self) {
        let refers = |dict: &Dict<'_>| -> BTreeSet<ObjectIdentifier> {
            let list: Option<Array<'_>> = dict.get("Ref");
            let items = list.into_iter().flat_map(|list| {
                let ids = list.raw_iter().filter_map(|item| item.as_obj_ref());
                ids.map(ObjectIdentifier::from).collect::<Vec<_>>()
            });
            items.collect()
        };
        let mut pairs = BTreeSet::new();
        for (id, index) in &self.by_object {
            let element = &self.elements[*index];
            // Entries of contents name headings, which know nothing of them.
            if element.role == "TOCI" {
                continue;
            }
            pairs.extend(refers(&element.dict).into_iter().map(|other| (*id, other)));
        }
        let mutual = pairs.iter().all(|(from, to)| pairs.contains(&(*to, *from)));
        self.hold("14289-2, 8.2.5.14", mutual);
        for (id, index) in self.by_object.clone() {
            let element = &self.elements[index];
            if element.role == "FENote" {
                let kind = element.dict.get::<Dict<'_>>("A");
                let kind = kind.and_then(|kind| kind.get::<Name<'_>>("NoteType"));
                let footnote = kind.is_some_and(|kind| kind.as_str() == "Footnote");
                let cited = pairs.iter().any(|(from, to)| {
                    *to == id && self.elements[self.by_object[from]].role == "Link"
                });
                self.hold("14289-2, 8.2.5.14", footnote && cited);
            }
        }
    }

    /// Tables are regular, and every head says what it heads (ISO 14289-2, 8.2.5.26).
    fn tables(&mut self) {
        let mut widths: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for element in &self.elements {
            if element.role == "TR" {
                let table = element
                    .parent
                    .and_then(|part| self.elements[part].parent)
                    .unwrap();
                widths.entry(table).or_default().insert(element.kids.len());
            }
        }
        let regular = widths.values().all(|widths| widths.len() == 1);
        self.hold("14289-2, 8.2.5.26", regular);
        for index in 0..self.elements.len() {
            if self.elements[index].role == "TH" {
                let scope = self.elements[index].dict.get::<Dict<'_>>("A");
                let scope = scope.is_some_and(|attributes| attributes.contains_key("Scope"));
                self.hold("14289-2, 8.2.5.26", scope);
            }
        }
    }

    /// Every destination leads to an element (ISO 14289-2, 8.8), and to a place on a page for older readers.
    fn destinations(&mut self) {
        let names: Dict<'_> = self.catalog.get("Names").unwrap();
        let mut found = BTreeMap::new();
        named(&names.get("Dests").unwrap(), &mut found);
        for destination in found.values() {
            let structure: Option<Array<'_>> = destination.get("SD");
            let target = structure.and_then(|structure| {
                let first = structure.raw_iter().next()?;
                first.as_obj_ref().map(ObjectIdentifier::from)
            });
            let kept = target.is_some_and(|target| self.by_object.contains_key(&target));
            self.hold("14289-2, 8.8", kept && destination.contains_key("D"));
        }
        let mut targets: Vec<String> = Vec::new();
        let outline: Dict<'_> = self.catalog.get("Outlines").unwrap();
        entries(&outline, &mut targets);
        for annotation in self.annotations() {
            targets.extend(annotation.get::<Object<'_>>("Dest").map(shown));
        }
        for target in targets {
            self.hold("14289-2, 8.8", found.contains_key(&target));
        }
    }

    /// WTPDF 1.0, 6.1.3.
    fn declared(&mut self) {
        for level in ["accessibility1.0", "reuse1.0"] {
            let declaration = format!("http://pdfa.org/declarations/wtpdf#{level}");
            let said = self.says("pdfd:conformsTo", &declaration);
            let space = self
                .packet
                .contains("xmlns:pdfd=\"http://pdfa.org/declarations/\"");
            self.hold("WTPDF 1.0, 6.1.3", said && space);
        }
    }
}

fn element_is_first(index: usize) -> bool {
    index == 0
}

/// The named destinations.
fn named<'a>(node: &Dict<'a>, found: &mut BTreeMap<String, Dict<'a>>) {
    for kid in node
        .get::<Array<'_>>("Kids")
        .iter()
        .flat_map(Array::iter::<Dict<'_>>)
    {
        named(&kid, found);
    }
    if let Some(names) = node.get::<Array<'_>>("Names") {
        let objects: Vec<Object<'_>> = names.iter().collect();
        for pair in objects.chunks(2) {
            if let [name, Object::Dict(destination)] = pair {
                found.insert(shown(name.clone()), destination.clone());
            }
        }
    }
}

/// Where the entries of the outline lead.
fn entries(above: &Dict<'_>, targets: &mut Vec<String>) {
    let mut next = above.get::<Dict<'_>>("First");
    while let Some(entry) = next {
        targets.push(match entry.get::<Object<'_>>("Dest") {
            Some(name @ Object::String(_)) => shown(name),
            other => format!("{other:?}"),
        });
        entries(&entry, targets);
        next = entry.get("Next");
    }
}

/// The clauses that a file does not keep.
fn broken(bytes: &[u8]) -> BTreeSet<String> {
    let pdf = Pdf::new(bytes.to_vec()).unwrap();
    let mut file = File::new(&pdf);
    file.archive(bytes);
    file.accessible();
    file.declared();
    file.broken
}

/// The edition of a composition that keeps the standards of PDF 2.0.
fn second(composition: &flashpoint::compose::Composition, contents: bool) -> Vec<u8> {
    let (mut theme, page_size) = (Theme::classic(), PageSize::A4);
    theme.pdf_standard = PdfStandard::Ua2;
    theme.front.contents = contents;
    let layout = layout(composition, &theme, page_size).unwrap();
    let options = Options { theme, page_size };
    pdf::write(composition, &layout, &options).unwrap()
}

#[test]
fn every_valid_source_keeps_each_clause() {
    let mut judged = 0;
    for path in sources() {
        let Some(edition) = from_file(&path) else {
            continue;
        };
        if edition.boxed {
            continue;
        }
        let bytes = second(&edition.composition, true);
        assert_eq!(broken(&bytes), BTreeSet::new(), "{}", path.display());
        let bytes = second(&edition.composition, false);
        assert_eq!(broken(&bytes), BTreeSet::new(), "{}", path.display());
        // Every text is read as in the other edition: the tree has the same words.
        assert_eq!(read(&bytes).text(), read(&edition.bytes).text());
        judged += 1;
    }
    assert!(judged >= 15, "only {judged} sources could be set");
}

/// The same rules find what the other edition does not keep.
#[test]
fn an_edition_of_pdf_1_7_breaks_the_clauses_that_are_new() {
    let edition = from_yaml(
        "{series: S, title: T, date: 2025-11-04, language: en, contributors: [{name: N, statement: ['A *word*.[^n]']}], notes: {n: A note.}}",
    );
    let mut bytes = edition.bytes;
    // The old types have no rows in the tables above.
    let at = bytes
        .windows(8)
        .position(|window| window == b"%PDF-1.7")
        .unwrap();
    assert_eq!(at, 0);
    let pdf = Pdf::new(std::mem::take(&mut bytes)).unwrap();
    let mut file = File::new(&pdf);
    file.archive(pdf.data().as_ref().as_ref());
    file.destinations();
    file.declared();
    for clause in [
        "19005-4, 6.1.2",
        "19005-4, 6.1.3",
        "19005-4, 6.7.3",
        "14289-2, 8.8",
        "WTPDF 1.0, 6.1.3",
    ] {
        assert!(file.broken.contains(clause), "{clause}: {:?}", file.broken);
    }
}
