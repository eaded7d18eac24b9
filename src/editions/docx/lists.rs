//! Numbering: real lists, of which every numbered one starts again at 1 (ISO/IEC 29500-1, 17.9).

use docx_rs::{
    AbstractNumbering, IndentLevel, Level, LevelJc, LevelOverride, LevelSuffixType, LevelText,
    NumberFormat, Numbering, NumberingId, Numberings, Paragraph, SpecialIndentType, Start,
};

use super::body::Body;
use super::digits;
use super::sheet::paragraph as styles;
use crate::compose::{Bullet, Content, Digits, Item, Labels};

/// The numbering of breaks between two thoughts: its label is all that a paragraph of theirs shows.
pub(super) const BREAKS: usize = 10;

/// The numbering of every list with bullets. The numbers of `docx-rs` itself end at 10.
pub(super) const BULLETS: usize = 11;

/// The numbering that the styles of numbered lists name; lists in the text have one each, from the next number on.
pub(super) const NUMBERS: usize = 12;

/// The levels that a numbering has (17.9.6); no piece has lists in each other deeper than that.
const LEVELS: usize = 9;

/// How far a level's text stands from the margin, in twentieths of a point.
pub(super) fn indent(level: usize) -> i32 {
    HANGING * (i32::try_from(level).unwrap_or(0) + 1)
}

/// The room for bullet or number, in twentieths of a point.
const HANGING: i32 = 360;

/// The part with the numberings: `numbered` holds the level of each numbered list in the text.
pub(super) fn numberings(digits: Digits, numbered: &[usize]) -> Numberings {
    let format = digits::of(digits).list;
    let mut numberings = Numberings::new()
        .add_abstract_numbering(breaks())
        .add_numbering(Numbering::new(BREAKS, BREAKS))
        .add_abstract_numbering(levels(BULLETS, None, &styles::BULLETS))
        .add_abstract_numbering(levels(NUMBERS, Some(format), &styles::NUMBERS))
        .add_numbering(Numbering::new(BULLETS, BULLETS))
        .add_numbering(Numbering::new(NUMBERS, NUMBERS));
    for (index, level) in numbered.iter().enumerate() {
        let restart = LevelOverride::new(*level).start(1);
        let list = Numbering::new(NUMBERS + 1 + index, NUMBERS).add_override(restart);
        numberings = numberings.add_numbering(list);
    }
    numberings
}

/// The levels of a numbering; bullets where no format of numbers is given.
fn levels(id: usize, format: Option<&str>, styles: &[&str]) -> AbstractNumbering {
    (0..LEVELS).fold(AbstractNumbering::new(id), |numbering, level| {
        let text = match format {
            None => Bullet::at(level).sign().to_string(),
            Some(_) => format!("%{}.", level + 1),
        };
        let hanging = SpecialIndentType::Hanging(HANGING);
        let level_of = Level::new(
            level,
            Start::new(1),
            NumberFormat::new(format.unwrap_or("bullet")),
            LevelText::new(text),
            LevelJc::new("left"),
        )
        .indent(Some(indent(level)), Some(hanging), None, None);
        numbering.add_level(match styles.get(level) {
            Some(style) => level_of.paragraph_style(*style),
            None => level_of,
        })
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
    labels: Labels,
    numbering: usize,
    level: usize,
}

impl<'a> Body<'a> {
    /// A list; `depth` is the number of lists around it.
    pub(super) fn list(&mut self, labels: Labels, items: &'a [Item], depth: usize) {
        let level = depth.min(LEVELS - 1);
        let numbering = match labels {
            Labels::Bullets(_) => BULLETS,
            Labels::Numbers => {
                self.numbered.push(level);
                NUMBERS + self.numbered.len()
            }
        };
        let place = ListPlace {
            labels,
            numbering,
            level,
        };
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
            let empty = self.empty(place.style());
            self.push(place.marked(empty));
        }
        for (index, block) in item.blocks.iter().enumerate() {
            self.start(&block.anchor);
            match &block.kind {
                Content::Paragraph(text) if index == 0 => {
                    let paragraph = self.paragraph(place.style(), *text);
                    self.push(place.marked(paragraph));
                }
                Content::Paragraph(text) => {
                    let continued = styles::CONTINUED[place.level.min(4)];
                    let paragraph = self.paragraph(continued, *text);
                    self.push(paragraph);
                }
                Content::List { labels, items } => self.list(*labels, items, depth + 1),
                content => self.flow(content),
            }
            self.end(&block.anchor);
        }
    }
}

impl ListPlace {
    fn style(self) -> &'static str {
        let styles = match self.labels {
            Labels::Bullets(_) => styles::BULLETS,
            Labels::Numbers => styles::NUMBERS,
        };
        styles[self.level.min(styles.len() - 1)]
    }

    fn marked(self, paragraph: Paragraph) -> Paragraph {
        paragraph.numbering(
            NumberingId::new(self.numbering),
            IndentLevel::new(self.level),
        )
    }
}
