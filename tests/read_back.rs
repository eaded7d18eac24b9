//! Words, headings and attributions read out of the finished editions by other readers are those of the source.
#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "import/mod.rs"]
mod import;
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use flashpoint::check::check;
use flashpoint::compose::{Block, BlockKind, Composition, Content, TextId, compose};
use flashpoint::load::load;
use flashpoint::verify::{Expected, hold, pages};
use support::{Line, docx_reader, epub_reader, flashpoint, pdf_reader, root, valid_sources};

/// What every edition shall say, in order.
fn expected(composition: &Composition) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut say = |level, id: TextId| lines.extend(Line::new(level, &composition[id].plain()));
    let head = &composition.title_block;
    say(None, head.series);
    say(Some(1), head.title.text);
    head.subtitle
        .iter()
        .chain(&head.byline)
        .chain(&head.credits)
        .for_each(|id| say(None, *id));
    say(None, head.date);
    for section in &composition.sections {
        if let Some(heading) = &section.heading {
            say(Some(heading.level.number()), heading.text);
        }
        section.affiliation.iter().for_each(|id| say(None, *id));
        blocks(&section.blocks, &mut say);
    }
    lines
}

fn blocks(blocks_: &[Block], say: &mut impl FnMut(Option<u8>, TextId)) {
    for block in blocks_ {
        match &block.kind {
            BlockKind::Heading(heading) => say(Some(heading.level.number()), heading.text),
            BlockKind::Pull(_) | BlockKind::Break => {}
            BlockKind::Content(content_) => content(content_, say),
        }
    }
}

fn content(content_: &Content, say: &mut impl FnMut(Option<u8>, TextId)) {
    match content_ {
        Content::Paragraph(text) => say(None, *text),
        Content::Quote { paragraphs, by } => {
            paragraphs.iter().chain(by).for_each(|id| say(None, *id))
        }
        Content::List { items, .. } => {
            let blocks = items.iter().flat_map(|item| &item.blocks);
            blocks.for_each(|block| content(&block.kind, say));
        }
        Content::Figure(figure) => figure
            .caption
            .iter()
            .chain(&figure.credit)
            .for_each(|id| say(None, *id)),
        Content::Table(table) => {
            table.caption.iter().for_each(|id| say(None, *id));
            table
                .header
                .iter()
                .chain(&table.rows)
                .flatten()
                .for_each(|id| say(None, *id));
        }
    }
}

/// The editions of a source made by the program, by extension.
fn editions(source: &Path) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let dist = folder.path().join("dist");
    let output = flashpoint(
        root(),
        &[
            "export",
            source.to_str().unwrap(),
            "--dist",
            dist.to_str().unwrap(),
        ],
    );
    let mut made = BTreeMap::new();
    for entry in fs::read_dir(&dist).unwrap() {
        let path = entry.unwrap().path();
        if let Some(extension) = path.extension().and_then(|extension| extension.to_str()) {
            made.insert(extension.to_owned(), fs::read(&path).unwrap());
        }
    }
    assert!(output.status.success(), "{source:?}: {output:?}");
    made
}

#[test]
fn every_edition_says_the_words_of_its_source_in_order_with_the_same_headings() {
    for source in valid_sources() {
        let loaded = load(&source);
        let piece = check(&loaded).piece;
        let piece = piece.unwrap_or_else(|| panic!("{source:?}: {:?}", loaded.diagnostics));
        let composition = compose(&piece, None);
        let expected = expected(&composition);
        let editions = editions(&source);
        assert_eq!(editions.len(), 3, "{source:?}");
        for (extension, bytes) in &editions {
            let lines = match extension.as_str() {
                "pdf" => pdf_reader::read(bytes),
                "docx" => docx_reader::read(bytes),
                "epub" => epub_reader::read(bytes),
                other => panic!("an edition that nobody reads back: {other}"),
            };
            for (at, (line, expected)) in lines.iter().zip(&expected).enumerate() {
                assert_eq!(line, expected, "line {at} of the {extension} of {source:?}");
            }
            assert_eq!(
                lines.len(),
                expected.len(),
                "lines of the {extension} of {source:?}"
            );
        }
    }
}

#[test]
fn the_real_piece_keeps_every_word_of_its_text() {
    let text = fs::read_to_string(root().join("tests/fixtures/flash-point.txt")).unwrap();
    let (front, statements) = text.split_once("Date: November 4, 2025").unwrap();
    let byline = "Mansoor Ahmad Khan, Amina Khan and Fahd Humayun";
    let expected: Vec<&str> = front
        .split_whitespace()
        .chain(byline.split(' '))
        .chain("Date: November 4, 2025".split(' '))
        .collect();
    let expected: Vec<&str> = expected
        .into_iter()
        .chain(statements.split_whitespace())
        .collect();
    for (extension, bytes) in editions(&root().join("source/flash-point.yaml")) {
        let lines = match extension.as_str() {
            "pdf" => pdf_reader::read(&bytes),
            "docx" => docx_reader::read(&bytes),
            _ => epub_reader::read(&bytes),
        };
        let words: Vec<&str> = lines.iter().flat_map(|line| line.text.split(' ')).collect();
        assert_eq!(words, expected, "{extension}");
        let headings: Vec<_> = lines
            .iter()
            .filter_map(|line| Some((line.level?, line.text.as_str())))
            .collect();
        let title = "Istanbul on Standby: Will the Taliban Control their Militants?";
        let names = [
            (2, "Mansoor Ahmad Khan"),
            (2, "Amina Khan"),
            (2, "Fahd Humayun"),
        ];
        assert_eq!(
            headings,
            [&[(1, title)][..], &names].concat(),
            "{extension}"
        );
    }
}

#[test]
fn every_edition_says_what_its_source_says() {
    let mut alarms = Vec::new();
    let theme = flashpoint::theme::Theme::classic();
    for source in valid_sources() {
        let loaded = load(&source);
        let piece = check(&loaded).piece.unwrap();
        let composition = compose(&piece, None);
        let expected = composition.canonical_text();
        let mut paper = None;
        for format in flashpoint::formats() {
            let piece = flashpoint::open(&source).unwrap();
            let Ok(bytes) = piece.edition(format) else {
                continue;
            };
            let contents = flashpoint::read::read(&bytes).unwrap();
            assert!(contents.is_structured);
            let lines = contents.canonical_text();
            for (line, expected) in lines.as_str().lines().zip(expected.as_str().lines()) {
                assert_eq!(line, expected, "{format} of {source:?}");
            }
            assert_eq!(lines.hash(), expected.hash(), "{format} of {source:?}");
            let claimed = contents.metadata.text_hash;
            assert_eq!(claimed, Some(expected.hash()), "{format} of {source:?}");
            let held = hold(&contents, &Expected::in_theme(&composition, &theme));
            assert!(held.tally.words > 0, "{:?}", held.tally);
            assert_eq!(held.tally.outlines > 0, format == "pdf", "{source:?}");
            let mut found = held.differences;
            match &paper {
                Some(paper) => found.extend(pages(paper, &contents)),
                None => paper = (format == "pdf").then_some(contents),
            }
            let differences = found.iter().map(ToString::to_string);
            for told in differences.chain(held.not_made) {
                alarms.push(format!("{format} of {source:?}: {told}"));
            }
        }
    }
    assert_eq!(alarms, [""; 0]);
}
