//! Batches: what is skipped and what is made again, interruption, neighbours, and size.

#[path = "support/archive.rs"]
mod archive;
#[path = "batch/edited.rs"]
mod edited;
#[path = "batch/interruption.rs"]
mod interruption;
#[path = "support/program.rs"]
mod program;
#[path = "batch/shards.rs"]
mod shards;

use std::collections::BTreeMap;
use std::fs;

use archive::{Archive, Kind, Random};
use flashpoint::digest::Sha256;
use program::{Place, piece};
use serde_json::Value;

fn archive_of(pieces: usize, kind: Kind) -> Archive {
    Archive {
        pieces,
        kind,
        seed: 20_251_104,
    }
}

/// The names of files whose bytes or times differ between two looks at a folder.
fn rewritten(place: &Place, work: impl FnOnce()) -> Vec<String> {
    let look = || -> BTreeMap<String, (u64, i64, i64)> {
        use std::os::unix::fs::MetadataExt;
        let names = place.files("dist").into_keys();
        names
            .map(|name| {
                let m = fs::metadata(place.at("dist").join(&name)).expect("a file");
                (name, (m.ino(), m.mtime(), m.mtime_nsec()))
            })
            .collect()
    };
    let before = look();
    work();
    let after = look();
    let changed = after
        .iter()
        .filter(|(name, stamp)| before.get(*name) != Some(stamp));
    changed.map(|(name, _)| name.clone()).collect()
}

#[test]
fn serial_parallel_and_shuffled_runs_give_the_same_bytes() {
    let place = Place::new();
    archive_of(12, Kind::Varied)
        .write(&place.at("source"))
        .expect("an archive");
    place.run("export -j 1 -d one").expect(0);
    place.run("export -j 7 -d seven").expect(0);
    let one = place.files("one");
    assert_eq!(one.len(), 36);
    assert!(one == place.files("seven"));
    let mut order: Vec<_> = (0..12).collect();
    let mut random = Random::new(7);
    for at in (1..order.len()).rev() {
        order.swap(at, random.below(at + 1));
    }
    for number in order {
        for format in ["epub", "pdf", "docx"] {
            let line = format!("export source/piece-{number:05}.yaml -f {format} -d shuffled");
            place.run(&line).expect(0);
        }
    }
    assert!(one == place.files("shuffled"));
}

#[test]
fn only_what_has_changed_is_made_again() {
    let place = Place::new();
    for slug in ["a", "b"] {
        place.write(format!("source/{slug}.yaml"), piece(slug, "Words."));
    }
    let run = |line: &str| rewritten(&place, || drop(place.run(line).expect(0)));
    assert_eq!(
        run("export -f pdf,docx"),
        ["a.docx", "a.pdf", "b.docx", "b.pdf"]
    );
    assert!(run("export -f pdf,docx").is_empty());

    // The same bytes again are no change; other bytes are.
    place.write("source/a.yaml", piece("a", "Words."));
    assert!(run("export -f pdf,docx").is_empty());
    place.write("source/a.yaml", piece("a", "Other words."));
    assert_eq!(run("export -f pdf"), ["a.pdf"]);
    assert_eq!(run("export -f pdf,docx"), ["a.docx"]);

    // A deleted and an altered edition.
    fs::remove_file(place.at("dist/a.pdf")).expect("an edition");
    place.write("dist/b.docx", "altered");
    assert_eq!(run("export -f pdf,docx"), ["a.pdf", "b.docx"]);

    // Theme, standard, paper, time.
    place.write("theme.yaml", "pdf: {standard: ua-2}");
    assert_eq!(run("export -f pdf --theme theme.yaml").len(), 2);
    assert!(place.read("dist/a.pdf").starts_with(b"%PDF-2.0"));
    assert_eq!(
        run("export -f pdf --theme theme.yaml --pdf-standard ua-1").len(),
        2
    );
    assert!(place.read("dist/a.pdf").starts_with(b"%PDF-1.7"));
    assert_eq!(run("export -f pdf --pdf-standard ua-2").len(), 2);
    assert!(place.read("dist/a.pdf").starts_with(b"%PDF-2.0"));
    assert_eq!(run("export -f pdf").len(), 2);
    assert_eq!(run("export -f pdf --page-size letter").len(), 2);
    assert_eq!(run("export -f pdf").len(), 2);
    assert_eq!(run("export -f pdf --force").len(), 2);
    assert!(run("export -f pdf").is_empty());

    // A piece that moves keeps its editions.
    fs::rename(place.at("source/a.yaml"), place.at("source/z.yaml")).expect("a move");
    assert!(run("export -f pdf").is_empty());
}

