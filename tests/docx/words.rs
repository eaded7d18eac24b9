//! What the document says and how it is built, read back.

use flashpoint::compose::{BlockKind, Composition, Kind, Target, TextId};
use flashpoint::editions::{Options, docx};
use flashpoint::theme::PageSize;

use crate::package::{Element, Package};
use crate::sample;

/// The text of a paragraph as the composition has it, note marks left out.
fn expected(composition: &Composition, text: TextId) -> String {
    composition[text].plain()
}

/// The words of a paragraph of the file, marks of second references left out.
pub(crate) fn words(paragraph: &Element) -> String {
    let mut words = paragraph.shown();
    for run in paragraph.named("w:r") {
        if run.property("w:rPr", "w:rStyle") == Some("FootnoteReference") {
            let mark = run.shown();
            if let Some(place) = words.find(&mark).filter(|_| !mark.is_empty()) {
                words.replace_range(place..place + mark.len(), "");
            }
        }
    }
    words
}

fn paragraphs<'a>(package: &'a Package, style: &str) -> Vec<&'a Element> {
    let all = package.document().named("w:p").into_iter();
    all.filter(|p| p.property("w:pPr", "w:pStyle") == Some(style))
        .collect()
}

#[test]
fn headings_stand_at_the_levels_of_the_composition() {
    let composition = sample::composed(sample::EVERY_BLOCK);
    let package = Package::read(&sample::written(sample::EVERY_BLOCK));
    let mut wanted = vec![(
        "Title".to_owned(),
        expected(&composition, composition.title_block.title.text),
    )];
    for section in &composition.sections {
        let blocks = section.blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::Heading(heading) => Some(heading),
            _ => None,
        });
        for heading in section.heading.iter().chain(blocks) {
            // Those of the end matter are no headings of Word's, which makes its contents of these.
            let end = match composition[heading.text].kind {
                Kind::EndHeading | Kind::EndSubheading => "End",
                _ => "",
            };
            let style = format!("{end}Heading{}", heading.level.number());
            wanted.push((style, expected(&composition, heading.text)));
        }
    }
    let found: Vec<_> = package
        .document()
        .named("w:p")
        .into_iter()
        .filter_map(|paragraph| {
            let style = paragraph.property("w:pPr", "w:pStyle")?;
            let heading =
                style == "Title" || style.starts_with("Heading") || style.starts_with("EndHeading");
            // Word has no other way to hold words together.
            heading.then(|| (style.to_owned(), words(paragraph).replace('\u{a0}', " ")))
        })
        .collect();
    assert_eq!(found, wanted);
    let title = &package.parts["word/styles.xml"];
    let title = title
        .named("w:style")
        .into_iter()
        .find(|s| s.attribute("w:styleId") == Some("Title"))
        .unwrap();
    assert_eq!(title.property("w:pPr", "w:outlineLvl"), Some("0"));
}

