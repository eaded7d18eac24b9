//! Editions that somebody edited in their place: what stood there is kept aside before another takes the place, and told.

use std::fs;

use serde_json::Value;

use super::program::{Place, Ran, piece};

/// The files that are kept aside, by name.
fn kept(place: &Place) -> Vec<String> {
    let files = place.files("dist/.flashpoint/kept");
    files.into_keys().collect()
}

/// A piece that was exported, and whose Word edition was saved again with other words.
fn edited() -> Place {
    let place = Place::new();
    place.write("source/a.yaml", piece("a", "Words."));
    place.run("export -f docx,pdf").expect(0);
    place.write("dist/a.docx", "edited");
    place
}

#[track_caller]
fn tells(ran: Ran, name: &str) -> Ran {
    let kept = format!("kept as dist/.flashpoint/kept/{name}");
    ran.says(&["warning[edition-altered]", "dist/a.docx", &kept])
}

#[test]
fn an_edited_edition_is_kept_aside_before_its_source_makes_another() {
    let place = edited();
    place.write("source/a.yaml", piece("a", "Other words."));
    let ran = place.run("export -f docx,pdf").expect(0);
    let names = kept(&place);
    let [name] = names.as_slice() else {
        panic!("{names:?}");
    };
    assert!(name.starts_with("a-") && name.ends_with(".docx"), "{name}");
    tells(ran, name).says(&[
        "--> source/a.yaml",
        &format!("flashpoint update source/a.yaml dist/.flashpoint/kept/{name}"),
        "1 warning",
    ]);
    assert_eq!(
        place.read(format!("dist/.flashpoint/kept/{name}")),
        b"edited"
    );
    assert!(place.read("dist/a.docx").starts_with(b"PK"));
    // Once is enough, and the same bytes are not kept twice.
    let ran = place
        .run("export -f docx,pdf")
        .expect(0)
        .says(&["1 unchanged"]);
    assert!(!ran.stderr.contains("kept"), "{}", ran.stderr);
    place.write("dist/a.docx", "edited");
    tells(place.run("export -f docx,pdf").expect(0), name);
    assert_eq!(kept(&place), names);
}

#[test]
fn an_edited_edition_is_kept_aside_where_its_source_did_not_change_and_under_force() {
    for line in [
        "export -f docx,pdf",
        "export -f docx,pdf --recheck",
        "export -f docx,pdf --force",
    ] {
        let place = edited();
        let whole = place.read("dist/a.pdf");
        let ran = place.run(line).expect(0);
        tells(ran, &kept(&place)[0]);
        assert!(place.read("dist/a.docx").starts_with(b"PK"), "{line}");
        assert_eq!(place.read("dist/a.pdf"), whole);
    }
}

#[test]
fn what_is_kept_holds_bytes_and_time_and_is_overwritten_by_nothing() {
    let place = edited();
    let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_700_000_000);
    let file = fs::File::options()
        .write(true)
        .open(place.at("dist/a.docx"));
    file.and_then(|file| file.set_modified(time))
        .expect("a time");
    place.run("export -f docx").expect(0);
    let first = format!("dist/.flashpoint/kept/{}", kept(&place)[0]);
    let modified = fs::metadata(place.at(&first)).and_then(|data| data.modified());
    assert_eq!(modified.expect("a time"), time);
    // Somebody goes on in the file that was kept, and puts the first one back.
    place.write(&first, "edited further");
    place.write("dist/a.docx", "edited");
    place.run("export -f docx").expect(0);
    assert_eq!(place.read(&first), b"edited further");
    let contents: Vec<_> = place.files("dist/.flashpoint/kept").into_values().collect();
    assert_eq!(contents.len(), 2);
    assert!(contents.contains(&b"edited".to_vec()));
}

#[test]
fn an_empty_file_and_editions_of_runs_before_are_not_kept() {
    let place = Place::new();
    place.write("source/a.yaml", piece("a", "Words."));
    place.run("export -f docx").expect(0);
    let first = place.read("dist/a.docx");
    place.write("source/a.yaml", piece("a", "Other words."));
    place.run("export -f docx").expect(0);
    // A restored folder: an edition of a run before, under another stamp.
    place.write("dist/a.docx", first);
    let ran = place.run("export -f docx").expect(0);
    assert!(!ran.stderr.contains("kept"), "{}", ran.stderr);
    place.write("dist/a.docx", "");
    let ran = place.run("export -f docx").expect(0);
    assert!(!ran.stderr.contains("kept"), "{}", ran.stderr);
    assert!(kept(&place).is_empty());
    assert!(place.read("dist/a.docx").starts_with(b"PK"));
}

