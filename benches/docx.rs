//! How long the DOCX edition takes: `cargo bench --bench docx`. The targets are 10 ms for the real piece, and 1 s and 150 MB
//! for 500,000 words. The peak of memory is printed at the end.
#![allow(missing_docs, reason = "criterion's macros make public items")]

#[path = "support/pieces.rs"]
mod pieces;

use std::fs;
use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use flashpoint::editions::docx;
use pieces::{composition, options, words};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The most memory that the process has held, in MB, where the system says so.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024)
}

fn benches(criterion: &mut Criterion) {
    let options = options();
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
