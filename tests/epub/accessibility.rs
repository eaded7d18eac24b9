//! The accessibility metadata is true of the publication that bears it.

use super::book::{Book, named, parse, words};
use super::{composed, every_block, written};

fn values(book: &Book, property: &str) -> Vec<String> {
    let package = parse(book.text("OEBPS/content.opf"));
    let metas = named(&package, "meta");
    metas
        .filter(|meta| meta.attribute("property") == Some(property))
        .map(words)
        .collect()
}

const PLAIN: &str = "{series: S, title: T, date: 2025-11-04, language: en, slug: plain,
    contributors: [{name: A, statement: [Words and *more* words.]}]}";

#[test]
fn images_bring_their_modes_and_features() {
    let book = Book::read(&written(&every_block()));
    assert_eq!(values(&book, "schema:accessMode"), ["textual", "visual"]);
    assert_eq!(
        values(&book, "schema:accessModeSufficient"),
        ["textual,visual", "textual"]
    );
    let features = values(&book, "schema:accessibilityFeature");
    assert!(features.contains(&"alternativeText".to_owned()));

    let book = Book::read(&written(&composed(PLAIN)));
    assert_eq!(values(&book, "schema:accessMode"), ["textual"]);
    assert_eq!(values(&book, "schema:accessModeSufficient"), ["textual"]);
    let features = values(&book, "schema:accessibilityFeature");
    assert!(!features.contains(&"alternativeText".to_owned()));
}

#[test]
fn conformance_is_said_only_where_the_source_claims_it() {
    let book = Book::read(&written(&every_block()));
    assert_eq!(
        values(&book, "dcterms:conformsTo"),
        ["EPUB Accessibility 1.1 - WCAG 2.2 Level AA"]
    );
    assert_eq!(values(&book, "a11y:certifiedBy"), ["The Institute"]);
    let book = Book::read(&written(&composed(PLAIN)));
    assert!(values(&book, "dcterms:conformsTo").is_empty());
    assert!(values(&book, "a11y:certifiedBy").is_empty());
}

#[test]
fn hazards_and_a_summary_are_always_said() {
    for composition in [every_block(), composed(PLAIN)] {
        let book = Book::read(&written(&composition));
        assert_eq!(values(&book, "schema:accessibilityHazard"), ["none"]);
        let summary = values(&book, "schema:accessibilitySummary");
        assert_eq!(summary.len(), 1);
        assert!(summary[0].contains("table of contents"));
    }
}
