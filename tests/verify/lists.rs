//! Changes of lists: their labels and numbers, what they begin with and how many items they have, and breaks between thoughts.

use crate::change::{Change, PIECE, every_change_of};

#[rustfmt::skip]
const CHANGES: &[Change] = &[
    ("bullets for numbers", "docx", "word/document.xml", "<w:numId w:val=\"13\" />", "<w:numId w:val=\"11\" />", "the label “•”"),
    ("letters for numbers", "docx", "word/numbering.xml", "w:val=\"decimal\"", "w:val=\"lowerLetter\"", "the label “a.”"),
    ("brackets for stops", "docx", "word/numbering.xml", "w:val=\"%1.\"", "w:val=\"%1)\"", "the label “1)”"),
    ("numbers from five", "docx", "word/numbering.xml", "<w:startOverride w:val=\"1\"", "<w:startOverride w:val=\"5\"", "the label “5.”"),
    ("another bullet", "docx", "word/numbering.xml", "w:val=\"•\"", "w:val=\"→\"", "the label “→”"),
    ("numbers that are none", "docx", "word/numbering.xml", "<w:numFmt w:val=\"decimal\"", "<w:numFmt w:val=\"none\"", "the label “.”"),
    ("labels hidden", "docx", "word/numbering.xml", "<w:lvlJc w:val=\"right\" />", "<w:lvlJc w:val=\"right\" /><w:rPr><w:vanish/></w:rPr>", "nothing stands before it"),
    ("words for labels", "docx", "word/numbering.xml", "w:val=\"*\u{2003}*\u{2003}*\"", "w:val=\"Never:\"", "Never"),
    ("no break", "docx", "word/document.xml", "<w:pStyle w:val=\"Break\" />", "<w:pStyle w:val=\"TableEnd\" />", "in the source a break"),
    ("another break", "docx", "word/document.xml", "<w:p><w:pPr><w:pStyle w:val=\"Heading2\" /></w:pPr>", "<w:p><w:pPr><w:pStyle w:val=\"Break\" /></w:pPr></w:p><w:p><w:pPr><w:pStyle w:val=\"Heading2\" /></w:pPr>", "a break stands before it"),
    ("bullets for numbers", "epub", "statement-1.xhtml", "ol>", "ul>", "the label “•”"),
    ("numbers for bullets", "epub", "statement-1.xhtml", "ul>", "ol>", "the label “1.”"),
    ("letters for numbers", "epub", "statement-1.xhtml", "<ol>", "<ol style=\"list-style-type: lower-alpha\">", "the label “a.”"),
    ("no labels", "epub", "stylesheet.css", "li ul, li ol {", "li { list-style: none } li ul, li ol {", "nothing stands before it"),
    ("items that are none", "epub", "stylesheet.css", "li ul, li ol {", "li { display: block } li ul, li ol {", "nothing stands before it"),
    ("labels without words", "epub", "stylesheet.css", "li ul, li ol {", "li::marker { content: \"\" } li ul, li ol {", "nothing stands before it"),
    ("labels that are not seen", "epub", "stylesheet.css", "li ul, li ol {", "li::marker { color: transparent } li ul, li ol {", "nothing stands before it"),
    ("numbers from seven", "epub", "statement-1.xhtml", "<ol>", "<ol start=\"7\">", "the label “7.”"),
    ("a number of its own", "epub", "statement-1.xhtml", "<li>second", "<li value=\"9\">second", "the label “9.”"),
    ("numbers from the end", "epub", "statement-1.xhtml", "<ol>", "<ol reversed=\"\">", "the label “3.”"),
    ("numbers that a style counts", "epub", "stylesheet.css", "li ul, li ol {", "ol { counter-reset: list-item 4 } li ul, li ol {", "(a number)"),
    ("a list in two", "epub", "statement-1.xhtml", "<li>plums", "</ul><ul><li>plums", "1 of 2"),
    ("no break", "epub", "statement-1.xhtml", "<hr/>", "", "in the source a break"),
    ("a break hidden", "epub", "stylesheet.css", "hr::before {", "hr { display: none } hr::before {", "in the source a break"),
    ("bullets for numbers", "html", "", "<ol>\n<li>first", "<ol style=\"list-style-type: disc\">\n<li>first", "the label “•”"),
    ("pictures for labels", "html", "", "</head>", "<style>li { list-style-image: url(data:image/png;base64,AA) }</style></head>", "(a picture)"),
    ("a list in two", "html", "", "<li>second", "</ol><ol start=\"2\"><li>second", "1 of 2"),
    ("no break", "html", "", "<hr/>", "", "in the source a break"),
];

#[test]
fn every_change_of_a_list_is_found_and_named() {
    let more = "      - break:\n      - numbered: [first, second, third]\n  - name: Amina";
    let piece = PIECE.replace("  - name: Amina", more);
    for format in ["docx", "epub", "html"] {
        every_change_of(&piece, format, CHANGES);
    }
}
