//! The fields of the piece itself: what comes out of checking them, and the rules over them.

use serde::{Deserialize, Serialize};

use super::checked::{Picture, Text};
use super::life::{self, Correction};
use super::{CitationFrom, Report, addresses, dates::dates, pasted, root, text, written};
use crate::diagnostic::{Code, Diagnostic, FieldPath};
use crate::piece::{
    Address, Allowed, Conformance, Date, Doi, IdentifierError, Isbn, LanguageTag, Life, Marked,
    Piece, Slug, SlugError, Summary,
};

/// What is said of a piece as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Front {
    /// The name of the series.
    pub series: String,
    /// The number in the series.
    pub number: Option<u32>,
    /// The title.
    pub title: Text,
    /// The subtitle.
    pub subtitle: Option<Text>,
    /// A short form of the title.
    pub short_title: Option<String>,
    /// The day of publication.
    pub date: Date,
    /// The date as it shall be printed.
    pub date_text: Option<String>,
    /// The day of the last change.
    pub updated: Option<Date>,
    /// The language.
    pub language: LanguageTag,
    /// The name of the files, written or made of the title.
    pub slug: Slug,
    /// Whether and where it is published.
    pub life: Life,
    /// What was corrected after publication.
    pub corrections: Vec<Correction>,
    /// The publisher's own identifier.
    pub identifier: Option<String>,
    /// The ISBN.
    pub isbn: Option<Isbn>,
    /// The DOI.
    pub doi: Option<Doi>,
    /// The publisher.
    pub publisher: Option<String>,
    /// The statement of rights.
    pub rights: Option<Text>,
    /// The licence.
    pub license: Option<Named>,
    /// Where it is published.
    pub url: Option<Named>,
    /// A summary: one paragraph, or its key points.
    pub summary: Option<Summary>,
    /// Keywords.
    pub keywords: Vec<String>,
    /// Subject headings.
    pub subjects: Vec<String>,
    /// How to cite the piece.
    pub citation: Option<Text>,
    /// The pattern that the project gives where the piece says no citation.
    pub citation_pattern: Option<Text>,
    /// A cover of the piece's own.
    pub cover: Option<Picture>,
    /// A disclaimer.
    pub disclaimer: Option<Text>,
    /// The publisher's accessibility claim.
    pub accessibility: Option<Accessibility>,
    /// Words with their permitted breaks: each is a word cut into its parts.
    pub hyphenation: Vec<Vec<String>>,
}

/// What is named by its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The address as it was written, which is what is printed.
    pub written: String,
    /// Where it leads.
    pub address: Address,
}

/// The accessibility claim that the EPUB edition repeats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accessibility {
    /// The specification.
    pub conforms_to: Conformance,
    /// Who certified it.
    pub certified_by: String,
}

