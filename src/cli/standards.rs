//! The standards that a PDF says it keeps, as `page_validation` judges them: a reader by other people, inside this program.

use std::path::Path;

use page_validation::{SafetyLimits, ValidationOptions, ValidationProfile, validate_pdf_bytes};

use crate::diagnostic::guard;
use crate::read::{Contents, FileKind};
use crate::store::read_plain;

pub(super) const NAME: &str = "page_validation";

/// The longest source that is read has no table of more rows.
const MOST_ROWS: usize = 200_000;

/// Of a file of at most so many bytes that says that it keeps PDF/UA-1 (ISO 14289-1) or PDF/A-2a (ISO 19005-2), what it breaks of them.
pub(super) fn broken(
    file: &Path,
    contents: &Contents,
    most: u64,
) -> Option<Result<Vec<String>, String>> {
    let profiles = claimed(contents);
    if profiles.is_empty() {
        return None;
    }
    let judged = || {
        let bytes = read_plain(file, most).map_err(|error| error.to_string())?;
        let mut found = Vec::new();
        for profile in profiles {
            let limits = SafetyLimits::default().with_max_table_grid_rows(MOST_ROWS);
            let options = ValidationOptions::default().profile(profile).limits(limits);
            let report = validate_pdf_bytes(&bytes, &options).map_err(|error| error.to_string())?;
            let broken = report.failures.iter();
            found.extend(broken.map(|failure| format!("{profile} {failure}")));
        }
        Ok(found)
    };
    Some(guard("judging", judged).unwrap_or_else(|fault| Err(fault.message)))
}

/// The parts of both standards are called alike; that of PDF/A has a level beside it.
fn claimed(contents: &Contents) -> Vec<ValidationProfile> {
    let says = |name: &str, value: &str| {
        let mut statements = contents.metadata.statements.iter();
        statements.any(|one| one.name == name && one.value.trim() == value)
    };
    // Files of others may say anything.
    if contents.kind != FileKind::Pdf || contents.metadata.text_hash.is_none() {
        return Vec::new();
    }
    let is_archived = says("part", "2") && says("conformance", "A");
    let profiles = [
        (says("part", "1"), ValidationProfile::PdfUa1),
        (is_archived, ValidationProfile::PdfA2a),
    ];
    let profiles = profiles.into_iter();
    profiles
        .filter_map(|(is_claimed, profile)| is_claimed.then_some(profile))
        .collect()
}
