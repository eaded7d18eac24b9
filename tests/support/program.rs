//! Runs the built program in a folder of its own, for black-box tests.
//!
//! Shared by `#[path]`; each user takes what it needs.
#![allow(
    dead_code,
    unreachable_pub,
    reason = "shared by tests that each use a part"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder that the program runs in.
pub struct Place {
    folder: tempfile::TempDir,
}

/// How a run ended.
#[derive(Debug)]
pub struct Ran {
    /// The exit code; none when a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Place {
    /// An empty folder.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self { folder }
    }

    /// The path of something in the folder.
    pub fn at(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, its folders included.
    pub fn write(&self, name: impl AsRef<Path>, content: impl AsRef<[u8]>) {
        let path = self.at(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, content).expect("a file");
    }

    /// Reads a file.
    pub fn read(&self, name: impl AsRef<Path>) -> Vec<u8> {
        let path = self.at(name);
        fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// Whether something stands there.
    pub fn has(&self, name: impl AsRef<Path>) -> bool {
        self.at(name).exists()
    }

    /// The program with these words on its command line, separated by spaces.
    pub fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_flashpoint"));
        command
            .args(line.split_whitespace())
            .current_dir(self.folder.path())
            .env_remove("SOURCE_DATE_EPOCH");
        // What is found must not hang on the checkers that a machine has.
        if line.starts_with("verify") {
            command.env("PATH", "");
        }
        command
    }

    /// Runs the program.
    pub fn run(&self, line: &str) -> Ran {
        Ran::of(self.command(line).output().expect("the program starts"))
    }

    /// Runs a shell in the folder, with the program as `$FLASHPOINT`.
    pub fn shell(&self, script: &str) -> Ran {
        let output = Command::new("sh")
            .args(["-c", script])
            .current_dir(self.folder.path())
            .env("FLASHPOINT", env!("CARGO_BIN_EXE_flashpoint"))
            .output();
        Ran::of(output.expect("a shell starts"))
    }

    /// The files that stand openly in a folder, by name.
    pub fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let Ok(entries) = fs::read_dir(self.at(folder)) else {
            return BTreeMap::new();
        };
        let paths = entries.map(|entry| entry.expect("an entry").path());
        let files = paths.filter(|path| path.is_file());
        files
            .map(|path| {
                let name = path.file_name().expect("a name").to_string_lossy();
                (name.into_owned(), fs::read(&path).expect("a readable file"))
            })
            .collect()
    }

    /// What is in the record's folder.
    pub fn state(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.at(folder).join(".flashpoint")).expect("a record");
        let mut names: Vec<_> = entries
            .map(|entry| entry.expect("an entry").file_name())
            .map(|name| name.to_string_lossy().into_owned())
            // Kept for edited editions; no trace of a run.
            .filter(|name| name != "sources")
            .collect();
        names.sort();
        names
    }
}

impl Ran {
    /// What became of a finished command.
    pub fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("messages are UTF-8");
        Self {
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// Holds the exit code, and shows the messages where it is another.
    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}\n{}", self.stderr, self.stdout);
        self
    }

    /// Holds that standard error contains each of these.
    #[track_caller]
    pub fn says(self, parts: &[&str]) -> Self {
        for part in parts {
            assert!(
                self.stderr.contains(part),
                "no `{part}` in:\n{}",
                self.stderr
            );
        }
        self
    }
}

/// A small piece that is right.
pub fn piece(slug: &str, words: &str) -> String {
    format!(
        "series: Flash Point\ntitle: A small piece\ndate: 2025-11-04\nlanguage: en-GB\nslug: {slug}\n\
         contributors:\n  - name: Amina Khan\n    statement:\n      - {words}\n"
    )
}

/// A piece with an editor's question in it, which is a warning.
pub fn questioned(slug: &str) -> String {
    piece(slug, "Some words.") + "      - query: Is this so?\n"
}
