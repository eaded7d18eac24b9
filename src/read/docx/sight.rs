//! Whether the text of a run is seen, and as it is written, by its properties and those of its styles (ISO/IEC 29500-1, 17.3.2).

use super::super::dom::{Dom, Node, below};

/// Letters smaller than this, in half points, are not seen.
const SMALL: f64 = 5.0;
/// Letters narrower than this, in per cent, are not seen.
const NARROW: f64 = 10.0;

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
        Self {
            vanishes: either(is_on("vanish"), is_on("specVanish")),
            is_struck: either(is_on("strike"), is_on("dstrike")),
            is_capital: is_on("caps"),
            colour: value("color").flatten().map(str::to_lowercase),
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
        self
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
