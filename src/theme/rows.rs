//! What a theme says of single kinds of text, above what follows from its measures.

use super::fields::{Field, Slot, colour};
use super::row::{Alignment, Case, FaceRole, Figures, Hyphens, Ink, Row};
use super::{Em, Pt, Slant, Weight};
use crate::compose::Kind;

/// What a theme changes in the row of a kind of text.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct RowChange {
    face: Option<FaceRole>,
    weight: Option<Weight>,
    slant: Option<Slant>,
    case: Option<Case>,
    tracking: Option<Em>,
    figures: Option<Figures>,
    /// Known before the row is made, since its leading follows from it.
    pub(super) size: Option<Pt>,
    leading: Option<Pt>,
    before: Option<Pt>,
    after: Option<Pt>,
    between: Option<Pt>,
    alignment: Option<Alignment>,
    ink: Option<Ink>,
    inset_start: Option<Pt>,
    inset_end: Option<Pt>,
    indent: Option<Pt>,
    hyphens: Option<Hyphens>,
}

const fn choice(
    path: &'static str,
    about: &'static str,
    names: &'static [&'static str],
    set: fn(&mut RowChange, usize),
) -> Field<RowChange> {
    let slot = Slot::Choice { set, names };
    Field { path, about, slot }
}

const fn length(
    path: &'static str,
    about: &'static str,
    (least, most): (f32, f32),
    set: fn(&mut RowChange, Pt),
) -> Field<RowChange> {
    let slot = Slot::Length { set, least, most };
    Field { path, about, slot }
}

/// The keys of each kind of text.
pub(super) const ROW_FIELDS: &[Field<RowChange>] = &[
    choice(
        "face",
        "Which of the theme's families.",
        &["text", "headings", "apparatus"],
        |row, index| {
            let faces = [FaceRole::Text, FaceRole::Headings, FaceRole::Apparatus];
            row.face = faces.get(index).copied();
        },
    ),
    choice(
        "weight",
        "How heavy; `bold` is the heavier of a family's two weights, whatever it is called.",
        &["regular", "bold", "semibold"],
        |row, index| {
            row.weight = Some(if index == 0 {
                Weight::Regular
            } else {
                Weight::Semibold
            });
        },
    ),
    choice(
        "slant",
        "How it slopes.",
        &["upright", "italic"],
        |row, index| {
            row.slant = [Slant::Upright, Slant::Italic].get(index).copied();
        },
    ),
    choice(
        "case",
        "Small capitals for lower-case letters, or for all, where the face has them.",
        &["as-written", "small-capitals", "all-small-capitals"],
        |row, index| {
            let cases = [Case::AsWritten, Case::SmallCapitals, Case::AllSmallCapitals];
            row.case = cases.get(index).copied();
        },
    ),
    Field {
        path: "tracking",
        about: "Space added after every letter.",
        slot: Slot::Em {
            set: |row, share| row.tracking = Some(share),
            least: -0.05,
            most: 0.3,
        },
    },
    choice(
        "figures",
        "Which figures.",
        &["old-style", "lining"],
        |row, index| {
            row.figures = [Figures::OldStyle, Figures::Lining].get(index).copied();
        },
    ),
    length("size", "The size of type.", (5.0, 96.0), |row, length| {
        row.size = Some(length)
    }),
    length(
        "leading",
        "The distance of its lines.",
        (6.0, 120.0),
        |row, length| {
            row.leading = Some(length);
        },
    ),
    length("before", "The space above.", (0.0, 200.0), |row, length| {
        row.before = Some(length)
    }),
    length("after", "The space below.", (0.0, 200.0), |row, length| {
        row.after = Some(length)
    }),
    length(
        "between",
        "The space between two of its kind.",
        (0.0, 60.0),
        |row, length| {
            row.between = Some(length);
        },
    ),
    choice(
        "alignment",
        "Where its lines begin and end.",
        &["justified", "start", "balanced", "centre", "end"],
        |row, index| {
            use Alignment::{Balanced, Centre, End, Justified, Start};
            row.alignment = [Justified, Start, Balanced, Centre, End]
                .get(index)
                .copied();
        },
    ),
    Field {
        path: "colour",
        about: "One of the theme's colours by its name, or a colour of its own.",
        slot: Slot::Special {
            form: "`text`, `headings`, `accent`, `quiet`, `links`, or a colour",
            read: |row, text| {
                let named = Ink::NAMED.iter().find(|(name, _)| *name == text);
                row.ink = Some(match named {
                    Some((_, ink)) => *ink,
                    None => Ink::Own(colour(text)?),
                });
                Ok(())
            },
        },
    },
    length(
        "inset-start",
        "How far its lines stand in at the start.",
        (0.0, 200.0),
        |row, length| {
            row.inset_start = Some(length);
        },
    ),
    length(
        "inset-end",
        "How far its lines stand in at the end.",
        (0.0, 200.0),
        |row, length| {
            row.inset_end = Some(length);
        },
    ),
    length(
        "indent",
        "How far its first line stands in where its like stands above.",
        (0.0, 60.0),
        |row, length| row.indent = Some(length),
    ),
    choice(
        "hyphenation",
        "Whether its words are cut.",
        super::fields::SWITCH,
        |row, index| {
            row.hyphens = [Hyphens::Cut, Hyphens::Whole].get(index).copied();
        },
    ),
];

