//! What was told of sound pages once, each in a small piece: words, links and notes that stand and look as they should.

use crate::program::Place;

/// Statements that were told of, each with its language.
#[rustfmt::skip]
const TOLD: &[(&str, &str)] = &[
    // Signs that have a direction are mirrored from right to left.
    ("ur", r#""کلمہ ⊂ کلمہ ∈ کلمہ ≲ کلمہ ≥ کلمہ""#),
    ("en", r#""Of [کلمہ ⊃ کلمہ](lang:ur) and [(שלום < שלום)](lang:he) so ≥ 5 « 6""#),
    // Nastaliq lengthens no letters.
    ("ur", r#""کلمہ ـ کلمہ", "(ـ)""#),
    // A dot above a letter that has one.
    ("en", r#"table: {header: [["i̇ ı̇", "*i̇*", "**j̇**"]], rows: [["ɨ̇", i̇, "İ į̇"]]}"#),
    // A list whose first words run the other way stands in at the other side, and all that is in it.
    ("en", r#"list: ["کلمہ", [{list: [A word, "کلمہ"]}], "A second word."]"#),
    ("ur", r#"list: [A word, [{list: ["کلمہ", A word]}], "کلمہ"]"#),
    // Words among figures stand with their digits.
    ("en", r#"table: {header: [[A, Both, Shares]], rows: [[a, "277.8", N/A], [b, "1814507", "1,204"], [c, "18", n.a.], [d, nil, "5"]]}"#),
    // Links that begin and end with what nobody sees.
    ("en", r#""See [a\u00A0](https://example.org/)b and[\u00A0\u00A0a](https://example.org/) b""#),
    ("en", r#""See [a\u200B](https://example.org/) b, [a\u2060\u2060](https://example.org/) b, [a\u00AD](https://example.org/)b, [\u200Ca\u200C](https://example.org/) b""#),
    // Signs that nobody sees, and marks of another face.
    ("en", r#""Of f\u2061x, x \u034F b, a\U000E0041b, \u206Fx and x \u1D173 b: ab\u0483cd, ab\u302Acd""#),
    // The note of a table that lies on its side stands on another page than those before and behind it.
    ("en", r#""A word[^a] before it.", {table: {caption: "Turned[^b]", header: [[Trade in goods, Trade in services, Investment abroad, Investment at home, Unemployment, Population, Production, Consumption, Expectations]], rows: [[international, international, international, international, international, international, international, international, international]]}}, "A word behind it[^c].""#),
];

#[test]
fn what_was_told_of_sound_pages_once_is_told_no_more() {
    let place = Place::new();
    for (index, (language, statement)) in TOLD.iter().enumerate() {
        let notes = match statement.contains("[^a]") {
            true => "notes: {a: Note a., b: Note b., c: Note c.}\n",
            false => "",
        };
        let piece = format!(
            "series: S\ntitle: T\nslug: p{index}\ndate: 2025-01-01\nlanguage: {language}\n\
             contributors: [{{name: A, statement: [{statement}]}}]\n{notes}"
        );
        place.write(format!("source/p{index}.yaml"), piece);
    }
    place.run("export source -q -f pdf").expect(0);
    let ran = place.run("verify source --strict").expect(0);
    let equal = ran.stderr.matches("pdf equal").count();
    assert_eq!(equal, TOLD.len(), "{}", ran.stderr);
}
