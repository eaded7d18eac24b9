//! The lists of a site: the front page, series, contributors, topics and years, in pages.

use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Value as Json, json};
use unicode_script::{Script, UnicodeScript};

use super::DistributeError;
use super::error::PageError;
use super::feeds::{absolute, of_series};
use super::pages::{PageWriter, RenderedPage};
use super::paging::{ListPage, ListPlace, paged};
use super::publication::Publication;
use super::shelves::{Shelf, ShelfKind, WebLink, shelves};
use crate::compose::tenths;
use crate::piece::LanguageTag;

/// So many pieces stand on one page of a list.
const PAGE_LENGTH: usize = 24;
/// So many names stand on one page of names.
const NAMES: usize = 1000;
/// So many lists are written at once.
const AT_ONCE: usize = 64;
/// Where there are more names, they stand under their first letters.
const UNGROUPED: usize = 24;

/// What a list is of.
#[derive(Default)]
struct List<'a> {
    folder: &'a str,
    name: &'a str,
    heading: &'a str,
    /// A sentence on it.
    lead: Option<&'a str>,
    /// What it is one of.
    kind: Option<Kind<'a>>,
    /// Where somebody is on the web.
    links: Vec<WebLink>,
    /// The path of its feed, where it has one.
    feed: Option<String>,
    /// Whether it names the series.
    with_series: bool,
}

/// What a list is one of, and the page of those.
#[derive(Clone, Copy, Serialize)]
struct Kind<'a> {
    name: &'a str,
    page: Option<&'a str>,
}

/// Takes a page where it is written.
pub(super) type Sink<'a> = dyn FnMut(RenderedPage) -> Result<(), DistributeError> + 'a;

