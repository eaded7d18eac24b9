//! Text that looks like PDF, XML or markup stays text.

use proptest::prelude::*;

use crate::conformance::broken_rules;
use crate::edition::from_yaml;
use crate::reader::{Element, read};

/// A piece with a text everywhere, written as JSON, which is YAML.
fn piece(text: &str) -> String {
    serde_json::json!({
        "series": text,
        "title": text,
        "date": "2025-11-04",
        "date_text": text,
        "language": "en",
        "slug": "hostile",
        "summary": text,
        "keywords": [text],
        "rights": text,
        "contributors": [{"name": text, "affiliation": text, "statement": [text, {"heading": text}, "End."]}],
    })
    .to_string()
}

fn headings(document: &Element) -> Vec<String> {
    let mut found = Vec::new();
    document.find("H2", &mut found);
    found
        .iter()
        .map(|heading| heading.text().replace('\u{AD}', ""))
        .collect()
}

#[test]
fn syntax_of_pdf_and_xml_stays_text() {
    for text in [
        ") Tj ET Q endstream endobj",
        "((((( \\\\ \\( \\) \\",
        "<</S/JavaScript/JS(app.alert(1))>>",
        "%%EOF startxref 0",
        "<script>&amp;]]></rdf:li>",
        "þÿ and ï»¿ at the start",
        "emoji 🦀 beyond the plane, é as e\u{301}, \u{AD}soft\u{AD}ly",
    ] {
        let edition = from_yaml(&piece(text));
        assert_eq!(broken_rules(&edition.bytes), [""; 0], "{text}");
        let name = edition.composition.record.people[0]
            .name
            .replace('\u{AD}', "");
        assert_eq!(headings(&read(&edition.bytes))[0], name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_text_keeps_the_standards_and_is_read_back(
        text in "[ -~¡-ÿΑ-ωа-я€“”…🦀ﬁ]{1,60}",
    ) {
        prop_assume!(!text.trim().is_empty());
        let edition = from_yaml(&piece(&text));
        prop_assert_eq!(broken_rules(&edition.bytes), [""; 0]);
        let name = edition.composition.record.people[0].name.replace('\u{AD}', "");
        let found = headings(&read(&edition.bytes));
        prop_assert_eq!(found[0].trim(), name.trim());
    }
}
