//! The media types of a site's files.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize};

use super::{citation, feeds, icons, json_feed};
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
    icons::MANIFEST_TYPE,
    "image/png",
    "image/jpeg",
    feeds::ATOM,
    json_feed::JSON_FEED_TYPE,
    feeds::NAVIGATION,
    feeds::ACQUISITION,
    citation::BIBTEX,
    citation::RIS,
    citation::CSL,
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
