//! How long the EPUB edition takes: `cargo bench --bench epub`. The targets are 20 ms for an article, its cover included,
//! and 0.7 s and 150 MB for 500,000 words.
#![allow(missing_docs, reason = "criterion's macros make public items")]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use flashpoint::compose::{Composition, Source, compose};
use flashpoint::cover;
use flashpoint::editions::{Options, epub};
use flashpoint::piece::Piece;
use flashpoint::theme::{PageSize, Theme};
use flashpoint::typeset::{Layout, layout};
use serde_json::json;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The words of the real piece, three times over for each statement, and as many statements as asked for.
fn composition(statements: usize) -> Composition {
    let text = include_str!("../tests/fixtures/flash-point.txt");
    let paragraphs: Vec<&str> = text.lines().filter(|line| line.len() > 200).collect();
    let contributors: Vec<_> = (0..statements)
        .map(|index| {
            let paragraphs = paragraphs.iter().cycle().skip(index * 4).take(4);
            json!({"name": format!("Contributor {index}"), "statement": paragraphs.collect::<Vec<_>>()})
        })
        .collect();
    let piece = json!({
        "series": "Flash Point", "title": "Istanbul on Standby", "date": "2025-11-04", "language": "en-GB",
        "contributors": contributors,
    });
    let piece: Piece = serde_json::from_value(piece).expect("a piece");
    let source = Source {
        piece: &piece,
        images: &BTreeMap::new(),
        hash: "00",
        epoch: None,
    };
    compose(&source).expect("a composition")
}

fn options() -> Options {
    Options {
        theme: Theme::classic(),
        page_size: PageSize::A4,
    }
}

fn words(composition: &Composition) -> usize {
    let texts = composition.texts.iter();
    texts
        .map(|text| text.plain().split_whitespace().count())
        .sum()
}

fn set(composition: &Composition) -> Layout {
    layout(composition, &Theme::classic(), PageSize::A4).expect("a layout")
}

fn benches(criterion: &mut Criterion) {
    let options = options();
    let article = composition(3);
    let pages = set(&article);
    criterion.bench_function(&format!("epub: {} words", words(&article)), |bencher| {
        bencher.iter(|| epub::write(black_box(&article), Some(&pages), &options));
    });
    criterion.bench_function("epub: its cover alone", |bencher| {
        bencher.iter(|| cover::draw(black_box(&article), &options.theme));
    });

    let book = composition(800);
    let pages = set(&book);
    let mut group = criterion.benchmark_group("large");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(8));
    group.bench_function(format!("epub: {} words", words(&book)), |bencher| {
        bencher.iter(|| epub::write(black_box(&book), Some(&pages), &options));
    });
    group.finish();
}

criterion_group!(epub_edition, benches);
criterion_main!(epub_edition);
