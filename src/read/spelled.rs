//! What the styles of a flowing file say of kinds of text, word by word: whoever knows the theme holds it against that.

use super::docx::styles::are_ours;
use super::dom::{Dom, NodeId};

/// Something that the styles of a file say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelled {
    /// Of what: the id of a style, or a selector with the rules around it.
    pub of: String,
    /// What is said: a property, or an element below the style with its attribute.
    pub what: String,
    /// What that is.
    pub value: String,
}

/// Properties of paragraphs and runs stand no deeper in a style.
const DEEPEST: usize = 4;
/// So many are more than the styles of any edition have.
const MOST: usize = 20_000;

/// What the styles of a Word edition say of paragraphs and runs (ISO/IEC 29500-1, 17.7); of files that others made nothing.
pub(super) fn of_word(styles: &Dom) -> Vec<Spelled> {
    if !are_ours(styles) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let defaults = styles.all("docDefaults").map(|node| (node, "DEFAULTS"));
    let named = styles
        .all("style")
        .filter_map(|node| Some((node, node.attribute("styleId")?)));
    for (node, id) in defaults.chain(named) {
        let mut waiting: Vec<(NodeId, String, usize)> = Vec::new();
        let children = node.children.iter().rev();
        waiting.extend(children.map(|child| (*child, String::new(), 0)));
        while let Some((child, above, depth)) = waiting.pop() {
            let own = styles.node(child);
            if own.is_text() || own.name.is_empty() || depth > DEEPEST || found.len() > MOST {
                continue;
            }
            let path = match above.as_str() {
                "" => own.name.clone(),
                above => format!("{above}/{}", own.name),
            };
            let mut say = |what: String, value: &str| {
                found.push(Spelled {
                    of: id.to_owned(),
                    what,
                    value: value.to_owned(),
                });
            };
            if !own.children.is_empty() || own.attributes().next().is_none() {
                say(path.clone(), "");
            }
            for (name, value) in own.attributes() {
                say(format!("{path}@{name}"), value);
            }
            let children = own.children.iter().rev();
            waiting.extend(children.map(|child| (*child, path.clone(), depth + 1)));
        }
    }
    found
}

/// What the theme of a Word edition says: its colours and faces (20.1.6).
pub(super) fn of_word_theme(theme: &Dom) -> Vec<Spelled> {
    let mut found = Vec::new();
    let mut say = |what: &str, value: &str| {
        if found.len() < MOST {
            found.push(Spelled {
                of: "the theme".to_owned(),
                what: format!("theme/{what}"),
                value: value.to_owned(),
            });
        }
    };
    for scheme in theme.all("clrScheme").take(1) {
        for child in &scheme.children {
            let own = theme.node(*child);
            let colour = own.children.iter().find_map(|id| {
                let node = theme.node(*id);
                node.attribute("lastClr").or(node.attribute("val"))
            });
            say(&own.name, colour.unwrap_or_default());
        }
    }
    for name in ["majorFont", "minorFont"] {
        for scheme in theme.all(name).take(1) {
            for child in &scheme.children {
                let own = theme.node(*child);
                if matches!(own.name.as_str(), "latin" | "ea" | "cs") {
                    let face = own.attribute("typeface").unwrap_or_default();
                    say(&format!("{name}/{}", own.name), face);
                }
            }
            let others = scheme.children.iter().map(|child| theme.node(*child));
            let others = others.filter(|own| own.name == "font").map(|own| {
                let said = |name: &str| own.attribute(name).unwrap_or_default();
                format!("{} {}", said("script"), said("typeface"))
            });
            let others: Vec<String> = others.collect();
            say(&format!("{name}/font"), &others.join(", "));
        }
    }
    for name in ["theme", "clrScheme", "fontScheme", "fmtScheme"] {
        for node in theme.all(name).take(1) {
            say("name", node.attribute("name").unwrap_or_default());
        }
    }
    if let Some(formats) = theme.first("fmtScheme") {
        let mut said = String::new();
        nested(theme, formats, DEEPEST, &mut said);
        say("fmtScheme", &said);
    }
    found
}

/// The elements in an element, so deep, those of each in brackets behind it, with the attributes that say anything.
fn nested(dom: &Dom, from: NodeId, depth: usize, said: &mut String) {
    for (index, id) in dom.node(from).children.iter().enumerate() {
        let node = dom.node(*id);
        if index > 0 {
            said.push(' ');
        }
        said.push_str(&node.name);
        for name in ["w", "val"] {
            if let Some(value) = node.attribute(name) {
                said.push('=');
                said.push_str(value);
            }
        }
        if depth > 1 && !node.children.is_empty() {
            said.push('(');
            nested(dom, *id, depth - 1, said);
            said.push(')');
        }
    }
}
