//! What the styles of Word editions say: of each its elements and their attributes, the values by their forms. Themes decide sizes,
//! spaces, colours and faces of kinds of text, and nobody else decides anything. The table is data: `word_styles.txt`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::super::docx::styles::are_ours;
use super::super::dom::{Dom, Node, NodeId, below};
use super::super::need::Need;
use super::faults::Faults;

/// What stands for the styles of kinds of text in the table.
const ROW: &str = "ROW";
/// What stands for the defaults of the document.
const DEFAULTS: &str = "DEFAULTS";
/// Elements deeper than that stand in no style.
const DEEPEST: usize = 8;
/// So many elements are more than any style has.
const MOST: usize = 500;
/// What is said of a style itself, whatever kind of text it is for.
const OWN: &[&str] = &[
    ".",
    "name",
    "basedOn",
    "next",
    "uiPriority",
    "qFormat",
    "semiHidden",
    "unhideWhenUsed",
    "pPr/outlineLvl",
    "pPr/numPr",
    "pPr/numPr/ilvl",
    "pPr/numPr/numId",
];
/// What a theme needs for a measure, how many of which make a point, and between which numbers it stands in every theme.
type Bounds = (fn(i64) -> Need, i64, i64, i64);

/// The measures of styles: sizes in half points, lengths in twentieths of a point, rules in eighths.
fn bounds(path: &str, name: &str) -> Option<Bounds> {
    Some(match (path, name) {
        ("rPr/sz" | "rPr/szCs", "val") => (Need::Size, 2, 9, 160),
        ("rPr/spacing", "val") => (Need::Tracking, 20, -40, 120),
        ("pPr/ind", "left" | "right" | "hanging") => (Need::Space, 20, 0, 4_000),
        ("pPr/ind", "firstLine") => (Need::Space, 20, 0, 2_000),
        ("pPr/spacing", "before" | "after") => (Need::Space, 20, 0, 4_000),
        ("pPr/pBdr/top" | "pPr/pBdr/bottom" | "pPr/pBdr/left" | "pPr/pBdr/right", "sz") => {
            (Need::Rule, 8, 0, 48)
        }
        _ => return None,
    })
}

/// Styles of paragraphs without words, as low as can be.
const LOW: &[&str] = &[
    "TableStart",
    "TableEnd",
    "SummaryEnd",
    "ContentsEnd",
    "Break",
    "Portrait",
];
/// Larger than this, as a multiple of running text, is no text below the title.
const LARGE: f64 = 3.0;

#[derive(Default)]
struct Table {
    /// The styles of kinds of text.
    rows: BTreeSet<&'static str>,
    /// What each style says.
    said: BTreeMap<&'static str, BTreeSet<&'static str>>,
    /// What none of them lacks.
    needed: BTreeMap<&'static str, BTreeSet<&'static str>>,
}

impl Table {
    /// The styles that every edition has: those of emphasis in other scripts stand in the editions of some pieces.
    fn every(&self) -> impl Iterator<Item = &'static str> {
        let named = self.said.keys().chain(&self.rows).copied();
        let is_of_some = |id: &str| {
            let suffix = ["Heavy", "Dotted"].iter().any(|own| id.ends_with(own));
            suffix && id.contains("Emphasis")
        };
        let every: BTreeSet<&str> = named
            .filter(|id| ![ROW, DEFAULTS].contains(id) && !is_of_some(id))
            .collect();
        every.into_iter()
    }
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Table::default();
        let mut style = "";
        for line in include_str!("word_styles.txt").lines() {
            if line.starts_with('#') || line.is_empty() {
                continue;
            }
            if let Some(rows) = line.strip_prefix("ROW of ") {
                table.rows = rows.split(' ').collect();
            } else if let Some(said) = line.strip_prefix("  ") {
                if let Some(needed) = said.strip_prefix('!') {
                    table.needed.entry(style).or_default().insert(needed);
                }
                let said = said.trim_start_matches('!');
                table.said.entry(style).or_default().insert(said);
            } else {
                style = line;
            }
        }
        table
    })
}

/// Judges the styles of an edition; of a file that others made nothing is known.
pub(super) fn judge(styles: &Dom, faults: &mut Faults) {
    if !are_ours(styles) {
        return;
    }
    let defaults = styles.all("docDefaults").next();
    let size = |node: &Node| -> Option<f64> {
        below(styles, node, &["rPr", "sz"])?
            .attribute("val")?
            .parse()
            .ok()
    };
    let usual = defaults.and_then(|node| {
        let size = below(styles, node, &["rPrDefault", "rPr", "sz"])?;
        size.attribute("val")?.parse::<f64>().ok()
    });
    if let Some(size) = usual.filter(|size| !(14.0..=36.0).contains(size)) {
        let need = Need::Size(Need::thousandths(size / 2.0));
        let message = "its text is of a size that no edition has";
        faults.add_unless("the styles", message, Some(need));
    }
    if let Some(node) = defaults {
        style(styles, node, DEFAULTS, faults);
    }
    let ids = |name: &'static str| {
        let all = styles.all("style");
        all.filter_map(move |style| style.attribute(name))
    };
    faults.unique("the styles", "styles", ids("styleId"));
    let named = styles.all("style").filter_map(|style| {
        let name = below(styles, style, &["name"])?;
        name.attribute("val")
    });
    faults.unique("the styles", "styles", named);
    let there: BTreeSet<&str> = ids("styleId").collect();
    for missing in table().every().filter(|id| !there.contains(id)) {
        faults.add("the styles", format!("there is no style `{missing}`"));
    }
    for node in styles.all("style") {
        let Some(id) = node.attribute("styleId") else {
            continue;
        };
        style(styles, node, id, faults);
        let is_head = id.starts_with("Title") || id.starts_with("Heading") || id == "Subtitle";
        if let (Some(size), Some(usual)) = (size(node), usual)
            && !is_head
            && !LOW.contains(&id)
            && (size > usual * LARGE || size < usual * 0.5)
        {
            let need = Need::Size(Need::thousandths(size / 2.0));
            let message = format!("`{id}` is far from the size of the text");
            faults.add_unless("the styles", message, Some(need));
        }
        low(styles, node, id, size(node).or(usual), faults);
    }
}

