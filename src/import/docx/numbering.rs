//! Numbering: what labels the paragraphs of lists (ISO/IEC 29500-1, 17.9).

use std::collections::BTreeMap;

use crate::read::dom::{Dom, Node, below};

/// The levels that a numbering has.
const LEVELS: usize = 9;

/// The numberings of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Numberings by their ids: the abstract one, and the levels that begin anew.
    numbers: BTreeMap<String, (String, BTreeMap<usize, u64>)>,
    levels: BTreeMap<String, BTreeMap<usize, Level>>,
}

/// A level of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Level {
    /// The first number; none for signs.
    pub(super) start: Option<u64>,
    /// How far its text stands in, in twentieths of a point.
    pub(super) indent: Option<i64>,
}

impl Numbering {
    pub(super) fn of(dom: Option<&Dom>) -> Self {
        let mut numbering = Self::default();
        let Some(dom) = dom else { return numbering };
        for node in dom.all("abstractNum") {
            let Some(id) = node.attribute("abstractNumId") else {
                continue;
            };
            let levels = node
                .children
                .iter()
                .map(|child| dom.node(*child))
                .filter(|child| child.name == "lvl");
            let levels = levels.filter_map(|lvl| Some((index(lvl)?, level(dom, lvl))));
            numbering.levels.insert(id.to_owned(), levels.collect());
        }
        for node in dom.all("num") {
            let (Some(id), Some(to)) = (
                node.attribute("numId"),
                below(dom, node, &["abstractNumId"]).and_then(|to| to.attribute("val")),
            ) else {
                continue;
            };
            let overrides = node
                .children
                .iter()
                .map(|child| dom.node(*child))
                .filter(|child| child.name == "lvlOverride");
            let starts = overrides.filter_map(|one| {
                let start = below(dom, one, &["startOverride"])?
                    .attribute("val")?
                    .parse()
                    .ok()?;
                Some((index(one)?, start))
            });
            numbering
                .numbers
                .insert(id.to_owned(), (to.to_owned(), starts.collect()));
        }
        numbering
    }

    /// The level of a numbering; a sign where the document does not say.
    pub(super) fn level(&self, id: &str, depth: usize) -> Level {
        let levels = self.numbers.get(id).and_then(|(to, _)| self.levels.get(to));
        let level = levels.and_then(|levels| levels.get(&depth)).copied();
        level.unwrap_or(Level {
            start: None,
            indent: None,
        })
    }

    /// The depth of the level whose text stands so far in.
    pub(super) fn depth_at(&self, id: &str, indent: i64) -> Option<usize> {
        let levels = self
            .numbers
            .get(id)
            .and_then(|(to, _)| self.levels.get(to))?;
        let found = levels
            .iter()
            .find(|(_, level)| level.indent == Some(indent));
        found.map(|(depth, _)| *depth)
    }

    fn family(&self, id: &str) -> String {
        self.numbers
            .get(id)
            .map_or_else(|| id.to_owned(), |(to, _)| to.clone())
    }

    fn begins_anew(&self, id: &str, depth: usize) -> Option<u64> {
        self.numbers.get(id)?.1.get(&depth).copied()
    }
}

fn index(node: &Node) -> Option<usize> {
    node.attribute("ilvl")?
        .parse()
        .ok()
        .filter(|level| *level < LEVELS)
}

fn level(dom: &Dom, node: &Node) -> Level {
    let value = |path: &[&str]| below(dom, node, path).and_then(|node| node.attribute("val"));
    let format = value(&["numFmt"]).unwrap_or("decimal");
    let start = value(&["start"])
        .and_then(|start| start.parse().ok())
        .unwrap_or(1);
    let is_sign = matches!(format, "bullet" | "none");
    let indent = below(dom, node, &["pPr", "ind"]);
    let indent = indent.and_then(|indent| {
        indent
            .attribute("left")
            .or_else(|| indent.attribute("start"))
    });
    Level {
        start: (!is_sign).then_some(start),
        indent: indent.and_then(|indent| indent.parse().ok()),
    }
}

/// Counts the items of lists, as Word does.
#[derive(Debug, Default)]
pub(super) struct Counters {
    /// By the abstract numbering: the last number of each level.
    counts: BTreeMap<String, [Option<u64>; LEVELS]>,
    seen: std::collections::BTreeSet<(String, usize)>,
}

impl Counters {
    /// The number of the next item.
    pub(super) fn next(
        &mut self,
        numbering: &Numbering,
        id: &str,
        depth: usize,
        start: u64,
    ) -> u64 {
        let depth = depth.min(LEVELS - 1);
        let counts = self.counts.entry(numbering.family(id)).or_default();
        if let Some(anew) = numbering.begins_anew(id, depth)
            && self.seen.insert((id.to_owned(), depth))
        {
            counts[depth] = anew.checked_sub(1);
            if anew == 0 {
                counts[depth] = None;
            }
        }
        let number = counts[depth].map_or(start, |last| last.saturating_add(1));
        counts[depth] = Some(number);
        counts[depth + 1..].fill(None);
        number
    }
}
