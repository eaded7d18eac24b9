//! The people of a piece, as catalogues name them.

use serde::{Deserialize, Serialize};

use crate::check::checked;
use crate::piece::{Address, LanguageTag, Orcid, Role, Ror};

/// Somebody who had a part in the piece, as catalogues name them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The name.
    pub name: String,
    /// The name's language, where that is not the piece's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_language: Option<LanguageTag>,
    /// The name as it is sorted.
    pub sort_name: Option<String>,
    /// Whether they made the piece, or contributed to it.
    pub part: Part,
    /// What they did.
    pub role: Role,
    /// The affiliation.
    pub affiliation: Option<String>,
    /// The id by which the project knows them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The ORCID.
    pub orcid: Option<Orcid>,
    /// The ROR identifier of the affiliation.
    pub ror: Option<Ror>,
    /// Their page.
    pub url: Option<Address>,
}

/// A person's part in a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// Of those who made it.
    Creator,
    /// Of those who contributed to what others made.
    Contributor,
}

/// Creators are those with the role of an author; where there is none, all. Everybody else is a contributor.
pub(super) fn people(contributors: &[checked::Contributor]) -> Vec<Person> {
    let is_author = |contributor: &checked::Contributor| contributor.role == Role::AUTHOR;
    let has_author = contributors.iter().any(is_author);
    let people = contributors.iter().map(|contributor| Person {
        name: contributor.name.clone(),
        name_language: contributor.name_language.clone(),
        sort_name: contributor.sort_name.clone(),
        part: match is_author(contributor) || !has_author {
            true => Part::Creator,
            false => Part::Contributor,
        },
        role: contributor.role,
        affiliation: contributor.affiliation.clone(),
        id: contributor.person.clone(),
        orcid: contributor.orcid.clone(),
        ror: contributor.ror.clone(),
        url: contributor.url.clone(),
    });
    people.collect()
}
