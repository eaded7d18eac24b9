//! Style sheets, as far as they hide text, show it otherwise, or write words of their own (CSS 2.2; Selectors 4).
//!
//! Only declarations of the properties in [`WATCHED`] are kept. Rules for other media than the screen, or under a condition, may
//! hide and may not colour: what is hidden for some readers is hidden.

mod canonical;
mod forms;
mod index;
mod known;
mod lengths;
mod oddities;
mod paper;
mod selector;
mod syntax;

use std::cell::Cell;
use std::sync::Arc;

pub(crate) use forms::SELECTORS;
pub use known::StrangeStyle;
pub(super) use known::faces;
pub(super) use known::judged;
pub(crate) use known::{spelled, strange};
pub(super) use selector::Target;

use self::index::Index;
use self::selector::{MOST_WORK, Selector};
use self::syntax::{block_end, closing, parts, without_comments};
use super::dom::{Dom, NodeId};
use super::memo::{LOOKS, Memo};
use super::need::Need;

/// A declaration that shows text otherwise, and what a theme has whose sheets say it.
type Oddity = (String, Option<Need>);

/// The properties that are looked at.
const WATCHED: &[&str] = &[
    "background",
    "background-color",
    "bottom",
    "clip",
    "clip-path",
    "color",
    "content",
    "content-visibility",
    "counter-increment",
    "counter-reset",
    "counter-set",
    "display",
    "flex-direction",
    "font",
    "font-size",
    "font-style",
    "font-weight",
    "height",
    "left",
    "list-style",
    "list-style-image",
    "list-style-type",
    "margin-inline-start",
    "margin-left",
    "margin-top",
    "max-height",
    "max-width",
    "opacity",
    "overflow",
    "position",
    "right",
    "text-decoration",
    "text-decoration-line",
    "text-emphasis",
    "text-indent",
    "text-transform",
    "top",
    "transform",
    "unicode-bidi",
    "vertical-align",
    "visibility",
    "width",
    "-webkit-text-fill-color",
    "-webkit-text-security",
];
/// Rules stand in each other at most so deep.
const DEEPEST: usize = 16;
/// So many rules are more than any honest sheet has.
const MOST: usize = 20_000;
/// So much of what no sheet of an edition says is kept.
const MOST_ODD: usize = 20;

/// The rules of all sheets of a document, in order, and how often they were asked.
#[derive(Debug, Clone, Default)]
pub(super) struct StyleSheet {
    of: Arc<Rules>,
    /// How many tests were made.
    work: Cell<usize>,
}

/// What sheets say.
#[derive(Debug, Default)]
struct Rules {
    rules: Vec<Rule>,
    /// Which of them an element may be meant by.
    index: Index,
    /// Custom properties, by their names.
    custom: Vec<(String, String)>,
    /// What no sheet of an edition says, each once.
    odd: Vec<Oddity>,
}

#[derive(Debug, Clone)]
struct Rule {
    selector: Selector,
    declarations: Vec<Declaration>,
    is_conditional: bool,
}

/// A declaration of a watched property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Declaration {
    pub(super) property: String,
    pub(super) value: String,
    is_important: bool,
}

