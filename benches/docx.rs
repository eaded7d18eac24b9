//! How long the DOCX edition takes: `cargo bench --bench docx`. The targets are 10 ms for the real piece, and 1 s and 150 MB
//! for 500,000 words. The peak of memory is printed at the end.
#![allow(missing_docs, reason = "criterion's macros make public items")]

use std::collections::BTreeMap;
use std::fs;
use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use flashpoint::compose::{Composition, Source, compose};
use flashpoint::editions::{Options, docx};
use flashpoint::piece::Piece;
use flashpoint::theme::{PageSize, Theme};
use serde_json::json;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Statements of four paragraphs of the real piece each.
fn composition(statements: usize) -> Composition {
    let text = include_str!("../tests/fixtures/flash-point.txt");
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
    let source = Source {
        piece: &piece,
        images: &BTreeMap::new(),
        hash: "00",
        epoch: None,
    };
    compose(&source).expect("a composition")
}

fn words(composition: &Composition) -> usize {
    let texts = composition.texts.iter();
    texts
        .map(|text| text.plain().split_whitespace().count())
        .sum()
}

/// The most memory that the process has held, in MB, where the system says so.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024)
}

fn benches(criterion: &mut Criterion) {
    let options = Options {
        theme: Theme::classic(),
        page_size: PageSize::A4,
    };
    let article = composition(3);
    criterion.bench_function(&format!("docx: {} words", words(&article)), |bencher| {
        bencher.iter(|| docx::write(black_box(&article), None, &options));
    });

    let book = composition(880);
    let before = peak();
    let bytes = docx::write(&book, None, &options).expect("a file");
    println!(
        "docx: {} words are {} KB; peak {before:?} MB before, {:?} MB after",
        words(&book),
        bytes.len() / 1024,
        peak(),
    );
    let mut group = criterion.benchmark_group("large");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(8));
    group.bench_function(format!("docx: {} words", words(&book)), |bencher| {
        bencher.iter(|| docx::write(black_box(&book), None, &options));
    });
    group.finish();
}

criterion_group!(docx_edition, benches);
criterion_main!(docx_edition);
