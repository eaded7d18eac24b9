//! The fields that a pattern of citations may name.

/// The fields, which stand in braces: `{authors}`.
pub const CITATION_FIELDS: [&str; 6] = ["authors", "title", "year", "series", "number", "address"];

/// The first thing in braces that is no field of a citation.
#[must_use]
pub fn unknown_citation_field(pattern: &str) -> Option<&str> {
    let fields = pattern.split('{').skip(1);
    let mut fields = fields.filter_map(|rest| Some(rest.split_once('}')?.0));
    fields.find(|field| !CITATION_FIELDS.contains(field))
}