/// What the rules say of an element, the strongest last.
#[derive(Debug, Clone, Default)]
pub(super) struct Matched<'a> {
    /// Of rules that always hold.
    pub(super) always: Vec<(Target, &'a Declaration)>,
    /// Of rules that hold for some readers.
    pub(super) sometimes: Vec<(Target, &'a Declaration)>,
}

impl StyleSheet {
    /// Reads the sheets of a document, in their order.
    pub(super) fn of(texts: &[&str]) -> Self {
        static READ: Memo<Rules> = Memo::new(LOOKS);
        let read = || {
            let mut rules = Rules::default();
            for text in texts {
                rules.rules_of(&without_comments(text), false, 0);
            }
            rules
        };
        Self {
            of: READ.of(texts, read),
            work: Cell::default(),
        }
    }

    /// Whether it says nothing that is looked at.
    pub(super) fn is_empty(&self) -> bool {
        self.of.rules.is_empty()
    }

    /// What no sheet of an edition says.
    pub(super) fn odd(&self) -> &[Oddity] {
        &self.of.odd
    }

    /// Whether so much was asked of it that it was followed no longer.
    pub(super) fn is_exhausted(&self) -> bool {
        self.work.get() >= MOST_WORK
    }

    /// The declarations of a `style` attribute.
    pub(super) fn inline(text: &str) -> Vec<Declaration> {
        declarations(&without_comments(text)).0
    }

    /// A value with its custom properties put in.
    pub(super) fn resolved(&self, value: &str) -> String {
        let mut value = value.to_owned();
        for _ in 0..8 {
            let Some(at) = value.find("var(") else {
                break;
            };
            let rest = &value[at + 4..];
            let Some(end) = closing(rest) else {
                break;
            };
            let (name, other) = rest[..end].split_once(',').unwrap_or((&rest[..end], ""));
            let custom = self
                .of
                .custom
                .iter()
                .rev()
                .find(|(own, _)| own == name.trim());
            let put = custom
                .map_or(other.trim(), |(_, value)| value.as_str())
                .to_owned();
            value.replace_range(at..at + 4 + end + 1, &put);
            if value.len() > 4096 {
                break;
            }
        }
        value
    }

    /// What the rules say of an element.
    pub(super) fn matched(&self, dom: &Dom, id: NodeId) -> Matched<'_> {
        let is_meant =
            |rule: &&Rule| !self.is_exhausted() && rule.selector.matches(dom, id, &self.work);
        let candidates = self.of.index.candidates(dom.node(id));
        let candidates = candidates
            .into_iter()
            .filter_map(|at| self.of.rules.get(at));
        let mut rules: Vec<&Rule> = candidates.filter(is_meant).collect();
        rules.sort_by_key(|rule| rule.selector.specificity);
        let mut matched = Matched::default();
        for important in [false, true] {
            for rule in &rules {
                let own = rule.declarations.iter();
                let own = own.filter(|declaration| declaration.is_important == important);
                let own = own.map(|declaration| (rule.selector.target, declaration));
                match rule.is_conditional {
                    true => matched.sometimes.extend(own),
                    false => matched.always.extend(own),
                }
            }
        }
        matched
    }
}

impl Rules {
    fn note(&mut self, odd: String, unless: Option<Need>) {
        let odd: Oddity = (odd, unless);
        if self.odd.len() < MOST_ODD && !self.odd.contains(&odd) {
            self.odd.push(odd);
        }
    }

    fn rules_of(&mut self, text: &str, is_conditional: bool, depth: usize) {
        let mut rest = text;
        while let Some(open) = rest.find(['{', ';']) {
            let prelude = rest[..open].trim();
            if rest.as_bytes()[open] == b';' {
                if prelude.to_ascii_lowercase().starts_with("@import") {
                    self.note(prelude.to_owned(), None);
                }
                rest = &rest[open + 1..];
                continue;
            }
            let inside = &rest[open + 1..];
            let end = block_end(inside);
            let block = &inside[..end];
            rest = inside.get(end + 1..).unwrap_or_default();
            if depth > DEEPEST || self.rules.len() > MOST {
                return;
            }
            if let Some(at) = prelude.strip_prefix('@') {
                let name = at
                    .split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
                    .next();
                let name = name.unwrap_or_default().to_ascii_lowercase();
                if matches!(
                    name.as_str(),
                    "media" | "supports" | "layer" | "container" | "scope"
                ) {
                    let plain = ["@media screen", "@media all", "@layer"];
                    let always = plain.iter().any(|own| prelude.eq_ignore_ascii_case(own))
                        || name == "layer";
                    self.rules_of(block, is_conditional || !always, depth + 1);
                }
                if oddities::RULES.contains(&name.as_str()) {
                    self.note(prelude.to_owned(), None);
                }
                if name == "font-face" {
                    let said = parts(block, ';');
                    let said = said.iter().filter_map(|part| part.split_once(':'));
                    for (property, value) in said {
                        let property = property.trim().to_ascii_lowercase();
                        if oddities::OF_FACES.contains(&property.as_str()) {
                            let face = format!("@font-face {{ {property}: {} }}", value.trim());
                            self.note(face, None);
                        }
                    }
                }
                continue;
            }
            let (own, custom, odd) = declarations(block);
            // A letter of its own look is another letter to the eye.
            if prelude.contains(":first-l") {
                self.note(prelude.to_owned(), None);
            }
            for (odd, unless) in odd {
                self.note(format!("{prelude} {{ {odd} }}"), unless);
            }
            if !is_conditional {
                self.custom.extend(custom);
            }
            if own.is_empty() {
                continue;
            }
            for selector in parts(prelude, ',')
                .iter()
                .filter_map(|one| Selector::parse(one))
            {
                self.index.add(&selector, self.rules.len());
                self.rules.push(Rule {
                    selector,
                    declarations: own.clone(),
                    is_conditional,
                });
            }
        }
    }
}

