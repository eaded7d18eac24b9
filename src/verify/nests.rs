//! Where blocks stand among the elements of a tagged file, and what the items of its lists are labelled with, as the composition
//! says it (ISO 32000-1, 14.8.4).

use std::collections::HashMap;

use super::blocks::named;
use super::difference::{Difference, Kind, MOST, quoted};
use crate::compose::{
    BlockId, BlockKind, Bullet, Composition, Content, Figure, Heading, Item, Kind as TextKind,
    Labels, SectionRole, TextId, canonical_line,
};
use crate::piece::Direction;
use crate::read::{Block, ListLabels, Nest, Paper};

/// The elements around one thing, the outermost first: each with its role and a number of its own.
type Chain = Vec<(&'static str, u32)>;

/// What stands where.
#[derive(Debug, Clone, Default)]
pub(super) struct Nests {
    texts: HashMap<TextId, Chain>,
    /// Which way the columns of texts run that run otherwise than those of the piece.
    turned: HashMap<TextId, &'static str>,
    figures: HashMap<BlockId, Chain>,
    /// The lists in their order.
    lists: Vec<ListLabels>,
}

impl Nests {
    pub(super) fn of(composition: &Composition) -> Self {
        let mut builder = Builder {
            composition,
            nests: Self::default(),
            open: Vec::new(),
            next: 0,
        };
        builder.within("Document", Builder::document);
        builder.nests
    }

    /// Where a text stands, and how many elements are around the one before it as well.
    pub(super) fn text(&self, text: TextId, before: &mut Chain) -> Option<Nest> {
        let mut nest = nest(self.texts.get(&text)?, before);
        nest.turned = self.turned.get(&text).map(|way| (*way).to_owned());
        Some(nest)
    }

    /// The same of a figure.
    pub(super) fn figure(&self, figure: BlockId, before: &mut Chain) -> Option<Nest> {
        Some(nest(self.figures.get(&figure)?, before))
    }

    /// The lists in their order.
    pub(super) fn into_lists(self) -> Vec<ListLabels> {
        self.lists
    }
}

fn nest(chain: &Chain, before: &mut Chain) -> Nest {
    let shared = chain.iter().zip(before.iter());
    let shared = shared.take_while(|(own, other)| own == other).count();
    before.clone_from(chain);
    Nest {
        path: chain.iter().map(|(role, _)| (*role).to_owned()).collect(),
        shared,
        turned: None,
    }
}

struct Builder<'a> {
    composition: &'a Composition,
    nests: Nests,
    open: Chain,
    next: u32,
}

impl Builder<'_> {
    fn within(&mut self, role: &'static str, build: impl FnOnce(&mut Self)) {
        self.open.push((role, self.next));
        self.next += 1;
        build(self);
        self.open.pop();
    }

    fn leaf(&mut self, role: &'static str, text: TextId) {
        let column = self.composition[text].column;
        // A cell that heads others has attributes of its own.
        if column != self.composition.record.direction && role != "TH" {
            let way = match column {
                Direction::LeftToRight => "LrTb",
                Direction::RightToLeft => "RlTb",
            };
            self.nests.turned.insert(text, way);
        }
        self.within(role, |own| {
            own.nests.texts.insert(text, own.open.clone());
        });
    }

    fn document(&mut self) {
        let composition = self.composition;
        let block = &composition.title_block;
        self.leaf("P", block.series);
        self.heading(&block.title);
        let rest = block.subtitle.iter().chain(&block.byline);
        for text in rest.chain(&block.credits).chain([&block.date]) {
            self.leaf("P", *text);
        }
        let sections = composition.sections.iter();
        for section in sections.filter(|section| section.role != SectionRole::Summary) {
            self.within("Sect", |own| {
                if let Some(heading) = &section.heading {
                    own.heading(heading);
                }
                if let Some(affiliation) = section.affiliation {
                    own.leaf("P", affiliation);
                }
                for block in &section.blocks {
                    match &block.kind {
                        BlockKind::Heading(heading) => own.heading(heading),
                        BlockKind::Pull(text) => own.leaf("P", *text),
                        BlockKind::Break => {}
                        BlockKind::Content(content) => own.content(block.id, content),
                    }
                }
            });
        }
    }

    fn heading(&mut self, heading: &Heading) {
        const ROLES: [&str; 4] = ["H1", "H2", "H3", "H4"];
        let level = usize::from(heading.level.number());
        self.leaf(ROLES[level.clamp(1, ROLES.len()) - 1], heading.text);
    }

    fn content(&mut self, id: BlockId, content: &Content) {
        match content {
            Content::Paragraph(text) => self.leaf("P", *text),
            Content::Quote { paragraphs, by } => self.within("BlockQuote", |own| {
                for text in paragraphs.iter().chain(by) {
                    own.leaf("P", *text);
                }
            }),
            Content::List { labels, items } => self.list(*labels, items),
            Content::Figure(figure) if figure.caption.or(figure.credit).is_none() => {
                self.picture(id);
            }
            Content::Figure(figure) => self.within("Div", |own| own.figure(id, figure)),
            Content::Table(table) => self.within("Table", |own| {
                if let Some(caption) = table.caption {
                    own.leaf("Caption", caption);
                }
                for (part, rows) in [("THead", &table.header), ("TBody", &table.rows)] {
                    own.within(part, |own| {
                        for cells in rows {
                            own.within("TR", |own| {
                                for cell in cells {
                                    own.cell(*cell);
                                }
                            });
                        }
                    });
                }
            }),
        }
    }

    fn cell(&mut self, cell: TextId) {
        let role = match self.composition[cell].kind {
            TextKind::HeadCell | TextKind::RowHead => "TH",
            _ => "TD",
        };
        self.leaf(role, cell);
    }

    fn list(&mut self, labels: Labels, items: &[Item]) {
        let numbering = match labels {
            Labels::Bullets(Bullet::Disc) => "Disc",
            Labels::Bullets(Bullet::Circle) => "Circle",
            Labels::Bullets(Bullet::Square) => "Square",
            Labels::Numbers => "Decimal",
        };
        self.nests.lists.push(ListLabels {
            numbering: numbering.to_owned(),
            labels: items.iter().map(|item| item.label.clone()).collect(),
            page: 0,
        });
        self.within("L", |own| {
            for item in items {
                own.within("LI", |own| {
                    own.within("LBody", |own| {
                        for block in &item.blocks {
                            own.content(block.id, &block.kind);
                        }
                    });
                });
            }
        });
    }

    fn figure(&mut self, id: BlockId, figure: &Figure) {
        self.picture(id);
        match (figure.caption, figure.credit) {
            (Some(caption), Some(credit)) => self.within("Caption", |own| {
                own.leaf("P", caption);
                own.leaf("P", credit);
            }),
            (Some(caption), None) => self.leaf("Caption", caption),
            (None, Some(credit)) => self.leaf("P", credit),
            (None, None) => {}
        }
    }

    fn picture(&mut self, id: BlockId) {
        self.within("Figure", |own| {
            own.nests.figures.insert(id, own.open.clone());
        });
    }
}

