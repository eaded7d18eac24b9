//! Values of a manifest, checked before they become links and texts of pages: a target may have been written to by others.
//!
//! What the piece says of itself is of types that nothing wrong can be read into; the rest is looked at here. A publication
//! that is not sound is not believed, so that its piece is built again.

use serde_json::Value;

use super::manifest::is_safe;
use super::publication::{Download, Publication, SitePicture, file_path, page_path};
use crate::editions::Format;

impl Publication {
    /// Whether every value is of the form that the publication of a piece with this slug has.
    pub(super) fn is_sound(&self, slug: &str) -> bool {
        let pictures = [&self.cover, &self.thumbnail, &self.share];
        self.record.slug.as_str() == slug
            && self.page == page_path(slug)
            && self.downloads.iter().all(|file| file.is_sound(slug))
            && pictures.iter().all(|picture| picture.is_sound(slug))
            && serde_json::to_value(self).is_ok_and(|value| is_plain(&value))
    }
}

impl Download {
    fn is_sound(&self, slug: &str) -> bool {
        Format::named(&self.format).is_some_and(|format| {
            self.path == file_path(slug, &format!("{slug}.{}", format.extension))
                && self.media_type == format.media_type
        })
    }
}

impl SitePicture {
    fn is_sound(&self, slug: &str) -> bool {
        is_safe(&self.path)
            && self.path.starts_with(&file_path(slug, ""))
            && matches!(self.media_type.as_str(), "image/png" | "image/jpeg")
    }
}

/// Whether no text has a character that XML cannot hold (XML 1.0, 2.2).
fn is_plain(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.contains(|c: char| {
            (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
                || matches!(c, '\u{fffe}' | '\u{ffff}')
        }),
        Value::Array(values) => values.iter().all(is_plain),
        Value::Object(values) => values.values().all(is_plain),
        _ => true,
    }
}
