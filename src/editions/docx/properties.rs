//! The properties: what file managers, libraries and Word's own panel say of the file.

use super::xml::Xml;
use crate::compose::{BETWEEN, Composition, Record};
use crate::editions::terms;

/// The part `docProps/core.xml` (ISO/IEC 29500-2, 11).
pub(super) fn core(record: &Record) -> Vec<u8> {
    let mut xml = Xml::new(
        "cp:coreProperties",
        &[
            (
                "xmlns:cp",
                "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
            ),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
            ("xmlns:dcterms", "http://purl.org/dc/terms/"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ],
    );
    let identifier = record.identifiers().into_iter().next();
    let moment = [("xsi:type", "dcterms:W3CDTF")];
    let created = record.made().to_string();
    // Several of a kind are kept apart by semicolons, as Word does.
    for (name, attributes, value) in [
        ("dc:title", &[][..], record.full_title.clone()),
        ("dc:subject", &[], record.subjects.join(BETWEEN)),
        ("dc:creator", &[], record.joined_creators()),
        ("cp:keywords", &[], record.keywords.join(BETWEEN)),
        (
            "dc:description",
            &[],
            record.summary.clone().unwrap_or_default(),
        ),
        (
            "cp:lastModifiedBy",
            &[],
            record.publisher.clone().unwrap_or_default(),
        ),
        ("cp:revision", &[], "1".to_owned()),
        ("dcterms:created", &moment, created),
        ("dcterms:modified", &moment, record.modified.to_string()),
        ("cp:category", &[], record.series.clone()),
        ("dc:identifier", &[], identifier.unwrap_or_default()),
        ("dc:language", &[], record.language.to_string()),
    ] {
        if !value.is_empty() {
            xml.text(name, attributes, &value);
        }
    }
    xml.finish()
}

/// The part `docProps/app.xml` (ISO/IEC 29500-1, 22.2). The counts are those that Word shows before it has counted itself.
pub(super) fn extended(composition: &Composition) -> Vec<u8> {
    let record = &composition.record;
    let mut xml = Xml::new(
        "Properties",
        &[(
            "xmlns",
            "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
        )],
    );
    let counts = Counts::of(composition);
    xml.text("TotalTime", &[], "0");
    for (name, count) in [
        ("Words", counts.words),
        ("Characters", counts.characters),
        ("CharactersWithSpaces", counts.characters + counts.spaces),
        ("Paragraphs", counts.paragraphs),
    ] {
        xml.text(name, &[], &count.to_string());
    }
    xml.text("Application", &[], "Flashpoint");
    xml.text("DocSecurity", &[], "0");
    if let Some(publisher) = &record.publisher {
        xml.text("Company", &[], publisher);
    }
    xml.text("LinksUpToDate", &[], "false");
    xml.text("SharedDoc", &[], "false");
    xml.text("HyperlinksChanged", &[], "false");
    xml.text("AppVersion", &[], &version());
    xml.finish()
}

/// The program's version in the form `XX.YYYY` (22.2.2.3).
fn version() -> String {
    let number = |text: &str| text.parse::<u32>().unwrap_or(0);
    let (major, minor, patch) = (
        number(env!("CARGO_PKG_VERSION_MAJOR")),
        number(env!("CARGO_PKG_VERSION_MINOR")),
        number(env!("CARGO_PKG_VERSION_PATCH")),
    );
    format!("{major:02}.{:04}", minor * 100 + patch)
}

struct Counts {
    words: usize,
    characters: usize,
    spaces: usize,
    paragraphs: usize,
}

impl Counts {
    fn of(composition: &Composition) -> Self {
        let mut counts = Self {
            words: 0,
            characters: 0,
            spaces: 0,
            paragraphs: composition.texts.len(),
        };
        for span in composition.texts.iter().flat_map(|text| &text.spans) {
            counts.words += span.text.split_whitespace().count();
            let spaces = span.text.chars().filter(|c| c.is_whitespace()).count();
            counts.spaces += spaces;
            counts.characters += span.text.chars().count() - spaces;
        }
        counts
    }
}

/// The part `docProps/custom.xml` (22.3): what the other parts have no place for.
pub(super) fn custom(record: &Record) -> Vec<u8> {
    let mut xml = Xml::new(
        "Properties",
        &[
            (
                "xmlns",
                "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
            ),
            (
                "xmlns:vt",
                "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
            ),
        ],
    );
    let claim = record.accessibility.as_ref();
    let properties = [
        ("Series", Some(record.series.clone())),
        ("Number", record.number.map(|number| number.to_string())),
        ("Subtitle", record.subtitle.clone()),
        ("Contributors", contributors(record)),
        ("ORCID", orcids(record)),
        ("ROR", rors(record)),
        ("Slug", Some(record.slug.to_string())),
        ("UUID", Some(record.uuid.to_string())),
        (
            "ConformsTo",
            claim.map(|claim| claim.conforms_to.to_string()),
        ),
        ("CertifiedBy", claim.map(|claim| claim.certified_by.clone())),
    ];
    let given = properties
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .chain(terms::said(record, |term| term.word));
    // The first number is 2 (22.3.2.1 leaves 0 and 1 to the format).
    for (id, (name, value)) in (2u32..).zip(given) {
        xml.open(
            "property",
            &[
                ("fmtid", "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"),
                ("pid", &id.to_string()),
                ("name", name),
            ],
        );
        xml.text("vt:lpwstr", &[], &value);
        xml.close();
    }
    xml.finish()
}

/// The contributors with their roles, which the core properties have no place for.
fn contributors(record: &Record) -> Option<String> {
    joined(
        record
            .contributors()
            .map(|person| format!("{} ({})", person.name, person.role)),
    )
}

/// Who has which ORCID.
fn orcids(record: &Record) -> Option<String> {
    joined(record.people.iter().filter_map(|person| {
        let orcid = person.orcid.as_ref()?;
        Some(format!("{} ({})", person.name, orcid.address()))
    }))
}

/// Which affiliation has which ROR identifier.
fn rors(record: &Record) -> Option<String> {
    joined(record.people.iter().filter_map(|person| {
        let ror = person.ror.as_ref()?.address();
        Some(match &person.affiliation {
            Some(affiliation) => format!("{affiliation} ({ror})"),
            None => ror.to_string(),
        })
    }))
}

fn joined(values: impl Iterator<Item = String>) -> Option<String> {
    let values: Vec<String> = values.collect();
    (!values.is_empty()).then(|| values.join(BETWEEN))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_version_has_the_form_that_the_standard_asks() {
        let version = super::version();
        let (major, minor) = version.split_once('.').expect("a full stop");
        assert!(major.len() == 2 && minor.len() == 4, "{version}");
    }
}
