//! What the style sheets of EPUB, HTML and site say.

use std::collections::BTreeMap;

use flashpoint::compose::Kind;
use flashpoint::theme::{Ink, Sheet, Slant, Theme, Weight};

use super::KINDS;
use super::appearance::{Appearance, Marks, Table, assert_appearance, assert_marks, assert_table};

/// The rules of a style sheet by selector, those inside of at-rules left out.
fn rules(sheet: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut rules: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let mut depth = 0;
    let mut from = 0;
    let mut selector = String::new();
    let mut skipping = false;
    for (at, c) in sheet.char_indices() {
        match c {
            '{' => {
                if depth == 0 {
                    let head = sheet[from..at].rsplit("*/").next().unwrap_or_default();
                    selector = head.trim().to_owned();
                    skipping = selector.starts_with('@');
                }
                depth += 1;
                from = at + 1;
            }
            '}' => {
                depth -= 1;
                if depth == 0 && !skipping {
                    let says = sheet[from..at]
                        .split(';')
                        .filter_map(|says| says.split_once(':'));
                    let own = rules.entry(selector.clone()).or_default();
                    own.extend(
                        says.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())),
                    );
                }
                from = at + 1;
            }
            _ => {}
        }
    }
    rules
}

/// What a style sheet says of a kind.
fn appearance_in_sheet(sheet: &str, text: &str, container: &str) -> Appearance {
    let rules = rules(sheet);
    let empty = BTreeMap::new();
    let own = rules
        .get(text)
        .unwrap_or_else(|| panic!("no rule for `{text}` in {sheet}"));
    let held = rules.get(container).unwrap_or(&empty);
    let body = &rules["body"];
    let inherited = |name: &str| own.get(name).or_else(|| body.get(name));
    let number = |value: &String| value.trim_end_matches("em").parse::<f32>().unwrap();
    let size = own.get("font-size").map_or(1.0, number);
    // The container of several has the reader's own size.
    let unit = if container == text { size } else { 1.0 };
    let space = |name: &str| held.get(name).map(|value| number(value) * unit);
    let variables = rules.get(":root").unwrap_or(&empty);
    let colour = own
        .get("color")
        .map(|colour| match colour.strip_prefix("var(") {
            Some(name) => variables[name.trim_end_matches(')')].clone(),
            None => colour.clone(),
        });
    Appearance {
        size: Some(size),
        leading: inherited("line-height").map(number),
        before: space("margin-top"),
        after: space("margin-bottom"),
        weight: inherited("font-weight").map(|weight| match weight.as_str() {
            "400" => Weight::Regular,
            "600" => Weight::Semibold,
            other => panic!("weight {other}"),
        }),
        slant: inherited("font-style").map(|slant| match slant.as_str() {
            "normal" => Slant::Upright,
            "italic" => Slant::Italic,
            other => panic!("slant {other}"),
        }),
        alignment: own
            .get("text-align")
            .map(|alignment| match alignment.as_str() {
                "justify" => "justify",
                "start" => "start",
                "end" => "end",
                other => panic!("alignment {other}"),
            }),
        colour: colour.map(|colour| colour.trim_start_matches('#').to_owned()),
    }
}

/// Holds a whole style sheet; how many of its kinds have a colour of their own.
pub(super) fn assert_sheet(place: &str, text: &str, sheet: &Sheet, theme: &Theme) {
    for (kind, _, selector, container) in KINDS {
        let appearance = appearance_in_sheet(text, selector, container);
        assert!(
            appearance.leading.is_some()
                && appearance.before.is_some()
                && appearance.after.is_some(),
            "{place}: {kind:?}"
        );
        assert!(
            appearance.alignment.is_some() && appearance.weight.is_some(),
            "{place}: {kind:?}"
        );
        // Running text has the colour that its page has.
        assert_eq!(
            appearance.colour.is_none(),
            sheet[*kind].ink == Ink::Text,
            "{place}: {kind:?}"
        );
        assert_appearance(place, *kind, &appearance, &sheet[*kind], sheet, theme);
    }
    let rules = rules(text);
    let length = |selector: &str, property: &str, index: usize| {
        let value = &rules[selector][property];
        let value = value.split(' ').nth(index).unwrap();
        value.trim_end_matches("em").parse::<f32>().unwrap()
    };
    let cell = sheet[Kind::Cell].size / sheet.body();
    let table = Table {
        cell: Some(length("th, td", "padding", 0) * cell),
        gutter: Some(length("th, td", "padding-inline-end", 0) * cell),
        rule: Some(length("table", "border-bottom", 0)),
        head_rule: Some(length("thead", "border-bottom", 0)),
    };
    assert_table(place, &table, sheet, 0.002);
    let sign = |selector: &str| {
        let shown = &rules[selector]["list-style-type"];
        let shown = shown.trim_matches('"').strip_suffix("\\2002").unwrap();
        shown.to_owned()
    };
    let shown = rules["hr::before"]["content"].trim_matches('"');
    let marks = Marks {
        title_rule: length(".title-page .date", "border-bottom", 0),
        pull_bar: length(".pull-quote", "border-inline-start", 0),
        thought_break: length("hr", "margin", 0),
        break_shown: shown.replace("\\2003", "\u{2003}"),
        signs: vec![
            sign("ul"),
            sign("ul ul, ol ul"),
            sign("ul ul ul, ul ol ul, ol ul ul, ol ol ul"),
        ],
    };
    assert_marks(place, &marks, sheet, 0.002);
    // Whatever runs from right to left has its cells the other way round.
    for rule in rules.values() {
        for physical in [
            "padding-left",
            "padding-right",
            "margin-left",
            "margin-right",
        ] {
            assert!(!rule.contains_key(physical), "{place}: {physical}");
        }
    }
}
