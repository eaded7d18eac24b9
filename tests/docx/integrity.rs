//! Whatever is named exists, and whatever exists has a name of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use crate::package::{Element, Package};
use crate::sample;

#[test]
fn names_ids_and_relationships_hold_together() {
    for yaml in [sample::EVERY_BLOCK, sample::URDU, sample::PLAIN] {
        check(&Package::read(&sample::written(yaml)));
    }
}

#[test]
fn the_same_piece_is_the_same_bytes_whatever_runs_beside_it() {
    let pieces = [sample::EVERY_BLOCK, sample::URDU, sample::PLAIN];
    let alone = pieces.map(sample::written);
    thread::scope(|scope| {
        for worker in 0..8 {
            let alone = &alone;
            scope.spawn(move || {
                for round in 0..12 {
                    let index = (worker + round) % pieces.len();
                    assert!(sample::written(pieces[index]) == alone[index], "{index}");
                }
            });
        }
    });
}

/// Panics where something is named that does not exist, or exists twice.
pub(crate) fn check(package: &Package) {
    content_types(package);
    for (part, root) in &package.parts {
        if part.ends_with(".rels") {
            targets(package, part, root);
        } else {
            relationships(package, part, root);
        }
    }
    bookmarks(package);
    styles(package);
    numbering(package);
    notes(package);
    figures(package);
}

fn content_types(package: &Package) {
    let types = &package.parts["[Content_Types].xml"];
    assert_eq!(package.names[0], "[Content_Types].xml");
    let values = |element: &str, attribute: &str| -> BTreeSet<String> {
        let found = types.named(element).into_iter();
        found
            .map(|e| e.attribute(attribute).unwrap().to_owned())
            .collect()
    };
    let (defaults, overrides) = (
        values("Default", "Extension"),
        values("Override", "PartName"),
    );
    for name in &package.names[1..] {
        let extension = name.rsplit('.').next().unwrap();
        let told = match extension {
            "xml" => overrides.contains(&format!("/{name}")),
            _ => defaults.contains(extension),
        };
        assert!(told, "no content type for {name}");
    }
    for part in overrides {
        assert!(package.parts.contains_key(&part[1..]), "no part {part}");
    }
    for (name, bytes) in &package.media {
        let signature: &[u8] = match name.rsplit('.').next() {
            Some("png") => b"\x89PNG",
            Some("svg") => b"<svg viewBox=",
            // Obfuscated: read below.
            Some("odttf") => continue,
            _ => b"\xff\xd8\xff",
        };
        assert!(bytes.starts_with(signature), "{name}");
    }
    for (name, _, bytes) in crate::faces::fonts(package) {
        assert!(bytes.starts_with(b"\0\x01\0\0"), "{name}");
    }
}

/// Every target inside the package exists; every address outside is one.
fn targets(package: &Package, part: &str, root: &Element) {
    let folder = part.split("_rels/").next().unwrap();
    let mut ids = BTreeSet::new();
    for relationship in root.named("Relationship") {
        let target = relationship.attribute("Target").unwrap();
        assert!(
            ids.insert(relationship.attribute("Id").unwrap()),
            "{part}: an id twice"
        );
        if relationship.attribute("TargetMode") == Some("External") {
            let schemes = ["http://", "https://", "mailto:"];
            assert!(
                schemes.iter().any(|scheme| target.starts_with(scheme)),
                "{target}"
            );
        } else {
            assert!(
                package.names.contains(&format!("{folder}{target}")),
                "{part}: no {target}"
            );
        }
    }
}

/// Every relationship that a part names is in its list, and the other way round.
fn relationships(package: &Package, part: &str, root: &Element) {
    let attributes = ["r:id", "r:embed"];
    let named: BTreeSet<_> = root
        .all()
        .into_iter()
        .flat_map(|element| attributes.iter().filter_map(|name| element.attribute(name)))
        .collect();
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let Some(list) = package.parts.get(&format!("{folder}/_rels/{file}.rels")) else {
        assert!(named.is_empty(), "{part} names {named:?}");
        return;
    };
    let implicit = [
        "styles",
        "settings",
        "fontTable",
        "theme",
        "numbering",
        "footnotes",
    ];
    let mut listed = BTreeSet::new();
    for relationship in list.named("Relationship") {
        let kind = relationship
            .attribute("Type")
            .unwrap()
            .rsplit('/')
            .next()
            .unwrap();
        if !implicit.contains(&kind) {
            listed.insert(relationship.attribute("Id").unwrap());
        }
    }
    assert_eq!(named, listed, "{part}");
}

