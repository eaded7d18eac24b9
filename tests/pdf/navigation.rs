//! Outline, destinations, links, labels and what the file says of itself.

use std::collections::BTreeSet;

use flashpoint::compose::Person;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Number, Object};

use crate::conformance::broken_rules;
use crate::edition::{Edition, from_file, from_yaml, root};
use crate::reader::{Element, Kid, read, shown};

fn with_catalog<T>(bytes: &[u8], look: impl FnOnce(&Pdf, &Dict<'_>) -> T) -> T {
    let pdf = Pdf::new(bytes.to_vec()).unwrap();
    let catalog: Dict<'_> = pdf.xref().get(pdf.xref().root_id()).unwrap();
    look(&pdf, &catalog)
}

fn outline(item: &Dict<'_>, depth: usize, lines: &mut Vec<String>) {
    let mut next = item.get::<Dict<'_>>("First");
    while let Some(entry) = next {
        let title = shown(entry.get::<Object<'_>>("Title").unwrap());
        let count = entry.get::<Number>("Count").map(|count| count.as_i64());
        assert!(entry.contains_key("Dest"), "{title} leads nowhere");
        let count = count.map_or(String::new(), |count| format!(" ({count})"));
        lines.push(format!("{}{title}{count}", "  ".repeat(depth)));
        outline(&entry, depth + 1, lines);
        next = entry.get("Next");
    }
}

#[test]
fn the_outline_nests_as_the_headings_do() {
    let yaml = r#"
series: S
title: "The (whole) title"
date: 2025-11-04
language: en
introduction: [{heading: Before}, {subheading: Smaller}, Words.]
contributors:
  - name: One
    statement: [{heading: First}, {subheading: Deep}, {heading: Second}, Words.]
  - name: Two
    statement: [Words.]
"#;
    with_catalog(&from_yaml(yaml).bytes, |_, catalog| {
        let mut lines = Vec::new();
        let root: Dict<'_> = catalog.get("Outlines").unwrap();
        outline(&root, 0, &mut lines);
        let expected = [
            "The (whole) title (3)",
            "  Before (-1)",
            "    Smaller",
            "  One (-2)",
            "    First (-1)",
            "      Deep",
            "    Second",
            "  Two",
        ];
        assert_eq!(lines, expected);
        assert_eq!(root.get::<Number>("Count").unwrap().as_i64(), 4);
    });
}

/// The names of all destinations, in the order of the tree.
fn destinations(node: &Dict<'_>, found: &mut Vec<String>) {
    if let Some(kids) = node.get::<Array<'_>>("Kids") {
        for kid in kids.iter::<Dict<'_>>() {
            let before = found.len();
            destinations(&kid, found);
            let limits: Array<'_> = kid.get("Limits").unwrap();
            let limits: Vec<String> = limits.iter::<Object<'_>>().map(shown).collect();
            assert_eq!(
                limits,
                [found[before].clone(), found[found.len() - 1].clone()]
            );
        }
    }
    if let Some(names) = node.get::<Array<'_>>("Names") {
        let strings = names.iter::<Object<'_>>().step_by(2);
        found.extend(strings.map(shown));
    }
}

fn annotations(element: &Element, found: &mut Vec<(String, String)>) {
    for kid in &element.kids {
        match kid {
            Kid::Element(kid) => annotations(kid, found),
            Kid::Annotation { leads, contents } => found.push((leads.clone(), contents.clone())),
            Kid::Text(_) => {}
        }
    }
}

#[test]
fn every_link_leads_to_an_address_or_a_place_that_exists() {
    for name in [
        "source/flash-point.yaml",
        "tests/fixtures/valid/every-block.yaml",
        "tests/fixtures/valid/notes.yaml",
    ] {
        let Edition { bytes, .. } = from_file(&root().join(name)).unwrap();
        let mut names = Vec::new();
        with_catalog(&bytes, |_, catalog| {
            let tree: Dict<'_> = catalog
                .get::<Dict<'_>>("Names")
                .unwrap()
                .get("Dests")
                .unwrap();
            destinations(&tree, &mut names);
        });
        assert!(names.is_sorted(), "{names:?}");
        let names: BTreeSet<String> = names.into_iter().collect();
        let mut links = Vec::new();
        annotations(&read(&bytes), &mut links);
        assert!(!links.is_empty());
        for (leads, contents) in links {
            assert!(!contents.is_empty());
            match leads.strip_prefix('#') {
                Some(name) => assert!(names.contains(name), "{name}"),
                None => assert!(leads.starts_with("http") || leads.starts_with("mailto:")),
            }
        }
    }
}

