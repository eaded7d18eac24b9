//! `flashpoint distribute`, through the built program: what stands at the target, and what is refused.
#![allow(clippy::unwrap_used, reason = "tests")]

mod archive;
mod embargo;
mod endings;
mod foreign;
mod histories;
mod life;
mod photographs;
#[path = "../support/program.rs"]
mod program;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use archive::{Archive, Files, follow_links};

/// One archive for the tests that only look at a fresh site.
fn fresh() -> &'static (Archive, Files) {
    static FRESH: OnceLock<(Archive, Files)> = OnceLock::new();
    FRESH.get_or_init(|| {
        let archive = Archive::new(&["first", "second"]);
        archive.distribute("").expect(0);
        let site = archive.site();
        (archive, site)
    })
}

fn text(site: &Files, path: &str) -> String {
    String::from_utf8(site[path].clone()).unwrap()
}

#[test]
fn a_site_holds_pages_editions_and_catalogues() {
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
        "pieces/first/thumbnail.png",
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
        let made = archive.place.read(format!("dist/second.{format}"));
        assert_eq!(*shipped, made);
    }
    let page = text(site, "pieces/first.html");
    assert!(page.contains("What &lt;now&gt;?") && page.contains("Words."));
    assert!(!page.contains("<now>"));
    assert!(page.len() < 60_000);
}

