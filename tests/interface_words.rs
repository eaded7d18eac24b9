//! Words that editions add: in the piece's language, or in English and marked as English in every edition.
#![allow(clippy::unwrap_used, reason = "tests")]

mod support;

use std::fs;
use std::path::Path;

use lopdf::{Dictionary, Document, Object};
use roxmltree::Node;

use support::{part, parts};

/// A piece in a language that has no words of ours, with everything that words are added to. None of its own words stand in
/// any text that editions add.
const PIECE: &str = r#"
series: Ka Moolelo
number: 3
title: Ka inoa
date: 2025-11-04
language: haw
slug: haw
rights: Na ka hale
citation: Penei
disclaimer: Aole
introduction:
  - Aloha.
contributors:
  - name: Keola
    bio: He kanaka.
    statement:
      - "Olelo.[^a]"
      - heading: Ekahi
      - Olelo.
      - heading: Elua
      - Olelo.
  - name: Malia
    role: edt
    statement:
      - heading: Ekolu
      - Olelo.
notes:
  a: Palapala.
"#;

/// What editions add, by how it begins.
const ADDED: &[&str] = &[
    ", No.",
    "Date:",
    "4 November 2025",
    "November 4,",
    "November\u{a0}4,",
    "Editor:",
    "About the contributors",
    "Disclaimer",
    "Suggested citation",
    "Colophon",
    "Publisher",
    "Updated",
    "Contents",
    "Introduction",
    "Notes",
    "Title page",
    "Cover",
    "Back to the text",
    "The text can be read aloud",
];

fn is_added(text: &str) -> bool {
    // The way back from a note begins with the note's number, which is in no language.
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c.is_numeric());
    let mut added = ADDED.iter();
    added.any(|added| text.starts_with(added.trim_start()))
}

fn exported(language: &str, formats: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("haw.yaml"),
        PIECE.replace("haw\nslug", &format!("{language}\nslug")),
    )
    .unwrap();
    let ran = support::flashpoint(
        folder.path(),
        &["export", "haw.yaml", "-d", ".", "-f", formats],
    );
    let said = String::from_utf8(ran.stderr).unwrap();
    assert!(ran.status.success(), "{said}");
    (folder, said)
}

fn read(folder: &Path, name: &str) -> Vec<u8> {
    fs::read(folder.join(name)).unwrap()
}

/// The language of a node: the nearest `lang` or `xml:lang`.
fn language<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    let xml = ("http://www.w3.org/XML/1998/namespace", "lang");
    node.ancestors()
        .find_map(|node| node.attribute(xml).or_else(|| node.attribute("lang")))
}

/// Every text and spoken name in a document, with its language. Words that hold together on a line are a part of the text around
/// them.
fn spoken<'a>(xml: &'a roxmltree::Document<'_>) -> Vec<(String, Option<&'a str>)> {
    let is_tied = |node: &roxmltree::Node<'_, '_>| {
        node.has_tag_name("span") && node.attribute("class") == Some("tied")
    };
    let mut spoken = Vec::new();
    for node in xml.descendants().filter(|node| !is_tied(node)) {
        let names = ["aria-label", "alt", "title"].map(|name| node.attribute(name));
        let own = language(node);
        let names = names.into_iter().flatten().map(str::to_owned);
        spoken.extend(names.map(|name| (name, own)));
        let mut texts = vec![String::new()];
        for child in node.children() {
            match child.is_text() || is_tied(&child) {
                true => texts.last_mut().unwrap().extend(
                    child
                        .descendants()
                        .filter(roxmltree::Node::is_text)
                        .filter_map(|text| text.text()),
                ),
                false => texts.push(String::new()),
            }
        }
        let said = texts.into_iter().filter(|text| !text.trim().is_empty());
        spoken.extend(said.map(|text| (text, own)));
    }
    spoken
}

/// Holds every added text in a document to be English, and every other one not to be; gives how many were added.
fn assert_languages(name: &str, document: &str) -> usize {
    let options = roxmltree::ParsingOptions {
        allow_dtd: true,
        ..Default::default()
    };
    let xml = roxmltree::Document::parse_with_options(document, options).unwrap();
    let mut added = 0;
    for (text, language) in spoken(&xml) {
        if !text.contains(char::is_alphabetic) {
            continue;
        }
        let expected = is_added(&text);
        assert_eq!(
            language == Some("en"),
            expected,
            "{name}: {text:?} is {language:?}"
        );
        added += usize::from(expected);
    }
    added
}

