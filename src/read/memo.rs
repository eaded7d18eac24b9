//! What was made of texts not long ago. Editions of one archive have the same style sheets and styles to the byte, and what is made
//! of these needs making once.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// So many results are kept, the last ones: an archive has a few themes and languages.
const MOST: usize = 16;
/// Of longer texts none is kept, in bytes together: memory stays flat whatever comes.
const LONGEST: usize = 1 << 18;

/// Texts with what was made of them, the last first.
type Kept<V> = VecDeque<(Arc<[String]>, Arc<V>)>;

/// The results of one function of texts. It depends on nothing else, so that nobody can tell a kept result from a new one.
pub(super) struct Memo<V> {
    kept: Mutex<Kept<V>>,
}

impl<V> Memo<V> {
    pub(super) const fn new() -> Self {
        Self {
            kept: Mutex::new(VecDeque::new()),
        }
    }

    /// What is made of some texts.
    pub(super) fn of(&self, texts: &[&str], make: impl FnOnce() -> V) -> Arc<V> {
        if texts.iter().map(|text| text.len()).sum::<usize>() > LONGEST {
            return Arc::new(make());
        }
        let find = |kept: &Kept<V>| {
            let found = kept.iter().find(|(own, _)| own.iter().eq(texts));
            found.map(|(_, made)| Arc::clone(made))
        };
        if let Some(made) = find(&self.kept.lock().unwrap_or_else(PoisonError::into_inner)) {
            return made;
        }
        // Made without the lock, so that none waits for it; two may make the same at once.
        let made = Arc::new(make());
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if find(&kept).is_none() {
            if kept.len() == MOST {
                kept.pop_back();
            }
            let own = texts.iter().map(|text| (*text).to_owned()).collect();
            kept.push_front((own, Arc::clone(&made)));
        }
        made
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_those_of_their_texts_and_few_are_kept() {
        let memo = Memo::new();
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
        for number in 0..MOST {
            of(&[&number.to_string()]);
        }
        of(&["a", "b"]);
        assert_eq!(made.get(), 3 + MOST);
        let long = "x".repeat(LONGEST + 1);
        of(&[&long]);
        of(&[&long]);
        assert_eq!(made.get(), 5 + MOST);
    }
}
