//! The search of a site on a host that only hands out files: an index in many small files, of which a search asks for the few
//! that may hold its words.
//!
//! Pieces and names stand in segments of at most [`MOST`] entries. Which segment a piece is in follows from its slug alone, so that a
//! changed piece makes one segment anew; all others stay at the target as they are. A segment is a table of terms, parted into
//! shards by their first letters, and records of what is shown of its entries. `search/index.json` names the segments with the
//! first term of each shard. Each shard begins with the key of its segment, so that a reader whose index is an older one notices.

mod document;
mod segment;

use std::collections::BTreeMap;
use std::io::Read;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::DistributeError;
use super::fold;
use super::headers::CachePolicy;
use super::manifest::{FileEntry, Manifest};
use super::people::People;
use super::planned_file::{FileKind, PlannedFile};
use super::publication::Publication;
use super::shelves::{ShelfKind, shelves};
use super::spool::Spool;
use crate::digest::Sha256;
use crate::store::Store;
use document::Document;
use segment::Segment;

/// The path of the index.
const INDEX: &str = "search/index.json";
/// The form of the index; another one makes every segment anew.
const FORM: &str = "2";
/// A segment has no more entries.
const MOST: usize = 250;
/// No index of ours is larger.
const LARGEST: u64 = 16 << 20;

/// A piece that can be found.
pub(super) struct Searched<'a> {
    /// What is said of it.
    pub(super) publication: &'a Publication,
    /// The hash of everything that its files were built from.
    pub(super) inputs: Sha256,
}

/// Gives the page of a piece; none where it cannot be read.
pub(super) type Pages<'a> =
    dyn Fn(&Publication) -> Result<Option<String>, DistributeError> + Sync + 'a;

/// The files of the search.
pub(super) struct SearchFiles {
    /// Those that were made.
    pub(super) fresh: Vec<PlannedFile>,
    /// Those that stand at the target.
    pub(super) standing: Vec<(String, FileEntry)>,
    /// The index, which names them all.
    pub(super) index: (String, Vec<u8>),
}

/// What can be found, before it is read.
#[derive(Clone, Copy)]
enum Entry<'a> {
    Piece(&'a Searched<'a>),
    Name(ShelfKind, &'a str, &'a str),
}

impl Entry<'_> {
    /// Where it belongs among the segments of its kind.
    fn place(&self) -> Sha256 {
        match self {
            Self::Piece(piece) => Sha256::of(piece.publication.record.slug.as_str().as_bytes()),
            Self::Name(kind, _, slug) => Sha256::of_fields([kind.folder(), slug]),
        }
    }

    /// What its segment is made of.
    fn fields(&self) -> [String; 2] {
        match self {
            Self::Piece(piece) => {
                let slug = piece.publication.record.slug.to_string();
                [slug, piece.inputs.to_string()]
            }
            Self::Name(kind, name, slug) => {
                [format!("{}{slug}", kind.folder()), (*name).to_owned()]
            }
        }
    }
}

/// The index as it is written and read.
#[derive(Serialize, Deserialize)]
struct Index {
    tables: Json,
    segments: Vec<Segment>,
}

