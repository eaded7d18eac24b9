//! The media types of a site's files.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize};

use crate::editions::FORMATS;

/// The media type of pages.
pub(super) const HTML: &str = "text/html; charset=utf-8";

/// The media type of plain text.
pub(super) const TEXT: &str = "text/plain; charset=utf-8";

/// The media type of style sheets.
pub(super) const CSS: &str = "text/css; charset=utf-8";

/// The media type of the icon.
pub(super) const SVG: &str = "image/svg+xml";

/// The media type of the sitemap.
pub(super) const XML: &str = "application/xml";

/// The media type of faces.
pub(super) const WOFF2: &str = "font/woff2";

/// The media type of scripts (RFC 9239).
pub(super) const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The media type of data for scripts.
pub(super) const JSON: &str = "application/json";

/// The media type of the manifest.
pub(super) const WEB_MANIFEST: &str = "application/manifest+json";

/// The media type of an Atom feed.
pub(super) const ATOM: &str = "application/atom+xml";

/// The media type of a JSON Feed.
pub(super) const JSON_FEED: &str = "application/feed+json";

/// The media type of an OPDS feed that leads to others.
pub(super) const NAVIGATION: &str = "application/atom+xml;profile=opds-catalog;kind=navigation";

/// The media type of an OPDS feed of publications.
pub(super) const ACQUISITION: &str = "application/atom+xml;profile=opds-catalog;kind=acquisition";

/// The media type of BibTeX.
pub(super) const BIBTEX: &str = "application/x-bibtex";

/// The media type of RIS.
pub(super) const RIS: &str = "application/x-research-info-systems";

/// The media type of CSL-JSON.
pub(super) const CSL: &str = "application/vnd.citationstyles.csl+json";

/// The media types that files of a site have besides those of the editions.
const MEDIA_TYPES: &[&str] = &[
    HTML,
    TEXT,
    CSS,
    SVG,
    XML,
    WOFF2,
    SCRIPT,
    JSON,
    WEB_MANIFEST,
    "image/png",
    "image/jpeg",
    ATOM,
    JSON_FEED,
    NAVIGATION,
    ACQUISITION,
    BIBTEX,
    RIS,
    CSL,
];

/// One of the media types that our files have; any other is read as nothing, and a file with it is put again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct MediaType(pub(super) &'static str);

impl<'de> Deserialize<'de> for MediaType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        let formats = FORMATS.iter().map(|format| format.media_type);
        let mut known = formats.chain(MEDIA_TYPES.iter().copied());
        Ok(Self(known.find(|known| *known == text).unwrap_or_default()))
    }
}
