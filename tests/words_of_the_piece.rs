//! Holds the words of the real piece equal, one by one and in order, to the text it was made from.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::path::Path;

use flashpoint::load::load;
use flashpoint::piece::{Block, Piece};

/// Every text of the piece in reading order.
fn texts(piece: &Piece) -> Vec<String> {
    let mut texts = vec![piece.series.clone(), piece.title.source().to_owned()];
    texts.extend(piece.date_text.clone());
    for contributor in &piece.contributors {
        texts.push(contributor.name.clone());
        texts.extend(contributor.affiliation.clone());
        for block in &contributor.statement {
            match block {
                Block::Paragraph(text) => {
                    assert_eq!(text.read().1, [], "the text has no markup");
                    texts.push(text.source().to_owned());
                }
                Block::Query(_) => {}
                other => panic!("the text has only paragraphs, not {other:?}"),
            }
        }
    }
    texts
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

#[test]
fn every_word_of_the_text_stands_in_the_piece_in_order() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let piece = load(&root.join("source/flash-point.yaml")).piece.unwrap();
    let text = std::fs::read_to_string(root.join("tests/fixtures/flash-point.txt")).unwrap();
    // "Date:" is an interface word and not the author's.
    let expected = text.replacen("Date: ", "", 1);
    let actual = texts(&piece).join("\n");
    assert_eq!(words(&actual), words(&expected));
    assert_eq!(words(&actual).len(), 1652);
}

#[test]
fn the_piece_has_the_shape_of_the_text() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let piece = load(&root.join("source/flash-point.yaml")).piece.unwrap();
    let of = |text: bool| {
        let count = |block: &&Block| matches!(block, Block::Paragraph(_)) == text;
        let counts = piece
            .contributors
            .iter()
            .map(|contributor| contributor.statement.iter().filter(count).count());
        counts.collect::<Vec<_>>()
    };
    assert_eq!(of(true), [1, 7, 3], "paragraphs");
    assert_eq!(of(false), [0, 2, 0], "questions of the editor");
}
