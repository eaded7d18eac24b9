//! What a PDF shows of the sheet: sizes and faces, and by the places of its lines their alignment and the spaces between.

use flashpoint::compose::Kind;
use flashpoint::measure::Frame;
use flashpoint::theme::{PageSize, Row, Sheet, Slant, Theme, Weight};

use super::KINDS;
use super::appearance::{Appearance, Table, assert_appearance, assert_table};
use super::support::pdf_reader::{Shown, shown};

/// Where a baseline stands in its line, as a part of the leading.
const BASELINE: f32 = 0.74;

/// Places that differ by less are the same.
const NEAR: f32 = 0.1;
/// The same for the ends of lines: how far a line is scaled is written with three decimals.
const NEAR_END: f32 = 0.2;

/// What stands between two neighbours.
#[derive(Clone, Copy)]
enum Between {
    /// The greater one of the space below the upper and the one above the lower.
    Greater,
    /// The space above the lower alone: they belong together.
    Lower,
    /// What stands between a heading and one under it.
    Headings,
}

/// Kinds that stand under each other in the piece.
const NEIGHBOURS: &[(Kind, Kind, Between)] = &[
    (Kind::Series, Kind::Title, Between::Greater),
    (Kind::Title, Kind::Subtitle, Between::Greater),
    (Kind::Subtitle, Kind::Byline, Between::Greater),
    (Kind::Byline, Kind::Credit, Between::Greater),
    (Kind::Credit, Kind::Date, Between::Greater),
    (Kind::Affiliation, Kind::Paragraph, Between::Greater),
    (Kind::Paragraph, Kind::Heading3, Between::Greater),
    (Kind::Heading3, Kind::Heading4, Between::Headings),
    (Kind::Heading4, Kind::Quote, Between::Greater),
    (Kind::Quote, Kind::QuoteSource, Between::Lower),
    (Kind::QuoteSource, Kind::Pull, Between::Greater),
    (Kind::Pull, Kind::ListText, Between::Greater),
    (Kind::Caption, Kind::FigureCredit, Between::Greater),
];

/// Holds all that the pages show.
pub(super) fn assert_pdf(bytes: &[u8], sheet: &Sheet, theme: &Theme) {
    let lines = shown(bytes);
    let frame = Frame::new(theme, PageSize::A4);
    let body = block(&lines, Kind::Paragraph, sheet)[0].size;
    for (kind, ..) in KINDS {
        let row = &sheet[*kind];
        let mut appearance = appearance(&block(&lines, *kind, sheet), body);
        appearance.alignment = Some(alignment(
            &lines,
            block(&lines, *kind, sheet)[0],
            row,
            frame,
        ));
        assert_appearance("PDF", *kind, &appearance, row, sheet, theme);
    }
    assert_spaces(&lines, sheet);
    let [head, cell] = [Kind::HeadCell, Kind::Cell].map(|kind| block(&lines, kind, sheet)[0]);
    let both = head.up - cell.up - sheet[Kind::Cell].leading.0;
    let table = Table {
        cell: Some(both / 2.0 / body),
        ..Table::default()
    };
    assert_table("PDF", &table, sheet, 0.002);
}

/// The lines of a kind that stand below each other, by the word that it alone has at this size.
fn block<'s>(lines: &'s [Shown], kind: Kind, sheet: &Sheet) -> Vec<&'s Shown> {
    let word = KINDS.iter().find(|(own, ..)| *own == kind).unwrap().1;
    let own = lines
        .iter()
        .filter(|line| line.text.contains(word) && (line.size - sheet[kind].size.0).abs() < 0.01);
    let mut block: Vec<&Shown> = Vec::new();
    for line in own {
        match block.last() {
            Some(last) if last.page != line.page || last.up - line.up > line.size * 3.0 => break,
            Some(last) if last.up - line.up < NEAR => {}
            _ => block.push(line),
        }
    }
    assert!(!block.is_empty(), "no line with {word}");
    block
}

