//! Where lines stand on the pages of a PDF: in the column of their kind, as far from each other as their theme has them, on the grid of
//! running text, and in one row with their labels.
//!
//! Nothing is set again: where lines end is taken from the file, and of what stands next to pictures, tables and other languages no more
//! is asked than is known.

mod across;
mod cells;
mod furniture;
mod gaps;
mod hyphens;
mod labels;
mod rules;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::difference::{Difference, Kind as Of, MOST, quoted};
use super::shipped;
use crate::compose::{Composition, Kind};
use crate::measure::Frame;
use crate::piece::{Direction, LanguageTag};
use crate::read::{Block, DrawnLine, NoteLabel, Paper};
use crate::theme::{PageSize, Row, Sheet, Theme, Writing};

/// Lengths that differ by less are one, in points: what PDFs round.
const SLACK: f64 = 0.12;
/// Signs hang out of the edge by so much of their size at most.
const HANGING: f64 = 0.85;
/// Sizes that differ by less are one, as a part of the size.
const SIZE: f64 = 0.006;
/// Where the line stands that letters stand on, as a part of the distance of lines.
const BASELINE: f64 = 0.74;

/// So many ways back from a note stand on one line.
const WAYS_BACK: usize = 8;

/// What is known of the lines of a piece.
#[derive(Debug, Clone)]
pub(super) struct Stands {
    language: LanguageTag,
    direction: Direction,
    /// Of each block, whether it is in one language with the piece and runs as it.
    is_own: Vec<bool>,
    /// Of each block, whether something else stands before it that is none.
    is_apart: Vec<bool>,
    /// Of each block, whether it is the paragraph with which an item begins.
    begins_item: Vec<bool>,
    /// Whether something says nothing, as empty cells do.
    has_gaps: bool,
    theme: Theme,
}

/// The blocks of a text, each with its kind.
type Text<'a> = (&'a [Block], &'a [Option<Kind>]);

impl Stands {
    pub(super) fn of(
        composition: &Composition,
        theme: &Theme,
        is_own: Vec<bool>,
        is_apart: Vec<bool>,
        begins_item: Vec<bool>,
        has_gaps: bool,
    ) -> Self {
        Self {
            language: composition.record.language.clone(),
            direction: composition.record.direction,
            is_own,
            is_apart,
            begins_item,
            has_gaps,
            theme: theme.clone(),
        }
    }

    /// Holds the lines of a text and its notes against the theme with which they agree best.
    pub(super) fn hold(
        &self,
        paper: &Paper,
        text: Text<'_>,
        notes: &[Block],
        found: &mut Vec<Difference>,
    ) {
        let against = |theme: &Theme| self.against(theme, paper, text, notes);
        let Some(own) = against(&self.theme) else {
            found.push(Difference {
                kind: Of::Pages,
                place: "the pages".to_owned(),
                message: "they are of a size that neither its theme nor any other paper has"
                    .to_owned(),
            });
            return;
        };
        // Of a theme with another paper nothing can be said.
        let other = |theme: &Theme| against(theme).unwrap_or_else(|| own.clone());
        found.extend(shipped::fewest(own.clone(), other));
    }

    /// Whether the lines of a text and its notes are those of the theme.
    pub(super) fn is_in_theme(&self, paper: &Paper, text: Text<'_>, notes: &[Block]) -> bool {
        let shipped = || shipped::themes().iter();
        let fits = |theme: &Theme| {
            let own = self.against(theme, paper, text, notes);
            own.is_some_and(|own| own.is_empty())
        };
        // Short pieces may look alike in two themes.
        fits(&self.theme) && !shipped().any(|theme| theme.name != self.theme.name && fits(theme))
    }

    /// What differs under a theme; nothing where its paper is another.
    fn against(
        &self,
        theme: &Theme,
        paper: &Paper,
        text: Text<'_>,
        notes: &[Block],
    ) -> Option<Vec<Difference>> {
        let Some(page) = paper.sizes.first() else {
            return Some(Vec::new());
        };
        let size = size(*page, theme)?;
        let (sheet, writing) = (Sheet::of(theme), theme.writing(&self.language));
        // Lines stand as far from each other as the writing of the piece needs it.
        let grid = sheet.row(Kind::Paragraph, writing).leading;
        let frame = Frame::new(theme, size);
        let grounds = Grounds {
            stands: self,
            theme,
            whole: frame,
            frame: Frame {
                grid,
                depth: grid * (frame.depth / grid).floor(),
                ..frame
            },
            sheet,
            writing,
            page: *page,
            paper,
        };
        let mut told = Vec::new();
        let mut tell = |block: &Block, page: usize, what: &str| {
            if told.len() < MOST {
                told.push(Difference {
                    kind: Of::Pages,
                    place: format!("page {page}"),
                    message: format!("{what}: {}", quoted(&block.line())),
                });
            }
        };
        grounds.text(text, &mut tell);
        grounds.notes(notes, &mut tell);
        grounds.rules(text, notes, &mut tell);
        grounds.cells(text, &mut tell);
        grounds.hyphens(text, notes, &mut tell);
        let furniture = grounds.furniture().into_iter();
        told.extend(furniture.take(MOST).map(|(page, what)| Difference {
            kind: Of::Pages,
            place: format!("page {page}"),
            message: what.to_owned(),
        }));
        Some(told)
    }
}

