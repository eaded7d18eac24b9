//! The settings of Word editions (ISO/IEC 29500-1, 17.15): how a word processor treats the file. All editions say the same but for what
//! follows from their language, their notes and the faces that they carry.

use super::super::dom::{Dom, Node};
use super::faults::Faults;

/// What every edition says of itself, in its order: the element, its attribute, and the values that this may have.
const SAID: &[(&str, &str, &[&str])] = &[
    ("zoom", "percent", &["100"]),
    ("defaultTabStop", "val", &["720"]),
    ("autoHyphenation", "", &[]),
    ("consecutiveHyphenLimit", "val", &["2"]),
    ("doNotHyphenateCaps", "", &[]),
    (
        "characterSpacingControl",
        "val",
        &["compressPunctuation", "doNotCompress"],
    ),
    ("compat", "", &[]),
    ("clrSchemeMapping", "", &[]),
    ("decimalSymbol", "val", &["."]),
    ("listSeparator", "val", &[","]),
];
/// What a document of today says of how it is treated (17.15.3.4).
const COMPATIBILITY: &[(&str, &str)] = &[
    ("compatibilityMode", "15"),
    ("overrideTableStyleFontSizeAndJustification", "1"),
    ("enableOpenTypeFeatures", "1"),
    ("doNotFlipMirrorIndents", "1"),
    ("differentiateMultirowTableHeaders", "1"),
    ("useWord2013TrackBottomHyphenation", "0"),
];
/// Who decides what those mean.
const DECIDED_BY: &str = "http://schemas.microsoft.com/office/word";
/// The notes that are lines above others (17.11.3).
const LINES: &[&str] = &["-1", "0"];
/// What these are among the notes.
const LINES_OF_NOTES: &[[&str; 2]] = &[["separator", "-1"], ["continuationSeparator", "0"]];

/// Tells what settings say otherwise than those of any edition.
pub(super) fn judge(settings: &Dom, notes: &Dom, fonts: &Dom, faults: &mut Faults) {
    let mut say = |what: String| faults.add("the settings", what);
    for (name, attribute, values) in SAID {
        let own: Vec<&Node> = settings.all(name).collect();
        let [own] = own.as_slice() else {
            say(format!("they do not say `{name}` once"));
            continue;
        };
        let said = own.attribute(attribute).unwrap_or_default();
        let is_right = match values {
            [] => true,
            values => values.contains(&said),
        };
        // What is on or off is on where it is there.
        if !is_right || (attribute.is_empty() && own.attribute("val").is_some()) {
            let said = own.attribute("val").unwrap_or(said);
            say(format!("`{name}` is {said}"));
        }
    }
    let compatible: Vec<[&str; 3]> = settings
        .all("compatSetting")
        .map(|own| ["name", "val", "uri"].map(|name| own.attribute(name).unwrap_or_default()))
        .collect();
    for [name, value, _] in &compatible {
        let known = COMPATIBILITY.iter().find(|(own, _)| own == name);
        if known.is_none_or(|(_, own)| own != value) {
            say(format!("`{name}` is {value}"));
        }
    }
    for (name, value) in COMPATIBILITY {
        let times = compatible
            .iter()
            .filter(|own| **own == [*name, *value, DECIDED_BY]);
        if times.count() != 1 {
            say(format!("they do not say once that `{name}` is {value}"));
        }
    }
    let carries = [
        "embedRegular",
        "embedBold",
        "embedItalic",
        "embedBoldItalic",
    ]
    .iter()
    .any(|name| fonts.all(name).next().is_some());
    if carries != settings.all("embedTrueTypeFonts").next().is_some() {
        say("they say otherwise than the file whether it carries faces".to_owned());
    }
    let lines: Vec<&str> = settings
        .all("footnote")
        .filter_map(|own| own.attribute("id"))
        .collect();
    let has_notes = notes.all("footnote").next().is_some();
    let of_notes: Vec<[&str; 2]> = notes
        .all("footnote")
        .filter(|own| own.attribute("type").is_some())
        .map(|own| ["type", "id"].map(|name| own.attribute(name).unwrap_or_default()))
        .collect();
    if has_notes && of_notes != LINES_OF_NOTES {
        say("the lines above notes that they name are not there".to_owned());
    }
    if lines != *(if has_notes { LINES } else { &[] }) {
        say("they name other lines above notes than there are".to_owned());
    }
    let is_east_asian = settings
        .all("themeFontLang")
        .any(|own| own.attribute("eastAsia").is_some());
    let is_pressed = settings
        .all("characterSpacingControl")
        .any(|own| own.attribute("val") == Some("compressPunctuation"));
    if is_pressed != is_east_asian {
        say("they set stops otherwise than their language is set".to_owned());
    }
}
