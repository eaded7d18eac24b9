//! Whether the text of an element is seen, and as it is written, by what styles say of it (CSS 2.2; CSS Color 4).
//!
//! Sizes and places count roughly, and what cannot be worked out here hides nothing: enough to find words that are said and not
//! seen, never to draw.

mod hides;
mod looks;
mod marker;
mod values;

use self::hides::hides;
use self::looks::USUAL;
use self::marker::Marker;
pub(in crate::read) use self::values::length;
use self::values::{Colour, colour, proportion, strings, words};
use super::dom::{Dom, NodeId};
use super::style_sheet::{Declaration, StyleSheet, Target};

/// Letters smaller than this, in pixels, are not seen.
const SMALL: f64 = 2.5;
/// What stands so far off is off the page, in pixels.
const FAR: f64 = 500.0;
/// What is drawn more faintly is not seen, from 0 to 1.
const FAINT: f64 = 0.1;
/// Colours that differ by less in every part cannot be told apart.
const ALIKE: f64 = 0.03;

/// What holds for the text of an element.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Visible {
    /// Why it is not seen as it is written.
    pub(super) hidden: Option<&'static str>,
    /// How its letters are changed.
    transform: Option<Transform>,
    /// In pixels.
    size: f64,
    opacity: f64,
    /// None where it is not known.
    ink: Option<Colour>,
    ground: Option<Colour>,
    is_invisible: bool,
    /// How the items of the list are labelled that it stands in.
    marker: Marker,
    /// Whether its letters are slanted.
    is_slanted: bool,
    /// How heavy its letters are; 400 is usual.
    weight: u16,
    /// Whether a sign stands at each letter.
    is_dotted: bool,
}

/// How letters are changed for the eye.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Transform {
    Capitals,
    Small,
    First,
}

impl Default for Visible {
    fn default() -> Self {
        Self {
            hidden: None,
            transform: None,
            size: 16.0,
            opacity: 1.0,
            ink: Some([0.0, 0.0, 0.0, 1.0]),
            ground: Some([1.0; 4]),
            is_invisible: false,
            marker: Marker::default(),
            is_slanted: false,
            weight: USUAL,
            is_dotted: false,
        }
    }
}

/// What an element's own styles do besides.
#[derive(Debug, Default)]
pub(super) struct Effects {
    /// Words that a style writes.
    pub(super) generated: Vec<String>,
    /// The label that it shows.
    pub(super) label: Option<String>,
    /// What it is, and does not look like.
    pub(super) flattened: Option<&'static str>,
    /// How large its letters are as a multiple of those around it.
    pub(super) ratio: f64,
}

impl Visible {
    /// What holds inside an element. `number` is the one that it has among the items of its list.
    pub(super) fn inside(
        &self,
        dom: &Dom,
        id: NodeId,
        sheet: &StyleSheet,
        number: i64,
    ) -> (Self, Effects) {
        let mut own = self.clone();
        let mut effects = Effects::default();
        let node = dom.node(id);
        own.marker = self.marker.inside(node);
        own.usual_looks(node.name.as_str());
        match node.name.as_str() {
            "s" | "strike" | "del" => own.hide("it is struck out"),
            "bdo" => own.hide("its letters are turned around"),
            _ => {}
        }
        let style = node
            .attribute("style")
            .map(StyleSheet::inline)
            .unwrap_or_default();
        if sheet.is_empty() && style.is_empty() {
            effects.label = own.marker.label(number);
            effects.ratio = 1.0;
            return (own, effects);
        }
        let matched = sheet.matched(dom, id);
        for (of, declaration) in &matched.sometimes {
            let value = sheet.resolved(&declaration.value);
            let value = value.trim().to_ascii_lowercase();
            // Where colours and sizes change for some readers, others meet them as they are here.
            if *of == Target::Whole && hides(&declaration.property, &value) {
                own.hide("its style hides it from some readers");
            }
            if *of == Target::Generated && declaration.property == "content" {
                effects.generated.push(words(&value));
            }
        }
        let mut says = Says::default();
        let strong = matched.always.iter().copied();
        let inline = style.iter().map(|declaration| (Target::Whole, declaration));
        for (of, declaration) in strong.chain(inline) {
            match of {
                Target::Whole => says.put(declaration, sheet),
                Target::Part if self.hides_a_part(declaration, sheet) => {
                    own.hide("its style hides a part of it");
                }
                Target::Marker => {
                    let is_hidden = self.hides_a_part(declaration, sheet);
                    own.marker.is_hidden |= is_hidden;
                    if declaration.property == "content" {
                        own.marker.write(&sheet.resolved(&declaration.value));
                    }
                }
                Target::Part => {}
                Target::Generated if declaration.property == "content" => {
                    let value = sheet.resolved(&declaration.value);
                    // A break between thoughts has its sign from a sheet; signs before words change what they say.
                    effects.generated.push(match node.name.as_str() {
                        "hr" => words(&value),
                        _ => strings(&value).trim().to_owned(),
                    });
                }
                Target::Generated => {}
            }
        }
        effects.generated.retain(|words| !words.is_empty());
        for name in ["list-style", "list-style-type"] {
            // Numbers may be spelled out: no counter style has the digits of every script.
            let is_word = |words: &String| words.chars().any(char::is_alphabetic);
            effects
                .generated
                .extend(says.get(name).map(words).filter(is_word));
        }
        says.apply(&mut own);
        for (property, value) in &says.0 {
            own.marker.say(property, value);
        }
        effects.label = own.marker.label(number);
        effects.ratio = own.size / self.size.max(1.0);
        effects.flattened = self.flattened(&own, node, says.get("vertical-align"));
        (own, effects)
    }

