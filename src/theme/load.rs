//! Loads a theme: a shipped one by its name, or a file, every value checked and every problem told with its place.
//!
//! A file says what it changes; what it leaves out is as in the theme that it extends, which is `classic` where it names none.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::compose::Kind;
use crate::diagnostic::{self, Code, Diagnostic, SourceText, has_errors, nearest};
use crate::fonts::FaceSet;
use crate::yaml;

use super::read;
use super::rows::{self, ROW_FIELDS};
use super::table::{FIELDS, OPTIONAL, is_seen};
use super::value::{Value, Values};
use super::{Acronyms, PageStyle, Paragraphs, PdfStandard, Separation, Theme};
use super::{check, extra_css, house_faces, logo, measure};

/// The theme that the others begin with.
const FIRST: &str = "classic";

/// The shipped themes.
const SHIPPED: [(&str, &str); 3] = [
    (FIRST, include_str!("classic.yaml")),
    ("modern", include_str!("modern.yaml")),
    ("journal", include_str!("journal.yaml")),
];

/// A theme as it was loaded.
#[derive(Debug, Clone)]
pub struct LoadedTheme {
    /// The theme.
    pub theme: Theme,
    /// Its file's text, for showing warnings.
    pub source_text: SourceText,
    /// What its maker should look at.
    pub warnings: Vec<Diagnostic>,
}

/// Why a theme could not be loaded: its text and what is wrong with it.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the theme {} cannot be used", source_text.path.display())]
pub struct ThemeError {
    /// The file; without text when it could not be read.
    pub source_text: SourceText,
    /// What is wrong, at least one error.
    pub diagnostics: Vec<Diagnostic>,
}

impl Theme {
    /// The names of the shipped themes.
    pub fn names() -> impl Iterator<Item = &'static str> {
        SHIPPED.iter().map(|(name, _)| *name)
    }

    /// The shipped theme of this name.
    ///
    /// # Panics
    /// Never: a test reads the shipped themes.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let (_, text) = SHIPPED.iter().find(|(known, _)| *known == name)?;
        let mut source = SourceText {
            text: (*text).into(),
            ..SourceText::default()
        };
        let base = match name {
            FIRST => start(),
            _ => Self::classic(),
        };
        let mut problems = Vec::new();
        let values = read::shipped(&mut source, &mut problems);
        let (theme, _) =
            from_values(&values, &source, base, problems).expect("the shipped themes are valid");
        Some(theme)
    }

    /// Loads the shipped theme of this name, or the YAML file at this path.
    ///
    /// # Errors
    /// [`ThemeError`] with every problem of the file: unknown or doubled keys, wrong units, sizes out of range, faces that
    /// cannot be used, and text whose contrast with its ground is below 4.5:1 (WCAG 2.2, 1.4.3).
    pub fn load(name_or_path: &str) -> Result<LoadedTheme, Box<ThemeError>> {
        if let Some(theme) = Self::named(name_or_path) {
            return Ok(LoadedTheme {
                theme,
                source_text: SourceText::default(),
                warnings: Vec::new(),
            });
        }
        let path = Path::new(name_or_path);
        let read = yaml::file::read(path, &read::kind());
        let mut source_text = SourceText {
            path: path.into(),
            text: read.text.into(),
            ..SourceText::default()
        };
        let loaded = match read.problem {
            None => from_source(&mut source_text, Self::classic()),
            Some(problem) if problem.code == Code::MissingFile => Err(vec![unknown(name_or_path)]),
            Some(problem) => Err(vec![problem]),
        };
        match loaded {
            Ok((theme, warnings)) => Ok(LoadedTheme {
                theme,
                source_text,
                warnings,
            }),
            Err(diagnostics) => Err(Box::new(ThemeError {
                source_text,
                diagnostics,
            })),
        }
    }
}

fn unknown(name: &str) -> Diagnostic {
    let message = format!("there is no theme `{name}`, and no file of that name");
    let names: Vec<&str> = Theme::names().collect();
    let hint = match nearest(name, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the shipped themes are {}", names.join(", ")),
    };
    Diagnostic::error(Code::UnknownTheme, message).hint(hint)
}

