//! The HTML edition and the pages of a site as text that a person can review; `UPDATE_EXPECT=1` blesses them anew.
//!
//! Left out is what is no text (pictures), what other tests hold (style sheets), and what changes with every edition's bytes
//! (sizes of downloads).
#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "support/program.rs"]
mod program;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use expect_test::expect_file;
use program::Place;
use serde_json::Value;

/// What is left out of a page stands between these.
const MASKS: &[(&str, &str)] = &[
    ("<style>", "</style>"),
    (";base64,", "\""),
    ("<span class=\"size\">", "</span>"),
    ("<link rel=\"stylesheet\" href=\"", "\""),
];

/// What stands where something was left out.
const LEFT_OUT: &str = "…";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Two pieces, their editions, and a site of them.
fn place() -> &'static Place {
    static PLACE: OnceLock<Place> = OnceLock::new();
    PLACE.get_or_init(|| {
        let place = Place::new();
        let valid = root().join("tests/fixtures/valid");
        for name in ["every-block.yaml", "all-metadata.yaml"] {
            place.write(format!("source/{name}"), fs::read(valid.join(name)).unwrap());
        }
        for image in fs::read_dir(valid.join("images")).unwrap() {
            let image = image.unwrap();
            let name = image.file_name().into_string().unwrap();
            place.write(format!("source/images/{name}"), fs::read(image.path()).unwrap());
        }
        place.write(
            "site.yaml",
            "base_url: https://example.org/pieces\ntitle: Pieces & more\npublisher: The Institute\ncontact: us@example.org\n",
        );
        place.run("export source --format all,html -q").expect(0);
        place
            .run("distribute source --to public --site site.yaml -q")
            .expect(0);
        place
    })
}

/// The text with all that stands between `from` and the next `to` left out.
fn masked(text: &str, (from, to): (&str, &str)) -> String {
    let mut parts = text.split(from);
    let mut out = parts.next().unwrap().to_owned();
    for part in parts {
        let (_, rest) = part.split_once(to).expect("an end");
        out.extend([from, LEFT_OUT, to, rest]);
    }
    out
}

/// Sizes of files in data of schema.org, left out.
fn without_sizes(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(without_sizes),
        Value::Object(entries) => {
            for (key, value) in entries {
                if key == "contentSize" {
                    *value = LEFT_OUT.into();
                }
                without_sizes(value);
            }
        }
        _ => {}
    }
}

/// A page for reviewers: what [`MASKS`] name is left out, and data of schema.org have a line for each value.
fn readable(page: &str) -> String {
    const DATA: &str = "<script type=\"application/ld+json\">";
    let page = MASKS
        .iter()
        .fold(page.to_owned(), |page, mask| masked(&page, *mask));
    let Some((before, after)) = page.split_once(DATA) else {
        return page;
    };
    let (data, after) = after.split_once("</script>").unwrap();
    let mut data: Value = serde_json::from_str(data).unwrap();
    without_sizes(&mut data);
    let data = serde_json::to_string_pretty(&data).unwrap();
    format!("{before}{DATA}\n{data}\n</script>{after}")
}

/// The names of the files in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Holds pages against the goldens in a folder; a golden that no page belongs to fails.
fn compare(folder: &str, pages: &[(&str, &str)]) {
    let folder: PathBuf = root().join("tests/goldens").join(folder);
    for (page, golden) in pages {
        let page = String::from_utf8(place().read(page)).unwrap();
        expect_file![folder.join(golden)].assert_eq(&readable(&page));
    }
    let mut expected: Vec<_> = pages
        .iter()
        .map(|(_, golden)| (*golden).to_owned())
        .collect();
    expected.sort();
    assert_eq!(names(&folder), expected, "goldens and pages");
}

#[test]
fn html_editions_are_as_reviewed() {
    let pages = [
        ("dist/all-metadata.html", "all-metadata.html.txt"),
        ("dist/every-block.html", "every-block.html.txt"),
    ];
    compare("html", &pages);
}

#[test]
fn every_kind_of_a_sites_pages_is_as_reviewed() {
    let pages = [
        ("public/index.html", "index.html.txt"),
        ("public/series/flash-point.html", "series.html.txt"),
        ("public/pieces/all-metadata.html", "all-metadata.html.txt"),
        ("public/pieces/every-block.html", "every-block.html.txt"),
    ];
    compare("site", &pages);
}

#[test]
fn what_is_left_out_of_a_page_leaves_the_rest_as_it_is() {
    let page = "<style>a{}</style><img src=\"data:image/png;base64,AAAA\"/><i>b</i><span class=\"size\">1 KB</span>\
        <script type=\"application/ld+json\">{\"a\":[{\"contentSize\":\"1\"}]}</script><p>c</p>";
    let shown = "<style>…</style><img src=\"data:image/png;base64,…\"/><i>b</i><span class=\"size\">…</span>\
        <script type=\"application/ld+json\">\n{\n  \"a\": [\n    {\n      \"contentSize\": \"…\"\n    }\n  ]\n}\n</script><p>c</p>";
    assert_eq!(readable(page), shown);
}
