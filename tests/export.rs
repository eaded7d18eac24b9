//! `flashpoint export`: paths, collisions, and what stays when something fails.

#[path = "support/program.rs"]
mod program;

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::Path;

use program::{Place, piece, questioned};

#[test]
fn without_a_path_everything_in_source_is_made() {
    let place = Place::new();
    place
        .run("export")
        .expect(2)
        .says(&["source/", "name your files or folders"]);
    place.write("source/a.yaml", piece("a", "Words."));
    place.write("source/deeper/b.yml", piece("b", "Words."));
    place
        .run("export -f pdf")
        .expect(0)
        .says(&["2 pieces, 2 files"]);
    let names: Vec<_> = place.files("dist").into_keys().collect();
    assert_eq!(names, ["a.pdf", "b.pdf"]);
}

#[test]
fn a_missing_path_and_a_folder_without_pieces_are_refused_by_name() {
    let place = Place::new();
    place.write("good.yaml", piece("a", "Words."));
    place.write("empty/notes.txt", "no piece");
    place
        .run("export good.yaml missing.yaml")
        .expect(2)
        .says(&["missing.yaml"]);
    place
        .run("export empty")
        .expect(2)
        .says(&["no piece found in empty"]);
    assert!(!place.has("dist"));
}

#[test]
fn two_pieces_with_one_slug_fail_and_the_others_are_made() {
    let place = Place::new();
    place.write("source/a.yaml", piece("same", "One."));
    place.write("source/b.yaml", piece("same", "Two."));
    place.write("source/c.yaml", piece("other", "Three."));
    place
        .run("export")
        .expect(1)
        .says(&["`same`", "source/a.yaml", "source/b.yaml"]);
    assert!(place.has("dist/other.pdf") && !place.has("dist/same.pdf"));
    // What an earlier run made of one of the two stays as it is.
    place
        .run("export source/a.yaml source/c.yaml -f pdf")
        .expect(0);
    let before = place.read("dist/same.pdf");
    place.run("export").expect(1).says(&["`same`"]);
    assert_eq!(place.read("dist/same.pdf"), before);
}

#[test]
fn an_output_folder_that_cannot_be_made_is_refused() {
    let place = Place::new();
    place.write("source/a.yaml", piece("a", "Words."));
    place.write("dist", "a plain file");
    place
        .run("export")
        .expect(2)
        .says(&["cannot write to the folder dist"]);
    place
        .run("export -d dist/deeper")
        .expect(2)
        .says(&["dist/deeper"]);
    assert_eq!(place.read("dist"), b"a plain file");
}

#[test]
fn a_report_that_cannot_be_written_is_refused() {
    let place = Place::new();
    place.write("source/a.yaml", piece("a", "Words."));
    place
        .run("export --report no/such/folder.jsonl")
        .expect(2)
        .says(&["no/such/folder.jsonl"]);
    assert!(place.files("dist").is_empty());
}

#[test]
fn a_failed_piece_stops_no_other_and_keeps_its_earlier_edition() {
    let place = Place::new();
    place.write("source/a.yaml", piece("a", "Words."));
    place.write("source/b.yaml", piece("b", "Words."));
    place.run("export -f pdf").expect(0);
    let before = place.files("dist");
    place.write("source/a.yaml", "series: [");
    place.write("source/b.yaml", piece("b", "Other words."));
    place
        .run("export -f pdf")
        .expect(1)
        .says(&["source/a.yaml", "2 pieces (1 failed), 1 file"]);
    let after = place.files("dist");
    assert_eq!(after["a.pdf"], before["a.pdf"]);
    assert_ne!(after["b.pdf"], before["b.pdf"]);
}

#[test]
fn a_denied_warning_makes_no_edition_and_keeps_the_earlier_one() {
    let place = Place::new();
    place.write("source/a.yaml", questioned("a"));
    place
        .run("export -f pdf --deny-warnings")
        .expect(1)
        .says(&["warning[query]", "warnings are denied"]);
    assert!(place.files("dist").is_empty());
    place
        .run("export -f pdf")
        .expect(0)
        .says(&["warning[query]"]);
    // What is skipped still warns, and is still denied.
    place.run("export -f pdf").expect(0).says(&[
        "warning[query]",
        "source/a.yaml:10:",
        "1 unchanged",
    ]);
    place.run("export -f pdf --deny-warnings").expect(1);
    assert!(place.has("dist/a.pdf"));
}

#[test]
fn a_name_that_is_not_utf_8_is_a_name_like_any_other() {
    let place = Place::new();
    let name = OsStr::from_bytes(b"source/a-\xff.yaml");
    place.write(name, piece("a", "Words."));
    place
        .run("export -f pdf --report report.jsonl")
        .expect(0)
        .says(&["1 piece, 1 file"]);
    place
        .run("export -f pdf --report report.jsonl")
        .expect(0)
        .says(&["1 unchanged"]);
    place.write(name, "series: [");
    place.run("export -f pdf").expect(1).says(&["source/a-"]);
    assert!(place.has("dist/a.pdf"));
}

