//! Which language a text is in, where nobody says so.

use unicode_script::UnicodeScript;
use whatlang::{Lang, detect};

use super::Wishes;
use super::document::{Document, Remark};
use crate::piece::LanguageTag;
use crate::read::{Look, Span};

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
    fits(script, of_own.as_str()).then(|| own.to_string())
}

/// The language of a statement in the letters of another script than the piece is written in.
pub(crate) fn of_statement(text: &str, around: &LanguageTag) -> Option<String> {
    let script = around.script();
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    let is_own = |c: &char| fits(c.script().short_name(), script.as_str());
    let (all, own) = (letters().count(), letters().filter(is_own).count());
    // Some words in the piece's letters are quoted everywhere.
    if all < 40 || own * 4 > all {
        return None;
    }
    let head = &text[..text.floor_char_boundary(HEAD)];
    let found = detect(head).and_then(|found| tag(found.lang()))?;
    (found != around.primary()).then(|| found.to_owned())
}

/// Whether letters of a script are those that a language in another is written in.
fn fits(script: &str, of_language: &str) -> bool {
    script == of_language
        || matches!(
            (script, of_language),
            ("Hani" | "Hira" | "Kana", "Jpan" | "Hans" | "Hant") | ("Hang" | "Hani", "Kore")
        )
}

/// Keeps the languages of stretches that say something, and gives each word one: that of most of its letters.
pub(crate) fn settle(spans: &mut Vec<Span>, around: Option<&LanguageTag>) {
    for span in spans.iter_mut() {
        let tag = span.look.language.take();
        span.look.language = tag.and_then(|tag| foreign(&tag, &span.text, around));
    }
    let mut at = 1;
    while at < spans.len() {
        let (left, right) = (&spans[at - 1], &spans[at]);
        let script = |c: Option<char>| c.filter(|c| c.is_alphanumeric()).map(|c| c.script());
        let (last, first) = (
            script(left.text.chars().next_back()),
            script(right.text.chars().next()),
        );
        let is_one_word = last.is_some() && last == first;
        let (tag, other) = (left.look.language.clone(), right.look.language.clone());
        if is_one_word && tag != other {
            let tail = left.text.trim_end_matches(char::is_alphanumeric).len();
            let behind = right.text.trim_start_matches(char::is_alphanumeric).len();
            let head = right.text.len() - behind;
            if left.text.len() - tail <= head {
                let text = spans[at - 1].text.split_off(tail);
                let look = Look {
                    language: other,
                    ..spans[at - 1].look.clone()
                };
                spans.insert(at, Span { text, look });
            } else {
                let text = spans[at].text.split_off(head);
                let look = spans[at].look.clone();
                spans[at].look.language = tag;
                spans.insert(at + 1, Span { text, look });
            }
            at += 1;
        }
        at += 1;
    }
    spans.retain(|span| !span.text.is_empty());
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_in_other_letters_has_a_language_of_its_own() {
        let around = LanguageTag::parse("en-GB").expect("a tag");
        let urdu = "سیز فائر گیارہ دنوں سے برقرار ہے، جو اس سے زیادہ ہے جس کی خطے میں اکثر لوگوں کو توقع تھی۔";
        assert_eq!(of_statement(urdu, &around).as_deref(), Some("ur"));
        let english =
            "The ceasefire has held for eleven days, which is longer than most people expected.";
        assert_eq!(of_statement(english, &around), None);
    }

    #[test]
    fn a_word_has_one_language() {
        let span = |text: &str, tag: Option<&str>| Span {
            text: text.to_owned(),
            look: Look {
                language: tag.map(str::to_owned),
                ..Look::default()
            },
        };
        let around = LanguageTag::parse("en").ok();
        let settled = |mut spans: Vec<Span>| -> Vec<(String, Option<String>)> {
            settle(&mut spans, around.as_ref());
            let parts = spans.into_iter();
            parts.map(|span| (span.text, span.look.language)).collect()
        };
        let da = || Some("da".to_owned());
        let found = settled(vec![
            span("Vedr: Ans", None),
            span("ættelse af", Some("da")),
        ]);
        assert_eq!(
            found,
            [
                ("Vedr: ".to_owned(), None),
                ("Ans".to_owned(), da()),
                ("ættelse af".to_owned(), da())
            ]
        );
        let found = settled(vec![span("walk", None), span("s on", Some("da"))]);
        assert_eq!(
            found,
            [
                ("walk".to_owned(), None),
                ("s".to_owned(), None),
                (" on".to_owned(), da())
            ]
        );
        // Letters of another script are a word of their own.
        let found = settled(vec![span("the-", None), span("سوال", Some("ur"))]);
        assert_eq!(found.len(), 2);
    }

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
