//! The faces that travel with hypertext: those that the texts of a piece use, cut down to their characters.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use super::css::{Meanwhile, Texts};
use super::package::{self, Entry};
use crate::compose::{Bullet, Composition, Span, TextId};
use crate::fonts::web::{self, WebFaceError};
use crate::fonts::{Face, FaceId, FaceSet, FamilyRecord, Outlines, Use, likeness, woff};
use crate::piece::LanguageTag;
use crate::shape::StandIns;
use crate::theme::{Acronyms, Case, FaceRole, Family, Sheet, Slant, Theme, Weight, look_of};

/// A face cut down to what a piece uses of it.
pub(crate) struct WebFace<'t> {
    face: &'t Face,
    family: &'t FamilyRecord,
    file: FontFile,
}

/// The font file of a face (OpenType).
enum FontFile {
    /// Of the characters of one piece.
    Cut(Vec<u8>),
    /// Of all that the face has.
    Whole(Arc<WholeFace>),
}

/// A face that goes along whole: the same for every piece, so its forms are made once a process.
struct WholeFace {
    file: Vec<u8>,
    woff2: OnceLock<Vec<u8>>,
    /// A package with the file under its path in a publication.
    package: OnceLock<Vec<u8>>,
}

/// Texts of as many letters that are no ASCII want the whole of a face that is hardly made smaller by cutting it down.
const A_TEXT: usize = 24;

/// The faces that went along whole so far, by their names; none where a face is worth cutting down.
static WHOLE: LazyLock<Mutex<BTreeMap<String, Option<Arc<WholeFace>>>>> =
    LazyLock::new(Mutex::default);

/// A face whole, where that is best.
fn whole(face: &Face, family: &FamilyRecord) -> Result<Option<Arc<WholeFace>>, WebFaceError> {
    let made = || WHOLE.lock().unwrap_or_else(PoisonError::into_inner);
    // Embedded faces alone have an alphabet, and names that no other face has.
    if face.alphabet().is_none() {
        return Ok(None);
    }
    if let Some(known) = made().get(face.name.as_ref()) {
        return Ok(known.clone());
    }
    let whole = web::whole(face, family)?.map(|file| {
        Arc::new(WholeFace {
            file,
            woff2: OnceLock::new(),
            package: OnceLock::new(),
        })
    });
    made().insert(face.name.to_string(), whole.clone());
    Ok(whole)
}

impl WebFace<'_> {
    /// The font file (OpenType).
    pub(crate) fn data(&self) -> &[u8] {
        match &self.file {
            FontFile::Cut(data) => data,
            FontFile::Whole(whole) => &whole.file,
        }
    }

    /// A package that holds its file alone, under a path; none where the file is this piece's own.
    pub(crate) fn package(&self, path: &str) -> Option<&[u8]> {
        let FontFile::Whole(whole) = &self.file else {
            return None;
        };
        if let Some(made) = whole.package.get() {
            return Some(made);
        }
        let made = package::write([Entry::face(path, whole.file.as_slice())]).ok()?;
        Some(whole.package.get_or_init(|| made))
    }

    /// The name of its file.
    pub(crate) fn file(&self) -> String {
        let extension = match self.face.outlines {
            Outlines::TrueType => "ttf",
            Outlines::Cff => "otf",
        };
        let stem = web::file_stem(self.family, self.face.weight, self.face.slant);
        format!("{stem}.{extension}")
    }

    /// Its media type (EPUB 3.3, 3.2).
    pub(crate) fn media_type(&self) -> &'static str {
        match self.face.outlines {
            Outlines::TrueType => "font/ttf",
            Outlines::Cff => "font/otf",
        }
    }

    /// The licence that goes along with it: its path, and its text.
    pub(crate) fn licence(&self) -> Option<(String, Arc<[u8]>)> {
        self.family.licence_file()
    }

    /// The face packed for the web (WOFF2).
    pub(crate) fn packed(&self) -> Result<Vec<u8>, WebFaceError> {
        match &self.file {
            FontFile::Cut(data) => woff::pack(self.face, data),
            FontFile::Whole(whole) => {
                if let Some(made) = whole.woff2.get() {
                    return Ok(made.clone());
                }
                let made = woff::pack(self.face, &whole.file)?;
                Ok(whole.woff2.get_or_init(|| made).clone())
            }
        }
    }

    /// The rule by which a style sheet finds it at an address (CSS Fonts 4, 4).
    pub(crate) fn rule(&self, address: &str) -> String {
        let mut rule = String::with_capacity(address.len() + 160);
        let _ = write!(
            rule,
            "@font-face {{\n  font-family: \"{}\";\n  font-weight: {};\n  font-style: {};\n  src: url(\"{address}\");\n}}\n",
            self.family.subset,
            self.face.weight.css(),
            self.face.slant.css(),
        );
        rule
    }
}

