//! Fuzzing, without luck and without an instrumented compiler: inputs of every kind that the program reads, made after their own
//! grammar, then changed byte by byte; whatever they are, nothing panics, nothing hangs, and what is made is well-formed.
//!
//! Inputs that were found to do harm are kept under `inputs/` and run first. A run follows from its seed alone:
//!
//! - `FUZZ_SECONDS`: how long to go on, shared among the targets (5 where not set; 0 runs what is kept alone);
//! - `FUZZ_SEED`: where to begin (1 where not set); a failure prints the line that repeats it;
//! - `FUZZ_TARGET`, `FUZZ_FIRST`, `FUZZ_RUNS`: one target alone, from which number, how many.
#![allow(clippy::unwrap_used, reason = "tests")]

mod faces;
mod images;
mod imports;
mod judge;
mod mutate;
mod pieces;
mod random;
mod readers;
mod runs;
mod texts;
mod themes;

use std::collections::BTreeSet;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use judge::Judged;
use random::Random;

/// How long one input may take, in a build that is not optimised, on a machine that has other work.
const PATIENCE: Duration = Duration::from_secs(60);

/// The longest input, in bytes.
const LONGEST: usize = 64 << 10;

/// Something that reads inputs.
#[derive(Clone, Copy)]
struct Target {
    name: &'static str,
    /// Its share of the time, in percent.
    share: u32,
    /// Makes an input.
    make: fn(&mut Random) -> Vec<u8>,
    /// Runs it in a folder that no other target uses.
    run: fn(&Path, &[u8]) -> Judged,
}

const TARGETS: [Target; 9] = [
    Target {
        name: "pieces",
        share: 26,
        make: pieces::make,
        run: pieces::run,
    },
    Target {
        name: "imports",
        share: 10,
        make: imports::make,
        run: imports::run,
    },
    Target {
        name: "readers",
        share: 10,
        make: readers::make,
        run: readers::run,
    },
    Target {
        name: "images",
        share: 15,
        make: images::make,
        run: images::run,
    },
    Target {
        name: "faces",
        share: 15,
        make: faces::make,
        run: faces::run,
    },
    Target {
        name: "themes",
        share: 10,
        make: themes::make,
        run: themes::run,
    },
    Target {
        name: "sites",
        share: 7,
        make: runs::make_site,
        run: runs::run_site,
    },
    Target {
        name: "records",
        share: 6,
        make: runs::make_record,
        run: runs::run_record,
    },
    Target {
        name: "manifests",
        share: 7,
        make: runs::make_manifest,
        run: runs::run_manifest,
    },
];

/// What a run is asked for.
struct Plan {
    seconds: u32,
    seed: u64,
    target: Option<String>,
    first: u64,
    runs: u64,
}

impl Plan {
    #[expect(
        clippy::disallowed_methods,
        reason = "cargo hands a test no arguments of its own"
    )]
    fn read() -> Self {
        let number = |name: &str, default: u64| {
            let value = std::env::var(name).ok();
            value.map_or(default, |value| {
                value
                    .parse()
                    .unwrap_or_else(|_| panic!("{name} is a number"))
            })
        };
        Self {
            seconds: u32::try_from(number("FUZZ_SECONDS", 5)).unwrap(),
            seed: number("FUZZ_SEED", 1),
            target: std::env::var("FUZZ_TARGET").ok(),
            first: number("FUZZ_FIRST", 0),
            runs: number("FUZZ_RUNS", u64::MAX),
        }
    }
}

fn main() {
    // An IDE asks for a list of tests; this is none.
    if std::env::args().any(|argument| argument == "--list") {
        return;
    }
    flashpoint::diagnostic::install_hook();
    let plan = Plan::read();
    println!("fuzzing for {} s with the seed {}", plan.seconds, plan.seed);
    for target in TARGETS {
        if plan.target.as_ref().is_none_or(|name| name == target.name) {
            fuzz(target, &plan);
        }
    }
}

