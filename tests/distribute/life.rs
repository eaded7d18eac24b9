//! The life of a published piece: drafts, embargoes, corrections, withdrawals, other addresses, sources that break and go.

use crate::archive::{Archive, Files, follow_links};
use crate::text;
/// Puts lines before a source of the archive.
pub(crate) fn with(archive: &Archive, slug: &str, more: &str) {
    let path = format!("source/{slug}.yaml");
    let piece = String::from_utf8(archive.place.read(&path)).unwrap();
    archive.place.write(path, format!("{more}{piece}"));
}

#[test]
fn a_broken_source_keeps_its_page_its_downloads_and_its_places() {
    let archive = Archive::new(&["first", "second"]);
    archive.distribute("").expect(0);
    let before = archive.site();
    archive.place.write("source/second.yaml", "series: [\n");
    archive
        .distribute("")
        .expect(1)
        .says(&["last-good", "what was published last stays"]);
    assert!(archive.site() == before);
    // Pruning takes nothing off that a broken source may hold.
    archive.distribute("--prune").expect(1);
    assert!(archive.site() == before);
    // Its neighbours change, and its page follows them.
    archive.write("third", "Words.");
    archive.place.run("export source -q").expect(1);
    archive.distribute("").expect(1);
    let site = archive.site();
    assert!(text(&site, "pieces/second.html").contains("third.html"));
    assert!(text(&site, "pieces/second.html").contains("Words."));
    follow_links(&site);
    archive.write("second", "Words.");
    archive.export();
    archive.distribute("").expect(0);
    assert!(archive.site() == archive.fresh("fresh"));
}

#[test]
fn changed_words_wait_for_their_export_and_what_prints_nothing_does_not() {
    let archive = Archive::new(&["first", "second"]);
    archive.distribute("").expect(0);
    let before = archive.site();
    archive.write("second", "Other words.");
    archive
        .distribute("")
        .expect(1)
        .says(&["no editions of what the source says now"]);
    assert!(archive.site() == before);
    archive.export();
    archive.distribute("").expect(0);
    assert!(text(&archive.site(), "pieces/second.html").contains("Other words."));
    with(&archive, "second", "aliases: [flash-point-2]\n");
    archive.distribute("").expect(1).says(&["slug-taken"]);
}

#[test]
fn a_run_over_one_file_leaves_all_others_as_they_are() {
    let archive = Archive::new(&["first", "second"]);
    archive.distribute("").expect(0);
    let before = archive.site();
    for prune in ["", "--prune"] {
        archive
            .run(&format!(
                "distribute source/first.yaml --site site.yaml --to public {prune}"
            ))
            .expect(0);
        assert!(archive.site() == before, "{prune}");
    }
}

#[test]
fn a_piece_whose_source_lost_its_content_stays_whatever_is_pruned() {
    let archive = Archive::new(&["first", "second"]);
    archive.distribute("").expect(0);
    let before = archive.site();
    archive.place.write("source/second.yaml", "");
    for prune in ["", "--prune"] {
        let ran = archive.distribute(prune).expect(1);
        ran.says(&["error[empty-file]", "source/second.yaml"]);
        assert!(archive.site() == before, "{prune}");
    }
}

#[test]
fn a_piece_that_is_gone_stays_until_it_is_pruned_and_leaves_a_notice_for_ever() {
    let archive = Archive::new(&["first", "second"]);
    archive.distribute("").expect(0);
    let before = archive.site();
    archive.remove("source/second.yaml");
    archive
        .distribute("")
        .expect(1)
        .says(&["the source of `second` is gone"]);
    assert!(archive.site() == before);
    archive.distribute("--prune").expect(0);
    let site = archive.site();
    let left: Vec<_> = site.keys().filter(|path| path.contains("second")).collect();
    assert_eq!(left, ["pieces/second.html"]);
    let notice = text(&site, "pieces/second.html");
    assert!(
        notice.contains("no longer published") && notice.contains("noindex"),
        "{notice}"
    );
    for list in ["index.html", "feed.xml", "sitemap.xml", "opds/all.xml"] {
        assert!(!text(&site, list).contains("second"), "{list}");
    }
    // Another piece never gets the address.
    archive.write("second", "Words of another.");
    let path = "source/second.yaml";
    let piece = String::from_utf8(archive.place.read(path)).unwrap();
    archive.place.write(
        path,
        piece.replace("series: Flash Point", "series: Another"),
    );
    archive.export();
    archive.distribute("").expect(1).says(&["slug-taken"]);
    assert!(archive.site() == site);
    // The piece itself may come back.
    archive.place.write(path, piece);
    archive.export();
    archive.distribute("").expect(0);
    assert!(text(&archive.site(), "pieces/second.html").contains("Words of another."));
}

