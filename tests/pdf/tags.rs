//! What the tags say of words, cells and links.

use flashpoint::editions::{Options, pdf};
use flashpoint::theme::{PageSize, Theme};
use flashpoint::typeset::{GlyphKind, Placed, layout};

use crate::conformance::broken_rules;
use crate::edition::{from_yaml, written};
use crate::reader::{Element, Kid, read};

/// The elements under the last paragraph of a piece with this text, as brackets.
fn of_text(text: &str) -> String {
    let edition = from_yaml(&format!(
        "{{series: S, title: T, date: 2025-11-04, language: en, contributors: [{{name: N, statement: ['{text}']}}]}}"
    ));
    assert_eq!(broken_rules(&edition.bytes), [""; 0]);
    let document = read(&edition.bytes);
    let mut found = Vec::new();
    document.find("P", &mut found);
    brackets(found.last().unwrap())
}

fn brackets(element: &Element) -> String {
    let kids = element.kids.iter().map(|kid| match kid {
        Kid::Element(kid) => brackets(kid),
        Kid::Text(text) => text.clone(),
        Kid::Annotation { contents, .. } => format!("<{contents}>"),
    });
    let says: String = element.says.iter().map(|said| format!(" {said}")).collect();
    format!("{}{says}[{}]", element.role, kids.collect::<String>())
}

#[test]
fn emphasis_and_strong_are_elements_of_their_own() {
    assert_eq!(
        of_text("One *two* three **four *five*** end."),
        "P[One Em[two] three Strong[four Em[five]] end.]"
    );
}

#[test]
fn raised_and_lowered_words_are_spans_that_say_so() {
    assert_eq!(
        of_text("E = mc^2^ and H~2~O, *m^3^*."),
        "P[E = mcSpan BaselineShift=up[2] and HSpan BaselineShift=down[2]O, Em[mSpan BaselineShift=up[3]].]"
    );
}

#[test]
fn a_link_is_described_by_its_words_and_by_where_it_leads() {
    assert_eq!(
        of_text("See [the *whole* report](https://example.org/a)."),
        "P[See Link[the Em[whole] report<the whole report: https://example.org/a>].]"
    );
    assert_eq!(
        of_text("See [https://example.org/a](https://example.org/a)."),
        "P[See Link[https://example.org/a<https://example.org/a>].]"
    );
    assert_eq!(
        of_text("See [le mot *juste*](lang:fr)."),
        "P[See Span Lang=\"fr\"[le mot Em[juste]].]"
    );
}

#[test]
fn the_first_column_heads_its_rows_where_that_is_said_and_empty_cells_head_nothing() {
    let edition = from_yaml(
        "{series: S, title: T, date: 2025-11-04, language: en, contributors: [{name: N, statement: [
        {table: {row_heads: true, header: [['', '2023']], rows: [[Imports, '1'], ['', '2']]}},
        {table: {header: [[A, B]], rows: [[c, d]]}}]}]}",
    );
    assert_eq!(broken_rules(&edition.bytes), [""; 0]);
    let mut rows = Vec::new();
    let document = read(&edition.bytes);
    document.find("TR", &mut rows);
    let rows: Vec<String> = rows.into_iter().map(brackets).collect();
    assert_eq!(
        rows,
        [
            "TR[TD[]TH Scope=Column[2023]]",
            "TR[TH Scope=Row[Imports]TD[1]]",
            "TR[TD[]TD[2]]",
            "TR[TH Scope=Column[A]TH Scope=Column[B]]",
            "TR[TD[c]TD[d]]",
        ]
    );
}

#[test]
fn a_note_leads_back_to_each_of_its_references() {
    let edition = from_yaml(
        "{series: S, title: T, date: 2025-11-04, language: en, contributors: [{name: N, statement: ['One.[^n] Two.[^n]']}], notes: {n: Words.}}",
    );
    assert_eq!(broken_rules(&edition.bytes), [""; 0]);
    let mut notes = Vec::new();
    let document = read(&edition.bytes);
    document.find("Note", &mut notes);
    assert_eq!(notes.len(), 1);
    assert_eq!(
        brackets(notes[0]),
        "Note ID=\"note_1\"[Lbl[Link[1<1: Back to the text>]]P[Words.Span BaselineShift=up[\u{a0}]Link BaselineShift=up[\u{2191}2<\u{2191}2: Back to the text 2>]]]"
    );
    let mut references = Vec::new();
    document.find("Reference", &mut references);
    let expected = "Reference[Link BaselineShift=up[1<1: Words.>]]";
    assert_eq!(
        references.into_iter().map(brackets).collect::<Vec<_>>(),
        [expected; 2]
    );
}

/// Nobody reads boxes aloud or otherwise, so a file of boxes says nothing of accessibility.
#[test]
fn a_file_whose_letters_are_boxes_does_not_claim_to_be_accessible() {
    let composition = from_yaml(
        "{series: S, title: T, date: 2025-11-04, language: en, contributors: [{name: N, statement: [Words.]}]}",
    )
    .composition;
    let whole = written(&composition).unwrap();
    let (theme, page_size) = (Theme::classic(), PageSize::A4);
    let mut pages = layout(&composition, &theme, page_size).unwrap();
    for placed in &mut pages.pages[0].content {
        if let Placed::Line(line) = placed {
            let glyphs = line.runs.iter_mut().flat_map(|run| &mut run.glyphs);
            glyphs.for_each(|glyph| glyph.kind = GlyphKind::Missing);
        }
    }
    let options = Options { theme, page_size };
    let boxes = pdf::write(&composition, &pages, &options).unwrap();
    let claims = |bytes: &[u8]| bytes.windows(7).any(|window| window == b"pdfuaid");
    assert!(claims(&whole) && !claims(&boxes));
}
