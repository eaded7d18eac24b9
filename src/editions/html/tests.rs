#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::compose::sample::composed;
use crate::editions::Options;
use crate::editions::html::write;
use crate::theme::{PageSize, Theme};

const PIECE: &str = r#"
series: Flash Point
number: 12
title: "What <now>? [^a]"
subtitle: A *question*
date: 2025-11-04
language: en-GB
rights: © 2025 & others
introduction: ["An opening with [a link](https://example.org/?a=1&b=2)."]
contributors:
  - name: Mansoor Ahmad Khan
    affiliation: Former Ambassador
    bio: A diplomat.
    statement:
      - heading: First
      - "Words[^a] and [کوئٹہ](lang:ur)[^b]."
      - quote: {text: [One., Two.], by: Somebody}
      - pull: Words again
      - list: [one, [two, {numbered: [three]}]]
      - table: {header: [[A, B]], rows: [[c, d]], caption: A table}
      - break: ~
notes: {a: "A note.", b: "Another."}
"#;

fn written(yaml: &str) -> String {
    let options = Options {
        theme: Theme::classic(),
        page_size: PageSize::A4,
    };
    String::from_utf8(write(&composed(yaml), None, &options).unwrap()).unwrap()
}

/// Every element with its attributes, in order; fails where the file is not well-formed.
fn elements(html: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let mut reader = Reader::from_str(html);
    reader.config_mut().check_end_names = true;
    let mut found = Vec::new();
    let mut open = 0;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                open += 1;
                found.push(start.to_owned());
            }
            Event::Empty(start) => found.push(start.to_owned()),
            Event::End(_) => open -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open, 0);
    let attributes = |start: &quick_xml::events::BytesStart<'_>| {
        let pair = |a: quick_xml::events::attributes::Attribute<'_>| {
            let name = String::from_utf8(a.key.as_ref().to_vec()).unwrap();
            (
                name,
                quick_xml::escape::unescape(std::str::from_utf8(&a.value).unwrap())
                    .unwrap()
                    .into_owned(),
            )
        };
        start.attributes().map(|a| pair(a.unwrap())).collect()
    };
    let name = |start: &quick_xml::events::BytesStart<'_>| {
        String::from_utf8(start.name().as_ref().to_vec()).unwrap()
    };
    found
        .iter()
        .map(|start| (name(start), attributes(start)))
        .collect()
}

#[test]
fn a_pull_quote_is_hidden_from_readers_where_its_words_stand_in_the_text() {
    let read =
        "<aside role=\"doc-pullquote\" class=\"pull-quote\"><p class=\"pull\">Words again</p>";
    assert!(written(PIECE).contains(read));
    let seen = "<aside class=\"pull-quote\" aria-hidden=\"true\"><p class=\"pull\">Somebody</p>";
    assert!(written(&PIECE.replace("Words again", "Somebody")).contains(seen));
}

#[test]
fn every_link_resolves_and_no_name_is_given_twice() {
    let html = written(PIECE);
    let elements = elements(&html);
    let mut ids = BTreeSet::new();
    for (_, attributes) in &elements {
        if let Some(id) = attributes.get("id") {
            assert!(ids.insert(id.clone()), "{id} twice");
        }
    }
    let mut links = 0;
    for (name, attributes) in &elements {
        let target = attributes
            .get("href")
            .and_then(|href| href.strip_prefix('#'));
        if let Some(target) = target {
            assert!(ids.contains(target), "{name} leads to {target}");
            links += 1;
        }
    }
    assert!(
        links >= 7,
        "references to notes, links back, byline: {links}"
    );
}

