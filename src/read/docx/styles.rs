//! Styles: what a paragraph or a run is by the name of its style (ISO/IEC 29500-1, 17.7).

use std::collections::{BTreeSet, HashMap};

use super::super::dom::{Dom, Node, below};
use super::sight::Sight;

/// The styles of a document.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    by_id: HashMap<String, Style>,
    /// How text is seen unasked.
    sight: Sight,
    /// The language that the document has unasked.
    pub(crate) language: Option<String>,
}

/// A style, with what it takes from those it is based on.
#[derive(Debug, Clone, Default)]
pub(crate) struct Style {
    /// Its name in lower case, as Word stores it.
    pub(crate) name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    depth: Option<usize>,
    numbering: Option<(String, usize)>,
    italic: Option<bool>,
    bold: Option<bool>,
    sight: Sight,
    /// Whether it puts a dot at each character.
    dotted: bool,
}

/// Styles that every edition of ours has, and no other program's documents.
const OURS: &[&str] = &[
    "Dateline",
    "FirstParagraph",
    "QuoteAttribution",
    "PieceTable",
];

/// Whether a part of styles is that of an edition of ours.
pub(in crate::read) fn are_ours(part: &Dom) -> bool {
    let ids = part
        .all("style")
        .filter_map(|node| node.attribute("styleId"));
    let ids: BTreeSet<&str> = ids.collect();
    OURS.iter().all(|id| ids.contains(id))
}

/// Styles take from each other at most so deep; a circle ends here.
const DEEPEST: usize = 32;

impl Style {
    /// Whether it shows emphasis by other means than a slant.
    fn is_emphasis(&self) -> bool {
        self.dotted
            || (self.name.contains("emphasis") && self.italic.is_none() && self.bold == Some(true))
    }
}

impl Styles {
    pub(crate) fn of(dom: Option<&Dom>) -> Self {
        let Some(dom) = dom else {
            return Self::default();
        };
        let mut styles = Self {
            language: dom
                .all("lang")
                .find_map(|lang| lang.attribute("val"))
                .map(str::to_owned),
            sight: dom
                .all("rPrDefault")
                .next()
                .map(|node| Sight::of(dom, node))
                .unwrap_or_default(),
            ..Self::default()
        };
        for node in dom.all("style") {
            let Some(id) = node.attribute("styleId") else {
                continue;
            };
            let value =
                |name: &str| below(dom, node, &[name]).and_then(|node| node.attribute("val"));
            let style = Style {
                name: value("name").unwrap_or(id).to_lowercase(),
                based_on: value("basedOn").map(str::to_owned),
                outline: below(dom, node, &["pPr", "outlineLvl"])
                    .and_then(|level| level.attribute("val")?.parse().ok()),
                italic: is_on(dom, node, "i"),
                bold: is_on(dom, node, "b"),
                sight: Sight::of(dom, node).on(dom, node, "pPr"),
                dotted: is_on(dom, node, "em") == Some(true),
                depth: below(dom, node, &["pPr", "numPr"]).map(|numbering| depth(dom, numbering)),
                numbering: below(dom, node, &["pPr", "numPr"]).and_then(|own| {
                    let value = |name: &str| {
                        below(dom, own, &[name]).and_then(|node| node.attribute("val"))
                    };
                    let level = value("ilvl")
                        .and_then(|level| level.parse().ok())
                        .unwrap_or(0);
                    Some((value("numId")?.to_owned(), level))
                }),
            };
            styles.by_id.insert(id.to_owned(), style);
        }
        styles
    }

    /// The style of this id.
    pub(crate) fn get(&self, id: &str) -> Option<&Style> {
        self.by_id.get(id)
    }

    /// Whether a style is that of a note's mark; LibreOffice gives what stands between two of them a style of its own.
    pub(crate) fn is_note_mark(&self, id: &str) -> bool {
        self.get(id).is_some_and(|style| {
            matches!(
                style.name.as_str(),
                "footnote reference"
                    | "footnote characters"
                    | "endnote reference"
                    | "endnote characters"
            )
        })
    }

    /// The level of a heading of this style: 1 for the title, else by its outline level or its name.
    pub(crate) fn level(&self, id: &str) -> Option<u8> {
        self.chain(id).find_map(|style| match style.name.as_str() {
            "title" => Some(1),
            name => {
                let named = name
                    .strip_prefix("heading ")
                    .and_then(|level| level.trim().parse().ok());
                let outlined = style
                    .outline
                    .filter(|level| *level < 9)
                    .map(|level| level + 1);
                named.or(outlined)
            }
        })
    }

    /// In how many lists a paragraph of this style stands.
    pub(crate) fn depth(&self, id: &str) -> usize {
        self.chain(id).find_map(|style| style.depth).unwrap_or(0)
    }

    /// The names of this style and of those that it is based on, the nearest first.
    pub(crate) fn names(&self, id: &str) -> Vec<&str> {
        self.chain(id).map(|style| style.name.as_str()).collect()
    }

    /// The numbering of paragraphs of this style, and the level in it.
    pub(crate) fn numbering(&self, id: &str) -> Option<(String, usize)> {
        self.chain(id).find_map(|style| style.numbering.clone())
    }

    /// Whether the styles are those of an edition of ours.
    pub(crate) fn is_ours(&self) -> bool {
        OURS.iter().all(|id| self.by_id.contains_key(*id))
    }

    /// How text of this style is seen, where its own properties say nothing.
    pub(super) fn sight(&self, id: &str) -> Sight {
        let own = self.chain(id).map(|style| &style.sight);
        own.fold(Sight::default(), |own, based| own.or(based))
    }

    /// How text is seen that nothing is said of.
    pub(super) fn usual_sight(&self) -> &Sight {
        &self.sight
    }

    /// Whether text of this style is emphasised: slanted, dotted, or by the style's name.
    pub(crate) fn is_italic(&self, id: &str) -> bool {
        self.chain(id)
            .find_map(|style| style.italic.or(style.is_emphasis().then_some(true)))
            .unwrap_or(false)
    }

    /// Whether text of this style is bold, and not for emphasis alone.
    pub(crate) fn is_bold(&self, id: &str) -> bool {
        self.chain(id)
            .find_map(
                |style| match style.is_emphasis() && !style.name.contains("strong") {
                    true => Some(false),
                    false => style.bold,
                },
            )
            .unwrap_or(false)
    }

    fn chain<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a Style> {
        let first = self.by_id.get(id);
        let next = |style: &&'a Style| self.by_id.get(style.based_on.as_ref()?);
        std::iter::successors(first, next).take(DEEPEST)
    }
}

/// How deep the list of a `numPr` is: none where it takes a paragraph out of its list (17.9.18).
pub(crate) fn depth(dom: &Dom, numbering: &Node) -> usize {
    let value = |name: &str| below(dom, numbering, &[name]).and_then(|node| node.attribute("val"));
    match value("numId") {
        Some("0") => 0,
        _ => {
            1 + value("ilvl")
                .and_then(|level| level.parse::<usize>().ok())
                .unwrap_or(0)
                .min(8)
        }
    }
}

/// Whether a property of a run, or of a style's runs, that is on or off is there, and on (17.17.4).
pub(crate) fn is_on(dom: &Dom, node: &Node, name: &str) -> Option<bool> {
    let property = below(dom, node, &["rPr", name])?;
    let value = property.attribute("val").unwrap_or("true");
    Some(!matches!(value, "0" | "false" | "off" | "none"))
}
