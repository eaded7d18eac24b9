//! Runs that are killed, interrupted, beside each other, or whose sources change meanwhile.

use std::process::{Command, Stdio};
use std::sync::atomic::AtomicBool;
use std::thread;
use std::time::{Duration, Instant};

use flashpoint::batch::{self, BatchObserver, BatchSettings, RealDisk, Selection};
use flashpoint::editions::{Format, Options};
use flashpoint::pipeline::{Output, Proving};
use flashpoint::project::Projects;
use flashpoint::theme::{PageSize, Theme};

use serde_json::Value;

use crate::archive::{Archive, Kind, Random};
use crate::archive_of;
use crate::program::{Place, piece};

#[test]
fn a_run_killed_at_any_moment_leaves_whole_editions_and_the_next_completes() {
    let place = Place::new();
    let (old, new) = (
        archive_of(40, Kind::Tiny),
        Archive {
            seed: 1,
            ..archive_of(40, Kind::Tiny)
        },
    );
    let clean = |archive: &Archive| {
        let place = Place::new();
        archive.write(&place.at("source")).expect("an archive");
        let start = Instant::now();
        place.run("export -f docx,pdf").expect(0);
        (place.files("dist"), start.elapsed())
    };
    let ((old_files, first), (new_files, second)) = (clean(&old), clean(&new));
    // A machine that was busy a moment ago is quicker now.
    let time = first.min(second).mul_f64(0.7);
    let mut random = Random::new(50);
    let mut killed = 0;
    for round in 0..50 {
        // Every run has all to do again, one way or the other.
        let archive = if round % 2 == 0 { &old } else { &new };
        archive.write(&place.at("source")).expect("an archive");
        let mut child = quiet(place.command("export -f docx,pdf"))
            .spawn()
            .expect("a start");
        thread::sleep(time.mul_f64(random.below(1000) as f64 / 1000.0));
        child.kill().expect("a kill");
        killed += usize::from(child.wait().expect("an end").code().is_none());
        for (name, bytes) in place.files("dist") {
            assert!(
                bytes == old_files[&name] || bytes == new_files[&name],
                "{round}: {name}"
            );
        }
    }
    assert!(
        killed > 25,
        "only {killed} of 50 runs were still going when killed"
    );
    new.write(&place.at("source")).expect("an archive");
    place.run("export -f docx,pdf").expect(0);
    assert!(place.files("dist") == new_files);
    assert_eq!(place.state("dist"), ["lock", "record-1.jsonl"]);
}

#[test]
fn an_interrupted_run_ends_in_order_and_tells_what_is_left() {
    let place = Place::new();
    archive_of(300, Kind::Tiny)
        .write(&place.at("source"))
        .expect("an archive");
    for signal in ["INT", "TERM"] {
        let mut command = place.command("export -f docx,pdf --report report.jsonl --force");
        let child = command.stderr(Stdio::piped()).spawn().expect("a start");
        // Not before the first piece is made, nor after the last.
        let is_run = |name: &String| name.starts_with("run-");
        while !place.has("dist/.flashpoint") || !place.state("dist").iter().any(is_run) {
            thread::sleep(Duration::from_millis(1));
        }
        thread::sleep(Duration::from_millis(20));
        let sent = Command::new("sh")
            .args(["-c", &format!("kill -{signal} {}", child.id())])
            .status();
        assert!(sent.expect("a signal").success());
        let output = child.wait_with_output().expect("an end");
        assert_eq!(output.status.code(), Some(130));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            said.contains("of 300 pieces left; run the same command again"),
            "{said}"
        );
        assert!(
            !place
                .state("dist")
                .iter()
                .any(|name| name.starts_with("run-"))
        );
        let report = String::from_utf8(place.read("report.jsonl")).expect("UTF-8");
        let last: Value =
            serde_json::from_str(report.lines().last().expect("a line")).expect("JSON");
        let (made, left) = (&last["summary"]["made"], &last["summary"]["left"]);
        assert_eq!(
            made.as_u64().zip(left.as_u64()).map(|(m, l)| m + l),
            Some(300)
        );
    }
}

#[test]
fn two_runs_at_once_do_not_harm_each_other() {
    let place = Place::new();
    archive_of(80, Kind::Tiny)
        .write(&place.at("source"))
        .expect("an archive");
    place.run("export -f docx,pdf -d alone").expect(0);
    let runs = [
        "export -f docx,pdf",
        "export -f pdf,docx --force",
        "export -f docx",
    ];
    let children: Vec<_> = runs
        .iter()
        .map(|line| quiet(place.command(line)).spawn().expect("a start"))
        .collect();
    for mut child in children {
        assert!(child.wait().expect("an end").success());
    }
    assert!(place.files("dist") == place.files("alone"));
    assert_eq!(place.state("dist"), ["lock", "record-1.jsonl"]);
    place.run("export -f docx,pdf").expect(0);
    assert!(place.files("dist") == place.files("alone"));
}

fn quiet(mut command: Command) -> Command {
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Rewrites a source once the plan stands.
struct Meddler<'a>(&'a Place, String);

impl BatchObserver for Meddler<'_> {
    fn due(&self, _: usize) {
        self.0.write("source/a.yaml", &self.1);
    }
}

#[test]
fn a_file_that_changes_during_the_run_is_made_again_by_the_next() {
    let place = Place::new();
    let export = |observer: &dyn BatchObserver| {
        let options = Options {
            theme: Theme::classic(),
            page_size: PageSize::A4,
        };
        let summary = batch::run(
            &BatchSettings {
                paths: &[place.at("source")],
                selection: &Selection::All,
                outputs: &[Output::Edition(
                    Format::named("docx").expect("a row of the table"),
                )],
                dist: &place.at("dist"),
                options: &options,
                projects: &Projects::none(),
                epoch: None,
                jobs: None,
                force: false,
                recheck: false,
                clean: false,
                deny_warnings: false,
                proving: Proving::Unasked,
                report: None,
                disk: &RealDisk,
                stop: &AtomicBool::new(false),
            },
            observer,
        );
        summary.expect("a run")
    };
    place.write("source/a.yaml", piece("a", "First words."));
    export(&Meddler(&place, piece("a", "Second words.")));
    let first = place.read("dist/a.docx");
    assert_eq!(
        export(&Meddler(&place, piece("a", "Second words."))).built,
        1
    );
    let second = place.read("dist/a.docx");
    assert_ne!(first, second);
    assert_eq!(
        export(&Meddler(&place, piece("a", "Second words."))).unchanged,
        1
    );
    // A slug that changes on the way would write files that nobody planned.
    let other = piece("b", "Third words.");
    place.write("source/a.yaml", piece("a", "Third words."));
    export(&Meddler(&place, other));
    assert!(place.has("dist/a.docx"));
}
