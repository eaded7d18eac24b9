//! What stands on the pages of a document besides its words: how wide the text is, how paragraphs run, and what drawings show.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::dom::{Dom, Node, NodeId, below};
use super::super::paper::{WordMeasures, WordPage};
use super::super::reading::Picture;
use crate::piece::Direction;

/// The files of pictures by their relationships.
pub(super) type Pictures = HashMap<String, Arc<[u8]>>;

/// What a drawing shows, and how large, on pages with so wide a text.
pub(super) fn drawn(
    dom: &Dom,
    drawing: &Node,
    files: &Pictures,
    measure: Option<f64>,
) -> Option<Picture> {
    // A drawing is a few elements.
    const MOST: usize = 200;
    let mut size = None;
    let (mut file, mut vectors) = (None, None);
    let mut waiting: Vec<NodeId> = drawing.children.iter().rev().copied().collect();
    for _ in 0..MOST {
        let Some(id) = waiting.pop() else {
            break;
        };
        let own = dom.node(id);
        let number = |name: &str| own.attribute(name)?.parse::<f64>().ok();
        match own.name.as_str() {
            "extent" => size = number("cx").zip(number("cy")),
            "blip" => file = own.attribute("embed"),
            "svgBlip" => vectors = own.attribute("embed"),
            _ => {}
        }
        waiting.extend(own.children.iter().rev());
    }
    file.map(|id| Picture {
        drawn: None,
        bytes: files.get(id).cloned().unwrap_or_else(|| Arc::from([])),
        vectors: vectors.and_then(|id| files.get(id).cloned()),
        shown: size,
        share: size.zip(measure).map(|((wide, _), measure)| wide / measure),
    })
}

/// The width of the text on pages that stand upright, in English Metric Units (17.6.11 and 17.6.13).
pub(super) fn measure(dom: &Dom) -> Option<f64> {
    const TWENTIETH_OF_A_POINT: f64 = 635.0;
    dom.all("sectPr").find_map(|section| {
        let page = below(dom, section, &["pgSz"])?;
        let margins = below(dom, section, &["pgMar"])?;
        let of = |node: &Node, name: &str| node.attribute(name)?.parse::<f64>().ok();
        let text = of(page, "w")? - of(margins, "left")? - of(margins, "right")?;
        let is_upright = page.attribute("orient") != Some("landscape") && text > 0.0;
        is_upright.then_some(text * TWENTIETH_OF_A_POINT)
    })
}

/// The direction that a paragraph says of itself (17.3.1.6).
pub(super) fn turned(dom: &Dom, paragraph: &Node) -> Option<Direction> {
    let own = below(dom, paragraph, &["pPr", "bidi"])?;
    Some(match own.attribute("val") {
        Some("0" | "false" | "off") => Direction::LeftToRight,
        _ => Direction::RightToLeft,
    })
}

/// Sections with more than that are none of an edition.
const MOST: usize = 1_000;

/// The measures of a document that stand in no style.
pub(super) fn measures(document: &Dom, numbering: Option<&Dom>) -> WordMeasures {
    let whole = |node: Option<&Node>, name: &str| -> i64 {
        let own = node.and_then(|node| node.attribute(name));
        own.and_then(|own| own.parse().ok()).unwrap_or(0)
    };
    let pages = document.all("sectPr").take(MOST).map(|section| {
        let [page, margins] = ["pgSz", "pgMar"].map(|name| below(document, section, &[name]));
        let sides = ["top", "right", "bottom", "left", "header", "footer"];
        WordPage {
            size: ["w", "h"].map(|side| whole(page, side)),
            is_turned: page.is_some_and(|page| page.attribute("orient") == Some("landscape")),
            margins: sides.map(|side| whole(margins, side)),
        }
    });
    let list = numbering.and_then(|dom| {
        let level = dom.all("lvl").find(|level| {
            let format = below(dom, level, &["numFmt"]);
            format.is_some_and(|format| format.attribute("val") == Some("bullet"))
        })?;
        Some(whole(below(dom, level, &["pPr", "ind"]), "left"))
    });
    let rule = document.all("tcBorders").next();
    let rule = rule.and_then(|borders| below(document, borders, &["bottom"]));
    WordMeasures {
        pages: pages.collect(),
        list,
        rule: rule.map(|rule| {
            ["sz", "color"].map(|name| rule.attribute(name).unwrap_or_default().to_owned())
        }),
    }
}
