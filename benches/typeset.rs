//! How fast pages are set: the real piece, and a book of 500,000 words made here.
//!
//! `cargo bench --bench typeset`; the book's pages a second are printed once.

#![allow(missing_docs, clippy::unwrap_used, reason = "a bench")]

use std::hint::black_box;
use std::time::Instant;

use criterion::{Criterion, criterion_group, criterion_main};

use flashpoint::check::check;
use flashpoint::compose::{Composition, compose};
use flashpoint::load::Loaded;
use flashpoint::piece::{Block, Marked, Piece};
use flashpoint::theme::{PageSize, Theme};
use flashpoint::typeset;

const REAL: &str = include_str!("../source/flash-point.yaml");
const WORDS: usize = 500_000;

fn composed(piece: &Piece) -> Composition {
    let loaded = Loaded {
        piece: Some(piece.clone()),
        ..Loaded::default()
    };
    compose(&check(&loaded).piece.unwrap(), None)
}

/// The words of the real piece in another order every time, in paragraphs of 40 to 240 words.
fn book(paragraph: impl Fn(u64) -> usize) -> Piece {
    let mut piece: Piece = serde_yaml::from_str(REAL).unwrap();
    let blocks = piece
        .contributors
        .iter()
        .flat_map(|contributor| &contributor.statement);
    let texts: Vec<String> = blocks
        .filter_map(|block| match block {
            Block::Paragraph(text) => Some(text.source().to_owned()),
            _ => None,
        })
        .collect();
    let words: Vec<&str> = texts.iter().flat_map(|text| text.split(' ')).collect();
    let mut seed = 1u64;
    let mut next = move || {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        seed >> 33
    };
    let mut left = WORDS;
    let mut statements: Vec<Vec<Block>> = Vec::new();
    while left > 0 {
        let mut statement = Vec::new();
        for _ in 0..20 {
            let count = paragraph(next()).min(left);
            let text: Vec<&str> = (0..count)
                .map(|_| words[next() as usize % words.len()])
                .collect();
            left -= count;
            if count > 0 {
                statement.push(Block::Paragraph(Marked::new(text.join(" "))));
            }
        }
        statements.push(statement);
    }
    let first = piece.contributors[0].clone();
    piece.contributors = statements
        .into_iter()
        .enumerate()
        .map(|(index, statement)| {
            let mut contributor = first.clone();
            contributor.name = format!("Contributor {}", index + 1);
            contributor.statement = statement;
            contributor
        })
        .collect();
    piece
}

/// The number of words in a paragraph, from a random number.
type Words = fn(u64) -> usize;

fn benches(criterion: &mut Criterion) {
    let theme = Theme::classic();
    let real = composed(&serde_yaml::from_str(REAL).unwrap());
    criterion.bench_function("layout of the real piece, warm", |bencher| {
        bencher.iter(|| typeset::layout(black_box(&real), &theme, PageSize::A4).unwrap());
    });
    let shapes: [(&str, Words); 2] = [
        ("a book of 500,000 words", |random| {
            40 + random as usize % 200
        }),
        ("a book in paragraphs of 20,000 words", |_| 20_000),
    ];
    for (name, shape) in shapes {
        let book = composed(&book(shape));
        let start = Instant::now();
        let pages = typeset::layout(&book, &theme, PageSize::A4)
            .unwrap()
            .pages
            .len();
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "{name}: {pages} pages, {:.0} pages a second",
            pages as f64 / seconds
        );
        let mut group = criterion.benchmark_group("layout");
        group.sample_size(10);
        group.bench_function(name, |bencher| {
            bencher.iter(|| typeset::layout(black_box(&book), &theme, PageSize::A4).unwrap());
        });
        group.finish();
    }
}

criterion_group!(all, benches);
criterion_main!(all);