/// A theme whose every field is still to be given; only the first of the shipped ones, which gives all, begins with it.
fn start() -> Theme {
    Theme {
        name: String::new(),
        fonts: Arc::clone(FaceSet::embedded()),
        faces: super::Faces::default(),
        colours: super::Colours::default(),
        measures: super::Measures::default(),
        page: PageStyle::default(),
        paragraphs: Paragraphs {
            justified: true,
            hyphenation: true,
            old_style: true,
            small_capitals: true,
            acronyms: Acronyms::Capitals,
            separation: Separation::Indent,
        },
        texts: BTreeMap::new(),
        distances: super::Distances::default(),
        extra_css: String::new(),
        publisher: String::new(),
        logo: None,
        cover_logo: None,
        front: super::FrontPage::default(),
        epub: super::Epub::default(),
        pdf_standard: PdfStandard::default(),
        docx: super::Docx { embed_faces: true },
    }
}

/// The theme, and warnings.
type Read = Result<(Theme, Vec<Diagnostic>), Vec<Diagnostic>>;

/// Reads a theme over the one that it extends, and over another where it names none.
fn from_source(source: &mut SourceText, base: Theme) -> Read {
    let mut problems = Vec::new();
    let values = read::values(source, &mut problems);
    from_values(&values, source, base, problems)
}

fn from_values(
    values: &Values,
    source: &SourceText,
    base: Theme,
    mut problems: Vec<Diagnostic>,
) -> Read {
    let mut theme = match values.get("extends") {
        None => base,
        Some(value) => Theme::named(&value.text).unwrap_or_else(|| {
            problems.push(no_base(value));
            base
        }),
    };
    for field in FIELDS.iter().chain(OPTIONAL) {
        if let Some(value) = values.get(field.path)
            && let Err(problem) = field.set(&mut theme, field.path, value)
        {
            problems.push(problem);
        }
    }
    if values.contains_key("measures.indent") && !values.contains_key("paragraphs.space") {
        theme.paragraphs.separation = Separation::Indent;
    }
    texts(&mut theme, values, &mut problems);
    house_faces::read(&mut theme, values, source, &mut problems);
    extra_css::read(&mut theme, values, source, &mut problems);
    logo::read(&mut theme, values, source, &mut problems);
    measure::read(&mut theme, values, &mut problems);
    dark_accent(&mut theme, values);
    if !has_errors(&problems) {
        check::check(&theme, values, &mut problems);
    }
    diagnostic::sort(&mut problems);
    if has_errors(&problems) {
        Err(problems)
    } else {
        Ok((theme, problems))
    }
}

fn no_base(value: &Value) -> Diagnostic {
    let message = format!("`{}` is no shipped theme", value.text);
    let names: Vec<&str> = Theme::names().collect();
    let problem = Diagnostic::error(Code::UnknownTheme, message).at(Some(value.span.clone()));
    match nearest(&value.text, names.iter().copied()) {
        Some(near) => problem.hint(format!("did you mean `{near}`?")),
        None => problem.hint(format!("a theme extends {}", names.join(" or "))),
    }
}

/// Reads what the file says of single kinds of text.
fn texts(theme: &mut Theme, values: &Values, problems: &mut Vec<Diagnostic>) {
    for kind in Kind::ALL {
        for field in ROW_FIELDS {
            let path = format!("texts.{}.{}", rows::name(kind), field.path);
            let Some(value) = values.get(&path) else {
                continue;
            };
            if let Some(instead) = rows::instead(kind, field.path) {
                let problem = Diagnostic::error(Code::ThemeValue, format!("`{path}` says nothing"));
                problems.push(problem.at(Some(value.span.clone())).hint(instead));
                continue;
            }
            let change = theme.texts.entry(kind).or_default();
            if let Err(problem) = field.set(change, &path, value) {
                problems.push(problem);
            }
        }
    }
}

