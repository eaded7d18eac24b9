//! Outlines: whether the glyphs that a PDF embeds are those of the face it names, and show the text that they stand for.
//!
//! What `ToUnicode` says of a glyph is a claim of the file's. Its outline is what people see: it is looked for among those of the
//! face, and what that face draws with it is held against the claim.

mod carried;
mod described;
mod face;
mod lacking;
mod letters;
mod substitutions;
mod wrapped;

pub(super) use carried::carried;
pub(super) use lacking::PlainLetters;

use std::collections::BTreeMap;
use std::sync::Arc;

use unicode_script::{Script, UnicodeScript};

use super::difference::{Difference, Kind};
use crate::fonts::{Face, FaceId, FaceSet, MISSING_BOX};
use crate::read::{Drawing, Drawn, EmbeddedFont, FontProgram};
use face::{Index, Outlines};
use letters::{Letters, Runs};

/// So many differences of outlines are told.
const MOST: usize = 20;
/// Widths are whole thousandths of the size.
const SLACK: f64 = 0.51;

/// What was found of a file's outlines.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// How many texts of glyphs were looked at.
    pub(super) compared: usize,
    /// Why others were not.
    pub(super) not_made: Vec<String>,
    pub(super) differences: Vec<Difference>,
}

/// Whose hand a drawing is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// The program's own.
    Own,
    /// Another program's, which may have drawn outlines again: one that the face does not have says nothing.
    DrawnAgain,
}

/// Holds the outlines of a drawing against the faces that it names.
pub(super) fn hold(drawing: &Drawing, faces: &FaceSet, origin: Origin) -> Found {
    let mut found = Found::default();
    let programs: Vec<_> = drawing
        .fonts
        .iter()
        .map(|font| wrapped::program(&font.program, named(font, faces)))
        .collect();
    let runs = Runs::of(drawing);
    let fonts: Vec<Option<Font<'_>>> = drawing
        .fonts
        .iter()
        .zip(&programs)
        .map(
            |(font, program)| match Font::open(font, program.as_deref(), (faces, runs)) {
                Ok(font) => Some(font),
                Err(Unopened::NotMade(reason)) => {
                    found.not_made.push(reason);
                    None
                }
                Err(Unopened::Unsound(reason)) => {
                    found.differences.push(Difference {
                        kind: Kind::Soundness,
                        place: "the fonts".to_owned(),
                        message: reason,
                    });
                    None
                }
            },
        )
        .collect();
    if origin == Origin::Own {
        for font in &drawing.fonts {
            let odd = named(font, faces).and_then(|(_, face)| described::odd(font, face));
            found.differences.extend(odd.map(|message| Difference {
                kind: Kind::Soundness,
                place: "the fonts".to_owned(),
                message,
            }));
        }
    }
    let mut strangers: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    let mut differences: Vec<(usize, Difference)> = Vec::new();
    for drawn in &drawing.drawn {
        let Some(of) = drawn.glyphs.first().map(|(font, ..)| *font) else {
            continue;
        };
        let of_one = drawn.glyphs.iter().all(|(font, ..)| *font == of);
        let Some(font) = fonts.get(of).and_then(Option::as_ref).filter(|_| of_one) else {
            continue;
        };
        let counts = strangers.entry(of).or_default();
        counts.0 += 1;
        match font.judge(drawn) {
            Judgement::Same => {}
            Judgement::Stranger => {
                counts.1 += 1;
                let message = format!(
                    "what is seen is not what is said: “{}” is drawn with an outline that {} does not have",
                    drawn.text.trim(),
                    font.face.name
                );
                differences.push((of, difference(drawn, message)));
            }
            Judgement::Other(seen) => {
                let message = format!(
                    "what is seen is not what is said: “{}” is drawn as “{seen}”",
                    drawn.text.trim()
                );
                differences.push((of, difference(drawn, message)));
            }
            Judgement::Width { said, own } => {
                let message = format!(
                    "the width of “{}” is {said:.0} where its font has {own:.0}",
                    drawn.text.trim()
                );
                differences.push((
                    of,
                    Difference {
                        kind: Kind::Soundness,
                        ..difference(drawn, message)
                    },
                ));
            }
        }
    }
    // A face of the same name in another version has hardly one outline of these: nothing can be said of it.
    let is_other = |of: &usize| {
        let counts = strangers.get(of).copied().unwrap_or_default();
        match origin {
            Origin::Own => counts.1 >= 8 && counts.1 * 2 > counts.0,
            Origin::DrawnAgain => counts.1 > 0,
        }
    };
    for of in strangers.keys().filter(|of| is_other(of)) {
        let name = &drawing.fonts[*of].name;
        if origin == Origin::Own {
            found.differences.push(Difference {
                kind: Kind::Soundness,
                place: "the fonts".to_owned(),
                message: format!("the letters of {name} are not those of the face of that name"),
            });
        }
        found.not_made.push(format!(
            "the outlines of {name} were not compared: the face of that name has others"
        ));
    }
    let compared = strangers.iter().filter(|(of, _)| !is_other(of));
    found.compared = compared.map(|(_, (all, _))| all).sum();
    let differences = differences.into_iter().filter(|(of, _)| !is_other(of));
    let differences = differences.map(|(_, difference)| difference);
    found.differences.extend(differences.take(MOST));
    found
}

