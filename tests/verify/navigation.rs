//! Changes of how an EPUB is found one's way through: contents, landmarks, pages, names of documents and sections, the order of reading.

use crate::change::{Change, every_change_is_found};

#[rustfmt::skip]
const CHANGES: &[Change] = &[
    ("contents that lead elsewhere", "epub", "nav.xhtml", "statement-1.xhtml#trade", "statement-1.xhtml#amina_khan", "leads to another heading"),
    ("two names exchanged", "epub", "nav.xhtml", ">Trade<", ">Amina Khan<", "leads to another heading"),
    ("an entry lost", "epub", "nav.xhtml", "<li><a href=\"statement-1.xhtml#amina_khan\">Amina Khan</a></li>", "", "do not list “Amina Khan”"),
    ("an entry out of its place", "epub", "nav.xhtml", "    <ol>\n      <li><a href=\"statement-1.xhtml#trade\">Trade</a></li>\n    </ol>\n  </li>", "</li><li><a href=\"statement-1.xhtml#trade\">Trade</a></li>", "1 deep"),
    ("old contents that lead elsewhere", "epub", "toc.ncx", "statement-1.xhtml#trade", "statement-1.xhtml#amina_khan", "leads to another heading"),
    ("an old entry lost", "epub", "toc.ncx", "<navPoint playOrder=\"6\" id=\"navPoint-4\">\n      <navLabel><text>Amina Khan</text></navLabel>\n      <content src=\"statement-1.xhtml#amina_khan\"/>\n    </navPoint>", "", "do not list “Amina Khan”"),
    ("a landmark that leads elsewhere", "epub", "nav.xhtml", "epub:type=\"titlepage\" href=\"title.xhtml\"", "epub:type=\"titlepage\" href=\"colophon.xhtml\"", "the landmark `titlepage`"),
    ("a landmark of another name", "epub", "nav.xhtml", ">Cover<", ">Discover<", "Discover"),
    ("a page lost from the list", "epub", "nav.xhtml", "<li><a href=\"title.xhtml#page-1\">1</a></li>", "", "one after the other"),
    ("the name of a document", "epub", "statement-1.xhtml", "<title>Mansoor Ahmad Khan", "<title>Mansoor Ahmed Khan", "Ahmed"),
    ("a document called as another section", "epub", "statement-1.xhtml", "<title>Mansoor Ahmad Khan", "<title>Amina Khan", "it is called otherwise than"),
    ("the name of a section", "epub", "statement-1.xhtml", "aria-label=\"Notes\"", "aria-label=\"Never\"", "Never"),
    ("a document out of the order of reading", "epub", "content.opf", "<itemref idref=\"id_colophon.xhtml\"/>", "<itemref idref=\"id_colophon.xhtml\" linear=\"no\"/>", "outside of the order"),
    ("pages from right to left", "epub", "content.opf", "page-progression-direction=\"ltr\"", "page-progression-direction=\"rtl\"", "run against"),
    ("another cover", "epub", "content.opf", "name=\"cover\" content=\"cover-image\"", "name=\"cover\" content=\"nav\"", "another picture"),
    ("a subtitle before the title", "epub", "content.opf", "<meta refines=\"#title\" property=\"title-type\">main", "<meta refines=\"#title\" property=\"title-type\">subtitle", "`title-type`"),
    ("people in another order", "epub", "content.opf", "<meta refines=\"#contributor-2\" property=\"display-seq\">2", "<meta refines=\"#contributor-2\" property=\"display-seq\">1", "`display-seq`"),
    ("a part that stands for another", "epub", "content.opf", "<item id=\"nav\"", "<item fallback=\"ncx\" id=\"nav\"", "`fallback="),
    ("a part that speaks", "epub", "content.opf", "<item media-type=\"application/xhtml+xml\" id=\"id_title.xhtml\"", "<item media-overlay=\"x\" media-type=\"application/xhtml+xml\" id=\"id_title.xhtml\"", "`media-overlay="),
    ("a guide", "epub", "content.opf", "</spine>", "</spine><guide/>", "`guide`"),
    ("pages laid out beforehand", "epub", "content.opf", "<itemref idref=\"id_title.xhtml\"/>", "<itemref idref=\"id_title.xhtml\" properties=\"rendition:layout-pre-paginated\"/>", "`properties="),
];

#[test]
fn every_change_of_navigation_is_found_and_named() {
    every_change_is_found("epub", CHANGES);
}
