//! The piece that is to be written: its values, and what an editor should check in them.

use std::collections::BTreeMap;

/// A piece to be written.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Draft {
    /// The simple fields by their keys.
    pub(crate) fields: BTreeMap<&'static str, Value>,
    pub(crate) introduction: Vec<Item>,
    pub(crate) contributors: Vec<Contributor>,
    /// The notes by name, in order.
    pub(crate) notes: Vec<(String, String)>,
}

/// A value, and what is to be checked about it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Value {
    /// The text; none where it is missing and only the remark is written.
    pub(crate) text: Option<String>,
    pub(crate) check: Option<String>,
}

impl Value {
    pub(crate) fn sure(text: impl Into<String>) -> Self {
        Self {
            text: Some(text.into()),
            check: None,
        }
    }

    pub(crate) fn guess(text: impl Into<String>, check: impl Into<String>) -> Self {
        Self {
            text: Some(text.into()),
            check: Some(check.into()),
        }
    }

    pub(crate) fn missing(check: impl Into<String>) -> Self {
        Self {
            text: None,
            check: Some(check.into()),
        }
    }
}

/// Somebody and their statement.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Contributor {
    /// Its simple fields but the name by their keys.
    pub(crate) fields: BTreeMap<&'static str, String>,
    /// What is to be checked about those fields, by their keys.
    pub(crate) checks: BTreeMap<&'static str, String>,
    pub(crate) name: Value,
    pub(crate) portrait: Option<(String, String)>,
    pub(crate) statement: Vec<Item>,
}

/// A block, and what is to be checked about it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    pub(crate) block: Block,
    pub(crate) check: Option<String>,
}

impl From<Block> for Item {
    fn from(block: Block) -> Self {
        Self { block, check: None }
    }
}

/// A block; its texts have inline marks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Block {
    Paragraph(String),
    Heading(String),
    Subheading(String),
    Quote {
        paragraphs: Vec<String>,
        by: Option<String>,
    },
    Pull(String),
    List {
        key: ListKey,
        items: Vec<Vec<Item>>,
    },
    Figure(Figure),
    Table {
        header: Vec<Vec<String>>,
        rows: Vec<Vec<String>>,
        row_heads: bool,
        caption: Option<String>,
    },
    Break,
    Query(String),
}

/// Which kind of list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ListKey {
    List,
    Numbered,
}

impl ListKey {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Numbered => "numbered",
        }
    }
}

/// A picture with its words.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Figure {
    pub(crate) image: String,
    pub(crate) alt: String,
    pub(crate) caption: Option<String>,
    pub(crate) credit: Option<String>,
}

impl Draft {
    /// The texts of the piece, as a reader of the file meets them.
    pub(crate) fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        let mut add = |text: &str| {
            words.push(crate::piece::Marked::new(text).plain());
        };
        for value in self.fields.values() {
            value.text.iter().for_each(|text| add(text));
        }
        each_text(&self.introduction, &mut add);
        for contributor in &self.contributors {
            contributor.name.text.iter().for_each(|text| add(text));
            contributor.fields.values().for_each(|text| add(text));
            if let Some((_, alt)) = &contributor.portrait {
                add(alt);
            }
            each_text(&contributor.statement, &mut add);
        }
        self.notes.iter().for_each(|(_, text)| add(text));
        words
    }
}

fn each_text(items: &[Item], add: &mut dyn FnMut(&str)) {
    for item in items {
        match &item.block {
            Block::Paragraph(text)
            | Block::Heading(text)
            | Block::Subheading(text)
            | Block::Pull(text)
            | Block::Query(text) => add(text),
            Block::Quote { paragraphs, by } => paragraphs.iter().chain(by).for_each(|t| add(t)),
            Block::List { items, .. } => items.iter().for_each(|item| each_text(item, &mut *add)),
            Block::Figure(figure) => {
                add(&figure.alt);
                let below = figure.caption.iter().chain(&figure.credit);
                below.for_each(|text| add(text));
            }
            Block::Table {
                header,
                rows,
                caption,
                ..
            } => {
                let cells = header.iter().chain(rows).flatten();
                caption.iter().chain(cells).for_each(|text| add(text));
            }
            Block::Break => {}
        }
    }
}
