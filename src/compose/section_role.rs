//! The roles of sections: what each is for, as a row of all that editions say of it.

/// What a section is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SectionRole {
    /// The piece's summary, in a box under the title block where the theme asks for it.
    Summary,
    /// The blocks before the first statement; has no heading of its own.
    Introduction,
    /// A contributor's statement: an index into [`Record::people`](super::Record::people).
    Statement(usize),
    /// The biographies.
    Biographies,
    /// Rights, disclaimer, citation and identifiers: has no heading, and stands in no contents.
    Colophon,
}

/// Where a section stands in a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Matter {
    /// The text itself.
    Body,
    /// What follows it, set small.
    End,
}

/// What editions say of a section of a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleRow {
    /// Its name in the names of files; a statement's number follows.
    pub name: &'static str,
    /// Where it stands.
    pub matter: Matter,
    /// Its meaning (EPUB Structural Semantics Vocabulary 1.1).
    pub meaning: &'static str,
    /// Its role for assistive technology (DPUB-ARIA 1.1), where there is one.
    pub aria: Option<&'static str>,
    /// Under which meaning it is a landmark, of all sections of its role the first.
    pub landmark: Option<&'static str>,
}

impl SectionRole {
    /// Whether contents lead to a section of the role.
    #[must_use]
    pub fn in_contents(self) -> bool {
        self != Self::Colophon
    }

    /// The row of the role.
    #[must_use]
    pub fn row(self) -> RoleRow {
        let end = RoleRow {
            name: "",
            matter: Matter::End,
            meaning: "backmatter",
            aria: None,
            landmark: None,
        };
        match self {
            Self::Summary => RoleRow {
                name: "summary",
                matter: Matter::Body,
                meaning: "abstract",
                aria: Some("doc-abstract"),
                landmark: None,
            },
            Self::Introduction => RoleRow {
                name: "introduction",
                matter: Matter::Body,
                meaning: "introduction",
                aria: Some("doc-introduction"),
                landmark: Some("introduction"),
            },
            Self::Statement(_) => RoleRow {
                name: "statement",
                matter: Matter::Body,
                meaning: "chapter",
                aria: Some("doc-chapter"),
                landmark: Some("bodymatter"),
            },
            Self::Biographies => RoleRow {
                name: "biographies",
                meaning: "contributors",
                landmark: Some("contributors"),
                ..end
            },
            Self::Colophon => RoleRow {
                name: "colophon",
                meaning: "colophon",
                aria: Some("doc-colophon"),
                ..end
            },
        }
    }
}