fn appearance(block: &[&Shown], body: f32) -> Appearance {
    let first = block[0];
    Appearance {
        size: Some(first.size / body),
        leading: block.get(1).map(|next| (first.up - next.up) / first.size),
        weight: Some(if first.face.contains("Semibold") {
            Weight::Semibold
        } else {
            Weight::Regular
        }),
        slant: Some(if first.face.ends_with("It") {
            Slant::Italic
        } else {
            Slant::Upright
        }),
        colour: Some(first.colour.clone()),
        ..Appearance::default()
    }
}

/// Where a line begins and ends, all its stretches of text taken together, and the last of them.
fn extent<'s>(lines: &'s [Shown], line: &'s Shown) -> (f32, f32, &'s str) {
    let (mut left, mut right, mut last) = (line.left, line.right, line.text.as_str());
    let beside = |other: &&Shown| other.page == line.page && (other.up - line.up).abs() < NEAR;
    let mut beside: Vec<&Shown> = lines.iter().filter(beside).collect();
    beside.sort_by(|a, b| a.left.total_cmp(&b.left));
    // What stands further away is a label, or of another column.
    for other in beside.iter().rev().filter(|other| other.left < line.left) {
        if left - other.right < line.size * 0.5 {
            left = left.min(other.left);
        }
    }
    for other in beside.iter().filter(|other| other.left > line.left) {
        if other.left - right < line.size * 0.5 {
            right = right.max(other.right);
            last = &other.text;
        }
    }
    (left, right, last)
}

/// How a line stands between the edges of its column.
fn alignment(lines: &[Shown], line: &Shown, row: &Row, frame: Frame) -> &'static str {
    let edge = (frame.width - frame.measure) * 0.5;
    let start = (edge + row.inset_start).0;
    let end = (edge + frame.measure - row.inset_end).0;
    let (left, right, last) = extent(lines, line);
    // A hyphen hangs over the edge.
    let hangs = if last.ends_with(['-', '\u{2010}', '\u{AD}']) {
        line.size * 0.3
    } else {
        0.0
    };
    let starts = (left - start).abs() < NEAR;
    let ends = right > end - NEAR_END && right < end + NEAR_END + hangs;
    match (starts, ends) {
        (true, true) => "justify",
        (true, false) if right < end => "start",
        (false, true) if left > start => "end",
        _ => panic!(
            "`{}` stands from {left} to {right} between {start} and {end}",
            line.text
        ),
    }
}

/// Holds the spaces between neighbours. Above a heading stands the slack to the grid of what it heads.
fn assert_spaces(lines: &[Shown], sheet: &Sheet) {
    let mut seen = 0;
    for (upper, lower, between) in NEIGHBOURS {
        let (above, below) = (block(lines, *upper, sheet), block(lines, *lower, sheet));
        let (last, first) = (above[above.len() - 1], below[0]);
        if last.page != first.page {
            continue;
        }
        seen += 1;
        let (upper_row, lower_row) = (&sheet[*upper], &sheet[*lower]);
        let lines = upper_row.leading * (1.0 - BASELINE) + lower_row.leading * BASELINE;
        let found = last.up - first.up - lines.0;
        let wanted = match between {
            Between::Greater => upper_row.after.max(lower_row.before),
            Between::Lower => lower_row.before,
            Between::Headings => sheet.spaces.between_headings,
        };
        // The slack to the grid of the text under a heading stands above it.
        let more = match lower {
            Kind::Heading3 => sheet[Kind::Paragraph].leading.0,
            _ => 0.0,
        };
        let off = found - wanted.0;
        assert!(
            off > -NEAR && off < more + NEAR,
            "PDF, {upper:?} and {lower:?}: {found} is not {wanted:?}"
        );
    }
    assert!(seen + 1 >= NEIGHBOURS.len(), "{seen} pairs share a page");
}
