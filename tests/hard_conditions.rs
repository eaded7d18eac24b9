//! Runs under hard conditions: ignored signals, few open files, a thousand threads, and things in the place of files.
#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "support/archive.rs"]
mod archive;
#[path = "support/program.rs"]
mod program;

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use archive::{Archive, Kind};
use program::{Place, Ran, piece};

/// Longer than any run here takes that does not hang.
const PATIENCE: &str = "timeout 60";

/// A folder with an archive in its `source/`.
fn with_archive(pieces: usize, kind: Kind) -> Place {
    let place = Place::new();
    let archive = Archive {
        pieces,
        kind,
        seed: 12,
    };
    archive.write(&place.at("source")).unwrap();
    place
}

/// A folder with one piece that shows an image.
fn with_image() -> Place {
    let place = Place::new();
    let figure = "      - figure: {image: map.png, alt: A map}\n";
    place.write("source/a.yaml", piece("a", "Words.") + figure);
    place.write("source/map.png", fixture("valid/images/palette.png"));
    place
}

fn fixture(name: &str) -> Vec<u8> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    fs::read(fixtures.join(name)).unwrap()
}

/// Starts a shell in the folder, with the program as `$FLASHPOINT`.
fn spawn(place: &Place, script: &str) -> Child {
    Command::new("sh")
        .args(["-c", script])
        .current_dir(place.at(""))
        .env("FLASHPOINT", env!("CARGO_BIN_EXE_flashpoint"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Puts a pipe in the place of a file.
fn create_pipe(place: &Place, name: &str) {
    let path = place.at(name);
    let _ = fs::remove_file(&path);
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

fn export(place: &Place) -> Ran {
    place.shell(&format!("{PATIENCE} \"$FLASHPOINT\" export -f docx"))
}

#[test]
fn signals_that_were_ignored_at_the_start_stay_ignored() {
    let place = with_archive(120, Kind::Tiny);
    let script = "trap '' INT HUP; exec \"$FLASHPOINT\" export -f docx,pdf";
    let child = spawn(&place, script);
    let is_run = |name: &String| name.starts_with("run-");
    while !place.has("dist/.flashpoint") || !place.state("dist").iter().any(is_run) {
        thread::sleep(Duration::from_millis(1));
    }
    for signal in ["INT", "HUP", "INT"] {
        let kill = format!("kill -{signal} {}", child.id());
        assert!(
            Command::new("sh")
                .args(["-c", &kill])
                .status()
                .unwrap()
                .success()
        );
    }
    Ran::of(child.wait_with_output().unwrap()).expect(0);
    assert_eq!(place.files("dist").len(), 240);
}

/// Runs a script and gives the most threads that it was seen with.
fn most_threads(place: &Place, script: &str) -> usize {
    let mut child = spawn(place, &format!("exec {script}"));
    let status = format!("/proc/{}/status", child.id());
    let (mut most, start) = (0, Instant::now());
    while child.try_wait().unwrap().is_none() {
        let status = fs::read_to_string(&status).unwrap_or_default();
        let threads = status.lines().find_map(|l| l.strip_prefix("Threads:"));
        most = most.max(threads.and_then(|n| n.trim().parse().ok()).unwrap_or(0));
        assert!(start.elapsed() < Duration::from_secs(120), "{script}");
    }
    Ran::of(child.wait_with_output().unwrap()).expect(0);
    most
}

#[test]
fn a_hundred_thousand_jobs_are_not_that_many_threads() {
    let place = with_archive(48, Kind::Tiny);
    for script in [
        "\"$FLASHPOINT\" export -f docx -j 100000",
        "env RAYON_NUM_THREADS=100000 \"$FLASHPOINT\" export -f docx --force",
        "env RAYON_NUM_THREADS=100000 \"$FLASHPOINT\" check",
        "env RAYON_NUM_THREADS=100000 \"$FLASHPOINT\" distribute --to public",
    ] {
        let most = most_threads(&place, script);
        let cores = thread::available_parallelism().unwrap().get();
        // Those of the pool, and a few beside it: for signals, for the network.
        assert!(
            (2..=cores.max(4) * 4 + 8).contains(&most),
            "{script}: {most}"
        );
    }
}

#[test]
fn few_open_files_slow_a_run_and_fail_nothing() {
    let place = with_archive(96, Kind::Tiny);
    place.run("export -f docx,html -d plain").expect(0);
    let script = "ulimit -n 32; \"$FLASHPOINT\" export -f docx,html -j 48 --report report.jsonl";
    place.shell(script).expect(0);
    assert!(place.files("dist") == place.files("plain"));
    let script = "ulimit -n 32; \"$FLASHPOINT\" distribute --to public -q";
    place.shell(script).expect(0);
    assert!(place.has("public/index.html"));
}

#[test]
fn an_image_that_became_a_pipe_or_a_link_to_a_device_is_told_by_the_second_run() {
    let place = with_image();
    export(&place).expect(0);
    create_pipe(&place, "source/map.png");
    export(&place).expect(1).says(&["map.png"]);
    fs::remove_file(place.at("source/map.png")).unwrap();
    symlink("/dev/zero", place.at("source/map.png")).unwrap();
    export(&place).expect(1).says(&["map.png"]);
    let distribute = format!("{PATIENCE} \"$FLASHPOINT\" distribute --to public");
    place.shell(&distribute).expect(1).says(&["map.png"]);
    assert!(place.has("dist/a.docx"));
}

#[test]
fn a_pipe_in_the_place_of_the_record_or_an_edition_hangs_nothing() {
    let place = with_image();
    export(&place).expect(0);
    create_pipe(&place, "dist/a.docx");
    export(&place).expect(0).says(&["1 piece, 1 file"]);
    create_pipe(&place, "dist/.flashpoint/record-1.jsonl");
    export(&place).expect(1).says(&["not a plain file"]);
    create_pipe(&place, "dist/.flashpoint/lock");
    export(&place).expect(2).says(&["not a plain file"]);
}

#[test]
fn links_in_the_output_folder_lead_nothing_out_of_it() {
    let place = with_image();
    place.write("elsewhere/precious.txt", "precious");
    for planted in ["lock", "record-1.jsonl", "run-1"] {
        fs::create_dir_all(place.at("dist/.flashpoint")).unwrap();
        let target = match planted {
            "run-1" => "elsewhere",
            _ => "elsewhere/precious.txt",
        };
        let link = place.at(format!("dist/.flashpoint/{planted}"));
        symlink(place.at(target), link).unwrap();
        export(&place);
        assert_eq!(
            place.read("elsewhere/precious.txt"),
            b"precious",
            "{planted}"
        );
        fs::remove_dir_all(place.at("dist")).unwrap();
    }
    fs::create_dir(place.at("dist")).unwrap();
    symlink(place.at("elsewhere"), place.at("dist/.flashpoint")).unwrap();
    export(&place).expect(2).says(&["symbolic link"]);
    let left: Vec<_> = place.files("elsewhere").into_keys().collect();
    assert_eq!(left, ["precious.txt"]);
}

#[test]
fn a_damaged_palette_is_a_damaged_image() {
    let place = with_image();
    place.write(
        "source/map.png",
        fixture("invalid/images/palette-index.png"),
    );
    let ran = export(&place).expect(1);
    ran.says(&["error[damaged-image]", "map.png", "damaged"]);
    place.run("check").expect(1).says(&["error[damaged-image]"]);
}

#[test]
fn a_report_replaces_a_report_and_nothing_else() {
    let place = with_image();
    let source = place.read("source/a.yaml");
    place
        .run("export -f docx --report source/a.yaml")
        .expect(2)
        .says(&["source/a.yaml", "no report"]);
    assert_eq!(place.read("source/a.yaml"), source);
    assert!(!place.has("dist"));
    for _ in 0..2 {
        place.run("export -f docx --report report.jsonl").expect(0);
        let lines = place
            .read("report.jsonl")
            .iter()
            .filter(|b| **b == b'\n')
            .count();
        assert_eq!(lines, 2);
    }
    let mut names: Vec<_> = fs::read_dir(place.at("")).unwrap().collect();
    names.sort_by_key(|entry| entry.as_ref().unwrap().file_name());
    assert_eq!(names.len(), 3, "{names:?}");
}

/// A piece of minutes of work: each letter may end a line.
fn slow() -> String {
    let long = "b\u{AD}".repeat(80_000);
    piece("a", &long) + &format!("      - {long}\n").repeat(49)
}

#[test]
fn a_signal_is_obeyed_inside_a_slow_piece() {
    let place = Place::new();
    place.write("source/a.yaml", slow());
    let mut child = spawn(&place, "exec \"$FLASHPOINT\" export -f pdf");
    let start = Instant::now();
    while !place.has("dist/.flashpoint/lock") {
        assert!(child.try_wait().unwrap().is_none() && start.elapsed().as_secs() < 60);
        thread::sleep(Duration::from_millis(5));
    }
    let asked = Instant::now();
    let pid = child.id().to_string();
    let sent = Command::new("kill").args(["-TERM", &pid]).status();
    assert!(sent.unwrap().success());
    let ended = Ran::of(child.wait_with_output().unwrap());
    assert!(asked.elapsed() < Duration::from_secs(15));
    ended
        .expect(130)
        .says(&["interrupted", "run the same command again"]);
    assert!(place.files("dist").is_empty());
    place.write("source/a.yaml", piece("a", "Words."));
    export(&place).expect(0);
    assert_eq!(place.state("dist"), ["lock", "record-1.jsonl"]);
}

/// The processor's time that the program takes for a piece, in hundredths of a second.
fn cost(place: &Place, source: &str) -> u64 {
    place.write("piece.yaml", source);
    let mut command = place.command("export piece.yaml --force -q -j 1 -f pdf,docx,epub,html");
    let mut child = command.stderr(Stdio::null()).spawn().unwrap();
    let stat = format!("/proc/{}/stat", child.id());
    // Until somebody waits for it, a process that has ended still shows what it took (proc(5)).
    let took = loop {
        let line = fs::read_to_string(&stat).unwrap();
        let (_, fields) = line.rsplit_once(')').unwrap();
        let fields: Vec<&str> = fields.split_whitespace().collect();
        if fields[0] == "Z" {
            break fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
        }
        thread::sleep(Duration::from_millis(2));
    };
    assert!(child.wait().unwrap().success());
    took
}

#[test]
fn a_piece_four_times_as_long_takes_no_more_than_its_share_of_time() {
    let letters = |size: usize| (0..size).map(|n| char::from(b'a' + (n * n % 25) as u8));
    let numbered = |size: usize, each: &dyn Fn(usize) -> String| -> String {
        (0..size / each(10_000).len()).map(each).collect()
    };
    let shapes: [(&str, &dyn Fn(usize) -> String); 5] = [
        ("a word without end", &|size| {
            piece("a", &letters(size).collect::<String>())
        }),
        ("no spaces", &|size| piece("a", &"key,".repeat(size / 4))),
        ("zero-width spaces", &|size| {
            piece("a", &"a\u{200B}".repeat(size / 4))
        }),
        ("keywords", &|size| {
            let words = numbered(size, &|n| format!("k{n}, "));
            piece("a", "Words.") + &format!("keywords: [{words}]\n")
        }),
        ("links", &|size| {
            piece(
                "a",
                &numbered(size, &|n| {
                    format!("a [b](https://example.org/of-pieces/{n}) ")
                }),
            )
        }),
    ];
    let place = Place::new();
    let nothing = cost(&place, &piece("a", "Words."));
    for (name, shape) in shapes {
        let measured = || {
            let [short, long] = [60_000, 240_000].map(|size| cost(&place, &shape(size)));
            [short, long].map(|took| took.saturating_sub(nothing))
        };
        // A busy machine may lengthen one measure, or a few: a cost that grows faster than its input grows so each time.
        let mut seen = Vec::new();
        let fair = (0..5).any(|_| {
            seen.push(measured());
            let [short, long] = seen[seen.len() - 1];
            long < short * 6 + 20
        });
        assert!(fair, "{name}: {seen:?}");
    }
}

#[test]
fn a_pipe_in_the_place_of_a_face_a_sheet_or_a_list_hangs_nothing() {
    let place = with_image();
    create_pipe(&place, "pipe");
    symlink("/dev/zero", place.at("zero")).unwrap();
    place.write(
        "faces.yaml",
        "faces: {text: {regular: pipe, italic: pipe, bold: pipe, bold-italic: pipe}}\n",
    );
    place.write("sheet.yaml", "extra_css: pipe\n");
    for command in [
        "check --theme faces.yaml",
        "export -f html --theme sheet.yaml",
        "check --font pipe",
        "export --shard-list pipe",
        "export --shard-list zero",
    ] {
        let ran = place.shell(&format!("{PATIENCE} \"$FLASHPOINT\" {command}"));
        assert!(matches!(ran.code, Some(1 | 2)), "{command}: {ran:?}");
        ran.says(&["not a plain file"]);
    }
}
