//! `verify` and `text`: every change to an edition is found and named, every harmless one is accepted.
//!
//! Editions are changed here by code that did not write them: parts of packages are replaced, objects of PDFs edited.
#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "support/program.rs"]
mod program;

use std::io::{Cursor, Read, Write};

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object};
use program::Place;
use zip::write::SimpleFileOptions;

const PIECE: &str = r#"
series: Flash Point
title: Proofs and Copies
subtitle: A piece with everything in it
date: 2025-11-04
language: en-GB
citation: Cite it so.
contributors:
  - name: Mansoor Ahmad Khan
    affiliation: A former ambassador
    statement:
      - First paragraph with *stress*, **weight**, H~2~O and a [link](https://example.org/a).
      - heading: Trade
      - A second paragraph with a note[^one] and [mot](lang:fr) in it.
      - list: [apples, [pears, {numbered: [green, red]}], plums]
      - table: {header: [[Year, Ships]], rows: [["1913", "12"], ["1914", "8"]], caption: Ships by year}
      - figure: {image: disc.png, alt: A disc above a bar, caption: The figure}
      - quote: {text: To be or not, by: Somebody}
      - pull: A second paragraph with a note
  - name: Amina Khan
    statement: [The last word.]
notes: {one: The note itself.}
"#;

const NAME: &str = "proofs-and-copies";
const FORMATS: [&str; 4] = ["pdf", "docx", "epub", "html"];

/// A folder with the piece's editions.
fn exported() -> Place {
    let place = Place::new();
    place.write("source/piece.yaml", PIECE);
    let images = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/valid/images");
    let image = std::fs::read(format!("{images}/rgb.png")).unwrap();
    place.write("source/disc.png", image);
    place.run("export source -q -f all,html").expect(0);
    place
}

fn edition(extension: &str) -> String {
    format!("dist/{NAME}.{extension}")
}

/// Replaces a part of a package; tells whether anything changed.
fn repack(bytes: &[u8], part: &str, change: impl Fn(&str) -> String) -> (Vec<u8>, bool) {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut changed = false;
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().to_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        if name.ends_with(part) {
            let old = String::from_utf8(content).unwrap();
            let new = change(&old);
            changed |= old != new;
            content = new.into_bytes();
        }
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(&content).unwrap();
    }
    (out.finish().unwrap().into_inner(), changed)
}

/// Verifies and expects that the file is named with what is wrong.
fn found(place: &Place, what: &str, file: &str, named: &str) {
    let ran = place.run("verify source --strict");
    assert_eq!(ran.code, Some(1), "{what} in {file}: {}", ran.stderr);
    let told = ran.stderr.lines();
    let mut told = told.filter(|line| line.contains(file) && line.contains(named));
    assert!(told.next().is_some(), "{what} in {file}: {}", ran.stderr);
}

/// A change: its name, the format, the part, what is sought, what stands there then, and what the message says.
type Change = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

