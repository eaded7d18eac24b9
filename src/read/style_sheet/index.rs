//! Which rules an element may be meant by: most ask for a class or a name that few elements have, as browsers know.

use std::collections::HashMap;

use super::super::dom::Node;
use super::selector::{Key, Selector};

/// The places of rules by what their elements must have.
#[derive(Debug, Default)]
pub(super) struct Index {
    by_class: HashMap<String, Vec<usize>>,
    by_element: HashMap<String, Vec<usize>>,
    others: Vec<usize>,
}

impl Index {
    /// Puts in the rule of a selector, behind those before it.
    pub(super) fn add(&mut self, selector: &Selector, at: usize) {
        match selector.key() {
            Key::Class(name) => self.by_class.entry(name.to_owned()).or_default().push(at),
            Key::Element(name) => self.by_element.entry(name.to_owned()).or_default().push(at),
            Key::Any => self.others.push(at),
        }
    }

    /// The places of the rules that may be for an element, in their order, each once.
    pub(super) fn candidates(&self, node: &Node) -> Vec<usize> {
        let classes = node.attribute("class").unwrap_or_default();
        let by_class = classes
            .split_ascii_whitespace()
            .filter_map(|name| self.by_class.get(name));
        let by_element = match node.name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            true => self.by_element.get(&node.name.to_ascii_lowercase()),
            false => self.by_element.get(&node.name),
        };
        let lists = by_class.chain(by_element).chain([&self.others]);
        let mut all: Vec<usize> = lists.flatten().copied().collect();
        all.sort_unstable();
        // A class may be named twice.
        all.dedup();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::dom::{Dom, ROOT};
    use super::super::StyleSheet;
    use proptest::prelude::*;

    proptest! {
        /// Whatever is asked, the index leaves out no rule that is for an element.
        #[test]
        fn no_rule_is_left_out(
            selectors in proptest::collection::vec("(p|em|\\*|Div|)(\\.[ab]|#x|\\[lang\\]|:first-child|:not\\(\\.a\\)|:is\\(p, \\.b\\))?( em| > p|\\.a)?", 1..8),
        ) {
            let html = "<div class='a b a' id=x><p class=a>one<p lang=fr class='b'>two <em>three</em></div><p id=x>four";
            let dom = Dom::of_html(html.as_bytes());
            let sheet = selectors.iter().map(|own| format!("{own} {{ color: red }} ")).collect::<String>();
            let sheet = StyleSheet::of(&[&sheet]);
            for id in dom.descendants(ROOT) {
                let work = std::cell::Cell::new(0);
                let rules = sheet.of.rules.iter().enumerate();
                let meant: Vec<usize> = rules
                    .filter(|(_, rule)| rule.selector.matches(&dom, id, &work))
                    .map(|(at, _)| at)
                    .collect();
                let candidates = sheet.of.index.candidates(dom.node(id));
                prop_assert!(meant.iter().all(|at| candidates.contains(at)));
                prop_assert!(candidates.is_sorted());
            }
        }
    }
}
