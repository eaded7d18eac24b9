//! For machines: the Atom feed (RFC 4287), the OPDS 1.2 catalogue and the sitemap (sitemaps.org 0.9).
//!
//! The feed and the sitemap need absolute addresses; the catalogue's are relative, so that it works wherever it is put.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::prelude::*;
use unicode_bidi::{BidiClass, bidi_class};
use url::Url;

use super::DistributeError;
use super::line::Line;
use super::media_type::{ACQUISITION, ATOM, NAVIGATION};
use super::paging::{ListPage, ListPlace, paged};
use super::publication::Publication;
use super::site_view::SiteView;
use crate::compose::{Moment, Person, Words, date_line};
use crate::editions::markup::{Element, Markup};
use crate::piece::{Orcid, Slug, Withdrawal};

/// The path of the Atom feed.
pub(super) const FEED: &str = "feed.xml";
/// The path of the JSON Feed.
pub(super) const JSON_FEED: &str = "feed.json";
/// The path of the Atom feed of a series.
pub(super) fn of_series(slug: &str) -> String {
    format!("series/{slug}.xml")
}

/// The path of the catalogue's root.
pub(super) const CATALOGUE: &str = "opds/index.xml";

/// The path of the sitemap.
const SITEMAP: &str = "sitemap.xml";
/// So many pages stand in one part of it: a sitemap may name 50,000, but a part is sent whole where one of its pages changes.
const SITEMAP_LENGTH: usize = 2_500;

/// So many pieces stand in the Atom feed: the newest.
const FEED_LENGTH: usize = 50;
/// So many pieces stand in one page of the catalogue.
const PAGE_LENGTH: usize = 100;

/// A piece in a feed, and its withdrawal where it was withdrawn.
pub(super) type FeedEntry<'a> = (&'a Publication, Option<&'a Withdrawal>);

/// The translations of pieces, by the pieces' slugs.
pub(super) type Translations<'a> = BTreeMap<&'a Slug, &'a [&'a Publication]>;

/// When a feed's entry changed last.
pub(super) fn changed((piece, withdrawn): &FeedEntry<'_>) -> Moment {
    let withdrawn = withdrawn.map(|withdrawn| Moment::start_of(withdrawn.date));
    withdrawn.map_or(piece.record.modified, |moment| {
        moment.max(piece.record.modified)
    })
}

/// The pieces of a feed: those that were published, corrected or withdrawn last.
pub(super) fn latest<'a>(pieces: &[FeedEntry<'a>]) -> Vec<FeedEntry<'a>> {
    let mut pieces = pieces.to_vec();
    pieces.sort_by_key(|entry| {
        let record = &entry.0.record;
        (
            Reverse(changed(entry)),
            Reverse(record.date),
            record.slug.clone(),
        )
    });
    pieces.truncate(FEED_LENGTH);
    pieces
}

/// What a feed is of.
pub(super) struct Channel<'a> {
    /// The feed's path.
    pub(super) path: &'a str,
    /// Its name among all feeds of the world.
    pub(super) id: String,
    /// What it is called.
    pub(super) title: &'a str,
    /// The path of the page with the same pieces.
    pub(super) page: &'a str,
}

/// Gives the whole text of a piece as markup whose addresses are absolute; none where feeds do not hold it.
pub(super) type Texts<'a> = dyn Fn(&Publication) -> Result<Option<String>, DistributeError> + 'a;

