//! What every page of a site shows: its name, words and series, worked out once for all pages.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use uuid::Uuid;

use super::house::{HouseLink, Network};
use super::list_names::{folded, is_page_of_list};
use super::people::People;
use super::publication::Publication;
use super::site::{Search, Site};
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
    /// Whether any piece says what it is about.
    pub(super) has_topics: bool,
    /// The links of the house.
    pub(super) navigation: Vec<HouseLink>,
    /// The text at the foot of every page, as markup.
    pub(super) footer: Option<String>,
    /// Whether it can be searched.
    pub(super) search: bool,
    /// Where pieces may be shared.
    #[serde(skip)]
    pub(super) share: Vec<&'static Network>,
    /// The series, the one with the newest piece first; only front pages name them all.
    #[serde(skip)]
    pub(super) series: Vec<Series>,
    /// Which of the series each spelling means.
    #[serde(skip)]
    spellings: BTreeMap<String, usize>,
    /// Who is one person.
    #[serde(skip)]
    pub(super) people: People,
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
    /// Its name as it is compared.
    #[serde(skip)]
    key: String,
}

impl SiteView {
    /// The site of these pieces, the newest first.
    pub(super) fn of(site: &Site, pieces: &[&Publication]) -> Self {
        let (series, spellings) = series(pieces);
        let newest = pieces.first();
        let language = site
            .language
            .as_ref()
            .map_or_else(|| commonest_language(pieces), LanguageTag::as_str);
        let tag = LanguageTag::parse(language).ok();
        // Words in English do not become another language by being on its page.
        let (words, language, rightward) = match tag.as_ref().and_then(Words::of) {
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
            has_topics: pieces.iter().any(|piece| !piece.record.topics().is_empty()),
            navigation: site.navigation.clone(),
            footer: site.footer.clone(),
            search: site.search == Search::Offered,
            share: site.share.clone(),
            series,
            spellings,
            people: People::of(pieces),
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
            .filter(|series| series.slug != series_slug(&series.key));
        let topics = self.has_topics.then_some("topics");
        let search = self.search.then_some("search");
        let links = self.navigation.iter();
        let links = links.flat_map(|link| [link.label.as_str(), link.url.as_str()]);
        let networks = self.share.iter().map(|network| network.name);
        let house = self
            .footer
            .as_deref()
            .into_iter()
            .chain(links)
            .chain(networks);
        let renamed = renamed.flat_map(|series| [series.key.as_str(), series.slug.as_str()]);
        Sha256::of_fields(
            shown
                .into_iter()
                .chain(optional)
                .chain(topics)
                .chain(search)
                .chain(self.description.as_deref())
                .chain(house)
                .chain(renamed),
        )
        .to_string()
    }

    /// What pages show of the site itself, in its language.
    pub(super) fn shell(&self) -> Vec<(LanguageTag, &str)> {
        let Ok(language) = LanguageTag::parse(&self.language) else {
            return Vec::new();
        };
        let words = self.words;
        let mut texts = vec![
            self.title.as_str(),
            &words.downloads,
            &words.cite,
            &words.all,
            &words.series,
            &words.newer,
            &words.older,
            &words.skip,
            &words.feed,
            &words.catalogue,
            &words.contact,
            &words.contributors,
            &words.topics,
            &words.years,
            &words.previous,
            &words.next,
            &words.copy,
            &words.copied,
            &words.share,
            &words.email,
            &words.search,
            &words.results,
            &words.no_results,
            &words.more,
            &words.not_found,
            &words.gone,
            &words.moved,
        ];
        texts.extend(self.navigation.iter().map(|link| link.label.as_str()));
        texts.extend(self.footer.as_deref());
        texts.extend(self.description.as_deref());
        texts.extend(self.publisher.as_deref());
        let texts = texts.into_iter();
        texts.map(|text| (language.clone(), text)).collect()
    }

    /// The series that a spelling means.
    pub(super) fn series_of(&self, spelling: &str) -> Option<&Series> {
        self.series.get(*self.spellings.get(spelling)?)
    }

    /// The pieces of a series.
    pub(super) fn pieces_of<'a>(
        &self,
        series: &Series,
        pieces: &[&'a Publication],
    ) -> Vec<&'a Publication> {
        let of_it = |piece: &&Publication| self.series_of(&piece.record.series) == Some(series);
        pieces.iter().copied().filter(of_it).collect()
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

/// The series of pieces that stand newest first, and which of them each spelling means.
///
/// A series is one whatever its letters' case and the spaces between its words. It has the name that most of its pieces give
/// it, of several the one given first. Its name in paths depends on the series alone; where two would have the same, the one
/// whose oldest piece is the older keeps it, so that no address moves when a piece is added.
fn series(pieces: &[&Publication]) -> (Vec<Series>, BTreeMap<String, usize>) {
    let mut keys: Vec<String> = Vec::new();
    let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
    let mut spellings: BTreeMap<String, usize> = BTreeMap::new();
    for piece in pieces {
        let spelling = &piece.record.series;
        if spellings.contains_key(spelling) {
            continue;
        }
        let key = folded(spelling);
        let next = keys.len();
        let index = *by_key.entry(key.clone()).or_insert(next);
        if index == next {
            keys.push(key);
        }
        spellings.insert(spelling.clone(), index);
    }
    let mut taken = BTreeSet::new();
    let mut slugs = vec![String::new(); keys.len()];
    let mut counts: Vec<Vec<(&str, usize)>> = vec![Vec::new(); keys.len()];
    for piece in pieces.iter().rev() {
        let spelling = piece.record.series.as_str();
        let index = spellings[spelling];
        match counts[index]
            .iter_mut()
            .find(|(known, _)| *known == spelling)
        {
            Some((_, count)) => *count += 1,
            None => counts[index].push((spelling, 1)),
        }
        if slugs[index].is_empty() {
            let slug = series_slug(&keys[index]);
            slugs[index] = match taken.insert(slug.clone()) {
                true => slug,
                false => format!("{slug}-{}", short_hash(&keys[index])),
            };
        }
    }
    let commonest = counts.iter().map(|counts| {
        // The last of equals would win, and the oldest stands first.
        let commonest = counts.iter().rev().max_by_key(|(_, count)| *count);
        commonest.map_or("", |(name, _)| *name).to_owned()
    });
    let named = commonest.zip(slugs).zip(keys);
    let series = named.map(|((name, slug), key)| Series { name, slug, key });
    (series.collect(), spellings)
}

/// A piece's page names its series' page without knowing the other pieces.
fn series_slug(key: &str) -> String {
    match Slug::derive(key) {
        Some(slug) if !is_page_of_list(slug.as_str()) => slug.to_string(),
        _ => format!("series-{}", short_hash(key)),
    }
}

fn short_hash(name: &str) -> String {
    let uuid = Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes())
        .simple()
        .to_string();
    uuid[..8].to_owned()
}
