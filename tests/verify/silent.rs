//! Sound editions are told nothing of: all fixtures, in all themes, under both standards, on other paper, with all that a house puts
//! to its pieces, as drafts and under an embargo.

use std::path::Path;

use crate::program::Place;

/// A house that asks for everything, with words of its own above and below its pages.
const HOUSE: &str = "name: house\npublisher: The House\nfront: {publisher: on, summary: on, cover: on, contents: on}\n\
    page:\n  head: {start: \"{publisher}\", centre: The Papers, end: \"{names}\"}\n  foot: {start: \"No. {number}\", centre: \"{page}\", end: \"{date}\"}\n";

fn copy(from: &Path, place: &Place, to: &str, change: impl Fn(String) -> String + Copy) {
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = format!("{to}/{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            copy(&path, place, &to, change);
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        match path.extension().is_some_and(|own| own == "yaml") {
            true => place.write(to, change(String::from_utf8(bytes).unwrap())),
            false => place.write(to, bytes),
        }
    }
}

/// The fixtures in a folder of their own, each with more lines.
fn fixtures(more: &str) -> Place {
    let place = Place::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    copy(
        &root.join("tests/fixtures/valid"),
        &place,
        "source",
        |text| format!("{}\n{more}", text.trim_end()),
    );
    place.write("house.yaml", HOUSE);
    place
}

#[test]
fn nothing_is_told_of_the_fixtures_whatever_they_are_set_in() {
    let place = fixtures("");
    for (theme, options) in [
        ("classic", ""),
        ("journal", "--page-size letter"),
        ("modern", "--pdf-standard ua-2"),
        ("house.yaml", ""),
    ] {
        place
            .run(&format!(
                "export source -q --force -f pdf --theme {theme} {options}"
            ))
            .expect(0);
        let ran = place
            .run(&format!("verify source --strict --theme {theme}"))
            .expect(0);
        let told = ran
            .stderr
            .lines()
            .filter(|line| !line.contains("pdf equal"));
        let told: Vec<&str> = told
            .filter(|line| !line.contains(" editions of "))
            .collect();
        assert_eq!(told, [""; 0], "{theme}");
    }
}

#[test]
fn nothing_is_told_of_drafts_and_pieces_under_an_embargo() {
    for more in ["status: draft\n", "embargo: 2099-01-02T08:00:00+05:00\n"] {
        let place = fixtures(more);
        place
            .run("export source -q -f pdf --verify --theme modern")
            .expect(0);
        assert!(place.has("dist/minimal.review.pdf") || place.has("dist/lists.review.pdf"));
    }
}