#[rustfmt::skip]
const CHANGES: &[Change] = &[
    ("a letter", "docx", "word/document.xml", "second paragraph", "sesond paragraph", "sesond"),
    ("a letter of a heading", "docx", "word/document.xml", ">Trade<", ">Trode<", "Trode"),
    ("a missing word", "docx", "word/document.xml", "The last word.", "The word.", "nothing"),
    ("an added word", "docx", "word/document.xml", "The last word.", "The very last word.", "very"),
    ("a level", "docx", "word/document.xml", "w:val=\"Heading3\"", "w:val=\"Heading2\"", "heading of level 2"),
    ("a name", "docx", "word/document.xml", ">Amina Khan<", ">Amina Kahn<", "Kahn"),
    ("a name in the metadata alone", "docx", "docProps/core.xml", "Amina Khan", "Amina Kahn", "creators"),
    ("the title in the metadata", "docx", "docProps/core.xml", "Proofs and Copies", "Proofs", "title"),
    ("the language", "docx", "docProps/core.xml", "en-GB", "fr", "language"),
    ("the hash", "docx", "docProps/custom.xml", "nih:sha-256;", "nih:sha-256;0", "hash"),
    ("a link's target", "docx", "document.xml.rels", "https://example.org/a", "https://example.com/a", "link"),
    ("an alternative text", "docx", "word/document.xml", "A disc above a bar", "A disc below a bar", "below"),
    ("a note", "docx", "word/footnotes.xml", "The note itself.", "The note.", "“note.”"),
    ("emphasis", "docx", "word/document.xml", "w:val=\"Emphasis\"", "w:val=\"Strong\"", "emphasis"),
    ("the language of a span", "docx", "word/document.xml", "<w:lang w:val=\"fr\"", "<w:lang w:val=\"es\"", "language"),
    ("a header cell", "docx", "word/document.xml", "<w:tblHeader", "<w:cantSplit", "cell"),
    ("a list flattened", "docx", "word/document.xml", "<w:ilvl w:val=\"1\"", "<w:ilvl w:val=\"0\"", "lists"),
    ("a letter", "epub", ".xhtml", "second paragraph", "sesond paragraph", "sesond"),
    ("a level", "epub", ".xhtml", "h3", "h4", "heading of level 4"),
    ("a name", "epub", ".xhtml", ">Amina Khan<", ">Amina Kahn<", "Kahn"),
    ("a name in the metadata alone", "epub", "content.opf", ">Amina Khan<", ">Amina Kahn<", "creators"),
    ("the hash", "epub", "content.opf", "dcterms:hasFormat", "dcterms:hasVersion", "hash"),
    ("a link's target", "epub", ".xhtml", "https://example.org/a", "https://example.org/b", "link"),
    ("an alternative text", "epub", ".xhtml", "A disc above a bar", "A bar", "nothing"),
    ("hidden text", "epub", ".xhtml", "<p>The last", "<p hidden=\"hidden\">The last", "nothing"),
    ("emphasis lost", "epub", ".xhtml", "<em>stress</em>", "stress", "emphasis"),
    ("a lowered figure", "epub", ".xhtml", "<sub>2</sub>", "<sup>2</sup>", "level"),
    ("the language of a span", "epub", ".xhtml", "lang=\"fr\"", "lang=\"es\"", "language"),
    ("a header cell", "epub", ".xhtml", "<th scope=\"col\"", "<td scope=\"col\"", "cell"),
    ("a list flattened", "epub", ".xhtml", "ol>", "div>", "lists"),
    ("a document in another's place", "epub", "content.opf", "idref=\"id_title.xhtml\"", "idref=\"id_statement-1.xhtml\"", "says"),
];

#[test]
fn every_change_of_a_package_is_found_and_named() {
    let place = exported();
    for (what, extension, part, from, to, named) in CHANGES {
        let name = edition(extension);
        let whole = place.read(&name);
        let (bytes, changed) = repack(&whole, part, |text| {
            // Elements stay well-formed where their names change.
            let end = from.strip_prefix("<th ").map(|_| ("</th>", "</td>"));
            let text = text.replace(from, to);
            end.map_or(text.clone(), |(from, to)| text.replace(from, to))
        });
        assert!(changed, "{what}: `{from}` stands nowhere in {part}");
        place.write(&name, bytes);
        found(&place, what, &name, named);
        place.write(&name, whole);
    }
}

#[test]
fn every_change_of_html_is_found_and_named() {
    let place = exported();
    let name = edition("html");
    let whole = String::from_utf8(place.read(&name)).unwrap();
    for (what, from, to, named) in [
        ("a letter", "second paragraph", "sesond paragraph", "sesond"),
        ("a level", "<h3", "<h4", "heading of level 4"),
        (
            "a name",
            "content=\"Amina Khan\"",
            "content=\"Amina\"",
            "creators",
        ),
        (
            "a link",
            "href=\"https://example.org/a\"",
            "href=\"https://example.net/a\"",
            "link",
        ),
        (
            "silence",
            "<p>The last",
            "<p aria-hidden=\"true\">The last",
            "nothing",
        ),
        (
            "the language",
            "<html lang=\"en-GB\"",
            "<html lang=\"en-US\"",
            "language",
        ),
    ] {
        assert!(whole.contains(from), "{what}");
        place.write(&name, whole.replace(from, to));
        found(&place, what, &name, named);
    }
}

