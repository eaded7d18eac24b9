//! The style sheets of a publication: its faces declared, then the rules of the theme.

use super::faces::WebFace;
use crate::compose::Composition;
use crate::editions::css;
use crate::theme::{Theme, script_of};

/// The style sheets of a publication.
pub(super) struct Sheets {
    /// What every reading system understands.
    pub(super) plain: String,
    /// What old ones would drop a whole sheet for.
    pub(super) later: String,
}

/// The file of the second sheet; the builder names the first.
pub(super) const LATER: &str = "later.css";

/// The style sheets under a theme.
pub(super) fn sheets(composition: &Composition, theme: &Theme, faces: &[WebFace]) -> Sheets {
    let script = script_of(&composition.record.language);
    let faces: String = faces.iter().map(declaration).collect();
    Sheets {
        plain: faces + &css::book(theme, script),
        later: css::later(theme, script),
    }
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
