//! Setting pages: shaping, hyphenation, line breaking and pagination make a [`Layout`] of a composition and a theme.

mod addresses;
mod balance;
#[cfg(test)]
mod bidi_tests;
mod breaks;
mod collect;
mod collector;
mod colophon;
mod contents;
mod cover_page;
mod dots;
mod ending;
mod figures;
mod first_fit;
mod floats;
#[cfg(test)]
mod floats_tests;
mod flow;
mod footnotes;
mod furniture;
mod geometry;
mod hyphenate;
mod layout;
mod lexicon;
mod line_builder;
mod line_frame;
mod linebreak;
mod lines;
mod lists;
mod lowered;
mod mirror;
mod missing;
mod notes;
mod opportunities;
mod page_list;
mod pages;
#[cfg(test)]
mod pages_tests;
mod paginate;
mod paragraph;
mod patterns;
mod plan;
mod portraits;
mod pull_quotes;
mod setter;
mod statistics;
mod styles;
mod tables;
#[cfg(test)]
mod tests;
mod title;
mod tokens;

pub use contents::contents;
pub use layout::{
    Artifact, ArtifactKind, ContentsPart, Glyph, GlyphKind, Layout, Line, Owner, Page, PageStart,
    Placed, Run,
};
pub use page_list::{ListedPage, PageList};
pub use statistics::{LineFigures, Statistics};

use std::collections::BTreeSet;

use crate::compose::{Composition, Kind};
use crate::diagnostic::{Code, FieldPath};
use crate::piece::is_private;
use crate::theme::{PageSize, Sheet, Theme};

use geometry::Geometry;
use paginate::Depth;
use plan::State;

/// Why a composition cannot be set on pages.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TypesetError {
    /// A character for private use, of which nobody can know what it means.
    #[error("the PDF edition cannot hold U+{:04X}, a character for private use", u32::from(*.character))]
    PrivateCharacter {
        /// The character.
        character: char,
        /// The field that holds it.
        origin: FieldPath,
    },
    /// Letters, marks or digits that no face has; signs are drawn as boxes, and warned of.
    #[error("no face has {what}")]
    NoFace {
        /// How many of which scripts, and the first of each.
        what: String,
        /// The field that holds the first one.
        origin: FieldPath,
    },
    /// A table that does not fit a page on its side in the smallest type.
    #[error(
        "this table has {columns} columns, which need {needed}pt; a page has {room}pt for them"
    )]
    TableTooWide {
        /// How many columns it has.
        columns: usize,
        /// The width that they need, in whole points.
        needed: u32,
        /// The width that there is.
        room: u32,
        /// The cell that asks for the most.
        origin: FieldPath,
    },
    /// A column whose words have no room in the width that the piece gives it, or leaves it.
    #[error(
        "column {column} of this table has {given}% of its width, and its longest word needs {needed}%"
    )]
    ColumnTooNarrow {
        /// Which column, from 1.
        column: usize,
        /// The part that it has.
        given: u32,
        /// The part that it needs.
        needed: u32,
        /// The cell with that word.
        origin: FieldPath,
    },
    /// More languages than any piece has; each costs tables of its own.
    #[error("the PDF edition cannot set more than {MOST_LANGUAGES} languages")]
    TooManyLanguages {
        /// The field that holds the first one too many.
        origin: FieldPath,
    },
}

impl TypesetError {
    /// The field to which it is due.
    #[must_use]
    pub fn origin(&self) -> &FieldPath {
        match self {
            Self::PrivateCharacter { origin, .. }
            | Self::NoFace { origin, .. }
            | Self::TableTooWide { origin, .. }
            | Self::ColumnTooNarrow { origin, .. }
            | Self::TooManyLanguages { origin } => origin,
        }
    }

