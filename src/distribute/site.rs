//! `site.yaml`: what a reader site is called, where it will stand, and how it looks.

use std::path::Path;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::Deserialize;
use url::Url;

use super::house::{self, HouseLink, MAIL, NETWORKS, NavigationLink, Network};
use crate::diagnostic::{self, Code, Diagnostic, FieldPath, SourceText, has_errors};
use crate::editions::{FORMATS, Format};
use crate::piece::{LanguageTag, Marked};
use crate::yaml::{self, Empty, FileKind};

/// A site, as its file states it.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SiteFile {
    /// The address that the site will have, for example `https://example.org/pieces/`.
    #[schemars(regex(pattern = r"^https?://"))]
    pub base_url: Option<String>,
    /// The name of the site; without it the series gives it.
    #[schemars(length(min = 1))]
    pub title: Option<String>,
    /// A sentence on what the site holds.
    pub description: Option<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// An email address, or the address of a page, for questions about the site.
    pub contact: Option<String>,
    /// The theme: the name of a shipped one, or a YAML file beside this one.
    pub theme: Option<String>,
    /// The language of the site's own words as a BCP 47 tag; without it that of the newest piece.
    pub language: Option<String>,
    /// The formats that the site offers; without it those that `export` makes unasked, and others that stand beside them.
    #[schemars(length(min = 1), inner(length(min = 1)))]
    pub formats: Option<Vec<String>>,
    /// Links of the house beside those to contributors, topics and years.
    pub navigation: Option<Vec<NavigationLink>>,
    /// A text with inline markup for the foot of every page.
    pub footer: Option<Marked>,
    /// Where pieces may be shared: `mail` and names of networks, in their order; `mail` where nothing is said, and `[]` for nothing.
    pub share: Option<Vec<String>>,
    /// Whether the site can be searched; it can unless this is `false`.
    pub search: Option<bool>,
    /// What the feeds hold.
    pub feeds: Option<Feeds>,
}

/// What the feeds of a site hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Feeds {
    /// Whether they hold the whole text of pieces.
    #[serde(default)]
    pub full_text: bool,
}

/// A site whose values were read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Site {
    /// The address that the site will have; its path ends with a slash.
    pub base_url: Option<Url>,
    /// The name of the site.
    pub title: Option<String>,
    /// A sentence on what the site holds.
    pub description: Option<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// Where questions go, as an address: `mailto:` or `https:`.
    pub contact: Option<Url>,
    /// The theme as named.
    pub theme: Option<String>,
    /// The language of the site's own words.
    pub language: Option<LanguageTag>,
    /// The formats that the site offers.
    pub formats: Option<Vec<String>>,
    /// The links of the house.
    pub navigation: Vec<HouseLink>,
    /// The text at the foot of every page, as markup.
    pub footer: Option<String>,
    /// Where pieces may be shared.
    pub share: Vec<&'static Network>,
    /// Whether it can be searched.
    pub search: Search,
    /// What the feeds hold.
    pub feeds: Feeds,
}

/// Whether a site can be searched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Search {
    /// It has a page of its own, and an index.
    #[default]
    Offered,
    /// Not at all.
    Off,
}

/// The JSON Schema of a site's file.
#[must_use]
pub fn site_schema() -> &'static serde_json::Value {
    static SCHEMA: LazyLock<serde_json::Value> =
        LazyLock::new(|| schemars::schema_for!(SiteFile).to_value());
    &SCHEMA
}

/// What was read of a site's file.
#[derive(Debug)]
pub struct ReadSite {
    /// The site.
    pub site: Site,
    /// The file's text.
    pub source: SourceText,
    /// What is doubtful in it, and lets a run go on.
    pub warnings: Vec<Diagnostic>,
}