/// Judges the fields and parses them; nothing where one that every piece has is wrong.
pub(super) fn check(piece: &Piece, report: &mut Report<'_>) -> Option<Front> {
    let title = text::headline(&piece.title, &root().key("title"), report);
    report.measure_name(piece.title.source(), &root().key("title"));
    let from = report.citation;
    let mut marked = |key: &str, words: &Option<Marked>| {
        let words = words.as_ref()?;
        Some(text::marked(words, &root().key(key), report))
    };
    let subtitle = marked("subtitle", &piece.subtitle);
    let rights = marked("rights", &piece.rights);
    let written = marked("citation", &piece.citation);
    let (citation, citation_pattern) = match from {
        CitationFrom::Piece => (written, None),
        CitationFrom::Project => (None, written),
    };
    let disclaimer = marked("disclaimer", &piece.disclaimer);
    plain_texts(piece, report);
    let (date, updated) = dates(piece, report);
    let language = language(&piece.language, &root().key("language"), report);
    let slug = slug(piece, &title, report);
    let life = life::check(piece, slug.as_ref(), report);
    let corrections = life::corrections(piece, date, report);
    let isbn = piece.isbn.as_ref().and_then(|written| {
        let message = format!("`{written}` is not an ISBN");
        identifier(
            Isbn::parse(written),
            Code::Isbn,
            message,
            &root().key("isbn"),
            report,
        )
    });
    let doi = piece.doi.as_ref().and_then(|written| {
        let message = format!("`{written}` is not a DOI");
        let inside = written.find("10.").map(|at| &written[at..]);
        if let Some(doi) = inside.filter(|doi| *doi != written && Doi::parse(doi).is_ok()) {
            let problem = Diagnostic::error(Code::Doi, message);
            let hint = format!("write {doi}: a DOI stands without what leads to it");
            report.say(&root().key("doi"), problem.hint(hint));
            return None;
        }
        identifier(
            Doi::parse(written),
            Code::Doi,
            message,
            &root().key("doi"),
            report,
        )
    });
    let license = piece.license.as_ref().and_then(|written| {
        let address = licence(written, &root().key("license"), report)?;
        let written = written.clone();
        Some(Named { written, address })
    });
    let url = piece.url.as_ref().and_then(|written| {
        let address = address(written, &root().key("url"), report)?;
        let written = written.clone();
        Some(Named { written, address })
    });
    let cover = piece.cover.as_ref();
    let cover = cover.and_then(|picture| text::picture(picture, &root().key("cover"), report));
    let accessibility = accessibility(piece, report);
    let hyphenation = hyphenation(&piece.hyphenation, report);
    Some(Front {
        series: piece.series.clone(),
        number: piece.number,
        title,
        subtitle,
        short_title: piece.short_title.clone(),
        date: date?,
        date_text: piece.date_text.clone(),
        updated,
        language: language?,
        slug: slug?,
        life,
        corrections,
        identifier: piece.identifier.clone(),
        isbn,
        doi,
        publisher: piece.publisher.clone(),
        rights,
        license,
        url,
        summary: piece.summary.clone(),
        keywords: piece.keywords.clone(),
        subjects: piece.subjects.clone(),
        citation,
        citation_pattern,
        cover,
        disclaimer,
        accessibility,
        hyphenation,
    })
}

fn plain_texts(piece: &Piece, report: &mut Report<'_>) {
    text::plain(&piece.series, &root().key("series"), report);
    pasted::quoted_name(&piece.series, &root().key("series"), report);
    report.measure_name(&piece.series, &root().key("series"));
    if let Some(title) = &piece.short_title {
        report.measure_name(title, &root().key("short_title"));
    }
    let plain = [
        ("short_title", &piece.short_title),
        ("date_text", &piece.date_text),
        ("identifier", &piece.identifier),
        ("publisher", &piece.publisher),
    ];
    for (key, value) in plain {
        if let Some(value) = value {
            text::plain(value, &root().key(key), report);
        }
    }
    match &piece.summary {
        Some(Summary::Text(words)) => text::plain(words, &root().key("summary"), report),
        Some(Summary::Points(points)) => {
            for (index, point) in points.iter().enumerate() {
                text::plain(point, &root().key("summary").index(index), report);
            }
        }
        None => {}
    }
    for (key, values) in [("keywords", &piece.keywords), ("subjects", &piece.subjects)] {
        for (index, value) in values.iter().enumerate() {
            text::plain(value, &root().key(key).index(index), report);
        }
    }
    if let Some(claim) = &piece.accessibility {
        let at = root().key("accessibility");
        text::plain(&claim.certified_by, &at.key("certified_by"), report);
    }
}

/// The claim, in the one form that reading systems know.
fn accessibility(piece: &Piece, report: &mut Report<'_>) -> Option<Accessibility> {
    let claim = piece.accessibility.as_ref()?;
    let written = &claim.conforms_to;
    let conforms_to = identifier(
        Conformance::parse(written),
        Code::Conformance,
        format!("`{written}` is not what EPUB Accessibility 1.1 has publications say"),
        &root().key("accessibility").key("conforms_to"),
        report,
    )?;
    Some(Accessibility {
        conforms_to,
        certified_by: claim.certified_by.clone(),
    })
}