fn difference(drawn: &Drawn, message: String) -> Difference {
    Difference {
        kind: Kind::Sight,
        place: drawn.place.clone(),
        message,
    }
}

/// The face that an embedded font names.
fn named<'f>(font: &EmbeddedFont, faces: &'f FaceSet) -> Option<(FaceId, &'f Face)> {
    let id = faces.ids().find(|id| faces[*id].name == font.name)?;
    Some((id, &faces[id]))
}

/// An embedded font beside the face that it names.
struct Font<'a> {
    own: Outlines<'a>,
    face: &'a Face,
    of_face: Outlines<'a>,
    drawn_of_face: Arc<face::Drawn>,
    is_box: bool,
    /// Whether its program says how wide its glyphs are; else its face does.
    has_widths: bool,
    /// How the text of its drawing runs.
    runs: Runs,
}

/// Why a font is not looked at.
enum Unopened {
    NotMade(String),
    Unsound(String),
}

/// What became of a text and its glyphs.
enum Judgement {
    Same,
    /// The face has no such outline.
    Stranger,
    /// The outlines show another text.
    Other(String),
    /// The file gives a glyph another width than its font.
    Width {
        said: f64,
        own: f64,
    },
}

impl<'a> Font<'a> {
    /// Finds the face that an embedded font names.
    fn open(
        font: &EmbeddedFont,
        program: Option<&'a [u8]>,
        (faces, runs): (&'a FaceSet, Runs),
    ) -> Result<Self, Unopened> {
        let name = &font.name;
        let not_made = |why: &str| {
            Unopened::NotMade(format!("the outlines of {name} were not compared: {why}"))
        };
        let unsound = |why: &str| Unopened::Unsound(format!("the font {name} {why}"));
        match &font.program {
            FontProgram::TrueType(_) | FontProgram::Cff(_) => {}
            FontProgram::Missing => return Err(unsound("is not in the file")),
            FontProgram::Other => return Err(not_made("they are of a kind that is not read")),
        }
        let face = named(font, faces);
        let (id, face) = face.ok_or_else(|| not_made("the theme has no face of that name"))?;
        let own = program.and_then(|program| Outlines::of(program, 0));
        let of_face = Outlines::of(face.data(), face.index());
        let (own, of_face) = own.zip(of_face).ok_or_else(|| unsound("cannot be read"))?;
        if own.units() != of_face.units() {
            return Err(unsound(
                "is drawn in another size than the face of that name",
            ));
        }
        Ok(Self {
            own,
            face,
            of_face,
            drawn_of_face: face::Drawn::of(face),
            is_box: id == MISSING_BOX.0,
            has_widths: matches!(font.program, FontProgram::TrueType(_)),
            runs,
        })
    }

    fn judge(&self, drawn: &Drawn) -> Judgement {
        let seen = match self.is_nominal(drawn) {
            true => Judgement::Same,
            false => self.search(drawn),
        };
        if !matches!(seen, Judgement::Same) {
            return seen;
        }
        for (_, glyph, said) in &drawn.glyphs {
            if let Some(own) = self.advance(drawn, *glyph)
                && (own - said).abs() > SLACK
                && !self.has_twin(*glyph, *said)
            {
                return Judgement::Width { said: *said, own };
            }
        }
        Judgement::Same
    }

    /// How wide a glyph is. Outlines alone say nothing of it; then it is known of letters that the face draws just so.
    fn advance(&self, drawn: &Drawn, glyph: u32) -> Option<f64> {
        if self.has_widths {
            return self.own.advance(glyph);
        }
        let c = drawn.text.chars().next()?;
        let nominal = self.face.glyph(c).filter(|_| self.is_nominal(drawn))?;
        self.of_face.advance(nominal.into())
    }

    /// Whether the face draws a glyph that is so wide with the outline of this one: old-style figures come with a sign for percent
    /// that looks the same and stands wider, and spaces look all alike. Whose program says how wide its glyphs are needs no others.
    fn has_twin(&self, glyph: u32, said: f64) -> bool {
        let outline = self.own.outline(glyph).ok();
        let Some(outline) = outline.filter(|_| !self.has_widths) else {
            return false;
        };
        let index = Index::of(self.face);
        let advances = index.glyphs(outline).iter();
        advances
            .filter_map(|twin| self.of_face.advance((*twin).into()))
            .any(|own| (own - said).abs() <= SLACK)
    }

    /// Whether it is a letter that the face draws just so: nearly all are.
    fn is_nominal(&self, drawn: &Drawn) -> bool {
        let mut characters = drawn.text.chars();
        let (Some(c), None, [(_, glyph, _)]) =
            (characters.next(), characters.next(), &drawn.glyphs[..])
        else {
            return false;
        };
        let Some(nominal) = self.face.glyph(c) else {
            return false;
        };
        let outline = self.own.outline(*glyph);
        let of_face = || self.drawn_of_face.outline(&self.of_face, nominal.into());
        outline.is_ok() && outline == of_face()
    }

    /// Looks through all that the face could draw.
    fn search(&self, drawn: &Drawn) -> Judgement {
        let index = Index::of(self.face);
        let mut shown: Vec<Shown<'_>> = Vec::new();
        for (_, glyph, _) in &drawn.glyphs {
            if !self.collect(*glyph, &index, &mut shown, 0) {
                return Judgement::Stranger;
            }
        }
        if self.is_box && !self.has_any(&drawn.text) {
            return Judgement::Same;
        }
        let letters = Letters {
            index: &index,
            runs: self.runs,
        };
        let said = letters.of(&drawn.text);
        let is_shown = |said: &[char]| agrees(said, &shown, letters);
        let with_own_dots = || letters.with_own_dots(&drawn.text);
        let is_right = is_shown(&said)
            || with_own_dots().is_some_and(|said| is_shown(&said))
            || shown.is_empty() && letters.are_hidden(&said);
        match is_right {
            true => Judgement::Same,
            false => {
                let seen = shown
                    .iter()
                    .filter_map(|shown| shown.texts.first().copied());
                Judgement::Other(seen.collect())
            }
        }
    }

    /// Whether the face has a letter of a text: of those that no face has, boxes are drawn.
    fn has_any(&self, text: &str) -> bool {
        text.chars().any(|c| self.face.glyph(c).is_some())
    }

    /// What a glyph shows, or what those show that it is made of; false where the face has no such outline.
    fn collect<'i>(
        &self,
        glyph: u32,
        index: &'i Arc<Index>,
        shown: &mut Vec<Shown<'i>>,
        depth: usize,
    ) -> bool {
        let Ok(outline) = self.own.outline(glyph) else {
            return false;
        };
        let Some(outline) = outline else {
            return true;
        };
        if let Some(texts) = index.texts(outline) {
            shown.push(Shown { texts });
            return true;
        }
        if self.own.is_carrier(glyph) {
            return true;
        }
        let parts = self.own.components(glyph);
        let mut parts = parts.into_iter();
        parts.len() > 0
            && depth < 3
            && parts.all(|part| self.collect(part, index, shown, depth + 1))
    }
}

