//! The ways back from footnotes to their references: a note's number leads to the first, a link behind its text to each other.

use super::digits::Digits;
use super::{Anchor, Note, Reading, Shift, Span, Target, Text};

/// The sign of a link behind a note: in every face of ours, and no picture in any.
const BACK: char = '\u{2191}';

/// Leads notes back to their references. What the eye alone meets is no place to lead to.
pub(super) fn lead(texts: &mut [Text], notes: &mut [Note], digits: Digits) {
    let mut references: Vec<Vec<Anchor>> = vec![Vec::new(); notes.len()];
    let read = texts.iter().filter(|text| text.reading == Reading::Text);
    for span in read.flat_map(|text| &text.spans) {
        if let Some(Target::Note { note, reference }) = &span.target {
            references[note.0 as usize].push(reference.clone());
        }
    }
    for (note, references) in notes.iter_mut().zip(references) {
        let mut references = references.into_iter().zip(1..);
        let Some((first, _)) = references.next() else {
            continue;
        };
        note.reference = first;
        let links = references.flat_map(|(reference, number)| link(reference, number, digits));
        texts[note.text.0 as usize].spans.extend(links);
    }
}

/// So many links back stand on one line at most.
const ON_A_LINE: usize = 8;

/// A link back, and what parts it from the words before it.
fn link(reference: Anchor, number: usize, digits: Digits) -> [Span; 2] {
    let space = if number.is_multiple_of(ON_A_LINE) {
        " "
    } else {
        "\u{A0}"
    };
    let number = digits.number(number);
    let shown = format!("{BACK}{number}");
    let target = Some(Target::Back { reference, number });
    let between = Span {
        shift: Shift::Mark,
        ..Span::plain(space)
    };
    let link = Span {
        shift: Shift::Mark,
        target,
        ..Span::plain(shown)
    };
    [between, link]
}

#[cfg(test)]
mod tests {
    use super::super::sample::composed;
    use super::super::{Target, TextId};

    #[test]
    fn a_note_leads_back_to_each_reference_that_is_read() {
        let composition = composed(
            "{series: S, title: T, date: 2025-11-04, language: ar-EG, contributors: [{name: N, statement: [
            'One.[^n] Two.[^n]', {pull: 'One.[^n]'}, 'Three.[^n] Four.[^m]']}], notes: {n: Words., m: Others.}}",
        );
        let [twice, once] = &composition.notes[..] else {
            panic!("two notes")
        };
        let links = |id: TextId| -> Vec<_> {
            let spans = composition[id].spans.iter();
            let links = spans.filter_map(|span| match &span.target {
                Some(Target::Back { reference, number }) => {
                    Some((span.text.as_str(), reference.as_str(), number.as_str()))
                }
                _ => None,
            });
            links.collect()
        };
        assert_eq!(twice.reference.as_str(), "ref_1");
        assert_eq!(
            links(twice.text),
            [("\u{2191}٢", "ref_1_2", "٢"), ("\u{2191}٣", "ref_1_4", "٣")]
        );
        assert_eq!(links(once.text), []);
        assert_eq!(composition[twice.text].plain(), "Words.");
    }
}
