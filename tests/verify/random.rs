//! Pieces that nobody wrote: their editions always say what they say, and never what a piece says with one letter changed.

use std::path::Path;

use flashpoint::check::check;
use flashpoint::compose::{Composition, compose};
use flashpoint::load::load;
use flashpoint::read::read;
use flashpoint::verify::{Expected, Verdict, hold};
use proptest::prelude::*;

/// Words in several scripts, with marks, digits and signs.
const WORDS: &[&str] = &[
    "border",
    "trade",
    "naïve",
    "Straße",
    "l’été",
    "co-operation",
    "№5",
    "1,250",
    "3.5%",
    "граница",
    "σύνορα",
    "سرحد",
    "گفتگو",
    "सीमा",
    "边境",
    "ชายแดน",
    "“quoted”",
    "(so)",
    "A–B",
    "e\u{301}",
    "x²",
    "Ω",
    "*stress*",
    "**weight**",
    "H~2~O",
    "[link](https://example.org/a)",
    "[mot](lang:fr)",
    "x[^n]",
];

fn text() -> impl Strategy<Value = String> {
    let words = prop::collection::vec(prop::sample::select(WORDS), 1..14);
    words.prop_map(|words| format!("Begins {} ends.", words.join(" ")))
}

/// A block, with the form of a source in JSON, which is YAML too.
fn block() -> impl Strategy<Value = String> {
    let quoted = |text: String| serde_json::Value::from(text).to_string();
    let list = prop::collection::vec(text(), 1..4);
    prop_oneof![
        4 => text().prop_map(quoted),
        1 => text().prop_map(move |text| format!("{{heading: {}}}", quoted(text.replace("[^n]", "")))),
        1 => text().prop_map(move |text| format!("{{quote: {}}}", quoted(text))),
        1 => list.prop_map(move |items| {
            let items: Vec<String> = items.into_iter().map(quoted).collect();
            format!("{{list: [{}]}}", items.join(", "))
        }),
        1 => (text(), text()).prop_map(move |(a, b)| {
            format!("{{table: {{header: [[A, B]], rows: [[{}, {}]], row_heads: true}}}}", quoted(a), quoted(b))
        }),
    ]
}

fn piece() -> impl Strategy<Value = String> {
    prop::collection::vec(block(), 1..9).prop_map(|blocks| {
        let blocks: Vec<String> = blocks.iter().map(|block| format!("      - {block}\n")).collect();
        format!(
            "series: Flash Point\ntitle: A random piece\ndate: 2025-11-04\nlanguage: en\n\
             contributors:\n  - name: Amina Khan\n    statement:\n{}      - 'Last[^n].'\nnotes: {{n: A note.}}\n",
            blocks.concat()
        )
    })
}

fn composed(folder: &Path, text: &str) -> Composition {
    let path = folder.join("piece.yaml");
    std::fs::write(&path, text).unwrap();
    let checked = check(&load(&path));
    let piece = checked
        .piece
        .unwrap_or_else(|| panic!("{:#?}\n{text}", checked.diagnostics));
    compose(&piece, None)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn random_pieces_always_verify_and_one_letter_more_never_does(text in piece(), at in any::<prop::sample::Index>()) {
        let folder = tempfile::tempdir().unwrap();
        let expected = Expected::of(&composed(folder.path(), &text));
        let manuscript = flashpoint::open(folder.path().join("piece.yaml")).unwrap();
        // One of the words that every text begins and ends with: no markup is near.
        let places: Vec<usize> = text.match_indices("egins").chain(text.match_indices("nds.")).map(|(at, _)| at).collect();
        prop_assume!(!places.is_empty());
        let mut changed = text.clone();
        changed.insert(places[at.index(places.len())], 'k');
        let other = Expected::of(&composed(folder.path(), &changed));
        for format in flashpoint::formats() {
            let bytes = manuscript.edition(format).unwrap();
            let contents = read(&bytes).unwrap();
            let held = hold(&contents, &expected);
            prop_assert_eq!(held.differences, vec![], "{} of {}", format, text);
            let differences = hold(&contents, &other).differences;
            prop_assert_eq!(Verdict::of(&differences), Verdict::Text, "{}", format);
        }
    }
}