    /// What it is called.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::NoFace { .. } => Code::MissingCharacter,
            Self::TableTooWide { .. } | Self::ColumnTooNarrow { .. } => Code::TableTooWide,
            _ => Code::Pages,
        }
    }

    /// The way out.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NoFace { .. } => {
                "give a face that has them: `--font FILE`, or `faces: {fallback: [FILE]}` in a theme; the other editions can be built without: `--format docx,epub`"
            }
            Self::TableTooWide { .. } => {
                "make two tables of it, leave columns out, or shorten the words that have no room; the other editions can be built: `--format docx,epub`"
            }
            Self::ColumnTooNarrow { .. } => {
                "leave each column the `width` that its words need, or take the widths of this table out; the other editions can be built: `--format docx,epub`"
            }
            _ => "its other editions can be built: `--format docx,epub`",
        }
    }
}

/// The most languages that one piece is set in.
const MOST_LANGUAGES: usize = 100;

/// Sets the pages of a piece.
///
/// # Errors
/// [`TypesetError`] when the piece holds what cannot be set.
pub fn layout(
    composition: &Composition,
    theme: &Theme,
    size: PageSize,
) -> Result<Layout, TypesetError> {
    refuse_private_characters(composition, theme)?;
    refuse_many_languages(composition)?;
    let writing = theme.writing(&composition.record.language);
    let grid = Sheet::of(theme).row(Kind::Paragraph, writing).leading;
    let geometry = Geometry::new(theme, size).on_grid(grid);
    let (mut flow, mut setter) = collect::collect(composition, theme, geometry);
    let depth = Depth::of(geometry);
    let mut planned = paginate::plan(&flow, depth, State::default());
    ending::fill(&mut flow, &mut setter, depth, &mut planned);
    if let Some((_, last)) = planned.last_mut() {
        colophon::to_foot(&flow, depth, last);
    }
    let plans: Vec<_> = planned.into_iter().map(|(_, plan)| plan).collect();
    contents::number(&mut flow, &plans, &mut setter, geometry);
    let mut pages = pages::distribute(flow, plans, geometry, &mut setter);
    if theme.front.cover {
        pages.insert(0, cover_page::page(composition, theme, geometry));
    }
    setter.refuse_what_cannot_be_set()?;
    let mut findings = setter.into_findings();
    findings.extend(missing::spare_face(writing.script, theme));
    Ok(Layout {
        width: geometry.width,
        height: geometry.height,
        pages,
        findings,
    })
}

/// A character for private use may be shown only beside a text that says what it stands for (ISO 19005-2, 6.2.11.7.3), which
/// nobody but the author knows; nor does a screen reader that comes to one in place of a picture (ISO 14289-2, 8.4.3).
fn refuse_private_characters(composition: &Composition, theme: &Theme) -> Result<(), TypesetError> {
    let refused = |character: char, origin: FieldPath| {
        Err(TypesetError::PrivateCharacter { character, origin })
    };
    let texts = composition.texts.iter();
    let mut characters = texts.flat_map(|text| {
        let characters = text.spans.iter().flat_map(|span| span.text.chars());
        characters.map(move |character| (character, &text.origin))
    });
    if let Some((character, origin)) = characters.find(|(character, _)| is_private(*character)) {
        return refused(character, origin.clone());
    }
    let private = |text: &str| text.chars().find(|c| is_private(*c));
    if let Some(character) = private(&composition.running_head.title) {
        return refused(character, FieldPath::root().key("short_title"));
    }
    let figures = composition.walk().figures();
    let pictures = figures.map(|(_, figure)| (figure.image, &figure.alt));
    let cover = composition.cover.iter().filter(|_| theme.front.cover);
    for (image, alt) in pictures.chain(cover.map(|(image, alt)| (*image, alt))) {
        if let Some(character) = private(alt) {
            let origin = composition.image_fields.get(image.0 as usize);
            return refused(character, origin.cloned().unwrap_or_default());
        }
    }
    Ok(())
}

fn refuse_many_languages(composition: &Composition) -> Result<(), TypesetError> {
    let mut seen = BTreeSet::new();
    for text in &composition.texts {
        let foreign = text.spans.iter().filter_map(|span| span.language.as_ref());
        seen.extend(foreign.map(|foreign| foreign.tag.as_str()));
        if seen.len() > MOST_LANGUAGES {
            let origin = text.origin.clone();
            return Err(TypesetError::TooManyLanguages { origin });
        }
    }
    Ok(())
}
