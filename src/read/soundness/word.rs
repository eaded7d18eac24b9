//! What Word documents break of their rules (ISO/IEC 29500).

use std::collections::BTreeSet;

use super::super::ReadError;
use super::super::dom::{Dom, Node, ROOT};
use super::super::package::{Package, resolve};
use super::faults::Faults;
use super::word_conduct::{conduct, sections, settings as judge_settings, theme};

/// What a Word document's package breaks (ISO/IEC 29500-2; ISO/IEC 29500-1, 17).
pub(in crate::read) fn docx(
    package: &mut Package<'_>,
    main: &str,
    faults: &mut Faults,
) -> Result<(), ReadError> {
    for name in package.doubled() {
        faults.add(name, "two parts have this name");
    }
    let names: Vec<String> = package.names().map(str::to_owned).collect();
    let types = dom(package, "[Content_Types].xml")?;
    let known = |name: &str| {
        let end = name.rsplit_once('.').map_or("", |(_, end)| end);
        let of = types.all("Override").find(|own| {
            own.attribute("PartName")
                .map(|own| own.trim_start_matches('/'))
                == Some(name)
        });
        let by_end = || {
            types.all("Default").find(|own| {
                own.attribute("Extension")
                    .is_some_and(|own| own.eq_ignore_ascii_case(end))
            })
        };
        of.or_else(by_end)?.attribute("ContentType")
    };
    for name in names
        .iter()
        .filter(|name| *name != "[Content_Types].xml" && !name.ends_with('/'))
    {
        match known(name) {
            None => faults.add(name, "it has no content type"),
            Some(own)
                if name == main
                    && !own.contains("document.main+xml")
                    && !own.contains("template.main+xml") =>
            {
                faults.add(name, format!("its content type is `{own}`"));
            }
            Some(_) => {}
        }
    }
    for over in types
        .all("Override")
        .filter_map(|own| own.attribute("PartName"))
    {
        if !package.has(over.trim_start_matches('/')) {
            faults.add(
                "[Content_Types].xml",
                format!("it names `{over}`, which is not there"),
            );
        }
    }
    for name in names.iter().filter(|name| name.ends_with(".rels")) {
        let relations = dom(package, name)?;
        let source = match name.split_once("_rels/") {
            Some((folder, file)) => format!("{folder}{}", file.trim_end_matches(".rels")),
            None => continue,
        };
        let all: Vec<&Node> = relations.all("Relationship").collect();
        faults.unique(
            name,
            "relationships",
            all.iter().filter_map(|own| own.attribute("Id")),
        );
        for relation in &all {
            let target = relation.attribute("Target").unwrap_or_default();
            let is_inside = relation.attribute("TargetMode") != Some("External");
            let there = resolve(&source, target).is_some_and(|to| package.has(&to));
            if is_inside && !there {
                faults.add(name, format!("it leads to `{target}`, which is not there"));
            }
        }
        if package.has(&source) && source.ends_with(".xml") {
            let part = dom(package, &source)?;
            let ids: BTreeSet<&str> = all.iter().filter_map(|own| own.attribute("Id")).collect();
            relations_in_use(&source, &part, &ids, faults);
        }
    }
    let document = dom(package, main)?;
    conduct(&document, main, faults);
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let part = |name: &str| format!("{folder}/{name}");
    conduct(&dom(package, &part("footnotes.xml"))?, "the notes", faults);
    let settings = dom(package, &part("settings.xml"))?;
    conduct(&settings, "the settings", faults);
    let styles = dom(package, &part("styles.xml"))?;
    judge_settings(&settings, &styles, faults);
    sections(&document, &styles, faults);
    theme(&dom(package, &part("theme/theme1.xml"))?, &styles, faults);
    strays(package, &names, faults)?;
    references(
        &document,
        &dom(package, &part("footnotes.xml"))?,
        &dom(package, &part("numbering.xml"))?,
        &styles,
        main,
        faults,
    );
    Ok(())
}

/// Every part is there for another.
fn strays(
    package: &mut Package<'_>,
    names: &[String],
    faults: &mut Faults,
) -> Result<(), ReadError> {
    let mut meant = BTreeSet::new();
    for name in names.iter().filter(|name| name.ends_with(".rels")) {
        let source = name.replace("_rels/", "");
        let relations = dom(package, name)?;
        let targets = relations
            .all("Relationship")
            .filter_map(|own| own.attribute("Target"));
        meant
            .extend(targets.filter_map(|target| resolve(source.trim_end_matches(".rels"), target)));
    }
    let is_part = |name: &&String| {
        !name.ends_with(".rels") && !name.ends_with('/') && *name != "[Content_Types].xml"
    };
    for name in names
        .iter()
        .filter(is_part)
        .filter(|name| !meant.contains(*name))
    {
        faults.add(name, "no other part refers to it");
    }
    Ok(())
}

