//! The style sheets of a publication: its faces declared, then the rules of the theme.

use crate::editions::css::{self, Texts};
use crate::editions::faces::WebFace;
use crate::theme::Theme;

/// The style sheets of a publication.
pub(super) struct Sheets {
    /// What every reading system understands.
    pub(super) plain: String,
    /// What old ones would drop a whole sheet for.
    pub(super) later: String,
}

/// The file of the second sheet; the builder names the first.
pub(super) const LATER: &str = "later.css";

/// The path of a face in the publication.
pub(super) fn path(face: &WebFace<'_>) -> String {
    format!("fonts/{}", face.file())
}

/// The style sheets under a theme.
pub(super) fn sheets(texts: &Texts, theme: &Theme, faces: &[WebFace<'_>]) -> Sheets {
    let rules = faces.iter().map(|face| face.rule(&path(face)));
    let faces: String = rules.collect();
    Sheets {
        plain: faces + &css::book(theme, texts),
        later: css::later(theme, texts),
    }
}
