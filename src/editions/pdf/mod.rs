//! The PDF edition: PDF 1.7 that is PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2), from pages already set.
//!
//! Nothing is laid out or worded here. printpdf makes pages, operations and fonts; lopdf finishes the document.

mod canvas;
mod cff;
mod content;
mod finish;
mod fonts;
mod glyphs;
mod images;
mod links;
mod metadata;
mod outline;
mod places;
mod printed;
mod roles;
mod save;
mod strings;
mod tags;
mod text;
mod tree;

use lopdf::dictionary;

use super::{EditionError, Options};
use crate::compose::Composition;
use crate::typeset::Layout;
use content::Writer;
use fonts::Fonts;
use links::Areas;
use places::Places;

/// Writes the PDF edition.
///
/// # Errors
/// [`EditionError::Writer`] when a library beneath refuses.
pub fn write(
    composition: &Composition,
    layout: &Layout,
    options: &Options,
) -> Result<Vec<u8>, EditionError> {
    let mut writer = Writer {
        composition,
        layout,
        images: images::by_block(composition),
        tree: roles::tree(composition),
        fonts: Fonts::new(&options.theme.fonts),
        areas: Areas::default(),
        places: Places::default(),
    };
    let mut contents = printed::contents(&mut writer)?;
    let Writer {
        images,
        tree,
        fonts,
        areas,
        places,
        ..
    } = writer;

    let (mut document, resources) = printed::resources(composition, &images, &fonts)?;
    let pages: Vec<_> = layout
        .pages
        .iter()
        .map(|_| document.new_object_id())
        .collect();
    let annotations = links::write(&mut document, composition, &tree, &areas, &pages);
    let structure = tags::write(&mut document, &tree, &pages, &annotations);
    let anchors = places.anchors(composition);
    let names = places::names(&mut document, &anchors, &pages);
    let outline = outline::write(&mut document, composition, &anchors, &pages);
    printed::pages(
        &mut document,
        layout,
        &pages,
        resources,
        &mut contents,
        &annotations,
    );
    let page_tree = finish::page_tree(&mut document, &pages);
    let intent = finish::output_intent(&mut document)?;
    let packet = metadata::packet(&composition.record)?;
    contents.digest.update(&packet);
    let packet = document.add_object(metadata::stream(packet));
    let information = document.add_object(metadata::information(&composition.record));

    let catalog = document.add_object(dictionary! {
        "Type" => "Catalog",
        "Pages" => page_tree,
        "Lang" => strings::text(composition.record.language.as_str()),
        "MarkInfo" => dictionary! { "Marked" => true },
        "StructTreeRoot" => structure,
        "Metadata" => packet,
        "OutputIntents" => vec![intent],
        "Outlines" => outline,
        "PageMode" => "UseOutlines",
        "PageLabels" => outline::labels(&layout.pages),
        "Names" => dictionary! { "Dests" => names },
        "ViewerPreferences" => dictionary! { "DisplayDocTitle" => true },
    });
    document.version = "1.7".to_owned();
    document.trailer = dictionary! {
        "Root" => catalog,
        "Info" => information,
        "ID" => finish::identifier(*composition.record.uuid.as_bytes(), &contents.digest.finish()),
    };
    save::save(document)
}

/// A library beneath refused.
fn failed(reason: impl ToString) -> EditionError {
    EditionError::Writer {
        format: "pdf",
        reason: reason.to_string(),
    }
}
