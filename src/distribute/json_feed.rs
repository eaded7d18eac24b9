//! The JSON Feed (version 1.1): what the Atom feed says, for readers of JSON.

use serde_json::{Value as Json, json};
use url::Url;

use super::DistributeError;
use super::feeds::{Channel, FeedEntry, Texts, absolute, changed};
use super::icons;
use super::line::Line;
use super::site_view::SiteView;
use crate::compose::{Moment, Person, Words, date_line};
use crate::piece::Orcid;

/// The JSON Feed of pieces, the latest first.
///
/// # Errors
/// What reading a text gave.
pub(super) fn json_feed(
    site: &SiteView,
    base: &Url,
    channel: &Channel<'_>,
    pieces: &[FeedEntry<'_>],
    texts: &Texts<'_>,
) -> Result<Vec<u8>, DistributeError> {
    let items: Result<Vec<Json>, _> = pieces
        .iter()
        .map(|entry| item(base, entry, texts))
        .collect();
    let mut feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": absolute(base, channel.page),
        "feed_url": absolute(base, channel.path),
        "language": site.language,
        "icon": absolute(base, icons::PICTURES[3].1),
        "favicon": absolute(base, icons::PICTURES[0].1),
        "authors": [{"name": site.publisher.as_deref().unwrap_or(&site.title)}],
        "items": items?,
    });
    if let Some(description) = &site.description {
        feed["description"] = json!(description);
    }
    Ok(serde_json::to_vec_pretty(&feed).expect("JSON has only text keys"))
}

fn item(base: &Url, entry: &FeedEntry<'_>, texts: &Texts<'_>) -> Result<Json, DistributeError> {
    let (piece, withdrawn) = *entry;
    let record = &piece.record;
    let mut item = json!({
        "id": format!("urn:uuid:{}", record.uuid),
        "url": absolute(base, &piece.page),
        "title": record.full_title,
        "language": record.language.as_str(),
        "date_published": Moment::start_of(record.date).to_string(),
        "date_modified": changed(entry).to_string(),
        "authors": record.creators().map(author).collect::<Vec<_>>(),
    });
    if let Some(withdrawn) = withdrawn {
        let words = Words::of(&record.language).unwrap_or_else(Words::english);
        let day = date_line(withdrawn.date, &record.language);
        let said = words.site.withdrawn.replace("{date}", &day);
        item["content_text"] = json!(format!("{said} {}", withdrawn.reason));
        return Ok(item);
    }
    match texts(piece)? {
        Some(text) => item["content_html"] = json!(text),
        None => {
            let summary = record.summary.clone();
            item["content_text"] = json!(summary.unwrap_or_else(|| Line::joined(&piece.byline)));
        }
    }
    if let Some(summary) = &record.summary {
        item["summary"] = json!(summary);
    }
    let topics = record.topics();
    if !topics.is_empty() {
        item["tags"] = json!(topics);
    }
    item["image"] = json!(absolute(base, &piece.share.path));
    let attachments = piece.downloads.iter().map(|download| {
        json!({
            "url": absolute(base, &download.path),
            "mime_type": download.media_type,
            "title": download.format.to_uppercase(),
            "size_in_bytes": download.size,
        })
    });
    item["attachments"] = attachments.collect();
    Ok(item)
}

fn author(person: &Person) -> Json {
    let orcid = person.orcid.as_ref().map(Orcid::address);
    match orcid.as_ref().or(person.url.as_ref()) {
        Some(url) => json!({"name": person.name, "url": url.as_str()}),
        None => json!({"name": person.name}),
    }
}
