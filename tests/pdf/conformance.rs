//! Every valid source becomes a file that keeps PDF/UA-1 and PDF/A-2a, as `page_validation` judges.

use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};

use crate::edition::{from_file, sources};

/// The rules that a file breaks.
pub(crate) fn broken_rules(bytes: &[u8]) -> Vec<String> {
    broken_rules_of(
        bytes,
        &[ValidationProfile::PdfUa1, ValidationProfile::PdfA2a],
    )
}

fn broken_rules_of(bytes: &[u8], profiles: &[ValidationProfile]) -> Vec<String> {
    let profiles = profiles.iter().copied();
    let reports = profiles.map(|profile| {
        let options = ValidationOptions::default().profile(profile);
        let report = validate_pdf_bytes(bytes, &options).expect("a file that can be judged");
        assert!(
            report.rules.total > 50,
            "{profile}: only {} rules",
            report.rules.total
        );
        report.failures
    });
    let failures = reports.flatten();
    failures.map(|failure| failure.to_string()).collect()
}

#[test]
fn every_valid_source_keeps_both_standards() {
    let mut judged = 0;
    for path in sources() {
        let Some(edition) = from_file(&path) else {
            continue;
        };
        let broken = match edition.boxed {
            false => broken_rules(&edition.bytes),
            // What nobody can read keeps the one, and does not claim the other.
            true => broken_rules_of(&edition.bytes, &[ValidationProfile::PdfA2a]),
        };
        assert_eq!(broken, [""; 0], "{}", path.display());
        judged += 1;
    }
    assert!(judged >= 20, "only {judged} sources could be set");
}

#[test]
fn the_judge_sees_a_fault() {
    let edition = from_file(&sources()[0]).unwrap();
    let at = edition
        .bytes
        .windows(13)
        .position(|window| window == b"<pdfuaid:part")
        .unwrap();
    let mut spoilt = edition.bytes;
    spoilt[at + 14] = b'9';
    assert!(!broken_rules(&spoilt).is_empty());
}