    /// Whether a declaration for a part of an element leaves that unseen.
    fn hides_a_part(&self, declaration: &Declaration, sheet: &StyleSheet) -> bool {
        let mut part = Says::default();
        part.put(declaration, sheet);
        let mut inner = self.clone();
        part.apply(&mut inner);
        inner.is_unseen()
    }

    /// Why a text is not seen as it is written.
    pub(super) fn reason(&self, text: &str) -> Option<&'static str> {
        if let Some(reason) = self.hidden {
            return Some(reason);
        }
        if self.is_invisible {
            return Some("its style hides it");
        }
        if self.opacity < FAINT {
            return Some("it is drawn too faintly to be seen");
        }
        if self.size < SMALL {
            return Some("it is too small to be seen");
        }
        if let Some(ink) = self.ink {
            if ink[3] < FAINT {
                return Some("it is drawn in no colour");
            }
            let ground = self.ground.filter(|ground| ground[3] > 0.9);
            let alike =
                |ground: Colour| (0..3).all(|part| (ink[part] - ground[part]).abs() < ALIKE);
            if ground.is_some_and(alike) {
                return Some("it has the colour of what lies under it");
            }
        }
        let changed = match self.transform? {
            Transform::Capitals => text.to_uppercase() != text,
            Transform::Small => text.to_lowercase() != text,
            Transform::First => text
                .split_whitespace()
                .filter_map(|word| word.chars().next())
                .any(|first| first.is_lowercase()),
        };
        changed.then_some("its style shows other letters")
    }

    fn is_unseen(&self) -> bool {
        self.reason("").is_some()
    }

    fn hide(&mut self, reason: &'static str) {
        self.hidden.get_or_insert(reason);
    }
}

/// What is said of an element, the strongest of each property.
#[derive(Debug, Default)]
struct Says(Vec<(String, String)>);

impl Says {
    fn put(&mut self, declaration: &Declaration, sheet: &StyleSheet) {
        let value = sheet.resolved(&declaration.value);
        // Words keep their letters.
        let value = match declaration.property.as_str() {
            "content" | "list-style" | "list-style-type" => value.trim().to_owned(),
            _ => value.trim().to_ascii_lowercase(),
        };
        self.0
            .retain(|(property, _)| *property != declaration.property);
        self.0.push((declaration.property.clone(), value));
    }

    fn get(&self, property: &str) -> Option<&str> {
        let found = self.0.iter().find(|(own, _)| own == property);
        found.map(|(_, value)| value.as_str())
    }

    fn length(&self, property: &str, size: f64) -> Option<f64> {
        length(self.get(property)?, size)
    }

    fn apply(&self, own: &mut Visible) {
        let size = self
            .get("font-size")
            .and_then(|value| length(value, own.size));
        let short = self.get("font").and_then(|value| {
            value
                .split_whitespace()
                .find_map(|word| length(word.split('/').next()?, own.size))
        });
        if let Some(size) = size.or(short) {
            own.size = size;
        }
        for (property, value) in &self.0 {
            if property == "visibility" {
                own.is_invisible = matches!(value.as_str(), "hidden" | "collapse");
            } else if hides(property, value) {
                own.hide("its style hides it");
            }
            match (property.as_str(), value.as_str()) {
                ("unicode-bidi", "bidi-override" | "isolate-override") => {
                    own.hide("its letters are turned around");
                }
                ("flex-direction", "row-reverse" | "column-reverse") => {
                    own.hide("its style shows it in another order");
                }
                ("text-decoration" | "text-decoration-line", value)
                    if value.contains("line-through") =>
                {
                    own.hide("it is struck out");
                }
                ("-webkit-text-security", value) if value != "none" => {
                    own.hide("its style shows other letters");
                }
                ("content", value) if value.contains(['"', '\'']) || value.contains("url(") => {
                    own.hide("its style shows something else in its place");
                }
                ("font-style", "normal") => own.is_slanted = false,
                ("font-style", value) if !matches!(value, "inherit") => own.is_slanted = true,
                ("font-weight", value) => {
                    own.weight = match value {
                        "normal" => USUAL,
                        "bold" | "bolder" => 700,
                        "lighter" => 300,
                        value => value.parse().unwrap_or(own.weight),
                    };
                }
                ("text-emphasis", value) => own.is_dotted = value != "none",
                ("text-transform", value) => {
                    own.transform = match value {
                        "uppercase" => Some(Transform::Capitals),
                        "lowercase" => Some(Transform::Small),
                        "capitalize" => Some(Transform::First),
                        _ => None,
                    };
                }
                ("opacity", value) => {
                    own.opacity *= proportion(value).unwrap_or(1.0);
                }
                ("color" | "-webkit-text-fill-color", value)
                    if !matches!(value, "inherit" | "currentcolor") =>
                {
                    own.ink = colour(value);
                }
                ("background-color", value) => own.cover(colour(value), value),
                ("background", value) => {
                    let words = value.split_whitespace();
                    let found = words.filter(|_| !value.contains('(')).find_map(colour);
                    own.cover(found.or_else(|| colour(value)), value);
                }
                _ => {}
            }
        }
        self.place(own);
    }

