//! The parts of a Word document that hold text, found by relationships (ISO/IEC 29500-2, 6.5).

use std::collections::HashMap;
use std::rc::Rc;

use super::super::ReadError;
use super::super::dom::{Dom, NodeId, ROOT};
use super::super::package::{Package, resolve};

/// The parts that are read.
pub(crate) struct Parts {
    pub(crate) document: Rc<Dom>,
    pub(crate) links: Links,
    pub(crate) styles: Option<Rc<Dom>>,
    pub(crate) numbering: Option<Rc<Dom>>,
    pub(crate) footnotes: Option<Rc<Dom>>,
    pub(crate) footnote_links: Links,
    pub(crate) endnotes: Option<Rc<Dom>>,
    pub(crate) endnote_links: Links,
}

/// Addresses outside by the ids of relationships.
pub(crate) type Links = HashMap<String, String>;

/// A relationship of a part.
#[derive(Debug, Clone)]
pub(crate) struct Relationship {
    pub(crate) id: String,
    /// The last word of its type, the same in both editions of the standard.
    pub(crate) kind: String,
    pub(crate) target: String,
    pub(crate) is_outside: bool,
}

impl Parts {
    pub(crate) fn read(package: &mut Package<'_>, main: &str) -> Result<Self, ReadError> {
        let document = package
            .tree(main)?
            .ok_or_else(|| ReadError::damaged(format!("it has no part `{main}`")))?;
        let relationships = relationships(package, main)?;
        let part = |kind: &str| {
            let found = relationships
                .iter()
                .find(|found| found.kind == kind && !found.is_outside);
            found.and_then(|found| resolve(main, &found.target))
        };
        let mut read = |kind: &str| -> Result<(Option<Rc<Dom>>, Links), ReadError> {
            let Some(name) = part(kind) else {
                return Ok((None, Links::new()));
            };
            Ok((
                package.tree(&name)?,
                links(self::relationships(package, &name)?),
            ))
        };
        let (styles, _) = read("styles")?;
        let (numbering, _) = read("numbering")?;
        let (footnotes, footnote_links) = read("footnotes")?;
        let (endnotes, endnote_links) = read("endnotes")?;
        Ok(Self {
            document,
            links: links(relationships),
            styles,
            numbering,
            footnotes,
            footnote_links,
            endnotes,
            endnote_links,
        })
    }
}

/// The name of the main part.
pub(crate) fn main_part(package: &mut Package<'_>) -> Result<String, ReadError> {
    let found = relationships(package, "")?;
    let main = found.iter().find(|found| found.kind == "officeDocument");
    let main = main.and_then(|main| resolve("", &main.target));
    Ok(main.unwrap_or_else(|| "word/document.xml".to_owned()))
}

/// A part as a tree; none where there is no such part.
pub(crate) fn dom(package: &mut Package<'_>, name: &str) -> Result<Option<Dom>, ReadError> {
    let text = package.text(name)?;
    text.map(|text| Dom::of_xml(&text, name)).transpose()
}

fn links(relationships: Vec<Relationship>) -> Links {
    let outside = relationships.into_iter().filter(|found| found.is_outside);
    outside.map(|found| (found.id, found.target)).collect()
}

/// The relationships of a part.
pub(crate) fn relationships(
    package: &mut Package<'_>,
    part: &str,
) -> Result<Vec<Relationship>, ReadError> {
    let name = match part.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{part}.rels"),
    };
    let Some(dom) = package.tree(&name)? else {
        return Ok(Vec::new());
    };
    let all = dom.all("Relationship").filter_map(|found| {
        let kind = found.attribute("Type")?;
        Some(Relationship {
            id: found.attribute("Id")?.to_owned(),
            kind: kind.rsplit('/').next().unwrap_or(kind).to_owned(),
            target: found.attribute("Target")?.to_owned(),
            is_outside: found.attribute("TargetMode") == Some("External"),
        })
    });
    Ok(all.collect())
}

/// The notes of a part, the first of each id, and where they stand.
pub(crate) fn notes(part: &Dom) -> HashMap<&str, NodeId> {
    let mut found = HashMap::new();
    for id in part.descendants(ROOT) {
        let node = part.node(id);
        if matches!(node.name.as_str(), "footnote" | "endnote")
            && let Some(key) = node.attribute("id")
        {
            found.entry(key).or_insert(id);
        }
    }
    found
}
