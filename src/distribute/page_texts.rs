//! The pages of pieces, read again for what is made of their texts: from the spool where they were written now, else from the target.

use std::collections::BTreeMap;
use std::io::Read;

use url::Url;

use super::DistributeError;
use super::feeds::absolute;
use super::manifest::Manifest;
use super::page_text::with_addresses;
use super::pages::halves_of;
use super::publication::Publication;
use super::spool::Spooled;
use crate::digest::Sha256;
use crate::store::Store;

/// The pages of a site's pieces.
pub(super) struct PageTexts<'s> {
    /// Those that were written now, by their paths.
    pub(super) fresh: BTreeMap<String, Spooled>,
    /// What stands at the target.
    pub(super) before: &'s Manifest,
    /// The target.
    pub(super) store: &'s dyn Store,
}

impl PageTexts<'_> {
    /// The page of a piece; none where it cannot be read.
    ///
    /// # Errors
    /// [`DistributeError`] when spool or store cannot be read.
    pub(super) fn page(&self, piece: &Publication) -> Result<Option<String>, DistributeError> {
        match self.fresh.get(&piece.page) {
            Some(spooled) => {
                let bytes = spooled.bytes().map_err(DistributeError::Spool)?;
                Ok(String::from_utf8(bytes).ok())
            }
            None => standing(piece, self.before, self.store),
        }
    }

    /// The text of a piece with whole addresses; none where it cannot be read.
    ///
    /// # Errors
    /// [`DistributeError`] when spool or store cannot be read.
    pub(super) fn with_addresses(
        &self,
        piece: &Publication,
        base: &Url,
    ) -> Result<Option<String>, DistributeError> {
        let Ok(page) = Url::parse(&absolute(base, &piece.page)) else {
            return Ok(None);
        };
        let text = self.page(piece)?.as_deref().and_then(halves_of);
        Ok(text.map(|[_, text]| with_addresses(&text, &page)))
    }
}

/// The page of a piece at the target, where it is as the manifest says.
///
/// # Errors
/// [`DistributeError`] when the store cannot say.
pub(super) fn standing(
    piece: &Publication,
    before: &Manifest,
    store: &dyn Store,
) -> Result<Option<String>, DistributeError> {
    let Some(known) = before.files.get(&piece.page) else {
        return Ok(None);
    };
    let Some(mut file) = store.read(&piece.page)? else {
        return Ok(None);
    };
    let mut page = Vec::new();
    let is_ours = file.read_to_end(&mut page).is_ok() && Sha256::of(&page) == known.sha256;
    Ok(String::from_utf8(page).ok().filter(|_| is_ours))
}
