//! What a house puts on every page of its site: its own links, its footer, and the networks where pieces may be shared.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::editions::markup::{Element, Markup};
use crate::piece::{Address, Allowed, Inline, LanguageTag, Marked};

/// A link of the navigation, as the site's file states it.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NavigationLink {
    /// What it is called.
    #[schemars(length(min = 1))]
    pub label: String,
    /// Where it leads: `https:`, `http:`, `mailto:`, or a path of this host such as `/about` or, from the site's root, `about.html`.
    #[schemars(length(min = 1))]
    pub url: String,
}

/// A link of the navigation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HouseLink {
    /// What it is called.
    pub label: String,
    /// Where it leads.
    pub url: String,
    /// Whether that is counted from the site's root.
    pub is_local: bool,
}

impl HouseLink {
    /// Reads where a link leads.
    ///
    /// # Errors
    /// What is wrong with the address.
    pub(super) fn new(label: &str, url: &str) -> Result<Self, String> {
        let label = label.to_owned();
        if url.contains(':') {
            let address = Address::parse(url, Allowed::WebAndMail);
            let address = address.map_err(|error| error.to_string())?;
            return Ok(Self {
                label,
                url: address.as_str().to_owned(),
                is_local: false,
            });
        }
        let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/%?#=&+,;@!$()*".contains(&b);
        if !url.bytes().all(is_plain) || url.starts_with("//") || url.is_empty() {
            return Err(format!("`{url}` is neither an address nor a path"));
        }
        Ok(Self {
            label,
            url: url.to_owned(),
            is_local: !url.starts_with(['/', '#', '?']),
        })
    }
}

/// The markup of a text with inline marks, for pages.
///
/// # Errors
/// What cannot stand in it: a note, a link that leads nowhere, a language that is none.
pub(super) fn footer(text: &Marked) -> Result<String, String> {
    let mut markup = Markup::fragment();
    write(&mut markup, &text.read().0)?;
    Ok(String::from_utf8(markup.finish()).expect("markup is made of strings"))
}

fn write(markup: &mut Markup, inlines: &[Inline]) -> Result<(), String> {
    for inline in inlines {
        let (element, content) = match inline {
            Inline::Text(text) => {
                markup.text(text);
                continue;
            }
            Inline::Note(name) => {
                return Err(format!("a site has no notes, and `[^{name}]` is one"));
            }
            Inline::Emphasis(content) => (Element::new("em"), content),
            Inline::Strong(content) => (Element::new("strong"), content),
            Inline::Superscript(content) => (Element::new("sup"), content),
            Inline::Subscript(content) => (Element::new("sub"), content),
            Inline::Link { to, content } => {
                let link = HouseLink::new("", to).map_err(|error| format!("a link: {error}"))?;
                if link.is_local {
                    return Err(format!(
                        "a link: `{to}` begins neither with a scheme nor with a slash"
                    ));
                }
                (Element::new("a").with("href", &link.url), content)
            }
            Inline::Foreign { language, content } => {
                let tag = LanguageTag::parse(language).map_err(|error| error.to_string())?;
                let span = Element::new("span").with("lang", tag.as_str());
                (span.with("dir", "auto"), content)
            }
        };
        markup.open(element);
        write(markup, content)?;
        markup.close();
    }
    Ok(())
}

/// A network where a piece may be shared: an address that its reader opens, and nothing that a page loads.
#[derive(Debug, PartialEq, Eq)]
pub struct Network {
    /// Its name in the site's file.
    pub name: &'static str,
    /// Its name on pages; mail has one in the site's language.
    pub label: &'static str,
    /// The address, with `{title}` and `{url}`.
    pattern: &'static str,
}

/// The network that stands for mail.
pub(super) const MAIL: &str = "mail";

/// The networks that a site may name.
pub(super) const NETWORKS: &[Network] = &[
    Network {
        name: MAIL,
        label: "Email",
        pattern: "mailto:?subject={title}&body={url}",
    },
    Network {
        name: "bluesky",
        label: "Bluesky",
        pattern: "https://bsky.app/intent/compose?text={title}%20{url}",
    },
    Network {
        name: "facebook",
        label: "Facebook",
        pattern: "https://www.facebook.com/sharer/sharer.php?u={url}",
    },
    Network {
        name: "linkedin",
        label: "LinkedIn",
        pattern: "https://www.linkedin.com/sharing/share-offsite/?url={url}",
    },
    Network {
        name: "reddit",
        label: "Reddit",
        pattern: "https://www.reddit.com/submit?url={url}&title={title}",
    },
    Network {
        name: "telegram",
        label: "Telegram",
        pattern: "https://t.me/share/url?url={url}&text={title}",
    },
    Network {
        name: "threads",
        label: "Threads",
        pattern: "https://www.threads.net/intent/post?text={title}%20{url}",
    },
    Network {
        name: "whatsapp",
        label: "WhatsApp",
        pattern: "https://wa.me/?text={title}%20{url}",
    },
    Network {
        name: "x",
        label: "X",
        pattern: "https://x.com/intent/post?text={title}&url={url}",
    },
];

impl Network {
    /// The one of a name.
    pub(super) fn named(name: &str) -> Option<&'static Self> {
        NETWORKS.iter().find(|network| network.name == name)
    }

    /// Where a piece of this title and address is shared.
    pub(super) fn address(&self, title: &str, url: &str) -> String {
        // What was encoded holds no brace, so that nothing is filled in twice.
        let encoded = |text| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let filled = self.pattern.replace("{title}", &encoded(title));
        filled.replace("{url}", &encoded(url))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_the_web_to_mail_or_into_the_site_and_nowhere_else() {
        let read = |url| HouseLink::new("x", url).map(|link| (link.url, link.is_local));
        let ok = |url: &str, is_local| Ok((url.to_owned(), is_local));
        assert_eq!(
            read("https://example.org/"),
            ok("https://example.org/", false)
        );
        assert_eq!(read("about.html"), ok("about.html", true));
        assert_eq!(read("/about"), ok("/about", false));
        for bad in [
            "javascript:alert(1)",
            "//example.org",
            "a b",
            "\"><script>",
            "",
            "data:x,y",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_footer_has_marks_and_no_markup_of_others() {
        let footer = |text: &str| footer(&Marked::new(text));
        assert_eq!(
            footer("© *The House* <b> [Imprint](https://example.org/)").unwrap(),
            "© <em>The House</em> &lt;b&gt; <a href=\"https://example.org/\">Imprint</a>"
        );
        assert!(footer("[x](javascript:alert)").is_err());
        assert!(footer("A note[^a]").is_err());
    }

    #[test]
    fn words_cannot_steer_an_address() {
        for network in NETWORKS {
            let address = network.address("{url}&x=\"<#\r\n", "https://example.org/?a&b");
            assert!(!address.contains(['"', '<', '#', '\n', '{']), "{address}");
            assert_eq!(address.matches("example%2Eorg").count(), 1, "{address}");
        }
    }
}
