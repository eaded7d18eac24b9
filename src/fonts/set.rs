//! A set of faces: the embedded ones, and those that a theme or the command line brings along.

use std::fmt;
use std::sync::{Arc, LazyLock};

use super::embedded::{FACES, FAMILIES};
use super::fallbacks::{CJK, FALLBACKS};
use super::{Face, Family, FamilyRecord, Han, Hand, OwnFace, STYLES, Slant, Uses, Weight};

/// Names a face of a [`FaceSet`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub u16);

/// Faces with the families they form. The embedded ones come first in every set, so that their names mean the same in all.
///
/// Sets share the faces that they have in common, bytes and all.
#[derive(Clone)]
pub struct FaceSet {
    faces: Vec<Arc<Face>>,
    /// What editions say of the typeface of each.
    records: Vec<Arc<FamilyRecord>>,
    families: Vec<FamilyFaces>,
    /// In the order in which they are asked.
    fallbacks: Vec<FaceId>,
    /// The forms of ideographs where nothing else says them.
    pub han: Han,
    /// The hand in which Urdu, Punjabi and Kashmiri are set.
    pub urdu: Hand,
}

/// A family and its four faces, in the order of [`STYLES`].
#[derive(Clone)]
struct FamilyFaces {
    record: Arc<FamilyRecord>,
    faces: [FaceId; 4],
}

static EMBEDDED: LazyLock<Arc<FaceSet>> = LazyLock::new(|| {
    let mut set = FaceSet {
        faces: FACES.iter().map(|face| Arc::new(face.face())).collect(),
        records: Vec::new(),
        han: Han::default(),
        urdu: Hand::Nastaliq,
        families: Vec::new(),
        fallbacks: Vec::new(),
    };
    for (index, record) in FAMILIES.iter().enumerate() {
        let first = (index * STYLES.len()) as u16;
        let record = Arc::new(record.clone());
        set.records.extend(STYLES.map(|_| Arc::clone(&record)));
        set.families.push(FamilyFaces {
            record,
            faces: [0, 1, 2, 3].map(|style| FaceId(first + style)),
        });
    }
    let mut known: Option<(&str, Arc<FamilyRecord>)> = None;
    for fallback in FALLBACKS.iter().chain(&CJK) {
        // Faces of one typeface stand together.
        let record = match &known {
            Some((typeface, record)) if *typeface == fallback.typeface() => Arc::clone(record),
            _ => Arc::new(fallback.record()),
        };
        known = Some((fallback.typeface(), Arc::clone(&record)));
        let id = set.add(fallback.face(), record);
        set.fallbacks.push(id);
    }
    Arc::new(set)
});

