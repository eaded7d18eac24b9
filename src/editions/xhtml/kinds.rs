//! Which element each kind of text is, and by which selector style sheets find it.

use crate::compose::Kind;
use crate::editions::markup::Element;

/// The name of the element that a text of this kind fills, and its class. Furniture is in no document.
fn names(kind: Kind) -> Option<(&'static str, Option<&'static str>)> {
    Some(match kind {
        Kind::Series => ("p", Some("series")),
        Kind::Title => ("h1", None),
        Kind::Subtitle => ("p", Some("subtitle")),
        Kind::Byline => ("p", Some("byline")),
        Kind::Credit => ("p", Some("credit")),
        Kind::Date => ("p", Some("date")),
        Kind::Heading2 => ("h2", None),
        Kind::Heading3 => ("h3", None),
        Kind::Heading4 => ("h4", None),
        Kind::EndHeading => ("h2", Some("end")),
        Kind::EndSubheading => ("h3", Some("end")),
        Kind::Affiliation => ("p", Some("affiliation")),
        Kind::Paragraph => ("p", None),
        Kind::Quote => ("p", Some("quote")),
        Kind::QuoteSource => ("figcaption", Some("source")),
        Kind::Pull => ("p", Some("pull")),
        Kind::ListText => ("p", Some("item")),
        Kind::Caption => ("p", Some("caption")),
        Kind::FigureCredit => ("p", Some("image-credit")),
        Kind::HeadCell => ("th", None),
        Kind::RowHead => ("th", Some("row-head")),
        Kind::Cell => ("td", None),
        Kind::Note => ("p", Some("note")),
        Kind::EndMatter => ("p", Some("end-matter")),
        Kind::Furniture => return None,
    })
}

/// The element that a text of this kind fills.
pub(super) fn element(kind: Kind) -> Element {
    element_of(kind, None)
}

/// The same with a class beside that of its kind.
pub(super) fn element_of(kind: Kind, more: Option<&str>) -> Element {
    let (name, class) = names(kind).unwrap_or(("p", None));
    let classes: Vec<&str> = class.into_iter().chain(more).collect();
    let classes = (!classes.is_empty()).then(|| classes.join(" "));
    Element::new(name).with_some("class", classes.as_deref())
}

/// The selector of texts of this kind (Selectors 3: old reading systems know no more).
pub(crate) fn selector(kind: Kind) -> Option<String> {
    let (name, class) = names(kind)?;
    let own = match class {
        None => name.to_owned(),
        Some("end") => format!("{name}.end"),
        Some(class) => format!(".{class}"),
    };
    Some(match kind {
        // An item's only paragraph needs no element of its own.
        Kind::ListText => format!("li, {own}"),
        Kind::Caption => format!("caption, {own}"),
        _ => own,
    })
}

/// What holds several texts of a kind, and so has their distance from what stands around.
pub(crate) fn container(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Quote => Some("blockquote"),
        Kind::ListText => Some("ul, ol"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_kind_in_a_document_has_a_selector_of_its_own() {
        let selectors: Vec<String> = Kind::ALL.into_iter().filter_map(selector).collect();
        assert_eq!(selectors.len(), Kind::ALL.len() - 1);
        assert_eq!(
            selectors.iter().collect::<BTreeSet<_>>().len(),
            selectors.len()
        );
    }
}
