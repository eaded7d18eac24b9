//! Round-ups as they come in: mails, interviews, tables for layout, biographies. Who says what is shown as an editor would write it.

use expect_test::{Expect, expect};
use flashpoint::import::{Imported, Wishes};
use flashpoint::load::{Loaded, load};
use flashpoint::piece::{Block, LanguageTag};

use super::imported;
use super::word::{docx, p, r};

pub(super) const FIRST: &str =
    "The ceasefire has held for eleven days, which is longer than most people expected.";
pub(super) const SECOND: &str =
    "None of the parties has an interest in a new escalation, since trade has come to a halt.";

/// What somebody says, in a line a block; a long text is its first words.
pub(super) fn shown(imported: &Imported) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("piece.yaml");
    std::fs::write(&path, &imported.source).unwrap();
    let loaded: Loaded = load(&path);
    let mut out = String::new();
    for line in imported.source.lines() {
        if ["series: ", "title: ", "subtitle: ", "date: "]
            .iter()
            .any(|key| line.starts_with(key))
        {
            out += &format!("{line}\n");
        }
    }
    let few = |text: &str| {
        text.split_whitespace()
            .take(4)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let block = |block: &Block| match block {
        Block::Paragraph(text) => few(&text.plain()),
        Block::Heading(text) => format!("# {}", text.plain()),
        other => format!("{other:?}"),
    };
    let piece = loaded
        .piece
        .unwrap_or_else(|| panic!("{}", imported.source));
    for one in &piece.introduction {
        out += &format!("introduction: {}\n", block(one));
    }
    for one in &piece.contributors {
        out += &format!("{}\n", one.name);
        for text in [&one.affiliation, &one.bio.as_ref().map(|bio| bio.plain())]
            .into_iter()
            .flatten()
        {
            out += &format!("  = {text}\n");
        }
        for one in &one.statement {
            out += &format!("  {}\n", block(one));
        }
    }
    out
}

pub(super) fn read(name: &str, bytes: &[u8]) -> Imported {
    let wishes = Wishes {
        language: LanguageTag::parse("en-GB").ok(),
        series: Some("Flash Point".to_owned()),
        date: Some("2025-11-12".to_owned()),
        ..Wishes::default()
    };
    let imported = imported(name, bytes, &wishes);
    let lost = imported
        .remarks
        .iter()
        .find(|remark| remark.message.contains("found no place"));
    assert_eq!(lost, None, "{}", imported.source);
    imported
}

pub(super) fn hold(name: &str, text: &str, expected: &Expect) {
    let text = text.replace("FIRST", FIRST).replace("SECOND", SECOND);
    expected.assert_eq(&shown(&read(name, text.as_bytes())));
}