impl PageWriter<'_> {
    /// The front page, those of the series, and those of contributors, topics and years, the newest piece first.
    ///
    /// # Errors
    /// A fault of a template, or what the sink gave.
    pub(super) fn lists(
        &self,
        pieces: &[&Publication],
        put: &mut Sink<'_>,
    ) -> Result<(), DistributeError> {
        let words = self.site.words;
        let several = self.site.series.len() > 1;
        let front = List {
            folder: "",
            name: "index",
            heading: &self.site.title,
            lead: self.site.description.as_deref(),
            with_series: several,
            ..List::default()
        };
        self.list(&front, pieces)?
            .into_iter()
            .try_for_each(&mut *put)?;
        for series in &self.site.series {
            let list = List {
                folder: "series/",
                name: &series.slug,
                heading: &series.name,
                kind: Some(Kind {
                    name: &words.series,
                    page: None,
                }),
                feed: several.then(|| of_series(&series.slug)),
                ..List::default()
            };
            self.list(&list, &self.site.pieces_of(series, pieces))?
                .into_iter()
                .try_for_each(&mut *put)?;
        }
        for kind in ShelfKind::ALL {
            let shelves = shelves(kind, pieces, &self.site.people);
            let called = self.called(kind);
            self.index(kind, called, &shelves, put)?;
            let write = |shelf: &Shelf<'_>| {
                let list = List {
                    folder: kind.folder(),
                    name: &shelf.slug,
                    heading: &shelf.name,
                    kind: Some(Kind {
                        name: called,
                        page: Some("index.html"),
                    }),
                    links: shelf.links.clone(),
                    ..List::default()
                };
                self.list(&list, &shelf.pieces)
            };
            // Some shelves at a time, so that few pages are held.
            for shelves in shelves.chunks(AT_ONCE) {
                let written: Vec<_> = shelves.par_iter().map(write).collect::<Result<_, _>>()?;
                written.into_iter().flatten().try_for_each(&mut *put)?;
            }
        }
        Ok(())
    }

    /// What shelves of a kind are called.
    fn called(&self, kind: ShelfKind) -> &'static str {
        let words = self.site.words;
        match kind {
            ShelfKind::Person => &words.contributors,
            ShelfKind::Topic => &words.topics,
            ShelfKind::Year => &words.years,
        }
    }

    /// The names of all shelves of a kind, long lists in pages.
    fn index(
        &self,
        kind: ShelfKind,
        heading: &str,
        shelves: &[Shelf<'_>],
        put: &mut Sink<'_>,
    ) -> Result<(), DistributeError> {
        let file = |page: usize| match page {
            0 => "index.html".to_owned(),
            page => format!("index-page-{}.html", page + 1),
        };
        let chunks: Vec<&[Shelf<'_>]> = shelves.chunks(NAMES).collect();
        let last = chunks.len().saturating_sub(1);
        let is_grouped = kind != ShelfKind::Year && shelves.len() > UNGROUPED;
        for (page, shelves) in chunks.into_iter().enumerate() {
            let path = format!("{}{}", kind.folder(), file(page));
            let mut groups: Vec<(String, Vec<Json>)> = Vec::new();
            for shelf in shelves {
                let letter = match is_grouped {
                    true => letter(&shelf.order),
                    false => String::new(),
                };
                let name = json!({
                    "name": shelf.name,
                    "page": format!("{}.html", shelf.slug),
                    "count": self.count(shelf.pieces.len()),
                });
                match groups.last_mut() {
                    Some((known, names)) if *known == letter => names.push(name),
                    _ => groups.push((letter, vec![name])),
                }
            }
            let groups = groups
                .into_iter()
                .map(|(letter, names)| json!({"letter": letter, "names": names}));
            let values = json!({
                "lang": self.site.language,
                "dir": self.site.dir,
                "root": "../",
                "number": (page > 0).then(|| self.count(page + 1)),
                "newer": (page > 0).then(|| file(page - 1)),
                "older": (page < last).then(|| file(page + 1)),
                "groups": groups.collect::<Vec<_>>(),
                "canonical": self.base.map(|base| absolute(base, &path)),
                "faces": [&self.assets.faces.lists],
                "heading": heading,
                "words_lang": "",
            });
            put((path, self.render("list.html", values)?))?;
        }
        Ok(())
    }

    /// A number in the site's language.
    fn count(&self, number: usize) -> String {
        match LanguageTag::parse(&self.site.language) {
            Ok(language) => tenths(number as u64 * 10, &language),
            Err(_) => number.to_string(),
        }
    }

    /// The pages of a list, in order.
    fn list(
        &self,
        list: &List<'_>,
        pieces: &[&Publication],
    ) -> Result<Vec<RenderedPage>, PageError> {
        let file = |place: ListPlace| format!("{}.html", place.name(list.name, "-page-"));
        let pages: Vec<ListPage<'_, &Publication>> = paged(pieces, PAGE_LENGTH).collect();
        let write = |page: &ListPage<'_, &Publication>| {
            let shown: Vec<Json> = page.items.iter().map(|piece| listed(piece)).collect();
            let path = format!("{}{}", list.folder, file(page.place));
            let number = match page.place {
                ListPlace::Front => None,
                ListPlace::Archive(number) => Some(number),
            };
            let values = json!({
                "lang": self.site.language,
                "dir": self.site.dir,
                "root": if list.folder.is_empty() { "" } else { "../" },
                // The front page's heading is the site's name already.
                "is_front": list.folder.is_empty() && number.is_none(),
                "number": number.map(|number| self.count(number)),
                "newer": page.newer.map(file),
                "older": page.older.map(file),
                "pieces": shown,
                "series": (list.with_series && number.is_none()).then_some(&self.site.series),
                "kind": list.kind,
                "links": list.links,
                "canonical": self.base.map(|base| absolute(base, &path)),
                "own_feed": self.base.and(list.feed.as_deref()),
                "description": list.lead,
                "heading": list.heading,
                "lead": list.lead.filter(|_| number.is_none()),
                "faces": [&self.assets.faces.lists],
                "words_lang": "",
            });
            Ok((path, self.render("list.html", values)?))
        };
        pages.par_iter().map(write).collect()
    }
}

/// The letter under which a name stands; one sign for what has no alphabet.
fn letter(order: &str) -> String {
    let first = order.chars().find(|c| c.is_alphanumeric());
    let first = first.filter(|c| {
        let ideographs = [
            Script::Han,
            Script::Hiragana,
            Script::Katakana,
            Script::Hangul,
        ];
        c.is_alphabetic() && !ideographs.contains(&c.script())
    });
    first.map_or_else(|| "#".to_owned(), |c| c.to_uppercase().collect())
}

/// A piece as lists show it.
fn listed(piece: &Publication) -> Json {
    let record = &piece.record;
    json!({
        "language": record.language,
        "direction": record.direction,
        "page": piece.page,
        "thumbnail": piece.thumbnail,
        "series_line": piece.series_line,
        "full_title": record.full_title,
        "summary": record.summary,
        "byline": piece.short_byline(),
        "date": record.date.to_string(),
        "date_line": piece.date_line,
    })
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn names_stand_under_letters_and_signs_under_one() {
        for (order, expected) in [
            ("amina", "A"),
            ("(ßa)", "SS"),
            ("علی", "ع"),
            ("王", "#"),
            ("3 ways", "#"),
            ("", "#"),
        ] {
            assert_eq!(letter(order), expected, "{order}");
        }
    }
}