/// Lines have room for their letters.
fn low(styles: &Dom, node: &Node, id: &str, size: Option<f64>, faults: &mut Faults) {
    let Some(spacing) = below(styles, node, &["pPr", "spacing"]) else {
        return;
    };
    let line = spacing
        .attribute("line")
        .and_then(|line| line.parse::<f64>().ok());
    let is_absolute = matches!(spacing.attribute("lineRule"), Some("exact" | "atLeast"));
    let (Some(line), Some(size)) = (line, size) else {
        return;
    };
    // A half point is ten twentieths.
    let least = if is_absolute {
        size * 10.0 * 0.8
    } else {
        200.0
    };
    if line < least && !LOW.contains(&id) {
        faults.add(
            "the styles",
            format!("lines of `{id}` have no room for their letters"),
        );
    }
}

fn style(dom: &Dom, node: &Node, id: &str, faults: &mut Faults) {
    let table = table();
    let known = table.said.get(id);
    let Some(known) = known.or_else(|| {
        table
            .rows
            .contains(id)
            .then(|| table.said.get(ROW))
            .flatten()
    }) else {
        faults.add(
            "the styles",
            format!("there is a style `{id}`, which no edition has"),
        );
        return;
    };
    let row = table
        .rows
        .contains(id)
        .then(|| table.said.get(ROW))
        .flatten();
    let mut met: BTreeSet<String> = BTreeSet::new();
    let mut say = |path: &str, attribute: Option<(&str, &str)>, faults: &mut Faults| {
        let said = match attribute {
            None => path.to_owned(),
            Some((name, value)) => format!("{path} {name}={}", form(path, name, value)),
        };
        let of = if OWN.contains(&path) {
            Some(known)
        } else {
            row.or(Some(known))
        };
        if !of.is_some_and(|of| of.contains(said.as_str())) {
            let shown = match attribute {
                None => path.to_owned(),
                Some((name, value)) => format!("{path} {name}=\"{value}\""),
            };
            faults.add(
                "the styles",
                format!("`{id}` says `{shown}`, which no edition's does"),
            );
        } else if let Some((name, value)) = attribute
            && !LOW.contains(&id)
            && let Some(unless) = needed(path, name, value)
        {
            let shown = format!("`{id}` says `{path} {name}=\"{value}\"`");
            let message = format!("{shown}, which is no measure of an edition");
            faults.add_unless("the styles", message, Some(unless));
        }
        met.insert(said);
    };
    let mut waiting: Vec<(NodeId, String, usize)> = Vec::new();
    let mut tell = |node: &Node, path: &str, faults: &mut Faults| {
        let mut attributes = node.attributes().peekable();
        if attributes.peek().is_none() {
            say(path, None, faults);
        }
        attributes.for_each(|(name, value)| say(path, Some((name, value)), faults));
    };
    tell(node, ".", faults);
    waiting.extend(node.children.iter().map(|child| (*child, String::new(), 0)));
    let mut left = MOST;
    while let Some((child, above, depth)) = waiting.pop() {
        let own = dom.node(child);
        if own.is_text() || own.name.is_empty() || depth > DEEPEST || left == 0 {
            continue;
        }
        left -= 1;
        let path = match above.as_str() {
            "" => own.name.clone(),
            above => format!("{above}/{}", own.name),
        };
        tell(own, &path, faults);
        let children = own.children.iter();
        waiting.extend(children.map(|child| (*child, path.clone(), depth + 1)));
    }
    for needed in table.needed.get(id).into_iter().flatten() {
        if !met.contains(*needed) {
            faults.add(
                "the styles",
                format!("`{id}` does not say `{needed}`, as those of editions do"),
            );
        }
    }
}

/// The form of a value.
fn form(path: &str, name: &str, value: &str) -> String {
    const EXACT: &[&str] = &[
        "outlineLvl",
        "numId",
        "ilvl",
        "uiPriority",
        "suppressAutoHyphens",
    ];
    let element = path.rsplit('/').next().unwrap_or(path);
    let digits = value.strip_prefix('-').unwrap_or(value);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_colour = value.len() == 6
        && value
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'F'));
    match name {
        "default" | "customStyle" => value.to_owned(),
        "ascii" | "hAnsi" | "cs" | "eastAsia" => "F".to_owned(),
        _ if element == "lang" => "L".to_owned(),
        _ if EXACT.contains(&element) => value.to_owned(),
        // A colour may have no letter among its digits.
        "color" | "fill" if is_colour => "C".to_owned(),
        "val" if is_colour && element == "color" => "C".to_owned(),
        _ if is_number => "#".to_owned(),
        _ if path == "name" => value.replace(' ', "_"),
        _ => value.to_owned(),
    }
}

/// What a theme needs for a measure that no shipped theme has.
fn needed(path: &str, name: &str, value: &str) -> Option<Need> {
    let (need, to_a_point, least, most) = bounds(path, name)?;
    match value.parse::<i64>() {
        Ok(value) if (least..=most).contains(&value) => None,
        Ok(value) => Some(need(value.saturating_mul(1000) / to_a_point)),
        // No theme has what is no number.
        Err(_) => Some(need(i64::MAX)),
    }
}
