//! Pieces that were called faulty and are not, and faults of editions that such pieces brought to light: none is told of any.

use std::path::Path;

use crate::change::{edit, edition, exported, exported_as, repack};
use crate::program::Place;

/// Marks side by side, links that are emphasised as a whole, figures that head rows, notes of others at a
/// caption, words in the piece's own language inside those
/// of another, items in a language of their own with lists below them, a name with a semicolon, a title with a space that does not break at its
/// end, pull quotes of numbers and of signs, Greek with accents in small capitals, soft hyphens.
const ODD: &str = r#"
series: Flash Point
title: "Odd and Sound\u00A0"
date: 2025-11-04
language: en-GB
publisher: The Institute
contributors:
  - name: Amina Khan; the elder
    statement:
      - Three in a row[^one][^two][^one] and two more[^two][^three].
      - A link [*all of which is stressed*](https://example.org/a) and [**another**](https://example.org/b).
      - "Words with a soft hyphen in a ligature, *soft\u00ADhyphen* and **soft\u00ADware**."
      - In one year it was 1,204 – 817, and nobody knew!
      - pull: 1,204 – 817
      - pull: …!
      - list: ["[mot](lang:fr)", ["[un mot](lang:fr)", {list: [an English word, "[sept](lang:fr)"]}], last]
      - table: {caption: "Shares in trade[^one][^two]", header: [[Share, Country]], rows: [["12", "1,204"], ["8", "817"]], row_heads: true}
      - table: {header: [[Share, Country]], rows: [["", "1,204"]], row_heads: true}
  - name: Marie Dupont
    language: fr
    statement:
      - Un mot, [an English word](lang:en-GB), et encore [two *English* words](lang:en-GB)[^one].
  - name: Νίκος Παππάς
    affiliation: ἐρώτημα, εμπόριο, σύνορα
    statement: [{heading: ὕδωρ καὶ λόγος}, {table: {header: [[εμπόριο, ᾠδή]], rows: [[σύνορα, ΰλη]]}}]
notes: {one: The first note., two: The second note., three: The third note.}
"#;

/// A piece from right to left without a publisher, whose place at the foot of a page stays empty.
const RIGHT_TO_LEFT: &str = r#"
series: فلیش پوائنٹ
title: سرحد پر خاموشی
slug: urdu
date: 2025-11-04
language: ur
contributors:
  - name: آمنہ خان
    statement: ["ایک جملہ 「平和」[^a][^b] اور (قوس)۔", "[「平和」貿易](lang:ja)"]
notes: {a: حاشیہ, b: دوسرا حاشیہ}
"#;

#[test]
fn sound_pieces_give_no_alarm_under_any_theme_or_standard() {
    let place = Place::new();
    place.write("source/odd.yaml", ODD);
    place.write("source/urdu.yaml", RIGHT_TO_LEFT);
    for options in [
        "--theme classic",
        "--theme journal",
        "--theme modern --pdf-standard ua-2",
    ] {
        let export = format!("export source -q --force -f all,html {options}");
        place.run(&export).expect(0);
        let theme = options.split(" --pdf").next().unwrap();
        let ran = place
            .run(&format!("verify source --strict {theme}"))
            .expect(0);
        let equal = "pdf equal, docx equal, epub equal, html equal";
        assert_eq!(ran.stderr.matches(equal).count(), 2, "{}", ran.stderr);
    }
}

/// The last words of a block are one word that fills pages, and a picture stands behind it: its page begins with the words behind that.
const OVER_PAGES: &str = r#"
series: Flash Point
title: Over Pages
date: 2025-11-04
language: en
contributors:
  - name: Amina Khan
    affiliation: "Word WORD"
    statement:
      - figure: {image: images/a.png, alt: Two bars, credit: A photographer of the house}
      - One paragraph.
"#;

#[test]
fn a_page_that_begins_in_a_word_before_a_picture_is_listed_behind_it() {
    let place = Place::new();
    let word = "wordwithoutanyend".repeat(12);
    place.write("source/over.yaml", OVER_PAGES.replace("WORD", &word));
    let picture =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/valid/images/alpha.png");
    place.write("source/images/a.png", std::fs::read(picture).unwrap());
    place.write(
        "house.yaml",
        "extends: classic\ntexts: {affiliation: {size: 90pt, leading: 110pt}}\n",
    );
    let theme = "--theme house.yaml";
    place
        .run(&format!("export source -q -f pdf,epub {theme}"))
        .expect(0);
    let ran = place.run(&format!("verify source --strict {theme}"));
    assert!(ran.expect(0).stderr.contains("pdf equal, epub equal"));
}

/// Whether a part of a package has these words.
fn has(package: &[u8], part: &str, words: &str) -> bool {
    repack(package, part, |text| text.replace(words, "")).1
}

/// The text ends in an address that goes over pages.
const ENDS_IN_A_WORD: &str = r#"
series: Flash Point
title: Over Pages
date: 2025-11-04
language: en
publisher: The Institute
doi: 10.1234/flash.point.on.standby
slug: ends
contributors: [{name: Amina Khan, statement: [One paragraph.]}]
"#;

#[test]
fn a_page_on_which_the_last_word_goes_on_is_listed_behind_it() {
    let place = Place::new();
    place.write("source/ends.yaml", ENDS_IN_A_WORD);
    place.write(
        "house.yaml",
        "extends: journal\npage: {size: 120mm x 160mm}\nmeasures: {measure: 240pt}\ntexts: {end-matter: {size: 40pt, leading: 110pt}}\n",
    );
    let theme = "--theme house.yaml";
    place
        .run(&format!("export source -q -f pdf,epub {theme}"))
        .expect(0);
    let ran = place.run(&format!("verify source --strict {theme}"));
    assert!(ran.expect(0).stderr.contains("pdf equal, epub equal"));
    let has = |page: &str| has(&place.read("dist/ends.epub"), "OEBPS/nav.xhtml", page);
    assert!(has("#page-4\""));
}

/// A table that is turned, signs that old-style figures draw alike and space otherwise, and spaces of two widths.
const IN_A_HOUSE: &str = r#"
series: Flash Point
title: 100% in 2025
slug: house
date: 2025-11-04
language: en
contributors:
  - name: Amina Khan
    statement:
      - "*Of 1,204 some 37% and 5 % are known, 100% of 2025.*"
      - "Some 10\u00A0km, **5\u00A0km** and *5\u00A0km*."
      - table:
          header: [[Trade in goods, Trade in services, Investment abroad, Investment at home, Unemployment, Population, Production, Consumption, Expectations]]
          rows: [[international, international, international, international, international, international, international, international, international]]
"#;

#[test]
fn square_pages_lie_either_way_and_signs_of_one_outline_have_widths_of_their_own() {
    let place = Place::new();
    place.write("source/house.yaml", IN_A_HOUSE);
    let faces = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/faces");
    for name in [
        "EBGaramond-Regular.otf",
        "EBGaramond-Italic.otf",
        "EBGaramond-Bold.otf",
    ] {
        place.write(name, std::fs::read(faces.join(name)).unwrap());
    }
    place.write(
        "house.yaml",
        "extends: classic
page: {size: 250mm x 250mm}
paragraphs: {figures: old-style}
measures: {measure: 200pt}
faces: {text: {regular: EBGaramond-Regular.otf, italic: EBGaramond-Italic.otf, bold: EBGaramond-Bold.otf, bold-italic: EBGaramond-Bold.otf}}
",
    );
    let theme = "--theme house.yaml";
    place
        .run(&format!("export source -q -f pdf,docx {theme}"))
        .expect(0);
    let docx = place.read("dist/house.docx");
    assert!(has(&docx, "word/document.xml", "w:orient=\"landscape\""));
    let ran = place.run(&format!("verify source --strict {theme}"));
    assert!(ran.expect(0).stderr.contains("pdf equal, docx equal"));
}

/// Emphasised words in what stands in the items of a list.
const IN_ITEMS: &str = r#"
series: Flash Point
title: Lists
slug: items
date: 2025-11-04
language: en
contributors:
  - name: Amina Khan
    statement:
      - list:
          - ["*সীমান্ত* বাণিজ্য", {table: {header: [["*ক্ষেত্র* জ্ঞান", Trade]], rows: [["*সীমান্ত* বাণিজ্য *so*", "*so*"]], row_heads: true}}, {quote: "*জ্ঞান* and *so* on"}]
"#;

#[test]
fn emphasis_is_seen_in_what_stands_in_items_that_look_otherwise() {
    let place = Place::new();
    place.write("source/items.yaml", IN_ITEMS);
    let export = "export source -q --force -f epub,html --theme house.yaml";
    for looks in [
        "list: {weight: semibold}",
        "list: {slant: italic}",
        "table-head: {weight: bold, slant: italic}, row-head: {weight: regular, slant: upright}",
    ] {
        let house = format!("extends: modern\ntexts: {{{looks}}}\n");
        place.write("house.yaml", house);
        place.run(export).expect(0);
        let ran = place.run("verify source --strict --theme house.yaml");
        assert!(ran.expect(0).stderr.contains("epub equal, html equal"));
    }
}

/// Takes tags and metadata off a PDF, as programs do that draw it again.
fn untagged(bytes: &[u8]) -> Vec<u8> {
    edit(bytes, |file| {
        let catalogue = file.catalog_mut().unwrap();
        catalogue.remove(b"Metadata");
        catalogue.remove(b"StructTreeRoot").is_some()
    })
}

#[test]
fn a_pdf_without_tags_is_the_same_text_as_long_as_its_letters_are() {
    let place = exported_as(&["pdf"]);
    let name = edition("pdf");
    let whole = place.read(&name);
    place.write(&name, untagged(&whole));
    let ran = place.run("verify source").expect(0);
    for told in ["pdf structure", "it has no tags"] {
        assert!(ran.stderr.contains(told), "{}", ran.stderr);
    }
    let source = String::from_utf8(place.read("source/piece.yaml")).unwrap();
    for (old, new, told) in [
        ("The last word", "The lost word", "The lost word"),
        ("The note itself", "The vote itself", "The vote itself"),
        ("1913", "1931", "1931"),
        (
            "- heading: Trade\n      - A second",
            "- A third one.\n      - heading: Trade\n      - A second",
            "A third one",
        ),
        ("Ships by year", "Ships", "by"),
    ] {
        assert!(source.contains(old), "{old}");
        place.write("source/piece.yaml", source.replace(old, new));
        let ran = place.run("verify source").expect(1);
        assert!(ran.stderr.contains(told), "{told}: {}", ran.stderr);
    }
}

#[test]
fn html_in_another_encoding_says_the_same() {
    let place = exported();
    let name = edition("html");
    let text = String::from_utf8(place.read(&name)).unwrap();
    let wide: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    place.write(&name, wide);
    let ran = place.run("verify source --strict").expect(0);
    assert!(ran.stderr.contains("html equal"), "{}", ran.stderr);
}

/// Links over whole lines, and blocks that follow their like, which stand in where paragraphs are indented.
const LINES: &str = r#"
series: Flash Point
title: "[A linked title](https://example.org/)"
date: 2025-11-04
language: en
slug: lines
contributors:
  - name: Amina Khan
    statement:
      - "[One paragraph that is a link.](https://example.org/a)"
      - Another behind it, with words of its own.
      - quote: "One quoted paragraph that stands for itself.\n\nAnother quoted paragraph behind it."
"#;

#[test]
fn letters_set_apart_and_paragraphs_in_the_middle_of_the_page_give_no_alarm() {
    let place = Place::new();
    place.write("source/lines.yaml", LINES);
    for (tracking, alignment, more) in [
        ("0.1em", "centre", ""),
        ("-0.05em", "end", ""),
        ("0.3em", "centre", ", indent: 9mm"),
    ] {
        let row = format!("tracking: {tracking}, alignment: {alignment}{more}");
        place.write(
            "house.yaml",
            format!(
                "extends: classic\ntexts: {{title: {{tracking: {tracking}, size: 30pt}}, paragraph: {{{row}}}, quote: {{{row}}}}}\n"
            ),
        );
        let theme = "--theme house.yaml";
        place
            .run(&format!("export source -q --force -f all,html {theme}"))
            .expect(0);
        let ran = place.run(&format!("verify source --strict {theme}"));
        let equal = "pdf equal, docx equal, epub equal, html equal";
        let told = ran.expect(0).stderr;
        assert!(told.contains(equal), "{row}: {told}");
    }
}

#[test]
fn pages_that_begin_in_text_without_spaces_are_listed_where_they_begin() {
    let place = Place::new();
    let words = "กรุงเทพฯการค้าเจรจาชายแดนผู้ใหญ่น้ำ".repeat(150);
    place.write(
        "source/thai.yaml",
        format!(
            "series: Flash Point\ntitle: การค้า\nslug: thai\ndate: 2025-11-04\nlanguage: th\n\
             contributors: [{{name: Amina Khan, statement: [{words}]}}]\n"
        ),
    );
    place.run("export source -q -f pdf,epub").expect(0);
    let ran = place.run("verify source --strict");
    assert!(ran.expect(0).stderr.contains("pdf equal, epub equal"));
    let book = place.read("dist/thai.epub");
    assert!(has(&book, "OEBPS/nav.xhtml", "#page-2\""));
}