/// The size of paper of a page in hundredths of a point: the theme's, or one that has a name.
fn size(page: [i64; 2], theme: &Theme) -> Option<PageSize> {
    let named = PageSize::NAMED.iter().map(|(_, size)| *size);
    let mut all = [theme.page.size].into_iter().chain(named);
    all.find(|size| {
        let (wide, high) = size.dimensions();
        let sides = [wide, high].map(|side| hundredths(f64::from(side.0)));
        let is = |one: i64, other: i64| (one - other).abs() <= 5;
        is(sides[0], page[0]) && is(sides[1], page[1])
            // The first page may lie on its side.
            || is(sides[0], page[1]) && is(sides[1], page[0])
    })
}

fn hundredths(points: f64) -> i64 {
    (points * 100.0).round() as i64
}

fn points(hundredths: i64) -> f64 {
    hundredths as f64 / 100.0
}

/// What is told of a block, on a page.
type Tell<'a> = dyn FnMut(&Block, usize, &str) + 'a;

/// The pages under a theme.
struct Grounds<'a> {
    stands: &'a Stands,
    theme: &'a Theme,
    /// The frame of the text, and the same before its lines are those of its writing.
    frame: Frame,
    whole: Frame,
    sheet: Sheet,
    writing: Writing,
    page: [i64; 2],
    paper: &'a Paper,
}

