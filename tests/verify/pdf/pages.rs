//! What pages show beside the text: heads, feet, numbers, repetitions.

use std::ops::Range;

use lopdf::content::Operation;
use lopdf::{Document, Object, dictionary};

use super::{Edit, catalogue, longest, missed, operations, text, written};
use crate::change::all_found;
use crate::program::Place;

/// A piece of several pages, with a table that two of them share and a pull quote that repeats the text.
fn piece() -> String {
    let paragraph = "      - A paragraph of words that fill some lines of a page, since one page is not enough for heads and feet to be seen.\n";
    let rows: Vec<String> = (1..70).map(|row| format!("[{row}, \"{row}0\"]")).collect();
    format!(
        "series: Flash Point\ntitle: Heads and Feet of Pages\ndate: 2025-11-04\nlanguage: en-GB\n\
         contributors:\n  - name: Amina Khan\n    statement:\n{}{}      - pull: one page is not enough for heads and feet to be seen\n\
         {}      - table: {{header: [[Year, Ships]], rows: [{}]}}\n",
        paragraph.repeat(12),
        "      - heading: Trade\n",
        paragraph.repeat(30),
        rows.join(", ")
    )
}

/// The marked contents that are artifacts with this word among their properties, with their first and last operations.
fn artifacts(operations: &[Operation], word: &str) -> Vec<Range<usize>> {
    let begins = |operation: &Operation| {
        operation.operator == "BDC"
            && operation.operands[0]
                .as_name()
                .is_ok_and(|name| name == b"Artifact")
            && format!("{:?}", operation.operands[1]).contains(word)
    };
    let all = operations.iter().enumerate();
    let all = all.filter(|(_, operation)| begins(operation));
    let all = all.map(|(start, _)| {
        let rest = &operations[start..];
        let end = rest
            .iter()
            .position(|operation| operation.operator == "EMC");
        start..start + end.unwrap() + 1
    });
    all.filter(|range| {
        operations[range.clone()]
            .iter()
            .any(|op| op.operator == "TJ")
    })
    .collect()
}

/// Takes artifacts off a page.
fn without(file: &mut Document, page: usize, word: &'static str) -> bool {
    operations(file, page, |all| {
        let found = artifacts(all, word);
        for range in found.iter().rev() {
            all.drain(range.clone());
        }
        !found.is_empty()
    })
}

/// Gives the artifacts of a page another name.
fn renamed(file: &mut Document, page: usize, from: &'static str, to: &'static str) -> bool {
    operations(file, page, |all| {
        let found = artifacts(all, from);
        for range in &found {
            all[range.start].operands[1] =
                Object::Dictionary(dictionary! { "Type" => "Pagination", "Subtype" => to });
        }
        !found.is_empty()
    })
}

/// Shows the folio of one page on another.
fn folio_of(file: &mut Document, from: usize, to: usize) -> bool {
    let page = *file.get_pages().values().nth(from).unwrap();
    let content = lopdf::content::Content::decode(&file.get_page_content(page)).unwrap();
    let own = artifacts(&content.operations, "Footer")[0].clone();
    let own = content.operations[own].to_vec();
    operations(file, to, move |all| {
        let Some(range) = artifacts(all, "Footer").first().cloned() else {
            return false;
        };
        all.splice(range, own.clone());
        true
    })
}

/// Shows the longest line of the first page once more at another height, as an artifact of this kind.
fn twice(file: &mut Document, properties: &'static str) -> bool {
    operations(file, 0, |all| {
        let at = longest(all);
        let set = all[..at].iter().rposition(|op| op.operator == "Tf");
        let (font, line) = (all[set.unwrap()].clone(), all[at].clone());
        all.extend(written(&format!(
            "/Artifact {properties} BDC BT 1 0 0 1 100 30 Tm"
        )));
        all.extend([font, line]);
        all.extend(written("ET EMC"));
        true
    })
}

/// Counts the pages anew.
fn labels(file: &mut Document, range: lopdf::Dictionary) -> bool {
    catalogue(file, |catalogue| {
        let all = vec![0.into(), Object::Dictionary(range.clone())];
        catalogue.set("PageLabels", dictionary! { "Nums" => all });
    })
}

#[rustfmt::skip]
pub(crate) const CHANGES: &[(&str, Edit, &str)] = &[
    ("no folio on a page", |file| without(file, 1, "Footer"), "page 2: the foot of the page does not say"),
    ("no running head on a page", |file| without(file, 1, "Header"), "page 2: the head of the page does not say"),
    ("the folio of another page", |file| folio_of(file, 0, 1), "page 2: the foot of the page says “1"),
    ("a head at the foot", |file| renamed(file, 1, "Header", "Footer"), "page 2: the "),
    ("a head that repeats the table", |file| renamed(file, 1, "Header", "Watermark"), "is no head of a table"),
    ("the text once more as a head", |file| twice(file, "<</Type /Pagination /Subtype /Header>>"), "page 1: the head of the page says"),
    ("the text once more as a foot", |file| twice(file, "<</Type /Pagination /Subtype /Footer>>"), "page 1: the foot of the page says"),
    ("the text once more because a page ends", |file| twice(file, "<</Type /Pagination>>"), "is no head of a table"),
    ("the text once more for the eye", |file| twice(file, "<</Type /Layout>>"), "is no pull quote"),
    ("the text once more for no reason", |file| twice(file, "<<>>"), "is no pull quote"),
    ("pages counted from another number", |file| labels(file, dictionary! { "S" => "D", "St" => 5 }), "page 1: its label is “5”"),
    ("pages counted in Roman numbers", |file| labels(file, dictionary! { "S" => "r" }), "page 1: its label is"),
    ("pages called by a name", |file| labels(file, dictionary! { "P" => text("A-"), "S" => "D" }), "page 1: its label is “A-1”"),
    ("a white folio", |file| operations(file, 1, |all| {
        let Some(range) = artifacts(all, "Footer").first().cloned() else { return false };
        all.splice(range.start + 1..range.start + 1, written("1 g"));
        true
    }), "a head or a foot is not seen"),
    ("a folio of no size", |file| operations(file, 1, |all| {
        let Some(range) = artifacts(all, "Footer").first().cloned() else { return false };
        let show = range.start + all[range.clone()].iter().position(|op| op.operator == "TJ").unwrap();
        all.splice(show..show, written("1 Tz"));
        true
    }), "a head or a foot is not seen"),
    ("a folio in the middle of the page", |file| operations(file, 1, |all| {
        let Some(range) = artifacts(all, "Footer").first().cloned() else { return false };
        for operation in &mut all[range] {
            if operation.operator == "Tm" {
                operation.operands[5] = 400.into();
            }
        }
        true
    }), "the foot of the page stands elsewhere"),
    ("a pull quote that is not shown", |file| without(file, 0, "Layout").max(without(file, 1, "Layout")), "a pull quote is not shown"),
];

#[test]
fn what_stands_beside_the_text_is_what_the_piece_and_its_theme_say() {
    let place = Place::new();
    place.write("source/pages.yaml", piece());
    place.run("export source -q -f pdf").expect(0);
    let name = "dist/heads-and-feet-of-pages.pdf";
    let whole = place.read(name);
    place.run("verify source --strict").expect(0);
    let missed = missed(&place, name, &whole, CHANGES);
    all_found("pdf, beside the text", CHANGES.len(), &missed);
}
