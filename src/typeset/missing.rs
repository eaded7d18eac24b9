//! Characters that no face has: told once for each script of a piece, at the first of them.

use std::collections::{BTreeMap, BTreeSet};

use unicode_script::{Script, UnicodeScript};

use crate::diagnostic::{Code, Diagnostic, FieldPath, Finding};

/// The characters that were met, by the names of their scripts.
#[derive(Debug, Default)]
pub(super) struct Missing(BTreeMap<&'static str, OfScript>);

/// What is missing of a script.
#[derive(Debug)]
struct OfScript {
    script: Script,
    first: char,
    origin: FieldPath,
    characters: BTreeSet<char>,
}

impl Missing {
    /// Notes a character in the text of a field.
    pub(super) fn note(&mut self, c: char, origin: &FieldPath) {
        let script = c.script();
        let found = self
            .0
            .entry(script.full_name())
            .or_insert_with(|| OfScript {
                script,
                first: c,
                origin: origin.clone(),
                characters: BTreeSet::new(),
            });
        found.characters.insert(c);
    }

    /// A finding for each script.
    pub(super) fn into_findings(self) -> impl Iterator<Item = Finding> {
        self.0.into_values().map(|found| Finding {
            path: found.origin.clone(),
            diagnostic: Diagnostic::warning(Code::MissingCharacter, found.message())
                .hint("the PDF edition shows boxes in their place; the text itself is kept"),
        })
    }
}

impl OfScript {
    fn message(&self) -> String {
        let first = format!("{:?} (U+{:04X})", self.first, u32::from(self.first));
        let count = self.characters.len();
        match self.script {
            _ if count == 1 => format!("no embedded face has the character {first}"),
            Script::Common | Script::Inherited | Script::Unknown => {
                format!(
                    "no embedded face has {count} characters of this piece, the first of which is {first}"
                )
            }
            script => format!(
                "no embedded face has {count} characters of the {} script, the first of which is {first}",
                script.full_name().replace('_', " ")
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_script_is_told_once_at_its_first_place() {
        let mut missing = Missing::default();
        for (index, text) in ["一不\u{e000}", "业一", "ꭺ"].iter().enumerate() {
            let origin = FieldPath::root().key("statement").index(index);
            text.chars().for_each(|c| missing.note(c, &origin));
        }
        let told: Vec<_> = missing
            .into_findings()
            .map(|found| format!("{}: {}", found.path, found.diagnostic.message))
            .collect();
        assert_eq!(
            told,
            [
                "statement[2]: no embedded face has the character 'ꭺ' (U+AB7A)",
                "statement[0]: no embedded face has 3 characters of the Han script, the first of which is '一' (U+4E00)",
                "statement[0]: no embedded face has the character '\\u{e000}' (U+E000)",
            ]
        );
    }
}
