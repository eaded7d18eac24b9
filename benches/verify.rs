//! Proving editions against making them: `verify` is to take half the time that `export` takes, in memory that does not grow with
//! the archive. Generated pieces miss that by a little.
//!
//! `cargo bench --bench verify` takes a minute; with `-- full` it goes to 10,000 pieces, which takes longer.

#[path = "../tests/support/archive.rs"]
mod archive;
#[path = "support/measured.rs"]
mod measured;

use archive::{Archive, Kind};
use measured::{Measured, against, mb, run};

/// Of so many runs of each the fastest counts: whatever else the machine does only makes them slower.
const RUNS: usize = 3;

fn main() {
    let is_full = std::env::args().any(|argument| argument == "full");
    println!("proving all three editions of every piece, beside making them, on all cores");
    let small = compare("60 pieces like the real one", 60, Kind::LikeTheReal);
    compare("200 pieces of all lengths", 200, Kind::Varied);
    let pieces = if is_full { 10_000 } else { 600 };
    let what = format!("{pieces} pieces like the real one");
    let large = compare(&what, pieces, Kind::LikeTheReal);
    let growth = large as f64 / small as f64;
    against("memory, of that for 60", growth, "times", 1.5, true);
}

/// Makes and proves an archive; gives the memory that proving it took.
fn compare(what: &str, pieces: usize, kind: Kind) -> u64 {
    let place = tempfile::tempdir().expect("a temporary folder");
    let archive = Archive {
        pieces,
        kind,
        seed: 6,
    };
    archive
        .write(&place.path().join("source"))
        .expect("an archive");
    let made = fastest(|| run(place.path(), "export --force"));
    let proved = fastest(|| run(place.path(), "verify"));
    let [made, time] = [made.time, proved.time].map(|time| time.as_secs_f64());
    println!("{what}: made in {made:.2} s, proved in {time:.2} s");
    against("  times as fast", made / time, "times", 2.0, false);
    println!("{:<44} {:>9.2} pieces/s", "  proved", pieces as f64 / time);
    println!("{:<44} {:>9.2} MB", "  peak memory", mb(proved.peak));
    proved.peak
}

fn fastest(measure: impl Fn() -> Measured) -> Measured {
    let runs = (0..RUNS).map(|_| measure());
    runs.min_by_key(|run| run.time).expect("some runs")
}
