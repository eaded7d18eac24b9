//! Properties that no edition needs and that may keep words from being seen as they are written: moved, turned, shrunk, filtered,
//! counted, put into another order. Each with the values that change nothing.

/// The values that change nothing wherever they stand.
const NEUTRAL: &[&str] = &[
    "none",
    "normal",
    "auto",
    "initial",
    "inherit",
    "unset",
    "revert",
    "revert-layer",
];

/// Properties, and the values besides that change nothing.
const ODD: &[(&str, &[&str])] = &[
    ("animation", &[]),
    ("animation-name", &[]),
    ("backdrop-filter", &[]),
    ("background-blend-mode", &[]),
    ("column-count", &["1"]),
    ("clip-path", &[]),
    ("columns", &["1"]),
    ("counter-increment", &[]),
    ("counter-reset", &[]),
    ("counter-set", &[]),
    ("direction", &["ltr"]),
    ("filter", &[]),
    ("-webkit-filter", &[]),
    ("grid-area", &[]),
    ("grid-column", &[]),
    ("grid-row", &[]),
    ("initial-letter", &[]),
    ("inset", &["0"]),
    ("line-clamp", &[]),
    ("-webkit-line-clamp", &[]),
    ("list-style-image", &[]),
    ("list-style-position", &["outside", "inside"]),
    ("mask", &[]),
    ("mask-image", &[]),
    ("-webkit-mask", &[]),
    ("-webkit-mask-image", &[]),
    ("mix-blend-mode", &[]),
    ("object-position", &["center", "50% 50%"]),
    ("offset-path", &[]),
    ("order", &["0"]),
    ("perspective", &[]),
    ("rotate", &["0", "0deg"]),
    ("scale", &["1"]),
    ("text-combine-upright", &[]),
    ("text-orientation", &["mixed"]),
    ("text-overflow", &["clip"]),
    ("translate", &["0"]),
    ("writing-mode", &["horizontal-tb"]),
    ("zoom", &["1", "100%"]),
];

/// Whether a property is one of these.
pub(super) fn is_odd(property: &str) -> bool {
    ODD.iter().any(|(own, _)| *own == property)
}

/// Whether a declaration may keep words from being seen as they are written.
pub(in crate::read) fn changes(property: &str, value: &str) -> bool {
    let found = ODD.iter().find(|(own, _)| *own == property);
    found.is_some_and(|(_, also)| !NEUTRAL.contains(&value) && !also.contains(&value))
}