#[test]
fn an_image_that_changes_makes_its_piece_again() {
    let place = Place::new();
    let source = piece("a", "Words.") + "      - figure: {image: map.png, alt: A map}\n";
    let (first, second) = (
        archive_of(1, Kind::Varied),
        Archive {
            seed: 2,
            ..archive_of(1, Kind::Varied)
        },
    );
    first.write(&place.at("first")).expect("an archive");
    second.write(&place.at("second")).expect("an archive");
    place.write("source/a.yaml", source);
    place.write("source/map.png", place.read("first/map.png"));
    place.run("export -f docx").expect(0);
    place.run("export -f docx").expect(0).says(&["1 unchanged"]);
    place.write("source/map.png", place.read("second/map.png"));
    place
        .run("export -f docx")
        .expect(0)
        .says(&["1 piece, 1 file"]);
    fs::remove_file(place.at("source/map.png")).expect("an image");
    place.run("export -f docx").expect(1).says(&["map.png"]);
    assert!(place.has("dist/a.docx"));
}

#[test]
fn recheck_finds_an_edition_altered_behind_its_stamp() {
    let place = Place::new();
    place.write("source/a.yaml", piece("a", "Words."));
    place.run("export -f docx").expect(0);
    let whole = place.read("dist/a.docx");
    let path = place.at("dist/a.docx");
    let time = fs::metadata(&path)
        .and_then(|m| m.modified())
        .expect("a time");
    let mut bytes = whole.clone();
    bytes[100] ^= 1;
    fs::write(&path, &bytes).expect("in place, so that the inode stays");
    let file = fs::File::options()
        .write(true)
        .open(&path)
        .expect("the edition");
    file.set_modified(time).expect("the time again");
    place.run("export -f docx").expect(0).says(&["1 unchanged"]);
    place
        .run("export -f docx --recheck")
        .expect(0)
        .says(&["1 piece, 1 file"]);
    assert_eq!(place.read("dist/a.docx"), whole);
    place
        .run("export -f docx --recheck")
        .expect(0)
        .says(&["1 unchanged"]);
}

#[test]
fn a_corrupt_record_costs_time_and_nothing_else() {
    let place = Place::new();
    place.write("source/a.yaml", piece("a", "Words."));
    place.write("source/b.yaml", piece("b", "Words."));
    place.run("export -f docx").expect(0);
    let (editions, record) = (
        place.files("dist"),
        place.read("dist/.flashpoint/record-1.jsonl"),
    );
    let mut random = Random::new(1);
    for _ in 0..20 {
        let mut bad = record.clone();
        let at = random.below(bad.len());
        match random.below(3) {
            0 => bad.truncate(at),
            1 => bad[at] = random.bits() as u8,
            _ => bad.splice(at..at, [0xff, b'\n', 0]).for_each(drop),
        }
        place.write("dist/.flashpoint/record-1.jsonl", bad);
        place.run("export -f docx").expect(0);
        assert!(place.files("dist") == editions);
        place.run("export -f docx").expect(0).says(&["2 unchanged"]);
    }
}

