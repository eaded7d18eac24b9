//! Shards: any number of them, in any order, any number of times, give the bytes and the record of one run.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use flashpoint::batch::{BatchRecord, FileStamp, RecordedPiece};
use serde_json::Value;

use crate::archive::{Kind, Random};
use crate::archive_of;
use crate::program::{Place, piece, questioned};

const PIECES: usize = 24;

fn place() -> Place {
    let place = Place::new();
    archive_of(PIECES, Kind::Tiny)
        .write(&place.at("source"))
        .expect("an archive");
    place.write("source/deep/er/one.yaml", piece("deep-one", "Words."));
    place.write("source/site.yaml", "title: The site\nlanguage: en\n");
    place.write("source/asked.yaml", questioned("asked"));
    place
}

/// The entries of a folder's record that count, in the order of their slugs, without what differs from one writing of a file to
/// the next.
fn record(place: &Place, dist: &str) -> Vec<String> {
    let journal = place.read(format!("{dist}/.flashpoint/record-1.jsonl"));
    let journal = BatchRecord::parse(&journal).to_journal();
    let lines = journal.split(|byte| *byte == b'\n');
    let entries = lines.filter(|line| !line.is_empty()).map(|line| {
        let mut entry: RecordedPiece = serde_json::from_slice(&line[17..]).expect("an entry");
        for edition in &mut entry.editions {
            let size = edition.stamp.size;
            edition.stamp = FileStamp {
                size,
                seconds: 0,
                nanoseconds: 0,
                inode: 0,
            };
        }
        String::from_utf8(entry.to_line()).expect("JSON is UTF-8")
    });
    entries.collect()
}

/// The lines of a report but the last, without how long each stage took.
fn lines(place: &Place, report: &str) -> Vec<Value> {
    let text = String::from_utf8(place.read(report)).expect("UTF-8");
    let mut lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let last = lines.pop().expect("a summary");
    assert!(last.get("summary").is_some());
    for line in &mut lines {
        if let Some(line) = line.as_object_mut() {
            line.remove("seconds");
        }
    }
    lines
}

fn summary(place: &Place, report: &str) -> Value {
    let text = String::from_utf8(place.read(report)).expect("UTF-8");
    let last = text.lines().last().expect("a summary");
    let last: Value = serde_json::from_str(last).expect("JSON");
    last["summary"].clone()
}

fn parts(place: &Place, dist: &str) -> Vec<String> {
    let mut names = place.state(dist);
    names.retain(|name| name.starts_with("part-"));
    names
}

fn shuffled(of: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (1..=of).collect();
    let mut random = Random::new(seed);
    for at in (1..order.len()).rev() {
        order.swap(at, random.below(at + 1));
    }
    order
}

#[test]
fn any_number_of_shards_shuffled_and_repeated_gives_one_runs_bytes_record_and_report() {
    let place = place();
    place
        .run("export -f docx,epub -d one --report one.jsonl")
        .expect(0);
    let one = place.files("one");
    assert_eq!(one.len(), 2 * (PIECES + 2));
    let expected = record(&place, "one");
    for of in [1, 3, 7, 16] {
        let dist = format!("dist-{of}");
        let mut reports = Vec::new();
        let mut order = shuffled(of, 7);
        // A third of them again.
        order.extend(shuffled(of, 8).into_iter().step_by(3));
        for (turn, shard) in order.iter().enumerate() {
            let report = format!("{of}-{turn}.jsonl");
            place
                .run(&format!(
                    "export -f docx,epub -d {dist} --shard {shard}/{of} --report {report}"
                ))
                .expect(0);
            reports.push(report);
        }
        assert!(one == place.files(&dist), "{of} shards");
        assert_eq!(parts(&place, &dist).len(), order.len());
        reports.reverse();
        let merge = format!(
            "merge -d {dist} --report all-{of}.jsonl {}",
            reports.join(" ")
        );
        place
            .run(&merge)
            .expect(0)
            .says(&["26 pieces", "1 warning"]);
        let merged = place.read(format!("{dist}/.flashpoint/record-1.jsonl"));
        assert!(record(&place, &dist) == expected, "{of} shards");
        assert!(parts(&place, &dist).is_empty());
        let joined = lines(&place, &format!("all-{of}.jsonl"));
        let in_one = lines(&place, "one.jsonl");
        assert_eq!(joined.len(), in_one.len());
        let text = |lines: &[Value]| serde_json::to_string(lines).expect("JSON");
        assert_eq!(text(&joined).replace(&dist, "one"), text(&in_one));

        // Joined again it stays, and an ordinary run finds nothing to do.
        place.run(&format!("merge -d {dist}")).expect(0);
        assert_eq!(
            place.read(format!("{dist}/.flashpoint/record-1.jsonl")),
            merged
        );
        place
            .run(&format!("export -f docx,epub -d {dist}"))
            .expect(0)
            .says(&["26 unchanged"]);
    }
}

