//! `verify --strict` asks the checkers of others that are installed: here programs that answer as they do.

use serde_json::Value;

use crate::program::{Place, Ran};

/// What each program answers of a file with nothing to tell, and of one with a fault.
const ANSWERS: [(&str, &str, &str); 6] = [
    ("qpdf", "exit 3", "echo damaged >&2; exit 2"),
    (
        "ooxml-validator",
        r#"echo '{"ok": true, "errors": []}'"#,
        r#"echo '{"ok": false, "errors": [{"description": "an element too many", "path": "/word/document.xml"}]}'"#,
    ),
    (
        "openxml-audit",
        r#"echo '[{"valid": true, "errors": []}]'"#,
        r#"echo '[{"valid": false, "errors": [{"description": "no such id", "part_uri": "/word/styles.xml"}]}]'"#,
    ),
    (
        "epubcheck",
        "exit 0",
        "echo 'Validating'; echo 'ERROR(RSC-005): nav.xhtml(1,2): no such attribute'; exit 1",
    ),
    (
        "ace",
        r#"echo '{"earl:result": {"earl:outcome": "pass"}, "assertions": []}' >"$4/report.json""#,
        r#"echo '{"earl:result": {"earl:outcome": "fail"}, "assertions": [{"earl:testSubject": {"url": "nav.xhtml"},
            "assertions": [{"earl:result": {"dct:description": "no  name"}}]}]}' >"$4/report.json""#,
    ),
    (
        "vnu",
        r#"echo '{"messages": []}' >&2"#,
        r#"echo '{"messages": [{"lastLine": 7, "message": "not allowed"}]}' >&2; exit 1"#,
    ),
];

/// A piece with its editions, and programs that answer so.
fn place(answers: &[(&str, &str)]) -> Place {
    let place = Place::new();
    place.write(
        "source/p.yaml",
        "series: S\ntitle: T\nslug: p\ndate: 2025-01-01\nlanguage: en\ncontributors: [{name: A, statement: [Words.]}]\n",
    );
    place
        .run("export source -q -f pdf,docx,epub,html")
        .expect(0);
    for (program, answer) in answers {
        place.write("answer", format!("#!/bin/sh\n{answer}\n"));
        // A copy that this process never had open can be run at once.
        place
            .shell(&format!(
                "mkdir -p bin && cp answer bin/{program} && chmod +x bin/{program}"
            ))
            .expect(0);
    }
    place
}

fn verified(place: &Place, line: &str) -> Ran {
    let mut command = place.command(line);
    command.env("PATH", place.at("bin"));
    Ran::of(command.output().unwrap())
}

#[test]
fn those_that_are_installed_are_asked_and_named() {
    let sound: Vec<(&str, &str)> = ANSWERS
        .iter()
        .map(|(name, sound, _)| (*name, *sound))
        .collect();
    let asked = place(&sound);
    verified(&asked, "verify source --strict --report report.jsonl")
        .expect(0)
        .says(&[
            "outside checkers that ran: page_validation (1 file), qpdf (1 file), the Open XML SDK's validator (1 file), openxml-audit (1 file), \
             EPUBCheck (1 file), Ace (1 file), the Nu checker (1 file)\n",
        ]);
    let report = String::from_utf8(asked.read("report.jsonl")).unwrap();
    let line: Value = serde_json::from_str(report.lines().next().unwrap()).unwrap();
    assert_eq!(line["checkers"]["qpdf"], "passed", "{line}");
    // Nobody asks them without need, and one that is missing is no fault.
    let ran = verified(&asked, "verify source").expect(0);
    assert!(!ran.stderr.contains("outside"), "{}", ran.stderr);
    verified(
        &place(&sound[..1]),
        "verify dist/p.pdf dist/p.epub --strict",
    )
    .expect(0)
    .says(&["qpdf (1 file); not installed: the Open XML SDK's validator, "]);
}

#[test]
fn what_they_find_fails_and_is_told_with_its_place() {
    for ((program, _, faulty), told) in ANSWERS.iter().zip([
        "p.pdf: qpdf: damaged\n",
        "p.docx: the Open XML SDK's validator: /word/document.xml: an element too many\n",
        "p.docx: openxml-audit: /word/styles.xml: no such id\n",
        "p.epub: EPUBCheck: ERROR(RSC-005): nav.xhtml(1,2): no such attribute\n",
        "p.epub: Ace: nav.xhtml: no name\n",
        "p.html: the Nu checker: line 7: not allowed\n",
    ]) {
        let place = place(&[(program, faulty)]);
        verified(&place, "verify source --strict")
            .expect(1)
            .says(&[told]);
    }
}

#[test]
fn one_that_gives_no_verdict_vouches_for_nothing() {
    for (program, ..) in ANSWERS {
        let place = place(&[(program, "echo 'no Java here' >&2; exit 9")]);
        verified(&place, "verify source --strict")
            .expect(1)
            .says(&[" gave no verdict: no Java here\n"]);
    }
}

#[test]
fn the_longest_tables_are_judged() {
    let place = Place::new();
    let rows: Vec<String> = (0..1100).map(|row| format!("[{row}]")).collect();
    place.write(
        "source/p.yaml",
        format!(
            "series: S\ntitle: T\nslug: p\ndate: 2025-01-01\nlanguage: en\n\
             contributors: [{{name: A, statement: [{{table: {{header: [[N]], rows: [{}]}}}}]}}]\n",
            rows.join(", ")
        ),
    );
    place.run("export source -q -f pdf").expect(0);
    verified(&place, "verify source --strict")
        .expect(0)
        .says(&["page_validation (1 file)"]);
}
