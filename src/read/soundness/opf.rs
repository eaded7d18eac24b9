//! The forms of the package document of editions, and of what stands around it (EPUB 3.3, 4.2 and 5): statements that refine others, the
//! order of documents, and what reading systems of one maker are told.

use std::collections::BTreeMap;

use super::super::ReadError;
use super::super::dom::{Dom, Node, ROOT};
use super::super::package::Package;
use super::faults::Faults;

/// What every package document says: an element, its attribute, and what that is.
const SAID: &[(&str, &str, &[&str])] = &[
    ("package", "version", &["3.0"]),
    ("package", "unique-identifier", &["epub-id-1"]),
    ("package", "xml:lang", &[]),
    ("package", "dir", &["ltr", "rtl"]),
    ("spine", "toc", &["ncx"]),
    ("spine", "page-progression-direction", &["ltr", "rtl"]),
];
/// The attributes that statements of the package have; no other says more of them.
const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("identifier", &["id"]),
    ("title", &["id"]),
    ("creator", &["id"]),
    ("contributor", &["id"]),
    ("link", &["rel", "href"]),
    (
        "meta",
        &["name", "content", "property", "refines", "scheme", "id"],
    ),
];
/// The one statement in words of ours, which are English in a publication of a language without such words.
const SUMMARY: &str = "schema:accessibilitySummary";
/// What is said of other statements, with the scheme of the words that say it.
const SCHEMES: &[(&str, &str)] = &[
    ("role", "marc:relators"),
    ("identifier-type", "onix:codelist5"),
];
/// The kinds of identifiers by their names here, in the codes of ONIX (codelist 5).
const KINDS: &[(&str, &str)] = &[("isbn", "15"), ("doi", "06")];
/// What old contents are.
const OLD: &str = "application/x-dtbncx+xml";
/// The file of the contents.
const CONTENTS: &str = "nav.xhtml";
const CONTAINER: &str = "META-INF/container.xml";
const OPTIONS: &str = "META-INF/com.apple.ibooks.display-options.xml";

/// Tells what a package says otherwise than any edition of ours.
pub(super) fn judge(
    package: &mut Package<'_>,
    opf: &Dom,
    root: &str,
    faults: &mut Faults,
) -> Result<(), ReadError> {
    for (element, attribute, values) in SAID {
        let all: Vec<&Node> = opf.all(element).collect();
        let own = all.first().and_then(|own| own.attribute(attribute));
        let is_right = own.is_some_and(|own| values.is_empty() || values.contains(&own));
        if all.len() != 1 || !is_right {
            let own = own.unwrap_or("nothing");
            faults.add(root, format!("`{attribute}` of its `{element}` is {own}"));
        }
    }
    plain(opf, root, faults);
    refined(opf, root, faults);
    spine(opf, root, faults);
    let meta = |name: &str| -> Vec<&str> {
        let all = opf
            .all("meta")
            .filter(|own| own.attribute("name") == Some(name));
        all.filter_map(|own| own.attribute("content")).collect()
    };
    if meta("cover") != ["cover-image"] {
        faults.add(root, "older systems do not find its cover");
    }
    if !matches!(meta("generator").as_slice(), [own] if own.starts_with("flashpoint ")) {
        faults.add(root, "it says that another program made it");
    }
    around(package, faults)
}

/// Statements have the language and the direction of their publication, and are in its package themselves.
fn plain(opf: &Dom, root: &str, faults: &mut Faults) {
    let said = opf.all("metadata").flat_map(|own| own.children.iter());
    let said = said.map(|id| opf.node(*id));
    let language = opf.all("package").next();
    let language = language.and_then(|own| own.attribute("xml:lang"));
    for node in opf.all("metadata").chain(said) {
        let known = ATTRIBUTES.iter().find(|(name, _)| *name == node.name);
        let known = known.map_or(&[][..], |(_, known)| known);
        for (name, value) in node.attributes() {
            let is_english = node.attribute("property") == Some(SUMMARY)
                && (name, value) == ("xml:lang", "en")
                && language != Some(value);
            if !known.contains(&name) && !is_english {
                let of = &node.name;
                faults.add(root, format!("`{name}` of a `{of}` in it is {value}"));
            }
        }
    }
}

