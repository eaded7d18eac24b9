//! The guide to themes, and what stands beside it, say what is.

use std::fs;
use std::path::Path;

use flashpoint::theme::{Theme, schema};
use serde_json::Value;

use crate::{broken_rules, house};

fn document(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(root.join("docs").join(name)).unwrap()
}

/// The paths of all keys below a schema.
fn keys(schema: &Value, path: &str, found: &mut Vec<String>) {
    match schema["properties"].as_object() {
        None => found.push(path.to_owned()),
        Some(properties) => {
            for (key, inner) in properties {
                let path = match path {
                    "" => key.clone(),
                    path => format!("{path}.{key}"),
                };
                keys(inner, &path, found);
            }
        }
    }
}

#[test]
fn the_guide_describes_every_key() {
    let guide = document("themes.md");
    let mut paths = Vec::new();
    keys(schema(), "", &mut paths);
    assert!(paths.len() > 300, "{}", paths.len());
    for path in paths {
        let described = match path.strip_prefix("texts.") {
            // Kinds and their keys are tables of their own.
            Some(text) => {
                let (kind, key) = text.split_once('.').unwrap();
                guide.contains(&format!("| `texts.{kind}` |"))
                    && guide.contains(&format!("| `{key}` |"))
            }
            None => guide.contains(&format!("`{path}`")) || guide.contains(&format!("{path}:")),
        };
        assert!(described || path == "name", "{path}");
    }
}

#[test]
fn the_schema_beside_the_guide_is_the_programs() {
    let beside: Value = serde_json::from_str(&document("theme.schema.json")).unwrap();
    assert_eq!(
        &beside,
        schema(),
        "`flashpoint schema --theme > docs/theme.schema.json`"
    );
    jsonschema::meta::validate(schema()).unwrap();
}

#[test]
fn every_theme_that_the_guide_shows_is_one() {
    let guide = document("themes.md");
    let mut shown = 0;
    for block in guide.split("```yaml\n").skip(1) {
        let text = block.split("```").next().unwrap();
        // Examples with faces name files that are the reader's.
        if text.contains("fonts/") {
            continue;
        }
        let place = house(text.trim_end());
        place.write("extra.css", "h1 { letter-spacing: 0; }\n");
        place.write("logo.svg", document("house/logo.svg"));
        place.write("logo-white.svg", document("house/logo-white.svg"));
        let indent = text.len() - text.trim_start().len();
        let lines = text.lines().map(|line| line.get(indent..).unwrap_or(""));
        place.write("house.yaml", lines.collect::<Vec<_>>().join("\n"));
        let loaded = Theme::load(place.at("house.yaml").to_str().unwrap());
        assert!(
            loaded.is_ok(),
            "{text}\n{:?}",
            loaded.err().map(|e| e.diagnostics)
        );
        shown += 1;
    }
    assert!(shown >= 5, "{shown}");
}

#[test]
fn every_theme_of_ours_keeps_both_standards() {
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/house/house.yaml");
    for theme in Theme::names().chain([example]) {
        let place = house("name: unused\n");
        let line = format!("export piece.yaml --theme {theme} -f all,html -d dist");
        place.run(&line).expect(0);
        let pdf = place.read("dist/every-block.pdf");
        assert_eq!(broken_rules(&pdf), [""; 0], "{theme}");
    }
}

#[test]
fn a_style_sheet_of_ones_own_stands_last_and_fetches_nothing() {
    let place = house("extra_css: extra.css\n");
    place.write("extra.css", ".series { letter-spacing: 0.2em; }\n");
    place
        .run("export piece.yaml --theme house.yaml -f html -d dist")
        .expect(0);
    let html = String::from_utf8(place.read("dist/every-block.html")).unwrap();
    let sheet = html.split("</style>").next().unwrap();
    assert!(
        sheet
            .trim_end()
            .ends_with(".series { letter-spacing: 0.2em; }"),
        "{sheet}"
    );
    for refused in [
        "@import 'a.css';",
        "p { background: url( \"https://example.org/a.png\") }",
        "</STYLE><script>",
    ] {
        place.write("extra.css", refused);
        place
            .run("export piece.yaml --theme house.yaml -f html -d dist")
            .expect(2)
            .says(&["extra.css", "house.yaml:1:12"]);
    }
}
