//! An archive of small pieces with their editions, and what stands at its target.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::program::{Place, Ran};

/// Goes to a folder, with a site's file.
const DISTRIBUTE: &str = "distribute source --site site.yaml --to";

/// A folder with sources, their editions and a site's file.
pub(crate) struct Archive {
    pub(crate) place: Place,
}

/// The files of a site, by their paths.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

impl Archive {
    /// An archive of pieces with these slugs, exported.
    pub(crate) fn new(slugs: &[&str]) -> Self {
        let archive = Self {
            place: Place::new(),
        };
        for slug in slugs {
            archive.write(slug, "Words.");
        }
        archive.place.write(
            "site.yaml",
            "base_url: https://example.org/pieces\ntitle: Pieces & more\n",
        );
        archive.export();
        archive
    }

    /// Writes the source of a piece, not its editions.
    pub(crate) fn write(&self, slug: &str, words: &str) {
        let piece = format!(
            "series: Flash Point\ntitle: \"What <now>?\"\ndate: 2025-11-04\nlanguage: en-GB\nslug: {slug}\n\
             contributors:\n  - {{name: Amina Khan, statement: [\"{words}\"]}}\n"
        );
        self.place.write(format!("source/{slug}.yaml"), piece);
    }

    /// Makes the editions.
    pub(crate) fn export(&self) {
        self.place.run("export source -q").expect(0);
    }

    /// Runs the program without what the machine's environment says of buckets.
    pub(crate) fn run(&self, line: &str) -> Ran {
        Ran::of(self.command(line).output().unwrap())
    }

    fn command(&self, line: &str) -> Command {
        let mut command = self.place.command(line);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("AWS_") {
                command.env_remove(name);
            }
        }
        command
    }

    /// Puts the site into `public/`.
    pub(crate) fn distribute(&self, more: &str) -> Ran {
        self.run(&format!("{DISTRIBUTE} public {more}"))
    }

    /// The same, as a command.
    pub(crate) fn distribution(&self) -> Command {
        self.command(&format!("{DISTRIBUTE} public"))
    }

    /// A distribution of some sources to somewhere, as a command.
    pub(crate) fn distribution_to(&self, to: &str, sources: &str) -> Command {
        self.command(&format!("distribute {sources} --to {to}"))
    }

    /// Every file in `public/`, with what waits there.
    pub(crate) fn site(&self) -> Files {
        self.files("public")
    }

    /// The site as a run makes it in an empty folder.
    pub(crate) fn fresh(&self, folder: &str) -> Files {
        self.run(&format!("{DISTRIBUTE} {folder}")).expect(0);
        self.files(folder)
    }

    fn files(&self, folder: &str) -> Files {
        let (root, mut found) = (self.place.at(folder), Files::new());
        collect(&root, &root, &mut found);
        found
    }

    /// Removes something, whatever it is.
    pub(crate) fn remove(&self, name: &str) {
        let path = self.place.at(name);
        if path.is_dir() {
            fs::remove_dir_all(path).unwrap();
        } else {
            fs::remove_file(path).unwrap();
        }
    }
}

fn collect(root: &Path, folder: &Path, found: &mut Files) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, found);
        } else {
            let name = path.strip_prefix(root).unwrap().to_string_lossy();
            found.insert(name.into_owned(), fs::read(&path).unwrap());
        }
    }
}

/// Follows every link between the files of a site, and tells how many there are.
pub(crate) fn follow_links(site: &Files) -> usize {
    let mut links = 0;
    for (path, bytes) in site
        .iter()
        .filter(|(path, _)| path.ends_with(".html") || path.starts_with("opds/"))
    {
        let text = String::from_utf8(bytes.clone()).unwrap();
        for attribute in ["href=\"", "src=\""] {
            for part in text.split(attribute).skip(1) {
                let link = part.split('"').next().unwrap().split('#').next().unwrap();
                if link.is_empty()
                    || link.contains("://")
                    || link.starts_with("mailto:")
                    || link.starts_with('/')
                {
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
                let target = place.join("/");
                assert!(site.contains_key(&target), "{path} leads to {link}");
            }
        }
    }
    links
}