/// Holds the elements around the blocks of a file against those that the composition has. Both have the same words.
pub(super) fn hold(
    expected: &[Block],
    text: &[Block],
    notes: &[Block],
    found: &mut Vec<Difference>,
) {
    let mut told = 0;
    let mut is_first = true;
    for (own, block) in expected.iter().zip(text) {
        let (Some(wanted), Some(nest)) = (&own.nest, &block.nest) else {
            continue;
        };
        // What a house puts above the text stands before the first.
        let is_apart = !is_first && wanted.shared != nest.shared;
        is_first = false;
        let message = match () {
            () if wanted.path != nest.path => format!(
                "{} stands in {}, which is {} by its source: {}",
                named(block.role),
                nest.path.join(" / "),
                wanted.path.join(" / "),
                quoted(&block.line())
            ),
            () if wanted.turned != nest.turned => format!(
                "{} runs {}, by its source {}: {}",
                named(block.role),
                nest.turned.as_deref().unwrap_or("as the file"),
                wanted.turned.as_deref().unwrap_or("as the file"),
                quoted(&block.line())
            ),
            () if is_apart => format!(
                "{} stands in another {} than by its source: {}",
                named(block.role),
                parted(wanted, nest),
                quoted(&block.line())
            ),
            () => continue,
        };
        found.push(Difference {
            kind: Kind::Block,
            place: block.place.clone(),
            message,
        });
        told += 1;
        if told >= MOST {
            return;
        }
    }
    for note in notes {
        let Some(nest) = &note.nest else { continue };
        let roles = nest.path.iter().map(String::as_str);
        let roles: Vec<&str> = roles.filter(|role| *role != "Sect").collect();
        if !matches!(roles[..], ["Document", "Note" | "FENote", "P"]) {
            found.push(Difference {
                kind: Kind::Block,
                place: note.place.clone(),
                message: format!("a note stands in {}", nest.path.join(" / ")),
            });
        }
    }
}

/// The outermost element that is not shared as it should be.
fn parted<'a>(wanted: &Nest, nest: &'a Nest) -> &'a str {
    let at = wanted.shared.min(nest.shared);
    nest.path.get(at).map_or("element", String::as_str)
}

/// Holds the kinds of lists and the labels of their items against those that the composition has.
pub(super) fn lists(
    expected: &[ListLabels],
    paper: &Paper,
    house: usize,
    found: &mut Vec<Difference>,
) {
    // A house may put a list of points above the text.
    let more = paper.lists.len().saturating_sub(expected.len()).min(house);
    let lists = &paper.lists[more..];
    let mut say = |page: usize, message: String| {
        found.push(Difference {
            kind: Kind::List,
            place: format!("page {page}"),
            message,
        });
    };
    for (own, list) in expected.iter().zip(lists).take(MOST) {
        if own.numbering != list.numbering {
            say(
                list.page,
                format!(
                    "a list is of the kind {}, by its source {}",
                    list.numbering, own.numbering
                ),
            );
        }
        if own.labels.len() != list.labels.len() {
            let (is, was) = (list.labels.len(), own.labels.len());
            say(
                list.page,
                format!("a list has {is} labels, by its source {was}"),
            );
        }
        let labels = own.labels.iter().zip(&list.labels);
        let mut labels = labels.filter(|(own, label)| canonical_line(own) != canonical_line(label));
        if let Some((own, label)) = labels.next() {
            say(
                list.page,
                format!(
                    "an item is labelled {}, by its source {}",
                    quoted(label),
                    quoted(own)
                ),
            );
        }
    }
    if lists.len() != expected.len() {
        let (is, was) = (lists.len(), expected.len());
        say(1, format!("it has {is} lists, its source {was}"));
    }
}
