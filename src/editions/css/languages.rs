//! Texts in other languages than the sheet is for: their faces in the order in which they ask for them, and their rows.

use std::collections::BTreeMap;

use super::rows::{Rows, Says, inside, line};
use super::{Medium, Texts};
use crate::compose::Kind;
use crate::editions::faces::stack;
use crate::editions::xhtml::selector;
use crate::fonts::Use;
use crate::piece::LanguageTag;
use crate::theme::{FaceRole, Sheet, Slant, Theme};

/// Each role of a family with the property that names its faces in a browser's sheet.
const ROLES: [(FaceRole, &str); 3] = [
    (FaceRole::Text, "--text-face"),
    (FaceRole::Headings, "--headings-face"),
    (FaceRole::Apparatus, "--apparatus-face"),
];

/// The face where the page brings it, else a reader's own copy, else the system's nearest: nothing is fetched from elsewhere.
pub(super) fn machine_stack(
    theme: &Theme,
    role: FaceRole,
    texts: &Texts,
    language: Option<&LanguageTag>,
) -> String {
    let record = theme.fonts.family(role.family(&theme.faces));
    stack(theme, role, texts, language, Use::Web, &record.stack)
}

/// What a page of a site says besides the site's sheet, which is in no language: the rows and the faces of its own.
pub(crate) fn own(theme: &Theme, texts: &Texts) -> String {
    let sheet = Sheet::of(theme);
    let every = Texts::of_site(theme);
    let mut rules = String::new();
    for (role, property) in ROLES {
        let stack = |language| machine_stack(theme, role, &every, language);
        let own = stack(texts.language.as_ref());
        if own != stack(None) {
            line(&mut rules, ":root", &[(property, own)]);
        }
    }
    let languages = texts.others.iter().chain(&texts.language);
    let shared = Texts {
        others: languages.cloned().collect(),
        ..every
    };
    rules + &others(&Rows::new(theme, &sheet, &shared, Medium::Screen))
}

/// The rules of the languages that are not the sheet's own.
pub(super) fn others(rows: &Rows<'_>) -> String {
    let mut rules = String::new();
    for language in &rows.texts.others {
        whole_texts(&mut rules, rows, language);
        words(&mut rules, rows, language);
    }
    rules
}

/// Texts that are all in a language have the rows of its writing.
fn whole_texts(rules: &mut String, rows: &Rows<'_>, language: &LanguageTag) {
    let writing = rows.theme.writing(language);
    let faces = faces(rows, language);
    let mut upright: Vec<String> = Vec::new();
    // Kinds that say the same are one rule.
    let mut same: BTreeMap<Vec<Says>, Vec<String>> = BTreeMap::new();
    for kind in Kind::ALL {
        let Some(selector) = selector(kind) else {
            continue;
        };
        let own = rows.sheet.row(kind, rows.writing);
        let other = rows.sheet.row(kind, writing);
        let known = rows.inherited(own);
        let mut says: Vec<Says> = rows.inherited(other);
        says.retain(|said| !known.contains(said));
        if let Some((_, stack)) = faces.iter().find(|(role, _)| *role == own.face) {
            says.push(("font-family", stack.clone()));
        }
        if other.slant == Slant::Italic && own.slant == Slant::Upright {
            let slanted = selector
                .split(", ")
                .map(|part| format!("{part}:lang({language})"));
            let slanted = slanted.collect::<Vec<_>>().join(", ");
            upright.push(inside(&slanted, "em"));
        }
        if !says.is_empty() {
            let parts = selector.split(", ");
            same.entry(says)
                .or_default()
                .extend(parts.map(|part| format!("{part}:lang({language})")));
        }
    }
    for (says, selectors) in same {
        line(rules, &selectors.join(", "), &says);
    }
    // Emphasis inside italics is upright.
    if !upright.is_empty() {
        let says = [("font-style", Slant::Upright.css().to_owned())];
        line(rules, &upright.join(", "), &says);
    }
}

/// Words in a language have its faces, those of the kind of text that they stand in.
fn words(rules: &mut String, rows: &Rows<'_>, language: &LanguageTag) {
    for (role, stack) in faces(rows, language) {
        let kinds = Kind::ALL.into_iter();
        let kinds = kinds.filter(|kind| rows.sheet.row(*kind, rows.writing).face == role);
        let selectors: Vec<String> = match role {
            FaceRole::Text => vec![format!("span:lang({language})")],
            _ => kinds
                .filter_map(selector)
                .flat_map(|selector| {
                    let parts: Vec<String> = selector
                        .split(", ")
                        .map(|part| format!("{part} span:lang({language})"))
                        .collect();
                    parts
                })
                .collect(),
        };
        if !selectors.is_empty() {
            line(rules, &selectors.join(", "), &[("font-family", stack)]);
        }
    }
}

/// The faces of a language by role, where they are not those of the sheet's own.
fn faces(rows: &Rows<'_>, language: &LanguageTag) -> Vec<(FaceRole, String)> {
    let of = |role, language: Option<&LanguageTag>| match rows.medium {
        Medium::Book => rows.book_stack(role, language),
        Medium::Screen => machine_stack(rows.theme, role, rows.texts, language),
    };
    let roles = ROLES.into_iter().map(|(role, _)| role);
    let stacks = roles.map(|role| (role, of(role, Some(language))));
    stacks
        .filter(|(role, stack)| *stack != of(*role, rows.texts.language.as_ref()))
        .collect()
}
