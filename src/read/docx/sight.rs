//! Whether the text of a run is seen, and as it is written, by its properties and those of its styles (ISO/IEC 29500-1, 17.3.2).

use super::super::dom::{Dom, Node, below};
use super::super::sign_faces::shows_signs;

/// Letters smaller than this, in half points, are not seen.
const SMALL: f64 = 5.0;
/// Letters narrower than this, in per cent, are not seen.
const NARROW: f64 = 10.0;

/// What stands so far off is off the page, in twentieths of a point.
const FAR: f64 = 15_000.0;
/// Lines that are not higher than this show nothing, in twentieths of a point.
const LOW: f64 = 60.0;

/// What properties say of how text is seen; what they leave open is none.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Sight {
    vanishes: Option<bool>,
    is_struck: Option<bool>,
    is_capital: Option<bool>,
    colour: Option<String>,
    ground: Option<String>,
    /// In half points.
    size: Option<f64>,
    /// In per cent.
    width: Option<f64>,
    /// Whether its lines or its place leave it unseen.
    is_away: Option<bool>,
    /// Whether its face shows signs for letters.
    is_signs: Option<bool>,
}

impl Sight {
    /// What stands in the properties of a run; `node` holds its `rPr`.
    pub(super) fn of(dom: &Dom, node: &Node) -> Self {
        let Some(own) = below(dom, node, &["rPr"]) else {
            return Self::default();
        };
        let value = |name: &str| below(dom, own, &[name]).map(|node| node.attribute("val"));
        let is_on = |name: &str| {
            value(name).map(|value| !matches!(value, Some("0" | "false" | "off" | "none")))
        };
        let number = |name: &str| value(name)??.parse().ok();
        let shade = below(dom, own, &["shd"]).and_then(|shade| shade.attribute("fill"));
        let highlight = value("highlight").flatten().filter(|name| *name != "none");
        let either = |a: Option<bool>, b: Option<bool>| match (a, b) {
            (None, None) => None,
            (a, b) => Some(a == Some(true) || b == Some(true)),
        };
        let is_unfilled = below(dom, own, &["textFill", "noFill"]).is_some();
        let colour = below(dom, own, &["color"]);
        let is_paper = colour
            .and_then(|colour| colour.attribute("themeColor"))
            .is_some_and(|name| matches!(name, "background1" | "light1"));
        let far = |name: &str, most: f64| number(name).filter(|by: &f64| by.abs() > most);
        let is_moved = far("position", 100.0).or(far("spacing", 600.0));
        let is_fitted = number("fitText").filter(|room: &f64| *room < 100.0);
        let face = below(dom, own, &["rFonts"]);
        let face = face.and_then(|face| face.attribute("ascii").or(face.attribute("hAnsi")));
        Self {
            is_away: is_moved.or(is_fitted).map(|_| true),
            is_signs: face.map(shows_signs),
            vanishes: either(
                either(is_on("vanish"), is_on("specVanish")),
                either(is_on("webHidden"), is_unfilled.then_some(true)),
            ),
            is_struck: either(is_on("strike"), is_on("dstrike")),
            is_capital: is_on("caps"),
            colour: match is_paper {
                true => Some("ffffff".to_owned()),
                false => value("color").flatten().map(str::to_lowercase),
            },
            ground: highlight.or(shade).map(str::to_lowercase),
            size: number("sz"),
            width: number("w"),
        }
    }

    /// The same on a shaded paragraph or cell; `node` holds the properties of this name.
    pub(super) fn on(mut self, dom: &Dom, node: &Node, properties: &str) -> Self {
        let shade = below(dom, node, &[properties, "shd"]);
        let fill = shade.and_then(|shade| shade.attribute("fill"));
        if let Some(fill) = fill.filter(|fill| *fill != "auto") {
            self.ground = Some(fill.to_lowercase());
        }
        let number = |element: &str, name: &str| {
            let found = below(dom, node, &[properties, element])?;
            found.attribute(name)?.parse::<f64>().ok()
        };
        let far = |element: &str, sides: &[&str]| {
            let mut sides = sides.iter();
            sides.any(|side| number(element, side).is_some_and(|by| by.abs() > FAR))
        };
        let is_far = far("framePr", &["x", "y"])
            || far(
                "ind",
                &["left", "start", "right", "end", "firstLine", "hanging"],
            );
        let spacing = below(dom, node, &[properties, "spacing"]);
        let is_flat = spacing.is_some_and(|own| own.attribute("lineRule") == Some("exact"))
            && number("spacing", "line").is_some_and(|line| line < LOW);
        // The paragraph that ends a table is as low as can be, and says nothing.
        if is_far || is_flat {
            self.is_away = Some(true);
        }
        self
    }

    /// Where its lines stand, alone.
    pub(super) fn only_away(&self) -> Self {
        Self {
            is_away: self.is_away,
            ..Self::default()
        }
    }

    /// What this says, and where it says nothing what the other says.
    pub(super) fn or(&self, other: &Self) -> Self {
        Self {
            vanishes: self.vanishes.or(other.vanishes),
            is_struck: self.is_struck.or(other.is_struck),
            is_capital: self.is_capital.or(other.is_capital),
            colour: self.colour.clone().or_else(|| other.colour.clone()),
            ground: self.ground.clone().or_else(|| other.ground.clone()),
            size: self.size.or(other.size),
            width: self.width.or(other.width),
            is_away: self.is_away.or(other.is_away),
            is_signs: self.is_signs.or(other.is_signs),
        }
    }

    /// Why a text is not seen as it is written.
    pub(super) fn reason(&self, text: &str) -> Option<&'static str> {
        if self.vanishes == Some(true) {
            return Some("it is hidden");
        }
        if self.is_struck == Some(true) {
            return Some("it is struck out");
        }
        if self.size.is_some_and(|size| size < SMALL)
            || self.width.is_some_and(|width| width < NARROW)
        {
            return Some("it is too small to be seen");
        }
        if self.is_away == Some(true) {
            return Some("it stands where nobody sees it");
        }
        if self.is_signs == Some(true) {
            return Some("its face shows other letters");
        }
        let ground = self.ground.as_deref().unwrap_or("ffffff");
        let parts = self.colour.as_deref().and_then(parts).zip(parts(ground));
        let alike = parts
            .is_some_and(|(ink, ground)| ink.iter().zip(ground).all(|(a, b)| a.abs_diff(b) < 8));
        if alike {
            return Some("it has the colour of what lies under it");
        }
        let is_changed = self.is_capital == Some(true) && text.to_uppercase() != text;
        is_changed.then_some("its style shows other letters")
    }
}

/// Red, green and blue; none for a colour that follows from others.
fn parts(colour: &str) -> Option<[u8; 3]> {
    let digits = match colour {
        "white" => "ffffff",
        "black" => "000000",
        "yellow" => "ffff00",
        colour => colour,
    };
    let whole = u32::from_str_radix(digits, 16).ok()?;
    (digits.len() == 6).then(|| {
        let [_, red, green, blue] = whole.to_be_bytes();
        [red, green, blue]
    })
}
