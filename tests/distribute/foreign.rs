//! What stands at a target and is not ours: files, links, and values in a manifest.

use std::fs;
use std::os::unix::fs::symlink;

use serde_json::{Value, json};

use crate::archive::{Archive, Files};
use crate::program::Ran;

/// Changes the manifest at the target.
fn edit_manifest(archive: &Archive, edit: impl FnOnce(&mut Value)) {
    let mut manifest = serde_json::from_slice(&archive.place.read("public/manifest.json")).unwrap();
    edit(&mut manifest);
    let text = serde_json::to_vec(&manifest).unwrap();
    archive.place.write("public/manifest.json", text);
}

#[test]
fn files_that_are_not_ours_are_refused_by_name_and_left_alone() {
    let archive = Archive::new(&["first"]);
    let theirs = ["sitemap.xml", "feed.xml", "pieces/first/cover.png"];
    for path in theirs {
        archive.place.write(format!("public/{path}"), "somebody's");
    }
    for more in ["", "--dry-run"] {
        let ran = archive.distribute(more).expect(2);
        ran.says(&["`sitemap.xml`", "`feed.xml`", "`pieces/first/cover.png`"]);
    }
    let site = archive.site();
    assert_eq!(site.len(), theirs.len());
    assert!(site.values().all(|bytes| bytes == b"somebody's"));
}

#[test]
fn a_file_of_ours_beside_a_foreign_one_of_a_later_site_is_told_from_it() {
    let archive = Archive::new(&["first"]);
    archive.distribute("").expect(0);
    archive
        .place
        .write("public/pieces/second.html", "somebody's");
    archive.write("first", "Other words.");
    archive.write("second", "Words.");
    archive.export();
    let before = archive.site();
    archive
        .distribute("")
        .expect(2)
        .says(&["`pieces/second.html` stands there"]);
    assert!(archive.site() == before);
}

#[test]
fn what_is_byte_for_byte_what_would_be_put_becomes_ours() {
    let archive = Archive::new(&["first"]);
    archive.distribute("").expect(0);
    let whole = archive.site();
    archive.remove("public/manifest.json");
    archive.distribute("").expect(0);
    assert!(archive.site() == whole);
    archive.remove("source/first.yaml");
    archive.write("second", "Words.");
    archive.export();
    archive.distribute("--prune").expect(0);
    let mut site = archive.site();
    let notice = site.remove("pieces/first.html");
    let mut alone = archive.fresh("second-alone");
    for files in [&mut site, &mut alone] {
        files.retain(|path, _| path != "manifest.json" && path != "SHA256SUMS");
    }
    assert!(notice.is_some() && site == alone);
}

#[test]
fn links_at_the_target_lead_no_file_out_of_it() {
    let archive = Archive::new(&["first"]);
    for planted in [".flashpoint-new", "pieces", "index.html"] {
        fs::create_dir_all(archive.place.at("public")).unwrap();
        archive.place.write("elsewhere/precious.txt", "precious");
        let link = archive.place.at(format!("public/{planted}"));
        symlink(archive.place.at("elsewhere"), &link).unwrap();
        let ran = archive.distribute("");
        assert!(matches!(ran.code, Some(1 | 2)), "{planted}: {ran:?}");
        let left: Vec<_> = archive.place.files("elsewhere").into_keys().collect();
        assert_eq!(left, ["precious.txt"], "{planted}");
        fs::remove_file(link).unwrap();
        archive.remove("public");
    }
}

#[test]
fn a_run_that_changes_nothing_leaves_no_empty_folder() {
    let archive = Archive::new(&["first"]);
    archive.place.write("public/index.html", "somebody's");
    archive.distribute("").expect(2);
    assert!(!archive.place.has("public/.flashpoint-new"));
    archive.remove("public/index.html");
    archive.distribute("").expect(0);
    archive.distribute("").expect(0);
    assert!(!archive.place.has("public/.flashpoint-new"));
}

#[test]
fn a_manifest_cannot_put_addresses_into_pages_and_feeds() {
    let archive = Archive::new(&["first", "second"]);
    archive.distribute("").expect(0);
    let whole = archive.site();
    let evil = "javascript:alert(1)";
    let edits = [
        ("/page", evil),
        ("/license", evil),
        ("/downloads/0/path", evil),
        ("/downloads/0/format", "exe"),
        ("/people/0/url", evil),
        ("/cover/path", "pieces/second/cover.png"),
        ("/modified", "yesterday"),
        ("/uuid", "\0"),
        ("/title", "a\0b"),
        ("/slug", "../first"),
        ("/language", "\""),
    ];
    for (key, value) in edits {
        edit_manifest(&archive, |manifest| {
            let publication = &mut manifest["pieces"]["first"]["publication"];
            *publication.pointer_mut(key).unwrap() = json!(value);
        });
        archive.distribute("").expect(0);
        let site = archive.site();
        assert_eq!(named(&site, evil), None, "{key}");
        assert!(site == whole, "{key}");
    }
}