/// Characters met in one face. Most are ASCII, and a book has millions.
#[derive(Debug, Default)]
struct Characters {
    ascii: u128,
    /// The others, each with whether the face has it.
    others: BTreeMap<char, bool>,
    last: Option<char>,
}

impl Characters {
    /// Adds those of a text; whether the face has them all.
    fn add(&mut self, face: &Face, text: &str) -> bool {
        let mut all = true;
        // What the text before ended with counts for that one.
        self.last = None;
        for c in text.chars() {
            if c.is_ascii() {
                self.ascii |= 1 << u32::from(c);
            } else if self.last != Some(c) {
                all &= *self.others.entry(c).or_insert_with(|| face.has(c));
                self.last = Some(c);
            }
        }
        all
    }

    fn iter(&self) -> impl Iterator<Item = char> {
        let ascii = (0..128_u8).filter(|code| self.ascii & (1 << code) != 0);
        let others = self.others.iter().filter(|(_, had)| **had);
        let others = others.map(|(c, _)| *c);
        ascii.map(char::from).chain(others)
    }
}

/// What faces are wanted for.
pub(crate) struct Wanted<'t> {
    fonts: &'t FaceSet,
    /// The families of the theme: every other face stands in for one of theirs, also one of a family that another theme has.
    families: [Family; 3],
    faces: BTreeMap<FaceId, (Characters, bool)>,
    stand_ins: StandIns<'t>,
}

impl<'t> Wanted<'t> {
    /// Nothing yet.
    pub(crate) fn new(theme: &'t Theme) -> Self {
        Self {
            fonts: &theme.fonts,
            families: [
                theme.faces.text,
                theme.faces.headings,
                theme.faces.apparatus,
            ],
            faces: BTreeMap::new(),
            stand_ins: StandIns::new(&theme.fonts),
        }
    }

    /// Wants a face for a text, and the faces that set what it lacks.
    pub(crate) fn want(&mut self, asked: FaceId, language: &LanguageTag, text: &str) {
        let face = &self.fonts[asked];
        let all = self.faces.entry(asked).or_default().0.add(face, text);
        if all && (text.is_ascii() || !self.stand_ins.has_own_stops(language)) {
            return;
        }
        for (range, id) in self.stand_ins.of(asked, language, text) {
            let characters = &mut self.faces.entry(id).or_default().0;
            characters.add(&self.fonts[id], &text[range]);
        }
    }

    /// The fallback faces among them.
    pub(crate) fn stand_ins(&self) -> BTreeSet<FaceId> {
        let ids = self.faces.keys().copied();
        let is_own = |id: &FaceId| {
            let family = self.fonts[*id].family;
            family.is_some_and(|family| self.families.contains(&family))
        };
        ids.filter(|id| !is_own(id)).collect()
    }

    /// The characters that a face is wanted for.
    pub(crate) fn characters(&self, face: FaceId) -> impl Iterator<Item = char> {
        let wanted = self.faces.get(&face).into_iter();
        wanted.flat_map(|(characters, _)| characters.iter())
    }

    /// A face cut down to what it is wanted for, and packed for the web; none where nothing of it is left.
    ///
    /// # Errors
    /// [`WebFaceError`] when it is damaged.
    pub(crate) fn packed(&self, id: FaceId) -> Result<Option<Vec<u8>>, WebFaceError> {
        let (face, family) = (&self.fonts[id], self.fonts.record(id));
        let Some((characters, small_capitals)) = self.faces.get(&id) else {
            return Ok(None);
        };
        let cut = web::subset(face, family, characters.iter(), *small_capitals)?;
        cut.map(|cut| woff::pack(face, &cut)).transpose()
    }