impl RowChange {
    /// The row with what this says.
    pub(super) fn apply(&self, row: &mut Row) {
        fn put<T: Copy>(own: Option<T>, place: &mut T) {
            if let Some(own) = own {
                *place = own;
            }
        }
        put(self.face, &mut row.face);
        put(self.weight, &mut row.weight);
        put(self.slant, &mut row.slant);
        put(self.case, &mut row.case);
        put(self.tracking, &mut row.tracking);
        put(self.figures, &mut row.figures);
        put(self.leading, &mut row.leading);
        put(self.before, &mut row.before);
        put(self.after, &mut row.after);
        put(self.alignment, &mut row.alignment);
        put(self.ink, &mut row.ink);
        put(self.inset_start, &mut row.inset_start);
        put(self.inset_end, &mut row.inset_end);
        put(self.indent, &mut row.indent);
        // Lines that do not begin at one place stand in from none: a space parts such paragraphs.
        let is_ragged = matches!(row.alignment, Alignment::Centre | Alignment::End);
        if is_ragged && row.indent > Pt(0.0) {
            row.indent = Pt(0.0);
            row.between = row.between.max(row.leading * 0.5);
        }
        put(self.between, &mut row.between);
        put(self.hyphens, &mut row.hyphens);
    }

    /// The colour that is no colour of the theme's.
    pub(super) fn own_colour(&self) -> Option<super::Colour> {
        match self.ink {
            Some(Ink::Own(colour)) => Some(colour),
            _ => None,
        }
    }
}

/// What theme files call a kind of text.
pub(super) fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Series => "series",
        Kind::Title => "title",
        Kind::Subtitle => "subtitle",
        Kind::Byline => "byline",
        Kind::Credit => "credit",
        Kind::Date => "date",
        Kind::Heading2 => "heading-2",
        Kind::Heading3 => "heading-3",
        Kind::Heading4 => "heading-4",
        Kind::EndHeading => "end-heading",
        Kind::EndSubheading => "end-subheading",
        Kind::Affiliation => "affiliation",
        Kind::Paragraph => "paragraph",
        Kind::Quote => "quote",
        Kind::QuoteSource => "quote-source",
        Kind::Pull => "pull",
        Kind::ListText => "list",
        Kind::Caption => "caption",
        Kind::FigureCredit => "figure-credit",
        Kind::HeadCell => "table-head",
        Kind::RowHead => "row-head",
        Kind::Cell => "table-cell",
        Kind::Note => "note",
        Kind::EndMatter => "end-matter",
        Kind::Furniture => "furniture",
    }
}

/// What says it instead, where a key of a kind of text says nothing: an edition that cannot do it would tell another look.
pub(super) fn instead(kind: Kind, key: &str) -> Option<&'static str> {
    use Kind::{
        Caption, Cell, EndMatter, FigureCredit, Furniture, HeadCell, ListText, Note, Paragraph,
        Quote, RowHead,
    };
    match (kind, key) {
        (Paragraph, "size") => Some("`measures.text` is the size of running text"),
        (Paragraph, "leading") => Some("`measures.leading` is the distance of its lines"),
        (Paragraph | EndMatter, "before" | "after") => {
            Some("`between` is the space between paragraphs")
        }
        (Caption | FigureCredit | HeadCell | RowHead | Cell, "before" | "after") => {
            Some("`spaces` says what stands around figures, tables and their words")
        }
        (Note | Furniture, "before" | "after") => Some("the page says where these stand"),
        (
            Paragraph | EndMatter | Caption | FigureCredit | HeadCell | RowHead | Cell | Furniture,
            "inset-start" | "inset-end",
        )
        | (ListText | Note, "inset-end") => Some("these stand in the whole measure"),
        (Paragraph | Quote | EndMatter, "between" | "indent") | (ListText, "between") => None,
        (_, "between" | "indent") => {
            Some("paragraphs, quotes and the end matter have this; lists have `between`")
        }
        (HeadCell | RowHead | Cell, "alignment") => {
            Some("the columns of a table stand as their contents ask")
        }
        (Furniture, "alignment") => Some("`page.head` and `page.foot` have places for each part"),
        _ => None,
    }
}
