//! Word documents (ISO/IEC 29500), transitional and strict, of whatever program: to a document.

mod comments;
mod fields;
mod media;
mod numbering;
mod paragraphs;
mod properties;
mod roles;
mod runs;
mod story;
mod symbols;
mod tables;
mod words;

use std::collections::BTreeMap;

use super::Changes;
use super::document::{Block, Document, Note, Paragraph, Remark, Role};
use crate::read::docx::parts::{self, Relationship};
use crate::read::docx::styles::Styles;
use crate::read::dom::{Dom, NodeId, ROOT};
use crate::read::package::{Package, resolve};
use crate::read::{FileKind, Link, ReadError};
use media::Shelf;
use numbering::Numbering;
use story::Story;

/// Reads a document.
///
/// # Errors
/// [`ReadError`] for what is no Word document, or none that is whole.
pub(super) fn read(bytes: &[u8], name: &str, changes: Changes) -> Result<Document, ReadError> {
    if crate::read::kind(bytes)? != FileKind::Docx {
        return Err(ReadError::Foreign {
            looks: "it looks like an EPUB",
        });
    }
    let mut package = Package::open(bytes)?;
    let main = parts::main_part(&mut package)?;
    let file = File::open(&mut package, &main)?;
    let mut document = Document {
        name: name.to_owned(),
        ..Document::default()
    };
    file.warn(&package, name, &mut document.remarks);
    let styles = Styles::of(file.styles.as_ref());
    document.properties = properties::read(&mut package, &styles)?;
    let numbering = Numbering::of(file.numbering.as_ref());
    let mut shelf = Shelf::default();
    let comments = comments::read(file.comments.as_ref(), file.threads.as_ref(), changes);
    let mut story = Story::new(&styles, &numbering, &comments, name, changes);
    story.know_bookmarks(&file.document);
    for body in bodies(&file.document) {
        let blocks = story.blocks(&file.document, body, &file.links, &mut |target| {
            shelf.take(&mut package, target)
        });
        document.blocks.extend(blocks);
    }
    let order = story.take_order();
    let footnotes = file.footnotes.as_ref().map(|dom| (dom, parts::notes(dom)));
    let endnotes = file.endnotes.as_ref().map(|dom| (dom, parts::notes(dom)));
    for key in order {
        let (of, links) = match key.starts_with('e') {
            true => (&endnotes, &file.endnote_links),
            false => (&footnotes, &file.footnote_links),
        };
        let Some((dom, places)) = of else { continue };
        let at = places.get(&key[1..]);
        let paragraphs = at.map_or_else(Vec::new, |at| {
            story.note(dom, *at, links, &mut |target| {
                shelf.take(&mut package, target)
            })
        });
        document.notes.push(Note {
            name: key,
            paragraphs,
        });
    }
    document.running_head = file.running_head(changes);
    story.leftover_comments(&mut document.remarks);
    document.remarks.append(&mut story.finish());
    document.remarks.extend(file.separators(name, changes));
    document.pictures = shelf.finish();
    if document.properties.is_ours {
        undress(&mut document);
        untie(&mut document);
    }
    file.words(name, changes, &mut document);
    Ok(document)
}

/// The name of a note to which a reference leads by a bookmark that is gone with the note. No note of a document is called so.
pub(super) fn lost_note(bookmark: &str) -> String {
    format!("={bookmark}")
}

/// The body of a document; damaged ones have several, and all are read.
fn bodies(document: &Dom) -> Vec<NodeId> {
    let mut found = Vec::new();
    let mut waiting = vec![ROOT];
    while let Some(id) = waiting.pop() {
        let node = document.node(id);
        match node.name == "body" {
            true => found.push(id),
            false => waiting.extend(node.children.iter().rev()),
        }
    }
    if found.is_empty() {
        found.push(ROOT);
    }
    found
}

/// What a paragraph above the text belongs to.
enum Head {
    /// The title block.
    Title,
    /// The box with the summary.
    Box,
}