/// What an outline may stand for; nothing is known where there are no texts.
struct Shown<'a> {
    texts: Vec<&'a str>,
}

/// Whether a script writes its letters one by one, so that glyphs can be told apart letter by letter.
fn is_plain(c: char) -> bool {
    use Script::{
        Armenian, Bopomofo, Common, Cyrillic, Georgian, Greek, Han, Hangul, Hebrew, Hiragana,
        Inherited, Katakana, Latin,
    };
    matches!(
        c.script(),
        Armenian
            | Bopomofo
            | Common
            | Cyrillic
            | Georgian
            | Greek
            | Han
            | Hangul
            | Hebrew
            | Hiragana
            | Inherited
            | Katakana
            | Latin
    )
}

/// Whether what is shown can be what is said.
fn agrees(said: &[char], shown: &[Shown<'_>], letters: Letters<'_>) -> bool {
    if said.is_empty() && shown.is_empty() {
        return true;
    }
    let known: Vec<Vec<Vec<char>>> = shown
        .iter()
        .filter(|shown| !shown.texts.is_empty())
        .map(|shown| shown.texts.iter().map(|text| letters.of(text)).collect())
        .collect();
    let all_known = known.len() == shown.len();
    if !said.iter().all(|c| is_plain(*c)) {
        // Where letters join, some glyph must at least be one of what is said.
        let any = known
            .iter()
            .flatten()
            .any(|letters| letters.iter().any(|c| said.contains(c)) || letters.is_empty());
        return any || !all_known;
    }
    choose(&known, said, all_known, &mut 0)
}

/// Tries what each glyph may stand for until all that is said is shown.
fn choose(known: &[Vec<Vec<char>>], left: &[char], all_known: bool, steps: &mut usize) -> bool {
    const MOST_STEPS: usize = 20_000;
    *steps += 1;
    let Some((first, rest)) = known.split_first() else {
        return left.is_empty() || !all_known;
    };
    if *steps > MOST_STEPS {
        return true;
    }
    for letters in first {
        let mut without = left.to_owned();
        let taken = letters.iter().all(|c| {
            let at = without.iter().position(|left| left == c);
            at.map(|at| without.remove(at)).is_some()
        });
        if taken && choose(rest, &without, all_known, steps) {
            return true;
        }
    }
    false
}
