//! What paragraphs are by the names of their styles: Word's own, LibreOffice's, pandoc's and ours.

use super::super::document::Role;

/// Names of styles in lower case without spaces, and what they say.
const NAMES: &[(&str, Role)] = &[
    ("title", Role::Title),
    ("subtitle", Role::Subtitle),
    ("series", Role::Series),
    ("contributors", Role::Byline),
    ("othercontributors", Role::Byline),
    ("author", Role::Byline),
    ("authors", Role::Byline),
    ("byline", Role::Byline),
    ("date", Role::Date),
    ("dateline", Role::Date),
    ("affiliation", Role::Affiliation),
    ("quote", Role::Quote),
    ("quotations", Role::Quote),
    ("blocktext", Role::Quote),
    ("blockquote", Role::Quote),
    ("quotecontinued", Role::QuoteNext),
    ("quoteattribution", Role::QuoteSource),
    ("intensequote", Role::Pull),
    ("caption", Role::Caption),
    ("figurecaption", Role::Caption),
    ("imagecaption", Role::Caption),
    ("illustration", Role::Caption),
    ("tablecaption", Role::TableCaption),
    ("credit", Role::Credit),
    ("break", Role::Break),
    ("horizontalline", Role::Break),
    ("endheading2", Role::EndHeading(2)),
    ("endheading3", Role::EndHeading(3)),
    ("endmatter", Role::EndMatter),
    ("endmattercontinued", Role::EndMatter),
];

/// The role that a style's name gives.
pub(super) fn of_name(name: &str, is_ours: bool) -> Option<Role> {
    let folded: String = name
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '_'))
        .collect();
    let mut rows = NAMES.iter();
    let role = rows
        .find(|(own, _)| *own == folded)
        .map(|(_, role)| *role)?;
    match role {
        // Elsewhere an intense quote is a quotation.
        Role::Pull if !is_ours => Some(Role::Quote),
        Role::EndMatter | Role::EndHeading(_) if !is_ours => None,
        role => Some(role),
    }
}

/// Whether paragraphs of a style are lines of the contents, or of an index.
pub(super) fn is_contents(name: &str) -> bool {
    let folded: String = name.chars().filter(|c| *c != ' ').collect();
    [
        "toc1",
        "toc2",
        "toc3",
        "toc4",
        "toc5",
        "toc6",
        "toc7",
        "toc8",
        "toc9",
        "tocheading",
        "contents1",
        "contents2",
        "contents3",
        "contents4",
        "contentsheading",
        "tableoffigures",
    ]
    .contains(&folded.as_str())
}
