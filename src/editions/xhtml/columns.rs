//! The columns of tables too wide for a narrow page, each given its share by its longest word and its longest cell.
//!
//! Left to itself a reading system squeezes every column but the longest until each word is broken. The shares are of
//! the table, since lengths of the page mean another thing in every reading system that cuts a document into pages.

use crate::compose::{Composition, Table};

/// The most that the columns' longest words may take, in characters, before a table counts as wide: a phone's page.
const NARROW: usize = 38;
/// The space beside a column, in characters.
const SPACE: usize = 2;
/// A longer word may be broken anywhere.
const LONGEST_WORD: usize = 16;
/// Of so many characters that its longest cell has beyond one word, a column gets room for one.
const PATIENCE: usize = 10;
/// A longer cell asks for no more.
const LONGEST_CELL: usize = 48;

/// The shares of the columns in percent where the table is wide, else none.
pub(super) fn shares(composition: &Composition, table: &Table) -> Vec<usize> {
    let columns = table.header.first().map_or(0, Vec::len);
    let mut longest = vec![(0, 0); columns];
    for row in table.header.iter().chain(&table.rows) {
        for ((word, cell), text) in longest.iter_mut().zip(row) {
            let text = composition[*text].plain();
            *word = longest_word(&text).max(*word);
            *cell = text.chars().count().max(*cell);
        }
    }
    let words: usize = longest.iter().map(|(word, _)| word + SPACE).sum();
    if words <= NARROW {
        return Vec::new();
    }
    let weights = longest.iter().map(|(word, cell)| {
        let beyond = (*cell).min(LONGEST_CELL).saturating_sub(*word) / PATIENCE;
        SPACE + (*word).min(LONGEST_WORD) + beyond
    });
    let all: usize = weights.clone().sum();
    weights.map(|weight| weight * 100 / all.max(1)).collect()
}

/// The longest word; one with a hyphen is read better whole.
fn longest_word(text: &str) -> usize {
    let words = text.split_whitespace().map(|word| word.chars().count());
    words.max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_one_word() {
        assert_eq!(longest_word("2024-05 Ghulam Khan"), 7);
        assert_eq!(longest_word("Casualties"), 10);
        assert_eq!(longest_word(""), 0);
    }
}