/// The Atom feed of pieces, the latest first.
///
/// # Errors
/// What reading a text gave.
pub(super) fn atom(
    site: &SiteView,
    base: &Url,
    channel: &Channel<'_>,
    pieces: &[FeedEntry<'_>],
    (texts, translations): (&Texts<'_>, &Translations<'_>),
) -> Result<Vec<u8>, DistributeError> {
    let latest = pieces.first().map_or(Moment::from_unix(0), changed);
    let mut feed = Feed::new(
        &channel.id,
        channel.title,
        &latest.to_string(),
        &site.language,
        &[],
    );
    feed.link("self", &absolute(base, channel.path), ATOM, None);
    feed.link(
        "alternate",
        &absolute(base, channel.page),
        "text/html",
        None,
    );
    feed.publisher(site);
    for entry in pieces {
        let (piece, withdrawn) = *entry;
        feed.entry(piece, changed(entry), withdrawn, &[]);
        if let Some(text) = texts(piece)?.filter(|_| withdrawn.is_none()) {
            feed.0.line();
            feed.0
                .leaf(Element::new("content").with("type", "html"), &text);
        }
        feed.link("alternate", &absolute(base, &piece.page), "text/html", None);
        if withdrawn.is_none() {
            feed.translations(piece, translations, |page| absolute(base, page));
        }
        for download in &piece.downloads {
            feed.enclosure(
                &absolute(base, &download.path),
                &download.media_type,
                download.size,
            );
        }
        feed.close();
    }
    Ok(feed.finish())
}

/// A page as a sitemap names it: its path and the moment of its last change.
pub(super) type MappedPage = (String, Option<String>);

/// The sitemap of every page, lists and pieces; a long one in parts that an index names. Pieces stand newest first, and their parts
/// are counted from the oldest, so that a new piece changes one of them.
pub(super) fn sitemaps(
    base: &Url,
    lists: &[MappedPage],
    pieces: &[MappedPage],
) -> Vec<(String, Vec<u8>)> {
    if lists.len() + pieces.len() <= SITEMAP_LENGTH {
        let pages = [lists, pieces].concat();
        return vec![(SITEMAP.to_owned(), sitemap(base, ["urlset", "url"], &pages))];
    }
    let part = |name: &str, number: usize, pages: &[MappedPage]| {
        let part = sitemap(base, ["urlset", "url"], pages);
        (format!("sitemap-{name}{}.xml", number + 1), part)
    };
    let pieces = pieces.rchunks(SITEMAP_LENGTH).enumerate();
    let pieces = pieces.map(|(number, pages)| part("", number, pages));
    let lists = lists.chunks(SITEMAP_LENGTH).enumerate();
    let lists = lists.map(|(number, pages)| part("lists-", number, pages));
    let mut files: Vec<_> = pieces.chain(lists).collect();
    let parts: Vec<_> = files.iter().map(|(path, _)| (path.clone(), None)).collect();
    files.push((
        SITEMAP.to_owned(),
        sitemap(base, ["sitemapindex", "sitemap"], &parts),
    ));
    files
}

fn sitemap(base: &Url, [list, item]: [&'static str; 2], pages: &[MappedPage]) -> Vec<u8> {
    let mut xml = Markup::document();
    xml.open(Element::new(list).with("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"));
    for (path, modified) in pages {
        xml.line();
        xml.open(Element::new(item));
        xml.leaf(Element::new("loc"), &absolute(base, path));
        if let Some(modified) = modified {
            xml.leaf(Element::new("lastmod"), modified);
        }
        xml.close();
    }
    xml.line();
    xml.close();
    xml.line();
    xml.finish()
}

/// A feed of the catalogue: its path and its bytes.
pub(super) type CatalogueFile = (String, &'static str, Vec<u8>);

/// The catalogue: its root, the feed of all pieces, one for each series; long ones in pages. A piece without an edition to
/// download has no place in it (OPDS 1.2, 5), nor has a feed without a piece.
pub(super) fn catalogue(
    site: &SiteView,
    pieces: &[&Publication],
    translations: &Translations<'_>,
) -> Vec<CatalogueFile> {
    let with_editions = |piece: &&Publication| !piece.downloads.is_empty();
    let pieces: Vec<_> = pieces.iter().copied().filter(with_editions).collect();
    let id = |part: &str| format!("urn:uuid:{}:{part}", site.uuid);
    let mut root = Feed::new(
        &id("opds"),
        &site.title,
        &updated(&pieces),
        &site.language,
        OPDS,
    );
    root.link("self", "index.xml", NAVIGATION, None);
    root.link("start", "index.xml", NAVIGATION, None);
    root.publisher(site);
    let mut files = Vec::new();
    let mut lists = vec![("all".to_owned(), site.words.all.to_owned(), pieces.clone())];
    for series in &site.series {
        let of_series = site.pieces_of(series, &pieces);
        lists.push((
            format!("series-{}", series.slug),
            series.name.clone(),
            of_series,
        ));
    }
    lists.retain(|(_, _, pieces)| !pieces.is_empty());
    for (name, title, pieces) in &lists {
        root.subsection(&id(name), title, &updated(pieces), &format!("{name}.xml"));
    }
    let written = lists.par_iter().flat_map_iter(|(name, title, pieces)| {
        acquisition(site, [name, title, &id(name)], pieces, translations)
    });
    files.par_extend(written);
    files.insert(0, (CATALOGUE.to_owned(), NAVIGATION, root.finish()));
    files
}

const OPDS: &[(&str, &str)] = &[
    ("xmlns:opds", "http://opds-spec.org/2010/catalog"),
    ("xmlns:dc", "http://purl.org/dc/terms/"),
];

fn acquisition(
    site: &SiteView,
    [name, title, id]: [&str; 3],
    pieces: &[&Publication],
    translations: &Translations<'_>,
) -> Vec<CatalogueFile> {
    let file = |place: ListPlace| format!("{}.xml", place.name(name, "-page-"));
    let write = |page: ListPage<'_, &Publication>| {
        let mut feed = Feed::new(id, title, &updated(page.items), &site.language, OPDS);
        feed.link("self", &file(page.place), ACQUISITION, None);
        feed.link("start", "index.xml", NAVIGATION, None);
        feed.link("up", "index.xml", NAVIGATION, None);
        if let Some(newer) = page.newer {
            feed.link("first", &file(ListPlace::Front), ACQUISITION, None);
            feed.link("previous", &file(newer), ACQUISITION, None);
        }
        if let Some(older) = page.older {
            feed.link("next", &file(older), ACQUISITION, None);
        }
        feed.publisher(site);
        for piece in page.items {
            feed.entry(piece, piece.record.modified, None, OPDS);
            feed.publication(piece);
            feed.translations(piece, translations, |page| format!("../{page}"));
            feed.close();
        }
        let path = format!("opds/{}", file(page.place));
        (path, ACQUISITION, feed.finish())
    };
    paged(pieces, PAGE_LENGTH).map(write).collect()
}

/// The latest change among pieces; their order says nothing of it. Feeds need one even when they are empty.
fn updated(pieces: &[&Publication]) -> String {
    let latest = pieces.iter().map(|piece| piece.record.modified).max();
    latest.unwrap_or(Moment::from_unix(0)).to_string()
}

/// The address of a path of the site; paths have no character that an address does not.
pub(super) fn absolute(base: &Url, path: &str) -> String {
    let path = if path == "index.html" { "" } else { path };
    format!("{base}{path}")
}

/// An Atom feed as it is written.
struct Feed(Markup);

impl Feed {
    fn new(id: &str, title: &str, updated: &str, language: &str, spaces: &[(&str, &str)]) -> Self {
        let mut xml = Markup::document();
        let feed = Element::new("feed")
            .with("xmlns", "http://www.w3.org/2005/Atom")
            .with("xml:lang", language);
        xml.open(
            spaces
                .iter()
                .fold(feed, |feed, (name, value)| feed.with(name, value)),
        );
        let mut feed = Self(xml);
        feed.text("id", id);
        feed.text("title", &isolated(title));
        feed.text("updated", updated);
        feed
    }

    fn text(&mut self, name: &'static str, text: &str) {
        self.0.line();
        self.0.leaf(Element::new(name), text);
    }

    fn link(&mut self, rel: &str, href: &str, media_type: &str, title: Option<&str>) {
        self.0.line();
        let link = Element::new("link")
            .with("rel", rel)
            .with("href", href)
            .with("type", media_type);
        self.0.empty(link.with_some("title", title));
    }

    /// Links to the translations of a piece. They are `related`: readers that take the last `alternate` of an entry for its
    /// address would open another language.
    fn translations(
        &mut self,
        piece: &Publication,
        translations: &Translations<'_>,
        address: impl Fn(&str) -> String,
    ) {
        let others = translations.get(&piece.record.slug);
        for other in others.copied().unwrap_or_default() {
            self.0.line();
            let link = Element::new("link")
                .with("rel", "related")
                .with("href", &address(&other.page))
                .with("type", "text/html")
                .with("hreflang", other.record.language.as_str())
                .with("title", &isolated(&other.record.full_title));
            self.0.empty(link);
        }
    }

    fn enclosure(&mut self, href: &str, media_type: &str, size: u64) {
        self.0.line();
        let link = Element::new("link")
            .with("rel", "enclosure")
            .with("href", href)
            .with("type", media_type);
        self.0.empty(link.with("length", &size.to_string()));
    }

    /// Entries without an author take the feed's.
    fn publisher(&mut self, site: &SiteView) {
        self.0.line();
        self.0.open(Element::new("author"));
        self.0.leaf(
            Element::new("name"),
            site.publisher.as_deref().unwrap_or(&site.title),
        );
        self.0.close();
    }

    fn subsection(&mut self, id: &str, title: &str, updated: &str, href: &str) {
        self.0.line();
        self.0.open(Element::new("entry"));
        self.text("id", id);
        self.text("title", &isolated(title));
        self.text("updated", updated);
        self.0.line();
        self.0.leaf(
            Element::new("content").with("type", "text"),
            &isolated(title),
        );
        self.link("subsection", href, ACQUISITION, None);
        self.close();
    }

    /// Opens an entry with what both kinds of feed say of a piece.
    fn entry(
        &mut self,
        piece: &Publication,
        changed: Moment,
        withdrawn: Option<&Withdrawal>,
        spaces: &[(&str, &str)],
    ) {
        self.0.line();
        self.0
            .open(Element::new("entry").with("xml:lang", piece.record.language.as_str()));
        self.text("id", &format!("urn:uuid:{}", piece.record.uuid));
        self.text("title", &isolated(&piece.record.full_title));
        self.text("updated", &changed.to_string());
        self.text(
            "published",
            &Moment::start_of(piece.record.date).to_string(),
        );
        for author in piece.record.creators() {
            self.person("author", author);
        }
        for other in piece.record.contributors() {
            self.person("contributor", other);
        }
        // Nothing of what a withdrawn piece was about is told any more.
        if withdrawn.is_none() {
            for topic in piece.record.topics() {
                self.0.line();
                self.0.empty(
                    Element::new("category")
                        .with("term", topic)
                        .with("label", topic),
                );
            }
        }
        if let Some(rights) = &piece.record.rights {
            self.text("rights", rights);
        }
        if let Some(withdrawn) = withdrawn {
            let words = Words::of(&piece.record.language).unwrap_or_else(Words::english);
            let day = date_line(withdrawn.date, &piece.record.language);
            let said = words.site.withdrawn.replace("{date}", &day);
            self.text("summary", &format!("{said} {}", withdrawn.reason));
        } else if let Some(summary) = &piece.record.summary {
            self.0.line();
            self.0
                .leaf(Element::new("summary").with("type", "text"), summary);
        } else if spaces.is_empty() {
            self.text("summary", &Line::joined(&piece.byline));
        }
    }

    fn person(&mut self, element: &'static str, person: &Person) {
        self.0.line();
        self.0.open(Element::new(element));
        self.0.leaf(Element::new("name"), &person.name);
        let orcid = person.orcid.as_ref().map(Orcid::address);
        if let Some(uri) = orcid.as_ref().or(person.url.as_ref()) {
            self.0.leaf(Element::new("uri"), uri.as_str());
        }
        self.0.close();
    }

    /// What a reading app asks of a publication (OPDS 1.2, 5).
    fn publication(&mut self, piece: &Publication) {
        self.text("dc:language", piece.record.language.as_str());
        self.text("dc:issued", &piece.record.date.to_string());
        for identifier in piece.record.identifiers() {
            self.text("dc:identifier", &identifier);
        }
        if let Some(publisher) = &piece.record.publisher {
            self.text("dc:publisher", publisher);
        }
        let up = |path: &str| format!("../{path}");
        for (rel, picture) in [
            ("http://opds-spec.org/image", &piece.cover),
            ("http://opds-spec.org/image/thumbnail", &piece.thumbnail),
        ] {
            self.link(rel, &up(&picture.path), &picture.media_type, None);
        }
        for download in &piece.downloads {
            self.0.line();
            let link = Element::new("link")
                .with("rel", "http://opds-spec.org/acquisition/open-access")
                .with("href", &up(&download.path))
                .with("type", &download.media_type)
                .with("length", &download.size.to_string());
            self.0.empty(link);
        }
        self.link("alternate", &up(&piece.page), "text/html", None);
    }

    fn close(&mut self) {
        self.0.line();
        self.0.close();
    }

    fn finish(mut self) -> Vec<u8> {
        self.0.line();
        self.0.finish()
    }
}

/// A title as readers of feeds show it, in a line of theirs that may run the other way: isolated where any of it runs from right to
/// left (UAX 9, 2.7). Citations and metadata have it as it is written.
fn isolated(title: &str) -> Cow<'_, str> {
    let turns = |c| matches!(bidi_class(c), BidiClass::R | BidiClass::AL);
    match title.chars().any(turns) {
        true => format!("\u{2068}{title}\u{2069}").into(),
        false => title.into(),
    }
}
