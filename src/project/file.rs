//! The form of a project's file, and what its values may be.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Project, ProjectError};
use crate::diagnostic::{self, Code, Diagnostic, FieldPath, Severity, SourceText};
use crate::piece::{Address, Allowed, Date, LanguageTag, Orcid, Ror, unknown_citation_field};
use crate::yaml::{self, Empty, FileKind};

/// A project, as its file states it.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectFile {
    /// What is put into each piece that leaves it out.
    #[serde(default)]
    pub defaults: Defaults,
    /// The people who contribute, by ids such as `amina-khan`; a contributor takes one with `person`.
    #[serde(default)]
    pub people: BTreeMap<String, Person>,
    /// The theme: the name of a shipped one, or a YAML file beside this one.
    #[schemars(length(min = 1))]
    pub theme: Option<String>,
    /// The paper of the PDF edition: `a4` or `letter`.
    #[schemars(length(min = 1))]
    pub page_size: Option<String>,
    /// The formats to make: `pdf`, `docx`, `epub`, `html`, `all`.
    #[serde(default)]
    #[schemars(inner(length(min = 1)))]
    pub formats: Vec<String>,
    /// The output folder, from this file's folder.
    #[schemars(length(min = 1))]
    pub dist: Option<String>,
    /// The site's file, from this file's folder.
    #[schemars(length(min = 1))]
    pub site: Option<String>,
    /// How pictures are carried.
    pub images: Option<Images>,
}

/// How pictures are carried.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Images {
    /// The most pixels to the inch that a picture has where it is printed, from 100 to 1200; else 300. The editions carry
    /// smaller copies of larger pictures.
    pub max_dpi: Option<u16>,
}

/// What is put into each piece that leaves it out.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Defaults {
    /// The name of the series.
    #[schemars(length(min = 1))]
    pub series: Option<String>,
    /// The language as a BCP 47 tag, for example `en-GB`.
    #[schemars(length(min = 1))]
    pub language: Option<String>,
    /// The publisher's name.
    #[schemars(length(min = 1))]
    pub publisher: Option<String>,
    /// The statement of rights, with inline markup.
    #[schemars(length(min = 1))]
    pub rights: Option<String>,
    /// The licence's address.
    #[schemars(length(min = 1))]
    pub license: Option<String>,
    /// A disclaimer printed at the end, with inline markup.
    #[schemars(length(min = 1))]
    pub disclaimer: Option<String>,
    /// The accessibility claim of the EPUB edition.
    pub accessibility: Option<Claim>,
    /// How to cite a piece that does not say it, with inline markup and the fields `{authors}`, `{title}`, `{year}`, `{series}`,
    /// `{number}` and `{address}` (the DOI, else the url). What a piece does not have goes with the space before it.
    #[schemars(length(min = 1))]
    pub citation: Option<String>,
}

/// The accessibility claim that the EPUB edition repeats.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The specification, for example `EPUB Accessibility 1.1 - WCAG 2.2 Level AA`.
    #[schemars(length(min = 1))]
    pub conforms_to: String,
    /// Who certified it.
    #[schemars(length(min = 1))]
    pub certified_by: String,
}

/// Somebody who contributes to pieces.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The name as it is printed.
    #[schemars(length(min = 1))]
    pub name: String,
    /// The name as catalogues sort it, for example `Khan, Amina`.
    #[schemars(length(min = 1))]
    pub sort_name: Option<String>,
    /// The affiliation: a text, or a list of posts of which the piece's date chooses one.
    pub affiliation: Option<Affiliation>,
    /// The ORCID, for example `0000-0002-1825-0097`.
    #[schemars(length(min = 1))]
    pub orcid: Option<String>,
    /// The ROR identifier of the affiliation.
    #[schemars(length(min = 1))]
    pub ror: Option<String>,
    /// The person's page.
    #[schemars(length(min = 1))]
    pub url: Option<String>,
    /// A short biography, with inline markup.
    #[schemars(length(min = 1))]
    pub bio: Option<String>,
}

/// An affiliation, or several one after the other.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Affiliation {
    /// One, whatever the date.
    Always(#[schemars(length(min = 1))] String),
    /// Several, the oldest first.
    Posts(#[schemars(length(min = 1))] Vec<Post>),
}

/// An affiliation for a time.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Post {
    /// The last day on which it holds, as `YYYY-MM-DD`; none for the present one.
    #[schemars(length(min = 1))]
    pub until: Option<String>,
    /// The affiliation.
    #[schemars(length(min = 1))]
    pub text: String,
}

/// The JSON Schema of a project's file.
#[must_use]
pub fn project_schema() -> &'static serde_json::Value {
    static SCHEMA: LazyLock<serde_json::Value> =
        LazyLock::new(|| schemars::schema_for!(ProjectFile).to_value());
    &SCHEMA
}

