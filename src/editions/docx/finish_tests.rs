//! What was given and what came back, when `docx-rs` does not hand on all of it.

use crate::piece::{Direction, LanguageTag};

use super::super::ledger::FirstColumn;
use super::super::ledger::Shown;
use super::super::stretches::Flow;
use super::*;
use crate::compose::Foreign;

const PLACE: Context<'_> = Context {
    language: None,
    right_to_left: false,
    styles: false,
};

/// Finishes one part and closes the ledger.
fn finished(part: &str, mut ledger: Ledger<'_>) -> Result<String, Mismatch> {
    let bytes = finish(part.as_bytes(), PLACE, &mut ledger)?;
    ledger.close()?;
    Ok(String::from_utf8(bytes).expect("UTF-8"))
}

fn document(content: &str) -> String {
    format!("<w:document><w:body>{content}</w:body></w:document>")
}

fn drawing(mark: &str) -> String {
    format!(
        "<w:drawing><wp:inline><wp:docPr id=\"1\" name=\"Figure\" /><pic:cNvPr id=\"0\" name=\"\" />\
         <a:blip r:embed=\"{mark}\" /></wp:inline></w:drawing>"
    )
}

/// The name of the error, for a table of cases.
fn kind(result: Result<String, Mismatch>) -> &'static str {
    match result {
        Ok(_) => "whole",
        Err(Mismatch::Missing(_)) => "missing",
        Err(Mismatch::Strange { .. }) => "strange",
        Err(Mismatch::Xml(_)) => "not well-formed",
    }
}

/// An image that is shown by its pixels alone.
fn pixels(relationship: &str) -> Shown {
    Shown {
        pixels: relationship.to_owned(),
        drawing: None,
    }
}

#[test]
fn figures_are_found_by_their_marks_in_any_order() {
    let mut ledger = Ledger::default();
    let (one, two) = (
        ledger.figure(pixels("rId7"), "one & only"),
        ledger.figure(pixels("rId8"), "two"),
    );
    let part = document(&[drawing(&two), drawing(&one)].concat());
    let whole = finished(&part, ledger).expect("all are there");
    let first = whole.split("</w:drawing>").next().expect("a drawing");
    assert!(
        first.contains("<wp:docPr id=\"2\" name=\"Figure 2\" descr=\"two\"/>")
            && first.contains("r:embed=\"rId8\""),
        "{first}"
    );
    assert!(whole.contains("descr=\"one &amp; only\""), "{whole}");
}

#[test]
fn a_figure_too_few_too_many_or_of_no_id_is_an_error() {
    let cases = |drawings: &[&str]| {
        let mut ledger = Ledger::default();
        ledger.figure(pixels("rId7"), "one");
        ledger.figure(pixels("rId8"), "two");
        let drawn = drawings.iter().map(|mark| drawing(mark));
        kind(finished(&document(&drawn.collect::<String>()), ledger))
    };
    assert_eq!(cases(&["0", "1"]), "whole");
    assert_eq!(cases(&["0"]), "missing");
    assert_eq!(cases(&["0", "1", "1"]), "strange");
    assert_eq!(cases(&["0", "1", "rIdImage3"]), "strange");
    let bare = "<w:drawing><wp:inline><wp:docPr id=\"1\" /></wp:inline></w:drawing>";
    assert_eq!(
        kind(finished(&document(bare), Ledger::default())),
        "strange"
    );
}

#[test]
fn a_table_or_a_row_of_its_head_that_is_left_out_is_an_error() {
    let cases = |style: &str, row: &str| {
        let mut ledger = Ledger::default();
        ledger.table(
            "PieceTable",
            Some("A caption".to_owned()),
            FirstColumn::Heads,
            Direction::LeftToRight,
        );
        ledger.head_row(docx_rs::TableRow::new(Vec::new()));
        let table = format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"{style}\" /></w:tblPr><w:tr><w:trPr>{row}</w:trPr></w:tr></w:tbl>"
        );
        finished(&document(&table), ledger)
    };
    let row = "<w:trHeight w:val=\"1\" w:hRule=\"auto\" />";
    let whole = cases("PieceTable!0", row).expect("all are there");
    assert!(
        whole.contains("<w:tblCaption w:val=\"A caption\"/>")
            && whole.contains("<w:trPr><w:tblHeader/></w:trPr>"),
        "{whole}"
    );
    assert_eq!(kind(cases("PieceTable!0", "")), "missing");
    assert_eq!(kind(cases("PieceTable", row)), "strange");
    assert_eq!(kind(cases("PieceTable!1", row)), "strange");
}

