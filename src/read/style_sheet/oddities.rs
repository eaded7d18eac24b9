//! Declarations that no sheet of an edition has, and that show text other than it is said, or in another order or place: filters,
//! masks, turns, orders of their own, spaces that pull words apart. They are told wherever they stand, whatever they are for.

use super::super::need::Need;
use super::super::visible::length;

/// Properties that show text otherwise, with the values that do nothing.
const ODD: &[(&str, &[&str])] = &[
    ("-webkit-background-clip", &["border-box", "padding-box"]),
    ("-webkit-box-reflect", &["none"]),
    ("-webkit-filter", &["none"]),
    ("-webkit-line-clamp", &["none"]),
    ("-webkit-mask", &["none"]),
    ("-webkit-mask-image", &["none"]),
    ("-webkit-text-stroke", &["0"]),
    ("-webkit-text-stroke-width", &["0"]),
    ("-webkit-transform", &["none"]),
    ("-webkit-user-select", &["auto", "text"]),
    ("-epub-speak", &["auto", "normal"]),
    ("-epub-writing-mode", &["horizontal-tb"]),
    ("-webkit-writing-mode", &["horizontal-tb"]),
    ("all", &[]),
    ("animation", &["none"]),
    ("animation-name", &["none"]),
    ("backdrop-filter", &["none"]),
    ("background-clip", &["border-box", "padding-box"]),
    ("background-image", &["none"]),
    ("clip-path", &["none"]),
    ("direction", &[]),
    ("filter", &["none"]),
    ("flex-flow", &[]),
    ("font-size-adjust", &["none"]),
    ("font-stretch", &["normal", "100%"]),
    ("font-variant-alternates", &["normal"]),
    ("font-variant-position", &["normal"]),
    ("grid-area", &["auto"]),
    ("grid-column", &["auto"]),
    ("grid-row", &["auto"]),
    ("grid-template-areas", &["none"]),
    ("image-orientation", &["from-image"]),
    ("image-rendering", &["auto"]),
    ("initial-letter", &["normal"]),
    ("line-clamp", &["none"]),
    ("mask", &["none"]),
    ("mask-image", &["none"]),
    ("max-lines", &["none"]),
    ("mix-blend-mode", &["normal"]),
    ("object-position", &["50% 50%", "center"]),
    ("offset-path", &["none"]),
    ("order", &["0"]),
    ("perspective", &["none"]),
    ("pointer-events", &["auto"]),
    ("quotes", &["auto"]),
    ("rotate", &["none"]),
    ("ruby-position", &[]),
    ("scale", &["none", "1"]),
    ("shape-outside", &["none"]),
    ("speak", &["auto", "normal"]),
    ("speak-as", &["auto", "normal"]),
    ("text-combine-upright", &["none"]),
    ("text-orientation", &["mixed"]),
    ("text-overflow", &["clip"]),
    ("text-shadow", &["none"]),
    ("transform", &["none"]),
    ("translate", &["none"]),
    ("user-select", &["auto", "text"]),
    ("writing-mode", &["horizontal-tb"]),
    ("zoom", &["1", "100%", "normal"]),
];
/// Ways to lay out what stands in an element that may put it in another order.
const LAYOUTS: &[&str] = &[
    "contents",
    "flex",
    "grid",
    "inline-flex",
    "inline-grid",
    "ruby",
    "run-in",
];
/// Rules that change what others show, or bring in what is not in the file.
pub(super) const RULES: &[&str] = &[
    "counter-style",
    "font-feature-values",
    "import",
    "keyframes",
    "property",
    "-webkit-keyframes",
];
/// What of a face is said besides its name, its file and its kind.
pub(super) const OF_FACES: &[&str] = &[
    "ascent-override",
    "descent-override",
    "font-feature-settings",
    "font-variation-settings",
    "line-gap-override",
    "size-adjust",
    "unicode-range",
];
/// The features that sheets ask for: figures and small capitals.
const FEATURES: &[&str] = &[
    "normal", "onum", "pnum", "lnum", "tnum", "smcp", "c2sc", "kern", "liga",
];

