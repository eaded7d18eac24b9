//! Characters that no face has. Letters, marks and digits fail the pages, with one error; other signs are drawn as boxes, and
//! told once for each script of a piece, at the first of them.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};

use super::TypesetError;
use crate::diagnostic::{Code, Diagnostic, FieldPath, Finding};
use crate::theme::Theme;

/// The characters that were met, by what they are and the names of their scripts.
#[derive(Debug, Default)]
pub(super) struct Missing {
    letters: BTreeMap<&'static str, OfScript>,
    signs: BTreeMap<&'static str, OfScript>,
}

/// What is missing of a script.
#[derive(Debug)]
struct OfScript {
    script: Script,
    /// How many scripts were met before.
    order: usize,
    first: char,
    origin: FieldPath,
    characters: BTreeSet<char>,
}

impl Missing {
    /// Notes a character in the text of a field.
    pub(super) fn note(&mut self, c: char, origin: &FieldPath) {
        let script = c.script();
        // Letters and figures in squares and circles are signs (Enclosed Alphanumeric Supplement), and what is drawn around others.
        let enclosed = matches!(c, '\u{1F100}'..='\u{1F1FF}' | '\u{20DD}'..='\u{20E0}' | '\u{20E2}'..='\u{20E4}');
        let kind = if !enclosed && (c.is_alphanumeric() || is_combining_mark(c)) {
            &mut self.letters
        } else {
            &mut self.signs
        };
        let order = kind.len();
        let found = kind.entry(script.full_name()).or_insert_with(|| OfScript {
            script,
            order,
            first: c,
            origin: origin.clone(),
            characters: BTreeSet::new(),
        });
        found.characters.insert(c);
    }

    /// The letters, where there are any.
    pub(super) fn letters(&self) -> Option<TypesetError> {
        let mut scripts: Vec<&OfScript> = self.letters.values().collect();
        scripts.sort_by_key(|found| found.order);
        let first = scripts.first()?;
        let (shown, more) = scripts.split_at(scripts.len().min(SHOWN));
        let mut what: Vec<String> = shown.iter().map(|found| found.named("letter")).collect();
        if !more.is_empty() {
            what.push(format!("letters of {} more scripts", more.len()));
        }
        Some(TypesetError::NoFace {
            what: what.join(", nor "),
            origin: first.origin.clone(),
        })
    }

    /// A warning for the signs of each script.
    pub(super) fn into_findings(self) -> impl Iterator<Item = Finding> {
        self.signs.into_values().map(|found| Finding {
            path: found.origin.clone(),
            diagnostic: Diagnostic::warning(
                Code::MissingCharacter,
                format!("no face has {}", found.named("sign")),
            )
            .hint("the PDF edition shows boxes in their place; the text itself is kept"),
        })
    }
}

/// Tells that a piece is set in the face that stands in for a real one.
pub(super) fn spare_face(script: Script, theme: &Theme) -> Option<Finding> {
    let common = match script {
        Script::Han | Script::Hiragana => '\u{4E2D}',
        Script::Hangul => '\u{D55C}',
        _ => return None,
    };
    if theme.fonts.has_besides_spare(common) {
        return None;
    }
    let message =
        "this piece is set in the embedded face for single words of Chinese, Japanese and Korean";
    Some(Finding {
        path: FieldPath::root().key("language"),
        diagnostic: Diagnostic::warning(Code::SpareFace, message)
            .hint("give a face for running text: `--font FILE`, or `--system-fonts`"),
    })
}

/// So many scripts are named in an error.
const SHOWN: usize = 3;

impl OfScript {
    fn named(&self, noun: &str) -> String {
        let first = format!("{:?} (U+{:04X})", self.first, u32::from(self.first));
        let count = self.characters.len();
        let of = match self.script {
            Script::Common | Script::Inherited | Script::Unknown => String::new(),
            script => format!(" of the {} script", script.full_name().replace('_', " ")),
        };
        if count == 1 {
            format!("the {noun} {first}{of}")
        } else {
            format!("{count} {noun}s{of}, the first of which is {first}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missing(texts: &[&str]) -> Missing {
        let mut missing = Missing::default();
        for (index, text) in texts.iter().enumerate() {
            let origin = FieldPath::root().key("statement").index(index);
            text.chars().for_each(|c| missing.note(c, &origin));
        }
        missing
    }

    #[test]
    fn letters_are_one_error_that_names_each_script_at_the_first_place() {
        let missing = missing(&["🜀", "ꭺ\u{1F9FF}", "ཀཁ", "𞤀"]);
        let error = missing.letters();
        let told = error.map(|error| format!("{}: {error}", error.origin()));
        assert_eq!(
            told.as_deref(),
            Some(
                "statement[1]: no face has the letter 'ꭺ' (U+AB7A) of the Cherokee script, nor 2 letters of the Tibetan script, \
                 the first of which is 'ཀ' (U+0F40), nor the letter '𞤀' (U+1E900) of the Adlam script"
            )
        );
    }

    #[test]
    fn what_is_drawn_around_a_figure_is_a_sign() {
        assert!(
            missing(&["1\u{FE0F}\u{20E3} 2\u{20DD}"])
                .letters()
                .is_some(),
            "of its figures"
        );
        assert!(missing(&["\u{20E3}\u{20DD}"]).letters().is_none());
    }

    #[test]
    fn signs_are_told_once_for_each_script_at_the_first_place() {
        let told: Vec<_> = missing(&["a", "🜀\u{1F9FF}🜀", "\u{1F9FF}"])
            .into_findings()
            .map(|found| format!("{}: {}", found.path, found.diagnostic.message))
            .collect();
        assert_eq!(
            told,
            ["statement[1]: no face has 2 signs, the first of which is '🜀' (U+1F700)"]
        );
    }
}
