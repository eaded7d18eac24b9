//! EPUB publications: the documents of the spine in their order (EPUB 3.3, 5.7).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::ReadError;
use super::conduct;
use super::dom::{Dom, Node, NodeId, ROOT};
use super::drawing::{Drawing, FaceFile, FaceProgram};
use super::hypertext::{Document, Hypertext, links};
use super::media;
use super::package::{Package, resolve};
use super::paper::Paper;
use super::reading::{Contents, FileKind, Listed, Metadata, Statement, hash_of};
use super::soundness::{self, Faults};
use super::spelled::Spelled;
use super::style_sheet::{self, StrangeStyle, StyleSheet};

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
    let mut metadata = metadata(&opf);
    let mut hypertext = Hypertext::default();
    let mut sheets = Sheets::default();
    let mut documents = BTreeMap::new();
    let mut order = Vec::new();
    let mut dressed = BTreeMap::new();
    let mut instructed: Vec<(String, String)> = Vec::new();
    for address in spine(&opf) {
        let Some(name) = resolve(&root, &address) else {
            return Err(ReadError::damaged(format!(
                "its spine leads out of it: {address}"
            )));
        };
        // No document stands in it twice (EPUB 3.3, 5.7.2), or a small file would be a book without an end.
        if documents.contains_key(&name) {
            return Err(ReadError::damaged(format!(
                "its spine names `{name}` twice"
            )));
        }
        let text = package.text(&name)?;
        let text =
            text.ok_or_else(|| missing(&format!("document `{name}`, which its spine names")))?;
        let dom = Dom::of_xml(&text, &name)?;
        // Such an instruction dresses a document, and is no element of it (Associating Style Sheets with XML documents 1.0).
        if text.contains("<?xml-stylesheet") {
            let said = "a style sheet is named outside of it".to_owned();
            instructed.push((name.clone(), said));
        }
        let named = dom.all("meta").find_map(|meta| meta.attribute("name"));
        if let Some(named) = named {
            let said = format!("it says `{named}` of itself, as in no edition");
            instructed.push((name.clone(), said));
        }
        let (sheet, names) = sheets.of(&mut package, &dom, &name)?;
        dressed.entry(names).or_insert_with(|| name.clone());
        let pictures = pictures(&mut package, &dom, &name)?;
        let mistyped = pictures
            .iter()
            .filter(|(address, file)| !file.is_empty() && !media::is_named(address, file));
        let mistyped: BTreeSet<&String> = mistyped.map(|(address, _)| address).collect();
        instructed.extend(mistyped.into_iter().map(|address| {
            let said = format!("`{address}` is a file of another kind than it is called");
            (name.clone(), said)
        }));
        let document = Document {
            pictures: &pictures,
            dom: &dom,
            sheet: &sheet,
            language: metadata.language.as_deref(),
            name: &name,
        };
        hypertext.read(&document, dom.first("body").unwrap_or(ROOT));
        hypertext.titled(&document);
        order.push(name.clone());
        documents.insert(name, dom);
    }
    let mut said = hypertext.finish();
    let old = navigation(&mut package, &opf, &root, &mut said.listed, &mut documents)?;
    let titles = old.iter().flat_map(|(_, dom)| {
        let all = dom.descendants(ROOT);
        let titles = all.filter(|id| dom.node(*id).name == "docTitle");
        titles.map(|id| Statement::new("old title", dom.words(id)))
    });
    metadata.statements.extend(titles);
    let mut faults = Faults::default();
    faults.extend(said.odd);
    for (place, message) in instructed {
        faults.add(place, message);
    }
    let read: BTreeSet<String> = order.iter().cloned().collect();
    let book = soundness::Book {
        documents: &documents,
        spine: order,
        old: old.as_ref(),
        is_ours: metadata.text_hash.is_some(),
    };
    soundness::epub(&mut package, &opf, &root, &book, &mut faults)?;
    let is_ours = metadata.text_hash.is_some();
    let others = documents
        .iter()
        .filter(|(name, _)| is_ours && !read.contains(*name));
    for (name, dom) in others {
        let (_, names) = sheets.of(&mut package, dom, name)?;
        dressed.entry(names).or_insert_with(|| name.clone());
    }
    let (styles, spelled) = styles(&dressed, &sheets.texts, &mut faults);
    let faces = faces(&mut package, &sheets.texts)?;
    for (name, dom) in &documents {
        conduct::judge(dom, name, metadata.language.as_deref(), &mut faults);
        soundness::hypertext(dom, name, &mut faults);
        soundness::nesting(dom, name, &mut faults);
        if metadata.text_hash.is_some() {
            soundness::forms(dom, name, &mut faults);
        }
    }
    Ok(Contents {
        paper: Paper {
            pulls: said.pulls,
            sections: said.sections,
            cover: said.cover,
            references: said.references,
            returns: said.returns,
            ..Paper::default()
        },
        kind: FileKind::Epub,
        blocks: said.blocks,
        notes: said.notes,
        metadata,
        is_structured: true,
        unseen: said.unseen,
        drawing: Drawing {
            faces,
            ..Drawing::default()
        },
        listed: said.listed,
        pages: said.pages,
        faults: faults.finish(),
        styles,
        spelled,
    })
}

