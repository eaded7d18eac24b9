//! What a project gives to a piece: defaults and people, where the piece leaves them out.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Affiliation, Person, Project};
use crate::diagnostic::{ByteSpan, Code, Diagnostic, nearest};
use crate::digest::Sha256;
use crate::piece::Date;
use crate::yaml::Mapping;

/// The keys of a piece that a project may give.
const DEFAULTS: &[&str] = &[
    "series",
    "language",
    "publisher",
    "rights",
    "license",
    "disclaimer",
    "accessibility",
    "citation",
];

/// The keys of a contributor that a person may give.
const OF_PEOPLE: &[&str] = &[
    "name",
    "sort_name",
    "affiliation",
    "orcid",
    "ror",
    "url",
    "bio",
];

/// What a piece leaves to its project: with the project it decides what is put in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inherits {
    /// The keys that the piece leaves out.
    pub keys: Vec<String>,
    /// The people that it names.
    pub people: Vec<PersonUse>,
    /// Its date, which chooses among affiliations.
    pub date: Option<String>,
}

/// A person that a piece names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonUse {
    /// The person's id.
    pub id: String,
    /// The keys that the contributor leaves out.
    pub keys: Vec<String>,
}

impl Inherits {
    /// What a piece leaves to a project.
    pub(crate) fn of(piece: &mut Mapping<'_, '_>) -> Self {
        let left_out = |mapping: &Mapping<'_, '_>, keys: &[&str]| -> Vec<String> {
            let keys = keys.iter().filter(|key| !mapping.has(key));
            keys.map(|key| (*key).to_owned()).collect()
        };
        let keys = left_out(piece, DEFAULTS);
        let date = piece.text("date").map(|(date, _)| date.to_owned());
        let people = piece
            .items("contributors")
            .into_iter()
            .filter_map(|contributor| {
                let id = contributor.text("person")?.0.to_owned();
                let keys = left_out(&contributor, OF_PEOPLE);
                Some(PersonUse { id, keys })
            });
        Self {
            people: people.collect(),
            keys,
            date,
        }
    }

    /// The hash of what a project gives to such a piece: the same where nothing changes for it.
    #[must_use]
    pub fn given(&self, project: Option<&Project>) -> Sha256 {
        let mut fields = Vec::new();
        if let Some(project) = project {
            let dots = project.max_dpi();
            fields.extend(dots.map(|dots| format!("images max_dpi: {dots}")));
            for key in &self.keys {
                fields.extend(project.default(key).map(|value| format!("{key}: {value}")));
            }
            for used in &self.people {
                let Some(person) = project.file.people.get(&used.id) else {
                    fields.push(format!("no {}", used.id));
                    continue;
                };
                for key in &used.keys {
                    let value = person.value(key, self.date.as_deref());
                    fields.extend(value.map(|value| format!("{} {key}: {value}", used.id)));
                }
            }
        }
        Sha256::of_fields(fields.iter().map(String::as_str))
    }
}

impl Project {
    /// The default of a key.
    fn default(&self, key: &str) -> Option<Value> {
        let defaults = json!(self.file.defaults);
        defaults.get(key).filter(|value| !value.is_null()).cloned()
    }

