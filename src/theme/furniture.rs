//! What stands above and below the text of pages: short templates of words and fields.

use super::fields::Refused;
use crate::compose::HeadField;
use crate::diagnostic::nearest;
use crate::piece::is_private;

/// The words of a running head or a foot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Furniture {
    /// Where lines start.
    pub start: Template,
    /// In the middle.
    pub centre: Template,
    /// Where lines end.
    pub end: Template,
}

impl Furniture {
    /// These words, where lines start.
    #[must_use]
    pub fn of_words(words: &str) -> Self {
        Self {
            start: Template(vec![TemplatePart::Words(words.to_owned())]),
            ..Self::default()
        }
    }

    /// Its parts, from where lines start to where they end.
    #[must_use]
    pub fn parts(&self) -> [&Template; 3] {
        [&self.start, &self.centre, &self.end]
    }

    /// Whether it has a middle at most.
    #[must_use]
    pub fn is_middle_alone(&self) -> bool {
        self.start.is_empty() && self.end.is_empty()
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts().iter().all(|template| template.is_empty())
    }
}

/// Words with fields among them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Template(Vec<TemplatePart>);

/// A part of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplatePart {
    /// Words as they stand.
    Words(String),
    /// What a field holds.
    Field(HeadField),
}

impl Template {
    /// Its parts in their order.
    #[must_use]
    pub fn parts(&self) -> &[TemplatePart] {
        &self.0
    }

    /// Whether it has neither words nor fields.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it differs from page to page.
    #[must_use]
    pub fn counts(&self) -> bool {
        let paged = [HeadField::Page, HeadField::Pages].map(TemplatePart::Field);
        self.0.iter().any(|part| paged.contains(part))
    }

    /// Its words, each field as it is said; none where it has fields and they are all empty, so that no comma stands alone.
    #[must_use]
    pub fn filled(&self, mut value: impl FnMut(HeadField) -> String) -> String {
        let (mut fields, mut some) = (false, false);
        let mut words = String::new();
        for part in &self.0 {
            match part {
                TemplatePart::Words(own) => words.push_str(own),
                TemplatePart::Field(field) => {
                    let value = value(*field);
                    fields = true;
                    some |= !value.is_empty();
                    words.push_str(&value);
                }
            }
        }
        if fields && !some {
            return String::new();
        }
        words.trim().to_owned()
    }

    /// Reads a template: words, and names of fields in braces; `none` or nothing is an empty one.
    pub(super) fn parse(text: &str) -> Result<Self, Refused> {
        let mut parts = Vec::new();
        let mut rest = match text.trim() {
            "none" => "",
            _ => text,
        };
        if let Some(private) = text.chars().find(|c| is_private(*c)) {
            let message = format!(
                "U+{:04X} is a character for private use, which nobody can read",
                u32::from(private)
            );
            return Err(Refused::value(
                message,
                "write the words that it stands for",
            ));
        }
        let stray = || {
            Refused::value(
                format!("a brace of `{text}` stands alone"),
                "a field is a name in braces, for example {page}",
            )
        };
        while let Some(at) = rest.find(['{', '}']) {
            let (words, from) = rest.split_at(at);
            if !words.is_empty() {
                parts.push(TemplatePart::Words(words.to_owned()));
            }
            let inner = from.strip_prefix('{').ok_or_else(stray)?;
            let (name, after) = inner.split_once('}').ok_or_else(stray)?;
            let name = name.trim();
            let field = HeadField::named(name).ok_or_else(|| {
                let names = HeadField::ALL.map(|(name, _)| name);
                let hint = match nearest(name, names) {
                    Some(near) => format!("did you mean {{{near}}}?"),
                    None => format!("the fields are {{{}}}", names.join("}, {")),
                };
                Refused::value(format!("there is no field {{{name}}}"), hint)
            })?;
            parts.push(TemplatePart::Field(field));
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(TemplatePart::Words(rest.to_owned()));
        }
        Ok(Self(parts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str) -> Option<String> {
        let template = Template::parse(text).ok()?;
        Some(template.filled(|field| match field {
            HeadField::Page => "3".to_owned(),
            HeadField::Pages => "12".to_owned(),
            HeadField::Series => "Flash Point".to_owned(),
            _ => String::new(),
        }))
    }

    #[test]
    fn a_template_is_filled_with_its_fields() {
        let expected = |text: &str| Some(text.to_owned());
        assert_eq!(filled("{page} / { pages }"), expected("3 / 12"));
        assert_eq!(filled("{series}"), expected("Flash Point"));
        assert_eq!(filled("No. {number}"), expected(""));
        assert_eq!(filled("The House"), expected("The House"));
        assert_eq!(filled("none"), expected(""));
        assert_eq!(filled("{seres}"), None);
        assert_eq!(filled("{page"), None);
        assert_eq!(filled("page}"), None);
        assert_eq!(filled("\u{e001} {page}"), None);
    }

    #[test]
    fn only_what_names_a_page_differs_from_page_to_page() {
        let counts = |text: &str| Template::parse(text).is_ok_and(|template| template.counts());
        assert!(counts("{page}") && counts("of {pages}"));
        assert!(!counts("{series}"));
    }
}