/// Reads a site's file.
///
/// # Errors
/// The file's text with everything that is wrong in it; always at least one error.
pub fn read(path: &Path) -> Result<ReadSite, (SourceText, Vec<Diagnostic>)> {
    let kind = FileKind {
        name: "site",
        max_bytes: 64 << 10,
        schema: site_schema(),
        empty: Empty::Allowed,
    };
    let read = yaml::file::read(path, &kind);
    let mut source = SourceText {
        path: path.to_owned(),
        text: read.text.into(),
        ..SourceText::default()
    };
    let mut problems = Vec::new();
    let file = match read.problem {
        Some(problem) => {
            problems.push(problem);
            None
        }
        None => yaml::read::<SiteFile>(&mut source, &kind, &mut problems),
    };
    let site = site(&file.unwrap_or_default(), &source, &mut problems);
    diagnostic::sort(&mut problems);
    if has_errors(&problems) {
        Err((source, problems))
    } else {
        Ok(ReadSite {
            site,
            source,
            warnings: problems,
        })
    }
}

/// The site that a file states.
fn site(file: &SiteFile, source: &SourceText, problems: &mut Vec<Diagnostic>) -> Site {
    let mut values = Values { source, problems };
    Site {
        base_url: values.read("base_url", file.base_url.as_deref(), base_url),
        title: values.read("title", file.title.as_deref(), words),
        description: values.read("description", file.description.as_deref(), words),
        publisher: values.read("publisher", file.publisher.as_deref(), words),
        contact: values.read("contact", file.contact.as_deref(), contact),
        theme: values.read("theme", file.theme.as_deref(), words),
        language: values.read("language", file.language.as_deref(), |text| {
            LanguageTag::parse(text).map_err(|error| error.to_string())
        }),
        formats: values.formats(file.formats.as_deref()),
        navigation: values.navigation(file.navigation.as_deref().unwrap_or_default()),
        footer: values.footer(file.footer.as_ref()),
        share: values.networks(file.share.as_deref()),
        search: match file.search {
            Some(false) => Search::Off,
            _ => Search::Offered,
        },
        feeds: file.feeds.unwrap_or_default(),
    }
}

struct Values<'a> {
    source: &'a SourceText,
    problems: &'a mut Vec<Diagnostic>,
}

/// The way out where a value is wrong, by its key.
const HINTS: &[(&str, &str)] = &[
    (
        "base_url",
        "write the address that the site will have, such as https://example.org/pieces/",
    ),
    (
        "contact",
        "write an email address, or the address of a page",
    ),
    ("language", "write a BCP 47 tag: en-GB, fr, ur, zh-Hans"),
];

