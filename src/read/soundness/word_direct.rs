//! What runs, paragraphs and tables of Word editions say beside their styles (ISO/IEC 29500-1, 17.3 and 17.4): faces where letters need
//! others, marks of links, the rule under a table's head. Whatever else is said there, somebody put there.

use std::collections::{BTreeMap, BTreeSet};

use super::super::dom::{Dom, Node, NodeId, ROOT, below};
use super::beginning;
use super::faults::Faults;

/// Styles of paragraphs that may have no words: what stands around tables and boxes, breaks, cells, and items that begin with a list.
const SILENT: &[&str] = &[
    "Table",
    "SummaryEnd",
    "ContentsEnd",
    "Break",
    "ListParagraph",
    "TOC",
];
/// Styles of paragraphs whose names lead to places of the text, and look like text.
const OF_NAMES: &[&str] = &["Contributors", "OtherContributors"];
/// Styles of running text and headings, which alone say where lines begin and end.
const RUNNING: &[&str] = &[
    "BodyText",
    "FirstParagraph",
    "Title",
    "Subtitle",
    "Heading",
    "EndHeading",
    "EndMatter",
    "FootnoteText",
];
/// The table of a piece stands on one page where it has no more rows.
const TOGETHER: usize = 24;

/// Tells where paragraphs of the text stand nearer to each other than their styles say, or pictures elsewhere than in the middle.
pub(super) fn neighbours(document: &Dom, faults: &mut Faults) {
    let Some(body) = document.first("body") else {
        return;
    };
    let style = |node: &Node| {
        value(document, node, &["pPr", "pStyle"])
            .unwrap_or_default()
            .to_owned()
    };
    let children = document.node(body).children.iter();
    let paragraphs: Vec<(NodeId, String)> = children
        .map(|id| (*id, document.node(*id)))
        .filter(|(_, node)| {
            !node.name.is_empty() && node.name != "bookmarkStart" && node.name != "bookmarkEnd"
        })
        .map(|(id, node)| (id, style(node)))
        .collect();
    let is_heading = |style: &str| style.starts_with("Heading") || style.starts_with("EndHeading");
    let mut before = "";
    let is_turned = |node: &Node| below(document, node, &["pPr", "bidi"]).is_some();
    for pair in paragraphs.windows(2) {
        let [(above, first), (under, next)] = pair else {
            continue;
        };
        let of_figure = matches!(
            (first.as_str(), next.as_str()),
            ("Figure", "Caption" | "FigureCaption" | "Credit") | ("Caption", "Credit")
        );
        let [above, below] = [above, under].map(|id| document.node(*id));
        let is_centred = |node: &Node| value(document, node, &["pPr", "jc"]) == Some("center");
        let are_alike = is_centred(above) == is_centred(below);
        if of_figure && !are_alike && is_turned(above) == is_turned(below) {
            let words = beginning(&document.words(*under));
            faults.add(
                "the text",
                format!("a picture stands at another side than its words: {words}"),
            );
        }
    }
    for (at, (id, style)) in paragraphs.iter().enumerate() {
        let node = document.node(*id);
        let next = paragraphs
            .get(at + 1)
            .map_or("", |(_, style)| style.as_str());
        let gap = |side: &str| below(document, node, &["pPr", "spacing"])?.attribute(side);
        let (above, under) = (gap("before"), gap("after"));
        let is_right = match style.as_str() {
            "Quote" | "QuoteContinued" => {
                let goes_on = matches!(next, "QuoteContinued" | "QuoteAttribution");
                (above, under) == (None, goes_on.then_some("0"))
            }
            own if is_heading(own) => {
                let is_above = above.is_none_or(|by| by == "0" && is_heading(before));
                let is_under = match next {
                    "Affiliation" => under == Some("0"),
                    next => under.is_none() || is_heading(next),
                };
                is_above && is_under
            }
            _ => true,
        };
        if !is_right {
            let words = beginning(&document.words(*id));
            faults.add(
                "the text",
                format!("a paragraph stands nearer to the next, or farther from it: {words}"),
            );
        }
        before = style;
    }
}

