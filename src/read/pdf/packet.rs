//! The form of the metadata packet of our PDFs: its elements are those of the namespaces that editions use, each property stands there
//! once, and nothing else is written between them (ISO 16684-1, 7; ISO 19005-2, 6.6.2).

use std::collections::BTreeSet;

use roxmltree::{Document, Node, NodeType, ParsingOptions};

use super::super::soundness::Faults;

const PLACE: &str = "the metadata";
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const META: &str = "adobe:ns:meta/";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// The namespaces of properties, and the names in each.
const KNOWN: &[(&str, &[&str])] = &[
    (
        "http://purl.org/dc/elements/1.1/",
        &[
            "format",
            "title",
            "creator",
            "contributor",
            "description",
            "subject",
            "publisher",
            "date",
            "language",
            "rights",
            "identifier",
            "source",
            "relation",
        ],
    ),
    (
        "http://ns.adobe.com/xap/1.0/",
        &[
            "Identifier",
            "CreatorTool",
            "CreateDate",
            "ModifyDate",
            "MetadataDate",
        ],
    ),
    ("http://ns.adobe.com/xap/1.0/mm/", &["DocumentID"]),
    (
        "http://ns.adobe.com/xap/1.0/rights/",
        &["Marked", "WebStatement"],
    ),
    ("http://ns.adobe.com/pdf/1.3/", &["Producer", "Keywords"]),
    (
        "http://www.aiim.org/pdfa/ns/id/",
        &["part", "conformance", "rev"],
    ),
    ("http://www.aiim.org/pdfua/ns/id/", &["part", "rev"]),
    ("http://www.aiim.org/pdfa/ns/extension/", &["schemas"]),
    (
        "http://www.aiim.org/pdfa/ns/schema#",
        &["schema", "namespaceURI", "prefix", "property"],
    ),
    (
        "http://www.aiim.org/pdfa/ns/property#",
        &["name", "valueType", "category", "description"],
    ),
    (
        "http://pdfa.org/declarations/",
        &["declarations", "conformsTo"],
    ),
    (RDF, &["RDF", "Description", "Alt", "Seq", "Bag", "li"]),
    (META, &["xmpmeta"]),
];
/// What every packet says.
const NEEDED: &[&str] = &[
    "CreatorTool",
    "MetadataDate",
    "Producer",
    "title",
    "creator",
];
/// What is said where PDF/A-2 is told of PDF/UA (ISO 19005-2, 6.6.2.3.3).
const SCHEMA: &[(&str, &str)] = &[
    ("schema", "PDF/UA identification schema"),
    ("namespaceURI", "http://www.aiim.org/pdfua/ns/id/"),
    ("prefix", "pdfuaid"),
    ("name", "part"),
    ("valueType", "Integer"),
    ("category", "internal"),
    ("description", "Part of ISO 14289"),
];
/// The declarations of Well-Tagged PDF (WTPDF 1.0, 6.1.3).
const DECLARED: &[&str] = &[
    "http://pdfa.org/declarations/wtpdf#reuse1.0",
    "http://pdfa.org/declarations/wtpdf#accessibility1.0",
];

