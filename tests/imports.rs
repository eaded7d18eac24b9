//! The direction of imports: a phase knows those before it and none behind it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The phases in order; those of one row do not know each other, but for [`SIDEWAYS`].
const LAYERS: &[&[&str]] = &[
    &["diagnostic"],
    &["piece"],
    &["yaml", "store"],
    &["load"],
    &["check"],
    &["compose"],
    &["theme", "fonts"],
    &["shape"],
    &["measure"],
    &["typeset"],
    &["cover", "editions"],
    &["pipeline"],
    &["batch"],
    &["distribute"],
    &["cli"],
];

/// Who may know a neighbour of its own row.
const SIDEWAYS: &[(&str, &str)] = &[("fonts", "theme"), ("editions", "cover")];

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

/// The modules of this crate that a file names in code, comments left out.
fn imports(text: &str) -> BTreeSet<String> {
    let code = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n");
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
fn imports_are_found_in_every_form() {
    let text = "// crate::cli\nuse crate::piece::Date;\nuse crate::{load::load, check};\nlet x = crate::theme::Pt(1.0);";
    let expected = ["check", "load", "piece", "theme"].map(str::to_owned);
    assert_eq!(imports(text), BTreeSet::from(expected));
}
