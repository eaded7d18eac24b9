//! Pull quotes: whether their words stand in the text, so that they are shown again for the eye alone.
//!
//! Words are compared as readers hear them: without marks, capitals and punctuation. What an ellipsis leaves out may be anything.

use std::collections::{HashMap, HashSet};

use unicode_segmentation::UnicodeSegmentation;

use crate::diagnostic::{Code, Diagnostic, Finding};

use super::span::push;
use super::{Kind, NoteId, Reading, Span, Target, Text};

/// Decides how each pull quote is read, and warns of those that repeat nothing.
pub(super) fn decide(texts: &mut [Text]) -> Vec<Finding> {
    let (pulls, others): (Vec<_>, Vec<_>) =
        (0..texts.len()).partition(|index| texts[*index].kind == Kind::Pull);
    let plain = |indices: &[usize]| -> Vec<String> {
        let texts = indices.iter().map(|index| texts[*index].plain());
        texts.collect()
    };
    let repeated = match pulls.is_empty() {
        true => return Vec::new(),
        false => repeated(&plain(&pulls), &plain(&others)),
    };
    let mut findings = Vec::new();
    for (index, repeated) in pulls.into_iter().zip(repeated) {
        let text = &mut texts[index];
        if repeated {
            text.reading = Reading::Decoration;
        } else {
            let message = "the words of this pull quote stand nowhere in the text; it is read as a paragraph of its own";
            findings.push(Finding {
                path: text.origin.clone(),
                diagnostic: Diagnostic::warning(Code::LonePull, message)
                    .hint("repeat words of the text, or make it a paragraph or a `quote`"),
            });
        }
    }
    without_marks(texts, &mut findings);
    findings
}

/// Takes the marks of notes out of pull quotes that are shown for the eye alone: the text that they repeat has them, and a mark that
/// leads nowhere is none. Where nothing else refers to a note, nobody would come to it.
fn without_marks(texts: &mut [Text], findings: &mut Vec<Finding>) {
    let note = |span: &Span| match &span.target {
        Some(Target::Note { note, .. }) => Some(*note),
        _ => None,
    };
    let is_decoration = |text: &Text| text.reading == Reading::Decoration;
    if !texts
        .iter()
        .any(|text| is_decoration(text) && text.spans.iter().any(|s| note(s).is_some()))
    {
        return;
    }
    let read = texts.iter().filter(|text| !is_decoration(text));
    let cited: HashSet<NoteId> = read.flat_map(|text| &text.spans).filter_map(note).collect();
    for text in texts.iter_mut().filter(|text| is_decoration(text)) {
        let spans = std::mem::take(&mut text.spans);
        let mut is_lost = false;
        for span in spans {
            match note(&span) {
                Some(note) => is_lost |= !cited.contains(&note),
                None => push(&mut text.spans, span),
            }
        }
        if is_lost {
            let message = "this pull quote repeats the text, which does not refer to its note";
            findings.push(Finding {
                path: text.origin.clone(),
                diagnostic: Diagnostic::error(Code::UnusedNote, message)
                    .hint("put the mark of the note behind these words in the text"),
            });
        }
    }
}

/// Of each pull quote whether its words stand in one of the other texts.
pub(crate) fn repeated(pulls: &[String], others: &[String]) -> Vec<bool> {
    // Most pieces have none, and their words need not be told apart.
    if pulls.is_empty() {
        return Vec::new();
    }
    let mut sought = Sequences::new();
    let mut vocabulary = HashMap::new();
    let mut parts_of = Vec::with_capacity(pulls.len());
    for pull in pulls {
        let plain = pull.replace("...", "…");
        let parts = plain.split('…').map(|part| {
            let words = words(part).map(|word| {
                let next = vocabulary.len();
                *vocabulary.entry(word).or_insert(next)
            });
            sought.add(words)
        });
        parts_of.push(parts.collect::<Vec<_>>());
    }
    let mut search = sought.search();
    for text in others {
        search.through(words(text).map(|word| vocabulary.get(&word).copied()));
    }
    let found = search.found();
    let all = |parts: Vec<usize>| parts.into_iter().all(|part| found[part]);
    parts_of.into_iter().map(all).collect()
}

/// The words of a text, as they are compared.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.unicode_words().map(|word| {
        let letters = word.chars().filter(|c| *c != '\u{AD}');
        let letters = letters.map(|c| if c == '’' { '\'' } else { c });
        letters.collect::<String>().to_lowercase()
    })
}

/// The state in which nothing of a sequence was met.
const NOTHING: usize = 0;

/// Sequences of words that are sought all at once, in time that grows with the length of the texts alone (Aho and Corasick,
/// 1975): a piece may hold thousands of pull quotes.
struct Sequences {
    /// The state after a state and a word.
    next: HashMap<(usize, usize), usize>,
    states: Vec<State>,
}

/// The beginning of a sequence.
struct State {
    /// The beginning without its last word.
    before: usize,
    /// Its last word.
    word: usize,
    length: usize,
}

