//! Looks of Word documents that show other than is said: headings that look like none, paragraphs that stand otherwise than their
//! styles have it, colours and faces that a theme changes (ISO/IEC 29500-1, 17.3, 17.6, 17.7 and 20.1.6).

use std::collections::{BTreeMap, BTreeSet};

use unicode_bidi::{BidiClass, bidi_class};

use super::super::dom::{Dom, Node, NodeId, ROOT, below};
use super::super::need::Need;
use super::faults::Faults;
use crate::piece::{Direction, LanguageTag};

/// What paragraphs say beside their styles, and the styles that may be said to; by the beginnings of their ids.
const DIRECT: &[(&str, &[&str])] = &[
    (
        "ind",
        &["EndMatter", "ListParagraph", "Subtitle", "Title", "Table"],
    ),
    (
        "spacing",
        &["EndMatter", "EndHeading", "Heading", "Quote", "Table"],
    ),
];
/// Styles of paragraphs that stand in the middle where there is room beside them.
const CENTRED: &[&str] = &["Caption", "Credit", "Figure", "Picture", "Table"];
/// Names of colours in styles, and those of the theme (17.15.1.20).
const COLOURS: &[(&str, &str)] = &[
    ("text1", "dk1"),
    ("dark1", "dk1"),
    ("background1", "lt1"),
    ("light1", "lt1"),
    ("text2", "dk2"),
    ("dark2", "dk2"),
    ("background2", "lt2"),
    ("light2", "lt2"),
    ("accent1", "accent1"),
    ("accent2", "accent2"),
    ("accent3", "accent3"),
    ("accent4", "accent4"),
    ("accent5", "accent5"),
    ("accent6", "accent6"),
    ("hyperlink", "hlink"),
    ("followedHyperlink", "folHlink"),
];
/// Less than this is no room for text, in twentieths of a point.
const NARROW: f64 = 2_800.0;
/// More than this is no page, in twentieths of a point.
const WIDE: f64 = 48_100.0;
/// Text stands in no further than this, in twentieths of a point.
const INSET: f64 = 6_000.0;

/// The parts that looks follow from.
pub(super) struct Parts<'a> {
    pub(super) document: &'a Dom,
    pub(super) styles: &'a Dom,
    pub(super) theme: &'a Dom,
    pub(super) fonts: &'a Dom,
}

/// Whether a language is written from right to left.
fn runs_back(tag: &str) -> bool {
    LanguageTag::parse(tag).is_ok_and(|tag| tag.direction() == Direction::RightToLeft)
}

