//! What the attributes of elements say, and in which namespace their roles are (ISO 32000-1, 14.8.5; ISO 32000-2, 14.7.4 and 14.8.5).

use hayro_syntax::object::{self, Dict, Name, Number};

use super::known::OF_ROLES;
use crate::read::pdf::strings;

/// Which owner has which attribute (ISO 32000-1, table 341).
const OWNERS: &[(&str, &str)] = &[
    ("ListNumbering", "List"),
    ("Scope", "Table"),
    ("Placement", "Layout"),
    ("BBox", "Layout"),
    ("WritingMode", "Layout"),
    ("BaselineShift", "Layout"),
    ("TextPosition", "Layout"),
    ("NoteType", "FENote"),
];
/// The farthest that words are raised or lowered, in points: those of a title.
const FARTHEST: f64 = 30.0;
/// The namespace of PDF 2.0 (ISO 32000-2, 14.8.6.1).
const NAMESPACE: &str = "http://iso.org/pdf2/ssn";
/// Roles that PDF 2.0 does not have.
const OLD: &[&str] = &["BlockQuote", "Caption", "Reference", "TOC", "TOCI"];

/// What the attributes of an element say that no edition does.
pub(in crate::read::pdf) fn attributes(
    all: &[Dict<'_>],
    standard: &str,
    is_2: bool,
) -> Option<String> {
    if all.len() > 1 {
        return Some(format!("an element {standard} has its attributes in parts"));
    }
    let lacks = |key: &str| all.iter().all(|own| !own.contains_key(key));
    let needed: &[&str] = match standard {
        "L" => &["ListNumbering"],
        "TH" => &["Scope"],
        "Figure" => &["Placement", "BBox"],
        "FENote" => &["NoteType"],
        _ => &[],
    };
    if let Some(key) = needed.iter().find(|key| lacks(key)) {
        return Some(format!("an element {standard} says no `{key}`"));
    }
    all.iter().find_map(|own| dictionary(own, standard, is_2))
}

fn dictionary(own: &Dict<'_>, standard: &str, is_2: bool) -> Option<String> {
    let name = |key: &str| {
        let name = own.get::<Name<'_>>(key)?;
        Some(name.as_str().to_owned())
    };
    let owner = name("O");
    let spans = ["RowSpan", "ColSpan"].iter();
    let mut spans = spans.filter_map(|key| own.get::<Number>(key));
    if spans.any(|by| by.as_i64() != 1) {
        return Some("a cell spans others".to_owned());
    }
    for key in own.keys().filter(|key| key.as_str() != "O") {
        let Some((_, of)) = OWNERS.iter().find(|(known, _)| *known == key.as_str()) else {
            return Some(format!(
                "an element says `{}`, which no edition does",
                key.as_str()
            ));
        };
        if owner.as_deref() != Some(of) {
            let key = key.as_str();
            return Some(format!(
                "an element says `{key}` of another kind of attributes"
            ));
        }
    }
    let mut misplaced = OF_ROLES.iter();
    if let Some((key, _)) =
        misplaced.find(|(key, roles)| own.contains_key(key) && !roles.contains(&standard))
    {
        return Some(format!(
            "an element {standard} says `{key}`, which none of any edition does"
        ));
    }
    if name("Placement").is_some_and(|placement| placement != "Block") {
        return Some("a figure stands in a line".to_owned());
    }
    if name("NoteType").is_some_and(|kind| kind != "Footnote") {
        return Some("a note is said to be one of another kind".to_owned());
    }
    let shift = own
        .get::<Number>("BaselineShift")
        .map(|shift| shift.as_f64());
    if shift.is_some_and(|shift| shift.abs() > FARTHEST) {
        return Some("words are said to be raised or lowered farther than any are".to_owned());
    }
    let position = name("TextPosition");
    let is_wrong = match (shift, position.as_deref()) {
        (_, Some(_)) if !is_2 => true,
        (Some(shift), Some("Sup")) => shift <= 0.0,
        (Some(shift), Some("Sub")) => shift >= 0.0,
        (Some(_), _) => is_2,
        (None, Some("Sup" | "Sub") | None) => false,
        (None, Some(_)) => true,
    };
    is_wrong.then(|| "words are raised or lowered in another way than in editions".to_owned())
}

/// What is wrong with the namespace of an element, or with its role in it.
pub(in crate::read::pdf) fn space(
    element: &Dict<'_>,
    standard: &str,
    is_2: bool,
) -> Option<String> {
    if is_2 && standard == "Div" {
        // ISO/TS 32005, 5.
        return Some("an element Div, through which readers look, stands in PDF 2.0".to_owned());
    }
    let own = element.get::<Dict<'_>>("NS");
    let own = own.map(|own| own.get::<object::String<'_>>("NS"));
    let own = own.map(|name| name.map(|name| strings::text(&name)).unwrap_or_default());
    let is_right = match own {
        None => !is_2 || OLD.contains(&standard),
        Some(name) => is_2 && name == NAMESPACE && !OLD.contains(&standard),
    };
    (!is_right).then(|| format!("an element {standard} is of another namespace than in editions"))
}
