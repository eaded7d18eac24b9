//! What stands in what: lists of items, items of a label and a body, tables of rows (ISO 32000-1, 14.8.4.3), and what figures show.

use hayro_syntax::object::{self, Array, Dict, Name, Number};

use super::super::super::marks::Label;
use super::super::strings;
use super::element::{attributes, elements};
use super::walk::{Context, Walk};

/// Elements that stand in some others alone.
const PLACES: &[(&str, &[&str])] = &[
    ("LI", &["L"]),
    ("LBody", &["LI"]),
    ("TR", &["Table", "THead", "TBody", "TFoot"]),
    ("TH", &["TR"]),
    ("TD", &["TR"]),
];

impl Walk<'_> {
    /// Judges where an element stands and what stands in it, and takes note of that for what is inside.
    pub(super) fn nesting(
        &mut self,
        element: &Dict<'_>,
        standard: &str,
        outer: &Context,
        context: &mut Context,
    ) {
        let place = PLACES.iter().find(|(role, _)| *role == standard);
        let is_stray = place.is_some_and(|(_, around)| !around.contains(&outer.role.as_str()));
        if is_stray {
            self.odd(format!("{standard} stands in {}", outer.role));
        }
        let inside: Vec<String> = elements(element)
            .iter()
            .map(|kid| {
                let name = kid.get::<Name<'_>>("S");
                self.roles
                    .standard(name.as_ref().map_or("", |name| name.as_str()))
            })
            .collect();
        match standard {
            "L" if inside
                .iter()
                .any(|role| !matches!(role.as_str(), "LI" | "L" | "Caption")) =>
            {
                self.odd("a list holds what is no item".to_owned());
            }
            "LI" if inside != ["Lbl", "LBody"] => {
                self.odd("an item of a list is not a label and a body".to_owned());
            }
            "Note" | "FENote" => self.note(element, &inside),
            "Formula" => self.odd("a picture is said to be a formula".to_owned()),
            _ => {}
        }
        if element.contains_key("T") {
            self.odd("an element has a title that nobody wrote".to_owned());
        }
        if outer.element.is_none() && standard != "Document" {
            self.odd(format!(
                "the text is said to be {standard}, and not a document"
            ));
        }
        context.is_caption |= standard == "Caption";
        standard.clone_into(&mut context.role);
        if standard == "L" {
            let own = attributes(element);
            let own = own
                .iter()
                .find_map(|own| own.get::<Name<'_>>("ListNumbering"));
            context.numbering = own.map(|own| own.as_str().to_owned());
        }
        if standard == "Lbl" && !context.is_note {
            self.numbering(element, context);
        }
    }

    /// What a list says of its labels is what they are.
    fn numbering(&mut self, element: &Dict<'_>, context: &Context) {
        let Some(said) = &context.numbering else {
            return;
        };
        let mcid = element.get::<Number>("K").map(|mcid| mcid.as_i64());
        let words = context
            .page
            .zip(mcid)
            .and_then(|place| self.pages.marked.get(&place));
        let right = match words.map(|words| Label::of(words)) {
            Some(Label::Bullet) => {
                matches!(
                    said.as_str(),
                    "Disc" | "Circle" | "Square" | "Unordered" | "None"
                )
            }
            Some(Label::Number(_)) => matches!(said.as_str(), "Decimal" | "Ordered"),
            _ => true,
        };
        if !right {
            self.odd(format!("a list says that its labels are {said}"));
        }
    }

    /// A note has a label, and an id by which it is found (ISO 14289-1, 7.9).
    fn note(&mut self, element: &Dict<'_>, inside: &[String]) {
        if inside.first().is_some_and(|first| first != "Lbl") {
            self.odd("a note does not begin with its label".to_owned());
        }
        let Some(id) = element.get::<object::String<'_>>("ID") else {
            return;
        };
        let id = strings::text(&id);
        if self
            .ids
            .get(&id)
            .is_none_or(|to| Some(*to) != element.obj_id())
        {
            self.odd(format!("the note `{id}` is not found by its id"));
        }
    }

    /// A figure shows a picture where it says that it does.
    pub(super) fn judge_figure(&mut self, element: &Dict<'_>) {
        let Some(shown) = self.pictured else {
            return;
        };
        let bounds = attributes(element)
            .iter()
            .find_map(|own| own.get::<Array<'_>>("BBox"));
        let bounds: Vec<f64> = bounds
            .iter()
            .flat_map(|bounds| bounds.iter::<Number>())
            .map(|number| number.as_f64())
            .collect();
        if let [x0, y0, x1, y1] = bounds[..] {
            const SLACK: f64 = 3.0;
            let pairs = [
                (shown.low[0], x0),
                (shown.low[1], y0),
                (shown.high[0], x1),
                (shown.high[1], y1),
            ];
            if pairs.iter().any(|(is, said)| (is - said).abs() > SLACK) {
                self.odd("a picture is not where its figure says".to_owned());
            }
        }
    }
}
