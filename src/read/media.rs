//! Which kinds of pictures and faces files are, by how they begin, and what media types call them: a browser that believes the type shows
//! nothing of a file of another kind.

/// How files of a media type begin, or those with such an end of their names.
const BEGINNINGS: &[(&str, &str, &[&[u8]])] = &[
    ("image/png", "png", &[b"\x89PNG\r\n\x1a\n"]),
    ("image/jpeg", "jpg", &[b"\xFF\xD8\xFF"]),
    ("image/jpeg", "jpeg", &[b"\xFF\xD8\xFF"]),
    ("image/svg+xml", "svg", &[b"<", b"\xEF\xBB\xBF<"]),
    ("image/webp", "webp", &[b"RIFF"]),
    ("font/woff2", "woff2", &[b"wOF2"]),
];

/// Whether bytes are of a media type.
pub(super) fn is_of(media: &str, bytes: &[u8]) -> bool {
    let mut own = BEGINNINGS.iter().filter(|(of, ..)| *of == media);
    own.any(|(.., begins)| begins.iter().any(|start| bytes.starts_with(start)))
}

/// Whether bytes are what the end of their file's name says; nobody knows it of other ends.
pub(super) fn is_named(name: &str, bytes: &[u8]) -> bool {
    let end = name.rsplit_once('.').map_or("", |(_, end)| end);
    let own = BEGINNINGS.iter().find(|(_, of, _)| *of == end);
    own.is_none_or(|(media, ..)| is_of(media, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_how_they_begin() {
        assert!(is_of("image/svg+xml", b"<svg/>"));
        assert!(!is_of("image/png", b"<svg/>"));
        assert!(!is_of("image/x", b"\x89PNG\r\n\x1a\n"));
        assert!(is_named("a/b.jpg", b"\xFF\xD8\xFF\xE0"));
        assert!(!is_named("a/b.png", b"\xFF\xD8\xFF\xE0"));
        assert!(is_named("a/b", b""));
    }
}
