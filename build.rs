//! Gives the program a fingerprint of everything it is built from, for the record of runs: two programs that could make
//! different bytes of one piece never share it, and a version number would be too coarse while the program is worked on.

use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// What decides the bytes of editions: the code, the faces, and the versions of every crate.
const INPUTS: &[&str] = &["Cargo.lock", "Cargo.toml", "build.rs", "fonts", "src"];

fn main() -> io::Result<()> {
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
