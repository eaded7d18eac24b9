//! Runs that end early, and what the next one makes of it.

use std::collections::BTreeMap;
use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use crate::archive::{Archive, PIECE, collect, follow_links, told};

#[test]
fn a_run_that_cannot_place_a_page_leaves_no_dead_link_and_can_be_run_again() {
    let archive = Archive::new(&["first", "second"]);
    // A folder stands where a page is due, so that pages cannot be put, after the editions have been.
    fs::create_dir_all(archive.path("public/pieces/first.html/in-the-way")).unwrap();
    let output = archive.distribute(&[]);
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    assert!(
        told(&output).contains("run the same command again"),
        "{}",
        told(&output)
    );
    let half = archive.site();
    assert!(half.contains_key("pieces/first/first.pdf") && !half.contains_key("index.html"));
    fs::remove_dir_all(archive.path("public/pieces/first.html")).unwrap();
    assert_whole(&archive);
}

#[test]
fn what_a_first_run_placed_before_it_ended_is_known_as_ours_and_can_be_pruned() {
    let archive = Archive::new(&["first", "second"]);
    fs::create_dir_all(archive.path("public/pieces/first.html/in-the-way")).unwrap();
    assert_eq!(archive.distribute(&[]).status.code(), Some(1));
    assert!(archive.site().contains_key("pieces/second/second.pdf"));
    fs::remove_dir_all(archive.path("public/pieces/first.html")).unwrap();
    fs::remove_file(archive.path("source/second.yaml")).unwrap();
    let output = archive.distribute(&["--prune"]);
    assert!(output.status.success(), "{}", told(&output));
    assert_whole(&archive);
}

#[test]
fn a_run_that_ends_while_files_are_sent_leaves_the_old_site_as_it_was() {
    let archive = Archive::new(&["first", "second"]);
    assert!(archive.distribute(&[]).status.success());
    let before = archive.site();
    archive.write(
        "source/first.yaml",
        &PIECE
            .replace("SLUG", "first")
            .replace("Words.", "Other words."),
    );
    archive.export();
    // Nothing can be written where files wait.
    archive.write("public/.flashpoint", "a file, not a folder");
    let output = archive.distribute(&[]);
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    fs::remove_file(archive.path("public/.flashpoint")).unwrap();
    assert!(archive.site() == before);
    assert_whole(&archive);
}

#[test]
fn a_killed_run_leaves_no_dead_link_and_the_next_one_goes_on() {
    let archive = Archive::new(&["first", "second", "third"]);
    assert!(archive.distribute(&[]).status.success());
    // From before the first file is sent to after the last is placed.
    for (round, delay) in [5, 20, 40, 60, 80, 120].into_iter().enumerate() {
        let words = format!("Words of round {round}.");
        archive.write(
            "source/second.yaml",
            &PIECE.replace("SLUG", "second").replace("Words.", &words),
        );
        archive.export();
        let mut child = archive
            .command(&[
                "distribute",
                "source",
                "--to",
                "public",
                "--site",
                "site.yaml",
            ])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(delay));
        child.kill().unwrap();
        child.wait().unwrap();
        let mut left = archive.site();
        left.retain(|path, _| !path.starts_with(".flashpoint"));
        follow_links(&left);
    }
    assert_whole(&archive);
}

#[test]
fn what_a_dead_run_left_waiting_is_used_or_removed() {
    let archive = Archive::new(&["first"]);
    fs::create_dir_all(archive.path("public/.flashpoint")).unwrap();
    archive.write("public/.flashpoint/0123.part", "half a file");
    archive.write(
        "public/.flashpoint/4567",
        "a file of a site that is no more",
    );
    // Our own leavings are no reason to call the folder somebody else's.
    let output = archive.distribute(&["--prune"]);
    assert!(output.status.success(), "{}", told(&output));
    assert_whole(&archive);
}

#[test]
fn a_second_run_beside_the_first_is_refused() {
    let archive = Archive::new(&["first"]);
    fs::create_dir(archive.path("public")).unwrap();
    let public = fs::File::open(archive.path("public")).unwrap();
    rustix::fs::flock(&public, rustix::fs::FlockOperation::LockExclusive).unwrap();
    let output = archive.distribute(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output).contains("another run"), "{}", told(&output));
    drop(public);
    assert_whole(&archive);
}

#[test]
fn a_recheck_puts_again_what_was_lost_at_the_target() {
    let archive = Archive::new(&["first", "second"]);
    assert!(archive.distribute(&[]).status.success());
    let whole = archive.site();
    fs::remove_file(archive.path("public/pieces/first/first.pdf")).unwrap();
    archive.write("public/pieces/second.html", "half a pa");
    let trusting = archive.distribute(&[]);
    assert!(
        told(&trusting).contains(" 0 files put"),
        "{}",
        told(&trusting)
    );
    let output = archive.distribute(&["--recheck"]);
    assert!(output.status.success(), "{}", told(&output));
    assert!(told(&output).contains(" 2 files put"), "{}", told(&output));
    assert!(archive.site() == whole);
}

/// Another run makes the site what it would be in an empty folder.
fn assert_whole(archive: &Archive) {
    let output = archive.distribute(&[]);
    assert!(output.status.success(), "{}", told(&output));
    let fresh = archive.run(&[
        "distribute",
        "source",
        "--to",
        "whole",
        "--site",
        "site.yaml",
    ]);
    assert!(fresh.status.success(), "{}", told(&fresh));
    let mut whole = BTreeMap::new();
    collect(&archive.path("whole"), &archive.path("whole"), &mut whole);
    assert!(archive.site() == whole);
}
