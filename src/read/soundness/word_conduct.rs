//! What Word documents do besides saying their words.

use unicode_bidi::BidiClass;

use super::super::dom::{Dom, Node, ROOT, below};
use super::faults::Faults;
use crate::piece::{Direction, LanguageTag};

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
    "TOC", "PAGE", "PAGEREF", "NUMPAGES", "NOTEREF", "EQ", "ADVANCE",
];

pub(super) fn conduct(part: &Dom, name: &str, faults: &mut Faults) {
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
            "docPr"
                if node
                    .attribute("descr")
                    .is_none_or(|words| words.trim().is_empty()) =>
            {
                faults.add(name, picture("says nothing"));
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
    for id in part.descendants(ROOT) {
        odd(part, part.node(id), name, faults);
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

/// Whether a size is nothing, in English Metric Units.
fn is_nothing(node: &Node, sides: &[&str]) -> bool {
    let mut sides = sides
        .iter()
        .filter_map(|side| node.attribute(side)?.parse::<i64>().ok());
    sides.any(|by| by < 12_700)
}

/// Looks that a run has of its own: in an edition they are those of its style.
const ODD: &[&str] = &[
    "outline",
    "emboss",
    "imprint",
    "shadow",
    "effect",
    "fitText",
    "textFill",
    "textOutline",
    "glow",
    "reflection",
    "props3d",
    "scene3d",
    "smallCaps",
    "u",
    "em",
    "highlight",
    "bdr",
    "eastAsianLayout",
];
/// Pictures and frames that stand so far off are off the page, in English Metric Units.
const FAR: i64 = 12_000_000;

/// What an element of a document does besides holding words.
fn odd(part: &Dom, node: &Node, name: &str, faults: &mut Faults) {
    let value = |name: &str| node.attribute(name).unwrap_or_default();
    let number = |name: &str| value(name).parse::<i64>().unwrap_or(0);
    let mut picture = |what: &str| faults.add(name, format!("a picture {what}"));
    match node.name.as_str() {
        "srcRect" if ["l", "t", "r", "b"].iter().any(|side| number(side) != 0) => {
            picture("is cut");
        }
        "xfrm" if number("rot") != 0 || is_true(value("flipH")) || is_true(value("flipV")) => {
            picture("is turned");
        }
        "blip"
            if node.children.iter().any(|id| {
                let name = part.node(*id).name.as_str();
                !name.is_empty() && name != "extLst"
            }) =>
        {
            picture("is shown otherwise than it is");
        }
        "anchor" if is_true(value("behindDoc")) => picture("stands behind the text"),
        "hlinkClick" | "hlinkHover" => picture("leads elsewhere"),
        "cNvPr"
            if node.attribute("descr").is_some_and(|words| {
                let mut all = part.all("docPr");
                !words.is_empty() && !all.any(|own| own.attribute("descr") == Some(words))
            }) =>
        {
            picture("says two things");
        }
        "posOffset"
            if part
                .words_of(node)
                .trim()
                .parse::<i64>()
                .is_ok_and(|by| by.abs() > FAR) =>
        {
            picture("stands off the page");
        }
        "extent" if number("cx") < 60_000 || number("cy") < 60_000 => picture("has no room"),
        "gridCol" if node.attribute("w").is_some() && number("w") < 60 => {
            faults.add(name, "a column of a table has no room");
        }
        "tblDescription" => faults.add(name, "a table says more than its words"),
        "tblCaption" => {
            let letters =
                |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
            let words = value("val").trim();
            let own = letters(words);
            // Marks of notes may stand in its paragraph.
            let is_said = part.all("p").any(|one| {
                let whole = letters(&said(part, one));
                let mut whole = whole.chars();
                own.chars().all(|c| whole.any(|other| other == c))
            });
            if !is_said {
                faults.add(name, format!("a table is said to be “{words}”"));
            }
        }
        "framePr" => faults.add(name, "a paragraph stands in a frame"),
        "background" => faults.add(name, "its pages are coloured"),
        "endnoteReference" => faults.add(name, "it holds a note at its end"),
        "sdt" if below(part, node, &["sdtPr", "docPartObj"]).is_none() => {
            faults.add(name, "words of it stand in a control");
        }
        "p" => {
            let style = below(part, node, &["pPr", "pStyle"]).and_then(|own| own.attribute("val"));
            let is_heading = style.is_some_and(|style| style.starts_with("Heading"));
            if is_heading && said(part, node).trim().is_empty() {
                faults.add(name, "a heading says nothing");
            }
        }
        "r" => {
            for own in below(part, node, &["rPr"])
                .iter()
                .flat_map(|own| &own.children)
            {
                let look = part.node(*own);
                let is_off = matches!(look.attribute("val"), Some("0" | "false" | "off" | "none"));
                if ODD.contains(&look.name.as_str()) && !is_off {
                    let words = said(part, node);
                    faults.add(
                        name,
                        format!("“{}” has a look of its own (`{}`)", words.trim(), look.name),
                    );
                }
            }
            if let Some(colour) = below(part, node, &["rPr", "color"])
                && colour.attribute("val") != Some("auto")
            {
                let words = said(part, node);
                faults.add(name, format!("“{}” has a colour of its own", words.trim()));
            }
        }
        _ => {}
    }
}

fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true" | "on")
}

/// The words in an element.
fn said(part: &Dom, node: &Node) -> String {
    let all = part.descendants_of(node).map(|id| part.node(id));
    let words = all.filter(|node| node.name == "t");
    words.map(|node| part.words_of(node)).collect()
}

/// Settings that change what is shown or where it comes from.
const SETTINGS: &[&str] = &[
    "attachedTemplate",
    "mailMerge",
    "docVars",
    "evenAndOddHeaders",
    "updateFields",
    "writeProtection",
    "linkStyles",
    "saveThroughXslt",
    "mirrorMargins",
    "gutterAtTop",
    "bookFoldPrinting",
    "docEvents",
];

/// Judges settings: nothing in them brings words in, or counts notes in another way.
pub(super) fn settings(settings: &Dom, styles: &Dom, faults: &mut Faults) {
    let place = "the settings";
    for id in settings.descendants(ROOT) {
        let node = settings.node(id);
        let name = node.name.as_str();
        let is_off = matches!(node.attribute("val"), Some("0" | "false" | "off"));
        if SETTINGS.contains(&name) && !is_off {
            faults.add(place, format!("they change what is shown (`{name}`)"));
        }
    }
    for notes in settings.all("footnotePr") {
        let value =
            |name: &str| below(settings, notes, &[name]).and_then(|own| own.attribute("val"));
        let is_plain = matches!(
            value("numFmt"),
            None | Some("decimal" | "hindiNumbers" | "thaiNumbers")
        );
        let is_whole = matches!(value("numRestart"), None | Some("continuous"));
        let is_below = matches!(value("pos"), None | Some("pageBottom"));
        if !(is_plain && is_whole && is_below) {
            faults.add(place, "notes are counted or put otherwise");
        }
    }
    let language = language(styles);
    let theme = settings.all("themeFontLang").next();
    let theme = theme.and_then(|own| own.attribute("val"));
    if let Some(own) = theme.filter(|own| !own.is_empty() && Some(*own) != language) {
        faults.add(place, format!("they name another language ({own})"));
    }
}

fn language(styles: &Dom) -> Option<&str> {
    styles.all("lang").find_map(|lang| lang.attribute("val"))
}

/// Judges sections: pages that are counted from elsewhere, too small for words, or run another way.
pub(super) fn sections(document: &Dom, styles: &Dom, faults: &mut Faults) {
    let tag = language(styles).and_then(|own| LanguageTag::parse(own).ok());
    let is_left = tag.is_none_or(|tag| tag.direction() == Direction::LeftToRight);
    for section in document.all("sectPr") {
        let part = |name: &str| below(document, section, &[name]);
        let number = |name: &str, attribute: &str| {
            part(name).and_then(|own| own.attribute(attribute)?.parse::<i64>().ok())
        };
        let mut say = |what: &str| faults.add("the pages", what);
        if part("pgNumType").is_some_and(|own| {
            own.attribute("start").is_some()
                || own
                    .attribute("fmt")
                    .is_some_and(|own| !matches!(own, "decimal" | "hindiNumbers" | "thaiNumbers"))
        }) {
            say("they are counted from elsewhere, or in another way");
        }
        let (width, height) = (number("pgSz", "w"), number("pgSz", "h"));
        let sides = ["left", "right"].map(|side| number("pgMar", side).unwrap_or(0));
        let room = width.map(|width| width - sides[0] - sides[1]);
        if room.is_some_and(|room| room < 1500) || height.is_some_and(|height| height < 3000) {
            say("they leave no room for words");
        }
        if number("cols", "num").is_some_and(|count| count > 1) {
            say("they have columns");
        }
        if part("lnNumType").is_some() {
            say("their lines are counted");
        }
        let way = part("textDirection").and_then(|own| own.attribute("val"));
        if way.is_some_and(|way| way != "lrTb") || part("bidi").is_some() && is_left {
            say("their text runs another way");
        }
    }
    if !is_left {
        return;
    }
    let is_alone = |words: &str| {
        let classes = words.chars().map(unicode_bidi::bidi_class);
        let mut strong = classes
            .filter(|class| matches!(class, BidiClass::L | BidiClass::R | BidiClass::AL))
            .peekable();
        strong.peek().is_some() && strong.all(|class| class == BidiClass::L)
    };
    for (element, properties, name) in [
        ("p", "pPr", "bidi"),
        ("r", "rPr", "rtl"),
        ("tbl", "tblPr", "bidiVisual"),
    ] {
        for node in document.all(element) {
            let turned = below(document, node, &[properties, name]);
            let is_on = turned
                .is_some_and(|own| !matches!(own.attribute("val"), Some("0" | "false" | "off")));
            if is_on && is_alone(&said(document, node)) {
                let words: String = said(document, node).chars().take(40).collect();
                faults.add(
                    "the text",
                    format!("it runs against its letters: “{words}”"),
                );
            }
        }
    }
}

/// The theme's colours and faces are those that styles name beside it; table styles hide nothing.
pub(super) fn theme(theme: &Dom, styles: &Dom, faults: &mut Faults) {
    const COLOURS: &[(&str, &str)] = &[
        ("text1", "dk1"),
        ("dark1", "dk1"),
        ("text2", "dk2"),
        ("dark2", "dk2"),
        ("background1", "lt1"),
        ("light1", "lt1"),
        ("background2", "lt2"),
        ("light2", "lt2"),
        ("accent1", "accent1"),
        ("accent2", "accent2"),
        ("accent3", "accent3"),
        ("accent4", "accent4"),
        ("accent5", "accent5"),
        ("accent6", "accent6"),
        ("hyperlink", "hlink"),
        ("followedHyperlink", "folHlink"),
    ];
    let colour = |name: &str| {
        let (_, of) = COLOURS.iter().find(|(own, _)| *own == name)?;
        let node = theme.all(of).next()?;
        let colour = theme.descendants_of(node).next().map(|id| theme.node(id))?;
        let colour = colour.attribute("lastClr").or(colour.attribute("val"))?;
        Some(colour.to_ascii_uppercase())
    };
    for own in styles.all("color") {
        let (Some(name), Some(value)) = (own.attribute("themeColor"), own.attribute("val")) else {
            continue;
        };
        let is_changed = own
            .attribute("themeTint")
            .or(own.attribute("themeShade"))
            .is_some();
        if !is_changed && colour(name).is_some_and(|of| of != value.to_ascii_uppercase()) {
            faults.add(
                "the theme",
                format!("its colour `{name}` is not that of the styles"),
            );
            break;
        }
    }
    let face = |font: &str| {
        let node = theme.all(font).next()?;
        let latin = theme.descendants_of(node).map(|id| theme.node(id));
        let mut latin = latin.filter(|node| node.name == "latin");
        latin.next()?.attribute("typeface")
    };
    for own in styles.all("rFonts") {
        let (Some(name), Some(value)) = (own.attribute("asciiTheme"), own.attribute("ascii"))
        else {
            continue;
        };
        let of = face(if name.starts_with("major") {
            "majorFont"
        } else {
            "minorFont"
        });
        if of.is_some_and(|of| !of.is_empty() && of != value) {
            faults.add(
                "the theme",
                format!("its face is not the {value} of the styles"),
            );
            break;
        }
    }
    for style in styles
        .all("style")
        .filter(|own| own.attribute("type") == Some("table"))
    {
        let hides = styles.descendants_of(style).any(|id| {
            let node = styles.node(id);
            node.name == "vanish"
                || node.name == "color"
                    && node
                        .attribute("val")
                        .is_some_and(|own| own.eq_ignore_ascii_case("ffffff"))
        });
        if hides {
            faults.add("the styles", "a style of tables hides words");
        }
    }
}
