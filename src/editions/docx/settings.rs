//! The settings: how Word treats the file (ISO/IEC 29500-1, 17.15).

use super::digits;
use super::faces::Carried;
use super::languages;
use super::slots::Slot;
use super::xml::Xml;
use crate::compose::Composition;

/// What a current Word does with a file it made itself; without these it would open in compatibility mode.
const COMPATIBILITY: &[(&str, &str)] = &[
    ("compatibilityMode", "15"),
    ("overrideTableStyleFontSizeAndJustification", "1"),
    ("enableOpenTypeFeatures", "1"),
    ("doNotFlipMirrorIndents", "1"),
    ("differentiateMultirowTableHeaders", "1"),
    ("useWord2013TrackBottomHyphenation", "0"),
];

/// The part `word/settings.xml`.
pub(super) fn part(composition: &Composition, carried: &Carried<'_>) -> Vec<u8> {
    let mut xml = Xml::new(
        "w:settings",
        &[(
            "xmlns:w",
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        )],
    );
    xml.leaf("w:zoom", &[("w:percent", "100")]);
    if !carried.is_empty() {
        // Whoever saves the file keeps its faces in it, whole.
        xml.leaf("w:embedTrueTypeFonts", &[]);
    }
    xml.leaf("w:defaultTabStop", &[("w:val", "720")]);
    // Styles say where words stay whole.
    xml.leaf("w:autoHyphenation", &[]);
    xml.leaf("w:consecutiveHyphenLimit", &[("w:val", "2")]);
    xml.leaf("w:doNotHyphenateCaps", &[]);
    // Stops of East Asian text take half their square where two meet.
    let spacing = match Slot::of_language(&composition.record.language) {
        Slot::EastAsian => "compressPunctuation",
        Slot::Latin | Slot::Complex => "doNotCompress",
    };
    xml.leaf("w:characterSpacingControl", &[("w:val", spacing)]);
    if !composition.notes.is_empty() {
        xml.open("w:footnotePr", &[]);
        let format = digits::of(composition.digits).list;
        if format != digits::DECIMAL.list {
            xml.leaf("w:numFmt", &[("w:val", format)]);
        }
        xml.leaf("w:footnote", &[("w:id", "-1")]);
        xml.leaf("w:footnote", &[("w:id", "0")]);
        xml.close();
    }
    xml.open("w:compat", &[]);
    for (name, value) in COMPATIBILITY {
        xml.leaf(
            "w:compatSetting",
            &[
                ("w:name", name),
                ("w:uri", "http://schemas.microsoft.com/office/word"),
                ("w:val", value),
            ],
        );
    }
    xml.close();
    xml.leaf(
        "w:themeFontLang",
        &languages::attributes(&composition.record.language, languages::Of::Piece),
    );
    xml.leaf(
        "w:clrSchemeMapping",
        &[
            ("w:bg1", "light1"),
            ("w:t1", "dark1"),
            ("w:bg2", "light2"),
            ("w:t2", "dark2"),
            ("w:accent1", "accent1"),
            ("w:accent2", "accent2"),
            ("w:accent3", "accent3"),
            ("w:accent4", "accent4"),
            ("w:accent5", "accent5"),
            ("w:accent6", "accent6"),
            ("w:hyperlink", "hyperlink"),
            ("w:followedHyperlink", "followedHyperlink"),
        ],
    );
    xml.leaf("w:decimalSymbol", &[("w:val", ".")]);
    xml.leaf("w:listSeparator", &[("w:val", ",")]);
    xml.finish()
}
