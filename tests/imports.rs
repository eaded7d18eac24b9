//! The direction of imports: a phase knows those before it and none behind it; and what is known of the world outside stands in
//! rooms of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The phases in order; those of one row do not know each other, but for [`SIDEWAYS`].
const LAYERS: &[&[&str]] = &[
    &["diagnostic", "digest", "platform"],
    &["piece"],
    &["store"],
    &["yaml"],
    &["project"],
    &["drawing"],
    &["load"],
    &["check"],
    &["compose"],
    &["theme", "fonts"],
    &["shape"],
    &["measure"],
    &["typeset"],
    &["cover", "editions"],
    &["read"],
    &["verify"],
    &["pipeline"],
    &["batch"],
    &["import", "preview"],
    &["distribute"],
    &["cli"],
];

/// Who may know a neighbour of its own row.
const SIDEWAYS: &[(&str, &str)] = &[("theme", "fonts"), ("editions", "cover")];

/// What stands in some rooms alone: a crate, or a module of the standard library, and the folders below `src` that may name it.
const ROOMS: &[(&str, &[&str])] = &[
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    // The program hands its arguments to `cli`.
    ("std::env", &["cli", "main.rs"]),
    ("axum", &["preview"]),
    ("notify", &["preview"]),
    ("tokio", &["preview", "store"]),
    ("object_store", &["store"]),
    ("ureq", &["store"]),
    ("rustls", &["store"]),
    ("docx_rs", &["editions/docx"]),
    ("epub_builder", &["editions/epub"]),
    ("printpdf", &["editions/pdf"]),
    ("lopdf", &["editions/pdf"]),
    ("saphyr_parser", &["yaml"]),
    ("hayro_syntax", &["read"]),
    ("html5ever", &["read"]),
    ("roxmltree", &["drawing", "read"]),
    ("resvg", &["drawing"]),
    ("rustix", &["platform"]),
    ("signal_hook", &["platform"]),
    ("ctrlc", &["platform"]),
    ("usvg", &["drawing", "editions/pdf"]),
];

fn layer(module: &str) -> usize {
    let found = LAYERS.iter().position(|row| row.contains(&module));
    found.unwrap_or_else(|| panic!("`{module}` stands in no row of the order of phases"))
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("an entry").path();
        let is_hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if is_hidden {
            continue;
        }
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The text without its comments.
fn code(text: &str) -> String {
    let lines = text.lines();
    let code = lines.filter(|line| !line.trim_start().starts_with("//"));
    code.collect::<Vec<_>>().join("\n")
}

/// Whether code names a path: no part of a longer name, and with something of it or after it in use.
fn names(code: &str, path: &str) -> bool {
    let word = |c: char| c == '_' || c.is_alphanumeric();
    code.match_indices(path).any(|(at, _)| {
        let (before, after) = (&code[..at], &code[at + path.len()..]);
        // `::name` is that of a crate, `other::name` is not.
        let rooted = before.strip_suffix("::");
        let rooted = rooted.filter(|before| !before.ends_with(|c| word(c) || c == '>'));
        let before = rooted.unwrap_or(before);
        let whole = !before.ends_with(|c| word(c) || c == ':') && !after.starts_with(word);
        whole && (after.starts_with("::") || before.ends_with("use "))
    })
}

/// The modules of this crate that a file names in code, comments left out.
fn imports(text: &str) -> BTreeSet<String> {
    let code = code(text);
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c == '$' || c == '_' || c.is_alphanumeric()) {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        let names = match rest.strip_prefix('{') {
            Some(group) => group
                .split('}')
                .next()
                .unwrap_or_default()
                .split(',')
                .map(str::trim)
                .collect(),
            None => vec![rest],
        };
        for name in names {
            let end = name
                .find(|c: char| c != '_' && !c.is_alphanumeric())
                .unwrap_or(name.len());
            found.insert(name[..end].to_owned());
        }
    }
    found.remove("");
    found
}

#[test]
fn a_phase_imports_only_the_phases_before_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut seen = BTreeSet::new();
    for path in sources(&root) {
        let inside = path.strip_prefix(&root).expect("below src");
        let Some(module) = inside.parent().and_then(|p| p.components().next()) else {
            continue;
        };
        let module = module
            .as_os_str()
            .to_str()
            .expect("an ASCII name")
            .to_owned();
        for import in imports(&fs::read_to_string(&path).expect("a readable file")) {
            let sideways = SIDEWAYS.contains(&(module.as_str(), import.as_str()));
            let right = import == module || sideways || layer(&import) < layer(&module);
            assert!(
                right,
                "{} imports `{import}`, which stands behind or beside `{module}`",
                inside.display()
            );
        }
        seen.insert(module);
    }
    assert!(
        seen.contains("piece") && seen.contains("compose") && seen.contains("editions"),
        "{seen:?}"
    );
}

