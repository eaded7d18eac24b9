//! `flashpoint schema`: the JSON Schema of the source format, or of a site's file.

use super::Exit;
use super::console::print;
use crate::distribute::SiteFile;
use crate::load::schema;

pub(super) fn run(site: bool) -> Exit {
    let text = if site {
        serde_json::to_string_pretty(&schemars::schema_for!(SiteFile))
    } else {
        serde_json::to_string_pretty(schema())
    };
    let text = text.expect("a schema has only text keys");
    print(&format!("{text}\n"))
}
