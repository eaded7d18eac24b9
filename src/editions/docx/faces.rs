//! The font table: what a machine without our faces is told to use instead (ISO/IEC 29500-1, 17.8.3).

use skrifa::raw::TableProvider;

use super::xml::Xml;
use crate::fonts::{Face, Generic};
use crate::theme::{Family, Slant, Theme, Weight};

/// Serif or not, in the words of the font table (ISO/IEC 29500-1, 17.18.30).
fn kind(generic: Generic) -> &'static str {
    match generic {
        Generic::Serif => "roman",
        Generic::Sans => "swiss",
    }
}

/// The PANOSE numbers of a family in hexadecimal, as its regular face states them.
pub(super) fn panose(theme: &Theme, family: Family) -> Option<String> {
    let font = regular(theme, family).tables().ok()?;
    let table = font.os2().ok()?;
    Some(hexadecimal(table.panose_10()))
}

/// The part `word/fontTable.xml`.
pub(super) fn part(theme: &Theme) -> Vec<u8> {
    let faces = &theme.faces;
    let mut families = vec![faces.text, faces.headings, faces.apparatus];
    families.sort();
    families.dedup();
    let mut xml = Xml::new(
        "w:fonts",
        &[(
            "xmlns:w",
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        )],
    );
    for family in families {
        font(&mut xml, theme, family);
    }
    xml.finish()
}

fn font(xml: &mut Xml, theme: &Theme, family: Family) {
    let record = theme.fonts.family(family);
    xml.open("w:font", &[("w:name", &record.installed)]);
    xml.leaf("w:altName", &[("w:val", record.instead)]);
    if let Some(panose) = panose(theme, family) {
        xml.leaf("w:panose1", &[("w:val", &panose)]);
    }
    xml.leaf("w:charset", &[("w:val", "00")]);
    xml.leaf("w:family", &[("w:val", kind(record.generic))]);
    xml.leaf("w:pitch", &[("w:val", "variable")]);
    if let Some(ranges) = signature(theme, family) {
        let names = ["w:usb0", "w:usb1", "w:usb2", "w:usb3", "w:csb0", "w:csb1"];
        let attributes: Vec<_> = names
            .into_iter()
            .zip(ranges.iter().map(String::as_str))
            .collect();
        xml.leaf("w:sig", &attributes);
    }
    xml.close();
}

/// Which parts of Unicode and which code pages the family covers, as its regular face states them.
fn signature(theme: &Theme, family: Family) -> Option<[String; 6]> {
    let font = regular(theme, family).tables().ok()?;
    let table = font.os2().ok()?;
    let ranges = [
        table.ul_unicode_range_1(),
        table.ul_unicode_range_2(),
        table.ul_unicode_range_3(),
        table.ul_unicode_range_4(),
        table.ul_code_page_range_1().unwrap_or_default(),
        table.ul_code_page_range_2().unwrap_or_default(),
    ];
    Some(ranges.map(|range| hexadecimal(&range.to_be_bytes())))
}

fn regular(theme: &Theme, family: Family) -> &Face {
    let fonts = &theme.fonts;
    &fonts[fonts.of(family, Weight::Regular, Slant::Upright)]
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}
