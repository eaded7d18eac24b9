//! Tables: sections whose pages lie on their side, figures under their decimal points, what authors say of columns.

use crate::package::{Element, Package};
use crate::sample;

/// A piece with a table of sixteen columns of figures between these blocks.
fn piece(before: &str, after: &str) -> Package {
    let heads: Vec<String> = (1..=16).map(|month| format!("M{month}")).collect();
    let cells = vec!["'11,101'"; 16].join(", ");
    Package::read(&sample::written(&format!(
        "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\ncontributors:\n- name: N\n  statement:\n{before}  - table: {{header: [[{}]], rows: [[{cells}]]}}\n{after}",
        heads.join(", ")
    )))
}

fn sections(package: &Package) -> Vec<&Element> {
    package.document().named("w:sectPr")
}

fn orientation(section: &Element) -> Option<&str> {
    section.child("w:pgSz")?.attribute("w:orient")
}

fn refers(section: &Element, id: &str) -> bool {
    let references = section.named("w:headerReference").into_iter();
    let mut references = references.chain(section.named("w:footerReference"));
    references.any(|reference| reference.attribute("r:id") == Some(id))
}

#[test]
fn a_table_that_is_too_wide_stands_in_a_section_on_its_side() {
    let package = piece("  - Before.\n", "  - After.\n");
    let sections = sections(&package);
    let [first, turned, last] = sections[..] else {
        panic!("three sections")
    };
    assert_eq!(
        [first, turned, last].map(orientation),
        [None, Some("landscape"), None]
    );
    // The first page of the file is that of its first section alone.
    let title = |section: &Element| section.child("w:titlePg").is_some();
    assert_eq!([first, turned, last].map(title), [true, false, false]);
    assert!(
        refers(first, "rIdHeader") && refers(turned, "rIdHeader3") && refers(last, "rIdHeader")
    );
    assert!(
        refers(first, "rIdFooter1") && refers(turned, "rIdFooter3") && refers(last, "rIdFooter1")
    );
    let size = |section: &Element, side: &str| -> i32 {
        let size = section
            .child("w:pgSz")
            .and_then(|size| size.attribute(side));
        size.and_then(|size| size.parse().ok()).unwrap()
    };
    assert_eq!(size(first, "w:w"), size(turned, "w:h"));
    assert_eq!(size(first, "w:h"), size(turned, "w:w"));
    // The head's parts stand at the edges of this page's text.
    let margins = turned.child("w:pgMar").unwrap();
    let margin = |side: &str| {
        margins
            .attribute(side)
            .and_then(|m| m.parse::<i32>().ok())
            .unwrap()
    };
    let measure = size(turned, "w:w") - margin("w:left") - margin("w:right");
    let header = &package.parts["word/header3.xml"];
    let tabs = header.named("w:tab").into_iter();
    let mut ends = tabs.filter(|tab| tab.attribute("w:val") == Some("right"));
    let end = ends.next().and_then(|tab| tab.attribute("w:pos")).unwrap();
    assert!(
        (end.parse::<i32>().unwrap() - measure).abs() <= 2,
        "{end} {measure}"
    );
}

#[test]
fn no_section_stands_behind_a_table_that_ends_the_file() {
    let package = piece("  - Before.\n", "");
    let sections = sections(&package);
    assert_eq!(
        sections
            .iter()
            .map(|section| orientation(section))
            .collect::<Vec<_>>(),
        [None, Some("landscape")]
    );
    assert!(refers(sections[1], "rIdHeader3"));
    let package = Package::read(&sample::written(
        "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\ncontributors:\n- name: N\n  statement: [a]\n",
    ));
    assert_eq!(package.document().named("w:sectPr").len(), 1);
    assert!(!package.parts.contains_key("word/header3.xml"));
}

#[test]
fn figures_stand_under_their_decimal_points_and_columns_as_their_author_says() {
    let package = Package::read(&sample::written(
        "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\ncontributors:\n- name: N\n  statement:\n  \
         - table: {columns: [{}, {}, {align: centre}], header: [[A, B, C]], rows: [[a, '12.25', x], [b, '3', y], [c, –, z]]}\n",
    ));
    let rows = package.document().named("w:tr");
    let indents: Vec<i32> = rows[1..]
        .iter()
        .map(|row| {
            let cell = row.named("w:p")[1];
            let indent = cell.child("w:pPr").and_then(|p| p.child("w:ind"));
            let end =
                indent.and_then(|indent| indent.attribute("w:right").or(indent.attribute("w:end")));
            end.map_or(0, |end| end.parse().unwrap())
        })
        .collect();
    assert!(
        indents[0] == 0 && indents[1] > 150 && indents[1] == indents[2],
        "{indents:?}"
    );
    let centred = rows[1].named("w:p")[2].property("w:pPr", "w:jc");
    assert_eq!(centred, Some("center"));
    // The words of a head stand on its rule.
    let head = rows[0].named("w:tc");
    assert!(
        head.iter()
            .all(|cell| cell.property("w:tcPr", "w:vAlign") == Some("bottom"))
    );
}
