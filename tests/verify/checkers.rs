//! Outside checkers: those that are installed are asked, and the others named.

use crate::change::{edition, exported_as};
use crate::program::{Place, Ran};

/// Verifies strictly with the checkers of a folder, and none on the path.
fn strictly(place: &Place) -> Ran {
    let mut command = place.command("verify source --strict --report report.jsonl");
    command.env("PATH", place.at("nothing"));
    command.env("FLASHPOINT_CHECKERS", place.at("checkers"));
    Ran::of(command.output().unwrap())
}

#[test]
fn checkers_that_are_not_there_are_named() {
    let place = exported_as(&["docx", "pdf"]);
    let ran = strictly(&place).expect(0);
    for name in ["veraPDF", "qpdf", "Open XML SDK validator", "openxml-audit"] {
        assert!(ran.stderr.contains(name), "{}", ran.stderr);
    }
    assert!(ran.stderr.contains("ran: none"), "{}", ran.stderr);
    let report = String::from_utf8(place.read("report.jsonl")).unwrap();
    assert!(report.contains("\"ran\":false"), "{report}");
    // Unasked, nobody is named.
    let ran = place.run("verify source").expect(0);
    assert!(!ran.stderr.contains("qpdf"), "{}", ran.stderr);
}

#[cfg(unix)]
#[test]
fn a_checker_that_refuses_a_file_makes_it_fail() {
    use std::os::unix::fs::PermissionsExt;
    let place = exported_as(&["docx"]);
    let name = "checkers/venv/bin/openxml-audit";
    for (script, code, named) in [
        ("#!/bin/sh\nexit 0\n", 0, "ran: openxml-audit (1 file)"),
        (
            "#!/bin/sh\necho 'Error: a rule'\nexit 1\n",
            1,
            "openxml-audit: Error: a rule",
        ),
    ] {
        place.write(name, script);
        std::fs::set_permissions(place.at(name), std::fs::Permissions::from_mode(0o755)).unwrap();
        let ran = strictly(&place).expect(code);
        assert!(ran.stderr.contains(named), "{}", ran.stderr);
    }
    assert!(place.has(edition("docx")));
}
