//! Changes of Word documents that a word processor shows or stumbles over, and that leave their words alone: the package, elements that
//! stand once, styles, marks of notes, heads, and signs that nobody sees.

use crate::change::{Change, edition, every_change_of, exported_piece, only, repack};

const PIECE: &str = r#"
series: Flash Point
title: Proofs and Copies
date: 2025-11-04
language: en-GB
publisher: The Institute
contributors:
  - name: Amina Khan
    statement:
      - The first reference[^one] and the second[^one] to a **note** with H~2~O.
      - Another[^two] with a [link](https://example.org/a/).
      - heading: Trade
      - table: {header: [[Year, Ships]], rows: [["1913", "12"], ["1914", "8"]], caption: Ships by year}
      - figure: {image: disc.png, alt: A disc above a bar, caption: The figure}
      - A closing remark.
notes: {one: The note itself., two: "Another, with a [way](https://example.org/) out."}
"#;

/// A relationship of the document.
macro_rules! relation {
    ($kind:literal, $target:literal) => {
        concat!("relationships/", $kind, "\" Target=\"", $target, "\"")
    };
}

#[rustfmt::skip]
const CHANGES: &[Change] = &[
    // The package.
    ("settings that are styles", "docx", "document.xml.rels", relation!("settings", "settings.xml"), relation!("settings", "styles.xml"), "as its `settings`"),
    ("fonts that are settings", "docx", "document.xml.rels", relation!("fontTable", "fontTable.xml"), relation!("fontTable", "settings.xml"), "as its `fontTable`"),
    ("a link of another kind", "docx", "footnotes.xml.rels", "relationships/hyperlink\"", "relationships/hyperlinkx\"", "a `hyperlinkx`"),
    ("a kind of another vocabulary", "docx", "document.xml.rels", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme", "http://example.org/theme", "of the type"),
    ("relationships without a root", "docx", "footnotes.xml.rels", "Relationships", "Relations", "its root is no"),
    ("an end twice", "docx", "[Content_Types].xml", "<Default Extension=\"png\" ContentType=\"image/png\"/>", "<Default Extension=\"png\" ContentType=\"image/png\"/><Default Extension=\"PNG\" ContentType=\"image/png\"/>", "two ends of names"),
    ("a part twice", "docx", "[Content_Types].xml", "<Override PartName=\"/word/document.xml\"", "<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/><Override PartName=\"/word/document.xml\"", "two parts"),
    ("the key of a face", "docx", "word/fontTable.xml", "}\"/>", "}x\"/>", "a `embedRegular` that no edition has"),
    // Elements that stand once, and where they stand.
    ("what a drawing is", "docx", "word/document.xml", "drawingml/2006/picture\"><pic:pic", "drawingml/2006/picturex\"><pic:pic", "`graphicData` has `uri="),
    ("margins twice", "docx", "word/document.xml", "<w:cols w:space", "<w:pgMar w:top=\"1440\" w:right=\"2573\" w:bottom=\"1440\" w:left=\"2573\" w:header=\"720\" w:footer=\"720\" w:gutter=\"0\" /><w:cols w:space", "holds `pgMar` twice"),
    ("a column more", "docx", "word/document.xml", "<w:gridCol w:w=\"2816\"/>", "<w:gridCol w:w=\"2816\"/><w:gridCol w:w=\"2816\"/>", "other widths than their cells"),
    ("a table without its style", "docx", "word/document.xml", "<w:tblStyle w:val=\"PieceTable\"/>", "", "has no `tblStyle`"),
    ("a table without its width", "docx", "word/document.xml", "<w:tblW w:w=\"5000\" w:type=\"pct\" />", "", "has no `tblW`"),
    ("a table without its layout", "docx", "word/document.xml", "<w:tblLayout w:type=\"fixed\" />", "", "has no `tblLayout`"),
    ("a table without its name", "docx", "word/document.xml", "<w:tblCaption w:val=\"Ships by year\"/>", "", "called otherwise than its caption"),
    ("pages without columns", "docx", "word/document.xml", "<w:cols w:space=\"425\" w:num=\"1\" />", "", "has no `cols`"),
    ("pages that end before the text", "docx", "word/document.xml", "<w:p><w:pPr><w:pStyle w:val=\"EndMatter\" />", "<w:sectPr/><w:p><w:pPr><w:pStyle w:val=\"EndMatter\" />", "`body` holds"),
    ("two instructions", "docx", "word/document.xml", "<w:instrText>NOTEREF ref_1 \\f \\h</w:instrText>", "<w:instrText>NOTEREF ref_1 \\f \\h</w:instrText><w:instrText>NOTEREF ref_1 \\f \\h</w:instrText>", "more than one instruction"),
    ("another number of a picture", "docx", "word/document.xml", "<wp:docPr id=\"1\"", "<wp:docPr id=\"2\"", "called in two ways"),
    ("a picture beside its caption", "docx", "word/document.xml", "<w:pStyle w:val=\"Figure\" /><w:jc w:val=\"center\" />", "<w:pStyle w:val=\"Figure\" />", "another side than its words"),
    ("a colour of the theme twice", "docx", "theme1.xml", "<a:lt1>", "<a:dk1><a:srgbClr val=\"1A1A1A\"/></a:dk1><a:lt1>", "holds `dk1` twice"),
    // Notes and marks.
    ("a mark in another style", "docx", "word/document.xml", "<w:rStyle w:val=\"FootnoteReference\" /></w:rPr><w:footnoteReference", "<w:rStyle w:val=\"Emphasis\" /></w:rPr><w:footnoteReference", "the mark of a note looks otherwise"),
    ("a mark without its style", "docx", "word/footnotes.xml", "<w:rPr><w:rStyle w:val=\"FootnoteReference\" /></w:rPr><w:footnoteRef/>", "<w:footnoteRef/>", "the mark of a note looks otherwise"),
    ("a second mark without its style", "docx", "word/document.xml", "<w:rPr><w:rStyle w:val=\"FootnoteReference\" /></w:rPr><w:t xml:space=\"preserve\">1<", "<w:t xml:space=\"preserve\">1<", "a reference to a note looks otherwise"),
    ("a line above notes less", "docx", "word/footnotes.xml", "<w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>", "", "are not there"),
    ("a line above notes twice", "docx", "word/footnotes.xml", "<w:separator/>", "<w:separator/><w:separator/>", "holds `separator` twice"),
    ("two tabs behind a number", "docx", "word/footnotes.xml", "<w:r><w:tab /></w:r>", "<w:r><w:tab /></w:r><w:r><w:tab /></w:r>", "its number and a tab"),
    ("a bookmark of a note that does not end", "docx", "word/footnotes.xml", "<w:bookmarkEnd w:id=\"9\" />", "", "begins or ends alone"),
    ("a bookmark of a note that ends as another", "docx", "word/footnotes.xml", "<w:bookmarkEnd w:id=\"9\" />", "<w:bookmarkEnd w:id=\"5\" />", "begins or ends alone"),
    ("a link to two places", "docx", "word/document.xml", "<w:hyperlink r:id=", "<w:hyperlink w:anchor=\"trade\" r:id=", "leads to two places"),
    // Runs.
    ("a lighter heading", "docx", "word/document.xml", "<w:r><w:t xml:space=\"preserve\">Trade", "<w:r><w:rPr><w:rStyle w:val=\"Strong\"/></w:rPr><w:t xml:space=\"preserve\">Trade", "lighter than those"),
    ("digits from right to left", "docx", "word/document.xml", "<w:r><w:t xml:space=\"preserve\">1914", "<w:r><w:rPr><w:rtl/></w:rPr><w:t xml:space=\"preserve\">1914", "its language is not written in"),
    ("digits of a complex script", "docx", "word/document.xml", "<w:vertAlign w:val=\"subscript\" />", "<w:vertAlign w:val=\"subscript\" /><w:cs/>", "its language is not written in"),
    // Styles.
    ("a style that is not there", "docx", "word/styles.xml", "w:styleId=\"TOC2\"", "w:styleId=\"TOC9\"", "there is no style `TOC2`"),
    ("a style of tables that is not there", "docx", "word/styles.xml", "w:styleId=\"PieceTable\"", "w:styleId=\"OtherTable\"", "styles that every edition has are not there"),
    ("a style twice", "docx", "word/styles.xml", "w:styleId=\"TOC3\"", "w:styleId=\"TOC2\"", "two styles are called `TOC2`"),
    ("how far contents stand in", "docx", "word/styles.xml", "<w:ind w:left=\"300\" w:right=\"0\" />", "<w:ind w:left=\"4000\" w:right=\"0\" />", "`TOC3`"),
    ("the space above tables", "docx", "word/styles.xml", "<w:spacing w:before=\"205\" w:after=\"0\" w:line=\"20\"", "<w:spacing w:before=\"3000\" w:after=\"0\" w:line=\"20\"", "`TableStart`"),
    ("lines below tables", "docx", "word/styles.xml", "<w:spacing w:before=\"0\" w:after=\"205\" w:line=\"20\"", "<w:spacing w:before=\"0\" w:after=\"205\" w:line=\"9000\"", "`TableEnd`"),
    ("words that are not cut", "docx", "word/styles.xml", "<w:suppressAutoHyphens w:val=\"0\"/>", "", "`pPr/suppressAutoHyphens@val`"),
    ("lines alone on a page", "docx", "word/styles.xml", "<w:widowControl w:val=\"1\" />", "", "`pPr/widowControl`"),
    ("a break at the side", "docx", "word/styles.xml", "w:lineRule=\"atLeast\" /><w:jc w:val=\"center\" /></w:pPr></w:style>", "w:lineRule=\"atLeast\" /></w:pPr></w:style>", "`Break`"),
    ("no style that holds unasked", "docx", "word/styles.xml", "w:styleId=\"Normal\" w:default=\"1\"", "w:styleId=\"Normal\" w:default=\"2\"", "`Normal`"),
    ("weight in one script alone", "docx", "word/styles.xml", "<w:b /><w:bCs />", "<w:b />", "`rPr/bCs`"),
    ("the other face of the theme", "docx", "word/styles.xml", "w:asciiTheme=\"majorHAnsi\"", "w:asciiTheme=\"minorHAnsi\"", "`rPr/rFonts@asciiTheme`"),
    // Heads and properties.
    ("a tab before the words of a head", "docx", "word/header1.xml", "<w:r><w:t xml:space=\"preserve\">Flash Point</w:t></w:r><w:r><w:tab /></w:r>", "<w:r><w:tab /></w:r><w:r><w:t xml:space=\"preserve\">Flash Point</w:t></w:r>", "the head of the pages"),
    ("a sign that parts a word of a head", "docx", "word/header1.xml", "Flash Point", "Flash\u{200B} Point", "the head of the pages"),
    ("a sign that turns a head", "docx", "word/header1.xml", "Flash Point", "\u{202E}Flash Point", "the head of the pages"),
    ("a language less", "docx", "docProps/core.xml", "<dc:language>en-GB", "<dc:language>", "`language` is nothing"),
    ("a sign in a moment", "docx", "docProps/core.xml", "2025-11-04T", "2025-11-04\u{200B}T", "U+200B"),
    ("a sign in the house", "docx", "docProps/core.xml", "The Institute", "The In\u{AD}stitute", "U+00AD"),
    ("a sign that turns the series", "docx", "docProps/custom.xml", "Flash Point", "\u{202E}Flash Point", "U+202E"),
];

/// Other spellings of the same.
#[rustfmt::skip]
const SPELLINGS: &[(&str, &str, &str)] = &[
    ("word/document.xml", "<w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"5A5F66\" /></w:tcBorders><w:tcMar>", "<w:bottom w:color=\"5A5F66\" w:space=\"0\" w:sz=\"4\" w:val=\"single\" /></w:tcBorders><w:tcMar>"),
    ("word/styles.xml", "<w:b /><w:bCs />", "<w:b w:val=\"1\"/><w:bCs w:val=\"on\"/>"),
    ("word/styles.xml", "<w:suppressAutoHyphens w:val=\"0\"/>", "<w:suppressAutoHyphens w:val=\"false\"/>"),
    ("word/styles.xml", "<w:widowControl w:val=\"1\" />", "<w:widowControl/>"),
    ("word/styles.xml", "w:default=\"1\"", "w:default=\"true\""),
    ("word/settings.xml", "<w:autoHyphenation/>", "<w:autoHyphenation w:val=\"true\"/>"),
    ("word/document.xml", "<w:cantSplit />", "<w:cantSplit w:val=\"1\"/>"),
    ("word/document.xml", " w:history=\"1\"", " w:history=\"true\""),
];

#[test]
fn what_a_word_processor_stumbles_over_is_found() {
    every_change_of(PIECE, "docx", CHANGES);
}

#[test]
fn what_is_spelled_otherwise_is_the_same() {
    let place = only(exported_piece(PIECE), &["docx"]);
    let name = edition("docx");
    let whole = place.read(&name);
    for (part, from, to) in SPELLINGS {
        let (bytes, changed) = repack(&whole, part, |text| text.replace(from, to));
        assert!(changed, "`{from}` stands nowhere in {part}");
        place.write(&name, bytes);
        let ran = place.run("verify source --strict").expect(0);
        assert!(ran.stderr.contains("docx equal"), "{to}: {}", ran.stderr);
    }
}

#[test]
fn a_picture_is_what_its_content_type_says() {
    let place = only(exported_piece(PIECE), &["docx"]);
    let name = edition("docx");
    let (bytes, changed) = repack(&place.read(&name), "[Content_Types].xml", |text| {
        text.replace(
            "<Default Extension=\"png\" ContentType=\"image/png\"/>",
            "<Default Extension=\"png\" ContentType=\"image/jpeg\"/>",
        )
    });
    assert!(changed);
    place.write(&name, bytes);
    let ran = place.run("verify source --strict").expect(1);
    assert!(ran.stderr.contains("its content type is"), "{}", ran.stderr);
}
