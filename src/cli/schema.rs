//! `flashpoint schema`: the JSON Schema of the source format, or of a site's or a project's file.

use super::Exit;
use super::console::print;
use crate::distribute::site_schema;
use crate::load::schema;
use crate::project::project_schema;

pub(super) fn run(site: bool, project: bool) -> Exit {
    let schema = match (site, project) {
        (true, _) => site_schema(),
        (_, true) => project_schema(),
        _ => schema(),
    };
    let text = serde_json::to_string_pretty(schema);
    let text = text.expect("a schema has only text keys");
    print(&format!("{text}\n"))
}
