//! Faces of one's own: TrueType, CFF and collections through every edition, and every reason against one.

use flashpoint::fonts::{FontFile, Outlines, Purpose};

use crate::{CFF, TTC, TTF, broken_rules, fonts, house, parts};

fn theme(text: &str) -> String {
    format!("name: house\nextends: modern\nfaces:\n  text: {text}\n  headings: text\n")
}

/// The name that the piece of every block has.
const SLUG: &str = "every-block";

#[test]
fn faces_of_every_kind_keep_both_standards_of_the_pdf() {
    for (kind, family, program, names) in [
        (
            "cff",
            CFF,
            "FontFile3",
            vec![
                "EBGaramond12-Bold",
                "EBGaramond12-Italic",
                "EBGaramond12-Regular",
            ],
        ),
        (
            "ttc",
            TTC,
            "FontFile2",
            vec![
                "Vollkorn-Bold",
                "Vollkorn-BoldItalic",
                "Vollkorn-Italic",
                "Vollkorn-Regular",
            ],
        ),
        (
            "ttf",
            TTF,
            "FontFile2",
            vec![
                "SourceSans3-It",
                "SourceSans3-Regular",
                "SourceSans3-Semibold",
            ],
        ),
    ] {
        let place = house(&theme(family));
        place
            .run("export piece.yaml --theme house.yaml -f pdf -d dist")
            .expect(0);
        let pdf = place.read(format!("dist/{SLUG}.pdf"));
        assert_eq!(broken_rules(&pdf), [""; 0], "{kind}");
        let fonts = fonts(&pdf);
        for name in names {
            let font = (name.to_owned(), program);
            assert!(fonts.contains(&font), "{kind}: {font:?} of {fonts:?}");
        }
        let serif = fonts
            .iter()
            .any(|(name, _)| name.starts_with("SourceSerif4"));
        assert!(!serif, "{kind}: {fonts:?}");
    }
}

#[test]
fn every_reason_against_a_face_is_told_with_its_place() {
    let place = house("name: x\n");
    let whole = place.read("faces/Vollkorn-Regular.ttf");
    let with_permission = |fs_type: u16| {
        let mut bytes = whole.clone();
        let records = bytes[12..].chunks_exact(16);
        let os2 = records
            .into_iter()
            .find(|record| &record[..4] == b"OS/2")
            .unwrap();
        let offset = u32::from_be_bytes(os2[8..12].try_into().unwrap()) as usize;
        bytes[offset + 8..offset + 10].copy_from_slice(&fs_type.to_be_bytes());
        bytes
    };
    place.write("bad/restricted.ttf", with_permission(2));
    place.write("bad/whole.ttf", with_permission(0x100));
    place.write("bad/print.ttf", with_permission(4));
    place.write("bad/cut.ttf", &whole[..whole.len() / 3]);
    place.write("bad/picture.ttf", place.read("images/rgb.png"));
    let family = |file: &str| {
        format!(
            "name: x\nfaces:\n  text: {{regular: {file}, italic: {file}, bold: {file}, bold-italic: {file}}}\n"
        )
    };
    let good = "faces/Vollkorn-Regular.ttf";
    for (theme, says) in [
        (
            family("bad/restricted.ttf"),
            vec![
                "fsType 2",
                "forbids that documents carry it",
                "house.yaml:3:",
            ],
        ),
        (
            family("bad/whole.ttf"),
            vec!["fsType 256", "forbids subsets"],
        ),
        (family("bad/cut.ttf"), vec!["bad/cut.ttf", "damaged"]),
        (family("bad/picture.ttf"), vec!["this is no font file"]),
        (
            family("faces/Variable.ttf"),
            vec!["a variable font", "static instances", "wght"],
        ),
        (
            family("faces/Vollkorn.ttc"),
            vec!["this collection holds 4 faces", "0 is Vollkorn Regular"],
        ),
        (
            family("{file: faces/Vollkorn.ttc, index: 4}"),
            vec!["no face 4", "from 0 to 3"],
        ),
        (
            family("faces/None.ttf"),
            vec!["there is no file `faces/None.ttf`"],
        ),
        (family("/etc/passwd"), vec!["no path beside the theme"]),
        (
            format!("faces:\n  text: {{regular: {good}, italic: {good}}}\n"),
            vec![
                "no `semibold` or `bold`, no `semibold-italic` or `bold-italic`",
                "house.yaml:2:",
            ],
        ),
        (
            format!(
                "faces:\n  text: {{regular: {good}, italic: {good}, bold: {good}, semibold: {good}, bold-italic: {good}}}\n"
            ),
            vec!["two names of one style"],
        ),
        (
            "faces:\n  text: fonts/MyFont.ttf\n".to_owned(),
            vec!["a file for each style", "house.yaml:2:9"],
        ),
        (
            "faces:\n  headings: text\n  text: headings\n".to_owned(),
            vec!["no family of its own either"],
        ),
        (
            "faces:\n  heading: text\n".to_owned(),
            vec!["did you mean `headings`?"],
        ),
        (
            "extends: modren\n".to_owned(),
            vec!["did you mean `modern`?"],
        ),
        (
            family(good)
                .replace("}}", "}")
                .replace("}\n", ", use: [pdf, docs]}\n"),
            vec!["no use `docs`", "may not be used for `cover`"],
        ),
    ] {
        place.write("house.yaml", &theme);
        place
            .run("export piece.yaml --theme house.yaml -f pdf -d dist")
            .expect(2)
            .says(&says);
        assert!(!place.has("dist"), "{theme}");
    }
    place.write("house.yaml", family("bad/print.ttf"));
    place
        .run("export piece.yaml --theme house.yaml -f pdf -d dist")
        .expect(0)
        .says(&[
            "named in docx and not carried",
            "not to edit",
            "house.yaml:3:",
        ]);
    place
        .run("export piece.yaml --theme house.yaml -f pdf -d denied --deny-warnings")
        .expect(2);
}