/// Takes off what a house's theme puts around the title block of our editions: logo and publisher above it, the box with the
/// summary below.
fn undress(document: &mut Document) {
    let role = |block: &Block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.role),
        Block::Table(_) => None,
    };
    // Of what stands under the title block, what is its own and what stands in the box.
    let mut in_box = false;
    let mut part = |block: &Block| {
        use Role::{Byline, Date, EndHeading, EndMatter, Series, Subtitle, Title};
        let Block::Paragraph(paragraph) = block else {
            return None;
        };
        match paragraph.role {
            _ if paragraph.is_empty() => {
                in_box = false;
                Some(Head::Title)
            }
            EndHeading(_) => {
                in_box = true;
                Some(Head::Box)
            }
            EndMatter => Some(Head::Box),
            Series | Title | Subtitle | Byline | Date => Some(Head::Title),
            // A key point.
            _ if in_box && paragraph.item.is_some() => Some(Head::Box),
            _ => None,
        }
    };
    let blocks = &mut document.blocks;
    let begins = |block: &Block| matches!(role(block), Some(Role::Series | Role::Title));
    let top = blocks.iter().position(begins).unwrap_or(0);
    let mut house: Vec<Block> = blocks.drain(..top).collect();
    let head: Vec<Head> = blocks.iter().map_while(&mut part).collect();
    // Where nothing but a head is, what looks like a summary is the end of the piece.
    if head.len() < blocks.len() {
        let mut rest = Vec::new();
        for (block, part) in blocks.drain(..head.len()).zip(&head) {
            match part {
                Head::Title => rest.push(block),
                Head::Box => house.push(block),
            }
        }
        blocks.splice(0..0, rest);
    }
    let words: Vec<String> = house
        .iter()
        .filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph.plain()),
            Block::Table(_) => None,
        })
        .collect();
    if words.iter().any(|words| !words.trim().is_empty()) {
        let message = "what the theme puts around the title is left out";
        document
            .remarks
            .push(Remark::lost(&document.name, message, words.join(" ")));
    }
}

/// Word has no other way to hold words together than no-break spaces, so our editions set them; the source has spaces there.
fn untie(document: &mut Document) {
    let untie = |paragraph: &mut Paragraph| {
        for span in &mut paragraph.spans {
            span.text = span.text.replace('\u{a0}', " ");
        }
    };
    for block in &mut document.blocks {
        match block {
            Block::Paragraph(paragraph) => untie(paragraph),
            Block::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                cells.flatten().for_each(untie);
            }
        }
    }
    let mut back = Vec::new();
    for paragraph in document
        .notes
        .iter_mut()
        .flat_map(|note| &mut note.paragraphs)
    {
        untie(paragraph);
        // Ways back to where a note is referred to are made by editions.
        paragraph.spans.retain(|span| {
            let is_back =
                matches!(span.look.link, Some(Link::Inside(_))) && span.text.starts_with('↑');
            if is_back {
                back.push(span.text.clone());
            }
            !is_back
        });
    }
    if !back.is_empty() {
        let message = "ways back from notes are left out: editions make them";
        document
            .remarks
            .push(Remark::lost(&document.name, message, back.join(" ")));
    }
    let message = "no-break spaces that the edition set are spaces in the source";
    document
        .remarks
        .push(Remark::lost(&document.name, message, ""));
}

/// Whether bytes are those of a compound file, and what that is.
pub(super) fn compound(bytes: &[u8]) -> Option<&'static str> {
    if !bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return None;
    }
    let holds = |name: &str| {
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(units.len()).any(|window| window == units)
    };
    Some(match () {
        () if holds("EncryptedPackage") => {
            "it is encrypted; open it in Word, take the password off and save it again"
        }
        () if holds("WordDocument") => {
            "it is a document of an old Word (.doc); open it in Word or LibreOffice and save it as .docx"
        }
        () => "it is a file of an old Office program; save it as .docx",
    })
}

/// The parts of a document, and what they are related to.
struct File {
    document: Dom,
    links: Related,
    styles: Option<Dom>,
    numbering: Option<Dom>,
    footnotes: Option<Dom>,
    footnote_links: Related,
    endnotes: Option<Dom>,
    endnote_links: Related,
    comments: Option<Dom>,
    /// Which comments answer others, and which are resolved.
    threads: Option<Dom>,
    /// Headers and footers.
    furniture: Vec<Dom>,
    /// Charts and diagrams.
    drawings: Vec<Dom>,
    /// Parts that are named and missing.
    missing: Vec<String>,
}

/// What a part is related to, by ids: addresses outside, or names of parts.
#[derive(Debug, Clone, Default)]
pub(super) struct Related {
    pub(super) outside: BTreeMap<String, String>,
    pub(super) inside: BTreeMap<String, String>,
}

impl Related {
    fn of(part: &str, relationships: &[Relationship]) -> Self {
        let mut related = Self::default();
        for one in relationships {
            match one.is_outside {
                true => drop(related.outside.insert(one.id.clone(), one.target.clone())),
                false => {
                    if let Some(name) = resolve(part, &one.target) {
                        related.inside.insert(one.id.clone(), name);
                    }
                }
            }
        }
        related
    }
}

