//! The text of a piece as its page holds it, read for what a site makes of it: contents, search, excerpts.
//!
//! It is markup of our own, so a scan from tag to tag is enough; whatever else it met would be read as text.

use std::borrow::Cow;

use url::Url;

/// What a scan meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// The start of an element: its name and its attributes as they are written.
    Open(&'a str, &'a str),
    /// The end of one.
    Close(&'a str),
    /// Text, with character references.
    Text(&'a str),
}

/// The tokens of a page's text.
pub(super) fn tokens(markup: &str) -> impl Iterator<Item = Token<'_>> {
    let mut rest = markup;
    std::iter::from_fn(move || {
        loop {
            if rest.is_empty() {
                return None;
            }
            let Some(tag) = rest.strip_prefix('<') else {
                let end = rest.find('<').unwrap_or(rest.len());
                let (text, after) = rest.split_at(end);
                rest = after;
                return Some(Token::Text(text));
            };
            // No attribute of ours holds a `>`: it is written as a reference.
            let end = tag.find('>').unwrap_or(tag.len());
            let inner = &tag[..end];
            rest = tag.get(end + 1..).unwrap_or_default();
            if let Some(name) = inner.strip_prefix('/') {
                return Some(Token::Close(name.trim()));
            }
            if inner.starts_with('!') {
                continue;
            }
            let inner = inner.strip_suffix('/').unwrap_or(inner);
            let (name, attributes) = inner.split_once(' ').unwrap_or((inner, ""));
            return Some(Token::Open(name, attributes));
        }
    })
}

/// The value of an attribute as it is written.
pub(super) fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let start = format!("{name}=\"");
    let mut from = 0;
    loop {
        let at = from + attributes.get(from..)?.find(&start)?;
        let is_whole = at == 0 || attributes.as_bytes().get(at - 1) == Some(&b' ');
        let value = &attributes[at + start.len()..];
        if is_whole {
            return value.split('"').next();
        }
        from = at + start.len();
    }
}

/// A text without its character references.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    quick_xml::escape::unescape(text).unwrap_or(Cow::Borrowed(text))
}

/// The text with addresses that are whole: those of its pictures and links are counted from its page.
pub(super) fn with_addresses(markup: &str, page: &Url) -> String {
    let mut out = String::with_capacity(markup.len() + markup.len() / 8);
    let whole = |value: &str| match page.join(&decoded(value)) {
        Ok(url) => quick_xml::escape::escape(url.as_str()).into_owned(),
        Err(_) => value.to_owned(),
    };
    for token in tokens(markup) {
        match token {
            Token::Text(text) => out += text,
            Token::Close(name) => out.extend(["</", name, ">"]),
            Token::Open(name, attributes) => {
                let mut written = attributes.to_owned();
                for key in ["src", "href"] {
                    if let Some(value) = attribute(attributes, key) {
                        let [old, new] =
                            [value, &whole(value)].map(|value| format!("{key}=\"{value}\""));
                        written = written.replacen(&old, &new, 1);
                    }
                }
                if let Some(set) = attribute(attributes, "srcset") {
                    let copies = set.split(", ").map(|copy| {
                        let (address, width) = copy.split_once(' ').unwrap_or((copy, ""));
                        format!("{} {width}", whole(address))
                    });
                    let copies = copies.collect::<Vec<_>>().join(", ");
                    written = written.replacen(set, &copies, 1);
                }
                out.extend(["<", name]);
                if !written.is_empty() {
                    out.extend([" ", written.trim_end()]);
                }
                out.push('>');
            }
        }
    }
    out
}

/// A heading of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heading<'a> {
    /// 2 for contributors, 3 for headings of statements, and so on.
    pub(super) level: u8,
    /// The anchor, as it is written.
    pub(super) id: &'a str,
    /// Its words.
    pub(super) text: String,
    /// Its language, where it is not the page's.
    pub(super) language: Option<&'a str>,
}

/// The headings of a page's text that can be led to, without those of what stands at its end.
pub(super) fn headings(markup: &str) -> Vec<Heading<'_>> {
    let mut headings: Vec<Heading<'_>> = Vec::new();
    let mut open = false;
    let mut notes = 0_usize;
    for token in tokens(markup) {
        match token {
            Token::Open(name, attributes) => match level(name) {
                Some(level) => {
                    let is_end = attribute(attributes, "class") == Some("end");
                    if let (Some(id), false) = (attribute(attributes, "id"), is_end) {
                        open = true;
                        headings.push(Heading {
                            level,
                            id,
                            text: String::new(),
                            language: attribute(attributes, "lang"),
                        });
                    }
                }
                None => {
                    let is_mark = attribute(attributes, "role") == Some("doc-noteref");
                    notes += usize::from(name == "a" && (is_mark || notes > 0));
                }
            },
            Token::Close(name) => match level(name) {
                Some(_) => open = false,
                None => notes -= usize::from(name == "a" && notes > 0),
            },
            Token::Text(text) if open && notes == 0 => {
                if let Some(heading) = headings.last_mut() {
                    heading.text += &decoded(text);
                }
            }
            Token::Text(_) => {}
        }
    }
    headings.retain(|heading| !heading.text.trim().is_empty());
    headings
}

/// The level of a heading by its element's name.
pub(super) fn level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const TEXT: &str = "<section id=\"a\"><h2 data-id=\"no\" id=\"a-heading\" lang=\"ur\">Ann &amp; <em>Bo</em><sup><a role=\"doc-noteref\" href=\"#n\">1</a></sup></h2>\
         <p>1 &lt; 2</p><img src=\"x\" alt=\"a\"/><hr/><h3 id=\"b\">More</h3><!-- c --><h3 class=\"end\" id=\"n\">Notes</h3></section>";

    #[test]
    fn headings_are_read_with_their_anchors_and_without_the_marks_of_notes() {
        let found = headings(TEXT);
        let told = found
            .iter()
            .map(|one| (one.level, one.id, one.text.as_str(), one.language));
        let told: Vec<_> = told.collect();
        assert_eq!(
            told,
            [
                (2, "a-heading", "Ann & Bo", Some("ur")),
                (3, "b", "More", None)
            ]
        );
    }

    #[test]
    fn addresses_are_counted_from_the_page() {
        let page = Url::parse("https://example.org/p/pieces/x.html").unwrap();
        let text = "<p><a href=\"#n\">1</a> &lt;<img src=\"x/a.png\" srcset=\"x/a-480.png 480w, x/a.png 900w\" alt=\"src\"/></p>";
        assert_eq!(
            with_addresses(text, &page),
            "<p><a href=\"https://example.org/p/pieces/x.html#n\">1</a> &lt;<img src=\"https://example.org/p/pieces/x/a.png\" \
             srcset=\"https://example.org/p/pieces/x/a-480.png 480w, https://example.org/p/pieces/x/a.png 900w\" alt=\"src\"></p>"
        );
    }

    #[test]
    fn what_is_no_markup_of_ours_ends_too() {
        for odd in ["<", "<h2", "<h2 id=\"x\">a", "a < b > c", "</", "<!"] {
            assert!(tokens(odd).count() < 9, "{odd}");
            let _ = headings(odd);
        }
    }
}