    /// Puts defaults and people into a piece where it leaves them out, and tells what does not fit.
    ///
    /// Gives the keys of which the piece says something else than the project.
    pub(crate) fn fill(
        &self,
        piece: &mut Mapping<'_, '_>,
        inherits: &Inherits,
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<String> {
        let differs = |key: &&&str| match (piece.text(key), self.default(key)) {
            (Some((written, _)), Some(value)) => {
                value.as_str().is_some_and(|value| value != written)
            }
            _ => false,
        };
        // A pattern is no citation that a piece could differ from.
        let keys = DEFAULTS.iter().filter(|key| **key != "citation");
        let own = keys.filter(differs).map(|key| (*key).to_owned()).collect();
        for key in &inherits.keys {
            if let Some(value) = self.default(key) {
                piece.put(key, &value);
            }
        }
        let date = inherits.date.as_deref();
        for mut contributor in piece.items("contributors") {
            let Some((id, span)) = contributor.text("person") else {
                continue;
            };
            let Some(person) = self.file.people.get(id) else {
                problems.push(self.unknown(id, span));
                continue;
            };
            let id = id.to_owned();
            for key in OF_PEOPLE {
                let Some(value) = person.value(key, date) else {
                    continue;
                };
                match contributor.text(key) {
                    Some((written, span)) if value.as_str() != Some(written) => {
                        problems.push(self.differs(&id, key, &value, span));
                    }
                    Some(_) => {}
                    None if !contributor.has(key) => contributor.put(key, &value),
                    None => {}
                }
            }
        }
        own
    }

    fn unknown(&self, id: &str, span: ByteSpan) -> Diagnostic {
        let message = format!("there is no person `{id}` in {}", self.path.display());
        let known = self.file.people.keys().map(String::as_str);
        let hint = match nearest(id, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("add `{id}` under `people:` there, or write the `name` here"),
        };
        Diagnostic::error(Code::UnknownPerson, message)
            .at(Some(span))
            .hint(hint)
    }

    fn differs(&self, id: &str, key: &str, value: &Value, span: ByteSpan) -> Diagnostic {
        let value = value.as_str().unwrap_or_default();
        let message = format!("this `{key}` is not that of `{id}` in the project, `{value}`");
        Diagnostic::warning(Code::OtherPerson, message)
            .at(Some(span))
            .hint("it is printed as it stands here; take it out to have that of the project")
    }
}

/// What is told of a contributor who names a person where there is no project.
pub(crate) fn without_project(piece: &mut Mapping<'_, '_>, problems: &mut Vec<Diagnostic>) {
    for contributor in piece.items("contributors") {
        if let Some((id, span)) = contributor.text("person") {
            let message = format!("there is no project whose people `{id}` could be one of");
            problems.push(
                Diagnostic::error(Code::UnknownPerson, message)
                    .at(Some(span))
                    .hint("put a `flashpoint.yaml` with `people:` into a folder above this file, or name one with --project"),
            );
        }
    }
}

impl Person {
    /// The value of a key on a day.
    fn value(&self, key: &str, date: Option<&str>) -> Option<Value> {
        let text = match key {
            "name" => Some(&self.name),
            "sort_name" => self.sort_name.as_ref(),
            "affiliation" => self
                .affiliation
                .as_ref()
                .and_then(|affiliation| affiliation.on(date)),
            "orcid" => self.orcid.as_ref(),
            "ror" => self.ror.as_ref(),
            "url" => self.url.as_ref(),
            "bio" => self.bio.as_ref(),
            _ => None,
        };
        text.map(|text| Value::String(text.clone()))
    }
}

impl Affiliation {
    /// The affiliation on a day; without one, or behind the last, the present one.
    fn on(&self, date: Option<&str>) -> Option<&String> {
        let posts = match self {
            Self::Always(text) => return Some(text),
            Self::Posts(posts) => posts,
        };
        let date = date.and_then(|date| Date::parse(date).ok());
        let holds = |until: &Option<String>| match (until.as_deref().map(Date::parse), date) {
            (None, _) => true,
            (Some(Ok(until)), Some(date)) => date <= until,
            (Some(_), _) => false,
        };
        let post = posts.iter().find(|post| holds(&post.until));
        post.map(|post| &post.text)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Post;
    use super::*;

    #[test]
    fn the_date_of_a_piece_chooses_the_post() {
        let post = |until: Option<&str>, text: &str| Post {
            until: until.map(str::to_owned),
            text: text.to_owned(),
        };
        let posts = Affiliation::Posts(vec![
            post(Some("2020-12-31"), "Student"),
            post(Some("2024-06-30"), "Fellow"),
            post(None, "Director"),
        ]);
        let on = |date: Option<&str>| posts.on(date).map(String::as_str);
        assert_eq!(on(Some("2020-12-31")), Some("Student"));
        assert_eq!(on(Some("2021-01-01")), Some("Fellow"));
        assert_eq!(on(Some("2025-11-04")), Some("Director"));
        assert_eq!(on(None), Some("Director"));
        let left = Affiliation::Posts(vec![post(Some("2020-12-31"), "Student")]);
        assert_eq!(left.on(Some("2021-01-01")), None);
    }
}
