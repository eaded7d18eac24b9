//! Order: pieces end in any order, and are told of in the order of their paths.

use std::collections::BTreeMap;

/// Hands on values in the order of their numbers, keeping those that came too early.
#[derive(Debug)]
pub(super) struct InOrder<T> {
    next: usize,
    early: BTreeMap<usize, T>,
}

impl<T> Default for InOrder<T> {
    fn default() -> Self {
        Self {
            next: 0,
            early: BTreeMap::new(),
        }
    }
}

impl<T> InOrder<T> {
    /// Takes the value of a number, and hands on every value whose turn has come.
    pub(super) fn push(&mut self, number: usize, value: T, mut emit: impl FnMut(usize, T)) {
        self.early.insert(number, value);
        while let Some(value) = self.early.remove(&self.next) {
            emit(self.next, value);
            self.next += 1;
        }
    }

    /// Hands on what is left, although numbers before it never came.
    pub(super) fn flush(&mut self, mut emit: impl FnMut(usize, T)) {
        for (number, value) in std::mem::take(&mut self.early) {
            emit(number, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_handed_on_in_the_order_of_their_numbers() {
        let (mut order, mut seen) = (InOrder::default(), Vec::new());
        for number in [2, 0, 1, 5, 4] {
            order.push(number, number * 10, |n, value| seen.push((n, value)));
        }
        assert_eq!(seen, [(0, 0), (1, 10), (2, 20)]);
        order.flush(|n, value| seen.push((n, value)));
        assert_eq!(seen[3..], [(4, 40), (5, 50)]);
    }
}
