//! Affiliations to which signs behind names refer: in Word, Markdown and text.

use expect_test::expect;

use super::inbox::{FIRST, SECOND, hold, read, shown};
use super::word::{docx, p, r};

fn up(text: &str) -> String {
    format!("<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>{text}</w:t></w:r>")
}

#[test]
fn the_signs_of_a_line_of_names_say_what_those_are_who_speak_below() {
    hold(
        "end.txt",
        "After the Summit\n\nAda Lovelace¹, Bo Chen²*\n\nAda Lovelace\n\nFIRST\n\nBo Chen\n\nSECOND\n\n\
         1 Institute of Strategic Studies, Islamabad\n2 Tufts University, Medford\n* Corresponding author: bo@example.org\n",
        &expect![[r#"
            series: Flash Point
            title: After the Summit
            date: 2025-11-12
            Ada Lovelace
              = Institute of Strategic Studies, Islamabad
              The ceasefire has held
            Bo Chen
              = Tufts University, Medford
              None of the parties
        "#]],
    );
    hold(
        "below.md",
        "# After the Summit\n\nAda Lovelace^1^, Bo Chen^2,\\*^, and Cy Dunn^1,2^\n\n^1^ Institute of Strategic Studies  \n^2^ Tufts University  \n\
         ^\\*^ bo@example.org\n\n## Ada Lovelace\n\nFIRST It has 10^6^ readers.\n\n## Bo Chen\n\nSECOND\n\n## Cy Dunn\n\nFIRST\n",
        &expect![[r#"
            series: Flash Point
            title: After the Summit
            date: 2025-11-12
            Ada Lovelace
              = Institute of Strategic Studies
              The ceasefire has held
            Bo Chen
              = Tufts University
              None of the parties
            Cy Dunn
              = Institute of Strategic Studies; Tufts University
              The ceasefire has held
        "#]],
    );
    hold(
        "numbered.md",
        "# After the Summit\n\n## Ada Lovelace [1]\n\nFIRST\n\n## Bo Chen [2]\n\nSECOND\n\n## Affiliations\n\n1. Institute of Strategic Studies\n2. Tufts University\n",
        &expect![[r#"
            series: Flash Point
            title: After the Summit
            date: 2025-11-12
            Ada Lovelace
              = Institute of Strategic Studies
              The ceasefire has held
            Bo Chen
              = Tufts University
              None of the parties
        "#]],
    );
}

#[test]
fn raised_runs_of_word_refer_to_lists_below_and_at_the_end() {
    let text = |text: &str| p(&r(text));
    let body = text("After the Summit")
        + &text("12 November 2025")
        + &p(&(r("Ada Lovelace")
            + &up("1")
            + &r(", Bo Chen")
            + &up("2,3")
            + &r(" and Cy Dunn")
            + &up("†")))
        + &p(&(up("1") + &r("Institute of Strategic Studies")))
        + &p(&(up("2")
            + &r("Tufts University, ")
            + &up("3")
            + &r(" Dawn, Quetta; ")
            + &up("†")
            + &r(" Bureau of Statistics")))
        + &text("Ada Lovelace")
        + &text(FIRST)
        + &text("Bo Chen")
        + &text(SECOND)
        + &text("Cy Dunn")
        + &text(FIRST);
    expect![[r#"
        series: Flash Point
        title: After the Summit
        date: 2025-11-12
        Ada Lovelace
          = Institute of Strategic Studies
          The ceasefire has held
        Bo Chen
          = Tufts University; Dawn, Quetta
          None of the parties
        Cy Dunn
          = Bureau of Statistics
          The ceasefire has held
    "#]]
    .assert_eq(&shown(&read("below.docx", &docx(&[("document", &body)]))));
    let own = |name: &str, said: &str, is: &str| {
        p(&(r(name) + &up("*"))) + &text(said) + &p(&(up("*") + &r(is)))
    };
    let body = text("After the Summit")
        + &own(
            "Ada Lovelace",
            FIRST,
            "Director, Institute of Strategic Studies",
        )
        + &own(
            "Bo Chen",
            SECOND,
            "Bo Chen is Professor at Tufts University.",
        );
    expect![[r#"
        series: Flash Point
        title: After the Summit
        date: 2025-11-12
        Ada Lovelace
          = Director, Institute of Strategic Studies
          The ceasefire has held
        Bo Chen
          = Bo Chen is Professor at Tufts University.
          None of the parties
    "#]]
    .assert_eq(&shown(&read("own.docx", &docx(&[("document", &body)]))));
}

#[test]
fn those_who_wrote_one_text_together_are_one_line_of_names() {
    hold(
        "paper.txt",
        "After the Summit\n\nNovember 12, 2025\n\nAda Lovelace¹, Bo Chen²* and Cy Dunn¹,²\n\n¹ Institute of Strategic Studies Islamabad\n² Tufts University, Medford\n\
         * Corresponding author: bo@example.org\n\nFIRST\n\nSECOND\n",
        &expect![[r#"
            series: Flash Point
            title: After the Summit
            date: 2025-11-12
            Ada Lovelace, Bo Chen and Cy Dunn
              = Institute of Strategic Studies Islamabad (Ada Lovelace, Cy Dunn); Tufts University, Medford (Bo Chen, Cy Dunn)
              The ceasefire has held
              None of the parties
        "#]],
    );
}

#[test]
fn lists_of_a_text_and_its_own_notes_stay() {
    hold(
        "notes.txt",
        "After the Summit\n\nAda Lovelace*\n\nFIRST It is so.¹ So it is.²\n\nBo Chen†\n\nSECOND\n\n* Institute of Strategic Studies\n† Tufts University\n\n\
         ¹ Interview with an officer in Kabul.\n² See the report of the ministry.\n",
        &expect![[r#"
            series: Flash Point
            title: After the Summit
            date: 2025-11-12
            Ada Lovelace
              = Institute of Strategic Studies
              The ceasefire has held
            Bo Chen
              = Tufts University
              None of the parties
              ¹ Interview with an
              ² See the report
        "#]],
    );
    hold(
        "list.txt",
        "After the Summit\n\nAda Lovelace\n\nFIRST\n\nBo Chen\n\nSECOND\n\n1. Open the crossings at the border\n2. Agree on monitors from the institute\n",
        &expect![[r#"
            series: Flash Point
            title: After the Summit
            date: 2025-11-12
            Ada Lovelace
              The ceasefire has held
            Bo Chen
              None of the parties
              Numbered([Text(Marked("Open the crossings at the border")), Text(Marked("Agree on monitors from the institute"))])
        "#]],
    );
}
