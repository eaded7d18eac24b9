//! Changes of Word documents and EPUB publications.

use crate::change::{edition, exported, found, repack};

/// A change: its name, the format, the part, what is sought, what stands there then, and what the message says.
type Change = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

#[rustfmt::skip]
const CHANGES: &[Change] = &[
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
    ("a document in another's place", "epub", "content.opf", "idref=\"id_title.xhtml\"", "idref=\"id_statement-1.xhtml\"", "says"),
];

#[test]
fn every_change_of_a_package_is_found_and_named() {
    let place = exported();
    for (what, extension, part, from, to, named) in CHANGES {
        let name = edition(extension);
        let whole = place.read(&name);
        let (bytes, changed) = repack(&whole, part, |text| {
            // Elements stay well-formed where their names change.
            let end = from.strip_prefix("<th ").map(|_| ("</th>", "</td>"));
            let text = text.replace(from, to);
            end.map_or(text.clone(), |(from, to)| text.replace(from, to))
        });
        assert!(changed, "{what}: `{from}` stands nowhere in {part}");
        place.write(&name, bytes);
        found(&place, what, &name, named);
        place.write(&name, whole);
    }
}