#[test]
fn the_byline_leads_to_the_statements() {
    let edition = from_file(&root().join("source/flash-point.yaml")).unwrap();
    let mut links = Vec::new();
    annotations(&read(&edition.bytes), &mut links);
    let expected = edition.composition.sections.iter().map(|section| {
        let heading = section.heading.as_ref().unwrap();
        (
            format!("#{}", heading.anchor),
            edition.composition[heading.text].plain(),
        )
    });
    assert_eq!(links, expected.collect::<Vec<_>>());
}

#[test]
fn a_link_over_two_lines_is_one_annotation_with_two_areas() {
    let long =
        "a link whose words go on until the line is full and some of them stand on the next "
            .repeat(2);
    let yaml = format!(
        "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\ncontributors:\n  - name: N\n    statement:\n      - \"Before [{}](https://example.org/a_(b)?c=d&e) after.\"\n",
        long.trim()
    );
    let Edition { bytes, .. } = from_yaml(&yaml);
    assert_eq!(broken_rules(&bytes), [""; 0]);
    with_catalog(&bytes, |pdf, _| {
        let page = pdf.pages()[0].raw();
        let annotations: Array<'_> = page.get("Annots").unwrap();
        let annotations: Vec<Dict<'_>> = annotations.iter().collect();
        // That of the byline, and this one.
        assert_eq!(annotations.len(), 2);
        let quads: Array<'_> = annotations[1].get("QuadPoints").unwrap();
        let quads: Vec<f32> = quads.iter::<Number>().map(|n| n.as_f32()).collect();
        let rect: Array<'_> = annotations[1].get("Rect").unwrap();
        let rect: Vec<f32> = rect.iter::<Number>().map(|n| n.as_f32()).collect();
        assert!(quads.len() >= 16 && quads.len().is_multiple_of(8));
        for corner in quads.chunks(2) {
            assert!(rect[0] <= corner[0] && corner[0] <= rect[2]);
            assert!(rect[1] <= corner[1] && corner[1] <= rect[3]);
        }
    });
}

#[test]
fn the_catalog_says_how_to_show_and_read_the_file() {
    let edition = from_file(&root().join("source/flash-point.yaml")).unwrap();
    with_catalog(&edition.bytes, |pdf, catalog| {
        let name = |key: &str| catalog.get::<Name<'_>>(key).unwrap().as_str().to_owned();
        assert_eq!(name("PageMode"), "UseOutlines");
        assert_eq!(shown(catalog.get::<Object<'_>>("Lang").unwrap()), "en-GB");
        let preferences: Dict<'_> = catalog.get("ViewerPreferences").unwrap();
        assert_eq!(preferences.get::<bool>("DisplayDocTitle"), Some(true));
        for page in pdf.pages().iter() {
            assert_eq!(page.raw().get::<Name<'_>>("Tabs").unwrap().as_str(), "S");
        }
        assert!(edition.bytes.starts_with(b"%PDF-1.7"));
    });
}

#[test]
fn metadata_holds_every_person_and_identifier() {
    let edition = from_file(&root().join("tests/fixtures/valid/all-metadata.yaml")).unwrap();
    let (start, end) = (b"<x:xmpmeta", b"</x:xmpmeta>");
    let from = edition
        .bytes
        .windows(start.len())
        .position(|w| w == start)
        .unwrap();
    let to = edition
        .bytes
        .windows(end.len())
        .position(|w| w == end)
        .unwrap();
    let packet = std::str::from_utf8(&edition.bytes[from..to]).unwrap();
    let record = &edition.composition.record;
    let names = |people: Vec<&Person>| -> String {
        let names = people.iter();
        names
            .map(|person| format!("<rdf:li>{}</rdf:li>", person.name))
            .collect()
    };
    for (property, kind, people) in [
        ("dc:creator", "rdf:Seq", names(record.creators().collect())),
        (
            "dc:contributor",
            "rdf:Bag",
            names(record.contributors().collect()),
        ),
    ] {
        let list = format!("<{property}><{kind}>{people}</{kind}></{property}>");
        assert!(packet.contains(&list), "{packet}");
    }
    let doi = record.doi.as_ref().unwrap();
    assert!(packet.contains(&format!(
        "<dc:identifier>https://doi.org/{doi}</dc:identifier>"
    )));
    let identifier = record.identifier.as_ref().unwrap();
    assert!(packet.contains(&format!("<rdf:li>{identifier}</rdf:li>")));
    assert!(packet.contains(&format!(
        "<dc:source>nih:sha-256;{}</dc:source>",
        record.source_hash
    )));
    assert!(packet.contains(&format!("<rdf:li>{}</rdf:li>", record.language)));
}
