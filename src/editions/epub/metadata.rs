//! What the package document says of the publication (EPUB 3.3, 5.5).

use super::accessibility;
use super::build::Book;
use super::statements::Statements;
use crate::compose::{Part, Person, Record};
use crate::editions::markup::Element;
use crate::editions::terms;

/// The `id` of the unique identifier, as the builder names it.
pub(super) const IDENTIFIER: &str = "epub-id-1";

/// Codes of the kinds of identifiers (ONIX code list 5).
const ONIX_DOI: &str = "06";
const ONIX_ISBN: &str = "15";

/// The `metadata` element.
pub(super) fn element(book: &Book<'_>) -> Vec<u8> {
    let record = &book.composition.record;
    let mut out = Statements::new();
    identifiers(&mut out, record);
    titles(&mut out, record);
    out.dublin("dc:language", record.language.as_str());
    for (index, one) in record.people.iter().enumerate() {
        person(&mut out, one, index + 1);
    }
    publication(&mut out, record);
    series(&mut out, record);
    accessibility::describe(&mut out, book);
    // Systems of the time before EPUB 3 find the cover by this.
    out.named("cover", "cover-image");
    out.named(
        "generator",
        concat!("flashpoint ", env!("CARGO_PKG_VERSION")),
    );
    out.finish()
}

fn identifiers(out: &mut Statements, record: &Record) {
    let uuid = record.uuid.urn().to_string();
    out.dublin_with("dc:identifier", IDENTIFIER, &uuid);
    if let Some(isbn) = &record.isbn {
        out.dublin_with("dc:identifier", "isbn", &isbn.uri());
        out.refine_in("isbn", "identifier-type", "onix:codelist5", ONIX_ISBN);
    }
    if let Some(doi) = &record.doi {
        out.dublin_with("dc:identifier", "doi", doi.address().as_str());
        out.refine_in("doi", "identifier-type", "onix:codelist5", ONIX_DOI);
    }
    if let Some(identifier) = &record.identifier {
        out.dublin("dc:identifier", identifier);
    }
}

fn titles(out: &mut Statements, record: &Record) {
    out.dublin_with("dc:title", "title", &record.title);
    out.refine("title", "title-type", "main");
    out.refine("title", "display-seq", "1");
    if let Some(subtitle) = &record.subtitle {
        out.dublin_with("dc:title", "subtitle", subtitle);
        out.refine("subtitle", "title-type", "subtitle");
        out.refine("subtitle", "display-seq", "2");
    }
}

fn person(out: &mut Statements, person: &Person, number: usize) {
    let element = match person.part {
        Part::Creator => "dc:creator",
        Part::Contributor => "dc:contributor",
    };
    let id = format!("contributor-{number}");
    out.dublin_with(element, &id, &person.name);
    out.refine_in(&id, "role", "marc:relators", person.role.code());
    out.refine(&id, "display-seq", &number.to_string());
    if let Some(name) = &person.sort_name {
        out.refine(&id, "file-as", name);
    }
    if let Some(orcid) = &person.orcid {
        out.refine(&id, "schema:identifier", orcid.address().as_str());
    }
    if let Some(url) = &person.url {
        out.refine(&id, "schema:url", url.as_str());
    }
    if let Some(affiliation) = &person.affiliation {
        let of = format!("affiliation-{number}");
        out.meta(
            Element::new("meta")
                .with("refines", &format!("#{id}"))
                .with("property", "schema:affiliation")
                .with("id", &of),
            affiliation,
        );
        if let Some(ror) = &person.ror {
            out.refine(&of, "schema:identifier", ror.address().as_str());
        }
    }
}

fn publication(out: &mut Statements, record: &Record) {
    for (name, value) in terms::said(record, |term| term.opf) {
        match name.starts_with("dc:") {
            true => out.dublin(name, &value),
            false => out.property(name, &value),
        }
    }
    for topic in record.topics() {
        out.dublin("dc:subject", topic);
    }
    out.dublin("dc:date", &record.date.to_string());
    out.property("dcterms:modified", &record.modified.to_string());
    if let Some(license) = &record.license {
        out.link("dcterms:license", license.as_str());
    }
}

fn series(out: &mut Statements, record: &Record) {
    out.meta(
        Element::new("meta")
            .with("property", "belongs-to-collection")
            .with("id", "series"),
        &record.series,
    );
    out.refine("series", "collection-type", "series");
    if let Some(number) = record.number {
        out.refine("series", "group-position", &number.to_string());
    }
}
