//! Whether text looks like what it is: emphasis, strength, raised and lowered text, headings, and ink that can be told from its ground.

use super::super::contrast::{contrast, luminance};
use super::super::dom::Node;
use super::Visible;

/// The weight of letters that nothing is said of, and the least of those that stand out.
pub(super) const USUAL: u16 = 400;
const HEAVY: u16 = 600;
/// Text with less contrast is hardly seen.
const FAINTEST: f64 = 1.7;

impl Visible {
    /// How letters look of an element that nothing is said of (HTML, 15.3).
    pub(super) fn usual_looks(&mut self, name: &str) {
        match name {
            "em" | "i" | "cite" => self.is_slanted = true,
            "strong" | "b" | "th" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.weight = 700,
            _ => {}
        }
    }

    /// What an element inside this one is, where it does not look like it.
    pub(super) fn flattened(
        &self,
        own: &Self,
        node: &Node,
        shift: Option<&str>,
    ) -> Option<&'static str> {
        // Emphasis by weight is not seen in what is heavy already.
        let is_lost = node.says("class", "heavy") && self.weight >= HEAVY;
        let is_like = own.is_slanted == self.is_slanted
            && own.weight == self.weight
            && own.is_dotted == self.is_dotted;
        match node.name.as_str() {
            "em" if is_like && !own.is_slanted && !is_lost => Some("emphasis"),
            "strong" if own.weight < HEAVY => Some("strength"),
            "sub" | "sup" if matches!(shift, Some("baseline" | "0" | "0em" | "0px")) => {
                Some("raised or lowered text")
            }
            "sub" if matches!(shift, Some("super" | "top" | "text-top")) => Some("lowered text"),
            "sup" if matches!(shift, Some("sub" | "bottom" | "text-bottom")) => Some("raised text"),
            "h1" | "h2" | "h3" | "h4"
                if own.weight < HEAVY && !own.is_slanted && own.size <= self.size * 1.04 =>
            {
                Some("a heading")
            }
            _ => None,
        }
    }

    /// Whether its ink can hardly be told from what lies under it (WCAG 2.2, 1.4.3 asks for 3 at least).
    pub(in crate::read) fn is_faint(&self) -> bool {
        let contrast = self.ink.zip(self.ground).map(|(ink, ground)| {
            let [ink, ground] =
                [ink, ground].map(|[red, green, blue, _]| luminance([red, green, blue]));
            contrast(ink, ground)
        });
        contrast.is_some_and(|contrast| contrast < FAINTEST)
    }
}
