//! A cold export of all three editions of the real piece: what one who types the command waits for.

#[path = "support/measured.rs"]
mod measured;

use std::path::Path;

use measured::{against, mb, run};

const RUNS: usize = 30;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let place = tempfile::tempdir().expect("a temporary folder");
    let source = root.join("source/flash-point.yaml");
    let line = |format: &str| format!("export {} -d dist --force -f {format}", source.display());
    println!("cold export of the real piece, median of {RUNS} runs");
    for (format, targets) in [
        ("pdf,docx,epub", Some((60.0, 40.0))),
        ("pdf", None),
        ("docx", None),
        ("epub", None),
    ] {
        let mut runs: Vec<_> = (0..RUNS)
            .map(|_| run(place.path(), &line(format)))
            .collect();
        runs.sort_by_key(|run| run.time);
        let time = runs[RUNS / 2].time.as_secs_f64() * 1e3;
        let peak = mb(runs.iter().map(|run| run.peak).max().unwrap_or(0));
        match targets {
            Some((most_time, most_memory)) => {
                against(&format!("{format}: time"), time, "ms", most_time, true);
                against(
                    &format!("{format}: peak memory"),
                    peak,
                    "MB",
                    most_memory,
                    true,
                );
            }
            None => println!("{format:<44} {time:>9.2} ms        peak {peak:.1} MB"),
        }
    }
}
