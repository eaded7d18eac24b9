//! Interface words: what editions and sites add to the author's words, in the piece's language.
//!
//! A language is one file of this folder, named after what it serves: languages (`en.yaml`; several are joined by `+`), each in
//! its likely script (Unicode CLDR) or in the one that is named (`zh-Hant.yaml`). `build.rs` lists the folder, so a new language
//! is a new file and nothing else. A file is read when it is first asked for.
//!
//! In the patterns `{series}`, `{number}`, `{role}` and `{names}` stand for what is filled in.

mod site;

pub use site::SiteWords;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::piece::{LanguageTag, Summary};

// `static FILES: [File; n]`, in the order of the files' names.
include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// The role that stands for all that have no name here: the contributor.
const ANY_ROLE: &str = "ctb";

/// The file of a language.
struct File {
    /// The languages that it serves, as language or as language and script.
    serves: &'static [&'static str],
    text: &'static str,
    words: OnceLock<Words>,
}

impl File {
    const fn new(serves: &'static [&'static str], text: &'static str) -> Self {
        Self {
            serves,
            text,
            words: OnceLock::new(),
        }
    }

    fn words(&self) -> &Words {
        self.words.get_or_init(|| {
            serde_yaml::from_str(self.text).expect("a test reads the words of every language")
        })
    }
}

/// The interface words of one language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// The label before the date, its punctuation and space included.
    pub date: String,
    /// The pattern of a series with a number.
    pub(super) number: String,
    /// The heading of the contents.
    pub contents: String,
    /// The heading of the box with the summary.
    pub summary: String,
    /// The heading of that box where the summary is a list of points.
    pub key_points: String,
    /// The name of the introduction in the contents.
    pub introduction: String,
    /// The heading of the footnotes.
    pub notes: String,
    /// The name of the cover in the contents.
    pub cover: String,
    /// The name of the title page in the contents.
    pub title_page: String,
    /// The heading of the biographies.
    pub biographies: String,
    /// The label before the disclaimer.
    pub(crate) disclaimer: String,
    /// The label before the citation.
    pub(crate) citation: String,
    /// The name of the colophon, for whoever cannot see what it is.
    pub colophon: String,
    /// The label before the publisher's name.
    pub(super) publisher: String,
    /// The label before the day of the last change.
    pub(super) updated: String,
    /// What a review edition says of itself before the hour of publication; `{date}` is the hour.
    pub(super) embargoed: String,
    /// What an edition says of itself that is not ready.
    pub(super) draft: String,
    /// The label before a correction.
    pub correction: String,
    /// The label of a link from a note back to the text.
    pub back: String,
    /// The pattern of a line that names those with one role.
    pub(super) label: String,
    /// The names of roles by MARC relator code.
    roles: BTreeMap<String, RoleName>,
    /// What an edition says of its accessibility.
    accessibility: Accessibility,
    /// The words of a site.
    pub site: SiteWords,
}

/// The name of a role before the names of those who have it. No number is ever written beside it, so two forms do for
/// every language: CLDR's plural categories would count what nobody reads.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum RoleName {
    /// The same before one name and several.
    Always(String),
    /// One form before one name, another before several.
    Counted { one: String, several: String },
}

impl RoleName {
    fn before(&self, names: usize) -> &str {
        match self {
            Self::Always(name) => name,
            Self::Counted { one, .. } if names == 1 => one,
            Self::Counted { several, .. } => several,
        }
    }
}

/// What is said of an edition's accessibility, for those who choose a book by it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Accessibility {
    /// True of every edition.
    text: String,
    /// Of one with images.
    images: String,
    /// Of one with the page numbers of the paper edition.
    pages: String,
}

impl Words {
    /// The heading of the box with a summary.
    #[must_use]
    pub fn summary_heading(&self, summary: &Summary) -> &str {
        match summary {
            Summary::Text(_) => &self.summary,
            Summary::Points(_) => &self.key_points,
        }
    }

