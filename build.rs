//! What the program knows of its own sources.
//!
//! A fingerprint of everything it is built from, for the record of runs: two programs that could make different bytes of one
//! piece never share it, and a version number would be too coarse while the program is worked on. The lists of the
//! languages that have interface words and ties, so that a language is one file and nothing else. And the British patterns of hyphenation as an
//! automaton.

#[path = "build/patterns.rs"]
mod patterns;

use std::ffi::OsString;
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// What decides the bytes of editions: the code, the faces, and the versions of every crate.
const INPUTS: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "build",
    "build.rs",
    "fonts",
    "src",
];

/// Folders with one file a language, how its files' names end, and what the list of them is called; see
/// `src/compose/words/mod.rs` and `src/compose/ties/tables.rs`.
const LANGUAGES: [(&str, &str, &str); 2] = [
    ("src/compose/words", "yaml", "words.rs"),
    ("src/compose/ties/languages", "txt", "ties.rs"),
];

/// The British patterns of hyphenation, as hyph-utf8 has them.
const BRITISH: &str = "src/typeset/patterns/hyph-en-gb.tex";

fn main() -> io::Result<()> {
    link_in_place();
    for (folder, ending, list) in LANGUAGES {
        list_languages(folder, ending, list)?;
    }
    let british = patterns::automaton(&fs::read_to_string(BRITISH)?);
    fs::write(Path::new(&named("OUT_DIR")).join("hyph-en-gb.bin"), british)?;
    let mut hasher = DefaultHasher::new();
    for input in INPUTS {
        println!("cargo::rerun-if-changed={input}");
        add(Path::new(input), &mut hasher)?;
    }
    hasher.write(env::var_os("TARGET").unwrap_or_default().as_encoded_bytes());
    println!("cargo::rustc-env=FLASHPOINT_BUILD={:016x}", hasher.finish());
    Ok(())
}

fn add(path: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    if path.is_dir() {
        let entries = fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path()));
        let mut entries: Vec<PathBuf> = entries.collect::<io::Result<_>>()?;
        entries.sort();
        return entries.iter().try_for_each(|entry| add(entry, hasher));
    }
    // A packaged crate may lack the lock file.
    if path.exists() {
        let bytes = fs::read(path)?;
        hasher.write(path.to_string_lossy().as_bytes());
        hasher.write_usize(bytes.len());
        hasher.write(&bytes);
    }
    Ok(())
}

/// Links the program for one place in memory. Movable, it has 57,000 addresses that the system's loader corrects at each start: a
/// megabyte of the file, 300 pages touched, and a tenth of the time of a short run. Heap, stack and libraries move all the same.
fn link_in_place() {
    let [system, libraries, features] =
        ["OS", "ENV", "FEATURE"].map(|of| named(&format!("CARGO_CFG_TARGET_{of}")));
    let features = features.to_string_lossy();
    let is_static = features.split(',').any(|known| known == "crt-static");
    if system == "linux" && libraries == "gnu" && !is_static {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}

/// Writes the table of the languages' files: the languages in a file's name, and its text.
fn list_languages(folder: &str, ending: &str, list: &str) -> io::Result<()> {
    let folder = Path::new(&named("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut files: Vec<PathBuf> = entries.collect::<io::Result<_>>()?;
    files.retain(|file| {
        file.extension()
            .is_some_and(|extension| extension == ending)
    });
    files.sort();
    let mut table = format!("static FILES: [File; {}] = [\n", files.len());
    for file in &files {
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        let serves: Vec<&str> = name.split('+').collect();
        let path = file.to_string_lossy();
        writeln!(table, "    File::new(&{serves:?}, include_str!({path:?})),")
            .map_err(io::Error::other)?;
    }
    table.push_str("];\n");
    fs::write(Path::new(&named("OUT_DIR")).join(list), table)
}

/// A folder that cargo names.
fn named(variable: &str) -> OsString {
    env::var_os(variable).unwrap_or_default()
}
