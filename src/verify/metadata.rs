//! What a file says of itself, held against the record of its source, statement by statement.

use super::difference::{Difference, Kind};
use super::expected::Expected;
use super::silent;
use crate::compose::{BETWEEN, Person, Record, canonical_line};
use crate::read::{Contents, FileKind, Metadata};

/// What is said under a name of a format.
type Row = (&'static str, Vec<String>);

/// Names under which files say what no source does: of their form, and of who may read them.
const FORMAL: &[&str] = &[
    "viewport",
    "color-scheme",
    "generator",
    "author",
    "cover",
    "creator",
    "title-type",
    "display-seq",
    "identifier-type",
    "collection-type",
    "pageBreakSource",
    "dcterms:conformsTo",
];

/// What PDFs say of their form besides, and what programs add that save one again.
const FORMAL_OF_PDF: &[&str] = &[
    "title",
    "creator",
    "part",
    "conformance",
    "rev",
    "schemas",
    "declarations",
    "Producer",
    "CreatorTool",
    "MetadataDate",
    "InstanceID",
    "VersionID",
    "RenditionClass",
    "OriginalDocumentID",
    "DerivedFrom",
    "History",
    "Trapped",
    "PDFVersion",
];

/// What a publication says of its accessibility (EPUB Accessibility 1.1, 2.2): what is true of all, of those with pictures, and of
/// those with pages.
const FEATURES: [&[&str]; 3] = [
    &[
        "tableOfContents",
        "structuralNavigation",
        "readingOrder",
        "displayTransformability",
        "ARIA",
        "unlocked",
    ],
    &["alternativeText"],
    &["pageNavigation", "pageBreakMarkers"],
];

/// Holds what an EPUB says of its accessibility against what is in it, and the claim against the record.
pub(super) fn accessibility(contents: &Contents, expected: &Expected, found: &mut Vec<Difference>) {
    if contents.kind != FileKind::Epub || contents.metadata.text_hash.is_none() {
        return;
    }
    let record = &expected.record;
    let said = |name: &str| -> Vec<String> {
        let own = contents.metadata.said(name).map(str::to_owned);
        let mut own: Vec<String> = own.collect();
        own.sort_unstable();
        own
    };
    // A house may put its mark above a text without pictures.
    let visual = said("schema:accessMode")
        .iter()
        .any(|mode| mode == "visual");
    let pictures = !expected.pictures.is_empty() || visual;
    let pages = !contents.pages.is_empty();
    let list = |all: &[&[&str]]| -> Vec<String> {
        let all = all.iter().flat_map(|own| own.iter());
        all.map(|own| (*own).to_owned()).collect()
    };
    let some = |is: bool, own: &'static [&'static str]| if is { own } else { &[] };
    let claim = record.accessibility.as_ref();
    let conforms = claim.map(|claim| claim.conforms_to.to_string());
    let certified = claim.zip(conforms.as_ref());
    let certified =
        certified.map(|(claim, conforms)| format!("{conforms}: {}", claim.certified_by));
    let summary = &expected.accessibility[usize::from(!pictures)][usize::from(!pages)];
    let rows: [(&str, Vec<String>); 8] = [
        (
            "schema:accessMode",
            list(&[&["textual"], some(pictures, &["visual"])]),
        ),
        (
            "schema:accessModeSufficient",
            list(&[&["textual"], some(pictures, &["textual,visual"])]),
        ),
        (
            "schema:accessibilityFeature",
            list(&[
                FEATURES[0],
                some(pictures, FEATURES[1]),
                some(pages, FEATURES[2]),
            ]),
        ),
        ("schema:accessibilityHazard", list(&[&["none"]])),
        ("schema:accessibilitySummary", vec![canonical_line(summary)]),
        ("dcterms:conformsTo", conforms.clone().into_iter().collect()),
        ("a11y:certifiedBy", certified.into_iter().collect()),
        (
            "pageBreakSource",
            pages
                .then(|| format!("{}.pdf", record.slug))
                .into_iter()
                .collect(),
        ),
    ];
    for (name, mut values) in rows {
        values = values.iter().map(|value| canonical_line(value)).collect();
        values.sort_unstable();
        let own = said(name);
        if own != values {
            let (own, values) = (own.join("; "), values.join("; "));
            found.push(Difference {
                kind: Kind::Metadata,
                place: "the metadata".to_owned(),
                message: format!("`{name}` is “{own}”, and should be “{values}”"),
            });
        }
    }
}

