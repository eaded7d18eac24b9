//! Changes of what stands around the words of editions in flowing text: style sheets and styles, looks of blocks, heads and feet,
//! pull quotes, faces, packages, and what they say of themselves.

use crate::change::{Change, every_change_is_found};

#[rustfmt::skip]
const CHANGES: &[Change] = &[
    // Heads, feet and notes of Word documents.
    ("a head of other words", "docx", "word/header1.xml", "Flash Point", "Flush Point", "the head of the pages"),
    ("a head with more words", "docx", "word/header1.xml", "</w:p>", "<w:r><w:t>Retracted</w:t></w:r></w:p>", "the head of the pages"),
    ("a number for the number of the page", "docx", "word/footer1.xml", "<w:instrText>PAGE</w:instrText>", "<w:instrText>NUMPAGES</w:instrText>", "the foot of the pages"),
    ("roman numbers of pages", "docx", "word/footer1.xml", ">PAGE<", ">PAGE \\* ROMAN<", "the foot of the pages"),
    ("a foot that is lost", "docx", "word/document.xml", "<w:footerReference w:type=\"first\" r:id=\"rIdFooter2\" />", "", "the foot of the first page"),
    ("the first page as the others", "docx", "word/document.xml", "<w:titlePg />", "", "the head of the first page"),
    ("words for the line above notes", "docx", "word/footnotes.xml", "<w:separator/>", "<w:t>Never</w:t>", "the line above notes"),
    ("a note without its number", "docx", "word/footnotes.xml", "<w:footnoteRef/>", "", "does not show its number"),
    // Looks of blocks.
    ("an affiliation as text", "docx", "word/document.xml", "<w:pStyle w:val=\"Affiliation\" />", "<w:pStyle w:val=\"FirstParagraph\" />", "`FirstParagraph`"),
    ("a caption as a credit", "docx", "word/document.xml", "<w:pStyle w:val=\"FigureCaption\" />", "<w:pStyle w:val=\"Credit\" />", "`Credit`"),
    ("an affiliation as text", "epub", "statement-1.xhtml", "<p class=\"affiliation\">", "<p>", "it looks as `p`"),
    ("text as a series", "epub", "statement-1.xhtml", "<p>The last", "<p class=\"series\">The last", "`p.series`"),
    ("text as a series", "html", "", "<p>The last", "<p class=\"series\">The last", "`p.series`"),
    ("a pull quote lost", "epub", "statement-1.xhtml", "<aside epub:type=\"pullquote\" class=\"pull-quote\" aria-hidden=\"true\"><p class=\"pull\">A second paragraph with a note</p></aside>", "", "a pull quote is not shown"),
    ("a sign in a pull quote", "epub", "statement-1.xhtml", "A second paragraph with a note</p></aside>", "A second paragraph with a note?</p></aside>", "is another in the source"),
    ("a pull quote of other words", "docx", "word/document.xml", "IntenseQuote\" />", "Quote\" />", "a pull quote is not shown"),
    // Styles of Word documents.
    ("the language of a style", "docx", "word/styles.xml", "<w:name w:val=\"Affiliation\" />", "<w:name w:val=\"Affiliation\" /><w:rPr><w:lang w:val=\"de\"/></w:rPr>", "`rPr/lang"),
    ("the name of a style", "docx", "word/styles.xml", "<w:name w:val=\"Affiliation\" />", "<w:name w:val=\"Fancy\" />", "`name"),
    ("an outline that is lost", "docx", "word/styles.xml", "<w:outlineLvl w:val=\"2\" />", "", "pPr/outlineLvl"),
    ("marks of notes on the line", "docx", "word/styles.xml", "<w:vertAlign w:val=\"superscript\" />", "", "rPr/vertAlign"),
    ("text far too large", "docx", "word/styles.xml", "<w:sz w:val=\"18\" />", "<w:sz w:val=\"200\" />", "no measure of an edition"),
    // Packages.
    ("a template", "docx", "word/_rels/document.xml.rels", "</Relationships>", "<Relationship Id=\"rIdT\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate\" Target=\"https://example.org/t.dotm\" TargetMode=\"External\"/></Relationships>", "attachedTemplate"),
    ("settings that nothing leads to", "docx", "word/_rels/document.xml.rels", "relationships/settings\"", "relationships/webSettings\"", "`settings`"),
    ("a manager", "docx", "docProps/app.xml", "</Properties>", "<Manager>Nobody</Manager></Properties>", "`Manager`"),
    ("a face of another family", "docx", "word/_rels/fontTable.xml.rels", "fonts/serif-regular.odttf", "fonts/sans-regular.odttf", "cannot be read"),
    ("a face of another family", "epub", "stylesheet.css", "fonts/serif-regular.ttf", "fonts/sans-regular.ttf", "is one of"),
    ("a face of another slant", "epub", "stylesheet.css", "fonts/serif-italic.ttf", "fonts/serif-regular.ttf", "another weight or slant"),
    // Style sheets.
    ("a rule that no edition has", "epub", "stylesheet.css", "hr::before {", "p { padding-left: 90em } hr::before {", "padding-left"),
    ("a rule within a rule", "epub", "stylesheet.css", "hr::before {", "section { h3 { display: none } } hr::before {", "section > h3"),
    ("a picture that is hidden", "epub", "stylesheet.css", "hr::before {", "img { display: none } hr::before {", "img { display"),
    ("what is said again", "epub", "stylesheet.css", "hr::before {", ".affiliation { font-size: 0.9em } hr::before {", "once more"),
    ("another face", "epub", "stylesheet.css", "hr::before {", "p { font-family: cursive } hr::before {", "cursive"),
    ("a name in escapes", "html", "", "</head>", "<style>#tr\\61 de { display: none }</style></head>", "display: none"),
    ("words that are selected", "html", "", "</head>", "<style>::selection { color: #fff }</style></head>", "::selection"),
    ("words at the edge of printed pages", "html", "", "counter(page) \" / \"", "\"Never \" counter(page) \" / \"", "Never"),
    // What an EPUB says of itself.
    ("a hazard", "epub", "content.opf", "accessibilityHazard\">none", "accessibilityHazard\">flashing", "accessibilityHazard"),
    ("a feature that is not there", "epub", "content.opf", "accessibilityFeature\">unlocked", "accessibilityFeature\">MathML", "accessibilityFeature"),
    ("a mode", "epub", "content.opf", "accessMode\">textual", "accessMode\">auditory", "accessMode"),
    ("another paper edition", "epub", "content.opf", "pageBreakSource\">", "pageBreakSource\">other-", "pageBreakSource"),
    ("landmarks that are lost", "epub", "nav.xhtml", "<nav epub:type=\"landmarks\"", "<nav epub:type=\"index\"", "landmarks"),
    ("contents that are hidden", "epub", "nav.xhtml", "<nav epub:type=\"toc\"", "<nav hidden=\"\" epub:type=\"toc\"", "hidden"),
    ("the title of old contents", "epub", "toc.ncx", "<docTitle><text>Proofs", "<docTitle><text>Pros", "its title"),
    ("an author of old contents", "epub", "toc.ncx", "<docAuthor><text>Amina", "<docAuthor><text>Emina", "authors"),
    ("an old page", "epub", "toc.ncx", "#page-1\"", "#page-9\"", "list of pages"),
    ("the identifier of old contents", "epub", "toc.ncx", "content=\"urn:uuid:", "content=\"urn:uuid:0", "another identifier"),
    ("a layout", "epub", "META-INF/com.apple.ibooks.display-options.xml", "</platform>", "<option name=\"fixed-layout\">true</option></platform>", "fixed-layout"),
];

#[test]
fn every_change_around_the_words_is_found_and_named() {
    for format in ["docx", "epub", "html"] {
        every_change_is_found(format, CHANGES);
    }
}
