//! The parts of Word editions and what stands in those beside the text: the package's names and relationships (ISO/IEC 29500-2, 6), its
//! properties (ISO/IEC 29500-1, 22.2 and 22.3), the table of its fonts (17.8.3) and the heads and feet of its pages (17.10).

use std::collections::BTreeSet;

use super::super::ReadError;
use super::super::docx::parts::relationships;
use super::super::dom::{Dom, Node, ROOT, below};
use super::super::package::Package;
use super::faults::Faults;
use super::word_order;

/// The parts that an edition may have, without those in folders of their own.
const PARTS: &[&str] = &[
    "[Content_Types].xml",
    "_rels/.rels",
    "docProps/app.xml",
    "docProps/core.xml",
    "docProps/custom.xml",
    "word/_rels/document.xml.rels",
    "word/_rels/fontTable.xml.rels",
    "word/_rels/footnotes.xml.rels",
    "word/document.xml",
    "word/fontTable.xml",
    "word/footer1.xml",
    "word/footer2.xml",
    "word/footer3.xml",
    "word/footnotes.xml",
    "word/header1.xml",
    "word/header2.xml",
    "word/header3.xml",
    "word/numbering.xml",
    "word/settings.xml",
    "word/styles.xml",
    "word/theme/theme1.xml",
];
/// Folders of faces and pictures.
const FOLDERS: &[&str] = &["word/fonts/", "word/media/"];
/// The parts that have relationships, and what in these names them.
const SOURCES: &[(&str, &[&str])] = &[
    (
        "word/document.xml",
        &[
            "hyperlink",
            "blip",
            "svgBlip",
            "headerReference",
            "footerReference",
        ],
    ),
    ("word/footnotes.xml", &["hyperlink"]),
    (
        "word/fontTable.xml",
        &[
            "embedRegular",
            "embedBold",
            "embedItalic",
            "embedBoldItalic",
        ],
    ),
];
/// Relationships of the document that nothing in it names.
const UNNAMED: &[&str] = &[
    "styles",
    "settings",
    "fontTable",
    "theme",
    "numbering",
    "footnotes",
];
/// What custom properties belong to (22.3.2.2), and their kind.
const FORMAT: &str = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}";
const KIND: &str = "lpwstr";
/// What is said of a font, in its order, without the faces that the file carries of it.
const OF_FONT: &[&str] = &["altName", "panose1", "charset", "family", "pitch", "sig"];
/// What a head or foot may say of its paragraph, and of its runs.
const OF_HEAD: &[&str] = &["pStyle", "bidi", "tabs"];
const OF_RUN: &[&str] = &["rtl", "cs", "lang"];

/// What a field is made of (17.16.2).
const FIELD: &[&str] = &["begin", "instruction", "separate", "result", "end"];

/// Tells what parts of an edition say otherwise than those of any other.
pub(super) fn judge(package: &mut Package<'_>, faults: &mut Faults) -> Result<(), ReadError> {
    let names: Vec<String> = package.names().map(str::to_owned).collect();
    // A folder has an entry of its own in archives of some programs.
    let is_known = |name: &str| {
        name.ends_with('/')
            || PARTS.contains(&name)
            || FOLDERS.iter().any(|folder| name.starts_with(folder))
    };
    for name in names.iter().filter(|name| !is_known(name)) {
        faults.add(name.as_str(), "no edition has such a part");
    }
    named(package, &names, faults)?;
    let custom = super::word::dom(package, "docProps/custom.xml")?;
    properties(&custom, faults);
    let program = super::word::dom(package, "docProps/app.xml")?;
    version(&program, faults);
    let fonts = super::word::dom(package, "word/fontTable.xml")?;
    let of_fonts = fonts.all("font").filter_map(|font| font.attribute("name"));
    faults.unique("the table of fonts", "fonts", of_fonts);
    for font in fonts.all("font") {
        self::font(&fonts, font, faults);
    }
    for name in names
        .iter()
        .filter(|name| name.starts_with("word/header") || name.starts_with("word/footer"))
    {
        let part = super::word::dom(package, name)?;
        head(&part, name, faults);
        word_order::judge(&part, name, faults);
    }
    Ok(())
}

