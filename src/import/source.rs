//! A draft as the text of a source.

use super::draft::{Block, Contributor, Draft, Item, Value};
use crate::yaml::writer::{Context, Writer, inline};

/// The simple fields of a piece, in the order in which they are written.
pub(super) const FIELDS: &[&str] = &[
    "series",
    "number",
    "title",
    "subtitle",
    "short_title",
    "date",
    "date_text",
    "updated",
    "language",
    "slug",
    "identifier",
    "isbn",
    "doi",
    "url",
    "publisher",
    "rights",
    "license",
    "summary",
    "citation",
    "disclaimer",
];

/// Those whose values are no texts, or have a form of their own: written as they stand.
const BARE: &[&str] = &["number", "date", "updated"];

/// The simple fields of a contributor behind the name.
const OF_CONTRIBUTORS: &[&str] = &[
    "sort_name",
    "affiliation",
    "language",
    "role",
    "orcid",
    "ror",
    "url",
    "bio",
];

/// Writes a draft. `schema` is the path of the schema for editor programs, where one is near.
pub(crate) fn written(draft: &Draft, schema: Option<&str>) -> String {
    let mut out = Writer::default();
    if let Some(schema) = schema {
        out.line(0, &format!("# yaml-language-server: $schema={schema}"));
    }
    for key in FIELDS {
        if let Some(value) = draft.fields.get(key) {
            field(&mut out, key, value);
        }
    }
    if !draft.introduction.is_empty() {
        out.line(0, "introduction:");
        blocks(&mut out, 2, &draft.introduction);
    }
    out.line(0, "contributors:");
    for one in &draft.contributors {
        contributor(&mut out, 2, one);
    }
    if !draft.notes.is_empty() {
        out.line(0, "notes:");
        write_notes(&mut out, 2, &draft.notes);
    }
    out.finish()
}

/// A contributor as an item that stands so far in.
pub(super) fn one(contributor: &Contributor, indent: usize) -> String {
    let mut out = Writer::default();
    self::contributor(&mut out, indent, contributor);
    out.finish()
}

/// Blocks as items that stand so far in.
pub(crate) fn items(items: &[Item], indent: usize) -> String {
    let mut out = Writer::default();
    blocks(&mut out, indent, items);
    out.finish()
}

/// Whether what follows in a source goes on with the last of some items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Last {
    Closed,
    GoesOn,
}

/// The items of a list, each of its blocks, that stand so far in.
pub(crate) fn entries(items: &[Vec<Item>], indent: usize, last: Last) -> String {
    let mut out = Writer::default();
    for (index, item) in items.iter().enumerate() {
        match last == Last::GoesOn && index + 1 == items.len() {
            true => several_blocks(&mut out, indent, item),
            false => entry(&mut out, indent, item),
        }
    }
    out.finish()
}

/// Notes as keys that stand so far in.
pub(crate) fn notes(notes: &[(String, String)], indent: usize) -> String {
    let mut out = Writer::default();
    write_notes(&mut out, indent, notes);
    out.finish()
}

fn write_notes(out: &mut Writer, indent: usize, notes: &[(String, String)]) {
    for (name, text) in notes {
        let is_number = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
        let key = match is_number {
            true => name.clone(),
            false => inline(name, Context::Block),
        };
        out.text(indent, &format!("{key}: "), text, indent + 2);
    }
}

fn field(out: &mut Writer, key: &str, value: &Value) {
    if let Some(check) = &value.check {
        out.comment(0, &format!("check: {check}"));
    }
    match &value.text {
        None => out.line(0, &format!("# {key}:")),
        Some(text)
            if BARE.contains(&key)
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || byte == b'-') =>
        {
            out.line(0, &format!("{key}: {text}"))
        }
        Some(text) => out.text(0, &format!("{key}: "), text, 2),
    }
}

fn contributor(out: &mut Writer, indent: usize, one: &Contributor) {
    if let Some(check) = &one.name.check {
        out.comment(indent, &format!("check: {check}"));
    }
    let (keys, below) = (indent + 2, indent + 4);
    let name = one.name.text.as_deref().unwrap_or("?");
    out.text(indent, "- name: ", name, below);
    for key in OF_CONTRIBUTORS {
        if let Some(text) = one.fields.get(key) {
            if let Some(check) = one.checks.get(key) {
                out.comment(keys, &format!("check: {check}"));
            }
            out.text(keys, &format!("{key}: "), text, below);
        }
    }
    if let Some((image, alt)) = &one.portrait {
        if let Some(check) = one.checks.get("portrait") {
            out.comment(keys, &format!("check: {check}"));
        }
        out.line(keys, "portrait:");
        picture(out, below, image, alt);
    }
    match one.statement.is_empty() {
        true => {
            out.comment(keys, "check: no words of a statement were found");
            out.line(keys, "statement: []");
        }
        false => {
            out.line(keys, "statement:");
            blocks(out, below, &one.statement);
        }
    }
}

fn picture(out: &mut Writer, indent: usize, image: &str, alt: &str) {
    out.text(indent, "image: ", image, indent + 2);
    match alt.is_empty() {
        true => out.line(
            indent,
            "# alt:    check: say in words what the picture shows",
        ),
        false => out.text(indent, "alt: ", alt, indent + 2),
    }
}

fn blocks(out: &mut Writer, indent: usize, items: &[Item]) {
    for item in items {
        if let Some(check) = &item.check {
            out.comment(indent, &format!("check: {check}"));
        }
        block(out, indent, "- ", &item.block);
    }
}