#[test]
fn shards_of_a_plan_are_of_about_one_size_and_give_the_same_bytes() {
    let place = place();
    place.run("export -f docx -d one").expect(0);
    place
        .run("plan --shards 5 -o lists source")
        .expect(0)
        .says(&["5 shards, 27 pieces"]);
    let lists: Vec<String> = place.files("lists").into_keys().collect();
    assert_eq!(lists.len(), 5);
    let mut sizes = Vec::new();
    for list in &lists {
        place
            .run(&format!(
                "export source -f docx -d dist --shard-list lists/{list}"
            ))
            .expect(0);
        let text = String::from_utf8(place.read(format!("lists/{list}"))).expect("UTF-8");
        sizes.push(text.lines().count() - 1);
    }
    assert!(
        sizes.iter().all(|pieces| (4..=7).contains(pieces)),
        "{sizes:?}"
    );
    place.run("merge").expect(0).says(&["5 shards, 26 pieces"]);
    assert!(place.files("one") == place.files("dist"));

    // What is gone since the plan is told, and so is a list that leads elsewhere.
    fs::remove_file(place.at("source/asked.yaml")).expect("a source");
    let mut codes = BTreeSet::new();
    for list in &lists {
        let line = format!("export source -f docx -d dist --shard-list lists/{list}");
        codes.insert(place.run(&line).code);
    }
    assert_eq!(codes, BTreeSet::from([Some(0), Some(1)]));
    place
        .run("merge")
        .expect(1)
        .says(&["left something undone"]);
    let list = String::from_utf8(place.read(format!("lists/{}", lists[0]))).expect("UTF-8");
    let (head, _) = list.split_once('\n').expect("lines");
    place.write("evil.jsonl", format!("{head}\n\"../../etc/passwd\"\n"));
    place
        .run("export source --shard-list evil.jsonl")
        .expect(2)
        .says(&["leads out of the root"]);
}

#[test]
fn what_names_no_shard_is_refused_before_anything_is_written() {
    let place = place();
    for wrong in ["0/3", "4/3", "3", "x/y", "1/0"] {
        place
            .run(&format!("export --shard {wrong}"))
            .expect(2)
            .says(&["is no shard"]);
    }
    place.run("export --shard 1/3 --clean").expect(2);
    place.run("export --shard 1/3 --system-fonts").expect(2);
    place.run("plan --shards 0 -o lists").expect(2);
    place.run("merge -d nowhere").expect(2);
    assert!(!place.has("dist") && !place.has("lists") && !place.has("nowhere"));
}

#[test]
fn a_slug_in_two_shards_loses_its_editions_and_both_pieces_fail_as_in_one_run() {
    let place = place();
    for name in ["one", "two", "three"] {
        place.write(
            format!("source/same-{name}.yaml"),
            piece("same", &format!("Words of {name}.")),
        );
    }
    place
        .run("export -f docx -d one --report one.jsonl")
        .expect(1);
    let run = |place: &Place| {
        let mut reports = Vec::new();
        for shard in 1..=16 {
            let report = format!("{shard}.jsonl");
            let line = format!("export -f docx --shard {shard}/16 --report {report}");
            place.run(&line);
            reports.push(report);
        }
        place.run(&format!("merge --report all.jsonl {}", reports.join(" ")))
    };
    let merged = run(&place);
    merged.expect(1).says(&[
        "error[duplicate-slug]",
        "source/same-one.yaml",
        "source/same-three.yaml",
        "source/same-two.yaml",
        "3 failed",
    ]);
    assert!(!place.has("dist/same.docx"));
    assert!(place.files("one") == place.files("dist"));
    let text = |report: &str| {
        let text = serde_json::to_string(&lines(&place, report)).expect("JSON");
        text.replace("\"dist/", "\"one/")
    };
    assert_eq!(text("all.jsonl"), text("one.jsonl"));
    let names = summary(&place, "all.jsonl");
    assert_eq!((&names["failed"], &names["made"]), (&3.into(), &26.into()));
    assert!(parts(&place, "dist").is_empty());

    // Once two of them have other slugs, the three are made.
    place.write("source/same-two.yaml", piece("same-2", "Words."));
    place.write("source/same-three.yaml", piece("same-3", "Words."));
    run(&place).expect(0);
    place.run("export -f docx -d again").expect(0);
    assert!(place.files("again") == place.files("dist"));
}

