//! The numberings of Word editions (ISO/IEC 29500-1, 17.9): one of breaks, one of bullets and one of numbers, whose levels follow from
//! each other. A level that no paragraph names is held too: who goes on with a document meets it.

use std::collections::BTreeSet;

use super::super::dom::{Dom, Node, below};
use super::faults::Faults;
use crate::compose::Bullet;

/// The numberings of every edition, by their numbers: what stands before a break, bullets, numbers.
const BREAKS: &str = "10";
const BULLETS: &str = "11";
const NUMBERS: &str = "12";
/// The levels of lists (17.9.6).
const LEVELS: usize = 9;
/// Of the room for a label, the part between it and the text.
const GAP: f64 = 0.35;
/// Lengths are whole twentieths of a point.
const SLACK: f64 = 1.0;

/// Tells what numberings say otherwise than those of any edition.
pub(super) fn judge(numbering: &Dom, faults: &mut Faults) {
    let mut say = |what: String| faults.add("the numbering", what);
    let all: Vec<&Node> = numbering.all("abstractNum").collect();
    let ids: Vec<&str> = all
        .iter()
        .filter_map(|own| own.attribute("abstractNumId"))
        .collect();
    if ids != [BREAKS, BULLETS, NUMBERS] {
        say(format!("its numberings are {}", ids.join(", ")));
    }
    for own in all {
        let id = own.attribute("abstractNumId").unwrap_or_default();
        let levels: Vec<&Node> = children(numbering, own, "lvl").collect();
        let kind = below(numbering, own, &["multiLevelType"]);
        if kind.and_then(|kind| kind.attribute("val")) != Some("multilevel") {
            say(format!("the numbering {id} is of another kind"));
        }
        let should = if id == BREAKS { 1 } else { LEVELS };
        if levels.len() != should {
            say(format!("the numbering {id} has {} levels", levels.len()));
        }
        let format = |level: &&Node| {
            let own = below(numbering, level, &["numFmt"]);
            own.and_then(|own| own.attribute("val")).map(str::to_owned)
        };
        let formats: BTreeSet<Option<String>> = levels.iter().map(format).collect();
        if formats.len() > 1 {
            say(format!(
                "the levels of the numbering {id} are counted in different ways"
            ));
        }
        let step = step(numbering, &levels);
        for (at, level) in levels.into_iter().enumerate() {
            if let Some(what) = odd(numbering, level, (id, at), step) {
                say(format!("level {} of the numbering {id} {what}", at + 1));
            }
        }
    }
    instances(numbering, &mut say);
}

/// Lists name a numbering, and every numbered one begins at one again.
fn instances(numbering: &Dom, say: &mut impl FnMut(String)) {
    for own in numbering.all("num") {
        let id = own.attribute("numId").unwrap_or_default();
        let of = below(numbering, own, &["abstractNumId"]).and_then(|own| own.attribute("val"));
        let should = match id {
            BREAKS | BULLETS => id,
            _ => NUMBERS,
        };
        if of != Some(should) {
            say(format!("the list {id} has another numbering"));
        }
        let starts: Vec<Option<&str>> = children(numbering, own, "lvlOverride")
            .map(|over| below(numbering, over, &["startOverride"])?.attribute("val"))
            .collect();
        let is_right = match should {
            NUMBERS => starts == [Some("1")],
            _ => starts.is_empty(),
        };
        if !is_right {
            say(format!("the list {id} does not begin as lists do"));
        }
    }
}

/// How far the text of a level stands in from that of the one around it, in twentieths of a point: as the deepest level says it, in
/// which what was rounded weighs least.
fn step(numbering: &Dom, levels: &[&Node]) -> Option<f64> {
    let [_, .., last] = levels else {
        return None;
    };
    Some(indent(numbering, last, "left")? / levels.len() as f64)
}

/// How far a level stands in at a side; what it does not say is nothing.
fn indent(numbering: &Dom, level: &Node, side: &str) -> Option<f64> {
    let own = below(numbering, level, &["pPr", "ind"]);
    match own.and_then(|own| own.attribute(side)) {
        Some(by) => by.parse().ok(),
        None => Some(0.0),
    }
}

/// What a level says otherwise.
fn odd(
    numbering: &Dom,
    level: &Node,
    (id, at): (&str, usize),
    step: Option<f64>,
) -> Option<&'static str> {
    let value = |name: &str| below(numbering, level, &[name])?.attribute("val");
    if level.attribute("ilvl").and_then(|own| own.parse().ok()) != Some(at) {
        return Some("is not in its place");
    }
    if value("start") != Some("1") {
        return Some("begins elsewhere than at one");
    }
    let (formats, text, side): (&[&str], String, &str) = match id {
        BREAKS => (&["none"], "*\u{2003}*\u{2003}*".to_owned(), "center"),
        BULLETS => (&["bullet"], Bullet::at(at).sign().to_string(), "right"),
        _ => (FORMATS, format!("%{}.", at + 1), "right"),
    };
    let format = value("numFmt").unwrap_or_default();
    if !formats.contains(&format) || value("lvlText") != Some(text.as_str()) {
        return Some("shows another label");
    }
    if value("lvlJc") != Some(side) || (value("suff") == Some("nothing")) != (id == BREAKS) {
        return Some("sets its label elsewhere");
    }
    let of = |side: &str| indent(numbering, level, side);
    let is_near =
        |own: Option<f64>, should: f64| own.is_some_and(|own| (own - should).abs() <= SLACK);
    let is_set = match step.filter(|_| id != BREAKS) {
        None => is_near(of("left"), 0.0),
        Some(step) => {
            let depth = at as f64 + 1.0;
            is_near(of("left"), step * depth) && is_near(of("hanging"), step * GAP)
        }
    };
    let is_free = is_near(of("right"), 0.0);
    (!is_set || !is_free).then_some("stands in otherwise than the others")
}

/// The formats of numbers that editions have (17.18.59): digits of a script.
const FORMATS: &[&str] = &["decimal", "hindiNumbers", "thaiNumbers"];

fn children<'a>(dom: &'a Dom, node: &'a Node, name: &'a str) -> impl Iterator<Item = &'a Node> {
    let all = node.children.iter().map(|id| dom.node(*id));
    all.filter(move |child| child.name == name)
}