impl Values<'_> {
    fn formats(&mut self, names: Option<&[String]>) -> Option<Vec<String>> {
        let names = names?;
        let known: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
        for (index, name) in names.iter().enumerate() {
            if Format::named(name).is_none() {
                let path = FieldPath::root().key("formats").index(index);
                let message = format!("formats: there is no format `{name}`");
                self.problem(
                    &path,
                    message,
                    &format!("the formats are {}", known.join(", ")),
                );
            }
        }
        Some(names.to_vec())
    }

    fn navigation(&mut self, links: &[NavigationLink]) -> Vec<HouseLink> {
        let mut read = Vec::new();
        for (index, link) in links.iter().enumerate() {
            let path = FieldPath::root().key("navigation").index(index);
            let label = words(&link.label).map_err(|reason| ("label", reason));
            let made = label.and_then(|label| {
                HouseLink::new(&label, link.url.trim()).map_err(|reason| ("url", reason))
            });
            match made {
                Ok(link) => read.push(link),
                Err((key, reason)) => self.problem(
                    &path.key(key),
                    format!("navigation: {reason}"),
                    "write https://example.org/about, or a path such as /about",
                ),
            }
        }
        read
    }

    fn footer(&mut self, text: Option<&Marked>) -> Option<String> {
        match house::footer(text?) {
            Ok(markup) => Some(markup),
            Err(reason) => {
                let hint = "write text, *emphasis* and [links](https://example.org/)";
                self.problem(
                    &FieldPath::root().key("footer"),
                    format!("footer: {reason}"),
                    hint,
                );
                None
            }
        }
    }

    fn networks(&mut self, names: Option<&[String]>) -> Vec<&'static Network> {
        let Some(names) = names else {
            return Network::named(MAIL).into_iter().collect();
        };
        let known: Vec<&str> = NETWORKS.iter().map(|network| network.name).collect();
        let mut networks = Vec::new();
        for (index, name) in names.iter().enumerate() {
            match Network::named(name) {
                Some(network) if networks.contains(&network) => {}
                Some(network) => networks.push(network),
                None => self.problem(
                    &FieldPath::root().key("share").index(index),
                    format!("share: there is no network `{name}`"),
                    &format!("the networks are {}", known.join(", ")),
                ),
            }
        }
        networks
    }

    fn problem(&mut self, path: &FieldPath, message: String, hint: &str) {
        let place = self.source.place(path);
        let problem = Diagnostic::error(Code::SiteValue, message);
        self.problems.push(problem.at(place).hint(hint));
    }

    fn read<T>(
        &mut self,
        key: &str,
        value: Option<&str>,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        match read(value?) {
            Ok(value) => Some(value),
            Err(reason) => {
                let hint = HINTS.iter().find(|(known, _)| *known == key);
                let hint = hint.map_or("write a text, or leave the key out", |(_, hint)| hint);
                self.problem(
                    &FieldPath::root().key(key),
                    format!("{key}: {reason}"),
                    hint,
                );
                None
            }
        }
    }
}

fn words(text: &str) -> Result<String, String> {
    if text.trim().is_empty() {
        return Err("the text is empty".to_owned());
    }
    if text
        .chars()
        .any(|c| c.is_control() && c != '\n' && c != '\t')
    {
        return Err("the text holds a control character".to_owned());
    }
    Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn base_url(text: &str) -> Result<Url, String> {
    let mut url = Url::parse(text).map_err(|error| format!("`{text}` is no address: {error}"))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err(format!("`{text}` is no http or https address"));
    }
    if url.query().is_some()
        || url.fragment().is_some()
        || !url.username().is_empty()
        || url.password().is_some()
    {
        return Err(format!("`{text}` has more than host and path"));
    }
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    Ok(url)
}