#[test]
fn the_byline_is_the_composition_s_and_leads_to_the_statements() {
    let composition = sample::composed(sample::EVERY_BLOCK);
    let package = Package::read(&sample::written(sample::EVERY_BLOCK));
    let byline = paragraphs(&package, "Contributors")[0];
    let text = composition.title_block.byline.unwrap();
    assert_eq!(words(byline), expected(&composition, text));
    let links: Vec<_> = byline
        .named("w:hyperlink")
        .into_iter()
        .filter_map(|l| l.attribute("w:anchor"))
        .collect();
    let anchors: Vec<_> = composition[text]
        .spans
        .iter()
        .filter_map(|span| match &span.target {
            Some(Target::Anchor(anchor)) => Some(anchor.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(links, anchors);
}

#[test]
fn every_block_and_heading_has_its_bookmark() {
    let composition = sample::composed(sample::EVERY_BLOCK);
    let package = Package::read(&sample::written(sample::EVERY_BLOCK));
    let names: Vec<_> = package
        .document()
        .named("w:bookmarkStart")
        .into_iter()
        .filter_map(|b| b.attribute("w:name"))
        .collect();
    assert!(names.contains(&composition.title_block.title.anchor.as_str()));
    for section in &composition.sections {
        assert!(
            names.contains(&section.anchor.as_str()),
            "{}",
            section.anchor
        );
        for block in &section.blocks {
            assert!(names.contains(&block.anchor.as_str()), "{}", block.anchor);
        }
    }
}

#[test]
fn numbered_lists_start_again() {
    let package = Package::read(&sample::written(sample::EVERY_BLOCK));
    let numbering = &package.parts["word/numbering.xml"];
    let mut used = Vec::new();
    for paragraph in package.document().named("w:p") {
        let number = paragraph.child("w:pPr").and_then(|p| p.child("w:numPr"));
        if let Some(id) = number.and_then(|n| n.child("w:numId")) {
            let id = id.attribute("w:val").unwrap();
            if !used.contains(&id) {
                used.push(id);
            }
        }
    }
    // One for all bullets, and one for each of the four numbered lists.
    assert_eq!(used.len(), 5);
    for id in &used[1..] {
        let of = numbering
            .named("w:num")
            .into_iter()
            .find(|n| n.attribute("w:numId") == Some(id))
            .unwrap();
        let restart = of.named("w:startOverride");
        assert_eq!(restart[0].attribute("w:val"), Some("1"), "list {id}");
    }
}

#[test]
fn a_table_repeats_its_head_and_says_what_it_is() {
    let package = Package::read(&sample::written(sample::EVERY_BLOCK));
    let tables = package.document().named("w:tbl");
    let heads: Vec<_> = tables
        .iter()
        .map(|t| (t.named("w:tr").len(), t.named("w:tblHeader").len()))
        .collect();
    assert_eq!(heads, [(3, 1), (3, 2)]);
    assert_eq!(
        tables[0].property("w:tblPr", "w:tblCaption"),
        Some("A table")
    );
}

#[test]
fn a_second_reference_shows_the_first_note_again() {
    let package = Package::read(&sample::written(sample::EVERY_BLOCK));
    let document = package.document();
    assert_eq!(document.named("w:footnoteReference").len(), 3);
    let again: Vec<_> = document
        .named("w:instrText")
        .into_iter()
        .map(|field| field.text.as_str())
        .filter(|text| text.starts_with("NOTEREF"))
        .collect();
    assert_eq!(again, ["NOTEREF ref_1 \\f \\h"; 2]);
    let notes = &package.parts["word/footnotes.xml"];
    let anchors = notes.named("w:hyperlink").into_iter();
    let back: Vec<_> = anchors
        .filter_map(|link| link.attribute("w:anchor"))
        .collect();
    // Word leads back to the first by itself.
    assert_eq!(back, ["ref_1_2", "ref_1_3"]);
}

#[test]
fn a_table_says_that_its_first_column_heads_the_rows() {
    let piece = serde_json::json!({
        "series": "s", "title": "t", "date": "2025-11-04", "language": "en",
        "contributors": [{"name": "n", "statement": [{"table": {
            "row_heads": true, "header": [["", "2023"]], "rows": [["Imports", "1"]],
        }}]}],
    });
    let package = Package::read(&sample::written(&piece.to_string()));
    let table = package.document().named("w:tbl")[0];
    let look = table.named("w:tblLook")[0];
    assert_eq!(look.attribute("w:firstColumn"), Some("1"));
    let styles: Vec<_> = table
        .named("w:pStyle")
        .into_iter()
        .filter_map(|style| style.attribute("w:val"))
        .collect();
    assert_eq!(
        styles,
        [
            "TableText",
            "TableHeadNumber",
            "TableRowHead",
            "TableNumber"
        ]
    );
}

#[test]
fn contents_come_with_more_than_six_headings() {
    let package = Package::read(&sample::written(sample::EVERY_BLOCK));
    assert_eq!(paragraphs(&package, "TOCHeading").len(), 1);
    let lines: usize = ["TOC2", "TOC3", "TOC4"]
        .iter()
        .map(|style| paragraphs(&package, style).len())
        .sum();
    let headings: usize = ["Heading2", "Heading3", "Heading4"]
        .iter()
        .map(|style| paragraphs(&package, style).len())
        .sum();
    assert_eq!(lines, headings);
    let plain = Package::read(&sample::written(sample::PLAIN));
    assert!(paragraphs(&plain, "TOCHeading").is_empty());
}

#[test]
fn contents_end_in_a_paragraph_of_their_own_without_the_end_matter() {
    let package = Package::read(&sample::written(sample::EVERY_BLOCK));
    let end = paragraphs(&package, "ContentsEnd");
    assert_eq!(end.len(), 1);
    let marks = end[0].named("w:fldChar");
    assert_eq!(marks.len(), 1);
    assert_eq!(marks[0].attribute("w:fldCharType"), Some("end"));
    let texts = |styles: &[&str]| -> Vec<String> {
        let all = package.document().named("w:p").into_iter();
        let of_style = |p: &&Element| {
            let style = p.property("w:pPr", "w:pStyle");
            style.is_some_and(|style| styles.contains(&style))
        };
        all.filter(of_style).map(words).collect()
    };
    assert!(!texts(&["EndHeading2"]).is_empty() && !texts(&["EndHeading3"]).is_empty());
    assert_eq!(
        texts(&["TOC2", "TOC3", "TOC4"]),
        texts(&["Heading2", "Heading3", "Heading4"])
    );
}

#[test]
fn links_in_the_piece_look_like_text_and_addresses_like_links() {
    let package = Package::read(&sample::written(sample::EVERY_BLOCK));
    for link in package.document().named("w:hyperlink") {
        let leads_inside = link.attribute("w:anchor").is_some();
        for run in link.named("w:r") {
            let style = run.property("w:rPr", "w:rStyle").unwrap_or_default();
            assert_eq!(
                style.starts_with("Hyperlink"),
                !leads_inside,
                "{}",
                run.shown()
            );
        }
    }
}

#[test]
fn emphasis_in_slanted_text_is_upright_and_strength_in_heavy_text_stays() {
    let package = Package::read(&sample::written(
        "series: S\ntitle: Some **strong** words\nsubtitle: Some *upright* words\ndate: 2025-11-04\nlanguage: en\n\
         contributors: [{name: N, statement: [Some *slanted* and **strong** words]}]\n",
    ));
    let look = |word: &str| {
        let runs = package.document().named("w:r");
        let run = runs.into_iter().find(|run| run.shown() == word).unwrap();
        let property = run.child("w:rPr").unwrap();
        let says = |name: &str| {
            let element = property.child(name)?;
            let off = matches!(element.attribute("w:val"), Some("0" | "false"));
            Some(!off)
        };
        (says("w:b"), says("w:i"))
    };
    assert_eq!(look("upright"), (None, Some(false)));
    assert_eq!(look("slanted"), (None, None));
    let strong = package.document().named("w:r");
    let strong: Vec<_> = strong
        .into_iter()
        .filter(|run| run.shown() == "strong")
        .collect();
    let bold = |run: &Element| run.child("w:rPr").is_some_and(|p| p.child("w:b").is_some());
    assert!(bold(strong[0]) && !bold(strong[1]));
}

#[test]
fn numbers_stand_at_the_end_of_their_column_and_a_rule_under_the_head() {
    let package = Package::read(&sample::written(
        "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\ncontributors:\n- name: N\n  statement:\n  \
         - table: {header: [[Year, Sums, Sums], [Year, One, Two]], rows: [['2024', '1,200', a], ['2025', '900', b]]}\n",
    ));
    let rows = package.document().named("w:tr");
    let styles = |row: &Element| -> Vec<String> {
        let paragraphs = row.named("w:p").into_iter();
        paragraphs
            .map(|p| p.property("w:pPr", "w:pStyle").unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        styles(rows[0]),
        ["TableHead", "TableHeadNumber", "TableHead"]
    );
    assert_eq!(styles(rows[2]), ["TableText", "TableNumber", "TableText"]);
    for (index, row) in rows.iter().enumerate() {
        let cells = row.named("w:tc");
        let ruled = cells
            .iter()
            .filter(|cell| !cell.named("w:tcBorders").is_empty());
        assert_eq!(ruled.count(), if index == 1 { 3 } else { 0 }, "row {index}");
        let flush: Vec<bool> = cells
            .iter()
            .map(|cell| !cell.named("w:tcMar").is_empty())
            .collect();
        assert_eq!(flush, [false, false, true]);
    }
    let styles = &package.parts["word/styles.xml"];
    let number = styles.named("w:style").into_iter();
    let mut number = number.filter(|style| style.attribute("w:styleId") == Some("TableNumber"));
    assert_eq!(
        number.next().unwrap().property("w:pPr", "w:jc"),
        Some("right")
    );
}

#[test]
fn one_space_stands_between_a_name_and_what_is_under_it() {
    let package = Package::read(&sample::written(
        "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\ncontributors:\n- name: N\n  role: edt\n  affiliation: A\n  statement:\n  \
         - heading: H\n  - subheading: I\n  - quote: {text: \"One.\", by: Somebody}\n  - quote: Two.\n  - list: [a, [b, {numbered: [c]}], d]\n",
    ));
    let gap = |words: &str, side: &str| {
        let all = package.document().named("w:p");
        let paragraph = all.into_iter().rfind(|p| p.shown() == words).unwrap();
        let spacing = paragraph.child("w:pPr").and_then(|p| p.child("w:spacing"));
        spacing.and_then(|spacing| spacing.attribute(side).map(str::to_owned))
    };
    assert_eq!(gap("N", "w:after").as_deref(), Some("0"));
    assert_eq!(gap("H", "w:after").as_deref(), Some("75"));
    assert_eq!(gap("I", "w:before").as_deref(), Some("0"));
    assert_eq!(gap("One.", "w:after").as_deref(), Some("0"));
    assert_eq!(gap("Two.", "w:after"), None);
    // All of a list is of one style, which leaves no space between its like.
    let list = paragraphs(&package, "ListParagraph");
    assert_eq!(list.len(), 4);
}

#[test]
fn right_to_left_is_marked_on_paragraphs_runs_tables_and_section() {
    let package = Package::read(&sample::written(sample::URDU));
    let document = package.document();
    let direction = |paragraph: &Element| {
        let bidi = paragraph.child("w:pPr").and_then(|p| p.child("w:bidi"));
        bidi.is_some_and(|b| b.attribute("w:val") != Some("0"))
    };
    for paragraph in document.named("w:p") {
        let english = paragraph.shown().starts_with("A whole paragraph");
        assert_eq!(direction(paragraph), !english, "{}", paragraph.shown());
    }
    for run in document
        .named("w:r")
        .into_iter()
        .filter(|run| !run.shown().trim().is_empty())
    {
        let english = run
            .shown()
            .chars()
            .all(|c| c.is_ascii() && !c.is_ascii_digit());
        let marked = run
            .child("w:rPr")
            .is_some_and(|p| p.child("w:rtl").is_some());
        assert_eq!(marked, !english, "{}", run.shown());
        if english {
            assert_eq!(
                run.child("w:rPr")
                    .unwrap()
                    .child("w:lang")
                    .unwrap()
                    .attribute("w:val"),
                Some("en")
            );
        }
    }
    assert_eq!(document.named("w:bidiVisual").len(), 1);
    assert!(document.named("w:sectPr")[0].child("w:bidi").is_some());
}

#[test]
fn columns_are_as_wide_as_their_words_ask_and_fill_the_measure() {
    let piece = serde_json::json!({
        "series": "s", "title": "t", "date": "2025-11-04", "language": "en",
        "contributors": [{"name": "n", "statement": [{"table": {
            "header": [["No.", "Remark"]],
            "rows": [["1", "closed for part of the month because of snow on the pass"]],
        }}]}],
    });
    let package = Package::read(&sample::written(&piece.to_string()));
    let widths: Vec<u32> = package
        .document()
        .named("w:gridCol")
        .into_iter()
        .map(|column| column.attribute("w:w").unwrap().parse().unwrap())
        .collect();
    assert!(widths[1] > 3 * widths[0], "{widths:?}");
    let measure = (sample::options().theme.measures.measure.0 * 20.0) as u32;
    assert!(
        (measure - 2..=measure).contains(&(widths[0] + widths[1])),
        "{widths:?}"
    );
}

#[test]
fn the_paper_is_the_one_asked_for_and_the_measure_the_theme_s() {
    for (page_size, paper) in [
        (PageSize::A4, (11906, 16838)),
        (PageSize::Letter, (12240, 15840)),
    ] {
        let options = Options {
            page_size,
            ..sample::options()
        };
        let composition = sample::composed(sample::PLAIN);
        let package = Package::read(&docx::write(&composition, None, &options).unwrap());
        let section = package.document().named("w:sectPr")[0];
        let number = |element: &str, name: &str| -> i32 {
            section
                .child(element)
                .unwrap()
                .attribute(name)
                .unwrap()
                .parse()
                .unwrap()
        };
        assert_eq!((number("w:pgSz", "w:w"), number("w:pgSz", "w:h")), paper);
        let text = paper.0 - number("w:pgMar", "w:left") - number("w:pgMar", "w:right");
        let measure = (options.theme.measures.measure.0 * 20.0) as i32;
        assert!((text - measure).abs() <= 1, "{text} and {measure}");
        assert!(section.child("w:titlePg").is_some());
    }
}
