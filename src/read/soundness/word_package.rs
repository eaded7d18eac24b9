//! What stands in the package of a Word edition, and in what its notes have besides words (ISO/IEC 29500-1, 11.3 and 17.11).

use super::super::ReadError;
use super::super::docx::parts::relationships;
use super::super::docx::styles::are_ours;
use super::super::dom::{Dom, NodeId, ROOT};
use super::super::package::Package;
use super::faults::Faults;

/// What the document of an edition leads to.
const OF_DOCUMENT: &[&str] = &[
    "styles",
    "settings",
    "fontTable",
    "theme",
    "numbering",
    "footnotes",
    "header",
    "footer",
    "hyperlink",
    "image",
];
/// What none lacks.
const NEEDED: &[&str] = &["styles", "settings", "fontTable", "theme", "numbering"];
/// What the package leads to, and where to.
const OF_PACKAGE: &[(&str, &str)] = &[
    ("officeDocument", "word/document.xml"),
    ("core-properties", "docProps/core.xml"),
    ("extended-properties", "docProps/app.xml"),
    ("custom-properties", "docProps/custom.xml"),
];
/// What stands in the core properties (ISO/IEC 29500-2, 11.1).
const OF_CORE: &[&str] = &[
    "title",
    "subject",
    "creator",
    "keywords",
    "description",
    "lastModifiedBy",
    "revision",
    "created",
    "modified",
    "category",
    "identifier",
    "language",
];
/// What the program says of itself, and of how much it wrote.
const OF_PROGRAM: &[&str] = &[
    "Properties",
    "TotalTime",
    "Words",
    "Characters",
    "CharactersWithSpaces",
    "Paragraphs",
    "Application",
    "DocSecurity",
    "Company",
    "LinksUpToDate",
    "SharedDoc",
    "HyperlinksChanged",
    "AppVersion",
];

/// What none lacks of these.
const NEEDED_OF_CORE: &[&str] = &[
    "title",
    "creator",
    "revision",
    "created",
    "modified",
    "category",
    "identifier",
    "language",
];
const NEEDED_OF_PROGRAM: &[&str] = &[
    "TotalTime",
    "Words",
    "Characters",
    "CharactersWithSpaces",
    "Paragraphs",
    "Application",
    "DocSecurity",
    "LinksUpToDate",
    "SharedDoc",
    "HyperlinksChanged",
    "AppVersion",
];
/// The kind of moments (ISO/IEC 29500-2, annex D).
const MOMENT: &str = "dcterms:W3CDTF";

/// Whether a document is as the program wrote it: one that another program saved says so.
pub(super) fn is_own(package: &mut Package<'_>, styles: &Dom) -> Result<bool, ReadError> {
    let program = super::word::dom(package, "docProps/app.xml")?;
    Ok(says_so(&program) && are_ours(styles))
}

/// Whether a program says that it is this one.
fn says_so(program: &Dom) -> bool {
    let mut said = program.all("Application");
    said.any(|node| program.words_of(node) == "Flashpoint")
}

