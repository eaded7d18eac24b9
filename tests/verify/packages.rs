//! Changes of Word documents and EPUB publications.

use crate::change::{Change, all_found, edition, every_change_is_found, exported_as, found};

/// The last words in a run with a property of its own.
macro_rules! run {
    ($property:literal) => {
        concat!(
            "The </w:t></w:r><w:r><w:rPr>",
            $property,
            "</w:rPr><w:t xml:space=\"preserve\">last word."
        )
    };
}

const RUN_HIDDEN: &str = run!("<w:vanish/>");
const RUN_WHITE: &str = run!("<w:color w:val=\"FFFFFF\"/>");
const RUN_TINY: &str = run!("<w:sz w:val=\"2\"/>");
const RUN_NARROW: &str = run!("<w:w w:val=\"1\"/>");
const RUN_STRUCK: &str = run!("<w:strike/>");
const RUN_CAPITALS: &str = run!("<w:caps/>");
const RUN_SHADED: &str =
    run!("<w:color w:val=\"8C1C13\"/><w:shd w:val=\"clear\" w:fill=\"8C1C13\"/>");
const RUN_BOLD: &str = run!("<w:b/>");
const RUN_RAISED: &str = run!("<w:vertAlign w:val=\"superscript\"/>");
const PAGE_AND_WORD: &str = "<span epub:type=\"pagebreak\" role=\"doc-pagebreak\" id=\"page-2\" aria-label=\"2\"></span>To ";
const WORD_AND_PAGE: &str = "To <span epub:type=\"pagebreak\" role=\"doc-pagebreak\" id=\"page-2\" aria-label=\"2\"></span>";