#[test]
fn nothing_is_fetched_and_nothing_runs() {
    let html = written(PIECE);
    for (name, attributes) in elements(&html) {
        assert!(
            !matches!(
                name.as_str(),
                "script" | "link" | "iframe" | "object" | "base"
            ),
            "{name}"
        );
        assert!(
            attributes.keys().all(|key| !key.starts_with("on")),
            "{attributes:?}"
        );
        assert!(
            attributes
                .get("src")
                .is_none_or(|src| src.starts_with("data:")),
            "{attributes:?}"
        );
    }
    assert!(!html.contains("@import"));
    let addresses: Vec<&str> = html.split("url(").skip(1).collect();
    // Serif upright, italic, semibold and semibold italic, and the sans of what stands beside the text.
    assert!(addresses.len() >= 5, "{}", addresses.len());
    for address in addresses {
        assert!(
            address.starts_with("\"data:font/woff2;base64,d09GMg"),
            "{}",
            &address[..40]
        );
    }
    assert!(html.contains("font-src data:"));
}

#[test]
fn headings_stand_at_the_levels_of_every_edition() {
    let found = elements(&written(PIECE));
    let levels: Vec<&str> = found
        .iter()
        .map(|(name, _)| name.as_str())
        .filter(|name| matches!(*name, "h1" | "h2" | "h3" | "h4"))
        .collect();
    assert_eq!(levels, ["h1", "h2", "h3", "h2", "h3"]);
}

#[test]
fn a_right_to_left_piece_says_so() {
    let html = written(&PIECE.replace("en-GB", "ur"));
    assert!(
        html.contains("<html lang=\"ur\" dir=\"rtl\">"),
        "{}",
        &html[..200]
    );
}

#[test]
fn the_frame_of_a_page_is_small() {
    let html = written(PIECE);
    let (faces, rest) = html
        .split_once("<style>")
        .and_then(|(before, rest)| {
            let (faces, rest) = rest.split_once(":root")?;
            Some((faces, [before, rest].concat()))
        })
        .unwrap();
    assert!(rest.len() < 20_000, "{}", rest.len());
    assert!(faces.len() < 60_000, "{}", faces.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn hostile_words_stay_words(words in "[\"'<>&a-z/=\\]\\[-]{1,60}") {
        let yaml = serde_json::json!({
            "series": words, "title": format!("x{words}"), "date": "2025-11-04", "language": "en", "slug": "x",
            "summary": words, "keywords": [words], "rights": words,
            "contributors": [{"name": format!("n{words}"), "affiliation": words, "statement": [format!("x{words}")]}],
        });
        let elements = elements(&written(&yaml.to_string()));
        prop_assert!(elements.iter().all(|(name, _)| name != "script"));
    }
}

#[test]
fn cells_that_head_columns_and_rows_say_so_and_empty_ones_head_nothing() {
    let html = written(
        "{series: S, title: T, date: 2025-11-04, language: en, contributors: [{name: N, statement: [
        {table: {row_heads: true, header: [['', '2023']], rows: [[Imports, '1']]}}]}]}",
    );
    let cells = elements(&html)
        .into_iter()
        .filter_map(|(name, attributes)| {
            let scope = attributes.get("scope").cloned().unwrap_or_default();
            matches!(name.as_str(), "th" | "td").then(|| format!("{name} {scope}"))
        });
    assert_eq!(
        cells.collect::<Vec<_>>(),
        ["td ", "th col", "th row", "td "]
    );
}

#[test]
fn a_note_begins_with_its_way_back_and_ends_with_those_to_its_other_references() {
    let html = written(
        "{series: S, title: T, date: 2025-11-04, language: en, contributors: [{name: N, statement: ['One.[^n] Two.[^n]']}], notes: {n: Words.}}",
    );
    let note = html.split("<aside").nth(1).unwrap();
    let note = note.split("</aside>").next().unwrap();
    let expected = concat!(
        "<span class=\"mark\"><a role=\"doc-backlink\" href=\"#ref_1\" aria-label=\"1 Back to the text\">1</a></span> Words.<sup>\u{a0}",
        "<a role=\"doc-backlink\" href=\"#ref_1_2\" aria-label=\"Back to the text 2\">\u{2191}2</a></sup></p>",
    );
    assert!(note.ends_with(expected), "{note}");
}
