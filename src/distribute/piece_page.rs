//! The page of a piece: its text, and around it contents, downloads, who made it, how to cite and share it, and what is near.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::around::Around;
use super::citation::{self, Form};
use super::error::PageError;
use super::feeds::absolute;
use super::file_size::{autonym, size};
use super::house::MAIL;
use super::page_text::headings;
use super::pages::{PageText, PageWriter, RenderedPage};
use super::publication::{Download, Publication, file_path};
use super::shelves::{ShelfKind, links, places};
use super::structured;
use crate::compose::{Words, date_line};
use crate::piece::LanguageTag;

/// A text with fewer headings has no contents.
const FEWEST: usize = 3;
/// Where there are more headings than that, contents name the contributors alone.
const DETAILED: usize = 40;
/// Contents end after so many.
const MOST: usize = 200;

impl PageWriter<'_> {
    /// The page of a piece.
    pub(super) fn piece(
        &self,
        piece: &Publication,
        text: PageText<'_>,
        around: &Around<'_>,
    ) -> Result<RenderedPage, PageError> {
        let address = self.base.map(|base| absolute(base, &piece.page));
        let meta = structured::meta(self.site, self.base, piece);
        let meta: Vec<Json> = meta
            .iter()
            .map(|(kind, name, content)| json!({"kind": kind, "name": name, "content": content}))
            .collect();
        let (own_words, own_lang) = match Words::of(&piece.record.language) {
            Some(words) => (words, ""),
            None => (Words::english(), " lang=\"en\" dir=\"ltr\""),
        };
        let page = json!({
            "lang": piece.record.language.as_str(),
            "dir": piece.record.direction,
            "heading": piece.record.full_title,
            "description": piece.record.summary,
            "canonical": address,
            "root": "../",
            "meta": meta,
            "people": self.people(piece),
            "topics": places(ShelfKind::Topic, piece, &self.site.people).into_iter().map(|(name, page)| json!({"name": name, "page": page})).collect::<Vec<_>>(),
            "share": self.shares(piece),
            "contents": Self::contents(text.sections),
            "contents_label": own_words.contents,
            "contents_lang": own_lang,
            "language_name": autonym(&piece.record.language),
            "script": self.assets.piece_script,
            "downloads": piece.downloads.iter().map(|file| self.download(file)).collect::<Vec<_>>(),
            "citations": citation::FORMS.map(|form| citation_link(piece, &form)),
            "series": piece.record.series,
            "series_slug": self.site.series_of(&piece.record.series).map(|series| &series.slug),
            "json_ld": structured::json_ld(self.site, self.base, piece, around),
            "title_block": text.title_block,
            "text": text.sections,
            "faces": [&self.assets.faces.frame, &piece.face_sheet],
            "citation": citation::line(piece, address.as_deref()),
            "words_lang": self.words_lang(piece.record.language.as_str()),
            "translations": around.translations.iter().map(|other| self.translation(other)).collect::<Vec<_>>(),
            "previous": around.previous.map(neighbour),
            "next_piece": around.next.map(neighbour),
            "corrections": self.corrections(piece),
            "correction_label": own_words.correction,
        });
        Ok((piece.page.clone(), self.render("piece.html", page)?))
    }

    /// A link to a translation, in its own words.
    fn translation(&self, other: &Publication) -> Json {
        let language = other.record.language.as_str();
        let words = Words::of(&other.record.language);
        let said = words.map_or_else(|| language.to_owned(), |words| words.site.read_here.clone());
        json!({
            "page": other.page,
            "address": self.base.map(|base| absolute(base, &other.page)),
            "language": language,
            "direction": other.record.direction,
            "words": said,
            "title": other.record.full_title,
        })
    }

    /// What was corrected, each with its day.
    fn corrections(&self, piece: &Publication) -> Vec<Json> {
        let corrections = piece.record.corrections.iter();
        let said = corrections.map(|correction| {
            json!({
                "day": date_line(correction.date, &piece.record.language),
                "date": correction.date.to_string(),
                "text": correction.text,
            })
        });
        said.collect()
    }

    /// The headings of a text, where it is long enough to have contents.
    fn contents(text: &str) -> Vec<Json> {
        let mut headings = headings(text);
        if headings.len() > DETAILED {
            headings.retain(|heading| heading.level == 2);
        }
        if headings.len() < FEWEST {
            return Vec::new();
        }
        let shown = headings.iter().filter(|heading| heading.level <= 3);
        let shown = shown.take(MOST).map(|heading| {
            json!({"level": heading.level, "id": heading.id, "text": heading.text, "language": heading.language})
        });
        shown.collect()
    }

    /// Who made a piece, each with the page of their pieces and their own.
    fn people(&self, piece: &Publication) -> Vec<Json> {
        let mut people: Vec<Json> = Vec::new();
        let mut known = BTreeSet::new();
        let shelves = places(ShelfKind::Person, piece, &self.site.people);
        for (person, (name, page)) in piece.record.people.iter().zip(shelves) {
            if known.insert(page.clone()) {
                people.push(json!({"name": name, "page": page, "links": links(person)}));
            }
        }
        people
    }

    /// Where a piece can be shared.
    fn shares(&self, piece: &Publication) -> Vec<Json> {
        let Some(base) = self.base else {
            return Vec::new();
        };
        let address = absolute(base, &piece.page);
        let networks = self.site.share.iter().map(|network| {
            let label = match network.name {
                MAIL => &self.site.words.email,
                _ => network.label,
            };
            json!({"label": label, "href": network.address(&piece.record.full_title, &address)})
        });
        networks.collect()
    }

    /// An edition that can be downloaded.
    fn download(&self, download: &Download) -> Json {
        let language = LanguageTag::parse(&self.site.language);
        json!({
            "path": download.path,
            "media_type": download.media_type,
            "name": download.format.to_uppercase(),
            "size": language.map_or_else(|_| String::new(), |language| size(download.size, &language)),
        })
    }
}

fn neighbour(piece: &Publication) -> Json {
    json!({
        "page": piece.page,
        "title": piece.record.full_title,
        "language": piece.record.language.as_str(),
        "direction": piece.record.direction,
    })
}

fn citation_link(piece: &Publication, form: &Form) -> Json {
    let slug = piece.record.slug.as_str();
    json!({
        "path": file_path(slug, &form.file_name(slug)),
        "media_type": form.media_type,
        "label": form.label,
    })
}
