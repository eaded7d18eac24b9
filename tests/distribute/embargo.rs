//! Drafts and embargoes: nothing of a piece is told before its hour.

use std::io::Read;

use crate::archive::{Archive, Files, follow_links};
use crate::life::with;

/// Before, at and after the hour of the embargo in [`EARLY`].
const BEFORE: &str = "--now 2025-11-04T08:59:59+05:00";
const AT: &str = "--now 2025-11-04T04:00:00Z";

/// A piece that nobody may know of before its hour.
const EARLY: &str = "series: Hidden Series\ntitle: Secretissimum Tractatus\ndate: 2025-11-04\nlanguage: en-GB\nslug: early\n\
    embargo: 2025-11-04T09:00+05:00\ncontributors:\n  - {name: Zyx Wvutson, statement: [\"Quagmire marmalade sentence.\"]}\n";

/// What tells of it.
const MARKERS: &[&str] = &[
    "Secretissimum",
    "Wvutson",
    "Quagmire marmalade",
    "early",
    "Hidden Series",
];

/// Every word that stands in a file, packed or not.
pub(crate) fn unpacked(path: &str, bytes: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(bytes).into_owned();
    if let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) {
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).unwrap();
            let mut inner = Vec::new();
            entry.read_to_end(&mut inner).unwrap();
            let name = entry.name().to_owned();
            text += &format!("\n{name}\n{}", unpacked(&name, &inner));
        }
    }
    if path.ends_with(".pdf") {
        let mut document = lopdf::Document::load_mem(bytes).unwrap();
        document.decompress();
        let mut plain = Vec::new();
        document.save_to(&mut plain).unwrap();
        text += &String::from_utf8_lossy(&plain);
        text += &document.extract_text(&[1]).unwrap_or_default();
    }
    text
}

/// Where something is told of the hidden piece.
fn leaks(site: &Files) -> Vec<String> {
    let told = site.iter().flat_map(|(path, bytes)| {
        let text = unpacked(path, bytes);
        let found = MARKERS.iter().filter(move |marker| {
            // A word of its own, not a part of another one: `clearly`.
            let said = |text: &str| {
                let mut parts = text.split(|c: char| !c.is_alphanumeric());
                match marker.contains(' ') {
                    true => text.contains(**marker),
                    false => parts.any(|part| part == **marker),
                }
            };
            said(&text) || said(path)
        });
        found.map(move |marker| format!("{path} tells {marker}"))
    });
    told.collect()
}

#[test]
fn an_embargoed_piece_is_put_at_its_hour_without_another_export() {
    let archive = Archive::new(&["first"]);
    archive.place.write("source/early.yaml", EARLY);
    archive.export();
    for made in [
        "early.pdf",
        "early.review.pdf",
        "early.review.docx",
        "early.review.epub",
    ] {
        assert!(archive.place.has(format!("dist/{made}")), "{made}");
    }
    archive
        .distribute(BEFORE)
        .expect(0)
        .says(&["1 piece:", "next: `early`", "in 1 min"]);
    assert_eq!(leaks(&archive.site()), [] as [&str; 0]);
    archive.distribute(AT).expect(0).says(&["2 pieces:"]);
    let site = archive.site();
    assert!(leaks(&site).len() > 8);
    let shipped = &site["pieces/early/early.pdf"];
    assert_eq!(*shipped, archive.place.read("dist/early.pdf"));
    follow_links(&site);
    // Under an embargo again it stays as it was, and that is told.
    let later = archive.distribute(BEFORE).expect(1);
    later.says(&[
        "error[last-good]",
        "under an embargo until",
        "1 piece as published last",
    ]);
    assert!(archive.site() == site);
}

#[test]
fn the_marks_of_review_editions_are_no_part_of_the_text() {
    let archive = Archive::new(&["first"]);
    archive.place.write("source/early.yaml", EARLY);
    archive
        .place
        .run("export source -q --verify -f pdf,docx,epub,html")
        .expect(0);
    let clean = archive.place.run("text dist/early.epub").expect(0).stdout;
    for format in ["pdf", "docx", "epub", "html"] {
        let review = format!("dist/early.review.{format}");
        assert_eq!(
            archive
                .place
                .run(&format!("text {review}"))
                .expect(0)
                .stdout,
            clean,
            "{format}"
        );
        let bytes = archive.place.read(&review);
        let packed = unpacked(&review, &bytes);
        assert!(
            packed.contains("Embargoed until 4 November 2025"),
            "{format}"
        );
        let clean = archive.place.read(format!("dist/early.{format}"));
        assert!(
            !unpacked(&format!("early.{format}"), &clean).contains("Embargoed"),
            "{format}"
        );
    }
}

#[test]
fn a_draft_has_review_editions_alone_and_is_shown_on_a_target_of_its_own() {
    let archive = Archive::new(&["first", "second"]);
    archive.write("third", "Words.");
    with(&archive, "third", "status: draft\n");
    archive.export();
    assert!(archive.place.has("dist/third.review.pdf") && !archive.place.has("dist/third.pdf"));
    archive
        .distribute("")
        .expect(0)
        .says(&["2 pieces:", "1 waiting"]);
    assert!(!archive.site().keys().any(|path| path.contains("third")));
    archive
        .distribute("--drafts")
        .expect(2)
        .says(&["a site for readers"]);
    archive
        .run("distribute source --site site.yaml --to staging --drafts")
        .expect(0);
    let page = String::from_utf8(archive.place.read("staging/pieces/third.html")).unwrap();
    assert!(
        page.contains("Draft | What") && page.contains("noindex"),
        "{page}"
    );
    assert_eq!(
        archive.place.read("staging/pieces/third/third.pdf"),
        archive.place.read("dist/third.review.pdf")
    );
    archive
        .run("distribute source --site site.yaml --to staging")
        .expect(2);
    // A draft again stays as it was published.
    with(&archive, "second", "status: draft\n");
    let before = archive.site();
    archive.distribute("").expect(1).says(&["a draft again"]);
    assert!(archive.site() == before);
}
