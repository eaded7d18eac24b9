//! A piece gets its page: from what was built now, or from its own text at the target where only what stands around it changed.

use std::sync::Arc;

use super::DistributeError;
use super::around::Around;
use super::build_piece::{PieceFiles, SitePiece};
use super::headers::CachePolicy;
use super::manifest::{Manifest, PieceEntry, Shared};
use super::media_type::HTML;
use super::page_texts;
use super::pages::{PageText, PageWriter, halves_of};
use super::planned_file::{FileKind, PlannedFile};
use super::publication::Publication;
use super::shelves::{ShelfKind, places};
use super::spool::{Spool, Spooled};
use crate::digest::Sha256;
use crate::store::Store;

/// A piece with its files.
pub(super) struct CompletePiece {
    pub(super) entry: PieceEntry,
    /// All of them where it was built, else those that changed.
    pub(super) files: Vec<PlannedFile>,
    pub(super) is_built: bool,
    /// Whether its page should be another and could not be written anew.
    pub(super) is_aged: bool,
}

/// Where pieces get their pages.
pub(super) struct PieceDesk<'a> {
    pub(super) before: &'a Manifest,
    pub(super) pages: &'a PageWriter<'a>,
    pub(super) spool: &'a Spool,
    pub(super) store: &'a dyn Store,
    pub(super) frame: String,
    /// The sheet and the script that pages name.
    pub(super) assets: String,
}

impl PieceDesk<'_> {
    /// Gives a piece its page, and tells what of its files is new.
    ///
    /// # Errors
    /// [`DistributeError`].
    pub(super) fn complete(
        &self,
        piece: SitePiece,
        around: &Around<'_>,
    ) -> Result<CompletePiece, DistributeError> {
        let SitePiece {
            publication,
            inputs,
            fresh,
            source,
            former,
            withdrawn,
            translation_of,
        } = piece;
        let shown = self.shown(&publication);
        let mut entry = PieceEntry {
            inputs,
            files: 0,
            around: around.hash(&self.frame, &shown),
            source,
            former,
            withdrawn,
            translation_of,
            publication: Shared(Arc::clone(&publication)),
        };
        if let Some(PieceFiles { mut files, text }) = fresh {
            let halves = [markup(&text.title_block)?, markup(&text.sections)?];
            files.push(self.page(&publication, &halves, around)?);
            return Ok(CompletePiece {
                entry,
                files,
                is_built: true,
                is_aged: false,
            });
        }
        let known = self.before.pieces.get(publication.record.slug.as_str());
        let standing = known.map_or(Sha256::default(), |known| known.around);
        let mut complete = |files, is_aged| {
            if is_aged {
                entry.around = standing;
            }
            Ok(CompletePiece {
                entry: entry.clone(),
                files,
                is_built: false,
                is_aged,
            })
        };
        if standing == around.hash(&self.frame, &shown) {
            return complete(Vec::new(), false);
        }
        match self.halves(&publication)? {
            Some(halves) => complete(vec![self.page(&publication, &halves, around)?], false),
            None => complete(Vec::new(), true),
        }
    }

    fn page(
        &self,
        publication: &Publication,
        [title_block, sections]: &[String; 2],
        around: &Around<'_>,
    ) -> Result<PlannedFile, DistributeError> {
        let text = PageText {
            title_block,
            sections,
        };
        let (path, bytes) = self.pages.piece(publication, text, around)?;
        let mut page =
            PlannedFile::of_bytes(path, HTML, bytes, CachePolicy::Minutes, FileKind::Page);
        page.wait_in(self.spool).map_err(DistributeError::Spool)?;
        Ok(page)
    }

    /// What a page names besides the piece and what stands around it: sheet, script, and the pages of its people.
    fn shown(&self, publication: &Publication) -> String {
        let people = places(ShelfKind::Person, publication, &self.pages.site.people);
        let people = people.iter().map(|(_, page)| page.as_str());
        let shown: Vec<&str> = std::iter::once(self.assets.as_str())
            .chain(people)
            .collect();
        shown.join(" ")
    }

    /// The text of a piece from its page at the target, where that is as the manifest says.
    fn halves(&self, publication: &Publication) -> Result<Option<[String; 2]>, DistributeError> {
        let page = page_texts::standing(publication, self.before, self.store)?;
        Ok(page.and_then(|page| halves_of(&page)))
    }
}

fn markup(spooled: &Spooled) -> Result<String, DistributeError> {
    let bytes = spooled.bytes().map_err(DistributeError::Spool)?;
    Ok(String::from_utf8(bytes).expect("markup went in as text"))
}
