//! `flashpoint schema`: the JSON Schema of the source format, of a theme, or of a site's or a project's file.

use super::Exit;
use super::args::SchemaOf;
use super::console::print;
use crate::distribute::site_schema;
use crate::load;
use crate::project::project_schema;
use crate::theme;

pub(super) fn run(of: &SchemaOf) -> Exit {
    let schema = match (of.site, of.project, of.theme) {
        (true, ..) => site_schema(),
        (_, true, _) => project_schema(),
        (.., true) => theme::schema(),
        _ => &load::schema_for_editors(),
    };
    let text = serde_json::to_string_pretty(schema);
    let text = text.expect("a schema has only text keys");
    print(&format!("{text}\n"))
}