/// The files of a document's pictures by their addresses; what has no file has no bytes.
fn pictures(
    package: &mut Package<'_>,
    dom: &Dom,
    document: &str,
) -> Result<HashMap<String, Arc<[u8]>>, ReadError> {
    let mut files = HashMap::new();
    for address in dom.all("img").filter_map(|img| img.attribute("src")) {
        if files.contains_key(address) {
            continue;
        }
        let bytes = match resolve(document, address) {
            Some(name) => package.bytes(&name)?,
            None => None,
        };
        files.insert(address.to_owned(), bytes.unwrap_or_default().into());
    }
    Ok(files)
}

/// The style sheets of a publication.
#[derive(Default)]
struct Sheets {
    texts: HashMap<String, String>,
}

/// Where a sheet comes from.
enum Source {
    Part(String),
    Own(String),
}

impl Sheets {
    /// Those of a document, and the names of those it links to: these, which many share, then its own.
    fn of(
        &mut self,
        package: &mut Package<'_>,
        dom: &Dom,
        document: &str,
    ) -> Result<(StyleSheet, Vec<String>), ReadError> {
        let mut sources = Vec::new();
        for node in dom
            .all("link")
            .filter(|link| link.says("rel", "stylesheet"))
        {
            let name = node.attribute("href").and_then(|to| resolve(document, to));
            let Some(name) = name else {
                continue;
            };
            if !self.texts.contains_key(&name) {
                let text = package.text(&name)?.unwrap_or_default();
                self.texts.insert(name.clone(), text);
            }
            sources.push(Source::Part(name));
        }
        let own = dom.all("style").map(|style| dom.words_of(style));
        sources.extend(own.map(Source::Own));
        let names = sources.iter().filter_map(|source| match source {
            Source::Part(name) => Some(name.clone()),
            Source::Own(_) => None,
        });
        let names = names.collect();
        let texts: Vec<&str> = sources
            .iter()
            .map(|source| match source {
                Source::Part(name) => self.texts.get(name).map_or("", String::as_str),
                Source::Own(text) => text,
            })
            .collect();
        Ok((StyleSheet::of(&texts), names))
    }
}

/// The files of the faces that sheets name.
fn faces(
    package: &mut Package<'_>,
    sheets: &HashMap<String, String>,
) -> Result<Vec<FaceFile>, ReadError> {
    let sheets: BTreeMap<&String, &String> = sheets.iter().collect();
    let mut faces = Vec::new();
    for (sheet, text) in sheets {
        for face in style_sheet::faces(text) {
            let name = resolve(sheet, &face.address);
            let program = match &name {
                Some(name) => package.face(name, "", |bytes| bytes)?,
                None => FaceProgram::of(Vec::new()),
            };
            faces.push(FaceFile {
                place: name.unwrap_or(face.address),
                family: face.family,
                instead: None,
                numbers: None,
                is_bold: face.is_bold,
                is_italic: face.is_italic,
                program,
            });
        }
    }
    Ok(faces)
}