/// A block behind its hyphen, or behind several in an item of a list.
fn block(out: &mut Writer, indent: usize, lead: &str, block: &Block) {
    let below = indent + lead.len();
    let named = |key: &str| format!("{lead}{key}: ");
    match block {
        Block::Paragraph(text) => out.text(indent, lead, text, below),
        Block::Heading(text) => out.text(indent, &named("heading"), text, below + 2),
        Block::Subheading(text) => out.text(indent, &named("subheading"), text, below + 2),
        Block::Pull(text) => out.text(indent, &named("pull"), text, below + 2),
        Block::Query(text) => out.text(indent, &named("query"), text, below + 2),
        Block::Break => out.line(indent, &format!("{lead}break:")),
        Block::Quote { paragraphs, by } => match (paragraphs.as_slice(), by) {
            ([one], None) => out.text(indent, &named("quote"), one, below + 2),
            _ => {
                out.line(indent, &format!("{lead}quote:"));
                let at = below + 2;
                match paragraphs.as_slice() {
                    [one] => out.text(at, "text: ", one, at + 2),
                    several => {
                        out.line(at, "text:");
                        let mut texts = several.iter();
                        texts
                            .by_ref()
                            .for_each(|text| out.text(at + 2, "- ", text, at + 4));
                    }
                }
                if let Some(by) = by {
                    out.text(at, "by: ", by, at + 2);
                }
            }
        },
        Block::List { key, items } => {
            out.line(indent, &format!("{lead}{}:", key.name()));
            items.iter().for_each(|item| entry(out, below + 2, item));
        }
        Block::Figure(figure) => {
            out.line(indent, &format!("{lead}figure:"));
            picture(out, below + 2, &figure.image, &figure.alt);
            for (key, text) in [("caption: ", &figure.caption), ("credit: ", &figure.credit)] {
                if let Some(text) = text {
                    out.text(below + 2, key, text, below + 4);
                }
            }
        }
        Block::Table {
            header,
            rows,
            row_heads,
            caption,
        } => {
            out.line(indent, &format!("{lead}table:"));
            let at = below + 2;
            if let Some(caption) = caption {
                out.text(at, "caption: ", caption, at + 2);
            }
            if *row_heads {
                out.line(at, "row_heads: true");
            }
            for (key, rows) in [("header:", header), ("rows:", rows)] {
                out.line(at, key);
                for row in rows {
                    if out.flow(at + 2, "- ", row.iter().map(String::as_str)) {
                        continue;
                    }
                    for (index, cell) in row.iter().enumerate() {
                        let lead = if index == 0 { "- - " } else { "  - " };
                        out.text(at + 2, lead, cell, at + 6);
                    }
                }
            }
        }
    }
}

/// An item of a list.
fn entry(out: &mut Writer, indent: usize, item: &[Item]) {
    match item {
        [
            Item {
                block: Block::Paragraph(text),
                check: None,
            },
        ] => out.text(indent, "- ", text, indent + 2),
        several => several_blocks(out, indent, several),
    }
}

/// An item of several blocks: a list in the list.
fn several_blocks(out: &mut Writer, indent: usize, items: &[Item]) {
    for (index, item) in items.iter().enumerate() {
        if let Some(check) = &item.check {
            out.comment(indent, &format!("check: {check}"));
        }
        let lead = if index == 0 { "- - " } else { "  - " };
        block(out, indent, lead, &item.block);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::super::draft::ListKey;
    use super::*;

    #[test]
    fn every_block_is_written_as_a_person_would() {
        let text = |text: &str| Item::from(Block::Paragraph(text.to_owned()));
        let mut draft = Draft::default();
        draft
            .fields
            .insert("title", Value::sure("After the summit: what now?"));
        draft
            .fields
            .insert("date", Value::missing("no date was found"));
        draft.contributors.push(Contributor {
            name: Value::guess("Amina Khan", "a bold line, taken for a name"),
            statement: vec![
                text("One."),
                Block::Quote {
                    paragraphs: vec!["A".to_owned(), "B".to_owned()],
                    by: Some("C".to_owned()),
                }
                .into(),
                Block::List {
                    key: ListKey::Numbered,
                    items: vec![
                        vec![text("first")],
                        vec![
                            text("second"),
                            Block::List {
                                key: ListKey::List,
                                items: vec![vec![text("inner")]],
                            }
                            .into(),
                        ],
                    ],
                }
                .into(),
                Block::Table {
                    header: vec![vec!["Year".to_owned(), "Ships".to_owned()]],
                    rows: vec![vec!["1913".to_owned(), "1,204".to_owned()]],
                    row_heads: false,
                    caption: None,
                }
                .into(),
            ],
            ..Contributor::default()
        });
        draft.notes.push(("1".to_owned(), "A note.".to_owned()));
        let yaml = written(&draft, None);
        expect_test::expect![[r#"
            title: "After the summit: what now?"
            # check: no date was found
            # date:
            contributors:
              # check: a bold line, taken for a name
              - name: Amina Khan
                statement:
                  - One.
                  - quote:
                      text:
                        - A
                        - B
                      by: C
                  - numbered:
                      - first
                      - - second
                        - list:
                            - inner
                  - table:
                      header:
                        - [Year, Ships]
                      rows:
                        - ["1913", "1,204"]
            notes:
              1: A note.
        "#]]
        .assert_eq(&yaml);
    }
}
