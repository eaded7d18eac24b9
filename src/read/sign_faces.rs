//! Faces that show signs where letters are written, by their names.

/// Whether a family's name is that of a face which shows signs for letters. Faces of Unicode's own signs, such as "Noto Sans Symbols 2",
/// show no letter as another.
pub(super) fn shows_signs(family: &str) -> bool {
    let family = family.to_ascii_lowercase();
    let mut words = family.split(|c: char| !c.is_ascii_alphanumeric());
    ["wingdings", "webdings", "dingbats", "standard symbols"]
        .iter()
        .any(|own| family.contains(own))
        || words.any(|word| word.starts_with("symbol") && word != "symbols")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faces_of_signs_are_told_from_faces_of_unicodes_signs() {
        for name in [
            "Symbol",
            "Wingdings 3",
            "\"SymbolMT\"",
            "ITC Zapf Dingbats",
            "Standard Symbols PS",
        ] {
            assert!(shows_signs(name), "{name}");
        }
        for name in ["Flashpoint Symbols", "Noto Sans Symbols 2", "Segoe UI"] {
            assert!(!shows_signs(name), "{name}");
        }
    }
}
