//! What compose decides, on small pieces.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use super::sample::{composed, composed_at};
use super::*;

const PIECE: &str = r#"
series: Flash Point
number: 12
title: "What now?"
subtitle: A question
date: 2025-11-04
updated: 2025-11-06
language: en-GB
license: https://creativecommons.org/licenses/by/4.0/
disclaimer: The views are the authors' own.
introduction:
  - heading: Before we start
  - An opening.
contributors:
  - name: Mansoor Ahmad Khan
    affiliation: Former Ambassador
    bio: A diplomat.
    statement:
      - heading: First
      - subheading: Second
      - query: Is this right?
      - list: [one, [two, {numbered: [three]}]]
  - name: Ed Itor
    role: edt
    statement: [Words.]
  - name: Amina Khan
    statement: [Words.]
  - name: Fahd Humayun
    statement: [Words.]
"#;

#[test]
fn the_byline_names_authors_alone_and_leads_to_their_statements() {
    let composition = composed(PIECE);
    let byline = &composition[composition.title_block.byline.unwrap()];
    assert_eq!(
        byline.plain(),
        "Mansoor Ahmad Khan, Amina Khan and Fahd Humayun"
    );
    let anchors: Vec<_> = composition
        .sections
        .iter()
        .filter(|s| matches!(s.role, SectionRole::Statement(_)))
        .collect();
    assert_eq!(
        byline.spans[2].target,
        Some(Target::Anchor(anchors[2].anchor.clone()))
    );
    let credits: Vec<_> = composition
        .title_block
        .credits
        .iter()
        .map(|id| composition[*id].plain())
        .collect();
    assert_eq!(credits, ["Editor: Ed Itor"]);
}

