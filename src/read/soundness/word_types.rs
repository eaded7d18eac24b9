//! What the parts of Word documents are and how they lead to each other: content types and relationships (ISO/IEC 29500-2, 6.2 and
//! 6.5). A word processor believes both: what either says otherwise of a part it does not open, or leaves out.

use std::collections::{BTreeSet, HashMap};

use super::super::ReadError;
use super::super::dom::{Dom, Node, ROOT};
use super::super::package::{Package, resolve};
use super::faults::Faults;

/// What parts are of that have such ends, by the ends of their content types (ISO/IEC 29500-1, 15).
const TYPES: &[(&str, &str)] = &[
    ("word/styles.xml", ".styles+xml"),
    ("word/numbering.xml", ".numbering+xml"),
    ("word/footnotes.xml", ".footnotes+xml"),
    ("word/endnotes.xml", ".endnotes+xml"),
    ("word/settings.xml", ".settings+xml"),
    ("word/fontTable.xml", ".fontTable+xml"),
    ("docProps/core.xml", ".core-properties+xml"),
    ("docProps/app.xml", ".extended-properties+xml"),
    ("docProps/custom.xml", ".custom-properties+xml"),
    (".rels", ".relationships+xml"),
    (".png", "image/png"),
    (".jpg", "image/jpeg"),
    (".jpeg", "image/jpeg"),
    (".svg", "image/svg+xml"),
    (".odttf", ".obfuscatedFont"),
];
/// What the part is of to which a relationship leads, by the last word of its type and the end of the content type.
const LED_TO: &[(&str, &str)] = &[
    ("officeDocument", ".main+xml"),
    ("core-properties", ".core-properties+xml"),
    ("extended-properties", ".extended-properties+xml"),
    ("custom-properties", ".custom-properties+xml"),
    ("styles", ".styles+xml"),
    ("numbering", ".numbering+xml"),
    ("footnotes", ".footnotes+xml"),
    ("endnotes", ".endnotes+xml"),
    ("settings", ".settings+xml"),
    ("fontTable", ".fontTable+xml"),
    ("theme", ".theme+xml"),
    ("header", ".header+xml"),
    ("footer", ".footer+xml"),
];
/// What types of such relationships begin with, in both editions of the standard (29500-1 and 29500-4).
const BEGINNINGS: &[&str] = &[
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/",
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/",
    "http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/metadata/",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/metadata/",
];
/// Elements that name a relationship, by which attribute, and its kind.
const NAMED_BY: &[(&str, &str, &str)] = &[
    ("hyperlink", "id", "hyperlink"),
    ("blip", "embed", "image"),
    ("blip", "link", "image"),
    ("svgBlip", "embed", "image"),
    ("headerReference", "id", "header"),
    ("footerReference", "id", "footer"),
    ("embedRegular", "id", "font"),
    ("embedBold", "id", "font"),
    ("embedItalic", "id", "font"),
    ("embedBoldItalic", "id", "font"),
];
/// What pictures begin with, by their content types.
const PICTURES: &[(&str, &[u8])] = &[
    ("image/png", b"\x89PNG"),
    ("image/jpeg", b"\xFF\xD8\xFF"),
    ("image/gif", b"GIF8"),
];
/// So many bytes tell what a picture is.
const BEGINNING: u64 = 4;

/// Whether a part has the content type of what it is called; nothing is known of others.
fn is_typed(name: &str, is_main: bool, own: &str) -> bool {
    if is_main {
        return own.ends_with(".document.main+xml");
    }
    let numbered = |kind: &str| {
        let rest = name
            .strip_prefix("word/")
            .and_then(|name| name.strip_prefix(kind));
        rest.and_then(|rest| rest.strip_suffix(".xml"))
            .is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let furniture = ["header", "footer"];
    match furniture.into_iter().find(|kind| numbered(kind)) {
        Some(kind) => own.ends_with(&format!(".{kind}+xml")),
        None => {
            let known = TYPES.iter().find(|(end, _)| name.ends_with(end));
            known.is_none_or(|(_, kind)| own.ends_with(kind))
        }
    }
}

/// Tells what content types and relationships say wrongly.
pub(super) fn judge(
    package: &mut Package<'_>,
    main: &str,
    names: &[String],
    faults: &mut Faults,
) -> Result<(), ReadError> {
    let part = super::word::dom(package, "[Content_Types].xml")?;
    let types = Types::of(&part);
    content_types(package, (&part, &types), main, names, faults);
    for name in names.iter().filter(|name| name.ends_with(".rels")) {
        let Some((folder, file)) = name.split_once("_rels/") else {
            continue;
        };
        let source = format!("{folder}{}", file.trim_end_matches(".rels"));
        let relations = super::word::dom(package, name)?;
        relationships(package, (name, &source), &relations, &types, faults);
        if package.has(&source) && source.ends_with(".xml") {
            let part = super::word::dom(package, &source)?;
            in_use(&source, &part, &relations, faults);
        }
    }
    Ok(())
}

/// The content types of a package: those of parts, and those of all parts with an end.
struct Types<'a> {
    of_parts: HashMap<&'a str, &'a str>,
    by_end: HashMap<String, &'a str>,
}

impl<'a> Types<'a> {
    fn of(types: &'a Dom) -> Self {
        let said = |element: &'static str, name: &'static str| {
            let all = types.all(element);
            all.filter_map(move |own| Some((own.attribute(name)?, own.attribute("ContentType")?)))
        };
        let parts = said("Override", "PartName");
        let ends = said("Default", "Extension");
        Self {
            of_parts: parts
                .map(|(name, own)| (name.trim_start_matches('/'), own))
                .collect(),
            by_end: ends
                .map(|(end, own)| (end.to_ascii_lowercase(), own))
                .collect(),
        }
    }