/// Runs one target: what is kept, then what is made.
fn fuzz(target: Target, plan: &Plan) {
    let mut bench = Bench::new(target);
    for (path, input) in kept(target.name) {
        bench.run(
            input,
            &format!("the input {} is run first by", path.display()),
        );
    }
    let share = if plan.target.is_some() {
        100
    } else {
        target.share
    };
    let time = Duration::from_secs(u64::from(plan.seconds)) * share / 100;
    let start = Instant::now();
    let mut met: BTreeSet<Vec<String>> = BTreeSet::new();
    let (mut number, mut whole) = (plan.first, 0);
    // A slow machine still reaches every target.
    let unreached =
        |whole: u64, done: u64| plan.seconds > 0 && done < if whole == 0 { 200 } else { 3 };
    while number - plan.first < plan.runs
        && (start.elapsed() < time || unreached(whole, number - plan.first))
    {
        let again = format!(
            "FUZZ_SEED={} FUZZ_TARGET={} FUZZ_FIRST={number} FUZZ_RUNS=1",
            plan.seed, target.name
        );
        // Only what a number alone tells goes into an input, so that one can be made again without those before it.
        let mut random = Random::new(plan.seed, target.name, number);
        let mut input = (target.make)(&mut random);
        if random.chance(30) {
            let other = (target.make)(&mut random);
            mutate::mutate(&mut random, &mut input, &other);
        }
        input.truncate(LONGEST);
        let judged = bench.run(input, &again);
        whole += u64::from(judged.whole);
        met.insert(judged.met);
        number += 1;
    }
    let runs = number - plan.first;
    println!(
        "{:<10} {runs:>7} inputs, {whole:>6} of them whole, {} kinds of outcome",
        target.name,
        met.len()
    );
    if plan.seconds > 0 && plan.target.is_none() {
        assert!(
            whole > 0,
            "{} was not reached: no input was whole",
            target.name
        );
    }
}

/// The inputs that are kept for a target.
fn kept(name: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fuzz/inputs")
        .join(name);
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect()
}

/// Where a target runs its inputs: a thread of its own, so that one which hangs is noticed.
struct Bench {
    name: &'static str,
    /// Where the input is kept that runs, in case it ends the whole program.
    keep: PathBuf,
    /// Removed at the end.
    _folder: tempfile::TempDir,
    inputs: mpsc::Sender<Vec<u8>>,
    outcomes: mpsc::Receiver<Result<Judged, String>>,
}

impl Bench {
    fn new(target: Target) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/valid");
        fs::create_dir(folder.path().join("images")).unwrap();
        for image in fs::read_dir(fixtures.join("images")).unwrap() {
            let image = image.unwrap();
            fs::copy(
                image.path(),
                folder.path().join("images").join(image.file_name()),
            )
            .unwrap();
        }
        fs::copy(
            fixtures.join("every-block.yaml"),
            folder.path().join("every-block.yaml"),
        )
        .unwrap();
        let place = folder.path().to_owned();
        let (inputs, waiting) = mpsc::channel::<Vec<u8>>();
        let (done, outcomes) = mpsc::channel();
        thread::spawn(move || {
            for input in waiting {
                let judged = panic::catch_unwind(AssertUnwindSafe(|| (target.run)(&place, &input)));
                let judged = judged.map_err(|fault| {
                    let text = fault.downcast_ref::<String>().map(String::as_str);
                    text.or_else(|| fault.downcast_ref::<&str>().copied())
                        .unwrap_or("no message")
                        .to_owned()
                });
                if done.send(judged).is_err() {
                    return;
                }
            }
        });
        Self {
            name: target.name,
            keep: Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-{}", target.name)),
            _folder: folder,
            inputs,
            outcomes,
        }
    }

    /// Runs an input; a fault or a hang ends everything, with the input kept and the way to make it again.
    fn run(&mut self, input: Vec<u8>, again: &str) -> Judged {
        let start = Instant::now();
        fs::write(&self.keep, &input).unwrap();
        self.inputs.send(input).unwrap();
        let fault = match self.outcomes.recv_timeout(PATIENCE) {
            Ok(Ok(judged)) => return judged,
            Ok(Err(fault)) => fault,
            Err(RecvTimeoutError::Timeout) => {
                format!("no end after {} s", start.elapsed().as_secs())
            }
            Err(RecvTimeoutError::Disconnected) => "the thread ended".to_owned(),
        };
        let keep = self.keep.display();
        eprintln!(
            "{}: {fault}\n  the input is {keep}\n  again: {again} cargo test --release --test fuzz",
            self.name
        );
        process::exit(1);
    }
}