/// Every relationship is named by its part, and every face and picture by a relationship.
fn named(
    package: &mut Package<'_>,
    names: &[String],
    faults: &mut Faults,
) -> Result<(), ReadError> {
    let mut shown: BTreeSet<String> = BTreeSet::new();
    for (source, elements) in SOURCES {
        let part = super::word::dom(package, source)?;
        let mut used: BTreeSet<&str> = BTreeSet::new();
        for node in part.descendants(ROOT).map(|id| part.node(id)) {
            if elements.contains(&node.name.as_str()) {
                used.extend(["id", "embed"].iter().filter_map(|own| node.attribute(own)));
            }
        }
        let own = relationships(package, source)?;
        for relation in &own {
            shown.insert(format!("word/{}", relation.target));
            if !UNNAMED.contains(&relation.kind.as_str()) && !used.contains(relation.id.as_str()) {
                let target = &relation.target;
                faults.add(*source, format!("nothing in it leads to `{target}`"));
            }
        }
    }
    let files = names.iter();
    let mut files = files.filter(|name| FOLDERS.iter().any(|folder| name.starts_with(folder)));
    if let Some(name) = files.find(|name| !name.ends_with('/') && !shown.contains(*name)) {
        faults.add(name.as_str(), "nothing leads to it");
    }
    Ok(())
}

/// Custom properties are texts, numbered from two on.
fn properties(custom: &Dom, faults: &mut Faults) {
    for (number, own) in (2_u32..).zip(custom.all("property")) {
        let kinds: Vec<&str> = own
            .children
            .iter()
            .map(|id| custom.node(*id).name.as_str())
            .filter(|name| !name.is_empty())
            .collect();
        let is_right = own.attribute("fmtid") == Some(FORMAT)
            && own.attribute("pid").and_then(|own| own.parse().ok()) == Some(number)
            && kinds == [KIND];
        if !is_right {
            let name = own.attribute("name").unwrap_or_default();
            let what = format!("the property `{name}` is of another form, or in another place");
            faults.add("docProps/custom.xml", what);
        }
    }
}

/// The version of the program is of the form that the standard asks for (22.2.2.3).
fn version(program: &Dom, faults: &mut Faults) {
    let said: Vec<String> = program
        .all("AppVersion")
        .map(|node| program.words_of(node))
        .collect();
    let is_version = |own: &String| {
        let parts = own.split_once('.');
        parts.is_some_and(|(major, minor)| {
            let digits = [major, minor].concat();
            (major.len(), minor.len()) == (2, 4) && digits.bytes().all(|own| own.is_ascii_digit())
        })
    };
    if said.len() != 1 || !said.iter().all(is_version) {
        let said = said.join(", ");
        faults.add("docProps/app.xml", format!("its version is “{said}”"));
    }
}

