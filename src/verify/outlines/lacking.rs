//! Letters that a face does not draw which an edition carries for them.

use std::collections::BTreeSet;

use skrifa::charmap::Charmap;
use skrifa::{FontRef, MetadataProvider};

use super::super::difference::{Difference, Kind};
use crate::compose::{Composition, Kind as TextKind, Reading, Shift, Visit};
use crate::fonts::{Face, FaceId, FaceSet, Slant, Weight};
use crate::read::{FaceFile, FileKind};
use crate::theme::{Row, Sheet, Theme};

/// The letters of running text that is upright and of the lighter weight, and what the face is called in which its theme sets it.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct PlainLetters {
    letters: BTreeSet<char>,
    face: String,
}

impl PlainLetters {
    /// Those of a piece; none where its theme sets running text otherwise.
    pub(in super::super) fn of(composition: &Composition, theme: &Theme) -> Self {
        let sheet = Sheet::of(theme);
        let own = theme.writing(&composition.record.language);
        // Words of another script than the piece's stand as they do in theirs.
        let rows = [
            sheet.row(TextKind::Paragraph, own),
            &sheet[TextKind::Paragraph],
        ];
        let is_plain = |row: &&Row| row.weight == Weight::Regular && row.slant == Slant::Upright;
        if !rows.iter().all(is_plain) {
            return Self::default();
        }
        let mut letters = BTreeSet::new();
        for visit in composition.walk_authored() {
            let Visit::Text { text, .. } = visit else {
                continue;
            };
            let text = &composition[text];
            let is_plain = text.kind == TextKind::Paragraph && text.language.is_none();
            if !is_plain || text.reading != Reading::Text {
                continue;
            }
            let plain = text.spans.iter().filter(|span| {
                !span.emphasis
                    && !span.strong
                    && span.shift == Shift::None
                    && span.language.is_none()
            });
            letters.extend(
                plain
                    .flat_map(|span| span.text.chars())
                    .filter(|c| c.is_alphanumeric()),
            );
        }
        let family = rows[0].face.family(&theme.faces);
        let face = theme.fonts.of(family, Weight::Regular, Slant::Upright);
        Self {
            letters,
            face: theme.fonts.record(face).subset.to_string(),
        }
    }

    /// Tells of letters that a face lacks which an edition carries: the one in which its running text is set, and in Word documents any,
    /// which have whole alphabets.
    pub(super) fn hold(
        &self,
        carried: &[FaceFile],
        kind: FileKind,
        faces: &FaceSet,
        found: &mut Vec<Difference>,
    ) {
        let known = carried.iter().filter_map(|file| Carried::of(file, faces));
        let known: Vec<Carried<'_>> = known.collect();
        let mut tell = |own: &Carried<'_>, c: char| {
            found.push(Difference {
                kind: Kind::Sight,
                place: own.file.place.clone(),
                message: format!("it does not draw “{c}”, which stands in the text"),
            });
        };
        if kind == FileKind::Docx {
            let ascii = || self.letters.iter().copied().filter(char::is_ascii);
            for own in &known {
                if let Some(c) = ascii().find(|c| own.lacks(*c)) {
                    return tell(own, c);
                }
            }
        }
        let plain = known.iter().filter(|own| own.is_plain());
        let drawn = |own: &Carried<'_>| self.letters.iter().filter(|c| own.draws(**c)).count();
        let counted = plain.clone().map(|own| (drawn(own), own));
        // One that draws far fewer letters is that of labels: a house may keep the face of its text for itself.
        let of_text = counted.filter(|(drawn, _)| drawn * 10 >= self.letters.len() * 9);
        let by_letters = of_text.max_by_key(|(drawn, _)| *drawn);
        let by_name = plain.clone().find(|own| *own.file.family == self.face);
        let Some(text) = by_name.or(by_letters.map(|(_, own)| own)) else {
            return;
        };
        // What a family lacks is drawn by faces for what is lacking, which may draw letters beside it too.
        let others = || plain.clone().filter(|own| text.stands_in || own.stands_in);
        let mut letters = self.letters.iter().copied();
        let lacking = letters.find(|c| text.lacks(*c) && !others().any(|own| own.draws(*c)));
        if let Some(c) = lacking {
            tell(text, c);
        }
    }
}

/// A face that is carried, with the theme's.
struct Carried<'a> {
    file: &'a FaceFile,
    map: Charmap<'a>,
    face: &'a Face,
    /// Whether it is one for what the theme's families lack.
    stands_in: bool,
}

impl<'a> Carried<'a> {
    fn of(file: &'a FaceFile, faces: &'a FaceSet) -> Option<Self> {
        let font = FontRef::new(&file.program.bytes).ok()?;
        let id = of_theme(file, faces)?;
        Some(Self {
            file,
            map: font.charmap(),
            face: &faces[id],
            stands_in: faces.fallbacks().contains(&id),
        })
    }

    fn is_plain(&self) -> bool {
        !self.file.is_bold && !self.file.is_italic
    }

    fn draws(&self, c: char) -> bool {
        self.map.map(c).is_some()
    }

    /// Whether the theme's face has a letter that this does not draw.
    fn lacks(&self, c: char) -> bool {
        !self.draws(c) && self.face.glyph(c).is_some()
    }
}

/// The face of a theme that a carried one is said to be of.
pub(super) fn of_theme(file: &FaceFile, faces: &FaceSet) -> Option<FaceId> {
    let (weight, slant) = look(file);
    faces.ids().find(|id| {
        let face = &faces[*id];
        *faces.record(*id).subset == *file.family && face.weight == weight && face.slant == slant
    })
}

/// The weight and the slant that a face is said to be of; Word knows regular and bold.
fn look(file: &FaceFile) -> (Weight, Slant) {
    let weight = match file.is_bold {
        true => Weight::Semibold,
        false => Weight::Regular,
    };
    let slant = match file.is_italic {
        true => Slant::Italic,
        false => Slant::Upright,
    };
    (weight, slant)
}
