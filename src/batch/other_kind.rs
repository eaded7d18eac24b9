//! Files in YAML that stand among pieces and are none: sites, themes, project files, and what editors leave.

use std::io::Read;
use std::path::Path;

use crate::store::open_plain;
use crate::theme;

/// How much of a file is looked at, in bytes.
const HEAD: u64 = 4 << 10;

/// Keys that only a piece has at its top.
const OF_PIECES: &[&str] = &["series", "contributors", "date", "introduction"];

/// Keys that a site's or a project's file has at its top, and no piece.
const OF_OTHERS: &[&str] = &["base_url", "defaults", "people"];

/// Names that say what a file is.
const NAMES: &[&str] = &["site.yaml", "site.yml", "flashpoint.yaml", "flashpoint.yml"];

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SourceKind {
    /// A piece. What cannot be read, or is wrong as a piece, is one: it is told of.
    Piece,
    /// It holds nothing, and has no other name than pieces have.
    Empty,
    /// It is no piece.
    Other,
}

/// What a file is, by its name and its beginning.
pub(super) fn kind_of(path: &Path) -> SourceKind {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // What Office and LibreOffice put beside a file that is open.
    if name.starts_with("~$") {
        return SourceKind::Other;
    }
    let mut head = Vec::new();
    let read = open_plain(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    match read {
        Ok(0) if !NAMES.contains(&&*name) => SourceKind::Empty,
        Ok(_) if is_other_text(&name, &String::from_utf8_lossy(&head)) => SourceKind::Other,
        _ => SourceKind::Piece,
    }
}

fn is_other_text(name: &str, head: &str) -> bool {
    let mut keys = head.lines().filter_map(|line| {
        let (key, _) = line.split_once(':')?;
        key.starts_with(char::is_alphabetic)
            .then_some(key.trim_end())
    });
    let mut is_other = NAMES.contains(&name);
    let is_piece = keys.any(|key| {
        // A name is one of other files of YAML too.
        let is_of_theme = key != "name" && theme::keys().any(|known| known == key);
        is_other |= is_of_theme || OF_OTHERS.contains(&key);
        OF_PIECES.contains(&key)
    });
    is_other && !is_piece
}