/// Titles and people are numbered from one in their order, say what they are, and statements name the vocabulary of their words.
fn refined(opf: &Dom, root: &str, faults: &mut Faults) {
    let mut said: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    for id in opf.descendants(ROOT) {
        let node = opf.node(id);
        let (Some(of), Some(property)) = (node.attribute("refines"), node.attribute("property"))
        else {
            continue;
        };
        let of = of.trim_start_matches('#');
        let words = opf.words(id).trim().to_owned();
        said.entry((of, property)).or_default().push(words);
        let scheme = SCHEMES.iter().find(|(own, _)| *own == property);
        if node.attribute("scheme") != scheme.map(|(_, scheme)| *scheme) {
            faults.add(
                root,
                format!("`{property}` is said in words of another vocabulary"),
            );
        }
    }
    let mut is = |id: &str, property: &str, value: &str| {
        let own = said.get(&(id, property)).map(Vec::as_slice);
        if !matches!(own.unwrap_or_default(), [own] if own == value) {
            faults.add(
                root,
                format!("`{id}` does not say once that its `{property}` is {value}"),
            );
        }
    };
    let named = |names: &'static [&'static str]| {
        let nodes = opf.descendants(ROOT).map(|id| opf.node(id));
        nodes.filter(move |node| names.contains(&node.name.as_str()))
    };
    for (number, title) in (1..).zip(named(&["title"])) {
        let id = title.attribute("id").unwrap_or_default();
        is(
            id,
            "title-type",
            if number == 1 { "main" } else { "subtitle" },
        );
        is(id, "display-seq", &number.to_string());
    }
    for (number, person) in (1..).zip(named(&["creator", "contributor"])) {
        let id = person.attribute("id").unwrap_or_default();
        is(id, "display-seq", &number.to_string());
    }
    is("series", "collection-type", "series");
    let named = opf.all("identifier").filter_map(|own| own.attribute("id"));
    let kinds = named.filter_map(|id| KINDS.iter().find(|(own, _)| *own == id));
    for (id, kind) in kinds {
        is(id, "identifier-type", kind);
    }
}

/// The cover stands first, then the title page, then the contents, which nobody comes to by turning pages.
fn spine(opf: &Dom, root: &str, faults: &mut Faults) {
    let items: BTreeMap<&str, &Node> = opf
        .all("item")
        .filter_map(|item| Some((item.attribute("id")?, item)))
        .collect();
    let old = opf.all("spine").find_map(|own| own.attribute("toc"));
    let old = old.and_then(|id| items.get(id));
    if old.is_none_or(|item| item.attribute("media-type") != Some(OLD)) {
        faults.add(root, "its spine does not lead to its old contents");
    }
    let references: Vec<&Node> = opf.all("itemref").collect();
    let names: Vec<&str> = references
        .iter()
        .map(|own| {
            let item = own.attribute("idref").and_then(|id| items.get(id));
            let name = item.and_then(|item| item.attribute("href"));
            name.unwrap_or_default()
        })
        .collect();
    let others = names.strip_prefix(&["cover.xhtml", "title.xhtml", CONTENTS]);
    if others.is_none_or(|others| others.contains(&CONTENTS)) {
        faults.add(
            root,
            "cover, title page and contents do not stand first, in this order",
        );
    }
    for (own, name) in references.iter().zip(&names) {
        if own.attribute("linear") != (*name == CONTENTS).then_some("no") {
            faults.add(
                root,
                "its contents alone stand outside of the order of reading",
            );
        }
    }
}

/// The container names the package, and one maker's systems are told that its faces are to be used.
fn around(package: &mut Package<'_>, faults: &mut Faults) -> Result<(), ReadError> {
    let container = super::word::dom(package, CONTAINER)?;
    let version = container.all("container").next();
    let version = version.and_then(|own| own.attribute("version"));
    let media = container.all("rootfile").next();
    let media = media.and_then(|own| own.attribute("media-type"));
    if version != Some("1.0") || media != Some("application/oebps-package+xml") {
        faults.add(
            CONTAINER,
            "it is of another version, or its package of another kind",
        );
    }
    let options = super::word::dom(package, OPTIONS)?;
    let platforms: Vec<Option<&str>> = options
        .all("platform")
        .map(|own| own.attribute("name"))
        .collect();
    if platforms != [Some("*")] || options.all("option").count() != 1 {
        faults.add(
            OPTIONS,
            "it does not say for all systems that faces are to be used",
        );
    }
    Ok(())
}