#[test]
fn the_sums_are_those_of_every_file_but_themselves_and_the_manifest() {
    let (_, site) = fresh();
    let sums = text(site, "SHA256SUMS");
    let listed: BTreeMap<&str, &str> = sums
        .lines()
        .map(|line| line.split_once("  ").unwrap())
        .map(|(sum, path)| (path, sum))
        .collect();
    let mut others = site.clone();
    others.retain(|path, _| path != "SHA256SUMS" && path != "manifest.json");
    assert!(listed.keys().eq(others.keys()));
    for (path, bytes) in others {
        let hash: String = Sha256::digest(bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(listed[path.as_str()], hash, "{path}");
    }
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
    archive.distribute("").expect(0);
    let before = archive.site();
    let again = archive.distribute("").expect(0);
    again.says(&["2 pieces: 0 files put"]);
    assert_eq!(archive.site(), before);

    archive.write("first", "Other words.");
    archive.export();
    archive.distribute("").expect(0);
    let after = archive.site();
    let mut changed = after
        .iter()
        .filter(|(path, bytes)| before.get(*path) != Some(bytes));
    // Feeds and catalogues tell the size of the new editions.
    let others = changed.find(|(path, _)| path.contains("second"));
    assert!(others.is_none(), "{others:?}");
    assert!(text(&after, "pieces/first.html").contains("Other words."));
}

#[test]
fn the_same_pieces_give_the_same_site() {
    let (archive, site) = fresh();
    assert!(archive.fresh("again") == *site);
}

#[test]
fn editions_that_are_missing_altered_or_outdated_are_told_and_not_shipped() {
    let archive = Archive::new(&["first", "second"]);
    archive.remove("dist/first.pdf");
    archive.place.write("dist/first.docx", "altered");
    archive.write("second", "Newer words.");
    archive.distribute("").expect(1).says(&[
        "first.pdf is missing",
        "first.docx was altered",
        "second.pdf was made from another version",
        "error[not-exported]",
    ]);
    let site = archive.site();
    assert!(site.contains_key("pieces/first/first.epub"));
    for path in [
        "pieces/first/first.pdf",
        "pieces/first/first.docx",
        "pieces/second/second.pdf",
        "pieces/second.html",
    ] {
        assert!(!site.contains_key(path), "{path}");
    }
}

#[test]
fn pruning_removes_what_the_site_named_and_nothing_else() {
    let archive = Archive::new(&["first", "second"]);
    archive.distribute("").expect(0);
    archive.place.write("public/notes.txt", "mine");
    archive.remove("source/second.yaml");
    archive.distribute("").expect(1);
    assert!(archive.place.has("public/pieces/second/second.pdf"));
    archive.distribute("--prune").expect(0);
    let site = archive.site();
    let left: Vec<_> = site.keys().filter(|path| path.contains("second")).collect();
    assert_eq!(left, ["pieces/second.html"]);
    assert_eq!(site["notes.txt"], b"mine");
}

#[test]
fn a_dry_run_tells_and_does_nothing() {
    let archive = Archive::new(&["first"]);
    let ran = archive.distribute("--dry-run").expect(0);
    ran.says(&["would put pieces/first.html"]);
    assert!(!archive.place.has("public"));
}

#[test]
fn a_folder_that_is_no_site_of_ours_is_left_alone() {
    let archive = Archive::new(&["first"]);
    archive.place.write("public/index.html", "somebody's");
    for more in ["", "--prune"] {
        let ran = archive.distribute(more).expect(2);
        ran.says(&["no site of ours"]);
    }
    assert_eq!(archive.site().len(), 1);
    archive
        .place
        .write("public/manifest.json", "{\"name\": \"an app\"}");
    archive.distribute("").expect(2);
    assert_eq!(archive.site()["index.html"], b"somebody's");
}

#[test]
fn a_site_among_the_editions_leaves_them_and_their_record_alone() {
    let archive = Archive::new(&["first"]);
    archive.fresh("dist");
    assert!(archive.place.has("dist/index.html"));
    let ran = archive.place.run("export source").expect(0);
    ran.says(&["1 unchanged"]);
}

#[test]
fn wrong_targets_and_sites_are_refused_before_anything_is_put() {
    let (archive, _) = fresh();
    for (to, said) in [
        ("--to=ftp://host/x", "ftp://"),
        ("--to=s3://", "names no bucket"),
        ("--to=", "is no folder or bucket"),
        (
            "--to s3://bucket/site",
            "cannot reach s3://bucket: there are no credentials",
        ),
    ] {
        let ran = archive.run(&format!("distribute source {to}"));
        ran.expect(2).says(&[said]);
    }
    archive.place.write("bad.yaml", "titel: x\n");
    let ran = archive.run("distribute source --to nowhere --site bad.yaml");
    ran.expect(2).says(&["did you mean `title`?"]);
    let ran = archive.run("distribute no-such-folder --to nowhere");
    ran.expect(2);
    assert!(!archive.place.has("nowhere"));
}

#[test]
fn a_series_is_one_however_it_is_spelled_and_no_address_moves() {
    let archive = Archive::new(&["first", "second"]);
    archive.distribute("").expect(0);
    let before = archive.site();
    for (slug, series) in [
        ("third", "Flash point"),
        ("fourth", "FLASH  \u{a0}POINT"),
        ("fifth", "Flash-Point"),
    ] {
        archive.write(slug, "Words.");
        let path = format!("source/{slug}.yaml");
        let piece = String::from_utf8(archive.place.read(&path)).unwrap();
        // Newer than the others.
        let piece = piece
            .replace("series: Flash Point", &format!("series: \"{series}\""))
            .replace("2025-11-04", "2025-11-05");
        archive.place.write(&path, piece);
    }
    archive.export();
    let ran = archive.distribute("").expect(0);
    ran.says(&[
        "warning[series-spelling]",
        "`Flash point` here, and `Flash Point`",
        "source/third.yaml:1:9",
        "source/fourth.yaml:1:9",
    ]);
    let after = archive.site();
    assert!(before.keys().all(|path| after.contains_key(path)));
    let series: Vec<_> = after
        .keys()
        .filter(|path| path.starts_with("series/") && path.ends_with(".html"))
        .collect();
    assert!(
        matches!(&series[..], [_, one] if *one == "series/flash-point.html"),
        "{series:?}"
    );
    let page = text(&after, "series/flash-point.html");
    assert!(
        page.contains("Flash Point</h1>")
            && page.contains("pieces/fourth.html")
            && !page.contains("pieces/fifth.html")
    );
    assert!(text(&after, "pieces/fourth.html").contains("series/flash-point.html"));
}

#[test]
fn a_search_finds_what_is_published_and_a_changed_piece_changes_one_segment() {
    let archive = Archive::new(&["first", "second"]);
    archive.write("third", "Nightingales sing.");
    archive.export();
    archive.distribute("").expect(0);
    let before = archive.site();
    let terms = |site: &Files| {
        let shards = site
            .iter()
            .filter(|(path, _)| path.starts_with("search/p") && path.ends_with(".txt"));
        let shards = shards.map(|(_, bytes)| String::from_utf8(bytes.clone()).unwrap());
        shards.collect::<String>()
    };
    assert!(terms(&before).contains("\nnightingales "));
    assert!(text(&before, "search/p-0.json").contains("\"pieces/third.html\""));
    assert!(text(&before, "search/n-0.txt").contains("\namina A"));
    assert!(text(&before, "search.html").contains("data-index=\"search/index.json\""));

    archive.write("third", "Larks rise.");
    archive.export();
    archive.distribute("").expect(0);
    let after = archive.site();
    assert!(!terms(&after).contains("nightingales") && terms(&after).contains("\nlarks "));
    // Names are in segments of their own, and stay.
    assert_eq!(before["search/n-0.txt"], after["search/n-0.txt"]);
    assert_eq!(
        after["search/index.json"],
        archive.fresh("again")["search/index.json"]
    );

    // What is withdrawn is found no more.
    archive.place.write(
        "source/third.yaml",
        "series: Flash Point\ntitle: \"What <now>?\"\ndate: 2025-11-04\nlanguage: en-GB\nslug: third\nstatus: withdrawn\n\
         withdrawn: {date: 2025-12-01, reason: Wrong}\ncontributors:\n  - {name: Amina Khan, statement: [\"Larks rise.\"]}\n",
    );
    archive.distribute("").expect(0);
    let site = archive.site();
    assert!(!terms(&site).contains("larks") && !text(&site, "search/p-0.json").contains("third"));

    archive
        .place
        .write("site.yaml", "title: Pieces\nsearch: false\n");
    let site = archive.fresh("still");
    assert!(site.keys().all(|path| !path.starts_with("search")));
    assert!(!text(&site, "index.html").contains("search"));
}

#[test]
fn a_person_s_former_page_leads_on_under_the_person_s_name() {
    let archive = Archive::new(&["first"]);
    archive.place.write(
        "source/one.yaml",
        "series: Flash Point\ntitle: One\ndate: 2025-11-04\nlanguage: en-GB\nslug: one\n\
         contributors:\n  - {name: Amina Khan, orcid: 0000-0002-1825-0097, statement: [Words.]}\n",
    );
    archive.export();
    archive.distribute("").expect(0);
    let page = text(&archive.site(), "people/amina-khan.html");
    assert!(page.contains("<h1>Amina Khan</h1>"), "{page}");
    assert!(page.contains("url=0000-0002-1825-0097.html") && !page.contains("moved"));
}

#[test]
fn no_line_moves_when_the_faces_of_a_page_have_come() {
    let (_, site) = fresh();
    let (_, sheet) = site
        .iter()
        .find(|(path, _)| path.starts_with("style-"))
        .unwrap();
    let sheet = String::from_utf8(sheet.clone()).unwrap();
    for (family, machine) in [("Serif", "Georgia"), ("Sans", "Roboto")] {
        let alike = format!("\"Flashpoint {family} like {machine}\"");
        // Before what any machine may have, and behind the face itself.
        assert!(sheet.contains(&format!("-face: \"Flashpoint {family}\", {alike}, ")));
        let rules = sheet
            .matches(&format!("@font-face {{ font-family: {alike};"))
            .count();
        assert_eq!(rules, 4, "{family}");
    }
}

#[test]
fn the_house_stands_on_every_page_and_pieces_are_shared_without_scripts() {
    let archive = Archive::new(&["first", "second"]);
    archive.place.write(
        "site.yaml",
        "base_url: https://example.org/\ntitle: Pieces\nshare: [bluesky]\nfooter: \"© *The House*\"\nfeeds: {full_text: true}\n\
         navigation:\n  - {label: \"About <us>\", url: about.html}\n",
    );
    let site = archive.fresh("house");
    let page = text(&site, "pieces/first.html");
    for said in [
        "<a href=\"../about.html\">About &lt;us&gt;</a>",
        "© <em>The House</em>",
        "https://bsky.app/intent/compose?text=What%20%3Cnow%3E%3F%20https%3A%2F%2Fexample%2Eorg%2Fpieces%2Ffirst%2Ehtml",
        "data-copies=\"site-citation\"",
        "../people/amina-khan.html",
    ] {
        assert!(page.contains(said), "{said}");
    }
    assert!(text(&site, "index.html").contains("<a href=\"about.html\">"));
    let feed: serde_json::Value = serde_json::from_slice(&site["feed.json"]).unwrap();
    let whole = feed["items"][0]["content_html"].as_str().unwrap();
    assert!(whole.contains("Words.") && feed["version"] == "https://jsonfeed.org/version/1.1");
    assert!(text(&site, "feed.xml").contains("<content type=\"html\">"));
    for path in [
        "icon-32.png",
        "icon-180.png",
        "icon-512.png",
        "site.webmanifest",
    ] {
        assert!(site.contains_key(path), "{path}");
    }
}
