//! A project file, what it gives to pieces, and new pieces and projects.

use crate::program::{Place, Ran, piece};

/// A piece of a project.
const SHARED: &str = "title: A shared piece\ndate: 2024-01-01\ncontributors:\n  - person: amina-khan\n    statement:\n      - Words.\n";

/// A project with a person whose post changed.
const PROJECT: &str = "defaults:\n  series: Flash Point\n  language: en-GB\n  publisher: The Institute\n  rights: All *rights* reserved\npeople:\n  amina-khan:\n    name: Amina Khan\n    affiliation:\n      - {until: 2024-06-30, text: Fellow of the Institute}\n      - {text: Director of the Institute}\ntheme: modern\nformats: [docx, epub, html, pdf]\ndist: out\n";

#[test]
fn a_project_gives_defaults_and_people_to_every_edition() {
    let place = Place::new();
    place.write("flashpoint.yaml", PROJECT);
    place.write("source/a.yaml", SHARED);
    let later = SHARED
        .replace("2024-01-01", "2025-01-01")
        .replace("A shared", "A later");
    place.write("source/b.yaml", later);
    place
        .run("export")
        .expect(0)
        .says(&["project: flashpoint.yaml", "2 pieces, 8 files"]);
    let page =
        |name: &str| String::from_utf8(place.read(format!("out/{name}.html"))).expect("UTF-8");
    let (first, second) = (page("a-shared-piece"), page("a-later-piece"));
    for part in [
        "Flash Point",
        "Amina Khan",
        "Fellow of the Institute",
        "The Institute",
        "<em>rights</em>",
    ] {
        assert!(first.contains(part), "{part}");
    }
    assert!(second.contains("Director of the Institute") && !second.contains("Fellow"));
    // A new person remakes nothing; a change of a person remakes the pieces that it alters.
    place.write(
        "flashpoint.yaml",
        format!("{PROJECT}# a remark\n")
            .replace("people:\n", "people:\n  fahd: {name: Fahd Humayun}\n"),
    );
    place.run("export").expect(0).says(&["2 unchanged"]);
    place.write("flashpoint.yaml", PROJECT.replace("Director of", "Head of"));
    place
        .run("export")
        .expect(0)
        .says(&["1 unchanged", "4 files"]);
    assert!(page("a-later-piece").contains("Head of the Institute"));
    let ran = place.run("check --stats").expect(0);
    assert!(
        ran.stdout.contains("person amina-khan: in 2 pieces"),
        "{}",
        ran.stdout
    );

    // The command line wins, and a piece alone has no project.
    place.run("export -d elsewhere -f docx").expect(0);
    assert_eq!(place.files("elsewhere").len(), 2);
    place
        .run("export --project none")
        .expect(1)
        .says(&["error[missing-key]", "error[unknown-person]"]);
}

#[test]
fn people_that_are_unknown_or_differ_are_told_and_a_wrong_project_refuses_the_run() {
    let place = Place::new();
    place.write("flashpoint.yaml", PROJECT);
    place.write("source/a.yaml", SHARED.replace("amina-khan", "amina-kahn"));
    place.run("check").expect(1).says(&[
        "error[unknown-person]",
        "a.yaml:4:13",
        "did you mean `amina-khan`?",
    ]);
    let other = SHARED.replace("    statement", "    affiliation: Elsewhere\n    statement");
    place.write("source/a.yaml", other);
    place.run("check").expect(0).says(&[
        "warning[other-person]",
        "a.yaml:5:18",
        "Fellow of the Institute",
    ]);
    place.write(
        "flashpoint.yaml",
        format!("{PROJECT}pages: 5\n").replace("en-GB", "English"),
    );
    for command in ["check", "export", "distribute --to public"] {
        place.run(command).expect(2).says(&[
            "error[language]",
            "flashpoint.yaml:3:13",
            "error[unknown-key]",
        ]);
    }
    assert!(!place.has("out") && !place.has("public"));
    let schema = place.run("schema --project").expect(0).stdout;
    assert!(schema.contains("\"people\""));
}

#[test]
fn a_new_piece_lacks_its_statements_alone_and_no_file_is_written_over() {
    let place = Place::new();
    let line = "new --yes --series Flash --title Border: --language en-GB --name Amina --name Fahd";
    place.run(line).expect(0).says(&["made source/border.yaml"]);
    let ran = place.run("check --message-format json").expect(1);
    let codes: Vec<String> = ran
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("an object"))
        .map(|line| line["code"].as_str().expect("a code").to_owned())
        .collect();
    assert!(
        codes
            .iter()
            .all(|code| code == "query" || code == "empty-statement"),
        "{codes:?}"
    );
    let before = place.read("source/border.yaml");
    place
        .run(line)
        .expect(2)
        .says(&["source/border.yaml stands there already"]);
    assert_eq!(place.read("source/border.yaml"), before);
    place.run("new --yes --language English x.yaml").expect(2);
    assert!(!place.has("x.yaml"));
}

