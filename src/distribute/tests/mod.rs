//! What a site says of its pieces.
#![allow(clippy::unwrap_used, reason = "tests")]

mod channels;
mod citations;
mod lists;
mod words;

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Value, json};
use url::Url;

use super::around::Around;
use super::feeds::{Channel, FeedEntry, Texts, Translations};
use super::manifest::{Audience, Manifest};
use super::pages::{PageAssets, PageText, PageWriter};
#[cfg(feature = "cjk")]
use super::planned_file::PlannedFile;
use super::publication::{Download, Publication, SitePicture, file_path};
use super::site::Site;
use super::site_view::SiteView;
use super::{citation, feeds, json_feed, stand_ins, structured};
use crate::compose::sample::composed;
use crate::piece::{Doi, Isbn};
use crate::theme::Theme;

/// Words that mean something in HTML, XML, JSON, TeX, RIS or a header.
const HOSTILE: &str =
    "</script><script>alert(1)</script>\" onload='x' \\}{%$#_^~& ]]> -->\u{2028}TY";

fn publication(words: &str, slug: &str) -> Publication {
    let source = json!({
        "series": format!("Series {words}"), "title": format!("Title {words}"), "date": "2025-11-04", "language": "en-GB",
        "slug": slug, "summary": words, "keywords": [words], "rights": words, "publisher": words,
        "contributors": [
            {"name": format!("Ada {words}"), "sort_name": format!("{words}, Ada"), "affiliation": words, "statement": ["Words."]},
            {"name": "Ed Itor", "role": "edt", "url": "https://example.org/", "statement": ["Words."]},
        ],
    });
    published(&source, words)
}

/// The piece of a source, whose pictures say these words.
fn published(source: &Value, words: &str) -> Publication {
    let composition = composed(&source.to_string());
    let slug = composition.record.slug.as_str();
    let picture = |name: &str| SitePicture {
        path: file_path(slug, name),
        media_type: "image/png".to_owned(),
        alt: words.to_owned(),
        width: 16,
        height: 9,
    };
    let pdf = Download {
        format: "pdf".to_owned(),
        path: file_path(slug, "x.pdf"),
        media_type: "application/pdf".to_owned(),
        size: 1_234_567,
    };
    Publication::of(
        &composition,
        vec![pdf],
        picture("cover.png"),
        picture("thumbnail.png"),
        picture("share.png"),
    )
}

fn site(pieces: &[&Publication], words: &str) -> SiteView {
    let site = Site {
        title: Some(words.to_owned()),
        publisher: Some(words.to_owned()),
        ..Site::default()
    };
    SiteView::of(&site, pieces)
}

fn base() -> Url {
    Url::parse("https://example.org/pieces/").unwrap()
}

/// The Atom feed of these pieces, without their texts.
fn atom(site: &SiteView, entries: &[FeedEntry<'_>]) -> Vec<u8> {
    let channel = Channel {
        path: feeds::FEED,
        id: "urn:x".to_owned(),
        title: &site.title,
        page: "index.html",
    };
    let without: &Texts<'_> = &|_| Ok(None);
    let told = (without, &Translations::new());
    feeds::atom(site, &base(), &channel, entries, told).unwrap()
}

/// The texts of a document's elements, by name; fails where it is not well-formed.
fn texts(xml: &[u8], name: &str) -> Vec<String> {
    let mut reader = Reader::from_str(std::str::from_utf8(xml).unwrap());
    let (mut found, mut open) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                open.push(start.name().as_ref().to_vec());
                if start.name().as_ref() == name.as_bytes() {
                    found.push(String::new());
                }
            }
            Event::End(_) => {
                open.pop();
            }
            Event::Text(text) if open.last().is_some_and(|open| open == name.as_bytes()) => {
                found.last_mut().unwrap().push_str(&text.decode().unwrap());
            }
            Event::GeneralRef(entity)
                if open.last().is_some_and(|open| open == name.as_bytes()) =>
            {
                let text = match &entity[..] {
                    b"lt" => "<",
                    b"gt" => ">",
                    b"amp" => "&",
                    other => panic!("{other:?}"),
                };
                found.last_mut().unwrap().push_str(text);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
    found
}