impl Parts<'_> {
    /// Tells what looks otherwise than it should.
    pub(super) fn judge(&self, faults: &mut Faults) {
        self.themed(self.styles, "the styles", faults);
        self.faces(faults);
        self.headings(faults);
        // Where some words run from right to left, what stands among them runs so too, whatever its letters.
        let is_turned = self.document.descendants(ROOT).any(|id| {
            let node = self.document.node(id);
            let mut letters = node.text.chars();
            let languages = ["val", "bidi"].map(|of| node.attribute(of));
            let mut languages = languages
                .into_iter()
                .flatten()
                .filter(|_| node.name == "lang");
            let is_back = |c| matches!(bidi_class(c), BidiClass::R | BidiClass::AL | BidiClass::AN);
            letters.any(|c: char| !c.is_ascii() && is_back(c)) || languages.any(runs_back)
        });
        for id in self.document.descendants(ROOT) {
            let node = self.document.node(id);
            match node.name.as_str() {
                "p" => self.paragraph(id, node, is_turned, faults),
                "sectPr" => self.section(node, faults),
                _ => {}
            }
        }
    }

    /// A colour that follows from the theme is the one that stands beside its name.
    fn themed(&self, part: &Dom, place: &str, faults: &mut Faults) {
        let mut colours = BTreeMap::new();
        for node in self.theme.all("clrScheme").take(1) {
            for child in &node.children {
                let own = self.theme.node(*child);
                let colour = own.children.iter().find_map(|id| {
                    let node = self.theme.node(*id);
                    node.attribute("lastClr").or(node.attribute("val"))
                });
                colours.insert(own.name.as_str(), colour.unwrap_or_default());
            }
        }
        let mut seen = BTreeSet::new();
        for node in part.all("color") {
            let (Some(name), Some(own)) = (node.attribute("themeColor"), node.attribute("val"))
            else {
                continue;
            };
            let of = COLOURS.iter().find(|(named, _)| *named == name);
            let shown = of.and_then(|(_, of)| colours.get(of));
            if shown.is_some_and(|shown| !shown.eq_ignore_ascii_case(own)) && seen.insert(name) {
                let shown = shown.copied().unwrap_or_default();
                faults.add(
                    place,
                    format!("the theme shows the colour `{name}` as {shown}, and not as {own}"),
                );
            }
        }
    }

    /// Faces are those that the document brings along.
    fn faces(&self, faults: &mut Faults) {
        let known: BTreeSet<&str> = self
            .fonts
            .all("font")
            .filter_map(|font| font.attribute("name"))
            .collect();
        if known.is_empty() {
            return;
        }
        let mut seen = BTreeSet::new();
        for (part, place) in [(self.styles, "the styles"), (self.document, "the text")] {
            for node in part.all("rFonts") {
                let names = ["ascii", "hAnsi", "cs", "eastAsia"];
                let named = names.iter().filter_map(|name| node.attribute(name));
                for name in named.filter(|name| !known.contains(name)) {
                    if seen.insert(name.to_owned()) {
                        faults.add(
                            place,
                            format!("it is set in `{name}`, which is not among its faces"),
                        );
                    }
                }
            }
        }
        for scheme in ["majorFont", "minorFont"] {
            let Some(node) = self.theme.all(scheme).next() else {
                continue;
            };
            let face = below(self.theme, node, &["latin"]);
            let face = face.and_then(|face| face.attribute("typeface"));
            if let Some(face) = face.filter(|face| !face.is_empty() && !known.contains(face)) {
                faults.add(
                    "the theme",
                    format!("it sets text in `{face}`, which is not among the faces of the file"),
                );
            }
        }
    }

    /// Headings are no smaller than those below them, nor than the text.
    fn headings(&self, faults: &mut Faults) {
        let size = |node: &Node| -> Option<f64> {
            below(self.styles, node, &["rPr", "sz"])?
                .attribute("val")?
                .parse()
                .ok()
        };
        let body = self.styles.all("rPrDefault").next().and_then(size);
        let level = |node: &Node| -> Option<u8> {
            let level = below(self.styles, node, &["pPr", "outlineLvl"])?;
            level.attribute("val")?.parse().ok()
        };
        let is_end = |node: &Node| {
            node.attribute("styleId")
                .is_some_and(|id| id.starts_with("End"))
        };
        let styles = self.styles.all("style").filter(|style| !is_end(style));
        let mut sizes: Vec<(u8, f64)> = styles
            .filter_map(|style| Some((level(style).filter(|level| *level < 4)?, size(style)?)))
            .collect();
        sizes.sort_by_key(|(level, _)| *level);
        for pair in sizes.windows(2) {
            if pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1 {
                let (above, under) = (pair[0].0 + 1, pair[1].0 + 1);
                faults.add_unless(
                    "the styles",
                    format!("headings of level {above} are smaller than those of level {under}"),
                    Some(Need::HeadingsUnder { above, under }),
                );
            }
        }
        for (level, size) in sizes {
            if body.is_some_and(|body| size < body * 0.9) {
                faults.add_unless(
                    "the styles",
                    format!("headings of level {} are smaller than the text", level + 1),
                    Some(Need::HeadingsAsText(level + 1)),
                );
            }
        }
    }

    /// What a paragraph says beside its style.
    fn paragraph(&self, id: NodeId, node: &Node, is_turned: bool, faults: &mut Faults) {
        let dom = self.document;
        let Some(own) = below(dom, node, &["pPr"]) else {
            return;
        };
        let style = below(dom, own, &["pStyle"]).and_then(|style| style.attribute("val"));
        let style = style.unwrap_or_default();
        let is_of = |styles: &[&str]| styles.iter().any(|of| style.starts_with(of));
        let words = || -> String { super::beginning(&dom.words(id)) };
        for (name, styles) in DIRECT {
            if below(dom, own, &[name]).is_some() && !is_of(styles) {
                faults.add(
                    "the text",
                    format!(
                        "a paragraph of the style `{style}` has its own `{name}`: {}",
                        words()
                    ),
                );
            }
        }
        let number = |name: &str, of: &str| -> f64 {
            let found = below(dom, own, &[name]).and_then(|node| node.attribute(of));
            found.and_then(|by| by.parse().ok()).unwrap_or(0.0)
        };
        let inset = number("ind", "left") + number("ind", "right");
        if !(0.0..=INSET).contains(&inset) {
            let need = Need::Inset(Need::thousandths(inset / 20.0));
            let message = format!("a paragraph has hardly any room: {}", words());
            faults.add_unless("the text", message, Some(need));
        }
        let (mut has_left, mut has_right) = (false, false);
        for c in dom.words(id).chars() {
            match c {
                // Most letters are these, and their class is known.
                'A'..='Z' | 'a'..='z' => {
                    has_left = true;
                    continue;
                }
                '\0'..='\x7F' => continue,
                _ => {}
            }
            match bidi_class(c) {
                BidiClass::L => has_left = true,
                BidiClass::R | BidiClass::AL | BidiClass::AN => has_right = true,
                _ => {}
            }
        }
        let side = below(dom, own, &["jc"]).and_then(|side| side.attribute("val"));
        let is_odd = match side {
            Some("center") => !is_of(CENTRED),
            Some("left" | "right") => !has_right && !is_turned && !is_of(&["Table"]),
            _ => false,
        };
        if is_odd {
            let side = side.unwrap_or_default();
            faults.add(
                "the text",
                format!("a paragraph stands at the side `{side}`: {}", words()),
            );
        }
        let turned = below(dom, own, &["bidi"]).map(|node| node.attribute("val"));
        let is_against = match turned {
            // Words may be said to be of a language that runs forward, whatever their letters.
            Some(Some("0" | "false" | "off")) => has_right && !has_left && !self.runs_forward(id),
            Some(_) => has_left && !has_right && !is_turned,
            None => false,
        };
        if is_against {
            faults.add(
                "the text",
                format!("a paragraph runs against its letters: {}", words()),
            );
        }
    }

    /// Whether words of a paragraph are said to be of a language that is written from left to right.
    fn runs_forward(&self, paragraph: NodeId) -> bool {
        let languages = self.document.descendants(paragraph).filter_map(|id| {
            let node = self.document.node(id);
            let own = ["bidi", "val"].iter().find_map(|of| node.attribute(of));
            own.filter(|_| node.name == "lang")
        });
        languages.into_iter().any(|own| {
            LanguageTag::parse(own).is_ok_and(|tag| tag.direction() == Direction::LeftToRight)
        })
    }

    /// Pages have room for text, and it stands on them.
    fn section(&self, node: &Node, faults: &mut Faults) {
        let number = |name: &str, of: &str| -> Option<f64> {
            let found = below(self.document, node, &[name])?;
            found.attribute(of)?.parse().ok()
        };
        let [Some(wide), Some(high)] = ["w", "h"].map(|side| number("pgSz", side)) else {
            return;
        };
        let margin = |side: &str| number("pgMar", side).unwrap_or(0.0);
        let across = wide - margin("left") - margin("right");
        let down = high - margin("top") - margin("bottom");
        let sides = ["left", "right", "top", "bottom"];
        // Heads stand in the middle of the margin.
        let is_off = sides.iter().any(|side| margin(side) < 200.0)
            || ["header", "footer"].iter().any(|side| margin(side) < 100.0);
        if across < NARROW || down < NARROW || wide.max(high) > WIDE || is_off {
            faults.add(
                "the pages",
                "its text has no room on them, or stands off them",
            );
        }
        let is_low = |head: &str, text: &str| margin(head) > margin(text) + 200.0;
        if is_low("header", "top") || is_low("footer", "bottom") {
            faults.add("the pages", "their heads stand in the text");
        }
    }
}
