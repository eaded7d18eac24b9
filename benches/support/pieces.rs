//! Pieces to measure writers with, made of the real piece's words.
#![allow(unreachable_pub, reason = "each bench uses it as a module of its own")]

use flashpoint::check::check;
use flashpoint::compose::{Composition, compose};
use flashpoint::editions::Options;
use flashpoint::load::Loaded;
use flashpoint::piece::Piece;
use flashpoint::theme::{PageSize, Theme};
use serde_json::json;

/// A piece of so many statements, each four of the real piece's long paragraphs.
pub fn composition(statements: usize) -> Composition {
    let text = include_str!("../../tests/fixtures/flash-point.txt");
    let paragraphs: Vec<&str> = text.lines().filter(|line| line.len() > 200).collect();
    let contributors: Vec<_> = (0..statements)
        .map(|index| {
            let paragraphs = paragraphs.iter().cycle().skip(index * 4).take(4);
            json!({
                "name": format!("Contributor {index}"),
                "affiliation": "Of no institution",
                "statement": paragraphs.collect::<Vec<_>>(),
            })
        })
        .collect();
    let piece = json!({
        "series": "Flash Point", "title": "Istanbul on Standby", "date": "2025-11-04", "language": "en-GB",
        "contributors": contributors,
    });
    let piece: Piece = serde_json::from_value(piece).expect("a piece");
    let loaded = Loaded {
        piece: Some(piece),
        hash: "00".to_owned(),
        ..Loaded::default()
    };
    compose(&check(&loaded).piece.expect("a piece without errors"), None)
}

/// The number of words in all texts.
pub fn words(composition: &Composition) -> usize {
    let texts = composition.texts.iter();
    texts
        .map(|text| text.plain().split_whitespace().count())
        .sum()
}

/// The theme and paper used where none is named.
pub fn options() -> Options {
    Options {
        theme: Theme::classic(),
        page_size: PageSize::A4,
    }
}
