//! The direction of imports: a phase knows those before it and none behind it; and what is known of the world outside stands in
//! rooms of its own.

use std::collections::BTreeSet;
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