/// A language tag.
pub(super) fn language(
    written: &str,
    at: &FieldPath,
    report: &mut Report<'_>,
) -> Option<LanguageTag> {
    let error = match LanguageTag::parse(written) {
        Ok(tag) => return Some(tag),
        Err(error) => error,
    };
    let hint = match written::language(written) {
        Some(tag) => format!("write `{tag}`: a BCP 47 tag, such as en-GB, en-US, fr, ur"),
        None => "write a BCP 47 tag: en-GB, fr, ur, zh-Hans".to_owned(),
    };
    let problem = Diagnostic::error(Code::Language, error.to_string()).hint(hint);
    report.say(at, problem);
    None
}

/// The slug written, else the one that the title gives.
fn slug(piece: &Piece, title: &Text, report: &mut Report<'_>) -> Option<Slug> {
    let slug = match &piece.slug {
        Some(written) => Slug::parse(written),
        None => Slug::derive(&title.plain()).ok_or(SlugError::NoneFromTitle),
    };
    let error = match slug {
        Ok(slug) => return Some(slug),
        Err(error) => error,
    };
    let problem = Diagnostic::error(Code::Slug, error.to_string());
    let (key, hint) = match (&piece.slug, &error) {
        (_, SlugError::NoneFromTitle) | (None, _) => (
            "title",
            "add `slug: …` of a to z, 0 to 9 and single hyphens".to_owned(),
        ),
        (Some(_), SlugError::Reserved { .. }) => ("slug", "add a word to it".to_owned()),
        (Some(written), _) => match Slug::derive(written) {
            Some(derived) => ("slug", format!("for example `{derived}`")),
            None => (
                "slug",
                "use a to z, 0 to 9 and single hyphens between them".to_owned(),
            ),
        },
    };
    report.say(&root().key(key), problem.hint(hint));
    None
}

/// What a field's identifier was read as.
pub(super) fn identifier<T>(
    read: Result<T, IdentifierError>,
    code: Code,
    message: String,
    path: &FieldPath,
    report: &mut Report<'_>,
) -> Option<T> {
    read.map_err(|fault| {
        report.say(
            path,
            Diagnostic::error(code, message).hint(fault.to_string()),
        );
    })
    .ok()
}

/// A field that holds an address of the web.
pub(super) fn address(text: &str, path: &FieldPath, report: &mut Report<'_>) -> Option<Address> {
    Address::parse(text, Allowed::Web)
        .map_err(|fault| report.say(path, addresses::no_address(text, &fault)))
        .ok()
}

/// The address of a licence; for one that was named, the hint is its address.
fn licence(text: &str, path: &FieldPath, report: &mut Report<'_>) -> Option<Address> {
    let Some(meant) = written::licence(text) else {
        return address(text, path, report);
    };
    let message = format!("`{text}` is the name of a licence, and here stands its address");
    let problem = Diagnostic::error(Code::Address, message).hint(format!("write {meant}"));
    report.say(path, problem);
    None
}

/// The words cut at their breaks.
fn hyphenation(words: &[String], report: &mut Report<'_>) -> Vec<Vec<String>> {
    let mut cut = Vec::with_capacity(words.len());
    for (index, word) in words.iter().enumerate() {
        let parts: Vec<&str> = word.split('-').collect();
        let fits = parts.len() > 1
            && parts.iter().all(|part| {
                !part.is_empty()
                    && part
                        .chars()
                        .all(|c| c.is_alphabetic() || matches!(c, '’' | '\''))
            });
        if !fits {
            let message = format!("`{word}` is not a word with its breaks");
            let problem = Diagnostic::error(Code::Hyphenation, message)
                .hint("write one word with a hyphen at each permitted break: Khy-ber");
            report.say(&root().key("hyphenation").index(index), problem);
        }
        cut.push(parts.into_iter().map(str::to_owned).collect());
    }
    cut
}
