//! What stands on the pages of a document besides its words: how wide the text is, how paragraphs run, and what drawings show.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::dom::{Dom, Node, NodeId, below};
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
    let mut file = None;
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
            _ => {}
        }
        waiting.extend(own.children.iter().rev());
    }
    file.map(|id| Picture {
        bytes: files.get(id).cloned().unwrap_or_else(|| Arc::from([])),
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
