//! Files of every kind that is read: editions, changed byte by byte, or in a part of a package that is then packed again.

use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::sync::OnceLock;

use flashpoint::editions::FORMATS;
use flashpoint::read::read;
use zip::write::SimpleFileOptions;

use crate::judge::Judged;
use crate::mutate::mutate;
use crate::random::Random;

const PIECE: &str = include_str!("../fixtures/valid/notes.yaml");

/// The editions of a piece, in the order of the formats.
fn editions() -> &'static [Vec<u8>] {
    static EDITIONS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    EDITIONS.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("piece.yaml");
        std::fs::write(&path, PIECE).expect("a file");
        let piece = flashpoint::open(&path).expect("a piece");
        let edition = |name| piece.edition(name).expect("an edition");
        FORMATS.iter().map(|format| edition(format.name)).collect()
    })
}

/// Makes a file that was an edition once.
pub(crate) fn make(random: &mut Random) -> Vec<u8> {
    let all = editions();
    let mut bytes = all[random.below(all.len())].clone();
    let other = &all[random.below(all.len())];
    if bytes.starts_with(b"PK") && random.chance(80) {
        return repacked(random, &bytes);
    }
    mutate(random, &mut bytes, other);
    bytes
}

/// Changes a part of a package, and packs it again so that its sums are right.
fn repacked(random: &mut Random, bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let chosen = random.below(archive.len());
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let name = part.name().to_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("a whole part");
        if index == chosen || random.chance(10) {
            mutate(random, &mut content, bytes);
        }
        out.start_file(name, SimpleFileOptions::default())
            .expect("a place");
        out.write_all(&content).expect("bytes");
    }
    out.finish().expect("a package").into_inner()
}

/// Reads it: whatever it is, it is read or refused by name.
pub(crate) fn run(_: &Path, input: &[u8]) -> Judged {
    match read(input) {
        Ok(contents) => {
            let text = contents.canonical_text();
            assert!(text.as_str().is_empty() || text.as_str().ends_with('\n'));
            let found = contents.faults.iter().map(|fault| fault.message.clone());
            let reasons = contents.unseen.iter().map(|unseen| unseen.reason.clone());
            // Names of what was changed are no new kind of fault.
            let kinds = found
                .chain(reasons)
                .map(|told| told.split(['`', '“']).next().unwrap_or_default().to_owned());
            Judged::new(true, kinds)
        }
        Err(error) => {
            let told = error.to_string();
            assert!(!told.is_empty());
            Judged::new(
                false,
                [told.split(['`', ':']).next().unwrap_or_default().to_owned()],
            )
        }
    }
}