#[test]
fn links_out_of_the_folder_and_loops_are_told_and_not_followed() {
    let place = Place::new();
    place.write("source/a.yaml", piece("a", "Words."));
    place.write("outside/b.yaml", piece("b", "Words."));
    symlink(place.at("outside/b.yaml"), place.at("source/b.yaml")).expect("a link");
    symlink(place.at("source"), place.at("source/loop")).expect("a loop");
    symlink(place.at("nowhere"), place.at("source/dangling.yaml")).expect("a link");
    place.run("export -f pdf").expect(0).says(&[
        "source/b.yaml is a symbolic link",
        "source/loop is a symbolic link",
        "1 piece, 1 file",
    ]);
    place.run("export source/b.yaml -f pdf").expect(0);
    assert!(place.has("dist/b.pdf"));
}

#[test]
fn a_piece_may_come_through_a_pipe() {
    let place = Place::new();
    place.write("a.yaml", piece("a", "Words."));
    place.run("export a.yaml -f pdf -d plain").expect(0);
    for _ in 0..2 {
        let ran = place.shell("cat a.yaml | \"$FLASHPOINT\" export /dev/stdin -f pdf");
        ran.expect(0).says(&["1 piece, 1 file"]);
        assert_eq!(place.read("dist/a.pdf"), place.read("plain/a.pdf"));
    }
    let ran = place.shell("echo 'series: 5' | \"$FLASHPOINT\" export /dev/stdin -f pdf");
    ran.expect(1).says(&["/dev/stdin:1:9"]);
}

#[test]
fn a_piece_named_in_several_ways_is_made_once() {
    let place = Place::new();
    place.write("source/a.yaml", piece("a", "Words."));
    place
        .run("export source source/a.yaml ./source/../source/a.yaml -f pdf")
        .expect(0)
        .says(&["1 piece,"]);
}

#[test]
fn the_time_told_comes_from_source_date_epoch() {
    let place = Place::new();
    place.write("source/a.yaml", piece("a", "Words."));
    let made = |epoch: Option<&str>| {
        let mut command = place.command("export -f pdf");
        command.envs(epoch.map(|epoch| ("SOURCE_DATE_EPOCH", epoch)));
        assert!(command.status().expect("a run").success());
        place.read("dist/a.pdf")
    };
    let (plain, early, late) = (
        made(None),
        made(Some("1000000000")),
        made(Some("1700000000")),
    );
    assert!(plain != early && early != late);
    assert_eq!(made(None), plain);
}

#[test]
fn covers_are_files_of_their_own_when_asked_for() {
    let place = Place::new();
    place.write("source/a.yaml", piece("a", "Words."));
    place
        .run("export -f pdf --cover-files")
        .expect(0)
        .says(&["2 files"]);
    assert!(
        place
            .read("dist/a.cover.png")
            .starts_with(b"\x89PNG\r\n\x1a\n")
    );
}

#[test]
fn an_epub_whose_pages_cannot_be_set_is_made_without_their_list() {
    let place = Place::new();
    place.write("source/a.yaml", piece("a", "\"A logo \\uF8FF.\""));
    let warning = "warning[pages]: the epub edition lists no pages";
    let alone = place.run("export -f epub").expect(0).says(&[warning]);
    assert_eq!(alone.stderr.matches("[pages]").count(), 1);
    // What stands already is told of again.
    place.run("export -f epub").expect(0).says(&[warning]);
    // The pages are an error of the edition that is nothing but pages, and of no other.
    place
        .run("export -d all")
        .expect(1)
        .says(&["error[pages]: the PDF edition", warning]);
    let names: Vec<_> = place.files("all").into_keys().collect();
    assert_eq!(names, ["a.docx", "a.epub"]);
    assert!(place.files("dist")["a.epub"] == place.files("all")["a.epub"]);
}

#[test]
fn a_character_for_private_use_fails_the_pdf_alone_and_a_claim_in_other_words_the_piece() {
    let place = Place::new();
    place.write("source/a.yaml", piece("a", "\"A logo \\uF8FF.\""));
    let ran = place.run("export").expect(1);
    ran.says(&["error[pages]", "U+F8FF", "source/a.yaml:9:9"]);
    let names: Vec<_> = place.files("dist").into_keys().collect();
    assert_eq!(names, ["a.docx", "a.epub"]);
    let claim = "accessibility: {conforms_to: WCAG Triple-A everything, certified_by: The House}\n";
    place.write("source/a.yaml", claim.to_owned() + &piece("a", "Words."));
    let ran = place.run("check").expect(1);
    ran.says(&[
        "error[conformance]",
        "source/a.yaml:1:30",
        "EPUB Accessibility 1.1 - WCAG 2.2 Level AA",
    ]);
}

/// What is only read aloud is in the file too, and nobody can say it.
#[test]
fn a_character_for_private_use_in_place_of_a_picture_fails_the_pdf_alone() {
    let place = Place::new();
    let image = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/valid/images/rgb.png");
    place.write("rgb.png", fs::read(image).expect("a fixture"));
    place.write(
        "a.yaml",
        "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\nslug: a\ncontributors:\n- name: N\n  statement:\n  - figure: {image: rgb.png, alt: \"A \u{e000}\"}\n",
    );
    place
        .run("export a.yaml")
        .expect(1)
        .says(&["U+E000, a character for private use", "a.yaml:9"]);
    assert!(place.has("dist/a.epub") && !place.has("dist/a.pdf"));
}