    /// Hides what stands off the page or has no room.
    fn place(&self, own: &mut Visible) {
        let far = |property: &str| {
            self.length(property, own.size)
                .is_some_and(|by| by.abs() > FAR)
        };
        let away = |property: &str| self.length(property, own.size).is_some_and(|by| by < -FAR);
        let is_placed = matches!(
            self.get("position"),
            Some("absolute" | "fixed" | "relative" | "sticky")
        );
        if away("text-indent")
            || away("margin-left")
            || away("margin-top")
            || away("margin-inline-start")
            || is_placed && ["left", "right", "top", "bottom"].into_iter().any(far)
        {
            own.hide("its style puts it off the page");
        }
        let is_cut = self.get("overflow").is_some_and(|value| {
            value
                .split_whitespace()
                .any(|word| matches!(word, "hidden" | "clip"))
        });
        let small = |property: &str| self.length(property, own.size).is_some_and(|by| by <= 2.0);
        if is_cut
            && ["width", "height", "max-width", "max-height"]
                .into_iter()
                .any(small)
        {
            own.hide("its style leaves it no room");
        }
    }
}

impl Visible {
    fn cover(&mut self, colour: Option<Colour>, value: &str) {
        match colour {
            Some(colour) if colour[3] < FAINT => {}
            Some(colour) => self.ground = Some(colour),
            None if matches!(value, "none" | "transparent" | "inherit" | "initial") => {}
            None => self.ground = None,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn reason(sheet: &str, style: &str) -> Option<&'static str> {
        let dom = Dom::of_html(format!("<p style=\"{style}\">words</p>").as_bytes());
        let rules = StyleSheet::of(&[sheet]);
        let id = dom.first("p").unwrap();
        Visible::default()
            .inside(&dom, id, &rules, 0)
            .0
            .reason("words")
    }

    #[test]
    fn what_is_not_seen_is_found() {
        for style in [
            "display:none",
            "visibility:hidden",
            "opacity:0",
            "opacity: 5%",
            "font-size:0",
            "font-size:1px",
            "font:0/0 a",
            "position:absolute;left:-9999px",
            "text-indent:-100em",
            "margin-left:-9999px",
            "clip-path:inset(50%)",
            "clip:rect(0,0,0,0)",
            "transform:scale(0)",
            "transform:translateX(-9999px)",
            "height:0;overflow:hidden",
            "width:1px;overflow:hidden",
            "color:white",
            "color:#fffffe",
            "color:transparent",
            "color:rgba(0,0,0,0)",
            "background:black",
            "background-color:#010101",
            "color:var(--w)",
            "text-transform:uppercase",
            "unicode-bidi:bidi-override",
            "text-decoration:line-through",
            "content:'x'",
            "content-visibility:hidden",
            "-webkit-text-fill-color:white",
            "-webkit-text-security:disc",
        ] {
            assert!(reason(":root{--w:#fff}", style).is_some(), "{style}");
            assert!(
                reason(&format!(":root{{--w:#fff}} p{{{style}}}"), "").is_some(),
                "{style}"
            );
        }
        assert!(reason("@media print { p { display: none } }", "").is_some());
        assert!(reason("p::first-letter { font-size: 0 }", "").is_some());
    }

    #[test]
    fn what_is_seen_is_no_matter() {
        for style in [
            "display:block",
            "opacity:.9",
            "font-size:.7em",
            "position:relative;top:-.4em",
            "color:#222",
            "text-indent:1.2em",
            "margin-left:-2em",
            "transform:scale(0.9)",
            "background:#eee",
            "color:white;background:#003",
            "height:2em;overflow:hidden",
            "text-transform:none",
            "text-decoration:underline",
            "color:var(--unknown)",
            "font-size:calc(1em + 2px)",
            "display:none;display:block",
        ] {
            assert_eq!(reason("", style), None, "{style}");
        }
        assert_eq!(
            reason(
                "@media (prefers-color-scheme: dark) { p { color: white } }",
                ""
            ),
            None
        );
        assert_eq!(reason("p { display: none } p { display: block }", ""), None);
    }
}
