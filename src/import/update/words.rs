//! Words of a text with marks: which of them changed, and the text with those changed alone.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::super::marks::{self, Escapes};
use super::super::signs;
use crate::compose::Shift;
use crate::piece::Marked;
use crate::read::{Link, Look, Span};

/// The parts that are compared: words, and single characters between them.
pub(super) fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut from = 0;
    let mut in_word = false;
    for (at, c) in text.char_indices() {
        let is_word = c.is_alphanumeric();
        if at > from && !(in_word && is_word) {
            tokens.push(&text[from..at]);
            from = at;
        }
        in_word = is_word;
    }
    if from < text.len() {
        tokens.push(&text[from..]);
    }
    tokens
}

/// A stretch of a text that is another now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    /// The bytes of the old text.
    pub(super) old: Range<usize>,
    /// What stands there now.
    pub(super) new: String,
}

/// What makes one text another. White space is white space, whatever its kind: it never differs.
pub(super) fn changes(old: &str, new: &str) -> Vec<Change> {
    let (a, b) = (tokens(old), tokens(new));
    let key = |tokens: &[&str]| -> Vec<String> {
        let keys = tokens
            .iter()
            .map(|token| match token.chars().all(char::is_whitespace) {
                true => " ".to_owned(),
                false => (*token).to_owned(),
            });
        keys.collect()
    };
    let offsets = |tokens: &[&str]| -> Vec<usize> {
        let mut at = 0;
        let mut all = vec![0];
        for token in tokens {
            at += token.len();
            all.push(at);
        }
        all
    };
    let (from_a, from_b) = (offsets(&a), offsets(&b));
    if a.is_empty() && b.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<Change> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &key(&a), &key(&b)) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let (x, y) = (op.old_range(), op.new_range());
        let old_bytes = from_a[x.start]..from_a[x.end];
        let new_text = &new[from_b[y.start]..from_b[y.end]];
        match found.last_mut() {
            Some(last) if last.old.end == old_bytes.start => {
                last.old.end = old_bytes.end;
                last.new.push_str(new_text);
            }
            _ => found.push(Change {
                old: old_bytes,
                new: new_text.to_owned(),
            }),
        }
    }
    found
}

/// A text with changes made to it.
pub(super) fn changed(text: &str, changes: &[Change]) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    let mut from = 0;
    for change in changes {
        out.push_str(&text[from..change.old.start]);
        out.push_str(&change.new);
        from = change.old.end;
    }
    out.push_str(&text[from..]);
    out
}

/// The text that two people made of one, each for themselves; none where they changed the same words.
pub(super) fn merge(old: &str, ours: &str, theirs: &str) -> Option<String> {
    let mut all = changes(old, ours);
    for change in changes(old, theirs) {
        if all.contains(&change) {
            continue;
        }
        let meets =
            |other: &Change| change.old.start <= other.old.end && other.old.start <= change.old.end;
        if all.iter().any(meets) {
            return None;
        }
        all.push(change);
    }
    all.sort_by_key(|change| change.old.start);
    Some(changed(old, &all))
}

/// What an edited text shall be.
pub(super) struct Wanted<'a> {
    /// Its stretches, notes under their names in the source.
    pub(super) spans: &'a [Span],
    /// Whether emphasis, strength and links are to be those.
    pub(super) has_looks: bool,
}

/// The text with marks that says what is wanted and differs as little as can be from what stands there.
pub(super) fn rewritten(value: &str, wanted: &Wanted<'_>) -> String {
    let signs = reduced(&signs::wanted(wanted.spans), wanted.has_looks);
    let new_plain: String = signs
        .iter()
        .filter(|(c, ..)| *c != '\0')
        .map(|(c, ..)| *c)
        .collect();
    let says = |text: &str| reduced(&signs::signs(text), wanted.has_looks) == signs;
    if says(value) {
        return value.to_owned();
    }
    let words = Marked::new(value).words_at();
    let plain: String = words.iter().map(|range| &value[range.clone()]).collect();
    let found = changes(&plain, &new_plain);
    for side in [Side::Before, Side::After] {
        for escapes in [Escapes::None, Escapes::All] {
            let spliced = spliced(value, &words, &found, side, escapes);
            if says(&spliced) {
                return spliced;
            }
        }
    }
    marks::marked(wanted.spans).text
}

/// On which side of a mark new words go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// Behind the word before them.
    Before,
    /// Before the word behind them.
    After,
}

