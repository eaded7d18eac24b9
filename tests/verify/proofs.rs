//! Proofs on the way: `export --verify` before an edition takes its place, `distribute` before it ships one.

use flashpoint::digest::Sha256;

use crate::change::repack;
use crate::program::{Place, piece};

/// A folder with two pieces, exported with proofs.
fn proved() -> Place {
    let place = Place::new();
    place.write("source/a.yaml", piece("a", "The first words."));
    place.write("source/b.yaml", piece("b", "The second words."));
    place.run("export source --verify").expect(0);
    place
}

fn proofs(place: &Place) -> usize {
    let text = place.read("dist/.flashpoint/proofs-1");
    String::from_utf8(text).unwrap().lines().count()
}

#[test]
fn a_proved_edition_is_not_proved_again_until_something_changes() {
    let place = proved();
    assert_eq!(proofs(&place), 6);
    place
        .run("export source --verify")
        .expect(0)
        .says(&["2 pieces (2 unchanged), 0 files"]);
    place.write("source/b.yaml", piece("b", "Other second words."));
    place
        .run("export source --verify")
        .expect(0)
        .says(&["2 pieces (1 unchanged), 3 files"]);
    assert_eq!(proofs(&place), 9);
    // What stands there unproved is made again; without `--verify` nobody asks.
    std::fs::remove_file(place.at("dist/.flashpoint/proofs-1")).unwrap();
    place
        .run("export source")
        .expect(0)
        .says(&["2 pieces (2 unchanged)"]);
    place
        .run("export source --verify")
        .expect(0)
        .says(&["2 pieces, 6 files"]);
}

#[test]
fn signs_of_every_face_of_ours_are_proved() {
    let place = Place::new();
    place.write(
        "source/a.yaml",
        piece("a", "Signs \u{2603} and \u{2605}, \u{2192} and \u{2713}."),
    );
    place
        .run("export source --verify -f all,html")
        .expect(0)
        .says(&["1 piece, 4 files"]);
}

#[test]
fn texts_that_are_nothing_but_the_mark_of_a_note_are_proved() {
    let place = Place::new();
    let blocks = [
        "\"[^n]\"",
        "{table: {header: [[a, b]], rows: [[\"[^n]\", x], [y, \"\"]], caption: \"[^m]\"}}",
        "{list: [\"[^n]\", b]}",
        "{quote: \"[^m]\"}",
        "After.",
    ];
    let statement: String = blocks
        .iter()
        .map(|block| format!("      - {block}\n"))
        .collect();
    let notes = "notes: {n: A note., m: Another.}\n";
    place.write(
        "source/a.yaml",
        format!("series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en-GB\ncontributors:\n  - name: N\n    statement:\n{statement}{notes}"),
    );
    place
        .run("export source --verify -f all,html")
        .expect(0)
        .says(&["1 piece, 4 files"]);
}

#[test]
fn the_report_tells_how_long_proofs_took() {
    let place = Place::new();
    place.write("source/a.yaml", piece("a", "The first words."));
    place
        .run("export source --verify --report report.jsonl")
        .expect(0);
    let report = String::from_utf8(place.read("report.jsonl")).unwrap();
    assert!(report.contains("\"proof\""), "{report}");
}

/// Changes a word of an edition and makes the record believe that it was made so.
fn forge(place: &Place) {
    let name = "dist/a.docx";
    let old = place.read(name);
    let (new, changed) = repack(&old, "word/document.xml", |text| {
        text.replace("first words", "worst words")
    });
    assert!(changed);
    place.write(name, &new);
    let journal = String::from_utf8(place.read("dist/.flashpoint/record-1.jsonl")).unwrap();
    let [old, new] = [&old, &new].map(|bytes| Sha256::of(bytes).to_string());
    let mut forged = String::new();
    for line in journal.lines() {
        let json = line[17..].replace(&old, &new);
        let sum = &Sha256::of(json.as_bytes()).to_string()[..16];
        forged.push_str(&format!("{sum} {json}\n"));
    }
    assert!(forged.contains(&new));
    place.write("dist/.flashpoint/record-1.jsonl", forged);
}

#[test]
fn distribute_ships_no_edition_whose_proof_fails() {
    let place = proved();
    place.run("distribute source --to site").expect(0);
    forge(&place);
    let ran = place.run("distribute source --to site").expect(1);
    let ran = ran.says(&[
        "edition-unproved",
        "a.docx does not say what its source says",
        "“worst”",
        "--unproved",
    ]);
    assert!(!ran.stderr.contains("a.pdf"), "{}", ran.stderr);
    // What stood on the site before still does.
    let forged = place.read("dist/a.docx");
    assert_ne!(place.read("site/pieces/a/a.docx"), forged);
    place
        .run("distribute source --to site --unproved")
        .expect(0);
    let shipped = place.read("site/pieces/a/a.docx");
    assert_eq!(shipped, place.read("dist/a.docx"));
}

#[test]
fn distribute_proves_what_export_did_not_and_remembers_it() {
    let place = Place::new();
    place.write("source/a.yaml", piece("a", "The first words."));
    place.run("export source").expect(0);
    place.run("distribute source --to site --dry-run").expect(0);
    assert!(!place.has("dist/.flashpoint/proofs-1"));
    place.run("distribute source --to site").expect(0);
    assert_eq!(proofs(&place), 3);
    place.run("distribute source --to site").expect(0);
    assert_eq!(proofs(&place), 3);
}
