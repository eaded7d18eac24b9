//! Who made a piece and what names it, read back out of every block of metadata that the program writes, and held equal.
#![allow(clippy::unwrap_used, reason = "tests")]

mod blocks;
mod citations;
mod fields;
#[path = "../support/program.rs"]
mod program;
#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeSet;

use blocks::Editions;
use fields::Block;

const PEOPLE: &str = "
  - {name: Amina Khan, affiliation: Institute of the Straits, orcid: 0000-0002-1825-0097, ror: 02mhbdp94, statement: [Words.]}
  - {name: Ed Itor, role: edt, orcid: https://orcid.org/0000-0001-5109-3700, statement: [Words.]}
  - {name: Bela Tar, statement: [Words.]}
  - {name: Tran Slator, role: trl, statement: [Words.]}
";

fn piece(people: &str) -> String {
    format!(
        "series: Flash Point
title: What now
date: 2025-11-04
language: en-GB
slug: piece
identifier: FP-2025/7
isbn: 978-3-16-148410-0
doi: 10.1234/fp.2025.7
publisher: The Press
rights: © 2025 The Press
license: https://creativecommons.org/licenses/by/4.0/
summary: In short.
keywords: [borders, War]
subjects: [Politics, War]
contributors:{people}"
    )
}

fn names(people: &[&str]) -> Vec<String> {
    people.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn every_block_names_the_same_creators_and_contributors() {
    let editions = Editions::of(&piece(PEOPLE));
    for block in editions.blocks() {
        let Block {
            name,
            creators,
            contributors,
            ..
        } = &block;
        assert_eq!(
            *creators,
            names(&["Amina Khan", "Bela Tar"]),
            "creators of {name}"
        );
        if let Some(contributors) = contributors {
            assert_eq!(
                *contributors,
                names(&["Ed Itor", "Tran Slator"]),
                "contributors of {name}"
            );
        }
    }
}

#[test]
fn the_cover_names_the_creators() {
    let cover = Editions::of(&piece(PEOPLE)).cover();
    assert!(cover.contains("Amina Khan and Bela Tar"), "{cover}");
    assert!(!cover.contains("Ed Itor"), "{cover}");
}

#[test]
fn blocks_that_have_room_for_roles_tell_the_same() {
    let editions = Editions::of(&piece(PEOPLE));
    let told: Vec<_> = editions
        .blocks()
        .into_iter()
        .filter(|block| !block.roles.is_empty())
        .collect();
    assert!(told.len() >= 6, "{}", told.len());
    for block in told {
        assert_eq!(
            block.roles,
            names(&["edt", "trl"]),
            "roles in {}",
            block.name
        );
    }
}

#[test]
fn where_nobody_is_an_author_all_are_creators() {
    let people = "
  - {name: Ed Itor, role: edt, statement: [Words.]}
  - {name: Tran Slator, role: trl, statement: [Words.]}
";
    for block in Editions::of(&piece(people)).blocks() {
        let Block {
            name,
            creators,
            contributors,
            ..
        } = block;
        assert_eq!(
            creators,
            names(&["Ed Itor", "Tran Slator"]),
            "creators of {name}"
        );
        assert!(
            contributors.is_none_or(|people| people.is_empty()),
            "contributors of {name}"
        );
    }
}

#[test]
fn every_block_says_the_same_identifiers_topics_and_source() {
    let editions = Editions::of(&piece(PEOPLE));
    let blocks = editions.blocks();
    let uuid = editions.uuid();
    let all = [
        "https://doi.org/10.1234/fp.2025.7",
        "FP-2025/7",
        "urn:isbn:9783161484100",
        &uuid,
    ];
    let topics: BTreeSet<_> = ["Politics", "War", "borders"].map(str::to_owned).into();
    let orcids: BTreeSet<_> = ["0000-0002-1825-0097", "0000-0001-5109-3700"]
        .map(|id| format!("https://orcid.org/{id}"))
        .into();
    let (mut general, mut about, mut persons) = (0, 0, 0);
    for block in &blocks {
        let name = block.name;
        if !block.identifiers.is_empty() {
            general += 1;
            let known: BTreeSet<_> = all.iter().map(|id| (*id).to_owned()).collect();
            assert_eq!(block.identifiers, known, "identifiers of {name}");
        }
        for (kind, found, wanted) in [
            ("DOI", &block.doi, "10.1234/fp.2025.7"),
            ("ISBN", &block.isbn, "9783161484100"),
            ("best identifier", &block.best, all[0]),
            ("publisher", &block.publisher, "The Press"),
            ("rights", &block.rights, "© 2025 The Press"),
            (
                "license",
                &block.license,
                "https://creativecommons.org/licenses/by/4.0/",
            ),
            ("ROR", &block.ror, "https://ror.org/02mhbdp94"),
        ] {
            if let Some(found) = found {
                assert_eq!(found, wanted, "{kind} of {name}");
            }
        }
        if let Some(found) = &block.topics {
            about += 1;
            assert_eq!(*found, topics, "topics of {name}");
        }
        if let Some(source) = &block.source {
            assert_eq!(*source, editions.source(), "source of {name}");
        }
        if !block.orcids.is_empty() {
            persons += 1;
            assert!(
                block.orcids.is_subset(&orcids),
                "{:?} of {name}",
                block.orcids
            );
            assert!(
                block
                    .orcids
                    .contains("https://orcid.org/0000-0002-1825-0097"),
                "{name}"
            );
        }
    }
    assert!(
        general >= 4 && about >= 9 && persons >= 5,
        "{general} {about} {persons}"
    );
}