/// The accent for dark covers serves dark pages too, where it can be read on them and the file names no other.
fn dark_accent(theme: &mut Theme, values: &Values) {
    let accent = theme.colours.cover_accent;
    let own = values.contains_key("colours.cover-accent");
    if own && !values.contains_key("colours.dark.accent") && is_seen(accent, &theme.colours.dark) {
        theme.colours.dark.accent = accent;
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::theme::Pt;

    #[test]
    fn the_shipped_themes_are_read_and_the_first_gives_every_field() {
        for (name, text) in SHIPPED {
            let theme = Theme::named(name).unwrap();
            assert_eq!(theme.name, name);
            let mut problems = Vec::new();
            let given = read::values(&mut source(text), &mut problems);
            assert_eq!(problems, [], "{name}");
            assert_eq!(given, read::shipped(&mut source(text), &mut problems));
            for field in FIELDS {
                let is_given = given.contains_key(field.path);
                assert!(is_given || name != FIRST, "{}", field.path);
            }
        }
    }

    fn source(text: &str) -> SourceText {
        SourceText {
            text: text.into(),
            ..SourceText::default()
        }
    }

    fn problems(text: &str) -> Vec<String> {
        let read = from_source(&mut source(text), Theme::classic());
        let found = read.err().unwrap_or_default();
        let shown = found.iter().map(|problem| {
            let span = problem.span.clone().unwrap_or(0..0);
            let hint = problem.hint.as_deref().unwrap_or("");
            format!(
                "{} at {:?}: {} ({hint})",
                problem.code, &text[span], problem.message
            )
        });
        shown.collect()
    }

    #[test]
    fn every_problem_is_told_with_its_place() {
        let text = "name: mine\ncolours:\n  tekst: \"#000000\"\n  text: red\nmeasures:\n  text: 11px\n  title: 900pt\nfaces:\n  text: arial\n";
        assert_eq!(
            problems(text),
            [
                "unknown-key at \"tekst\": there is no key `tekst` here (did you mean `text`?)",
                "theme-value at \"red\": `red` is not a colour (six hexadecimal digits in quotes, for example \"#1A2B3C\")",
                "theme-unit at \"11px\": `11px` is not a length (a number and its unit without a space, for example 11pt; mm, cm and in are units too)",
                "theme-range at \"900pt\": 900pt is out of range for `measures.title` (from 10pt to 60pt)",
                "theme-value at \"arial\": there is no family `arial` (the embedded families are source-serif and source-sans)",
            ]
        );
    }

    #[test]
    fn faint_text_and_tight_lines_are_refused() {
        assert_eq!(
            problems("colours:\n  quiet: \"#8A8F96\"\nmeasures:\n  leading: 11.5pt\n"),
            [
                "theme-contrast at \"\\\"#8A8F96\\\"\": the contrast of `colours.quiet` with `colours.paper` is 3.25:1 (text needs 4.5:1 at least (WCAG 2.2, 1.4.3))",
                "theme-range at \"11.5pt\": a leading of 11.5pt is too tight for text of 11pt (at least 1.1 times the size of the text; 1.3 reads well)",
            ]
        );
    }

    #[test]
    fn what_a_file_leaves_out_is_classic() {
        let mut given = source("name: mine\nmeasures:\n  text: 10.5pt\n");
        let (theme, _) = from_source(&mut given, Theme::classic()).unwrap();
        assert_eq!(theme.measures.text, Pt(10.5));
        assert_eq!(theme.colours, Theme::classic().colours);
        assert!(from_source(&mut source(""), Theme::classic()).is_ok());
    }

    #[test]
    fn a_file_of_another_shape_is_told_with_its_places() {
        assert_eq!(
            problems("- a\n"),
            [
                "wrong-type at \"- a\": the theme is a mapping, and here stands a list (write a mapping here)"
            ]
        );
        assert!(problems("colours: {text: {a: b}}\n")[0].starts_with("wrong-type at \"{a: b}\""));
        assert_eq!(
            problems(
                "name: mine\n\"colours\":\n  \"text\": \"#000000\"\n  text: \"#000000\"\ncolors: x\n"
            ),
            [
                "duplicate-key at \"text\": the key `text` stands here a second time (the first is on line 3; keep one of them)",
                "unknown-key at \"colors\": there is no key `colors` here (did you mean `colours`?)",
                "wrong-type at \"x\": `colours` is a mapping, and here stands text (write its keys in lines of their own below it, further in)",
            ]
        );
        assert!(problems("name: \"a\n")[0].starts_with("yaml"));
    }

    #[test]
    fn a_theme_that_is_nowhere_names_the_shipped_ones() {
        let error = Theme::load("clasic").unwrap_err();
        assert_eq!(
            error.diagnostics[0].hint.as_deref(),
            Some("did you mean `classic`?")
        );
        assert!(Theme::load("modern").is_ok());
    }
}
