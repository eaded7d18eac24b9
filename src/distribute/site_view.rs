//! What every page of a site shows: its name, words and series, worked out once for all pages.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use uuid::Uuid;

use super::publication::Publication;
use super::site::Site;
use crate::compose::{SiteWords, Words};
use crate::digest::Sha256;
use crate::piece::{LanguageTag, Slug};

/// A site as its pages show it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct SiteView {
    /// The name.
    pub(super) title: String,
    /// A sentence on what it holds.
    pub(super) description: Option<String>,
    /// Who publishes it.
    pub(super) publisher: Option<String>,
    /// Where questions go.
    pub(super) contact: Option<String>,
    /// The language of the site's own words.
    pub(super) language: String,
    /// The direction of its script.
    pub(super) dir: &'static str,
    /// Names the site in feeds: made from its address or its name (RFC 9562, 5.5).
    pub(super) uuid: String,
    /// The series, the one with the newest piece first; only front pages name them all.
    #[serde(skip)]
    pub(super) series: Vec<Series>,
    /// The site's own words.
    #[serde(skip)]
    pub(super) words: &'static SiteWords,
}

/// A series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Series {
    /// Its name.
    pub(super) name: String,
    /// Its name in paths.
    pub(super) slug: String,
}

impl SiteView {
    /// The site of these pieces, the newest first.
    pub(super) fn of(site: &Site, pieces: &[&Publication]) -> Self {
        let series = series(pieces);
        let newest = pieces.first();
        let language = site
            .language
            .as_ref()
            .map_or_else(|| commonest_language(pieces), LanguageTag::as_str);
        let tag = LanguageTag::parse(language).ok();
        let primary = tag.as_ref().map_or("en", LanguageTag::primary);
        // Words in English do not become another language by being on its page.
        let (words, language, rightward) = match Words::of(primary) {
            Some(words) => (
                words,
                language,
                tag.as_ref()
                    .is_some_and(|tag| tag.direction() == crate::piece::Direction::RightToLeft),
            ),
            None => (Words::english(), "en", false),
        };
        let words = &words.site;
        let title = site.title.clone().or_else(|| match &series[..] {
            [one] => Some(one.name.clone()),
            _ => newest.and_then(|piece| piece.record.publisher.clone()),
        });
        let title = title.unwrap_or_else(|| words.all.clone());
        let name = site
            .base_url
            .as_ref()
            .map_or_else(|| title.clone(), ToString::to_string);
        Self {
            description: site.description.clone(),
            publisher: site.publisher.clone(),
            contact: site.contact.as_ref().map(ToString::to_string),
            language: language.to_owned(),
            dir: if rightward { "rtl" } else { "ltr" },
            uuid: Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes()).to_string(),
            series,
            words,
            title,
        }
    }

    /// The hash of what the page of a piece shows of the site; the list of series is no part of it.
    pub(super) fn frame(&self) -> String {
        let shown = [&self.title, &self.language, &self.uuid].map(String::as_str);
        let optional =
            [&self.publisher, &self.contact].map(|text| text.as_deref().unwrap_or_default());
        let renamed = self
            .series
            .iter()
            .filter(|series| series.slug != series_slug(&series.name));
        let renamed = renamed.flat_map(|series| [series.name.as_str(), series.slug.as_str()]);
        Sha256::of_fields(shown.into_iter().chain(optional).chain(renamed)).to_string()
    }

    /// The path name of a series.
    pub(super) fn slug_of(&self, series: &str) -> &str {
        self.series
            .iter()
            .find(|known| known.name == series)
            .map_or("", |known| known.slug.as_str())
    }
}

/// The language that most pieces are in; of several the one of the newest piece.
fn commonest_language<'a>(pieces: &[&'a Publication]) -> &'a str {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for piece in pieces {
        match counts
            .iter_mut()
            .find(|(language, _)| *language == piece.record.language.as_str())
        {
            Some((_, count)) => *count += 1,
            None => counts.push((piece.record.language.as_str(), 1)),
        }
    }
    // The last of equals would win, and the newest stands first.
    counts
        .iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map_or("en", |(language, _)| *language)
}

/// The series of pieces that stand newest first, each with a name for paths that no other has.
///
/// A name depends on the series alone, never on the others, unless two would be the same.
fn series(pieces: &[&Publication]) -> Vec<Series> {
    let mut found: Vec<Series> = Vec::new();
    let mut known = BTreeSet::new();
    for piece in pieces {
        if known.insert(piece.record.series.as_str()) {
            found.push(Series {
                name: piece.record.series.clone(),
                slug: series_slug(&piece.record.series),
            });
        }
    }
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for series in &found {
        *count.entry(series.slug.clone()).or_default() += 1;
    }
    for series in &mut found {
        if count[&series.slug] > 1 {
            series.slug = format!("{}-{}", series.slug, short_hash(&series.name));
        }
    }
    found
}

/// A piece's page names its series' page without knowing the other pieces.
fn series_slug(name: &str) -> String {
    Slug::derive(name).map_or_else(
        || format!("series-{}", short_hash(name)),
        |slug| slug.to_string(),
    )
}

fn short_hash(name: &str) -> String {
    let uuid = Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes())
        .simple()
        .to_string();
    uuid[..8].to_owned()
}
