//! The citations of a piece, each as a reader of its format finds it.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::fields::{Block, array, by_role, natural, split, text, values};

pub(crate) fn bibtex(file: &str) -> Block {
    let fields: BTreeMap<&str, &str> = file
        .lines()
        .filter_map(|line| line.trim().split_once(" = {"))
        .map(|(name, value)| (name, value.trim_end_matches(',').strip_suffix('}').unwrap()))
        .collect();
    let one = |name: &str| fields.get(name).map(|value| (*value).to_owned());
    let names = |name: &str| -> Vec<String> {
        let people = fields
            .get(name)
            .map_or(vec![], |people| people.split(" and ").collect());
        people
            .iter()
            .map(|name| natural(name.trim_matches(['{', '}'])))
            .collect()
    };
    let (roles, contributors) = by_role(&[("edt", "editor"), ("trl", "translator")], names);
    Block {
        name: "BibTeX",
        creators: names("author"),
        contributors: Some(contributors),
        roles,
        doi: one("doi"),
        isbn: one("isbn"),
        topics: Some(split(&one("keywords").unwrap()).into_iter().collect()),
        publisher: one("institution"),
        ..Block::default()
    }
}

pub(crate) fn ris(file: &str) -> Block {
    let lines: Vec<(String, String)> = file
        .lines()
        .filter_map(|line| line.split_once("  - "))
        .map(|(tag, value)| (tag.to_owned(), value.to_owned()))
        .collect();
    let all = |tag: &str| values(&lines, tag);
    let names = |tag: &str| all(tag).iter().map(|name| natural(name)).collect();
    let (roles, contributors) = by_role(&[("edt", "ED"), ("trl", "A4")], names);
    let note = all("N1").pop();
    Block {
        name: "RIS",
        creators: names("AU"),
        contributors: Some(contributors),
        roles,
        doi: all("DO").pop(),
        isbn: note.map(|note| note.replace("ISBN ", "")),
        topics: Some(all("KW").into_iter().collect()),
        publisher: all("PB").pop(),
        ..Block::default()
    }
}

pub(crate) fn csl(file: &str) -> Block {
    let items: Value = serde_json::from_str(file).unwrap();
    let item = &items[0];
    let names = |name: &str| {
        array(&item[name])
            .iter()
            .map(|person| match &person["literal"] {
                Value::Null => format!("{} {}", text(&person["given"]), text(&person["family"])),
                whole => text(whole),
            })
            .collect()
    };
    let (roles, contributors) = by_role(&[("edt", "editor"), ("trl", "translator")], names);
    let one = |name: &str| item[name].as_str().map(str::to_owned);
    Block {
        name: "CSL-JSON",
        creators: names("author"),
        contributors: Some(contributors),
        roles,
        doi: one("DOI"),
        isbn: one("ISBN"),
        topics: Some(split(&one("keyword").unwrap()).into_iter().collect()),
        publisher: one("publisher"),
        ..Block::default()
    }
}