#[test]
fn the_record_of_runs_knows_faces_by_their_content() {
    let place = house(&theme(TTF));
    let run = || {
        place
            .run("export piece.yaml --theme house.yaml -f pdf -d dist")
            .expect(0)
            .stderr
    };
    assert!(run().contains("1 file"));
    assert!(run().contains("unchanged"));
    // The same bytes under a new time, then other bytes of the same name.
    let regular = place.read("fonts/SourceSans3-Regular.ttf");
    place.write("fonts/SourceSans3-Regular.ttf", &regular);
    assert!(run().contains("unchanged"));
    place.write(
        "fonts/SourceSans3-Regular.ttf",
        place.read("faces/Vollkorn-Regular.ttf"),
    );
    assert!(!run().contains("unchanged"));
}

#[test]
fn a_word_document_names_the_one_face_of_two_families_once() {
    let family = CFF.replace("licence: faces/OFL.md", "use: [pdf, cover]");
    let place = house(&theme(&family).replace("headings: text", &format!("headings: {family}")));
    place
        .run("export piece.yaml --theme house.yaml -f docx -d dist")
        .expect(0);
    let document = place.read(format!("dist/{SLUG}.docx"));
    let parts = parts(&document);
    let table = String::from_utf8_lossy(&parts["word/fontTable.xml"]).into_owned();
    assert_eq!(
        table.matches("w:name=\"EB Garamond\"").count(),
        1,
        "{table}"
    );
}

#[test]
fn books_and_sites_carry_what_the_licence_allows_and_name_the_rest() {
    let carried = CFF.to_owned();
    let named = CFF.replace("licence: faces/OFL.md", "use: [pdf, cover]");
    for (family, carries) in [(carried, true), (named, false)] {
        let place = house(&theme(&family));
        place.write(
            "site.yaml",
            "base_url: https://example.org/\ntitle: A house\ntheme: house.yaml\n",
        );
        place
            .run("export piece.yaml --theme house.yaml -f epub -d dist")
            .expect(0);
        place
            .run("distribute piece.yaml --dist dist --to site --site site.yaml")
            .expect(0);
        let book = place.read(format!("dist/{SLUG}.epub"));
        let parts = parts(&book);
        let face = parts.keys().any(|name| name.contains("house-text-regular"));
        assert_eq!(face, carries, "{:?}", parts.keys());
        let sheet = parts
            .iter()
            .find(|(name, _)| name.ends_with("stylesheet.css"));
        let sheet = String::from_utf8_lossy(sheet.unwrap().1);
        let name = if carries {
            "\"Flashpoint Text\""
        } else {
            "\"EB Garamond\""
        };
        assert!(sheet.contains(name), "{sheet}");
        let fonts = place.files("site/fonts");
        let web: Vec<_> = fonts
            .keys()
            .filter(|name| name.starts_with("house-text"))
            .collect();
        assert_eq!(!web.is_empty(), carries, "{web:?}");
        for (name, bytes) in parts.iter().filter(|(name, _)| name.ends_with(".otf")) {
            let face = FontFile::new(bytes.clone()).open(None, Purpose::Fallback);
            assert_eq!(face.unwrap().face.outlines, Outlines::Cff, "{name}");
        }
        for name in web.iter().filter(|name| name.ends_with("woff2")) {
            assert!(fonts[*name].starts_with(b"wOF2"));
        }
        let licence = fonts.get("house-text-licence.txt");
        assert_eq!(licence.is_some(), carries, "{:?}", fonts.keys());
        let licence = parts
            .keys()
            .any(|name| name.ends_with("house-text-licence.txt"));
        assert_eq!(licence, carries, "{:?}", parts.keys());
    }
}