impl Grounds<'_> {
    fn row(&self, kind: Kind) -> &Row {
        self.sheet.row(kind, self.writing)
    }

    fn leading(&self, kind: Kind) -> f64 {
        self.row(kind).leading.0.into()
    }

    fn is_back(&self) -> bool {
        self.stands.direction == Direction::RightToLeft
    }

    /// Whether words may run the other way than their piece.
    fn has_others(&self) -> bool {
        self.stands.is_own.contains(&false)
    }

    /// Whether a page lies as the first one.
    fn is_upright(&self, page: usize) -> bool {
        let size = page.checked_sub(1).and_then(|at| self.paper.sizes.get(at));
        let wide = f64::from(self.frame.width.0);
        let is_one = size.is_some_and(|size| *size == self.page);
        is_one && (points(self.page[0]) - wide).abs() < SLACK && !self.is_square()
    }

    /// Whether nobody can see of a page whether it lies on its side.
    fn is_square(&self) -> bool {
        f64::from((self.frame.width.0 - self.frame.height.0).abs()) < SLACK
    }

    fn text(&self, (text, kinds): Text<'_>, tell: &mut Tell<'_>) {
        for (index, (block, kind)) in text.iter().zip(kinds).enumerate() {
            let Some(kind) = *kind else { continue };
            let is_own = self.stands.is_own.get(index) == Some(&true);
            let before = index.checked_sub(1);
            let under_picture = before.is_some_and(|at| kinds[at].is_none());
            if !is_own {
                continue;
            }
            self.steps(block, kind, tell);
            let begins = self.stands.begins_item.get(index) == Some(&true);
            self.label(block, kind, begins, tell);
            let own = before.filter(|at| self.stands.is_own.get(*at) == Some(&true));
            let own = own.and_then(|at| Some((&text[at], kinds[at]?)));
            if let Some((caption, Kind::Caption)) = own
                && kind == Kind::FigureCredit
            {
                self.credit(caption, block, tell);
            }
            if under_picture || is_cell(kind) {
                continue;
            }
            self.across(block, kind, tell);
            self.grid(block, kind, tell);
            let is_apart = self.stands.is_apart.get(index) == Some(&true);
            // What begins an item below its label has that above it.
            let is_apart = is_apart || block.label.is_some() && !begins;
            if let Some((above, of)) = own.filter(|_| !is_apart) {
                self.below((above, of), (block, kind), tell);
            }
        }
    }

    /// Lines of a block are as far from each other as their kind has them.
    fn steps(&self, block: &Block, kind: Kind, tell: &mut Tell<'_>) {
        if is_cell(kind) {
            return;
        }
        let leading = self.leading(kind);
        for two in block.lines.windows(2) {
            let step = points(two[0].base - two[1].base);
            if two[0].page == two[1].page && (step - leading).abs() > SLACK {
                return tell(
                    block,
                    two[1].page,
                    "a line stands too far from the one above it, or too near",
                );
            }
        }
    }

    /// How far below the upper edge of the text the strip of a line begins.
    fn top(&self, line: &DrawnLine, leading: f64) -> f64 {
        f64::from(self.frame.height.0)
            - points(line.base)
            - f64::from(self.frame.top.0)
            - leading * BASELINE
    }

    /// Running text stands on its grid.
    fn grid(&self, block: &Block, kind: Kind, tell: &mut Tell<'_>) {
        if !self.is_on_grid(block, kind) {
            return;
        }
        let grid = f64::from(self.frame.grid.0);
        let leading = self.leading(kind);
        for line in block.lines.iter().filter(|line| self.is_upright(line.page)) {
            let lines = self.top(line, leading) / grid;
            if (lines - lines.round()).abs() * grid > SLACK {
                return tell(
                    block,
                    line.page,
                    "a line stands between the lines of running text",
                );
            }
        }
    }

    /// Whether the lines of a block stand on the grid.
    fn is_on_grid(&self, block: &Block, kind: Kind) -> bool {
        let path = block.nest.as_ref().map(|nest| nest.path.as_slice());
        let is_plain = path.is_some_and(|path| {
            let roles: Vec<&str> = path.iter().map(String::as_str).collect();
            matches!(roles[..], ["Document", "Sect", "P"])
        });
        is_plain && kind == Kind::Paragraph && self.row(kind).between.0 == 0.0
    }

    /// A block stands as far below the one before it as their kinds want it.
    fn below(
        &self,
        (above, of): (&Block, Kind),
        (block, kind): (&Block, Kind),
        tell: &mut Tell<'_>,
    ) {
        let (Some(last), Some(first)) = (above.lines.last(), block.lines.first()) else {
            return;
        };
        if last.page != first.page || !self.is_upright(first.page) {
            return;
        }
        let paths =
            [above, block].map(|block| block.nest.as_ref().map(|nest| nest.path.as_slice()));
        let gaps = gaps::between(&self.sheet, self.writing, (of, kind), paths);
        if gaps.is_empty() {
            return;
        }
        let room = points(last.base - first.base)
            - self.leading(of) * (1.0 - BASELINE)
            - self.leading(kind) * BASELINE;
        if !gaps.iter().any(|gap| (room - gap).abs() <= 2.0 * SLACK) {
            tell(
                block,
                first.page,
                "it stands too far below what is above it, or too near",
            );
        }
    }

    /// The credit of a picture stands below its caption.
    fn credit(&self, caption: &Block, credit: &Block, tell: &mut Tell<'_>) {
        if let (Some(last), Some(first)) = (caption.lines.last(), credit.lines.first())
            && last.page == first.page
            && last.base < first.base
        {
            tell(credit, first.page, "it stands above the caption before it");
        }
    }

    /// Notes stand at the foot of their pages, line by line.
    fn notes(&self, notes: &[Block], tell: &mut Tell<'_>) {
        let leading = self.leading(Kind::Note);
        let foot = f64::from(self.frame.height.0 - self.frame.top.0 - self.frame.depth.0);
        let is_plain = notes.iter().all(|note| {
            let mut spans = note.spans.iter();
            spans.all(|span| span.look.language.is_none())
        });
        // Of ways back that are many some lines hold nothing else.
        let is_short = |note: &NoteLabel| note.backs.len() < WAYS_BACK;
        if !is_plain || !self.paper.notes.iter().all(is_short) {
            return;
        }
        // Notes of a floating table stand on its page: neither pages nor notes need follow the order of the numbers.
        let mut pages: BTreeMap<usize, Vec<(&Block, &[DrawnLine])>> = BTreeMap::new();
        for note in notes {
            for lines in note.lines.chunk_by(|one, other| one.page == other.page) {
                pages.entry(lines[0].page).or_default().push((note, lines));
            }
        }
        for mut page in pages.into_values() {
            page.sort_by_key(|(_, lines)| Reverse(lines[0].base));
            let lines = page
                .iter()
                .flat_map(|(note, lines)| lines.iter().map(move |line| (note, line)));
            let lines: Vec<_> = lines.collect();
            for (place, (note, line)) in lines.iter().rev().enumerate() {
                let base = foot + leading * (1.0 - BASELINE) + leading * place as f64;
                if self.is_upright(line.page) && (points(line.base) - base).abs() > SLACK {
                    tell(
                        note,
                        line.page,
                        "a line of a note stands elsewhere than at the foot of its page",
                    );
                    break;
                }
            }
        }
        for note in notes {
            self.label(note, Kind::Note, true, tell);
            self.across_note(note, tell);
        }
    }
}

fn is_cell(kind: Kind) -> bool {
    matches!(kind, Kind::Cell | Kind::HeadCell | Kind::RowHead)
}
