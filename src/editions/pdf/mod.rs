//! The PDF edition, from pages already set: PDF 1.7 that is PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2), or PDF 2.0 that
//! is PDF/UA-2 (ISO 14289-2), PDF/A-4 (ISO 19005-4) and Well-Tagged PDF (WTPDF 1.0).
//!
//! Nothing is laid out or worded here. printpdf makes pages, operations and fonts; lopdf finishes the document.

mod attributes;
mod canvas;
mod cff;
mod claims;
mod clusters;
mod codes;
mod composites;
mod content;
mod cover;
#[cfg(feature = "svg")]
mod drawing;
mod finish;
mod fonts;
mod glyphs;
mod images;
mod links;
mod metadata;
mod outline;
mod packet;
mod parts;
mod places;
mod printed;
mod role;
mod roles;
mod run;
mod save;
mod showing;
mod strings;
mod tags;
mod text;
mod tree;

use lopdf::{Dictionary, dictionary};

use super::{EditionError, Options};
use crate::compose::Composition;
use crate::piece::Direction;
use crate::theme::PdfStandard;
use crate::typeset::{self, Layout};
use content::Writer;
use fonts::Fonts;
use links::Areas;
use places::Places;
use save::Packed;
use tags::Objects;

/// Writes the PDF edition.
///
/// # Errors
/// [`EditionError::Writer`] when a library beneath refuses.
pub fn write(
    composition: &Composition,
    layout: &Layout,
    options: &Options,
) -> Result<Vec<u8>, EditionError> {
    let standard = options.theme.pdf_standard;
    let cover = cover::cover(composition, layout, &options.theme)?;
    let contents = typeset::contents(composition, &options.theme);
    let mut writer = Writer {
        composition,
        layout,
        images: images::by_block(composition, cover.as_ref()),
        tree: roles::tree(composition, cover.as_ref(), &contents, standard),
        fonts: Fonts::new(&options.theme.fonts),
        areas: Areas::default(),
        places: Places::default(),
        standard,
        height: layout.height,
        boxed: false,
    };
    let mut contents = printed::contents(&mut writer)?;
    let Writer {
        images,
        tree,
        fonts,
        areas,
        places,
        boxed,
        ..
    } = writer;

    let (mut document, resources) =
        printed::resources(composition, cover.as_ref(), &images, &fonts)?;
    let objects = Objects::of(&mut document, layout.pages.len(), &tree);
    let pages = &objects.pages;
    let annotations = links::write(&mut document, composition, &tree, &areas, pages);
    let mut packed = Packed::default();
    let structure = tags::write(
        &mut document,
        &mut packed,
        &tree,
        &objects,
        &annotations,
        standard,
    )?;
    let anchors = places.anchors(composition);
    let names = places::names(&mut document, &anchors, &tree, &objects, standard);
    let outline = outline::write(&mut document, composition, &anchors, pages, standard);
    printed::pages(
        &mut document,
        layout,
        pages,
        resources,
        &mut contents,
        &annotations,
    );
    let page_tree = finish::page_tree(&mut document, pages);
    let intent = finish::output_intent(&mut document)?;
    let claims = claims::Claims { standard, boxed };
    let packet = metadata::packet(&composition.record, claims)?;
    contents.digest.update(&packet);
    let packet = document.add_object(metadata::stream(packet));

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
        "ViewerPreferences" => viewer_preferences(composition.record.direction),
    });
    document.trailer = dictionary! {
        "Root" => catalog,
        "ID" => finish::identifier(*composition.record.uuid.as_bytes(), &contents.digest.finish()),
    };
    let version = match standard {
        PdfStandard::Ua1 => {
            let information = metadata::information(&composition.record);
            let information = document.add_object(information);
            document.trailer.set("Info", information);
            "1.7"
        }
        // The packet says all of it (ISO 19005-4, 6.1.3).
        PdfStandard::Ua2 => "2.0",
    };
    document.version = version.to_owned();
    save::save(document, packed)
}

/// How viewers show the document (ISO 32000-1, 12.2): its title in their frame, and two pages side by side as they are read.
fn viewer_preferences(direction: Direction) -> Dictionary {
    let mut preferences = dictionary! { "DisplayDocTitle" => true };
    if direction == Direction::RightToLeft {
        preferences.set("Direction", "R2L");
    }
    preferences
}

/// A name in a dictionary of printpdf.
fn name(name: &str) -> printpdf::DictItem {
    printpdf::DictItem::Name(name.as_bytes().to_vec())
}

/// A library beneath refused.
fn failed(reason: impl ToString) -> EditionError {
    EditionError::Writer {
        format: "pdf",
        reason: reason.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_pages_side_by_side_stand_as_they_are_read() {
        let of = |direction| {
            let preferences = viewer_preferences(direction);
            let found = preferences
                .get(b"Direction")
                .and_then(|name| name.as_name());
            found.map(<[u8]>::to_vec).ok()
        };
        assert_eq!(of(Direction::RightToLeft), Some(b"R2L".to_vec()));
        assert_eq!(of(Direction::LeftToRight), None);
    }
}
