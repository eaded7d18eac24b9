//! Runs that end early, and what the next one makes of it.

use std::fs::File;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use rustix::fs::{FlockOperation, flock};
use serde_json::{Value, json};

use crate::archive::{Archive, follow_links};

/// Something that no file can be put in the place of.
const IN_THE_WAY: &str = "public/pieces/first.html/in-the-way";

#[test]
fn a_run_that_cannot_place_a_page_leaves_no_dead_link_and_can_be_run_again() {
    let archive = Archive::new(&["first"]);
    archive.distribute("").expect(0);
    archive.write("first", "Other words.");
    archive.write("second", "Words.");
    archive.export();
    archive.remove("public/pieces/first.html");
    archive.place.write(IN_THE_WAY, "");
    let ran = archive.distribute("").expect(1);
    ran.says(&["run the same command again"]);
    let mut half = archive.site();
    assert!(half.contains_key("pieces/second.html"));
    assert!(!String::from_utf8_lossy(&half["index.html"]).contains("second.html"));
    half.insert("pieces/first.html".to_owned(), Vec::new());
    follow_links(&half);
    archive.remove("public/pieces/first.html");
    assert_whole(&archive);
}

/// What a run leaves that ended while it put its first files in their places: they are named, and may stand there or not.
fn end_while_promoting(archive: &Archive) {
    let text = archive.place.read("public/manifest.json");
    let mut manifest: Value = serde_json::from_slice(&text).unwrap();
    manifest["stale"] = manifest["files"].take();
    manifest["files"] = json!({});
    manifest["pieces"] = json!({});
    let text = serde_json::to_vec(&manifest).unwrap();
    archive.place.write("public/manifest.json", text);
    archive.remove("public/index.html");
    archive.remove("public/pieces/first.html");
}

#[test]
fn what_a_first_run_placed_before_it_ended_is_known_as_ours_and_can_be_pruned() {
    let archive = Archive::new(&["first", "second"]);
    archive.distribute("").expect(0);
    end_while_promoting(&archive);
    assert!(archive.place.has("public/pieces/second/second.pdf"));
    archive.remove("source/second.yaml");
    archive.distribute("--prune").expect(0);
    assert_whole(&archive);
}

#[test]
fn a_run_that_ends_while_files_are_sent_leaves_the_old_site_as_it_was() {
    let archive = Archive::new(&["first", "second"]);
    archive.distribute("").expect(0);
    let before = archive.site();
    archive.write("first", "Other words.");
    archive.export();
    // Nothing can be written where files wait.
    let waiting = "public/.flashpoint-new";
    archive.place.write(waiting, "a file, not a folder");
    archive.distribute("").expect(1);
    archive.remove(waiting);
    assert!(archive.site() == before);
    assert_whole(&archive);
}

#[test]
fn a_killed_run_leaves_no_dead_link_and_the_next_one_goes_on() {
    let archive = Archive::new(&["first", "second", "third"]);
    archive.distribute("").expect(0);
    // From before the first file is sent to after the last is placed.
    for delay in [5, 20, 40, 60, 80, 120] {
        archive.write("second", &format!("Words, {delay}."));
        archive.export();
        let mut command = archive.distribution();
        let mut child = command.stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_millis(delay));
        child.kill().unwrap();
        child.wait().unwrap();
        let mut left = archive.site();
        left.retain(|path, _| !path.starts_with(".flashpoint-new"));
        follow_links(&left);
    }
    assert_whole(&archive);
}

#[test]
fn what_a_dead_run_left_waiting_is_used_or_removed() {
    let archive = Archive::new(&["first"]);
    let waiting = |name: &str, bytes| {
        archive
            .place
            .write(format!("public/.flashpoint-new/{name}"), bytes)
    };
    waiting("0123.part", "half a file");
    waiting("4567", "a file of a site that is no more");
    // Our own leavings are no reason to call the folder somebody else's.
    archive.distribute("--prune").expect(0);
    assert_whole(&archive);
}

#[test]
fn a_second_run_beside_the_first_is_refused() {
    let archive = Archive::new(&["first"]);
    archive.place.write("public/.flashpoint-new/0123.part", "");
    let public = File::open(archive.place.at("public")).unwrap();
    flock(&public, FlockOperation::LockExclusive).unwrap();
    archive.distribute("").expect(1).says(&["another run"]);
    drop(public);
    assert_whole(&archive);
}

#[test]
fn a_recheck_puts_again_what_was_lost_at_the_target() {
    let archive = Archive::new(&["first", "second"]);
    archive.distribute("").expect(0);
    let whole = archive.site();
    archive.remove("public/pieces/first/first.pdf");
    archive
        .place
        .write("public/pieces/second.html", "half a pa");
    archive.distribute("").expect(0).says(&[" 0 files put"]);
    let ran = archive.distribute("--recheck").expect(0);
    ran.says(&[" 2 files put"]);
    assert!(archive.site() == whole);
}

/// Another run makes the site what it would be in an empty folder.
fn assert_whole(archive: &Archive) {
    archive.distribute("").expect(0);
    assert!(archive.site() == archive.fresh("whole"));
}
