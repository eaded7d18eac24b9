//! Citations of a piece: as a line, and as BibTeX, RIS and CSL-JSON for reference managers.
//!
//! Names are split into family and given name only where that is sure; else they stay whole, in the form that keeps readers from
//! splitting them.

use serde_json::{Value, json};

use super::line::Line;
use super::media_type::{BIBTEX, CSL, RIS};
use super::publication::Publication;
use super::relators::{self, Relator};
use crate::compose::{BETWEEN, NameParts, Person};
use crate::editions::terms;
use crate::piece::LanguageTag;

/// A form of citations for reference managers.
pub(super) struct Form {
    /// What links to its files are called.
    pub(super) label: &'static str,
    /// The media type.
    pub(super) media_type: &'static str,
    /// How the names of its files end, after the slug and a full stop.
    extension: &'static str,
    /// Writes the file of a piece whose page has this address, where it is known.
    pub(super) write: fn(&Publication, Option<&str>) -> String,
}

/// The forms that a site offers.
pub(super) const FORMS: [Form; 3] = [
    Form {
        label: "BibTeX",
        media_type: BIBTEX,
        extension: "bib",
        write: bibtex,
    },
    Form {
        label: "RIS",
        media_type: RIS,
        extension: "ris",
        write: ris,
    },
    Form {
        label: "CSL-JSON",
        media_type: CSL,
        extension: "csl.json",
        write: csl,
    },
];

impl Form {
    /// The name of a piece's file.
    pub(super) fn file_name(&self, slug: &str) -> String {
        format!("{slug}.{}", self.extension)
    }
}

/// The citation as a line, made of byline, title, series, date and address; none where the piece says in its text how to cite it.
pub(super) fn line(publication: &Publication, address: Option<&str>) -> Option<Line> {
    let record = &publication.record;
    if record.citation.is_some() {
        return None;
    }
    let doi = record.doi.as_ref();
    let doi = doi.map(|doi| doi.address().to_string());
    let address = doi.or_else(|| address.map(str::to_owned));
    let mut line = publication.byline.first().cloned().unwrap_or_default();
    let end = |line: &mut Line| {
        let text = line.plain();
        match text.ends_with(['.', '?', '!', '؟', '。', '۔']) {
            _ if text.is_empty() => {}
            true => line.push(" "),
            false => line.push(". "),
        }
    };
    end(&mut line);
    line.push(&record.full_title);
    end(&mut line);
    line.append(&publication.series_line);
    line.push(", ");
    line.append(&publication.date_line);
    line.push(".");
    if let Some(address) = address {
        line.push(" ");
        line.push(&address);
    }
    Some(line)
}

fn bibtex(publication: &Publication, address: Option<&str>) -> String {
    let record = &publication.record;
    let kind = if record.publisher.is_some() {
        "techreport"
    } else {
        "misc"
    };
    let name = |person: &Person| bibtex_name(person, publication);
    let author: Vec<String> = record.creators().map(name).collect();
    let mut fields = vec![("author", author.join(" and "))];
    for (field, names) in contributors(publication, |relator| relator.bibtex, name) {
        fields.push((field, names.join(" and ")));
    }
    fields.extend([
        ("title", format!("{{{}}}", tex(&record.full_title))),
        ("year", year(publication)),
        ("date", record.date.to_string()),
        ("series", tex(&record.series)),
    ]);
    let topics = record.topics();
    let keywords = topics.iter().map(|topic| tex(topic)).collect::<Vec<_>>();
    let keywords = Some(keywords.join(BETWEEN)).filter(|keywords| !keywords.is_empty());
    let optional = [
        ("month", month(publication).map(str::to_owned)),
        ("number", record.number.map(|n| n.to_string())),
        ("institution", record.publisher.as_deref().map(braced)),
        ("isbn", record.isbn.as_ref().map(ToString::to_string)),
        ("doi", record.doi.as_ref().map(|doi| verbatim(doi.as_str()))),
        ("url", address.map(verbatim)),
        ("keywords", keywords),
        ("language", Some(record.language.to_string())),
    ];
    fields.extend(
        optional
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?))),
    );
    let body: String = fields
        .iter()
        .map(|(name, value)| match *name {
            "month" => format!("  {name} = {value},\n"),
            _ => format!("  {name} = {{{value}}},\n"),
        })
        .collect();
    format!("@{kind}{{{},\n{body}}}\n", record.slug)
}

