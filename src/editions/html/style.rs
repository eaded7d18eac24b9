//! The style sheet of a piece's text in browsers: one text with the theme's colours and families filled in.

use crate::fonts::record;
use crate::theme::{Family, Theme};

const SHEET: &str = include_str!("style.css");

/// The style sheet under a theme.
#[must_use]
pub fn sheet(theme: &Theme) -> String {
    let colours = &theme.colours;
    let fill = [
        ("{paper}", format!("#{}", colours.paper)),
        ("{text}", format!("#{}", colours.text)),
        ("{headings}", format!("#{}", colours.headings)),
        ("{accent}", format!("#{}", colours.accent)),
        ("{quiet}", format!("#{}", colours.quiet)),
        ("{links}", format!("#{}", colours.links)),
        ("{rules}", format!("#{}", colours.rules)),
        // The accent for dark covers serves dark pages too.
        ("{accent-dark}", format!("#{}", colours.cover_accent)),
        ("{text-face}", stack(theme.faces.text)),
        ("{headings-face}", stack(theme.faces.headings)),
        ("{apparatus-face}", stack(theme.faces.apparatus)),
    ];
    fill.iter().fold(SHEET.to_owned(), |sheet, (key, value)| {
        sheet.replace(key, value)
    })
}

/// The face where the page brings it, else a reader's own copy, else the system's nearest: nothing is fetched from elsewhere.
fn stack(family: Family) -> String {
    let record = record(family);
    format!("\"{}\", {}", record.subset, record.stack)
}
