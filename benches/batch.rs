//! A whole archive: pieces a second, the cost of looking at what has not changed, how both grow, and what is left to gain.
//!
//! `cargo bench --bench batch` takes some minutes; with `-- full` the table goes to 10,000 pieces, which takes longer.

#[path = "../tests/support/archive.rs"]
mod archive;
#[path = "support/measured.rs"]
mod measured;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use archive::{Archive, Kind};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use measured::{Measured, against, mb, run};
use sha2::{Digest, Sha256};

fn main() {
    let is_full = std::env::args().any(|argument| argument == "full");
    throughput();
    unchanged();
    scaling(if is_full { 10_000 } else { 1_000 });
    stages();
}

/// A folder with an archive in its `source/`.
fn with_archive(pieces: usize, kind: Kind) -> tempfile::TempDir {
    let place = tempfile::tempdir().expect("a temporary folder");
    let archive = Archive {
        pieces,
        kind,
        seed: 6,
    };
    archive
        .write(&place.path().join("source"))
        .expect("an archive");
    place
}

fn throughput() {
    println!("\nall three editions of every piece, faces and covers included, on all cores");
    for (kind, what, target) in [
        (Kind::LikeTheReal, "pieces like the real one", Some(60.0)),
        (Kind::Varied, "pieces of all lengths", None),
    ] {
        let place = with_archive(200, kind);
        let Measured { time, peak } = run(place.path(), "export --force");
        let rate = 200.0 / time.as_secs_f64();
        match target {
            Some(target) => {
                against(what, rate, "pieces/s", target, false);
                against(
                    "  100 of them, as others were measured",
                    100.0 / rate,
                    "s",
                    1.7,
                    true,
                );
            }
            None => println!("{what:<44} {rate:>9.2} pieces/s"),
        }
        against("  peak memory", mb(peak), "MB", 150.0, true);
    }
}

fn unchanged() {
    const PIECES: usize = 10_000;
    println!("\n{PIECES} pieces that have not changed");
    let place = with_archive(PIECES, Kind::Tiny);
    let made = run(place.path(), "export -f docx");
    println!(
        "{:<44} {:>9.2} s",
        "making them, DOCX alone",
        made.time.as_secs_f64()
    );
    let looked = run(place.path(), "export -f docx");
    against(
        "looking at them again",
        looked.time.as_secs_f64(),
        "s",
        1.5,
        true,
    );
    against("  peak memory", mb(looked.peak), "MB", 150.0, true);
    let rechecked = run(place.path(), "export -f docx --recheck");
    let (floor, bytes) = read_and_hash(place.path());
    let speed = |time: Duration| mb(bytes) / time.as_secs_f64();
    println!(
        "{:<44} {:>9.2} MB/s",
        "reading and hashing the same files, no more",
        speed(floor)
    );
    let share = floor.as_secs_f64() / rechecked.time.as_secs_f64();
    against(
        "--recheck, as a share of that speed",
        share * 100.0,
        "%",
        60.0,
        false,
    );
}

/// Reads and hashes every source and edition on all cores.
fn read_and_hash(place: &Path) -> (Duration, u64) {
    let files: Vec<PathBuf> = ["source", "dist"]
        .iter()
        .flat_map(|folder| fs::read_dir(place.join(folder)).expect("a folder"))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_file())
        .collect();
    let start = Instant::now();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let bytes = thread::scope(|scope| {
        let share = files.chunks(files.len().div_ceil(cores));
        let workers: Vec<_> = share
            .map(|files| scope.spawn(|| files.iter().map(|file| hash(file)).sum::<u64>()))
            .collect();
        workers.into_iter().map(|w| w.join().expect("a sum")).sum()
    });
    (start.elapsed(), bytes)
}

fn hash(file: &Path) -> u64 {
    let bytes = fs::read(file).expect("a readable file");
    std::hint::black_box(Sha256::digest(&bytes));
    bytes.len() as u64
}

fn scaling(most: usize) {
    println!("\nhow it grows: pieces like the real one, all three editions");
    println!(
        "{:>8} {:>12} {:>12} {:>12} {:>12} {:>9}",
        "pieces", "1 job", "ms a piece", "2 jobs", "ms a piece", "speed-up"
    );
    let mut pieces = 10;
    while pieces <= most {
        let place = with_archive(pieces, Kind::LikeTheReal);
        let [one, two] = [1, 2].map(|jobs| run(place.path(), &format!("export --force -j {jobs}")));
        let each = |run: Measured| run.time.as_secs_f64() * 1e3 / pieces as f64;
        println!(
            "{pieces:>8} {:>10.2} s {:>12.2} {:>10.2} s {:>12.2} {:>7.2} x   peak {:.0} and {:.0} MB",
            one.time.as_secs_f64(),
            each(one),
            two.time.as_secs_f64(),
            each(two),
            one.time.as_secs_f64() / two.time.as_secs_f64(),
            mb(one.peak),
            mb(two.peak),
        );
        pieces *= 10;
    }
}

fn stages() {
    const PIECES: usize = 100;
    println!("\nwhere the time of {PIECES} pieces like the real one goes, one job");
    let place = with_archive(PIECES, Kind::LikeTheReal);
    let whole = run(place.path(), "export --force -j 1 --report report.jsonl").time;
    let mut stages: BTreeMap<String, f64> = BTreeMap::new();
    let report = fs::read_to_string(place.path().join("report.jsonl")).expect("a report");
    for line in report.lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("an object");
        for (stage, seconds) in line["seconds"].as_object().into_iter().flatten() {
            *stages.entry(stage.clone()).or_default() += seconds.as_f64().unwrap_or(0.0);
        }
    }
    let told: f64 = stages.values().sum();
    stages.insert("all else".to_owned(), (whole.as_secs_f64() - told).max(0.0));
    let mut stages: Vec<_> = stages.into_iter().collect();
    stages.sort_by(|a, b| b.1.total_cmp(&a.1));
    for (stage, seconds) in stages {
        let share = seconds / whole.as_secs_f64() * 100.0;
        let each = seconds * 1e3 / PIECES as f64;
        println!("{stage:>12} {each:>8.2} ms a piece {share:>6.1} %");
    }
    let floor = floor(place.path());
    println!(
        "the floor, the same bytes deflated, hashed and written: {:.2} ms a piece; we take {:.1} times that",
        floor.as_secs_f64() * 1e3 / PIECES as f64,
        whole.as_secs_f64() / floor.as_secs_f64()
    );
}

/// Deflates, hashes, writes and syncs the bytes of every edition, and does nothing else.
fn floor(place: &Path) -> Duration {
    let editions: Vec<Vec<u8>> = fs::read_dir(place.join("dist"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_file())
        .map(|path| fs::read(path).expect("an edition"))
        .collect();
    let start = Instant::now();
    for (number, bytes) in editions.iter().enumerate() {
        let mut deflated = DeflateEncoder::new(Vec::new(), Compression::new(6));
        deflated.write_all(bytes).expect("memory");
        std::hint::black_box(deflated.finish().expect("memory"));
        std::hint::black_box(Sha256::digest(bytes));
        let mut file = File::create(place.join(format!("floor-{number}"))).expect("a file");
        file.write_all(bytes).expect("room");
        file.sync_all().expect("a disk");
    }
    start.elapsed()
}
