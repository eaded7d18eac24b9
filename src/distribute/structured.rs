//! What search engines and scholarly indexes read in a page: schema.org as JSON-LD, and `meta` elements
//! (Highwire Press tags, Open Graph).

use serde_json::{Value, json};
use url::Url;

use super::feeds::absolute;
use super::publication::{Person, Publication};
use super::view::SiteView;

/// A `meta` element: the attribute that names it, its name, its content.
pub(super) type Meta = (&'static str, &'static str, String);

/// The piece as schema.org says it, ready to stand inside a `script` element: no `<`, `>` or `&`.
pub(super) fn json_ld(site: &SiteView, base: Option<&Url>, piece: &Publication) -> String {
    let address = |path: &str| base.map(|base| Value::String(absolute(base, path)));
    let mut article = json!({
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": format!("urn:uuid:{}", piece.uuid),
        "headline": piece.full_title,
        "name": piece.full_title,
        "inLanguage": piece.language,
        "datePublished": piece.date,
        "dateModified": piece.modified,
        "isAccessibleForFree": true,
        "author": piece.authors().map(person).collect::<Vec<_>>(),
        "isPartOf": {"@type": "CreativeWorkSeries", "name": piece.series},
    });
    let others: Vec<Value> = piece.others().map(person).collect();
    let publisher = piece.publisher.as_ref().or(site.publisher.as_ref());
    let encodings: Vec<Value> = piece
        .downloads
        .iter()
        .filter_map(|download| {
            Some(json!({
                "@type": "MediaObject",
                "encodingFormat": download.media_type,
                "contentSize": download.size.to_string(),
                "contentUrl": address(&download.path)?,
            }))
        })
        .collect();
    let optional = [
        ("url", address(&piece.page)),
        ("mainEntityOfPage", address(&piece.page)),
        ("image", address(&piece.cover.path)),
        ("thumbnailUrl", address(&piece.thumbnail.path)),
        ("description", piece.summary.clone().map(Value::String)),
        ("license", piece.license.clone().map(Value::String)),
        ("copyrightNotice", piece.rights.clone().map(Value::String)),
        ("position", piece.number.map(Value::from)),
        // Only a book has an `isbn`.
        (
            "identifier",
            piece
                .isbn
                .as_ref()
                .map(|isbn| json!({"@type": "PropertyValue", "propertyID": "ISBN", "value": isbn})),
        ),
        (
            "sameAs",
            piece
                .doi
                .as_ref()
                .map(|doi| json!(format!("https://doi.org/{doi}"))),
        ),
        (
            "publisher",
            publisher.map(|name| json!({"@type": "Organization", "name": name})),
        ),
        (
            "contributor",
            (!others.is_empty()).then_some(Value::Array(others)),
        ),
        (
            "keywords",
            (!piece.keywords.is_empty()).then(|| json!(piece.keywords)),
        ),
        (
            "encoding",
            (!encodings.is_empty()).then_some(Value::Array(encodings)),
        ),
    ];
    for (name, value) in optional {
        if let Some(value) = value {
            article[name] = value;
        }
    }
    in_script(&article)
}

/// JSON without the characters that could end a `script` element or begin a comment in it (HTML, 4.12.1.3).
fn in_script(value: &Value) -> String {
    let json = serde_json::to_string(value).expect("JSON has only text keys");
    json.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
}

fn person(person: &Person) -> Value {
    let mut value = json!({"@type": "Person", "name": person.name});
    if let Some(affiliation) = &person.affiliation {
        value["affiliation"] = json!({"@type": "Organization", "name": affiliation});
        if let Some(ror) = &person.ror {
            value["affiliation"]["sameAs"] = json!(ror);
        }
    }
    if let Some((family, given)) = person.parts() {
        value["familyName"] = json!(family);
        value["givenName"] = json!(given);
    }
    if let Some(orcid) = &person.orcid {
        value["sameAs"] = json!(orcid);
    }
    if let Some(url) = &person.url {
        value["url"] = json!(url);
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
    add("citation_title", &piece.full_title);
    for author in piece.authors() {
        add(
            "citation_author",
            author.sort_name.as_deref().unwrap_or(&author.name),
        );
        if let Some(affiliation) = &author.affiliation {
            add("citation_author_institution", affiliation);
        }
        if let Some(orcid) = &author.orcid {
            add("citation_author_orcid", orcid);
        }
    }
    add("citation_publication_date", &piece.date.replace('-', "/"));
    add("citation_series_title", &piece.series);
    if let Some(number) = piece.number {
        add("citation_technical_report_number", &number.to_string());
    }
    for (name, value) in [
        ("citation_publisher", &piece.publisher),
        ("citation_technical_report_institution", &piece.publisher),
        ("citation_doi", &piece.doi),
        ("citation_isbn", &piece.isbn),
    ] {
        if let Some(value) = value {
            add(name, value);
        }
    }
    add("citation_language", &piece.language);
    if !piece.keywords.is_empty() {
        add("citation_keywords", &piece.keywords.join("; "));
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

fn open_graph(site: &SiteView, base: Option<&Url>, piece: &Publication, meta: &mut Vec<Meta>) {
    let mut add = |name, content: String| meta.push(("property", name, content));
    add("og:type", "article".to_owned());
    add("og:title", piece.full_title.clone());
    add("og:site_name", site.title.clone());
    add("og:locale", piece.language.replace('-', "_"));
    add("article:published_time", piece.date.clone());
    add("article:modified_time", piece.modified.clone());
    add("article:section", piece.series.clone());
    if let Some(summary) = &piece.summary {
        add("og:description", summary.clone());
    }
    for keyword in &piece.keywords {
        add("article:tag", keyword.clone());
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