#[test]
fn where_warnings_are_denied_an_edited_edition_stays_and_its_piece_fails() {
    let place = edited();
    place.write("source/a.yaml", piece("a", "Other words."));
    let before = place.read("dist/a.pdf");
    place
        .run("export -f docx,pdf --deny-warnings")
        .expect(1)
        .says(&["error[edition-altered]", "dist/a.docx", "it stays"]);
    assert_eq!(place.read("dist/a.docx"), b"edited");
    assert_ne!(place.read("dist/a.pdf"), before);
    assert!(kept(&place).is_empty());
}

#[test]
fn a_file_of_others_that_force_replaces_is_kept_aside_too() {
    let place = Place::new();
    place.write("source/a.yaml", piece("a", "Words."));
    place.write("dist/a.docx", "mine");
    place
        .run("export -f docx")
        .expect(1)
        .says(&["error[foreign-file]"]);
    let ran = place.run("export -f docx --force").expect(0);
    tells(ran, &kept(&place)[0]);
    let kept = place.files("dist/.flashpoint/kept").into_values().next();
    assert_eq!(kept.as_deref(), Some(&b"mine"[..]));
}

#[test]
fn an_edited_edition_that_cannot_be_kept_stays_where_it_is() {
    let place = edited();
    place.write("elsewhere/precious.txt", "precious");
    std::os::unix::fs::symlink(place.at("elsewhere"), place.at("dist/.flashpoint/kept"))
        .expect("a link");
    place
        .run("export -f docx")
        .expect(1)
        .says(&["cannot keep aside dist/a.docx", "symbolic link"]);
    assert_eq!(place.read("dist/a.docx"), b"edited");
    assert_eq!(place.files("elsewhere").len(), 1);
    // A plain file in the folder's place.
    fs::remove_file(place.at("dist/.flashpoint/kept")).expect("a link");
    place.write("dist/.flashpoint/kept", "");
    place
        .run("export -f docx")
        .expect(1)
        .says(&["cannot keep aside dist/a.docx"]);
    assert_eq!(place.read("dist/a.docx"), b"edited");
}

#[test]
fn cleaning_leaves_what_is_kept_and_tells_of_it() {
    let place = edited();
    place.run("export -f docx,pdf").expect(0);
    let names = kept(&place);
    let ran = place.run("export -f docx,pdf --clean").expect(0);
    ran.says(&["dist/.flashpoint/kept", "1 file", "6 bytes"]);
    assert_eq!(kept(&place), names);
}

#[test]
fn the_report_tells_what_was_kept() {
    let place = edited();
    place
        .run("export -f docx,pdf --report report.jsonl")
        .expect(0);
    let report = String::from_utf8(place.read("report.jsonl")).expect("UTF-8");
    let line: Value = serde_json::from_str(report.lines().next().expect("a line")).expect("JSON");
    assert_eq!(line["status"], "made");
    assert_eq!(line["warnings"][0]["code"], "edition-altered");
    let hint = line["warnings"][0]["hint"].as_str().expect("a hint");
    assert!(hint.contains(&kept(&place)[0]), "{hint}");
}

#[test]
fn the_command_that_takes_the_words_back_can_be_copied() {
    let place = Place::new();
    place.write("my source/it's a.yaml", piece("a", "Words."));
    let export = |place: &Place| {
        place
            .shell("\"$FLASHPOINT\" export -f docx 'my source'")
            .expect(0)
    };
    export(&place);
    place.write("dist/a.docx", "edited");
    export(&place)
        .says(&["flashpoint update 'my source/it'\\''s a.yaml' dist/.flashpoint/kept/a-"]);
}

#[test]
fn two_runs_at_once_know_each_other_s_editions() {
    let place = Place::new();
    for number in 0..40 {
        let slug = format!("p{number}");
        place.write(format!("source/{slug}.yaml"), piece(&slug, "Words."));
    }
    for _ in 0..2 {
        let begin = |size: &str| {
            let line = format!("export -f docx,pdf --force --page-size {size}");
            let mut command = place.command(&line);
            command.stderr(std::process::Stdio::piped());
            command.stdout(std::process::Stdio::piped());
            command.spawn().expect("the program is there")
        };
        let runs = [begin("a4"), begin("letter")];
        for run in runs {
            let ran = Ran::of(run.wait_with_output().expect("it was started")).expect(0);
            assert!(!ran.stderr.contains("altered"), "{}", ran.stderr);
        }
    }
    assert!(!place.has("dist/.flashpoint/kept"));
}
