//! The crosswalk: what each vocabulary calls the statements of a record that are one text each.
//!
//! A new statement of that kind is one row here. People, identifiers, topics, dates and the XMP packet, whose properties
//! PDF/A fixes (ISO 19005-2, 6.6.2.3), are their writers' own matter.

use crate::compose::Record;

/// A statement, and its name in each vocabulary; empty where a vocabulary has none, or its writer says it in a form of its own.
pub(crate) struct Term {
    /// What is said, where anything is.
    pub(crate) value: fn(&Record) -> Option<String>,
    /// The element or property of a package document (EPUB 3.3, 5.5).
    pub(crate) opf: &'static str,
    /// The custom property of a Word document.
    pub(crate) word: &'static str,
    /// The name of a `meta` element of HTML.
    pub(crate) html: &'static str,
    /// The tag of Highwire Press.
    pub(crate) highwire: &'static str,
    /// The property of schema.org.
    pub(crate) schema: &'static str,
    /// The tag of RIS.
    pub(crate) ris: &'static str,
    /// The variable of CSL.
    pub(crate) csl: &'static str,
}

/// A statement without a name in any vocabulary, to begin a row with.
const NAMELESS: Term = Term {
    value: |_| None,
    opf: "",
    word: "",
    html: "",
    highwire: "",
    schema: "",
    ris: "",
    csl: "",
};

/// Every statement, in the order in which they are written.
const TERMS: &[Term] = &[
    Term {
        value: |record| record.publisher.clone(),
        opf: "dc:publisher",
        word: "Publisher",
        html: "dcterms.publisher",
        highwire: "citation_publisher",
        ris: "PB",
        csl: "publisher",
        ..NAMELESS
    },
    Term {
        value: |record| record.publisher.clone(),
        highwire: "citation_technical_report_institution",
        ..NAMELESS
    },
    Term {
        value: |record| record.rights.clone(),
        opf: "dc:rights",
        word: "Rights",
        html: "dcterms.rights",
        schema: "copyrightNotice",
        ..NAMELESS
    },
    Term {
        value: |record| record.license.as_ref().map(ToString::to_string),
        word: "License",
        schema: "license",
        ..NAMELESS
    },
    Term {
        value: |record| record.summary.clone(),
        opf: "dc:description",
        html: "description",
        schema: "description",
        ris: "AB",
        csl: "abstract",
        ..NAMELESS
    },
    Term {
        value: |record| record.citation.clone(),
        opf: "dcterms:bibliographicCitation",
        word: "Citation",
        ..NAMELESS
    },
    Term {
        value: |record| record.doi.as_ref().map(ToString::to_string),
        word: "DOI",
        highwire: "citation_doi",
        ris: "DO",
        csl: "DOI",
        ..NAMELESS
    },
    Term {
        value: |record| record.isbn.as_ref().map(ToString::to_string),
        word: "ISBN",
        highwire: "citation_isbn",
        csl: "ISBN",
        ..NAMELESS
    },
    Term {
        value: |record| record.identifier.clone(),
        word: "Identifier",
        ..NAMELESS
    },
    Term {
        value: |record| Some(record.source()),
        opf: "dc:source",
        word: "Source",
        html: "dcterms.source",
        ..NAMELESS
    },
    // The canonical text is the same piece in another format.
    Term {
        value: |record| Some(record.canonical_text()),
        opf: "dcterms:hasFormat",
        word: "Text",
        html: "dcterms.hasFormat",
        ..NAMELESS
    },
];

/// What a record says in a vocabulary: names with their values.
pub(crate) fn said(
    record: &Record,
    name: fn(&Term) -> &'static str,
) -> impl Iterator<Item = (&'static str, String)> {
    TERMS
        .iter()
        .filter(move |term| !name(term).is_empty())
        .filter_map(move |term| Some((name(term), (term.value)(record)?)))
}
