//! What elements say besides their words, and texts that stand for others.

use std::collections::HashSet;

use hayro_syntax::object::{self, Dict, Name, ObjectIdentifier};

use super::super::keys::attributes::{attributes, space};
use super::super::{exact, keys, strings};
use super::Walk;
use super::element;

impl Walk<'_> {
    /// What an element says besides its words.
    pub(super) fn oddities(&mut self, element: &Dict<'_>, standard: &str) {
        let number = self.page.and_then(|page| self.pages.numbers.get(&page));
        let number = number.copied().unwrap_or(0);
        let is_picture = matches!(standard, "Figure" | "Formula");
        let text = |key: &str| {
            let text = element.get::<object::String<'_>>(key)?;
            Some(strings::text(&text))
        };
        let other = match is_picture {
            true => text("ActualText").or(text("E")),
            false => text("Alt").or(text("E")),
        };
        if let Some(other) = other.filter(|_| standard != "Link") {
            let other = (number, other, super::super::content::REPLACED);
            self.lies.push(other);
        }
        let all = element::attributes(element);
        // Cells may be empty, and a section may hold nothing but a pull quote that repeats the text, which is no part of the tree.
        let is_never_empty = !matches!(standard, "TD" | "TH" | "Sect");
        if is_never_empty && !element.contains_key("K") {
            let what = format!("an element {standard} holds nothing");
            self.elements.strange.push((number, what));
        }
        let strange = keys::element(element, standard)
            .or_else(|| attributes(&all, standard, self.is_2))
            .or_else(|| space(element, standard, self.is_2))
            .or_else(|| exact::kids(element, standard).map(str::to_owned));
        let strange = strange.map(|what| (number, what));
        self.elements.strange.extend(strange);
        let scopes = all.iter().find_map(|own| own.get::<Name<'_>>("Scope"));
        let is_plain = scopes.is_some_and(|scope| matches!(scope.as_str(), "Row" | "Column"));
        if standard == "TH" && !is_plain {
            let what = "a cell that heads others does not say which".to_owned();
            self.elements.oddities.push((number, what));
        }
    }

    /// Holds a text that stands for the content of an element against what is drawn of it.
    pub(super) fn judge(&mut self, actual: &str, drawn: &HashSet<(ObjectIdentifier, i64)>) {
        let number = |page: &ObjectIdentifier| self.pages.numbers.get(page).copied().unwrap_or(0);
        let mut drawn: Vec<_> = drawn.iter().collect();
        drawn.sort_by_key(|(page, mcid)| (number(page), *mcid));
        let drawn = drawn.into_iter();
        let drawn: String = drawn
            .filter_map(|place| self.pages.marked.get(place))
            .map(String::as_str)
            .collect();
        let letters = |text: &str| -> Vec<char> {
            let line = crate::compose::canonical_line(text);
            line.chars().filter(|c| c.is_alphanumeric()).collect()
        };
        if letters(actual) != letters(&drawn) {
            let page = self.page.map_or(0, |page| number(&page));
            let text = format!("{} for {}", actual.trim(), drawn.trim());
            self.lies
                .push((page, text, super::super::content::REPLACED));
        }
    }
}