#[test]
fn a_piece_that_moves_stays_one_and_its_old_address_leads_to_it() {
    let archive = Archive::new(&["first", "second"]);
    archive.distribute("").expect(0);
    let uuid = |site: &Files| {
        let feed = text(site, "feed.xml");
        let mut ids: Vec<String> = feed
            .split("<id>")
            .skip(2)
            .map(|id| id[..45].to_owned())
            .collect();
        ids.sort();
        ids
    };
    let before = uuid(&archive.site());
    let path = "source/second.yaml";
    let piece = String::from_utf8(archive.place.read(path)).unwrap();
    let moved = piece
        .replace("slug: second", "slug: moved\naliases: [Flash Point/second]")
        .replace("series: Flash Point", "series: New Name");
    archive.place.write(path, &moved);
    archive.export();
    archive.distribute("").expect(0);
    let site = archive.site();
    assert_eq!(uuid(&site), before);
    let old = text(&site, "pieces/second.html");
    assert!(
        old.contains("url=moved.html")
            && old.contains("https://example.org/pieces/pieces/moved.html"),
        "{old}"
    );
    let rules = text(&site, "_redirects");
    assert!(
        rules.contains("/pieces/pieces/second.html /pieces/pieces/moved.html 301\n"),
        "{rules}"
    );
    assert!(
        rules.contains("/pieces/pieces/second/second.pdf /pieces/pieces/moved/moved.pdf 301\n"),
        "{rules}"
    );
    // Once more, and the first name keeps it one.
    archive.place.write(
        path,
        moved
            .replace("slug: moved", "slug: again")
            .replace("second]", "second, New Name/moved]"),
    );
    archive.export();
    archive.distribute("--prune").expect(0);
    let site = archive.site();
    assert_eq!(uuid(&site), before);
    for old in ["second", "moved"] {
        assert!(
            text(&site, &format!("pieces/{old}.html")).contains("url=again.html"),
            "{old}"
        );
    }
    follow_links(&site);
}

#[test]
fn a_title_that_would_move_a_piece_is_told_with_the_line_to_add() {
    let archive = Archive::new(&["first"]);
    let named = |title: &str| {
        format!(
            "series: S\ntitle: {title}\ndate: 2025-11-04\nlanguage: en-GB\ncontributors:\n  - {{name: A, statement: [Words.]}}\n"
        )
    };
    archive.place.write("source/a.yaml", named("The border"));
    archive.export();
    archive.distribute("").expect(0);
    let before = archive.site();
    archive
        .place
        .write("source/a.yaml", named("Trade at the border"));
    archive.export();
    let told = archive.distribute("").expect(1);
    told.says(&[
        "error[retitled]",
        "slug: the-border",
        "aliases: [the-border]",
    ]);
    assert!(archive.site() == before);
    archive.place.write(
        "source/a.yaml",
        format!("slug: the-border\n{}", named("Trade at the border")),
    );
    archive.export();
    archive.distribute("").expect(0);
    assert!(text(&archive.site(), "pieces/the-border.html").contains("Trade at the border"));
}

#[test]
fn a_withdrawn_piece_leaves_its_address_with_a_notice_and_stays_in_the_feed() {
    let archive = Archive::new(&["first", "second"]);
    archive.distribute("").expect(0);
    with(
        &archive,
        "second",
        "status: withdrawn\nwithdrawn: {date: 2025-12-01, reason: Two quotations were wrong.}\n",
    );
    archive.distribute("--prune").expect(0);
    let site = archive.site();
    let left: Vec<_> = site.keys().filter(|path| path.contains("second")).collect();
    assert_eq!(left, ["pieces/second.html"]);
    let notice = text(&site, "pieces/second.html");
    assert!(
        notice.contains("withdrawn on 1 December 2025")
            && notice.contains("Two quotations were wrong."),
        "{notice}"
    );
    assert!(!text(&site, "index.html").contains("second.html"));
    let feed = text(&site, "feed.xml");
    assert!(
        feed.contains("second.html") && feed.contains("<updated>2025-12-01T00:00:00Z</updated>"),
        "{feed}"
    );
    follow_links(&site);
    let again = archive.distribute("").expect(0);
    again.says(&[" 0 files put"]);
    archive.write("second", "Words.");
    archive.distribute("").expect(0);
    assert!(archive.site().contains_key("pieces/second/second.pdf"));
}

#[test]
fn corrections_stand_on_the_page_in_the_editions_and_in_the_feed() {
    let archive = Archive::new(&["first"]);
    with(
        &archive,
        "first",
        "corrections:\n  - {date: 2025-12-05, text: The border *was* open.}\n",
    );
    archive.export();
    archive.distribute("").expect(0);
    let site = archive.site();
    let page = text(&site, "pieces/first.html");
    let box_at = page.find("The border was open.").unwrap();
    assert!(
        box_at < page.find("Words.").unwrap()
            && page.contains("<strong>Correction</strong> · <time datetime=\"2025-12-05\">"),
        "{page}"
    );
    assert!(page.contains("\"CorrectionComment\""));
    assert!(text(&site, "feed.xml").contains("<updated>2025-12-05T00:00:00Z</updated>"));
    for format in ["pdf", "docx", "epub"] {
        let said = archive
            .place
            .run(&format!("text dist/first.{format}"))
            .expect(0)
            .stdout;
        assert!(
            said.contains("Correction · 5 December 2025: The border was open."),
            "{format}: {said}"
        );
    }
    archive.place.run("verify source").expect(0);
}