/// Changes a PDF by another library than the one that reads it.
fn edit(bytes: &[u8], change: impl Fn(&mut Document) -> bool) -> Vec<u8> {
    let mut document = Document::load_mem(bytes).unwrap();
    assert!(change(&mut document), "nothing was changed");
    let mut out = Vec::new();
    document.save_to(&mut out).unwrap();
    out
}

/// Changes the first dictionary that is meant.
fn first(
    document: &mut Document,
    meant: impl Fn(&Dictionary) -> bool,
    change: impl Fn(&mut Dictionary),
) -> bool {
    let ids: Vec<_> = document.objects.keys().copied().collect();
    ids.into_iter().any(|id| match document.get_object_mut(id) {
        Ok(Object::Dictionary(dictionary)) if meant(dictionary) => {
            change(dictionary);
            true
        }
        _ => false,
    })
}

/// Whether a dictionary is a structure element of this role.
fn is(role: &'static str) -> impl Fn(&Dictionary) -> bool {
    move |dictionary| {
        let own = dictionary.get(b"S").and_then(Object::as_name);
        dictionary.has_type(b"StructElem") && own.is_ok_and(|own| own == role.as_bytes())
    }
}

fn text(words: &str) -> Object {
    Object::string_literal(words)
}

/// Takes the first line that a page shows off it.
fn undrawn(document: &mut Document) -> bool {
    let page = *document.get_pages().values().next().unwrap();
    let content = document.get_page_content(page);
    let mut content = Content::decode(&content).unwrap();
    let shows = content.operations.iter();
    let shows = shows.enumerate().filter(|(_, op)| op.operator == "TJ");
    let longest = shows.max_by_key(|(_, op)| format!("{:?}", op.operands).len());
    content.operations.remove(longest.unwrap().0);
    let id = document.get_page_contents(page)[0];
    let stream = document.get_object_mut(id).unwrap();
    let stream = stream.as_stream_mut().unwrap();
    stream.dict.remove(b"Filter");
    stream.set_plain_content(content.encode().unwrap());
    true
}

/// Writes operators into the first page before its longest line, and behind all of it.
fn drawn(before: &'static str, behind: &'static str) -> impl Fn(&mut Document) -> bool {
    move |document| {
        let page = *document.get_pages().values().next().unwrap();
        let content = document.get_page_content(page);
        let mut content = Content::decode(&content).unwrap();
        let shows = content.operations.iter();
        let shows = shows.enumerate().filter(|(_, op)| op.operator == "TJ");
        let longest = shows.max_by_key(|(_, op)| format!("{:?}", op.operands).len());
        let at = longest.unwrap().0;
        let written = |text: &str| Content::decode(text.as_bytes()).unwrap().operations;
        content.operations.splice(at..at, written(before));
        content.operations.extend(written(behind));
        let id = document.get_page_contents(page)[0];
        let stream = document.get_object_mut(id).unwrap();
        let stream = stream.as_stream_mut().unwrap();
        stream.dict.remove(b"Filter");
        stream.set_plain_content(content.encode().unwrap());
        true
    }
}

#[test]
fn what_is_said_and_not_seen_is_found_and_named() {
    let place = exported();
    let name = edition("pdf");
    let whole = place.read(&name);
    for (what, before, behind, named) in [
        (
            "white text",
            "1 1 1 rg",
            "",
            "the colour of what lies under it",
        ),
        (
            "nearly white text",
            "0.99 g",
            "",
            "the colour of what lies under it",
        ),
        ("invisible text", "3 Tr", "", "drawn invisibly"),
        (
            "text off the page",
            "1 0 0 1 2000 2000 Tm",
            "",
            "outside the page",
        ),
        (
            "covered text",
            "",
            "q 1 g 0 0 2000 2000 re f Q",
            "covers it",
        ),
    ] {
        place.write(&name, edit(&whole, drawn(before, behind)));
        found(&place, what, &name, named);
    }
    // Text that no tag says: its marks are taken away.
    let bytes = edit(&whole, |document| {
        first(document, is("P"), |element| {
            element.remove(b"K");
        })
    });
    place.write(&name, bytes);
    found(&place, "text that no tag says", &name, "no tag says it");
}