#[test]
fn a_crate_stands_in_its_room_alone() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut used = BTreeSet::new();
    for path in sources(&root) {
        let inside = path.strip_prefix(&root).expect("below src");
        let code = code(&fs::read_to_string(&path).expect("a readable file"));
        for (outside, rooms) in ROOMS.iter().filter(|(outside, _)| names(&code, outside)) {
            assert!(
                rooms.iter().any(|room| inside.starts_with(room)),
                "{} names `{outside}`, which stands in {rooms:?} alone",
                inside.display()
            );
            used.insert(*outside);
        }
    }
    let all: BTreeSet<_> = ROOMS.iter().map(|(outside, _)| *outside).collect();
    assert_eq!(used, all, "a row that nothing of it is used");
}

#[test]
fn names_of_crates_are_found_in_every_form() {
    for (text, found) in [
        ("use clap::Parser;", true),
        ("use clap;", true),
        ("#[derive(clap::Args)]", true),
        ("let x = ::clap::Arg::new();", true),
        ("use clap_complete::Shell;", false),
        ("let clap = 1;", false),
        ("use crate::clap::x;", false),
    ] {
        assert_eq!(names(text, "clap"), found, "{text}");
    }
    assert!(names("let x = std::env::var(\"A\");", "std::env"));
    assert!(!names("const A: &str = env!(\"A\");", "std::env"));
}

#[test]
fn imports_are_found_in_every_form() {
    let text = "// crate::cli\nuse crate::piece::Date;\nuse crate::{load::load, check};\nlet x = crate::theme::Pt(1.0);";
    let expected = ["check", "load", "piece", "theme"].map(str::to_owned);
    assert_eq!(imports(text), BTreeSet::from(expected));
}

/// The paths that a `use` names, each with the name that it gives; braces multiplied out.
fn multiplied(tree: &str) -> Vec<(Vec<String>, String)> {
    let tree = tree.trim();
    let Some((head, rest)) = tree.split_once('{') else {
        let (path, alias) = tree.split_once(" as ").unwrap_or((tree, ""));
        let mut path: Vec<String> = path
            .split("::")
            .map(|part| part.trim().to_owned())
            .collect();
        if path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        let name = if alias.is_empty() {
            path.last().cloned().unwrap_or_default()
        } else {
            alias.trim().to_owned()
        };
        return vec![(path, name)];
    };
    let inside = rest.rsplit_once('}').map_or(rest, |(inside, _)| inside);
    let mut depth = 0;
    let parts = inside.split(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    });
    let parts = parts.filter(|part| !part.trim().is_empty());
    parts
        .flat_map(|part| multiplied(&format!("{head}{}", part.trim())))
        .collect()
}

/// The files of the crate, each with what it imports.
struct House(BTreeMap<PathBuf, Vec<Use>>);

/// What a file imports.
struct Use {
    /// The name that it has there.
    name: String,
    /// Its path from the crate's root.
    path: Vec<String>,
    /// Whether it is only handed on.
    is_door: bool,
}

impl House {
    fn of(files: impl Iterator<Item = (PathBuf, String)>) -> Self {
        Self(
            files
                .map(|(inside, text)| {
                    let uses = Self::uses(&inside, &text);
                    (inside, uses)
                })
                .collect(),
        )
    }

    /// What a file imports; the tests beside its code are left out, and of what is no module of this crate nothing is found.
    fn uses(inside: &Path, text: &str) -> Vec<Use> {
        let code = code(text.split("\nmod tests {").next().unwrap_or(text));
        let module = inside.with_extension("");
        let module: Vec<String> = module
            .iter()
            .filter_map(|part| part.to_str())
            .filter(|part| *part != "mod")
            .map(str::to_owned)
            .collect();
        let mut found = Vec::new();
        let mut rest = code.as_str();
        while let Some(at) = rest.find("use ") {
            let line = rest[..at].rsplit('\n').next().unwrap_or_default();
            rest = &rest[at + "use ".len()..];
            if !line.trim().is_empty() && !line.trim_start().starts_with("pub") {
                continue;
            }
            let tree = rest.split(';').next().unwrap_or_default();
            for (path, name) in multiplied(tree) {
                let mut base = module.clone();
                let mut parts = path.iter().peekable();
                if parts.next_if(|part| *part == "crate").is_some() {
                    base.clear();
                }
                while let Some(part) = parts.next_if(|part| *part == "super" || *part == "self") {
                    if part == "super" {
                        base.pop();
                    }
                }
                base.extend(parts.cloned());
                found.push(Use {
                    name,
                    path: base,
                    is_door: !line.trim().is_empty(),
                });
            }
        }
        found
    }

