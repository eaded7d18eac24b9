//! printpdf's part: operations to contents of pages, faces and images to resources. What it leaves to be finished is finished
//! here or in `finish`.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use printpdf::serialize::to_lopdf_doc;
use printpdf::{Mm, Op, PdfDocument, PdfPage, PdfSaveOptions};

use super::content::Writer;
use super::cover::Cover;
use super::finish::{deflated, numbers};
use super::fonts::Fonts;
use super::tags::Owned;
use super::{failed, images, links};
use crate::compose::{BlockId, Composition, ImageId};
use crate::digest::Running;
use crate::editions::EditionError;
use crate::typeset::Layout;

/// How many pages printpdf is handed at a time: their operations take far more room than what becomes of them.
const CHUNK: usize = 16;

/// The contents of all pages, compressed, and a digest over them.
pub(super) struct Contents {
    streams: Vec<Stream>,
    pub(super) digest: Running,
}

fn options() -> PdfSaveOptions {
    PdfSaveOptions {
        optimize: false,
        subset_fonts: false,
        // Lets operations through that printpdf has no name for.
        secure: false,
        image_optimization: None,
    }
}

/// The document that printpdf makes of pages.
fn printed(document: &PdfDocument) -> Result<Document, EditionError> {
    let mut warnings = Vec::new();
    let printed = to_lopdf_doc(document, &options(), &mut warnings);
    match warnings.first() {
        Some(warning) => Err(failed(&warning.msg)),
        None => Ok(printed),
    }
}

/// The pages of a document by printpdf, in order.
fn pages_of(document: &Document) -> impl Iterator<Item = ObjectId> {
    document.page_iter()
}

/// Writes the contents of all pages.
pub(super) fn contents(writer: &mut Writer<'_>) -> Result<Contents, EditionError> {
    let layout = writer.layout;
    let mut streams = Vec::with_capacity(layout.pages.len());
    let mut digest = Running::default();
    let indexed: Vec<_> = layout.pages.iter().enumerate().collect();
    for chunk in indexed.chunks(CHUNK) {
        let mut document = PdfDocument::new("");
        for (index, page) in chunk {
            let ops = writer.page(*index, page)?;
            document.pages.push(PdfPage::new(Mm(0.0), Mm(0.0), ops));
        }
        let mut printed = printed(&document)?;
        drop(document);
        for page in pages_of(&printed).collect::<Vec<_>>() {
            let contents = printed
                .get_dictionary(page)
                .and_then(|page| page.get(b"Contents"));
            let id = contents.and_then(Object::as_reference).map_err(failed)?;
            let stream = printed.objects.remove(&id);
            let stream = stream.ok_or_else(|| failed("a page without contents"))?;
            let stream = stream.as_stream().map_err(failed)?;
            digest.update(&stream.content);
            streams.push(deflated(Dictionary::new(), &stream.content)?);
        }
    }
    Ok(Contents { streams, digest })
}

/// A document that holds the faces and images alone, and the dictionary by which every page finds them.
pub(super) fn resources(
    composition: &Composition,
    cover: Option<&Cover>,
    images: &BTreeMap<BlockId, ImageId>,
    fonts: &Fonts<'_>,
) -> Result<(Document, ObjectId), EditionError> {
    let mut source = PdfDocument::new("");
    let ops: Vec<Op> = fonts.register(&mut source.resources.fonts.map)?;
    images::register(
        composition,
        cover,
        images,
        &mut source.resources.xobjects.map,
    )?;
    source.pages.push(PdfPage::new(Mm(0.0), Mm(0.0), ops));
    let mut document = printed(&source)?;
    let (faces, images) = take_resources(&mut document)?;
    let mut resources = Dictionary::new();
    for (kind, entries) in [("Font", &faces), ("XObject", &images)] {
        if !entries.is_empty() {
            resources.set(kind, entries.clone());
        }
    }
    fonts.complete(&mut document, &faces)?;
    let resources = document.add_object(resources);
    // The numbers of what was thrown away are given anew.
    document.trailer = dictionary! { "Resources" => resources };
    document.renumber_objects();
    let resources = document
        .trailer
        .get(b"Resources")
        .and_then(Object::as_reference);
    Ok((document, resources.map_err(failed)?))
}

/// Takes the dictionaries of faces and images out of the document, and throws away all but what they name.
fn take_resources(document: &mut Document) -> Result<(Dictionary, Dictionary), EditionError> {
    let page = pages_of(document).next().ok_or_else(|| failed("no page"))?;
    let follow = |from: &Dictionary, key: &[u8]| {
        from.get_deref(key, document)
            .and_then(Object::as_dict)
            .cloned()
            .map_err(failed)
    };
    let page = document.get_dictionary(page).map_err(failed)?;
    let resources = follow(page, b"Resources")?;
    let found = (
        follow(&resources, b"Font")?,
        follow(&resources, b"XObject")?,
    );
    let faces = found.0.iter().chain(found.1.iter());
    document.trailer = faces
        .map(|(name, object)| (name.clone(), object.clone()))
        .collect();
    document.prune_objects();
    Ok(found)
}

/// Writes the pages.
pub(super) fn pages(
    document: &mut Document,
    layout: &Layout,
    ids: &[ObjectId],
    resources: ObjectId,
    contents: &mut Contents,
    annotations: &[Owned],
) {
    let mut annotations = links::by_page(annotations);
    let streams = std::mem::take(&mut contents.streams);
    let pages = layout.pages.iter().zip(ids);
    for ((index, (set, id)), stream) in (0_i64..).zip(pages).zip(streams) {
        let contents = document.add_object(stream);
        let mut page = dictionary! {
            "Type" => "Page",
            "MediaBox" => numbers(&[0.0, 0.0, set.width.0, set.height.0]),
            "Resources" => resources,
            "Contents" => contents,
            "StructParents" => index,
            // In the order of the structure (ISO 14289-1, 7.18.3).
            "Tabs" => "S",
        };
        if let Some(annotations) = annotations.remove(id) {
            page.set("Annots", annotations);
        }
        document.set_object(*id, page);
    }
}
