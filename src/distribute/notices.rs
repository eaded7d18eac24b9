//! What stands at addresses that are no longer those of a piece's page: notices and what leads on.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::DistributeError;
use super::build_piece::SitePiece;
use super::headers::CachePolicy;
use super::manifest::{PieceEntry, Retired, Shared};
use super::media_type::{HTML, TEXT};
use super::pages::PageWriter;
use super::planned_file::{FileKind, PlannedFile};
use super::publication::page_path;
use super::site_files::SiteFiles;
use crate::digest::Sha256;
use crate::piece::Slug;

impl SiteFiles {
    /// Adds the notices of pieces that were withdrawn.
    pub(super) fn withdrawn(
        &mut self,
        pieces: Vec<SitePiece>,
        pages: &PageWriter<'_>,
    ) -> Result<(), DistributeError> {
        for piece in pieces {
            let Some(withdrawal) = &piece.withdrawn else {
                continue;
            };
            let publication = &piece.publication;
            let (path, bytes) = pages.withdrawn(publication, withdrawal)?;
            self.notice(path, bytes);
            let entry = PieceEntry {
                inputs: piece.inputs,
                files: 1,
                around: Sha256::default(),
                source: piece.source,
                former: piece.former,
                withdrawn: piece.withdrawn,
                translation_of: None,
                publication: Shared(Arc::clone(&piece.publication)),
            };
            let slug = piece.publication.record.slug.to_string();
            self.after.pieces.insert(slug, entry);
        }
        Ok(())
    }

    /// Adds the notices of pieces that were taken off.
    pub(super) fn retired(
        &mut self,
        retired: BTreeMap<String, Retired>,
        pages: &PageWriter<'_>,
    ) -> Result<(), DistributeError> {
        for (slug, piece) in &retired {
            let former = piece.former.iter().map(Slug::as_str);
            for slug in former.chain([slug.as_str()]) {
                let (path, bytes) = pages.gone(page_path(slug))?;
                self.notice(path, bytes);
            }
        }
        self.after.retired = retired;
        Ok(())
    }

    /// Adds what leads from earlier addresses of pieces to those that they have.
    pub(super) fn moved(
        &mut self,
        pieces: &[SitePiece],
        withdrawn: &[SitePiece],
        pages: &PageWriter<'_>,
    ) -> Result<(), DistributeError> {
        let mut rules = String::new();
        for piece in pieces.iter().chain(withdrawn) {
            for old in &piece.former {
                let (path, bytes) = pages.moved(page_path(old.as_str()), &piece.publication)?;
                self.notice(path, bytes);
                rules += &pages.redirects(old, &piece.publication);
            }
        }
        if !rules.is_empty() {
            let bytes = rules.into_bytes();
            let (path, cache) = ("_redirects".to_owned(), CachePolicy::Minutes);
            self.add(PlannedFile::of_bytes(
                path,
                TEXT,
                bytes,
                cache,
                FileKind::Catalogue,
            ));
        }
        Ok(())
    }

    /// Adds a page that stands at an address in place of a piece.
    pub(super) fn notice(&mut self, path: String, bytes: Vec<u8>) {
        let cache = CachePolicy::Minutes;
        self.add(PlannedFile::of_bytes(
            path,
            HTML,
            bytes,
            cache,
            FileKind::Page,
        ));
    }
}