fn contact(text: &str) -> Result<Url, String> {
    let has_scheme =
        text.starts_with("https://") || text.starts_with("http://") || text.starts_with("mailto:");
    let is_mail = text
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    let address = match (has_scheme, is_mail && !text.contains(char::is_whitespace)) {
        (true, _) => text.to_owned(),
        (false, true) => format!("mailto:{text}"),
        (false, false) => {
            return Err(format!(
                "`{text}` is neither an email address nor that of a page"
            ));
        }
    };
    Url::parse(&address).map_err(|error| format!("`{text}` is no address: {error}"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    /// A problem: code, line and column, message and hint.
    type Found = (String, (usize, usize), String);

    /// What is read, or each problem.
    fn site(text: &str) -> Result<Site, Vec<Found>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("site.yaml");
        std::fs::write(&path, text).unwrap();
        let read = read(&path).map(|read| read.site);
        read.map_err(|(source, problems)| {
            let place = |d: &Diagnostic| source.line_column(d.span.clone().unwrap_or(0..0).start);
            let told = problems.iter().map(|d| {
                let hint = d.hint.clone().unwrap_or_default();
                (
                    d.code.name().to_owned(),
                    place(d),
                    format!("{} {hint}", d.message),
                )
            });
            told.collect()
        })
    }

    /// Codes with their lines and columns.
    fn places(text: &str) -> Vec<(String, (usize, usize))> {
        let told = site(text).unwrap_err();
        told.into_iter().map(|(code, at, _)| (code, at)).collect()
    }

    #[test]
    fn a_whole_site_is_read_and_an_empty_one_too() {
        let full = site("base_url: https://example.org/pieces\ntitle: Pieces\ncontact: a@example.org\nlanguage: en\n").unwrap();
        assert_eq!(
            full.base_url.unwrap().as_str(),
            "https://example.org/pieces/"
        );
        assert_eq!(full.contact.unwrap().as_str(), "mailto:a@example.org");
        let empty = site("").unwrap();
        let share = Network::named(MAIL).into_iter().collect();
        assert_eq!(
            empty,
            Site {
                share,
                ..Site::default()
            }
        );
        let house = site(
            "navigation:\n  - {label: About us, url: /about}\nfooter: \"© *The House*\"\nshare: [bluesky, mail, mail]\nsearch: false\nfeeds: {full_text: true}\n",
        );
        let house = house.unwrap();
        assert_eq!(house.navigation[0].url, "/about");
        assert_eq!(house.footer.unwrap(), "© <em>The House</em>");
        assert_eq!(house.share.len(), 2);
        assert_eq!((house.search, house.feeds.full_text), (Search::Off, true));
    }

    #[test]
    fn a_blank_line_in_a_text_is_told_and_the_site_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("site.yaml");
        for key in ["title", "footer"] {
            std::fs::write(&path, format!("{key}: |\n  a\n\n  b\n")).unwrap();
            let read = read(&path).unwrap();
            let codes: Vec<_> = read.warnings.iter().map(|found| found.code).collect();
            assert_eq!(codes, [Code::BlankLine], "{key}");
            let text = read.site.title.or(read.site.footer);
            assert_eq!(text.as_deref(), Some("a b"), "{key}");
        }
    }

    #[test]
    fn every_problem_is_told_with_its_line() {
        let problems =
            site("title: x\nbase_url: ftp://example.org\ncontact: nobody\nlanguage: und\n")
                .unwrap_err();
        let lines: Vec<_> = problems.iter().map(|(_, (line, _), _)| *line).collect();
        assert_eq!(lines, [2, 3, 4]);
        let problems = site("titel: x\n").unwrap_err();
        let told = &problems[0].2;
        assert!(told.contains("did you mean `title`?"), "{told}");
        let problems = site("navigation:\n  - label: x\n    url: javascript:x\nfooter: a[^b]\nshare: [friendster]\nsearch: perhaps\n").unwrap_err();
        let lines: Vec<_> = problems.iter().map(|(_, (line, _), _)| *line).collect();
        assert!(lines.contains(&6), "{problems:?}");
        let problems =
            site("navigation:\n  - label: x\n    url: javascript:x\nfooter: a[^b]\nshare: [friendster]\n")
                .unwrap_err();
        let lines: Vec<_> = problems.iter().map(|(_, (line, _), _)| *line).collect();
        assert_eq!(lines, [3, 4, 5]);
        for bad in [
            "- a\n",
            "title: [x]\n",
            "title: \"\"\n",
            "title: {\n",
            "base_url: https://u:p@example.org/\n",
            "base_url: https://example.org/?q\n",
        ] {
            assert!(site(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn double_quoted_and_unknown_keys_have_their_places() {
        let found = places("title: a\n\"language\": und\ntitle: b\n \n\"base-url\": x\n");
        let expected = [
            ("site-value", (2, 13)),
            ("duplicate-key", (3, 1)),
            ("unknown-key", (5, 1)),
            ("site-value", (5, 13)),
        ];
        assert_eq!(found, expected.map(|(code, at)| (code.to_owned(), at)));
        assert_eq!(places("title: 12\n"), [("not-text".to_owned(), (1, 8))]);
        assert_eq!(places("title: {\n")[0].0, "yaml");
    }

    #[test]
    fn a_missing_file_and_a_huge_one_are_told() {
        assert!(read(Path::new("no/such/site.yaml")).is_err());
        assert!(site(&"#".repeat(100_000)).is_err());
    }
}