#[test]
fn english_words_are_told_once_and_marked_in_epub_and_html() {
    let (folder, said) = exported("haw", "all,html");
    assert_eq!(said.matches("no-interface-words").count(), 1, "{said}");
    let html = String::from_utf8(read(folder.path(), "haw.html")).unwrap();
    // What a style sheet says is no text.
    let (head, body) = html.split_once("<body").unwrap();
    assert!(!is_added(head));
    let html = format!("<html lang=\"haw\"><body{body}");
    assert!(assert_languages("html", &html) >= 10);

    let epub = parts(&read(folder.path(), "haw.epub"));
    let mut added = 0;
    let mut seen = 0;
    for name in epub
        .keys()
        .filter(|name| name.ends_with(".xhtml") || name.ends_with(".ncx"))
    {
        added += assert_languages(name, part(&epub, name));
        seen += 1;
    }
    assert!(seen >= 8 && added >= 29, "{seen} documents, {added} texts");
    let package = roxmltree::Document::parse(part(&epub, "OEBPS/content.opf")).unwrap();
    let summary = package
        .descendants()
        .find(|node| node.attribute("property") == Some("schema:accessibilitySummary"));
    assert_eq!(language(summary.unwrap()), Some("en"));
}

#[test]
fn english_words_are_marked_in_docx() {
    let (folder, _) = exported("haw", "all,html");
    let docx = parts(&read(folder.path(), "haw.docx"));
    let xml = roxmltree::Document::parse(part(&docx, "word/document.xml")).unwrap();
    let mut added = 0;
    for run in xml
        .descendants()
        .filter(|node| node.tag_name().name() == "r")
    {
        let named = |name: &'static str| {
            run.descendants()
                .filter(move |node| node.tag_name().name() == name)
        };
        let text: String = named("t").filter_map(|node| node.text()).collect();
        let language = named("lang").next().and_then(|node| {
            node.attributes()
                .find(|attribute| attribute.name() == "val")
        });
        let english = language.is_some_and(|language| language.value() == "en");
        if text.contains(char::is_alphabetic) {
            assert_eq!(english, is_added(&text), "{text:?}");
            added += usize::from(english);
        }
    }
    assert!(added >= 7, "{added}");
}

/// The structure elements below one, with their languages.
fn languages(document: &Document, element: &Dictionary, found: &mut Vec<(String, String)>) {
    if let (Ok(role), Ok(language)) = (element.get(b"S"), element.get(b"Lang")) {
        let role = String::from_utf8_lossy(role.as_name().unwrap()).into_owned();
        let language = String::from_utf8_lossy(language.as_str().unwrap()).into_owned();
        found.push((role, language));
    }
    let Ok(kids) = element.get_deref(b"K", document) else {
        return;
    };
    let kids = match kids {
        Object::Array(kids) => kids.clone(),
        kid => vec![kid.clone()],
    };
    for kid in &kids {
        if let Ok((_, Object::Dictionary(kid))) = document.dereference(kid) {
            languages(document, kid, found);
        }
    }
}

#[test]
fn english_words_are_marked_in_pdf() {
    let (folder, _) = exported("haw", "all,html");
    let document = Document::load_mem(&read(folder.path(), "haw.pdf")).unwrap();
    let catalog = document.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"haw");
    let root = catalog.get_deref(b"StructTreeRoot", &document).unwrap();
    let mut found = Vec::new();
    languages(&document, root.as_dict().unwrap(), &mut found);
    assert!(
        found.iter().all(|(_, language)| language == "en"),
        "{found:?}"
    );
    let of = |role: &str| found.iter().filter(|(name, _)| name == role).count();
    // The words of number, date and editor, and the date; four headings of the end matter.
    assert_eq!(of("Span"), 8, "{found:?}");
    // The way back from the note.
    assert_eq!(of("Link"), 1, "{found:?}");
}

#[test]
fn words_in_the_pieces_own_language_are_not_marked() {
    for language in ["en", "el", "he", "nn"] {
        let (folder, said) = exported(language, "html");
        assert!(!said.contains("no-interface-words"), "{said}");
        let html = String::from_utf8(read(folder.path(), "haw.html")).unwrap();
        assert_eq!(html.matches(" lang=").count(), 1, "{language}");
    }
}