/// Tells what the text or the notes say beside their styles.
pub(super) fn judge(part: &Dom, place: &str, styles: &Unasked, faults: &mut Faults) {
    let runs_back = styles.runs_back;
    let mut seen = BTreeSet::new();
    let turns = part.all("bidi").next().is_some();
    let mut sections = 0;
    let mut paper = None;
    for id in part.descendants(ROOT) {
        let node = part.node(id);
        let told = match node.name.as_str() {
            "r" => run(part, id, node).or_else(|| lighter(part, id, node, &styles.heavy)),
            "p" => paragraph(part, id, node, (runs_back, turns)),
            "hyperlink" => link(node),
            "tbl" => table(part, node),
            "footnote" if node.attribute("type").is_none() => note(part, id),
            "sectPr" => {
                sections += 1;
                section(part, node, (sections == 1, runs_back), &mut paper)
            }
            _ => None,
        };
        if let Some(what) = told.filter(|what| seen.insert(*what)) {
            let words = beginning(&part.words(id));
            faults.add(place, format!("{what}: {words}"));
        }
    }
}

/// How text is where nothing is said of it.
pub(super) struct Unasked {
    /// Whether it runs from right to left.
    runs_back: bool,
    /// The styles whose text is heavy.
    heavy: BTreeSet<String>,
}

impl Unasked {
    pub(super) fn of(styles: &Dom) -> Self {
        let all = |path: &'static [&'static str]| {
            let said = styles.all("style");
            said.filter_map(move |style| {
                below(styles, style, path)?;
                style.attribute("styleId")
            })
        };
        Self {
            runs_back: all(&["pPr", "bidi"]).any(|id| id == "Normal"),
            heavy: all(&["rPr", "b"]).map(str::to_owned).collect(),
        }
    }
}

/// A heavy style of words turns the weight of a heavy paragraph round (17.7.3), unless the run says itself that it is heavy.
fn lighter(part: &Dom, id: NodeId, node: &Node, heavy: &BTreeSet<String>) -> Option<&'static str> {
    let style = value(part, node, &["rPr", "rStyle"])?;
    // Emphasis that is shown by weight is left to it.
    let is_emphasis = style.ends_with("Heavy");
    if !heavy.contains(style) || is_emphasis || below(part, node, &["rPr", "b"]).is_some() {
        return None;
    }
    let paragraph = around(part, id).find(|own| own.name == "p")?;
    let own = value(part, paragraph, &["pPr", "pStyle"])?;
    heavy
        .contains(own)
        .then_some("words are lighter than those of their paragraph")
}

fn value<'a>(part: &'a Dom, node: &'a Node, path: &[&str]) -> Option<&'a str> {
    below(part, node, path)?.attribute("val")
}

/// The elements around a node, the nearest first; no run of an edition has more.
fn around(part: &Dom, id: NodeId) -> impl Iterator<Item = &Node> {
    const MOST: usize = 16;
    let above = std::iter::successors(part.parent(id), |id| part.parent(*id));
    above.take(MOST).map(|id| part.node(id))
}

fn run(part: &Dom, id: NodeId, node: &Node) -> Option<&'static str> {
    let mut kinds = node.children.iter().map(|id| part.node(*id));
    let is_said = |child: &Node| match child.name.as_str() {
        "" | "rPr" => false,
        "t" => !part.words_of(child).is_empty(),
        _ => true,
    };
    if !kinds.any(is_said) {
        return Some("a run says nothing");
    }
    let properties = below(part, node, &["rPr"]);
    let link = around(part, id).find(|own| own.name == "hyperlink");
    let is_outside = link.is_some_and(|link| link.attribute("id").is_some());
    let style = value(part, node, &["rPr", "rStyle"]).unwrap_or_default();
    let is_linked = style.starts_with("Hyperlink");
    if is_linked && !is_outside {
        return Some("words look like a link, and are none");
    }
    if is_outside && !is_linked && style != "FootnoteReference" {
        let paragraph = around(part, id).find(|own| own.name == "p");
        let own = paragraph.and_then(|own| value(part, own, &["pPr", "pStyle"]));
        if !own.is_some_and(|own| OF_NAMES.contains(&own)) {
            return Some("a link does not look like one");
        }
    }
    let is_mark = node.children.iter().any(|id| {
        let name = part.node(*id).name.as_str();
        matches!(name, "footnoteReference" | "footnoteRef")
    });
    if is_mark && style != "FootnoteReference" {
        return Some("the mark of a note looks otherwise than its style");
    }
    let properties = properties?;
    let words = || -> String {
        let texts = node.children.iter().map(|id| part.node(*id));
        texts
            .filter(|own| own.name == "t")
            .map(|own| part.words_of(own))
            .collect()
    };
    if let Some(faces) = below(part, properties, &["rFonts"]) {
        // Letters that the faces of the styles have take those.
        let named: Vec<(&str, &str)> = faces.attributes().collect();
        let names: BTreeSet<&str> = named.iter().map(|(_, name)| *name).collect();
        let of_latin = named.iter().any(|(slot, _)| *slot == "ascii");
        let slots = if of_latin { 4 } else { 1 };
        let is_other = names.len() == 1 && named.len() == slots && !words().is_ascii();
        if !is_other {
            return Some("words are set in another face than their style has");
        }
    }
    let said = |name: &str| below(part, properties, &[name]).map(|own| own.attribute("val"));
    let pairs = [("sz", "szCs"), ("b", "bCs"), ("i", "iCs")];
    let has = |name: &str| said(name).is_some();
    if said("sz") != said("szCs") || pairs.iter().any(|(one, other)| has(one) != has(other)) {
        return Some("letters of one script look otherwise than those of others");
    }
    if said("sz").is_some() && !around(part, id).any(|own| own.name == "tc") {
        return Some("words have a size of their own");
    }
    if below(part, properties, &["cs"]).is_some() {
        let words = words();
        let mut letters = words.chars().filter(|c| c.is_alphabetic()).peekable();
        if letters.peek().is_some() && letters.all(|c| c.is_ascii()) {
            return Some("Latin letters are said to be of another script");
        }
    }
    None
}

