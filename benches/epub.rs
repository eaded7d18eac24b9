//! How long the EPUB edition takes: `cargo bench --bench epub`. The targets are 20 ms for an article, its cover included,
//! and 0.7 s and 150 MB for 500,000 words.
#![allow(missing_docs, reason = "criterion's macros make public items")]

#[path = "support/pieces.rs"]
mod pieces;

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use flashpoint::compose::Composition;
use flashpoint::cover;
use flashpoint::editions::epub;
use flashpoint::theme::{PageSize, Theme};
use flashpoint::typeset::{PageList, layout};
use pieces::{composition, options, words};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn set(composition: &Composition) -> PageList {
    PageList::of(&layout(composition, &Theme::classic(), PageSize::A4).expect("a layout"))
}

fn benches(criterion: &mut Criterion) {
    let options = options();
    let article = composition(3);
    let pages = set(&article);
    criterion.bench_function(&format!("epub: {} words", words(&article)), |bencher| {
        bencher.iter(|| epub::write(black_box(&article), Some(&pages), &options));
    });
    criterion.bench_function("epub: its cover alone", |bencher| {
        bencher.iter(|| cover::draw(black_box(&article), &options.theme, cover::Size::Full));
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
