//! `flashpoint schema`: the JSON Schema of the source format.

use super::Exit;
use super::console::print;
use crate::load::schema;

pub(super) fn run() -> Exit {
    let text = serde_json::to_string_pretty(schema()).expect("a schema has only text keys");
    print(&format!("{text}\n"))
}