#[test]
fn levels_follow_the_place_of_a_heading() {
    let composition = composed(PIECE);
    let headings = composition.walk().headings();
    let found = headings.map(|heading| (heading.level.number(), composition[heading.text].plain()));
    let found: Vec<_> = found.collect();
    let found: Vec<_> = found
        .iter()
        .map(|(level, text)| (*level, text.as_str()))
        .collect();
    let expected = [
        (1, "What now?"),
        (2, "Before we start"),
        (2, "Mansoor Ahmad Khan"),
        (3, "First"),
        (4, "Second"),
        (2, "Ed Itor"),
        (2, "Amina Khan"),
        (2, "Fahd Humayun"),
        (2, "About the contributors"),
        (3, "Mansoor Ahmad Khan"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_subheading_before_any_heading_skips_no_level() {
    let composition = composed(&PIECE.replace(
        "      - heading: First\n",
        "      - subheading: Zero\n      - Text.\n      - subheading: One\n      - heading: First\n",
    ));
    let levels: Vec<_> = composition.sections[1]
        .blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Heading(heading) => Some(heading.level.number()),
            _ => None,
        })
        .collect();
    assert_eq!(levels, [3, 3, 3, 4]);
}

#[test]
fn disclaimer_rights_and_citation_take_marks_and_catalogues_their_words() {
    let composition = composed(&PIECE.replace(
        "disclaimer: The views are the authors' own.",
        "disclaimer: The *views* are theirs.\nrights: © [The House](https://example.org/)\ncitation: Khan, *What now?*",
    ));
    let colophon = composition.sections.last().unwrap();
    assert_eq!(colophon.role, SectionRole::Colophon);
    assert!(colophon.heading.is_none());
    let texts: Vec<_> = colophon.walk().texts().map(|id| &composition[id]).collect();
    let [rights, disclaimer, citation, ..] = texts[..] else {
        panic!("{texts:?}")
    };
    assert!(rights.spans[1].target.is_some());
    assert_eq!(disclaimer.plain(), "Disclaimer: The views are theirs.");
    assert!(disclaimer.spans[0].strong && disclaimer.spans[2].emphasis);
    assert!(citation.spans.last().unwrap().emphasis);
    assert_eq!(
        composition.record.citation.as_deref(),
        Some("Khan, What now?")
    );
    assert_eq!(composition.record.rights.as_deref(), Some("© The House"));
}

#[test]
fn a_query_is_printed_nowhere() {
    assert!(
        composed(PIECE)
            .texts
            .iter()
            .all(|text| !text.plain().contains("Is this right?"))
    );
}

#[test]
fn series_and_date_are_paragraphs_in_the_language_of_the_piece() {
    let composition = composed(PIECE);
    assert_eq!(
        composition[composition.title_block.series].plain(),
        "Flash Point, No. 12"
    );
    assert_eq!(
        composition[composition.title_block.date].plain(),
        "Date: 4 November 2025"
    );
    let german = composed(
        &PIECE
            .replace("en-GB", "de")
            .replace("updated", "date_text: am 4.11.\nupdated"),
    );
    assert_eq!(
        german[german.title_block.series].plain(),
        "Flash Point, Nr. 12"
    );
    assert_eq!(german[german.title_block.date].plain(), "Datum: am 4.11.");
}

#[test]
fn a_value_that_looks_like_a_pattern_stays_as_it_is() {
    let composition =
        composed(&PIECE.replace("series: Flash Point", "series: '{number} {series}'"));
    assert_eq!(
        composition[composition.title_block.series].plain(),
        "{number} {series}, No. 12"
    );
}

#[test]
fn the_moment_of_change_comes_from_the_environment_else_from_the_piece() {
    assert_eq!(
        composed(PIECE).record.modified.to_string(),
        "2025-11-06T00:00:00Z"
    );
    assert_eq!(
        composed_at(PIECE, Some(86_461)).record.modified.to_string(),
        "1970-01-02T00:01:01Z"
    );
    // Nothing is made after its last change.
    assert_eq!(
        composed(PIECE).record.made().to_string(),
        "2025-11-04T00:00:00Z"
    );
    assert_eq!(
        composed_at(PIECE, Some(86_461)).record.made().to_string(),
        "1970-01-02T00:01:01Z"
    );
}

#[test]
fn every_anchor_is_unique_and_fit_for_a_bookmark() {
    let many = (0..200).fold(PIECE.to_owned(), |yaml, _| {
        yaml + "  - name: امینہ خان\n    statement: [a, heading: What now?]\n"
    });
    let composition = composed(&many);
    let mut seen = BTreeSet::new();
    let mut check = |anchor: &Anchor| {
        let text = anchor.as_str();
        assert!(
            text.len() <= 40 && text.starts_with(|c: char| c.is_ascii_lowercase()),
            "{text}"
        );
        assert!(
            text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'),
            "{text}"
        );
        assert!(seen.insert(text.to_owned()), "{text} twice");
    };
    check(&composition.title_block.title.anchor);
    for section in &composition.sections {
        check(&section.anchor);
        section
            .walk()
            .blocks()
            .for_each(|(_, anchor)| check(anchor));
    }
    assert!(seen.len() > 600);
}

#[test]
fn a_language_without_interface_words_is_told_and_gets_the_english_ones() {
    let composition = composed(&PIECE.replace("en-GB", "is"));
    assert_eq!(
        composition.findings[0].diagnostic.code.name(),
        "no-interface-words"
    );
    assert!(
        composition[composition.title_block.date]
            .plain()
            .starts_with("Date: 4. nóvember")
    );
}

#[test]
fn identifiers_do_not_change_with_the_words() {
    let uuid = |yaml: &str| composed(yaml).record.uuid;
    assert_eq!(uuid(PIECE), uuid(&PIECE.replace("Words.", "Other words.")));
    assert_ne!(uuid(PIECE), uuid(&PIECE.replace("What now?", "What then?")));
    assert_eq!(uuid(PIECE).get_version_num(), 5);
}

#[test]
fn the_marks_of_notes_side_by_side_are_parted() {
    let piece = |language: &str| {
        composed(&format!(
            "series: S\ntitle: T[^a][^b]\ndate: 2025-11-04\nlanguage: {language}\ncontributors:\n- name: N\n  statement:\n  \
             - Some **words[^b]**[^a][^c] and more[^a].\nnotes: {{a: A., b: B., c: C.}}\n"
        ))
    };
    let composition = piece("en");
    let shown = |composition: &Composition, kind| {
        let mut texts = composition.texts.iter().filter(|text| text.kind == kind);
        let spans = &texts.next().unwrap().spans;
        spans
            .iter()
            .map(|span| span.text.as_str())
            .collect::<String>()
    };
    assert_eq!(shown(&composition, Kind::Title), "T1,2");
    assert_eq!(
        shown(&composition, Kind::Paragraph),
        "Some words2,1,3 and more1."
    );
    let plain = |kind| {
        composition
            .texts
            .iter()
            .find(|text| text.kind == kind)
            .unwrap()
            .plain()
    };
    assert_eq!(plain(Kind::Title), "T");
    assert_eq!(plain(Kind::Paragraph), "Some words and more.");
    assert_eq!(composition.record.title, "T");
    assert_eq!(
        shown(&piece("ur"), Kind::Title).matches('\u{60C}').count(),
        1
    );
}

#[test]
fn the_colophon_says_all_that_is_known_of_the_publication() {
    let composition = composed(
        "{series: S, number: 12, title: T, date: 2025-11-04, updated: 2026-01-15, language: en-GB, isbn: 978-0-306-40615-7,
          doi: 10.1234/x, publisher: The House, rights: Some rights, license: 'https://creativecommons.org/licenses/by/4.0/',
          contributors: [{name: N, affiliation: A, orcid: 0000-0002-1825-0097, statement: [a]}]}",
    );
    let shown = |section: &Section| -> Vec<String> {
        let texts = section.walk().texts();
        texts.map(|id| composition[id].plain()).collect()
    };
    assert_eq!(
        shown(composition.sections.last().unwrap()),
        [
            "Some rights · https://creativecommons.org/licenses/by/4.0/",
            "Publisher: The House · S, No. 12 · ISBN 9780306406157 · Updated: 15 January 2026 · https://doi.org/10.1234/x",
        ]
    );
    assert_eq!(shown(&composition.sections[0])[1], "A · ORCID");
    let elsewhere = composed(
        "{series: S, title: T, date: 2025-11-04, language: en, url: 'https://example.org/t', contributors: [{name: N, statement: [a]}]}",
    );
    let last = elsewhere.sections.last().unwrap();
    let text = &elsewhere[last.walk().texts().next().unwrap()];
    assert_eq!(text.plain(), "https://example.org/t");
    assert!(matches!(text.spans[0].target, Some(Target::Url(_))));
}
