//! How catalogues and reference managers name those who contributed to a piece, by their role.

use crate::piece::Role;

/// The names of a role; those of [`OTHER`] where a vocabulary has none of its own.
pub(super) struct Relator {
    /// The MARC relator code.
    code: &'static str,
    /// The property of schema.org.
    pub(super) schema: &'static str,
    /// The tag of Highwire Press.
    pub(super) highwire: &'static str,
    /// The field of BibTeX; those that its styles do not know are kept by reference managers.
    pub(super) bibtex: &'static str,
    /// The tag of RIS.
    pub(super) ris: &'static str,
    /// The variable of CSL.
    pub(super) csl: &'static str,
}

const fn relator(
    code: &'static str,
    [schema, highwire, bibtex, ris, csl]: [&'static str; 5],
) -> Relator {
    Relator {
        code,
        schema,
        highwire,
        bibtex,
        ris,
        csl,
    }
}

/// The roles that some vocabulary has a name for.
#[rustfmt::skip]
const RELATORS: &[Relator] = &[
    relator("edt", ["editor", "citation_editor", "editor", "ED", "editor"]),
    relator("trl", ["translator", "citation_translator", "translator", "A4", "translator"]),
    relator("ill", ["contributor", "citation_contributor", "contributor", "A4", "illustrator"]),
    relator("com", ["contributor", "citation_contributor", "contributor", "A4", "compiler"]),
    relator("ivr", ["contributor", "citation_contributor", "contributor", "A4", "interviewer"]),
    relator("cwt", ["contributor", "citation_contributor", "commentator", "A4", "contributor"]),
];

/// Every other role.
const OTHER: Relator = relator(
    "ctb",
    [
        "contributor",
        "citation_contributor",
        "contributor",
        "A4",
        "contributor",
    ],
);

/// The names of a role.
pub(super) fn of(role: Role) -> &'static Relator {
    RELATORS
        .iter()
        .find(|relator| relator.code == role.code())
        .unwrap_or(&OTHER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_one_of_the_list() {
        for relator in RELATORS.iter().chain([&OTHER]) {
            assert!(Role::parse(relator.code).is_ok(), "{}", relator.code);
        }
    }
}
