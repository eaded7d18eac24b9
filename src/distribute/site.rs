//! `site.yaml`: what a reader site is called, where it will stand, and how it looks.

use std::path::Path;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;
use url::Url;

use crate::diagnostic::{Code, Diagnostic, FieldPath, Severity, SourceText, nearest};
use crate::piece::LanguageTag;

/// The largest `site.yaml` that is read, in bytes.
const LIMIT: u64 = 64 * 1024;

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
}

/// Reads a site's file.
///
/// # Errors
/// The file's text with everything that is wrong in it; always at least one error.
pub fn read(path: &Path) -> Result<Site, (SourceText, Vec<Diagnostic>)> {
    let mut source = SourceText {
        path: path.to_owned(),
        ..SourceText::default()
    };
    match text_of(path) {
        Ok(text) => {
            source.text = Arc::from(text.strip_prefix('\u{feff}').unwrap_or(&text));
            place_keys(&mut source);
            parse(&source).map_err(|problems| (source, problems))
        }
        Err(reason) => {
            let problem = Diagnostic::error(
                Code::SiteUnreadable,
                format!("the site's file cannot be read: {reason}"),
            );
            Err((source, vec![problem]))
        }
    }
}

fn text_of(path: &Path) -> Result<String, String> {
    let size = std::fs::metadata(path)
        .map_err(|error| error.to_string())?
        .len();
    if size > LIMIT {
        return Err(format!("it has {size} bytes; {LIMIT} are allowed"));
    }
    std::fs::read_to_string(path).map_err(|error| error.to_string())
}

/// The file is one mapping of plain values, so each key stands at the start of a line.
fn place_keys(source: &mut SourceText) {
    let mut at = 0;
    let text = source.text.clone();
    for line in text.split_inclusive('\n') {
        if let Some((key, _)) = line.split_once(':')
            && !key.is_empty()
            && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        {
            let span = at..at + line.trim_end().len();
            source
                .places
                .entry(FieldPath::root().key(key))
                .or_insert(span);
        }
        at += line.len();
    }
}

fn parse(source: &SourceText) -> Result<Site, Vec<Diagnostic>> {
    let keys = unknown_keys(source);
    if !keys.is_empty() {
        return Err(keys);
    }
    let text = if source.text.trim().is_empty() {
        "{}"
    } else {
        &source.text
    };
    let file: SiteFile =
        serde_yaml::from_str(text).map_err(|error| vec![misshapen(source, &error)])?;
    let mut values = Values {
        source,
        problems: Vec::new(),
    };
    let site = Site {
        base_url: values.read("base_url", file.base_url.as_deref(), base_url),
        title: values.read("title", file.title.as_deref(), words),
        description: values.read("description", file.description.as_deref(), words),
        publisher: values.read("publisher", file.publisher.as_deref(), words),
        contact: values.read("contact", file.contact.as_deref(), contact),
        theme: values.read("theme", file.theme.as_deref(), words),
        language: values.read("language", file.language.as_deref(), |text| {
            LanguageTag::parse(text).map_err(|error| error.to_string())
        }),
    };
    if values.problems.is_empty() {
        Ok(site)
    } else {
        Err(values.problems)
    }
}

const KEYS: [&str; 7] = [
    "base_url",
    "title",
    "description",
    "publisher",
    "contact",
    "theme",
    "language",
];

fn unknown_keys(source: &SourceText) -> Vec<Diagnostic> {
    let names = source
        .places
        .keys()
        .map(FieldPath::as_str)
        .filter(|key| !KEYS.contains(key));
    let problem = |name: &str| {
        let hint = match nearest(name, KEYS.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the keys are {}", KEYS.join(", ")),
        };
        let place = source.place(&FieldPath::root().key(name));
        Diagnostic::error(
            Code::UnknownKey,
            format!("there is no key `{name}` in a site's file"),
        )
        .at(place)
        .hint(hint)
    };
    names.map(problem).collect()
}

fn misshapen(source: &SourceText, error: &serde_yaml::Error) -> Diagnostic {
    let at = error
        .location()
        .map(|place| place.index().min(source.text.len()));
    let span = at.map(|at| at..at);
    let problem = Diagnostic {
        severity: Severity::Error,
        ..Diagnostic::error(Code::SiteShape, error.to_string())
    };
    problem
        .at(span)
        .hint("a site's file is a mapping such as `title: Flash Point`")
}

struct Values<'a> {
    source: &'a SourceText,
    problems: Vec<Diagnostic>,
}

impl Values<'_> {
    fn read<T>(
        &mut self,
        key: &str,
        value: Option<&str>,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        match read(value?) {
            Ok(value) => Some(value),
            Err(reason) => {
                let place = self.source.place(&FieldPath::root().key(key));
                self.problems
                    .push(Diagnostic::error(Code::SiteValue, format!("{key}: {reason}")).at(place));
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

    fn site(text: &str) -> Result<Site, Vec<(String, Option<usize>)>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("site.yaml");
        std::fs::write(&path, text).unwrap();
        read(&path).map_err(|(source, problems)| {
            let line = |d: &Diagnostic| d.span.clone().map(|span| source.line_column(span.start).0);
            problems
                .iter()
                .map(|d| {
                    (
                        format!("{} {}", d.message, d.hint.clone().unwrap_or_default()),
                        line(d),
                    )
                })
                .collect()
        })
    }

    #[test]
    fn a_whole_site_is_read_and_an_empty_one_too() {
        let full = site("base_url: https://example.org/pieces\ntitle: Pieces\ncontact: a@example.org\nlanguage: en\n").unwrap();
        assert_eq!(
            full.base_url.unwrap().as_str(),
            "https://example.org/pieces/"
        );
        assert_eq!(full.contact.unwrap().as_str(), "mailto:a@example.org");
        assert_eq!(site(""), Ok(Site::default()));
    }

    #[test]
    fn every_problem_is_told_with_its_line() {
        let problems =
            site("title: x\nbase_url: ftp://example.org\ncontact: nobody\nlanguage: und\n")
                .unwrap_err();
        assert_eq!(
            problems.iter().map(|(_, line)| *line).collect::<Vec<_>>(),
            [Some(2), Some(3), Some(4)]
        );
        let problems = site("titel: x\n").unwrap_err();
        assert!(
            problems[0].0.contains("did you mean `title`?"),
            "{problems:?}"
        );
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
    fn a_missing_file_and_a_huge_one_are_told() {
        assert!(read(Path::new("no/such/site.yaml")).is_err());
        assert!(site(&"#".repeat(100_000)).is_err());
    }
}
