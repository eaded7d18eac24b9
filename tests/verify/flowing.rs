//! Changes of flowing editions beside their words: directions, languages, names, pictures, fields, tables, sections and covers.

use crate::change::{Change, every_change_of};

const PIECE: &str = r#"
series: Flash Point
title: Proofs and Copies
date: 2025-11-04
language: en-GB
introduction: [An introduction stands first.]
contributors:
  - name: Amina Khan
    statement:
      - heading: Trade
      - The word [سلام عليكم](lang:ar) means peace.
      - "[كانت السفن تدخل الميناء](lang:ar)"
      - table: {header: [[Year, Ships]], rows: [["1913", "12"], ["1914", "8"]], caption: Ships by year}
      - figure: {image: disc.png, alt: A disc above a bar, caption: The figure}
      - The last word.[^one]
  - name: Otto Editor
    statement: [A closing remark.]
notes: {one: The note itself.}
"#;

macro_rules! run {
    ($properties:literal) => {
        concat!("The </w:t></w:r><w:r><w:rPr>", $properties, "</w:rPr><w:t xml:space=\"preserve\">last</w:t></w:r><w:r><w:t xml:space=\"preserve\"> word.")
    };
}

#[rustfmt::skip]
const CHANGES: &[Change] = &[
    // Directions and languages.
    ("Arabic from left to right", "docx", "word/document.xml", "<w:rtl/><w:lang w:bidi=\"ar\"/>", "<w:lang w:val=\"ar\"/>", "against its letters"),
    ("English from right to left", "docx", "word/document.xml", "The last word.", run!("<w:rtl/>"), "against its letters"),
    ("a paragraph turned", "docx", "word/document.xml", "<w:bidi/>", "", "it runs from left to right"),
    ("the language of all", "docx", "word/styles.xml", "<w:lang w:val=\"en-GB\"", "<w:lang w:val=\"de-DE\"", "the language of the text is de-DE"),
    ("the language of the settings", "docx", "word/settings.xml", "<w:themeFontLang w:val=\"en-GB\"", "<w:themeFontLang w:val=\"de-DE\"", "the language of the text is de-DE"),
    ("the columns of a table turned", "docx", "word/document.xml", "<w:tblStyle w:val=\"PieceTable\"/>", "<w:tblStyle w:val=\"PieceTable\"/><w:bidiVisual/>", "run against its letters"),
    ("a stretch without its direction", "epub", "statement-1.xhtml", "xml:lang=\"ar\" dir=\"rtl\">سلام", "xml:lang=\"ar\">سلام", "do not say how they run"),
    ("a paragraph without its direction", "html", "", "xml:lang=\"ar\" dir=\"rtl\">كانت", "xml:lang=\"ar\">كانت", "it runs from left to right"),
    // Characters.
    ("a soft hyphen", "docx", "word/document.xml", "The last word.", "The la\u{AD}st word.", "U+00AD"),
    ("a space without width", "epub", "statement-1.xhtml", "The last word.", "The la\u{200B}st word.", "U+200B"),
    ("a sign that turns nothing", "html", "", "The last word.", "The \u{200E}last word.", "U+200E"),
    ("letters apart from their accents", "html", "", "The last word.", "The last word.\u{2060}", "nobody sees"),
    // Names.
    ("a bookmark elsewhere", "docx", "word/document.xml", "w:name=\"otto_editor_b8\"", "w:name=\"amina_khan_b9\"", "stands elsewhere"),
    ("a heading of another name", "html", "", "id=\"trade\"", "id=\"tirade\"", "is none of the source"),
    ("a section of another name", "epub", "statement-1.xhtml", "id=\"otto_editor\"", "id=\"otto\"", "is none of the source"),
    // Pictures.
    ("a picture drawn small", "docx", "word/document.xml", "<a:ext cx=\"1828648\"", "<a:ext cx=\"914324\"", "another size than its place"),
    ("a picture of half the size", "epub", "statement-1.xhtml", "style=\"width: 42.6%\"", "style=\"width: 21.3%\"", "another size than in editions"),
    ("a picture called otherwise", "docx", "word/document.xml", "<pic:cNvPr id=\"1\" name=\"Figure 1\" descr=\"A disc above a bar\"", "<pic:cNvPr id=\"1\" name=\"Figure 1\" descr=\"A cat\"", "called in two ways"),
    // Covers.
    ("what a cover says", "epub", "cover.xhtml", "Proofs and Copies", "Proofs or Copies", "its cover says"),
    ("another picture for a cover", "epub", "cover.xhtml", "images/cover.png", "images/image-1.png", "its cover: it has another size"),
    ("a cover without its role", "epub", "cover.xhtml", "role=\"doc-cover\" ", "", "it has no cover"),
    // Fields and paragraphs.
    ("words that follow from a field", "docx", "word/document.xml", "<w:r><w:t xml:space=\"preserve\">A closing", "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t xml:space=\"preserve\">A closing", "follow from a field `PAGE`"),
    ("a field without an end", "docx", "word/document.xml", "<w:r><w:t xml:space=\"preserve\">A closing", "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:t xml:space=\"preserve\">A closing", "a field begins or ends alone"),
    ("a paragraph that says nothing", "docx", "word/document.xml", "<w:sectPr>", "<w:p/><w:sectPr>", "has no style"),
    ("a paragraph that says nothing", "epub", "statement-1.xhtml", "<p>A closing", "<p></p><p>A closing", "a `p` without words"),
    ("a compatibility of long ago", "docx", "word/settings.xml", "office/word\" w:val=\"15\"", "office/word\" w:val=\"11\"", "`compatibilityMode` is 11"),
    ("heads of their own on even pages", "docx", "word/settings.xml", "<w:autoHyphenation/>", "<w:evenAndOddHeaders/><w:autoHyphenation/>", "`evenAndOddHeaders`"),
    ("a style hardly seen", "docx", "word/styles.xml", "w:val=\"5A5F66\"", "w:val=\"F4F4F4\"", "hardly seen"),
    // Tables.
    ("a table called otherwise", "docx", "word/document.xml", "<w:tblCaption w:val=\"Ships by year\"/>", "<w:tblCaption w:val=\"Boats\"/>", "otherwise than its caption"),
    ("a first column that heads its rows", "docx", "word/document.xml", "w:firstColumn=\"0\"", "w:firstColumn=\"1\"", "whether its first column"),
    ("a column without room", "docx", "word/document.xml", "<w:gridCol w:w=\"2816\"/>", "<w:gridCol w:w=\"1\"/>", "or no room"),
    ("a column without room", "html", "", "width: 58.35%", "width: 1%", "per cent of a table"),
    ("a table without its head", "epub", "statement-1.xhtml", "thead>", "tbody>", "has the scope `col`"),
    // What the file says of itself.
    ("a status", "docx", "docProps/core.xml", "</cp:coreProperties>", "<cp:contentStatus>Draft</cp:contentStatus></cp:coreProperties>", "`contentStatus`"),
    ("a property that follows from a place", "docx", "docProps/custom.xml", "name=\"Series\"", "name=\"Series\" linkTarget=\"trade\"", "`linkTarget=\"trade\"`"),
    ("a face for another", "docx", "word/fontTable.xml", "<w:altName w:val=\"Source Serif 4\"/>", "<w:altName w:val=\"Wingdings\"/>", "in the place of"),
    // Sections and what they mean.
    ("a chapter that is none", "epub", "statement-1.xhtml", "epub:type=\"chapter\" role=\"doc-chapter\" id=\"otto_editor\"", "epub:type=\"abstract\" role=\"doc-abstract\" id=\"otto_editor\"", "the section `otto_editor` means `doc-abstract`"),
    ("an introduction that is none", "html", "", "role=\"doc-introduction\"", "role=\"doc-chapter\"", "the section `introduction` means"),
    ("a section called otherwise", "html", "", "aria-label=\"Introduction\"", "aria-label=\"Lies\"", "the name of no heading"),
    ("a section without a name", "epub", "statement-1.xhtml", " aria-labelledby=\"otto_editor-heading\"", "", "a section has no name"),
    ("a note's way back called otherwise", "epub", "statement-1.xhtml", "1 Back to the text", "1 Lies", "the name of no heading"),
    ("a reference without its role", "epub", "statement-1.xhtml", " role=\"doc-noteref\"", "", "means `noteref`"),
    ("a page that says its number", "epub", "title.xhtml", "aria-label=\"1\"></span>", "aria-label=\"1\">1</span>", "a page's beginning says"),
    ("a quotation that is none", "html", "", "<p>A closing remark.</p>", "<blockquote><p>A closing remark.</p></blockquote>", "`p` stands in `blockquote`"),
    ("a class of no edition", "html", "", "<p>A closing", "<p class=\"lies\">A closing", "the class `lies`"),
    ("a line's end", "epub", "statement-1.xhtml", "A closing remark.", "A<br/>closing remark.", "an element `br`"),
    // What is said to browsers and reading systems.
    ("a page as wide as nothing", "html", "", "width=device-width, initial-scale=1", "width=10", "its `viewport`"),
    ("scripts from anywhere", "html", "", "default-src &apos;none&apos;", "default-src *", "its `Content-Security-Policy`"),
    ("text in the colour of a dark screen", "html", "", "--paper: #14181D; --text: #E6E4DF", "--paper: #14181D; --text: #14181D", "hardly seen on its --paper"),
    ("a document that is not found", "epub", "statement-1.xhtml", "</head>", "<meta name=\"robots\" content=\"noindex\"/></head>", "it says `robots`"),
    ("a sheet outside of a document", "epub", "statement-1.xhtml", "<!DOCTYPE html>", "<?xml-stylesheet href=\"x.css\"?><!DOCTYPE html>", "outside of it"),
];

#[test]
fn every_change_beside_the_words_of_a_flowing_edition_is_found_and_named() {
    for format in ["docx", "epub", "html"] {
        every_change_of(PIECE, format, CHANGES);
    }
}