/// The names of the contributors, together with those whose role has the same name, in the order in which the names first come.
fn contributors<T>(
    publication: &Publication,
    name_of: fn(&Relator) -> &'static str,
    write: impl Fn(&Person) -> T,
) -> Vec<(&'static str, Vec<T>)> {
    let mut found: Vec<(&'static str, Vec<T>)> = Vec::new();
    for person in publication.record.contributors() {
        let name = name_of(relators::of(person.role));
        match found.iter_mut().find(|(known, _)| *known == name) {
            Some((_, people)) => people.push(write(person)),
            None => found.push((name, vec![write(person)])),
        }
    }
    found
}

fn bibtex_name(person: &Person, publication: &Publication) -> String {
    let Some(parts) = person.parts(&publication.record.language) else {
        return format!("{{{}}}", tex(&person.name));
    };
    // What follows the name stands in the middle here.
    let parts = [parts.family, parts.suffix, parts.given];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.map(braced).collect::<Vec<_>>().join(", ")
}

/// A part of a name, or of a list of names; one with ` and ` in it, or a comma, is kept together.
fn braced(part: &str) -> String {
    let text = tex(part);
    if part.contains(',') || text.to_ascii_lowercase().contains(" and ") {
        format!("{{{text}}}")
    } else {
        text
    }
}

/// Text for a BibTeX field: TeX's own characters are escaped, braces always in pairs. Commands stand in groups of their own,
/// so that the space after them is kept; marks that TeX draws together are kept apart.
fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    for c in one_line(text).chars() {
        match c {
            '{' => out.push_str("{\\textbraceleft}"),
            '}' => out.push_str("{\\textbraceright}"),
            '\\' => out.push_str("{\\textbackslash}"),
            '~' => out.push_str("{\\textasciitilde}"),
            '^' => out.push_str("{\\textasciicircum}"),
            '`' => out.push_str("{\\textasciigrave}"),
            '<' => out.push_str("{\\textless}"),
            '>' => out.push_str("{\\textgreater}"),
            '|' => out.push_str("{\\textbar}"),
            '&' | '%' | '$' | '#' | '_' => out.extend(['\\', c]),
            '-' | '\'' | ',' if c == before => out.extend(['{', '}', c]),
            c => out.push(c),
        }
        before = c;
    }
    out
}

/// An address or a DOI for a BibTeX field: such fields are read as they stand, so only what ends them is replaced.
fn verbatim(text: &str) -> String {
    one_line(text).replace('{', "%7B").replace('}', "%7D")
}

fn ris(publication: &Publication, address: Option<&str>) -> String {
    let record = &publication.record;
    let mut text = String::new();
    let mut tag = |tag: &str, value: &str| {
        let value = one_line(value);
        if !value.is_empty() {
            text.push_str(&format!("{tag}  - {value}\r\n"));
        }
    };
    tag("TY", "RPRT");
    for creator in record.creators() {
        tag("AU", &listed_name(creator, &record.language));
    }
    for contributor in record.contributors() {
        let name = listed_name(contributor, &record.language);
        tag(relators::of(contributor.role).ris, &name);
    }
    tag("TI", &record.full_title);
    tag("T2", &record.series);
    // Of a report, `SN` is the number, whatever it is of other works; the ISBN has no field.
    if let Some(number) = record.number {
        tag("SN", &number.to_string());
    }
    let date = record.date.to_string();
    tag("PY", &year(publication));
    tag("DA", &date.replace('-', "/"));
    for (name, value) in terms::said(record, |term| term.ris) {
        tag(name, &value);
    }
    tag("UR", address.unwrap_or_default());
    if let Some(isbn) = &record.isbn {
        tag("N1", &format!("ISBN {isbn}"));
    }
    for topic in record.topics() {
        tag("KW", topic);
    }
    tag("LA", record.language.as_str());
    text.push_str("ER  - \r\n");
    text
}

/// A name for readers that part names at commas: family name, given names and what follows them. A name that stays whole is all
/// family name: a comma after it says that nothing more comes, and two in the place of its own that there is no given name.
pub(super) fn listed_name(person: &Person, language: &LanguageTag) -> String {
    if let Some(parts) = person.parts(language) {
        return parts.listed();
    }
    let mut parts = person.name.split(',').map(str::trim);
    let first = parts.next().unwrap_or_default();
    let rest: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
    match rest.is_empty() {
        true => format!("{first},"),
        // A third comma would begin yet another part.
        false => format!("{first},, {}", rest.join(" ")),
    }
}

fn csl(publication: &Publication, address: Option<&str>) -> String {
    let record = &publication.record;
    let date = [
        u32::from(record.date.year()),
        u32::from(record.date.month()),
        u32::from(record.date.day()),
    ];
    let name = |person: &Person| csl_name(person, publication);
    let mut item = json!({
        "id": record.slug.as_str(),
        "type": "report",
        "title": record.full_title,
        "collection-title": record.series,
        "author": record.creators().map(name).collect::<Vec<_>>(),
        "issued": {"date-parts": [date]},
        "language": record.language.as_str(),
    });
    for (variable, names) in contributors(publication, |relator| relator.csl, name) {
        item[variable] = Value::Array(names);
    }
    let topics = Some(record.topics().join(BETWEEN));
    let optional = [
        ("keyword", topics.filter(|topics| !topics.is_empty())),
        ("collection-number", record.number.map(|n| n.to_string())),
        ("URL", address.map(str::to_owned)),
    ];
    let optional = optional.into_iter();
    let optional = optional.filter_map(|(name, value)| Some((name, value?)));
    for (name, value) in optional.chain(terms::said(record, |term| term.csl)) {
        item[name] = Value::String(value);
    }
    let mut text = serde_json::to_string_pretty(&json!([item])).expect("JSON has only text keys");
    text.push('\n');
    text
}

fn csl_name(person: &Person, publication: &Publication) -> Value {
    match person.parts(&publication.record.language) {
        Some(NameParts {
            family,
            given,
            suffix: "",
        }) => json!({"family": family, "given": given}),
        Some(NameParts {
            family,
            given,
            suffix,
        }) => json!({"family": family, "given": given, "suffix": suffix}),
        None => json!({"literal": person.name}),
    }
}

fn year(publication: &Publication) -> String {
    format!("{:04}", publication.record.date.year())
}

/// The month by the name that BibTeX's styles know it by.
fn month(publication: &Publication) -> Option<&'static str> {
    const NAMES: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let month = usize::from(publication.record.date.month());
    NAMES.get(month.checked_sub(1)?).copied()
}

/// White space and control characters as single spaces: nothing can begin a new line of a file made of lines.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
