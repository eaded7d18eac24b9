//! The font table: what a machine without our faces is told to use instead (ISO/IEC 29500-1, 17.8.3).

use std::collections::BTreeSet;
use std::sync::Arc;

use skrifa::raw::TableProvider;

use super::embedded::{self, EmbeddedFamily};
use super::xml::Xml;
use crate::compose::{Composition, Span};
use crate::editions::faces::Wanted;
use crate::fonts::office::{Holds, Sets};
use crate::fonts::web::WebFaceError;
use crate::fonts::{Face, FaceId, FamilyRecord, Generic, STYLES, Use};
use crate::theme::{Family, Sheet, Slant, Theme, Weight, look_of};

/// The families of a file in the order of its font table, with the faces that it carries.
pub(super) struct Carried<'t> {
    families: Vec<CarriedFamily<'t>>,
}

/// A family that texts name.
struct CarriedFamily<'t> {
    record: &'t FamilyRecord,
    /// Its plainest face.
    regular: &'t Face,
    /// None where the file names it alone.
    embedded: Option<Arc<EmbeddedFamily>>,
}

impl Carried<'_> {
    /// The families whose faces are in the file.
    pub(super) fn embedded(&self) -> impl Iterator<Item = &EmbeddedFamily> {
        let families = self.families.iter();
        families.filter_map(|family| family.embedded.as_deref())
    }

    /// Whether the file carries no face.
    pub(super) fn is_empty(&self) -> bool {
        self.embedded().next().is_none()
    }
}

/// Serif or not, in the words of the font table (ISO/IEC 29500-1, 17.18.30).
fn kind(generic: Generic) -> &'static str {
    match generic {
        Generic::Serif => "roman",
        Generic::Sans => "swiss",
    }
}

/// The PANOSE numbers of a family in hexadecimal, as its regular face states them.
pub(super) fn panose(theme: &Theme, family: Family) -> Option<String> {
    panose_of(regular(theme, family))
}

fn panose_of(face: &Face) -> Option<String> {
    let font = face.tables().ok()?;
    let table = font.os2().ok()?;
    Some(hexadecimal(table.panose_10()))
}

/// Whether the file carries the faces of a family.
fn carries(theme: &Theme, record: &FamilyRecord) -> bool {
    theme.docx.embed_faces && record.uses.allow(Use::Docx)
}

/// The name by which texts ask for a family: that of the faces in the file, else the one under which a machine may have it.
pub(super) fn name(theme: &Theme, family: Family) -> &str {
    name_of(theme, theme.fonts.family(family))
}

/// The name by which texts ask for the typeface of a fallback face.
pub(super) fn stand_in_name(theme: &Theme, face: FaceId) -> &str {
    name_of(theme, theme.fonts.record(face))
}

fn name_of<'t>(theme: &Theme, record: &'t FamilyRecord) -> &'t str {
    match carries(theme, record) {
        true => &record.subset,
        false => &record.installed,
    }
}

/// The families that texts are set in.
fn families(theme: &Theme) -> BTreeSet<Family> {
    let faces = &theme.faces;
    BTreeSet::from([faces.text, faces.headings, faces.apparatus])
}

/// Letters of one script as many as these are a text that somebody may go on with, and want the rest of their script for.
const A_TEXT: usize = 24;

