//! How long the PDF edition takes, stage by stage: `cargo bench --bench pdf`.
//!
//! The targets on two cores: the real piece in 15 ms from a cold start; a book of 500,000 words at 900 pages a second and at
//! most 120 MB, at a cost linear in its pages.
#![allow(missing_docs, reason = "criterion's macros make public items")]

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use flashpoint::check::check;
use flashpoint::compose::{Composition, compose};
use flashpoint::editions::{Options, pdf};
use flashpoint::load::load;
use flashpoint::theme::{PageSize, Theme};
use flashpoint::typeset::{Layout, layout};
use serde_json::{Value, json};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The words of the book.
const BOOK: usize = 500_000;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn options() -> Options {
    Options {
        theme: Theme::classic(),
        page_size: PageSize::A4,
    }
}

fn composed(path: &Path) -> Composition {
    let checked = check(&load(path));
    compose(&checked.piece.expect("a piece without errors"), None)
}

fn set(composition: &Composition) -> Layout {
    let options = options();
    layout(composition, &options.theme, options.page_size).expect("a layout")
}

fn written(composition: &Composition, layout: &Layout) -> Vec<u8> {
    pdf::write(composition, layout, &options()).expect("an edition")
}

/// The paragraphs of the real piece again and again, forty to a statement; every eighth statement opens with a paragraph of
/// `long` words.
fn book(words: usize, long: usize) -> Value {
    let text = fs::read_to_string(root().join("tests/fixtures/flash-point.txt")).expect("the text");
    let paragraphs: Vec<&str> = text.lines().filter(|line| line.len() > 200).collect();
    let mut source = paragraphs.iter().cycle();
    let mut all: Vec<&str> = text.split_whitespace().cycle().take(long).collect();
    all.truncate(long);
    let long = all.join(" ");
    let (mut contributors, mut made) = (Vec::new(), 0);
    while made < words {
        let mut statement: Vec<Value> = Vec::new();
        if contributors.len() % 8 == 0 && !long.is_empty() {
            statement.push(long.clone().into());
        }
        let heading = format!("Part {}", contributors.len());
        statement.push(json!({ "heading": heading }));
        statement.extend(source.by_ref().take(40).map(|text| Value::from(*text)));
        let texts = statement.iter().filter_map(Value::as_str);
        made += texts.map(|text| text.split(' ').count()).sum::<usize>();
        let name = format!("Contributor {}", contributors.len());
        contributors
            .push(json!({ "name": name, "affiliation": "Of the book", "statement": statement }));
    }
    json!({
        "series": "Flash Point", "title": "A book", "date": "2025-11-04", "language": "en-GB",
        "contributors": contributors,
    })
}

fn book_file(folder: &Path, words: usize, long: usize) -> PathBuf {
    let path = folder.join(format!("book-{words}-{long}.yaml"));
    // JSON is YAML.
    fs::write(&path, book(words, long).to_string()).expect("a file");
    path
}

/// The most memory that this process had so far, in megabytes; Linux alone tells.
fn peak() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u32>().ok());
    kilobytes.map_or("unknown".to_owned(), |kilobytes| {
        format!("{} MB", kilobytes / 1000)
    })
}

/// How long this thread has had a processor; Linux alone tells. Unlike the clock it does not count what others took.
fn processor() -> Duration {
    let statistics = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let spent = statistics
        .split(' ')
        .next()
        .and_then(|spent| spent.parse().ok());
    Duration::from_nanos(spent.unwrap_or_default())
}

/// Runs a stage, and prints how long it took.
fn stage<T>(name: &str, run: impl FnOnce() -> T) -> (T, Duration) {
    let (start, before) = (Instant::now(), processor());
    let made = run();
    let (elapsed, spent) = (start.elapsed(), processor() - before);
    println!(
        "  {name}: {elapsed:.1?}, {spent:.1?} of a processor, at most {} so far",
        peak()
    );
    (made, spent)
}

/// Prints how long each stage takes, once.
fn stages(name: &str, path: &Path) {
    println!("{name}");
    let (composition, _) = stage("load, compose", || composed(path));
    let (layout, set) = stage("shape, break, paginate", || set(&composition));
    let (bytes, write) = stage("subset, write", || written(&composition, &layout));
    let (pages, spent) = (layout.pages.len(), (set + write).as_secs_f64());
    let rate = pages as f64 / spent.max(1e-9);
    println!(
        "  {pages} pages, {} bytes, {rate:.0} pages a second set and written",
        bytes.len()
    );
}

/// Prints the best of ten runs of the program from its start to its end.
fn cold() {
    let dist = tempfile::tempdir().expect("a temporary folder");
    let source = root().join("source/flash-point.yaml");
    let run = || {
        let start = Instant::now();
        let mut program = Command::new(env!("CARGO_BIN_EXE_flashpoint"));
        program.args(["export", "--quiet", "--force", "--format", "pdf", "--dist"]);
        let output = program
            .arg(dist.path())
            .arg(&source)
            .output()
            .expect("the program runs");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        start.elapsed()
    };
    let best = (0..10).map(|_| run()).min().expect("ten runs");
    println!("the real piece from a cold start: {best:.1?}");
}

fn article(criterion: &mut Criterion) {
    let path = root().join("source/flash-point.yaml");
    stages("the real piece, first", &path);
    stages("the real piece, again", &path);
    cold();
    let composition = composed(&path);
    let layout = set(&composition);
    let mut group = criterion.benchmark_group("article");
    group.bench_function("set", |b| b.iter(|| set(black_box(&composition))));
    group.bench_function("write", |b| {
        b.iter(|| written(black_box(&composition), &layout))
    });
    group.finish();
}

fn books(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = book_file(folder.path(), BOOK, 0);
    stages("the book", &path);
    stages(
        "a quarter of the book",
        &book_file(folder.path(), BOOK / 4, 0),
    );
    stages(
        "the book with paragraphs of 20,000 words",
        &book_file(folder.path(), BOOK, 20_000),
    );
    let composition = composed(&path);
    let layout = set(&composition);
    let mut group = criterion.benchmark_group("book");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(10));
    group.bench_function("write", |b| {
        b.iter(|| written(black_box(&composition), &layout))
    });
    group.finish();
}

criterion_group!(benches, books, article);
criterion_main!(benches);
