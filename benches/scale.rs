//! One shard out of a bucket and into one, from a store that is near and from stores that are far; and what follows from it for
//! archives of any size on any number of workers.
//!
//! `cargo bench --bench scale` measures 400 pieces; with `-- 4000` so many. A worker is one core. What is printed for a million
//! pieces is reckoned, not run: each figure says from which measured ones.

#[path = "../tests/support/archive.rs"]
mod archive;
#[path = "support/loopback_store.rs"]
mod loopback_store;
#[path = "support/measured.rs"]
mod measured;

use std::time::Duration;

use archive::{Archive, Kind};
use loopback_store::{Counts, LoopbackStore};
use measured::{Measured, attempt_with, mb};

/// How long the store takes for each answer, in milliseconds: of this machine, of this region, of another continent.
const LATENCIES: [u64; 3] = [0, 20, 80];
const ARCHIVES: [f64; 3] = [1e4, 1e6, 1e7];
const WORKERS: [f64; 3] = [1.0, 16.0, 256.0];
/// So many pieces a worker builds at once, from the jobs that it is given.
const EXPORT: &str = "export s3://b/source -d s3://b/dist -j 1 --shard 1/1 --quiet";

/// What a shard costs a piece.
struct Cost {
    made: Measured,
    asked: Counts,
    unchanged: Measured,
    asked_unchanged: Counts,
    merge: Measured,
}

fn main() {
    let asked = std::env::args().find_map(|argument| argument.parse().ok());
    let pieces = asked.unwrap_or(400);
    let archive = Archive {
        pieces,
        kind: Kind::LikeTheReal,
        seed: 7,
    };
    let store = LoopbackStore::start();
    let place = tempfile::tempdir().expect("a temporary folder");
    archive
        .write(&place.path().join("source"))
        .expect("an archive");
    for number in 0..pieces {
        let key = format!("b/source/{}.yaml", archive.slug(number));
        store.fill(&key, archive.piece(number).into_bytes());
    }
    println!("\na shard of {pieces} pieces like the real one on one core, all editions");
    let (folder, succeeded) = attempt_with(place.path(), "export -j 1 --quiet", &[]);
    assert!(succeeded, "the export of the folder failed: run it by hand");
    let each = |measured: Measured| measured.time.as_secs_f64() / pieces as f64;
    println!(
        "from a folder into a folder          {:>7.2} ms a piece, {:>4.0} MB",
        each(folder) * 1e3,
        mb(folder.peak)
    );
    for latency in LATENCIES {
        let cost = shard(&store, place.path(), latency);
        let (rate, of) = (each(cost.made), pieces as u64);
        println!(
            "\nfrom and into a store at {latency} ms       {:>7.2} ms a piece, {:>4.0} MB, {:>3.0} % of the rate from the folder",
            rate * 1e3,
            mb(cost.made.peak),
            100.0 * each(folder) / rate,
        );
        println!(
            "  requests a piece {:.2}, bytes a piece {:.0} KB; of one unchanged {:.2} requests, {:.3} ms",
            cost.asked.requests() as f64 / of as f64,
            cost.asked.bytes as f64 / of as f64 / 1e3,
            cost.asked_unchanged.requests() as f64 / of as f64,
            each(cost.unchanged) * 1e3,
        );
        println!(
            "  joining {:.3} ms a piece, {:.1} KB of memory a piece",
            each(cost.merge) * 1e3,
            cost.merge.peak as f64 / of as f64 / 1e3,
        );
        reckon(&cost, pieces as f64, latency);
    }
    println!(
        "\nWhat does not scale: each shard lists all sources, a page of 1,000 keys after the other (the column `list`), and one\n\
         worker joins all shards (the column `join`). Neither gets shorter with more workers."
    );
}

/// Runs a shard of everything, runs it again, and joins it.
fn shard(store: &LoopbackStore, folder: &std::path::Path, latency: u64) -> Cost {
    let environment = store.environment();
    store.clear("b/dist/");
    store.set_latency(Duration::from_millis(latency));
    store.take_counts();
    let run = |line: &str| {
        let (measured, succeeded) = attempt_with(folder, line, &environment);
        assert!(succeeded, "`{line}` failed: run it by hand");
        (measured, store.take_counts())
    };
    let (made, asked) = run(EXPORT);
    let (unchanged, asked_unchanged) = run(EXPORT);
    let (merge, _) = run("merge -d s3://b/dist --quiet");
    Cost {
        made,
        asked,
        unchanged,
        asked_unchanged,
        merge,
    }
}

/// What archives of several sizes cost on several numbers of workers.
fn reckon(cost: &Cost, measured: f64, latency: u64) {
    println!(
        "  pieces      workers  core-hours   requests        GB   work, h   list, h   join, h   all, h"
    );
    let seconds = cost.made.time.as_secs_f64() / measured;
    let join = cost.merge.time.as_secs_f64() / measured;
    let page = latency as f64 / 1e3 + 0.002;
    for pieces in ARCHIVES {
        for workers in WORKERS {
            let hours = |seconds: f64| seconds / 3600.0;
            let work = pieces * seconds / workers;
            let list = pieces / 1000.0 * page;
            let joined = pieces * join;
            let requests =
                pieces * cost.asked.requests() as f64 / measured + workers * pieces / 1000.0;
            let bytes = pieces * cost.asked.bytes as f64 / measured;
            println!(
                "  {pieces:>10.0} {workers:>8.0} {:>11.2} {requests:>10.2e} {:>9.1} {:>9.2} {:>9.2} {:>9.2} {:>8.2}",
                hours(pieces * seconds + workers * list + joined),
                bytes / 1e9,
                hours(work),
                hours(list),
                hours(joined),
                hours(work + list + joined),
            );
        }
    }
}
