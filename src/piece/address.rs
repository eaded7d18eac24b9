//! Addresses that links lead to.

use std::fmt;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use url::{Position, Url};

/// An absolute address of the web or of mail: ASCII, and percent-encoded as RFC 3986 (2 and 3) has it, which is stricter than
/// what browsers take. Only [`Address::parse`] makes one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address(String);

/// What an address may lead to at some place of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowed {
    /// Pages: `https` and `http`.
    Web,
    /// Pages and mailboxes: `mailto` too.
    WebAndMail,
}

/// Why nothing can be linked to by a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// White space in it.
    #[error("an address has no white space; write `%20`")]
    WhiteSpace,
    /// Another scheme, or none.
    #[error("an address begins with {schemes}")]
    Scheme {
        /// Those that may stand there.
        schemes: &'static str,
    },
    /// No host where one belongs.
    #[error("the address names no host")]
    NoHost,
    /// A host whose name is longer than the system of names allows (RFC 1035, 2.3.4).
    #[error(
        "the name of its host is too long: at most 63 characters stand between full stops, and 253 in all"
    )]
    LongHost,
    /// A host that cannot be, a port above 65535 and the like.
    #[error("the address cannot be read: {reason}")]
    Unreadable {
        /// What the parser said.
        reason: url::ParseError,
    },
    /// `mailto:` without a mailbox.
    #[error("a mail address has the form mailto:name@example.org")]
    Mail,
}