#[test]
fn every_change_of_a_pdf_is_found_and_named() {
    type Edit = fn(&mut Document) -> bool;
    let place = exported();
    let name = edition("pdf");
    let whole = place.read(&name);
    let edits: [(&str, Edit, &str); 8] = [
        (
            "a level",
            |file| first(file, is("H3"), |e| e.set("S", "H2")),
            "heading of level 2",
        ),
        (
            "no heading",
            |file| first(file, is("H3"), |e| e.set("S", "P")),
            "a paragraph is a heading",
        ),
        (
            "an alternative text",
            |file| {
                first(
                    file,
                    |e| e.has(b"Alt") && is("Figure")(e),
                    |e| e.set("Alt", text("A bar")),
                )
            },
            "nothing",
        ),
        (
            "text that lies",
            |file| {
                first(file, is("P"), |e| {
                    e.set("ActualText", text("Something else"))
                })
            },
            "Something else",
        ),
        (
            "a header cell",
            |file| first(file, is("TH"), |e| e.set("S", "TD")),
            "cell",
        ),
        (
            "a language",
            |file| {
                first(
                    file,
                    |e| is("Span")(e) && e.has(b"Lang"),
                    |e| e.set("Lang", text("es")),
                )
            },
            "language",
        ),
        (
            "a link",
            |file| {
                first(
                    file,
                    |e| {
                        e.get(b"A")
                            .and_then(Object::as_dict)
                            .is_ok_and(|action| action.has(b"URI"))
                    },
                    |e| {
                        if let Ok(action) = e.get_mut(b"A").and_then(Object::as_dict_mut) {
                            action.set("URI", text("https://example.org/z"));
                        }
                    },
                )
            },
            "link",
        ),
        ("glyphs that are not drawn", undrawn, "it says"),
    ];
    for (what, change, named) in edits {
        place.write(&name, edit(&whole, change));
        found(&place, what, &name, named);
    }
}

#[test]
fn harmless_changes_are_accepted_without_a_record_of_runs() {
    let place = exported();
    std::fs::remove_dir_all(place.at("dist/.flashpoint")).unwrap();
    // Another zip; renumbered and decompressed objects.
    for extension in ["docx", "epub"] {
        let name = edition(extension);
        let (bytes, _) = repack(&place.read(&name), "nothing", str::to_owned);
        place.write(&name, bytes);
    }
    let bytes = edit(&place.read(edition("pdf")), |document| {
        document.renumber_objects();
        document.decompress();
        true
    });
    place.write(edition("pdf"), bytes);
    let ran = place
        .run("verify source --strict --report report.jsonl")
        .expect(0);
    let all = FORMATS.map(|format| format!("{format} equal")).join(", ");
    assert!(ran.stderr.contains(&all), "{}", ran.stderr);
    let report = String::from_utf8(place.read("report.jsonl")).unwrap();
    let lines = report
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    let lines: Vec<serde_json::Value> = lines.collect();
    assert_eq!(lines.len(), FORMATS.len() + 1);
    for line in &lines[..FORMATS.len()] {
        assert_eq!(line["verdict"], "equal");
        for (what, least) in [
            ("words", 80),
            ("headings", 4),
            ("notes", 1),
            ("links", 4),
            ("cells", 6),
            ("images", 1),
            ("creators", 2),
        ] {
            let compared = line["compared"][what].as_u64().unwrap();
            assert!(compared >= least, "{what} of {line}");
        }
    }
}

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
    let docx = edition("docx");
    let ran = place
        .run(&format!("diff source/piece.yaml {docx}"))
        .expect(0);
    assert_eq!(ran.stdout, "");
}