    /// That of a part.
    fn get(&self, name: &str) -> Option<&'a str> {
        let own = self.of_parts.get(name);
        let by_end = || {
            let end = name.rsplit_once('.').map_or("", |(_, end)| end);
            self.by_end.get(&end.to_ascii_lowercase())
        };
        own.or_else(by_end).copied()
    }
}

fn content_types(
    package: &mut Package<'_>,
    (part, types): (&Dom, &Types<'_>),
    main: &str,
    names: &[String],
    faults: &mut Faults,
) {
    const PLACE: &str = "[Content_Types].xml";
    let is_part = |name: &&String| *name != PLACE && !name.ends_with('/');
    for name in names.iter().filter(is_part) {
        let own = match types.get(name) {
            None => {
                faults.add(name, "it has no content type");
                continue;
            }
            Some(own) if !is_typed(name, name == main, own) => {
                faults.add(name, format!("its content type is `{own}`"));
                continue;
            }
            Some(own) => own,
        };
        // Of what is read as XML the reading tells.
        let begins = PICTURES.iter().find(|(kind, _)| *kind == own);
        if let Some((_, begins)) = begins
            && let Some(bytes) = package.beginning(name, BEGINNING)
            && !bytes.starts_with(begins)
        {
            faults.add(name, format!("it is no `{own}`, as its content type says"));
        }
    }
    whole(part, ("Types", &["Default", "Override"]), PLACE, faults);
    // Parts and ends are the same in small and in large letters.
    let lower = |element: &str, attribute: &str| -> Vec<String> {
        let all = part.all(element);
        all.filter_map(|own| own.attribute(attribute))
            .map(str::to_ascii_lowercase)
            .collect()
    };
    let overrides = lower("Override", "PartName");
    faults.unique(PLACE, "parts", overrides.iter().map(String::as_str));
    let ends = lower("Default", "Extension");
    faults.unique(PLACE, "ends of names", ends.iter().map(String::as_str));
    for over in part
        .all("Override")
        .filter_map(|own| own.attribute("PartName"))
    {
        if !package.has(over.trim_start_matches('/')) {
            faults.add(PLACE, format!("it names `{over}`, which is not there"));
        }
    }
}

/// A part of the package itself has one root, and in it nothing but its own elements.
fn whole(part: &Dom, (root, elements): (&str, &[&str]), place: &str, faults: &mut Faults) {
    let names = |node: &Node| -> Vec<String> {
        let all = node.children.iter().map(|id| part.node(*id).name.clone());
        all.filter(|name| !name.is_empty()).collect()
    };
    if names(part.node(ROOT)) != [root] {
        faults.add(place, format!("its root is no `{root}`"));
    }
    let within = part.all(root).flat_map(names);
    for other in within.filter(|name| !elements.contains(&name.as_str())) {
        faults.add(place, format!("it holds `{other}`"));
    }
}

/// The last word of a relationship's type.
fn kind(relation: &Node) -> &str {
    let kind = relation.attribute("Type").unwrap_or_default();
    kind.rsplit('/').next().unwrap_or(kind)
}

fn relationships(
    package: &Package<'_>,
    (name, source): (&str, &str),
    relations: &Dom,
    types: &Types<'_>,
    faults: &mut Faults,
) {
    whole(
        relations,
        ("Relationships", &["Relationship"]),
        name,
        faults,
    );
    let all: Vec<&Node> = relations.all("Relationship").collect();
    let ids = all.iter().filter_map(|own| own.attribute("Id"));
    faults.unique(name, "relationships", ids);
    for relation in all {
        let target = relation.attribute("Target").unwrap_or_default();
        let is_outside = relation.attribute("TargetMode") == Some("External");
        let (kind, full) = (kind(relation), relation.attribute("Type"));
        let should = LED_TO.iter().find(|(own, _)| *own == kind);
        let full = full.unwrap_or_default();
        let is_known = should.is_some() || NAMED_BY.iter().any(|(.., own)| *own == kind);
        if is_known
            && !BEGINNINGS
                .iter()
                .any(|begins| *full == [begins, kind].concat())
        {
            faults.add(name, format!("it has a relationship of the type `{full}`"));
        }
        if is_outside {
            if should.is_some() {
                faults.add(
                    name,
                    format!("its `{kind}` is `{target}`, outside of the file"),
                );
            }
            continue;
        }
        let Some(to) = resolve(source, target).filter(|to| package.has(to)) else {
            faults.add(name, format!("it leads to `{target}`, which is not there"));
            continue;
        };
        if let (Some((_, end)), Some(own)) = (should, types.get(&to))
            && !own.ends_with(end)
        {
            faults.add(name, format!("it leads to `{target}` as its `{kind}`"));
        }
    }
}

/// The ids of relationships that a part uses are those it has, and of the kind that is asked for.
fn in_use(name: &str, part: &Dom, relations: &Dom, faults: &mut Faults) {
    let all = relations.all("Relationship");
    let kinds: HashMap<&str, &str> = all
        .filter_map(|own| Some((own.attribute("Id")?, kind(own))))
        .collect();
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for id in part.descendants(ROOT) {
        let node = part.node(id);
        let rows = NAMED_BY.iter().filter(|(own, ..)| *own == node.name);
        for (_, attribute, should) in rows {
            let Some(used) = node.attribute(attribute) else {
                continue;
            };
            let what = match kinds.get(used) {
                None => format!("it names the relationship `{used}`, which is not there"),
                Some(own) if own != should => {
                    format!(
                        "its `{}` is the relationship `{used}`, a `{own}`",
                        node.name
                    )
                }
                Some(_) => continue,
            };
            if told.insert(used) {
                faults.add(name, what);
            }
        }
    }
}
