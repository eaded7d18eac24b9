//! What is made only when somebody looks: the text on a phone, covers, thumbnails.

use std::sync::Arc;

use serde_json::json;

use super::desk::Desk;
use super::entry::PieceId;
use super::view::ShownText;
use crate::compose::Composition;
use crate::cover::{self, Size};
use crate::diagnostic::guard;
use crate::editions::{Options, html};
use crate::pipeline;

/// How much of each text is told, in characters: enough to find it again.
const TOLD: usize = 80;

/// A picture: its media type and its bytes.
pub(super) type Picture = (&'static str, Vec<u8>);

/// The HTML edition, which is what browsers and reading programs show of a piece.
pub(super) fn phone(text: &ShownText) -> Option<Arc<[u8]>> {
    if let Some(page) = text.phone.get() {
        return Some(Arc::clone(page));
    }
    let write = || html::write(&text.composition, None, &text.options);
    let page: Arc<[u8]> = guard("writing the text", write).ok()?.ok()?.into();
    Some(Arc::clone(text.phone.get_or_init(|| page)))
}

/// How each text of the piece begins, in the order of their numbers.
pub(super) fn texts(text: &Arc<ShownText>) -> String {
    let texts = text.composition.texts.iter();
    let begins = texts.map(|text| text.plain().chars().take(TOLD).collect::<String>());
    json!(begins.collect::<Vec<_>>()).to_string()
}

/// The cover.
pub(super) fn cover(text: &ShownText) -> Option<Arc<Picture>> {
    if let Some(cover) = text.cover.get() {
        return Some(Arc::clone(cover));
    }
    let cover = Arc::new(drawn(&text.composition, &text.options, Size::Screen)?);
    Some(Arc::clone(text.cover.get_or_init(|| cover)))
}

/// The cover of a piece of the list, small.
pub(super) fn thumbnail(desk: &Desk, id: &PieceId) -> Option<Picture> {
    let (path, house) = {
        let state = desk.state();
        (state.entries.get(id)?.path.clone(), state.house.clone()?)
    };
    let (_, composition) = pipeline::compose(
        &path,
        None,
        &house.projects,
        None,
        false,
        &house.options.theme.house(),
    );
    drawn(&composition?, &house.options, Size::Thumbnail)
}

fn drawn(composition: &Composition, options: &Options, size: Size) -> Option<Picture> {
    let Some((image, _)) = &composition.cover else {
        let draw = || cover::draw(composition, &options.theme, size);
        let bytes = guard("drawing the cover", draw).ok()?.ok()?;
        return Some((cover::MEDIA_TYPE, bytes));
    };
    let image = &composition[*image];
    let small = match size {
        Size::Thumbnail => guard("making the cover small", || cover::thumbnail(image))
            .ok()?
            .ok()?,
        _ => None,
    };
    let image = small.as_ref().unwrap_or(image);
    Some((image.format.media_type(), image.bytes.to_vec()))
}
