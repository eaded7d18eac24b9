//! What Word documents break of their rules (ISO/IEC 29500).

use std::collections::BTreeSet;
use std::rc::Rc;

use super::super::ReadError;
use super::super::docx::styles::are_ours;
use super::super::dom::{Dom, Node, ROOT, below};
use super::super::memo::{LOOKS, Memo};
use super::super::package::Package;
use super::faults::Faults;
use super::{
    vocabulary, word_direct, word_looks, word_numbering, word_order, word_package, word_parts,
    word_settings, word_styles, word_text, word_types,
};

/// What a Word document's package breaks (ISO/IEC 29500-2; ISO/IEC 29500-1, 17).
pub(in crate::read) fn docx(
    package: &mut Package<'_>,
    main: &str,
    faults: &mut Faults,
) -> Result<(), ReadError> {
    for what in package.doubtful() {
        faults.add("the package", what);
    }
    let names: Vec<String> = package.names().map(str::to_owned).collect();
    word_types::judge(package, main, &names, faults)?;
    let document = dom(package, main)?;
    conduct(&document, main, faults);
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let part = |name: &str| format!("{folder}/{name}");
    let settings = dom(package, &part("settings.xml"))?;
    conduct(&settings, "the settings", faults);
    let styles = dom(package, &part("styles.xml"))?;
    let numbering = dom(package, &part("numbering.xml"))?;
    let notes = dom(package, &part("footnotes.xml"))?;
    conduct(&notes, "the notes", faults);
    for (dom, table, place) in [
        (&document, "text", "the text"),
        (&notes, "text", "the notes"),
        (&settings, "settings", "the settings"),
        (&numbering, "numbering", "the numbering"),
    ] {
        vocabulary::word(dom, table, place, faults);
    }
    let beside = names.iter().filter(|name| {
        let name = name.strip_prefix(folder).unwrap_or(name);
        name.starts_with("/header") || name.starts_with("/footer")
    });
    for name in beside {
        let part = dom(package, name)?;
        conduct(&part, name, faults);
        vocabulary::word(&part, "text", name, faults);
    }
    let theme = dom(package, &part("theme/theme1.xml"))?;
    let fonts = dom(package, &part("fontTable.xml"))?;
    let looks = word_looks::Parts {
        document: &document,
        styles: &styles,
        theme: &theme,
        fonts: &fonts,
    };
    looks.judge(faults);
    if word_package::is_own(package, &styles)? {
        let core = dom(package, "docProps/core.xml")?;
        let text = word_text::Parts {
            document: &document,
            notes: &notes,
            styles: &styles,
            settings: &settings,
            core: &core,
        };
        text.judge(faults);
        word_numbering::judge(&numbering, faults);
        word_settings::judge(&settings, &notes, &fonts, faults);
        word_parts::judge(package, faults)?;
        let unasked = word_direct::Unasked::of(&styles);
        for (dom, place) in [(&document, "the text"), (&notes, "the notes")] {
            word_direct::judge(dom, place, &unasked, faults);
        }
        word_direct::neighbours(&document, faults);
        for (dom, place) in [
            (&document, "the text"),
            (&notes, "the notes"),
            (&numbering, "the numbering"),
            (&settings, "the settings"),
            (&theme, "the theme"),
            (&fonts, "the table of fonts"),
        ] {
            word_order::judge(dom, place, faults);
        }
    }
    // All editions in one theme and language have the same styles.
    static FOUND: Memo<Faults> = Memo::new(LOOKS);
    let of_styles = FOUND.of(&[package.text_of_tree(&part("styles.xml"))], || {
        let mut found = Faults::default();
        vocabulary::word(&styles, "styles", "the styles", &mut found);
        word_styles::judge(&styles, &mut found);
        if are_ours(&styles) {
            word_order::judge(&styles, "the styles", &mut found);
        }
        found
    });
    faults.extend(of_styles.iter().cloned());
    word_package::notes(&notes, faults);
    word_package::relations(package, main, &styles, faults)?;
    references(&document, &notes, &numbering, &styles, main, faults);
    Ok(())
}

/// What a part does besides saying its words; none of it stands in an edition.
const CONDUCT: &[(&str, &str)] = &[
    (
        "ins",
        "it holds words that somebody put in and others may refuse",
    ),
    (
        "del",
        "it holds words that somebody took out and others may keep",
    ),
    (
        "moveFrom",
        "it holds words that somebody moved and others may move back",
    ),
    (
        "moveTo",
        "it holds words that somebody moved and others may move back",
    ),
    ("trackRevisions", "it takes down changes"),
    ("documentProtection", "it is kept from changes"),
    ("altChunk", "it takes in another document"),
    ("subDoc", "it takes in another document"),
    ("object", "it holds an object of another program"),
    ("control", "it holds a control"),
    ("dataBinding", "words of it follow from data beside it"),
    ("fldSimple", "words of it follow from a field"),
    ("textpath", "words of it are drawn"),
    ("commentReference", "it holds a comment"),
    ("vMerge", "a cell spans rows"),
    ("numStart", "its notes are counted from elsewhere"),
    ("decorative", "a picture is said to be decoration"),
];
/// Fields that show what a document knows of itself: contents, pages, notes.
const FIELDS: &[&str] = &[
    "TOC", "PAGE", "PAGEREF", "NUMPAGES", "NOTEREF", "REF", "EQ", "SEQ", "ADVANCE",
];

