//! The source that an edition was made of: found, kept, and merged with what changed meanwhile.

use std::fs;

use super::desk::{Desk, PIECE};

#[test]
fn what_changed_meanwhile_is_merged_or_told() {
    let desk = Desk::new(PIECE);
    desk.edit(|document| document.replace("closed since October", "closed since May"));
    let ours = PIECE.replace("on both sides", "on either side").replace(
        "Fahd Humayun\n",
        "Fahd Humayun\n    affiliation: Tufts University\n",
    );
    fs::write(desk.folder.path().join("piece.yaml"), &ours).unwrap();
    let (merged, told) = {
        // The edition names the source that it was made of, and that is kept beside it.
        let docx = desk.folder.path().join("dist/edited.docx");
        fs::copy(desk.folder.path().join("edited.docx"), &docx).unwrap();
        let ran = desk.run(&["update", "piece.yaml", "dist/edited.docx"]);
        (
            desk.source(),
            String::from_utf8_lossy(&ran.stderr).into_owned(),
        )
    };
    assert_eq!(merged, ours.replace("since October", "since May"), "{told}");
    let conflict = PIECE.replace("since October", "since June");
    fs::write(desk.folder.path().join("piece.yaml"), &conflict).unwrap();
    let ran = desk.run(&["update", "piece.yaml", "edited.docx"]);
    let told = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert_eq!(
        (ran.status.code(), desk.source()),
        (Some(1), conflict),
        "{told}"
    );
    assert!(
        told.contains("since June") && told.contains("since May") && told.contains("since October"),
        "{told}"
    );
}

#[test]
fn an_edition_that_was_edited_in_its_place_is_kept_and_its_words_come_back() {
    let desk = Desk::new(PIECE);
    desk.edit(|document| document.replace("closed since October", "closed since May"));
    let folder = desk.folder.path();
    let export = || desk.run(&["export", "piece.yaml", "-f", "docx", "-d", "out/editions"]);
    assert!(export().status.success());
    let name = desk.docx().file_name().unwrap().to_owned();
    let edition = folder.join("out/editions").join(name);
    fs::copy(folder.join("edited.docx"), &edition).unwrap();
    let ours = PIECE.replace("on both sides", "on either side");
    fs::write(folder.join("piece.yaml"), &ours).unwrap();
    let ran = export();
    let told = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(
        ran.status.success() && told.contains("edition-altered"),
        "{told}"
    );
    // As the hint says it.
    let hint = told.split("flashpoint update ").nth(1).unwrap();
    let words: Vec<&str> = hint.split('`').next().unwrap().split(' ').collect();
    let ran = desk.run(&["update", words[0], words[1]]);
    let told = String::from_utf8_lossy(&ran.stderr).into_owned();
    let expected = ours.replace("since October", "since May");
    assert_eq!(desk.source(), expected, "{told}");
    assert!(!told.contains("is not kept"), "{told}");
}

#[test]
fn an_edition_of_another_piece_is_refused() {
    let desk = Desk::new(PIECE);
    fs::write(
        desk.folder.path().join("piece.yaml"),
        PIECE.replace("After the Summit", "Before the Summit"),
    )
    .unwrap();
    let ran = desk.run(&["update", "piece.yaml", desk.docx().to_str().unwrap()]);
    let told = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert_eq!(ran.status.code(), Some(2), "{told}");
    assert!(
        told.contains("after-the-summit-what-now") && told.contains("before-the-summit-what-now"),
        "{told}"
    );
}

#[test]
fn the_state_that_an_edition_was_made_of_is_found_in_the_history_of_git() {
    let desk = Desk::new(PIECE);
    let git = |arguments: &[&str]| {
        let ran = std::process::Command::new("git")
            .args([
                "-c",
                "user.name=A",
                "-c",
                "user.email=a@example.org",
                "-c",
                "commit.gpgsign=false",
            ])
            .args(arguments)
            .current_dir(desk.folder.path())
            .output();
        ran.is_ok_and(|ran| ran.status.success())
    };
    // Where there is no git there is nothing to find.
    if !git(&["init", "-q"]) {
        return;
    }
    assert!(git(&["add", "piece.yaml"]) && git(&["commit", "-qm", "first"]));
    desk.edit(|document| document.replace("closed since October", "closed since May"));
    let ours = PIECE.replace("on both sides", "on either side");
    fs::write(desk.folder.path().join("piece.yaml"), &ours).unwrap();
    assert!(git(&["commit", "-qam", "second"]));
    fs::remove_dir_all(desk.folder.path().join("dist")).unwrap();
    let ran = desk.run(&["update", "piece.yaml", "edited.docx"]);
    let told = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert_eq!(
        desk.source(),
        ours.replace("since October", "since May"),
        "{told}"
    );
    assert!(!told.contains("is not kept"), "{told}");
}

#[test]
fn a_clean_export_keeps_the_sources_of_pieces_that_are_there() {
    let desk = Desk::new(PIECE);
    let other = PIECE.replace("After the Summit", "Before the Summit");
    let folder = desk.folder.path();
    fs::write(folder.join("other.yaml"), &other).unwrap();
    let export = |more: &[&str]| {
        let arguments = [&["export", ".", "-f", "docx"], more].concat();
        let ran = desk.run(&arguments);
        assert!(
            ran.status.success(),
            "{}",
            String::from_utf8_lossy(&ran.stderr)
        );
    };
    export(&[]);
    let newer = PIECE.replace("the second item", "the third item");
    fs::write(folder.join("piece.yaml"), &newer).unwrap();
    fs::remove_file(folder.join("other.yaml")).unwrap();
    export(&["--clean"]);
    let kept = fs::read_dir(folder.join("dist/.flashpoint/sources")).unwrap();
    let mut kept: Vec<String> = kept
        .map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect();
    kept.sort();
    let mut expected = [PIECE.to_owned(), newer];
    expected.sort();
    assert_eq!(kept, expected);
}
