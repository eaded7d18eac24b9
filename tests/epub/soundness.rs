//! Every fixture makes a sound publication, with the composition's words and headings and nothing else.

use flashpoint::compose::{BlockKind, Composition, SectionRole};
use flashpoint::load;

use super::book::{Book, named, parse, typed, words};
use super::{composed, every_block, written};

fn fixtures() -> Vec<(String, Composition)> {
    let root = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut found = vec![("every-block".to_owned(), every_block())];
    for folder in ["source", "tests/fixtures/valid"] {
        let Ok(entries) = std::fs::read_dir(root.join(folder)) else {
            continue;
        };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path
                .extension()
                .is_some_and(|extension| extension == "yaml")
            {
                let loaded = load::load(&path);
                let piece = flashpoint::check::check(&loaded).piece;
                let piece = piece.unwrap_or_else(|| panic!("{}", path.display()));
                let composition = flashpoint::compose::compose(&piece, None);
                found.push((path.display().to_string(), composition));
            }
        }
    }
    found
}

/// The headings of the composition with their levels, marks of notes included.
fn headings(composition: &Composition) -> Vec<(u8, String)> {
    let all = |id: flashpoint::compose::TextId| {
        let spans = composition[id].spans.iter();
        spans.map(|span| span.text.as_str()).collect::<String>()
    };
    let title = &composition.title_block.title;
    let mut found = vec![(title.level.number(), all(title.text))];
    for section in &composition.sections {
        let own = section.heading.iter();
        let inside = section.blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::Heading(heading) => Some(heading),
            _ => None,
        });
        let headings = own.chain(inside);
        found.extend(headings.map(|heading| (heading.level.number(), all(heading.text))));
    }
    found
}

#[test]
fn every_fixture_is_sound_and_has_the_headings_of_the_composition() {
    for (name, composition) in fixtures() {
        println!("{name}");
        let bytes = written(&composition);
        if name.ends_with("source/flash-point.yaml") {
            assert!(bytes.len() <= 200 * 1024, "{} bytes", bytes.len());
        }
        let book = Book::read(&bytes);
        book.must_be_sound();
        let mut read = Vec::new();
        for path in book
            .spine
            .iter()
            .filter(|path| !path.ends_with("nav.xhtml"))
        {
            let document = parse(book.text(path));
            for node in document.descendants() {
                let level = match node.tag_name().name() {
                    "h1" => 1,
                    "h2" => 2,
                    "h3" => 3,
                    "h4" => 4,
                    _ => continue,
                };
                read.push((level, words(node)));
            }
        }
        assert_eq!(read, headings(&composition), "{name}");
    }
}

/// A piece of answers that are so long, in words.
fn answers(lengths: &[usize]) -> String {
    let contributors = lengths.iter().enumerate().map(|(index, length)| {
        let words = ["words"; 40_000].iter().take(*length);
        let words: Vec<&str> = words.copied().collect();
        format!(
            "- name: Name {index}\n  statement: [{{heading: Heading {index}}}, \"{}[^n]\"]\n",
            words.join(" ")
        )
    });
    format!(
        "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\nrights: Rights.\ndisclaimer: Disclaimer.\nnotes: {{n: A note.}}\n\
         contributors:\n{}",
        contributors.collect::<String>()
    )
}

