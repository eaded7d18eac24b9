//! Document types of XML.

/// Whether a document declares something itself (XML 1.0, 2.8).
pub(super) fn declares(text: &str) -> bool {
    let Some((_, behind)) = text.split_once("<!DOCTYPE") else {
        return false;
    };
    let mut quote = None;
    for c in behind.chars() {
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '[') => return true,
            (None, '>') => return false,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::declares;

    #[test]
    fn what_a_document_type_declares_is_told_from_one_that_is_named() {
        assert!(declares(
            "<!DOCTYPE a [<!ATTLIST a hidden CDATA 'hidden'>]><a>b</a>"
        ));
        assert!(declares("<!DOCTYPE a SYSTEM \"a>\" [<!ENTITY b 'c'>]><a/>"));
        assert!(!declares("<!DOCTYPE a><a>[b]</a>"));
        assert!(!declares("<!DOCTYPE a PUBLIC \"[\" '['><a/>"));
        assert!(!declares("<a>[b]</a>"));
    }
}
