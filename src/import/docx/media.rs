//! Pictures: which part each is, and what it may be called outside.

use std::collections::BTreeMap;

use super::super::document::Media;
use crate::read::package::Package;

/// The largest picture that is taken over, in bytes.
const MOST: usize = 32 << 20;

/// The pictures so far, each part once.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    media: Vec<Media>,
    by_part: BTreeMap<String, Option<usize>>,
}

impl Shelf {
    /// The picture of a part: its index, and whether editions can show it.
    pub(super) fn take(&mut self, package: &mut Package<'_>, part: &str) -> Option<(usize, bool)> {
        if let Some(known) = self.by_part.get(part) {
            return known.map(|index| (index, self.media[index].is_shown));
        }
        let bytes = package
            .bytes(part)
            .ok()
            .flatten()
            .filter(|bytes| bytes.len() <= MOST);
        let index = bytes.map(|bytes| {
            let kind = kind(&bytes);
            self.media.push(Media {
                name: name(part, kind.map(|(ending, _)| ending)),
                is_shown: kind.is_some_and(|(_, is_shown)| is_shown),
                bytes,
            });
            self.media.len() - 1
        });
        self.by_part.insert(part.to_owned(), index);
        index.map(|index| (index, self.media[index].is_shown))
    }

    pub(super) fn finish(self) -> Vec<Media> {
        self.media
    }
}

/// The beginnings of pictures, the endings of their names, and whether editions show them.
const KINDS: &[(&[u8], &str, bool)] = &[
    (b"\x89PNG\r\n\x1a\n", "png", true),
    (b"\xff\xd8\xff", "jpg", true),
    (b"GIF8", "gif", false),
    (b"BM", "bmp", false),
    (b"II*\0", "tiff", false),
    (b"MM\0*", "tiff", false),
    (b"\xd7\xcd\xc6\x9a", "wmf", false),
    (b"\x01\0\x09\0", "wmf", false),
    (b"\x01\0\0\0", "emf", false),
];

fn kind(bytes: &[u8]) -> Option<(&'static str, bool)> {
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some(("webp", true));
    }
    let mut rows = KINDS.iter();
    let found = rows.find(|(beginning, ..)| bytes.starts_with(beginning));
    found.map(|(_, ending, is_shown)| (*ending, *is_shown))
}

/// A name that is safe in any folder: what the part is called, of letters, digits and hyphens, with the ending of its kind.
fn name(part: &str, ending: Option<&str>) -> String {
    let file = part.rsplit(['/', '\\']).next().unwrap_or_default();
    let (stem, own) = file.rsplit_once('.').unwrap_or((file, "bin"));
    let safe = |text: &str| -> String {
        let chars = text.chars().map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        });
        chars.take(40).collect()
    };
    let stem = safe(stem);
    let stem = stem.trim_matches('-');
    let stem = if stem.is_empty() { "picture" } else { stem };
    format!("{stem}.{}", ending.map_or_else(|| safe(own), str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_pictures_lead_nowhere() {
        assert_eq!(name("word/media/image 1.PNG", Some("png")), "image-1.png");
        assert_eq!(name("../../etc/pass wd", None), "pass-wd.bin");
        assert_eq!(name("a\\..\\b.e/mf", Some("emf")), "mf.emf");
        assert_eq!(name("", None), "picture.bin");
    }
}
