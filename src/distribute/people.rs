//! Who is the same person in several pieces, and where their page is.
//!
//! An ORCID makes one person of all who have it. Those whom a project knows by one id are one, and have the ORCID that it gives to
//! any of them; so have those known by name alone, where one person alone bears the name. All others stay apart. A page stands at
//! the ORCID, else at the id, else at the name; what was or would be its address without the stronger sign leads there.

use std::collections::{BTreeMap, BTreeSet};

use super::list_names::{folded, is_page_of_list, shelf_slug};
use super::publication::Publication;
use crate::compose::Person;
use crate::digest::Sha256;
use crate::piece::Slug;

/// What a person is known by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    Orcid(String),
    Id(String),
    /// The name, folded.
    Name(String),
}

/// The people of a site.
#[derive(Debug, Clone, Default)]
pub(super) struct People {
    /// The ORCID of each id that has one alone.
    of_id: BTreeMap<String, String>,
    /// Whom each name means that one known person alone bears.
    of_name: BTreeMap<String, Sign>,
    /// What names are called in addresses whose own slug somebody's id is.
    renamed: BTreeMap<String, String>,
    /// The pages that each person would have by weaker signs, by their slugs, with those that they have.
    former: BTreeMap<String, (String, String)>,
}

impl People {
    /// The people of pieces, the newest first.
    pub(super) fn of(pieces: &[&Publication]) -> Self {
        let everybody = || pieces.iter().rev().flat_map(|piece| &piece.record.people);
        let mut orcids: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for person in everybody() {
            if let (Some(id), Some(orcid)) = (&person.id, &person.orcid) {
                orcids
                    .entry(id)
                    .or_default()
                    .insert(slug_of_orcid(orcid.as_str()));
            }
        }
        let single = orcids.into_iter().filter(|(_, orcids)| orcids.len() == 1);
        let of_id =
            single.filter_map(|(id, orcids)| Some((id.to_owned(), orcids.into_iter().next()?)));
        let mut people = Self {
            of_id: of_id.collect(),
            ..Self::default()
        };
        let mut bearers: BTreeMap<String, BTreeSet<Sign>> = BTreeMap::new();
        let mut ids: BTreeSet<String> = BTreeSet::new();
        for person in everybody() {
            if let Some(sign) = people.strong_sign(person) {
                if let Sign::Id(id) = &sign {
                    ids.insert(slug_of_id(id));
                }
                bearers
                    .entry(folded(&person.name))
                    .or_default()
                    .insert(sign);
            }
        }
        people.of_name = bearers
            .into_iter()
            .filter(|(_, signs)| signs.len() == 1)
            .filter_map(|(name, signs)| Some((name, signs.into_iter().next()?)))
            .collect();
        let mut own: BTreeSet<String> = BTreeSet::new();
        for person in everybody() {
            if let Sign::Name(name) = people.sign(person) {
                let slug = shelf_slug(&person.name);
                if ids.contains(&slug) {
                    let hash = Sha256::of(name.as_bytes()).prefix(8);
                    people.renamed.insert(name, format!("{slug}-{hash}"));
                }
            }
            own.insert(people.slug(person));
        }
        let mut former: BTreeMap<String, (String, String)> = BTreeMap::new();
        for person in everybody() {
            let slug = people.slug(person);
            let of_id = person.id.as_deref().map(slug_of_id);
            for weaker in of_id.into_iter().chain([shelf_slug(&person.name)]) {
                if !own.contains(&weaker) {
                    // Whoever had it first keeps it.
                    former
                        .entry(weaker)
                        .or_insert_with(|| (slug.clone(), person.name.clone()));
                }
            }
        }
        people.former = former;
        people
    }

    /// The name of a person's page in addresses.
    pub(super) fn slug(&self, person: &Person) -> String {
        match self.sign(person) {
            Sign::Orcid(orcid) => orcid,
            Sign::Id(id) => slug_of_id(&id),
            Sign::Name(name) => match self.renamed.get(&name) {
                Some(slug) => slug.clone(),
                None => shelf_slug(&name),
            },
        }
    }

    /// Pages that lead to those of people: the name of each in addresses, that of the person's page, and the person's name.
    pub(super) fn former(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        let former = self.former.iter();
        former.map(|(old, (slug, name))| (old.as_str(), slug.as_str(), name.as_str()))
    }

    fn sign(&self, person: &Person) -> Sign {
        self.strong_sign(person).unwrap_or_else(|| {
            let name = folded(&person.name);
            self.of_name.get(&name).cloned().unwrap_or(Sign::Name(name))
        })
    }

    fn strong_sign(&self, person: &Person) -> Option<Sign> {
        let orcid = person
            .orcid
            .as_ref()
            .map(|orcid| slug_of_orcid(orcid.as_str()));
        let of_id = || self.of_id.get(person.id.as_ref()?).cloned();
        let orcid = orcid.or_else(of_id).map(Sign::Orcid);
        orcid.or_else(|| person.id.clone().map(Sign::Id))
    }
}

fn slug_of_orcid(orcid: &str) -> String {
    orcid.to_lowercase()
}

/// An id is as a slug is, mostly.
fn slug_of_id(id: &str) -> String {
    match Slug::parse(id) {
        Ok(_) if id != "index" && !is_page_of_list(id) => id.to_owned(),
        _ => shelf_slug(id),
    }
}
