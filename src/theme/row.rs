//! A row of the sheet: how a kind of text is set.

use super::{Colour, Colours, Em, Faces, Family, Pt, Slant, Weight};

/// How a kind of text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// Which of the theme's families.
    pub face: FaceRole,
    /// How heavy.
    pub weight: Weight,
    /// How it slopes.
    pub slant: Slant,
    /// Which capitals.
    pub case: Case,
    /// Which capitals acronyms have, where they stand upright.
    pub acronyms: Acronyms,
    /// Added after every letter.
    pub tracking: Em,
    /// Which figures.
    pub figures: Figures,
    /// The size of type.
    pub size: Pt,
    /// The distance of baselines.
    pub leading: Pt,
    /// The space above the first of neighbours of this kind, at least; it and the space below what stands above are not added.
    pub before: Pt,
    /// The space below the last of them, at least.
    pub after: Pt,
    /// The space between two of them.
    pub between: Pt,
    /// Where its lines begin and end.
    pub alignment: Alignment,
    /// Which of the theme's colours.
    pub ink: Ink,
    /// How far its lines stand in at the start.
    pub inset_start: Pt,
    /// How far its lines stand in at the end.
    pub inset_end: Pt,
    /// How far the first line stands in where its like stands above.
    pub indent: Pt,
    /// Whether words are cut at the ends of lines.
    pub hyphens: Hyphens,
}

/// Which of the theme's families a text is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaceRole {
    /// That of running text.
    Text,
    /// That of title and headings.
    Headings,
    /// That of captions, tables and furniture.
    Apparatus,
}

impl FaceRole {
    /// The family under a theme.
    #[must_use]
    pub fn family(self, faces: &Faces) -> Family {
        match self {
            Self::Text => faces.text,
            Self::Headings => faces.headings,
            Self::Apparatus => faces.apparatus,
        }
    }
}

/// Which of the theme's colours a text has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// That of running text.
    Text,
    /// That of title and headings.
    Headings,
    /// That of the series line.
    Accent,
    /// That of what stands back.
    Quiet,
    /// That of links.
    Links,
    /// One that a theme gives to this kind alone.
    Own(Colour),
}

impl Ink {
    /// The theme's colours of text by the names that its file gives them.
    pub const NAMED: [(&'static str, Self); 5] = [
        ("text", Self::Text),
        ("headings", Self::Headings),
        ("accent", Self::Accent),
        ("quiet", Self::Quiet),
        ("links", Self::Links),
    ];

    /// The colour under a theme.
    #[must_use]
    pub fn colour(self, colours: &Colours) -> Colour {
        match self {
            Self::Text => colours.text,
            Self::Headings => colours.headings,
            Self::Accent => colours.accent,
            Self::Quiet => colours.quiet,
            Self::Links => colours.links,
            Self::Own(colour) => colour,
        }
    }
}

/// Which capitals a text is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// As it is written.
    AsWritten,
    /// Small capitals for lower-case letters.
    SmallCapitals,
    /// Small capitals for all letters.
    AllSmallCapitals,
}

/// Which capitals the acronyms of a text are set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acronyms {
    /// Those of other words.
    Capitals,
    /// Small ones, where the face has them.
    SmallCapitals,
}

/// Which figures a text is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figures {
    /// With ascenders and descenders, for running text.
    OldStyle,
    /// As high as capitals.
    Lining,
}

/// Where the lines of a text begin and end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// At both edges.
    Justified,
    /// At the start, ragged at the end.
    Start,
    /// At the start, the lines of about one length.
    Balanced,
    /// In the middle.
    Centre,
    /// At the end.
    End,
}

/// Whether words are cut at the ends of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hyphens {
    /// They are.
    Cut,
    /// They stay whole.
    Whole,
}