#[test]
fn a_face_on_the_command_line_is_used_or_refused_with_the_way_out() {
    let place = house("name: x\n");
    let whole = place.read("faces/Vollkorn-Regular.ttf");
    place.write("cut.ttf", &whole[..whole.len() / 3]);
    // The place of the first name, after the head of the table and six of the record's bytes before it (OpenType, `name`).
    let entry = whole.windows(4).position(|tag| tag == b"name").unwrap();
    let table = u32::from_be_bytes(whole[entry + 8..entry + 12].try_into().unwrap()) as usize;
    let mut misplaced = whole.clone();
    misplaced[table + 6 + 10..table + 6 + 12].copy_from_slice(&[0xFF; 2]);
    place.write("names.ttf", &misplaced);
    for (font, says) in [
        ("cut.ttf", ["damaged", "fetch the file anew"]),
        ("names.ttf", ["damaged", "names outside of their table"]),
        (
            "faces/Vollkorn.ttc",
            [
                "holds 4 faces",
                "`faces/Vollkorn.ttc#0` is Vollkorn Regular",
            ],
        ),
        ("faces/Vollkorn.ttc#9", ["no face 9", "from 0 to 3"]),
        ("none.ttf", ["none.ttf", "cannot be used"]),
    ] {
        for command in [
            "export piece.yaml -f pdf -d dist",
            "check piece.yaml",
            "distribute piece.yaml --dist dist --to site",
        ] {
            let ran = place.run(&format!("{command} --font {font}"));
            ran.expect(2).says(&says);
        }
        assert!(!place.has("dist") && !place.has("site"), "{font}");
    }
    place
        .run("export piece.yaml --font faces/Vollkorn.ttc#1 -f epub -d dist")
        .expect(0);
}

/// A piece with a title, an Urdu word and ideographs whose forms no language says.
const SCRIPTS: &str = "series: S\ntitle: 直骨 words\nslug: scripts\ndate: 2025-11-04\nlanguage: en\n\
     contributors:\n- name: N\n  statement: ['A [کل](lang:ur).']\n";

#[test]
fn a_theme_says_the_hand_of_urdu_and_the_forms_of_ideographs() {
    let place = house("name: x\n");
    place.write("scripts.yaml", SCRIPTS);
    let run = |faces: &str| {
        place.write("house.yaml", format!("name: x\nfaces: {{{faces}}}\n"));
        place
            .run("export scripts.yaml --theme house.yaml -f epub -d dist --cover-files --force")
            .expect(0);
        let book = parts(&place.read("dist/scripts.epub"));
        let faces = book.keys().filter(|name| name.contains("fonts/na"));
        let faces: Vec<String> = faces.cloned().collect();
        (faces, place.read("dist/scripts.cover.png"))
    };
    let (usual, cover) = run("");
    assert_eq!(usual, ["OEBPS/fonts/nastaliq-regular.ttf"]);
    let (naskh, _) = run("urdu: naskh");
    assert_eq!(naskh, ["OEBPS/fonts/naskh-regular.ttf"]);
    assert_eq!(run("han: simplified").1, cover);
    #[cfg(feature = "cjk")]
    for forms in ["traditional", "japanese", "korean"] {
        assert_ne!(run(&format!("han: {forms}")).1, cover, "{forms}");
    }
    for (faces, says) in [
        ("han: tradtional", "did you mean `traditional`?"),
        ("urdu: nasq", "did you mean `naskh`?"),
    ] {
        place.write("house.yaml", format!("name: x\nfaces: {{{faces}}}\n"));
        place
            .run("export scripts.yaml --theme house.yaml -f epub -d dist")
            .expect(2)
            .says(&[says, "house.yaml:2:"]);
    }
}
