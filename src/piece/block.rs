//! The blocks of an introduction or a statement.
//!
//! In YAML a plain string is a paragraph and everything else is a mapping with a single key that names the block.
//! `serde_yaml` would read an enum as a YAML tag, so reading is written out here; the schema is the derived one.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, de::DeserializeSeed};

use super::Marked;

/// One block.
#[derive(Debug, Clone, PartialEq, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Block {
    /// A heading of level 3 in a statement, 2 in the introduction.
    Heading(Marked),
    /// A heading one level below `heading`.
    Subheading(Marked),
    /// A quotation set off from the text.
    Quote(Quote),
    /// A pull quote: words of the text shown again for the eye alone.
    Pull(Pull),
    /// A list with bullets.
    List(#[schemars(length(min = 1))] List),
    /// A list with numbers.
    Numbered(#[schemars(length(min = 1))] List),
    /// An image with its caption.
    Figure(Figure),
    /// A table.
    Table(Table),
    /// A break between two thoughts; nothing follows the colon.
    Break(#[schemars(with = "()")] Option<String>),
    /// An editor's question about the block above; printed in no edition.
    Query(#[schemars(length(min = 1))] String),
    /// A paragraph.
    #[serde(untagged)]
    Paragraph(Marked),
}

/// A block quotation: `quote: text`, or `quote: {text, by}`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged, deny_unknown_fields)]
pub enum Quote {
    /// The words alone.
    Words(Marked),
    /// The words and who said them.
    Attributed {
        /// The words quoted: a paragraph, or several.
        text: OneOrMore,
        /// Who said them.
        by: Option<Marked>,
        /// The language of both, where that is not the one around them.
        #[schemars(length(min = 1))]
        language: Option<String>,
    },
}

/// A pull quote: `pull: text`, or `pull: {text, language}`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged, deny_unknown_fields)]
pub enum Pull {
    /// The words alone.
    Words(Marked),
    /// The words in a language of their own.
    InLanguage {
        /// The words shown again.
        text: Marked,
        /// Their language, where that is not the one around them.
        #[schemars(length(min = 1))]
        language: Option<String>,
    },
}

/// A paragraph, or several.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum OneOrMore {
    /// One paragraph.
    One(Marked),
    /// Several paragraphs.
    Many(#[schemars(length(min = 1))] Vec<Marked>),
}

/// The items of a list.
pub type List = Vec<Item>;

/// An item of a list: a text, or blocks, of which lists are the nested ones.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Item {
    /// A text.
    Text(Marked),
    /// Several blocks.
    Blocks(#[schemars(length(min = 1))] Vec<ItemBlock>),
}

/// A block in the item of a list: no heading, pull quote or break stands there.
#[derive(Debug, Clone, PartialEq, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ItemBlock {
    /// A quotation set off from the text.
    Quote(Quote),
    /// A list with bullets, inside the item.
    List(#[schemars(length(min = 1))] List),
    /// A list with numbers, inside the item.
    Numbered(#[schemars(length(min = 1))] List),
    /// An image with its caption.
    Figure(Figure),
    /// A table.
    Table(Table),
    /// An editor's question about the block above; printed in no edition.
    Query(#[schemars(length(min = 1))] String),
    /// A paragraph.
    #[serde(untagged)]
    Paragraph(Marked),
}

impl<'de> Deserialize<'de> for ItemBlock {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Block::deserialize(deserializer)? {
            Block::Quote(quote) => Self::Quote(quote),
            Block::List(items) => Self::List(items),
            Block::Numbered(items) => Self::Numbered(items),
            Block::Figure(figure) => Self::Figure(figure),
            Block::Table(table) => Self::Table(table),
            Block::Query(question) => Self::Query(question),
            Block::Paragraph(text) => Self::Paragraph(text),
            Block::Heading(_) | Block::Subheading(_) | Block::Pull(_) | Block::Break(_) => {
                return Err(de::Error::custom(
                    "a heading, a pull quote or a break stands in an item of a list",
                ));
            }
        })
    }
}

/// An image set in the text.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// The path of a PNG, JPEG, WebP or SVG file, relative to the source file and below its folder.
    #[schemars(length(min = 1))]
    pub image: String,
    /// What the image says, for those who do not see it.
    #[schemars(length(min = 1))]
    pub alt: String,
    /// The caption, with inline markup.
    pub caption: Option<Marked>,
    /// Who made the image.
    #[schemars(length(min = 1))]
    pub credit: Option<String>,
    /// The language of caption and credit, where that is not the one around them.
    #[schemars(length(min = 1))]
    pub language: Option<String>,
    /// How much of the measure it fills, from `5%` to `100%`; without it its pixels say so.
    #[schemars(regex(pattern = r"^([5-9]|[1-9][0-9]|100)%$"))]
    pub width: Option<String>,
}

/// A table: every row has as many cells as the first.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// The rows of the table's head, at least one. A cell is a text or a number; an empty one is `""`.
    #[schemars(length(min = 1), with = "Vec<Vec<Cell>>", inner(length(min = 1)))]
    pub header: Vec<Vec<Marked>>,
    /// The rows of the table's body, at least one. A cell is a text or a number; an empty one is `""`.
    #[schemars(length(min = 1), with = "Vec<Vec<Cell>>", inner(length(min = 1)))]
    pub rows: Vec<Vec<Marked>>,
    /// Whether the first cell of each row of the body heads its row; if nothing is said, it does not.
    #[serde(default)]
    pub row_heads: bool,
    /// The language of the table, where that is not the one around it; its columns run in that language's direction.
    #[schemars(length(min = 1))]
    pub language: Option<String>,
    /// The caption, with inline markup.
    pub caption: Option<Marked>,
    /// What its columns are like, from the first to the last; without it their cells say so.
    #[schemars(length(min = 1))]
    pub columns: Option<Vec<Column>>,
}

/// What a column of a table is like, where its cells do not say it right.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// How its words stand: `start`, `centre`, `end`, or `decimal` for figures under their decimal points.
    #[schemars(regex(pattern = r"^(start|centre|end|decimal)$"))]
    pub align: Option<String>,
    /// How much of the table's width it takes, from `2%` to `98%`.
    #[schemars(regex(pattern = r"^([2-9]|[1-8][0-9]|9[0-8])%$"))]
    pub width: Option<String>,
}