    /// The file of the longest beginning of a path that is one, and how long that is.
    fn file(&self, path: &[String]) -> Option<(&PathBuf, usize)> {
        (1..=path.len()).rev().find_map(|length| {
            let module: PathBuf = path[..length].iter().collect();
            let found = [module.with_extension("rs"), module.join("mod.rs")];
            found
                .iter()
                .find_map(|file| Some((self.0.get_key_value(file)?.0, length)))
        })
    }

    /// The file in which what a path names is defined: handed on by others, or not.
    fn home(&self, path: &[String]) -> Option<&PathBuf> {
        const MOST: usize = 8;
        let mut path = path.to_vec();
        for _ in 0..MOST {
            let (file, length) = self.file(&path)?;
            let handed = path
                .get(length)
                .and_then(|name| self.0[file].iter().find(|known| known.name == *name));
            match handed {
                Some(Use { path: whole, .. }) if self.file(whole).is_some() => {
                    path = whole.iter().chain(&path[length + 1..]).cloned().collect();
                }
                _ => return Some(file),
            }
        }
        None
    }

    /// The files that each file imports from.
    fn imported(&self) -> BTreeMap<&PathBuf, BTreeSet<&PathBuf>> {
        let of = |inside: &PathBuf, uses: &[Use]| {
            let own = uses.iter().filter(|one| !one.is_door);
            let homes = own.filter_map(|one| self.home(&one.path));
            // What stands in the head of its own folder, a file has with the folder.
            let is_head = |home: &PathBuf| {
                home.ends_with("mod.rs")
                    && home
                        .parent()
                        .is_some_and(|folder| inside.starts_with(folder))
            };
            homes
                .filter(|home| *home != inside && !is_head(home))
                .collect()
        };
        self.0
            .iter()
            .map(|(inside, uses)| (inside, of(inside, uses)))
            .collect()
    }
}

#[test]
fn no_files_import_in_a_circle() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let house = House::of(sources(&root).into_iter().map(|path| {
        let text = fs::read_to_string(&path).expect("a readable file");
        (
            path.strip_prefix(&root).expect("below src").to_owned(),
            text,
        )
    }));
    let imported = house.imported();
    let arrows: usize = imported.values().map(BTreeSet::len).sum();
    assert!(arrows > imported.len(), "{arrows} imports were found");
    let on_circles: Vec<(&PathBuf, Vec<&PathBuf>)> = imported
        .keys()
        .map(|file| {
            let way_back = |next: &&&PathBuf| reached(&imported, next).contains(file);
            (
                *file,
                imported[file].iter().filter(way_back).copied().collect(),
            )
        })
        .filter(|(_, circle): &(_, Vec<_>)| !circle.is_empty())
        .collect();
    assert!(
        on_circles.is_empty(),
        "these files import in circles: {on_circles:#?}"
    );
}

/// The files that a file imports, and those that they import.
fn reached<'f>(
    imported: &BTreeMap<&'f PathBuf, BTreeSet<&'f PathBuf>>,
    file: &PathBuf,
) -> BTreeSet<&'f PathBuf> {
    let mut found = BTreeSet::new();
    let mut waiting: Vec<&PathBuf> = imported[file].iter().copied().collect();
    while let Some(file) = waiting.pop() {
        if found.insert(file) {
            waiting.extend(&imported[file]);
        }
    }
    found
}

#[test]
fn imports_of_files_are_found_in_every_form() {
    let house = House::of(
        [
            ("a/mod.rs", "pub(super) use c::d::W;\nuse std::fs;\n"),
            ("a/b.rs", "use super::{W, c::Z as Y};\nfn f() {}\n"),
            (
                "a/c/mod.rs",
                "pub use d::W;\nuse crate::{e::X, a::b::{self, V}};\n",
            ),
            ("a/c/d.rs", "// use crate::e::X;\nuse super::super::b;\n"),
            ("e.rs", "fn use_it() {}"),
        ]
        .into_iter()
        .map(|(path, text)| (PathBuf::from(path), text.to_owned())),
    );
    let found = house.imported();
    let found: Vec<Vec<&str>> = found
        .values()
        .map(|files| files.iter().filter_map(|file| file.to_str()).collect())
        .collect();
    let expected = [
        vec!["a/c/d.rs", "a/c/mod.rs"],
        vec!["a/b.rs"],
        vec!["a/b.rs", "e.rs"],
        vec![],
        vec![],
    ];
    assert_eq!(found, expected);
}

#[test]
fn no_file_is_longer_than_a_reader_can_hold() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for path in ["src", "tests", "benches"]
        .iter()
        .flat_map(|folder| sources(&root.join(folder)))
    {
        let lines = fs::read_to_string(&path)
            .expect("a readable file")
            .lines()
            .count();
        assert!(
            lines <= 500,
            "{} has {lines} lines: part it by concern",
            path.display()
        );
    }
}