#[test]
fn a_language_that_is_left_out_or_comes_twice_is_an_error() {
    let urdu = Foreign {
        tag: LanguageTag::parse("ur").expect("a tag"),
        direction: Direction::RightToLeft,
    };
    let cases = |runs: &[&str]| {
        let mut ledger = Ledger::default();
        let style = ledger.run("Emphasis", Some(&urdu), Flow::RightToLeft);
        assert_eq!(style, "Emphasis!0");
        let runs = runs.iter().map(|style| {
            format!("<w:r><w:rPr><w:rStyle w:val=\"{style}\" /></w:rPr><w:t>x</w:t></w:r>")
        });
        finished(&document(&runs.collect::<String>()), ledger)
    };
    let whole = cases(&["Emphasis!0"]).expect("it is there");
    assert!(
        whole.contains("<w:rStyle w:val=\"Emphasis\"/><w:rtl/><w:lang w:bidi=\"ur\"/>"),
        "{whole}"
    );
    assert_eq!(kind(cases(&["Emphasis"])), "missing");
    assert_eq!(kind(cases(&["Emphasis!0", "Emphasis!0"])), "strange");
    assert_eq!(kind(cases(&["Emphasis!0", "Emphasis!9"])), "strange");
}

#[test]
fn a_note_without_its_number_its_reference_or_itself_is_an_error() {
    let note = |id: &str, mark: &str| {
        format!(
            "<w:footnote w:id=\"{id}\"><w:r><w:sym w:font=\"\" w:char=\"{mark}\" /></w:r></w:footnote>"
        )
    };
    let cases = |notes: &[String], references: &str| {
        let mut ledger = Ledger::default();
        ledger.note("FootnoteReference", 1);
        ledger.note("FootnoteReference", 2);
        let notes = format!("<w:footnotes>{}</w:footnotes>", notes.concat());
        let body = document(references);
        let outcome = finish(body.as_bytes(), PLACE, &mut ledger);
        kind(outcome.and_then(|_| finished(&notes, ledger)))
    };
    let both = "<w:footnoteReference w:id=\"1\" /><w:footnoteReference w:id=\"2\" />";
    assert_eq!(cases(&[note("1", "0"), note("2", "1")], both), "whole");
    assert_eq!(cases(&[note("1", "0")], both), "missing");
    assert_eq!(cases(&[note("1", "1"), note("2", "0")], both), "strange");
    let one = "<w:footnoteReference w:id=\"1\" />";
    assert_eq!(cases(&[note("1", "0"), note("2", "1")], one), "missing");
    assert_eq!(cases(&[note("1", "0"), note("3", "1")], both), "strange");
}

#[test]
fn the_styles_are_ours_but_for_the_bare_one() {
    let cases = |styles: &[&str]| {
        let mut ledger = Ledger::default();
        ledger.style(
            docx_rs::Style::new("Normal", docx_rs::StyleType::Paragraph),
            None,
        );
        let styles = styles
            .iter()
            .map(|id| format!("<w:style w:styleId=\"{id}\"><w:name w:val=\"{id}\" /></w:style>"));
        let part = format!("<w:styles>{}</w:styles>", styles.collect::<String>());
        finished(&part, ledger)
    };
    let whole = cases(&["Normal", "Normal!0"]).expect("ours is there");
    assert_eq!(whole.matches("w:styleId=\"Normal\"").count(), 1, "{whole}");
    assert_eq!(kind(cases(&["Normal"])), "missing");
    assert_eq!(kind(cases(&["Normal", "Normal!0", "Other"])), "strange");
}