#[test]
fn short_answers_share_a_page_and_the_contents_lead_to_each() {
    let composition = composed(&answers(&[50, 60, 900, 20, 30]));
    let book = Book::read(&written(&composition));
    book.must_be_sound();
    let spine: Vec<&str> = book.spine.iter().map(String::as_str).collect();
    assert_eq!(
        spine,
        [
            "OEBPS/cover.xhtml",
            "OEBPS/title.xhtml",
            "OEBPS/nav.xhtml",
            "OEBPS/statement-1.xhtml",
            "OEBPS/statement-3.xhtml",
            "OEBPS/statement-4.xhtml",
            "OEBPS/colophon.xhtml",
        ]
    );
    let navigation = parse(book.text("OEBPS/nav.xhtml"));
    let contents = typed(&navigation, "toc").next().unwrap();
    let links = contents
        .descendants()
        .filter(|node| node.tag_name().name() == "a");
    let found: Vec<(String, String)> = links
        .map(|link| (words(link), link.attribute("href").unwrap().to_owned()))
        .filter(|(name, _)| name.starts_with("Name") || name == "Colophon")
        .collect();
    let anchor = |index: usize| composition.sections[index].anchor.as_str();
    let wanted = [
        ("Name 0", "statement-1.xhtml".to_owned()),
        ("Name 1", format!("statement-1.xhtml#{}", anchor(1))),
        ("Name 2", "statement-3.xhtml".to_owned()),
        ("Name 3", "statement-4.xhtml".to_owned()),
        ("Name 4", format!("statement-4.xhtml#{}", anchor(4))),
    ];
    assert_eq!(found, wanted.map(|(name, href)| (name.to_owned(), href)));
    // Names stand beside each other, and headings inside.
    let outer = contents
        .children()
        .find(|node| node.tag_name().name() == "ol")
        .unwrap();
    let outer = outer.children().filter(|node| node.is_element());
    assert_eq!(outer.count(), 6);
}

#[test]
fn no_number_of_short_answers_makes_a_document_without_end() {
    let book = Book::read(&written(&composed(&answers(&[190; 60]))));
    book.must_be_sound();
    let lengths = book.documents().map(|(_, text)| text.len());
    assert!(lengths.max().unwrap() < 60_000);
    assert_eq!(book.spine.len(), 4 + 60 / 20);
}

#[test]
fn each_statement_has_a_place_and_the_contents_lead_to_it() {
    let composition = every_block();
    let book = Book::read(&written(&composition));
    let statements = composition
        .sections
        .iter()
        .filter(|section| matches!(section.role, SectionRole::Statement(_)));
    let navigation = parse(book.text("OEBPS/nav.xhtml"));
    for section in statements {
        let heading = composition[section.heading.as_ref().unwrap().text].plain();
        let link = named(&navigation, "a").find(|link| words(*link) == heading);
        let href = link.unwrap().attribute("href").unwrap();
        let (file, fragment) = href.split_once('#').unwrap_or((href, ""));
        let document = parse(book.text(&format!("OEBPS/{file}")));
        let chapter = match fragment {
            "" => typed(&document, "chapter").next(),
            id => typed(&document, "chapter").find(|chapter| chapter.attribute("id") == Some(id)),
        };
        let chapter = chapter.unwrap();
        assert_eq!(chapter.attribute("role"), Some("doc-chapter"));
        assert_eq!(chapter.attribute("id"), Some(section.anchor.as_str()));
    }
}

#[test]
fn a_note_stands_with_its_first_reference_and_leads_back_to_every_one() {
    let book = Book::read(&written(&every_block()));
    let introduction = parse(book.text("OEBPS/introduction.xhtml"));
    let note = typed(&introduction, "footnote").next().unwrap();
    assert_eq!(note.tag_name().name(), "aside");
    assert_eq!(note.attribute("role"), Some("doc-footnote"));
    let back: Vec<_> = typed(&introduction, "backlink")
        .map(|link| link.attribute("href").unwrap())
        .collect();
    assert_eq!(
        back,
        [
            "#ref_1",
            "statement-1.xhtml#ref_1_2",
            "statement-1.xhtml#ref_1_3"
        ]
    );
    let statement = parse(book.text("OEBPS/statement-1.xhtml"));
    let references: Vec<_> = typed(&statement, "noteref")
        .map(|link| {
            (
                link.attribute("role").unwrap(),
                link.attribute("href").unwrap(),
            )
        })
        .collect();
    assert_eq!(
        references,
        [
            ("doc-noteref", "introduction.xhtml#note_1"),
            ("doc-noteref", "#note_2"),
            ("doc-noteref", "introduction.xhtml#note_1"),
        ]
    );
}

