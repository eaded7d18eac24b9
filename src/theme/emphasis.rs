//! How words look that are emphasised or strong, in a text of any weight and slant.

use super::{Slant, Weight};
use crate::compose::{Span, Stress};

/// The weight and the slant of the words of a span in a text of these. Emphasis turns round what the text is, so that it is seen in
/// slanted texts and in heavy ones too.
#[must_use]
pub fn look_of(weight: Weight, slant: Slant, span: &Span) -> (Weight, Slant) {
    let own = weight.of_words(span.strong);
    match (span.emphasis, span.stress) {
        (true, Stress::Slant) => (own, slant.of_words(true)),
        (true, Stress::Weight) => (weight.other(), slant),
        (true, Stress::Dots) | (false, _) => (own, slant),
    }
}
