//! Every valid fixture, as loaded from its file.

use std::path::Path;

use flashpoint::check::check;
use flashpoint::compose::compose;
use flashpoint::editions::docx;
use flashpoint::load::load;

use crate::package::Package;
use crate::{integrity, sample, sequences};

#[test]
fn every_valid_fixture_is_written_whole() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/valid");
    let mut written = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let loaded = load(&path);
        let piece = check(&loaded).piece;
        let piece = piece.unwrap_or_else(|| panic!("{}", path.display()));
        let composition = compose(&piece, None);
        let bytes = docx::write(&composition, None, &sample::options()).unwrap();
        let package = Package::read(&bytes);
        sequences::check(&package);
        integrity::check(&package);
        written += 1;
    }
    assert!(written > 0, "no fixtures");
}