#[test]
fn a_record_that_gives_a_source_another_slug_is_not_believed() {
    let place = Place::new();
    place.write("source/a.yaml", piece("a", "Words."));
    place.run("export -f docx").expect(0);
    let name = "dist/.flashpoint/record-1.jsonl";
    let record = String::from_utf8(place.read(name)).expect("UTF-8");
    let entry =
        record.lines().last().expect("an entry")[17..].replace("\"slug\":\"a\"", "\"slug\":\"b\"");
    let sum = &Sha256::of(entry.as_bytes()).to_string()[..16];
    place.write(name, format!("{sum} {entry}\n"));
    place
        .run("export -f docx")
        .expect(0)
        .says(&["1 piece, 1 file"]);
    place.run("export -f docx").expect(0).says(&["1 unchanged"]);
}

#[test]
fn a_report_tells_files_hashes_problems_and_times_and_ends_with_the_summary() {
    let place = Place::new();
    place.write("source/a.yaml", program::questioned("a"));
    place.write("source/b.yaml", "series: [");
    let report = || -> Vec<Value> {
        place
            .run("export -f pdf,docx --report report.jsonl")
            .expect(1);
        let text = String::from_utf8(place.read("report.jsonl")).expect("UTF-8");
        text.lines()
            .map(|line| serde_json::from_str(line).expect("an object"))
            .collect()
    };
    let lines = report();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0]["status"], "made");
    assert_eq!(lines[0]["warnings"][0]["code"], "query");
    assert_eq!(lines[0]["warnings"][0]["line"], 10);
    for (at, format) in ["pdf", "docx"].into_iter().enumerate() {
        let file = &lines[0]["files"][at];
        let bytes = place.read(format!("dist/a.{format}"));
        assert_eq!(file["format"], format);
        assert_eq!(file["bytes"], bytes.len());
        assert_eq!(file["sha256"], sha256(&bytes));
        assert_eq!(file["written"], true);
    }
    for stage in [
        "load", "check", "compose", "layout", "pdf", "docx", "write", "place",
    ] {
        assert!(lines[0]["seconds"][stage].is_f64(), "{stage}: {}", lines[0]);
    }
    assert_eq!(lines[1]["status"], "failed");
    assert!(!lines[1]["errors"].as_array().expect("errors").is_empty());
    let summary = &lines[2]["summary"];
    assert_eq!(
        (&summary["pieces"], &summary["failed"]),
        (&Value::from(2), &Value::from(1))
    );

    let again = report();
    assert_eq!(again[0]["status"], "unchanged");
    assert_eq!(
        again[0]["files"][0]["sha256"],
        lines[0]["files"][0]["sha256"]
    );
    assert_eq!(again[0]["files"][0]["written"], false);
}

#[test]
fn pieces_of_one_slug_fail_and_all_others_are_made() {
    let place = Place::new();
    for (name, slug) in [("a", "same"), ("b", "same"), ("c", "other")] {
        place.write(format!("source/{name}.yaml"), piece(slug, "Words."));
    }
    for _ in 0..2 {
        let ran = place.run("export -f docx --report report.jsonl").expect(1);
        ran.says(&[
            "error[duplicate-slug]: source/b.yaml has the slug `same` too",
            "--> source/a.yaml:5:7",
            "error[duplicate-slug]: source/a.yaml has the slug `same` too",
            "2 failed",
        ]);
    }
    let names: Vec<_> = place.files("dist").into_keys().collect();
    assert_eq!(names, ["other.docx"]);
    let lines = report_lines(&place);
    assert_eq!(lines[0]["errors"][0]["code"], "duplicate-slug");
    assert_eq!(lines[1]["errors"][0]["line"], 5);
    assert_eq!(lines[2]["status"], "unchanged");
}

fn report_lines(place: &Place) -> Vec<Value> {
    let text = String::from_utf8(place.read("report.jsonl")).expect("UTF-8");
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).expect("an object"))
        .collect()
}

