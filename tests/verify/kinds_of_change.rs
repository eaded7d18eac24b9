//! Changes that show nothing else than the text, or hardly anything: styles that follow from neighbours, measures of pages and lists,
//! ways back from notes, settings, properties, both navigation documents, spines, and elements that say nothing.

use crate::change::{Change, every_change_of};

const PIECE: &str = r#"
series: Flash Point
title: Proofs and Copies
subtitle: A piece of *parts*
date: 2025-11-04
language: en-GB
introduction: [An introduction stands first.]
contributors:
  - name: Amina Khan
    statement:
      - The first reference[^one] and the second[^one] to a note.
      - A third one[^one], and one to another[^two] with a [link](https://example.org/a/).
      - heading: Trade
      - numbered: [green, [red, {numbered: [dark, light]}]]
      - table: {header: [[Year, Ships]], rows: [["1913", "12"], ["1914", "8"]], caption: Ships by year}
      - figure: {image: disc.png, alt: A disc above a bar, caption: The figure}
      - The last **word**.
  - name: Otto Editor
    statement: [A closing remark.]
notes: {one: The note itself., two: "Another, with a [way](https://example.org/) out."}
"#;

#[rustfmt::skip]
const CHANGES: &[Change] = &[
    // What runs and paragraphs say beside their styles.
    ("another face of the file", "docx", "word/document.xml", "<w:r><w:t xml:space=\"preserve\">A closing", "<w:r><w:rPr><w:rFonts w:ascii=\"Flashpoint Sans\" w:hAnsi=\"Flashpoint Sans\"/></w:rPr><w:t xml:space=\"preserve\">A closing", "set in another face"),
    ("a larger size", "docx", "word/document.xml", "<w:r><w:t xml:space=\"preserve\">A closing", "<w:r><w:rPr><w:sz w:val=\"30\"/><w:szCs w:val=\"30\"/></w:rPr><w:t xml:space=\"preserve\">A closing", "a size of their own"),
    ("the look of a link", "docx", "word/document.xml", "<w:r><w:t xml:space=\"preserve\">A closing", "<w:r><w:rPr><w:rStyle w:val=\"Hyperlink\"/></w:rPr><w:t xml:space=\"preserve\">A closing", "look like a link"),
    ("kept with the next", "docx", "word/document.xml", "<w:pStyle w:val=\"BodyText\" />", "<w:pStyle w:val=\"BodyText\" /><w:keepNext/>", "kept with the next"),
    ("a first paragraph as one that follows", "docx", "word/document.xml", "<w:pStyle w:val=\"FirstParagraph\" /></w:pPr><w:bookmarkStart w:id=\"2\"", "<w:pStyle w:val=\"BodyText\" /></w:pPr><w:bookmarkStart w:id=\"2\"", "where it should have `FirstParagraph`"),
    ("one that follows as a first", "docx", "word/document.xml", "<w:pStyle w:val=\"BodyText\" />", "<w:pStyle w:val=\"FirstParagraph\" />", "where it should have `BodyText`"),
    ("a caption as that of a table", "docx", "word/document.xml", "<w:pStyle w:val=\"FigureCaption\" />", "<w:pStyle w:val=\"TableCaption\" />", "where it should have `FigureCaption`"),
    ("a note as end matter", "docx", "word/footnotes.xml", "<w:pStyle w:val=\"FootnoteText\" />", "<w:pStyle w:val=\"EndMatter\" />", "it looks as `EndMatter`"),
    ("a cell as a number", "docx", "word/document.xml", "<w:pStyle w:val=\"TableNumber\" /></w:pPr><w:r><w:t xml:space=\"preserve\">8<", "<w:pStyle w:val=\"TableText\" /></w:pPr><w:r><w:t xml:space=\"preserve\">8<", "in its column"),
    ("a tab for a space", "docx", "word/document.xml", "A closing remark.", "A closing</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t xml:space=\"preserve\">remark.", "U+0009"),
    ("a wider space in a note", "docx", "word/footnotes.xml", "The note itself", "The\u{2009}note itself", "U+2009"),
    ("an empty run", "docx", "word/document.xml", "<w:r><w:t xml:space=\"preserve\">A closing", "<w:r><w:t></w:t></w:r><w:r><w:t xml:space=\"preserve\">A closing", "a run says nothing"),
    ("an empty paragraph", "docx", "word/document.xml", "<w:p><w:pPr><w:pStyle w:val=\"BodyText\" />", "<w:p><w:pPr><w:pStyle w:val=\"BodyText\" /></w:pPr></w:p><w:p><w:pPr><w:pStyle w:val=\"BodyText\" />", "a paragraph says nothing"),
    ("a rule in the body of a table", "docx", "word/document.xml", "<w:tcBorders>", "<w:tcBorders/><w:tcBorders>", "elsewhere than under its head"),
    ("a rule of another colour", "docx", "word/document.xml", "w:color=\"5A5F66\" /></w:tcBorders>", "w:color=\"FF0000\" /></w:tcBorders>", "not that of its theme"),
    ("a head that stands otherwise", "docx", "word/document.xml", "<w:vAlign w:val=\"bottom\" />", "", "otherwise in its row"),
    ("a row that may be parted", "docx", "word/document.xml", "<w:cantSplit />", "", "may be parted"),
    // Links and notes.
    ("the end of an address", "docx", "document.xml.rels", "https://example.org/a/", "https://example.org/a", "the link of"),
    ("the end of an address", "epub", "statement-1.xhtml", "https://example.org/a/", "https://example.org/a", "the link of"),
    ("the end of an address", "html", "", "https://example.org/a/", "https://example.org/a", "the link of"),
    ("a link that is not remembered", "docx", "word/document.xml", " w:history=\"1\"", "", "not remembered"),
    ("a second reference to another note", "docx", "word/document.xml", "NOTEREF ref_1 ", "NOTEREF ref_2 ", "and not to its note"),
    ("a second reference that leads nowhere", "docx", "word/document.xml", "NOTEREF ref_1 \\f \\h", "NOTEREF ref_1 \\f", "and not to its note"),
    ("what a second reference shows", "docx", "word/document.xml", "<w:t xml:space=\"preserve\">1</w:t></w:r><w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\" /></w:rPr><w:fldChar w:fldCharType=\"end\"/>", "<w:t xml:space=\"preserve\">2</w:t></w:r><w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\" /></w:rPr><w:fldChar w:fldCharType=\"end\"/>", "the mark of a note is"),
    ("a later way back", "docx", "word/footnotes.xml", "w:anchor=\"ref_1_3\"", "w:anchor=\"ref_1_2\"", "a way back leads to `ref_1_2`"),
    ("what a way back shows", "docx", "word/footnotes.xml", "↑3", "↑4", "a way back shows"),
    ("a later way back", "epub", "statement-1.xhtml", "href=\"#ref_1_3\"", "href=\"#ref_1_2\"", "a way back leads to `ref_1_2`"),
    ("what a way back is called", "epub", "statement-1.xhtml", "Back to the text 3", "Back to the text 2", "a way back is called"),
    ("a later way back", "html", "", "href=\"#ref_1_3\"", "href=\"#ref_1_2\"", "a way back leads to `ref_1_2`"),
    ("two references of one note", "html", "", "id=\"ref_1_2\"", "id=\"ref_1_9\"", "stands where the source has `ref_1_2`"),
    ("a reference that is not raised", "epub", "statement-1.xhtml", "<sup><a epub:type=\"noteref\" role=\"doc-noteref\" id=\"ref_2\" href=\"#note_2\">2</a></sup>", "<a epub:type=\"noteref\" role=\"doc-noteref\" id=\"ref_2\" href=\"#note_2\">2</a>", "not raised"),
    // Lists.
    ("where a list begins", "docx", "word/numbering.xml", "<w:start w:val=\"1\" />", "<w:start w:val=\"3\" />", "begins elsewhere"),
    ("how far a level stands in", "docx", "word/numbering.xml", "<w:ind w:left=\"704\"", "<w:ind w:left=\"904\"", "stands in otherwise"),
    ("where labels end", "docx", "word/numbering.xml", "<w:lvlJc w:val=\"right\" />", "<w:lvlJc w:val=\"left\" />", "sets its label elsewhere"),
    ("the bullet of a level that is not used", "docx", "word/numbering.xml", "<w:lvlText w:val=\"◦\" />", "<w:lvlText w:val=\"–\" />", "shows another label"),
    // Pages.
    ("other paper", "docx", "word/document.xml", "<w:pgSz w:w=\"11906\" w:h=\"16838\" />", "<w:pgSz w:w=\"12240\" w:h=\"15840\" />", "other measures than those of its theme"),
    ("another margin", "docx", "word/document.xml", "w:left=\"2573\"", "w:left=\"2500\"", "other measures than those of its theme"),
    ("heads nearer to the edge", "docx", "word/document.xml", "w:header=\"720\"", "w:header=\"400\"", "other measures than those of its theme"),
    ("pages that run otherwise", "docx", "word/document.xml", "<w:titlePg />", "<w:titlePg /><w:bidi/>", "pages run otherwise"),
    ("a foot for another", "docx", "word/document.xml", "r:id=\"rIdFooter1\"", "r:id=\"rIdFooter2\"", "the head or foot of others"),
    ("a head in the style of a foot", "docx", "word/header1.xml", "<w:pStyle w:val=\"Header\" />", "<w:pStyle w:val=\"Footer\" />", "otherwise than its style"),
    ("a head without its tab", "docx", "word/header1.xml", "<w:r><w:tab /></w:r>", "", "the head of the pages"),
    ("a bold head", "docx", "word/header1.xml", "<w:r><w:t", "<w:r><w:rPr><w:b/></w:rPr><w:t", "otherwise than its style"),
    // Settings, properties, fonts and parts.
    ("words that stay whole", "docx", "word/settings.xml", "<w:autoHyphenation/>", "", "`autoHyphenation`"),
    ("more hyphens below each other", "docx", "word/settings.xml", "<w:consecutiveHyphenLimit w:val=\"2\"/>", "<w:consecutiveHyphenLimit w:val=\"9\"/>", "`consecutiveHyphenLimit`"),
    ("faces that are not kept", "docx", "word/settings.xml", "<w:embedTrueTypeFonts/>", "", "whether it carries faces"),
    ("a property in another place", "docx", "docProps/custom.xml", "pid=\"3\"", "pid=\"33\"", "in another place"),
    ("who saved it last", "docx", "docProps/core.xml", "<cp:revision>", "<cp:lastModifiedBy>Eve</cp:lastModifiedBy><cp:revision>", "`lastModifiedBy` is “Eve”"),
    ("whose it is", "docx", "docProps/app.xml", "<LinksUpToDate>", "<Company>Eve</Company><LinksUpToDate>", "`program Company` is “Eve”"),
    ("the form of a face", "docx", "word/fontTable.xml", "<w:pitch w:val=\"variable\"/>", "<w:pitch w:val=\"fixed\"/>", "a `pitch` that no edition has"),
    ("a face that is not there", "docx", "word/fontTable.xml", "<w:altName w:val=\"Source Serif 4\"/>", "", "as in no edition"),
    ("a face that nothing names", "docx", "word/fontTable.xml", "<w:embedBold r:id", "<w:embedBald r:id", "nothing in it leads to"),
    ("a relationship that nothing names", "docx", "document.xml.rels", "</Relationships>", "<Relationship Id=\"rId99\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" Target=\"https://example.com/\" TargetMode=\"External\"/></Relationships>", "nothing in it leads to"),
    // Contents and what leads to them.
    ("entries in another order", "epub", "nav.xhtml", "<li><a href=\"title.xhtml\">Title page</a></li>\n  <li><a href=\"introduction.xhtml\">Introduction</a></li>", "<li><a href=\"introduction.xhtml\">Introduction</a></li>\n  <li><a href=\"title.xhtml\">Title page</a></li>", "elsewhere than in the text"),
    ("an entry that is not there", "epub", "nav.xhtml", "<li><a href=\"title.xhtml\">Title page</a></li>\n  ", "", "do not lead to `OEBPS/title.xhtml`"),
    ("the name of contents", "epub", "nav.xhtml", "<h2 id=\"toc-title\">Contents", "<h2 id=\"toc-title\">Lies", "is not its title"),
    ("where a landmark leads", "epub", "nav.xhtml", "nav.xhtml#toc", "nav.xhtml#page-list", "the landmark `toc` leads elsewhere"),
    ("a landmark less", "epub", "nav.xhtml", "<li><a epub:type=\"cover\" href=\"cover.xhtml\">Cover</a></li>", "", "no landmark `cover`"),
    ("landmarks that are shown", "epub", "nav.xhtml", "<nav epub:type=\"landmarks\" hidden=\"\">", "<nav epub:type=\"landmarks\">", "has no `hidden`"),
    ("where an old entry leads", "epub", "toc.ncx", "<content src=\"title.xhtml\"/>", "<content src=\"cover.xhtml\"/>", "not those of the new ones"),
    ("the order of old entries", "epub", "toc.ncx", "playOrder=\"3\"", "playOrder=\"33\"", "numbered in another order"),
    ("an old entry of another name", "epub", "toc.ncx", "id=\"navPoint-2\"", "id=\"navPoint-9\"", "other names"),
    ("how deep old contents are", "epub", "toc.ncx", "name=\"dtb:depth\" content=\"2\"", "name=\"dtb:depth\" content=\"1\"", "`dtb:depth`"),
    ("the number of old pages", "epub", "toc.ncx", "name=\"dtb:maxPageNumber\" content=\"", "name=\"dtb:maxPageNumber\" content=\"9", "`dtb:maxPageNumber`"),
    ("the kind of an old page", "epub", "toc.ncx", "type=\"normal\"", "type=\"front\"", "otherwise than its number"),
    // The package.
    ("faces that are not to be used", "epub", "display-options.xml", "<platform name=\"*\">", "<platform name=\"iphone\">", "for all systems"),
    ("the place of a title", "epub", "content.opf", "property=\"display-seq\">1", "property=\"display-seq\">7", "`display-seq` is 1"),
    ("the kind of a series", "epub", "content.opf", "property=\"collection-type\">series", "property=\"collection-type\">set", "`collection-type` is series"),
    ("words of no vocabulary", "epub", "content.opf", " scheme=\"marc:relators\"", "", "of another vocabulary"),
    ("contents among the text", "epub", "content.opf", " linear=\"no\"", "", "outside of the order of reading"),
    ("the title page before the cover", "epub", "content.opf", "<itemref idref=\"id_cover.xhtml\"/>\n    <itemref idref=\"id_title.xhtml\"/>", "<itemref idref=\"id_title.xhtml\"/>\n    <itemref idref=\"id_cover.xhtml\"/>", "do not stand first"),
    ("which way its pages run", "epub", "content.opf", " page-progression-direction=\"ltr\"", "", "`page-progression-direction`"),
    ("where old contents are", "epub", "content.opf", " toc=\"ncx\"", "", "`toc` of its `spine`"),
    ("another program", "epub", "content.opf", "content=\"flashpoint ", "content=\"calibre ", "another program made it"),
    // Elements that say nothing, or say it otherwise.
    ("a place for a line to end", "epub", "statement-1.xhtml", "A closing remark", "A clo<wbr/>sing remark", "in what is no title"),
    ("a place for a line to end", "html", "", "A closing remark", "A clo<wbr/>sing remark", "in what is no title"),
    ("a word set apart", "epub", "statement-1.xhtml", "A closing remark", "A <bdi>closing</bdi> remark", "does not say how it runs"),
    ("a word set apart against its letters", "html", "", "A closing remark", "A <bdi dir=\"rtl\">closing</bdi> remark", "runs against its letters"),
    ("a stretch of nothing", "html", "", "A closing remark", "A <span>closing</span> remark", "says nothing of its words"),
    ("no acronym", "epub", "statement-1.xhtml", "A closing remark", "A <span class=\"acronym\">closing</span> remark", "is no acronym"),
    ("which way the document runs", "html", "", "<html lang=\"en-GB\" dir=\"ltr\">", "<html lang=\"en-GB\" dir=\"rtl\">", "otherwise than its language"),
    ("which way the document runs, unsaid", "html", "", "<html lang=\"en-GB\" dir=\"ltr\">", "<html lang=\"en-GB\">", "otherwise than its language"),
    ("which way the body runs", "epub", "statement-1.xhtml", "<body ", "<body dir=\"rtl\" ", "a direction of its own"),
    ("a language of the body", "html", "", "<body>", "<body lang=\"fr\" xml:lang=\"fr\">", "a language of its own"),
    ("a language said in one way", "epub", "statement-1.xhtml", " xml:lang=\"en-GB\"", "", "in one way and not in the other"),
    ("a part of the book", "epub", "statement-1.xhtml", "<body epub:type=\"bodymatter\">", "<body epub:type=\"backmatter\">", "another part of the book"),
    ("the class of notes", "html", "", "<section class=\"notes\"", "<section class=\"summary\"", "does not go with what stands in it"),
    ("a document without a title", "epub", "statement-1.xhtml", "<title>Amina Khan</title>", "", "not one title"),
    ("a sheet in a document", "epub", "statement-1.xhtml", "</head>", "<style>p { color: #444 }</style></head>", "style sheets in it"),
    ("strength without weight", "html", "", "</style>", "strong { font-weight: 400; }</style>", "`strong`"),
    ("strength without weight", "epub", "stylesheet.css", "/* Kinds of text */", "strong { font-weight: 400; }", "`strong`"),
];

#[test]
fn what_hardly_shows_in_a_docx_is_found() {
    every_change_of(PIECE, "docx", CHANGES);
}

#[test]
fn what_hardly_shows_in_an_epub_is_found() {
    every_change_of(PIECE, "epub", CHANGES);
}

#[test]
fn what_hardly_shows_in_html_is_found() {
    every_change_of(PIECE, "html", CHANGES);
}