/// Makes the search of pieces that stand newest first. Segments that stand at the target are not made again.
///
/// # Errors
/// [`DistributeError`] when the store cannot be read or the spool not be written.
pub(super) fn files(
    pieces: &[Searched<'_>],
    people: &People,
    pages: &Pages<'_>,
    before: &Manifest,
    store: &dyn Store,
    spool: &Spool,
) -> Result<SearchFiles, DistributeError> {
    let publications: Vec<&Publication> = pieces.iter().map(|piece| piece.publication).collect();
    let [people, topics] = [ShelfKind::Person, ShelfKind::Topic]
        .map(|kind| (kind, shelves(kind, &publications, people)));
    let names = [&people, &topics].into_iter().flat_map(|(kind, shelves)| {
        let names = shelves.iter();
        names.map(move |shelf| Entry::Name(*kind, &shelf.name, &shelf.slug))
    });
    let mut parts = Vec::new();
    part(
        "p",
        pieces.iter().map(Entry::Piece).collect(),
        0,
        &mut parts,
    );
    part("n", names.collect(), 0, &mut parts);
    let standing = standing(before, store)?;
    let made: Vec<(Segment, Vec<PlannedFile>)> = parts
        .into_par_iter()
        .map(|(id, entries)| {
            let key = key(&entries);
            match standing.get(&(id.clone(), key.clone())) {
                Some(segment) => Ok((segment.clone(), Vec::new())),
                None => make(id, key, &entries, pages, spool),
            }
        })
        .collect::<Result<_, DistributeError>>()?;
    let mut files = SearchFiles {
        fresh: Vec::new(),
        standing: Vec::new(),
        index: (INDEX.to_owned(), Vec::new()),
    };
    let mut index = Index {
        tables: fold::tables(),
        segments: Vec::new(),
    };
    for (segment, fresh) in made {
        if fresh.is_empty() {
            let paths = segment.paths();
            let entries = paths.filter_map(|path| before.files.get_key_value(&path));
            files
                .standing
                .extend(entries.map(|(path, entry)| (path.clone(), entry.clone())));
        }
        files.fresh.extend(fresh);
        index.segments.push(segment);
    }
    files.index.1 = serde_json::to_vec(&index).expect("JSON has only text keys");
    Ok(files)
}

/// Parts entries by the bits of their places until no part has too many.
fn part<'a>(
    id: &str,
    entries: Vec<Entry<'a>>,
    depth: usize,
    parts: &mut Vec<(String, Vec<Entry<'a>>)>,
) {
    if entries.is_empty() {
        return;
    }
    // No two entries have one place, so that this ends; the bound is for those who doubt it.
    if entries.len() <= MOST || depth >= 128 {
        parts.push((id.to_owned(), entries));
        return;
    }
    let bit = |entry: &Entry<'_>| entry.place().as_bytes()[depth / 8] >> (7 - depth % 8) & 1 == 1;
    let (ones, zeros): (Vec<_>, Vec<_>) = entries.into_iter().partition(bit);
    part(&format!("{id}0"), zeros, depth + 1, parts);
    part(&format!("{id}1"), ones, depth + 1, parts);
}

fn key(entries: &[Entry<'_>]) -> String {
    let fields: Vec<[String; 2]> = entries.iter().map(Entry::fields).collect();
    let fields = fields.iter().flatten().map(String::as_str);
    Sha256::of_fields([FORM].into_iter().chain(fields)).prefix(16)
}

/// The segments that stand at the target whole, by name and key.
fn standing(
    before: &Manifest,
    store: &dyn Store,
) -> Result<BTreeMap<(String, String), Segment>, DistributeError> {
    let mut segments = BTreeMap::new();
    let Some(known) = before.files.get(INDEX).filter(|file| file.size <= LARGEST) else {
        return Ok(segments);
    };
    let Some(mut file) = store.read(INDEX)? else {
        return Ok(segments);
    };
    let mut bytes = Vec::new();
    let is_read = file.read_to_end(&mut bytes).is_ok();
    if !is_read || Sha256::of(&bytes) != known.sha256 {
        return Ok(segments);
    }
    let index: Index = match serde_json::from_slice(&bytes) {
        Ok(index) => index,
        Err(_) => return Ok(segments),
    };
    for segment in index.segments {
        if segment.paths().all(|path| before.files.contains_key(&path)) {
            segments.insert((segment.id.clone(), segment.key.clone()), segment);
        }
    }
    Ok(segments)
}

/// Makes a segment.
fn make(
    id: String,
    key: String,
    entries: &[Entry<'_>],
    pages: &Pages<'_>,
    spool: &Spool,
) -> Result<(Segment, Vec<PlannedFile>), DistributeError> {
    let mut builder = segment::Builder::new(id, key);
    for entry in entries {
        let document = match entry {
            Entry::Piece(piece) => {
                let page = pages(piece.publication)?;
                Document::of_piece(piece.publication, page.as_deref())
            }
            Entry::Name(kind, name, slug) => Document::of_name(*kind, name, slug),
        };
        builder.add(document);
    }
    let (segment, files) = builder.finish();
    let files = files.into_iter().map(|(path, media_type, bytes)| {
        let (cache, kind) = (CachePolicy::Hour, FileKind::Asset);
        let mut file = PlannedFile::of_bytes(path, media_type, bytes, cache, kind);
        file.wait_in(spool).map_err(DistributeError::Spool)?;
        Ok(file)
    });
    Ok((segment, files.collect::<Result<_, DistributeError>>()?))
}

#[cfg(test)]
mod tests;