#[test]
fn a_new_project_makes_editions_at_once() {
    let place = Place::new();
    let line = "new --project archive --yes --title First --name Amina";
    place
        .run(line)
        .expect(0)
        .says(&["made archive/flashpoint.yaml", "archive/source/first.yaml"]);
    let piece = String::from_utf8(place.read("archive/source/first.yaml")).expect("UTF-8");
    assert!(!piece.contains("series:"), "{piece}");
    place.write(
        "archive/source/first.yaml",
        piece.replace("- query: The statement is to come.", "- Words."),
    );
    let ran = place
        .shell("cd archive && \"$FLASHPOINT\" check && \"$FLASHPOINT\" export")
        .expect(0);
    ran.says(&[
        "project: flashpoint.yaml",
        "0 errors, 0 warnings",
        "3 files",
    ]);
    assert!(place.has("archive/dist/first.epub"));
    // The program is on no registry: the workflow says where it comes from.
    let workflow = String::from_utf8(place.read("archive/.github/workflows/editions.yml"));
    let workflow = workflow.expect("UTF-8");
    assert!(
        workflow.contains("--git \"$FLASHPOINT_GIT\"") && workflow.contains("--path flashpoint")
    );
    place
        .run(line)
        .expect(2)
        .says(&["flashpoint.yaml stands there already"]);
}

