//! What elements of hypertext say of themselves, taken away, given to others, or said of what it is not true of.

use crate::change::{Change, every_change_is_found, every_change_of};

#[rustfmt::skip]
const CHANGES: &[Change] = &[
    // Pictures.
    ("a picture that leads nowhere", "html", "", "<img src=\"data:", "<img src=\"about:", "its picture is not there"),
    ("a picture without a file", "epub", "statement-1.xhtml", "src=\"images/image-1.png\" ", "", "its picture is not there"),
    ("a picture of another kind", "html", "", "data:image/png;", "data:image/jpeg;", "said to be `image/jpeg`"),
    ("faces of another kind", "html", "", "data:font/woff2;", "data:font/ttf;", "of another kind"),
    ("the sides of a picture", "epub", "statement-1.xhtml", " height=\"", " data-h=\"", "how large it is"),
    ("a cover shown twice", "epub", "cover.xhtml", "<img role", "<img role=\"doc-cover\" src=\"images/cover.png\" alt=\"\"/><img role", "more than once"),
    // Directions.
    ("a table turned", "epub", "statement-1.xhtml", "<table id", "<table dir=\"rtl\" id", "otherwise than its first cell"),
    ("a list turned", "html", "", "<ul>", "<ul dir=\"rtl\">", "otherwise than its items"),
    // Classes.
    ("a pull quote without its look", "epub", "statement-1.xhtml", " class=\"pull-quote\"", "", "does not look like a pull quote"),
    ("a pull quote without a paragraph", "html", "", "<p class=\"pull\">A second paragraph with a note</p>", "A second paragraph with a note", "outside of its blocks"),
    ("a sign in a pull quote", "html", "", "<p class=\"pull\">A second", "<p class=\"pull\">A se\u{AD}cond", "signs that nobody sees"),
    ("a quotation without its look", "html", "", "<figure class=\"quotation\">", "<figure>", "is a quotation, or looks like one"),
    ("emphasis of another script", "epub", "statement-1.xhtml", "<em>", "<em class=\"heavy\">", "in the way of its script"),
    ("the class of a note", "html", "", "<div>\n<img", "<div class=\"note\">\n<img", "a class of other elements"),
    // Names and roles.
    ("a mark with another name", "epub", "statement-1.xhtml", "id=\"ref_1\"", "aria-label=\"9\" id=\"ref_1\"", "another name"),
    ("a name that leads nowhere", "html", "", "The last word.", "The <a id=\"q1\"></a>last word.", "leads nowhere"),
    ("a subtitle that is none", "html", "", " role=\"doc-subtitle\"", "", "not said to be the subtitle"),
    ("a page without a number", "epub", "title.xhtml", " aria-label=\"1\"", "", "a page without a number"),
    ("notes that mean nothing", "epub", "statement-1.xhtml", " epub:type=\"footnotes\"", "", "does not say what it means"),
    ("the name of a section", "html", "", "aria-label=\"Colophon\"", "aria-label=\"Introduction\"", "is called “Introduction”"),
    ("a sign in the name of notes", "html", "", "aria-label=\"Notes\"", "aria-label=\"No\u{202E}tes\"", "written otherwise"),
    ("a sign in the name of a document", "epub", "colophon.xhtml", "<title>Colophon", "<title>Colo\u{AD}phon", "written otherwise"),
    ("a sign in the contents", "epub", "nav.xhtml", ">Trade<", ">Tr\u{200B}ade<", "written otherwise"),
    ("a space in the contents", "epub", "nav.xhtml", ">Amina Khan<", ">Amina\u{A0}Khan<", "written otherwise"),
    ("a sign in the old contents", "epub", "toc.ncx", "<text>Trade", "<text>\u{202E}Trade", "written otherwise"),
    // Old contents and the package.
    ("the language of a name", "epub", "toc.ncx", "<docTitle>", "<docTitle xml:lang=\"fr\">", "`docTitle` has a `xml:lang`"),
    ("two places of an entry", "epub", "toc.ncx", "<content src=\"title.xhtml\"/>", "<content src=\"title.xhtml\"/><content src=\"colophon.xhtml\"/>", "one name and one place"),
    ("where old contents are", "epub", "content.opf", "id=\"ncx\"", "id=\"ncxx\"", "does not lead to its old contents"),
    ("a sign in the day", "epub", "content.opf", "<dc:date>2025", "<dc:date>20\u{200B}25", "`date` has signs"),
    ("a sign in a role", "epub", "content.opf", ">aut<", ">a\u{200B}ut<", "`role` has signs"),
    ("a sign in a hazard", "epub", "content.opf", "Hazard\">none", "Hazard\">no\u{200B}ne", "accessibilityHazard"),
];

#[test]
fn every_change_of_what_elements_say_is_found_and_named() {
    for format in ["epub", "html"] {
        every_change_is_found(format, CHANGES);
    }
}

const PIECE: &str = r#"
series: Flash Point
title: Proofs and Copies
date: 2025-11-04
language: en-GB
isbn: 978-3-16-148410-0
doi: 10.1000/182
contributors:
  - name: Amina Khan
    statement:
      - Words with a note[^one].
      - table: {header: [[Year, Share]], rows: [["1913", "12.5"], ["1914", "8"]]}
  - name: آمنہ خان
    name_language: ur
    language: ur
    statement:
      - سرحد کے *دونوں* طرف
      - list: [پہلا نکتہ, دوسرا نکتہ]
notes: {one: The note itself.}
"#;

#[rustfmt::skip]
const OTHERS: &[Change] = &[
    ("a list in Urdu from left to right", "html", "", "<ul dir=\"rtl\">", "<ul>", "otherwise than its items"),
    ("Urdu that is slanted", "html", "", "<em class=\"heavy\">", "<em>", "in the way of its script"),
    ("a figure far aside", "epub", "statement-1.xhtml", "padding-inline-end: 0.", "padding-inline-end: 9.", "too far"),
    ("the kind of an identifier", "epub", "content.opf", "scheme=\"onix:codelist5\">15", "scheme=\"onix:codelist5\">02", "`identifier-type` is 15"),
    ("a sign in the ISBN", "epub", "content.opf", "urn:isbn:978", "urn:isbn:97\u{200B}8", "`identifier` has signs"),
];

#[test]
fn every_change_of_other_scripts_and_identifiers_is_found_and_named() {
    for format in ["epub", "html"] {
        every_change_of(PIECE, format, OTHERS);
    }
}
