//! What was told of sound pages once, each in a small piece: words, links and notes that stand and look as they should.

use crate::program::Place;

/// A theme, and statements that were told of in it: each with its language.
type Told = (&'static str, &'static [(&'static str, &'static str)]);

#[rustfmt::skip]
const TOLD: &[Told] = &[
    ("classic", &[
        // Signs that have a direction are mirrored from right to left.
        ("ur", r#""کلمہ ⊂ کلمہ ∈ کلمہ ≲ کلمہ ≥ کلمہ""#),
        ("en", r#""Of [کلمہ ⊃ کلمہ](lang:ur) and [(שלום < שלום)](lang:he) so ≥ 5 « 6""#),
        // Nastaliq lengthens no letters.
        ("ur", r#""کلمہ ـ کلمہ", "(ـ)""#),
        // A dot above a letter that has one.
        ("en", r#"table: {header: [["i̇ ı̇", "*i̇*", "**j̇**"]], rows: [["ɨ̇", i̇, "İ į̇"]]}"#),
        // Words among figures stand with their digits.
        ("en", r#"table: {header: [[A, Both, Shares]], rows: [[a, "277.8", N/A], [b, "1814507", "1,204"], [c, "18", n.a.], [d, nil, "5"]]}"#),
        // Links that begin and end with what nobody sees.
        ("en", r#""See [a\u00A0](https://example.org/)b and[\u00A0\u00A0a](https://example.org/) b""#),
        ("en", r#""See [a\u200B](https://example.org/) b, [a\u2060\u2060](https://example.org/) b, [a\u00AD](https://example.org/)b, [\u200Ca\u200C](https://example.org/) b""#),
        // The note of a table that lies on its side stands on another page than those before and behind it.
        ("en", r#""A word[^a] before it.", {table: {caption: "Turned[^b]", header: [[Trade in goods, Trade in services, Investment abroad, Investment at home, Unemployment, Population, Production, Consumption, Expectations]], rows: [[international, international, international, international, international, international, international, international, international]]}}, "A word behind it[^c].""#),
    ]),
    ("texts: {quote: {tracking: 0.3em}}", &[
        // A link that ends in a hyphen, with what stands between letters.
        ("en", r#"quote: "The stalemate [*of faction.* **have significant**](https://example.org/1) She was""#),
    ]),
];

#[test]
fn what_was_told_of_sound_pages_once_is_told_no_more() {
    for (theme, statements) in TOLD {
        let place = Place::new();
        let own = match theme.contains(':') {
            true => format!("extends: classic\n{theme}\n"),
            false => format!("extends: {theme}\n"),
        };
        place.write("house.yaml", own);
        for (index, (language, statement)) in statements.iter().enumerate() {
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
        let export = "export source -q -f pdf --theme house.yaml";
        place.run(export).expect(0);
        let verify = "verify source --strict --theme house.yaml";
        let ran = place.run(verify).expect(0);
        let equal = ran.stderr.matches("pdf equal").count();
        assert_eq!(equal, statements.len(), "{}", ran.stderr);
    }
}