/// Judges the bytes of a packet that no other program has written anew.
pub(super) fn judge(packet: &[u8], faults: &mut Faults) {
    let Ok(text) = std::str::from_utf8(packet) else {
        return faults.add(PLACE, "they are not written in UTF-8");
    };
    let text = text.trim_start_matches('\u{FEFF}');
    // Programs that save a file again say that the packet may be written to.
    let ends = ["<?xpacket end=\"r\"?>", "<?xpacket end=\"w\"?>"];
    let is_packed = text.trim().starts_with("<?xpacket begin=")
        && ends.iter().any(|end| text.trim().ends_with(end));
    if !is_packed {
        faults.add(PLACE, "they are packed otherwise than in editions");
    }
    let options = ParsingOptions {
        nodes_limit: 1 << 16,
        ..ParsingOptions::default()
    };
    let Ok(document) = Document::parse_with_options(text, options) else {
        return faults.add(PLACE, "they cannot be read");
    };
    let mut seen = BTreeSet::new();
    let mut said = Vec::new();
    for node in document.descendants() {
        match node.node_type() {
            NodeType::Comment => faults.add(PLACE, "something is written between their statements"),
            NodeType::PI if node.pi().is_none_or(|own| own.target != "xpacket") => {
                faults.add(PLACE, "they tell programs what to do");
            }
            NodeType::Element => element(node, &mut seen, &mut said, faults),
            _ => {}
        }
    }
    for name in NEEDED {
        if !seen.iter().any(|(_, own)| own == name) {
            faults.add(PLACE, format!("they do not say `{name}`"));
        }
    }
    claims(&said, faults);
}

/// Judges an element; takes down what it says.
fn element<'a>(
    node: Node<'a, '_>,
    seen: &mut BTreeSet<(String, &'a str)>,
    said: &mut Vec<(&'a str, &'a str, &'a str)>,
    faults: &mut Faults,
) {
    let name = node.tag_name();
    let space = name.namespace().unwrap_or_default();
    let known = KNOWN.iter().find(|(own, _)| *own == space);
    if known.is_none_or(|(_, names)| !names.contains(&name.name())) {
        let what = format!("`{}` is of none of their namespaces", name.name());
        faults.add(PLACE, what);
    }
    for attribute in node.attributes() {
        let is_known = match (attribute.namespace(), attribute.name()) {
            (Some(RDF), "about") => attribute.value().is_empty(),
            (Some(RDF), "parseType") => attribute.value() == "Resource",
            (Some(XML), "lang") => true,
            _ => false,
        };
        if !is_known {
            let what = format!("`{}` says something of its own", attribute.name());
            faults.add(PLACE, what);
        }
    }
    if space == RDF || space == META {
        return;
    }
    let is_listed = node.parent().is_some_and(|parent| {
        let of = parent.tag_name();
        of.namespace() == Some(RDF) && of.name() == "li"
    });
    let is_new = seen.insert((space.to_owned(), name.name()));
    // Two declarations may be made.
    let may_repeat = is_listed && name.name() == "conformsTo";
    if !(is_new || may_repeat) {
        faults.add(PLACE, format!("they say `{}` twice", name.name()));
    }
    said.push((space, name.name(), node.text().unwrap_or_default()));
}

/// What is said of the standards that are kept.
fn claims(said: &[(&str, &str, &str)], faults: &mut Faults) {
    let of = |space: &str, name: &str| {
        let all = said.iter();
        all.filter(|(own, of, _)| own.contains(space) && *of == name)
            .map(|(.., value)| *value)
            .collect::<Vec<_>>()
    };
    let of_schema =
        |name: &str| ["pdfa/ns/schema#", "pdfa/ns/property#"].map(|space| of(space, name));
    let is_accessible = !of("pdfua/ns/id", "part").is_empty();
    let is_2 = of("pdfa/ns/id", "part") == ["4"];
    let is_right = match (is_2, is_accessible) {
        (false, false) => SCHEMA
            .iter()
            .all(|(name, _)| of_schema(name).iter().all(Vec::is_empty)),
        (false, true) => SCHEMA
            .iter()
            .all(|(name, value)| of_schema(name).iter().any(|said| *said == [*value])),
        (true, is_accessible) => {
            let count = if is_accessible { 2 } else { 1 };
            let revised = of("pdfua/ns/id", "rev");
            of("declarations", "conformsTo") == DECLARED[..count]
                && of("pdfa/ns/id", "rev") == ["2020"]
                && (!is_accessible || revised == ["2024"])
        }
    };
    if !is_right {
        faults.add(PLACE, "they name the standards otherwise than editions do");
    }
}
