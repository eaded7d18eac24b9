//! Word documents (ISO/IEC 29500): ours, and those that Word, LibreOffice and others write.

mod body;
mod faces;
mod heads;
mod numbering;
mod pages;
pub(crate) mod parts;
mod references;
mod sight;
pub(crate) mod styles;
mod switches;

use std::sync::Arc;

use super::ReadError;
use super::dom::Dom;
use super::drawing::Drawing;
use super::memo::{LOOKS, Memo};
use super::package::{Package, resolve};
use super::paper::{Paper, PullQuote};
use super::reading::{Block, Contents, FileKind, Metadata, Statement, hash_of};
use super::soundness::{self, Faults};
use super::spelled::{Spelled, of_word, of_word_theme};
use crate::compose::Role;
use body::{Body, Story};
use numbering::Numbering;
use pages::Pictures;
use parts::{Parts, main_part};
use styles::Styles;

pub(super) fn read(package: Package<'_>) -> Result<Contents, ReadError> {
    let mut package = package.spelled_by(switches::spell);
    let main = main_part(&mut package)?;
    let parts = Parts::read(&mut package, &main)?;
    let styles = Styles::of(parts.styles.as_deref());
    let metadata = metadata(&mut package, &styles)?;
    let language = metadata
        .language
        .clone()
        .or_else(|| styles.language.clone());
    let numbering = Numbering::of(parts.numbering.as_deref());
    let pictures = pictures(&mut package, &main)?;
    let mut body = Body::new(&styles, numbering, language.as_deref(), &pictures);
    body.read(&parts.document, &parts.links, Story::Text);
    let order = body.take_notes();
    let footnotes = parts
        .footnotes
        .as_deref()
        .map(|dom| (dom, parts::notes(dom)));
    let endnotes = parts
        .endnotes
        .as_deref()
        .map(|dom| (dom, parts::notes(dom)));
    for (note, is_end) in order {
        let (of, links) = match is_end {
            true => (&endnotes, &parts.endnote_links),
            false => (&footnotes, &parts.footnote_links),
        };
        if let Some((dom, places)) = of
            && let Some(at) = places.get(note.as_str())
        {
            body.read(dom, links, Story::Note(&note, *at));
        }
    }
    let said = body.finish();
    let paper = Paper {
        heads: heads::heads(&mut package, &main, &parts.document)?,
        pulls: pulls(&said.blocks),
        references: references::resolved(said.references, parts.footnotes.as_deref()),
        returns: said.returns,
        word: pages::measures(&parts.document, parts.numbering.as_deref()),
        ..Paper::default()
    };
    let faces = faces::faces(&mut package, &main)?;
    let spelled = spelled(&mut package, &main, parts.styles.as_deref())?;
    let mut faults = Faults::default();
    soundness::docx(&mut package, &main, &mut faults)?;
    Ok(Contents {
        paper,
        kind: FileKind::Docx,
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
        pages: Vec::new(),
        faults: faults.finish(),
        styles: Vec::new(),
        spelled,
    })
}

/// What the styles and the theme say; all editions in one theme and language say the same.
fn spelled(
    package: &mut Package<'_>,
    main: &str,
    styles: Option<&Dom>,
) -> Result<Arc<Vec<Spelled>>, ReadError> {
    static FOUND: Memo<Vec<Spelled>> = Memo::new(LOOKS);
    let part = |name: &str| resolve(main, name).unwrap_or_default();
    let theme = package.tree(&part("theme/theme1.xml"))?;
    let texts = ["styles.xml", "theme/theme1.xml"].map(|name| package.text_of_tree(&part(name)));
    Ok(FOUND.of(&texts, || {
        let mut all = styles.map(of_word).unwrap_or_default();
        if !all.is_empty() {
            all.extend(theme.as_deref().map(of_word_theme).unwrap_or_default());
        }
        all
    }))
}

/// The pull quotes, each with what stands before it.
fn pulls(blocks: &[Block]) -> Vec<PullQuote> {
    let mut behind = String::new();
    let mut found = Vec::new();
    for block in blocks {
        let line = block.line();
        match block.role {
            Role::Pull => found.push(PullQuote {
                behind: behind.clone(),
                words: line,
                place: block.place.clone(),
            }),
            _ if line.is_empty() => {}
            _ => behind = line,
        }
    }
    found
}

/// The files of the pictures that a part shows.
fn pictures(package: &mut Package<'_>, main: &str) -> Result<Pictures, ReadError> {
    let mut files = Pictures::new();
    for relationship in parts::relationships(package, main)? {
        if relationship.kind != "image" || relationship.is_outside {
            continue;
        }
        let bytes = match resolve(main, &relationship.target) {
            Some(name) => package.bytes(&name)?,
            None => None,
        };
        files.insert(relationship.id, bytes.unwrap_or_default().into());
    }
    Ok(files)
}

/// What is taken down of what its program says.
const PROGRAM: &[&str] = &[
    "Application",
    "Company",
    "Words",
    "Characters",
    "CharactersWithSpaces",
    "Paragraphs",
];

fn metadata(package: &mut Package<'_>, styles: &Styles) -> Result<Metadata, ReadError> {
    let core = parts::dom(package, "docProps/core.xml")?.unwrap_or_default();
    let custom = parts::dom(package, "docProps/custom.xml")?.unwrap_or_default();
    let said = |name: &str| {
        let words = core.first(name).map(|id| core.words(id).trim().to_owned());
        words.filter(|words| !words.is_empty())
    };
    let property = |name: &str| {
        let mut all = custom.descendants(super::dom::ROOT);
        let found = all.find(|id| custom.node(*id).attribute("name") == Some(name));
        found.map(|id| custom.words(id).trim().to_owned())
    };
    let creators = said("creator").unwrap_or_default();
    let of_core = core.descendants(super::dom::ROOT).filter_map(|id| {
        let node = core.node(id);
        let is_said = !node.name.is_empty() && node.name != "coreProperties";
        is_said.then(|| Statement::new(node.name.clone(), core.words_of(node)))
    });
    let of_custom = custom.descendants(super::dom::ROOT).filter_map(|id| {
        let name = custom.node(id).attribute("name")?;
        Some(Statement::new(format!("property {name}"), custom.words(id)))
    });
    let program = parts::dom(package, "docProps/app.xml")?.unwrap_or_default();
    let of_program = program.descendants(super::dom::ROOT).filter_map(|id| {
        let node = program.node(id);
        let is_said = PROGRAM.contains(&node.name.as_str());
        is_said.then(|| Statement::new(format!("program {}", node.name), program.words_of(node)))
    });
    let statements = of_core.chain(of_custom).chain(of_program).collect();
    Ok(Metadata {
        title: said("title"),
        creators: creators
            .split(';')
            .map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty())
            .collect(),
        language: said("language").or_else(|| styles.language.clone()),
        text_hash: property("Text").and_then(hash_of),
        source_hash: property("Source").and_then(hash_of),
        statements,
    })
}