/// A file of a site that names something.
fn named<'a>(site: &'a Files, what: &str) -> Option<&'a String> {
    let mut files = site.iter();
    let holds = |bytes: &[u8]| {
        bytes
            .windows(what.len())
            .any(|part| part == what.as_bytes())
    };
    files.find(|(_, bytes)| holds(bytes)).map(|(path, _)| path)
}

#[test]
fn pages_carry_a_policy_that_lets_in_what_the_site_has_and_nothing_else() {
    let archive = Archive::new(&["first"]);
    archive.distribute("").expect(0);
    let site = archive.site();
    let pages = site.iter().filter(|(path, _)| path.ends_with(".html"));
    let mut count = 0;
    for (path, bytes) in pages {
        let page = String::from_utf8(bytes.clone()).unwrap();
        let head = page.split("</head>").next().unwrap();
        let policy = head
            .split("http-equiv=\"Content-Security-Policy\" content=\"")
            .nth(1);
        let policy = policy.unwrap_or_else(|| panic!("{path} has no policy"));
        assert!(policy.starts_with("default-src 'none'; "), "{path}");
        // What the policy forbids is not in the page.
        assert!(
            !page.contains("<style") && !page.contains(" src=\"http"),
            "{path}"
        );
        // Data, and files of the site's own where the policy lets them run.
        let data = page.matches("<script type=\"application/ld+json\"").count();
        let files = page.matches("<script defer src=\"").count();
        assert_eq!(page.matches("<script").count(), data + files, "{path}");
        let policy = policy.split('"').next().unwrap();
        assert_eq!(policy.contains("script-src 'self'"), files > 0, "{path}");
        assert!(!policy.contains("script-src 'self' "), "{path}");
        assert!(!policy.contains("unsafe-eval"), "{path}");
        count += 1;
    }
    assert!(count >= 3, "{count}");
}

#[test]
fn certificates_that_are_not_looked_at_are_told() {
    let archive = Archive::new(&["first"]);
    let run = |allow: &str| {
        let mut command = archive.distribution_to("s3://bucket/site", "no-such-source");
        for (name, value) in [
            ("AWS_ACCESS_KEY_ID", "x"),
            ("AWS_SECRET_ACCESS_KEY", "x"),
            ("AWS_ALLOW_INVALID_CERTIFICATES", allow),
        ] {
            command.env(name, value);
        }
        Ran::of(command.output().unwrap()).expect(2).stderr
    };
    assert!(run("true").contains("warning: AWS_ALLOW_INVALID_CERTIFICATES is set"));
    assert!(!run("false").contains("AWS_ALLOW"));
}

/// Another version of this program may have written the manifest, or somebody's hand.
#[test]
fn a_piece_of_which_the_manifest_says_nothing_that_can_be_read_is_not_taken_off() {
    let archive = Archive::new(&["first", "second", "third"]);
    archive.distribute("").expect(0);
    let whole = archive.site();
    edit_manifest(&archive, |manifest| {
        *manifest
            .pointer_mut("/pieces/first/publication/date")
            .unwrap() = json!("0000-99-99");
        manifest["pieces"]["second"] = json!({"of": "another version"});
    });
    let before = archive.site();
    for more in ["", "--prune"] {
        let line = format!("distribute source/third.yaml --site site.yaml --to public {more}");
        let ran = archive.run(&line).expect(2);
        ran.says(&[
            "`first`, `second` stand at the target",
            "name their sources too",
        ]);
        assert!(archive.site() == before, "{more}");
    }
    // Whoever names all sources has all pieces again.
    archive.distribute("").expect(0);
    assert!(archive.site() == whole);
    // And whose source is gone from the folder is taken off where that is asked for.
    edit_manifest(&archive, |manifest| {
        manifest["pieces"]["second"] = json!({"of": "another version"});
    });
    archive.remove("source/second.yaml");
    archive.distribute("").expect(2);
    archive.distribute("--prune").expect(0);
    let site = archive.site();
    assert!(!site.contains_key("pieces/second/cover.png"));
    assert!(site.contains_key("pieces/third.html"));
}
