//! What a drawing refers to: only itself, and no letters. Pixels stand in it or nowhere.

use usvg::roxmltree::{Document, Node};

use super::{DrawingError, pixels};

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";

/// The most that style sheets times elements may be, in bytes times elements: every rule is held against every element.
const MAX_STYLING: usize = 1 << 27;

/// Whether an element is one of SVG; without a namespace it is taken as one.
pub(super) fn is_svg(node: Node<'_, '_>) -> bool {
    node.is_element() && matches!(node.tag_name().namespace(), None | Some(SVG))
}

/// Refuses what is text or outside; gives how many bytes the images in it are written in.
pub(super) fn within(document: &Document<'_>) -> Result<usize, DrawingError> {
    let mut of_images = 0;
    let mut elements = 0;
    let mut styling = 0;
    for node in document.descendants().filter(|node| is_svg(*node)) {
        elements += 1;
        match node.tag_name().name() {
            "text" | "tspan" | "textPath" | "foreignObject" => {
                let words: String = node
                    .descendants()
                    .filter_map(|node| node.text().filter(|_| node.is_text()))
                    .collect();
                if !words.trim().is_empty() {
                    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                    return Err(DrawingError::Text(words.chars().take(40).collect()));
                }
            }
            "image" => {
                let address = node.attribute("href").or(node.attribute((XLINK, "href")));
                let address = address.unwrap_or_default().trim();
                if is_data(address) {
                    pixels::within(address)?;
                    of_images += address.len();
                }
            }
            "style" => {
                let texts = node.children().filter_map(|child| child.text());
                for text in texts {
                    styling += text.len();
                    if text.contains("@import") {
                        return Err(DrawingError::Outside("@import".to_owned()));
                    }
                    addresses(text)?;
                }
            }
            _ => {}
        }
        for attribute in node.attributes() {
            let value = attribute.value().trim();
            let refers = attribute.name() == "href"
                && matches!(attribute.namespace(), None | Some(XLINK))
                // A link is followed by no reader of a picture.
                && node.tag_name().name() != "a"
                && !(node.tag_name().name() == "image" && is_data(value));
            if refers && !value.starts_with('#') && !value.is_empty() {
                return Err(outside(value));
            }
            addresses(value)?;
        }
    }
    if styling.saturating_mul(elements) > MAX_STYLING {
        return Err(DrawingError::TooMuch(
            "has more rules of style than can be held against its elements",
        ));
    }
    Ok(of_images)
}

/// Whether what is referred to stands in the address itself.
fn is_data(address: &str) -> bool {
    let scheme = address.get(..5);
    scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"))
}

fn outside(address: &str) -> DrawingError {
    DrawingError::Outside(address.chars().take(80).collect())
}

/// Refuses addresses in `url(…)` that do not lead into the drawing.
fn addresses(value: &str) -> Result<(), DrawingError> {
    for (_, address) in urls(value) {
        if !address.starts_with('#') {
            return Err(outside(address));
        }
    }
    Ok(())
}

/// The addresses in `url(…)`, each with what stands before it.
pub(super) fn urls(value: &str) -> impl Iterator<Item = (&str, &str)> {
    value.match_indices("url(").map(|(at, open)| {
        let rest = &value[at + open.len()..];
        let address = rest.split(')').next().unwrap_or_default();
        let quotes: &[_] = &['"', '\'', ' ', '\t', '\n', '\r'];
        (&value[..at], address.trim_matches(quotes))
    })
}
