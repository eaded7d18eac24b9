//! `flashpoint distribute`, through the built program: what stands at the target, and what is refused.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

const PIECE: &str = "series: Flash Point\ntitle: \"What <now>?\"\ndate: 2025-11-04\nlanguage: en-GB\nslug: SLUG\n\
contributors:\n  - {name: Amina Khan, statement: [Words.]}\n";

/// A folder with sources, their editions and a site's file.
struct Archive {
    root: tempfile::TempDir,
}

impl Archive {
    fn new(slugs: &[&str]) -> Self {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("source")).unwrap();
        let archive = Self { root };
        for slug in slugs {
            archive.write(&format!("source/{slug}.yaml"), &PIECE.replace("SLUG", slug));
        }
        archive.write(
            "site.yaml",
            "base_url: https://example.org/pieces\ntitle: Pieces & more\n",
        );
        archive.export();
        archive
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_flashpoint"));
        command.args(arguments).current_dir(self.root.path());
        command.env_remove("SOURCE_DATE_EPOCH");
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("AWS_") {
                command.env_remove(name);
            }
        }
        command.output().unwrap()
    }

    fn export(&self) {
        let output = self.run(&["export", "source", "-q"]);
        assert!(output.status.success(), "{}", told(&output));
    }

    fn distribute(&self, more: &[&str]) -> Output {
        let plain = [
            "distribute",
            "source",
            "--to",
            "public",
            "--site",
            "site.yaml",
        ];
        self.run(&[&plain[..], more].concat())
    }

    /// Every file at the target with its bytes.
    fn site(&self) -> BTreeMap<String, Vec<u8>> {
        let mut found = BTreeMap::new();
        collect(&self.path("public"), &self.path("public"), &mut found);
        found
    }
}

fn collect(root: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, found);
        } else {
            let name = path
                .strip_prefix(root)
                .unwrap()
                .to_string_lossy()
                .into_owned();
            found.insert(name, fs::read(&path).unwrap());
        }
    }
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// One archive for the tests that only look at a fresh site.
fn fresh() -> &'static (Archive, BTreeMap<String, Vec<u8>>) {
    static FRESH: OnceLock<(Archive, BTreeMap<String, Vec<u8>>)> = OnceLock::new();
    FRESH.get_or_init(|| {
        let archive = Archive::new(&["first", "second"]);
        let output = archive.distribute(&[]);
        assert!(output.status.success(), "{}", told(&output));
        let site = archive.site();
        (archive, site)
    })
}

#[test]
fn a_site_holds_pages_editions_catalogues_and_their_sums() {
    let (archive, site) = fresh();
    for name in [
        "index.html",
        "feed.xml",
        "sitemap.xml",
        "opds/index.xml",
        "opds/all.xml",
        "series/flash-point.html",
        "pieces/first.html",
        "pieces/first/cover.png",
        "pieces/first/share.png",
        "pieces/first/first.bib",
        "pieces/first/first.ris",
        "pieces/first/first.csl.json",
        "manifest.json",
    ] {
        assert!(site.contains_key(name), "{name} of {:?}", site.keys());
    }
    for format in ["pdf", "docx", "epub"] {
        let shipped = &site[&format!("pieces/second/second.{format}")];
        assert_eq!(
            *shipped,
            fs::read(archive.path(&format!("dist/second.{format}"))).unwrap()
        );
    }
    let sums = String::from_utf8(site["SHA256SUMS"].clone()).unwrap();
    let listed: BTreeMap<&str, &str> = sums
        .lines()
        .map(|line| line.split_once("  ").unwrap())
        .map(|(sum, path)| (path, sum))
        .collect();
    for (path, bytes) in site {
        if path != "SHA256SUMS" && path != "manifest.json" {
            assert_eq!(
                listed.get(path.as_str()),
                Some(&hash(bytes).as_str()),
                "{path}"
            );
        }
    }
    assert_eq!(listed.len() + 2, site.len());
    let page = String::from_utf8(site["pieces/first.html"].clone()).unwrap();
    assert!(
        page.contains("What &lt;now&gt;?") && page.contains("Words.") && !page.contains("<now>")
    );
    assert!(page.len() < 60_000);
}

#[test]
fn every_link_of_every_page_and_feed_leads_to_a_file() {
    let (_, site) = fresh();
    let mut links = 0;
    for (path, bytes) in site
        .iter()
        .filter(|(path, _)| path.ends_with(".html") || path.starts_with("opds/"))
    {
        let text = String::from_utf8(bytes.clone()).unwrap();
        for attribute in ["href=\"", "src=\""] {
            for part in text.split(attribute).skip(1) {
                let link = part.split('"').next().unwrap().split('#').next().unwrap();
                if link.is_empty() || link.contains("://") || link.starts_with("mailto:") {
                    continue;
                }
                links += 1;
                let mut place: Vec<&str> = path.split('/').collect();
                place.pop();
                for step in link.split('/') {
                    match step {
                        ".." => drop(place.pop().unwrap()),
                        step => place.push(step),
                    }
                }
                assert!(
                    site.contains_key(&place.join("/")),
                    "{path} leads to {link}"
                );
            }
        }
    }
    assert!(links > 40, "{links}");
}

