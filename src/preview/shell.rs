//! The page in the browser: its files, which are part of the program.

use super::desk::Desk;

pub(super) const STYLE: &str = include_str!("shell/desk.css");
pub(super) const SCRIPT: &str = include_str!("shell/desk.js");
pub(super) const ICON: &str = include_str!("shell/icon.svg");
const INDEX: &str = include_str!("shell/index.html");

/// The page, with what its script has to know of this run. All of it is made here, of letters and digits.
pub(super) fn index(desk: &Desk) -> String {
    let only = desk.only.as_ref().map_or("", |id| id.as_str());
    INDEX
        .replace("{token}", &desk.gate.token)
        .replace("{only}", only)
}
