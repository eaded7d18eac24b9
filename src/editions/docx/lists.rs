//! Numbering: real lists, of which every numbered one starts again at 1 (ISO/IEC 29500-1, 17.9).

use docx_rs::{
    AbstractNumbering, IndentLevel, Level, LevelJc, LevelOverride, LevelSuffixType, LevelText,
    NumberFormat, Numbering, NumberingId, Numberings, Paragraph, SpecialIndentType, Start,
};

use super::body::Body;
use super::digits;
use super::sheet::paragraph as styles;
use super::styles::twips;
use crate::compose::{Bullet, Content, Digits, Item, Kind, Labels};
use crate::theme::{Pt, Row};

/// The numbering of breaks between two thoughts: its label is all that a paragraph of theirs shows.
pub(super) const BREAKS: usize = 10;

/// The numbering of every list with bullets. The numbers of `docx-rs` itself end at 10.
pub(super) const BULLETS: usize = 11;

/// The levels of every numbered list; each in the text has a numbering of its own, from this number on.
const NUMBERS: usize = 12;

/// The levels that a numbering has (17.9.6); no piece has lists in each other deeper than that.
const LEVELS: usize = 9;

/// Of the room for a label, the part between it and the text.
const GAP: f32 = 0.35;

/// How far lists stand in.
#[derive(Clone, Copy)]
pub(super) struct Steps {
    /// From a level's text to that of the next.
    step: Pt,
}

impl Steps {
    /// Those of a sheet.
    pub(super) fn of(row: &Row) -> Self {
        Self {
            step: row.inset_start,
        }
    }

    /// How far a level's text stands from the margin, in twentieths of a point.
    fn text(self, level: usize) -> i32 {
        twips(self.step * (level + 1) as f32)
    }

    /// From the end of a label to its text.
    fn gap(self) -> i32 {
        twips(self.step * GAP)
    }
}

/// The part with the numberings: `numbered` holds the level of each numbered list in the text.
pub(super) fn numberings(digits: Digits, numbered: &[usize], steps: Steps) -> Numberings {
    let format = digits::of(digits).list;
    let mut numberings = Numberings::new()
        .add_abstract_numbering(breaks())
        .add_numbering(Numbering::new(BREAKS, BREAKS))
        .add_abstract_numbering(levels(BULLETS, None, steps))
        .add_abstract_numbering(levels(NUMBERS, Some(format), steps))
        .add_numbering(Numbering::new(BULLETS, BULLETS));
    for (index, level) in numbered.iter().enumerate() {
        let restart = LevelOverride::new(*level).start(1);
        let list = Numbering::new(NUMBERS + index, NUMBERS).add_override(restart);
        numberings = numberings.add_numbering(list);
    }
    numberings
}

/// The levels of a numbering; bullets where no format of numbers is given. Labels end at one place before the text, as on paper.
fn levels(id: usize, format: Option<&str>, steps: Steps) -> AbstractNumbering {
    (0..LEVELS).fold(AbstractNumbering::new(id), |numbering, level| {
        let text = match format {
            None => Bullet::at(level).sign().to_string(),
            Some(_) => format!("%{}.", level + 1),
        };
        let hanging = SpecialIndentType::Hanging(steps.gap());
        let indent = steps.text(level);
        let level = Level::new(
            level,
            Start::new(1),
            NumberFormat::new(format.unwrap_or("bullet")),
            LevelText::new(text),
            LevelJc::new("right"),
        );
        numbering.add_level(level.indent(Some(indent), Some(hanging), None, None))
    })
}

/// Three asterisks, as on paper; decoration, so no words of the text. As a bullet LibreOffice would show the first alone.
fn breaks() -> AbstractNumbering {
    let label = Level::new(
        0,
        Start::new(1),
        NumberFormat::new("none"),
        LevelText::new("*\u{2003}*\u{2003}*"),
        LevelJc::new("center"),
    );
    let label = label
        .suffix(LevelSuffixType::Nothing)
        .indent(Some(0), None, None, None)
        .paragraph_style(styles::BREAK);
    AbstractNumbering::new(BREAKS).add_level(label)
}

/// Which list a paragraph stands in.
#[derive(Clone, Copy)]
struct ListPlace {
    numbering: usize,
    level: usize,
}

impl<'a> Body<'a> {
    fn steps(&self) -> Steps {
        Steps::of(self.row(Kind::ListText))
    }

    /// A list; `depth` is the number of lists around it.
    pub(super) fn list(&mut self, labels: Labels, items: &'a [Item], depth: usize) {
        let level = depth.min(LEVELS - 1);
        let numbering = match labels {
            Labels::Bullets(_) => BULLETS,
            Labels::Numbers => {
                self.numbered.push(level);
                NUMBERS + self.numbered.len() - 1
            }
        };
        let place = ListPlace { numbering, level };
        for item in items {
            self.item(item, place, depth);
        }
    }

    fn item(&mut self, item: &'a Item, place: ListPlace, depth: usize) {
        // An item that starts with a list still shows its own bullet.
        if !matches!(
            item.blocks.first().map(|block| &block.kind),
            Some(Content::Paragraph(_))
        ) {
            let empty = self.empty(styles::LIST);
            self.push(place.marked(empty));
        }
        for (index, block) in item.blocks.iter().enumerate() {
            self.start(&block.anchor);
            match &block.kind {
                Content::Paragraph(text) if index == 0 => {
                    let paragraph = self.paragraph(styles::LIST, *text);
                    self.push(place.marked(paragraph));
                }
                Content::Paragraph(text) => {
                    let indent = Some(self.steps().text(place.level));
                    let paragraph = self.paragraph(styles::LIST, *text);
                    self.push(paragraph.indent(indent, None, None, None));
                }
                Content::List { labels, items } => self.list(*labels, items, depth + 1),
                content => self.flow(content),
            }
            self.end(&block.anchor);
        }
    }
}

impl ListPlace {
    fn marked(self, paragraph: Paragraph) -> Paragraph {
        paragraph.numbering(
            NumberingId::new(self.numbering),
            IndentLevel::new(self.level),
        )
    }
}
