//! What the package document says of the publication's accessibility (EPUB Accessibility 1.1, 2.2): only what is true of
//! this very publication, found in its content.

use super::build::{Book, figures};
use super::statements::Statements;
use crate::editions::markup::Element;
use crate::editions::xhtml::NavigationTarget;

/// True of every publication that this writer makes.
const FEATURES: &[&str] = &[
    "tableOfContents",
    "structuralNavigation",
    "readingOrder",
    "displayTransformability",
    "ARIA",
    "unlocked",
];

/// Adds the statements.
pub(super) fn describe(out: &mut Statements, book: &Book<'_>) {
    // The cover repeats the title page, so it is no image that a reader needs.
    let images = !figures(book.composition).is_empty();
    let pages = has_pages(book);
    modes(out, images);
    for feature in FEATURES {
        out.property("schema:accessibilityFeature", feature);
    }
    if images {
        out.property("schema:accessibilityFeature", "alternativeText");
    }
    if pages {
        out.property("schema:accessibilityFeature", "pageNavigation");
        out.property("schema:accessibilityFeature", "pageBreakMarkers");
        let paper = format!("{}.pdf", book.composition.record.slug);
        out.property("pageBreakSource", &paper);
    }
    out.property("schema:accessibilityHazard", "none");
    let language = book.composition.words_language.as_ref();
    let summary = book.composition.words.accessibility(images, pages);
    out.meta(
        Element::new("meta")
            .with("property", "schema:accessibilitySummary")
            .with_some("xml:lang", language.map(|foreign| foreign.tag.as_str())),
        &summary,
    );
    if let Some(claim) = &book.composition.record.accessibility {
        out.property_with(
            "dcterms:conformsTo",
            "conformance",
            claim.conforms_to.as_str(),
        );
        out.refine("conformance", "a11y:certifiedBy", &claim.certified_by);
    }
}

/// Every figure has a text alternative, so the text alone suffices.
fn modes(out: &mut Statements, images: bool) {
    out.property("schema:accessMode", "textual");
    if images {
        out.property("schema:accessMode", "visual");
        out.property("schema:accessModeSufficient", "textual,visual");
    }
    out.property("schema:accessModeSufficient", "textual");
}

/// Whether the beginning of any page is marked.
pub(super) fn has_pages(book: &Book<'_>) -> bool {
    let mut marks = book.documents.iter().flat_map(|document| &document.marks);
    marks.any(|mark| matches!(mark, NavigationTarget::Page { .. }))
}
