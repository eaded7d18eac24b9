//! Which unit of one sequence answers to which of another.

use std::collections::BTreeMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::super::document::Role;
use super::unit::{Unit, What};

/// Two units that answer to each other, or one that nothing answers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pair {
    Both(usize, usize),
    Old(usize),
    New(usize),
}

/// So many comparisons are made of what stands between equal units; more differ as a whole.
const MOST: usize = 250_000;

/// Aligns two sequences: equal units first, then, between those, the most alike in their order.
pub(super) fn align(old: &[Unit], new: &[Unit]) -> Vec<Pair> {
    let key = |unit: &Unit| (group(unit.what), unit.seen, unit.line.clone());
    let (old_keys, new_keys): (Vec<_>, Vec<_>) =
        (old.iter().map(key).collect(), new.iter().map(key).collect());
    let mut pairs = Vec::new();
    if old.is_empty() && new.is_empty() {
        return pairs;
    }
    let ops = capture_diff_slices(Algorithm::Patience, &old_keys, &new_keys);
    // What is gone and what is new beside each other is one gap.
    let mut gap: Option<(std::ops::Range<usize>, std::ops::Range<usize>)> = None;
    for op in ops {
        match op {
            DiffOp::Equal {
                old_index,
                new_index,
                len,
            } => {
                if let Some((a, b)) = gap.take() {
                    between(old, new, a, b, &mut pairs);
                }
                pairs.extend((0..len).map(|at| Pair::Both(old_index + at, new_index + at)));
            }
            op => {
                let (a, b) = (op.old_range(), op.new_range());
                gap = Some(match gap.take() {
                    Some((c, d)) => (c.start..a.end, d.start..b.end),
                    None => (a, b),
                });
            }
        }
    }
    if let Some((a, b)) = gap {
        between(old, new, a, b, &mut pairs);
    }
    pairs
}

/// Units that can answer to each other.
fn group(what: What) -> u8 {
    match what {
        What::Text | What::Affiliation | What::Heading | What::Item => 0,
        What::Picture => 1,
        What::Table => 2,
        What::Note => 3,
    }
}

fn between(
    old: &[Unit],
    new: &[Unit],
    a: std::ops::Range<usize>,
    b: std::ops::Range<usize>,
    pairs: &mut Vec<Pair>,
) {
    let (n, m) = (a.len(), b.len());
    if n * m > MOST || n == 0 || m == 0 {
        pairs.extend(a.map(Pair::Old));
        pairs.extend(b.map(Pair::New));
        return;
    }
    let bags: Vec<_> = old[a.clone()].iter().map(bag).collect();
    let other: Vec<_> = new[b.clone()].iter().map(bag).collect();
    // best[i][j]: the most that pairs of what comes from i and j on are alike.
    let mut best = vec![vec![0_u32; m + 1]; n + 1];
    let mut alike = vec![vec![0_u32; m]; n];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            let (x, y) = (&old[a.start + i], &new[b.start + j]);
            alike[i][j] = likeness(x, y, &bags[i], &other[j], n == 1 && m == 1);
            let both = match alike[i][j] {
                0 => 0,
                alike => alike + best[i + 1][j + 1],
            };
            best[i][j] = both.max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < n || j < m {
        if i < n && j < m && alike[i][j] > 0 && best[i][j] == alike[i][j] + best[i + 1][j + 1] {
            pairs.push(Pair::Both(a.start + i, b.start + j));
            (i, j) = (i + 1, j + 1);
        } else if i < n && (j == m || best[i][j] == best[i + 1][j]) {
            pairs.push(Pair::Old(a.start + i));
            i += 1;
        } else {
            pairs.push(Pair::New(b.start + j));
            j += 1;
        }
    }
}

fn bag(unit: &Unit) -> BTreeMap<String, u32> {
    let mut bag = BTreeMap::new();
    for word in unit
        .line
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        *bag.entry(word.to_lowercase()).or_insert(0) += 1;
    }
    bag
}

/// How alike two units are, to 1000; nothing below what lets them answer to each other.
fn likeness(
    old: &Unit,
    new: &Unit,
    a: &BTreeMap<String, u32>,
    b: &BTreeMap<String, u32>,
    is_alone: bool,
) -> u32 {
    if group(old.what) != group(new.what) {
        return 0;
    }
    if old.seen.is_some() && old.seen == new.seen {
        return 900;
    }
    let count = |bag: &BTreeMap<String, u32>| bag.values().sum::<u32>();
    let (n, m) = (count(a), count(b));
    let same: u32 = a
        .iter()
        .map(|(word, count)| b.get(word).map_or(0, |other| *count.min(other)))
        .sum();
    let alike = 2000 * same / (n + m).max(1);
    // A paragraph that was parted, or joined with another, has all words of the shorter one.
    let contained = 1000 * same / n.min(m).max(1);
    let same_kind = old.what == new.what;
    if alike >= 450 || (contained >= 850 && n.min(m) >= 4) {
        return alike.max(100) + u32::from(same_kind);
    }
    // What stands in one place alone by its style is the same with other words.
    if old.role == new.role && !matches!(old.role, Role::Text | Role::Pull) {
        return 50;
    }
    // Alone in its place, and what it was: the same with other words.
    let is_small = n.min(m) <= 12;
    match is_alone && same_kind && (alike > 150 || is_small) {
        true => 1,
        false => 0,
    }
}
