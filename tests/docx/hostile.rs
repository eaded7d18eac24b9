//! Whatever the text is, the file is whole and says it.

use flashpoint::editions::docx;
use proptest::prelude::*;

use crate::package::Package;
use crate::{integrity, sample, sequences, words};

/// Text that XML, markup, fields and bookmarks might stumble over.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        "[ -~]{1,12}",
        Just("]]>".to_owned()),
        Just("<w:p>&amp;\"'</w:p>".to_owned()),
        Just("<!-- <![CDATA[ ?>".to_owned()),
        Just("{ PAGE \\* MERGEFORMAT }".to_owned()),
        Just("!ur!rtl".to_owned()),
        Just("👩‍👩‍👧‍👦🏳️‍🌈".to_owned()),
        Just("e\u{301}\u{302}\u{303}o\u{20DD}".to_owned()),
        Just("یہ اردو ہے، שלום".to_owned()),
        Just("漢字かな交じり文".to_owned()),
        Just("\u{AD}\u{200B}\u{2060}\u{A0}\u{2028}".to_owned()),
        "[a-z]{200,400}",
        any::<char>()
            .prop_filter("legal in XML", |c| !c.is_control()
                && !matches!(c, '\u{FFFE}' | '\u{FFFF}' | '\u{FEFF}'))
            .prop_map(String::from),
    ];
    prop::collection::vec(pieces, 1..6)
        .prop_map(|pieces| pieces.join(" "))
        .prop_filter("words", |text| text.chars().any(char::is_alphanumeric))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_comes_back_from_a_whole_file(
        series in hostile(),
        title in hostile(),
        name in hostile(),
        affiliation in hostile(),
        paragraph in hostile(),
        cell in hostile(),
    ) {
        let piece = serde_json::json!({
            "series": series, "title": title, "slug": "hostile", "date": "2025-11-04", "language": "en",
            "contributors": [{
                "name": name, "affiliation": affiliation,
                "statement": [paragraph, {"heading": paragraph}, {"list": [paragraph]}, {"table": {
                    "caption": cell, "header": [[cell]], "rows": [[cell]],
                }}],
            }],
        });
        let composition = sample::composed(&piece.to_string());
        let bytes = docx::write(&composition, None, &sample::options()).unwrap();
        let package = Package::read(&bytes);
        sequences::check(&package);
        integrity::check(&package);
        // Word holds words together by another space.
        let spaced = |text: String| text.replace('\u{A0}', " ");
        let said: Vec<_> = package.document().named("w:p").into_iter().map(words::words).map(spaced).collect();
        for text in &composition.texts {
            let text = spaced(text.plain());
            prop_assert!(said.contains(&text), "{text:?} is not in {said:?}");
        }
        let core = &package.parts["docProps/core.xml"];
        prop_assert_eq!(&core.child("dc:creator").unwrap().text, &composition.record.people[0].name);
    }
}