/// The watched declarations of a block, its custom properties, and what no sheet of an edition says.
fn declarations(block: &str) -> (Vec<Declaration>, Vec<(String, String)>, Vec<Oddity>) {
    let (mut own, mut custom, mut odd) = (Vec::new(), Vec::new(), Vec::new());
    for part in parts(block, ';') {
        let Some((property, value)) = part.split_once(':') else {
            continue;
        };
        let (property, value) = (property.trim().to_ascii_lowercase(), value.trim());
        if property.starts_with("--") {
            custom.push((property, value.to_owned()));
            continue;
        }
        if let Some(found) = oddities::odd(&property, value) {
            odd.push((format!("{property}: {value}"), found.unless));
        }
        let lower = value.to_ascii_lowercase();
        let plain = lower.strip_suffix("important").map(str::trim_end);
        let plain = plain.and_then(|value| value.strip_suffix('!'));
        if WATCHED.contains(&property.as_str()) {
            own.push(Declaration {
                property,
                value: match plain {
                    Some(plain) => value[..plain.len()].trim().to_owned(),
                    None => value.to_owned(),
                },
                is_important: plain.is_some(),
            });
        }
    }
    (own, custom, odd)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const BODY: &str = "<body><div class='a b' id=x><p>one</p><p lang=fr>two <em>three</em></p></div><p>four</p></body>";

    fn hidden(sheet: &str) -> Vec<String> {
        let dom = Dom::of_html(BODY.as_bytes());
        let rules = StyleSheet::of(&[sheet]);
        let ids = dom.descendants(super::super::dom::ROOT);
        let hit = ids.filter(|id| {
            let matched = rules.matched(&dom, *id);
            matched.always.iter().any(|(of, _)| *of == Target::Whole)
        });
        hit.map(|id| dom.words(id).trim().to_owned()).collect()
    }

    #[test]
    fn selectors_find_what_they_mean() {
        for (selector, found) in [
            ("p", &["one", "two three", "four"][..]),
            ("div p:first-child", &["one"]),
            ("div > em", &[]),
            ("div em", &["three"]),
            ("#x.b > p + p", &["two three"]),
            ("[lang|=\"fr\"], h1", &["two three"]),
            ("p:not([lang])", &["one", "four"]),
            ("div ~ p", &["four"]),
            ("p:hover", &[]),
            ("p:lang(fr)", &["two three"]),
            ("em:lang('fr', de)", &["three"]),
            (":is(em, h1)", &["three"]),
            ("body > :last-child", &["four"]),
        ] {
            assert_eq!(
                hidden(&format!("{selector} {{ display: none }}")),
                found,
                "{selector}"
            );
        }
        assert_eq!(
            hidden("p::before { content: 'x' } p { margin: 0 }"),
            [""; 0]
        );
        assert_eq!(
            hidden("/* p { display: none } */ @media print { p { display: none } }"),
            [""; 0]
        );
    }

    #[test]
    fn the_strongest_declaration_comes_last_and_custom_properties_are_put_in() {
        let dom = Dom::of_html(BODY.as_bytes());
        let rules = StyleSheet::of(&[
            ":root{--ink:#111} #x p{color:red} p{color:blue!important} p{color:var(--ink, #222)}",
        ]);
        let id = dom.first("p").unwrap();
        let matched = rules.matched(&dom, id);
        let values: Vec<&str> = matched
            .always
            .iter()
            .map(|(_, d)| d.value.as_str())
            .collect();
        assert_eq!(values, ["var(--ink, #222)", "red", "blue"]);
        assert_eq!(rules.resolved(values[0]), "#111");
        assert_eq!(rules.resolved("var(--none, #222)"), "#222");
    }

    #[test]
    fn hostile_sheets_end() {
        for text in [
            "{",
            "}",
            "a{",
            "@media",
            "@media{{{{",
            "a[",
            "a:not(",
            "\\",
            "a{b:'",
            "x{y:z;;;}",
        ] {
            StyleSheet::of(&[&text.repeat(2000), text]);
        }
    }
}
