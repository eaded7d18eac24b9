//! Characters that nobody sees.

use icu_properties::CodePointSetData;
use icu_properties::props::DefaultIgnorableCodePoint;

/// Whether a character is shown as nothing where it is not understood (`Default_Ignorable_Code_Point`, UAX 44, 5.3).
#[must_use]
pub(crate) fn is_ignorable(c: char) -> bool {
    CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
}