impl Sequences {
    fn new() -> Self {
        let nothing = State {
            before: NOTHING,
            word: 0,
            length: 0,
        };
        Self {
            next: HashMap::new(),
            states: vec![nothing],
        }
    }

    /// Adds a sequence; tells the state in which all of it was met.
    fn add(&mut self, words: impl Iterator<Item = usize>) -> usize {
        words.fold(NOTHING, |before, word| {
            let new = self.states.len();
            let state = *self.next.entry((before, word)).or_insert(new);
            if state == new {
                let length = self.states[before].length + 1;
                self.states.push(State {
                    before,
                    word,
                    length,
                });
            }
            state
        })
    }

    fn search(self) -> Search {
        let mut order: Vec<_> = (0..self.states.len()).collect();
        order.sort_by_key(|state| self.states[*state].length);
        let mut search = Search {
            next: self.next,
            shorter: vec![NOTHING; order.len()],
            met: vec![false; order.len()],
            order,
        };
        search.met[NOTHING] = true;
        for index in 1..search.order.len() {
            let state = search.order[index];
            let State {
                before,
                word,
                length,
            } = self.states[state];
            if length > 1 {
                search.shorter[state] = search.after(search.shorter[before], word);
            }
        }
        search
    }
}

/// A search for sequences.
struct Search {
    next: HashMap<(usize, usize), usize>,
    /// The longest other beginning with which a state ends.
    shorter: Vec<usize>,
    met: Vec<bool>,
    /// The states, the shortest first.
    order: Vec<usize>,
}

impl Search {
    fn after(&self, mut state: usize, word: usize) -> usize {
        loop {
            match self.next.get(&(state, word)) {
                Some(next) => return *next,
                None if state == NOTHING => return NOTHING,
                None => state = self.shorter[state],
            }
        }
    }

    /// Goes through a text; no sequence goes on from one into the next. A word of no sequence is none.
    fn through(&mut self, words: impl Iterator<Item = Option<usize>>) {
        let mut state = NOTHING;
        for word in words {
            state = word.map_or(NOTHING, |word| self.after(state, word));
            self.met[state] = true;
        }
    }

    /// By state, whether it was met.
    fn found(mut self) -> Vec<bool> {
        for state in self.order.iter().rev() {
            if self.met[*state] {
                self.met[self.shorter[*state]] = true;
            }
        }
        self.met
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::composed;
    use super::*;

    /// How a pull quote is read beside two paragraphs.
    fn reading(pull: &str) -> (Reading, usize) {
        let composition = composed(&format!(
            "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\ncontributors:\n- name: N\n  statement:\n  \
             - The Doha agreement[^n] did *not* hold, and they didn’t say why.\n  - Trade goes on and on and off.\n  - 国境は今日も閉ざされている。\n  \
             - pull: \"{pull}\"\nnotes: {{n: A note.}}\n"
        ));
        let text = composition.texts.iter();
        let mut pulls = text.filter(|text| text.kind == Kind::Pull);
        let pull = pulls.next().expect("a pull quote");
        let lone = composition.findings.iter();
        let lone = lone.filter(|finding| finding.diagnostic.code == Code::LonePull);
        (pull.reading, lone.count())
    }

    #[test]
    fn words_that_stand_in_the_text_are_decoration() {
        for pull in [
            "The Doha agreement did not hold",
            "“Did not hold!”",
            "the **Doha** agreement[^n] did not hold",
            "they didn't say",
            "The Doha agreement … didn’t say why",
            "Trade ... and off",
            "on and off",
            "今日も閉ざされている",
            "— —",
        ] {
            assert_eq!(reading(pull), (Reading::Decoration, 0), "{pull}");
        }
    }

    #[test]
    fn a_note_that_a_repetition_alone_refers_to_is_refused() {
        let found = |text: &str| {
            let composition = composed(&format!(
                "{{series: S, title: T, date: 2025-11-04, language: en, contributors: [{{name: N, statement: [\
                 {text}, {{pull: 'agreement[^n] did not hold'}}]}}], notes: {{n: A note.}}}}"
            ));
            let findings = composition.findings.into_iter();
            let codes = findings.map(|finding| finding.diagnostic.code);
            codes.collect::<Vec<_>>()
        };
        assert_eq!(found("The agreement did not hold"), [Code::UnusedNote]);
        assert_eq!(found("'The agreement did not hold[^n]'"), []);
        // It is read, and its note with it.
        assert_eq!(found("Words"), [Code::LonePull]);
    }

    #[test]
    fn words_that_stand_nowhere_else_are_read_and_warned_of() {
        for pull in [
            "The Doha agreement held",
            "agreement hold",
            "say why trade goes on",
            "Trade … and Doha",
            "on and on and on",
        ] {
            assert_eq!(reading(pull), (Reading::Text, 1), "{pull}");
        }
    }
}
