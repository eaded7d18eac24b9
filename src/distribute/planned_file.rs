//! Files that a site is made of, before they are put.

use std::io::{self, Read};
use std::path::PathBuf;

use super::headers::CachePolicy;
use super::manifest::FileEntry;
use super::media_type::MediaType;
use super::spool::{Spool, Spooled};
use crate::digest::Sha256;
use crate::store::{Headers, open_plain};

/// A file of the site.
#[derive(Debug, Clone)]
pub(super) struct PlannedFile {
    /// Its path.
    pub(super) path: String,
    /// Its media type, size and hash.
    pub(super) entry: FileEntry,
    /// Where its bytes are.
    pub(super) content: Content,
    /// How long it may be kept by those who fetched it.
    pub(super) cache: CachePolicy,
    /// Content-Disposition.
    pub(super) disposition: Option<String>,
    /// What decides when it is put.
    pub(super) kind: FileKind,
}

/// Where the bytes of a file are.
#[derive(Debug, Clone)]
pub(super) enum Content {
    /// In memory.
    Bytes(Vec<u8>),
    /// In the run's spool.
    Spooled(Spooled),
    /// In a file of this machine.
    File(PathBuf),
}

/// What a file is to the order in which files are put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileKind {
    /// Editions, images, style sheets: they name nothing.
    Asset,
    /// Pages of pieces.
    Page,
    /// Front pages, feeds, catalogues.
    Catalogue,
}

impl PlannedFile {
    /// A file of these bytes.
    pub(super) fn of_bytes(
        path: String,
        media_type: &'static str,
        bytes: Vec<u8>,
        cache: CachePolicy,
        kind: FileKind,
    ) -> Self {
        let entry = FileEntry {
            media_type: MediaType(media_type),
            size: bytes.len() as u64,
            sha256: Sha256::of(&bytes),
        };
        Self {
            path,
            entry,
            content: Content::Bytes(bytes),
            cache,
            disposition: None,
            kind,
        }
    }

    /// Moves the bytes from memory to a spool until they are put.
    pub(super) fn wait_in(&mut self, spool: &Spool) -> io::Result<()> {
        if let Content::Bytes(bytes) = &self.content {
            self.content = Content::Spooled(spool.add(bytes)?);
        }
        Ok(())
    }

    /// The bytes, held against the hash: a file that changed since it was planned is not put.
    pub(super) fn bytes(&self) -> io::Result<Vec<u8>> {
        let bytes = match &self.content {
            Content::Bytes(bytes) => bytes.clone(),
            Content::Spooled(spooled) => spooled.bytes()?,
            Content::File(place) => {
                let mut bytes = Vec::new();
                open_plain(place)?.read_to_end(&mut bytes)?;
                bytes
            }
        };
        if Sha256::of(&bytes) == self.entry.sha256 {
            Ok(bytes)
        } else {
            Err(io::Error::other("it changed while the site was built"))
        }
    }

    /// The name under which it is staged: it tells the bytes, the headers and the place.
    pub(super) fn staged_name(&self) -> String {
        let headers = self.headers();
        Sha256::of_fields([
            &self.path,
            &self.entry.sha256.to_string(),
            headers.media_type,
            headers.disposition.unwrap_or_default(),
            headers.cache,
        ])
        .to_string()
    }

    /// What the store says of it.
    pub(super) fn headers(&self) -> Headers<'_> {
        Headers {
            media_type: self.entry.media_type.0,
            disposition: self.disposition.as_deref(),
            cache: self.cache.value(),
        }
    }
}
