//! What a document says of itself: Word's own properties, and those that our editions carry.

use super::super::document::Properties;
use crate::compose::BETWEEN;
use crate::digest::Sha256;
use crate::read::ReadError;
use crate::read::docx::parts;
use crate::read::docx::styles::Styles;
use crate::read::dom::ROOT;
use crate::read::package::Package;

/// Our properties that are fields of a piece, by their keys there.
const FIELDS: &[(&str, &str)] = &[
    ("Series", "series"),
    ("Number", "number"),
    ("Slug", "slug"),
    ("Publisher", "publisher"),
    ("Rights", "rights"),
    ("License", "license"),
    ("DOI", "doi"),
    ("ISBN", "isbn"),
    ("Identifier", "identifier"),
];

/// Titles that programs put in unasked.
const NO_TITLES: &[&str] = &["word document", "document", "untitled", "untitled document"];

/// Makers of documents that are no people.
const NO_PEOPLE: &[&str] = &[
    "python-docx",
    "microsoft office user",
    "user",
    "admin",
    "windows user",
    "unknown",
    "apache poi",
];

pub(super) fn read(package: &mut Package<'_>, styles: &Styles) -> Result<Properties, ReadError> {
    let core = parts::dom(package, "docProps/core.xml")?.unwrap_or_default();
    let custom = parts::dom(package, "docProps/custom.xml")?.unwrap_or_default();
    let said = |name: &str| {
        let words = core.first(name).map(|id| core.words(id).trim().to_owned());
        words.filter(|words| !words.is_empty())
    };
    let property = |name: &str| {
        let mut all = custom.descendants(ROOT);
        let found = all.find(|id| custom.node(*id).attribute("name") == Some(name));
        let words = found.map(|id| custom.words(id).trim().to_owned());
        words.filter(|words| !words.is_empty())
    };
    let is_ours = property("UUID").is_some() && property("Slug").is_some();
    let creators = said("creator").unwrap_or_default();
    let mut creators: Vec<String> = creators
        .split(';')
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty() && !NO_PEOPLE.contains(&name.to_lowercase().as_str()))
        .collect();
    let mut fields = Vec::new();
    if is_ours {
        let known = FIELDS
            .iter()
            .filter_map(|(name, key)| Some(((*key).to_owned(), property(name)?)));
        fields.extend(known);
        fields.extend(said("description").map(|summary| ("summary".to_owned(), summary)));
        let day = |name: &str| said(name).and_then(|moment| moment.get(..10).map(str::to_owned));
        let (created, modified) = (day("created"), day("modified"));
        fields.extend(
            modified
                .filter(|day| Some(day) != created.as_ref())
                .map(|day| ("updated".to_owned(), day)),
        );
        fields.extend(created.map(|day| ("date".to_owned(), day)));
        for other in property("Contributors").unwrap_or_default().split(BETWEEN) {
            if let Some((name, role)) = other
                .trim()
                .strip_suffix(')')
                .and_then(|other| other.rsplit_once(" ("))
            {
                creators.push(name.to_owned());
                fields.push((format!("role of {name}"), role.to_owned()));
            }
        }
    }
    Ok(Properties {
        title: said("title").filter(|title| !NO_TITLES.contains(&title.to_lowercase().as_str())),
        creators,
        language: said("language").or_else(|| styles.language.clone()),
        fields,
        is_ours,
        source: property("Source").and_then(|address| Sha256::parse(address.rsplit(';').next()?)),
    })
}