#[test]
fn a_second_run_puts_nothing_and_a_changed_piece_alone_is_put() {
    let archive = Archive::new(&["first", "second"]);
    assert!(archive.distribute(&[]).status.success());
    let before = archive.site();
    let output = archive.distribute(&[]);
    assert!(
        told(&output).contains("2 pieces: 0 files put"),
        "{}",
        told(&output)
    );
    assert_eq!(archive.site(), before);

    archive.write(
        "source/first.yaml",
        &PIECE
            .replace("SLUG", "first")
            .replace("Words.", "Other words."),
    );
    archive.export();
    let output = archive.distribute(&[]);
    assert!(output.status.success(), "{}", told(&output));
    let after = archive.site();
    let changed: Vec<&String> = after
        .iter()
        .filter(|(path, bytes)| before.get(*path) != Some(bytes))
        .map(|(path, _)| path)
        .collect();
    // Feeds and catalogues tell the size of the new editions.
    assert!(
        changed.iter().all(|path| !path.contains("second")),
        "{changed:?}"
    );
    assert!(String::from_utf8_lossy(&after["pieces/first.html"]).contains("Other words."));
}

#[test]
fn the_same_pieces_give_the_same_site() {
    let (archive, site) = fresh();
    let output = archive.run(&[
        "distribute",
        "source",
        "--to",
        "again",
        "--site",
        "site.yaml",
    ]);
    assert!(output.status.success(), "{}", told(&output));
    let mut again = BTreeMap::new();
    collect(&archive.path("again"), &archive.path("again"), &mut again);
    assert!(again == *site);
}

#[test]
fn editions_that_are_missing_altered_or_outdated_are_told_and_not_shipped() {
    let archive = Archive::new(&["first", "second"]);
    fs::remove_file(archive.path("dist/first.pdf")).unwrap();
    archive.write("dist/first.docx", "altered");
    archive.write(
        "source/second.yaml",
        &PIECE
            .replace("SLUG", "second")
            .replace("Words.", "Newer words."),
    );
    let output = archive.distribute(&[]);
    assert_eq!(output.status.code(), Some(1));
    let said = told(&output);
    for part in [
        "first.pdf is missing",
        "first.docx was altered",
        "second.pdf was made from another version",
    ] {
        assert!(said.contains(part), "{said}");
    }
    let site = archive.site();
    assert!(site.contains_key("pieces/first/first.epub"));
    for path in [
        "pieces/first/first.pdf",
        "pieces/first/first.docx",
        "pieces/second/second.pdf",
    ] {
        assert!(!site.contains_key(path), "{path}");
    }
    assert!(String::from_utf8_lossy(&site["pieces/second.html"]).contains("Newer words."));
}

#[test]
fn pruning_removes_what_the_site_named_and_nothing_else() {
    let archive = Archive::new(&["first", "second"]);
    assert!(archive.distribute(&[]).status.success());
    archive.write("public/notes.txt", "mine");
    fs::remove_file(archive.path("source/second.yaml")).unwrap();
    let kept = archive.distribute(&[]);
    assert!(told(&kept).contains("no longer named"), "{}", told(&kept));
    assert!(archive.site().contains_key("pieces/second.html"));
    assert!(archive.distribute(&["--prune"]).status.success());
    let site = archive.site();
    assert!(
        site.keys().all(|path| !path.contains("second")),
        "{:?}",
        site.keys()
    );
    assert_eq!(site["notes.txt"], b"mine");
}

#[test]
fn a_dry_run_tells_and_does_nothing() {
    let archive = Archive::new(&["first"]);
    let output = archive.distribute(&["--dry-run"]);
    assert!(output.status.success());
    assert!(
        told(&output).contains("would put pieces/first.html"),
        "{}",
        told(&output)
    );
    assert!(!archive.path("public").exists());
}

#[test]
fn a_folder_that_is_no_site_of_ours_is_left_alone() {
    let archive = Archive::new(&["first"]);
    fs::create_dir(archive.path("public")).unwrap();
    archive.write("public/index.html", "somebody's");
    for more in [&[][..], &["--prune"]] {
        let output = archive.distribute(more);
        assert_eq!(output.status.code(), Some(2), "{}", told(&output));
        assert!(
            told(&output).contains("no site of ours"),
            "{}",
            told(&output)
        );
    }
    assert_eq!(archive.site().len(), 1);
    archive.write("public/manifest.json", "{\"name\": \"an app\"}");
    assert_eq!(archive.distribute(&[]).status.code(), Some(2));
    assert_eq!(archive.site()["index.html"], b"somebody's");
}

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

#[test]
fn wrong_targets_and_sites_are_refused_before_anything_is_put() {
    let (archive, _) = fresh();
    for to in ["ftp://host/x", "s3://", ""] {
        let output = archive.run(&["distribute", "source", "--to", to]);
        assert_eq!(output.status.code(), Some(2), "{to}: {}", told(&output));
    }
    let output = archive.run(&["distribute", "source", "--to", "s3://bucket/site"]);
    assert_eq!(output.status.code(), Some(2), "{}", told(&output));
    assert!(
        told(&output).contains("cannot reach s3://bucket: there are no credentials"),
        "{}",
        told(&output)
    );
    archive.write("bad.yaml", "titel: x\n");
    let output = archive.run(&[
        "distribute",
        "source",
        "--to",
        "nowhere",
        "--site",
        "bad.yaml",
    ]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        told(&output).contains("did you mean `title`?"),
        "{}",
        told(&output)
    );
    let output = archive.run(&["distribute", "no-such-folder", "--to", "nowhere"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(!archive.path("nowhere").exists());
}