#[test]
fn mails_lose_their_heads_and_say_who_sent_them() {
    hold(
        "mails.txt",
        "From: Amina Khan <khan@example.org>\nTo: Noor\nDate: Wed, 12 Nov 2025 09:14:02 +0500\nSubject: Re: After the Summit\n\n\
         Dear Noor,\n\nPlease find below my contribution.\n\nFIRST\n\nBest wishes\nAmina\n\n--\nAmina Khan\nDirector, ISSI\n+92 51 9204423\n\n\
         From: Fahd Humayun <f@example.org>\nTo: Noor\nSubject: Re: After the Summit\n\nSECOND\n",
        &expect![[r#"
            series: Flash Point
            title: After the Summit
            date: 2025-11-12
            Amina Khan
              = Director, ISSI
              The ceasefire has held
            Fahd Humayun
              None of the parties
        "#]],
    );
    hold(
        "thread.txt",
        "After the Summit\n\nOn Wed, Nov 12, 2025 at 9:14 AM, Amina Khan <khan@example.org> wrote:\n> FIRST\n>\n> SECOND\n\n\
         On Thu, Nov 13, 2025 at 7:02 PM, Fahd Humayun <f@example.org> wrote:\n> SECOND\n",
        &expect![[r#"
            series: Flash Point
            title: After the Summit
            date: 2025-11-12
            Amina Khan
              The ceasefire has held
              None of the parties
            Fahd Humayun
              None of the parties
        "#]],
    );
    let head = |name: &str| {
        let lines = [
            format!("From: {name} &lt;a@example.org&gt;"),
            "Sent: 12 November 2025 09:14".to_owned(),
            "Subject: RE: After the Summit".to_owned(),
        ];
        p(&lines.map(|line| r(&line)).join("<w:r><w:br/></w:r>"))
    };
    let text = |text: &str| p(&r(text));
    let document = head("Amina Khan")
        + &text(FIRST)
        + &text("Regards,")
        + &text("Amina")
        + &head("Fahd Humayun")
        + &text(SECOND);
    expect![[r#"
        series: Flash Point
        title: After the Summit
        date: 2025-11-12
        Amina Khan
          The ceasefire has held
        Fahd Humayun
          None of the parties
    "#]]
    .assert_eq(&shown(&read(
        "mails.docx",
        &docx(&[("document", &document)]),
    )));
}

#[test]
fn signs_that_were_typed_are_looks_and_headings() {
    hold(
        "signs.txt",
        "*After the Summit*\n\n*Amina Khan*\n_Director, ISSI_\n\nFIRST\n\nIt is a *very* old story, as everybody knows who has read about it.\n\n\
         *Fahd Humayun*\n_Professor, Tufts University_\n\nSECOND\n",
        &expect![[r#"
            series: Flash Point
            title: After the Summit
            date: 2025-11-12
            Amina Khan
              = Director, ISSI
              The ceasefire has held
              It is a very
            Fahd Humayun
              = Professor, Tufts University
              None of the parties
        "#]],
    );
    hold(
        "rows.txt",
        "After the Summit\n================\n\nAmina Khan\n----------\nDirector, ISSI\n\nFIRST\n\nFahd Humayun\n------------\nProfessor, Tufts University\n\nSECOND\n",
        &expect![[r#"
            series: Flash Point
            title: After the Summit
            date: 2025-11-12
            Amina Khan
              = Director, ISSI
              The ceasefire has held
            Fahd Humayun
              = Professor, Tufts University
              None of the parties
        "#]],
    );
}

#[test]
fn interviews_are_what_each_says_under_the_questions() {
    hold(
        "names.txt",
        "After the Summit\n\nFlash Point: How stable is it?\n\nAMINA KHAN: FIRST\n\nFAHD HUMAYUN: SECOND\n\nFlash Point: What is next?\n\n\
         FAHD HUMAYUN: FIRST\n\nAMINA KHAN: SECOND\n\nAmina Khan is Director of the Centre at ISSI.\nFahd Humayun is with Tufts University.\n",
        &expect![[r#"
            series: Flash Point
            title: After the Summit
            date: 2025-11-12
            AMINA KHAN
              = Amina Khan is Director of the Centre at ISSI.
              # How stable is it?
              The ceasefire has held
              # What is next?
              None of the parties
            FAHD HUMAYUN
              = Fahd Humayun is with Tufts University.
              # How stable is it?
              None of the parties
              # What is next?
              The ceasefire has held
        "#]],
    );
    hold(
        "letters.txt",
        "After the Summit\n\nAmina Khan, Director of ISSI\n\nQ: How stable is it?\n\nA: FIRST\n\nQ: What is next?\n\nA: SECOND\n",
        &expect![[r#"
            series: Flash Point
            title: After the Summit
            date: 2025-11-12
            Amina Khan
              = Director of ISSI
              # How stable is it?
              The ceasefire has held
              # What is next?
              None of the parties
        "#]],
    );
    hold(
        "once.txt",
        "After the Summit\n\nAmina Khan: FIRST\n\nSECOND\n\nDr. Fahd Humayun: SECOND\n",
        &expect![[r#"
            series: Flash Point
            title: After the Summit
            date: 2025-11-12
            Amina Khan
              The ceasefire has held
              None of the parties
            Dr. Fahd Humayun
              None of the parties
        "#]],
    );
}

#[test]
fn what_is_said_of_people_elsewhere_goes_to_them() {
    hold(
        "authors.md",
        "# After the Summit\n\n## Amina Khan\n\nFIRST\n\n## Fahd Humayun\n\nSECOND\n\n## About the Authors\n\n\
         **Amina Khan** is a fellow at ISSI.\n\n**Dr Fahd Humayun** teaches at Tufts University.\n\nMansoor Ahmad Khan is a former ambassador.\n",
        &expect![[r#"
            series: Flash Point
            title: After the Summit
            date: 2025-11-12
            Amina Khan
              = Amina Khan is a fellow at ISSI.
              The ceasefire has held
            Fahd Humayun
              = Dr Fahd Humayun teaches at Tufts University.
              None of the parties
        "#]],
    );
    hold(
        "table.md",
        "# After the Summit\n\n| Name | Affiliation |\n|---|---|\n| Amina Khan | Director, ISSI |\n| Fahd Humayun | Tufts University |\n\n\
         ## Amina Khan\n\nFIRST\n\n## Fahd Humayun\n\nSECOND\n",
        &expect![[r#"
            series: Flash Point
            title: After the Summit
            date: 2025-11-12
            Amina Khan
              = Director, ISSI
              The ceasefire has held
            Fahd Humayun
              = Tufts University
              None of the parties
        "#]],
    );
    hold(
        "below.md",
        "# After the Summit\n\nFIRST\n\n*Amina Khan is a fellow at ISSI.*\n\nSECOND\n\n*Fahd Humayun is with Tufts University.*\n",
        &expect![[r#"
            series: Flash Point
            title: After the Summit
            date: 2025-11-12
            Amina Khan
              = Amina Khan is a fellow at ISSI.
              The ceasefire has held
            Fahd Humayun
              = Fahd Humayun is with Tufts University.
              None of the parties
        "#]],
    );
    hold(
        "one.txt",
        "After the Summit\n\nFIRST\n\nSECOND\n\nAmina Khan is a fellow at ISSI.\n",
        &expect![[r#"
            series: Flash Point
            title: After the Summit
            date: 2025-11-12
            Amina Khan
              = Amina Khan is a fellow at ISSI.
              The ceasefire has held
              None of the parties
        "#]],
    );
}

#[test]
fn names_on_one_line_with_the_text_are_found() {
    hold(
        "run-in.md",
        "# After the Summit\n\nFlash Point, 12 November 2025\n\n**Amina Khan**, Director of ISSI: FIRST\n\n**Fahd Humayun**\n*Tufts University*\n\nSECOND\n",
        &expect![[r#"
            series: Flash Point
            title: After the Summit
            date: 2025-11-12
            Amina Khan
              = Director of ISSI
              The ceasefire has held
            Fahd Humayun
              = Tufts University
              None of the parties
        "#]],
    );
    hold(
        "ends.txt",
        "After the Summit\n\nFIRST — Amina Khan, Director of ISSI\n\nSECOND (Fahd Humayun, Tufts University)\n",
        &expect![[r#"
            series: Flash Point
            title: After the Summit
            date: 2025-11-12
            Amina Khan
              = Director of ISSI
              The ceasefire has held
            Fahd Humayun
              = Tufts University
              None of the parties
        "#]],
    );
    hold(
        "quotes.md",
        "# After the Summit\n\n12 November 2025\n\n> FIRST\n>\n> — **Amina Khan**, Director of ISSI\n\n> SECOND\n>\n> — Fahd Humayun, Tufts University\n",
        &expect![[r#"
            series: Flash Point
            title: After the Summit
            date: 2025-11-12
            Amina Khan
              = Director of ISSI
              The ceasefire has held
            Fahd Humayun
              = Tufts University
              None of the parties
        "#]],
    );
}

#[test]
fn tables_that_set_names_beside_texts_are_no_tables() {
    let cell = |lines: &[&str]| {
        let paragraphs: String = lines.iter().map(|line| p(&r(line))).collect();
        format!("<w:tc>{paragraphs}</w:tc>")
    };
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let table = [
        row(&[cell(&["Speaker"]), cell(&["Statement"])]),
        row(&[
            cell(&["AMINA KHAN", "DIRECTOR, ISSI"]),
            cell(&[FIRST, SECOND]),
        ]),
        row(&[cell(&["Fahd Humayun", "Tufts University"]), cell(&[SECOND])]),
    ];
    let document = p(&r("After the Summit")) + "<w:tbl>" + &table.concat() + "</w:tbl>" + &p("");
    expect![[r#"
        series: Flash Point
        title: After the Summit
        date: 2025-11-12
        AMINA KHAN
          = DIRECTOR, ISSI
          The ceasefire has held
          None of the parties
        Fahd Humayun
          = Tufts University
          None of the parties
    "#]]
    .assert_eq(&shown(&read(
        "layout.docx",
        &docx(&[("document", &document)]),
    )));
    // What compares is a table.
    let table = [
        row(&[cell(&["Country"]), cell(&["Position"])]),
        row(&[cell(&["Saudi Arabia"]), cell(&[FIRST])]),
        row(&[cell(&["United States"]), cell(&[SECOND])]),
    ];
    let document = p(&r("After the Summit"))
        + &p(&r(FIRST))
        + "<w:tbl>"
        + &table.concat()
        + "</w:tbl>"
        + &p("");
    let imported = read("table.docx", &docx(&[("document", &document)]));
    assert!(imported.source.contains("- table:"), "{}", imported.source);
}