/// The form of a cell: a text, or a number, which is read as the text that stands there.
struct Cell;

impl JsonSchema for Cell {
    fn schema_name() -> Cow<'static, str> {
        "Cell".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "integer", "number", "boolean"] })
    }
}

/// The keys of the blocks that are not plain paragraphs.
const KEYS: &[&str] = &[
    "heading",
    "subheading",
    "quote",
    "pull",
    "list",
    "numbered",
    "figure",
    "table",
    "break",
    "query",
];

impl<'de> Deserialize<'de> for Block {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(BlockVisitor)
    }
}

struct BlockVisitor;

impl<'de> Visitor<'de> for BlockVisitor {
    type Value = Block;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a paragraph of text or a block such as `heading: ...`")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Block, E> {
        Ok(Block::Paragraph(Marked::new(text)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Block, A::Error> {
        let Some(key) = map.next_key::<String>()? else {
            return Err(de::Error::custom("an empty block"));
        };
        let block = map.next_value_seed(BlockBody(&key))?;
        match map.next_key::<String>()? {
            None => Ok(block),
            Some(second) => Err(de::Error::custom(format_args!(
                "a block has one key, and this one has `{key}` and `{second}`"
            ))),
        }
    }
}

/// Reads the value of the block that the key names.
struct BlockBody<'a>(&'a str);

impl<'de> DeserializeSeed<'de> for BlockBody<'_> {
    type Value = Block;

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<Block, D::Error> {
        Ok(match self.0 {
            "heading" => Block::Heading(Deserialize::deserialize(value)?),
            "subheading" => Block::Subheading(Deserialize::deserialize(value)?),
            "quote" => Block::Quote(Deserialize::deserialize(value)?),
            "pull" => Block::Pull(Deserialize::deserialize(value)?),
            "list" => Block::List(Deserialize::deserialize(value)?),
            "numbered" => Block::Numbered(Deserialize::deserialize(value)?),
            "figure" => Block::Figure(Deserialize::deserialize(value)?),
            "table" => Block::Table(Deserialize::deserialize(value)?),
            "break" => Block::Break(Deserialize::deserialize(value)?),
            "query" => Block::Query(Deserialize::deserialize(value)?),
            other => return Err(de::Error::unknown_field(other, KEYS)),
        })
    }
}