#[test]
fn a_shard_that_is_missing_died_or_is_of_another_version_is_told_and_nothing_is_lost() {
    let place = place();
    place.run("export -f docx -d one").expect(0);
    let shard =
        |number: usize, more: &str| place.run(&format!("export -f docx --shard {number}/4 {more}"));
    shard(1, "").expect(0);
    place.write("other.yaml", "colours: {accent: \"#203040\"}\n");
    shard(2, "--theme other.yaml").expect(0);
    shard(3, "").expect(0);
    // The attempt of the third dies in the middle of a line.
    let names = parts(&place, "dist");
    let name = format!("dist/.flashpoint/{}", names[2]);
    let mut torn = place.read(&name);
    torn.truncate(torn.len() - 250);
    place.write(&name, torn);
    place.run("merge").expect(1).says(&[
        "shard 2/4 worked with another version of the theme than most",
        "shard 3/4 ended early",
        "shard 4/4 is missing",
        "4 shards (3 to run again)",
    ]);
    // What was recorded still is: the first shard and, but for the torn line, the third have nothing to do.
    assert_eq!(parts(&place, "dist").len(), 3);
    shard(1, "").expect(0).says(&["unchanged), 0 files"]);
    shard(3, "").expect(0);
    shard(2, "").expect(0);
    place
        .run("merge")
        .expect(1)
        .says(&["4/4 is missing", "(1 to run again)"]);
    shard(4, "").expect(0);
    place.run("merge").expect(0).says(&["4 shards, 26 pieces"]);
    assert!(place.files("one") == place.files("dist"));
    place
        .run("export -f docx")
        .expect(0)
        .says(&["26 unchanged"]);
}

#[test]
fn runs_of_all_sources_between_shards_count_in_their_turn() {
    let place = place();
    for shard in 1..=3 {
        place
            .run(&format!("export -f docx --shard {shard}/3"))
            .expect(0);
    }
    place.write("source/asked.yaml", piece("asked", "Answered."));
    place.run("export -f docx").expect(0).says(&["1 file"]);
    // The parts of the shards are older than that.
    place
        .run("export -f docx")
        .expect(0)
        .says(&["26 unchanged"]);
    place.run("merge").expect(0);
    place
        .run("export -f docx")
        .expect(0)
        .says(&["26 unchanged"]);
    let record = BatchRecord::of_folder(&place.at("dist"));
    let asked = record.of_slug("asked").expect("an entry");
    assert!(asked.warnings.is_empty());
}

#[test]
fn a_piece_that_moves_into_another_shard_keeps_its_editions() {
    let place = place();
    let run = |place: &Place| {
        for shard in 1..=8 {
            let line = format!("export -f docx --shard {shard}/8");
            place.run(&line).expect(0);
        }
    };
    run(&place);
    place.run("merge").expect(0);
    for number in 0..6 {
        let name = format!("piece-{number:05}");
        let from = place.at(format!("source/{name}.yaml"));
        fs::remove_file(from).expect("a source");
        // Other words, so that its bytes do not tell whose it is.
        place.write(
            format!("source/moved/{number}.yaml"),
            piece(&name, "Others."),
        );
    }
    run(&place);
    place.run("merge").expect(0).says(&["8 shards, 26 pieces"]);
    place.run("export -f docx -d one").expect(0);
    assert!(place.files("one") == place.files("dist"));
    place
        .run("export -f docx")
        .expect(0)
        .says(&["26 unchanged"]);
}

#[test]
fn reports_that_are_torn_or_foreign_are_refused_and_nothing_is_joined() {
    let place = place();
    place
        .run("export -f docx --shard 1/1 --report r.jsonl")
        .expect(0);
    let whole = String::from_utf8(place.read("r.jsonl")).expect("UTF-8");
    let (torn, _) = whole.trim_end().rsplit_once('\n').expect("lines");
    let wrong: BTreeMap<&str, &str> = BTreeMap::from([
        ("torn.jsonl", torn),
        ("foreign.jsonl", "series: A\n"),
        ("empty.jsonl", ""),
    ]);
    for (name, text) in wrong {
        place.write(name, text);
        place
            .run(&format!("merge r.jsonl {name}"))
            .expect(2)
            .says(&[name]);
        assert_eq!(parts(&place, "dist").len(), 1);
    }
    place.run("merge r.jsonl").expect(0);
}

#[test]
fn what_spans_pieces_of_several_shards_is_told() {
    let place = place();
    let with = |slug: &str, series: &str, more: &str| {
        let text = piece(slug, "Words.");
        let old = text.lines().find(|line| line.starts_with("series:"));
        let text = text.replacen(
            old.expect("a series"),
            &format!("series: {series}\n{more}"),
            1,
        );
        place.write(format!("source/span-{slug}.yaml"), text);
    };
    with("one", "The Long Row", "aliases: [uno, eins]");
    with("two", "The Long Row", "aliases: [uno]\ntranslation_of: one");
    with("three", "the long  row", "translation_of: nobody");
    with(
        "four",
        "Another",
        "aliases: [Old/two]\ntranslation_of: eins",
    );
    let run = |merge: &str| {
        for shard in 1..=8 {
            place
                .run(&format!("export -f docx --shard {shard}/8"))
                .expect(0);
        }
        place.run(merge)
    };
    let told = run("merge").expect(0).says(&[
        "the series is spelled `the long  row` in `three`, and `The Long Row` in most pieces",
        "`uno` is an earlier address of both `one` and `two`",
        "`two` is the address of a piece, and an earlier one of `four`",
        "`three` says that it is a translation of `nobody`, and there is no such piece",
        "30 pieces",
        "5 warnings",
    ]);
    assert!(!told.stderr.contains("`eins`, and there"), "{told:?}");
    run("merge --deny-warnings").expect(1);
}
