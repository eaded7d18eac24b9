//! Numbering: the labels that Word shows before paragraphs (ISO/IEC 29500-1, 17.9).

use std::collections::{HashMap, HashSet};

use super::super::dom::{Dom, Node, below};
use super::super::marks::Label;

/// A list has so many levels (17.9.3).
const LEVELS: usize = 9;
/// Formats that count in digits (17.18.59).
const NUMERIC: &[&str] = &["decimal", "hindiNumbers", "thaiNumbers"];

/// A level of a list.
#[derive(Debug, Clone, Default)]
struct Level {
    start: usize,
    format: String,
    text: String,
}

/// A list that is in use: the levels of its kind, and where it counts from elsewhere.
#[derive(Debug, Clone, Default)]
struct Numbered {
    kind: String,
    starts: HashMap<usize, usize>,
    levels: HashMap<usize, Level>,
}

/// The lists of a document, counted as its paragraphs come.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    kinds: HashMap<String, HashMap<usize, Level>>,
    lists: HashMap<String, Numbered>,
    counts: HashMap<String, [Option<usize>; LEVELS]>,
    begun: HashSet<String>,
}

impl Numbering {
    pub(super) fn of(dom: Option<&Dom>) -> Self {
        let mut own = Self::default();
        let Some(dom) = dom else {
            return own;
        };
        for node in dom.all("abstractNum") {
            if let Some(id) = node.attribute("abstractNumId") {
                own.kinds.insert(id.to_owned(), levels(dom, node));
            }
        }
        for node in dom.all("num") {
            let kind = below(dom, node, &["abstractNumId"]).and_then(|kind| kind.attribute("val"));
            let (Some(id), Some(kind)) = (node.attribute("numId"), kind) else {
                continue;
            };
            let mut list = Numbered {
                kind: kind.to_owned(),
                ..Numbered::default()
            };
            for child in &node.children {
                let change = dom.node(*child);
                if change.name != "lvlOverride" {
                    continue;
                }
                let Some(level) = number(change.attribute("ilvl")) else {
                    continue;
                };
                let start = below(dom, change, &["startOverride"]);
                if let Some(start) = start.and_then(|start| number(start.attribute("val"))) {
                    list.starts.insert(level, start);
                }
                list.levels.extend(levels(dom, change));
            }
            own.lists.insert(id.to_owned(), list);
        }
        own
    }

    /// The label of the next paragraph of a list; none where there is no such list.
    pub(super) fn label(&mut self, list: &str, level: usize) -> Option<Label> {
        let level = level.min(LEVELS - 1);
        let own = self.lists.get(list)?;
        let counts = self.counts.entry(own.kind.clone()).or_default();
        if self.begun.insert(list.to_owned()) {
            for level in own.starts.keys().filter(|level| **level < LEVELS) {
                counts[*level] = None;
            }
        }
        let kind = self.kinds.get(&own.kind)?;
        let of = |level: usize| own.levels.get(&level).or_else(|| kind.get(&level));
        let from = |level: usize| {
            let start = own.starts.get(&level).copied();
            start.unwrap_or_else(|| of(level).map_or(1, |level| level.start))
        };
        let found = of(level)?;
        let next = counts[level].map_or_else(|| from(level), |count| count + 1);
        counts[level] = Some(next);
        counts[level + 1..].fill(None);
        Some(match found.format.as_str() {
            "bullet" | "none" => Label::of(&found.text),
            format if NUMERIC.contains(&format) => {
                let mut text = found.text.clone();
                for (at, count) in counts.iter().enumerate() {
                    let count = count.unwrap_or_else(|| from(at));
                    text = text.replace(&format!("%{}", at + 1), &count.to_string());
                }
                Label::of(&text)
            }
            format => Label::Other(format!("{format} {}", found.text)),
        })
    }
}

fn levels(dom: &Dom, parent: &Node) -> HashMap<usize, Level> {
    let all = parent.children.iter().map(|id| dom.node(*id));
    let all = all.filter(|node| node.name == "lvl").filter_map(|node| {
        let value = |name: &str| below(dom, node, &[name]).and_then(|own| own.attribute("val"));
        let level = Level {
            start: number(value("start")).unwrap_or(0),
            format: value("numFmt").unwrap_or("decimal").to_owned(),
            text: value("lvlText").unwrap_or_default().to_owned(),
        };
        Some((number(node.attribute("ilvl"))?, level))
    });
    all.collect()
}

fn number(text: Option<&str>) -> Option<usize> {
    text?.parse().ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn lists_are_counted_as_word_counts_them() {
        let dom = Dom::of_xml(
            "<n><abstractNum abstractNumId='1'><lvl ilvl='0'><start val='1'/><numFmt val='decimal'/><lvlText val='%1.'/></lvl>\
             <lvl ilvl='1'><start val='1'/><numFmt val='bullet'/><lvlText val='•'/></lvl></abstractNum>\
             <num numId='5'><abstractNumId val='1'/></num>\
             <num numId='6'><abstractNumId val='1'/><lvlOverride ilvl='0'><startOverride val='1'/></lvlOverride></num>\
             <num numId='7'><abstractNumId val='1'/><lvlOverride ilvl='0'><lvl ilvl='0'><numFmt val='lowerRoman'/><lvlText val='%1'/></lvl></lvlOverride></num></n>",
            "",
        );
        let mut numbering = Numbering::of(Some(&dom.unwrap()));
        for (list, level, label) in [
            ("5", 0, Label::Number(1)),
            ("5", 1, Label::Bullet),
            ("5", 0, Label::Number(2)),
            ("6", 0, Label::Number(1)),
            ("6", 0, Label::Number(2)),
            ("7", 0, Label::Other("lowerRoman %1".to_owned())),
        ] {
            assert_eq!(numbering.label(list, level), Some(label), "{list} {level}");
        }
        assert_eq!(numbering.label("9", 0), None);
    }
}
