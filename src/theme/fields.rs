//! The fields of a theme as a table: path, kind and range.

use super::{Colour, Colours, PdfStandard, Pt, Theme};

/// A field of a theme.
pub(super) struct Field {
    /// Its path in the file.
    pub(super) path: &'static str,
    pub(super) slot: Slot,
}

/// Where a field's value goes, and what it may be.
#[derive(Clone, Copy)]
pub(super) enum Slot {
    Name(fn(&mut Theme) -> &mut String),
    Colour(fn(&mut Theme) -> &mut Colour),
    Standard(fn(&mut Theme) -> &mut PdfStandard),
    /// Yes or no.
    Flag(fn(&mut Theme) -> &mut bool),
    /// A length with its range in points.
    Length {
        slot: fn(&mut Theme) -> &mut Pt,
        least: f32,
        most: f32,
    },
}

const fn colour(path: &'static str, slot: fn(&mut Theme) -> &mut Colour) -> Field {
    Field {
        path,
        slot: Slot::Colour(slot),
    }
}

const fn length(
    path: &'static str,
    least: f32,
    most: f32,
    slot: fn(&mut Theme) -> &mut Pt,
) -> Field {
    Field {
        path,
        slot: Slot::Length { slot, least, most },
    }
}

/// Every field.
pub(super) const FIELDS: &[Field] = &[
    Field {
        path: "name",
        slot: Slot::Name(|theme| &mut theme.name),
    },
    colour("colours.paper", |theme| &mut theme.colours.paper),
    colour("colours.text", |theme| &mut theme.colours.text),
    colour("colours.headings", |theme| &mut theme.colours.headings),
    colour("colours.accent", |theme| &mut theme.colours.accent),
    colour("colours.quiet", |theme| &mut theme.colours.quiet),
    colour("colours.links", |theme| &mut theme.colours.links),
    colour("colours.rules", |theme| &mut theme.colours.rules),
    colour("colours.cover-paper", |theme| {
        &mut theme.colours.cover_paper
    }),
    colour("colours.cover-text", |theme| &mut theme.colours.cover_text),
    colour("colours.cover-accent", |theme| {
        &mut theme.colours.cover_accent
    }),
    length("measures.measure", 180.0, 523.0, |theme| {
        &mut theme.measures.measure
    }),
    length("measures.text", 7.0, 24.0, |theme| &mut theme.measures.text),
    length("measures.leading", 8.0, 40.0, |theme| {
        &mut theme.measures.leading
    }),
    length("measures.indent", 0.0, 60.0, |theme| {
        &mut theme.measures.indent
    }),
    length("measures.title", 10.0, 60.0, |theme| {
        &mut theme.measures.title
    }),
    length("measures.subtitle", 8.0, 40.0, |theme| {
        &mut theme.measures.subtitle
    }),
    length("measures.heading-2", 8.0, 40.0, |theme| {
        &mut theme.measures.heading_2
    }),
    length("measures.heading-3", 7.0, 36.0, |theme| {
        &mut theme.measures.heading_3
    }),
    length("measures.heading-4", 7.0, 32.0, |theme| {
        &mut theme.measures.heading_4
    }),
    length("measures.small", 6.0, 16.0, |theme| {
        &mut theme.measures.small
    }),
    Field {
        path: "pdf.standard",
        slot: Slot::Standard(|theme| &mut theme.pdf_standard),
    },
    Field {
        path: "docx.embed_faces",
        slot: Slot::Flag(|theme| &mut theme.docx.embed_faces),
    },
];

type Pick = fn(&Colours) -> Colour;

/// The least contrast of text with its ground (WCAG 2.2, 1.4.3).
pub(super) const LEAST_CONTRAST: f64 = 4.5;

/// Colours of text, and their grounds.
pub(super) const CONTRASTS: &[(&str, Pick, &str, Pick)] = &[
    ("colours.text", |c| c.text, "colours.paper", |c| c.paper),
    (
        "colours.headings",
        |c| c.headings,
        "colours.paper",
        |c| c.paper,
    ),
    ("colours.accent", |c| c.accent, "colours.paper", |c| c.paper),
    ("colours.quiet", |c| c.quiet, "colours.paper", |c| c.paper),
    ("colours.links", |c| c.links, "colours.paper", |c| c.paper),
    (
        "colours.cover-text",
        |c| c.cover_text,
        "colours.cover-paper",
        |c| c.cover_paper,
    ),
    (
        "colours.cover-accent",
        |c| c.cover_accent,
        "colours.cover-paper",
        |c| c.cover_paper,
    ),
];