#[test]
fn translations_lead_to_each_other_once_both_are_published() {
    let archive = Archive::new(&["first"]);
    let urdu = "series: Flash Point\ntitle: سرحد\ndate: 2025-11-05\nlanguage: ur\nslug: sarhad\ntranslation_of: first\n\
        embargo: 2025-11-05T09:00Z\ncontributors:\n  - {name: امینہ, statement: [الفاظ۔]}\n";
    archive.place.write("source/sarhad.yaml", urdu);
    with(&archive, "first", "translation_of: sarhad\n");
    archive.export();
    archive.distribute("--now 2025-11-05T08:59Z").expect(0);
    let told = |site: &Files| {
        site.values()
            .any(|bytes| String::from_utf8_lossy(bytes).contains("sarhad"))
    };
    assert!(!told(&archive.site()));
    archive.distribute("--now 2025-11-05T09:00Z").expect(0);
    let site = archive.site();
    let page = text(&site, "pieces/first.html");
    assert!(
        page.contains("hreflang=\"ur\"") && page.contains("اردو میں پڑھیں"),
        "{page}"
    );
    assert!(text(&site, "pieces/sarhad.html").contains("Read in English"));
    follow_links(&site);
    with(&archive, "first", "");
    let path = "source/first.yaml";
    let piece = String::from_utf8(archive.place.read(path)).unwrap();
    archive.place.write(
        path,
        piece.replace("translation_of: sarhad", "translation_of: nobody"),
    );
    archive
        .distribute("--now 2025-11-05T09:00Z")
        .expect(0)
        .says(&["warning[translation]", "`nobody`"]);
}

#[test]
fn a_date_in_the_future_is_published_with_a_warning_that_is_never_denied() {
    let archive = Archive::new(&["first"]);
    let now = "--now 2025-11-03T23:59:59Z --deny-warnings";
    archive
        .distribute(now)
        .expect(0)
        .says(&["warning[future-date]"]);
    assert!(archive.site().contains_key("pieces/first.html"));
    archive
        .place
        .run("check source --now 2025-11-03T23:00Z --deny-warnings")
        .expect(0)
        .says(&["future-date"]);
    let quiet = archive
        .place
        .run("check source --now 2025-11-04T00:00Z")
        .expect(0);
    assert!(!quiet.stderr.contains("future-date"), "{quiet:?}");
}

#[test]
fn pieces_of_one_slug_are_not_put_and_all_others_are() {
    let archive = Archive::new(&["first", "second"]);
    let piece = String::from_utf8(archive.place.read("source/second.yaml")).unwrap();
    archive.place.write("source/third.yaml", piece);
    archive.distribute("").expect(1).says(&[
        "duplicate-slug",
        "third.yaml claims the address `second` too",
    ]);
    let site = archive.site();
    assert!(site.contains_key("pieces/first.html") && !site.contains_key("pieces/second.html"));
}

#[test]
fn publishing_goes_on_behind_a_piece_that_fails() {
    let archive = Archive::new(&["first"]);
    archive.write("second", "Words.");
    archive.place.write("source/third.yaml", "series: [\n");
    archive
        .place
        .write("site.yaml", "title: Pieces\nformats: [pdf, epub]\n");
    let ran = archive
        .run("publish source --to public --site site.yaml")
        .expect(1);
    let site = archive.site();
    assert!(
        site.contains_key("pieces/second/second.pdf")
            && !site.contains_key("pieces/second/second.docx")
    );
    assert!(!ran.stderr.contains("edition-missing"), "{ran:?}");
    archive.remove("source/third.yaml");
    archive
        .run("publish source --to public --site site.yaml")
        .expect(0);
    archive.place.write("site.yaml", "formats: [doc]\n");
    archive
        .run("publish source --to public --site site.yaml")
        .expect(2)
        .says(&["there is no format `doc`"]);
}

#[cfg(feature = "cjk")]
#[test]
fn notices_have_the_faces_of_their_words() {
    let archive = Archive::new(&["first", "second"]);
    archive.place.write(
        "site.yaml",
        "base_url: https://example.org/pieces\ntitle: 边境评论\nlanguage: zh-Hans\n",
    );
    archive.distribute("").expect(0);
    with(
        &archive,
        "second",
        "status: withdrawn\nwithdrawn: {date: 2025-12-01, reason: 数字有误。}\n",
    );
    archive.distribute("").expect(0);
    let site = archive.site();
    for page in ["404.html", "pieces/second.html"] {
        let html = text(&site, page);
        let sheet = html.split("fonts/faces-").nth(1);
        let sheet = sheet.unwrap_or_else(|| panic!("{page} has no sheet of faces: {html}"));
        let sheet = format!("fonts/faces-{}", sheet.split('"').next().unwrap());
        assert!(text(&site, &sheet).contains("url(\"cjk-regular-"), "{page}");
    }
    follow_links(&site);
}
