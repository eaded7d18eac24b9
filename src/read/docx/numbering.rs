//! The labels of paragraphs, counted as word processors count them (ISO/IEC 29500-1, 17.9).

use std::collections::{HashMap, HashSet};

use super::super::dom::{Dom, Node, below};
use super::super::sign::counted;
use super::sight::Sight;

/// The levels that a numbering has (17.9.6).
const LEVELS: usize = 9;

/// Signs that faces of signs have where others have letters, and what they show.
const SIGNS: &[(char, char)] = &[
    ('\u{F0B7}', '\u{2022}'),
    ('\u{F0A7}', '\u{25AA}'),
    ('\u{F06F}', '\u{25E6}'),
    ('\u{00B7}', '\u{2022}'),
    ('\u{25CF}', '\u{2022}'),
    ('\u{25CB}', '\u{25E6}'),
    ('\u{25A0}', '\u{25AA}'),
];

/// A level of a numbering.
#[derive(Debug, Clone, Default)]
struct Level {
    start: i64,
    format: String,
    /// Its text, in which `%1` stands for the number of the first level.
    text: String,
    /// Whether the levels in it are all in European digits (17.9.4).
    is_legal: bool,
    /// The level that starts it again; none where the one above does (17.9.10).
    restart: Option<usize>,
    is_picture: bool,
    sight: Sight,
}

/// A numbering that paragraphs name.
#[derive(Debug, Clone, Default)]
struct Instance {
    shared: String,
    /// Where levels start again when it is first met.
    starts: HashMap<usize, i64>,
    levels: HashMap<usize, Level>,
}

/// The numberings of a document, and how far they are counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    shared: HashMap<String, HashMap<usize, Level>>,
    instances: HashMap<String, Instance>,
    /// The last number of each level of each shared numbering.
    counts: HashMap<String, [Option<i64>; LEVELS]>,
    started: HashSet<(String, usize)>,
}

/// What a paragraph's numbering shows before it.
pub(super) struct Shown {
    /// The label; empty where it shows none.
    pub(super) label: String,
    /// Whether it is no sign or number of a list: what stands there by itself.
    pub(super) is_bare: bool,
    /// How the paragraphs of its level are seen.
    pub(super) sight: Sight,
}

impl Numbering {
    pub(super) fn of(dom: Option<&Dom>) -> Self {
        let Some(dom) = dom else {
            return Self::default();
        };
        let mut own = Self::default();
        // A numbering may be that of a style, which another has (17.9.21).
        let mut by_style = HashMap::new();
        let mut links = Vec::new();
        for node in dom.all("abstractNum") {
            let Some(id) = node.attribute("abstractNumId") else {
                continue;
            };
            let value = |name: &str| below(dom, node, &[name])?.attribute("val");
            if let Some(style) = value("styleLink") {
                by_style.insert(style.to_owned(), id.to_owned());
            }
            if let Some(style) = value("numStyleLink") {
                links.push((id.to_owned(), style.to_owned()));
            }
            own.shared.insert(id.to_owned(), levels(dom, node));
        }
        for (id, style) in links {
            let linked = by_style.get(&style).and_then(|of| own.shared.get(of));
            if let Some(levels) = linked.cloned() {
                own.shared.insert(id, levels);
            }
        }
        for node in dom.all("num") {
            let shared = below(dom, node, &["abstractNumId"]).and_then(|of| of.attribute("val"));
            let (Some(id), Some(shared)) = (node.attribute("numId"), shared) else {
                continue;
            };
            let mut instance = Instance {
                shared: shared.to_owned(),
                ..Instance::default()
            };
            let overrides = node.children.iter().map(|child| dom.node(*child));
            for own in overrides.filter(|child| child.name == "lvlOverride") {
                let Some(level) = whole(own, "ilvl").and_then(|level| level.try_into().ok()) else {
                    continue;
                };
                let start = below(dom, own, &["startOverride"]);
                if let Some(start) = start.and_then(|start| whole(start, "val")) {
                    instance.starts.insert(level, start);
                }
                instance.levels.extend(levels(dom, own));
            }
            own.instances.insert(id.to_owned(), instance);
        }
        own
    }