/// A link leads inside or outside, and is remembered as one that was followed.
fn link(node: &Node) -> Option<&'static str> {
    let has = |name: &str| node.attribute(name).is_some();
    if has("anchor") && has("id") {
        return Some("a link leads to two places");
    }
    (node.attribute("history") != Some("1"))
        .then_some("a link is not remembered as one that was followed")
}

/// A note begins with its number, and a tab leads to its words.
fn note(part: &Dom, id: NodeId) -> Option<&'static str> {
    let mut said = part.descendants(id).map(|id| part.node(id)).filter(|node| {
        matches!(
            node.name.as_str(),
            "footnoteRef" | "tab" | "t" | "instrText"
        )
    });
    let begins = [said.next(), said.next()].map(|own| own.map_or("", |own| own.name.as_str()));
    let is_once = said.all(|own| !matches!(own.name.as_str(), "footnoteRef" | "tab"));
    (begins != ["footnoteRef", "tab"] || !is_once)
        .then_some("a note does not begin with its number and a tab")
}

/// `turns` where any paragraph says how it runs.
fn paragraph(
    part: &Dom,
    id: NodeId,
    node: &Node,
    (runs_back, turns): (bool, bool),
) -> Option<&'static str> {
    let own = below(part, node, &["pPr"])?;
    let style = value(part, own, &["pStyle"]).unwrap_or_default();
    if below(part, own, &["keepNext"]).is_some() && !style.starts_with("Table") {
        return Some("a paragraph is kept with the next, otherwise than its style says");
    }
    if below(part, own, &["tabs"]).is_some() {
        return Some("a paragraph has places for tabs of its own");
    }
    if value(part, own, &["bidi"]) == Some("0") && !runs_back {
        return Some("a paragraph says that it runs as it does unasked");
    }
    // What runs the other way begins where its neighbours do.
    let is_set = below(part, own, &["jc"]).is_some();
    if is_set
        && !turns
        && RUNNING.iter().any(|of| style.starts_with(of))
        && !part.holds(id, "drawing")
    {
        return Some("a paragraph stands at another side than its style says");
    }
    if !SILENT.iter().any(|of| style.starts_with(of)) {
        let mut all = part.descendants(id).map(|id| part.node(id));
        let is_said = |own: &Node| match own.name.as_str() {
            "t" => !part.words_of(own).is_empty(),
            "drawing" | "footnoteReference" | "separator" | "continuationSeparator" => true,
            _ => false,
        };
        if !all.any(is_said) {
            return Some("a paragraph says nothing");
        }
    }
    None
}

fn children<'a>(part: &'a Dom, node: &'a Node, name: &'a str) -> impl Iterator<Item = &'a Node> {
    let all = node.children.iter().map(|id| part.node(*id));
    all.filter(move |child| child.name == name)
}