/// The text with changes of its words made.
fn spliced(
    value: &str,
    words: &[Range<usize>],
    found: &[Change],
    side: Side,
    escapes: Escapes,
) -> String {
    let mut all = Vec::new();
    for change in found {
        let new = marks::escaped(&change.new, escapes);
        if change.old.is_empty() {
            let at = match side {
                Side::Before => end_of(words, change.old.start),
                Side::After => start_of(words, change.old.start, value.len()),
            };
            all.push(Change { old: at..at, new });
            continue;
        }
        // Marks between words that go stay: each stretch of words goes by itself, the new ones stand in the place of the first.
        let mut new = Some(new);
        let mut before = 0;
        for range in words {
            let (from, to) = (
                change.old.start.max(before),
                change.old.end.min(before + range.len()),
            );
            if from < to {
                let at = range.start + from - before..range.start + to - before;
                all.push(Change {
                    old: at,
                    new: new.take().unwrap_or_default(),
                });
            }
            before += range.len();
        }
    }
    all.sort_by_key(|change| (change.old.start, change.old.end));
    changed(value, &all)
}

/// Where the word that ends at a byte of the words ends in the text.
fn end_of(words: &[Range<usize>], at: usize) -> usize {
    let mut before = 0;
    let mut last = words.first().map_or(0, |first| first.start);
    for range in words {
        if at == 0 {
            return range.start;
        }
        if at <= before + range.len() {
            return range.start + at - before;
        }
        before += range.len();
        last = range.end;
    }
    last
}

/// Where the word that begins at a byte of the words begins in the text.
fn start_of(words: &[Range<usize>], at: usize, end: usize) -> usize {
    let mut before = 0;
    for range in words {
        if at < before + range.len() {
            return range.start + at - before;
        }
        before += range.len();
    }
    end
}

/// A letter with what counts of its look.
type Seen = (char, bool, bool, Shift, Option<Link>);

/// Characters with their looks as far as those count: white space is one, notes keep their names.
fn reduced(signs: &[(char, Look)], has_looks: bool) -> Vec<Seen> {
    let mut all: Vec<Seen> = Vec::new();
    for (c, look) in signs {
        let link = match &look.link {
            Some(Link::Note(name)) => Some(Link::Note(name.clone())),
            // An address is the same however it is spelled.
            Some(Link::Outside(to)) if has_looks => {
                let same = url::Url::parse(to).map_or_else(|_| to.clone(), String::from);
                Some(Link::Outside(same))
            }
            _ => None,
        };
        let is_note = matches!(link, Some(Link::Note(_)));
        match c.is_whitespace() {
            true => all.push((' ', false, false, Shift::None, None)),
            false if has_looks && !is_note => {
                all.push((*c, look.emphasis, look.strong, look.shift, link))
            }
            false => all.push((*c, false, false, Shift::None, link)),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(parts: &[(&str, bool)]) -> Vec<Span> {
        let span = |(text, emphasis): &(&str, bool)| Span {
            text: (*text).to_owned(),
            look: Look {
                emphasis: *emphasis,
                ..Look::default()
            },
        };
        parts.iter().map(span).collect()
    }

    fn rewrite(value: &str, parts: &[(&str, bool)]) -> String {
        let spans = spans(parts);
        rewritten(
            value,
            &Wanted {
                spans: &spans,
                has_looks: true,
            },
        )
    }

    #[test]
    fn words_change_and_marks_stay() {
        assert_eq!(
            rewrite(
                "One *two* three",
                &[("One ", false), ("two", true), (" four", false)]
            ),
            "One *two* four"
        );
        assert_eq!(
            rewrite(
                "One *two* three",
                &[("One ", false), ("two new", true), (" three", false)]
            ),
            "One *two new* three"
        );
        assert_eq!(
            rewrite(
                "One *two* three",
                &[("One ", false), ("two", true), (" new three", false)]
            ),
            "One *two* new three"
        );
        assert_eq!(
            rewrite("2\\*3 is 6", &[("2*3 is six", false)]),
            "2\\*3 is six"
        );
        assert_eq!(
            rewrite("[سوال](lang:ur) is a word", &[("سوال is one word", false)]),
            "[سوال](lang:ur) is one word"
        );
        assert_eq!(
            rewrite("One two", &[("One ", false), ("two", true)]),
            "One *two*"
        );
        assert_eq!(
            rewrite("One *two* three", &[("One three", false)]).replace("  ", " "),
            "One three"
        );
    }

    #[test]
    fn two_edits_in_one_paragraph_are_merged_and_of_one_word_are_not() {
        let old = "The border was closed in October and nobody knows for how long";
        let ours = old.replace("October", "November");
        let theirs = old.replace("nobody knows", "everybody asks");
        let both = old
            .replace("October", "November")
            .replace("nobody knows", "everybody asks");
        assert_eq!(merge(old, &ours, &theirs), Some(both));
        assert_eq!(merge(old, &ours, &old.replace("October", "May")), None);
        assert_eq!(merge(old, &ours, &ours), Some(ours.clone()));
    }
}
