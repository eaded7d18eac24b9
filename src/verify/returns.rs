//! References to notes in files that flow, and the ways back from these: each leads to what the source has there, under its name.

use super::difference::{Difference, Kind, MOST, quoted};
use super::places::{Aims, Mark};
use super::words::letters;
use crate::read::{Contents, FileKind, Reference, Return};

/// Holds the references of an edition of ours, whose words are those of the source.
pub(super) fn hold(contents: &Contents, aims: &Aims, found: &mut Vec<Difference>) {
    let is_own = match contents.kind {
        // Programs that save a document again have their own ways to refer.
        FileKind::Docx => contents.metadata.is_last_by_us(),
        _ => contents.metadata.text_hash.is_some(),
    };
    if !is_own {
        return;
    }
    let mut own = Vec::new();
    let (in_notes, in_text): (Vec<&Reference>, Vec<&Reference>) =
        (contents.paper.references.iter()).partition(|own| own.is_in_note);
    references(&aims.marks, &in_text, "the text", &mut own);
    references(&aims.note_marks, &in_notes, "the notes", &mut own);
    for (index, (note, returns)) in aims.notes.iter().zip(&contents.paper.returns).enumerate() {
        // Word leads back from the number of a note by itself.
        let skipped = usize::from(contents.kind == FileKind::Docx && note.is_cited);
        let should = note.returns.iter().skip(skipped);
        if let Some(message) = returned(should, returns, contents.kind) {
            own.push(Difference {
                kind: Kind::Link,
                place: format!("note {}", index + 1),
                message,
            });
        }
    }
    found.extend(own.into_iter().take(MOST));
}

fn references(
    expected: &[Mark],
    found: &[&Reference],
    place: &str,
    differences: &mut Vec<Difference>,
) {
    let mut say = |message: String| {
        differences.push(Difference {
            kind: Kind::Link,
            place: place.to_owned(),
            message,
        });
    };
    if expected.len() != found.len() {
        let (has, should) = (found.len(), expected.len());
        return say(format!(
            "it has {has} references to notes, the source {should}"
        ));
    }
    for (own, other) in expected.iter().zip(found) {
        if own.note != other.to {
            let (name, to) = (&other.name, &other.to);
            say(format!(
                "the reference `{name}` leads to `{to}` and not to its note"
            ));
        }
        if own.reference != other.name {
            let (name, should) = (&other.name, &own.reference);
            say(format!(
                "the name `{name}` stands where the source has `{should}`"
            ));
        }
        if let Some(words) = &other.words
            && letters(words) != letters(&own.shown)
        {
            let (words, should) = (quoted(words), quoted(&own.shown));
            say(format!(
                "the mark of a note is {words}, in the source {should}"
            ));
        }
    }
}

/// What is wrong about the ways back from a note.
fn returned<'a>(
    expected: impl Iterator<Item = &'a Return>,
    found: &[Return],
    kind: FileKind,
) -> Option<String> {
    let expected: Vec<&Return> = expected.collect();
    for (own, other) in expected.iter().zip(found) {
        if own.to != other.to {
            let (to, should) = (&other.to, &own.to);
            return Some(format!("a way back leads to `{to}` and not to `{should}`"));
        }
        if letters(&own.words) != letters(&other.words) {
            let (words, should) = (quoted(&other.words), quoted(&own.words));
            return Some(format!("a way back shows {words}, in the source {should}"));
        }
        // Word has no names for those who listen.
        if kind != FileKind::Docx && own.label != other.label {
            let label = other.label.as_deref().unwrap_or_default();
            return Some(format!("a way back is called {}", quoted(label)));
        }
    }
    let (has, should) = (found.len(), expected.len());
    (has != should).then(|| format!("{has} ways lead back from it, in the source {should}"))
}