impl File {
    fn open(package: &mut Package<'_>, main: &str) -> Result<Self, ReadError> {
        let document = parts::dom(package, main)?.ok_or_else(|| ReadError::Damaged {
            reason: format!("it has no part `{main}`"),
        })?;
        let relationships = parts::relationships(package, main)?;
        let named = |kind: &str| -> Vec<String> {
            let of_kind = relationships
                .iter()
                .filter(|one| one.kind == kind && !one.is_outside);
            of_kind
                .filter_map(|one| resolve(main, &one.target))
                .collect()
        };
        let mut missing = Vec::new();
        let mut all =
            |kind: &str, package: &mut Package<'_>| -> Result<Vec<(Dom, Related)>, ReadError> {
                let mut found = Vec::new();
                for name in named(kind) {
                    match parts::dom(package, &name)? {
                        Some(dom) => {
                            let own = parts::relationships(package, &name)?;
                            found.push((dom, Related::of(&name, &own)));
                        }
                        None => missing.push(name),
                    }
                }
                Ok(found)
            };
        let first = |found: Vec<(Dom, Related)>| {
            let (dom, links) = found.into_iter().next().unzip();
            (dom, links.unwrap_or_default())
        };
        let (styles, _) = first(all("styles", package)?);
        let (numbering, _) = first(all("numbering", package)?);
        let (footnotes, footnote_links) = first(all("footnotes", package)?);
        let (endnotes, endnote_links) = first(all("endnotes", package)?);
        let (comments, _) = first(all("comments", package)?);
        let (threads, _) = first(all("commentsExtended", package)?);
        let mut furniture = Vec::new();
        for kind in ["header", "footer"] {
            furniture.extend(all(kind, package)?.into_iter().map(|(dom, _)| dom));
        }
        let mut drawings = Vec::new();
        for kind in ["chart", "chartEx", "diagramData"] {
            drawings.extend(all(kind, package)?.into_iter().map(|(dom, _)| dom));
        }
        Ok(Self {
            links: Related::of(main, &relationships),
            document,
            styles,
            numbering,
            footnotes,
            footnote_links,
            endnotes,
            endnote_links,
            comments,
            threads,
            furniture,
            drawings,
            missing,
        })
    }

    /// Tells what the package holds that is not read.
    fn warn(&self, package: &Package<'_>, name: &str, remarks: &mut Vec<Remark>) {
        let has_macros = package
            .names()
            .any(|part| part.to_lowercase().ends_with("vbaproject.bin"));
        if has_macros {
            remarks.push(Remark::lost(name, "it has macros, which are ignored", ""));
        }
        for part in &self.missing {
            remarks.push(Remark::lost(
                name,
                format!("its part `{part}` is missing"),
                "",
            ));
        }
        if self.document.all("altChunk").next().is_some() {
            remarks.push(Remark::lost(
                name,
                "a document in another format is embedded, and is left out",
                "",
            ));
        }
        if self.document.all("OLEObject").next().is_some() {
            remarks.push(Remark::lost(
                name,
                "an object of another program is embedded; its picture alone is read",
                "",
            ));
        }
    }

    /// The one line of all headers, where it has the words of a title.
    fn running_head(&self, changes: Changes) -> Option<String> {
        let is_header = |dom: &&Dom| dom.first("hdr").is_some();
        let mut lines: Vec<String> = Vec::new();
        for dom in self.furniture.iter().filter(is_header) {
            for line in words::of(dom, changes) {
                let line = crate::compose::canonical_line(&line);
                if !lines.contains(&line) {
                    lines.push(line);
                }
            }
        }
        let [line] = lines.as_slice() else {
            return None;
        };
        let words = line.split_whitespace().count();
        let is_title = (3..=24).contains(&words) && line.chars().count() <= 160;
        is_title.then(|| line.clone())
    }

    /// What stands between text and notes is no note; where words were put into it they are told.
    fn separators(&self, name: &str, changes: Changes) -> Option<Remark> {
        let mut words = Vec::new();
        for dom in [&self.footnotes, &self.endnotes].into_iter().flatten() {
            for id in dom.descendants(ROOT) {
                let node = dom.node(id);
                let is_note = matches!(node.name.as_str(), "footnote" | "endnote");
                let kind = node.attribute("type").filter(|_| is_note);
                if kind.is_some_and(|kind| kind != "normal") {
                    words.extend(words::of_node(dom, id, changes));
                }
            }
        }
        let message = "what stands between text and notes is left out";
        (!words.is_empty()).then(|| Remark::lost(name, message, words.join(" ")))
    }

    /// Counts all words, and tells those of the parts that no piece has a place for.
    fn words(&self, name: &str, changes: Changes, document: &mut Document) {
        let notes = [&self.footnotes, &self.endnotes, &self.comments];
        let notes = notes.into_iter().filter_map(Option::as_ref);
        for dom in [&self.document].into_iter().chain(notes) {
            document.words.extend(words::of(dom, changes));
        }
        let mut told = |doms: &[Dom], message: &str| {
            let all: Vec<String> = doms
                .iter()
                .flat_map(|dom| words::of(dom, changes))
                .collect();
            if !all.is_empty() {
                document
                    .remarks
                    .push(Remark::lost(name, message, all.join(" ")));
                document.words.extend(all);
            }
        };
        told(
            &self.furniture,
            "headers and footers are left out: editions have their own",
        );
        told(
            &self.drawings,
            "charts and diagrams cannot be taken over; their words were",
        );
    }
}