#[test]
fn a_pull_quote_is_for_the_eye_alone() {
    let book = Book::read(&written(&every_block()));
    let statement = parse(book.text("OEBPS/statement-1.xhtml"));
    let pull = typed(&statement, "pullquote").next().unwrap();
    assert_eq!(pull.attribute("aria-hidden"), Some("true"));
    assert!(pull.descendants().all(|node| node.tag_name().name() != "a"));
    assert!(pull.descendants().all(|node| !node.has_attribute("id")));
    let note = typed(&statement, "footnote").next().unwrap();
    let back = note
        .descendants()
        .filter(|node| node.tag_name().name() == "a");
    let targets: Vec<_> = back.filter_map(|link| link.attribute("href")).collect();
    assert_eq!(targets, ["#ref_2_2"], "no way back to what is hidden");
}

#[test]
fn a_pull_quote_of_words_of_its_own_has_its_role() {
    let book = Book::read(&written(&composed(
        "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\ncontributors: [{name: N, statement: [One thing., {pull: Another.}]}]\n",
    )));
    let statement = parse(book.text("OEBPS/statement-1.xhtml"));
    let pull = typed(&statement, "pullquote").next().unwrap();
    assert_eq!(pull.attribute("role"), Some("doc-pullquote"));
}

#[test]
fn foreign_words_bear_their_language_and_direction() {
    let book = Book::read(&written(&every_block()));
    let statement = parse(book.text("OEBPS/statement-1.xhtml"));
    let urdu = named(&statement, "span").find(|span| span.attribute("lang") == Some("ur"));
    let urdu = urdu.unwrap();
    assert_eq!(urdu.attribute("dir"), Some("rtl"));
    let xml = "http://www.w3.org/XML/1998/namespace";
    assert_eq!(urdu.attribute((xml, "lang")), Some("ur"));
    assert_eq!(words(urdu), "پاکستان زندہ باد");
}

#[test]
fn a_right_to_left_piece_runs_right_to_left() {
    let composition = composed(
        "{series: فلیش پوائنٹ, title: سوال, date: 2025-11-04, language: ur, slug: sawal,
          contributors: [{name: امینہ خان, statement: [پہلا پیراگراف۔]}]}",
    );
    let book = Book::read(&written(&composition));
    book.must_be_sound();
    let package = parse(book.text("OEBPS/content.opf"));
    assert_eq!(package.root_element().attribute("dir"), Some("rtl"));
    let spine = named(&package, "spine").next().unwrap();
    assert_eq!(spine.attribute("page-progression-direction"), Some("rtl"));
    for (path, text) in book.documents() {
        assert_eq!(
            parse(text).root_element().attribute("dir"),
            Some("rtl"),
            "{path}"
        );
    }
}

#[test]
fn the_same_piece_gives_the_same_bytes() {
    let composition = every_block();
    assert_eq!(written(&composition), written(&every_block()));
    assert_eq!(written(&composition), written(&composition));
}

#[test]
fn faces_bear_no_reserved_name_and_the_sheet_declares_each() {
    let book = Book::read(&written(&every_block()));
    let sheet = book.text("OEBPS/stylesheet.css");
    let fonts: Vec<_> = book
        .files
        .keys()
        .filter(|path| path.ends_with(".ttf"))
        .collect();
    assert!(fonts.len() >= 4, "{fonts:?}");
    for path in fonts {
        let font = &book.files[path];
        for reserved in ["Source Serif", "Source Sans"] {
            let wide: Vec<u8> = reserved.encode_utf16().flat_map(u16::to_be_bytes).collect();
            let family = font.windows(wide.len()).filter(|window| *window == wide);
            // The copyright and the reserved name itself may be told, the family may not.
            assert!(family.count() <= 1, "{path}");
        }
        assert!(sheet.contains(path.trim_start_matches("OEBPS/")), "{path}");
    }
    assert!(sheet.contains("\"Flashpoint Serif\""));
}
