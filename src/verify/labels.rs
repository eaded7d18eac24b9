//! Labels of lists, and where breaks between thoughts stand.

use std::collections::{HashMap, HashSet};

use crate::compose::{
    Block, BlockId, BlockKind, Composition, Content, Digits, Item, ItemId, Labels,
};
use crate::read::Label;

/// The labels of all items of a composition, and its breaks.
pub(super) struct Labelled {
    labels: HashMap<ItemId, Label>,
    breaks: HashSet<BlockId>,
}

impl Labelled {
    pub(super) fn of(composition: &Composition) -> Self {
        let mut own = Self {
            labels: HashMap::new(),
            breaks: HashSet::new(),
        };
        let mut waiting: Vec<(Labels, &[Item])> = Vec::new();
        let blocks = composition.sections.iter();
        for block in blocks.flat_map(|section| &section.blocks) {
            match &block.kind {
                BlockKind::Break => {
                    own.breaks.insert(block.id);
                }
                BlockKind::Content(Content::List { labels, items }) => {
                    waiting.push((*labels, items));
                }
                _ => {}
            }
        }
        while let Some((labels, items)) = waiting.pop() {
            for (index, item) in items.iter().enumerate() {
                let label = match labels {
                    Labels::Bullets(_) => Label::Bullet,
                    Labels::Numbers => Label::Number(index + 1),
                };
                own.labels.insert(item.id, label);
                let inner = item.blocks.iter();
                waiting.extend(
                    inner.filter_map(|block: &Block<Content>| match &block.kind {
                        Content::List { labels, items } => Some((*labels, items.as_slice())),
                        _ => None,
                    }),
                );
            }
        }
        own
    }

    pub(super) fn label(&self, item: ItemId) -> Option<Label> {
        self.labels.get(&item).cloned()
    }

    pub(super) fn is_break(&self, block: BlockId) -> bool {
        self.breaks.contains(&block)
    }
}

/// Whether a label that is shown is the one that is meant, in these digits.
pub(super) fn is_alike(meant: &Label, shown: &Label, digits: Digits) -> bool {
    match (meant, shown) {
        (Label::Number(number), Label::Other(text)) => {
            text.strip_suffix('.').unwrap_or(text) == digits.number(*number)
        }
        (meant, shown) => meant == shown,
    }
}
