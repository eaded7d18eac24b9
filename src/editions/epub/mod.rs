//! The EPUB edition: EPUB 3.3 with the metadata of EPUB Accessibility 1.1, readable by older systems too.
//!
//! `epub-builder` builds the publication (documents, resources, contents); what it cannot say is said afterwards in its
//! package document and its two navigation documents, and the package is closed so that its bytes never change.

mod accessibility;
mod build;
mod contents;
mod cover;
mod documents;
mod metadata;
mod navigation;
mod ncx;
mod package_document;
mod statements;
mod style;

use std::collections::BTreeMap;

use super::faces;
use super::package::{self, Entry};
use super::{EditionError, Options};
use crate::compose::Composition;
use crate::fonts::Use;
use crate::typeset::PageList;

/// Writes the EPUB edition. With pages it carries the list of them; without, it claims none.
///
/// # Errors
/// [`EditionError`] when a library beneath refuses.
pub fn write(
    composition: &Composition,
    pages: Option<&PageList>,
    options: &Options,
) -> Result<Vec<u8>, EditionError> {
    let none = PageList::default();
    let pages = pages.unwrap_or(&none);
    let cover = cover::cover(composition, &options.theme)?;
    let documents = documents::documents(composition, options, pages, &cover);
    let (wanted, texts) = faces::wanted(composition, &options.theme);
    let faces = wanted.cut(Use::Epub).map_err(refused)?;
    let sheets = style::sheets(&texts, &options.theme, &faces);
    let book = build::Book {
        composition,
        documents: &documents,
        faces: &faces,
        sheets: &sheets,
        cover: &cover,
    };
    // Faces that every piece has whole are packed already.
    let packed = faces.iter().filter_map(|face| {
        let path = ["OEBPS/", &style::path(face)].concat();
        let package = face.package(&path)?;
        Some((path, package))
    });
    let packed: BTreeMap<String, &[u8]> = packed.collect();
    let parts = build::build(&book)?.into_iter();
    let parts = parts.filter(|part| !packed.contains_key(&part.name));
    let entries = parts.map(|part| finish(&book, part));
    let entries = entries.collect::<Result<Vec<_>, _>>()?;
    package::write_with(entries, packed.into_values()).map_err(refused)
}

/// Says in a part of the builder's what it could not.
fn finish<'b>(
    book: &build::Book<'b>,
    part: build::PublicationFile<'b>,
) -> Result<Entry<'b>, EditionError> {
    let bytes = match part.name.as_str() {
        "OEBPS/content.opf" => package_document::finish(book, &part.bytes)?.into(),
        "OEBPS/nav.xhtml" => navigation::document(book).into(),
        "OEBPS/toc.ncx" => ncx::finish(book, &part.bytes)?.into(),
        _ => part.bytes,
    };
    // The media type comes first and bare (EPUB OCF 3.3, 4.2.6.2); pictures are compressed already.
    let is_stored = part.name == "mimetype" || part.name.starts_with("OEBPS/images/");
    Ok(if is_stored {
        Entry::stored(part.name, bytes)
    } else if part.name.starts_with("OEBPS/fonts/") {
        Entry::face(part.name, bytes)
    } else {
        Entry::deflated(part.name, bytes)
    })
}

/// What a library beneath said.
fn refused(reason: impl ToString) -> EditionError {
    EditionError::Writer {
        format: "epub",
        reason: reason.to_string(),
    }
}
