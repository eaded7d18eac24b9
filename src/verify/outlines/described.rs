//! What a PDF says of a font as a whole: the measures of the face that it names, and six letters that stand for its program
//! (ISO 32000-1, 9.6.4 and 9.8).

use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::Metrics;
use skrifa::raw::TableProvider;
use skrifa::{FontRef, MetadataProvider};

use crate::digest::Sha256;
use crate::fonts::Face;
use crate::read::{Described, EmbeddedFont, FontProgram};

/// Letters are as wide as this that have no width of their own.
const USUAL: i64 = 1000;
/// They are those of Latin, and may be slanted (table 123).
const PLAIN: i64 = 1 << 5;
const SLANTED: i64 = 1 << 6;

/// What is wrong with what a file says of a font.
pub(super) fn odd(font: &EmbeddedFont, face: &Face) -> Option<String> {
    let name = &font.name;
    if let FontProgram::TrueType(program) | FontProgram::Cff(program) = &font.program
        && tag(program) != font.tag
    {
        return Some(format!(
            "the font {name} is not the one that the letters before its name were made of"
        ));
    }
    let should = of(face)?;
    (font.described != should)
        .then(|| format!("the font {name} is described otherwise than the face of that name"))
}

/// Six capital letters that tell a subset from others of its face.
fn tag(program: &[u8]) -> String {
    let digest = Sha256::of(program);
    let letters = digest.as_bytes().iter().take(6);
    letters.map(|byte| char::from(b'A' + byte % 26)).collect()
}

/// What is to be said of a face.
fn of(face: &Face) -> Option<Described> {
    let font = FontRef::from_index(face.data(), face.index()).ok()?;
    let metrics = font.metrics(Size::unscaled(), LocationRef::default());
    let scale = 1000.0 / f64::from(metrics.units_per_em.max(1));
    let thousandths = |units: f32| (f64::from(units) * scale).round() as i64;
    let ascent = thousandths(metrics.ascent);
    let angle = angle(&metrics);
    let weight = font.os2().map_or(400, |os2| os2.us_weight_class());
    let bounds = metrics.bounds.unwrap_or_default();
    let bounds = [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max];
    Some(Described {
        ascent: Some(ascent),
        descent: Some(thousandths(metrics.descent)),
        capitals: Some(metrics.cap_height.map_or(ascent, thousandths)),
        angle: Some(angle),
        stems: Some(match weight {
            0 => 80,
            weight => {
                let broad = f32::from(weight) / 65.0;
                50 + (broad * broad).round() as i64
            }
        }),
        flags: Some(PLAIN | if angle == 0 { 0 } else { SLANTED }),
        bounds: bounds.map(thousandths).to_vec(),
        usual: Some(USUAL),
    })
}

/// How many whole degrees letters lean to the left, by the slope of the line that stands between them.
fn angle(metrics: &Metrics) -> i64 {
    let run = (-f64::from(metrics.italic_angle).to_radians().tan() * 1000.0).round();
    (-run.atan2(1000.0).to_degrees()).round() as i64
}