    /// Cuts the faces that this use is allowed for.
    ///
    /// # Errors
    /// [`WebFaceError`] when a face is damaged.
    pub(crate) fn cut(&self, of: Use) -> Result<Vec<WebFace<'t>>, WebFaceError> {
        let mut faces = Vec::new();
        for (id, (characters, small_capitals)) in &self.faces {
            let (face, family) = (&self.fonts[*id], self.fonts.record(*id));
            if !face.uses.allow(of) {
                continue;
            }
            let whole = match characters.others.len() >= A_TEXT {
                true => whole(face, family)?,
                false => None,
            };
            let file = match whole {
                Some(whole) => Some(FontFile::Whole(whole)),
                None => web::subset(face, family, characters.iter(), *small_capitals)?
                    .map(FontFile::Cut),
            };
            faces.extend(file.map(|file| WebFace { face, family, file }));
        }
        Ok(faces)
    }
}

/// What the texts of a piece want under a theme, and what style sheets need to know of them.
pub(crate) fn wanted<'t>(composition: &Composition, theme: &'t Theme) -> (Wanted<'t>, Texts) {
    let mut wanted = Wanted::new(theme);
    let sheet = Sheet::of(theme);
    let notes = composition.notes.iter().map(|note| note.text);
    let mut others = BTreeSet::new();
    for text in composition.walk().texts().chain(notes) {
        want(&mut wanted, composition, theme, &sheet, text);
        let spans = composition[text].spans.iter();
        let foreign = spans.filter_map(|span| span.language.as_ref());
        for foreign in foreign {
            if !others.contains(&foreign.tag) {
                others.insert(foreign.tag.clone());
            }
        }
    }
    let language = &composition.record.language;
    let words = composition.words_language.as_ref();
    let words_language = words.map_or(language, |foreign| &foreign.tag);
    // Marks of notes and labels of lists, breaks, and the contents.
    let running = theme
        .fonts
        .of(theme.faces.text, Weight::Regular, Slant::Upright);
    wanted.want(running, language, "0123456789. *\u{2002}\u{2003}");
    for bullet in Bullet::BY_DEPTH {
        wanted.want(running, language, &bullet.sign().to_string());
    }
    let digits = composition.digits.number(1_234_567_890);
    wanted.want(running, language, &digits);
    for words in [
        &composition.words.introduction,
        &composition.words.colophon,
        &composition.words.title_page,
    ] {
        wanted.want(running, words_language, words);
    }
    let headings = theme
        .fonts
        .of(theme.faces.headings, Weight::Semibold, Slant::Upright);
    wanted.want(headings, words_language, &composition.words.contents);
    let texts = Texts {
        language: Some(language.clone()),
        others,
        stand_ins: wanted.stand_ins(),
        ..Texts::default()
    };
    (wanted, texts)
}

fn want(
    wanted: &mut Wanted<'_>,
    composition: &Composition,
    theme: &Theme,
    sheet: &Sheet,
    text: TextId,
) {
    let kind = composition[text].kind;
    let row = sheet[kind];
    let family = row.face.family(&theme.faces);
    let piece = &composition.record.language;
    for span in &composition[text].spans {
        let language = language(span, piece);
        let (weight, slant) = look_of(row.weight, row.slant, span);
        let face = theme.fonts.of(family, weight, slant);
        wanted.want(face, language, &span.text);
        if row.case != Case::AsWritten || row.acronyms == Acronyms::SmallCapitals {
            let (_, small_capitals) = wanted.faces.entry(face).or_default();
            *small_capitals = true;
        }
        if kind.is_heading() {
            // Headings stand in the contents too, in the face of running text.
            let (weight, slant) = look_of(Weight::Regular, Slant::Upright, span);
            let face = theme.fonts.of(theme.faces.text, weight, slant);
            wanted.want(face, language, &span.text);
        }
    }
}

/// The language of a span in a piece.
fn language<'a>(span: &'a Span, piece: &'a LanguageTag) -> &'a LanguageTag {
    let foreign = span.language.as_ref();
    foreign.map_or(piece, |foreign| &foreign.tag)
}