/// The ids of relationships that a part uses are those it has.
fn relations_in_use(name: &str, part: &Dom, ids: &BTreeSet<&str>, faults: &mut Faults) {
    for id in part.descendants(ROOT) {
        let node = part.node(id);
        let used = match node.name.as_str() {
            "hyperlink" => node.attribute("id"),
            "blip" => node.attribute("embed").or(node.attribute("link")),
            "headerReference" | "footerReference" => node.attribute("id"),
            _ => None,
        };
        if let Some(used) = used.filter(|used| !ids.contains(used)) {
            faults.add(
                name,
                format!("it names the relationship `{used}`, which is not there"),
            );
        }
    }
}

/// Notes, places, lists and styles that a document names are there, and each is there once.
fn references(
    document: &Dom,
    notes: &Dom,
    numbering: &Dom,
    styles: &Dom,
    name: &str,
    faults: &mut Faults,
) {
    let values = |dom: &Dom, element: &str, attribute: &str| -> Vec<String> {
        let found = dom
            .all(element)
            .filter_map(|node| node.attribute(attribute));
        found.map(str::to_owned).collect()
    };
    let set = |all: &[String]| -> BTreeSet<String> { all.iter().cloned().collect() };
    let (footnotes, bookmarks) = (
        values(notes, "footnote", "id"),
        values(document, "bookmarkStart", "name"),
    );
    let marks = values(document, "bookmarkStart", "id");
    faults.unique(name, "notes", footnotes.iter().map(String::as_str));
    faults.unique(name, "bookmarks", bookmarks.iter().map(String::as_str));
    faults.unique(name, "bookmarks", marks.iter().map(String::as_str));
    let pictures = values(document, "docPr", "id");
    faults.unique(name, "pictures", pictures.iter().map(String::as_str));
    for note in notes.all("footnote") {
        let Some(id) = note.attribute("id") else {
            continue;
        };
        let inside = |name: &str| {
            notes
                .descendants_of(note)
                .any(|id| notes.node(id).name == name)
        };
        match note.attribute("type") {
            Some("separator" | "continuationSeparator") if inside("t") => {
                faults.add(
                    "the notes",
                    "words stand where notes are parted from the text",
                );
            }
            None | Some("normal") if !inside("footnoteRef") => {
                faults.add(
                    "the notes",
                    format!("the note `{id}` does not show its mark"),
                );
            }
            None | Some("normal")
                if !values(document, "footnoteReference", "id")
                    .iter()
                    .any(|own| own == id) =>
            {
                faults.add("the notes", format!("nothing refers to the note `{id}`"));
            }
            _ => {}
        }
    }
    let (mut ends, mut starts) = (values(document, "bookmarkEnd", "id"), marks);
    ends.sort();
    starts.sort();
    if ends != starts {
        faults.add(name, "a bookmark begins or ends alone");
    }
    let mut named = |what: &str, used: Vec<String>, there: &BTreeSet<String>| {
        for used in set(&used).difference(there) {
            faults.add(
                name,
                format!("it names the {what} `{used}`, which is not there"),
            );
        }
    };
    let anchors: Vec<String> = [document, notes]
        .iter()
        .flat_map(|dom| values(dom, "hyperlink", "anchor"))
        .collect();
    let notes_marks = values(notes, "bookmarkStart", "name");
    let places: BTreeSet<String> = bookmarks.into_iter().chain(notes_marks).collect();
    named("bookmark", anchors, &places);
    named(
        "note",
        values(document, "footnoteReference", "id"),
        &set(&footnotes),
    );
    let lists = set(&values(numbering, "num", "numId"));
    let used = values(document, "numId", "val");
    named(
        "list",
        used.into_iter().filter(|id| id != "0").collect(),
        &lists,
    );
    let known = set(&values(styles, "style", "styleId"));
    let used = [
        values(document, "pStyle", "val"),
        values(document, "rStyle", "val"),
    ]
    .concat();
    named("style", used, &known);
}

fn dom(package: &mut Package<'_>, name: &str) -> Result<Dom, ReadError> {
    let text = package.text(name)?;
    let dom = text.map(|text| Dom::of_xml(&text, name)).transpose()?;
    Ok(dom.unwrap_or_default())
}
