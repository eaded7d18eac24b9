//! What is on or off in Word documents (ISO/IEC 29500-1, 17.17.4 and 22.9.2.7): the standard spells it in many ways, and each means the
//! same. Everything that is read here is read in one: what is on says nothing, and what is off says `0`.

use super::super::dom::Dom;

/// Elements that are on where they stand, unless they say that they are off.
const ELEMENTS: &[&str] = &[
    "adjustRightInd",
    "autoHyphenation",
    "autoSpaceDE",
    "autoSpaceDN",
    "b",
    "bCs",
    "bidi",
    "bidiVisual",
    "cantSplit",
    "caps",
    "contextualSpacing",
    "cs",
    "doNotHyphenateCaps",
    "dstrike",
    "emboss",
    "embedTrueTypeFonts",
    "evenAndOddHeaders",
    "hidden",
    "i",
    "iCs",
    "imprint",
    "isLgl",
    "keepLines",
    "keepNext",
    "kinsoku",
    "mirrorIndents",
    "mirrorMargins",
    "noProof",
    "outline",
    "overflowPunct",
    "pageBreakBefore",
    "qFormat",
    "rtl",
    "rtlGutter",
    "saveSubsetFonts",
    "semiHidden",
    "shadow",
    "smallCaps",
    "snapToGrid",
    "specVanish",
    "strike",
    "suppressAutoHyphens",
    "suppressLineNumbers",
    "tblHeader",
    "titlePg",
    "topLinePunct",
    "unhideWhenUsed",
    "updateFields",
    "vanish",
    "webHidden",
    "widowControl",
    "wordWrap",
];
/// Attributes that are on or off, of text and of drawings; these say `1` or `0`.
const ATTRIBUTES: &[&str] = &[
    "allowOverlap",
    "behindDoc",
    "customStyle",
    "default",
    "defLockedState",
    "defQFormat",
    "defSemiHidden",
    "defUnhideWhenUsed",
    "firstColumn",
    "firstRow",
    "history",
    "lastColumn",
    "lastRow",
    "layoutInCell",
    "locked",
    "noChangeArrowheads",
    "noChangeAspect",
    "noHBand",
    "noVBand",
    "simplePos",
];

/// Spells what is on or off in one way.
pub(in crate::read) fn spell(dom: &mut Dom) {
    for node in dom.nodes_mut().filter(|node| !node.name.is_empty()) {
        if ELEMENTS.contains(&node.name.as_str()) {
            match node.attribute("val") {
                Some("1" | "true" | "on") => node.alter("val", None),
                Some("false" | "off") => node.alter("val", Some("0")),
                _ => {}
            }
            continue;
        }
        let other = |(name, value): (&str, &str)| {
            let plain = match value {
                "true" | "on" => "1",
                "false" | "off" => "0",
                _ => return None,
            };
            let name = ATTRIBUTES.iter().find(|own| **own == name)?;
            Some((*name, plain))
        };
        let others: Vec<_> = node.attributes().filter_map(other).collect();
        for (name, plain) in others {
            node.alter(name, Some(plain));
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn what_is_on_says_nothing_and_what_is_off_says_nought() {
        for (text, element, attribute, value) in [
            ("<w:b/>", "b", "val", None),
            ("<w:b w:val='1'/>", "b", "val", None),
            ("<w:b w:val='on'/>", "b", "val", None),
            ("<w:i w:val='off'/>", "i", "val", Some("0")),
            ("<w:sz w:val='1'/>", "sz", "val", Some("1")),
            ("<w:style w:default='true'/>", "style", "default", Some("1")),
            ("<w:style w:default='2'/>", "style", "default", Some("2")),
        ] {
            let text = format!("<w:rPr xmlns:w='w'>{text}</w:rPr>");
            let mut dom = Dom::of_xml(&text, "document.xml").unwrap();
            spell(&mut dom);
            let node = dom.all(element).next().unwrap();
            assert_eq!(node.attribute(attribute), value, "{text}");
        }
    }
}
