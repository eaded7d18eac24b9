//! Declarations that hide the element that they are for.

use super::values::{length, proportion};
use super::{FAINT, FAR, SMALL};

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
        "clip-path" => [
            "inset(50%",
            "inset(51%",
            "inset(99",
            "inset(100%",
            "circle(0",
            "ellipse(0",
            "polygon(00,00",
        ]
        .iter()
        .any(|own| bare.starts_with(own)),
        "transform" => {
            let is_nothing = ["scale(0", "scalex(0", "scaley(0", "scale3d(0"]
                .iter()
                .any(|own| bare.contains(own) && !bare.contains(&format!("{own}.")));
            let numbers = bare.split(['(', ',', ')']);
            is_nothing
                || bare.contains("translate")
                    && numbers
                        .filter_map(|number| length(number, 16.0))
                        .any(|by| by.abs() > FAR)
        }
        _ => false,
    }
}