#[test]
fn a_picture_with_more_pixels_than_print_shows_is_told_once_and_fails_nothing() {
    let place = Place::new();
    let noise = |x: u32, y: u32| (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(97)) as u8;
    let photo = image::GrayImage::from_fn(3000, 900, |x, y| image::Luma([noise(x / 3, y / 3)]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    photo
        .write_to(&mut bytes, image::ImageFormat::Jpeg)
        .expect("a picture");
    let bytes = bytes.into_inner();
    place.write("source/one.jpg", &bytes);
    place.write("source/two.jpg", &bytes[..]);
    let text = piece("large", "Large").replace("statement:", "statement:\n      - figure: {image: one.jpg, alt: One}\n      - figure: {image: two.jpg, alt: Two, width: 40%}");
    place.write("source/large.yaml", &text);
    let ran = place
        .run("export source --deny-warnings -f pdf,docx")
        .expect(0);
    let told = ran.stderr.matches("note[image-scaled]").count();
    assert_eq!(told, 1, "{}", ran.stderr);
    assert!(std::fs::read(place.at("source/one.jpg")).expect("a picture") == bytes);
    let small = std::fs::metadata(place.at("dist/large.docx"))
        .expect("a picture")
        .len();
    // Told again of what is not made again, and not at all where there is room for them.
    let again = place.run("export source").expect(0);
    assert!(
        again.stderr.contains("note[image-scaled]"),
        "{}",
        again.stderr
    );
    place.write("flashpoint.yaml", "images: {max_dpi: 1200}\n");
    let ran = place.run("export source -f docx").expect(0);
    assert!(!ran.stderr.contains("image-scaled"), "{}", ran.stderr);
    let large = std::fs::metadata(place.at("dist/large.docx"))
        .expect("a picture")
        .len();
    assert!(large > small, "{large} {small}");
    place.write("flashpoint.yaml", "images: {max_dpi: 30}\n");
    place.run("export source").expect(2).says(&["100 to 1200"]);
}

#[test]
fn a_picture_whose_pixels_will_be_seen_is_warned_of() {
    let place = Place::new();
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::GrayImage::new(200, 100)
        .write_to(&mut bytes, image::ImageFormat::Png)
        .expect("a picture");
    place.write("source/one.png", bytes.into_inner());
    let text = piece("coarse", "Coarse").replace(
        "statement:",
        "statement:\n      - figure: {image: one.png, alt: One, width: 100%}",
    );
    place.write("source/coarse.yaml", &text);
    place
        .run("check source")
        .expect(0)
        .says(&["image-resolution", "dots an inch"]);
}

#[test]
fn a_project_gives_a_pattern_of_citations_and_a_piece_has_its_own_words() {
    let place = Place::new();
    place.write(
        "flashpoint.yaml",
        "defaults:\n  citation: \"{authors}: *{title}*, {series} {number}, {year}. {address}\"\n",
    );
    let bare = piece("a", "Words.").replace("title: A small piece", "title: A *small* piece");
    place.write("source/a.yaml", &bare);
    let more = bare.replace(
        "slug: a\n",
        "slug: b\nnumber: 7\nurl: https://example.org/b\n",
    ) + "  - name: Fahd Humayun\n    statement:\n      - More.\n";
    place.write("source/b.yaml", more);
    let own = bare.replace("slug: a\n", "slug: c\ncitation: \"Khan, {title}\"\n");
    place.write("source/c.yaml", own);
    place.run("export -f html").expect(0);
    let page =
        |name: &str| String::from_utf8(place.read(format!("dist/{name}.html"))).expect("UTF-8");
    let cited = |name: &str, words: &str| {
        let page = page(name);
        assert!(page.contains(words), "{words}\n{page}");
    };
    cited(
        "a",
        "Amina Khan: <em>A </em>small<em> piece</em>, Flash Point, 2025.",
    );
    cited("b", "Amina Khan and Fahd Humayun: ");
    cited(
        "b",
        ", Flash Point 7, 2025. <a href=\"https://example.org/b\">",
    );
    cited("c", "Khan, {title}");
    place.run("verify").expect(0);
    place.write(
        "flashpoint.yaml",
        "defaults: {citation: \"{author}, {title}\"}\n",
    );
    place
        .run("check")
        .expect(2)
        .says(&["there is no field `{author}` of a citation"]);
}

#[test]
fn what_a_piece_says_otherwise_than_its_project_is_told_and_no_warning() {
    let place = Place::new();
    place.write(
        "flashpoint.yaml",
        "defaults: {series: Other, language: en-GB, publisher: P}\n",
    );
    place.write("source/a.yaml", piece("a", "Words."));
    let ran = place.run("check --deny-warnings").expect(0);
    let ran = ran.says(&["source/a.yaml says its own series, not what the project says"]);
    assert!(!ran.stderr.contains("language"), "{}", ran.stderr);
}

#[test]
fn verify_text_and_diff_take_a_project_too() {
    let place = Place::new();
    place.write(
        "project.yaml",
        "defaults: {series: Flash Point, language: en-GB}\n",
    );
    place.write(
        "source/a.yaml",
        SHARED.replace("person: amina-khan", "name: Amina Khan"),
    );
    place.run("export -f html --project project.yaml").expect(0);
    place.run("verify --project project.yaml").expect(0);
    place.run("verify").expect(1);
    let text = place
        .run("text source/a.yaml --project project.yaml")
        .expect(0);
    assert!(text.stdout.contains("Flash Point"));
    place.run("text source/a.yaml --project none").expect(1);
    place
        .run("diff source/a.yaml dist/a-shared-piece.html --project project.yaml")
        .expect(0);
    place
        .run("diff source/a.yaml dist/a-shared-piece.html --project missing.yaml")
        .expect(2);
}

/// Runs the program on a terminal, which `script` makes, and types these lines.
fn at_a_terminal(place: &Place, line: &str, typed: &str) -> Ran {
    place.write("typed", typed);
    let script = format!("script -qec \"$FLASHPOINT {line}\" /dev/null < typed");
    place.shell(&script)
}

#[test]
fn a_new_piece_is_asked_for_on_a_terminal() {
    let place = Place::new();
    let typed = "The Border\n\nAmina Khan, Fahd Humayun\n";
    let ran = at_a_terminal(&place, "new --title 'Who: rules'", typed).expect(0);
    for asked in [
        "Series [Flash Point]: ",
        "Language [en-GB]: ",
        "Contributors, with commas between",
    ] {
        assert!(ran.stdout.contains(asked), "{asked}\n{}", ran.stdout);
    }
    // What was typed on the command line is not asked for.
    assert!(!ran.stdout.contains("Title ["), "{}", ran.stdout);
    let made = String::from_utf8(place.read("source/who-rules.yaml")).expect("UTF-8");
    for part in [
        "series: \"The Border\"",
        "title: \"Who: rules\"",
        "language: en-GB",
        "- name: \"Amina Khan\"",
        "- name: \"Fahd Humayun\"",
    ] {
        assert!(made.contains(part), "{part}\n{made}");
    }
    at_a_terminal(&place, "new other.yaml", "\n\nEnglish\n").expect(2);
    assert!(!place.has("other.yaml"));
}