impl Address {
    /// Reads an address (WHATWG URL), and encodes what RFC 3986 does not allow to stand in it.
    ///
    /// # Errors
    /// [`AddressError`] says what to mend.
    pub fn parse(text: &str, allowed: Allowed) -> Result<Self, AddressError> {
        if text.contains(char::is_whitespace) {
            return Err(AddressError::WhiteSpace);
        }
        let (scheme, rest) = text.split_once(':').unwrap_or(("", text));
        let url = match scheme.to_ascii_lowercase().as_str() {
            "https" | "http" => web(text, rest)?,
            "mailto" if allowed == Allowed::WebAndMail => mail(text)?,
            _ => {
                return Err(AddressError::Scheme {
                    schemes: allowed.schemes(),
                });
            }
        };
        Ok(Self(encoded(&url)))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it leads to a page, and not to a mailbox.
    #[must_use]
    pub fn is_web(&self) -> bool {
        !self.0.starts_with("mailto:")
    }

    /// The address of a name in a registry, of which no character ends the path.
    pub(super) fn registered(registry: &'static str, name: &str) -> Self {
        let name = utf8_percent_encode(name, FORBIDDEN_IN_NAME);
        Self(format!("{registry}{name}"))
    }
}

impl Allowed {
    fn schemes(self) -> &'static str {
        match self {
            Self::Web => "`https://` or `http://`",
            Self::WebAndMail => "`https://`, `http://` or `mailto:`",
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Address {
    type Error = AddressError;

    fn try_from(text: String) -> Result<Self, AddressError> {
        Self::parse(&text, Allowed::WebAndMail)
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.0
    }
}

/// `rest` is what follows the scheme and its colon: the parser would find a host in `https:a` and `https:///a` too.
fn web(text: &str, rest: &str) -> Result<Url, AddressError> {
    let host = rest.strip_prefix("//").ok_or(AddressError::NoHost)?;
    if host.is_empty() || host.starts_with(['/', '\\', '?', '#']) {
        return Err(AddressError::NoHost);
    }
    let url = Url::parse(text).map_err(|reason| match reason {
        url::ParseError::EmptyHost => AddressError::NoHost,
        reason => AddressError::Unreadable { reason },
    })?;
    // A full stop at the end is the root of all names; other names between full stops are not empty (RFC 1034, 3.1).
    let name = url.host_str().unwrap_or_default();
    let name = name.strip_suffix('.').unwrap_or(name);
    if name.split('.').any(str::is_empty) {
        return Err(AddressError::NoHost);
    }
    if name.len() > 253 || name.split('.').any(|label| label.len() > 63) {
        return Err(AddressError::LongHost);
    }
    Ok(url)
}

fn mail(text: &str) -> Result<Url, AddressError> {
    let url = Url::parse(text).map_err(|reason| AddressError::Unreadable { reason })?;
    match url.path().split_once('@') {
        Some((name, host)) if !name.is_empty() && !host.is_empty() => Ok(url),
        _ => Err(AddressError::Mail),
    }
}

/// What no part of an address may hold but encoded: anything but `pchar`, `/` and `?` (RFC 3986, 3.3 to 3.5).
const FORBIDDEN: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// What a name below a registry may not hold either, since there it would end the name or begin an escape.
const FORBIDDEN_IN_NAME: &AsciiSet = &FORBIDDEN.add(b'%').add(b'?');

/// The address with all its parts but the host, which the parser has made ASCII, encoded.
fn encoded(url: &Url) -> String {
    let mut text = url[..Position::BeforeUsername].to_owned();
    encode(
        &url[Position::BeforeUsername..Position::BeforeHost],
        &mut text,
    );
    text.push_str(&url[Position::BeforeHost..Position::BeforePath]);
    encode(url.path(), &mut text);
    for (lead, part) in [('?', url.query()), ('#', url.fragment())] {
        if let Some(part) = part {
            text.push(lead);
            encode(part, &mut text);
        }
    }
    text
}

/// Encodes a part in which some characters may be encoded already; a `%` that begins no escape is one of them no longer.
fn encode(part: &str, out: &mut String) {
    for (index, text) in part.split('%').enumerate() {
        let digits = text.as_bytes().get(..2);
        let escape = digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        if index > 0 {
            out.push_str(if escape { "%" } else { "%25" });
        }
        out.extend(utf8_percent_encode(text, FORBIDDEN));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(text: &str) -> Result<String, AddressError> {
        Address::parse(text, Allowed::WebAndMail).map(String::from)
    }

    #[test]
    fn names_of_hosts_are_no_longer_than_names_may_be() {
        let labels = |length: usize, count: usize| vec!["a".repeat(length); count].join(".");
        for host in [labels(63, 1), labels(63, 3), labels(1, 127)] {
            assert!(link(&format!("https://{host}.")).is_ok(), "{host}");
        }
        for host in [labels(64, 1), labels(63, 4), labels(1, 128), "ü".repeat(60)] {
            assert_eq!(
                link(&format!("https://{host}/")),
                Err(AddressError::LongHost),
                "{host}"
            );
        }
    }

    #[test]
    fn what_the_strict_grammar_refuses_is_encoded() {
        for (written, address) in [
            ("https://example.org", "https://example.org/"),
            ("HTTPS://Example.org/A", "https://example.org/A"),
            (
                "https://example.org/?filter[a]=1",
                "https://example.org/?filter%5Ba%5D=1",
            ),
            (
                "https://example.org/a|b^c`d",
                "https://example.org/a%7Cb%5Ec%60d",
            ),
            (
                "https://example.org/?q=50%off",
                "https://example.org/?q=50%25off",
            ),
            ("https://example.org/?q=50%", "https://example.org/?q=50%25"),
            (
                "https://example.org/%7Ea%C3%A4",
                "https://example.org/%7Ea%C3%A4",
            ),
            (
                "https://example.org/?q={id}",
                "https://example.org/?q=%7Bid%7D",
            ),
            ("https://example.org/#a#b", "https://example.org/#a%23b"),
            (
                "https://us[er:p|w@example.org/",
                "https://us%5Ber:p%7Cw@example.org/",
            ),
            (
                "https://пример.рф/путь",
                "https://xn--e1afmkfd.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C",
            ),
            ("https://[::1]:8080/a", "https://[::1]:8080/a"),
            ("https://example.org./", "https://example.org./"),
            (
                "mailto:a|b@example.org?subject=50%",
                "mailto:a%7Cb@example.org?subject=50%25",
            ),
        ] {
            assert_eq!(link(written), Ok(address.to_owned()), "{written}");
            assert_eq!(
                link(address),
                Ok(address.to_owned()),
                "once more: {address}"
            );
        }
    }

    #[test]
    fn what_leads_nowhere_is_refused() {
        for text in [
            "https://example.org:99999/",
            "https://exa%mple.org/",
            "https://exa|mple.org/",
            "https://example..org/",
            "https://.example.org/",
            "https://..",
            "https://",
            "https:///a",
            "https:a",
            "https://a b",
            "https://a\n",
            "ftp://example.org",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "data:text/html,x",
            "example.org",
            "mailto:nobody",
            "mailto:@example.org",
            "#a",
            "",
        ] {
            assert!(link(text).is_err(), "{text}: {:?}", link(text));
        }
        assert!(Address::parse("mailto:a@b.c", Allowed::Web).is_err());
        assert!(Address::parse("mailto:a@b.c", Allowed::WebAndMail).is_ok_and(|to| !to.is_web()));
    }
}
