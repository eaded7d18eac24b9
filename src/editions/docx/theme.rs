//! The theme: our colours and faces where Word's panels show them (ISO/IEC 29500-1, 20.1.6.9).

use super::faces;
use super::xml::Xml;
use crate::theme::{Colour, Family, Theme};

/// Faces by script for text that our own faces do not cover: the ones that Word's own themes name.
const BY_SCRIPT: &[(&str, &str)] = &[
    ("Jpan", "Yu Mincho"),
    ("Hang", "Malgun Gothic"),
    ("Hans", "DengXian"),
    ("Hant", "PMingLiU"),
    ("Arab", "Times New Roman"),
    ("Hebr", "Times New Roman"),
    ("Thai", "Angsana New"),
    ("Beng", "Vrinda"),
    ("Deva", "Mangal"),
    ("Gujr", "Shruti"),
    ("Guru", "Raavi"),
    ("Taml", "Latha"),
    ("Telu", "Gautami"),
];

/// The part `word/theme/theme1.xml`.
pub(super) fn part(theme: &Theme) -> Vec<u8> {
    let mut xml = Xml::new(
        "a:theme",
        &[
            (
                "xmlns:a",
                "http://schemas.openxmlformats.org/drawingml/2006/main",
            ),
            ("name", &theme.name),
        ],
    );
    xml.open("a:themeElements", &[]);
    colours(&mut xml, theme);
    xml.open("a:fontScheme", &[("name", &theme.name)]);
    face(&mut xml, "a:majorFont", theme, theme.faces.headings);
    face(&mut xml, "a:minorFont", theme, theme.faces.text);
    xml.close();
    formats(&mut xml, &theme.name);
    xml.finish()
}

fn colours(xml: &mut Xml, theme: &Theme) {
    let colours = &theme.colours;
    xml.open("a:clrScheme", &[("name", &theme.name)]);
    for (name, colour) in [
        ("a:dk1", colours.text),
        ("a:lt1", colours.paper),
        ("a:dk2", colours.headings),
        ("a:lt2", colours.cover_text),
        ("a:accent1", colours.accent),
        ("a:accent2", colours.quiet),
        ("a:accent3", colours.rules),
        ("a:accent4", colours.cover_paper),
        ("a:accent5", colours.cover_accent),
        ("a:accent6", colours.links),
        ("a:hlink", colours.links),
        ("a:folHlink", colours.links),
    ] {
        colour_of(xml, name, colour);
    }
    xml.close();
}

fn colour_of(xml: &mut Xml, name: &'static str, colour: Colour) {
    xml.open(name, &[]);
    xml.leaf("a:srgbClr", &[("val", &colour.to_string())]);
    xml.close();
}

fn face(xml: &mut Xml, name: &'static str, theme: &Theme, family: Family) {
    let known = faces::name(theme, family);
    xml.open(name, &[]);
    match faces::panose(theme, family) {
        Some(panose) => xml.leaf("a:latin", &[("typeface", known), ("panose", &panose)]),
        None => xml.leaf("a:latin", &[("typeface", known)]),
    }
    xml.leaf("a:ea", &[("typeface", "")]);
    xml.leaf("a:cs", &[("typeface", "")]);
    for (script, typeface) in BY_SCRIPT {
        xml.leaf("a:font", &[("script", script), ("typeface", typeface)]);
    }
    xml.close();
}

/// The looks of shapes, three of each as the schema asks (20.1.4.1.14): plain, for the document has no shapes.
fn formats(xml: &mut Xml, name: &str) {
    xml.open("a:fmtScheme", &[("name", name)]);
    fills(xml, "a:fillStyleLst");
    xml.open("a:lnStyleLst", &[]);
    for width in ["6350", "12700", "19050"] {
        xml.open("a:ln", &[("w", width)]);
        fill(xml);
        xml.close();
    }
    xml.close();
    xml.open("a:effectStyleLst", &[]);
    for _ in 0..3 {
        xml.open("a:effectStyle", &[]);
        xml.leaf("a:effectLst", &[]);
        xml.close();
    }
    xml.close();
    fills(xml, "a:bgFillStyleLst");
    xml.close();
}

fn fills(xml: &mut Xml, name: &'static str) {
    xml.open(name, &[]);
    for _ in 0..3 {
        fill(xml);
    }
    xml.close();
}

fn fill(xml: &mut Xml) {
    xml.open("a:solidFill", &[]);
    xml.leaf("a:schemeClr", &[("val", "phClr")]);
    xml.close();
}
