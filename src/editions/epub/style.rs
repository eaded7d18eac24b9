//! The style sheet: one for every publication, with the theme's families and its accent filled in.

use super::faces::WebFace;
use crate::fonts::record;
use crate::theme::{Family, Theme};

const SHEET: &str = include_str!("style.css");

/// The style sheet under a theme, the publication's faces declared first.
pub(super) fn sheet(theme: &Theme, faces: &[WebFace]) -> String {
    let faces: String = faces.iter().map(declaration).collect();
    let sheet = [
        ("{text}", stack(theme.faces.text)),
        ("{headings}", stack(theme.faces.headings)),
        ("{apparatus}", stack(theme.faces.apparatus)),
        ("{accent}", format!("#{}", theme.colours.accent)),
        // The accent for dark covers serves dark pages too.
        ("{accent-dark}", format!("#{}", theme.colours.cover_accent)),
    ]
    .iter()
    .fold(SHEET.to_owned(), |sheet, (key, value)| {
        sheet.replace(key, value)
    });
    faces + &sheet
}

fn stack(family: Family) -> String {
    let record = record(family);
    format!("\"{}\", {}", record.subset, record.generic.css())
}

fn declaration(face: &WebFace) -> String {
    format!(
        "@font-face {{\n  font-family: \"{}\";\n  font-weight: {};\n  font-style: {};\n  src: url(\"{}\");\n}}\n",
        face.family,
        face.weight.css(),
        face.slant.css(),
        face.path,
    )
}
