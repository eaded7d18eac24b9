//! The font table: what a machine without our faces is told to use instead (ISO/IEC 29500-1, 17.8.3).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use skrifa::raw::TableProvider;

use super::embedded::{self, EmbeddedFamily, FaceFile, Styles};
use super::xml::Xml;
use crate::compose::{Composition, Span};
use crate::fonts::office::Sets;
use crate::fonts::web::WebFaceError;
use crate::fonts::{Face, Generic, Use};
use crate::theme::{Family, Sheet, Slant, Theme, Weight};

/// The faces that a file carries, by family.
pub(super) type Carried = BTreeMap<Family, Arc<EmbeddedFamily>>;

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

/// Whether the file carries the faces of a family.
fn carries(theme: &Theme, family: Family) -> bool {
    theme.docx.embed_faces && theme.fonts.family(family).uses.allow(Use::Docx)
}

/// The name by which texts ask for a family: that of the faces in the file, else the one under which a machine may have it.
pub(super) fn name(theme: &Theme, family: Family) -> &str {
    let record = theme.fonts.family(family);
    match carries(theme, family) {
        true => &record.subset,
        false => &record.installed,
    }
}

/// The families that texts are set in.
fn families(theme: &Theme) -> BTreeSet<Family> {
    let faces = &theme.faces;
    BTreeSet::from([faces.text, faces.headings, faces.apparatus])
}

/// The faces that the file carries, by family.
///
/// # Errors
/// [`WebFaceError`] when a face is damaged.
pub(super) fn carried(composition: &Composition, theme: &Theme) -> Result<Carried, WebFaceError> {
    let mut sets = Sets::default();
    for text in &composition.texts {
        text.spans.iter().for_each(|span| sets.add(&span.text));
    }
    let families = families(theme).into_iter();
    let families = families.filter(|family| carries(theme, *family));
    families
        .map(|family| {
            let styles = styles(composition, theme, family);
            Ok((family, embedded::family(theme, family, styles, sets)?))
        })
        .collect()
}

/// The styles of a family in the file: all four where text may be set in it; of one for captions and tables alone the heaviest
/// slanted only where the piece has words in it.
fn styles(composition: &Composition, theme: &Theme, family: Family) -> Styles {
    if [theme.faces.text, theme.faces.headings].contains(&family) {
        return Styles::All;
    }
    let sheet = Sheet::of(theme);
    let heavy_and_slanted = composition.texts.iter().any(|text| {
        let row = sheet[text.kind];
        let in_it = |span: &Span| {
            row.weight.of_words(span.strong) == Weight::Semibold
                && row.slant.of_words(span.emphasis) == Slant::Italic
        };
        row.face.family(&theme.faces) == family && text.spans.iter().any(in_it)
    });
    match heavy_and_slanted {
        true => Styles::All,
        false => Styles::WithoutBoldItalic,
    }
}

/// The part `word/fontTable.xml`.
pub(super) fn part(theme: &Theme, carried: &Carried) -> Vec<u8> {
    let mut xml = Xml::new(
        "w:fonts",
        &[
            (
                "xmlns:w",
                "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            ),
            (
                "xmlns:r",
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            ),
        ],
    );
    for family in families(theme) {
        let files = carried.get(&family).map(|family| family.files.as_slice());
        font(&mut xml, theme, family, files.unwrap_or_default());
    }
    xml.finish()
}

fn font(xml: &mut Xml, theme: &Theme, family: Family, files: &[FaceFile]) {
    let record = theme.fonts.family(family);
    xml.open("w:font", &[("w:name", name(theme, family))]);
    // A machine that does not read the faces in the file may have their originals.
    let instead = match carries(theme, family) {
        true => &record.installed,
        false => record.instead,
    };
    xml.leaf("w:altName", &[("w:val", instead)]);
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
    for file in files {
        let attributes = [
            ("r:id", file.relationship.as_str()),
            ("w:fontKey", &file.key),
        ];
        xml.leaf(file.element, &attributes);
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
