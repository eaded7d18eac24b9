//! Which pages may ask: those of this preview, and none of another site. Who has its address is asked at its door.
//!
//! A browser lets any site send requests to 127.0.0.1. What it says of where a request comes from is checked in each: the
//! host, so that no foreign name can be led here (DNS rebinding); the origin (Fetch, 3.2), and `Sec-Fetch-Site` (Fetch Metadata
//! Request Headers, 2.3). Whatever opens something carries a word of this run besides, which no other page can read.

use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::Response;

/// The header that carries the word of this run.
pub(super) const TOKEN: &str = "x-flashpoint-token";

/// What pages may do: show what this preview sends, and ask it for more.
pub(super) const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What the text of a piece may do in its frame: show what stands in it.
pub(super) const TEXT_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/// Whom it lets in.
#[derive(Debug)]
pub(super) struct Gate {
    hosts: [String; 2],
    /// The word of this run.
    pub(super) token: String,
}

impl Gate {
    pub(super) fn new(port: u16, token: String) -> Self {
        Self {
            hosts: ["127.0.0.1", "localhost"].map(|host| format!("{host}:{port}")),
            token,
        }
    }

    /// Lets a request in, or says why not.
    pub(super) fn admit(&self, method: &Method, headers: &HeaderMap) -> Result<(), Refused> {
        let only = |name: &str| -> Result<Option<&str>, Refused> {
            let mut values = headers.get_all(name).iter();
            match (values.next(), values.next()) {
                (None, _) => Ok(None),
                (Some(value), None) => value.to_str().map(Some).map_err(|_| Refused::Origin),
                // Of two values nobody knows which one counts.
                (Some(_), Some(_)) => Err(Refused::Origin),
            }
        };
        let host = only(HOST.as_str())?.filter(|host| self.hosts.iter().any(|own| own == host));
        let host = host.ok_or(Refused::Host)?;
        let origin = only(ORIGIN.as_str())?;
        if origin.is_some_and(|origin| origin.strip_prefix("http://") != Some(host)) {
            return Err(Refused::Origin);
        }
        let site = only("sec-fetch-site")?;
        match *method {
            Method::GET | Method::HEAD => match site {
                None | Some("same-origin" | "none") => Ok(()),
                Some(_) => Err(Refused::Origin),
            },
            Method::POST => {
                if origin.is_none() || !matches!(site, None | Some("same-origin")) {
                    return Err(Refused::Origin);
                }
                match only(TOKEN)? {
                    Some(token) if token == self.token => Ok(()),
                    _ => Err(Refused::Token),
                }
            }
            _ => Err(Refused::Method),
        }
    }
}

/// Why a request is not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// For another host than this.
    Host,
    /// From a page of another site.
    Origin,
    /// Without the word of this run.
    Token,
    /// Neither to read nor to open.
    Method,
}

impl Refused {
    /// The status and the words of the answer.
    pub(super) fn told(self) -> (StatusCode, &'static str) {
        match self {
            Self::Host => (StatusCode::MISDIRECTED_REQUEST, "this host is not here\n"),
            Self::Origin => (StatusCode::FORBIDDEN, "not for pages of other sites\n"),
            Self::Token => (StatusCode::FORBIDDEN, "not without the word of this run\n"),
            Self::Method => (StatusCode::METHOD_NOT_ALLOWED, "only GET, HEAD and POST\n"),
        }
    }
}

/// The headers of every answer.
const HEADERS: [(&str, &str); 6] = [
    ("content-security-policy", POLICY),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("cache-control", "no-store"),
];

/// Puts the headers of every answer on one, where it has none of its own.
pub(super) fn seal(mut answer: Response) -> Response {
    for (name, value) in HEADERS {
        let headers = answer.headers_mut();
        if !headers.contains_key(name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admit(method: Method, headers: &[(&'static str, &'static str)]) -> Result<(), Refused> {
        let gate = Gate::new(4040, "word".to_owned());
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, HeaderValue::from_static(value));
        }
        gate.admit(&method, &map)
    }

    const HOST_HERE: (&str, &str) = ("host", "127.0.0.1:4040");

    #[test]
    fn only_this_host_is_served() {
        assert_eq!(admit(Method::GET, &[HOST_HERE]), Ok(()));
        assert_eq!(admit(Method::GET, &[("host", "localhost:4040")]), Ok(()));
        for host in [
            "127.0.0.1",
            "127.0.0.1:80",
            "evil.example:4040",
            "127.0.0.1:4040.evil.example",
        ] {
            assert_eq!(
                admit(Method::GET, &[("host", host)]),
                Err(Refused::Host),
                "{host}"
            );
        }
        assert_eq!(admit(Method::GET, &[]), Err(Refused::Host));
        assert_eq!(
            admit(Method::GET, &[HOST_HERE, HOST_HERE]),
            Err(Refused::Origin)
        );
    }

    #[test]
    fn pages_of_other_sites_may_not_read() {
        for (name, value) in [
            ("origin", "https://evil.example"),
            ("origin", "null"),
            ("origin", "http://localhost:4040"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            let got = admit(Method::GET, &[HOST_HERE, (name, value)]);
            assert_eq!(got, Err(Refused::Origin), "{value}");
        }
        for value in ["none", "same-origin"] {
            assert_eq!(
                admit(Method::GET, &[HOST_HERE, ("sec-fetch-site", value)]),
                Ok(())
            );
        }
        assert_eq!(admit(Method::DELETE, &[HOST_HERE]), Err(Refused::Method));
    }

    #[test]
    fn whoever_opens_something_has_the_word_and_the_origin() {
        let own = ("origin", "http://127.0.0.1:4040");
        let word = (TOKEN, "word");
        assert_eq!(admit(Method::POST, &[HOST_HERE, own, word]), Ok(()));
        assert_eq!(
            admit(Method::POST, &[HOST_HERE, word]),
            Err(Refused::Origin)
        );
        assert_eq!(admit(Method::POST, &[HOST_HERE, own]), Err(Refused::Token));
        assert_eq!(
            admit(Method::POST, &[HOST_HERE, own, (TOKEN, "other")]),
            Err(Refused::Token)
        );
        let typed = ("sec-fetch-site", "none");
        assert_eq!(
            admit(Method::POST, &[HOST_HERE, own, word, typed]),
            Err(Refused::Origin)
        );
    }
}
