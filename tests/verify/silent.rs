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
            .filter(|line| !line.contains(" editions of ") && !line.starts_with("outside checkers"))
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

/// What a house puts around a text is no part of what the hash is of, in any edition, and is the same in all.
#[test]
fn editions_of_a_house_are_one_text_without_their_source() {
    let place = fixtures("");
    // Paper that lies on its side, in which wide tables are turned upright.
    let wide = "name: wide\nextends: journal\npage: {size: 297mm x 210mm}\n";
    place.write("wide.yaml", wide);
    for theme in ["journal", "house.yaml", "wide.yaml"] {
        place
            .run(&format!(
                "export source/all-metadata.yaml -q --force -f all,html -d dist --theme {theme}"
            ))
            .expect(0);
        let line = format!("verify source/all-metadata.yaml --strict --theme {theme}");
        place.run(&line).expect(0);
        let files: Vec<String> = place.files("dist").into_keys().collect();
        let editions: Vec<String> = files.iter().map(|name| format!("dist/{name}")).collect();
        assert_eq!(editions.len(), 4, "{editions:?}");
        let line = format!("verify {}", editions.join(" "));
        let ran = place.run(&line).expect(0);
        ran.says(&["names its hash, beside", "the same text"]);
        let texts: Vec<Vec<u8>> = editions
            .iter()
            .map(|path| place.run(&format!("text {path}")).expect(0).stdout.into())
            .collect();
        let source = place.run("text source/all-metadata.yaml").expect(0).stdout;
        assert!(texts.iter().all(|text| *text == Vec::from(source.clone())));

        let html = editions.iter().find(|path| path.ends_with("html")).unwrap();
        let page = String::from_utf8(place.read(html)).unwrap();
        let at = page.find("class=\"credit publisher\">").unwrap();
        let (before, behind) = page.split_at(at + "class=\"credit publisher\">".len());
        place.write(html, format!("{before}Not {behind}"));
        place.run(&line).expect(1).says(&["“Not"]);
    }
}