/// Reads a project's file.
///
/// # Errors
/// [`ProjectError`] with everything that is wrong in it.
pub(super) fn read(path: &Path) -> Result<Project, ProjectError> {
    let kind = FileKind {
        name: "project",
        max_bytes: 1 << 20,
        schema: project_schema(),
        empty: Empty::Allowed,
    };
    let read = yaml::file::read(path, &kind);
    let mut source = SourceText {
        path: path.to_owned(),
        text: read.text.into(),
        ..SourceText::default()
    };
    let mut problems: Vec<Diagnostic> = read.problem.into_iter().collect();
    let file = match problems.is_empty() {
        true => yaml::read::<ProjectFile>(&mut source, &kind, &mut problems),
        false => None,
    };
    let file = file.unwrap_or_default();
    judge(&file, &source, &mut problems);
    diagnostic::sort(&mut problems);
    if problems.iter().any(|one| one.severity == Severity::Error) {
        return Err(ProjectError {
            source_text: source,
            diagnostics: problems,
        });
    }
    Ok(Project {
        path: path.to_owned(),
        file,
        warnings: problems,
        source,
    })
}

/// Judges what the shape alone does not decide.
fn judge(file: &ProjectFile, source: &SourceText, problems: &mut Vec<Diagnostic>) {
    let root = FieldPath::root();
    let mut say = |path: &FieldPath, code: Code, fault: Option<String>, hint: &str| {
        if let Some(fault) = fault.filter(|_| !source.is_unread(path)) {
            let problem = Diagnostic::error(code, fault).at(source.place(path));
            problems.push(problem.hint(hint));
        }
    };
    let defaults = root.key("defaults");
    let language = file.defaults.language.as_deref();
    let fault = language.and_then(|text| LanguageTag::parse(text).err());
    let fault = fault.map(|error| error.to_string());
    say(
        &defaults.key("language"),
        Code::Language,
        fault,
        "write a BCP 47 tag: en-GB, fr, ur",
    );
    let license = file.defaults.license.as_deref();
    let fault = license.and_then(|text| Address::parse(text, Allowed::Web).err());
    let fault = fault.map(|error| format!("this is not an address that can be linked to: {error}"));
    let hint = "write it as https://creativecommons.org/licenses/by/4.0/";
    say(&defaults.key("license"), Code::Address, fault, hint);
    let pattern = file.defaults.citation.as_deref();
    let fault = pattern.and_then(unknown_citation_field);
    let fault = fault.map(|field| format!("there is no field `{{{field}}}` of a citation"));
    let hint = "the fields are {authors}, {title}, {year}, {series}, {number} and {address}";
    say(&defaults.key("citation"), Code::Project, fault, hint);
    let paper = file
        .page_size
        .as_deref()
        .filter(|size| !matches!(*size, "a4" | "letter"));
    let fault = paper.map(|size| format!("there is no paper `{size}`"));
    say(
        &root.key("page_size"),
        Code::Project,
        fault,
        "write a4 or letter",
    );
    for (index, name) in file.formats.iter().enumerate() {
        let is_known = ["pdf", "docx", "epub", "html", "all"].contains(&name.as_str());
        let fault = (!is_known).then(|| format!("there is no format `{name}`"));
        let at = root.key("formats").index(index);
        say(
            &at,
            Code::Project,
            fault,
            "the formats are pdf, docx, epub, html and all",
        );
    }
    let dots = file.images.as_ref().and_then(|images| images.max_dpi);
    let dots = dots.filter(|dots| !(100..=1200).contains(dots));
    say(
        &root.key("images").key("max_dpi"),
        Code::Project,
        dots.map(|dots| format!("{dots} is no number of pixels to the inch that prints well")),
        "write a number from 100 to 1200; 300 is usual",
    );
    for (id, person) in &file.people {
        let at = root.key("people").key(id);
        let orcid = person
            .orcid
            .as_deref()
            .and_then(|text| Orcid::parse(text).err());
        let fault = orcid.map(|error| format!("this is not an ORCID: {error}"));
        say(
            &at.key("orcid"),
            Code::Orcid,
            fault,
            "write it as 0000-0002-1825-0097",
        );
        let ror = person
            .ror
            .as_deref()
            .and_then(|text| Ror::parse(text).err());
        let fault = ror.map(|error| format!("this is not a ROR identifier: {error}"));
        say(
            &at.key("ror"),
            Code::Ror,
            fault,
            "write it as https://ror.org/…",
        );
        let url = person
            .url
            .as_deref()
            .and_then(|text| Address::parse(text, Allowed::Web).err());
        let fault =
            url.map(|error| format!("this is not an address that can be linked to: {error}"));
        say(
            &at.key("url"),
            Code::Address,
            fault,
            "write it from its https:// on",
        );
        let Some(Affiliation::Posts(posts)) = &person.affiliation else {
            continue;
        };
        let at = at.key("affiliation");
        let mut last: Option<Date> = None;
        for (index, post) in posts.iter().enumerate() {
            let here = at.index(index);
            let until = post.until.as_deref();
            let date = until.map(Date::parse).transpose();
            let fault = match (&date, index + 1 == posts.len()) {
                (Err(error), _) => Some(error.to_string()),
                (Ok(None), false) => Some("a post before the last has no `until`".to_owned()),
                (Ok(Some(date)), _) if last.is_some_and(|last| *date <= last) => {
                    Some("this post ends before the one above it".to_owned())
                }
                _ => None,
            };
            let here = if until.is_some() {
                here.key("until")
            } else {
                here
            };
            let hint = "posts stand the oldest first, each with the last day on which it held, as 2025-11-04";
            say(&here, Code::Date, fault, hint);
            last = date.ok().flatten().or(last);
        }
    }
}
