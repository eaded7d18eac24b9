//! A source and its edition in Word, to be edited.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::process::Output;

use zip::write::SimpleFileOptions;

use crate::support::{flashpoint, root};

/// A folder with a source and its DOCX edition.
pub(super) struct Desk {
    pub(super) folder: tempfile::TempDir,
    slug: String,
}

impl Desk {
    pub(super) fn new(source: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let images = root().join("tests/fixtures/valid/images");
        fs::create_dir(folder.path().join("images")).unwrap();
        for image in fs::read_dir(images).unwrap() {
            let image = image.unwrap();
            fs::copy(
                image.path(),
                folder.path().join("images").join(image.file_name()),
            )
            .unwrap();
        }
        fs::write(folder.path().join("piece.yaml"), source).unwrap();
        let desk = Self {
            folder,
            slug: String::new(),
        };
        let ran = desk.run(&["export", "piece.yaml", "-f", "docx"]);
        assert!(
            ran.status.success(),
            "{}",
            String::from_utf8_lossy(&ran.stderr)
        );
        let made = fs::read_dir(desk.folder.path().join("dist")).unwrap();
        let names = made.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
        let slug = names
            .filter_map(|name| name.strip_suffix(".docx").map(str::to_owned))
            .next()
            .unwrap();
        Self { slug, ..desk }
    }

    pub(super) fn run(&self, arguments: &[&str]) -> Output {
        flashpoint(self.folder.path(), arguments)
    }

    pub(super) fn docx(&self) -> std::path::PathBuf {
        self.folder.path().join(format!("dist/{}.docx", self.slug))
    }

    pub(super) fn source(&self) -> String {
        fs::read_to_string(self.folder.path().join("piece.yaml")).unwrap()
    }

    /// Edits a part of the edition, as `edited.docx`.
    pub(super) fn edit(&self, change: impl Fn(&str) -> String) {
        let comments = "<w:comments xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:comment w:id=\"7\" w:author=\"Noor\" \
            w:date=\"2025-11-05T09:00:00Z\"><w:p><w:r><w:t>Is it the last?</w:t></w:r></w:p></w:comment></w:comments>";
        let parts = |name: &str, bytes: Vec<u8>| match name {
            "word/document.xml" | "word/_rels/document.xml.rels" => {
                let before = String::from_utf8(bytes).unwrap();
                let after = change(&before);
                assert!(name.ends_with("rels") || before != after, "the edit is one");
                after.into_bytes()
            }
            _ => bytes,
        };
        self.edit_parts(parts, &[("word/comments.xml", comments.as_bytes())]);
    }

    /// Edits every part of the edition and puts others in, as `edited.docx`.
    pub(super) fn edit_parts(
        &self,
        change: impl Fn(&str, Vec<u8>) -> Vec<u8>,
        more: &[(&str, &[u8])],
    ) {
        let mut archive =
            zip::ZipArchive::new(Cursor::new(fs::read(self.docx()).unwrap())).unwrap();
        let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            let bytes = change(file.name(), bytes);
            out.start_file(file.name().to_owned(), SimpleFileOptions::default())
                .unwrap();
            out.write_all(&bytes).unwrap();
        }
        for (name, bytes) in more {
            out.start_file(*name, SimpleFileOptions::default()).unwrap();
            out.write_all(bytes).unwrap();
        }
        fs::write(
            self.folder.path().join("edited.docx"),
            out.finish().unwrap().into_inner(),
        )
        .unwrap();
    }

    /// Takes the edited edition over; the source as it is then, and what was said.
    #[track_caller]
    pub(super) fn update(&self) -> (String, String) {
        let ran = self.run(&["update", "piece.yaml", "edited.docx"]);
        let told = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert!(ran.status.success(), "{told}");
        let first = self.source();
        // What is done is done.
        let again = self.run(&["update", "piece.yaml", "edited.docx"]);
        assert!(again.status.success());
        assert_eq!(
            self.source(),
            first,
            "a second run: {}",
            String::from_utf8_lossy(&again.stderr)
        );
        (first, told)
    }
}

pub(super) fn paragraph(text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"BodyText\" /></w:pPr><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>"
    )
}

/// The paragraph of a document that holds a text, as its bytes.
pub(super) fn around(document: &str, text: &str) -> std::ops::Range<usize> {
    let at = document.find(text).unwrap_or_else(|| panic!("no `{text}`"));
    let start = document[..at].rfind("<w:p>").unwrap();
    let end = at + document[at..].find("</w:p>").unwrap() + "</w:p>".len();
    start..end
}

/// A piece of one statement, whose further blocks are these lines.
macro_rules! piece {
    ($blocks:literal) => {
        concat!(
            "series: Flash Point\ntitle: One Statement\ndate: 2025-11-04\nlanguage: en-GB\n",
            "contributors:\n  - name: Amina Khan\n    statement:\n",
            "      - The first paragraph of the statement.\n",
            $blocks
        )
    };
}
pub(super) use piece;

pub(super) const PIECE: &str = r#"# A remark at the top
series: Flash Point
title: "After the Summit: What Now?"   # kept
date: 2025-11-04
language: en-GB
contributors:
  - name: Amina Khan
    affiliation: Director of the Centre
    statement:
      - >-
        The border has been closed since October, and traders on both sides count their losses day by
        day. Nobody expects that the talks will bring a *quick* solution.
      # A remark about the next one
      - 'It''s the second paragraph, with a [link](https://example.org/) in it.'
      - query: Is this so?
      - heading: Trade
      - list:
          - the first item
          - the second item
      - table:
          header:
            - [Year, Ships]
          rows:
            - ["1913", "12"]
            - ["1914", "15"]
      - A note stands here[^a] and the text goes on.
  - name: Fahd Humayun
    statement:
      - The last paragraph of all.
notes:
  a: The words of the note.
"#;

pub(super) fn heading(text: &str) -> String {
    paragraph(text).replace("BodyText", "Heading2")
}

/// A document with something in the place of the paragraph of these words; one that has no such words stays.
pub(super) fn replaced(document: &str, words: &str, new: &str) -> String {
    let mut document = document.to_owned();
    if document.contains(words) {
        let own = around(&document, words);
        document.replace_range(own, new);
    }
    document
}

/// A document with something behind the paragraph of these words.
pub(super) fn followed(document: &str, words: &str, new: &str) -> String {
    match document.contains(words) {
        true => {
            let own = document[around(document, words)].to_owned();
            replaced(document, words, &(own + new))
        }
        false => document.to_owned(),
    }
}

/// A document without the paragraph of these words.
pub(super) fn without(document: &str, words: &str) -> String {
    replaced(document, words, "")
}