/// The faces that the file carries.
///
/// # Errors
/// [`WebFaceError`] when a face is damaged.
pub(super) fn carried<'t>(
    composition: &Composition,
    theme: &'t Theme,
    wanted: &Wanted<'_>,
) -> Result<Carried<'t>, WebFaceError> {
    let mut sets = Sets::default();
    let mut others = BTreeSet::new();
    for span in composition.texts.iter().flat_map(|text| &text.spans) {
        sets.add(&span.text);
        others.extend(Sets::others(&span.text));
    }
    let mut carried = Vec::new();
    for family in families(theme) {
        let record = theme.fonts.family(family);
        let faces = styles(composition, theme, family).into_iter();
        let face = |(weight, slant)| &theme.fonts[theme.fonts.of(family, weight, slant)];
        let faces = embedded::styled(faces.map(face));
        let regular = regular(theme, family);
        let own = others.iter().copied();
        let own = own.filter(|c| regular.glyph(*c).is_some()).collect();
        let holds = Holds::Sets(sets, own);
        let embedded = carries(theme, record).then(|| embedded::family(record, &faces, holds));
        carried.push(CarriedFamily {
            record,
            regular,
            embedded: embedded.transpose()?,
        });
    }
    // The faces of one typeface stand together, the regular one first.
    let stand_ins: Vec<FaceId> = wanted.stand_ins().into_iter().collect();
    let alike =
        |a: &FaceId, b: &FaceId| theme.fonts.record(*a).subset == theme.fonts.record(*b).subset;
    for ids in stand_ins.chunk_by(alike) {
        let record = theme.fonts.record(ids[0]);
        let faces = embedded::styled(ids.iter().map(|id| &theme.fonts[*id]));
        let letters = ids.iter().flat_map(|id| wanted.characters(*id));
        let letters: BTreeSet<char> = letters.collect();
        let whole =
            letters.len() >= A_TEXT && faces.iter().all(|(_, face)| face.alphabet().is_some());
        let holds = match whole {
            true => Holds::Alphabet,
            false => Holds::These(letters),
        };
        let embedded = carries(theme, record).then(|| embedded::family(record, &faces, holds));
        carried.push(CarriedFamily {
            record,
            regular: &theme.fonts[ids[0]],
            embedded: embedded.transpose()?,
        });
    }
    Ok(Carried { families: carried })
}

/// The styles of a family in the file: all four where text may be set in it; of one for captions and tables alone the heaviest
/// slanted only where the piece has words in it.
fn styles(composition: &Composition, theme: &Theme, family: Family) -> Vec<(Weight, Slant)> {
    if [theme.faces.text, theme.faces.headings].contains(&family) {
        return STYLES.to_vec();
    }
    let sheet = Sheet::of(theme);
    let heavy_and_slanted = composition.texts.iter().any(|text| {
        let row = sheet[text.kind];
        let in_it =
            |span: &Span| look_of(row.weight, row.slant, span) == (Weight::Semibold, Slant::Italic);
        row.face.family(&theme.faces) == family && text.spans.iter().any(in_it)
    });
    let mut styles = STYLES.to_vec();
    styles.retain(|style| heavy_and_slanted || *style != (Weight::Semibold, Slant::Italic));
    styles
}

/// The part `word/fontTable.xml`.
pub(super) fn part(theme: &Theme, carried: &Carried<'_>) -> Vec<u8> {
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
    // Families of a theme may be of one name: the one whose faces are in the file stands for all.
    let with = carried.families.iter();
    let with = with.filter(|family| family.embedded.is_some());
    let with: BTreeSet<&str> = with.map(|own| name_of(theme, own.record)).collect();
    let mut known = BTreeSet::new();
    for family in &carried.families {
        let name = name_of(theme, family.record);
        let is_carried = family.embedded.is_some() || !with.contains(name);
        if is_carried && known.insert(name) {
            font(&mut xml, theme, family);
        }
    }
    xml.finish()
}

fn font(xml: &mut Xml, theme: &Theme, family: &CarriedFamily<'_>) {
    let record = family.record;
    xml.open("w:font", &[("w:name", name_of(theme, record))]);
    // A machine that does not read the faces in the file may have their originals.
    let instead = match carries(theme, record) {
        true => &record.installed,
        false => record.instead,
    };
    xml.leaf("w:altName", &[("w:val", instead)]);
    if let Some(panose) = panose_of(family.regular) {
        xml.leaf("w:panose1", &[("w:val", &panose)]);
    }
    xml.leaf("w:charset", &[("w:val", "00")]);
    xml.leaf("w:family", &[("w:val", kind(record.generic))]);
    xml.leaf("w:pitch", &[("w:val", "variable")]);
    if let Some(ranges) = signature(family.regular) {
        let names = ["w:usb0", "w:usb1", "w:usb2", "w:usb3", "w:csb0", "w:csb1"];
        let attributes: Vec<_> = names
            .into_iter()
            .zip(ranges.iter().map(String::as_str))
            .collect();
        xml.leaf("w:sig", &attributes);
    }
    for file in family.embedded.iter().flat_map(|family| &family.files) {
        let attributes = [
            ("r:id", file.relationship.as_str()),
            ("w:fontKey", &file.key),
        ];
        xml.leaf(file.element, &attributes);
    }
    xml.close();
}

/// Which parts of Unicode and which code pages the family covers, as its regular face states them.
fn signature(face: &Face) -> Option<[String; 6]> {
    let font = face.tables().ok()?;
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