/// The names of families, as a style sheet for a use lists them: what sets a language where a role of the theme asks for a
/// family, fallback families among them, and then `rest`.
pub(crate) fn stack(
    theme: &Theme,
    role: FaceRole,
    texts: &Texts,
    language: Option<&LanguageTag>,
    of: Use,
    rest: &str,
) -> String {
    let fonts = &theme.fonts;
    let family = role.family(&theme.faces);
    let (before, behind) = fonts.stand_ins(family, &texts.stand_ins, language);
    let mut names: Vec<&str> = Vec::new();
    let name = |id: FaceId| fonts.record(id).name_in(of);
    let record = fonts.family(family);
    let own = record.name_in(of);
    let alike: Vec<String> = match (texts.meanwhile, record.uses.allow(of)) {
        (Meanwhile::Alike, true) => likeness::names(record).collect(),
        _ => Vec::new(),
    };
    let before = before.into_iter().map(name);
    let alike = alike.iter().map(String::as_str);
    let behind = behind.into_iter().map(name);
    for name in before.chain([own]).chain(alike).chain(behind) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let mut stack = String::new();
    for name in names {
        let _ = write!(stack, "\"{name}\", ");
    }
    stack + rest
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use skrifa::{FontRef, MetadataProvider};

    use super::*;
    use crate::compose::sample::composed;

    fn piece(language: &str, words: &str) -> Composition {
        composed(&format!(
            "{{series: S, title: T, date: 2025-11-04, language: {language}, contributors: [{{name: N, statement: ['{words}']}}]}}"
        ))
    }

    /// The families that a piece carries in a book, with the characters of each that are no ASCII.
    fn carried(language: &str, words: &str) -> BTreeMap<String, String> {
        let theme = Theme::classic();
        let (wanted, _) = wanted(&piece(language, words), &theme);
        let faces = wanted.cut(Use::Epub).unwrap();
        let regular = faces
            .iter()
            .filter(|face| face.file().ends_with("-regular.ttf"));
        let carried = regular.map(|face| {
            let font = FontRef::new(face.data()).unwrap();
            let has = |c: &char| font.charmap().map(*c).is_some() && !c.is_ascii();
            let held: BTreeSet<char> = words.chars().filter(has).collect();
            (face.family.subset.to_string(), held.into_iter().collect())
        });
        carried.collect()
    }

    #[test]
    fn a_name_in_any_script_brings_its_face_with_its_letters_alone() {
        let carried = carried(
            "en",
            "Words with 习近平 and हिन्दी, [کوئٹہ](lang:ur), [عمر](lang:ar).",
        );
        let families: Vec<&str> = carried.keys().map(String::as_str).collect();
        let mut expected = vec![
            "Flashpoint Devanagari",
            "Flashpoint Naskh",
            "Flashpoint Nastaliq",
            "Flashpoint Sans",
            "Flashpoint Serif",
        ];
        #[cfg(feature = "cjk")]
        expected.insert(0, "Flashpoint CJK");
        assert_eq!(families, expected);
        #[cfg(feature = "cjk")]
        assert_eq!(carried["Flashpoint CJK"], "习平近");
        assert!(carried["Flashpoint Nastaliq"].contains('ٹ'));
        assert!(!carried["Flashpoint Nastaliq"].contains('ع'));
    }

    #[test]
    fn stops_are_those_of_the_language() {
        #[cfg(feature = "cjk")]
        {
            assert_eq!(carried("zh-Hans", "“习”")["Flashpoint CJK"], "“”习");
            assert_eq!(carried("en", "“习”")["Flashpoint CJK"], "习");
        }
        assert!(!carried("en", "“words”").contains_key("Flashpoint CJK"));
    }

    #[test]
    fn families_stand_in_the_order_in_which_a_language_asks_for_them() {
        let theme = Theme::classic();
        let words = "[کل](lang:ur) [عمر](lang:ar) 习";
        let (_, texts) = wanted(&piece("en", words), &theme);
        let stack = |language: &str| {
            let language = LanguageTag::parse(language).unwrap();
            let role = FaceRole::Text;
            let stack = stack(&theme, role, &texts, Some(&language), Use::Epub, "serif");
            stack.replace("\"Flashpoint ", "").replace('"', "")
        };
        #[cfg(feature = "cjk")]
        {
            assert_eq!(stack("ur"), "Serif, Nastaliq, Naskh, CJK, serif");
            assert_eq!(stack("en"), "Serif, Naskh, Nastaliq, CJK, serif");
            assert_eq!(stack("zh"), "CJK, Serif, Naskh, Nastaliq, serif");
        }
        let sheet = crate::editions::css::book(&theme, &texts);
        assert!(sheet.contains(
            "span:lang(ur) { font-family: \"Flashpoint Serif\", \"Flashpoint Nastaliq\""
        ));
        assert!(!sheet.contains("span:lang(ar)"), "the order is that of all");
    }
}
