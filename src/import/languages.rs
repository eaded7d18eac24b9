//! Which language a text is in, where nobody says so.

use unicode_script::UnicodeScript;
use whatlang::{Lang, detect};

use super::Wishes;
use super::document::{Document, Remark};
use crate::piece::LanguageTag;

/// So much of a text is looked at.
const HEAD: usize = 20_000;

/// The tags of the languages that can be told, by their codes of three letters.
const TAGS: &[(&str, &str)] = &[
    ("afr", "af"),
    ("aka", "ak"),
    ("amh", "am"),
    ("ara", "ar"),
    ("aze", "az"),
    ("bel", "be"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cmn", "zh"),
    ("cym", "cy"),
    ("dan", "da"),
    ("deu", "de"),
    ("ell", "el"),
    ("eng", "en"),
    ("epo", "eo"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("guj", "gu"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("hye", "hy"),
    ("ind", "id"),
    ("ita", "it"),
    ("jav", "jv"),
    ("jpn", "ja"),
    ("kan", "kn"),
    ("kat", "ka"),
    ("khm", "km"),
    ("kor", "ko"),
    ("lat", "la"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("mal", "ml"),
    ("mar", "mr"),
    ("mkd", "mk"),
    ("mya", "my"),
    ("nep", "ne"),
    ("nld", "nl"),
    ("nob", "nb"),
    ("ori", "or"),
    ("pan", "pa"),
    ("pes", "fa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("sin", "si"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("sna", "sn"),
    ("spa", "es"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tel", "te"),
    ("tgl", "tl"),
    ("tha", "th"),
    ("tuk", "tk"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("uzb", "uz"),
    ("vie", "vi"),
    ("yid", "yi"),
    ("zul", "zu"),
];

/// The language of a piece: asked for, else the document's own word where its letters agree, else what its letters say.
pub(crate) fn language(
    documents: &[Document],
    wishes: &Wishes,
    remarks: &mut Vec<Remark>,
) -> Option<LanguageTag> {
    if let Some(wish) = &wishes.language {
        return Some(wish.clone());
    }
    let document = documents.first()?;
    let mut text = String::new();
    for document in documents {
        for word in &document.words {
            if text.len() > HEAD {
                break;
            }
            text.push_str(word);
            text.push(' ');
        }
        text.truncate(text.floor_char_boundary(HEAD));
    }
    let found = detect(&text).and_then(|found| tag(found.lang()));
    let own = document.properties.language.as_deref();
    let own = own.and_then(|own| LanguageTag::parse(own).ok());
    if document.properties.is_ours && own.is_some() {
        return own;
    }
    let agrees = own
        .as_ref()
        .filter(|own| found.is_none_or(|found| primary(found) == primary(own.as_str())));
    let (tag, why) = match (agrees, found) {
        (Some(own), _) => (own.clone(), "what the file says of itself"),
        (None, Some(found)) => (LanguageTag::parse(found).ok()?, "what its words look like"),
        (None, None) => return None,
    };
    let message = format!("the language is taken for `{tag}` by {why}; `--language` says it");
    remarks.push(Remark::guess(&document.name, message));
    Some(tag)
}

fn tag(language: Lang) -> Option<&'static str> {
    let mut rows = TAGS.iter();
    rows.find(|(code, _)| *code == language.code())
        .map(|(_, tag)| *tag)
}

/// The tag of a stretch of text, where it says something: another language than that around it, in letters of a script that the
/// language is written in. Word processors put languages on keyboards, not on words.
pub(crate) fn foreign(tag: &str, text: &str, around: Option<&LanguageTag>) -> Option<String> {
    let own = LanguageTag::parse(tag).ok()?;
    if around.is_some_and(|around| around.primary() == own.primary()) {
        return None;
    }
    let letter = text.chars().find(|c| c.is_alphabetic())?;
    let script = letter.script().short_name();
    let of_own = own.script();
    let fits = script == of_own
        || matches!(
            (script, of_own.as_str()),
            ("Hani" | "Hira" | "Kana", "Jpan" | "Hans" | "Hant") | ("Hang", "Kore")
        );
    fits.then(|| own.to_string())
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_that_is_told_has_a_tag() {
        for language in Lang::all() {
            let tag = tag(*language);
            assert!(
                tag.is_some_and(|tag| LanguageTag::parse(tag).is_ok()),
                "{language}"
            );
        }
    }
}