/// That a declaration shows text otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Odd {
    /// What a theme has whose sheets say it.
    pub(super) unless: Option<Need>,
}

/// Whether a declaration shows text otherwise.
pub(super) fn odd(property: &str, value: &str) -> Option<Odd> {
    if is_odd(property, value) {
        return Some(Odd { unless: None });
    }
    let needs = |need: fn(i64) -> Need, by: f64| Odd {
        unless: Some(need(Need::thousandths(by))),
    };
    match property {
        "line-height" => {
            let times = value
                .trim()
                .parse::<f64>()
                .ok()
                .filter(|times| *times != 0.0);
            let times = times.filter(|times| !(0.8..=4.0).contains(times));
            times.map(|times| needs(Need::LeadingShare, times))
        }
        "margin-top" | "margin-bottom" => {
            let by = length(value, 1.0).filter(|by| *by < -1.0);
            by.map(|by| needs(Need::SpaceShare, by))
        }
        _ => None,
    }
}

/// Whether a declaration shows text otherwise, whatever the theme is.
fn is_odd(property: &str, value: &str) -> bool {
    let value = value.trim().to_ascii_lowercase();
    let value = value.trim_end_matches("!important").trim();
    if let Some((_, harmless)) = ODD.iter().find(|(own, _)| *own == property) {
        let always = ["unset", "initial", "inherit", "revert"];
        return !harmless.contains(&value) && (property == "all" || !always.contains(&value));
    }
    let by = |size: f64| length(value, size);
    let beyond = |least: f64, most: f64| by(1.0).is_some_and(|by| !(least..=most).contains(&by));
    match property {
        "display" => LAYOUTS.contains(&value),
        "position" => matches!(value, "absolute" | "fixed" | "sticky"),
        // A portrait stands where lines start.
        "float" => !matches!(value, "left" | "inline-start" | "none"),
        "letter-spacing" => beyond(-0.1, 0.3),
        "word-spacing" => beyond(-0.2, 1.0),
        "margin" => value
            .split_whitespace()
            .any(|part| length(part, 1.0).is_some_and(|by| by < -1.0)),
        "background" => value.contains("url(") || value.contains("gradient("),
        "content" => ["url(", "attr(", "open-quote", "close-quote", "counters("]
            .iter()
            .any(|own| value.contains(own)),
        "object-fit" => matches!(value, "cover" | "fill" | "none"),
        "font-family" | "font" => value.split(',').any(super::super::sign_faces::shows_signs),
        "font-feature-settings" => {
            let names = value.split(',').map(|one| {
                let name = one.split_whitespace().next().unwrap_or_default();
                name.trim_matches(['"', '\''])
            });
            names
                .filter(|name| !name.is_empty())
                .any(|name| !FEATURES.contains(&name))
        }
        "text-decoration" | "text-decoration-line" => {
            value.contains("overline") || value.contains("blink")
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_shows_text_otherwise_is_odd_and_what_sheets_say_is_not() {
        for (property, value) in [
            ("filter", "invert(1)"),
            ("direction", "rtl"),
            ("order", "-1"),
            ("display", "flex"),
            ("letter-spacing", "2em"),
            ("line-height", "0.2"),
            ("margin", "0 0 -3em"),
            ("float", "right"),
            ("transform", "rotate(180deg)"),
            ("font-feature-settings", "\"sups\" 1"),
            ("background", "url(a.png)"),
        ] {
            assert!(odd(property, value).is_some(), "{property}: {value}");
        }
        for (property, value) in [
            ("filter", "none"),
            ("display", "inline-block"),
            ("letter-spacing", "0.06em"),
            ("line-height", "0"),
            ("line-height", "1.3636"),
            ("margin", "0.3em 0 1.0227em"),
            ("margin-top", "-0.25em"),
            ("float", "inline-start"),
            ("font-feature-settings", "\"onum\" 1, \"pnum\" 1"),
            ("background", "var(--paper)"),
            ("content", "\"*\\2003*\""),
        ] {
            assert_eq!(odd(property, value), None, "{property}: {value}");
        }
    }
}