/// What is said of a font: what does in its place, its numbers, and the faces that the file carries of it.
fn font(fonts: &Dom, font: &Node, faults: &mut Faults) {
    let name = font.attribute("name").unwrap_or_default();
    let mut say = |what: String| faults.add("the table of fonts", format!("`{name}` {what}"));
    let children: Vec<&Node> = font
        .children
        .iter()
        .map(|id| fonts.node(*id))
        .filter(|child| !child.name.is_empty())
        .collect();
    let said: Vec<&str> = children.iter().map(|child| child.name.as_str()).collect();
    let own: Vec<&str> = said
        .iter()
        .copied()
        .filter(|name| !name.starts_with("embed"))
        .collect();
    if own != OF_FONT {
        return say(format!("says {}, as in no edition", own.join(", ")));
    }
    for child in children {
        let value = child.attribute("val").unwrap_or_default();
        let is_hex = |own: &str, digits: usize| {
            own.len() == digits && own.bytes().all(|byte| byte.is_ascii_hexdigit())
        };
        let is_right = match child.name.as_str() {
            "panose1" => is_hex(value, 20),
            "charset" => value == "00",
            "family" => matches!(value, "roman" | "swiss"),
            "pitch" => value == "variable",
            "sig" => {
                child.attributes().count() == 6 && child.attributes().all(|own| is_hex(own.1, 8))
            }
            "altName" => !value.is_empty(),
            _ => {
                let names: BTreeSet<&str> = child.attributes().map(|(name, _)| name).collect();
                let key = child.attribute("fontKey").unwrap_or_default();
                names == BTreeSet::from(["fontKey", "id"]) && is_key(key)
            }
        };
        if !is_right {
            say(format!("has a `{}` that no edition has", child.name));
        }
    }
}

/// Whether a key is a number in the form in which the bytes of a face are garbled with it (22.9.2.4).
fn is_key(key: &str) -> bool {
    const GROUPS: &[usize] = &[8, 4, 4, 4, 12];
    let digits = key.strip_prefix('{').and_then(|own| own.strip_suffix('}'));
    let groups: Vec<&str> = digits.unwrap_or_default().split('-').collect();
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'A'..=b'F');
    groups.len() == GROUPS.len()
        && groups
            .iter()
            .zip(GROUPS)
            .all(|(own, length)| own.len() == *length && own.bytes().all(is_digit))
}

/// A head or foot is one paragraph, whose style says how it looks.
fn head(part: &Dom, name: &str, faults: &mut Faults) {
    let paragraphs: Vec<&Node> = part.all("p").collect();
    let [paragraph] = paragraphs.as_slice() else {
        return faults.add(name, "it is not one paragraph");
    };
    let of = |node: &Node, properties: &str| -> Vec<String> {
        let own = below(part, node, &[properties]);
        let own = own.into_iter().flat_map(|own| &own.children);
        own.map(|id| part.node(*id).name.clone())
            .filter(|name| !name.is_empty())
            .collect()
    };
    let style = below(part, paragraph, &["pPr", "pStyle"]);
    let style = style.and_then(|style| style.attribute("val"));
    // A foot with more than a middle stands as a head does.
    let is_styled = match name.contains("header") {
        true => style == Some("Header"),
        false => matches!(style, Some("Header" | "Footer")),
    };
    let paragraph = of(paragraph, "pPr");
    let is_plain = paragraph.iter().all(|own| OF_HEAD.contains(&own.as_str()));
    if !is_styled || !is_plain {
        faults.add(name, "its paragraph looks otherwise than its style");
    }
    let mut runs = part.all("r").flat_map(|run| of(run, "rPr"));
    if runs.any(|own| !OF_RUN.contains(&own.as_str())) {
        faults.add(name, "words of it look otherwise than its style");
    }
    // A field shows the first number until somebody counts.
    let mut steps: Vec<&str> = Vec::new();
    let mut is_whole = true;
    let mut shown: BTreeSet<String> = BTreeSet::new();
    for node in part.descendants(ROOT).map(|id| part.node(id)) {
        let step = match node.name.as_str() {
            "fldChar" => node.attribute("fldCharType").unwrap_or_default(),
            "instrText" => "instruction",
            "t" if !steps.is_empty() => "result",
            _ => continue,
        };
        is_whole &= FIELD.get(steps.len()) == Some(&step);
        steps.push(step);
        if step == "result" {
            shown.insert(part.words_of(node));
        }
        if step == "end" {
            is_whole &= steps.len() == FIELD.len();
            steps.clear();
        }
    }
    if shown.len() > 1 || !is_whole || !steps.is_empty() {
        faults.add(name, "its fields show numbers that nobody counted");
    }
}
