//! An archive of small pieces with their editions, and what stands at its target.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use sha2::{Digest, Sha256};

pub(crate) const PIECE: &str = "series: Flash Point\ntitle: \"What <now>?\"\ndate: 2025-11-04\nlanguage: en-GB\nslug: SLUG\n\
contributors:\n  - {name: Amina Khan, statement: [Words.]}\n";

/// A folder with sources, their editions and a site's file.
pub(crate) struct Archive {
    root: tempfile::TempDir,
}

impl Archive {
    pub(crate) fn new(slugs: &[&str]) -> Self {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("source")).unwrap();
        let archive = Self { root };
        for slug in slugs {
            archive.write(&format!("source/{slug}.yaml"), &PIECE.replace("SLUG", slug));
        }
        archive.write(
            "site.yaml",
            "base_url: https://example.org/pieces\ntitle: Pieces & more\n",
        );
        archive.export();
        archive
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_flashpoint"));
        command.args(arguments).current_dir(self.root.path());
        command.env_remove("SOURCE_DATE_EPOCH");
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("AWS_") {
                command.env_remove(name);
            }
        }
        command
    }

    pub(crate) fn export(&self) {
        let output = self.run(&["export", "source", "-q"]);
        assert!(output.status.success(), "{}", told(&output));
    }

    pub(crate) fn distribute(&self, more: &[&str]) -> Output {
        let plain = [
            "distribute",
            "source",
            "--to",
            "public",
            "--site",
            "site.yaml",
        ];
        self.run(&[&plain[..], more].concat())
    }

    /// Every file at the target with its bytes.
    pub(crate) fn site(&self) -> BTreeMap<String, Vec<u8>> {
        let mut found = BTreeMap::new();
        collect(&self.path("public"), &self.path("public"), &mut found);
        found
    }
}

pub(crate) fn collect(root: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, found);
        } else {
            let name = path
                .strip_prefix(root)
                .unwrap()
                .to_string_lossy()
                .into_owned();
            found.insert(name, fs::read(&path).unwrap());
        }
    }
}

pub(crate) fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

pub(crate) fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Follows every link between the files of a site, and tells how many there are.
pub(crate) fn follow_links(site: &BTreeMap<String, Vec<u8>>) -> usize {
    let mut links = 0;
    for (path, bytes) in site
        .iter()
        .filter(|(path, _)| path.ends_with(".html") || path.starts_with("opds/"))
    {
        let text = String::from_utf8(bytes.clone()).unwrap();
        for attribute in ["href=\"", "src=\""] {
            for part in text.split(attribute).skip(1) {
                let link = part.split('"').next().unwrap().split('#').next().unwrap();
                if link.is_empty() || link.contains("://") || link.starts_with("mailto:") {
                    continue;
                }
                links += 1;
                let mut place: Vec<&str> = path.split('/').collect();
                place.pop();
                for step in link.split('/') {
                    match step {
                        ".." => drop(place.pop().unwrap()),
                        step => place.push(step),
                    }
                }
                assert!(
                    site.contains_key(&place.join("/")),
                    "{path} leads to {link}"
                );
            }
        }
    }
    links
}
