//! The parts of a publication as text that a person can review; `UPDATE_EXPECT=1` blesses them anew.

use expect_test::{ExpectFile, expect_file};
use flashpoint::editions::epub;

use super::book::Book;
use super::{every_block, options};

fn assert_golden(path: &str, golden: &ExpectFile) {
    // Without pages, so that a better line breaker leaves these texts alone.
    let book = Book::read(&epub::write(&every_block(), None, &options()).unwrap());
    golden.assert_eq(book.text(path));
}

#[test]
fn the_package_document_is_as_reviewed() {
    let golden = expect_file!["../goldens/epub/content.opf"];
    assert_golden("OEBPS/content.opf", &golden);
}

#[test]
fn the_navigation_document_is_as_reviewed() {
    let golden = expect_file!["../goldens/epub/nav.xhtml"];
    assert_golden("OEBPS/nav.xhtml", &golden);
}

#[test]
fn the_old_contents_are_as_reviewed() {
    let golden = expect_file!["../goldens/epub/toc.ncx"];
    assert_golden("OEBPS/toc.ncx", &golden);
}

#[test]
fn the_title_page_is_as_reviewed() {
    let golden = expect_file!["../goldens/epub/title.xhtml"];
    assert_golden("OEBPS/title.xhtml", &golden);
}

#[test]
fn an_introduction_with_a_note_is_as_reviewed() {
    let golden = expect_file!["../goldens/epub/introduction.xhtml"];
    assert_golden("OEBPS/introduction.xhtml", &golden);
}

#[test]
fn a_statement_with_every_block_is_as_reviewed() {
    let golden = expect_file!["../goldens/epub/statement-1.xhtml"];
    assert_golden("OEBPS/statement-1.xhtml", &golden);
}
