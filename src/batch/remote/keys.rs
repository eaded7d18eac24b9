//! Keys of a bucket as paths below a folder: which could be one, and which they name.

use std::path::{Component, Path, PathBuf};

use super::super::find::is_source;

/// The longest path and the longest name in it that file systems take.
const LONGEST_PATH: usize = 3_000;
const LONGEST_NAME: usize = 255;

/// Why a key cannot be the path of a file below a folder.
pub(super) fn unfit(key: &str) -> Option<&'static str> {
    let is_name = |part: Component<'_>| matches!(part, Component::Normal(_));
    let path = Path::new(key);
    if key.is_empty()
        || !path.components().all(is_name)
        || path.components().count() != key.split('/').count()
    {
        Some("it is no path below the root")
    } else if key.chars().any(char::is_control) || key.contains('\\') {
        Some("it has a character that no name of a file should have")
    } else if key.len() > LONGEST_PATH || key.split('/').any(|name| name.len() > LONGEST_NAME) {
        Some("it is longer than file systems take")
    } else {
        None
    }
}

/// Whether a part of a path is hidden, as walking a folder understands it.
pub(super) fn is_hidden(key: &str) -> bool {
    key.split('/').any(|name| name.starts_with('.'))
}

/// The key of an image that a source names.
pub(super) fn image_key(source: &str, image: &str) -> Option<String> {
    let folder = Path::new(source).parent().unwrap_or(Path::new(""));
    let parts = Path::new(image).components();
    let parts = parts.filter(|part| !matches!(part, Component::CurDir));
    let key = folder.join(parts.collect::<PathBuf>());
    let key = key.to_str()?.to_owned();
    unfit(&key).is_none().then_some(key)
}

/// The keys above a key that could be sources.
pub(super) fn above(key: &str) -> impl Iterator<Item = String> + '_ {
    let ends = key.match_indices('/').map(|(end, _)| &key[..end]);
    ends.filter(|key| is_source(Path::new(key)))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_could_be_no_file_below_a_folder_is_not_taken() {
        for fit in ["a.yaml", "2025/a b.yaml", "a..yaml", "ü/é.yaml"] {
            assert_eq!(unfit(fit), None, "{fit}");
        }
        let long = "x".repeat(256);
        for wrong in [
            "",
            "/a.yaml",
            "../a.yaml",
            "a/../../b.yaml",
            "a//b.yaml",
            "./a.yaml",
            "a/./b.yaml",
            "a/",
            "a\u{1}.yaml",
            "a\nb.yaml",
            "a\\b.yaml",
            &long,
        ] {
            assert!(unfit(wrong).is_some(), "{wrong}");
        }
        assert!(is_hidden("a/.b/c.yaml") && !is_hidden("a/b.c"));
    }

    #[test]
    fn only_folders_named_like_sources_could_be_sources() {
        let above = |key| above(key).collect::<Vec<_>>();
        assert!(above("essays/2025/a.yaml").is_empty());
        assert_eq!(
            above("x/a.yaml/b/c.yml/d.yaml"),
            ["x/a.yaml", "x/a.yaml/b/c.yml"]
        );
    }

    #[test]
    fn images_are_found_from_the_folder_of_their_source_and_nowhere_else() {
        let key = |source: &str, image: &str| image_key(source, image);
        assert_eq!(key("a.yaml", "map.png").as_deref(), Some("map.png"));
        assert_eq!(
            key("x/a.yaml", "./in/map.png").as_deref(),
            Some("x/in/map.png")
        );
        for outside in ["../map.png", "/etc/passwd", "in/../../../map.png"] {
            assert_eq!(key("x/a.yaml", outside), None, "{outside}");
        }
    }
}
