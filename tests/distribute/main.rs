//! `flashpoint distribute`, through the built program: what stands at the target, and what is refused.
#![allow(clippy::unwrap_used, reason = "tests")]

mod archive;
mod endings;

use std::collections::BTreeMap;
use std::fs;
use std::sync::OnceLock;

use archive::{Archive, PIECE, collect, follow_links, hash, told};

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
    let links = follow_links(site);
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
