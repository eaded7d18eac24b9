//! What was made of texts and bytes not long ago. Editions of one archive have the same style sheets, styles and faces to the byte,
//! and what is made of these needs making once.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// So many style sheets and styles are kept: an archive has a few themes and languages.
pub(super) const LOOKS: usize = 16;
/// Of what is longer nothing is kept, in bytes together: memory stays flat whatever comes.
const LONGEST: usize = 1 << 18;

/// What was given, and what was made of it.
type Made<V> = (Box<[Box<[u8]>]>, Arc<V>);

/// The results of one function of texts or bytes, the last of them first. It depends on nothing else, so that nobody can tell a kept
/// result from a new one.
pub(super) struct Memo<V> {
    most: usize,
    kept: Mutex<VecDeque<Made<V>>>,
}

impl<V> Memo<V> {
    /// One that keeps so many results.
    pub(super) const fn new(most: usize) -> Self {
        Self {
            most,
            kept: Mutex::new(VecDeque::new()),
        }
    }

    /// What is made of some texts.
    pub(super) fn of(&self, texts: &[&str], make: impl FnOnce() -> V) -> Arc<V> {
        let given: Vec<&[u8]> = texts.iter().map(|text| text.as_bytes()).collect();
        if let Some(made) = self.get(&given) {
            return made;
        }
        // Made without the lock, so that none waits for it; two may make the same at once.
        let made = Arc::new(make());
        self.keep(&given, &made);
        made
    }

    /// What was made of this.
    pub(super) fn get(&self, given: &[&[u8]]) -> Option<Arc<V>> {
        if is_long(given) {
            return None;
        }
        let kept = self.kept();
        let found = kept.iter().find(|(own, _)| is_same(own, given));
        found.map(|(_, made)| Arc::clone(made))
    }

    /// Keeps what was made of this.
    pub(super) fn keep(&self, given: &[&[u8]], made: &Arc<V>) {
        let mut kept = self.kept();
        if is_long(given) || kept.iter().any(|(own, _)| is_same(own, given)) {
            return;
        }
        kept.truncate(self.most - 1);
        let own = given.iter().map(|part| Box::from(*part)).collect();
        kept.push_front((own, Arc::clone(made)));
    }

    fn kept(&self) -> MutexGuard<'_, VecDeque<Made<V>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_long(given: &[&[u8]]) -> bool {
    given.iter().map(|part| part.len()).sum::<usize>() > LONGEST
}

fn is_same(own: &[Box<[u8]>], given: &[&[u8]]) -> bool {
    own.iter().map(|part| &**part).eq(given.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_those_of_their_texts_and_few_are_kept() {
        let memo = Memo::new(LOOKS);
        let made = std::cell::Cell::new(0);
        let of = |texts: &[&str]| {
            let make = || {
                made.set(made.get() + 1);
                texts.concat()
            };
            memo.of(texts, make).as_str().to_owned()
        };
        assert_eq!(of(&["a", "b"]), "ab");
        assert_eq!(of(&["a", "b"]), "ab");
        assert_eq!(of(&["ab"]), "ab");
        assert_eq!(made.get(), 2);
        for number in 0..LOOKS {
            of(&[&number.to_string()]);
        }
        of(&["a", "b"]);
        assert_eq!(made.get(), 3 + LOOKS);
        let long = "x".repeat(LONGEST + 1);
        of(&[&long]);
        of(&[&long]);
        assert_eq!(made.get(), 5 + LOOKS);
    }
}