    /// Counts a paragraph of a numbering at a level; none where there is no such numbering.
    pub(super) fn count(&mut self, id: &str, level: usize) -> Option<Shown> {
        let instance = self.instances.get(id)?;
        let shared = self.shared.get(&instance.shared)?;
        let level = level.min(LEVELS - 1);
        let of = |level: usize| instance.levels.get(&level).or_else(|| shared.get(&level));
        let own = of(level)?;
        let counts = self.counts.entry(instance.shared.clone()).or_default();
        let is_first = self.started.insert((id.to_owned(), level));
        let start = instance.starts.get(&level).copied();
        counts[level] = Some(match (start.filter(|_| is_first), counts[level]) {
            (Some(start), _) => start,
            (None, Some(last)) => last.saturating_add(1),
            (None, None) => start.unwrap_or(own.start),
        });
        for (deeper, count) in counts.iter_mut().enumerate().skip(level + 1) {
            // Nothing starts again what says so, and else any level above the one that is named.
            let restart = of(deeper).and_then(|own| own.restart).unwrap_or(deeper);
            if level < restart {
                *count = None;
            }
        }
        let number = |level: usize| {
            let own_level = of(level);
            let start = own_level.map_or(1, |own| own.start);
            let format = own_level.map_or("decimal", |own| own.format.as_str());
            let format = match own.is_legal {
                true => "decimal",
                false => format,
            };
            match format {
                "none" | "bullet" => String::new(),
                format => counted(format, counts[level].unwrap_or(start)),
            }
        };
        let label = match own.is_picture {
            true => "(a picture)".to_owned(),
            false => filled(&own.text, number),
        };
        let is_seen = own.sight.reason(&label).is_none();
        Some(Shown {
            label: match is_seen {
                true => label.trim().to_owned(),
                false => String::new(),
            },
            is_bare: own.format == "none",
            sight: own.sight.clone(),
        })
    }
}

/// The text of a level with numbers in it.
fn filled(text: &str, number: impl Fn(usize) -> String) -> String {
    let mut filled = String::new();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let digit = rest.clone().next().and_then(|next| next.to_digit(10));
        match (c, digit) {
            ('%', Some(level @ 1..=9)) => {
                rest.next();
                filled.push_str(&number(usize::try_from(level - 1).unwrap_or(0)));
            }
            _ => {
                let sign = SIGNS.iter().find(|(own, _)| *own == c);
                filled.push(sign.map_or(c, |(_, shown)| *shown));
            }
        }
    }
    filled
}

/// The levels that stand in an element.
fn levels(dom: &Dom, node: &Node) -> HashMap<usize, Level> {
    let children = node.children.iter().map(|child| dom.node(*child));
    let levels = children.filter(|child| child.name == "lvl");
    let read = levels.filter_map(|node| {
        let level = whole(node, "ilvl").and_then(|level| level.try_into().ok())?;
        let value = |name: &str| below(dom, node, &[name])?.attribute("val");
        let number = |name: &str| value(name)?.trim().parse::<i64>().ok();
        let own = Level {
            start: number("start").unwrap_or(0),
            format: value("numFmt").unwrap_or("decimal").to_owned(),
            text: value("lvlText").unwrap_or_default().to_owned(),
            is_legal: below(dom, node, &["isLgl"]).is_some(),
            restart: number("lvlRestart").and_then(|level| level.try_into().ok()),
            is_picture: below(dom, node, &["lvlPicBulletId"]).is_some(),
            sight: Sight::of(dom, node).on(dom, node, "pPr"),
        };
        Some((level, own))
    });
    read.collect()
}

fn whole(node: &Node, name: &str) -> Option<i64> {
    node.attribute(name)?.trim().parse().ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const PART: &str = "<w:numbering xmlns:w='w'>\
        <w:abstractNum w:abstractNumId='1'>\
        <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl>\
        <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/><w:lvlText w:val='%1.%2)'/></w:lvl>\
        </w:abstractNum>\
        <w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>\
        <w:num w:numId='2'><w:abstractNumId w:val='1'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride></w:num>\
        </w:numbering>";

    #[test]
    fn paragraphs_are_counted_level_by_level_and_from_where_a_numbering_says() {
        let dom = Dom::of_xml(PART, "numbering.xml").unwrap();
        let mut numbering = Numbering::of(Some(&dom));
        let met = [
            ("1", 0, "1."),
            ("1", 1, "1.a)"),
            ("1", 1, "1.b)"),
            ("1", 0, "2."),
            ("1", 1, "2.a)"),
            ("2", 0, "5."),
            ("2", 0, "6."),
            ("1", 0, "7."),
        ];
        for (id, level, label) in met {
            assert_eq!(numbering.count(id, level).unwrap().label, label);
        }
        assert!(numbering.count("9", 0).is_none());
    }
}