/// The relationships of an edition are those that editions have; of a file that others made nothing is known.
pub(super) fn relations(
    package: &mut Package<'_>,
    main: &str,
    styles: &Dom,
    faults: &mut Faults,
) -> Result<(), ReadError> {
    if !is_own(package, styles)? {
        return pretended(package, styles, faults);
    }
    let program = super::word::dom(package, "docProps/app.xml")?;
    let core = super::word::dom(package, "docProps/core.xml")?;
    for id in core.descendants(ROOT) {
        let node = core.node(id);
        let is_other =
            |name: &str| !matches!(name, "" | "coreProperties") && !OF_CORE.contains(&name);
        if is_other(&node.name) || node.name == "revision" && core.words_of(node).trim() != "1" {
            let words = core.words_of(node);
            let what = format!("it says `{}`: “{}”", node.name, words.trim());
            faults.add("docProps/core.xml", what);
        }
    }
    for (part, place, needed) in [
        (&core, "docProps/core.xml", NEEDED_OF_CORE),
        (&program, "docProps/app.xml", NEEDED_OF_PROGRAM),
    ] {
        for name in needed.iter().filter(|name| part.all(name).count() != 1) {
            faults.add(place, format!("it does not say `{name}` once"));
        }
    }
    for name in ["created", "modified"] {
        if core
            .all(name)
            .any(|own| own.attribute("type") != Some(MOMENT))
        {
            faults.add("docProps/core.xml", format!("`{name}` is of another kind"));
        }
    }
    let custom = super::word::dom(package, "docProps/custom.xml")?;
    for node in custom.all("property") {
        let mut attributes = node.attributes();
        let other = attributes.find(|(name, _)| !matches!(*name, "fmtid" | "pid" | "name"));
        if let Some((name, value)) = other {
            faults.add(
                "docProps/custom.xml",
                format!("a property has `{name}=\"{value}\"`"),
            );
        }
    }
    let own = relationships(package, main)?;
    for relation in own
        .iter()
        .filter(|own| !OF_DOCUMENT.contains(&own.kind.as_str()))
    {
        faults.add(
            main,
            format!("it has a relationship of the kind `{}`", relation.kind),
        );
    }
    for needed in NEEDED {
        if own.iter().filter(|own| own.kind == *needed).count() != 1 {
            faults.add(
                main,
                format!("it has not one relationship of the kind `{needed}`"),
            );
        }
    }
    let own = relationships(package, "")?;
    for (kind, target) in OF_PACKAGE {
        let mut all = own.iter().filter(|own| own.kind == *kind);
        let is_there = all
            .next()
            .is_some_and(|own| own.target.trim_start_matches('/') == *target);
        if !is_there || all.next().is_some() {
            faults.add(
                "the package",
                format!("it does not lead to `{target}` as its `{kind}`"),
            );
        }
    }
    let is_known = |kind: &str| OF_PACKAGE.iter().any(|(own, _)| *own == kind);
    for relation in own.iter().filter(|own| !is_known(&own.kind)) {
        faults.add(
            "the package",
            format!("it has a relationship of the kind `{}`", relation.kind),
        );
    }
    for id in program.descendants(ROOT) {
        let node = program.node(id);
        let words = || program.words_of(node);
        let is_odd = match node.name.as_str() {
            "" => false,
            "DocSecurity" | "TotalTime" => words().trim() != "0",
            "LinksUpToDate" | "SharedDoc" | "HyperlinksChanged" => words().trim() != "false",
            name => !OF_PROGRAM.contains(&name),
        };
        if is_odd {
            faults.add(
                "docProps/app.xml",
                format!("it says `{}`: “{}”", node.name, words().trim()),
            );
        }
    }
    Ok(())
}

/// A document whose program says that it is another, in the version of this one, or whose styles are none of an edition.
fn pretended(
    package: &mut Package<'_>,
    styles: &Dom,
    faults: &mut Faults,
) -> Result<(), ReadError> {
    let program = super::word::dom(package, "docProps/app.xml")?;
    // Without its own styles it is known by nothing else.
    if says_so(&program) {
        faults.add("the styles", "styles that every edition has are not there");
    }
    let mut versions = program.all("AppVersion");
    let is_ours = versions.any(|node| program.words_of(node).starts_with("00."));
    if is_ours && are_ours(styles) {
        let said = program.all("Application").next();
        let said = said.map(|node| program.words_of(node)).unwrap_or_default();
        faults.add("docProps/app.xml", format!("it says that {said} made it"));
    }
    Ok(())
}

/// Lines part notes from the text, and say nothing; each note begins with its number.
pub(super) fn notes(notes: &Dom, faults: &mut Faults) {
    const MOST: usize = 10_000;
    for note in notes.all("footnote") {
        let mut found = [false; 4];
        let mut waiting: Vec<NodeId> = note.children.clone();
        let mut left = MOST;
        while let Some(id) = waiting.pop().filter(|_| left > 0) {
            left -= 1;
            let node = notes.node(id);
            match node.name.as_str() {
                "separator" => found[0] = true,
                "continuationSeparator" => found[1] = true,
                "footnoteRef" => found[2] = true,
                "t" | "sym" | "drawing" => found[3] = true,
                _ => {}
            }
            waiting.extend(&node.children);
        }
        let [line, continued, number, words] = found;
        let what = match note.attribute("type") {
            Some("separator") if words || !line || continued || number => {
                "the line above notes is another"
            }
            Some("continuationSeparator") if words || !continued || line || number => {
                "the line above notes is another"
            }
            None | Some("normal") if !number => "a note does not show its number",
            None | Some("normal") if line || continued => "a note shows a line above notes",
            _ => continue,
        };
        faults.add("the notes", what);
    }
}
