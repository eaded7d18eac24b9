//! Composing: the one place where attribution, headings, levels, anchors, dates and words are decided.

mod acronyms;
mod anchors;
mod arena;
mod attribution;
mod block;
mod blocks;
mod canonical;
mod citation;
mod colophon;
mod composition;
mod digits;
mod direction;
mod head_field;
mod house;
mod ids;
mod kind;
mod localise;
mod logo;
mod moment;
mod number;
mod people;
mod personal_name;
mod pulls;
mod quantity;
mod record;
mod review;
mod role;
#[cfg(test)]
pub(crate) mod sample;
mod section_role;
mod sections;
mod span;
mod spans;
#[cfg(test)]
mod tests;
mod ties;
mod walk;
mod ways_back;
mod wording;
mod words;

pub(crate) use acronyms::acronyms;
pub use block::{
    Block, BlockKind, Bullet, Content, Figure, Heading, Item, Labels, Table, Visit, portrait,
};
pub(crate) use canonical::silent_signs;
pub use canonical::{CanonicalText, canonical_line};
pub use composition::{Composition, Note, Reading, RunningHead, Section, Text, TitleBlock};
pub use digits::Digits;
pub use head_field::HeadField;
pub use house::House;
pub use ids::{Anchor, BlockId, ImageId, ItemId, Level, NoteId, TextId};
pub use kind::Kind;
pub(crate) use localise::date as localised_date;
pub use localise::date_line;
pub use logo::{Logo, PlacedLogo};
pub use moment::{Moment, MomentError};
pub use number::tenths;
pub use people::{Part, Person};
pub use personal_name::NameParts;
pub(crate) use pulls::repeated;
pub use quantity::{CellValue, read_column};
pub use record::{BETWEEN, Correction, Record};
pub use role::{Head, Role};
pub use section_role::{Matter, RoleRow, SectionRole};
pub use span::{Foreign, Shift, Span, Stress, Target};
pub use walk::Walk;
pub use wording::and_others;
pub use words::{SiteWords, Words};

use crate::check::CheckedPiece;
use crate::diagnostic::{Code, Diagnostic, FieldPath, Finding};

use arena::Arena;
use wording::Wording;

/// The most pixels to the inch of a picture in print, where nothing else is said.
const MAX_DPI: u16 = 300;

/// Decides what every edition of a piece prints and says of itself. `epoch` is `SOURCE_DATE_EPOCH`, where set.
#[must_use]
pub fn compose(piece: &CheckedPiece, epoch: Option<u64>) -> Composition {
    compose_for(piece, epoch, &House::default())
}

/// The same, with what a house puts to its pieces.
#[must_use]
pub fn compose_for(piece: &CheckedPiece, epoch: Option<u64>, house: &House<'_>) -> Composition {
    let front = &piece.front;
    let record = Record::of(piece, epoch);
    let wording = Wording::of(&record.language);
    let findings = wording.language.iter();
    let mut findings: Vec<_> = findings
        .map(|_| no_words(record.language.as_str()))
        .collect();

    let mut arena = Arena::new(piece);
    let names = sections::anchors(&mut arena, piece);
    let logo = house.logo(&mut arena);
    let publisher = house.publisher(&mut arena, front);
    let title_block = attribution::title_block(&mut arena, front, &record, &wording, &names);
    let title_block = TitleBlock {
        logo,
        publisher,
        ..title_block
    };
    let mut sections: Vec<Section> = house
        .summary(&mut arena, front, &wording)
        .into_iter()
        .collect();
    sections.extend(sections::sections(
        &mut arena,
        piece,
        &record.people,
        &wording,
        &names,
    ));
    let cover = sections::cover(&mut arena, piece);
    let digits = arena.digits;
    let (mut texts, images, mut notes) = arena.finish();
    let (images, image_fields) = images.into_iter().unzip();
    findings.extend(pulls::decide(&mut texts));
    ways_back::lead(&mut texts, &mut notes, digits);
    ties::decide(&mut texts, &record.language);

    let mut composition = Composition {
        running_head: RunningHead {
            series: front.series.clone(),
            title: front
                .short_title
                .clone()
                .unwrap_or_else(|| record.title.clone()),
        },
        summary: front.summary.clone(),
        hyphenation: front.hyphenation.clone(),
        life: front.life.clone(),
        mark: None,
        record,
        words: wording.words,
        words_language: wording.language,
        digits,
        title_block,
        sections,
        notes,
        images,
        image_fields,
        max_dpi: MAX_DPI,
        cover,
        texts,
        findings,
    };
    composition.record.text_hash = composition.canonical_text().hash();
    composition
}

fn no_words(language: &str) -> Finding {
    let message = format!(
        "there are no interface words in `{language}`; the editions use the English ones, marked as English"
    );
    Finding {
        path: FieldPath::root().key("language"),
        diagnostic: Diagnostic::warning(Code::NoInterfaceWords, message),
    }
}
