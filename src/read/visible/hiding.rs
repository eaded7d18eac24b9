//! What hides an element, whatever stands around it.

use super::values::{length, proportion};

/// Letters smaller than this, in pixels, are not seen.
pub(super) const SMALL: f64 = 2.5;
/// What stands so far off is off the page, in pixels.
pub(super) const FAR: f64 = 500.0;
/// What is drawn more faintly is not seen, from 0 to 1.
pub(super) const FAINT: f64 = 0.1;

/// Whether a transformation leaves words where they are and as they are: moved by little, or a little smaller or larger.
fn is_slight(bare: &str) -> bool {
    let mut functions = bare.split(')').filter(|function| !function.is_empty());
    matches!(bare, "none" | "initial" | "inherit" | "unset")
        || functions.all(|function| {
            let (name, inside) = function.split_once('(').unwrap_or((function, ""));
            let mut numbers = inside.split(',');
            match name {
                "scale" | "scalex" | "scaley" => numbers.all(|number| {
                    number
                        .parse::<f64>()
                        .is_ok_and(|by| (0.5..=2.0).contains(&by))
                }),
                "translate" | "translatex" | "translatey" => {
                    numbers.all(|number| length(number, 16.0).is_some_and(|by| by.abs() <= 32.0))
                }
                _ => false,
            }
        })
}

/// The weight that a value gives, beside what stands around.
pub(super) fn weight(value: &str, around: f64) -> f64 {
    match value {
        "normal" => 400.0,
        "bold" => 700.0,
        "bolder" => around + 300.0,
        "lighter" => around - 300.0,
        value => value.parse().unwrap_or(around),
    }
}

/// Whether the first face of a list shows signs for letters.
pub(super) fn is_of_signs(value: &str) -> bool {
    let first = value.split(',').next().unwrap_or_default();
    ["wingdings", "webdings", "dingbats", "symbol"]
        .iter()
        .any(|own| first.contains(own))
}

/// Whether a declaration hides the element that it is for.
pub(super) fn hides(property: &str, value: &str) -> bool {
    let bare: String = value.chars().filter(|c| !c.is_whitespace()).collect();
    match property {
        "display" => value == "none",
        "visibility" => matches!(value, "hidden" | "collapse"),
        "content-visibility" => value == "hidden",
        "opacity" => proportion(value).is_some_and(|opacity| opacity < FAINT),
        "font-size" => length(value, 16.0).is_some_and(|size| size < SMALL),
        "clip" => bare.starts_with("rect(") && !bare.contains("auto"),
        "transform" => !is_slight(&bare),
        _ => false,
    }
}