#[test]
fn a_refused_run_is_told_in_the_report_and_in_json() {
    let place = Place::new();
    place.write("source/a.yaml", piece("a", "Words."));
    place.write("theme.yaml", "name: x\nzzzzzz: red\n");
    for (line, code) in [
        ("export --theme theme.yaml", "unknown-key"),
        ("export --theme nowhere", "unknown-theme"),
        ("export nowhere.yaml", "configuration"),
    ] {
        let line = format!("{line} --report report.jsonl --message-format json");
        let ran = place.run(&line).expect(2);
        let told: Value =
            serde_json::from_str(ran.stdout.lines().next().expect("a line")).expect("JSON");
        assert_eq!(told["code"], code, "{line}");
        let lines = report_lines(&place);
        assert_eq!(lines[0]["refused"]["errors"][0]["code"], code, "{line}");
        assert_eq!(lines[1]["summary"]["errors"], 1);
    }
    assert!(!place.has("dist"));
}

#[test]
fn a_restored_or_copied_output_folder_is_known_by_its_content() {
    let place = Place::new();
    for number in 0..6 {
        let slug = format!("p{number}");
        place.write(format!("source/{slug}.yaml"), piece(&slug, "Words."));
    }
    place.run("export").expect(0);
    let script = "tar cf d.tar dist && rm -rf dist && tar xf d.tar";
    for line in ["export", "export --recheck", "export"] {
        place.shell(script).expect(0);
        place
            .run(line)
            .expect(0)
            .says(&["6 pieces (6 unchanged), 0 files"]);
    }
    // All of it, copied elsewhere with other times.
    place
        .shell("mkdir moved && cp -r source dist moved && rm -r source dist")
        .expect(0);
    let ran = place.shell("cd moved && \"$FLASHPOINT\" export").expect(0);
    ran.says(&["6 unchanged"]);
    // What was altered meanwhile is made again, even with the size that it had.
    let mut bytes = place.read("moved/dist/p3.docx");
    bytes[100] ^= 1;
    place.write("moved/dist/p3.docx", bytes);
    let ran = place.shell("cd moved && \"$FLASHPOINT\" export").expect(0);
    ran.says(&["5 unchanged", "1 file"]);
}

