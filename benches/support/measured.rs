//! Runs the program and measures it: time, and memory at its peak.
#![allow(
    dead_code,
    unreachable_pub,
    reason = "shared by benches that each use a part"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What a run took.
#[derive(Debug, Clone, Copy)]
pub struct Measured {
    /// From start to end.
    pub time: Duration,
    /// The most memory resident at once, in bytes, as far as looking every 200 microseconds shows it.
    pub peak: u64,
}

/// Runs the program in a folder; it must succeed.
pub fn run(folder: &Path, line: &str) -> Measured {
    let (measured, succeeded) = attempt(folder, line);
    assert!(succeeded, "`{line}` failed: run it by hand");
    measured
}

/// Runs the program in a folder, and tells whether it succeeded.
pub fn attempt(folder: &Path, line: &str) -> (Measured, bool) {
    attempt_with(folder, line, &[])
}

/// The same with more in the environment.
pub fn attempt_with(folder: &Path, line: &str, environment: &[(&str, String)]) -> (Measured, bool) {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_flashpoint"))
        .args(line.split_whitespace())
        .current_dir(folder)
        .env_remove("SOURCE_DATE_EPOCH")
        .envs(environment.iter().map(|(name, value)| (name, value)))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    let ended = loop {
        peak = peak.max(high_water(&status).unwrap_or(0));
        match child.try_wait().expect("a child") {
            Some(ended) => break ended,
            None => thread::sleep(Duration::from_micros(200)),
        }
    };
    let measured = Measured {
        time: start.elapsed(),
        peak,
    };
    (measured, ended.success())
}

fn high_water(status: &str) -> Option<u64> {
    let status = fs::read_to_string(status).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024)
}

/// A line of a result beside its target.
pub fn against(what: &str, value: f64, unit: &str, target: f64, less_is_better: bool) {
    let ratio = if less_is_better {
        target / value
    } else {
        value / target
    };
    let verdict = if ratio >= 1.0 { "met" } else { "MISSED" };
    println!("{what:<44} {value:>9.2} {unit:<9} target {target:>7.2}  {ratio:>5.2} x  {verdict}");
}

/// Bytes in megabytes.
pub fn mb(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
