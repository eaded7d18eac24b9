//! What search engines and scholarly indexes read in a page: schema.org as JSON-LD, and `meta` elements
//! (Highwire Press tags, Open Graph).

use serde_json::{Value, json};
use url::Url;

use super::around::Around;
use super::citation::listed_name;
use super::feeds::absolute;
use super::publication::Publication;
use super::relators;
use super::site_view::SiteView;
use crate::compose::{BETWEEN, Person};
use crate::editions::terms;
use crate::piece::LanguageTag;

/// A `meta` element: the attribute that names it, its name, its content.
pub(super) type Meta = (&'static str, &'static str, String);

/// The piece as schema.org says it, ready to stand inside a `script` element: no `<`, `>` or `&`.
pub(super) fn json_ld(
    site: &SiteView,
    base: Option<&Url>,
    piece: &Publication,
    around: &Around<'_>,
) -> String {
    let address = |path: &str| base.map(|base| Value::String(absolute(base, path)));
    let named = |one: &Person| person(one, &piece.record.language);
    let mut article = json!({
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": format!("urn:uuid:{}", piece.record.uuid),
        "headline": piece.record.full_title,
        "name": piece.record.full_title,
        "inLanguage": piece.record.language.as_str(),
        "datePublished": piece.record.date.to_string(),
        "dateModified": piece.record.modified.to_string(),
        "isAccessibleForFree": true,
        "author": piece.record.creators().map(named).collect::<Vec<_>>(),
        "isPartOf": {"@type": "CreativeWorkSeries", "name": piece.record.series},
    });
    for contributor in piece.record.contributors() {
        let property = relators::of(contributor.role).schema;
        match article[property].as_array_mut() {
            Some(people) => people.push(named(contributor)),
            None => article[property] = Value::Array(vec![named(contributor)]),
        }
    }
    let topics = piece.record.topics();
    let publisher = piece.record.publisher.as_ref().or(site.publisher.as_ref());
    // The canonical text has no address, only its hash.
    let canonical = json!({
        "@type": "MediaObject",
        "encodingFormat": "text/plain",
        "sha256": piece.record.text_hash.to_string(),
    });
    let downloads = piece.downloads.iter().filter_map(|download| {
        Some(json!({
            "@type": "MediaObject",
            "encodingFormat": download.media_type,
            "contentSize": download.size.to_string(),
            "contentUrl": address(&download.path)?,
        }))
    });
    let encodings: Vec<Value> = downloads.chain([canonical]).collect();
    let corrections = piece.record.corrections.iter();
    let corrections: Vec<Value> = corrections
        .map(|correction| {
            json!({
                "@type": "CorrectionComment",
                "datePublished": correction.date.to_string(),
                "text": correction.text,
            })
        })
        .collect();
    let optional = [
        ("correction", (!corrections.is_empty()).then(|| corrections.into())),
        ("url", address(&piece.page)),
        ("mainEntityOfPage", address(&piece.page)),
        ("image", address(&piece.cover.path)),
        ("thumbnailUrl", address(&piece.thumbnail.path)),
        ("position", piece.record.number.map(Value::from)),
        // Only a book has an `isbn`.
        (
            "identifier",
            piece.record.isbn.as_ref().map(|isbn| {
                json!({"@type": "PropertyValue", "propertyID": "ISBN", "value": isbn.as_str()})
            }),
        ),
        (
            "sameAs",
            piece.record.doi.as_ref().map(|doi| json!(doi.address().as_str())),
        ),
        (
            "publisher",
            publisher.map(|name| json!({"@type": "Organization", "name": name})),
        ),
        (
            "keywords",
            (!topics.is_empty()).then(|| json!(topics)),
        ),
        ("encoding", Some(Value::Array(encodings))),
    ];
    let optional = optional.into_iter();
    let optional = optional.filter_map(|(name, value)| Some((name, value?)));
    let texts = terms::said(&piece.record, |term| term.schema);
    let texts = texts.map(|(name, value)| (name, Value::String(value)));
    for (name, value) in optional.chain(texts) {
        article[name] = value;
    }
    translations(&mut article, around, base);
    in_script(&article)
}

/// The translations of a piece, and the piece that it is one of.
fn translations(article: &mut Value, around: &Around<'_>, base: Option<&Url>) {
    let work = |piece: &Publication| {
        let mut work = json!({
            "@type": "ScholarlyArticle",
            "@id": format!("urn:uuid:{}", piece.record.uuid),
            "name": piece.record.full_title,
            "inLanguage": piece.record.language.as_str(),
        });
        if let Some(base) = base {
            work["url"] = json!(absolute(base, &piece.page));
        }
        work
    };
    let is_original = |piece: &&&Publication| Some(&piece.record.slug) == around.original;
    if let Some(original) = around.translations.iter().find(is_original) {
        article["translationOfWork"] = work(original);
    } else if !around.translations.is_empty() {
        let works: Vec<Value> = around
            .translations
            .iter()
            .map(|piece| work(piece))
            .collect();
        article["workTranslation"] = Value::Array(works);
    }
}

