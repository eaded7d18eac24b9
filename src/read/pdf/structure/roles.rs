//! Roles of elements: those of the standard, and those of a file's own (ISO 32000-1, 14.7.3 and 14.8.4).

use std::collections::HashMap;

use hayro_syntax::object::{Array, Dict, Name};

use crate::compose::{Head, Role};

/// What roles of a file's own are in the standard.
pub(super) struct Roles(HashMap<String, String>);

impl Roles {
    /// Those that a tree maps (14.7.3).
    pub(super) fn of(tree: &Dict<'_>) -> Self {
        let Some(map) = tree.get::<Dict<'_>>("RoleMap") else {
            return Self(HashMap::new());
        };
        let entries = map.keys().filter_map(|key| {
            let to = map.get::<Name<'_>>(key.as_ref())?;
            Some((key.as_str().to_owned(), to.as_str().to_owned()))
        });
        Self(entries.collect())
    }

    /// The standard role of a role.
    pub(super) fn standard(&self, name: &str) -> String {
        let mut name = name;
        for _ in 0..self.0.len().min(16) {
            match self.0.get(name) {
                Some(to) if to != name && !is_standard(name) => name = to,
                _ => break,
            }
        }
        name.to_owned()
    }

    /// Whether an element refers to a note (ISO 14289-2, 8.2.5.14): PDF 2.0 has no links inside references.
    pub(super) fn speaks_of_note(&self, element: &Dict<'_>) -> bool {
        let all = element.get::<Array<'_>>("Ref");
        let mut all = all.iter().flat_map(|all| all.iter::<Dict<'_>>());
        all.any(|other| {
            let name = other.get::<Name<'_>>("S");
            name.is_some_and(|name| matches!(&*self.standard(name.as_str()), "Note" | "FENote"))
        })
    }
}

/// Where an element stands, as far as its role depends on it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Around {
    /// Whether it stands in a quotation.
    pub(super) is_quote: bool,
    /// Its row and column.
    pub(super) cell: (usize, usize),
    /// What a head of a table heads.
    pub(super) scope: Option<Head>,
}

/// What an element does for those who read.
pub(super) enum Part {
    /// Begins a block.
    Block(Role),
    /// Is part of a line.
    Inline,
    /// Holds blocks.
    Group,
    /// Is not read.
    Silent,
}

fn is_standard(name: &str) -> bool {
    !matches!(part(name, Around::default()), Part::Group)
}

/// What an element of a standard role does.
pub(super) fn part(standard: &str, around: Around) -> Part {
    let (row, column) = around.cell;
    let paragraph = match around.is_quote {
        true => Role::Quote,
        false => Role::Paragraph,
    };
    match standard {
        "H" => Part::Block(Role::Heading(1)),
        "H1" | "H2" | "H3" | "H4" | "H5" | "H6" => {
            Part::Block(Role::Heading(standard.as_bytes()[1] - b'0'))
        }
        "P" | "Caption" | "LBody" | "LI" | "BlockQuote" | "Title" | "BibEntry" | "Index" => {
            Part::Block(paragraph)
        }
        "TH" => Part::Block(Role::Cell {
            head: match around.scope {
                Some(head) => head,
                None if row > 0 => Head::Row,
                None => Head::Column,
            },
            row,
            column,
        }),
        "TD" => Part::Block(Role::Cell {
            head: Head::None,
            row,
            column,
        }),
        "Note" | "FENote" => Part::Block(Role::Note),
        "Figure" | "Formula" => Part::Block(Role::Alternative),
        "Lbl" | "Artifact" | "TOC" | "TOCI" => Part::Silent,
        "Span" | "Link" | "Reference" | "Em" | "Strong" | "Sub" | "Code" | "Quote" | "Annot"
        | "Ruby" | "Warichu" => Part::Inline,
        _ => Part::Group,
    }
}