fn conduct(part: &Dom, name: &str, faults: &mut Faults) {
    for id in part.descendants(ROOT) {
        let node = part.node(id);
        if let Some((_, what)) = CONDUCT.iter().find(|(own, _)| *own == node.name) {
            faults.add(name, format!("{what} (`{}`)", node.name));
        }
        let picture = |what: &str| format!("a picture {what}");
        match node.name.as_str() {
            "instrText" => {
                let words = part.words_of(node);
                let field = words.split_whitespace().next().unwrap_or_default();
                let is_known = field.starts_with('\\') || FIELDS.contains(&field);
                if !is_known && !field.is_empty() {
                    faults.add(name, format!("words of it follow from a field `{field}`"));
                }
            }
            "blip" if node.attribute("link").is_some() => {
                faults.add(name, picture("comes from elsewhere"));
            }
            "blip" if node.attribute("embed").is_none() => {
                faults.add(name, picture("is not there"))
            }
            "extent" if is_nothing(node, &["cx", "cy"]) => faults.add(name, picture("has no room")),
            "docPr"
                if node
                    .attribute("title")
                    .is_some_and(|title| !title.is_empty()) =>
            {
                faults.add(name, picture("has a title that nobody wrote"));
            }
            "docPr" if matches!(node.attribute("hidden"), Some("1" | "true" | "on")) => {
                faults.add(name, picture("is hidden"));
            }
            "hyperlink"
                if node
                    .attribute("tooltip")
                    .or(node.attribute("docLocation"))
                    .is_some() =>
            {
                faults.add(name, "a link says that it leads elsewhere");
            }
            _ => {}
        }
    }
    for row in part.all("tr") {
        let [hidden, height] = ["hidden", "trHeight"].map(|own| below(part, row, &["trPr", own]));
        let is_flat = height.is_some_and(|own| is_low(own, "val", "hRule"));
        if hidden.is_some() || is_flat {
            faults.add(name, "a row of a table is hidden");
        }
    }
}

/// Whether a measure that holds exactly is too small for any letter; in twentieths of a point.
fn is_low(node: &Node, measure: &str, rule: &str) -> bool {
    let by = node
        .attribute(measure)
        .and_then(|by| by.parse::<i64>().ok());
    node.attribute(rule) == Some("exact") && by.is_some_and(|by| by < 20)
}

/// Whether a size is nothing, in English Metric Units. Threads are seen, however thin, unless they are short too; a picture of one
/// pixel is a few thousand wide.
fn is_nothing(node: &Node, sides: &[&str]) -> bool {
    let sides = sides
        .iter()
        .filter_map(|side| node.attribute(side)?.parse::<i64>().ok());
    let (least, most) = (sides.clone().min(), sides.max());
    least.is_some_and(|by| by <= 0) || most.is_some_and(|by| by < 2_000)
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
    faults.unique(name, "notes", footnotes.iter().map(String::as_str));
    let notes_marks = values(notes, "bookmarkStart", "name");
    let places: Vec<&str> = bookmarks
        .iter()
        .chain(&notes_marks)
        .map(String::as_str)
        .collect();
    faults.unique(name, "bookmarks", places.iter().copied());
    let pictures = values(document, "docPr", "id");
    faults.unique(name, "pictures", pictures.iter().map(String::as_str));
    for (part, place) in [(document, name), (notes, "the notes")] {
        let [mut ends, mut starts] =
            ["bookmarkEnd", "bookmarkStart"].map(|element| values(part, element, "id"));
        faults.unique(place, "bookmarks", starts.iter().map(String::as_str));
        ends.sort();
        starts.sort();
        if ends != starts {
            faults.add(place, "a bookmark begins or ends alone");
        }
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

pub(super) fn dom(package: &mut Package<'_>, name: &str) -> Result<Rc<Dom>, ReadError> {
    Ok(package.tree(name)?.unwrap_or_default())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_room_unless_it_is_short_or_a_side_is_none() {
        for (wide, high, count) in [
            (386_334, 2_576, 0),
            (2_576, 386_334, 0),
            (386_334, 0, 1),
            (7_297, 7_297, 0),
            (1_900, 1_900, 1),
        ] {
            let text =
                format!("<w:document xmlns:w='w'><w:extent cx='{wide}' cy='{high}'/></w:document>");
            let dom = Dom::of_xml(&text, "document.xml").unwrap();
            let mut faults = Faults::default();
            conduct(&dom, "", &mut faults);
            assert_eq!(faults.finish().len(), count, "{text}");
        }
    }
}
