//! Whatever an author writes, the publication is sound and says it unchanged.

use flashpoint::compose::{BlockKind, Content, SectionRole};
use flashpoint::editions::epub;
use flashpoint::piece::Piece;
use proptest::prelude::*;
use serde_json::json;

use super::book::{Book, parse, typed, words};
use super::{compose_piece, options};

/// What `check` lets through: no control character, no U+FEFF, none that XML forbids.
fn allowed(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

fn text() -> impl Strategy<Value = String> {
    let nasty = prop::sample::select(vec![
        "<",
        ">",
        "&",
        "\"",
        "'",
        "]]>",
        "<!--",
        "-->",
        "<?x?>",
        "&amp;",
        "&#0;",
        "{text}",
        "{{title}}",
        "{% if %}",
        "\u{202E}",
        "\u{200F}",
        "\u{AD}",
        "\u{2028}",
        "*",
        "**",
        "^",
        "~",
        "[",
        "](",
        "\\",
        "سوال",
        "漢字",
        "🦀",
        "e\u{301}",
        " ",
        "a",
        "B9",
    ]);
    let any = any::<char>().prop_filter("allowed", |c| allowed(*c));
    let pieces = prop_oneof![3 => nasty.prop_map(str::to_owned), 1 => any.prop_map(String::from)];
    let texts = prop::collection::vec(pieces, 1..12).prop_map(|parts| parts.concat());
    // A text of spaces alone is refused by `check`.
    texts.prop_map(|text| format!("x{text}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hostile_text_leaves_the_publication_sound(
        series in text(), title in text(), name in text(), affiliation in text(), paragraph in text(),
        heading in text(), summary in text(), caption in text(), keyword in text(),
    ) {
        let piece = json!({
            "series": series, "title": title, "date": "2025-11-04", "language": "en-GB", "slug": "hostile",
            "publisher": summary, "rights": name, "summary": summary, "keywords": [keyword], "citation": title,
            "identifier": keyword, "accessibility": {"conforms_to": "EPUB Accessibility 1.1 - WCAG 2.2 Level AA", "certified_by": name},
            "contributors": [{
                "name": name, "sort_name": name, "affiliation": affiliation, "bio": paragraph,
                "statement": [
                    paragraph, {"heading": heading}, {"quote": {"text": paragraph, "by": caption}},
                    {"pull": caption}, {"list": [paragraph, [paragraph, {"numbered": [caption]}]]},
                    {"table": {"header": [[heading]], "rows": [[caption]], "caption": caption}},
                ],
            }],
        });
        let piece: Piece = serde_yaml::from_str(&piece.to_string()).unwrap();
        // Brackets may make a link or a note that `check` refuses.
        let composition = compose_piece(piece);
        prop_assume!(composition.is_some());
        let composition = composition.unwrap();
        let book = Book::read(&epub::write(&composition, None, &options()).unwrap());
        book.must_be_sound();

        let document = parse(book.text("OEBPS/statement-1.xhtml"));
        let chapter = typed(&document, "chapter").next().unwrap();
        let section = composition.sections.iter().find(|s| s.role == SectionRole::Statement(0)).unwrap();
        let BlockKind::Content(Content::Paragraph(first)) = &section.blocks[0].kind else { panic!("a paragraph") };
        let read = chapter.children().filter(|node| node.tag_name().name() == "p").nth(1).unwrap();
        prop_assert_eq!(words(read), composition[*first].plain());
    }
}