#[test]
fn a_source_that_lost_its_content_is_broken_and_not_gone() {
    let place = Place::new();
    for slug in ["a", "b"] {
        place.write(format!("source/{slug}.yaml"), piece(slug, "Words."));
    }
    place.run("export -f docx source").expect(0);
    place.write("source/b.yaml", "");
    // What was never a piece is none.
    place.write("source/new.yaml", "");
    let ran = place.run("export -f docx source --clean").expect(1);
    let ran = ran.says(&["error[empty-file]", "source/b.yaml", "1 failed"]);
    assert!(!ran.stderr.contains("gone"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("new.yaml"), "{}", ran.stderr);
    assert!(place.files("dist").contains_key("b.docx"));
}

#[test]
fn editions_whose_source_is_gone_are_told_and_cleaned_away_and_no_others() {
    let place = Place::new();
    for slug in ["a", "b", "c", "d", "e"] {
        place.write(format!("source/{slug}.yaml"), piece(slug, "Words."));
    }
    place.write("elsewhere/f.yaml", piece("f", "Words."));
    place.run("export -f docx source elsewhere").expect(0);
    place.write("dist/mine.docx", "mine");
    // Gone; broken; renamed; ignored; another slug; and one that no folder of the run holds.
    let gone = |name: &str| fs::remove_file(place.at(name)).expect("a source");
    gone("source/a.yaml");
    fs::rename(place.at("source/c.yaml"), place.at("source/z.yaml")).expect("a move");
    place.write("source/z.yaml", piece("c", "Other words."));
    place.write("source/.ignore", "d.yaml\n");
    gone("elsewhere/f.yaml");
    let names = || place.files("dist").into_keys().collect::<Vec<_>>();
    let ran = place.run("export -f docx source").expect(0);
    assert_eq!(ran.stderr.matches("is gone").count(), 1, "{}", ran.stderr);
    ran.says(&["the source of `a` is gone", "a.docx", "--clean"]);
    // A run over one file makes nothing gone, and a broken file may be any piece.
    let ran = place.run("export -f docx source/b.yaml --clean").expect(0);
    assert!(!ran.stderr.contains("gone"), "{}", ran.stderr);
    place.write("source/b.yaml", "no piece");
    let ran = place.run("export -f docx source --clean").expect(1);
    assert!(!ran.stderr.contains("`b` is gone"), "{}", ran.stderr);
    assert_eq!(
        names(),
        [
            "b.docx",
            "c.docx",
            "d.docx",
            "e.docx",
            "f.docx",
            "mine.docx"
        ]
    );
    place.write("source/b.yaml", piece("b", "Words."));
    place.write("source/e.yaml", piece("other", "Words."));
    place
        .run("export -f docx source --clean --report report.jsonl")
        .expect(0)
        .says(&["1 removed"]);
    assert_eq!(
        names(),
        [
            "b.docx",
            "c.docx",
            "d.docx",
            "f.docx",
            "mine.docx",
            "other.docx"
        ]
    );
    let lines = report_lines(&place);
    let gone = lines
        .iter()
        .find(|line| !line["gone"].is_null())
        .expect("a line");
    assert_eq!(gone["gone"]["removed"][0], "e.docx");
    // What was altered after it was made stays.
    place.write("dist/c.docx", "altered");
    fs::remove_file(place.at("source/z.yaml")).expect("a source");
    place
        .run("export -f docx source --clean")
        .expect(0)
        .says(&["c.docx stays"]);
    assert_eq!(place.read("dist/c.docx"), b"altered");
}

#[test]
fn a_file_that_is_not_ours_is_replaced_only_by_force() {
    let place = Place::new();
    place.write("source/a.yaml", piece("a", "Words."));
    place.write("dist/a.docx", "mine");
    let ran = place.run("export -f docx,pdf").expect(1);
    ran.says(&["error[foreign-file]", "dist/a.docx", "--force"]);
    assert_eq!(place.read("dist/a.docx"), b"mine");
    assert!(place.has("dist/a.pdf"));
    place.run("export -f docx,pdf --force").expect(0);
    assert_ne!(place.read("dist/a.docx"), b"mine");
    // A lost record makes none of ours foreign.
    fs::remove_dir_all(place.at("dist/.flashpoint")).expect("a record");
    place.run("export -f docx,pdf").expect(0);
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    let digest = sha2::Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn messages_come_in_the_order_of_the_paths_whatever_the_jobs() {
    let place = Place::new();
    for number in 0..40 {
        let slug = format!("p{number:02}");
        place.write(format!("source/{slug}.yaml"), program::questioned(&slug));
    }
    let lines = |jobs: usize| -> Vec<String> {
        let ran = place
            .run(&format!("export -f docx --force -j {jobs}"))
            .expect(0);
        let places = ran.stderr.lines().filter(|line| line.contains("-->"));
        places.map(str::to_owned).collect()
    };
    let serial = lines(1);
    assert_eq!(serial.len(), 40);
    assert!(serial.is_sorted());
    assert_eq!(lines(8), serial);
}

#[test]
fn five_thousand_pieces_in_one_folder() {
    let place = Place::new();
    archive_of(5_000, Kind::Tiny)
        .write(&place.at("source"))
        .expect("an archive");
    place
        .run("export -f docx")
        .expect(0)
        .says(&["5,000 pieces, 5,000 files"]);
    place
        .run("export -f docx")
        .expect(0)
        .says(&["5,000 pieces (5,000 unchanged), 0 files"]);
    assert_eq!(place.files("dist").len(), 5_000);
}
