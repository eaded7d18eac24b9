//! Citations of a piece: as a line, and as BibTeX, RIS and CSL-JSON for reference managers.
//!
//! Names are split into family and given name only where the source gives the sorted name; else they stay whole.

use serde_json::{Value, json};

use super::publication::{Person, Publication};

/// The media type of BibTeX.
pub(super) const BIBTEX: &str = "application/x-bibtex";
/// The media type of RIS.
pub(super) const RIS: &str = "application/x-research-info-systems";
/// The media type of CSL-JSON.
pub(super) const CSL: &str = "application/vnd.citationstyles.csl+json";

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
pub(super) fn line(publication: &Publication, address: Option<&str>) -> Option<String> {
    if publication.citation.is_some() {
        return None;
    }
    let doi = publication
        .doi
        .as_ref()
        .map(|doi| format!("https://doi.org/{doi}"));
    let address = doi.or_else(|| address.map(str::to_owned));
    let byline = publication.byline.first().cloned().unwrap_or_default();
    let series = format!("{}, {}", publication.series_line, publication.date_line);
    let mut text = String::new();
    for part in [byline, publication.full_title.clone(), series] {
        if !text.is_empty() {
            text.push_str(if text.ends_with(['.', '?', '!', '؟', '。', '۔']) {
                " "
            } else {
                ". "
            });
        }
        text.push_str(&part);
    }
    text.push('.');
    if let Some(address) = address {
        text.push(' ');
        text.push_str(&address);
    }
    Some(text)
}

fn bibtex(publication: &Publication, address: Option<&str>) -> String {
    let kind = if publication.publisher.is_some() {
        "techreport"
    } else {
        "misc"
    };
    let names = |people: &mut dyn Iterator<Item = &Person>| {
        people.map(bibtex_name).collect::<Vec<_>>().join(" and ")
    };
    let author = names(&mut publication.authors());
    let mut fields = vec![
        ("author", author),
        ("title", format!("{{{}}}", tex(&publication.full_title))),
        ("year", year(publication).to_owned()),
        ("date", publication.date.clone()),
        ("series", tex(&publication.series)),
    ];
    let optional = [
        ("month", month(publication).map(str::to_owned)),
        ("number", publication.number.map(|n| n.to_string())),
        ("institution", publication.publisher.as_deref().map(braced)),
        ("isbn", publication.isbn.as_deref().map(tex)),
        ("doi", publication.doi.as_deref().map(verbatim)),
        ("url", address.map(verbatim)),
        ("language", Some(publication.language.clone())),
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
    format!("@{kind}{{{},\n{body}}}\n", publication.slug)
}

fn bibtex_name(person: &Person) -> String {
    match person.parts() {
        Some((family, given)) => format!("{}, {}", braced(family), braced(given)),
        None => format!("{{{}}}", tex(&person.name)),
    }
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
    let mut text = String::new();
    let mut tag = |tag: &str, value: &str| {
        let value = one_line(value);
        if !value.is_empty() {
            text.push_str(&format!("{tag}  - {value}\r\n"));
        }
    };
    tag("TY", "RPRT");
    for person in publication.authors() {
        tag("AU", &ris_name(person));
    }
    tag("TI", &publication.full_title);
    tag("T2", &publication.series);
    // Of a report, `SN` is the number, whatever it is of other works; the ISBN has no field.
    if let Some(number) = publication.number {
        tag("SN", &number.to_string());
    }
    tag("PY", year(publication));
    tag("DA", &publication.date.replace('-', "/"));
    for (name, value) in [
        ("PB", publication.publisher.as_deref()),
        ("AB", publication.summary.as_deref()),
        ("DO", publication.doi.as_deref()),
        ("UR", address),
    ] {
        tag(name, value.unwrap_or_default());
    }
    if let Some(isbn) = &publication.isbn {
        tag("N1", &format!("ISBN {isbn}"));
    }
    for keyword in &publication.keywords {
        tag("KW", keyword);
    }
    tag("LA", &publication.language);
    text.push_str("ER  - \r\n");
    text
}

fn ris_name(person: &Person) -> String {
    match person.parts() {
        Some((family, given)) => format!("{family}, {given}"),
        None => person.name.clone(),
    }
}

fn csl(publication: &Publication, address: Option<&str>) -> String {
    let date: Vec<u32> = publication
        .date
        .split('-')
        .filter_map(|part| part.parse().ok())
        .collect();
    let mut item = json!({
        "id": publication.slug,
        "type": "report",
        "title": publication.full_title,
        "collection-title": publication.series,
        "author": publication.authors().map(csl_name).collect::<Vec<_>>(),
        "issued": {"date-parts": [date]},
        "language": publication.language,
    });
    let optional = [
        (
            "collection-number",
            publication.number.map(|n| n.to_string()),
        ),
        ("publisher", publication.publisher.clone()),
        ("abstract", publication.summary.clone()),
        ("DOI", publication.doi.clone()),
        ("ISBN", publication.isbn.clone()),
        ("URL", address.map(str::to_owned)),
    ];
    for (name, value) in optional {
        if let Some(value) = value {
            item[name] = Value::String(value);
        }
    }
    let mut text = serde_json::to_string_pretty(&json!([item])).expect("JSON has only text keys");
    text.push('\n');
    text
}

fn csl_name(person: &Person) -> Value {
    match person.parts() {
        Some((family, given)) => json!({"family": family, "given": given}),
        None => json!({"literal": person.name}),
    }
}

fn year(publication: &Publication) -> &str {
    publication.date.get(..4).unwrap_or_default()
}

/// The month by the name that BibTeX's styles know it by.
fn month(publication: &Publication) -> Option<&'static str> {
    const NAMES: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let month: usize = publication.date.get(5..7)?.parse().ok()?;
    NAMES.get(month.checked_sub(1)?).copied()
}

/// White space and control characters as single spaces: nothing can begin a new line of a file made of lines.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
