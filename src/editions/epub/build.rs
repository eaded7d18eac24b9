//! Building: documents and resources into `epub-builder`, its parts out again.
//!
//! The builder's own zip is read back at once: its package and navigation documents are finished afterwards. It knows resources
//! by their paths and types; their bytes, most of an EPUB, join the parts behind it, else they would be deflated, inflated and
//! deflated again.

use std::borrow::Cow;
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
pub(super) struct PublicationFile<'b> {
    /// Its path in the package.
    pub(super) name: String,
    /// Its contents.
    pub(super) bytes: Cow<'b, [u8]>,
}

/// The bytes of resources by their paths in the package.
type Resources<'b> = BTreeMap<String, Cow<'b, [u8]>>;

/// Builds the publication and gives its parts in their order.
pub(super) fn build<'b>(book: &Book<'b>) -> Result<Vec<PublicationFile<'b>>, EditionError> {
    let zip = ZipLibrary::new().map_err(refused)?;
    let mut builder = EpubBuilder::new(zip).map_err(refused)?;
    describe(&mut builder, book)?;
    let resources = add_resources(&mut builder, book)?;
    for document in book.documents {
        // Without a title it stands in no contents of the builder's, which know but one place in a document.
        let content = EpubContent::new(&*document.file, &*document.bytes);
        builder.add_content(content).map_err(refused)?;
    }
    let mut bytes = Vec::new();
    builder.generate(&mut bytes).map_err(refused)?;
    parts(bytes, resources)
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

/// Tells the builder of every resource; gives their bytes.
fn add_resources<'b>(
    builder: &mut EpubBuilder<ZipLibrary>,
    book: &Book<'b>,
) -> Result<Resources<'b>, EditionError> {
    const NONE: &[u8] = b"";
    let mut resources = Resources::new();
    let mut put = |path: &str, bytes: Cow<'b, [u8]>| {
        resources.insert(format!("OEBPS/{path}"), bytes);
    };
    builder.stylesheet(NONE).map_err(refused)?;
    put(
        "stylesheet.css",
        Cow::Borrowed(book.sheets.plain.as_bytes()),
    );
    let cover = book.cover;
    builder
        .add_resource(style::LATER, NONE, "text/css")
        .and_then(|builder| builder.add_cover_image(cover.path(), NONE, cover.format.media_type()))
        .map_err(refused)?;
    put(style::LATER, Cow::Borrowed(book.sheets.later.as_bytes()));
    put(cover.path(), Cow::Borrowed(&*cover.bytes));
    let mut add = |path: String, bytes: Cow<'b, [u8]>, media_type: &str| {
        put(&path, bytes);
        let added = builder.add_resource(path, NONE, media_type);
        added.map(|_| ()).map_err(refused)
    };
    for id in figures(book.composition) {
        let image = &book.composition[id];
        let path = image_path(book.composition, id);
        add(
            path,
            Cow::Borrowed(&*image.bytes),
            image.format.media_type(),
        )?;
    }
    for face in book.faces {
        add(
            style::path(face),
            Cow::Borrowed(face.data()),
            face.media_type(),
        )?;
    }
    let licences = book.faces.iter().filter_map(WebFace::licence);
    let licences: BTreeMap<_, _> = licences.collect();
    for (path, text) in licences {
        add(path, Cow::Owned(text.to_vec()), "text/plain")?;
    }
    Ok(resources)
}

/// The images that figures show; a cover that no figure shows is no resource of its own.
pub(super) fn figures(composition: &Composition) -> BTreeSet<ImageId> {
    let figures = composition.walk().figures();
    figures.map(|(_, figure)| figure.image).collect()
}

/// The builder's parts in their order, with the bytes of the resources.
fn parts<'b>(
    zip: Vec<u8>,
    mut resources: Resources<'b>,
) -> Result<Vec<PublicationFile<'b>>, EditionError> {
    let mut archive = ZipArchive::new(Cursor::new(zip)).map_err(refused)?;
    let mut parts = Vec::with_capacity(archive.len());
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).map_err(refused)?;
        let name = file.name().to_owned();
        let bytes = match resources.remove(&name) {
            Some(bytes) => bytes,
            None => {
                let mut bytes =
                    Vec::with_capacity(usize::try_from(file.size()).unwrap_or_default());
                file.read_to_end(&mut bytes).map_err(refused)?;
                Cow::Owned(bytes)
            }
        };
        parts.push(PublicationFile { name, bytes });
    }
    match resources.pop_first() {
        Some((name, _)) => Err(refused(format!("{name} is not among the builder's files"))),
        None => Ok(parts),
    }
}
