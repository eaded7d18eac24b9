//! The DOCX edition: what an editor in Word would have made by hand (ISO/IEC 29500-1, WordprocessingML, transitional).
//!
//! `docx-rs` builds the document; [`finish`] puts its parts into the order of the schemas and adds what it has no words
//! for, by the ids of a [`ledger`]; the parts that it lacks are written here, and the package too. Nothing here decides a word: the composition did.

mod body;
mod contents;
mod digits;
mod embedded;
mod faces;
mod figures;
mod finish;
mod languages;
mod ledger;
mod lists;
mod order;
mod page;
mod parts;
mod properties;
mod rewrite;
mod runs;
mod settings;
mod sheet;
mod slots;
mod stretches;
mod styles;
mod tables;
mod theme;
mod turns;
mod xml;

use self::page::Turns;
use super::{EditionError, Options};
use crate::compose::{Composition, Kind};
use crate::typeset::PageList;

/// Writes the DOCX edition. It lists no pages: a word processor lays out anew.
///
/// # Errors
/// [`EditionError::Writer`] when a library beneath refuses, or does not write all that it was given.
pub fn write(
    composition: &Composition,
    _: Option<&PageList>,
    options: &Options,
) -> Result<Vec<u8>, EditionError> {
    let (wanted, _) = super::faces::wanted(composition, &options.theme);
    let slots = slots::Slots::of(composition, &options.theme, &wanted);
    let names = styles::SlotNames::of(&slots);
    let mut body = body::build(composition, options, slots);
    let (turns, last) = body.last_pages();
    let steps = lists::Steps::of(body.row(Kind::ListText));
    let mut ledger = body.ledger;
    let built = docx_rs::Docx {
        styles: styles::styles(&options.theme, composition, names, &mut ledger),
        numberings: lists::numberings(composition.digits, &body.numbered, steps),
        document: page::document(
            body.children,
            (turns, last),
            composition,
            options,
            &mut ledger,
        ),
        ..docx_rs::Docx::new()
    }
    .build();
    let turned =
        (turns == Turns::Sometimes).then(|| page::turned(composition, options, &mut ledger));
    let carried = faces::carried(composition, &options.theme, &wanted).map_err(refused)?;
    let entries = parts::parts(parts::Sources {
        composition,
        options,
        built,
        turned,
        ledger,
        carried: &carried,
        links: &body.links,
        note_links: &body.note_links,
    })
    .map_err(refused)?;
    let fonts = carried.embedded().map(|family| family.parts.as_slice());
    super::package::write_with(entries, fonts).map_err(refused)
}

fn refused(error: impl std::fmt::Display) -> EditionError {
    EditionError::Writer {
        format: "docx",
        reason: error.to_string(),
    }
}
