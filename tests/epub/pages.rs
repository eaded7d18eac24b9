//! The page list follows the pages of the paper edition.

use flashpoint::compose::{Composition, TextId};
use flashpoint::editions::epub;
use flashpoint::typeset::{Layout, Page, PageList, PageStart};

use super::book::{Book, named, parse, typed, words};
use super::{composed, every_block, goldens, options, set};

/// A layout whose pages begin at these places.
fn pages(starts: &[(TextId, usize)]) -> Layout {
    let pages = starts.iter().enumerate().map(|(index, (text, byte))| Page {
        label: (index + 1).to_string(),
        start: Some(PageStart {
            text: *text,
            byte: *byte,
        }),
        ..Page::default()
    });
    Layout {
        pages: pages.collect(),
        ..Layout::default()
    }
}

/// Every block, on several pages; without the right-to-left words that no page can be set with yet.
fn long() -> Composition {
    let yaml = std::fs::read_to_string(goldens().join("every-block.yaml")).unwrap();
    let yaml = yaml
        .replace("[اردو](lang:ur)", "words")
        .replace("[پاکستان زندہ باد](lang:ur)", "none")
        .replace(
            "Only a line.",
            &"Many words make a long paragraph. ".repeat(300),
        );
    composed(&yaml)
}

fn text_with(composition: &Composition, words: &str) -> (TextId, usize) {
    let texts = composition.texts.iter().enumerate();
    let mut found = texts.filter_map(|(index, text)| {
        let all: String = text.spans.iter().map(|span| span.text.as_str()).collect();
        Some((TextId(u32::try_from(index).unwrap()), all.find(words)?))
    });
    found.next().unwrap()
}

#[test]
fn every_page_of_the_paper_edition_is_listed_and_found() {
    let composition = long();
    let layout = set(&composition).unwrap();
    assert!(layout.pages.len() > 3);
    let started = layout.pages.iter().filter(|page| page.start.is_some());
    let labels: Vec<_> = started.map(|page| page.label.clone()).collect();
    let book =
        Book::read(&epub::write(&composition, Some(&PageList::of(&layout)), &options()).unwrap());
    book.must_be_sound();
    let navigation = parse(book.text("OEBPS/nav.xhtml"));
    let list = typed(&navigation, "page-list").next().unwrap();
    let links = list
        .descendants()
        .filter(|node| node.tag_name().name() == "a");
    assert_eq!(links.map(words).collect::<Vec<_>>(), labels);
    let ncx = parse(book.text("OEBPS/toc.ncx"));
    assert_eq!(named(&ncx, "pageTarget").count(), labels.len());
}

#[test]
fn a_page_begins_before_its_first_word_and_cuts_a_link_in_two() {
    let composition = composed(
        "{series: S, title: T, date: 2025-11-04, language: en, slug: s, notes: {n: Note.},
          contributors: [{name: A, statement: [
            'Before [a link of words](https://example.org/) after.',
            {heading: Heading}, 'Word[^n] more.']}]}",
    );
    let starts = [
        text_with(&composition, "of words"),
        text_with(&composition, "Heading"),
        text_with(&composition, "1 more"),
    ];
    let layout = pages(&starts);
    let book =
        Book::read(&epub::write(&composition, Some(&PageList::of(&layout)), &options()).unwrap());
    book.must_be_sound();
    let text = book.text("OEBPS/statement-1.xhtml");
    let marker = |number: u32| {
        format!(
            "<span epub:type=\"pagebreak\" role=\"doc-pagebreak\" id=\"page-{number}\" aria-label=\"{number}\"></span>"
        )
    };
    let link = "<a href=\"https://example.org/\">";
    let cut = format!("{link}a link </a>{}{link}of words</a> after.", marker(1));
    assert!(text.contains(&cut), "{text}");
    assert!(
        text.contains(&format!("{}<h3 id=\"heading\">Heading</h3>", marker(2))),
        "{text}"
    );
    assert!(
        text.contains(&format!("Word{}<sup><a", marker(3))),
        "{text}"
    );
}

#[test]
fn points_and_pages_of_the_ncx_stand_in_one_reading_order() {
    let composition = long();
    let layout = set(&composition).unwrap();
    assert!(layout.pages.len() > 3);
    let book =
        Book::read(&epub::write(&composition, Some(&PageList::of(&layout)), &options()).unwrap());
    let ncx = parse(book.text("OEBPS/toc.ncx"));
    let mut orders: Vec<usize> = ncx
        .descendants()
        .filter_map(|node| node.attribute("playOrder"))
        .map(|order| order.parse().unwrap())
        .collect();
    let points: Vec<usize> = named(&ncx, "navPoint")
        .map(|node| node.attribute("playOrder").unwrap().parse().unwrap())
        .collect();
    assert!(points.is_sorted());
    orders.sort_unstable();
    assert_eq!(orders, (1..=orders.len()).collect::<Vec<_>>());
}

#[test]
fn without_pages_nothing_claims_a_page_list() {
    let composition = every_block();
    let book = Book::read(&epub::write(&composition, None, &options()).unwrap());
    book.must_be_sound();
    for path in ["OEBPS/content.opf", "OEBPS/nav.xhtml", "OEBPS/toc.ncx"] {
        let text = book.text(path);
        for claim in ["page-list", "pageBreak", "pageNavigation", "pageTarget"] {
            assert!(!text.contains(claim), "{claim} in {path}");
        }
    }
}
