//! Labels of lists, as reading systems and style sheets make them (CSS Lists 3; HTML, 15.3.7).

use super::super::dom::Node;
use super::super::sign::counted;
use super::values::strings;

/// How an item is labelled.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Marker {
    /// The style of counting, or the string that stands for it.
    style: String,
    has_image: bool,
    /// In how many lists it stands.
    lists: usize,
    /// Whether the element is an item; unsaid by a style, those of lists are.
    is_item: bool,
    /// What a style writes in its place.
    content: Option<String>,
    /// Whether it is not seen.
    pub(super) is_hidden: bool,
    /// Whether a style counts otherwise.
    is_counted_otherwise: bool,
}

impl Marker {
    /// That of an element that nothing is said of.
    pub(super) fn inside(&self, node: &Node) -> Self {
        let name = node.name.as_str();
        let is_list = matches!(name, "ul" | "ol" | "menu");
        let style = match (name, self.lists) {
            ("ol", _) => "decimal",
            ("ul" | "menu", 0) => "disc",
            ("ul" | "menu", 1) => "circle",
            ("ul" | "menu", _) => "square",
            _ => &self.style,
        };
        Self {
            style: style.to_owned(),
            lists: self.lists + usize::from(is_list),
            is_item: name == "li",
            content: None,
            is_hidden: false,
            ..*self
        }
    }

    /// Takes down what a style says of the element.
    pub(super) fn say(&mut self, property: &str, value: &str) {
        match property {
            "display" => self.is_item = value.contains("list-item"),
            "list-style-type" => self.style = value.to_owned(),
            "list-style-image" => self.has_image = value != "none",
            "list-style" => {
                self.has_image = value.contains("url(");
                let words = value.split_whitespace();
                let mut types = words.filter(|word| {
                    !matches!(*word, "inside" | "outside") && !word.starts_with("url(")
                });
                self.style = match value.contains(['"', '\'']) {
                    true => value.to_owned(),
                    false => types.next().unwrap_or("disc").to_owned(),
                };
            }
            "counter-reset" | "counter-increment" | "counter-set" => {
                self.is_counted_otherwise |= value.contains("list-item");
            }
            _ => {}
        }
    }

    /// Takes down what a style writes in its place.
    pub(super) fn write(&mut self, value: &str) {
        self.content = (value.trim() != "normal").then(|| value.to_owned());
    }

    /// The label of an element that has this number among the items of its list; none where it shows none.
    pub(super) fn label(&self, number: i64) -> Option<String> {
        let style = self.style.trim();
        let shown = match &self.content {
            _ if !self.is_item || self.is_hidden => return None,
            Some(content) => strings(content),
            None if self.has_image => "(a picture)".to_owned(),
            None if style.contains(['"', '\'']) => strings(style),
            None if self.is_counted_otherwise => "(a number)".to_owned(),
            None => match style.to_ascii_lowercase().as_str() {
                "none" => return None,
                "disc" | "" => "\u{2022}".to_owned(),
                "circle" => "\u{25E6}".to_owned(),
                "square" => "\u{25AA}".to_owned(),
                "cjk-decimal" => counted("cjk-decimal", number) + "\u{3001}",
                style => counted(style, number) + ".",
            },
        };
        Some(shown.trim().to_owned()).filter(|shown| !shown.is_empty())
    }
}
