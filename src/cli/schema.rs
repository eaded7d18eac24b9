//! `flashpoint schema`: the JSON Schema of the source format, or of a site's file.

use super::Exit;
use super::console::print;
use crate::distribute::site_schema;
use crate::load::schema;

pub(super) fn run(site: bool) -> Exit {
    let schema = if site { site_schema() } else { schema() };
    let text = serde_json::to_string_pretty(schema);
    let text = text.expect("a schema has only text keys");
    print(&format!("{text}\n"))
}
