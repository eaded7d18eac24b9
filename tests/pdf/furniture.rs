//! What is no part of the text says what it is, as the layout does.

use std::collections::BTreeSet;

use flashpoint::editions::{Options, pdf};
use flashpoint::theme::{PageSize, Theme};
use flashpoint::typeset::{ArtifactKind, Layout, layout};
use hayro_syntax::Pdf;
use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Name, Object};

use crate::edition::from_yaml;

/// Type and subtype of the artifacts of each page.
fn artifacts(bytes: &[u8]) -> Vec<BTreeSet<String>> {
    let pdf = Pdf::new(bytes.to_vec()).unwrap();
    let mut pages = Vec::new();
    for page in pdf.pages().iter() {
        let mut found = BTreeSet::new();
        let mut operations = UntypedIter::new(page.page_stream().unwrap());
        while let Some(operation) = operations.next() {
            let operands: Vec<&Object<'_>> = operation.operands().collect();
            let [Object::Name(tag), Object::Dict(properties)] = operands.as_slice() else {
                continue;
            };
            if tag.as_str() == "Artifact" {
                let of = |key: &str| {
                    let name = properties.get::<Name<'_>>(key);
                    name.map(|name| format!("/{}", name.as_str()))
                };
                found.insert(of("Type").unwrap() + &of("Subtype").unwrap_or_default());
            }
        }
        pages.push(found);
    }
    pages
}

fn set(yaml: &str, change: impl Fn(&mut Layout)) -> Vec<BTreeSet<String>> {
    let composition = from_yaml(yaml).composition;
    let (theme, page_size) = (Theme::classic(), PageSize::A4);
    let mut pages = layout(&composition, &theme, page_size).unwrap();
    change(&mut pages);
    let options = Options { theme, page_size };
    artifacts(&pdf::write(&composition, &pages, &options).unwrap())
}

fn named(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn running_head_folio_rules_and_repeated_heads_are_told_apart() {
    let rows = "[a, b], ".repeat(60);
    let yaml = format!(
        "{{series: S, title: T, date: 2025-11-04, language: en, contributors: [{{name: N, statement: [
            {{pull: Words}}, {{table: {{header: [[A, B]], rows: [{rows}]}}}}]}}]}}"
    );
    let pages = set(&yaml, |_| {});
    assert_eq!(pages.len(), 2);
    assert_eq!(pages[0], named(&["/Layout", "/Pagination/Footer"]));
    let second = [
        "/Layout",
        "/Pagination",
        "/Pagination/Footer",
        "/Pagination/Header",
    ];
    assert_eq!(pages[1], named(&second));
}

#[test]
fn the_place_on_the_page_says_nothing_of_what_an_artifact_is() {
    let yaml = "{series: S, title: T, date: 2025-11-04, language: en, contributors: [
        {name: N, statement: [Words, {pull: Words}]}]}";
    let decorated = set(yaml, |pages| {
        for artifact in &mut pages.pages[0].artifacts {
            artifact.kind = match artifact.kind {
                ArtifactKind::Footer => ArtifactKind::Decoration,
                ArtifactKind::Decoration => ArtifactKind::Header,
                other => other,
            };
        }
    });
    assert_eq!(decorated, [named(&["/Layout", "/Pagination/Header"])]);
}