impl FaceSet {
    /// The embedded faces alone.
    #[must_use]
    pub fn embedded() -> &'static Arc<Self> {
        &EMBEDDED
    }

    /// The face of a family with a weight and a slant.
    #[must_use]
    pub fn of(&self, family: Family, weight: Weight, slant: Slant) -> FaceId {
        let style =
            2 * usize::from(weight == Weight::Semibold) + usize::from(slant == Slant::Italic);
        self.families[usize::from(family.0)].faces[style]
    }

    /// What editions say of a family.
    #[must_use]
    pub fn family(&self, family: Family) -> &FamilyRecord {
        &self.families[usize::from(family.0)].record
    }

    /// Every face.
    pub fn ids(&self) -> impl Iterator<Item = FaceId> + use<> {
        (0..self.faces.len() as u16).map(FaceId)
    }

    /// The faces for characters that a family lacks, in the order in which they are asked.
    #[must_use]
    pub fn fallbacks(&self) -> &[FaceId] {
        &self.fallbacks
    }

    /// What editions say of the typeface that a face belongs to, a family or that of a fallback face.
    #[must_use]
    pub fn record(&self, face: FaceId) -> &FamilyRecord {
        &self.records[usize::from(face.0)]
    }

    /// Adds a family of four faces, in the order of [`STYLES`].
    pub fn add_family(&mut self, record: FamilyRecord, faces: [Face; 4]) -> Family {
        let family = Family(self.families.len() as u8);
        let record = Arc::new(record);
        let faces = faces.map(|face| {
            let face = Face {
                family: Some(family),
                ..face
            };
            self.add(face, Arc::clone(&record))
        });
        self.families.push(FamilyFaces { record, faces });
        family
    }

    /// Adds a fallback face for these uses, asked before the embedded ones and after those that were added before it; with the
    /// text of its licence where that goes along with its files.
    pub fn add_fallback(&mut self, own: OwnFace, uses: Uses, licence: Option<Arc<[u8]>>) -> FaceId {
        let embedded = self
            .fallbacks
            .iter()
            .position(|id| self[*id].digest.is_none());
        let place = embedded.unwrap_or(self.fallbacks.len());
        let record = own.fallback_record(place + 1, uses, licence);
        let face = Face {
            family: None,
            ..own.face.used_for(uses)
        };
        let id = self.add(face, Arc::new(record));
        self.fallbacks.insert(place, id);
        id
    }

    fn add(&mut self, face: Face, record: Arc<FamilyRecord>) -> FaceId {
        let id = FaceId(self.faces.len() as u16);
        self.faces.push(Arc::new(face));
        self.records.push(record);
        id
    }

    /// Whether any face has a character, the spare one for Chinese, Japanese and Korean left out.
    #[must_use]
    pub fn has_besides_spare(&self, c: char) -> bool {
        let mut faces = self.faces.iter().filter(|face| !face.is_spare());
        faces.any(|face| face.has(c))
    }

    /// The names of the faces that are no part of the program.
    pub fn brought(&self) -> impl Iterator<Item = &str> {
        self.own().map(|face| face.name.as_ref())
    }

    /// The faces that are no part of the program.
    fn own(&self) -> impl Iterator<Item = &Face> {
        let faces = self.faces.iter().map(Arc::as_ref);
        faces.filter(|face| face.digest.is_some())
    }
}

impl std::ops::Index<FaceId> for FaceSet {
    type Output = Face;

    fn index(&self, id: FaceId) -> &Face {
        &self.faces[usize::from(id.0)]
    }
}

/// By what they hold besides the embedded faces: families by their names, faces by content.
impl PartialEq for FaceSet {
    fn eq(&self, other: &Self) -> bool {
        self.own().eq(other.own())
            && self.fallbacks == other.fallbacks
            && (self.han, self.urdu) == (other.han, other.urdu)
            && self.records == other.records
    }
}

/// Says what [`PartialEq`] compares: a record of runs is made from it.
impl fmt::Debug for FaceSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let embedded = EMBEDDED.records.len();
        let own: Vec<_> = self.records.iter().skip(embedded).collect();
        f.debug_struct("FaceSet")
            .field("faces", &self.own().collect::<Vec<_>>())
            .field("families", &own)
            .field("fallbacks", &self.fallbacks)
            .field("han", &self.han)
            .field("urdu", &self.urdu)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_face_parses_and_has_a_space_and_a_hyphen() {
        let set = FaceSet::embedded();
        for face in set.ids().map(|id| &set[id]) {
            assert!(face.units_per_em() >= 500, "{}", face.name);
            assert!(face.glyph(' ').is_some(), "{}", face.name);
            assert!(face.family.is_none() || face.glyph('-').is_some());
        }
    }

    #[test]
    fn every_embedded_family_has_a_record_and_four_faces() {
        let set = FaceSet::embedded();
        for (name, family) in Family::EMBEDDED {
            assert!(!set.family(family).subset.is_empty(), "{name}");
            for (weight, slant) in STYLES {
                let face = &set[set.of(family, weight, slant)];
                assert_eq!(
                    (face.family, face.weight, face.slant),
                    (Some(family), weight, slant),
                    "{name}"
                );
            }
        }
    }

    #[test]
    fn the_missing_box_is_the_white_square() {
        let (face, glyph) = crate::fonts::MISSING_BOX;
        assert_eq!(FaceSet::embedded()[face].glyph('\u{25A1}'), Some(glyph));
    }
}
