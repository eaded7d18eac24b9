//! Whatever a theme may say, editions that are made in it are told nothing of: every key of its schema, with the least and the
//! greatest length that it takes, and each word.

use serde_json::{Map, Value, json};

use crate::change::{PIECE, edition};
use crate::program::Place;

/// A key of a theme, and its schema.
type Key = (String, Value);

/// The keys that say something, with their schemas.
fn keys(schema: &Value, path: &str, found: &mut Vec<Key>) {
    for (name, of) in schema["properties"].as_object().into_iter().flatten() {
        let path = match path {
            "" => name.clone(),
            path => format!("{path}.{name}"),
        };
        match of.get("properties") {
            Some(_) => keys(of, &path, found),
            None if of["deprecated"] == true => {}
            None => found.push((path, of.clone())),
        }
    }
}

/// Puts a value at its path.
fn put(theme: &mut Value, path: &str, value: Value) {
    let mut at = theme;
    for name in path.split('.') {
        if !at.is_object() {
            *at = Value::Object(Map::new());
        }
        at = &mut at[name];
    }
    *at = value;
}

fn pattern(schema: &Value) -> &str {
    schema["pattern"].as_str().unwrap_or_default()
}

/// The least and the greatest length of each key, as messages tell them.
fn ranges(place: &Place, keys: &[Key]) -> Vec<(String, [String; 2])> {
    let mut theme = json!({});
    for (path, schema) in keys {
        match pattern(schema) {
            pattern if pattern.contains("pt|") => put(&mut theme, path, "99999pt".into()),
            pattern if pattern.ends_with("em$") => put(&mut theme, path, "99em".into()),
            _ => {}
        }
    }
    place.write("house.yaml", theme.to_string());
    let told = place.run("check source --theme house.yaml").stderr;
    let mut found = Vec::new();
    let mut name = None;
    for line in told.lines() {
        if let Some((_, rest)) = line.split_once("out of range for `") {
            name = rest.split('`').next().map(str::to_owned);
        }
        if let Some((_, rest)) = line.split_once("= help: from ")
            && let (Some((least, most)), Some(name)) = (rest.split_once(" to "), name.take())
        {
            found.push((name, [least.to_owned(), most.trim().to_owned()]));
        }
    }
    found
}

/// How many themes say all that a theme may say: no choice has more words.
const THEMES: usize = 6;

fn theme(number: usize, keys: &[Key], ranges: &[(String, [String; 2])]) -> Value {
    let extends = ["classic", "modern", "journal"][number % 3];
    let mut theme = json!({ "name": "House <of> “words” & more", "extends": extends });
    for (path, schema) in keys {
        let length = ranges.iter().find(|(of, _)| of == path);
        let words = schema["enum"].as_array();
        let value = match (path.as_str(), length, words) {
            // Margins at both sides leave no measure.
            ("page.margin-end", ..) => continue,
            // Half of them say lengths, each in one of two ways.
            (_, Some((_, lengths)), _) if number < 4 => lengths[number % 2].clone().into(),
            (_, Some(_), _) => continue,
            (_, None, Some(words)) => words[number % words.len()].clone(),
            ("page.size", ..) => "1600pt x 1600pt".into(),
            ("measures.measure", ..) => ["900pt", "66 characters"][number / 4].into(),
            ("publisher", ..) => "The “House” & Sons".into(),
            (path, ..) if path.starts_with("page.") => [
                "{series} – {title}",
                "{page} / {pages}",
                "{names}",
                "none",
                "№ {number}",
                "{date}",
            ][number % 6]
                .into(),
            (path, ..) if path.starts_with("colours.dark") => if path.ends_with("paper") {
                "#101010"
            } else {
                "#989898"
            }
            .into(),
            ("colours.paper" | "colours.cover-text" | "colours.cover-accent", ..) => {
                "#FFFFFF".into()
            }
            // A colour may have no letter among its digits.
            (path, ..) if path.starts_with("colours.") => {
                ["#333333", "#2A1F3C", "#000000"][number % 3].into()
            }
            (path, ..) if path.ends_with(".colour") => {
                ["text", "headings", "accent", "quiet", "links", "#123456"][number].into()
            }
            _ => continue,
        };
        put(&mut theme, path, value);
    }
    theme
}

#[test]
fn nothing_is_told_of_editions_whatever_a_theme_says() {
    let place = Place::new();
    place.write("source/piece.yaml", PIECE);
    let images = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/valid/images");
    let image = std::fs::read(format!("{images}/rgb.png")).unwrap();
    place.write("source/disc.png", image);
    let schema = place.run("schema --theme").expect(0).stdout;
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let mut all = Vec::new();
    keys(&schema, "", &mut all);
    let ranges = ranges(&place, &all);
    let lengths = all.iter().filter(|(_, schema)| {
        let pattern = pattern(schema);
        pattern.contains("pt|") || pattern.ends_with("em$")
    });
    assert_eq!(ranges.len(), lengths.count(), "{ranges:?}");
    let mut told = Vec::new();
    for number in 0..THEMES {
        let theme = theme(number, &all, &ranges);
        place.write("house.yaml", format!("{theme:#}"));
        place
            .run("export source -q --force -f all,html --theme house.yaml")
            .expect(0);
        let ran = place.run("verify source --strict --theme house.yaml");
        let lines = ran.stderr.lines().filter(|line| line.starts_with("error"));
        told.extend(lines.map(|line| format!("{number}: {line}")));
    }
    assert!(place.has(edition("pdf")));
    assert!(told.is_empty(), "{}", told.join("\n"));
}