    /// The words of a language in its script, given or likely: Chinese of Taiwan has other words than Chinese of Singapore.
    ///
    /// # Panics
    /// Never: a test reads every file.
    #[must_use]
    pub fn of(language: &LanguageTag) -> Option<&'static Self> {
        let script = language.script();
        let served = |serves: &&str| {
            let (primary, named) = match serves.split_once('-') {
                Some((primary, script)) => (primary, Some(script)),
                None => (*serves, None),
            };
            let own = || LanguageTag::parse(primary).ok().map(|tag| tag.script());
            primary == language.primary()
                && match named {
                    Some(named) => named == script,
                    None => own().is_some_and(|own| own == script),
                }
        };
        let file = FILES.iter().find(|file| file.serves.iter().any(served));
        file.map(File::words)
    }

    /// The English words, for languages that have none here.
    ///
    /// # Panics
    /// Never: a test asks for them.
    #[must_use]
    pub fn english() -> &'static Self {
        let file = FILES.iter().find(|file| file.serves.contains(&"en"));
        file.map(File::words)
            .expect("there is a file of English words")
    }

    /// The description of a drawn cover from the words that stand on it.
    #[must_use]
    pub fn cover_description(&self, words: &str) -> String {
        self.label
            .replace("{role}", &self.cover)
            .replace("{names}", words)
    }

    /// What an edition says of its accessibility, given whether it shows images and marks the pages of the paper edition.
    #[must_use]
    pub fn accessibility(&self, images: bool, pages: bool) -> String {
        let said = &self.accessibility;
        // Chinese and Japanese sentences follow each other without a space.
        let space = if said.text.ends_with('。') { "" } else { " " };
        let said = [
            (true, &said.text),
            (images, &said.images),
            (pages, &said.pages),
        ];
        let said = said.iter().filter(|(holds, _)| *holds);
        said.map(|(_, statement)| statement.as_str())
            .collect::<Vec<_>>()
            .join(space)
    }

    /// The name of a role before so many names.
    pub(super) fn role(&self, code: &str, names: usize) -> &str {
        let role = self.roles.get(code).or_else(|| self.roles.get(ANY_ROLE));
        role.map_or("", |role| role.before(names))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every language with its first subtag. That each has every key, and no other, is found by reading it.
    fn all() -> impl Iterator<Item = (&'static str, &'static Words)> {
        FILES.iter().map(|file| (file.serves[0], file.words()))
    }

    #[test]
    fn every_language_has_every_key_and_no_other() {
        let roles = Words::english().roles.keys().collect::<Vec<_>>();
        assert!(roles.iter().any(|code| *code == ANY_ROLE));
        for (language, words) in all() {
            assert_eq!(words.roles.keys().collect::<Vec<_>>(), roles, "{language}");
        }
        assert!(all().count() >= 35);
    }

    #[test]
    fn every_language_fills_every_pattern() {
        for (language, words) in all() {
            for key in ["{series}", "{number}"] {
                assert_eq!(words.number.matches(key).count(), 1, "{language}: {key}");
            }
            for key in ["{role}", "{names}"] {
                assert_eq!(words.label.matches(key).count(), 1, "{language}: {key}");
            }
            for (pattern, key) in [
                (&words.embargoed, "{date}"),
                (&words.site.withdrawn, "{date}"),
                (&words.site.and_others, "{names}"),
            ] {
                assert_eq!(pattern.matches(key).count(), 1, "{language}: {pattern}");
            }
        }
    }

    #[test]
    fn no_text_is_blank_and_no_pattern_stands_where_it_is_not_filled() {
        fn texts(value: &serde_yaml::Value, path: &str, seen: &mut Vec<(String, String)>) {
            match value {
                serde_yaml::Value::String(text) => seen.push((path.to_owned(), text.clone())),
                serde_yaml::Value::Mapping(map) => {
                    for (key, value) in map {
                        texts(value, key.as_str().unwrap_or_default(), seen);
                    }
                }
                other => panic!("{path}: {other:?} is no text"),
            }
        }
        for file in &FILES {
            let value = serde_yaml::from_str(file.text).expect("YAML");
            let mut seen = Vec::new();
            texts(&value, "", &mut seen);
            for (key, text) in seen {
                let language = file.serves[0];
                assert!(!text.trim().is_empty(), "{language}: {key}");
                let patterns = [
                    "number",
                    "label",
                    "embargoed",
                    "withdrawn",
                    "and_others",
                    "results",
                ];
                let pattern = patterns.contains(&key.as_str());
                assert!(pattern || !text.contains(['{', '}']), "{language}: {key}");
                let padded = text.trim() != text;
                assert!(!padded || key == "date", "{language}: {key}");
            }
        }
    }

    fn of(language: &str) -> Option<&'static Words> {
        Words::of(&LanguageTag::parse(language).expect("a tag"))
    }

    #[test]
    fn a_language_is_found_by_each_of_its_names_and_by_no_other() {
        let mut seen = std::collections::BTreeSet::new();
        for file in &FILES {
            for serves in file.serves {
                assert!(seen.insert(*serves), "{serves} has two files");
                assert_eq!(of(serves), Some(file.words()), "{serves}");
            }
        }
        assert_eq!(Words::english().contents, "Contents");
        assert_eq!(of("tlh"), None);
    }

    #[test]
    fn words_are_in_the_script_of_the_language() {
        for (language, contents) in [
            ("en-GB", Some("Contents")),
            ("zh", Some("目录")),
            ("zh-SG", Some("目录")),
            ("zh-Hant", Some("目錄")),
            ("zh-TW", Some("目錄")),
            ("zh-HK-u-nu-hanidec", Some("目錄")),
            ("yue", Some("目錄")),
            // Nobody who reads romanised Urdu is helped by Arabic letters.
            ("ur-Latn", None),
        ] {
            let words = of(language).map(|words| words.contents.as_str());
            assert_eq!(words, contents, "{language}");
        }
    }

    #[test]
    fn a_role_is_named_for_one_and_for_several() {
        let english = Words::english();
        assert_eq!(english.role("edt", 1), "Editor");
        assert_eq!(english.role("edt", 2), "Editors");
        assert_eq!(english.role("wts", 2), "Contributors");
    }

    #[test]
    fn only_what_is_true_is_said_of_accessibility() {
        let words = Words::english();
        assert!(!words.accessibility(false, false).contains("image"));
        assert!(words.accessibility(true, false).contains("image"));
        assert!(words.accessibility(false, true).ends_with("PDF edition."));
    }
}