/// Holds the statements of a file against a record. A file that names no text is not one of ours, and is let alone.
pub(super) fn hold(
    own: &Metadata,
    kind: FileKind,
    record: &Record,
    differences: &mut Vec<Difference>,
) {
    if own.text_hash.is_none() {
        return;
    }
    let mut say = |message: String| {
        differences.push(Difference {
            kind: Kind::Metadata,
            place: "the metadata".to_owned(),
            message,
        });
    };
    let rows = rows(kind, record);
    for (name, values) in &rows {
        let mut said: Vec<&str> = own.said(name).collect();
        let mut values: Vec<String> = values.iter().map(|value| canonical_line(value)).collect();
        values.retain(|value| !value.is_empty());
        // What older readers show may be too long for them, or not there.
        let is_short = name.starts_with("information ") || name.starts_with("old ");
        said.retain(|value| !value.is_empty());
        said.sort_unstable();
        values.sort_unstable();
        if said != values && !(is_short && said.is_empty()) {
            let list = |all: &[String]| match all {
                [] => "nothing".to_owned(),
                all => format!("“{}”", all.join("; ")),
            };
            let said: Vec<String> = said.into_iter().map(str::to_owned).collect();
            say(format!(
                "`{name}` is {}, in the source {}",
                list(&said),
                list(&values)
            ));
        }
    }
    silent::hold(own, record, &mut say);
    // What its program says of the house that made it; others say what they like.
    if kind == FileKind::Docx && own.is_last_by_us() {
        let house = record.publisher.iter().map(|house| canonical_line(house));
        let house: Vec<String> = house.filter(|house| !house.is_empty()).collect();
        for name in ["lastModifiedBy", "program Company"] {
            let said: Vec<&str> = own.said(name).collect();
            if said != house {
                say(format!("`{name}` is “{}”", said.join("; ")));
            }
        }
    }
    let is_open = match kind {
        FileKind::Epub | FileKind::Html => |_: &str| true,
        FileKind::Docx => |name: &str| name.starts_with("property "),
        FileKind::Pdf => |name: &str| !FORMAL_OF_PDF.contains(&name),
    };
    let is_known = |name: &str| {
        FORMAL.contains(&name)
            || name.starts_with("schema:access")
            || name.starts_with("a11y:")
            || name.starts_with("ibooks:")
            || rows.iter().any(|(own, _)| *own == name)
    };
    for said in &own.statements {
        if is_open(&said.name) && !is_known(&said.name) {
            say(format!(
                "`{}` is “{}”, of which the source says nothing",
                said.name, said.value
            ));
        }
    }
}

/// Holds what a Word document's program says of how much it wrote; others count in ways of their own.
pub(super) fn counted(own: &Metadata, counts: &[usize; 4], differences: &mut Vec<Difference>) {
    if !own.is_last_by_us() {
        return;
    }
    let names = ["Words", "Characters", "CharactersWithSpaces", "Paragraphs"];
    for (name, count) in names.iter().zip(counts) {
        let name_of_own = format!("program {name}");
        let own = own.said(&name_of_own).next().unwrap_or_default();
        if own != count.to_string() {
            differences.push(Difference {
                kind: Kind::Metadata,
                place: "the metadata".to_owned(),
                message: format!("it says that it has {own} {name}, and has {count}"),
            });
        }
    }
}

fn rows(kind: FileKind, record: &Record) -> Vec<Row> {
    match kind {
        FileKind::Pdf => pdf(record),
        FileKind::Docx => docx(record),
        FileKind::Epub => epub(record),
        FileKind::Html => html(record),
    }
}

fn one(value: impl ToString) -> Vec<String> {
    vec![value.to_string()]
}

fn any(value: Option<impl ToString>) -> Vec<String> {
    value.into_iter().map(|value| value.to_string()).collect()
}

fn joined(values: &[String]) -> Vec<String> {
    one(values.join(BETWEEN))
}

fn topics(record: &Record) -> Vec<String> {
    record.topics().into_iter().map(str::to_owned).collect()
}

fn contributors(record: &Record) -> Vec<String> {
    let names = record.contributors().map(|person| person.name.clone());
    names.collect()
}

fn pdf(record: &Record) -> Vec<Row> {
    let identifiers = record.identifiers();
    let has_rights = record.rights.is_some() || record.license.is_some();
    vec![
        ("format", one("application/pdf")),
        ("contributor", contributors(record)),
        ("description", any(record.summary.clone())),
        ("subject", topics(record)),
        ("publisher", any(record.publisher.clone())),
        ("date", one(record.date)),
        ("language", one(&record.language)),
        ("rights", any(record.rights.clone())),
        ("identifier", any(identifiers.first())),
        ("Identifier", identifiers.clone()),
        ("source", one(record.source())),
        ("relation", one(record.canonical_text())),
        ("DocumentID", one(record.uuid.urn())),
        ("CreateDate", one(record.made())),
        ("ModifyDate", one(record.modified)),
        ("Keywords", joined(&topics(record))),
        ("Marked", any(has_rights.then_some("True"))),
        ("WebStatement", any(record.license.clone())),
        ("information Subject", any(record.summary.clone())),
        ("information Keywords", joined(&topics(record))),
    ]
}