#[rustfmt::skip]
pub(crate) const CHANGES: &[Change] = &[
    ("a letter", "docx", "word/document.xml", "second paragraph", "sesond paragraph", "sesond"),
    ("a letter of a heading", "docx", "word/document.xml", ">Trade<", ">Trode<", "Trode"),
    ("a missing word", "docx", "word/document.xml", "The last word.", "The word.", "nothing"),
    ("an added word", "docx", "word/document.xml", "The last word.", "The very last word.", "very"),
    ("a level", "docx", "word/document.xml", "w:val=\"Heading3\"", "w:val=\"Heading2\"", "heading of level 2"),
    ("a name", "docx", "word/document.xml", ">Amina Khan<", ">Amina Kahn<", "Kahn"),
    ("a name in the metadata alone", "docx", "docProps/core.xml", "Amina Khan", "Amina Kahn", "creators"),
    ("the title in the metadata", "docx", "docProps/core.xml", "Proofs and Copies", "Proofs", "title"),
    ("the language", "docx", "docProps/core.xml", "en-GB", "fr", "language"),
    ("the hash", "docx", "docProps/custom.xml", "nih:sha-256;", "nih:sha-256;0", "hash"),
    ("a link's target", "docx", "document.xml.rels", "https://example.org/a", "https://example.com/a", "link"),
    ("an alternative text", "docx", "word/document.xml", "A disc above a bar", "A disc below a bar", "below"),
    ("a note", "docx", "word/footnotes.xml", "The note itself.", "The note.", "“note.”"),
    ("emphasis", "docx", "word/document.xml", "w:val=\"Emphasis\"", "w:val=\"Strong\"", "emphasis"),
    ("the language of a span", "docx", "word/document.xml", "<w:lang w:val=\"fr\"", "<w:lang w:val=\"es\"", "language"),
    ("a header cell", "docx", "word/document.xml", "<w:tblHeader", "<w:cantSplit", "cell"),
    ("a list flattened", "docx", "word/document.xml", "<w:ilvl w:val=\"1\"", "<w:ilvl w:val=\"0\"", "lists"),
    ("a letter", "epub", ".xhtml", "second paragraph", "sesond paragraph", "sesond"),
    ("a level", "epub", ".xhtml", "h3", "h4", "heading of level 4"),
    ("a name", "epub", ".xhtml", ">Amina Khan<", ">Amina Kahn<", "Kahn"),
    ("a name in the metadata alone", "epub", "content.opf", ">Amina Khan<", ">Amina Kahn<", "creators"),
    ("the hash", "epub", "content.opf", "dcterms:hasFormat", "dcterms:hasVersion", "hash"),
    ("a link's target", "epub", ".xhtml", "https://example.org/a", "https://example.org/b", "link"),
    ("an alternative text", "epub", ".xhtml", "A disc above a bar", "A bar", "nothing"),
    ("hidden text", "epub", ".xhtml", "<p>The last", "<p hidden=\"hidden\">The last", "nothing"),
    ("emphasis lost", "epub", ".xhtml", "<em>stress</em>", "stress", "emphasis"),
    ("a lowered figure", "epub", ".xhtml", "<sub>2</sub>", "<sup>2</sup>", "level"),
    ("the language of a span", "epub", ".xhtml", "lang=\"fr\"", "lang=\"es\"", "language"),
    ("a header cell", "epub", ".xhtml", "<th scope=\"col\"", "<td scope=\"col\"", "cell"),
    ("a list flattened", "epub", ".xhtml", "ol>", "div>", "lists"),
    ("a document in another's place", "epub", "content.opf", "idref=\"id_title.xhtml\"", "idref=\"id_statement-1.xhtml\"", "twice"),
    ("a document twice", "epub", "content.opf", "</spine>", "<itemref idref=\"id_statement-1.xhtml\"/></spine>", "twice"),

    // Words.
    ("two words joined", "docx", "word/document.xml", "last word", "lastword", "lastword"),
    ("a word doubled", "docx", "word/document.xml", "The last", "The last last", "last"),
    ("a capital", "docx", "word/document.xml", ">The last", ">the last", "“the”"),
    ("a full stop", "docx", "word/document.xml", "last word.", "last word!", "word!"),
    ("a digit in a cell", "docx", "word/document.xml", ">1914<", ">1915<", "1915"),
    ("a caption", "docx", "word/document.xml", "Ships by year", "Ships by month", "month"),
    ("a name in a title block", "docx", "word/document.xml", ">Proofs and Copies<", ">Proofs or Copies<", "or"),
    ("a reference without its note", "docx", "word/document.xml", "<w:footnoteReference w:id=\"1\" />", "", "note"),
    ("a note of another number", "docx", "word/footnotes.xml", "w:id=\"1\"", "w:id=\"7\"", "note"),
    ("a quotation put in others' words", "docx", "word/document.xml", "To be or not", "To be and not", "“and”"),
    // What is said and not seen.
    ("hidden words", "docx", "word/document.xml", "The last word.", RUN_HIDDEN, "it is hidden"),
    ("white words", "docx", "word/document.xml", "The last word.", RUN_WHITE, "the colour of what lies under it"),
    ("tiny words", "docx", "word/document.xml", "The last word.", RUN_TINY, "too small"),
    ("words of one per cent", "docx", "word/document.xml", "The last word.", RUN_NARROW, "too small"),
    ("words struck out", "docx", "word/document.xml", "The last word.", RUN_STRUCK, "struck out"),
    ("words in capitals", "docx", "word/document.xml", "The last word.", RUN_CAPITALS, "other letters"),
    ("words on their own colour", "docx", "word/document.xml", "The last word.", RUN_SHADED, "the colour of what lies under it"),
    ("all hidden by a style", "docx", "word/styles.xml", "<w:rPrDefault><w:rPr>", "<w:rPrDefault><w:rPr><w:vanish/>", "it is hidden"),
    // Looks.
    ("words made bold", "docx", "word/document.xml", "The last word.", RUN_BOLD, "emphasis"),
    ("words raised", "docx", "word/document.xml", "The last word.", RUN_RAISED, "level"),
    ("a lowered figure", "docx", "word/document.xml", "w:val=\"subscript\"", "w:val=\"superscript\"", "level"),
    ("a link inside to another place", "docx", "word/document.xml", "w:anchor=\"amina_khan\"", "w:anchor=\"trade\"", "link"),
    ("a paragraph made a heading", "docx", "word/document.xml", "w:val=\"FirstParagraph\"", "w:val=\"Heading2\"", "heading"),
    // Rules of the format.
    ("a content type", "docx", "[Content_Types].xml", "document.main+xml", "document+xml", "content type"),
    ("a template", "docx", "[Content_Types].xml", "document.main+xml", "template.main+xml", "content type"),
    ("styles said to be numberings", "docx", "[Content_Types].xml", "wordprocessingml.styles+xml", "wordprocessingml.numbering+xml", "content type"),
    ("a part that no type names", "docx", "[Content_Types].xml", "Extension=\"png\"", "Extension=\"gif\"", "content type"),
    ("a relationship to nothing", "docx", "document.xml.rels", "Target=\"theme/theme1.xml\"", "Target=\"theme/theme9.xml\"", "not there"),
    ("an id of a relationship", "docx", "document.xml.rels", "Id=\"rIdHeader\"", "Id=\"rIdOther\"", "rIdHeader"),
    ("two relationships of one id", "docx", "document.xml.rels", "Id=\"rId5\"", "Id=\"rId6\"", "two relationships"),
    ("a bookmark without its end", "docx", "word/document.xml", "<w:bookmarkEnd w:id=\"2\" />", "", "bookmark"),
    ("a style that is not there", "docx", "word/document.xml", "w:val=\"EndMatter\"", "w:val=\"Nowhere\"", "style"),
    ("a list that is not there", "docx", "word/document.xml", "<w:numId w:val=\"11\"", "<w:numId w:val=\"99\"", "list"),
    ("words for the web alone", "docx", "word/document.xml", "The last word.", run!("<w:webHidden/>"), "it is hidden"),
    ("words in the colour of paper", "docx", "word/document.xml", "The last word.", run!("<w:color w:val=\"auto\" w:themeColor=\"background1\"/>"), "the colour of what lies under it"),
    ("words raised off the page", "docx", "word/document.xml", "The last word.", run!("<w:position w:val=\"3168\"/>"), "nobody sees it"),
    ("words in signs", "docx", "word/document.xml", "The last word.", run!("<w:rFonts w:ascii=\"Wingdings\" w:hAnsi=\"Wingdings\"/>"), "other letters"),
    ("a paragraph off the page", "docx", "word/document.xml", "<w:pStyle w:val=\"Affiliation\" />", "<w:pStyle w:val=\"Affiliation\" /><w:ind w:left=\"30000\"/>", "nobody sees it"),
    ("lines without height", "docx", "word/document.xml", "<w:pStyle w:val=\"Affiliation\" />", "<w:pStyle w:val=\"Affiliation\" /><w:spacing w:line=\"1\" w:lineRule=\"exact\"/>", "nobody sees it"),
    ("letters turned around", "docx", "word/document.xml", "The last word", "The \u{202E}last word", "turns its letters around"),
    ("white space that Word drops", "docx", "word/document.xml", "<w:t xml:space=\"preserve\"> and </w:t>", "<w:t> and </w:t>", "says"),
    ("words taken out and kept", "docx", "word/document.xml", ">The last", "><w:del w:id=\"90\"/>The last", "took out"),
    ("words put in", "docx", "word/document.xml", "<w:pStyle w:val=\"Affiliation\" />", "<w:pStyle w:val=\"Affiliation\" /><w:rPr><w:ins w:id=\"90\"/></w:rPr>", "put in"),
    ("another document taken in", "docx", "word/document.xml", "<w:sectPr>", "<w:altChunk/><w:sectPr>", "another document"),
    ("a field", "docx", "word/document.xml", "<w:r><w:t xml:space=\"preserve\">A former", "<w:r><w:instrText>DATE</w:instrText></w:r><w:r><w:t xml:space=\"preserve\">A former", "a field"),
    ("a row hidden", "docx", "word/document.xml", "<w:cantSplit />", "<w:cantSplit /><w:hidden/>", "hidden"),
    ("a picture from elsewhere", "docx", "word/document.xml", "r:embed=", "r:link=", "from elsewhere"),
    ("a picture without room", "docx", "word/document.xml", "cx=\"1828648\" cy", "cx=\"0\" cy", "no room"),
    ("a link that says another", "docx", "word/document.xml", "<w:hyperlink r:id", "<w:hyperlink w:tooltip=\"https://example.com/\" r:id", "leads elsewhere"),
    ("notes counted from seven", "docx", "word/settings.xml", "<w:footnotePr>", "<w:footnotePr><w:numStart w:val=\"7\"/>", "counted from elsewhere"),
    ("the day", "docx", "docProps/core.xml", "2025-11-04", "2024-11-04", "`created`"),
    ("the series in the metadata", "docx", "docProps/core.xml", "Flash Point", "Flush Point", "`category`"),
    ("an identifier", "docx", "docProps/core.xml", "urn:uuid:", "urn:uuid:0", "`identifier`"),
    ("a property", "docx", "docProps/custom.xml", "Cite it so.", "Cite it thus.", "`property Citation`"),
    ("a property more", "docx", "docProps/custom.xml", "name=\"Slug\"", "name=\"Slag\"", "`property Slag`"),
    ("the source that it is made of", "docx", "docProps/custom.xml", "name=\"Source\"><vt:lpwstr>nih:sha-256;", "name=\"Source\"><vt:lpwstr>nih:sha-256;0", "`property Source`"),
    // EPUB: what it says of itself, and what it does besides.
    ("a role", "epub", "content.opf", ">aut<", ">ill<", "`role`"),
    ("the day", "epub", "content.opf", "<dc:date>2025", "<dc:date>2024", "`date`"),
    ("another identifier", "epub", "content.opf", "urn:uuid:", "urn:uuid:0", "`identifier`"),
    ("the subtitle", "epub", "content.opf", ">A piece with", ">A peace with", "`title`"),
    ("the citation", "epub", "content.opf", "Cite it so", "Cite it thus", "`dcterms:bibliographicCitation`"),
    ("a statement more", "epub", "content.opf", "<dc:date>", "<meta property=\"rendition:layout\">pre-paginated</meta><dc:date>", "`rendition:layout`"),
    ("a script", "epub", "statement-1.xhtml", "</head>", "<script>x()</script></head>", "script"),
    ("another base", "epub", "statement-1.xhtml", "</head>", "<base href=\"https://example.com/\"/></head>", "`base`"),
    ("the language of a document", "epub", "statement-1.xhtml", "lang=\"en-GB\" xml:lang=\"en-GB\">\n<head>", "lang=\"de\" xml:lang=\"de\">\n<head>", "its language is de"),
    ("two languages at once", "epub", "statement-1.xhtml", "xml:lang=\"fr\"", "xml:lang=\"es\"", "in fr and in es"),
    ("a direction", "epub", "statement-1.xhtml", "<p>The last", "<p dir=\"rtl\">The last", "against its letters"),
    ("a reference to another mark", "epub", "statement-1.xhtml", "href=\"#note_1\">1<", "href=\"#note_1\">2<", "mark"),
    ("a note of another mark", "epub", "statement-1.xhtml", "Back to the text\">1<", "Back to the text\">7<", "mark"),
    ("words in the navigation", "epub", "nav.xhtml", "</nav>", "<p>Never</p></nav>", "leads nowhere"),
    // EPUB: words, and words that are not seen.
    ("a digit in a cell", "epub", "statement-1.xhtml", ">1914<", ">1941<", "1941"),
    ("a note", "epub", "statement-1.xhtml", "The note itself.", "The note.", "“note.”"),
    ("two paragraphs exchanged", "epub", "statement-1.xhtml", "<h3 id=\"trade\">Trade</h3>\n<p>A second", "<p>A second", "nothing"),
    ("hidden by a sheet", "epub", "stylesheet.css", "hr::before", "p{display:none} hr::before", "its style hides it"),
    ("invisible by a sheet", "epub", "stylesheet.css", "hr::before", "p{visibility:hidden} hr::before", "its style hides it"),
    ("faint by a sheet", "epub", "stylesheet.css", "hr::before", "li{opacity:.01} hr::before", "hides it"),
    ("tiny by a sheet", "epub", "stylesheet.css", "hr::before", "td{font-size:0} hr::before", "hides it"),
    ("white by a sheet", "epub", "stylesheet.css", "hr::before", "#trade{color:#fff} hr::before", "the colour of what lies under it"),
    ("off the page by a sheet", "epub", "stylesheet.css", "hr::before", ".affiliation{position:absolute;left:-9999px} hr::before", "off the page"),
    ("other letters by a sheet", "epub", "stylesheet.css", "hr::before", "h3{text-transform:uppercase} hr::before", "other letters"),
    ("words by a sheet", "epub", "stylesheet.css", "hr::before", "p.affiliation::after{content:' (retired)'} hr::before", "(retired)"),
    ("hidden for some", "epub", "later.css", "@media", "@media screen and (min-width:1px){p{display:none}} @media", "hides it"),
    ("hidden by an attribute", "epub", "statement-1.xhtml", "<p>The last", "<p style=\"display: none\">The last", "its style hides it"),
    ("struck out", "epub", "statement-1.xhtml", "The last word.", "The <s>last</s> word.", "struck out"),
    ("words that are seen alone", "epub", "statement-1.xhtml", "<p>The last", "<p aria-hidden=\"true\">Never believe it.</p><p>The last", "nobody says it"),
    ("words in a drawing", "epub", "statement-1.xhtml", "<p>The last", "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>Never</text></svg><p>The last", "nobody says it"),
    // EPUB: structure and navigation.
    ("a paragraph made a heading", "epub", "statement-1.xhtml", "<p class=\"affiliation\">A former ambassador</p>", "<h3>A former ambassador</h3>", "heading"),
    ("a link inside to another place", "epub", "title.xhtml", "#amina_khan", "#trade", "link"),
    ("a name in the contents", "epub", "nav.xhtml", ">Trade<", ">Trode<", "no heading"),
    ("a name in the old contents", "epub", "toc.ncx", "<text>Trade</text>", "<text>Trode</text>", "no heading"),
    ("a page one word off", "epub", "statement-1.xhtml", PAGE_AND_WORD, WORD_AND_PAGE, "page 2 of the page list"),
    ("a page that leads to another", "epub", "nav.xhtml", "statement-1.xhtml#page-2", "title.xhtml#page-1", "another page"),
    ("a link to nowhere", "epub", "nav.xhtml", "statement-1.xhtml#trade", "statement-1.xhtml#tirade", "leads nowhere"),
    ("two ids alike", "epub", "statement-1.xhtml", "id=\"trade\"", "id=\"amina_khan\"", "two elements"),
    ("a part that the manifest lacks", "epub", "content.opf", "href=\"later.css\"", "href=\"latest.css\"", "not there"),
    ("a media type", "epub", "content.opf", "media-type=\"text/css\"", "media-type=\"text/plain\"", "media type"),
    ("an identifier", "epub", "content.opf", "unique-identifier=\"epub-id-1\"", "unique-identifier=\"epub-id-2\"", "identifier"),
    ("the day of the last change", "epub", "content.opf", "dcterms:modified", "dcterms:created", "changed last"),
    ("the mimetype", "epub", "mimetype", "epub+zip", "epub+xml", "mimetype"),
    ("the language", "epub", "content.opf", "<dc:language>en-GB", "<dc:language>en-US", "language"),
    ("the title in the metadata", "epub", "content.opf", ">Proofs and Copies<", ">Proofs<", "title"),
    ("words cut by older systems", "epub", "stylesheet.css", "-webkit-hyphens: manual", "-webkit-hyphens: auto", "`-webkit-hyphens`"),
    ("a narrow column", "epub", "stylesheet.css", "margin: 0 5%", "margin: 0 35%", "`margin`"),
    ("the language of a title", "epub", "content.opf", "<dc:title id", "<dc:title xml:lang=\"fr\" id", "`xml:lang` of a `title`"),
    ("the direction of a name", "epub", "content.opf", "<dc:creator id", "<dc:creator dir=\"rtl\" id", "`dir` of a `creator`"),
    ("the language of all statements", "epub", "content.opf", "<metadata ", "<metadata xml:lang=\"fr\" ", "`xml:lang` of a `metadata`"),
];

#[test]
fn every_change_of_a_package_is_found_and_named() {
    every_change_is_found("docx", CHANGES);
    every_change_is_found("epub", CHANGES);
}

#[test]
fn what_stands_before_a_package_is_found() {
    for format in ["docx", "epub"] {
        let place = exported_as(&[format]);
        let name = edition(format);
        let whole = place.read(&name);
        // A part without a name or words, which nothing lists (APPNOTE.TXT 6.3.10, 4.3.7).
        let before = [&b"PK\x03\x04"[..], &[0; 26]].concat();
        place.write(&name, [&before[..], &whole[..]].concat());
        let missed = found(
            &place,
            "bytes before it",
            &name,
            "stands before its first part",
        );
        all_found(format, 1, missed.as_slice());
    }
}
