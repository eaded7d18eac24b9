//! Editions without a source: `verify` of several, `text`, `diff`, and files that cannot be read.

use crate::change::{FORMATS, PIECE, edition, exported, repack};

#[test]
fn editions_alone_say_whether_they_are_the_same_text() {
    let place = exported();
    let all = FORMATS.map(edition).join(" ");
    let ran = place.run(&format!("verify {all}")).expect(0);
    assert_eq!(
        ran.stderr.matches("the same text").count(),
        3,
        "{}",
        ran.stderr
    );
    assert_eq!(
        ran.stderr.matches("names its hash").count(),
        4,
        "{}",
        ran.stderr
    );
    let name = edition("docx");
    let (bytes, _) = repack(&place.read(&name), "word/document.xml", |text| {
        text.replace("The last word", "The lost word")
    });
    place.write(&name, bytes);
    let ran = place.run(&format!("verify {all}")).expect(1);
    for told in ["“lost”", "names the hash of another text"] {
        assert!(ran.stderr.contains(told), "{}", ran.stderr);
    }
}

#[test]
fn words_that_nobody_sees_are_none_that_an_edition_says() {
    let hides = |text: &str| match text.contains("</style>") {
        true => text.replacen("</style>", "p { display: none }</style>", 1),
        false => format!("{text}\np {{ display: none }}\n"),
    };
    for (format, part) in [("epub", "stylesheet.css"), ("html", "")] {
        let place = exported();
        let name = edition(format);
        let changed = match part {
            "" => hides(&String::from_utf8(place.read(&name)).unwrap()).into_bytes(),
            part => repack(&place.read(&name), part, hides).0,
        };
        place.write(&name, changed);
        let pdf = edition("pdf");
        place
            .run(&format!("verify {pdf} {name} --report report.jsonl"))
            .expect(1)
            .says(&[&format!("{name}: "), "what is seen is not what is said"]);
        let report = String::from_utf8(place.read("report.jsonl")).unwrap();
        assert!(report.contains("\"verdict\":\"text\""), "{report}");
    }
}

#[test]
fn the_text_of_a_source_and_of_its_editions_is_the_same() {
    let place = exported();
    let source = place.run("text source/piece.yaml").expect(0).stdout;
    assert!(
        source.starts_with("Flash Point\nProofs and Copies\n"),
        "{source}"
    );
    assert!(source.ends_with("\n\nThe note itself.\n"), "{source}");
    for format in FORMATS {
        let edition = edition(format);
        let text = place.run(&format!("text {edition}")).expect(0).stdout;
        assert_eq!(text, source, "{format}");
    }
}

#[test]
fn what_cannot_be_read_is_named_as_what_it_is() {
    let place = exported();
    let pdf = place.read(edition("pdf"));
    for (name, bytes, named) in [
        ("cut.pdf", &pdf[..pdf.len() / 2], ""),
        ("empty.pdf", b"", "it is empty"),
        (
            "old.docx",
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
            "old Word document",
        ),
        ("image.pdf", b"\x89PNG\r\n\x1a\n", "PNG"),
        ("text.epub", b"hello", "no PDF, DOCX, EPUB or HTML"),
    ] {
        place.write(name, bytes);
        let ran = place
            .run(&format!("verify {name} {}", edition("docx")))
            .expect(1);
        assert!(ran.stderr.contains(named), "{name}: {}", ran.stderr);
        assert!(
            !ran.stderr.contains("fault in flashpoint"),
            "{name}: {}",
            ran.stderr
        );
    }
    place.run("verify nowhere").expect(2);
    place.write(
        "source/other.yaml",
        PIECE.replace("Proofs and Copies", "Never exported"),
    );
    let ran = place.run("verify source").expect(1);
    assert!(
        ran.stderr.contains("there is no edition of it"),
        "{}",
        ran.stderr
    );
}

#[test]
fn what_changed_is_shown_as_words_and_as_a_page() {
    let place = exported();
    let changed = PIECE.replace("The last word.", "The very <last> word.");
    place.write(
        "source/new.yaml",
        changed.replace("heading: Trade", "subheading: Trade"),
    );
    let ran = place.run("diff source/piece.yaml source/new.yaml --html changes.html");
    let ran = ran.expect(1);
    assert!(
        ran.stdout.contains("The [-last-] {+very <last>+} word."),
        "{}",
        ran.stdout
    );
    assert!(!ran.stdout.contains("stress"), "{}", ran.stdout);
    let page = String::from_utf8(place.read("changes.html")).unwrap();
    assert!(
        page.contains("<del>last</del> <ins>very &lt;last&gt;</ins>"),
        "{page}"
    );
    // Another such page is replaced, and no other file.
    let changes = "diff source/piece.yaml source/new.yaml --html";
    place.run(&format!("{changes} changes.html")).expect(1);
    place
        .run(&format!("{changes} source/new.yaml"))
        .expect(2)
        .says(&["no page of changes"]);
    let source = String::from_utf8(place.read("source/new.yaml")).unwrap();
    assert!(source.contains("very <last>"), "{source}");
    let docx = edition("docx");
    let ran = place
        .run(&format!("diff source/piece.yaml {docx}"))
        .expect(0);
    assert_eq!(ran.stdout, "");
}
