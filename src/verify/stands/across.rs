//! Where lines begin and end: in the column of their kind.

use super::{Grounds, HANGING, SLACK, Tell, points};
use crate::compose::Kind;
use crate::piece::Direction;
use crate::read::{Block, DrawnLine};
use crate::theme::{Alignment, Pt};

/// Lines that begin with a letter or a digit hang out of their column by no more, in points.
const PLAIN: f64 = 0.3;

/// Where the lines of a block stand across the page, from the side where those of its piece start.
struct Column {
    x: f64,
    measure: f64,
}

impl Column {
    /// One that stands in at both sides.
    fn within(&self, start: Pt, end: Pt) -> Self {
        Self {
            x: self.x + f64::from(start.0),
            measure: self.measure - f64::from(start.0 + end.0),
        }
    }
}

impl Grounds<'_> {
    /// The columns in which a block may stand; none where nothing is known of it. Lists and quotations whose words run the other way than
    /// their piece stand in at the other side, whatever is in them, so that there is more than one where a piece has such words.
    fn columns(&self, block: &Block, kind: Kind) -> Vec<Column> {
        let mut columns = vec![Column {
            x: f64::from(self.frame.start.0),
            measure: f64::from(self.frame.measure.0),
        }];
        let has_others = self.has_others();
        let path = block.nest.as_ref().map(|nest| nest.path.as_slice());
        for role in path.unwrap_or_default() {
            let (start, end) = match role.as_str() {
                "L" => (self.row(Kind::ListText).inset_start, Pt(0.0)),
                "BlockQuote" => {
                    let row = self.row(Kind::Quote);
                    (row.inset_start, row.inset_end)
                }
                "Table" | "Figure" | "Div" => return Vec::new(),
                _ => continue,
            };
            let turned = columns.iter().map(|column| column.within(end, start));
            let turned: Vec<Column> = turned.filter(|_| has_others).collect();
            columns = columns
                .iter()
                .map(|column| column.within(start, end))
                .collect();
            columns.extend(turned);
            columns.sort_by(|one, other| one.x.total_cmp(&other.x));
            columns.dedup_by(|one, other| one.x - other.x < SLACK);
        }
        match kind {
            Kind::Series
            | Kind::Title
            | Kind::Subtitle
            | Kind::Byline
            | Kind::Credit
            | Kind::Date
            | Kind::Heading2
            | Kind::Heading3
            | Kind::Heading4
            | Kind::EndHeading
            | Kind::EndSubheading
            | Kind::Affiliation
            | Kind::Pull => {
                let (start, end) = (self.row(kind).inset_start, self.row(kind).inset_end);
                columns
                    .iter()
                    .map(|column| column.within(start, end))
                    .collect()
            }
            Kind::Paragraph | Kind::Quote | Kind::QuoteSource | Kind::ListText => columns,
            _ => Vec::new(),
        }
    }

    /// The lines of a note begin behind the room of its number; the first one behind that, where it is wider.
    pub(super) fn across_note(&self, note: &Block, tell: &mut Tell<'_>) {
        let row = self.row(Kind::Note);
        let is_from_start = matches!(
            row.alignment,
            Alignment::Justified | Alignment::Start | Alignment::Balanced
        );
        if self.is_back() || !is_from_start {
            return;
        }
        let start = f64::from((self.frame.start + row.inset_start).0);
        let is_wide = |label: &DrawnLine| points(label.right) > start - f64::from(row.size.0) * 0.1;
        let skipped = usize::from(note.label.as_ref().is_none_or(is_wide));
        let lines = note.lines.iter().skip(skipped);
        let mut lines = lines.filter(|line| line.is_plain && self.is_upright(line.page));
        if let Some(line) = lines.find(|line| (points(line.left) - start).abs() > PLAIN) {
            tell(note, line.page, "a line of a note stands beside its column");
        }
    }

    /// Lines begin where their column does, or stand in its middle.
    pub(super) fn across(&self, block: &Block, kind: Kind, tell: &mut Tell<'_>) {
        let columns = self.columns(block, kind);
        if columns.is_empty() {
            return;
        }
        let row = *self.row(kind);
        let is_back = self.stands.direction == Direction::RightToLeft;
        for (index, line) in block.lines.iter().enumerate() {
            if !self.is_upright(line.page) {
                continue;
            }
            let size = points(line.size);
            let slack = if line.is_plain && !is_back {
                PLAIN
            } else {
                size * HANGING
            };
            let wide = f64::from(self.frame.width.0);
            let (start, end) = match is_back {
                false => (points(line.left), points(line.right)),
                true => (wide - points(line.right), wide - points(line.left)),
            };
            let indent = f64::from(row.indent.0);
            let is_at = |place: f64, from: f64| (place - from).abs() <= slack;
            let is_in = |Column { x, measure }: &Column| match row.alignment {
                Alignment::Justified | Alignment::Start | Alignment::Balanced => {
                    is_at(start, *x) || index == 0 && is_at(start, x + indent)
                }
                Alignment::Centre => {
                    ((start + end) / 2.0 - x - measure / 2.0).abs() <= size * HANGING
                }
                Alignment::End => (end - x - measure).abs() <= size * HANGING,
            };
            if !columns.iter().any(is_in) {
                return tell(
                    block,
                    line.page,
                    "a line stands beside the column of its kind",
                );
            }
        }
    }
}
