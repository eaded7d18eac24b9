//! A reader site: making it, looking at it again, and one changed piece, with memory; and what a reader has to fetch.
//!
//! `cargo bench --bench site` measures 1,000 pieces; with `-- full` 10,000, whose export takes some minutes first.

#[path = "../tests/support/archive.rs"]
mod archive;
#[path = "support/measured.rs"]
mod measured;

use std::fs;
use std::path::Path;

use archive::{Archive, Kind};
use measured::{Measured, against, mb, run};

/// The targets are those of 10,000 pieces; fewer are held to their share of the time.
const FULL: usize = 10_000;

fn main() {
    let is_full = std::env::args().any(|argument| argument == "full");
    let pieces = if is_full { FULL } else { 1_000 };
    let share = pieces as f64 / FULL as f64;
    let place = tempfile::tempdir().expect("a temporary folder");
    let archive = Archive {
        pieces,
        kind: Kind::LikeTheReal,
        seed: 7,
    };
    let source = place.path().join("source");
    archive.write(&source).expect("an archive");
    fs::write(
        place.path().join("site.yaml"),
        "base_url: https://example.org/pieces/\ntitle: Pieces\n",
    )
    .expect("a site's file");
    println!("\na site of {pieces} pieces like the real one, all editions and covers");
    run(place.path(), "export");

    let distribute = "distribute --to public --site site.yaml";
    tell("making it", run(place.path(), distribute), 60.0 * share);
    tell("unchanged", run(place.path(), distribute), 5.0 * share);
    let rechecked = format!("{distribute} --recheck");
    tell("  with --recheck", run(place.path(), &rechecked), f64::NAN);

    let path = archive.path(&source, 0);
    let text = fs::read_to_string(&path).expect("a piece");
    fs::write(
        &path,
        text.replacen(
            "statement:\n",
            "statement:\n      - One paragraph more.\n",
            1,
        ),
    )
    .expect("a piece");
    run(place.path(), "export");
    tell(
        "one changed piece",
        run(place.path(), distribute),
        5.0 * share,
    );
    sizes(&place.path().join("public"), &archive.slug(1));
}

fn tell(what: &str, Measured { time, peak }: Measured, target: f64) {
    if target.is_nan() {
        println!("{what:<44} {:>9.2} s", time.as_secs_f64());
    } else {
        against(what, time.as_secs_f64(), "s", target, true);
    }
    against("  peak memory", mb(peak), "MB", 200.0, true);
}

fn sizes(site: &Path, slug: &str) {
    let size = |path: &str| fs::metadata(site.join(path)).map_or(0, |file| file.len());
    println!("\nwhat a reader fetches");
    let page = size(&format!("pieces/{slug}.html"));
    against(
        "a piece's page, without images",
        page as f64 / 1e3,
        "KB",
        60.0,
        true,
    );
    for path in ["index.html", "opds/all.xml", "feed.xml", "manifest.json"] {
        println!("{path:<44} {:>9.1} KB", size(path) as f64 / 1e3);
    }
}
