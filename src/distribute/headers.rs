//! What a store says of a file besides its bytes: Content-Type, Content-Disposition and Cache-Control (RFC 9110, RFC 9111).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The characters that may stand as they are in an extended parameter (RFC 8187, 3.2.1: `attr-char`).
const EXTENDED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// How long a file may be kept by those who fetched it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CachePolicy {
    /// Its name changes with its bytes.
    Forever,
    /// An edition or an image: an hour.
    Hour,
    /// A page or a catalogue: five minutes.
    Minutes,
    /// The manifest: asked for anew each time.
    Never,
}

impl CachePolicy {
    /// The value of Cache-Control.
    pub(super) const fn value(self) -> &'static str {
        match self {
            Self::Forever => "public, max-age=31536000, immutable",
            Self::Hour => "public, max-age=3600",
            Self::Minutes => "public, max-age=300",
            Self::Never => "no-cache",
        }
    }
}

/// The value of Content-Disposition that offers a file under a name of its own (RFC 6266, 4.3).
///
/// `plain` is ASCII without quotes; `full` is any text, and what could steer a header or a file system is left out of it.
pub(super) fn attachment(plain: &str, full: &str, extension: &str) -> String {
    let cleaned: String = full
        .chars()
        .map(|c| if c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|') { ' ' } else { c })
        .filter(|c| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .collect();
    let words: Vec<&str> = cleaned.split_whitespace().collect();
    let name: String = words.join(" ").chars().take(120).collect();
    let name = name.trim_matches(['.', ' ']);
    if name.is_empty() {
        return format!("attachment; filename=\"{plain}.{extension}\"");
    }
    let name = format!("{name}.{extension}");
    let extended = utf8_percent_encode(&name, EXTENDED);
    format!("attachment; filename=\"{plain}.{extension}\"; filename*=UTF-8''{extended}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_steer_the_header() {
        let value = attachment("a-title", "A \"title\"\r\nSet-Cookie: x=1; ../é%", "pdf");
        assert_eq!(
            value,
            "attachment; filename=\"a-title.pdf\"; filename*=UTF-8''A%20title%20Set-Cookie%20x%3D1%3B%20..%20%C3%A9%25.pdf"
        );
        assert!(value.is_ascii());
        assert_eq!(
            attachment("x", "\u{202e}/..", "pdf"),
            "attachment; filename=\"x.pdf\""
        );
    }
}
