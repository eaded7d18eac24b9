//! Whether the text of an element is seen, and as it is written, by what styles say of it (CSS 2.2; CSS Color 4).
//!
//! Sizes and places count roughly, and what cannot be worked out here hides nothing: enough to find words that are said and not
//! seen, never to draw.

mod hiding;
mod values;

use self::hiding::{FAINT, FAR, SMALL, hides, is_of_signs, weight};
pub(super) use self::values::strings;
use self::values::{Colour, colour, length, proportion, words, written};
use super::dom::{Dom, Node, NodeId};
use super::style_sheet::{Declaration, StyleSheet, Target, changes};

/// Colours that differ by less in every part cannot be told apart.
const ALIKE: f64 = 0.08;

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
    is_slanted: bool,
    /// How heavy its letters are, from 100 to 900.
    weight: f64,
    /// The style of the labels of lists, where one is asked for.
    list_style: Option<String>,
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
            is_slanted: false,
            weight: 400.0,
            list_style: None,
        }
    }
}

/// What an element's own styles do besides.
#[derive(Debug, Default)]
pub(super) struct Effects {
    /// Words that a style writes.
    pub(super) generated: Vec<String>,
    /// Why what the element means is not to be seen.
    pub(super) lost: Option<&'static str>,
}

impl Visible {
    /// What holds inside an element.
    pub(super) fn inside(&self, dom: &Dom, id: NodeId, sheet: &StyleSheet) -> (Self, Effects) {
        let mut own = self.clone();
        let mut effects = Effects::default();
        let node = dom.node(id);
        match node.name.as_str() {
            "s" | "strike" | "del" => own.hide("it is struck out"),
            "bdo" => own.hide("its letters are turned around"),
            "em" | "i" => own.is_slanted = true,
            "strong" | "b" => own.weight = self.weight.max(600.0) + 100.0,
            "ul" | "ol" => own.list_style = None,
            _ => {}
        }
        let style = node
            .attribute("style")
            .map(StyleSheet::inline)
            .unwrap_or_default();
        if sheet.is_empty() && style.is_empty() {
            return (own, effects);
        }
        let matched = sheet.matched(dom, id);
        for (of, declaration) in &matched.sometimes {
            let value = sheet.resolved(&declaration.value);
            let value = value.trim().to_ascii_lowercase();
            // Where colours and sizes change for some readers, others meet them as they are here.
            let property = &declaration.property;
            if *of == Target::Whole && (hides(property, &value) || changes(property, &value)) {
                own.hide("its style hides it from some readers");
            }
        }
        let mut says = Says::default();
        let strong = || matched.always.iter().copied();
        let inline = style.iter().map(|declaration| (Target::Whole, declaration));
        // What is important in a sheet is stronger than what stands at the element (CSS Cascade 4, 6.1).
        let usual = strong().filter(|(_, declaration)| !declaration.is_important);
        let important = strong().filter(|(_, declaration)| declaration.is_important);
        for (of, declaration) in usual.chain(inline).chain(important) {
            match of {
                Target::Whole => says.put(declaration, sheet),
                Target::Part => {
                    let mut part = Says::default();
                    part.put(declaration, sheet);
                    let mut inner = self.clone();
                    part.apply(&mut inner, node);
                    if inner.is_unseen() {
                        own.hide("its style hides a part of it");
                    }
                }
                Target::Generated if declaration.property == "content" => {
                    let value = sheet.resolved(&declaration.value);
                    // A rule may be drawn as signs: it says nothing by itself.
                    let is_rule = node.name == "hr";
                    effects.generated = vec![written(&value, is_rule)];
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
        says.apply(&mut own, node);
        if let Some(style) = says.get("list-style-type").or(says.get("list-style")) {
            own.list_style = Some(style.trim().to_owned());
        }
        effects.lost = self.lost(&own, &says, node);
        (own, effects)
    }

    /// The style of the labels of lists, where one is asked for.
    pub(super) fn list_style(&self) -> Option<&str> {
        self.list_style.as_deref()
    }

    /// Why what an element means is not to be seen in it: `self` is what stands around it.
    fn lost(&self, own: &Self, says: &Says, node: &Node) -> Option<&'static str> {
        let is_plain = own.is_slanted == self.is_slanted
            && (own.weight - self.weight).abs() < 1.0
            && says
                .get("text-emphasis")
                .or(says.get("-webkit-text-emphasis"))
                .is_none();
        let level = says.get("vertical-align");
        match node.name.as_str() {
            "em" | "i" if is_plain && own.weight < 600.0 => Some("its emphasis is not to be seen"),
            "sub" if level.is_some_and(|own| own != "sub") => {
                Some("nobody sees that it is lowered")
            }
            "sup" if level.is_some_and(|own| own != "super") => {
                Some("nobody sees that it is raised")
            }
            "strong" | "b" if (own.weight - 400.0).abs() < 1.0 => {
                Some("its weight is not to be seen")
            }
            _ => None,
        }
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

    fn apply(&self, own: &mut Visible, node: &Node) {
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
            } else if changes(property, value) {
                own.hide("its style shows it otherwise than it is written");
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
                ("text-transform", value) => {
                    own.transform = match value {
                        "uppercase" => Some(Transform::Capitals),
                        "lowercase" => Some(Transform::Small),
                        "capitalize" => Some(Transform::First),
                        _ => None,
                    };
                }
                ("font-style", value) => own.is_slanted = matches!(value, "italic" | "oblique"),
                ("font-weight", value) => own.weight = weight(value, own.weight),
                ("font-family", value) if is_of_signs(value) => {
                    own.hide("its face shows other letters");
                }
                ("background-image", value) if value != "none" => own.ground = None,
                ("opacity", value) => {
                    own.opacity *= proportion(value).unwrap_or(1.0);
                }
                ("color" | "-webkit-text-fill-color", value)
                    if !matches!(value, "inherit" | "currentcolor") =>
                {
                    own.ink = colour(value);
                    // A file may not say in an unknown way what can be seen of it.
                    let is_known = own.ink.is_some()
                        || value.contains("var(")
                        || matches!(value, "" | "initial" | "unset" | "revert" | "canvastext");
                    if !is_known {
                        own.hide("nobody knows its colour");
                    }
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
        self.lines(own, node);
        if own.ground.is_none() && self.says_ground() {
            own.hide("nobody knows what lies under it");
        }
    }

    /// Whether it puts something under the text.
    fn says_ground(&self) -> bool {
        ["background", "background-image"]
            .into_iter()
            .any(|name| self.get(name).is_some_and(|value| !value.is_empty()))
    }

    /// Hides what stands upon each other: lines without height, letters without distance.
    fn lines(&self, own: &mut Visible, node: &Node) {
        let is_line = matches!(node.name.as_str(), "sup" | "sub" | "hr" | "img");
        let height = self.get("line-height").and_then(|value| {
            let number = value.parse::<f64>().ok().map(|own| own * 16.0);
            number.or_else(|| length(value, 16.0))
        });
        let is_flat = height.is_some_and(|height| height < 8.0) && !is_line;
        let em = own.size.max(1.0);
        let near = |property: &str, most: f64| {
            self.length(property, own.size)
                .is_some_and(|by| by < -most * em || by.abs() > 5.0 * em)
        };
        if is_flat || near("letter-spacing", 0.25) || near("word-spacing", 0.6) {
            own.hide("its letters stand upon each other, or far from each other");
        }
        if node.name == "img" {
            self.picture(own);
        }
    }

    /// Hides pictures without room, or with something in their place.
    fn picture(&self, own: &mut Visible) {
        let small = |property: &str| {
            let value = self.get(property)?;
            let per_cent = value
                .strip_suffix('%')
                .and_then(|by| by.trim().parse::<f64>().ok());
            Some(match per_cent {
                Some(by) => by < 2.0,
                None => length(value, own.size)? < 8.0,
            })
        };
        let is_small = ["width", "height", "max-width", "max-height"]
            .into_iter()
            .any(|property| small(property) == Some(true));
        let is_other = self
            .get("content")
            .is_some_and(|value| value != "normal" && value != "none");
        if is_small || is_other {
            own.hide("its style leaves it no room, or shows something in its place");
        }
    }

    /// Whether a margin pulls a text over others or off the page.
    fn is_far(&self, property: &str, size: f64) -> bool {
        let values = self.get(property).unwrap_or_default().split_whitespace();
        let mut values = values.filter_map(|value| length(value, size));
        values.any(|by| by < -6.0 * size.max(1.0) || by > FAR)
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
            || [
                "margin",
                "margin-left",
                "margin-right",
                "margin-top",
                "margin-bottom",
            ]
            .into_iter()
            .any(|property| self.is_far(property, own.size))
            || away("margin-inline-start")
            || is_placed && ["left", "right", "top", "bottom"].into_iter().any(far)
        {
            own.hide("its style puts it off the page");
        }
        let overflow = ["overflow", "overflow-x", "overflow-y"];
        let is_cut = overflow
            .into_iter()
            .filter_map(|name| self.get(name))
            .any(|value| {
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
            None if matches!(value, "" | "none" | "transparent" | "inherit" | "initial") => {}
            None => self.ground = None,
        }
    }
}

#[cfg(test)]
mod tests;
