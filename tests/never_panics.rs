//! Whatever stands in a file, loading, checking and showing what was found come to an end, and every place is one.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::Path;

use flashpoint::check::check;
use flashpoint::diagnostic::render;
use flashpoint::load::load;
use proptest::prelude::*;

/// A cut into a fixture: where, how much goes, and what comes in its place.
type Cut = (prop::sample::Index, usize, String);

fn cuts() -> impl Strategy<Value = Vec<Cut>> {
    let piece = prop_oneof![
        proptest::sample::select(vec![
            ":", ": ", "- ", "\n", "\n  ", "\t", "\"", "'", "[", "]", "{", "}", "&a", "*a", "!",
            "|", ">", "#", " #", "~", "\\", "\u{0}", "\u{feff}", "\u{202e}", "\r", "---\n",
            "...\n", "? ", "%", "@", "[^x]", "](", "12", "é",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    proptest::collection::vec((any::<prop::sample::Index>(), 0..20_usize, piece), 1..6)
}

fn cut(text: &str, cuts: &[Cut]) -> String {
    let mut text = text.to_owned();
    for (at, length, insert) in cuts {
        let boundary = |mut at: usize| {
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let start = boundary(at.index(text.len() + 1));
        let end = boundary((start + length).min(text.len())).max(start);
        text.replace_range(start..end, insert);
    }
    text
}

fn judge(path: &Path) {
    let loaded = load(path);
    let found = loaded
        .diagnostics
        .iter()
        .cloned()
        .chain(check(&loaded).diagnostics);
    for diagnostic in found {
        if let Some(span) = &diagnostic.span {
            assert!(
                loaded.source.text.get(span.clone()).is_some(),
                "{diagnostic:?}"
            );
        }
        let shown = render::text(&loaded.source, &diagnostic, false);
        assert!(
            shown.chars().all(|c| c == '\n' || !c.is_control()),
            "{shown:?}"
        );
        assert_eq!(render::json(&loaded.source, &diagnostic).lines().count(), 1);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn damaged_pieces_are_told_of(
        name in proptest::sample::select(vec!["every-block", "inline-marks", "all-metadata", "urdu", "notes"]),
        cuts in cuts(),
    ) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/valid");
        let text = fs::read_to_string(folder.join(format!("{name}.yaml"))).unwrap();
        let scratch = tempfile::tempdir().unwrap();
        let path = scratch.path().join("a.yaml");
        fs::write(&path, cut(&text, &cuts)).unwrap();
        judge(&path);
    }

    #[test]
    fn any_bytes_are_told_of(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let scratch = tempfile::tempdir().unwrap();
        let path = scratch.path().join("a.yaml");
        fs::write(&path, bytes).unwrap();
        judge(&path);
    }

    #[test]
    fn damaged_images_are_told_of(
        name in proptest::sample::select(vec!["rgb.png", "palette.png", "photo.jpg", "turned.jpg", "progressive.jpg"]),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        keep in any::<prop::sample::Index>(),
        truncated in any::<bool>(),
    ) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/valid/images");
        let mut bytes = fs::read(folder.join(name)).unwrap();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if truncated {
            bytes.truncate(keep.index(bytes.len()));
        }
        let scratch = tempfile::tempdir().unwrap();
        fs::write(scratch.path().join("a.img"), bytes).unwrap();
        let path = scratch.path().join("a.yaml");
        let piece = "series: A\ntitle: A\ndate: 2025-01-01\nlanguage: en\ncontributors:\n  - name: A\n    statement:\n      - figure: {image: a.img, alt: A}\n";
        fs::write(&path, piece).unwrap();
        let loaded = load(&path);
        prop_assert_eq!(loaded.images.len() + loaded.diagnostics.len(), 1);
    }
}