/// A table has a rule under its head alone, its head stands on that, and its columns end where it ends.
fn table(part: &Dom, table: &Node) -> Option<&'static str> {
    let rows: Vec<&Node> = children(part, table, "tr").collect();
    let is_head = |row: &&Node| below(part, row, &["trPr", "tblHeader"]).is_some();
    let heads = rows.iter().take_while(|row| is_head(row)).count();
    let together = rows.len() <= TOGETHER;
    let mut rules = BTreeSet::new();
    let mut sizes: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    let mut sides: BTreeMap<usize, (bool, bool)> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        if below(part, row, &["trPr", "cantSplit"]).is_none() {
            return Some("a row of a table may be parted");
        }
        let cells: Vec<&Node> = children(part, row, "tc").collect();
        for (column, cell) in cells.iter().enumerate() {
            let rule = below(part, cell, &["tcPr", "tcBorders", "bottom"]);
            if rule.is_some() != (at + 1 == heads) {
                return Some("a table has a rule elsewhere than under its head");
            }
            rules.extend(rule.map(|rule| rule.attributes().collect::<BTreeMap<_, _>>()));
            let stands = value(part, cell, &["tcPr", "vAlign"]);
            if stands != (at < heads).then_some("bottom") {
                return Some("a cell stands otherwise in its row than in editions");
            }
            let end = below(part, cell, &["tcPr", "tcMar", "right"]);
            let end = end.and_then(|end| end.attribute("w"));
            if end != (column + 1 == cells.len()).then_some("0") {
                return Some("a cell has another margin than in editions");
            }
            for paragraph in children(part, cell, "p") {
                let kept = below(part, paragraph, &["pPr", "keepNext"]).is_some();
                if kept != (together && at >= heads && at + 1 < rows.len()) {
                    return Some("rows of a table are kept together otherwise than in editions");
                }
                let style = value(part, paragraph, &["pPr", "pStyle"]).unwrap_or_default();
                let is_centred = value(part, paragraph, &["pPr", "jc"]) == Some("center");
                let side = (is_centred, style.ends_with("Number"));
                let is_head = style == "TableRowHead";
                if !is_head && *sides.entry(column).or_insert(side) != side {
                    return Some("a cell stands otherwise in its column than the others");
                }
                for run in runs(part, paragraph) {
                    let size = value(part, run, &["rPr", "sz"]);
                    if *sizes.entry(style).or_insert(size) != size {
                        return Some("words of a table have another size than the others");
                    }
                }
            }
        }
    }
    if rules.len() > 1 {
        return Some("the rule under the head of a table is not one");
    }
    None
}

/// The first page of the file has a foot of its own, and may have a head; turned pages have theirs.
const HEADS: &[(&str, &str, &str, bool)] = &[
    ("headerReference", "default", "rIdHeader", false),
    ("footerReference", "default", "rIdFooter1", false),
    ("headerReference", "default", "rIdHeader3", true),
    ("footerReference", "default", "rIdFooter3", true),
    ("headerReference", "first", "rIdHeader2", false),
    ("footerReference", "first", "rIdFooter2", false),
    ("headerReference", "first", "rIdHeader2", true),
    ("footerReference", "first", "rIdFooter2", true),
];

/// What a section says of its pages besides their measures; the paper of all of them lies on its side or stands, but for pages that
/// are turned.
fn section(
    part: &Dom,
    section: &Node,
    (is_first, runs_back): (bool, bool),
    paper: &mut Option<bool>,
) -> Option<&'static str> {
    let has = |name: &str| below(part, section, &[name]).is_some();
    if has("bidi") != runs_back {
        return Some("pages run otherwise than their text");
    }
    if has("titlePg") != is_first {
        return Some("another page than the first has a head or foot of its own");
    }
    let page = below(part, section, &["pgSz"]);
    let lies = page.is_some_and(|page| page.attribute("orient") == Some("landscape"));
    let children = section.children.iter().map(|id| part.node(*id));
    let heads = children.filter(|own| own.name.ends_with("Reference"));
    let mut names = heads.clone().filter_map(|own| own.attribute("id"));
    let is_turned = names.any(|id| id.ends_with('3'));
    if *paper.get_or_insert(lies != is_turned) != (lies != is_turned) {
        return Some("pages have the head or foot of others");
    }
    let mut met = BTreeSet::new();
    for head in heads {
        let [kind, id] = ["type", "id"].map(|name| head.attribute(name).unwrap_or_default());
        let own = (head.name.as_str(), kind, id, is_turned);
        if !HEADS.contains(&own) || !met.insert((head.name.as_str(), kind)) {
            return Some("pages have the head or foot of others");
        }
    }
    let needed = [
        ("headerReference", "default"),
        ("footerReference", "default"),
    ];
    let of_first = is_first.then_some(("footerReference", "first"));
    let mut needed = needed.into_iter().chain(of_first);
    (!needed.all(|own| met.contains(&own))).then_some("pages lack their head or foot")
}

/// The runs of a paragraph, those of its links too.
fn runs<'a>(part: &'a Dom, paragraph: &'a Node) -> impl Iterator<Item = &'a Node> {
    let own = children(part, paragraph, "r");
    let links = children(part, paragraph, "hyperlink");
    own.chain(links.flat_map(|link| children(part, link, "r")))
}
