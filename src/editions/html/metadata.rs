//! What the page says of the piece: `meta` and `link` elements (HTML, 4.2; DCMI terms by the names that the registry of `meta`
//! names has for them).

use crate::compose::Record;
use crate::editions::markup::{Element, Markup};
use crate::editions::terms;

/// Writes the elements, one a line.
pub(super) fn describe(html: &mut Markup, record: &Record) {
    for (name, value) in named(record) {
        html.empty(
            Element::new("meta")
                .with("name", name)
                .with("content", &value),
        );
        html.line();
    }
    let orcids = record
        .creators()
        .filter_map(|creator| creator.orcid.as_ref());
    let authors = orcids.map(|orcid| ("author", orcid.address()));
    let license = record.license.clone().map(|license| ("license", license));
    for (rel, href) in authors.chain(license) {
        html.empty(
            Element::new("link")
                .with("rel", rel)
                .with("href", href.as_str()),
        );
        html.line();
    }
}

fn named(record: &Record) -> Vec<(&'static str, String)> {
    let creators = record
        .creators()
        .map(|person| ("author", person.name.clone()));
    let contributors = record.contributors();
    let contributors = contributors.map(|person| ("dcterms.contributor", person.name.clone()));
    let identifiers = record.identifiers().into_iter();
    let identifiers = identifiers.map(|identifier| ("dcterms.identifier", identifier));
    let topics = record.topics();
    let optional = [
        // A set of tokens with commas between (HTML, 4.2.5.1).
        ("keywords", (!topics.is_empty()).then(|| topics.join(", "))),
        ("dcterms.issued", Some(record.date.to_string())),
        ("dcterms.modified", Some(record.modified.to_string())),
    ];
    let optional = optional.into_iter();
    let optional = optional.filter_map(|(name, value)| Some((name, value?)));
    let people = creators.chain(contributors);
    let texts = terms::said(record, |term| term.html);
    people
        .chain(texts)
        .chain(optional)
        .chain(identifiers)
        .collect()
}
