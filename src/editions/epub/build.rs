//! Building: documents and resources into `epub-builder`, its parts out again.
//!
//! The builder's own zip is read back at once: its package and navigation documents are finished afterwards.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use epub_builder::{EpubBuilder, EpubContent, EpubVersion, ZipLibrary};
use zip::ZipArchive;

use super::cover::Cover;
use super::documents::{Document, image_path};
use super::style::{self, Sheets};
use super::{EditionError, refused};
use crate::compose::{Composition, ImageId};
use crate::editions::faces::WebFace;
use crate::editions::xhtml::dir;

/// Everything that the publication is made of.
pub(super) struct Book<'b> {
    pub(super) composition: &'b Composition,
    pub(super) documents: &'b [Document<'b>],
    pub(super) faces: &'b [WebFace<'b>],
    pub(super) sheets: &'b Sheets,
    pub(super) cover: &'b Cover<'b>,
}

/// A file of the publication.
pub(super) struct PublicationFile {
    /// Its path in the package.
    pub(super) name: String,
    /// Its contents.
    pub(super) bytes: Vec<u8>,
}

/// Builds the publication and gives its parts in their order.
pub(super) fn build(book: &Book<'_>) -> Result<Vec<PublicationFile>, EditionError> {
    let zip = ZipLibrary::new().map_err(refused)?;
    let mut builder = EpubBuilder::new(zip).map_err(refused)?;
    describe(&mut builder, book)?;
    add_resources(&mut builder, book)?;
    for document in book.documents {
        // Without a title it stands in no contents of the builder's, which know but one place in a document.
        let content = EpubContent::new(&*document.file, &*document.bytes);
        builder.add_content(content).map_err(refused)?;
    }
    let mut bytes = Vec::new();
    builder.generate(&mut bytes).map_err(refused)?;
    parts(bytes)
}

/// Tells the builder what its package document needs to be whole; all else is said when it is finished.
fn describe(builder: &mut EpubBuilder<ZipLibrary>, book: &Book<'_>) -> Result<(), EditionError> {
    let record = &book.composition.record;
    builder.epub_version(EpubVersion::V33);
    builder.set_uuid(record.uuid);
    // Else the builder would read the clock.
    let modified = record.modified.to_string().parse().map_err(refused)?;
    builder.set_modified_date(modified);
    for (key, value) in [
        ("title", record.slug.as_str()),
        ("lang", record.language.as_str()),
        ("toc_name", "contents"),
        ("direction", dir(record.direction)),
    ] {
        builder.metadata(key, value).map_err(refused)?;
    }
    Ok(())
}

fn add_resources(
    builder: &mut EpubBuilder<ZipLibrary>,
    book: &Book<'_>,
) -> Result<(), EditionError> {
    let sheets = book.sheets;
    builder
        .stylesheet(sheets.plain.as_bytes())
        .map_err(refused)?;
    builder
        .add_resource(style::LATER, sheets.later.as_bytes(), "text/css")
        .map_err(refused)?;
    let cover = book.cover;
    let media_type = cover.format.media_type();
    builder
        .add_cover_image(cover.path(), &*cover.bytes, media_type)
        .map_err(refused)?;
    for id in figures(book.composition) {
        let image = &book.composition[id];
        let path = image_path(book.composition, id);
        builder
            .add_resource(path, &*image.bytes, image.format.media_type())
            .map_err(refused)?;
    }
    for face in book.faces {
        builder
            .add_resource(style::path(face), &*face.data, face.media_type())
            .map_err(refused)?;
    }
    let licences = book.faces.iter().filter_map(WebFace::licence);
    let licences: BTreeMap<_, _> = licences.collect();
    for (path, text) in licences {
        builder
            .add_resource(path, &*text, "text/plain")
            .map_err(refused)?;
    }
    Ok(())
}

/// The images that figures show; a cover that no figure shows is no resource of its own.
pub(super) fn figures(composition: &Composition) -> BTreeSet<ImageId> {
    let figures = composition.walk().figures();
    figures.map(|(_, figure)| figure.image).collect()
}

fn parts(zip: Vec<u8>) -> Result<Vec<PublicationFile>, EditionError> {
    let mut archive = ZipArchive::new(Cursor::new(zip)).map_err(refused)?;
    let mut parts = Vec::with_capacity(archive.len());
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).map_err(refused)?;
        let mut bytes = Vec::with_capacity(usize::try_from(file.size()).unwrap_or_default());
        file.read_to_end(&mut bytes).map_err(refused)?;
        parts.push(PublicationFile {
            name: file.name().to_owned(),
            bytes,
        });
    }
    Ok(parts)
}