/// JSON without the characters that could end a `script` element or begin a comment in it (HTML, 4.12.1.3).
fn in_script(value: &Value) -> String {
    let json = serde_json::to_string(value).expect("JSON has only text keys");
    json.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
}

fn person(person: &Person, language: &LanguageTag) -> Value {
    let mut value = json!({"@type": "Person", "name": person.name});
    if let Some(affiliation) = &person.affiliation {
        value["affiliation"] = json!({"@type": "Organization", "name": affiliation});
        if let Some(ror) = &person.ror {
            value["affiliation"]["sameAs"] = json!(ror.address().as_str());
        }
    }
    if let Some(parts) = person.parts(language) {
        value["familyName"] = json!(parts.family);
        value["givenName"] = json!(parts.given);
        if !parts.suffix.is_empty() {
            value["honorificSuffix"] = json!(parts.suffix);
        }
    }
    if let Some(orcid) = &person.orcid {
        value["sameAs"] = json!(orcid.address().as_str());
    }
    if let Some(url) = &person.url {
        value["url"] = json!(url.as_str());
    }
    value
}

/// The `meta` elements of a piece's page.
pub(super) fn meta(site: &SiteView, base: Option<&Url>, piece: &Publication) -> Vec<Meta> {
    let mut meta = Vec::new();
    highwire(base, piece, &mut meta);
    open_graph(site, base, piece, &mut meta);
    meta
}

fn highwire(base: Option<&Url>, piece: &Publication, meta: &mut Vec<Meta>) {
    let mut add = |name, content: &str| meta.push(("name", name, content.to_owned()));
    // HTML, 4.2.5.1: what readers of pages at large look for.
    for creator in piece.record.creators() {
        add("author", &creator.name);
    }
    add("citation_title", &piece.record.full_title);
    for creator in piece.record.creators() {
        add("citation_author", &author(creator, piece));
        if let Some(affiliation) = &creator.affiliation {
            add("citation_author_institution", affiliation);
        }
        if let Some(orcid) = &creator.orcid {
            add("citation_author_orcid", orcid.address().as_str());
        }
    }
    for contributor in piece.record.contributors() {
        add(
            relators::of(contributor.role).highwire,
            &author(contributor, piece),
        );
    }
    add(
        "citation_publication_date",
        &piece.record.date.to_string().replace('-', "/"),
    );
    add("citation_series_title", &piece.record.series);
    if let Some(number) = piece.record.number {
        add("citation_technical_report_number", &number.to_string());
    }
    for (name, value) in terms::said(&piece.record, |term| term.highwire) {
        add(name, &value);
    }
    add("citation_language", piece.record.language.as_str());
    let topics = piece.record.topics();
    if !topics.is_empty() {
        add("citation_keywords", &topics.join(BETWEEN));
    }
    let Some(base) = base else { return };
    add("citation_fulltext_html_url", &absolute(base, &piece.page));
    for (format, name) in [("pdf", "citation_pdf_url"), ("epub", "citation_epub_url")] {
        if let Some(download) = piece
            .downloads
            .iter()
            .find(|download| download.format == format)
        {
            add(name, &absolute(base, &download.path));
        }
    }
}

/// The name as readers of these tags part it: at a comma, else before its last word. A name with a comma of its own is protected.
fn author(person: &Person, piece: &Publication) -> String {
    let whole = person.parts(&piece.record.language).is_none() && !person.name.contains(',');
    match whole {
        true => person.name.clone(),
        false => listed_name(person, &piece.record.language),
    }
}

fn open_graph(site: &SiteView, base: Option<&Url>, piece: &Publication, meta: &mut Vec<Meta>) {
    let mut add = |name, content: String| meta.push(("property", name, content));
    add("og:type", "article".to_owned());
    add("og:title", piece.record.full_title.clone());
    add("og:site_name", site.title.clone());
    add(
        "og:locale",
        piece.record.language.as_str().replace('-', "_"),
    );
    add("article:published_time", piece.record.date.to_string());
    add("article:modified_time", piece.record.modified.to_string());
    add("article:section", piece.record.series.clone());
    if let Some(summary) = &piece.record.summary {
        add("og:description", summary.clone());
    }
    for topic in piece.record.topics() {
        add("article:tag", topic.to_owned());
    }
    let Some(base) = base else { return };
    add("og:url", absolute(base, &piece.page));
    add("og:image", absolute(base, &piece.share.path));
    add("og:image:type", piece.share.media_type.clone());
    add("og:image:width", piece.share.width.to_string());
    add("og:image:height", piece.share.height.to_string());
    add("og:image:alt", piece.share.alt.clone());
    meta.push(("name", "twitter:card", "summary_large_image".to_owned()));
}
