//! The languages met while setting a piece.

use std::cell::RefCell;
use std::collections::HashMap;

use unicode_script::Script;

use crate::fonts::{FaceId, FaceSet, Han, Hand, has_wide_stops};
use crate::piece::LanguageTag;
use crate::theme::script_of;

/// Names a language met while setting a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct LanguageId(u32);

impl LanguageId {
    /// Its place among all that were met.
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// What shaping knows of a language.
pub(super) struct LanguageData {
    /// The language as the shaper takes it.
    pub(super) shaping: Option<harfrust::Language>,
    /// The script of characters that belong to none.
    pub(super) script: Script,
    /// The hand of its Arabic script.
    pub(super) hand: Hand,
    /// Whether it says by itself which forms ideographs take.
    pub(super) has_ideographs: bool,
    /// Whether quotation marks, dashes and dots are as wide as its ideographs.
    pub(super) wide_stops: bool,
    /// The faces found so far for letters without marks: all faces are asked for one, and a text has few.
    pub(super) found: RefCell<HashMap<Asked, Option<FaceId>>>,
}

/// The face asked first for a letter, the one that set the letter of its script before it, and the letter.
type Asked = (FaceId, Option<FaceId>, char);

/// Languages by their tags.
#[derive(Default)]
pub(super) struct Languages {
    known: Vec<LanguageData>,
    ids: HashMap<String, LanguageId>,
}

impl Languages {
    /// The id of a language, new or known.
    pub(super) fn id(&mut self, tag: &LanguageTag, faces: &FaceSet) -> LanguageId {
        if let Some(id) = self.ids.get(tag.as_str()) {
            return *id;
        }
        let id = LanguageId(self.known.len() as u32);
        self.known.push(LanguageData {
            shaping: harfrust::Language::new(tag.as_str()),
            script: script_of(tag),
            hand: faces.hand(tag),
            has_ideographs: matches!(
                script_of(tag),
                Script::Han | Script::Hiragana | Script::Hangul
            ),
            wide_stops: has_wide_stops(tag),
            found: RefCell::default(),
        });
        self.ids.insert(tag.as_str().to_owned(), id);
        id
    }

    /// A language whose ideographs take these forms.
    pub(super) fn of_forms(&mut self, forms: Han, faces: &FaceSet) -> Option<LanguageId> {
        let tag = LanguageTag::parse(forms.language()).ok()?;
        Some(self.id(&tag, faces))
    }

    /// What is known of a language.
    pub(super) fn get(&self, id: LanguageId) -> &LanguageData {
        &self.known[id.index()]
    }
}

/// Whether the letters of a script stand apart, so that space may be put between them and lines be scaled.
pub(super) fn letters_stand_apart(script: Script) -> bool {
    use Script::{
        Armenian, Common, Cyrillic, Georgian, Greek, Han, Hangul, Hiragana, Katakana, Latin,
    };
    matches!(
        script,
        Armenian
            | Common
            | Cyrillic
            | Georgian
            | Greek
            | Han
            | Hangul
            | Hiragana
            | Katakana
            | Latin
    )
}
