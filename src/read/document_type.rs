//! Document types of XML.

use super::ReadError;

/// Refuses a part that declares something itself: attributes for every heading, which some readers follow and others do not.
pub(super) fn plain_type(text: &str, part: &str) -> Result<(), ReadError> {
    match declares(text) {
        true => {
            let reason = format!("`{part}` declares entities or attributes of its own");
            Err(ReadError::damaged(reason))
        }
        false => Ok(()),
    }
}

/// Whether a document declares something itself (XML 1.0, 2.8).
fn declares(text: &str) -> bool {
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
