//! PDF files (ISO 32000): by their structure tree where they have one, else page by page as their text is drawn.

mod bookmarks;
mod budget;
mod bytes;
mod characters;
mod cmap;
mod content;
mod destinations;
mod drawn;
mod entries;
mod exact;
mod font;
mod forms;
mod keys;
mod labels;
mod links;
mod looks;
mod objects;
mod packet;
mod pictures;
mod program;
mod sight;
mod soundness;
mod strings;
mod structure;
mod trees;
mod usual;
mod xmp;

use std::borrow::Cow;
use std::cell::LazyCell;
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use hayro_syntax::object::{Array, Dict, ObjectIdentifier, Stream};
use hayro_syntax::{LoadPdfError, Pdf};

use super::ReadError;
use super::dom::{Dom, NodeId};
use super::paper::Paper;
use super::reading::{
    Block, Contents, FileKind, Listed, Look, Metadata, Statement, Unseen, hash_of,
};
use super::scribe::Scribe;
use super::soundness::Faults;
use crate::compose::Role;
use budget::Budget;
use content::{Pages, Unsaid};
use destinations::Places;

pub(super) fn read(bytes: &[u8]) -> Result<Contents, ReadError> {
    budget::judge(bytes)?;
    let budget = Budget::of(bytes.len());
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => ReadError::Encrypted,
        LoadPdfError::Invalid => ReadError::damaged("it is no whole PDF"),
    })?;
    let catalogue: Dict<'_> = pdf
        .xref()
        .get(pdf.xref().root_id())
        .ok_or_else(|| ReadError::damaged("it has no catalogue"))?;
    let packet = packet(&catalogue, &budget);
    let xmp = dom_of(&packet);
    let mut metadata = metadata(&catalogue, &xmp);
    metadata.statements = statements(&pdf, &xmp);
    let mut pages = Pages::read(&pdf, &layers_off(&catalogue), &budget);
    let tree = catalogue.get::<Dict<'_>>("StructTreeRoot");
    let structure::Said {
        blocks,
        notes,
        unsaid,
        page_starts,
        elements,
        leads,
        lists,
        seen,
    } = match &tree {
        Some(tree) => structure::read(&pdf, tree, &pages, metadata.language.as_deref(), &budget),
        None => structure::Said::default(),
    };
    // A tree without any text is that of an empty file, or of one that is not tagged in truth.
    let is_structured = !blocks.is_empty();
    let mut blocks = match is_structured {
        true => blocks,
        false => untagged(&pages),
    };
    if is_structured {
        // Most files have nothing beside the text that the text could say.
        let said = LazyCell::new(|| {
            let said = blocks.iter().chain(&notes).map(Block::plain);
            letters(&said.collect::<String>())
        });
        for (page, line) in std::mem::take(&mut pages.aside) {
            if is_readable(&line) && !is_said(&line, &said) {
                pages.unseen.push((
                    page,
                    line,
                    "it stands beside the text, which does not say it",
                ));
            }
        }
    }
    let drawing = std::mem::take(&mut pages.drawing);
    let mut faults = Faults::default();
    let places = Places {
        pages: &pages.numbers,
        elements: &leads.spots,
    };
    let named = places.named(&catalogue);
    // What our editions never do, others may.
    let is_own = is_structured && metadata.text_hash.is_some();
    let mut of_others = Faults::default();
    let heard = match is_own {
        true => &mut faults,
        false => &mut of_others,
    };
    let bookmarks = bookmarks::bookmarks(&catalogue, &places, &named, heard);
    if !is_own {
        // Other programs show pictures in parts, and call figures what is none.
        for block in &mut blocks {
            block.picture = None;
        }
    }
    if is_own {
        links::judge(&pdf, &catalogue, &leads.links, &pages, &budget, &mut faults);
        bytes::judge(&pdf, bytes, &mut faults);
        objects::judge(&pdf, bytes, &mut faults);
        let is_saved_again = metadata.is_saved_again();
        xmp::judge(&xmp, is_saved_again, &mut faults);
        if !is_saved_again {
            packet::judge(&packet, &mut faults);
        }
        let runs_back = structure::element::runs_back(&catalogue);
        looks::judge(&seen, &pages, runs_back, &mut faults);
        keys::judge(&pdf, &catalogue, &leads, &mut faults);
        let is_2 = metadata.said("part").any(|part| part == "4");
        exact::judge(&pdf, &catalogue, is_2, &mut faults);
        for page in &pages.loose_pictures {
            faults.add(
                format!("page {page}"),
                "a picture is shown that no tag holds",
            );
        }
        for page in &pages.painted {
            let place = format!("page {page}");
            faults.add(
                place,
                "something is drawn that neither tags nor artifacts hold",
            );
        }
        for (page, what) in &elements.strange {
            faults.add(format!("page {page}"), what.clone());
        }
        // What every page has is judged once.
        let mut seen = BTreeSet::new();
        let all = pages.strange.iter();
        let all = all.filter(|(_, (_, unless))| unless.is_none_or(|unless| seen.insert(unless)));
        for (page, (what, unless)) in all {
            faults.add_unless(format!("page {page}"), what.clone(), *unless);
        }
        for name in &named.split {
            let message = format!(
                "the name `{name}` leads to one place on its page and to another in the structure"
            );
            faults.add("the names", message);
        }
    }
    if is_structured {
        soundness::judge(
            &pdf,
            &catalogue,
            &xmp,
            &metadata,
            &elements,
            &pages,
            &mut faults,
        );
    }
    budget.settle()?;
    Ok(Contents {
        kind: FileKind::Pdf,
        drawing,
        listed: bookmarks
            .iter()
            .map(|bookmark| Listed {
                text: bookmark.title.clone(),
                place: "the bookmarks".to_owned(),
            })
            .collect(),
        paper: Paper {
            marks: leads.marks(),
            contents: leads.contents(),
            lists,
            notes: leads.notes,
            destinations: named.spots,
            bookmarks,
            labels: labels::labels(&catalogue, pages.loose.len()),
            beside: std::mem::take(&mut pages.beside),
            rules: std::mem::take(&mut pages.rules),
            hyphens: std::mem::take(&mut pages.hyphens),
            sizes: sizes(&pdf),
            ..Paper::default()
        },
        pages: page_starts,
        faults: faults.finish(),
        styles: Vec::new(),
        spelled: Arc::default(),
        blocks,
        notes,
        metadata,
        is_structured,
        unseen: unseen(&pages, unsaid, is_structured, is_own),
    })
}