/// What style sheets say that those of editions do not; all documents of a publication have the same.
fn styles(
    dressed: &BTreeMap<Vec<String>, String>,
    sheets: &HashMap<String, String>,
    faults: &mut Faults,
) -> (Vec<StrangeStyle>, Arc<Vec<Spelled>>) {
    // What most of them have stands last: nothing is less than something.
    for other in dressed.values().rev().skip(1) {
        faults.add(other, "it has other style sheets than the others");
    }
    let names = dressed.keys().next_back().into_iter().flatten();
    let texts: Vec<&str> = names
        .filter_map(|name| sheets.get(name).map(String::as_str))
        .collect();
    let judged = style_sheet::judged(&texts);
    (judged.strange.clone(), Arc::clone(&judged.spelled))
}

/// The names in both navigation documents, and the old one; those of pages are labels of their own.
fn navigation(
    package: &mut Package<'_>,
    opf: &Dom,
    root: &str,
    listed: &mut Vec<Listed>,
    documents: &mut BTreeMap<String, Dom>,
) -> Result<Option<(String, Dom)>, ReadError> {
    let is_new = |item: &&Node| item.says("properties", "nav");
    let is_old = |item: &&Node| item.attribute("media-type") == Some("application/x-dtbncx+xml");
    let address = |is: &dyn Fn(&&Node) -> bool| {
        let item = opf.all("item").find(|item| is(item));
        item.and_then(|item| resolve(root, item.attribute("href")?))
    };
    let mut read = |name: Option<String>| -> Result<Option<(String, Dom)>, ReadError> {
        let Some(name) = name else {
            return Ok(None);
        };
        let text = package.text(&name)?;
        let dom = text.map(|text| Dom::of_xml(&text, &name)).transpose()?;
        Ok(dom.map(|dom| (name, dom)))
    };
    if let Some((name, dom)) = read(address(&is_new))? {
        let all = dom.descendants(ROOT);
        let navs = all.filter(|id| {
            let node = dom.node(*id);
            node.name == "nav" && node.says("epub:type", "toc")
        });
        let names = dom.descendants(ROOT).filter(|id| {
            let node = dom.node(*id);
            node.name == "title" || node.name == "a" && node.attribute("epub:type").is_some()
        });
        listed.extend(names.map(|id| Listed {
            text: dom.words(id),
            place: name.clone(),
        }));
        for nav in navs {
            listed.extend(links(&dom, nav).map(|text| Listed {
                text,
                place: name.clone(),
            }));
        }
        documents.insert(name, dom);
    }
    let old = read(address(&is_old))?;
    if let Some((name, dom)) = &old {
        let points = dom.descendants(ROOT).filter(|id| {
            let parent = dom.parent(*id).map(|parent| dom.node(parent).name.as_str());
            dom.node(*id).name == "navLabel" && parent == Some("navPoint")
        });
        listed.extend(points.map(|id| Listed {
            text: dom.words(id),
            place: name.clone(),
        }));
    }
    Ok(old)
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
    let items: HashMap<&str, &str> = items
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
        statements: statements(opf),
    }
}

/// What the package document says, in the order of the file; what refines another statement names that.
fn statements(opf: &Dom) -> Vec<Statement> {
    let Some(metadata) = opf.first("metadata") else {
        return Vec::new();
    };
    let words = |id: NodeId| opf.words(id).trim().to_owned();
    let named: HashMap<&str, NodeId> = opf
        .descendants(metadata)
        .filter_map(|id| Some((opf.node(id).attribute("id")?, id)))
        .collect();
    let statement = |id: NodeId| {
        let node = opf.node(id);
        let name = match node.name.as_str() {
            "" | "metadata" => return None,
            "meta" => node.attribute("property").or(node.attribute("name"))?,
            "link" => {
                let rel = node.attribute("rel")?;
                return Some(Statement::new(rel, node.attribute("href")?));
            }
            name => name,
        };
        let value = match node.attribute("content") {
            Some(content) => content.to_owned(),
            None => words(id),
        };
        let refined = node
            .attribute("refines")
            .map(|to| to.trim_start_matches('#'));
        Some(match refined {
            None => Statement::new(name, value),
            Some(to) => {
                let of = named.get(to).map(|id| words(*id)).unwrap_or_default();
                Statement::new(name, format!("{of}: {value}"))
            }
        })
    };
    opf.descendants(metadata).filter_map(statement).collect()
}
