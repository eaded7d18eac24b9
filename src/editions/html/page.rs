//! What the page of a site needs besides the sheet of all pages: fallback faces, and the rows of its languages.

use crate::compose::Composition;
use crate::editions::css::{self, Texts};
use crate::editions::faces::{self, Wanted};
use crate::fonts::web::WebFaceError;
use crate::fonts::{FaceId, Slant, Weight};
use crate::piece::LanguageTag;
use crate::theme::Theme;

/// The fallback faces that a page needs, and the rules of its languages.
pub struct PageFaces<'t> {
    wanted: Wanted<'t>,
    rules: String,
}

impl PageFaces<'_> {
    /// The fallback faces.
    pub fn stand_ins(&self) -> impl Iterator<Item = FaceId> + use<> {
        self.wanted.stand_ins().into_iter()
    }

    /// One of them, cut down to the characters of the page and packed for the web; none where nothing of it is left.
    ///
    /// # Errors
    /// [`WebFaceError`] when the face is damaged.
    pub fn packed(&self, face: FaceId) -> Result<Option<Vec<u8>>, WebFaceError> {
        self.wanted.packed(face)
    }

    /// The rules of its languages.
    #[must_use]
    pub fn rules(&self) -> &str {
        &self.rules
    }
}

/// What the page of a piece needs; `beside` is what stands there in its language and is none of its text.
#[must_use]
pub fn page_faces<'t>(
    composition: &Composition,
    theme: &'t Theme,
    beside: &[&str],
) -> PageFaces<'t> {
    let (mut wanted, texts) = faces::wanted(composition, theme);
    for text in beside {
        let apparatus = theme.faces.apparatus;
        let asked = theme.fonts.of(apparatus, Weight::Regular, Slant::Upright);
        wanted.want(asked, &composition.record.language, text);
    }
    let rules = css::of_page(theme, &texts);
    PageFaces { wanted, rules }
}

/// What a page needs of which nothing is known but its texts in their languages.
#[must_use]
pub fn faces_of_texts<'a, 't>(
    texts: impl IntoIterator<Item = (&'a LanguageTag, &'a str)>,
    theme: &'t Theme,
) -> PageFaces<'t> {
    let mut wanted = Wanted::new(theme);
    let mut known = Texts::default();
    for (language, text) in texts {
        for weight in [Weight::Regular, Weight::Semibold] {
            for family in [theme.faces.text, theme.faces.headings] {
                let asked = theme.fonts.of(family, weight, Slant::Upright);
                wanted.want(asked, language, text);
            }
        }
        if !known.others.contains(language) {
            known.others.insert(language.clone());
        }
    }
    let rules = css::of_page(theme, &known);
    PageFaces { wanted, rules }
}