/// The letters of a text without capitals.
fn letters(text: &str) -> String {
    let line = crate::compose::canonical_line(text).to_lowercase();
    line.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether a line repeats words of the text; an ellipsis may leave anything out.
fn is_said(line: &str, said: &str) -> bool {
    let mut parts = line
        .split(['…', '\u{22EF}'])
        .flat_map(|part| part.split("..."));
    parts.all(|part| said.contains(&letters(part)))
}

/// Whether the glyphs of a line stand in the order of its letters, and it has any.
fn is_readable(line: &str) -> bool {
    use unicode_script::{Script, UnicodeScript};
    let known = |c: char| {
        matches!(
            c.script(),
            Script::Latin
                | Script::Greek
                | Script::Cyrillic
                | Script::Armenian
                | Script::Georgian
                | Script::Common
                | Script::Inherited
        )
    };
    line.chars().filter(|c| c.is_alphabetic()).count() > 1 && line.chars().all(known)
}

/// What is said and not seen; of a tagged file what is seen and not said, too.
fn unseen(pages: &Pages, unsaid: Vec<Unsaid>, is_structured: bool, is_own: bool) -> Vec<Unseen> {
    let of_pages = pages.unseen.iter().cloned();
    let of_pages = of_pages.filter(|(.., reason)| is_structured || *reason != content::UNMARKED);
    let of_pages = of_pages.filter(|(.., reason)| is_own || !sight::is_of_ours(reason));
    let all = of_pages.chain(unsaid).map(|(page, text, reason)| Unseen {
        place: format!("page {page}"),
        text,
        reason: reason.to_owned(),
    });
    all.collect()
}

/// The layers that are off when the file is opened (ISO 32000-1, 8.11.4.3).
fn layers_off(catalogue: &Dict<'_>) -> HashSet<ObjectIdentifier> {
    let properties = catalogue.get::<Dict<'_>>("OCProperties");
    let default = properties.and_then(|properties| properties.get::<Dict<'_>>("D"));
    let off = default.and_then(|default| default.get::<Array<'_>>("OFF"));
    let off = off.iter().flat_map(|off| off.raw_iter());
    off.filter_map(|layer| layer.as_obj_ref().map(ObjectIdentifier::from))
        .collect()
}

/// The width and height of each page, in hundredths of a point.
fn sizes(pdf: &Pdf) -> Vec<[i64; 2]> {
    let pages = pdf.pages().iter();
    let sizes = pages.map(|page| {
        let own = page.media_box();
        [own.x1 - own.x0, own.y1 - own.y0]
    });
    sizes
        .map(|size| size.map(|side| (side.clamp(0.0, 1e6) * 100.0).round() as i64))
        .collect()
}

/// The text of each page, as one block.
fn untagged(pages: &Pages) -> Vec<Block> {
    let mut scribe = Scribe::default();
    for (index, text) in pages.loose.iter().enumerate() {
        scribe.open(Role::Paragraph, 0, format!("page {}", index + 1));
        scribe.say(text, &Look::default(), String::new);
        scribe.close();
    }
    scribe.finish()
}

/// The metadata stream, empty where it cannot be read.
fn packet(catalogue: &Dict<'_>, budget: &Budget) -> Vec<u8> {
    let xmp = catalogue.get::<Stream<'_>>("Metadata");
    let xmp = xmp.and_then(|stream| budget.decoded(&stream).map(Cow::into_owned));
    xmp.unwrap_or_default()
}

/// What the metadata stream says.
fn dom_of(packet: &[u8]) -> Dom {
    let text = std::str::from_utf8(packet).ok();
    let dom = text.and_then(|text| Dom::of_xml(text.trim_start_matches('\u{FEFF}'), "XMP").ok());
    dom.unwrap_or_default()
}

fn metadata(catalogue: &Dict<'_>, dom: &Dom) -> Metadata {
    let items = |name: &str| -> Vec<String> {
        let Some(property) = dom.first(name) else {
            return Vec::new();
        };
        let ids = dom.descendants(property);
        let items: Vec<NodeId> = ids.filter(|id| dom.node(*id).name == "li").collect();
        match items.is_empty() {
            true => vec![dom.words(property).trim().to_owned()],
            false => items
                .into_iter()
                .map(|id| dom.words(id).trim().to_owned())
                .collect(),
        }
    };
    let language = catalogue.get("Lang").map(|text| strings::text(&text));
    Metadata {
        title: items("title").into_iter().next(),
        creators: items("creator"),
        language: language.or_else(|| items("language").into_iter().next()),
        text_hash: items("relation").into_iter().find_map(hash_of),
        source_hash: items("source").into_iter().find_map(hash_of),
        statements: Vec::new(),
    }
}

/// What the metadata stream says, a statement an item, and the document information.
fn statements(pdf: &Pdf, xmp: &Dom) -> Vec<Statement> {
    let mut all = Vec::new();
    let descriptions = xmp.descendants(super::dom::ROOT);
    for description in descriptions.filter(|id| xmp.node(*id).name == "Description") {
        let node = xmp.node(description);
        // A statement may be an attribute as well (RDF 1.1 XML, 2.5).
        let attributes = node.attributes().filter(|(name, value)| {
            let is_of_xml = name.starts_with("xml") || name.contains("xmlns");
            !(is_of_xml || name.ends_with("about") && value.is_empty())
        });
        all.extend(
            attributes.map(|(name, value)| {
                Statement::new(name.rsplit(':').next().unwrap_or(name), value)
            }),
        );
        for property in node.children.iter().filter(|id| !xmp.node(**id).is_text()) {
            let name = &xmp.node(*property).name;
            let within = xmp.descendants(*property);
            let items: Vec<NodeId> = within.filter(|id| xmp.node(*id).name == "li").collect();
            match items.is_empty() {
                true => all.push(Statement::new(name.clone(), xmp.words(*property))),
                false => all.extend(
                    items
                        .into_iter()
                        .map(|id| Statement::new(name.clone(), xmp.words(id))),
                ),
            }
        }
    }
    let information = pdf.metadata();
    let texts = [
        ("information Subject", &information.subject),
        ("information Keywords", &information.keywords),
    ];
    all.extend(texts.into_iter().filter_map(|(name, value)| {
        Some(Statement::new(name, strings::of_bytes(value.as_deref()?)))
    }));
    all
}