fn bookmarks(package: &Package) {
    let (mut starts, mut names, mut ends) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
    for part in ["word/document.xml", "word/footnotes.xml"] {
        let Some(root) = package.parts.get(part) else {
            continue;
        };
        for start in root.named("w:bookmarkStart") {
            let (id, name) = (
                start.attribute("w:id").unwrap(),
                start.attribute("w:name").unwrap(),
            );
            assert!(starts.insert(id, part).is_none(), "id {id} twice");
            assert!(names.insert(name), "{name} twice");
            assert!(
                name.len() <= 40 && name.starts_with(|c: char| c.is_ascii_alphabetic()),
                "{name}"
            );
        }
        for end in root.named("w:bookmarkEnd") {
            let id = end.attribute("w:id").unwrap();
            assert_eq!(starts.get(id), Some(&part), "no start for the end {id}");
            assert!(ends.insert(id), "two ends for {id}");
        }
    }
    assert_eq!(starts.len(), ends.len(), "a bookmark is open");
    for root in package.parts.values() {
        for link in root.named("w:hyperlink") {
            if let Some(anchor) = link.attribute("w:anchor") {
                assert!(names.contains(anchor), "a link to nowhere: {anchor}");
            }
        }
        for field in root.named("w:instrText") {
            if let Some(rest) = field.text.strip_prefix("NOTEREF ") {
                let anchor = rest.split(' ').next().unwrap();
                assert!(names.contains(anchor), "a reference to nowhere: {anchor}");
            }
        }
    }
}

fn styles(package: &Package) {
    let mut ids = BTreeSet::new();
    for style in package.parts["word/styles.xml"].named("w:style") {
        assert!(
            ids.insert(style.attribute("w:styleId").unwrap()),
            "a style twice"
        );
    }
    for (part, root) in &package.parts {
        for element in [
            "w:pStyle",
            "w:rStyle",
            "w:tblStyle",
            "w:basedOn",
            "w:next",
            "w:link",
        ] {
            for use_of in root.named(element) {
                let id = use_of.attribute("w:val").unwrap();
                assert!(ids.contains(id), "{part}: no style {id}");
            }
        }
    }
    direct_formatting(package.document());
}

/// In the text only raised and lowered letters, languages, directions and faces of other scripts are set by hand, upright words in slanted text and strong
/// ones in heavy, where a name or cell of the other direction begins, the spaces between two paragraphs that belong together, and where a list goes on after an item's first
/// paragraph: what no style can say without its neighbour.
fn direct_formatting(document: &Element) {
    for run in document.named("w:r") {
        for property in run
            .child("w:rPr")
            .map(|p| p.children.as_slice())
            .unwrap_or_default()
        {
            let by_hand = [
                "w:rStyle",
                "w:vertAlign",
                "w:lang",
                "w:rtl",
                "w:cs",
                "w:rFonts",
                "w:b",
                "w:bCs",
                "w:i",
                "w:iCs",
            ];
            assert!(
                by_hand.contains(&property.name.as_str()),
                "{}",
                property.name
            );
        }
    }
    for paragraph in document.named("w:p") {
        for property in paragraph
            .child("w:pPr")
            .map(|p| p.children.as_slice())
            .unwrap_or_default()
        {
            let by_hand = [
                "w:pStyle",
                "w:numPr",
                "w:bidi",
                "w:spacing",
                "w:ind",
                "w:jc",
                "w:keepNext",
                // A picture in the middle and its words, a column as its author has it, and where a section ends.
                "w:jc",
                "w:sectPr",
            ];
            assert!(
                by_hand.contains(&property.name.as_str()),
                "{}",
                property.name
            );
        }
    }
}

fn numbering(package: &Package) {
    let part = &package.parts["word/numbering.xml"];
    let ids = |element: &str, attribute: &str| -> BTreeSet<String> {
        let found = part.named(element).into_iter();
        let ids: Vec<_> = found
            .filter_map(|e| e.attribute(attribute))
            .map(str::to_owned)
            .collect();
        let unique: BTreeSet<_> = ids.iter().cloned().collect();
        assert_eq!(ids.len(), unique.len(), "a number twice");
        unique
    };
    let abstracts = ids("w:abstractNum", "w:abstractNumId");
    let numbers = ids("w:num", "w:numId");
    for number in part.named("w:num") {
        let of = number
            .child("w:abstractNumId")
            .unwrap()
            .attribute("w:val")
            .unwrap();
        assert!(abstracts.contains(of));
    }
    for root in package.parts.values() {
        for number in root.named("w:numId") {
            let id = number.attribute("w:val").unwrap();
            assert!(numbers.contains(id), "no numbering {id}");
        }
    }
}

fn notes(package: &Package) {
    let Some(part) = package.parts.get("word/footnotes.xml") else {
        assert!(package.document().named("w:footnoteReference").is_empty());
        return;
    };
    let ids: Vec<_> = part
        .named("w:footnote")
        .into_iter()
        .map(|n| n.attribute("w:id").unwrap())
        .collect();
    let references: Vec<_> = package
        .document()
        .named("w:footnoteReference")
        .into_iter()
        .map(|r| r.attribute("w:id").unwrap())
        .collect();
    assert_eq!(ids[..2], ["-1", "0"], "the separators");
    assert_eq!(ids[2..], references, "notes and references");
    for note in &part.named("w:footnote")[2..] {
        assert_eq!(
            note.named("w:footnoteRef").len(),
            1,
            "a note shows its number"
        );
    }
}

fn figures(package: &Package) {
    let mut ids = BTreeSet::new();
    for drawing in package.document().named("wp:inline") {
        let properties = drawing.child("wp:docPr").unwrap();
        assert!(
            ids.insert(properties.attribute("id").unwrap()),
            "a figure's id twice"
        );
        assert!(!properties.attribute("descr").unwrap().is_empty());
    }
}