fn docx(record: &Record) -> Vec<Row> {
    let roles: Vec<String> = record
        .contributors()
        .map(|person| format!("{} ({})", person.name, person.role))
        .collect();
    let claim = record.accessibility.as_ref();
    vec![
        ("subject", joined(&record.subjects)),
        ("keywords", joined(&record.keywords)),
        ("description", any(record.summary.clone())),
        ("language", one(&record.language)),
        ("category", one(&record.series)),
        ("identifier", any(record.identifiers().first())),
        ("created", one(record.made())),
        ("modified", one(record.modified)),
        ("property Series", one(&record.series)),
        ("property Number", any(record.number)),
        ("property Subtitle", any(record.subtitle.clone())),
        ("property Contributors", joined(&roles)),
        ("property ORCID", joined(&named(record, orcid))),
        ("property ROR", joined(&named(record, ror))),
        ("property Slug", one(&record.slug)),
        ("property UUID", one(record.uuid)),
        ("property Publisher", any(record.publisher.clone())),
        ("property Rights", any(record.rights.clone())),
        ("property License", any(record.license.clone())),
        ("property Citation", any(record.citation.clone())),
        ("property DOI", any(record.doi.clone())),
        ("property ISBN", any(record.isbn.clone())),
        ("property Identifier", any(record.identifier.clone())),
        ("property Source", one(record.source())),
        ("property Text", one(record.canonical_text())),
        (
            "property ConformsTo",
            any(claim.map(|claim| claim.conforms_to.clone())),
        ),
        (
            "property CertifiedBy",
            any(claim.map(|claim| claim.certified_by.clone())),
        ),
    ]
}

fn named(record: &Record, of: fn(&Person) -> Option<String>) -> Vec<String> {
    record.people.iter().filter_map(of).collect()
}

fn orcid(person: &Person) -> Option<String> {
    let orcid = person.orcid.as_ref()?;
    Some(format!("{} ({})", person.name, orcid.address()))
}

fn ror(person: &Person) -> Option<String> {
    let ror = person.ror.as_ref()?.address();
    Some(match &person.affiliation {
        Some(affiliation) => format!("{affiliation} ({ror})"),
        None => ror.to_string(),
    })
}

fn epub(record: &Record) -> Vec<Row> {
    let said = |of: fn(&Person) -> Option<String>| -> Vec<String> {
        let all = record.people.iter();
        all.filter_map(|person| Some(format!("{}: {}", person.name, of(person)?)))
            .collect()
    };
    let rors = record.people.iter().filter_map(|person| {
        let affiliation = person.affiliation.as_ref()?;
        Some(format!("{affiliation}: {}", person.ror.as_ref()?.address()))
    });
    let orcids = said(|person| Some(person.orcid.as_ref()?.address().to_string()));
    let number = record.number;
    let titles = one(&record.title)
        .into_iter()
        .chain(record.subtitle.clone());
    vec![
        ("identifier", record.identifiers()),
        ("title", titles.collect()),
        ("old title", one(&record.full_title)),
        ("language", one(&record.language)),
        ("contributor", contributors(record)),
        ("publisher", any(record.publisher.clone())),
        ("rights", any(record.rights.clone())),
        ("description", any(record.summary.clone())),
        (
            "dcterms:bibliographicCitation",
            any(record.citation.clone()),
        ),
        ("source", one(record.source())),
        ("dcterms:hasFormat", one(record.canonical_text())),
        ("subject", topics(record)),
        ("date", one(record.date)),
        ("dcterms:modified", one(record.modified)),
        ("dcterms:license", any(record.license.clone())),
        ("belongs-to-collection", one(&record.series)),
        (
            "group-position",
            any(number.map(|number| format!("{}: {number}", record.series))),
        ),
        ("role", said(|person| Some(person.role.code().to_owned()))),
        ("file-as", said(|person| person.sort_name.clone())),
        (
            "schema:affiliation",
            said(|person| person.affiliation.clone()),
        ),
        (
            "schema:identifier",
            orcids.into_iter().chain(rors).collect(),
        ),
        (
            "schema:url",
            said(|person| person.url.as_ref().map(ToString::to_string)),
        ),
    ]
}

fn html(record: &Record) -> Vec<Row> {
    let orcids = record
        .creators()
        .filter_map(|creator| creator.orcid.as_ref());
    vec![
        ("dcterms.contributor", contributors(record)),
        ("dcterms.publisher", any(record.publisher.clone())),
        ("dcterms.rights", any(record.rights.clone())),
        ("description", any(record.summary.clone())),
        ("dcterms.source", one(record.source())),
        ("dcterms.hasFormat", one(record.canonical_text())),
        ("keywords", one(topics(record).join(", "))),
        ("dcterms.issued", one(record.date)),
        ("dcterms.modified", one(record.modified)),
        ("dcterms.identifier", record.identifiers()),
        (
            "link author",
            orcids.map(|orcid| orcid.address().to_string()).collect(),
        ),
        ("link license", any(record.license.clone())),
    ]
}
